//! Tells files that hold no text at all, so that they end in a plain sentence and not in garbage.

use crate::bytes;

/// What a file is, if its first bytes say that it is not text, with what to do about it.
pub(super) fn known_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1A\n", "a PNG picture, which holds no text"),
        (b"\xFF\xD8\xFF", "a JPEG picture, which holds no text"),
        (b"GIF87a", "a GIF picture, which holds no text"),
        (b"GIF89a", "a GIF picture, which holds no text"),
        (b"%PDF-", "a PDF; extract its text first"),
        (b"PK\x03\x04", "a ZIP archive (or DOCX, XLSX, EPUB); save it as text or HTML first"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document; save it as text or HTML first"),
        (b"{\\rtf", "an RTF document; save it as text or HTML first"),
        (b"\x1F\x8B", "gzip data; unpack it first"),
        (b"BZh", "bzip2 data; unpack it first"),
        (b"\xFD7zXZ\0", "xz data; unpack it first"),
        (b"\x28\xB5\x2F\xFD", "Zstandard data; unpack it first"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"),
        (b"Rar!\x1A\x07", "a RAR archive; unpack it first"),
        (b"\x7FELF", "a program, not text"),
        (b"MZ\x90\0", "a program, not text"),
        (b"SQLite format 3\0", "an SQLite database, not text"),
        (b"OggS\0", "sound, not text"),
        (b"ID3\x03", "sound, not text"),
        (b"ID3\x04", "sound, not text"),
        (b"\xFF\xFE\0\0", "UTF-32; convert it to UTF-8 first"),
        (b"\0\0\xFE\xFF", "UTF-32; convert it to UTF-8 first"),
    ];
    if bytes.starts_with(b"RIFF") && matches!(bytes.get(8..12), Some(b"WAVE" | b"AVI " | b"WEBP")) {
        return Some("sound, film or picture data, not text");
    }
    // `BZh` is followed by a digit and the magic number of a block; text may begin with these letters.
    SIGNATURES
        .iter()
        .find(|(signature, _)| {
            bytes.starts_with(signature) && (*signature != b"BZh" || bytes.get(4..7) == Some(b"1AY"))
        })
        .map(|(_, what)| *what)
}

/// Whether so many control characters stand in the bytes that they are no text in any encoding that keeps
/// ASCII. Text has next to none, random bytes one in ten.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    /// One control character in this many bytes is too many; a stray one does no harm.
    const ONE_IN: usize = 64;
    const SAMPLE: usize = 64 << 10;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = bytes::count(sample, |b| (b < 0x20) & !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B));
    // In a few bytes a single stray control would weigh too much.
    controls > 1 && controls * ONE_IN > sample.len()
}
