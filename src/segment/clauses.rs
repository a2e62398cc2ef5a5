//! Cuts sentences at semicolons and before enumerated points: where a Chinese sentence goes on after one, its
//! translation often begins a new sentence, so an aligner may want the pieces. Linear in the text.

use crate::language::is_han;
use crate::span::Span;

/// Fewer letters than this (a Han character counts for [`HAN`]) make no clause of their own.
const LEAST: usize = 12;
const HAN: usize = 3;

/// The clauses of the sentence at `span` in `text`, in order; the whole sentence where it has one only.
pub fn clauses(text: &str, span: Span, found: &mut Vec<Span>) {
    let sentence = span.slice(text);
    let (mut start, mut weight, mut depth) = (0, 0, 0i32);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut chars = sentence.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '（' | '[' | '《' | '【' => depth += 1,
            ')' | '）' | ']' | '》' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
        weight += if is_han(c) { HAN } else { usize::from(c.is_alphanumeric()) };
        let after = at + c.len_utf8();
        let rest = &sentence[after..];
        let ends = match c {
            '；' => true,
            ';' => rest.starts_with(char::is_whitespace) || rest.starts_with(is_han) || opens_point(rest),
            '：' | ':' => opens_point(rest),
            _ => false,
        };
        if ends && depth == 0 && weight >= LEAST {
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

/// Whether a text begins with the mark of an enumerated point: `(a)`, `（一）`, `(12)`.
fn opens_point(text: &str) -> bool {
    let text = text.trim_start();
    let Some(inner) = text.strip_prefix(['(', '（']) else { return false };
    let mark: String = inner.chars().take_while(|&c| c != ')' && c != '）').take(5).collect();
    let closed = inner[mark.len()..].starts_with([')', '）']);
    closed
        && (1..=4).contains(&mark.chars().count())
        && mark.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || is_han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let cases: [(&str, &[&str]); 7] = [
            ("灯坏了一盏，一明一灭；树叶在风里摇动。", &["灯坏了一盏，一明一灭；", "树叶在风里摇动。"]),
            (
                "要求如下:(a) 每日记录温度;(b) 每周上报一次。",
                &["要求如下:(a) 每日记录温度;", "(b) 每周上报一次。"],
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
