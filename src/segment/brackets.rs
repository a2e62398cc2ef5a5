//! Brackets around whole sentences, in which a translation stands as often as not: `It rains.（下雨了。我们走吧。）` They are
//! taken off; a gloss in a sentence keeps its own. Linear.

use crate::language::Language;
use crate::span::Span;

const OPENING: [char; 2] = ['（', '('];
const CLOSING: [char; 2] = ['）', ')'];

/// Whether a bracket opens or closes in a text.
fn has_bracket(text: &str) -> bool {
    text.contains(OPENING) || text.contains(CLOSING)
}

/// What is left of a part of a text that is one or more sentences in a pair of brackets: a translation as often as not.
pub(crate) fn within_brackets(text: &str, part: Span) -> Span {
    let here = part.slice(text);
    let inner = here.trim().strip_prefix(OPENING).and_then(|inner| inner.strip_suffix(CLOSING));
    let Some(inner) = inner else { return part };
    let ended = inner.ends_with(['。', '！', '？', '.', '!', '?', '”', '"']);
    if !ended || has_bracket(inner) {
        return part;
    }
    let start = part.end - here.trim_start().trim_start_matches(OPENING).len();
    Span::new(start, start + inner.len())
}

/// Takes the bracket off that opens before one sentence and closes behind a later one in the same language.
pub(crate) fn open_brackets(text: &str, spans: &mut [(Span, Option<Language>)]) {
    /// A bracket holds no more sentences.
    const MOST: usize = 8;
    for k in 0..spans.len() {
        let (first, language) = spans[k];
        let Some(open) = first.slice(text).strip_prefix(OPENING).map(str::trim_start) else { continue };
        if open.is_empty() || has_bracket(open) {
            continue;
        }
        let mut rest = spans[k + 1..].iter_mut().take(MOST).take_while(|(_, other)| *other == language);
        let last = rest.find(|(span, _)| has_bracket(span.slice(text)));
        let Some((last, _)) = last else { continue };
        let inner = last.slice(text).strip_suffix(CLOSING).map(str::trim_end);
        if let Some(inner) = inner.filter(|inner| !inner.is_empty() && !has_bracket(inner)) {
            last.end = last.start + inner.len();
            spans[k].0.start = first.end - open.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_around_all() {
        let within = |text: &'static str| within_brackets(text, Span::new(0, text.len())).slice(text);
        for (text, inner) in [
            ("（下雨了。）", "下雨了。"),
            (" (It rains. Let us go.) ", "It rains. Let us go."),
            ("（见下）", "（见下）"),
            ("（一）下雨了。（二）", "（一）下雨了。（二）"),
            ("（", "（"),
            ("（）", "（）"),
            ("", ""),
        ] {
            assert_eq!(within(text), inner);
        }
    }

    #[test]
    fn brackets_around_several() {
        let text = "( 下雨了。我们走吧。 )好。";
        let mut spans = Vec::new();
        for sentence in ["( 下雨了。", "我们走吧。 )", "好。"] {
            let start = text.find(sentence).unwrap();
            spans.push((Span::new(start, start + sentence.len()), Some(Language::Chinese)));
        }
        let mut other = spans.clone();
        open_brackets(text, &mut spans);
        let found: Vec<&str> = spans.iter().map(|(span, _)| span.slice(text)).collect();
        assert_eq!(found, ["下雨了。", "我们走吧。", "好。"]);
        // What closes in another language is another bracket.
        other[1].1 = Some(Language::English);
        let before = other.clone();
        open_brackets(text, &mut other);
        assert_eq!(other, before);
    }
}
