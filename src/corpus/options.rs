//! What to write and how, the same for every format.

use super::record::Record;
use serde::{Deserialize, Serialize};

/// What to write and how. An option that a format cannot follow is without effect there.
///
/// ```
/// use duizhao::corpus::WriteOptions;
/// let options = WriteOptions::default().unpaired(true).min_confidence(0.5);
/// assert!(options.unpaired);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Writes sentences that face nothing too, with their reason. Default: no.
    pub unpaired: bool,
    /// Pairs with less confidence, 0 to 1, count as unpaired. Default: 0, every pair is written.
    pub min_confidence: f32,
    /// Makes cells that a spreadsheet would run as a formula harmless (`tsv`, `csv`). Default: no.
    pub spreadsheet_safe: bool,
    /// Adds the Chinese text before and after each unit (`tmx`). Default: no.
    pub context: bool,
    /// Says `zh-Hans` or `zh-Hant`, as the text of each bitext shows, in place of
    /// [`zh_code`](WriteOptions::zh_code) (`tmx`). Default: no.
    pub script_code: bool,
    /// The language code of the Chinese side (`tmx`). Default: `zh`.
    pub zh_code: String,
    /// The language code of the English side (`tmx`). Default: `en`.
    pub en_code: String,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            unpaired: false,
            min_confidence: 0.0,
            spreadsheet_safe: false,
            context: false,
            script_code: false,
            zh_code: "zh".into(),
            en_code: "en".into(),
        }
    }
}

impl WriteOptions {
    /// Whether a record is to be written that comes by itself; one that says no confidence is sure.
    pub(super) fn take(&self, record: &Record) -> bool {
        let sure = record.confidence.is_none_or(|sure| sure >= self.min_confidence);
        self.unpaired || (record.is_pair() && sure)
    }

    /// Sets [`unpaired`](Self::unpaired).
    #[must_use]
    pub fn unpaired(mut self, yes: bool) -> Self {
        self.unpaired = yes;
        self
    }

    /// Sets [`min_confidence`](Self::min_confidence).
    #[must_use]
    pub fn min_confidence(mut self, min: f32) -> Self {
        self.min_confidence = min;
        self
    }

    /// Sets [`spreadsheet_safe`](Self::spreadsheet_safe).
    #[must_use]
    pub fn spreadsheet_safe(mut self, yes: bool) -> Self {
        self.spreadsheet_safe = yes;
        self
    }

    /// Sets [`context`](Self::context).
    #[must_use]
    pub fn context(mut self, yes: bool) -> Self {
        self.context = yes;
        self
    }

    /// Sets [`script_code`](Self::script_code).
    #[must_use]
    pub fn script_code(mut self, yes: bool) -> Self {
        self.script_code = yes;
        self
    }

    /// Sets [`zh_code`](Self::zh_code) and [`en_code`](Self::en_code), such as `zh-CN` and `en-GB`.
    #[must_use]
    pub fn codes(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        (self.zh_code, self.en_code) = (zh.into(), en.into());
        self
    }
}
