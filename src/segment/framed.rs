//! The language of a text that quotes the other one: `他说：“See you tomorrow!”` is Chinese, however much is quoted. Linear.

use crate::language::{Language, Scripts, detect, is_han};
use std::ops::Range;

/// What opens a quotation of some words, and what closes it.
pub(super) const OPENING: [char; 4] = ['"', '“', '「', '『'];
pub(super) const CLOSING: [char; 4] = ['"', '”', '」', '』'];

/// The language of a sentence: where it quotes, that of what stands outside the quotation; where a name in Chinese stands
/// before what is said, that of what is said.
pub(super) fn language(sentence: &str) -> Option<Language> {
    let name = sentence.split([':', '：']).next().unwrap_or_default();
    let said = sentence[name.len()..].trim_start_matches([':', '：', ' ']);
    let plain = said.ends_with(['.', '!', '?']) && !said.starts_with(OPENING);
    if plain && is_name(name) {
        return detect(said);
    }
    let framed = Framed::read(sentence).filter(|framed| {
        let mut quotations = framed.quotations.iter();
        quotations.any(|quotation| Scripts::count(&sentence[quotation.clone()]).has_letters())
    });
    framed.and_then(|framed| framed.frame()).or_else(|| detect(sentence))
}

/// The language of a text of one or more sentences that has the other language in quotations only, to each of which
/// words lead up. A translation in quotation marks follows on a sentence that has ended.
pub(super) fn of_all(text: &str) -> Option<Language> {
    let framed = Framed::read(text).filter(|framed| framed.balanced)?;
    let chinese = framed.frame()? == Language::Chinese;
    let other = |quotation: &&Range<usize>| {
        let scripts = Scripts::count(&text[Range::clone(quotation)]);
        if chinese { scripts.latin_words > 0 } else { scripts.han > 0 }
    };
    let led = |quotation: &Range<usize>| {
        let before =
            text[..quotation.start].trim_end_matches(|c: char| c.is_whitespace() || OPENING.contains(&c));
        before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '：' | ':' | '，' | ','))
    };
    let mut others = framed.quotations.iter().filter(other).peekable();
    others.peek()?;
    let language = if chinese { Language::Chinese } else { Language::English };
    others.all(led).then_some(language)
}

/// Whether a text is short enough to be the name of somebody, in Chinese.
pub(super) fn is_name(text: &str) -> bool {
    /// A name has at most so many characters.
    const LONGEST: usize = 4;
    text.chars().all(is_han) && (1..=LONGEST).contains(&text.chars().count())
}

/// A text with quotations in it.
struct Framed {
    outside: Scripts,
    /// What stands in quotation marks; the last may not close.
    quotations: Vec<Range<usize>>,
    /// Whether each quotation that opens closes before the next one opens.
    balanced: bool,
}

impl Framed {
    /// None if nothing is quoted.
    fn read(text: &str) -> Option<Self> {
        if !text.contains(OPENING) {
            return None;
        }
        let (mut outside, mut quotations) = (String::new(), Vec::new());
        // The kind of the quotation that is open, and where it begins.
        let (mut open, mut balanced) = (None, true);
        for (at, c) in text.char_indices() {
            match open {
                Some((kind, from)) if c == CLOSING[kind] => {
                    quotations.push(from..at);
                    open = None;
                }
                Some((kind, _)) => balanced &= c != OPENING[kind],
                None => match OPENING.iter().position(|&mark| mark == c) {
                    Some(kind) => open = Some((kind, at + c.len_utf8())),
                    None => outside.push(c),
                },
            }
        }
        quotations.extend(open.map(|(_, from)| from..text.len()));
        let outside = Scripts::count(&outside);
        Some(Framed { outside, quotations, balanced: balanced && open.is_none() })
    }

    /// The language outside the quotations, if it is one and more than a word.
    fn frame(&self) -> Option<Language> {
        match (self.outside.han, self.outside.latin_words) {
            _ if self.outside.kana + self.outside.other > 0 => None,
            (2.., 0) => Some(Language::Chinese),
            (0, 2..) => Some(Language::English),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Chinese, English};

    #[test]
    fn what_quotes_is_in_the_language_around_the_quotation() {
        let cases = [
            ("她说：“See you tomorrow!”", Chinese),
            ("“What is your name?”老师问我。", Chinese),
            ("Confucius said: “三人行，必有我師焉。”", English),
            ("有人写道：“It is the best place I have ever seen.", Chinese),
            ("小明：“See you tomorrow, my dear friend!”", Chinese),
            ("“The rain has stopped.", English),
            ("He said, “The rain has stopped.”", English),
            ("\"雨停了\"", Chinese),
            ("大卫: Really?", English),
            ("译者: John Smith", Chinese),
        ];
        for (sentence, expected) in cases {
            assert_eq!(language(sentence), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn of_all_that_is_quoted() {
        let quotes = "有人写道：“It is the best place. I have been there twice.”他很高兴。";
        assert_eq!(of_all(quotes), Some(Chinese));
        assert_eq!(of_all("“对不起，”他说，“We are closed. Please come back.”他关上了门。"), Some(Chinese));
        for both in [
            "他说：“雨停了。” “The rain has stopped.”",
            "他说：“雨停了。He said, “The rain has stopped.”",
            "雨停了。“The rain has stopped.”",
            "“The rain has stopped.” 雨停了。",
            "雨停了。The rain has stopped.",
        ] {
            assert_eq!(of_all(both), None, "{both}");
        }
    }
}
