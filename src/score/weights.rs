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
    0.234,  // words explain target, strong
    0.006,  // words explain source, strong
    0.329,  // words explain target
    -0.029, // words explain source
    -0.669, // words explain target, faint
    -0.258, // words explain source, faint
    -0.124, // numbers explain target
    0.172,  // numbers explain source
    0.645,  // marks explain target
    1.396,  // marks explain source
    -0.997, // bead
    -2.615, // more source sentences
    -2.551, // more target sentences
    -0.592, // more on both sides
    -0.297, // large bead
    0.102,  // more source, by ratio
    1.012,  // more target, by ratio
    -0.135, // length, squared
    -0.464, // length, absolute
    -2.888, // source null
    -2.352, // target null
    0.030,  // null, token
    0.793,  // null, repeated
    1.663,  // null, by rate
    0.220,  // quoted, both
    0.247,  // quoted, source
    -0.603, // quoted, target
    1.189,  // closes, both
    0.192,  // closes, one
    0.202,  // opens, both
    -0.363, // opens, one
    0.878,  // asks, both
    0.110,  // asks, one
    -0.457, // exclaims, both
    -0.263, // exclaims, one
    -0.355, // open-ended, both
    -0.664, // open-ended, one
    -0.935, // no stop, one
    -0.129, // joined in quotation, source
    0.898,  // joined in quotation, target
    -0.113, // joined to a pointer, source
    0.360,  // joined to a pointer, target
    0.045,  // joined to a link, source
    -0.010, // joined to a link, target
    0.091,  // joined, short, source
    0.578,  // joined, short, target
    0.588,  // joined after a question or exclamation, source
    -0.401, // joined after a question or exclamation, target
    -0.646, // joined after no stop, source
    -0.511, // joined after no stop, target
];

const CLOSE: Features = [
    0.130,  // words explain target, strong
    -0.011, // words explain source, strong
    0.205,  // words explain target
    -0.155, // words explain source
    -0.108, // words explain target, faint
    -0.310, // words explain source, faint
    -0.288, // numbers explain target
    0.234,  // numbers explain source
    0.641,  // marks explain target
    1.201,  // marks explain source
    -1.439, // bead
    -2.263, // more source sentences
    -1.707, // more target sentences
    -0.603, // more on both sides
    -0.057, // large bead
    0.308,  // more source, by ratio
    1.070,  // more target, by ratio
    -0.087, // length, squared
    -0.488, // length, absolute
    -2.798, // source null
    -2.754, // target null
    0.078,  // null, token
    0.779,  // null, repeated
    1.037,  // null, by rate
    0.299,  // quoted, both
    0.202,  // quoted, source
    -0.573, // quoted, target
    0.938,  // closes, both
    0.106,  // closes, one
    0.215,  // opens, both
    -0.110, // opens, one
    0.815,  // asks, both
    0.071,  // asks, one
    -0.427, // exclaims, both
    -0.029, // exclaims, one
    -0.065, // open-ended, both
    -0.486, // open-ended, one
    -0.914, // no stop, one
    -0.042, // joined in quotation, source
    0.749,  // joined in quotation, target
    -0.163, // joined to a pointer, source
    0.487,  // joined to a pointer, target
    0.110,  // joined to a link, source
    -0.106, // joined to a link, target
    -0.052, // joined, short, source
    0.308,  // joined, short, target
    0.335,  // joined after a question or exclamation, source
    -0.313, // joined after a question or exclamation, target
    -0.702, // joined after no stop, source
    -0.532, // joined after no stop, target
    -0.667, // words in place explain target
    0.271,  // words in place explain source
    0.112,  // source after the border, explained before it
    -0.076, // target before the border, explained after it
    -0.062, // source before the border, explained after it
    -0.301, // target after the border, explained before it
    0.559,  // linked
    0.761,  // source, not linked
    -0.014, // target, not linked
    0.145,  // linked along the border
    0.169,  // linked across the border, source first
    -0.269, // linked across the border, target first
    0.664,  // null, beside nulls
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
