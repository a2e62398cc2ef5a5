//! Finds the bytes at which a sentence may end. Splitting is fast because nearly all of a text is passed
//! over here, many bytes a step and without decoding; everything slower happens only at a mark. Linear.

use std::ops::Range;

/// Bytes looked at in one step; the compiler turns a step into a few vector instructions.
const STEP: usize = 16;
/// A mark has at most this many bytes.
const LONGEST: usize = 3;

/// Whether three bytes may begin with a mark. Lets some pass that do not: [`mark_at`] decides.
///
/// `.`, `!` and `?`; `…`, `‼`, `⁇`, `⋯` and U+2028 (E2), but not the dashes and curly quotation marks,
/// which are far more common; `。` (E3); `！`, `？`, `．` and their small and half-width forms (EF).
#[inline(always)]
const fn may_be_mark(first: u8, second: u8, third: u8) -> bool {
    (first == b'.')
        | (first == b'!')
        | (first == b'?')
        | ((first == 0xE2) & ((third >= 0xA6) | (third < 0x90)))
        | ((first == 0xE3) & (second == 0x80) & (third == 0x82))
        | ((first == 0xEF)
            & ((third == 0x81)
                | (third == 0x8E)
                | (third == 0x9F)
                | (third & 0xFE == 0x96)
                | (third == 0xA1)))
}

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
    let bytes = &bytes[..end];
    while let Some(window) = bytes.get(from..from + STEP + LONGEST - 1) {
        let mut found = false;
        for at in 0..STEP {
            found |= may_be_mark(window[at], window[at + 1], window[at + 2]);
        }
        if found && let Some(mark) = first_mark(bytes, from..from + STEP) {
            return Some(mark);
        }
        from += STEP;
    }
    first_mark(bytes, from..end)
}

/// The first mark that begins in a range.
fn first_mark(bytes: &[u8], range: Range<usize>) -> Option<(usize, Mark, usize)> {
    range.into_iter().find_map(|at| mark_at(bytes, at).map(|(mark, len)| (at, mark, len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_mark_and_nothing_else() {
        let text = "A longer stretch without any mark, then: a.b!c?d…e⋯f。g！h？i．j｡k‼l⁉m\u{2028}n“”—，、「」《》é；：，中";
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
