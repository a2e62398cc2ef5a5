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

    /// The scores of beads in a row: all have these source sentences and `width` target sentences, and they
    /// end at one target border after the other, from `first` on. The same scores as one by one; a scorer that
    /// has more to say of a row than of its beads says it here.
    fn row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        for (score, end) in scores.iter_mut().zip(first..) {
            *score = self.score(source.clone(), end - width..end);
        }
    }
}

impl<F: Fn(Range<usize>, Range<usize>) -> f32 + Sync> Scorer for F {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self(source, target)
    }
}
