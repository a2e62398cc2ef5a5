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
    0.3, 0.05, 0.15, -0.1, -0.7, 0.0, 0.3, -0.1, 0.2, 1.9, -1.3, -2.6, -2.3, -0.8, 0.0, 0.5, 2.0, -0.11,
    -0.6, -3.1, -2.4, 0.02, 1.6, 1.2, 0.56, 0.47, -0.5, 2.1, 0.5, 0.6, -0.6, 1.3, 0.2, -0.9, -0.3, -0.3,
    -0.9, -1.3, -0.2, 1.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    0.0, 0.0, 0.0, 0.0,
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
