//! A glossary made ready for look-up, as a layer over a table.

use super::Lexicon;
use super::fold::{narrow, push_folded};
use super::glossary::Glossary;
use super::prior::prior;
use super::table::Table;
use super::tokens::Tokenizer;
use std::collections::{BTreeMap, HashMap};

/// The terms of a glossary. Words and stems are numbered from 0; [`Lexicon`] puts them after the table's.
#[derive(Default)]
pub(super) struct Terms {
    /// Word by normal form.
    words: HashMap<Box<str>, u32>,
    /// Characters of the longest term by its first character.
    longest: HashMap<char, usize>,
    /// Stems (of the table, or after them) and weights by word.
    pub priors: Vec<Vec<(u32, f32)>>,
    /// What was given as the term, by word.
    written: Vec<Box<str>>,
    /// Pinyin by word, empty if unknown.
    pub pinyin: Vec<Box<str>>,
    /// Stems that the table lacks.
    pub stems: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Terms {
    pub fn new(glossary: &Glossary, table: &Table) -> Self {
        let mut terms = Terms::default();
        let mut tokenizer = Tokenizer::new(Lexicon::empty());
        for (chinese, english) in glossary.iter() {
            let weights = prior(&mut tokenizer, english, usize::MAX);
            let prior =
                weights.into_iter().map(|(stem, weight)| (terms.number(&stem, table), weight)).collect();
            terms.add(chinese, prior, table);
        }
        terms
    }

    /// Terms without meaning.
    pub fn bare<'a>(forms: impl Iterator<Item = &'a String>, table: &Table) -> Self {
        let mut terms = Terms::default();
        forms.for_each(|form| terms.add(form, Vec::new(), table));
        terms
    }

    fn add(&mut self, chinese: &str, prior: Vec<(u32, f32)>, table: &Table) {
        let form: String = chinese.chars().map(|c| normal(c, table)).collect();
        let Some(first) = form.chars().next() else { return };
        let len = form.chars().count();
        let longest = self.longest.entry(first).or_insert(0);
        *longest = len.max(*longest);
        let mut pinyin = String::new();
        for c in chinese.chars() {
            match table.char(c) {
                Some((_, Some(syllable))) => pinyin.push_str(syllable),
                _ if c.is_alphanumeric() => push_folded(c, &mut pinyin),
                _ => {}
            }
        }
        // Two forms that are read alike, traditional and simplified: the one that came first stays.
        if !self.words.contains_key(form.as_str()) {
            self.words.insert(form.into(), self.priors.len() as u32);
            self.priors.push(prior);
            self.written.push(chinese.into());
            self.pinyin.push(pinyin.into());
        }
    }

    /// The number of a stem, the table's or a new one after those.
    fn number(&mut self, stem: &str, table: &Table) -> u32 {
        let known = table.stems().len() as u32;
        if let Some(number) = table.stems().find(stem) {
            return number as u32;
        }
        if let Some(&number) = self.numbers.get(stem) {
            return known + number;
        }
        let number = self.stems.len() as u32;
        self.stems.push(stem.into());
        self.numbers.insert(stem.into(), number);
        known + number
    }

    /// The normal forms and those that were given, by code point, with their words.
    pub fn forms(&self) -> BTreeMap<&str, u32> {
        let normal = self.words.iter().map(|(form, &word)| (&**form, word));
        normal.chain(self.written.iter().map(|form| &**form).zip(0..)).collect()
    }

    /// The number of a stem that the table lacks.
    pub fn stem(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    /// The longest term at the start of a text: its bytes and its word. Linear in the longest term.
    pub fn longest_match(&self, text: &str, table: &Table) -> Option<(usize, u32)> {
        let longest = *self.longest.get(&normal(text.chars().next()?, table))?;
        let mut form = String::new();
        let mut ends = Vec::new();
        for (at, c) in text.char_indices().take(longest) {
            form.push(normal(c, table));
            ends.push((form.len(), at + c.len_utf8()));
        }
        ends.into_iter().rev().find_map(|(len, end)| Some((end, *self.words.get(&form[..len])?)))
    }
}

/// A character as terms are compared: narrow, in lower case, simplified.
fn normal(c: char, table: &Table) -> char {
    let c = narrow(c).to_ascii_lowercase();
    if c.is_ascii() { c } else { table.char(c).map_or(c, |(simplified, _)| simplified) }
}
