//! What a text must lose to stand in a line, in XML or in a spreadsheet. Each function is linear in its input.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;

/// Whether a character could be taken for the end of a line or a field: every control character, and the line
/// and paragraph separators.
fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text on one line: each run of control characters and line separators becomes one space, and byte order
/// marks, which readers take off the start of a file, go.
pub(super) fn fold_line(text: &str) -> Cow<'_, str> {
    let mark = '\u{FEFF}';
    if !text.contains(|c| breaks_line(c) || c == mark) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut in_break = false;
    for c in text.chars().filter(|&c| c != mark) {
        let breaks = breaks_line(c);
        if !breaks {
            folded.push(c);
        } else if !in_break {
            folded.push(' ');
        }
        in_break = breaks;
    }
    Cow::Owned(folded)
}

/// Puts an apostrophe before a cell that a spreadsheet would take for a formula, also where white space or
/// invisible characters, which some programs drop, stand before it. The full-width signs count, as
/// spreadsheets set to Chinese or Japanese read them as the plain ones (OWASP, "CSV injection").
pub(super) fn defuse_formula(cell: &str) -> Cow<'_, str> {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{2064}' | '\u{FEFF}')
    };
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let formula = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start_matches(unseen).starts_with(sign);
    if formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether XML 1.0 lets a document hold this character (section 2.2 of the standard).
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text as character data or attribute value of XML or HTML: what XML 1.0 forbids is left out, and what
/// could be taken for markup, or lost by a parser (`\r`), is escaped.
pub(super) fn escape_xml(text: &str) -> Cow<'_, str> {
    let plain = |c: char| is_xml_char(c) && !matches!(c, '<' | '>' | '&' | '"' | '\'' | '\r');
    let Some(first) = text.find(|c| !plain(c)) else { return Cow::Borrowed(text) };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            c if is_xml_char(c) => escaped.push(c),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

/// An error of format with the words of its cause, on one line. Parsers quote what they could not read, which may
/// be as long as the input: such a cause is cut short, and not kept.
pub(super) fn caused<C>(what: &str, cause: C) -> Error
where
    C: std::error::Error + Send + Sync + 'static,
{
    let words = cause.to_string();
    let words = fold_line(&words);
    match words.char_indices().nth(LONGEST_CAUSE) {
        None => Error::new(ErrorKind::Format, format!("{what}: {words}")).told_by(cause),
        Some((cut, _)) => Error::new(ErrorKind::Format, format!("{what}: {}…", &words[..cut])),
    }
}

/// Characters of a cause that an error shows: enough for a line and a half of a terminal.
const LONGEST_CAUSE: usize = 120;

/// A number with four decimals at most: confidences and scores mean no more, and files stay the same where
/// machines differ in the last bit.
pub(super) fn rounded(number: f32) -> f64 {
    (f64::from(number) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        let cases = [
            ("一 二", "一 二"),
            ("a\tb\r\nc", "a b c"),
            ("a\u{0}\u{85}b\u{2028}c", "a b c"),
            ("\u{FEFF}a", "a"),
            ("a  b", "a  b"),
            ("", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(fold_line(text), folded, "{text:?}");
        }
    }

    #[test]
    fn formulas() {
        assert_eq!(defuse_formula("=1+1"), "'=1+1");
        assert_eq!(defuse_formula("＝1+1"), "'＝1+1");
        assert_eq!(defuse_formula("\u{FEFF} =1"), "'\u{FEFF} =1");
        assert_eq!(defuse_formula("1=1"), "1=1");
        assert_eq!(defuse_formula(""), "");
    }

    #[test]
    fn xml() {
        assert_eq!(escape_xml("a<b> & \"c\"\r\n"), "a&lt;b&gt; &amp; &quot;c&quot;&#13;\n");
        assert_eq!(escape_xml("a\u{0}\u{B}\u{FFFE}\u{FFFF}b\u{1F600}"), "ab\u{1F600}");
    }

    #[test]
    fn rounding() {
        assert_eq!(rounded(0.1), 0.1);
        assert_eq!(rounded(0.123_46), 0.1235);
    }
}
