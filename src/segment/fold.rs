//! The text of a sentence as one shows it: on one line, with line breaks and runs of white space folded.

use crate::bytes::ByteSet;
use crate::language::is_han;
use std::borrow::Cow;

/// The text with each run of white space folded to one space, or to nothing where a line break stands
/// between two Chinese characters or behind the hyphen of a divided word. White space at the ends goes.
/// Borrows where nothing changes. Linear.
///
/// ```
/// use duizhao::segment::fold;
/// assert_eq!(fold("cut off in the\n  middle"), "cut off in the middle");
/// assert_eq!(fold("句子在行末\n断开"), "句子在行末断开");
/// assert_eq!(fold("a well-\nknown fact"), "a well-known fact");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !needs_folding(text) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(gap) = rest.find(char::is_whitespace) {
        folded.push_str(&rest[..gap]);
        let next = rest[gap..].trim_start();
        let space = &rest[gap..rest.len() - next.len()];
        if !vanishes(&folded, space, next) {
            folded.push(' ');
        }
        rest = next;
    }
    folded.push_str(rest);
    Cow::Owned(folded)
}

fn needs_folding(text: &str) -> bool {
    /// The bytes that white space can begin with.
    static SPACES: ByteSet = ByteSet::new(b"\t\n\x0B\x0C\r \xC2\xE1\xE2\xE3");
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = SPACES.find(bytes, from) {
        let white = |at: usize| text[at..].starts_with(char::is_whitespace);
        let folds = match &bytes[at..] {
            // A single space stays as it is.
            [b' ', next, ..] if next.is_ascii_graphic() => false,
            [b' ', ..] => white(at + 1),
            _ => white(at),
        };
        if folds {
            return true;
        }
        from = at + 1;
    }
    false
}

/// Whether white space between two pieces of text stands for nothing.
fn vanishes(before: &str, space: &str, after: &str) -> bool {
    if !space.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return false;
    }
    let mut left = before.chars().rev();
    let (Some(last), Some(first)) = (left.next(), after.chars().next()) else { return true };
    if is_chinese_type(last) && is_chinese_type(first) {
        return true;
    }
    last == '-' && first.is_lowercase() && left.next().is_some_and(char::is_alphabetic)
}

/// Han characters and the full-width marks that stand among them.
fn is_chinese_type(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let cases = [
            ("", ""),
            ("  \n ", ""),
            ("one two", "one two"),
            ("one  two", "one two"),
            ("one\u{A0}two", "one two"),
            ("one\r\ntwo", "one two"),
            ("一\n二", "一二"),
            ("一，\n　　二", "一，二"),
            ("一 二", "一 二"),
            ("用\nRust 写", "用 Rust 写"),
            ("of the exam-\nple", "of the exam-ple"),
            ("a -\nb", "a - b"),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text:?}");
        }
        assert!(matches!(fold(" plain "), Cow::Borrowed("plain")));
    }
}
