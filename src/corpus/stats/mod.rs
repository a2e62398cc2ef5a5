//! What is in a corpus, counted record by record: pairs, types, lengths, confidences, scripts, and why sentences face
//! nothing. Cost: linear in the texts; memory is that of the different lengths.

mod page;

pub use page::write_page;

use super::measure::{en_words, zh_characters};
use super::record::Record;
use super::script::script_code;
use crate::language::{Language, detect};
use crate::reason::Reason;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bins of the confidences: tenths.
pub const BINS: usize = 10;

/// The figures of a corpus.
///
/// ```
/// use duizhao::corpus::Record;
/// use duizhao::corpus::stats::Stats;
/// let mut stats = Stats::default();
/// stats.add(&Record { confidence: Some(0.93), ..Record::new("茶凉了。", "The tea is cold.") });
/// stats.add(&Record::new("他没说话。", ""));
/// assert_eq!((stats.pairs, stats.unpaired), (1, 1));
/// assert_eq!((stats.zh.lengths.total, stats.en.lengths.total, stats.confidence[9]), (4, 4, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Stats {
    /// Records with both sides.
    pub pairs: u64,
    /// Records with one side.
    pub unpaired: u64,
    /// Records by their kind, such as `1-2`.
    pub kinds: BTreeMap<String, u64>,
    /// Pairs by their confidence, in tenths: the first bin is from 0 up to .1.
    pub confidence: [u64; BINS],
    /// Pairs that say no confidence.
    pub without_confidence: u64,
    /// The Chinese sides of pairs; lengths in characters without white space.
    pub zh: SideStats,
    /// The English sides of pairs; lengths in words.
    pub en: SideStats,
    /// Unpaired records by their reason.
    pub reasons: BTreeMap<Reason, u64>,
}

/// The figures of one side of the pairs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SideStats {
    /// How long the texts are.
    pub lengths: Lengths,
    /// Texts by language and, for Chinese, script: `zh-Hans`, `zh-Hant`, `zh` where the characters do not tell,
    /// `en`, and `und` for anything else.
    pub languages: BTreeMap<String, u64>,
}

/// How long texts are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Lengths {
    /// All lengths together.
    pub total: u64,
    /// How many texts there are of each length.
    pub counts: BTreeMap<u64, u64>,
}

impl Stats {
    /// Counts a record.
    pub fn add(&mut self, record: &Record) {
        let (n, m) = record.counts();
        *self.kinds.entry(format!("{n}-{m}")).or_default() += 1;
        if !record.is_pair() {
            self.unpaired += 1;
            *self.reasons.entry(record.reason.unwrap_or(Reason::NoCounterpart)).or_default() += 1;
            return;
        }
        self.pairs += 1;
        match record.confidence {
            Some(sure) if (0.0..=1.0).contains(&sure) => {
                self.confidence[((sure * BINS as f32) as usize).min(BINS - 1)] += 1;
            }
            _ => self.without_confidence += 1,
        }
        self.zh.add(&record.zh, zh_characters(&record.zh));
        self.en.add(&record.en, en_words(&record.en));
    }
}

impl SideStats {
    fn add(&mut self, text: &str, length: usize) {
        self.lengths.add(length as u64);
        let language = match detect(text) {
            Some(Language::Chinese) => script_code([text].into_iter()).unwrap_or("zh"),
            Some(language) => language.code(),
            None => "und",
        };
        *self.languages.entry(language.to_owned()).or_default() += 1;
    }
}

impl Lengths {
    fn add(&mut self, length: u64) {
        self.total += length;
        *self.counts.entry(length).or_default() += 1;
    }

    /// How many texts were counted.
    pub fn texts(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The mean length; 0 without a text.
    pub fn mean(&self) -> f64 {
        self.total as f64 / self.texts().max(1) as f64
    }

    /// The length that a share of the texts, 0 to 1, does not exceed: `.5` is the median; 0 without a text.
    ///
    /// ```
    /// # use duizhao::corpus::{Record, stats::Stats};
    /// let mut stats = Stats::default();
    /// for text in ["一", "一二", "一二三", "一二三四五六七八九"] {
    ///     stats.add(&Record::new(text, "x"));
    /// }
    /// let lengths = &stats.zh.lengths;
    /// assert_eq!((lengths.quantile(0.0), lengths.quantile(0.5), lengths.quantile(1.0)), (1, 2, 9));
    /// ```
    pub fn quantile(&self, share: f64) -> u64 {
        let wanted = (share.clamp(0.0, 1.0) * self.texts() as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let reaches = |(_, count): &(&u64, &u64)| {
            seen += **count;
            seen >= wanted
        };
        self.counts.iter().find(reaches).map_or(0, |(&length, _)| length)
    }

    /// The texts by length in `bins` bins of one width, the last of which holds all that are longer than 99 in 100.
    /// The width comes first.
    pub(super) fn binned(&self, bins: usize) -> (u64, Vec<u64>) {
        let width = self.quantile(0.99).div_ceil(bins as u64).max(1);
        let mut counts = vec![0; bins];
        for (&length, &count) in &self.counts {
            // The last of `width` lengths belongs to the bin that it ends.
            let bin = (length.saturating_sub(1) / width).min(bins as u64 - 1);
            counts[bin as usize] += count;
        }
        (width, counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_counted_once() {
        let mut stats = Stats::default();
        let pair = |zh: &str, en: &str, sure| Record { confidence: sure, ..Record::new(zh, en) };
        stats
            .add(&Record { kind: "2-1".into(), ..pair("茶凉了。再添水。", "Add water.", Some(1.0)) });
        stats.add(&pair("圖書館開門了。", "The library is open.", Some(0.1)));
        stats.add(&pair("山高水深。", "Всё хорошо.", None));
        stats.add(&pair("坏", "Bad", Some(f32::NAN)));
        stats.add(&Record { reason: Some(Reason::Boilerplate), ..Record::new("", "Share") });
        assert_eq!((stats.pairs, stats.unpaired, stats.without_confidence), (4, 1, 2));
        assert_eq!(stats.kinds, BTreeMap::from([("2-1".into(), 1), ("1-1".into(), 3), ("0-1".into(), 1)]));
        assert_eq!(
            (stats.confidence[9], stats.confidence[1], stats.confidence.iter().sum::<u64>()),
            (1, 1, 2)
        );
        assert_eq!(stats.reasons, BTreeMap::from([(Reason::Boilerplate, 1)]));
        let languages: Vec<_> = stats.zh.languages.iter().map(|(name, &n)| (name.as_str(), n)).collect();
        assert_eq!(languages, [("zh", 1), ("zh-Hans", 2), ("zh-Hant", 1)]);
        assert_eq!(stats.en.languages.get("und"), Some(&1));
        let json = serde_json::to_string(&stats).unwrap();
        assert_eq!(serde_json::from_str::<Stats>(&json).unwrap(), stats);
    }

    #[test]
    fn bins_hold_every_text() {
        let mut lengths = Lengths::default();
        (1..=1000).for_each(|length| lengths.add(length));
        lengths.add(1_000_000);
        let (width, counts) = lengths.binned(10);
        assert_eq!((width, counts.iter().sum::<u64>()), (100, 1001));
        assert_eq!((counts[0], counts[9]), (100, 101));
        assert_eq!(Lengths::default().binned(4), (1, vec![0; 4]));
    }
}
