//! The rules on single pairs: what each asks for, and which one a pair breaks.

use super::duplicates::Duplicates;
use crate::corpus::measure::{en_words, han_share, latin_share, length_ratio, likeness, zh_characters};
use crate::corpus::record::Record;
use crate::error::{Error, ErrorKind, Result, named};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a pair must be like to stay. The default asks for nothing; [`Rules::usual`] for what most builders of
/// training corpora ask for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Rules {
    /// The least and the greatest length of the Chinese side, in characters without white space.
    pub min_zh: Option<usize>,
    /// See [`min_zh`](Rules::min_zh).
    pub max_zh: Option<usize>,
    /// The least and the greatest length of the English side, in words.
    pub min_en: Option<usize>,
    /// See [`min_en`](Rules::min_en).
    pub max_en: Option<usize>,
    /// How many times as long one side may be as the other, from 1; 1.6 Chinese characters count as long as an
    /// English word.
    pub max_ratio: Option<f32>,
    /// The least confidence, 0 to 1; pairs without one pass, and one that is no number is too low.
    pub min_confidence: Option<f32>,
    /// The least share, 0 to 1, of Han characters among the letters of the Chinese side; a Latin word counts as one.
    pub min_han: Option<f32>,
    /// The least share, 0 to 1, of Latin words among the words of the English side; a Han character counts as one.
    pub min_latin: Option<f32>,
    /// How alike the two sides may be, 0 to 1: a text that was not translated is 1.
    pub max_copy: Option<f32>,
    /// Which repetitions are taken out; the first of each stays.
    pub duplicates: Vec<Duplicates>,
    /// Texts that differ only in capitals, marks, width or white space count as repetitions too.
    pub loosely: bool,
}

/// Why a pair was taken out. Displays as plain words; [`code`](Rule::code) is the form for files, and the one that
/// parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// One side is empty.
    OneSided,
    /// The confidence is too low.
    Confidence,
    /// The Chinese side is too short.
    ShortZh,
    /// The Chinese side is too long.
    LongZh,
    /// The English side is too short.
    ShortEn,
    /// The English side is too long.
    LongEn,
    /// The English side is a copy of the Chinese, or nearly.
    Copy,
    /// The Chinese side has too little Chinese in it.
    HanShare,
    /// The English side has too little in Latin letters.
    LatinShare,
    /// One side is too long for the other.
    Ratio,
    /// The pair came before.
    DuplicatePair,
    /// The Chinese side came before.
    DuplicateZh,
    /// The English side came before.
    DuplicateEn,
}

impl Rule {
    /// Every rule, in the order of the type.
    pub const ALL: [Rule; 13] = [
        Rule::OneSided,
        Rule::Confidence,
        Rule::ShortZh,
        Rule::LongZh,
        Rule::ShortEn,
        Rule::LongEn,
        Rule::Copy,
        Rule::HanShare,
        Rule::LatinShare,
        Rule::Ratio,
        Rule::DuplicatePair,
        Rule::DuplicateZh,
        Rule::DuplicateEn,
    ];

    /// The word that stands for it in files: `short-zh`.
    pub fn code(self) -> &'static str {
        match self {
            Rule::OneSided => "one-sided",
            Rule::Confidence => "confidence",
            Rule::ShortZh => "short-zh",
            Rule::LongZh => "long-zh",
            Rule::ShortEn => "short-en",
            Rule::LongEn => "long-en",
            Rule::Copy => "copy",
            Rule::HanShare => "han-share",
            Rule::LatinShare => "latin-share",
            Rule::Ratio => "ratio",
            Rule::DuplicatePair => "duplicate-pair",
            Rule::DuplicateZh => "duplicate-zh",
            Rule::DuplicateEn => "duplicate-en",
        }
    }
}

impl FromStr for Rule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        named(ErrorKind::Format, "rule", text, Rule::ALL, Rule::code)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Rule::OneSided => "one side is empty",
            Rule::Confidence => "low confidence",
            Rule::ShortZh => "Chinese too short",
            Rule::LongZh => "Chinese too long",
            Rule::ShortEn => "English too short",
            Rule::LongEn => "English too long",
            Rule::Copy => "not translated",
            Rule::HanShare => "too little Chinese",
            Rule::LatinShare => "too little English",
            Rule::Ratio => "lengths too different",
            Rule::DuplicatePair => "the pair came before",
            Rule::DuplicateZh => "the Chinese came before",
            Rule::DuplicateEn => "the English came before",
        })
    }
}

impl Rules {
    /// What most builders of training corpora ask for: no pair twice (loosely), lengths up to 400 characters and 200
    /// words that differ by a factor of 4 at most (of 2,776 hand-aligned pairs 99 in 100 differ by less than 3.4),
    /// half of each side in its script, no copies, confidences from .5.
    pub fn usual() -> Self {
        Rules {
            min_zh: Some(1),
            max_zh: Some(400),
            min_en: Some(1),
            max_en: Some(200),
            max_ratio: Some(4.0),
            min_confidence: Some(0.5),
            min_han: Some(0.5),
            min_latin: Some(0.5),
            max_copy: Some(0.8),
            duplicates: vec![Duplicates::Pair],
            loosely: true,
        }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Rules { loosely: self.loosely, ..Rules::default() }
    }

    /// The first rule on the pair itself that it breaks. Cheap ones come first.
    pub(super) fn broken_by(&self, record: &Record) -> Option<Rule> {
        let below = |least: Option<f32>, value: f32| least.is_some_and(|least| value < least);
        let above = |most: Option<f32>, value: f32| most.is_some_and(|most| value > most);
        if !record.is_pair() {
            return Some(Rule::OneSided);
        }
        // A confidence that is no number is not as great as any.
        let sure_enough = |sure: f32| self.min_confidence.is_none_or(|least| sure >= least);
        if !record.confidence.is_none_or(sure_enough) {
            return Some(Rule::Confidence);
        }
        if let Some(rule) = self.length_broken_by(record) {
            return Some(rule);
        }
        // Before the shares of scripts, which a copy breaks too: what it is says more than what it lacks.
        let copied = self.max_copy.is_some_and(|most| likeness(&record.zh, &record.en) > most);
        let broken = [
            (copied, Rule::Copy),
            (self.min_han.is_some() && below(self.min_han, han_share(&record.zh)), Rule::HanShare),
            (self.min_latin.is_some() && below(self.min_latin, latin_share(&record.en)), Rule::LatinShare),
            (self.max_ratio.is_some() && above(self.max_ratio, length_ratio(record)), Rule::Ratio),
        ];
        broken.into_iter().find_map(|(broken, rule)| broken.then_some(rule))
    }

    fn length_broken_by(&self, record: &Record) -> Option<Rule> {
        let (zh, en) = (zh_characters(&record.zh), en_words(&record.en));
        let broken = [
            (self.min_zh.is_some_and(|least| zh < least), Rule::ShortZh),
            (self.max_zh.is_some_and(|most| zh > most), Rule::LongZh),
            (self.min_en.is_some_and(|least| en < least), Rule::ShortEn),
            (self.max_en.is_some_and(|most| en > most), Rule::LongEn),
        ];
        broken.into_iter().find_map(|(broken, rule)| broken.then_some(rule))
    }
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {
        impl Rules {$(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, value: $type) -> Self {
                self.$name = Some(value);
                self
            }
        )*}
    };
}

setters! {
    /// Sets the field of this name.
    min_zh: usize;
    /// Sets the field of this name.
    max_zh: usize;
    /// Sets the field of this name.
    min_en: usize;
    /// Sets the field of this name.
    max_en: usize;
    /// Sets the field of this name.
    max_ratio: f32;
    /// Sets the field of this name.
    min_confidence: f32;
    /// Sets the field of this name.
    min_han: f32;
    /// Sets the field of this name.
    min_latin: f32;
    /// Sets the field of this name.
    max_copy: f32;
}

impl Rules {
    /// Sets the field of this name.
    #[must_use]
    pub fn duplicates(mut self, kinds: impl IntoIterator<Item = Duplicates>) -> Self {
        self.duplicates = kinds.into_iter().collect();
        self
    }

    /// Sets the field of this name.
    #[must_use]
    pub fn loosely(mut self, yes: bool) -> Self {
        self.loosely = yes;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_serialised_form() {
        crate::error::check_codes(Rule::ALL, Rule::code);
        assert!("dull".parse::<Rule>().is_err());
    }

    #[test]
    fn options_that_are_not_known_are_errors() {
        let error = serde_json::from_str::<Rules>("{\"min_zh\":1,\"max_rato\":3}").unwrap_err();
        assert!(error.to_string().contains("max_rato"), "{error}");
    }

    #[test]
    fn each_rule_takes_out_what_it_says() {
        let sure = |confidence, record| Record { confidence: Some(confidence), ..record };
        let good =
            Record::new("城南的旧图书馆建于1926年。", "The old library in the south was built in 1926.");
        assert_eq!(Rules::usual().broken_by(&good), None);
        let long = Record::new("长".repeat(401), "long ".repeat(250));
        let cases = [
            (Record::new("", "Alone."), Rule::OneSided),
            (sure(0.4, good.clone()), Rule::Confidence),
            (sure(f32::NAN, good.clone()), Rule::Confidence),
            (Record::new(" ", "Alone."), Rule::ShortZh),
            (Record::new("好。", "—"), Rule::ShortEn),
            (long.clone(), Rule::LongZh),
            (Record::new("长".repeat(400), long.en), Rule::LongEn),
            (Record::new("Tel. 010-6552", "TEL. 010-6552"), Rule::Copy),
            (Record::new("Wi-Fi and TCP/IP 网络", "It is about nets."), Rule::HanShare),
            (Record::new("这是网络。", "网络 net"), Rule::LatinShare),
            (Record::new("好。", "Well, it was a very good thing to do, I said."), Rule::Ratio),
        ];
        for (record, rule) in cases {
            assert_eq!(Rules::usual().broken_by(&record), Some(rule), "{record:?}");
            let alone = matches!(rule, Rule::OneSided).then_some(rule);
            assert_eq!(Rules::default().broken_by(&record), alone, "no rule, {record:?}");
        }
        assert!(
            Rules::default().is_empty()
                && !Rules::usual().is_empty()
                && !Rules::default().min_en(2).is_empty()
        );
    }
}
