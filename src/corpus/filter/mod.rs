//! Filters that builders of corpora expect: rules on single pairs (lengths, scripts, confidence, copies) and on the
//! corpus (duplicates), with a count of what each took out.
//!
//! Cost: linear in the texts; memory is some 30 bytes a pair at most for each kind of duplicate looked for, as only
//! hashes are kept, and that of one record for all else.

mod duplicates;
mod rules;

pub use duplicates::Duplicates;
pub use rules::{Rule, Rules};

use super::record::Record;
use crate::corpus::Bitext;
use crate::error::Result;
use crate::reason::Reason;
use duplicates::Seen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Takes pairs out of a corpus, and counts.
///
/// ```
/// use duizhao::corpus::Record;
/// use duizhao::corpus::filter::{Duplicates, Filter, Rule, Rules};
/// let mut filter = Filter::new(Rules::default().duplicates([Duplicates::Pair]).min_zh(2));
/// let pair = Record::new("茶凉了。", "The tea is cold.");
/// assert_eq!(filter.judge(&pair), None);
/// assert_eq!(filter.judge(&pair), Some(Rule::DuplicatePair));
/// assert_eq!(filter.judge(&Record::new("茶", "Tea")), Some(Rule::ShortZh));
/// assert_eq!((filter.report().read, filter.report().kept), (3, 1));
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    rules: Rules,
    seen: Seen,
    report: FilterReport,
}

/// What a filter did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterReport {
    /// Pairs that were judged.
    pub read: u64,
    /// Pairs that passed.
    pub kept: u64,
    /// Pairs that were taken out, by the first rule that they broke.
    pub removed: BTreeMap<Rule, u64>,
}

impl Filter {
    /// A filter that has seen nothing.
    pub fn new(rules: Rules) -> Self {
        Filter { rules, seen: Seen::default(), report: FilterReport::default() }
    }

    /// The first rule that a pair breaks, or `None` if it passes. Rules on the pair itself come first, so that a bad
    /// pair does not make a later good one a duplicate.
    pub fn judge(&mut self, record: &Record) -> Option<Rule> {
        let broken = self.rules.broken_by(record).or_else(|| self.seen.broken_by(record, &self.rules));
        self.report.read += 1;
        match broken {
            None => self.report.kept += 1,
            Some(rule) => *self.report.removed.entry(rule).or_default() += 1,
        }
        broken
    }

    /// The records that pass, and errors as they are.
    pub fn records<'f>(
        &'f mut self,
        records: impl Iterator<Item = Result<Record>> + 'f,
    ) -> impl Iterator<Item = Result<Record>> + 'f {
        records.filter(|record| record.as_ref().map_or(true, |record| self.judge(record).is_none()))
    }

    /// Takes the pairs of a bitext apart that do not pass: their sides become unpaired with [`Reason::Filtered`].
    /// Units without counterpart are not judged.
    pub fn bitext(&mut self, bitext: &mut Bitext) {
        let out: Vec<bool> = bitext
            .views()
            .map(|pair| pair.unit().is_pair() && self.judge(&Record::from(pair)).is_some())
            .collect();
        bitext.take_apart(Reason::Filtered, |unit| out[unit]);
    }

    /// What was done so far.
    pub fn report(&self) -> &FilterReport {
        &self.report
    }
}

impl FilterReport {
    /// Adds what another filter did.
    pub fn add(&mut self, other: &FilterReport) {
        self.read += other.read;
        self.kept += other.kept;
        for (&rule, count) in &other.removed {
            *self.removed.entry(rule).or_default() += count;
        }
    }
}

/// A table, a line a rule.
impl fmt::Display for FilterReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |count: u64| 100.0 * count as f64 / self.read.max(1) as f64;
        let mut row = |name: &str, count: u64| writeln!(f, "{name:<36} {count:>10} {:>6.1}%", share(count));
        row("pairs read", self.read)?;
        for (rule, &count) in &self.removed {
            row(&format!("- {rule}"), count)?;
        }
        row("pairs kept", self.kept)
    }
}
