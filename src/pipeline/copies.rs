//! Short texts in Latin letters that both halves of a page have as they are: `Docker`, `MIT License`, the keys of a
//! table. In the Chinese half they are part of the Chinese, as is a name within a sentence. Linear.

use crate::article::Article;
use crate::language::{Language, Tongue};
use crate::layout::Found;
use std::collections::HashMap;

/// The longest of them, in bytes.
const LONGEST: usize = 60;

/// Gives those in the Chinese half to the Chinese side: a text stands in the half of what stands before it.
pub(super) fn settle(found: &mut [Found], article: &Article, tongues: &[Tongue]) {
    let mut copies: HashMap<&str, Vec<usize>> = HashMap::new();
    for (k, block) in article.blocks.iter().enumerate() {
        let text = block.text.trim();
        let short = text.len() <= LONGEST && !text.ends_with(['.', '!', '?', ':']);
        if short && tongues[k].language == Some(Language::English) && block.side.is_none() {
            copies.entry(text).or_default().push(k);
        }
    }
    copies.retain(|_, blocks| blocks.len() > 1);
    if copies.is_empty() {
        return;
    }
    let mut before = None;
    let mut chinese = vec![false; article.blocks.len()];
    for (k, block) in article.blocks.iter().enumerate() {
        match tongues[k].language {
            _ if copies.contains_key(block.text.trim()) => chinese[k] = before == Some(Language::Chinese),
            Some(language @ (Language::Chinese | Language::English)) => before = Some(language),
            _ => {}
        }
    }
    // What has Chinese before it wherever it stands is English between Chinese lines.
    for blocks in copies.values() {
        if blocks.iter().all(|&k| chinese[k]) {
            blocks.iter().for_each(|&k| chinese[k] = false);
        }
    }
    for found in found.iter_mut().filter(|found| found.language == Some(Language::English)) {
        if chinese[found.sentence.block] {
            found.language = Some(Language::Chinese);
        }
    }
}
