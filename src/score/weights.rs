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
    0.206,  // words explain target, strong
    0.063,  // words explain source, strong
    0.281,  // words explain target
    -0.162, // words explain source
    -0.621, // words explain target, faint
    -0.045, // words explain source, faint
    -0.091, // numbers explain target
    0.134,  // numbers explain source
    0.479,  // marks explain target
    1.244,  // marks explain source
    -1.112, // bead
    -2.551, // more source sentences
    -2.480, // more target sentences
    -0.663, // more on both sides
    -0.288, // large bead
    0.093,  // more source, by ratio
    0.871,  // more target, by ratio
    -0.120, // length, squared
    -0.431, // length, absolute
    -2.834, // source null
    -2.308, // target null
    0.051,  // null, token
    0.805,  // null, repeated
    1.580,  // null, by rate
    0.203,  // quoted, both
    0.291,  // quoted, source
    -0.664, // quoted, target
    1.010,  // closes, both
    0.145,  // closes, one
    0.213,  // opens, both
    -0.343, // opens, one
    0.806,  // asks, both
    0.093,  // asks, one
    -0.363, // exclaims, both
    -0.287, // exclaims, one
    -0.392, // open-ended, both
    -0.675, // open-ended, one
    -0.938, // no stop, one
    -0.183, // joined in quotation, source
    0.936,  // joined in quotation, target
    -0.137, // joined to a pointer, source
    0.286,  // joined to a pointer, target
    0.167,  // joined to a link, source
    0.021,  // joined to a link, target
    0.101,  // joined, short, source
    0.464,  // joined, short, target
    0.642,  // joined after a question or exclamation, source
    -0.415, // joined after a question or exclamation, target
    -0.610, // joined after no stop, source
    -0.534, // joined after no stop, target
];

const CLOSE: Features = [
    0.102,  // words explain target, strong
    0.018,  // words explain source, strong
    0.207,  // words explain target
    -0.221, // words explain source
    -0.060, // words explain target, faint
    -0.104, // words explain source, faint
    -0.224, // numbers explain target
    0.146,  // numbers explain source
    0.662,  // marks explain target
    0.988,  // marks explain source
    -1.568, // bead
    -2.229, // more source sentences
    -1.660, // more target sentences
    -0.612, // more on both sides
    -0.062, // large bead
    0.327,  // more source, by ratio
    0.975,  // more target, by ratio
    -0.073, // length, squared
    -0.453, // length, absolute
    -2.703, // source null
    -2.671, // target null
    0.057,  // null, token
    0.744,  // null, repeated
    0.963,  // null, by rate
    0.273,  // quoted, both
    0.175,  // quoted, source
    -0.602, // quoted, target
    0.781,  // closes, both
    0.086,  // closes, one
    0.177,  // opens, both
    -0.170, // opens, one
    0.660,  // asks, both
    0.105,  // asks, one
    -0.293, // exclaims, both
    -0.087, // exclaims, one
    -0.093, // open-ended, both
    -0.468, // open-ended, one
    -0.907, // no stop, one
    0.000,  // joined in quotation, source
    0.773,  // joined in quotation, target
    -0.210, // joined to a pointer, source
    0.364,  // joined to a pointer, target
    0.247,  // joined to a link, source
    -0.046, // joined to a link, target
    -0.071, // joined, short, source
    0.240,  // joined, short, target
    0.276,  // joined after a question or exclamation, source
    -0.202, // joined after a question or exclamation, target
    -0.593, // joined after no stop, source
    -0.468, // joined after no stop, target
    -0.594, // words in place explain target
    0.280,  // words in place explain source
    0.090,  // source after the border, explained before it
    0.020,  // target before the border, explained after it
    -0.033, // source before the border, explained after it
    -0.294, // target after the border, explained before it
    0.506,  // linked
    0.395,  // source, not linked
    -0.447, // target, not linked
    0.123,  // linked along the border
    0.119,  // linked across the border, source first
    -0.332, // linked across the border, target first
    0.638,  // null, beside nulls
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
