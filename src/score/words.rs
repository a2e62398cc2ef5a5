//! Words as evidence: the tokens of both sides, and how likely each translates each before anything has
//! been learned from the text itself.
//!
//! A Chinese word's glosses give its English stems (mixed with those of near synonyms), equal tokens
//! translate each other, and a word spelled in pinyin translates its reading. Linear in the two texts.

use super::marks;
use super::names;
use super::numbers;
use super::table::Table;
use super::tokens::{Class, Tokens};
use crate::language::Language;
use crate::lexicon::{Lexicon, StemId, TokenKind, Tokenizer, WordId};
use std::collections::HashMap;

/// Share of the near synonyms' stems in a word's translations; from a random search on literary text.
const SYNONYMS: f32 = 0.11;
/// Translations with less than this change no score that matters.
const LEAST: f32 = 0.002;

/// Which evidence joins the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    /// The lexicon's translations.
    pub words: bool,
    /// Numbers by value.
    pub numbers: bool,
    /// Names by their sound.
    pub names: bool,
    /// Question and exclamation marks and quotations.
    pub marks: bool,
}

impl Default for Channels {
    fn default() -> Self {
        Channels { words: true, numbers: true, names: true, marks: true }
    }
}

/// The tokens of both sides and their translation probabilities p(target|source).
pub struct Words {
    /// Tokens of the source sentences.
    pub source: Tokens,
    /// Tokens of the target sentences.
    pub target: Tokens,
    /// p(target type | source type) before learning.
    pub prior: Table,
}

impl Words {
    /// Tokenises both sides and looks up every word once.
    pub fn new<'a>(
        tokenizer: &mut Tokenizer,
        source: impl Iterator<Item = &'a str> + Clone,
        target: impl Iterator<Item = &'a str>,
        channels: Channels,
    ) -> Self {
        let mut english = Side::default();
        let mut known: HashMap<StemId, u32> = HashMap::new();
        let mut wanted = names::Wanted::default();
        for sentence in target {
            english.words(tokenizer, sentence, Language::English, channels, |id, token| {
                if let Some(stem) = token.stem {
                    known.insert(stem, id);
                }
                if channels.names && token.capitalised {
                    wanted.add(token.text, id);
                }
            });
            english.end(sentence, Language::English, channels);
        }
        let mut chinese = Side::default();
        let mut found: HashMap<u32, WordId> = HashMap::new();
        let mut spelled: HashMap<u32, u32> = HashMap::new();
        for sentence in source {
            chinese.words(tokenizer, sentence, Language::Chinese, channels, |id, token| {
                if let Some(word) = token.word {
                    found.insert(id, word);
                }
            });
            if channels.names {
                let tokens = &mut chinese.tokens;
                wanted.find(tokenizer.lexicon(), sentence, |name, target| {
                    spelled.insert(tokens.push(name, Class::Name), target);
                });
            }
            chinese.end(sentence, Language::Chinese, channels);
        }
        let (source, target) = (chinese.tokens, english.tokens);
        let row = |x: u32| {
            let mut row: Vec<(u32, f32)> = Vec::new();
            if let Some(&word) = found.get(&x).filter(|_| channels.words) {
                translations(tokenizer.lexicon(), word, &known, &mut row);
            }
            if let Some(&e) = spelled.get(&x) {
                row.push((e, names::SPELLED));
            }
            if let Some(e) = target.id(source.text(x)) {
                row.retain(|&(other, _)| other != e);
                row.push((e, 1.0));
            }
            row.sort_unstable_by_key(|&(e, _)| e);
            row
        };
        let prior = Table::from_rows((0..source.types() as u32).map(row));
        Words { source, target, prior }
    }
}

fn translations(lexicon: &Lexicon, word: WordId, known: &HashMap<StemId, u32>, row: &mut Vec<(u32, f32)>) {
    let related = lexicon.related(word);
    let direct = if related.is_empty() { 1.0 } else { 1.0 - SYNONYMS };
    let all = lexicon.translations(word).map(|(stem, t)| (stem, t * direct));
    let mut all: Vec<(StemId, f32)> =
        all.chain(related.into_iter().map(|(stem, t)| (stem, t * SYNONYMS))).collect();
    all.sort_unstable_by_key(|&(stem, _)| stem);
    all.dedup_by(|next, first| {
        let same = next.0 == first.0;
        first.1 += if same { next.1 } else { 0.0 };
        same
    });
    let present = all.into_iter().filter(|&(_, t)| t >= LEAST);
    row.extend(present.filter_map(|(stem, t)| known.get(&stem).map(|&e| (e, t))));
}

#[derive(Default)]
struct Side {
    tokens: Tokens,
}

impl Side {
    fn words(
        &mut self,
        tokenizer: &mut Tokenizer,
        sentence: &str,
        language: Language,
        channels: Channels,
        mut seen: impl FnMut(u32, &crate::lexicon::Token<'_>),
    ) {
        let tokens = &mut self.tokens;
        let sink = |token: crate::lexicon::Token<'_>| {
            let class = match token.kind {
                TokenKind::Mark if !channels.marks => return,
                TokenKind::Mark => Class::Mark,
                // With the number channel, digits come in by their value.
                TokenKind::Number if channels.numbers => return,
                TokenKind::Number => Class::Number,
                _ => Class::Word,
            };
            let id = tokens.push(token.text, class);
            seen(id, &token);
        };
        match language {
            Language::Chinese => tokenizer.chinese(sentence, sink),
            _ => tokenizer.english(sentence, sink),
        }
    }

    fn end(&mut self, sentence: &str, language: Language, channels: Channels) {
        let tokens = &mut self.tokens;
        if channels.numbers {
            numbers::find(sentence, language, |value| {
                tokens.push(value, Class::Number);
            });
        }
        if channels.marks {
            marks::find(sentence, language, |mark| {
                tokens.push(mark, Class::Mark);
            });
        }
        tokens.end_sentence();
    }
}
