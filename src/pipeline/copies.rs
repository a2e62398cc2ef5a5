//! Names in Latin letters that stand on a page more than once, as both halves have them: `Docker`, `MIT License`, the
//! keys of a table. They are in neither language, and say nothing of where one half goes over into the other. Linear.

use crate::article::{Article, Block};
use crate::labels::is_label;
use crate::language::{Language, Tongue};
use crate::layout::Found;
use std::collections::HashMap;

/// The longest of them, in bytes.
const LONGEST: usize = 60;

/// Takes those out of both languages of which one stands among Chinese and another among English.
pub(super) fn take_out(found: &mut [Found], article: &Article, tongues: &[Tongue]) {
    let blocks = &article.blocks;
    let mut copies: HashMap<&str, Vec<usize>> = HashMap::new();
    for (k, block) in blocks.iter().enumerate() {
        let text = block.text.trim();
        if tongues[k].language == Some(Language::English) && block.side.is_none() && is_name(text) {
            copies.entry(text).or_default().push(k);
        }
    }
    copies.retain(|_, at| at.len() > 1);
    if copies.is_empty() {
        return;
    }
    // What each block says of the half that it is in: nothing, its language, or that a half ends, as a label does.
    let says = |(block, tongue): (&Block, &Tongue)| -> Option<Option<Language>> {
        let text = block.text.trim();
        match tongue.language {
            _ if copies.contains_key(text) => None,
            _ if text.len() <= LONGEST && is_label(&text.to_lowercase()) => Some(None),
            Some(language @ (Language::Chinese | Language::English)) => Some(Some(language)),
            _ => None,
        }
    };
    let said: Vec<Option<Option<Language>>> = blocks.iter().zip(tongues).map(says).collect();
    // The language of what stands next in either direction.
    let next_to = |order: &mut dyn Iterator<Item = usize>| {
        let mut last = None;
        let mut next = vec![None; blocks.len()];
        for k in order {
            next[k] = last;
            last = said[k].unwrap_or(last);
        }
        next
    };
    let (before, after) = (next_to(&mut (0..blocks.len())), next_to(&mut (0..blocks.len()).rev()));
    let mut out = vec![false; blocks.len()];
    for at in copies.values() {
        let stands = |language: Language| {
            at.iter().any(|&k| {
                let beside = [before[k], after[k]];
                beside.contains(&Some(language)) && beside.iter().flatten().all(|&other| other == language)
            })
        };
        if stands(Language::Chinese) && stands(Language::English) {
            at.iter().for_each(|&k| out[k] = true);
        }
    }
    for found in found.iter_mut().filter(|found| out[found.sentence.block]) {
        found.language = Some(Language::Other);
    }
}

/// Whether a text may be a name, or several: no word of it begins with a small letter.
fn is_name(text: &str) -> bool {
    text.len() <= LONGEST
        && !text.ends_with(['.', '!', '?', ':'])
        && text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase))
}
