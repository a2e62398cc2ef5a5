//! The fitted constants, in one place, with their origin.

use super::features::{Features, ORDER};
use serde::{Deserialize, Serialize};

/// The constants of the combined score.
///
/// The default was fitted on hand-aligned novels, news and medical articles by maximising the conditional
/// likelihood of their alignments (`cargo run --release --example evaluate -- --fit GOLD_DIR…`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Weights in the search: one for each of [`FEATURES`](super::FEATURES) but for those of
    /// [`Order`](super::Order), in nats per unit of the feature.
    #[serde(with = "array")]
    pub search: [f32; ORDER],
    /// Weights in the second look at the beads that the search leaves in question: one for each feature.
    #[serde(with = "array")]
    pub close: Features,
    /// How strongly a long other side dilutes a match, 0 to 1: the power of its number of tokens.
    pub dilution: f32,
    /// A token of count c among t is taken to have frequency (c + 1) / (slope · t + base).
    pub smoothing: (f32, f32),
}

impl Weights {
    /// Sets the weight of a feature, in the search and in the second look.
    pub fn set(&mut self, feature: usize, weight: f32) {
        self.close[feature] = weight;
        if let Some(search) = self.search.get_mut(feature) {
            *search = weight;
        }
    }
}

impl Default for Weights {
    fn default() -> Self {
        Weights { search: SEARCH, close: CLOSE, dilution: 0.7, smoothing: (1.5, 2000.0) }
    }
}

const SEARCH: [f32; ORDER] = [
    0.228,  // words explain target, strong
    0.060,  // words explain source, strong
    0.021,  // words explain target
    -0.181, // words explain source
    -0.432, // words explain target, faint
    0.349,  // words explain source, faint
    0.227,  // marks explain target
    1.343,  // marks explain source
    -1.145, // bead
    -2.554, // more source sentences
    -2.382, // more target sentences
    -0.740, // more on both sides
    -0.275, // large bead
    0.182,  // more source, by ratio
    0.995,  // more target, by ratio
    -0.113, // length, squared
    -0.495, // length, absolute
    -2.800, // source null
    -2.373, // target null
    0.054,  // null, token
    0.819,  // null, repeated
    1.624,  // null, by rate
    0.168,  // quoted, both
    0.267,  // quoted, source
    -0.572, // quoted, target
    1.095,  // closes, both
    0.129,  // closes, one
    0.203,  // opens, both
    -0.379, // opens, one
    0.844,  // asks, both
    0.117,  // asks, one
    -0.365, // exclaims, both
    -0.352, // exclaims, one
    -0.385, // open-ended, both
    -0.574, // open-ended, one
    -0.919, // no stop, one
    -0.110, // joined in quotation, source
    0.873,  // joined in quotation, target
    -0.115, // joined to a pointer, source
    0.265,  // joined to a pointer, target
    0.209,  // joined to a link, source
    -0.041, // joined to a link, target
    0.177,  // joined, short, source
    0.456,  // joined, short, target
    0.556,  // joined after a question or exclamation, source
    -0.390, // joined after a question or exclamation, target
    -0.654, // joined after no stop, source
    -0.605, // joined after no stop, target
];

const CLOSE: Features = [
    0.114,  // words explain target, strong
    0.018,  // words explain source, strong
    0.021,  // words explain target
    -0.278, // words explain source
    0.083,  // words explain target, faint
    0.264,  // words explain source, faint
    0.627,  // marks explain target
    1.015,  // marks explain source
    -1.603, // bead
    -2.204, // more source sentences
    -1.591, // more target sentences
    -0.581, // more on both sides
    -0.113, // large bead
    0.371,  // more source, by ratio
    1.072,  // more target, by ratio
    -0.058, // length, squared
    -0.523, // length, absolute
    -2.691, // source null
    -2.705, // target null
    0.090,  // null, token
    0.718,  // null, repeated
    1.022,  // null, by rate
    0.264,  // quoted, both
    0.186,  // quoted, source
    -0.556, // quoted, target
    0.882,  // closes, both
    0.085,  // closes, one
    0.269,  // opens, both
    -0.198, // opens, one
    0.699,  // asks, both
    0.061,  // asks, one
    -0.251, // exclaims, both
    -0.123, // exclaims, one
    -0.113, // open-ended, both
    -0.338, // open-ended, one
    -0.805, // no stop, one
    0.017,  // joined in quotation, source
    0.754,  // joined in quotation, target
    -0.167, // joined to a pointer, source
    0.411,  // joined to a pointer, target
    0.300,  // joined to a link, source
    -0.044, // joined to a link, target
    -0.081, // joined, short, source
    0.264,  // joined, short, target
    0.192,  // joined after a question or exclamation, source
    -0.181, // joined after a question or exclamation, target
    -0.586, // joined after no stop, source
    -0.490, // joined after no stop, target
    -0.681, // words in place explain target
    0.303,  // words in place explain source
    0.097,  // source after the border, explained before it
    0.036,  // target before the border, explained after it
    -0.055, // source before the border, explained after it
    -0.250, // target after the border, explained before it
    0.608,  // linked
    0.773,  // source, not linked
    0.028,  // target, not linked
    0.115,  // linked along the border
    0.032,  // linked across the border, source first
    -0.373, // linked across the border, target first
    0.629,  // null, beside nulls
];

mod array {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer, const N: usize>(array: &[f32; N], to: S) -> Result<S::Ok, S::Error> {
        array.as_slice().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(from: D) -> Result<[f32; N], D::Error> {
        let list = Vec::<f32>::deserialize(from)?;
        let len = list.len();
        list.try_into().map_err(|_| serde::de::Error::invalid_length(len, &"one weight for each feature"))
    }
}
