//! The prior t(stem | word) that a word's glosses give: each gloss gives each of its stems one share of
//! itself; the sums over the glosses are damped by a square root and scaled to sum to 1.

use super::tokens::Tokenizer;
use std::collections::BTreeMap;

/// The sums over glosses, before damping, by stem.
pub(super) fn shares(tokenizer: &mut Tokenizer, glosses: &[String]) -> BTreeMap<String, f32> {
    let mut sums = BTreeMap::new();
    let mut stems = Vec::new();
    for gloss in glosses {
        tokenizer.english(gloss, |token| stems.push(token.text.to_owned()));
        let share = 1.0 / stems.len().max(1) as f32;
        for stem in stems.drain(..) {
            *sums.entry(stem).or_insert(0.0) += share;
        }
    }
    sums
}

/// Damps and scales sums to weights that sum to 1.
pub(super) fn damp<K>(sums: &mut [(K, f32)]) {
    sums.iter_mut().for_each(|(_, weight)| *weight = weight.sqrt());
    scale(sums);
}

/// Scales weights to sum to 1.
pub(super) fn scale<K>(weights: &mut [(K, f32)]) {
    let total: f32 = weights.iter().map(|pair| pair.1).sum();
    if total > 0.0 {
        weights.iter_mut().for_each(|(_, weight)| *weight /= total);
    }
}
