//! The prior t(stem | word) that a word's glosses give: each gloss is shared out evenly among its stems, and
//! the sums over the glosses are scaled to sum to 1. (A square root of the sums, which flattens them, told
//! true pairs of sentences from crossed ones a little less clearly, on novels, news and medical texts alike.)

use super::tokens::Tokenizer;
use std::collections::BTreeMap;

/// The weights that glosses give, by stem, the heaviest first, equal ones in byte order; they sum to 1.
pub(super) fn prior(
    tokenizer: &mut Tokenizer,
    glosses: &[impl AsRef<str>],
    most: usize,
) -> Vec<(String, f32)> {
    let mut sums: BTreeMap<String, f32> = BTreeMap::new();
    let mut stems = Vec::new();
    for gloss in glosses {
        tokenizer.english(gloss.as_ref(), |token| stems.push(token.text.to_owned()));
        let share = 1.0 / stems.len().max(1) as f32;
        for stem in stems.drain(..) {
            *sums.entry(stem).or_insert(0.0) += share;
        }
    }
    let mut weights: Vec<(String, f32)> = sums.into_iter().collect();
    weights.sort_by(|a, b| b.1.total_cmp(&a.1));
    weights.truncate(most);
    scale(&mut weights);
    weights
}

/// Scales weights to sum to 1.
pub(super) fn scale<K>(weights: &mut [(K, f32)]) {
    let total: f32 = weights.iter().map(|pair| pair.1).sum();
    if total > 0.0 {
        weights.iter_mut().for_each(|(_, weight)| *weight /= total);
    }
}
