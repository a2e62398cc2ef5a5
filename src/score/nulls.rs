//! What a first look says of sentences without counterpart: how common they are in the document, and where they
//! are likely. A translator who leaves out a sentence often leaves out the next one too.

use std::ops::Range;

/// Sentences without counterpart, as a first look sees them.
#[derive(Debug, Clone)]
pub struct Nulls {
    rate: f32,
    /// For each border of a side, how many of the sentences before it are expected to be nulls.
    source: Vec<f64>,
    target: Vec<f64>,
}

/// Share of sentences without counterpart in an ordinary document, and how many sentences of evidence
/// this expectation is worth.
const SHARE: f32 = 0.03;
const EVIDENCE: f32 = 100.0;
/// A document's own rate raises the odds of nulls by at most this, in nats.
const MAX_RATE: f32 = 0.6;
/// Sentences before and after one that are looked at.
const BESIDE: usize = 2;

impl Nulls {
    /// From the probability of each source and each target sentence to be a null, found without knowing the document's
    /// rate; `weight` is that of the rate, in nats.
    pub fn new(source: &[f32], target: &[f32], weight: f32) -> Self {
        let expected: f32 = source.iter().chain(target).sum();
        let share = (expected + SHARE * EVIDENCE) / ((source.len() + target.len()) as f32 + EVIDENCE);
        let rate = (share / SHARE).ln().min(MAX_RATE);
        let odds = (weight * rate).exp();
        // With the rate known, the odds of each are by so much higher.
        let known = |p: f32| p * odds / (1.0 - p + p * odds);
        let running = |side: &[f32]| -> Vec<f64> {
            let sums = side.iter().scan(0.0, |sum, &p| {
                *sum += f64::from(known(p.min(1.0)));
                Some(*sum)
            });
            std::iter::once(0.0).chain(sums).collect()
        };
        Nulls { rate, source: running(source), target: running(target) }
    }

    /// How much commoner nulls are in the document than usual, as a logarithm.
    pub fn rate(&self) -> f32 {
        self.rate
    }

    /// Of the two sentences before and the two after the one of a null bead, how many are expected to be nulls; 0 for
    /// other beads.
    pub fn beside(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let (side, null) = match (source.len(), target.len()) {
            (1, 0) => (&self.source, source),
            (0, 1) => (&self.target, target),
            _ => return 0.0,
        };
        let around = null.start.saturating_sub(BESIDE)..(null.end + BESIDE).min(side.len() - 1);
        let expected = |range: &Range<usize>| side[range.end] - side[range.start];
        (expected(&around) - expected(null)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_counts_two_on_each_side() {
        let nulls = Nulls::new(&[1.0, 0.5, 0.0, 0.25, 0.125, 0.5], &[0.75], 0.0);
        let source = |i: usize| nulls.beside(&(i..i + 1), &(0..0));
        assert_eq!([source(0), source(2), source(5)], [0.5, 1.875, 0.375]);
        assert_eq!(nulls.beside(&(2..2), &(0..1)), 0.0);
        assert_eq!(nulls.beside(&(2..3), &(0..1)), 0.0);
    }

    #[test]
    fn a_document_with_many_nulls_makes_each_likelier() {
        let beside = |p: f32| Nulls::new(&[p; 200], &[0.0; 200], 1.5).beside(&(9..10), &(0..0)) / 4.0;
        assert!(beside(0.3) > 0.3 && beside(0.01) < 0.01);
        assert_eq!((beside(0.0), beside(1.0)), (0.0, 1.0));
    }

    #[test]
    fn the_rate_grows_with_the_nulls_to_a_limit() {
        let rate = |p: f32| Nulls::new(&[p; 200], &[0.0; 200], 1.0).rate();
        assert!(rate(0.0) < 0.0 && rate(0.05) < rate(0.1) && rate(0.1) < MAX_RATE);
        assert_eq!((rate(0.2), rate(1.0)), (MAX_RATE, MAX_RATE));
        assert_eq!(Nulls::new(&[], &[], 1.0).rate(), 0.0);
    }
}
