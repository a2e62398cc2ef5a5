//! Blocks that look like matter around the article, but have their translation on the page: what a speaker named
//! `记者` says, the keywords of an abstract, `浏览器` in a list of terms, an address at the end of both halves. Linear.

use super::affinity::{Affinity, COMMON};
use super::halves::Halves;
use crate::aligner::Aligner;
use crate::article::Article;
use crate::language::{Language, Tongue};
use crate::layout::Matter;
use std::ops::RangeInclusive;

/// Longer blocks, in bytes, are not compared: matter around an article is short.
const LONGEST: usize = 300;

/// The affinity of a block with one that does not stand beside it, in nats: more than one word in common.
const APART: f32 = 6.0;
/// English letters for a Han character in short texts that translate each other.
const RATES: RangeInclusive<f32> = 1.5..=7.0;
/// So many pairs of blocks that do not stand beside each other are compared at most.
const MOST_APART: usize = 128;

/// Keeps the blocks that were left out for little, where their translation stands in the block before or after them,
/// in the same line, or among the other short blocks.
pub(super) fn keep_translated(
    matter: &mut [Matter],
    lines: &[Halves],
    aligner: &Aligner,
    article: &Article,
    tongues: &[Tongue],
) {
    let keep = |matter: &mut Matter| {
        if matter.is_doubtful() {
            matter.keep();
        }
    };
    for line in lines {
        keep(&mut matter[line.block]);
    }
    for k in 1..matter.len() {
        let Some((chinese, english)) = sides(tongues, k - 1, k) else { continue };
        let doubtful = matter[k - 1].is_doubtful() || matter[k].is_doubtful();
        let (chinese, english) = (&article.blocks[chinese].text, &article.blocks[english].text);
        if doubtful
            && chinese.len().max(english.len()) <= LONGEST
            && Affinity::of_texts(aligner, chinese, english) >= COMMON
        {
            keep(&mut matter[k - 1]);
            keep(&mut matter[k]);
        }
    }
    keep_apart(matter, aligner, article, tongues);
}

/// The Chinese one of two blocks, and the English one.
fn sides(tongues: &[Tongue], a: usize, b: usize) -> Option<(usize, usize)> {
    match (tongues[a].language, tongues[b].language) {
        (Some(Language::Chinese), Some(Language::English)) => Some((a, b)),
        (Some(Language::English), Some(Language::Chinese)) => Some((b, a)),
        _ => None,
    }
}

/// The same for blocks whose translation stands anywhere among the short blocks of the page that may belong to the
/// article and are no sentences, as they are none: one of the two halves of a page ends it, and is judged by that.
fn keep_apart(matter: &mut [Matter], aligner: &Aligner, article: &Article, tongues: &[Tongue]) {
    let text = |k: usize| article.blocks[k].text.trim_end();
    let ends = |k: usize| text(k).ends_with(['。', '！', '？', '.', '!', '?', '”', '"', '」']);
    let short = |k: &usize| text(*k).len() <= LONGEST && !ends(*k);
    let of = |language| move |k: &usize| tongues[*k].language == Some(language);
    let open = |j: &usize| matter[*j].aside.is_none() || matter[*j].is_doubtful_apart();
    let all = |language| (0..matter.len()).filter(of(language)).filter(short).filter(open).collect();
    let (chinese, english): (Vec<usize>, Vec<usize>) = (all(Language::Chinese), all(Language::English));
    let doubtful: Vec<usize> =
        (0..matter.len()).filter(|&k| matter[k].is_doubtful_apart()).filter(short).collect();
    let mut compared = 0;
    for k in doubtful {
        let others = match tongues[k].language {
            Some(Language::Chinese) => &english,
            Some(Language::English) => &chinese,
            _ => continue,
        };
        let near = |&j: &usize| {
            let (chinese, english) = sides(tongues, k, j)?;
            let rate =
                tongues[english].scripts.latin_letters as f32 / tongues[chinese].scripts.han.max(1) as f32;
            RATES.contains(&rate).then_some((chinese, english, j))
        };
        let others: Vec<(usize, usize, usize)> = others.iter().filter_map(near).collect();
        compared += others.len();
        if compared > MOST_APART {
            return;
        }
        let affinity = |&(chinese, english, j): &(usize, usize, usize)| {
            (Affinity::of_texts(aligner, text(chinese), text(english)), j)
        };
        let best = others.iter().map(affinity).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, j)) = best.filter(|&(affinity, _)| affinity >= APART) {
            matter[k].keep();
            matter[j].keep();
        }
    }
}
