//! All evidence together: a weighted sum whose weights were fitted on hand-aligned documents.

use super::{Coverage, Length, Scorer};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Weights of the evidence that is not lexical (the lexical weights are inside [`Coverage`]).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// For every bead that is no null.
    pub bead: f32,
    /// For every source sentence of a bead after the first.
    pub more_source: f32,
    /// For every target sentence of a bead after the first.
    pub more_target: f32,
    /// For a bead with several sentences on both sides, for each after the first on the shorter side.
    pub many_to_many: f32,
    /// For the squared deviation of the length, in standard deviations.
    pub length: f32,
    /// For a source sentence without counterpart.
    pub null_source: f32,
    /// For a target sentence without counterpart.
    pub null_target: f32,
    /// For each token of a sentence without counterpart.
    pub null_token: f32,
}

/// See the module.
pub struct Combined<'a> {
    /// Tokens.
    pub coverage: &'a Coverage,
    /// Lengths.
    pub length: &'a Length,
    /// Tokens of each sentence, source and target.
    pub tokens: (&'a [u32], &'a [u32]),
    /// Weights.
    pub weights: Weights,
}

/// The names of what [`Combined::features`] gives, in order.
pub const FEATURES: [&str; 8] = [
    "bead",
    "more_source",
    "more_target",
    "many_to_many",
    "length",
    "null_source",
    "null_target",
    "null_token",
];

impl Weights {
    /// The weights in the order of [`FEATURES`].
    pub fn as_array(&self) -> [f32; FEATURES.len()] {
        [
            self.bead,
            self.more_source,
            self.more_target,
            self.many_to_many,
            self.length,
            self.null_source,
            self.null_target,
            self.null_token,
        ]
    }

    /// Weights from the order of [`FEATURES`].
    pub fn from_array(w: [f32; FEATURES.len()]) -> Self {
        let [bead, more_source, more_target, many_to_many, length, null_source, null_target, null_token] = w;
        Weights { bead, more_source, more_target, many_to_many, length, null_source, null_target, null_token }
    }
}

impl Combined<'_> {
    /// What each weight is multiplied with.
    pub fn features(&self, source: Range<usize>, target: Range<usize>) -> [f32; FEATURES.len()] {
        let (n, m) = (source.len() as f32, target.len() as f32);
        if source.is_empty() || target.is_empty() {
            let tokens = self.tokens.0[source].iter().chain(&self.tokens.1[target]).sum::<u32>() as f32;
            return [0.0, 0.0, 0.0, 0.0, 0.0, n, m, tokens];
        }
        let deviation = self.length.deviation(source, target);
        [1.0, n - 1.0, m - 1.0, n.min(m) - 1.0, deviation * deviation, 0.0, 0.0, 0.0]
    }
}

impl Scorer for Combined<'_> {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let features = self.features(source.clone(), target.clone());
        let plain: f32 = features.iter().zip(self.weights.as_array()).map(|(f, w)| f * w).sum();
        plain + self.coverage.score(source, target)
    }
}
