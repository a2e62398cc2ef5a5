//! What the search asks of evidence: a score for a bead.

use std::ops::Range;

/// Scores beads: two ranges of sentence indices in, one score out.
///
/// The score is the natural logarithm of how much likelier the bead's two sides are as translations of
/// each other than as unrelated text; scores of different evidence add. One range may be empty (a null).
/// A scorer is asked for the same bead several times, and for every bead of the corridor: it should
/// prepare what it can when it is made.
pub trait Scorer: Sync {
    /// The score of a bead.
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32;
}

impl<F: Fn(Range<usize>, Range<usize>) -> f32 + Sync> Scorer for F {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self(source, target)
    }
}
