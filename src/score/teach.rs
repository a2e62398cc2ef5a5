//! What a corpus teaches a lexicon: the meanings of words as its translators render them, and names and terms that
//! are no words yet.
//!
//! Expectation–maximisation over all pairs of the corpus ([`learn`](super::learn)), with the lexicon as prior; first
//! with every run that may be a term as a word, then with those that are found to mean something. Time and memory
//! are linear in the corpus.

use super::learn::{LearnOptions, expected};
use super::terms::terms;
use super::tokens::Class;
use super::words::{Channels, Scratch, Words};
use crate::error::Result;
use crate::lexicon::{Lesson, Lexicon, Tokenizer, WordId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The constants of [`Lexicon::learn`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeachOptions {
    /// Of the learning itself.
    pub learning: LearnOptions,
    /// A meaning counts that is expected at least so many times in the corpus; 0 or more.
    pub expected: f32,
    /// A term occurs at least so many times; 1 or more.
    pub least: u32,
    /// A term occurs at least this share, 0 to 1, of the times that the rarer part does, wherever it is cut.
    pub cohesion: f32,
    /// A term is found to mean one stem at least this share, 0 to 1, of the times it occurs.
    pub share: f32,
    /// And so many times as often as that stem is found elsewhere, as goes for any meaning that is new to a word.
    pub lift: f32,
}

impl Default for TeachOptions {
    fn default() -> Self {
        TeachOptions {
            learning: LearnOptions { rounds: 5, discount: 0.1, prior: 10.0, ..LearnOptions::default() },
            expected: 0.5,
            least: 3,
            cohesion: 0.6,
            share: 0.4,
            lift: 4.0,
        }
    }
}

/// What a lexicon has learned.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Learned {
    /// The lexicon with it.
    pub lexicon: Lexicon,
    /// Words that were found to mean something, terms among them.
    pub words: usize,
    /// Terms that are new words, by code point, with how often they occur and the stem that they mean most.
    pub terms: Vec<Term>,
}

/// A term that has become a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Term {
    /// Its form.
    pub form: String,
    /// How often it occurs.
    pub count: u32,
    /// The stem that it means most.
    pub stem: String,
}

impl Lexicon {
    /// Learns from pairs of texts that translate each other, Chinese and English: sentences, or paragraphs, of as
    /// many documents as there are. What was known before stays as the prior, a glossary included. A lexicon holds
    /// 65,535 English stems: those known before, and of new ones those most often seen. Time in proportion to the
    /// corpus, and a second to write a lexicon as large as the embedded one; a pair that stands twice counts twice.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if there are more characters than a lexicon can hold, or a
    /// glossary has more stems.
    ///
    /// ```
    /// use duizhao::lexicon::Lexicon;
    /// let pairs = [
    ///     ("阿鲛笑了。", "Nixie laughed."),
    ///     ("阿鲛走进茶馆。", "Nixie went into the teahouse."),
    ///     ("他等阿鲛。", "He was waiting for Nixie."),
    ///     ("阿鲛没有来。", "Nixie did not come."),
    /// ];
    /// let learned = Lexicon::default().learn(&pairs, &Default::default())?;
    /// assert_eq!((learned.terms[0].form.as_str(), learned.terms[0].stem.as_str()), ("阿鲛", "nixi"));
    /// assert!(learned.lexicon.word("阿鲛").is_some());
    /// # Ok::<(), duizhao::Error>(())
    /// ```
    pub fn learn<S: AsRef<str>>(&self, pairs: &[(S, S)], options: &TeachOptions) -> Result<Learned> {
        let base = Lexicon::load(self.to_bytes()?)?;
        let mut terms = terms(&base, pairs.iter().map(|pair| pair.0.as_ref()), options);
        let mut seen = meanings(base.with_words(terms.keys()), pairs, options);
        let tried = terms.len();
        let mut tokenizer = Tokenizer::new(base.clone());
        terms.retain(|form, count| {
            let telling = seen.get(form).and_then(|seen| seen.telling.as_ref());
            telling.is_some_and(|(stem, seen)| {
                *seen >= options.share * *count as f32 && !parts_mean(&mut tokenizer, form, stem)
            })
        });
        if terms.len() < tried {
            seen = meanings(base.with_words(terms.keys()), pairs, options);
        }
        let term = |(form, count): (String, u32)| {
            let (stem, _) = seen.get(&form)?.telling.clone()?;
            Some(Term { form, count, stem })
        };
        let terms = terms.into_iter().filter_map(term).collect();
        let lessons: Vec<Lesson> = seen.into_values().map(|seen| seen.lesson).collect();
        let notice = format!("Meanings were learned from {} pairs of texts.", pairs.len());
        let lexicon = base.revised(&lessons, options.learning.prior, &notice)?;
        Ok(Learned { lexicon, words: lessons.len(), terms })
    }
}

/// Whether a word within a term is known to mean a stem: then the term says no more than its words.
fn parts_mean(tokenizer: &mut Tokenizer, term: &str, stem: &str) -> bool {
    let mut words = Vec::new();
    tokenizer.chinese(term, |token| words.extend(token.word));
    let lexicon = tokenizer.lexicon();
    let stem = lexicon.stem(stem);
    words.into_iter().any(|word| lexicon.translations(word).any(|(known, _)| Some(known) == stem))
}

/// What a word was found to mean.
struct Seen {
    lesson: Lesson,
    /// The likeliest of the stems that are found with it more often than elsewhere.
    telling: Option<(String, f32)>,
}

/// What each word of the corpus was found to mean, by form; forms of one word, simplified and traditional, go by the
/// first of them.
fn meanings<S: AsRef<str>>(
    lexicon: Lexicon,
    pairs: &[(S, S)],
    options: &TeachOptions,
) -> BTreeMap<String, Seen> {
    let mut tokenizer = Tokenizer::new(lexicon);
    let mut scratch = Scratch::default();
    let channels = Channels { marks: false, ..Channels::default() };
    let source = pairs.iter().map(|pair| pair.0.as_ref());
    let target = pairs.iter().map(|pair| pair.1.as_ref());
    let Words { source, target, prior, .. } =
        Words::new(&mut tokenizer, &mut scratch, source, target, channels);
    let beads: Vec<_> = (0..pairs.len()).map(|k| (k..k + 1, k..k + 1, 1.0)).collect();
    let counts = expected((&source, &target), &beads, &prior, &options.learning);
    // Whether a stem is found with a word so many times as often as elsewhere.
    let tells = |x: u32, e: u32, count: f32| {
        let without = (pairs.len() as f32 - source.count(x) as f32).max(1.0);
        let elsewhere = (target.count(e) as f32 - count).max(0.0) / without;
        count >= options.lift * elsewhere * source.count(x) as f32
    };
    let mut words: BTreeMap<WordId, Seen> = BTreeMap::new();
    for x in (0..source.types() as u32).filter(|&x| source.class(x) == Class::Word) {
        let form = scratch.source(x);
        let Some(word) = tokenizer.lexicon().word(form) else { continue };
        let mut telling = None;
        let mut stems: Vec<(String, f32)> = Vec::new();
        let known = |e| prior.row(x).iter().any(|&(other, _)| other == e);
        for &(e, count) in counts.row(x) {
            let tells = tells(x, e, count);
            if target.class(e) == Class::Word && count >= options.expected && (tells || known(e)) {
                stems.push((scratch.target(e).to_owned(), count));
                if tells && telling.is_none_or(|(_, most)| count > most) {
                    telling = Some((e, count));
                }
            }
        }
        if !stems.is_empty() {
            let new = || Seen { lesson: Lesson { form: form.to_owned(), stems: Vec::new() }, telling: None };
            let seen = words.entry(word).or_insert_with(new);
            seen.lesson.stems.append(&mut stems);
            let telling = telling.map(|(e, count)| (scratch.target(e).to_owned(), count));
            seen.telling = seen.telling.take().or(telling);
        }
    }
    words.into_values().map(|seen| (seen.lesson.form.clone(), seen)).collect()
}
