//! Finds the bytes at which a sentence may end. Splitting is fast because nearly all of a text is passed
//! over here, a byte a step and without decoding; everything slower happens only at a candidate. Linear.

/// Bytes that are, or begin, a mark that may end a sentence: `.`, `!`, `?`, and the first bytes of `…`
/// and U+2028 (E2), of `。` (E3) and of `！` (EF).
const CANDIDATE: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    table[0xE2] = true;
    table[0xE3] = true;
    table[0xEF] = true;
    table
};

/// A mark that ends sentences, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `.`, which may also be a point in a number, a name or an abbreviation.
    Point,
    /// `．`, which may be a point in a number.
    WidePoint,
    /// `。` and its half-width form.
    Stop,
    /// `!` or `?` of ASCII, which may also stand in a name or an address.
    Shout,
    /// `！`, `？` and marks that combine them.
    WideShout,
    /// `…` and `⋯`.
    Ellipsis,
    /// A separator of lines or paragraphs (U+2028, U+2029).
    Separator,
}

/// The mark at a byte, with its length in bytes.
#[inline]
pub(super) fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let mark = match *bytes.get(at)? {
        b'.' => return Some((Mark::Point, 1)),
        b'!' | b'?' => return Some((Mark::Shout, 1)),
        0xE2 => match (*bytes.get(at + 1)?, *bytes.get(at + 2)?) {
            (0x80, 0xA6) | (0x8B, 0xAF) => Mark::Ellipsis,
            (0x80, 0xBC) | (0x81, 0x87..=0x89) => Mark::WideShout,
            (0x80, 0xA8 | 0xA9) => Mark::Separator,
            _ => return None,
        },
        0xE3 => match (*bytes.get(at + 1)?, *bytes.get(at + 2)?) {
            (0x80, 0x82) => Mark::Stop,
            _ => return None,
        },
        0xEF => match (*bytes.get(at + 1)?, *bytes.get(at + 2)?) {
            (0xBC, 0x81 | 0x9F) | (0xB9, 0x96 | 0x97) => Mark::WideShout,
            (0xBC, 0x8E) => Mark::WidePoint,
            (0xBD, 0xA1) => Mark::Stop,
            _ => return None,
        },
        _ => return None,
    };
    Some((mark, 3))
}

/// The first mark in `from..end`: where it stands, what it is and how many bytes it has.
#[inline]
pub(super) fn next_mark(bytes: &[u8], mut from: usize, end: usize) -> Option<(usize, Mark, usize)> {
    loop {
        let at = from + bytes.get(from..end)?.iter().position(|&byte| CANDIDATE[byte as usize])?;
        if let Some((mark, len)) = mark_at(bytes, at) {
            return Some((at, mark, len));
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_mark_and_nothing_else() {
        let text = "a.b!c?d…e⋯f。g！h？i．j｡k‼l⁉m\u{2028}n“”—，、「」《》é；：，中";
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((at, mark, len)) = next_mark(text.as_bytes(), from, text.len()) {
            found.push((&text[at..at + len], mark));
            from = at + len;
        }
        use Mark::*;
        let expected = [
            (".", Point),
            ("!", Shout),
            ("?", Shout),
            ("…", Ellipsis),
            ("⋯", Ellipsis),
            ("。", Stop),
            ("！", WideShout),
            ("？", WideShout),
            ("．", WidePoint),
            ("｡", Stop),
            ("‼", WideShout),
            ("⁉", WideShout),
            ("\u{2028}", Separator),
        ];
        assert_eq!(found, expected);
    }
}
