//! Repetitions: hashes of what was seen, of the texts as they are or of what is left when capitals, marks, width and
//! white space are taken off.
//!
//! Hashes have 64 bits: in a corpus of a hundred million pairs the chance that any two different ones share one, and
//! that a pair is lost by it, is three in ten thousand.

use super::rules::{Rule, Rules};
use crate::corpus::record::Record;
use crate::error::{Error, ErrorKind, named};
use hashbrown::HashSet;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

/// What must not come twice. Displays as plain words; [`code`](Duplicates::code) is the form for files and
/// options, and the one that parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Duplicates {
    /// Both sides together.
    Pair,
    /// The Chinese side.
    Zh,
    /// The English side.
    En,
}

impl Duplicates {
    /// Every kind, in the order of the type.
    pub const ALL: [Duplicates; 3] = [Duplicates::Pair, Duplicates::Zh, Duplicates::En];

    /// The word that stands for it in files and options.
    pub fn code(self) -> &'static str {
        match self {
            Duplicates::Pair => "pair",
            Duplicates::Zh => "zh",
            Duplicates::En => "en",
        }
    }

    fn rule(self) -> Rule {
        match self {
            Duplicates::Pair => Rule::DuplicatePair,
            Duplicates::Zh => Rule::DuplicateZh,
            Duplicates::En => Rule::DuplicateEn,
        }
    }
}

impl fmt::Display for Duplicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Duplicates::Pair => "both sides together",
            Duplicates::Zh => "the Chinese side",
            Duplicates::En => "the English side",
        })
    }
}

impl FromStr for Duplicates {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        named(ErrorKind::Usage, "kind of duplicates", text, Duplicates::ALL, Duplicates::code)
    }
}

/// Hashes of what was seen, a set for each kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen([HashSet<u64>; Duplicates::ALL.len()]);

impl Seen {
    /// The first kind of repetition that a record is. Only one that is none is remembered.
    pub(super) fn broken_by(&mut self, record: &Record, rules: &Rules) -> Option<Rule> {
        if rules.duplicates.is_empty() {
            return None;
        }
        let text = |text| if rules.loosely { loose(text) } else { Cow::Borrowed(text) };
        let (zh, en) = (text(&record.zh), text(&record.en));
        let hash_of = |kind| match kind {
            Duplicates::Pair => hash(&(zh.as_ref(), en.as_ref())),
            Duplicates::Zh => hash(&zh.as_ref()),
            Duplicates::En => hash(&en.as_ref()),
        };
        let hashes: Vec<_> = rules.duplicates.iter().map(|&kind| (kind, hash_of(kind))).collect();
        let known = hashes.iter().find(|(kind, hash)| self.0[*kind as usize].contains(hash));
        if let Some((kind, _)) = known {
            return Some(kind.rule());
        }
        for (kind, hash) in hashes {
            self.0[kind as usize].insert(hash);
        }
        None
    }
}

/// The same in every run: the keys of this hasher are fixed.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Letters and digits, lower-cased, full width made plain; the text itself where there are none.
fn loose(text: &str) -> Cow<'_, str> {
    let letters = text.chars().map(narrow).filter(|c| c.is_alphanumeric());
    let loose: String = letters.flat_map(char::to_lowercase).collect();
    if loose.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(loose) }
}

/// The ASCII character that a full-width one stands for.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(rules: Rules, pairs: &[(&str, &str)]) -> Vec<usize> {
        let mut seen = Seen::default();
        let keeps = |&k: &usize| seen.broken_by(&Record::new(pairs[k].0, pairs[k].1), &rules).is_none();
        (0..pairs.len()).filter(keeps).collect()
    }

    #[test]
    fn kinds_of_repetition() {
        let pairs = [
            ("茶凉了。", "The tea is cold."),
            ("茶凉了", "the tea is COLD！"),
            ("茶凉了。", "The tea has gone cold."),
            ("水开了。", "The tea is cold."),
            ("茶凉了。", "The tea is cold."),
            ("……", "..."),
            ("！！", "!!"),
        ];
        let rules =
            |kinds: &[Duplicates], loosely| Rules::default().duplicates(kinds.to_vec()).loosely(loosely);
        use Duplicates::{En, Pair, Zh};
        assert_eq!(kept(rules(&[], true), &pairs), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(kept(rules(&[Pair], false), &pairs), [0, 1, 2, 3, 5, 6]);
        assert_eq!(kept(rules(&[Pair], true), &pairs), [0, 2, 3, 5, 6]);
        assert_eq!(kept(rules(&[Zh], true), &pairs), [0, 3, 5, 6]);
        assert_eq!(kept(rules(&[En], true), &pairs), [0, 2, 5, 6]);
        assert_eq!(kept(rules(&[Zh, En], true), &pairs), [0, 5, 6]);
    }

    #[test]
    fn the_code_is_the_serialised_form() {
        crate::error::check_codes(Duplicates::ALL, Duplicates::code);
        let error = "pairs".parse::<Duplicates>().unwrap_err().to_string();
        assert!(error.contains("`pairs`; did you mean pair?"), "{error}");
    }

    #[test]
    fn a_side_is_not_the_other() {
        let pairs = [("a", "bc"), ("ab", "c")];
        assert_eq!(kept(Rules::default().duplicates([Duplicates::Pair]), &pairs), [0, 1]);
    }
}
