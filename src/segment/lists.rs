//! Lists: markers at the head of a line (`•`, `2.`, `b)`), and lists that run on in one line, which are
//! known by markers of one style that count on (`1) … 2) … 3) …`). Linear.

use crate::span::Span;

/// The longest number of a list item, in digits.
const MAX_DIGITS: usize = 3;

/// The style and place in the sequence of a list marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker {
    style: Style,
    index: u32,
    len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A bullet, alone or before a number; its own character tells lists apart.
    Bullet(char),
    /// `1.`
    Point,
    /// `1)`
    Bracket,
    /// `1.)`
    PointBracket,
    /// `a.`
    LetterPoint,
    /// `a)`
    LetterBracket,
}

/// A character that stands before list items and hardly anywhere else.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '⁃'
            | '‣'
            | '◦'
            | '▪'
            | '●'
            | '■'
            | '◆'
            | '►'
            | '▶'
            | '➢'
            | '✓'
            | '✔'
            | '○'
            | '∙'
    )
}

/// Whether a line begins with the marker of a list item, a heading of Markdown or a quoted line of mail.
pub(super) fn begins_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('-' | '*' | '+' | '–') => chars.next().is_some_and(char::is_whitespace),
        Some('#' | '>' | '|') => true,
        // `(c) the rest`, `(ii) the rest`.
        Some('(') => line.find(") ").is_some_and(|at| {
            (2..=4).contains(&at)
                && line[1..at].bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        }),
        Some(c) if is_bullet(c) => true,
        _ => marker(line).is_some_and(|found| {
            line[found.len..].starts_with(char::is_whitespace)
                && !matches!(found.style, Style::Point | Style::LetterPoint if found.index > 40)
        }),
    }
}

/// The marker at the head of a text.
fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    if is_bullet(first) {
        return Some(Marker { style: Style::Bullet(first), index: 0, len: first.len_utf8() });
    }
    let bytes = text.as_bytes();
    let digits = bytes.iter().take(MAX_DIGITS + 1).take_while(|byte| byte.is_ascii_digit()).count();
    let (index, len) = match digits {
        0 if first.is_ascii_lowercase() => (u32::from(bytes[0] - b'a'), 1),
        // The digits are ASCII and few, so this always parses.
        1..=MAX_DIGITS => (text[..digits].parse().ok()?, digits),
        _ => return None,
    };
    let (style, tail) = match (digits, bytes.get(len), bytes.get(len + 1)) {
        (0, Some(b')'), _) => (Style::LetterBracket, 1),
        (0, Some(b'.'), _) => (Style::LetterPoint, 1),
        (_, Some(b'.'), Some(b')')) => (Style::PointBracket, 2),
        (_, Some(b')'), _) => (Style::Bracket, 1),
        (_, Some(b'.'), _) => (Style::Point, 1),
        _ => return None,
    };
    Some(Marker { style, index, len: len + tail })
}

/// Calls `each` with the paragraph, or with each item where it is a list that runs on in one line.
pub(super) fn for_each_item(text: &str, paragraph: Span, mut each: impl FnMut(Span)) {
    let whole = paragraph.slice(text);
    let Some(first) = marker(whole).filter(|found| begins_list(whole, *found)) else {
        return each(paragraph);
    };
    let mut start = 0;
    let mut expected = first.index + 1;
    let mut from = first.len;
    while let Some(at) = next_item(whole, from, first.style, expected) {
        each(Span::new(paragraph.start + start, paragraph.start + at));
        start = at;
        expected += 1;
        from = at + first.style.least_len();
    }
    each(Span::new(paragraph.start + start, paragraph.end));
}

impl Style {
    /// Bytes that a marker has at least.
    fn least_len(self) -> usize {
        if let Style::Bullet(bullet) = self { bullet.len_utf8() } else { 2 }
    }

    /// A byte that every marker of this style has, for a quick search: the last one.
    fn signature(self) -> u8 {
        match self {
            Style::Point | Style::LetterPoint => b'.',
            _ => b')',
        }
    }
}

/// A list begins with its first item, and a space stands between a marker and its item.
fn begins_list(text: &str, found: Marker) -> bool {
    match found.style {
        Style::Bullet(_) => true,
        Style::LetterPoint | Style::LetterBracket => found.index == 0 && spaced(text, found.len),
        _ => spaced(text, found.len),
    }
}

fn spaced(text: &str, at: usize) -> bool {
    text[at..].starts_with(char::is_whitespace)
}

/// Where the next item of a list begins.
fn next_item(text: &str, from: usize, style: Style, expected: u32) -> Option<usize> {
    if let Style::Bullet(bullet) = style {
        let found = text[from..].match_indices(bullet).map(|(at, _)| from + at);
        return found.into_iter().find(|&at| text[..at].ends_with(char::is_whitespace));
    }
    let bytes = text.as_bytes();
    memchr::memchr_iter(style.signature(), &bytes[from..]).map(|at| from + at + 1).find_map(|end| {
        // The marker ends here: go back to where it begins.
        let head = bytes[from..end].iter().rev().take(MAX_DIGITS + 2);
        let at =
            end - head.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b')')).count();
        let found = marker(&text[at..])?;
        let fits = found.style == style && found.index == expected && at + found.len == end;
        (fits && text[..at].ends_with(char::is_whitespace) && spaced(text, end)).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for_each_item(text, Span::new(0, text.len()), |span| found.push(span.slice(text).trim()));
        found
    }

    #[test]
    fn lists_in_one_line() {
        assert_eq!(
            items("1) wash it 2) dry it 3) put it away"),
            ["1) wash it", "2) dry it", "3) put it away"]
        );
        assert_eq!(items("9. tea 10. milk"), ["9. tea", "10. milk"]);
        assert_eq!(items("• tea • milk"), ["• tea", "• milk"]);
        assert_eq!(items("a) tea b) milk"), ["a) tea", "b) milk"]);
        assert_eq!(items("1.) tea 2.) milk"), ["1.) tea", "2.) milk"]);
    }

    #[test]
    fn what_only_looks_like_one() {
        for text in [
            "1. It costs 5. Then more.",
            "a. and c. are right",
            "2.5 and 3.5",
            "Is it 1) or 2) here?",
            "",
            "1.",
            "é. x",
        ] {
            assert_eq!(items(text).len(), 1, "{text:?}");
        }
    }
}
