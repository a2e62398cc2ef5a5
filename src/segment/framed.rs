//! The language of a text that quotes the other one: `他说：“See you tomorrow!”` is Chinese, however much is quoted. Linear.

use crate::language::{Language, Scripts, detect};

/// What opens a quotation, and what closes it.
const PAIRS: [(char, char); 4] = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];

/// The language of a sentence: where it quotes, that of what stands outside the quotation.
pub(super) fn language(sentence: &str) -> Option<Language> {
    let framed = Framed::read(sentence).filter(|framed| framed.inside.has_letters());
    framed.and_then(|framed| framed.frame()).or_else(|| detect(sentence))
}

/// The language of a text of one or more sentences all of whose quotations are in the other one.
pub(super) fn of_all(text: &str) -> Option<Language> {
    let framed = Framed::read(text).filter(|framed| framed.balanced)?;
    let inside = framed.inside;
    framed.frame().filter(|&language| match language {
        Language::Chinese => inside.han == 0 && inside.latin_words > 0,
        _ => inside.latin_words == 0 && inside.han > 0,
    })
}

/// A text with quotations in it.
struct Framed {
    outside: Scripts,
    inside: Scripts,
    /// Whether each quotation that opens closes before the next one opens.
    balanced: bool,
}

impl Framed {
    /// None if nothing is quoted.
    fn read(text: &str) -> Option<Self> {
        if !text.contains(PAIRS.map(|(open, _)| open)) {
            return None;
        }
        let (mut outside, mut inside) = (String::new(), String::new());
        let (mut pair, mut balanced) = (None, true);
        for c in text.chars() {
            match pair {
                Some((_, close)) if c == close => pair = None,
                Some((open, _)) => {
                    balanced &= c != open;
                    inside.push(c);
                }
                None => match PAIRS.iter().find(|&&(open, _)| open == c) {
                    Some(&found) => {
                        pair = Some(found);
                        inside.push(' ');
                    }
                    None => outside.push(c),
                },
            }
        }
        let (outside, inside) = (Scripts::count(&outside), Scripts::count(&inside));
        Some(Framed { outside, inside, balanced: balanced && pair.is_none() })
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
        ];
        for (sentence, expected) in cases {
            assert_eq!(language(sentence), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn of_all_that_is_quoted() {
        let quotes = "有人写道：“It is the best place. I have been there twice.”他很高兴。";
        assert_eq!(of_all(quotes), Some(Chinese));
        for both in [
            "他说：“雨停了。” “The rain has stopped.”",
            "他说：“雨停了。He said, “The rain has stopped.”",
            "雨停了。The rain has stopped.",
        ] {
            assert_eq!(of_all(both), None, "{both}");
        }
    }
}
