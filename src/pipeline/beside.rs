//! Blocks that look like matter around the article, but have their translation beside them: what a speaker named
//! `记者` says, the keywords of an abstract, `浏览器` in a list of terms. Linear.

use super::affinity::{Affinity, COMMON};
use super::halves::Halves;
use crate::aligner::Aligner;
use crate::article::Article;
use crate::language::{Language, Tongue};
use crate::layout::Matter;

/// Longer blocks, in bytes, are not compared: matter around an article is short.
const LONGEST: usize = 300;

/// Keeps the blocks that were left out for little, where their translation stands in the block before or after them,
/// or in the same line.
pub(super) fn keep_translated(
    matter: &mut [Matter],
    lines: &[Halves],
    aligner: &Aligner,
    article: &Article,
    tongues: &[Tongue],
) {
    for line in lines {
        if matter[line.block].is_doubtful() {
            matter[line.block].keep();
        }
    }
    let (mut pairs, mut chinese, mut english) = (Vec::new(), Vec::new(), Vec::new());
    for k in 1..matter.len() {
        let pair = match (tongues[k - 1].language, tongues[k].language) {
            (Some(Language::Chinese), Some(Language::English)) => (k - 1, k),
            (Some(Language::English), Some(Language::Chinese)) => (k, k - 1),
            _ => continue,
        };
        let doubtful = matter[k - 1].is_doubtful() || matter[k].is_doubtful();
        let texts = (&article.blocks[pair.0].text, &article.blocks[pair.1].text);
        if doubtful && texts.0.len().max(texts.1.len()) <= LONGEST {
            pairs.push([k - 1, k]);
            chinese.push(texts.0.clone());
            english.push(texts.1.clone());
        }
    }
    let affinities = Affinity::of_texts(aligner, &chinese, &english);
    for (pair, _) in pairs.into_iter().zip(affinities).filter(|&(_, affinity)| affinity >= COMMON) {
        for block in pair {
            if matter[block].is_doubtful() {
                matter[block].keep();
            }
        }
    }
}
