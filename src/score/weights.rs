//! The fitted constants, in one place, with their origin.

use super::features::COUNT;
use serde::{Deserialize, Serialize};

/// The constants of the combined score.
///
/// The default was fitted on hand-aligned novels, news and medical articles by maximising the conditional
/// likelihood of their alignments (`cargo run --release --example evaluate -- --fit GOLD_DIR…`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// One weight for each of [`FEATURES`](super::FEATURES), in nats per unit of the feature.
    #[serde(with = "array")]
    pub features: [f32; COUNT],
    /// How strongly a long other side dilutes a match, 0 to 1: the power of its number of tokens.
    pub dilution: f32,
    /// A token of count c among t is taken to have frequency (c + 1) / (slope · t + base).
    pub smoothing: (f32, f32),
}

impl Default for Weights {
    fn default() -> Self {
        Weights { features: FITTED, dilution: 0.8, smoothing: (1.5, 2000.0) }
    }
}

const FITTED: [f32; COUNT] = [
    0.280,  // words explain target, strong
    0.027,  // words explain source, strong
    0.160,  // words explain target
    -0.081, // words explain source
    -0.364, // words explain target, faint
    -0.139, // words explain source, faint
    -0.003, // numbers explain target
    0.065,  // numbers explain source
    0.545,  // marks explain target
    1.446,  // marks explain source
    -1.161, // bead
    -2.558, // more source sentences
    -2.480, // more target sentences
    -0.601, // more on both sides
    -0.209, // large bead
    0.078,  // more source, by ratio
    1.024,  // more target, by ratio
    -0.128, // length, squared
    -0.461, // length, absolute
    -2.797, // source null
    -2.276, // target null
    0.025,  // null, token
    0.838,  // null, repeated
    1.699,  // null, by rate
    0.238,  // quoted, both
    0.186,  // quoted, source
    -0.551, // quoted, target
    1.245,  // closes, both
    0.187,  // closes, one
    0.204,  // opens, both
    -0.363, // opens, one
    0.919,  // asks, both
    0.096,  // asks, one
    -0.431, // exclaims, both
    -0.267, // exclaims, one
    -0.392, // open-ended, both
    -0.568, // open-ended, one
    -0.914, // no stop, one
    -0.089, // joined in quotation, source
    0.853,  // joined in quotation, target
    -0.075, // joined to a pointer, source
    0.383,  // joined to a pointer, target
    0.040,  // joined to a link, source
    -0.002, // joined to a link, target
    0.143,  // joined, short, source
    0.580,  // joined, short, target
    0.640,  // joined after a question or exclamation, source
    -0.449, // joined after a question or exclamation, target
    -0.717, // joined after no stop, source
    -0.522, // joined after no stop, target
];

mod array {
    use super::COUNT;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(array: &[f32; COUNT], serializer: S) -> Result<S::Ok, S::Error> {
        array.as_slice().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[f32; COUNT], D::Error> {
        let list = Vec::<f32>::deserialize(deserializer)?;
        let len = list.len();
        list.try_into().map_err(|_| serde::de::Error::invalid_length(len, &"one weight for each feature"))
    }
}
