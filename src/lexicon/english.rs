//! What an English word form stands for: function words dropped, pronouns and irregular forms brought to
//! one form, the rest cut to its Snowball stem. The dictionary's glosses and the texts go through the same.

use super::irregular::{Form, form};
use rust_stemmers::{Algorithm, Stemmer};

/// Words written with full stops or capitals that would otherwise read as pronouns or letters.
const ACRONYMS: &[(&str, &str)] = &[("us", "usa"), ("usa", "usa"), ("eg", ""), ("ie", "")];
/// No English word is longer; longer runs of letters (base64 and the like) are taken as they are.
const MAX_WORD: usize = 64;

/// Cuts English words to stems.
pub(super) struct English {
    stemmer: Stemmer,
}

impl English {
    pub fn new() -> Self {
        English { stemmer: Stemmer::create(Algorithm::English) }
    }

    /// Calls `sink` with each stem that a lower-cased word stands for: none, one, or more (`can't`).
    /// A word with a full stop in it (`u.s`) is an acronym.
    pub fn stems(&self, word: &str, sink: &mut dyn FnMut(&str)) {
        if word.contains('.') && !word.starts_with(|c: char| c.is_ascii_digit()) {
            let letters = word.replace('.', "");
            let known = ACRONYMS.iter().find(|(acronym, _)| *acronym == letters);
            return match known {
                Some((_, "")) => {}
                Some((_, stem)) => sink(stem),
                None => sink(&letters),
            };
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return sink(number(word));
        }
        if word.len() > MAX_WORD {
            return sink(word);
        }
        match form(word) {
            Some(Form::Words(words)) => words.split(' ').for_each(|word| self.stems(word, sink)),
            Some(form) => self.stem(word, Some(form), sink),
            None => self.contracted(word, sink),
        }
    }

    fn contracted(&self, word: &str, sink: &mut dyn FnMut(&str)) {
        if let Some(before) = word.strip_suffix("n't") {
            self.stem(before, form(before), sink);
            return sink("not");
        }
        let Some((before, after)) = word.split_once('\'') else {
            return self.stem(word, None, sink);
        };
        match after {
            "s" | "re" | "ve" | "m" | "d" | "t" => self.stem(before, form(before), sink),
            "ll" => {
                self.stem(before, form(before), sink);
                sink("will");
            }
            // O'Brien, D'Artagnan: one name.
            _ => sink(&word.replace('\'', "")),
        }
    }

    fn stem(&self, word: &str, form: Option<Form>, sink: &mut dyn FnMut(&str)) {
        match form {
            Some(Form::Function) => {}
            Some(Form::Pronoun(pronoun)) => sink(pronoun),
            Some(Form::Lemma(lemma)) => sink(&self.stemmer.stem(lemma)),
            Some(Form::Words(_)) | None if word.is_ascii() => sink(&self.stemmer.stem(word)),
            Some(Form::Words(_)) | None => sink(word),
        }
    }
}

/// A number without the ending of an ordinal or a decade: `21st`, `1990s`.
fn number(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    if matches!(ending, "st" | "nd" | "rd" | "th" | "s") { digits } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let cases = [
            ("the", ""),
            ("went", "go"),
            ("children", "child"),
            ("running", "run"),
            ("don't", "not"),
            ("won't", "will not"),
            ("couldn't", "can not"),
            ("she'll", "she will"),
            ("teacher's", "teacher"),
            ("o'brien", "obrien"),
            ("herself", "she"),
            ("u.s", "usa"),
            ("d.c", "dc"),
            ("21st", "21"),
            ("1990s", "1990"),
            ("1990's", "1990"),
            ("3d", "3d"),
            ("3.14", "3.14"),
            ("москва", "москва"),
        ];
        let english = English::new();
        for (word, expected) in cases {
            let mut stems = Vec::new();
            english.stems(word, &mut |stem| stems.push(stem.to_owned()));
            assert_eq!(stems.join(" "), expected, "{word}");
        }
    }
}
