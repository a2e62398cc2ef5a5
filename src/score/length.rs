//! The length ratio: translations of long sentences are long.
//!
//! Gale and Church (1993), with the document's own ratio instead of a fixed one.

use std::ops::Range;

/// Standard deviation of the difference in characters, over the square root of the mean length; fitted on
/// literary text.
const DEVIATION: f32 = 2.71;

/// How far the lengths of a bead's sides lie apart, in characters that are not white space.
#[derive(Debug)]
pub struct Length {
    source: Vec<f32>,
    target: Vec<f32>,
    ratio: f32,
}

impl Length {
    /// Takes the lengths of the sentences.
    pub fn new(source: &[usize], target: &[usize]) -> Self {
        let running = |lengths: &[usize]| {
            let mut sum = 0;
            let mut sums = vec![0.0];
            for &length in lengths {
                sum += length;
                sums.push(sum as f32);
            }
            sums
        };
        let (source, target) = (running(source), running(target));
        let total = |sums: &[f32]| sums.last().copied().unwrap_or(0.0).max(1.0);
        // A side that is mostly missing must not bend the ratio beyond what any translation has.
        let ratio = (total(&target) / total(&source)).clamp(1.5, 6.0);
        Length { source, target, ratio }
    }

    /// The same with each of these runs of sentences as one sentence; the ratio stays.
    #[must_use]
    pub fn runs(&self, source: &[Range<usize>], target: &[Range<usize>]) -> Self {
        let running = |sums: &[f32], runs: &[Range<usize>]| {
            let mut sum = 0.0;
            let mut list = vec![0.0];
            list.extend(runs.iter().map(|run| {
                sum += sums[run.end] - sums[run.start];
                sum
            }));
            list
        };
        let (source, target) = (running(&self.source, source), running(&self.target, target));
        Length { source, target, ratio: self.ratio }
    }

    /// Target characters for one source character.
    pub fn ratio(&self) -> f32 {
        self.ratio
    }

    /// Characters of a sentence.
    pub fn of(&self, is_source: bool, sentence: usize) -> f32 {
        let sums = if is_source { &self.source } else { &self.target };
        sums[sentence + 1] - sums[sentence]
    }

    /// Standard deviations by which the target is longer than the source lets expect.
    #[inline]
    pub fn deviation(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let s = (self.source[source.end] - self.source[source.start]) * self.ratio;
        deviation(s, self.target[target.end] - self.target[target.start])
    }

    /// The same for some source sentences against targets in a row, given by the borders where they end and
    /// where they begin.
    pub(super) fn deviations(
        &self,
        source: Range<usize>,
        ends: Range<usize>,
        starts: Range<usize>,
        deviations: &mut [f32],
    ) {
        let s = (self.source[source.end] - self.source[source.start]) * self.ratio;
        let borders = self.target[ends].iter().zip(&self.target[starts]);
        for (to, (end, start)) in deviations.iter_mut().zip(borders) {
            *to = deviation(s, end - start);
        }
    }
}

/// By how many standard deviations a target is longer than expected.
#[inline]
fn deviation(expected: f32, target: f32) -> f32 {
    (target - expected) / (DEVIATION * (0.5 * (expected + target)).max(1.0).sqrt())
}
