//! Cuts sentences at semicolons, before enumerated points and behind the numbers of notes: where a Chinese sentence goes on after one, its
//! translation often begins a new sentence, so an aligner may want the pieces. Linear in the text.

use crate::language::{is_han, is_letter};
use crate::span::Span;

/// Fewer letters than this (a Han character counts for [`HAN`]) make no clause of their own.
const LEAST: usize = 12;
const HAN: usize = 3;

/// The clauses of the sentence at `span` in `text`, in order; the whole sentence where it has one only.
pub fn clauses(text: &str, span: Span, found: &mut Vec<Span>) {
    let sentence = span.slice(text);
    if !may_part(sentence.as_bytes()) {
        found.push(span);
        return;
    }
    let (mut start, mut weight, mut depth) = (0, 0, 0i32);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<char> = None;
    for (at, c) in sentence.char_indices() {
        match c {
            '(' | '（' | '[' | '《' | '【' => depth += 1,
            ')' | '）' | ']' | '》' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
        weight += if is_han(c) { HAN } else { usize::from(is_letter(c)) };
        let mut after = at + c.len_utf8();
        let rest = &sentence[after..];
        let ends = match c {
            '；' => true,
            ';' => rest.starts_with(char::is_whitespace) || rest.starts_with(is_han) || opens_point(rest),
            '：' | ':' => opens_point(rest),
            '.' if last.is_some_and(|c| c.is_ascii_lowercase() || c == ')') => match notes(rest) {
                Some(len) => {
                    after += len;
                    true
                }
                None => false,
            },
            _ => false,
        };
        last = Some(c);
        if ends && depth == 0 && weight >= LEAST {
            let rest = &sentence[after..];
            let next = after + (rest.len() - rest.trim_start().len());
            if next < sentence.len() {
                cuts.push((start, after));
                (start, weight) = (next, 0);
            }
        }
    }
    if weight < LEAST
        && let Some((before, _)) = cuts.pop()
    {
        start = before;
    }
    let last = (start, sentence.len());
    found.extend(
        cuts.into_iter().chain([last]).map(|(from, to)| Span::new(span.start + from, span.start + to)),
    );
}

/// Whether a sentence holds any of the marks behind which it may be cut: most hold none.
fn may_part(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|at| match bytes[at] {
        b';' | b':' => true,
        b'.' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        // `：` and `；`.
        0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x9A | 0x9B])),
        _ => false,
    })
}

/// Whether a text begins with the mark of an enumerated point: `(a)`, `（一）`, `12. `.
pub fn opens_point(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['“', '"', '‘']);
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || is_han(c);
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let mark: String = inner.chars().take_while(|&c| letter(c)).take(5).collect();
        return (1..=4).contains(&mark.chars().count()) && inner[mark.len()..].starts_with([')', '）']);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=3).contains(&digits) && (text[digits..].starts_with(". ") || text[digits..].starts_with('、'))
}

/// The length of the numbers of notes that stand at the beginning of a text, behind a full stop, if a new
/// sentence follows them: `3-5 Patients`, `20The`.
fn notes(text: &str) -> Option<usize> {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '–');
    let len = text.len() - text.trim_start_matches(mark).len();
    let digit = |c: char| c.is_ascii_digit();
    if !text.starts_with(digit) || !text[..len].ends_with(digit) || len > 12 {
        return None;
    }
    let next = text[len..].trim_start();
    let mut letters = next.chars();
    let sentence = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|c| c == ' ' || c.is_lowercase());
    sentence.then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let cases: [(&str, &[&str]); 8] = [
            ("灯坏了一盏，一明一灭；树叶在风里摇动。", &["灯坏了一盏，一明一灭；", "树叶在风里摇动。"]),
            (
                "要求如下:(a) 每日记录温度;(b) 每周上报一次。",
                &["要求如下:", "(a) 每日记录温度;", "(b) 每周上报一次。"],
            ),
            (
                "The requirements are as follows: (a) record the temperature; (b) report once a week.",
                &[
                    "The requirements are as follows:",
                    "(a) record the temperature;",
                    "(b) report once a week.",
                ],
            ),
            (
                "The lamp had failed; it flickered on and off.",
                &["The lamp had failed;", "it flickered on and off."],
            ),
            (
                "The new drug was safe.3-5 Patients liked it. It cost 1.5 Euros.",
                &["The new drug was safe.3-5", "Patients liked it. It cost 1.5 Euros."],
            ),
            ("他说：好；走吧。", &["他说：好；走吧。"]),
            ("见附件（含第一表；第二表；第三表）的说明。", &["见附件（含第一表；第二表；第三表）的说明。"]),
            ("", &[""]),
        ];
        for (text, expected) in cases {
            let mut found = Vec::new();
            clauses(text, Span::new(0, text.len()), &mut found);
            assert_eq!(found.iter().map(|span| span.slice(text)).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
