//! Everything that is read off the two texts once, before any bead is scored.

use super::borders::{Border, borders};
use super::length::Length;
use super::prepared;
use super::table::Table;
use super::words::{Channels, Scratch, Words};
use crate::language::{Size, is_letter};
use crate::lexicon::Tokenizer;
use std::collections::VecDeque;
use std::ops::Range;

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

shown_by_name!(Evidence);

impl Evidence {
    /// Reads both sides.
    pub fn new(tokenizer: &mut Tokenizer, source: &[&str], target: &[&str], channels: Channels) -> Self {
        Evidence::with(tokenizer, &mut Scratch::default(), source, target, channels)
    }

    /// The same with memory that is kept from document to document.
    pub fn with(
        tokenizer: &mut Tokenizer,
        scratch: &mut Scratch,
        source: &[&str],
        target: &[&str],
        channels: Channels,
    ) -> Self {
        let (chinese, english) = (prepared::chinese(source), prepared::english(target));
        let (chinese, english) = (texts(&chinese), texts(&english));
        let (source, target) = (chinese.as_deref().unwrap_or(source), english.as_deref().unwrap_or(target));
        let words = Words::new(tokenizer, scratch, source.iter().copied(), target.iter().copied(), channels);
        let glances = (Glances::of(source), Glances::of(target));
        Evidence {
            words,
            length: Length::new(&glances.0.lengths, &glances.1.lengths),
            borders: (borders(source.iter().copied()), borders(target.iter().copied())),
            repeats: (glances.0.repeats, glances.1.repeats),
        }
    }

    /// The evidence in passages, each a run of sentences taken as one; the tables of the words stay those of
    /// the sentences and are left out. Linear in the passages.
    #[must_use]
    pub fn passages(&self, source: &[Range<usize>], target: &[Range<usize>]) -> Evidence {
        let ends = |of: &[Border], runs: &[Range<usize>]| {
            runs.iter().map(|run| run.end.checked_sub(1).map_or(Border::default(), |k| of[k])).collect()
        };
        let all = |of: &[bool], runs: &[Range<usize>]| {
            runs.iter().map(|run| of[run.clone()].iter().all(|&repeated| repeated)).collect()
        };
        Evidence {
            words: Words {
                source: self.words.source.runs(source),
                target: self.words.target.runs(target),
                prior: Table::default(),
                inverted: Table::default(),
            },
            length: self.length.runs(source, target),
            borders: (ends(&self.borders.0, source), ends(&self.borders.1, target)),
            repeats: (all(&self.repeats.0, source), all(&self.repeats.1, target)),
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

fn texts(plain: &Option<Vec<String>>) -> Option<Vec<&str>> {
    plain.as_ref().map(|plain| plain.iter().map(String::as_str).collect())
}

/// A sentence that stands again within so many sentences was copied, as abstracts and teasers are.
const NEAR: usize = 12;
/// Shorter sentences (`Yes.`) are said twice for good reasons.
const LETTERS: usize = 4;

/// What a single look at the characters of each sentence tells.
struct Glances {
    /// Characters that are not white space.
    lengths: Vec<usize>,
    repeats: Vec<bool>,
}

impl Glances {
    fn of(sentences: &[&str]) -> Self {
        let (lengths, repeats) = (Vec::with_capacity(sentences.len()), Vec::with_capacity(sentences.len()));
        let mut glances = Glances { lengths, repeats };
        let mut recent: VecDeque<(usize, usize)> = VecDeque::with_capacity(NEAR);
        for (k, sentence) in sentences.iter().enumerate() {
            let size = Size::of(sentence);
            let same = |&(other, its): &(usize, usize)| {
                its == size.letters && letters(sentences[other]).eq(letters(sentence))
            };
            glances.lengths.push(size.visible);
            glances.repeats.push(size.letters >= LETTERS && recent.iter().any(same));
            if recent.len() == NEAR {
                recent.pop_front();
            }
            recent.push_back((k, size.letters));
        }
        glances
    }
}

fn letters(sentence: &str) -> impl Iterator<Item = char> {
    sentence.chars().filter(|&c| is_letter(c))
}
