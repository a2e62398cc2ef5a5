//! The flat form of a pair, which every format with a row a pair holds.

use super::pair::Pair;
use crate::reason::Reason;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A pair as a row of a file: what the formats are written from and read back to.
///
/// Serialised it is an object with the keys of the `jsonl` format, its numbers as they are. What is read from a
/// file by a reader has a kind, and a reason where a side is empty; read by `serde` it has what stands there.
///
/// Of a record that is written and read back the texts stay, but for what a format cannot hold: line breaks in
/// `tsv` and `moses`, characters that XML forbids in `tmx`. Kind, reason, score and confidence stay in `jsonl`,
/// `tsv`, `csv`, `tmx`, `xliff` and `xlsx`, the numbers with four decimals; spans stay in `jsonl` only.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The Chinese side as one text; empty where there is none.
    pub zh: String,
    /// The English side as one text; empty where there is none.
    pub en: String,
    /// How many Chinese and English sentences: `1-2`.
    pub kind: String,
    /// Natural logarithm of the odds of this pair against unrelated sentences.
    pub score: Option<f32>,
    /// Probability, 0 to 1, that both sides are exactly right. Other tools have scales of their own: readers give
    /// the number that stands there, and thresholds are compared with it; figures and [`Bitext::from_records`]
    /// take one outside 0 to 1 for none.
    ///
    /// [`Bitext::from_records`]: super::Bitext::from_records
    pub confidence: Option<f32>,
    /// Where the Chinese sentences stand in the text they came from, in bytes.
    #[serde(with = "spans")]
    pub zh_spans: Vec<Span>,
    /// Where the English sentences stand in the text they came from, in bytes.
    #[serde(with = "spans")]
    pub en_spans: Vec<Span>,
    /// Why one side is empty; `None` for a pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl Record {
    /// A record of two texts that says no more than they do.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        let (zh, en) = (zh.into(), en.into());
        let kind = format!("{}-{}", u8::from(!zh.is_empty()), u8::from(!en.is_empty()));
        let reason = (zh.is_empty() || en.is_empty()).then_some(Reason::NoCounterpart);
        Record { zh, en, kind, reason, ..Record::default() }
    }

    /// The same with what was noted of the pair, where something was.
    pub(super) fn noted(self, notes: &Record) -> Self {
        Record {
            kind: if notes.kind.is_empty() { self.kind } else { notes.kind.clone() },
            score: notes.score,
            confidence: notes.confidence,
            reason: notes.reason.or(self.reason),
            ..self
        }
    }

    /// Whether both sides hold text.
    pub fn is_pair(&self) -> bool {
        !self.zh.is_empty() && !self.en.is_empty()
    }

    /// Numbers of Chinese and English sentences, as the kind says, or else as the texts show.
    pub(super) fn counts(&self) -> (usize, usize) {
        let parsed = self.kind.split_once('-').and_then(|(n, m)| Some((n.parse().ok()?, m.parse().ok()?)));
        // A kind that claims more sentences than there are bytes comes from a damaged file.
        parsed
            .filter(|&(n, m)| n <= self.zh.len().max(1) && m <= self.en.len().max(1))
            .unwrap_or((usize::from(!self.zh.is_empty()), usize::from(!self.en.is_empty())))
    }
}

impl From<Pair<'_>> for Record {
    fn from(pair: Pair<'_>) -> Self {
        Record {
            zh: pair.zh().into_owned(),
            en: pair.en().into_owned(),
            kind: pair.kind(),
            score: Some(pair.score()),
            confidence: Some(pair.confidence()),
            zh_spans: pair.zh_spans(),
            en_spans: pair.en_spans(),
            reason: pair.reason(),
        }
    }
}

/// Spans as `[[start, end], …]`, which takes less room in a million lines than named fields.
pub(super) mod spans {
    use super::Span;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        spans: &[Span],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(spans.iter().map(|span| [span.start, span.end]))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Span>, D::Error> {
        let spans = Option::<Vec<[usize; 2]>>::deserialize(deserializer)?;
        Ok(spans.unwrap_or_default().into_iter().map(|[start, end]| Span::new(start, end)).collect())
    }
}
