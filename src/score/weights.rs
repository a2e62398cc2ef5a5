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
    0.217,  // words explain target, strong
    0.078,  // words explain source, strong
    0.170,  // words explain target
    -0.177, // words explain source
    -0.711, // words explain target, faint
    0.075,  // words explain source, faint
    0.112,  // numbers explain target
    -0.048, // numbers explain source
    0.312,  // marks explain target
    1.256,  // marks explain source
    -1.124, // bead
    -2.580, // more source sentences
    -2.469, // more target sentences
    -0.734, // more on both sides
    -0.266, // large bead
    0.178,  // more source, by ratio
    0.987,  // more target, by ratio
    -0.115, // length, squared
    -0.461, // length, absolute
    -2.797, // source null
    -2.307, // target null
    0.054,  // null, token
    0.817,  // null, repeated
    1.612,  // null, by rate
    0.116,  // quoted, both
    0.236,  // quoted, source
    -0.568, // quoted, target
    1.079,  // closes, both
    0.114,  // closes, one
    0.183,  // opens, both
    -0.368, // opens, one
    0.822,  // asks, both
    0.123,  // asks, one
    -0.384, // exclaims, both
    -0.348, // exclaims, one
    -0.398, // open-ended, both
    -0.621, // open-ended, one
    -0.901, // no stop, one
    -0.093, // joined in quotation, source
    0.898,  // joined in quotation, target
    -0.145, // joined to a pointer, source
    0.273,  // joined to a pointer, target
    0.216,  // joined to a link, source
    -0.035, // joined to a link, target
    0.126,  // joined, short, source
    0.495,  // joined, short, target
    0.559,  // joined after a question or exclamation, source
    -0.359, // joined after a question or exclamation, target
    -0.618, // joined after no stop, source
    -0.517, // joined after no stop, target
];

const CLOSE: Features = [
    0.115,  // words explain target, strong
    0.039,  // words explain source, strong
    0.146,  // words explain target
    -0.244, // words explain source
    -0.172, // words explain target, faint
    -0.044, // words explain source, faint
    -0.098, // numbers explain target
    0.040,  // numbers explain source
    0.632,  // marks explain target
    1.029,  // marks explain source
    -1.539, // bead
    -2.246, // more source sentences
    -1.672, // more target sentences
    -0.632, // more on both sides
    -0.124, // large bead
    0.340,  // more source, by ratio
    1.030,  // more target, by ratio
    -0.057, // length, squared
    -0.496, // length, absolute
    -2.704, // source null
    -2.686, // target null
    0.100,  // null, token
    0.747,  // null, repeated
    1.021,  // null, by rate
    0.216,  // quoted, both
    0.162,  // quoted, source
    -0.550, // quoted, target
    0.873,  // closes, both
    0.076,  // closes, one
    0.224,  // opens, both
    -0.216, // opens, one
    0.689,  // asks, both
    0.049,  // asks, one
    -0.272, // exclaims, both
    -0.164, // exclaims, one
    -0.109, // open-ended, both
    -0.357, // open-ended, one
    -0.822, // no stop, one
    0.054,  // joined in quotation, source
    0.775,  // joined in quotation, target
    -0.197, // joined to a pointer, source
    0.403,  // joined to a pointer, target
    0.293,  // joined to a link, source
    -0.028, // joined to a link, target
    -0.095, // joined, short, source
    0.294,  // joined, short, target
    0.241,  // joined after a question or exclamation, source
    -0.166, // joined after a question or exclamation, target
    -0.563, // joined after no stop, source
    -0.406, // joined after no stop, target
    -0.678, // words in place explain target
    0.259,  // words in place explain source
    0.080,  // source after the border, explained before it
    0.052,  // target before the border, explained after it
    -0.067, // source before the border, explained after it
    -0.230, // target after the border, explained before it
    0.586,  // linked
    0.791,  // source, not linked
    0.012,  // target, not linked
    0.113,  // linked along the border
    0.039,  // linked across the border, source first
    -0.372, // linked across the border, target first
    0.639,  // null, beside nulls
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
