//! Words as evidence: the tokens of both sides, and how likely each translates each before anything has
//! been learned from the text itself.
//!
//! A Chinese word's glosses give its English stems (mixed with those of near synonyms), equal tokens
//! translate each other, and a word spelled in pinyin translates its reading. Linear in the two texts.

use super::marks;
use super::names;
use super::numbers;
use super::sounds::Sounds;
use super::table::Table;
use super::tokens::{Class, Tokens};
use crate::language::Language;
use crate::lexicon::{StemId, TokenKind, Tokenizer, WordId};
use crate::span::Span;
use std::collections::HashMap;

/// Which evidence joins the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
        let mut known = vec![ABSENT; if channels.words { tokenizer.lexicon().stem_count() } else { 0 }];
        let mut wanted = names::Wanted::default();
        let mut sounds = Sounds::default();
        for sentence in target {
            english.words(tokenizer, sentence, Language::English, channels, |id, token| {
                if let Some(slot) = token.stem.and_then(|stem| known.get_mut(stem.index())) {
                    *slot = id;
                }
                if channels.names && token.capitalised {
                    wanted.add(token.text, id);
                    if !token.initial {
                        sounds.add(token.text, id);
                    }
                }
            });
            english.end(sentence, Language::English, channels);
        }
        let mut chinese = Side::default();
        let mut found: Vec<Option<WordId>> = Vec::new();
        let mut spelled: HashMap<u32, (u32, f32)> = HashMap::new();
        let mut runs = Runs::default();
        for sentence in source {
            chinese.words(tokenizer, sentence, Language::Chinese, channels, |id, token| {
                found.resize(found.len().max(id as usize + 1), None);
                found[id as usize] = token.word.or(found[id as usize]);
                if channels.names {
                    runs.read(sentence, token.span);
                }
            });
            if channels.names {
                let tokens = &mut chinese.tokens;
                wanted.find(tokenizer.lexicon(), sentence, |name, target| {
                    spelled.insert(tokens.push(name, Class::Name), (target, names::SPELLED));
                });
                for run in runs.take() {
                    if let Some(heard) = sounds.find(tokenizer.lexicon(), run.slice(sentence)) {
                        spelled.insert(tokens.push(run.slice(sentence), Class::Name), heard);
                    }
                }
            }
            chinese.end(sentence, Language::Chinese, channels);
        }
        let (source, target) = (chinese.tokens, english.tokens);
        let prior = Table::from_fn(source.types(), |x, row| {
            if let Some(word) = found.get(x as usize).copied().flatten().filter(|_| channels.words) {
                let present = |&(stem, t): &(StemId, f32)| match known.get(stem.index()) {
                    Some(&e) if e != ABSENT => Some((e, t)),
                    _ => None,
                };
                row.extend(tokenizer.meanings(word).iter().filter_map(present));
            }
            row.extend(spelled.get(&x).copied());
            if let Some(e) = target.id(source.text(x)) {
                row.retain(|&(other, _)| other != e);
                row.push((e, 1.0));
            }
            row.sort_unstable_by_key(|&(e, _)| e);
        });
        Words { source, target, prior }
    }
}

/// Runs of characters that spell foreign names and stand in no longer word.
#[derive(Default)]
struct Runs {
    done: Vec<Span>,
    open: Span,
}

impl Runs {
    fn read(&mut self, sentence: &str, token: Span) {
        let mut characters = token.slice(sentence).chars();
        let single = characters.next().is_some_and(Sounds::spells) && characters.next().is_none();
        if single && self.open.end == token.start && !self.open.is_empty() {
            self.open.end = token.end;
            return;
        }
        self.close();
        self.open = if single { token } else { Span::default() };
    }

    fn close(&mut self) {
        // One character spells no name.
        if self.open.len() > 4 {
            self.done.push(self.open);
        }
        self.open = Span::default();
    }

    fn take(&mut self) -> Vec<Span> {
        self.close();
        std::mem::take(&mut self.done)
    }
}

/// A stem that the target does not have.
const ABSENT: u32 = u32::MAX;

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
