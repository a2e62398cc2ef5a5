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
        matter[line.block].keep();
    }
    for k in 1..matter.len() {
        let (chinese, english) = match (tongues[k - 1].language, tongues[k].language) {
            (Some(Language::Chinese), Some(Language::English)) => (k - 1, k),
            (Some(Language::English), Some(Language::Chinese)) => (k, k - 1),
            _ => continue,
        };
        let doubtful = matter[k - 1].is_doubtful() || matter[k].is_doubtful();
        let (chinese, english) = (&article.blocks[chinese].text, &article.blocks[english].text);
        if doubtful
            && chinese.len().max(english.len()) <= LONGEST
            && Affinity::of_texts(aligner, chinese, english) >= COMMON
        {
            matter[k - 1].keep();
            matter[k].keep();
        }
    }
}
