//! The length ratio: translations of long sentences are long.
//!
//! Gale and Church (1993), with the document's own ratio instead of a fixed one.

use std::ops::Range;

/// Standard deviation of the difference in characters, over the square root of the mean length; fitted on
/// literary text.
const DEVIATION: f32 = 2.71;

/// How far the lengths of a bead's sides lie apart, in characters that are not white space.
pub struct Length {
    source: Vec<f32>,
    target: Vec<f32>,
    ratio: f32,
}

impl Length {
    /// Takes the lengths of the sentences.
    pub fn new(source: &[usize], target: &[usize]) -> Self {
        let total = |lengths: &[usize]| lengths.iter().sum::<usize>().max(1) as f32;
        // A side that is mostly missing must not bend the ratio beyond what any translation has.
        Length::with_ratio(source, target, (total(target) / total(source)).clamp(1.5, 6.0))
    }

    /// Takes the lengths of parts of the sentences and the ratio of the whole.
    pub fn with_ratio(source: &[usize], target: &[usize], ratio: f32) -> Self {
        let running = |lengths: &[usize]| {
            let mut sum = 0;
            let mut sums = vec![0.0];
            for &length in lengths {
                sum += length;
                sums.push(sum as f32);
            }
            sums
        };
        Length { source: running(source), target: running(target), ratio }
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

    /// Whether a run of sentences has any length on its side.
    pub fn any(&self, is_source: bool, run: &Range<usize>) -> bool {
        let sums = if is_source { &self.source } else { &self.target };
        sums[run.end] > sums[run.start]
    }

    /// Standard deviations by which the target is longer than the source lets expect.
    #[inline]
    pub fn deviation(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let s = (self.source[source.end] - self.source[source.start]) * self.ratio;
        let t = self.target[target.end] - self.target[target.start];
        (t - s) / (DEVIATION * (0.5 * (s + t)).max(1.0).sqrt())
    }
}
