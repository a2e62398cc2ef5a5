//! What the search asks of evidence: a score for a bead.

use std::ops::Range;

/// Scores beads: two ranges of sentence indices in, one score out.
///
/// The score is the natural logarithm of how much likelier the bead's two sides are as translations of each other
/// than as unrelated text; scores of different evidence add. One range may be empty (a null). 0 says nothing for
/// or against a bead: what has no opinion of it, or of nulls, answers 0 where it joins other evidence, as in
/// [`Aligner::align_sentences_with`](crate::Aligner::align_sentences_with). Where it is all the evidence there is,
/// nulls need a score below that of pairs that are right, or nothing is paired. Scores should be finite: a few
/// nats speak clearly, -1000 rules a bead out. The aligner takes a user's score that is not finite for 0; a search
/// by itself never takes a bead of -∞ or NaN while there is another way.
///
/// A scorer is asked for the same bead several times, and for every bead of the corridor: it should
/// prepare what it can when it is made.
pub trait Scorer: Sync {
    /// The score of a bead.
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32;

    /// How many sentences of either side it was made for, if it was made for given ones; the aligner takes it for
    /// no others.
    fn sentences(&self) -> Option<(usize, usize)> {
        None
    }

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
