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
        Weights { search: SEARCH, close: CLOSE, dilution: 0.8, smoothing: (1.5, 2000.0) }
    }
}

const SEARCH: [f32; ORDER] = [
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

const CLOSE: Features = [
    0.155,  // words explain target, strong
    0.043,  // words explain source, strong
    0.076,  // words explain target
    -0.336, // words explain source
    -0.166, // words explain target, faint
    -0.722, // words explain source, faint
    -0.059, // numbers explain target
    0.076,  // numbers explain source
    0.425,  // marks explain target
    1.173,  // marks explain source
    -1.637, // bead
    -2.535, // more source sentences
    -1.769, // more target sentences
    -0.593, // more on both sides
    -0.087, // large bead
    0.416,  // more source, by ratio
    0.990,  // more target, by ratio
    -0.106, // length, squared
    -0.515, // length, absolute
    -2.319, // source null
    -2.534, // target null
    0.024,  // null, token
    0.916,  // null, repeated
    1.490,  // null, by rate
    0.349,  // quoted, both
    0.240,  // quoted, source
    -0.528, // quoted, target
    1.008,  // closes, both
    0.059,  // closes, one
    0.197,  // opens, both
    -0.079, // opens, one
    0.862,  // asks, both
    0.085,  // asks, one
    -0.423, // exclaims, both
    -0.214, // exclaims, one
    -0.278, // open-ended, both
    -0.592, // open-ended, one
    -0.748, // no stop, one
    -0.024, // joined in quotation, source
    0.712,  // joined in quotation, target
    -0.176, // joined to a pointer, source
    0.470,  // joined to a pointer, target
    -0.070, // joined to a link, source
    -0.215, // joined to a link, target
    0.278,  // joined, short, source
    0.264,  // joined, short, target
    0.455,  // joined after a question or exclamation, source
    -0.363, // joined after a question or exclamation, target
    -0.567, // joined after no stop, source
    -0.552, // joined after no stop, target
    -0.129, // words in place explain target
    0.633,  // words in place explain source
    0.049,  // words before the border, both
    0.047,  // words after the border, both
    0.029,  // source after the border, explained before it
    -0.119, // target before the border, explained after it
    -0.046, // source before the border, explained after it
    -0.304, // target after the border, explained before it
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
