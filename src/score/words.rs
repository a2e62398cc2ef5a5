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
use super::tokens::{Class, Tokens, Vocabulary};
use crate::language::Language;
use crate::lexicon::{Token, TokenKind, Tokenizer, WordId};
use crate::span::Span;
use hashbrown::HashMap;

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
#[derive(Default)]
pub struct Words {
    /// Tokens of the source sentences.
    pub source: Tokens,
    /// Tokens of the target sentences.
    pub target: Tokens,
    /// p(target type | source type) before learning.
    pub prior: Table,
    /// p(source type | target type) before learning.
    pub inverted: Table,
}

shown_by_name!(Words);

/// What reading words needs besides a tokenizer, kept from document to document.
#[derive(Default)]
pub struct Scratch {
    source: Vocabulary,
    target: Vocabulary,
    /// Types of the source by their words, the last of those that share a word; and of the target by their stems.
    words: Known,
    known: Known,
    found: Vec<Option<WordId>>,
}

shown_by_name!(Scratch);

impl Scratch {
    /// The text of a source type of the document at hand.
    pub(super) fn source(&self, id: u32) -> &str {
        self.source.text(id)
    }

    /// The text of a target type of the document at hand.
    pub(super) fn target(&self, id: u32) -> &str {
        self.target.text(id)
    }
}

/// Types of a side by the numbers of their words or stems in the lexicon.
#[derive(Default)]
struct Known {
    /// Whether the side has a number, a bit each: most of them it has not, and bits stay near.
    bits: Vec<u64>,
    /// Where it has, the type.
    slots: Vec<u32>,
    set: Vec<u32>,
}

impl Known {
    /// Forgets everything and makes room for so many numbers.
    fn start(&mut self, numbers: usize) {
        for number in self.set.drain(..) {
            self.bits[number as usize / 64] = 0;
        }
        self.bits.resize(numbers.div_ceil(64), 0);
        self.slots.resize(numbers, 0);
    }

    #[inline]
    fn get(&self, number: usize) -> Option<u32> {
        let has = self.bits.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1);
        if has { self.slots.get(number).copied() } else { None }
    }

    fn insert(&mut self, number: usize, id: u32) {
        if let (Some(bits), Some(slot)) = (self.bits.get_mut(number / 64), self.slots.get_mut(number)) {
            *bits |= 1 << (number % 64);
            *slot = id;
            self.set.push(number as u32);
        }
    }
}

impl Words {
    /// Tokenises both sides and looks up every word once.
    pub fn new<'a>(
        tokenizer: &mut Tokenizer,
        scratch: &mut Scratch,
        source: impl Iterator<Item = &'a str>,
        target: impl Iterator<Item = &'a str>,
        channels: Channels,
    ) -> Self {
        let Scratch { source: chinese, target: english, words, known, found } = scratch;
        words.start(tokenizer.lexicon().word_count());
        known.start(if channels.words { tokenizer.lexicon().stem_count() } else { 0 });
        let mut wanted = names::Wanted::default();
        let mut sounds = Sounds::default();
        let mut side = Side::new(english, Language::English, channels);
        for sentence in target {
            side.words(tokenizer, sentence, |side, token| {
                let id = match token.stem.map(|stem| (stem, known.get(stem.index()))) {
                    Some((_, Some(id))) => side.again(id),
                    Some((stem, None)) => {
                        let id = side.push(token);
                        known.insert(stem.index(), id);
                        id
                    }
                    None => side.push(token),
                };
                if channels.names && token.capitalised {
                    wanted.add(token.text, id);
                    if !token.initial {
                        sounds.add(token.text, id);
                    }
                }
            });
            side.end(sentence);
        }
        wanted.sort();
        let target = side.tokens;
        let mut side = Side::new(chinese, Language::Chinese, channels);
        found.clear();
        let mut spelled: HashMap<u32, (u32, f32)> = HashMap::new();
        let mut runs = Runs::default();
        for sentence in source {
            side.words(tokenizer, sentence, |side, token| {
                let known = token.word.and_then(|word| words.get(word.index()));
                match known.filter(|&id| side.vocabulary.text(id) == token.text) {
                    Some(id) => {
                        side.again(id);
                    }
                    None => {
                        let id = side.push(token);
                        found.resize(found.len().max(id as usize + 1), None);
                        if let Some(word) = token.word {
                            found[id as usize] = Some(word);
                            words.insert(word.index(), id);
                        }
                    }
                }
                if channels.names {
                    runs.read(sentence, token.span);
                }
            });
            if channels.names {
                wanted.find(tokenizer, sentence, |name, target| {
                    spelled.insert(side.name(name), (target, names::SPELLED));
                });
                for run in runs.take() {
                    if let Some(heard) = sounds.find(tokenizer.lexicon(), run.slice(sentence)) {
                        spelled.insert(side.name(run.slice(sentence)), heard);
                    }
                }
            }
            side.end(sentence);
        }
        let source = side.tokens;
        let prior = Table::from_fn(source.types(), |x, row| {
            if let Some(word) = found.get(x as usize).copied().flatten().filter(|_| channels.words) {
                let (stems, weights) = tokenizer.meanings(word);
                for (k, &stem) in stems.iter().enumerate() {
                    if let Some(e) = known.get(stem.index()) {
                        row.push((e, weights[k]));
                    }
                }
            }
            row.extend(spelled.get(&x).copied());
            if let Some(e) = english.id(chinese.text(x)) {
                row.retain(|&(other, _)| other != e);
                row.push((e, 1.0));
            }
            row.sort_unstable_by_key(|&(e, _)| e);
        });
        let inverted = prior.inverted(&source, &target);
        Words { source, target, prior, inverted }
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
        // The characters that spell names have three bytes each.
        let single = token.len() == 3 && token.slice(sentence).starts_with(Sounds::spells);
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

/// One side while it is being read.
struct Side<'v> {
    tokens: Tokens,
    vocabulary: &'v mut Vocabulary,
    language: Language,
    channels: Channels,
}

impl<'v> Side<'v> {
    fn new(vocabulary: &'v mut Vocabulary, language: Language, channels: Channels) -> Self {
        vocabulary.clear();
        Side { tokens: Tokens::new(), vocabulary, language, channels }
    }

    /// Calls `take` with the words of a sentence, which is to push them.
    fn words(
        &mut self,
        tokenizer: &mut Tokenizer,
        sentence: &str,
        mut take: impl FnMut(&mut Self, &Token<'_>),
    ) {
        let channels = self.channels;
        let language = self.language;
        let sink = |token: Token<'_>| match token.kind {
            TokenKind::Mark if !channels.marks => {}
            // With the number channel, digits come in by their value.
            TokenKind::Number if channels.numbers => {}
            _ => take(self, &token),
        };
        match language {
            Language::Chinese => tokenizer.chinese(sentence, sink),
            _ => tokenizer.english(sentence, sink),
        }
    }

    fn push(&mut self, token: &Token<'_>) -> u32 {
        let class = match token.kind {
            TokenKind::Mark => Class::Mark,
            TokenKind::Number => Class::Number,
            _ => Class::Word,
        };
        self.tokens.push(self.vocabulary, token.text, class)
    }

    fn again(&mut self, id: u32) -> u32 {
        self.tokens.again(id);
        id
    }

    fn name(&mut self, name: &str) -> u32 {
        self.tokens.push(self.vocabulary, name, Class::Name)
    }

    fn end(&mut self, sentence: &str) {
        let Side { tokens, vocabulary, language, channels } = self;
        if channels.numbers {
            numbers::find(sentence, *language, |value| {
                tokens.push(vocabulary, value, Class::Number);
            });
        }
        if channels.marks {
            marks::find(sentence, *language, |mark| {
                tokens.push(vocabulary, mark, Class::Mark);
            });
        }
        tokens.end_sentence();
    }
}
