//! Cuts sentences where their translations often end one: at semicolons, Chinese colons and dashes, before enumerated
//! points, behind the numbers of notes, between a quotation and what follows it, and at points that may belong to an
//! abbreviation. An aligner may want the pieces, which it puts together again where the other language goes on as
//! well. Linear in the text.

use crate::bytes::ByteSet;
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
        // Most characters are no marks.
        if is_han(c) || c == ' ' || c.is_ascii_alphanumeric() {
            weight += if is_han(c) { HAN } else { usize::from(c != ' ') };
            last = Some(c);
            continue;
        }
        match c {
            '(' | '（' | '[' | '《' | '【' => depth += 1,
            ')' | '）' | ']' | '》' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
        weight += usize::from(is_letter(c));
        let mut after = at + c.len_utf8();
        let rest = &sentence[after..];
        let ends = match c {
            '；' => true,
            ';' => rest.starts_with(char::is_whitespace) || rest.starts_with(is_han) || opens_point(rest),
            // Behind a bracket it is who speaks: `主席（译文）：`.
            '：' => !rest.starts_with(OPENING) && !matches!(last, Some(')' | '）')),
            ':' => opens_point(rest) || last.is_some_and(is_han) && rest.starts_with(is_han),
            '—' => last == Some('—') && !rest.starts_with(|c| c == '—' || CLOSING_ZH.contains(&c)),
            '”' | '」' | '』' | '’' | '"' | '\'' => ends_speech(last, c, rest),
            '.' if last.is_some_and(|c| c.is_ascii_uppercase()) => {
                ends_acronym(sentence.as_bytes(), at) && begins(rest)
            }
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

const CLOSING_ZH: [char; 3] = ['”', '」', '』'];
const OPENING: [char; 6] = ['“', '「', '『', '‘', '"', '\''];

/// Whether a sentence holds any of the marks behind which it may be cut: most hold none.
fn may_part(bytes: &[u8]) -> bool {
    static MARKS: ByteSet = ByteSet::new(&[b';', b':', b'.', 0xE2, 0xE3, 0xEF]);
    let mut from = 0;
    while let Some(at) = MARKS.find(bytes, from) {
        let may = match bytes[at] {
            b';' | b':' => true,
            b'.' => at + 1 < bytes.len() && (bytes[at + 1].is_ascii_digit() || ends_acronym(bytes, at)),
            // `：` and `；`.
            0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x9A | 0x9B])),
            // A dash behind another character or before a straight quotation mark, and `”`.
            0xE2 => matches!(
                bytes.get(at + 1..at + 4),
                Some([0x80, 0x93 | 0x94, b'"' | b'\'' | 0xE2] | [0x80, 0x9D, _])
            ),
            // `」` and `』`.
            _ => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x8D | 0x8F])),
        };
        if may {
            return true;
        }
        from = at + 1;
    }
    false
}

/// Whether a letter behind a point stands before this byte, as at the end of an acronym.
fn ends_acronym(bytes: &[u8], at: usize) -> bool {
    at > 1 && bytes[at - 1].is_ascii_uppercase() && bytes[at - 2] == b'.'
}

/// Whether a sentence may begin here, behind an acronym.
fn begins(rest: &str) -> bool {
    rest.starts_with(is_han) || rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase)
}

/// Whether a closing mark ends what is said in a sentence: behind a mark of its own in Chinese; where it is
/// broken off, before what somebody else says.
fn ends_speech(last: Option<char>, closing: char, rest: &str) -> bool {
    let broken = matches!(last, Some('—' | '–'));
    if CLOSING_ZH.contains(&closing) && (broken || matches!(last, Some('。' | '！' | '？' | '…'))) {
        return true;
    }
    broken && rest.starts_with(' ') && rest.trim_start().starts_with(OPENING)
}

/// Whether one quotation ends where another begins: two people speak.
pub fn parts_speakers(before: &str, after: &str) -> bool {
    before.ends_with(['”', '」', '』', '’', '"', '\'']) && after.starts_with(OPENING)
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
        let cases: [(&str, &[&str]); 17] = [
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
            ("她的一生很简单：种茶，采茶，卖茶。", &["她的一生很简单：", "种茶，采茶，卖茶。"]),
            ("老人慢慢说道：“今年的茶不错。”", &["老人慢慢说道：“今年的茶不错。”"]),
            ("主席王先生（译文）：下一项议程是修桥。", &["主席王先生（译文）：下一项议程是修桥。"]),
            ("“可是你明明说过——”老人没有说完。", &["“可是你明明说过——”", "老人没有说完。"]),
            ("他终于明白了——那封信没有寄出。", &["他终于明白了——", "那封信没有寄出。"]),
            ("“今年的茶真不错！”老人说着，又倒了一杯。", &["“今年的茶真不错！”", "老人说着，又倒了一杯。"]),
            ("“今年的茶，”老人放下杯子，“比去年的好。”", &["“今年的茶，”老人放下杯子，“比去年的好。”"]),
            ("出席者有王女士，M.B.E.李文远先生，J.P.", &["出席者有王女士，M.B.E.", "李文远先生，J.P."]),
            (
                "'But you told me that –' 'Never mind what I told you.'",
                &["'But you told me that –'", "'Never mind what I told you.'"],
            ),
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
