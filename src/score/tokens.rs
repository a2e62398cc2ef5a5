//! The tokens of one side of a document, as small numbers: what the lexical scorers count and match.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

/// What sort of evidence a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Class {
    /// A word.
    Word,
    /// A number, by its value.
    Number,
    /// A name, by its sound.
    Name,
    /// A question or exclamation mark, or a quotation that opens or closes.
    Mark,
}

/// The tokens of the sentences of one side; equal tokens have one type number.
#[derive(Debug, Clone)]
pub struct Tokens {
    counts: Vec<u32>,
    classes: Vec<Class>,
    /// Number of tokens of the text.
    total: usize,
    tokens: Vec<u32>,
    /// First token of each sentence, and the number of tokens at the end.
    starts: Vec<u32>,
    /// What [`Tokens::postings`] found.
    postings: OnceLock<Postings>,
}

/// Sentences of a side, and tokens or types, for which room is made at first.
const SENTENCES: usize = 64;
const TOKENS: usize = 512;

impl Default for Tokens {
    fn default() -> Self {
        Tokens::new()
    }
}

impl Tokens {
    /// No sentences, with room for those of a page.
    pub fn new() -> Self {
        let mut starts = Vec::with_capacity(SENTENCES);
        starts.push(0);
        Tokens {
            counts: Vec::with_capacity(TOKENS),
            classes: Vec::with_capacity(TOKENS),
            total: 0,
            tokens: Vec::with_capacity(TOKENS),
            starts,
            postings: OnceLock::new(),
        }
    }

    /// Adds a token to the sentence that is being built; all tokens of a side go by one vocabulary.
    pub fn push(&mut self, vocabulary: &mut Vocabulary, token: &str, class: Class) -> u32 {
        let id = vocabulary.enter(token);
        if id as usize == self.counts.len() {
            self.counts.push(0);
            self.classes.push(class);
        }
        self.again(id);
        id
    }

    /// Adds a token of a type that has been pushed before.
    #[inline]
    pub(super) fn again(&mut self, id: u32) {
        self.counts[id as usize] += 1;
        self.total += 1;
        self.tokens.push(id);
    }

    /// Ends the sentence that is being built.
    pub fn end_sentence(&mut self) {
        self.postings.take();
        self.starts.push(self.tokens.len() as u32);
    }

    /// Number of sentences.
    pub fn sentences(&self) -> usize {
        self.starts.len() - 1
    }

    /// The tokens of a sentence.
    pub fn sentence(&self, i: usize) -> &[u32] {
        &self.tokens[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The same tokens with each of these runs of sentences as one sentence. What is known of the types stays:
    /// how often they occur, and in how long a text.
    #[must_use]
    pub fn runs(&self, runs: &[Range<usize>]) -> Tokens {
        let mut tokens = Vec::new();
        let mut starts = Vec::with_capacity(runs.len() + 1);
        starts.push(0);
        for run in runs {
            tokens.extend_from_slice(self.run(run.clone()));
            starts.push(tokens.len() as u32);
        }
        let (counts, classes) = (self.counts.clone(), self.classes.clone());
        Tokens { counts, classes, total: self.total, tokens, starts, postings: OnceLock::new() }
    }

    /// The tokens of a run of sentences.
    pub fn run(&self, range: Range<usize>) -> &[u32] {
        &self.tokens[self.starts[range.start] as usize..self.starts[range.end] as usize]
    }

    /// Number of types.
    pub fn types(&self) -> usize {
        self.counts.len()
    }

    /// The class of a type.
    pub fn class(&self, id: u32) -> Class {
        self.classes[id as usize]
    }

    /// How often a type occurs.
    pub fn count(&self, id: u32) -> u32 {
        self.counts[id as usize]
    }

    /// For each type 1 / p(e), where one of count c among t tokens is taken to have frequency
    /// (c + 1) / (slope · t + base).
    pub fn rarities(&self, (slope, base): (f32, f32)) -> impl ExactSizeIterator<Item = f32> {
        let all = slope * self.total() as f32 + base;
        self.counts.iter().map(move |&count| 1.0 / ((count as f32 + 1.0) / all))
    }

    /// The class of each type.
    pub(super) fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// Number of tokens.
    pub fn total(&self) -> usize {
        self.total
    }

    /// For each type, the sentences that hold it with how often, in order; found when first asked for.
    pub fn postings(&self) -> &Postings {
        self.postings.get_or_init(|| self.find_postings())
    }

    fn find_postings(&self) -> Postings {
        let mut starts = vec![0u32; self.types() + 1];
        // For each type, 1 + the last sentence that holds it.
        let mut last = vec![0u32; self.types()];
        let mut distinct = Vec::with_capacity(self.tokens.len());
        let mut sentences = Vec::with_capacity(self.starts.len());
        sentences.push(0);
        for s in 0..self.sentences() {
            for &t in self.sentence(s) {
                if std::mem::replace(&mut last[t as usize], s as u32 + 1) <= s as u32 {
                    starts[t as usize + 1] += 1;
                    distinct.push(t);
                }
            }
            sentences.push(distinct.len() as u32);
        }
        for t in 0..self.types() {
            starts[t + 1] += starts[t];
        }
        let mut entries = vec![(0, 0.0); distinct.len()];
        let mut next: Vec<u32> = starts[..self.types()].to_vec();
        for s in 0..self.sentences() {
            for &t in self.sentence(s) {
                let at = &mut next[t as usize];
                match at.checked_sub(1).map(|before| &mut entries[before as usize]) {
                    Some((sentence, count)) if *sentence == s as u32 && *at > starts[t as usize] => {
                        *count += 1.0
                    }
                    _ => {
                        entries[*at as usize] = (s as u32, 1.0);
                        *at += 1;
                    }
                }
            }
        }
        Postings { starts, entries, distinct, sentences }
    }
}

/// The texts of the types of one side, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// All texts, one after the other, and where each ends.
    texts: String,
    ends: Vec<u32>,
    /// Types by their text. Hashed with a seed of its own in each run, as texts come from anywhere; the
    /// order of the table shows nowhere.
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Whether a text is not ASCII.
    wide: bool,
}

/// A vocabulary of more types than this is not kept for the next document.
const MOST_KEPT: usize = 1 << 15;

impl Vocabulary {
    /// The number of a text, a new one if it has none.
    pub fn enter(&mut self, token: &str) -> u32 {
        let hash = self.hasher.hash_one(token);
        let Vocabulary { texts, ends, index, hasher, wide } = self;
        if let Some(&id) = index.find(hash, |&id| text(texts, ends, id) == token) {
            return id;
        }
        let id = ends.len() as u32;
        index.insert_unique(hash, id, |&id| hasher.hash_one(text(texts, ends, id)));
        texts.push_str(token);
        ends.push(texts.len() as u32);
        *wide |= !token.is_ascii();
        id
    }

    /// The text of a type.
    pub fn text(&self, id: u32) -> &str {
        text(&self.texts, &self.ends, id)
    }

    /// The type of a text.
    pub fn id(&self, text: &str) -> Option<u32> {
        if !self.wide && !text.is_ascii() {
            return None;
        }
        let same = |&id: &u32| self.text(id) == text;
        self.index.find(self.hasher.hash_one(text), same).copied()
    }

    /// Forgets everything, and keeps the memory for the next document.
    pub(super) fn clear(&mut self) {
        if self.ends.len() > MOST_KEPT {
            *self = Vocabulary::default();
        }
        self.texts.clear();
        self.ends.clear();
        self.index.clear();
        self.wide = false;
    }
}

#[inline]
fn text<'a>(texts: &'a str, ends: &[u32], id: u32) -> &'a str {
    let start = (id as usize).checked_sub(1).map_or(0, |before| ends[before]);
    &texts[start as usize..ends[id as usize] as usize]
}

/// For each type, the sentences that hold it.
#[derive(Debug, Clone)]
pub struct Postings {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
    /// The types of each sentence without repetition; and where each sentence's start.
    distinct: Vec<u32>,
    sentences: Vec<u32>,
}

impl Postings {
    /// The (sentence, how often) entries of a type, in order.
    pub fn of(&self, id: u32) -> &[(u32, f32)] {
        &self.entries[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }

    /// The types of a sentence without repetition.
    #[inline]
    pub fn types_of(&self, sentence: usize) -> &[u32] {
        &self.distinct[self.sentences[sentence] as usize..self.sentences[sentence + 1] as usize]
    }

    /// Where the entries of a type start among those of all types.
    #[inline]
    pub(super) fn start(&self, id: u32) -> u32 {
        self.starts[id as usize]
    }

    /// Some of the entries of all types.
    #[inline]
    pub(super) fn entries(&self, range: Range<u32>) -> &[(u32, f32)] {
        &self.entries[range.start as usize..range.end as usize]
    }

    /// Number of types.
    pub(super) fn types(&self) -> usize {
        self.starts.len() - 1
    }
}
