//! Strict and lax precision, recall and F1 of beads, counted as vecalign and Bertalign count them, after
//! Sennrich and Volk, "Iterative, MT-based sentence alignment of parallel texts" (NODALIDA 2011, W11-4624).
//! Linear in the number of sentence numbers where no sentence stands in many beads.
//!
//! - Strict: a bead is right if the other side has the same bead.
//! - Lax: it is enough that the other side links some source and some target sentence of it.
//! - Precision looks at every predicted bead, nulls too; recall at the gold beads that are no nulls.
//! - Beads are sets: the order of their numbers does not matter, and a bead that is written twice counts once.

use super::distinct;
use crate::ids::IdBead;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter::Sum;
use std::ops::AddAssign;

/// How many beads are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Beads that are exactly right.
    pub strict: u64,
    /// Beads that link at least one pair of sentences rightly.
    pub lax: u64,
    /// All beads looked at.
    pub total: u64,
}

/// The counts behind precision and recall. Counts of several files add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// Predicted beads that are in the gold.
    pub precision: Tally,
    /// Gold beads, without nulls, that were predicted.
    pub recall: Tally,
}

/// Precision, recall and their harmonic mean, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Share of what was predicted that is right.
    pub precision: f64,
    /// Share of what is right that was predicted.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Scores {
    /// The counts for one text. Where there is nothing to count, all figures are 0.
    pub fn of(gold: &[IdBead], test: &[IdBead]) -> Self {
        let (gold, test) = (distinct(gold), distinct(test));
        let full =
            |beads: &[IdBead]| beads.iter().filter(|bead| !bead.is_null()).cloned().collect::<Vec<_>>();
        Scores { precision: tally(&test, &gold), recall: tally(&full(&gold), &full(&test)) }
    }

    /// Precision, recall and F1 where only exactly right beads count.
    pub fn strict(&self) -> Figures {
        self.figures(|tally| tally.strict)
    }

    /// Precision, recall and F1 where partly right beads count too.
    pub fn lax(&self) -> Figures {
        self.figures(|tally| tally.lax)
    }

    fn figures(&self, right: impl Fn(&Tally) -> u64) -> Figures {
        let share = |tally: &Tally| right(tally) as f64 / tally.total.max(1) as f64;
        let (precision, recall) = (share(&self.precision), share(&self.recall));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Figures { precision, recall, f1 }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.strict += other.strict;
        self.lax += other.lax;
        self.total += other.total;
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        self.precision += other.precision;
        self.recall += other.recall;
    }
}

impl Sum for Scores {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Scores::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// How many of `beads`, which are distinct, are in `answers`, exactly or in part.
fn tally(beads: &[IdBead], answers: &[IdBead]) -> Tally {
    let exact: HashSet<&IdBead> = answers.iter().collect();
    let links = Links::of(answers);
    let mut tally = Tally::default();
    for bead in beads.iter().filter(|bead| !bead.source.is_empty() || !bead.target.is_empty()) {
        let strict = exact.contains(bead);
        tally.strict += u64::from(strict);
        tally.lax += u64::from(strict || links.touch(bead));
        tally.total += 1;
    }
    tally
}

/// Which beads each sentence stands in.
struct Links {
    source: HashMap<usize, Vec<usize>>,
    target: HashMap<usize, Vec<usize>>,
}

impl Links {
    fn of(beads: &[IdBead]) -> Self {
        let mut links = Links { source: HashMap::new(), target: HashMap::new() };
        for (k, bead) in beads.iter().enumerate() {
            for &id in &bead.source {
                links.source.entry(id).or_default().push(k);
            }
            for &id in &bead.target {
                links.target.entry(id).or_default().push(k);
            }
        }
        links
    }

    /// Whether some bead holds both a source and a target sentence of this one.
    fn touch(&self, bead: &IdBead) -> bool {
        let beads = |ids: &[usize], side: &HashMap<usize, Vec<usize>>| -> BTreeSet<usize> {
            ids.iter().filter_map(|id| side.get(id)).flatten().copied().collect()
        };
        !beads(&bead.source, &self.source).is_disjoint(&beads(&bead.target, &self.target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beads(text: &str) -> Vec<IdBead> {
        text.split_whitespace().map(|bead| bead.parse().unwrap()).collect()
    }

    fn tally(strict: u64, lax: u64, total: u64) -> Tally {
        Tally { strict, lax, total }
    }

    /// Counted by hand, bead by bead.
    #[test]
    fn counts() {
        let cases = [
            ("[0]:[0] [1]:[1]", "[0]:[0] [1]:[1]", tally(2, 2, 2), tally(2, 2, 2)),
            ("", "", tally(0, 0, 0), tally(0, 0, 0)),
            ("[0]:[0]", "", tally(0, 0, 0), tally(0, 0, 1)),
            ("", "[0]:[0]", tally(0, 0, 1), tally(0, 0, 0)),
            // A null counts in precision, strict and lax alike, and not in recall.
            ("[0]:[0] [1]:[]", "[0]:[0] [1]:[]", tally(2, 2, 2), tally(1, 1, 1)),
            ("[0]:[0] [1]:[1]", "[0]:[0] [1]:[] []:[1]", tally(1, 1, 3), tally(1, 1, 2)),
            // A bead with half of what it should have is lax-right only.
            ("[0,1]:[0] [2]:[1]", "[0]:[0] [1]:[] [2]:[1]", tally(1, 2, 3), tally(1, 2, 2)),
            // A neighbour too many on each of two beads.
            ("[0]:[0] [1]:[1,2] [2]:[3]", "[0]:[0,1] [1]:[2] [2]:[3]", tally(1, 3, 3), tally(1, 3, 3)),
            // Shifted by one: nothing is right.
            ("[0]:[0] [1]:[1] [2]:[2]", "[0]:[1] [1]:[2]", tally(0, 0, 2), tally(0, 0, 3)),
            // Written twice, counted once; a bead of nothing does not count.
            ("[0]:[0]", "[0]:[0] [0]:[0] []:[]", tally(1, 1, 1), tally(1, 1, 1)),
            // The numbers of a bead in another order are the same bead, which counts once too.
            ("[1,0]:[0]", "[0,1]:[0] [1,0]:[0]", tally(1, 1, 1), tally(1, 1, 1)),
        ];
        for (gold, test, precision, recall) in cases {
            let scores = Scores::of(&beads(gold), &beads(test));
            assert_eq!(scores, Scores { precision, recall }, "gold {gold}, test {test}");
        }
    }

    #[test]
    fn figures() {
        let scores = Scores { precision: tally(1, 2, 4), recall: tally(1, 2, 2) };
        assert_eq!(scores.strict(), Figures { precision: 0.25, recall: 0.5, f1: 1.0 / 3.0 });
        assert_eq!(scores.lax(), Figures { precision: 0.5, recall: 1.0, f1: 2.0 / 3.0 });
        assert_eq!(Scores::default().strict(), Figures::default());
        let twice: Scores = [scores, scores].into_iter().sum();
        assert_eq!(twice.precision, tally(2, 4, 8));
    }
}
