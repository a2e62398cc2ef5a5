//! Bytes to text: the encoding is found from a byte order mark, strict UTF-8, UTF-16 by its code units, the
//! page's own declaration, and at last by statistics over a sample.
//!
//! Only the last step is slow (`chardetng`, a few megabytes a second), so it sees a bounded sample from the
//! first byte that is not ASCII. All the rest is linear and fast.

use super::Options;
use super::binary;
use super::utf16::{self, Order};
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;

/// Decoded text.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The name of the encoding.
    pub(super) encoding: &'static str,
    pub(super) notices: Vec<String>,
}

/// Decodes bytes with the encoding asked for, or the one found.
///
/// # Errors
/// [`ErrorKind::Encoding`] if the bytes are no text, [`ErrorKind::Usage`] if the encoding asked for is unknown.
pub(super) fn decode<'a>(bytes: &'a [u8], options: &Options) -> Result<Decoded<'a>> {
    if let Some(label) = &options.encoding {
        return labelled(bytes, label);
    }
    if let Some(what) = binary::known_format(bytes) {
        return Err(Error::new(ErrorKind::Encoding, format!("this is {what}")).at_byte(0));
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return Ok(lossy_utf8(rest, 3)),
        [0xFF, 0xFE, rest @ ..] => return Ok(from_utf16(rest, Order::Little, 2)),
        [0xFE, 0xFF, rest @ ..] => return Ok(from_utf16(rest, Order::Big, 2)),
        _ => {}
    }
    let strict = std::str::from_utf8(bytes);
    let is_binary = binary::is_binary(bytes);
    if (is_binary || strict.is_err())
        && let Some(order) = utf16::detect(bytes)
    {
        return Ok(from_utf16(bytes, order, 0));
    }
    if is_binary {
        let message = "this is not text: it is full of control characters; if it is text, name its encoding";
        return Err(Error::new(ErrorKind::Encoding, message).at_byte(first_control(bytes)));
    }
    match strict {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", notices: Vec::new() }),
        Err(_) if is_nearly_utf8(bytes) => Ok(lossy_utf8(bytes, 0)),
        Err(error) => legacy(bytes, error.valid_up_to()),
    }
}

fn first_control(bytes: &[u8]) -> u64 {
    bytes.iter().position(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).unwrap_or(0)
        as u64
}

/// Whether only a few sequences keep bytes from being UTF-8: for each there are four continuation bytes that
/// fit. In other encodings hardly any two bytes beyond ASCII make a valid sequence by chance.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 256 << 10;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (mut valid, mut broken) = (0usize, 0usize);
    let mut last = false;
    for chunk in sample.utf8_chunks() {
        // Three bytes that fit by chance are rarer still than two.
        valid += chunk.valid().chars().map(|c| c.len_utf8() - 1).sum::<usize>();
        broken += usize::from(!chunk.invalid().is_empty());
        last = is_cut(chunk.invalid());
    }
    // The last character may be cut off.
    valid > 0 && valid >= (broken - usize::from(last && broken > 0)) * 4
}

/// Whether bytes are the beginning of a character whose end is missing.
fn is_cut(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn lossy_utf8(bytes: &[u8], offset: usize) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", notices: Vec::new() };
    }
    let mut text = String::with_capacity(bytes.len());
    let (mut first, mut count, mut at) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if chunk.invalid().is_empty() {
            continue;
        }
        first = if count == 0 { at } else { first };
        count += 1;
        at += chunk.invalid().len();
        // A text cut off in the middle of a character loses it whole.
        if at < bytes.len()
            || std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_some())
        {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    let notices = vec![broken("UTF-8", offset + first, count)];
    Decoded { text: Cow::Owned(text), encoding: "UTF-8", notices }
}

fn from_utf16(bytes: &[u8], order: Order, offset: usize) -> Decoded<'static> {
    let (mut text, spoiled) = utf16::decode(bytes, order);
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    let notices =
        spoiled.map(|(first, count)| broken(order.name(), offset + first, count)).into_iter().collect();
    Decoded { text: Cow::Owned(text), encoding: order.name(), notices }
}

pub(super) fn broken(encoding: &str, first: usize, count: usize) -> String {
    let what = if count == 1 { "1 sequence is".into() } else { format!("{count} sequences are") };
    format!("{what} not valid {encoding}, the first at byte {first}; U+FFFD stands in their place")
}

#[cfg(not(feature = "read"))]
fn labelled<'a>(bytes: &'a [u8], label: &str) -> Result<Decoded<'a>> {
    match label.trim().to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(lossy_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes), 0)),
        "utf-16le" | "utf-16" => Ok(from_utf16(bytes, Order::Little, 0)),
        "utf-16be" => Ok(from_utf16(bytes, Order::Big, 0)),
        _ => Err(Error::new(
            ErrorKind::Usage,
            format!(
                "the encoding {label:?} needs the cargo feature `read`; this build reads UTF-8 and UTF-16"
            ),
        )),
    }
}

#[cfg(not(feature = "read"))]
fn legacy(_: &[u8], valid_up_to: usize) -> Result<Decoded<'_>> {
    let message = "this is neither UTF-8 nor UTF-16; other encodings need the cargo feature `read`";
    Err(Error::new(ErrorKind::Encoding, message).at_byte(valid_up_to as u64))
}

#[cfg(feature = "read")]
use super::legacy::{labelled, legacy};

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, &'static str, usize)> {
        decode(bytes, &Options::default())
            .map(|found| (found.text.into_owned(), found.encoding, found.notices.len()))
    }

    #[test]
    fn utf8_and_its_marks() {
        let whole = "渡船离开了港口".as_bytes();
        let cases: [(&[u8], &str, usize); 6] = [
            (whole, "渡船离开了港口", 0),
            (b"\xEF\xBB\xBFabc", "abc", 0),
            (&whole[..whole.len() - 1], "渡船离开了港", 1),
            (b"", "", 0),
            (b"one\0two", "one\0two", 0),
            ("渡船\u{0}离开".as_bytes(), "渡船\u{0}离开", 0),
        ];
        for (bytes, expected, notices) in cases {
            assert_eq!(read(bytes).unwrap(), (expected.into(), "UTF-8", notices));
        }
    }

    #[test]
    fn a_broken_sequence_is_named() {
        let mut bytes = "渡船离开了港口，没有人说话。".as_bytes().to_vec();
        bytes[7] = b'?';
        let found = decode(&bytes, &Options::default()).unwrap();
        assert!(found.notices[0].contains("the first at byte 6"), "{:?}", found.notices);
        assert!(found.text.starts_with("渡船\u{FFFD}?"));
    }

    #[test]
    fn utf16() {
        let units: Vec<u16> = "渡船 ferry\r\n离开了。".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let marked = [b"\xFE\xFF".as_slice(), &big].concat();
        for (bytes, name) in [(&little, "UTF-16LE"), (&big, "UTF-16BE"), (&marked, "UTF-16BE")] {
            assert_eq!(read(bytes).unwrap(), ("渡船 ferry\r\n离开了。".into(), name, 0));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..5000u32).map(|k| (k.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        let cases: [&[u8]; 5] =
            [b"\x89PNG\r\n\x1A\n\0\0", b"%PDF-1.7\n", b"PK\x03\x04\x14\0", &[0; 300], &noise];
        for bytes in cases {
            let error = decode(bytes, &Options::default()).err().map(|error| error.kind());
            assert_eq!(error, Some(ErrorKind::Encoding), "{:?}", &bytes[..4]);
        }
    }
}
