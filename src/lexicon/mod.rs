//! What Chinese words mean in English, as evidence for alignment: the embedded lexicon, a user's glossary,
//! and the cutting of sentences into tokens.
//!
//! The embedded lexicon is made from CC-CEDICT by [`build`] and read in place: opening it costs nothing,
//! and it allocates nothing. It maps Chinese words to weighted English *stems*, because stems are what
//! [`Tokenizer::english`] yields.
//!
//! ```
//! # #[cfg(feature = "lexicon")] {
//! use duizhao::lexicon::Lexicon;
//! let lexicon = Lexicon::embedded();
//! let (bytes, word) = lexicon.longest_match("图书馆里很安静").unwrap();
//! assert_eq!(&"图书馆里很安静"[..bytes], "图书馆");
//! let stems: Vec<&str> = lexicon.translations(word).map(|(stem, _)| lexicon.stem_text(stem)).collect();
//! assert_eq!(stems, ["librari"]);
//! # }
//! ```

mod build;
mod cedict;
#[cfg(feature = "lexicon")]
mod embedded;
mod english;
mod fold;
mod glossary;
mod irregular;
mod parts;
mod prior;
mod revised;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod tokens;
mod trie;

pub use build::build;
pub use glossary::Glossary;
use glossary::MAX_TERM;
pub(crate) use revised::Lesson;
pub use tokens::{Token, TokenKind, Tokenizer};

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use table::{Section, Table, pairs};
use terms::Terms;
use trie::Walk;

/// Characters of the longest headword that is kept of a dictionary: longer ones are proverbs and titles, whose parts
/// say more.
pub const MAX_CHARS: usize = 8;

/// Stems kept for a word, the heaviest.
const MAX_STEMS: usize = 24;
/// Share of the near synonyms' stems in a word's meanings; from a random search on literary text.
const SYNONYMS: f32 = 0.11;
/// Meanings with less weight than this change no score that matters.
const LEAST: f32 = 0.002;

/// A word of a lexicon: one or more headwords with the same meanings, as a simplified form and its
/// traditional one. Means nothing to any other lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(u32);

impl WordId {
    /// Its number, from 0 up, without gaps.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An English stem of a lexicon. Means nothing to any other lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StemId(u32);

impl StemId {
    /// Its number, from 0 up, without gaps.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Room in which a word's meanings are summed, kept from word to word.
#[derive(Default)]
struct Sums {
    all: Vec<(StemId, f32)>,
    /// For each stem, its weight; 0 between words.
    of: Vec<f32>,
    found: Vec<(StemId, f32)>,
}

/// Chinese words and their English stems. Cheap to clone.
#[derive(Clone)]
pub struct Lexicon {
    table: Table,
    terms: Option<Arc<Terms>>,
}

impl Lexicon {
    /// A lexicon without words: every Han character stands alone.
    pub fn empty() -> Self {
        Lexicon { table: Table::empty(), terms: None }
    }

    /// The lexicon that is part of the program, made from CC-CEDICT.
    #[cfg(feature = "lexicon")]
    pub fn embedded() -> Self {
        Lexicon { table: embedded::table(), terms: None }
    }

    /// A lexicon from bytes that [`build`] or [`Lexicon::to_bytes`] made.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) if the bytes do not begin as a lexicon or end too early.
    pub fn load(bytes: Vec<u8>) -> Result<Self> {
        Ok(Lexicon { table: Table::from_vec(bytes)?, terms: None })
    }

    /// A lexicon from a file of such bytes, as [`Lexicon::save`] writes it.
    ///
    /// # Errors
    /// If the file cannot be read or is not a lexicon; the error names it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| Error::from(error).in_file(path.display()))?;
        Lexicon::load(bytes).map_err(|error| error.in_file(path.display()))
    }

    /// Adds a user's terms, in place of those of an earlier call. They join the longest match, and a term
    /// hides the headword of the same form. A simplified term matches traditional text and the other way
    /// round, as far as the lexicon knows the characters; case and width of Latin letters do not matter.
    #[must_use]
    pub fn with_glossary(mut self, glossary: &Glossary) -> Self {
        self.terms = (!glossary.is_empty()).then(|| Arc::new(Terms::new(glossary, &self.table)));
        self
    }

    /// Where the data comes from and its licence; empty for a lexicon without any.
    pub fn notice(&self) -> &str {
        std::str::from_utf8(self.table.section(Section::Notice)).unwrap_or_default()
    }

    /// Number of words: every [`WordId::index`] is below it.
    pub fn word_count(&self) -> usize {
        self.table.words() + self.terms.as_ref().map_or(0, |terms| terms.priors.len())
    }

    /// Number of stems: every [`StemId::index`] is below it.
    pub fn stem_count(&self) -> usize {
        self.table.stems().len() + self.terms.as_ref().map_or(0, |terms| terms.stems.len())
    }

    /// The longest word at the start of a text: its length in bytes, and the word. Constant time but for
    /// the length of the word.
    ///
    /// A word may end within a run of Latin letters; [`Tokenizer`] rejects such.
    pub fn longest_match(&self, text: &str) -> Option<(usize, WordId)> {
        let own = self.terms.as_ref().and_then(|terms| terms.longest_match(text, &self.table));
        let table = self.table_match(text);
        match (own, table) {
            (Some((len, word)), table) if table.is_none_or(|(other, _)| len >= other) => {
                Some((len, WordId((self.table.words() as u32).saturating_add(word))))
            }
            (_, table) => table.map(|(len, word)| (len, WordId(word))),
        }
    }

    /// Whether a word may begin with two characters, or be the first of them; always with a glossary.
    fn has_beginning(&self, pair: [char; 2]) -> bool {
        let codes = self.table.section(Section::Codes);
        let mut walk = Walk::new(self.table.section(Section::Slots));
        let first = walk.step(table::code(codes, pair[0]));
        self.terms.is_some() || first && (walk.ends() || walk.step(table::code(codes, pair[1])))
    }

    fn table_match(&self, text: &str) -> Option<(usize, u32)> {
        let mut walk = Walk::new(self.table.section(Section::Slots));
        let codes = self.table.section(Section::Codes);
        let mut best = None;
        for (at, c) in text.char_indices().take(MAX_TERM) {
            if !walk.step(table::code(codes, c)) {
                break;
            }
            if walk.ends() {
                best = Some((at + c.len_utf8(), walk));
            }
        }
        let (len, walk) = best?;
        walk.word().filter(|&word| (word as usize) < self.table.words()).map(|word| (len, word))
    }

    /// The word of exactly this form, simplified or traditional.
    pub fn word(&self, chinese: &str) -> Option<WordId> {
        self.longest_match(chinese).filter(|&(len, _)| len == chinese.len()).map(|(_, word)| word)
    }

    /// The stems that a word's glosses give, with weights that sum to 1, the heaviest first; none for a
    /// word without content (的).
    pub fn translations(&self, word: WordId) -> impl Iterator<Item = (StemId, f32)> + '_ {
        let own = self.own(word).map(|(terms, at)| terms.priors[at].iter().copied()).into_iter().flatten();
        let known = self.table.record(word.index()).map_or(&[][..], |(_, stems)| stems);
        let count = self.stem_count() as u32;
        own.chain(pairs(known))
            .filter(move |pair| pair.0 < count)
            .map(|(stem, weight)| (StemId(stem), weight))
    }

    /// The stems one step further: those of the words that share a stem with this word, with weights that
    /// sum to 1, the heaviest first. Near synonyms come in this way, weaker the less they share.
    ///
    /// Allocates; ask once for each word of a document.
    pub fn related(&self, word: WordId) -> Vec<(StemId, f32)> {
        let mut sums: BTreeMap<StemId, f32> = BTreeMap::new();
        for (stem, weight) in self.translations(word) {
            for (neighbour, share) in self.neighbours(stem) {
                *sums.entry(neighbour).or_insert(0.0) += weight * share;
            }
        }
        let mut related: Vec<(StemId, f32)> = sums.into_iter().collect();
        prior::scale(&mut related);
        related.sort_by(|a, b| b.1.total_cmp(&a.1));
        related
    }

    /// The stems of a word, those of near synonyms mixed in, by stem.
    fn meanings<'s>(&self, word: WordId, Sums { all, of, found }: &'s mut Sums) -> &'s [(StemId, f32)] {
        all.clear();
        of.resize(self.stem_count(), 0.0);
        let mut add = |stem: StemId, weight: f32| {
            of[stem.index()] += weight;
            all.push((stem, weight));
        };
        self.translations(word).for_each(|(stem, weight)| {
            add(stem, weight * (1.0 - SYNONYMS));
            self.neighbours(stem).for_each(|(neighbour, share)| add(neighbour, weight * share * SYNONYMS));
        });
        // Most stems have too little weight, in whatever order it is summed: these need not be sorted.
        found.clear();
        found.extend(all.iter().filter(|&&(stem, _)| of[stem.index()] > LEAST * 0.99));
        all.iter().for_each(|&(stem, _)| of[stem.index()] = 0.0);
        // By weight as well, so that the sums do not depend on the order of the glosses.
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by(|next, first| {
            let same = next.0 == first.0;
            first.1 += if same { next.1 } else { 0.0 };
            same
        });
        found.retain(|&(_, weight)| weight >= LEAST);
        found
    }

    /// The stems that stand beside a stem in the meanings of words that have it, itself among them, with
    /// weights that sum to 1, the heaviest first. A stem that only stands in passing has but itself.
    pub fn neighbours(&self, stem: StemId) -> impl Iterator<Item = (StemId, f32)> + '_ {
        let count = self.stem_count() as u32;
        let known = self.table.neighbours(stem.index());
        let itself = known.is_empty().then_some((stem.0, 1.0));
        itself
            .into_iter()
            .chain(pairs(known))
            .filter(move |pair| pair.0 < count)
            .map(|(stem, weight)| (StemId(stem), weight))
    }

    /// The stem of exactly this form, as [`Tokenizer::english`] yields it. Logarithmic time.
    pub fn stem(&self, stem: &str) -> Option<StemId> {
        let own = || self.terms.as_ref()?.stem(stem).map(|number| self.table.stems().len() as u32 + number);
        self.table.stems().find(stem).map(|number| number as u32).or_else(own).map(StemId)
    }

    /// The text of a stem; empty if it is another lexicon's.
    pub fn stem_text(&self, stem: StemId) -> &str {
        let own = || {
            let at = stem.index().checked_sub(self.table.stems().len())?;
            self.terms.as_ref()?.stems.get(at).map(|stem| &**stem)
        };
        self.table.stems().get(stem.index()).or_else(own).unwrap_or_default()
    }

    /// The commonest reading of a word, without tones or spaces, `ü` as `u`.
    pub fn pinyin(&self, word: WordId) -> Option<&str> {
        let own = self.own(word).map(|(terms, at)| &*terms.pinyin[at]);
        own.or_else(|| self.table.record(word.index()).map(|(pinyin, _)| pinyin))
            .filter(|pinyin| !pinyin.is_empty())
    }

    /// The commonest reading of a character, without its tone.
    pub fn char_pinyin(&self, c: char) -> Option<&str> {
        self.table.char(c)?.1
    }

    /// The simplified form of a character; itself if it is simplified or unknown. A traditional character
    /// with several simplified forms gets the commonest.
    pub fn simplify(&self, c: char) -> char {
        if c.is_ascii() { c } else { self.table.char(c).map_or(c, |(simplified, _)| simplified) }
    }

    /// The glossary's part of a word.
    fn own(&self, word: WordId) -> Option<(&Terms, usize)> {
        let terms = self.terms.as_deref()?;
        let at = word.index().checked_sub(self.table.words())?;
        (at < terms.priors.len()).then_some((terms, at))
    }
}

#[cfg(feature = "lexicon")]
impl Default for Lexicon {
    /// The embedded lexicon.
    fn default() -> Self {
        Lexicon::embedded()
    }
}

#[cfg(not(feature = "lexicon"))]
impl Default for Lexicon {
    /// A lexicon without words: the embedded one is left out.
    fn default() -> Self {
        Lexicon::empty()
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("words", &self.word_count())
            .field("stems", &self.stem_count())
            .finish()
    }
}
