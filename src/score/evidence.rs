//! Everything that is read off the two texts once, before any bead is scored.

use super::borders::{Border, borders};
use super::length::Length;
use super::words::{Channels, Words};
use crate::lexicon::Tokenizer;
use std::collections::VecDeque;

/// The evidence in two lists of sentences. Linear in their length.
pub struct Evidence {
    /// Tokens and what the lexicon says of them.
    pub words: Words,
    /// Lengths in characters.
    pub length: Length,
    /// What stands at the border after each source sentence, and each target sentence.
    pub borders: (Vec<Border>, Vec<Border>),
    /// Which sentences repeat one shortly before them, source and target.
    pub repeats: (Vec<bool>, Vec<bool>),
}

impl Evidence {
    /// Reads both sides.
    pub fn new(tokenizer: &mut Tokenizer, source: &[&str], target: &[&str], channels: Channels) -> Self {
        let lengths = |side: &[&str]| -> Vec<usize> {
            side.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count()).collect()
        };
        Evidence {
            words: Words::new(tokenizer, source.iter().copied(), target.iter().copied(), channels),
            length: Length::new(&lengths(source), &lengths(target)),
            borders: (borders(source.iter().copied()), borders(target.iter().copied())),
            repeats: (repeats(source), repeats(target)),
        }
    }

    /// Whether a sentence of a side is empty or white space.
    pub fn is_empty(&self, is_source: bool, sentence: usize) -> bool {
        self.length.of(is_source, sentence) == 0.0
    }

    /// Number of source and of target sentences.
    pub fn sentences(&self) -> (usize, usize) {
        (self.words.source.sentences(), self.words.target.sentences())
    }
}

/// A sentence that stands again within so many sentences was copied, as abstracts and teasers are.
const NEAR: usize = 12;
/// Shorter sentences (`Yes.`) are said twice for good reasons.
const LETTERS: usize = 4;

fn repeats(sentences: &[&str]) -> Vec<bool> {
    let mut recent: VecDeque<String> = VecDeque::with_capacity(NEAR);
    let mut letters = |sentence: &&str| {
        let plain: String = sentence.chars().filter(|c| c.is_alphanumeric()).collect();
        let repeated = plain.chars().count() >= LETTERS && recent.contains(&plain);
        if recent.len() == NEAR {
            recent.pop_front();
        }
        recent.push_back(plain);
        repeated
    };
    sentences.iter().map(&mut letters).collect()
}
