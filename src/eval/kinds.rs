//! Which bead types and which nulls were found. Linear in the number of sentence numbers.

use super::distinct;
use crate::ids::IdBead;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How often each bead type occurs, was found, and was taken for another. Counts of several files add up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kinds {
    /// By type, such as `1-2`.
    pub counts: BTreeMap<String, KindCount>,
    /// For each type of the gold, the types of the predicted beads that hold the first source sentence of such
    /// a bead, or the first target sentence where there is no source; `none` where no bead holds it.
    pub confusion: BTreeMap<String, BTreeMap<String, u64>>,
    /// Source sentences that face nothing.
    pub source_nulls: NullCount,
    /// Target sentences that face nothing.
    pub target_nulls: NullCount,
}

/// Beads of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KindCount {
    /// In the gold.
    pub gold: u64,
    /// Predicted.
    pub test: u64,
    /// In both, exactly the same.
    pub right: u64,
}

/// Sentences that face nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NullCount {
    /// Those of the gold that were found.
    pub found: u64,
    /// Those of the gold that were paired.
    pub missed: u64,
    /// Those predicted that the gold pairs, or does not know.
    pub invented: u64,
}

impl Kinds {
    /// Adds the counts of one text. A bead that is written twice counts once, in whatever order its numbers are.
    pub fn add(&mut self, gold: &[IdBead], test: &[IdBead]) {
        let (gold, test) = (&distinct(gold), &distinct(test));
        let right: HashSet<&IdBead> = gold.iter().collect();
        for bead in gold {
            self.counts.entry(kind(bead)).or_default().gold += 1;
        }
        for bead in test {
            let count = self.counts.entry(kind(bead)).or_default();
            count.test += 1;
            count.right += u64::from(right.contains(bead));
        }
        self.add_confusion(gold, test);
        self.source_nulls.add(&nulls(gold, |bead| &bead.source), &nulls(test, |bead| &bead.source));
        self.target_nulls.add(&nulls(gold, |bead| &bead.target), &nulls(test, |bead| &bead.target));
    }

    fn add_confusion(&mut self, gold: &[IdBead], test: &[IdBead]) {
        let holders = |side: fn(&IdBead) -> &[usize]| -> HashMap<usize, &IdBead> {
            test.iter().flat_map(|bead| side(bead).iter().map(move |&id| (id, bead))).collect()
        };
        let by_source = holders(|bead| &bead.source);
        let by_target = holders(|bead| &bead.target);
        for bead in gold {
            let holder = match (bead.source.iter().min(), bead.target.iter().min()) {
                (Some(first), _) => by_source.get(first),
                (None, Some(first)) => by_target.get(first),
                (None, None) => continue,
            };
            let taken_for = holder.map_or("none".to_owned(), |bead| kind(bead));
            *self.confusion.entry(kind(bead)).or_default().entry(taken_for).or_default() += 1;
        }
    }
}

impl NullCount {
    fn add(&mut self, gold: &BTreeSet<usize>, test: &BTreeSet<usize>) {
        let found = gold.intersection(test).count();
        self.found += found as u64;
        self.missed += (gold.len() - found) as u64;
        self.invented += (test.len() - found) as u64;
    }
}

/// The numbers on one side of beads whose other side is empty.
fn nulls(beads: &[IdBead], side: fn(&IdBead) -> &[usize]) -> BTreeSet<usize> {
    beads.iter().filter(|bead| bead.is_null()).flat_map(side).copied().collect()
}

fn kind(bead: &IdBead) -> String {
    format!("{}-{}", bead.source.len(), bead.target.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_by_hand() {
        let beads =
            |text: &str| text.split_whitespace().map(|bead| bead.parse().unwrap()).collect::<Vec<_>>();
        let gold = beads("[0]:[0] [1]:[1,2] [2]:[] []:[3] [3]:[4] [4]:[]");
        // A bead that comes twice counts once.
        let test = beads("[0]:[0] [1]:[1] []:[2] [2]:[] [3]:[3,4] [3]:[4,3]");
        let mut kinds = Kinds::default();
        kinds.add(&gold, &test);
        let count = |gold, test, right| KindCount { gold, test, right };
        let expected = [
            ("0-1", count(1, 1, 0)),
            ("1-0", count(2, 1, 1)),
            ("1-1", count(2, 2, 1)),
            ("1-2", count(1, 1, 0)),
        ];
        assert_eq!(kinds.counts, expected.map(|(kind, count)| (kind.to_owned(), count)).into());
        let confused = |gold: &str, test: &str| kinds.confusion[gold].get(test).copied().unwrap_or(0);
        assert_eq!(confused("1-1", "1-1"), 1);
        assert_eq!(confused("1-1", "1-2"), 1);
        assert_eq!(confused("1-2", "1-1"), 1);
        assert_eq!(confused("1-0", "none"), 1);
        assert_eq!(confused("0-1", "1-2"), 1);
        assert_eq!(kinds.source_nulls, NullCount { found: 1, missed: 1, invented: 0 });
        assert_eq!(kinds.target_nulls, NullCount { found: 0, missed: 1, invented: 1 });
    }
}
