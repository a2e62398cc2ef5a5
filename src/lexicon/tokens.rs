//! Cutting sentences into tokens for lexical evidence: Chinese by longest match against the lexicon,
//! English by runs of letters and digits, brought to stems. Linear in the length of the text.

use super::english::English;
use super::fold::{is_combining, narrow, push_folded};
use super::{Lexicon, StemId, Sums, WordId};
use crate::bytes::letters;
use crate::language::{Language, is_han, is_letter};
use crate::span::Span;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// A token of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token<'a> {
    /// Its normal form, by which tokens are counted and compared across the languages: the Chinese word
    /// as it stands, the English stem, the number, `?` or `!`.
    pub text: &'a str,
    /// Where it stands in the text; words that were joined (`can't`) share a span.
    pub span: Span,
    /// Its sort.
    pub kind: TokenKind,
    /// The word, for a Chinese token (or another headword) that the lexicon has.
    pub word: Option<WordId>,
    /// The stem, for any other token whose normal form is a stem of the lexicon.
    pub stem: Option<StemId>,
    /// Whether its first letter is a capital.
    pub capitalised: bool,
    /// Whether it opens a sentence or a quotation, where a capital says nothing.
    pub initial: bool,
}

/// The sort of a [`Token`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TokenKind {
    /// A word with a Han character, or a Han character alone.
    Chinese,
    /// A word in letters of any other script.
    Letters,
    /// Digits, with a decimal point or letters after them (`3.14`, `5g`); thousands are not separated.
    Number,
    /// `?` or `!`.
    Mark,
}

/// Cuts text into tokens. Keeps the words it has seen, so use one for many sentences.
///
/// ```
/// use duizhao::lexicon::{Lexicon, Tokenizer};
/// let mut tokenizer = Tokenizer::new(Lexicon::empty());
/// let mut stems = Vec::new();
/// tokenizer.english("The children didn't go to Washington, D.C.!", |token| stems.push(token.text.to_owned()));
/// assert_eq!(stems, ["child", "not", "go", "washington", "dc", "!"]);
/// ```
pub struct Tokenizer {
    lexicon: Lexicon,
    english: English,
    /// Folded word forms and what they stand for.
    seen: HashMap<Box<str>, Box<[Stem]>>,
    /// Words that were asked for, with their meanings: for each word, 1 + its number among these, or 0.
    places: Vec<u32>,
    meanings: Meanings,
    sums: Sums,
    /// For each ASCII character and small letter after it, whether a headword begins so: 0 if that has not been
    /// asked, 1 if none does, 2 if one may.
    pairs: Vec<u8>,
    /// For each Han character, how its reading begins: see [`Tokenizer::reading_begins`].
    heads: Vec<u16>,
    run: String,
}

shown_by_name!(Tokenizer);

/// What words mean, the stems apart from their weights: most stems are looked at only to be passed over.
#[derive(Default)]
struct Meanings {
    /// Where the meanings of each word end.
    ends: Vec<u32>,
    stems: Vec<StemId>,
    weights: Vec<f32>,
}

impl Meanings {
    fn push(&mut self, meanings: &[(StemId, f32)]) {
        self.stems.extend(meanings.iter().map(|&(stem, _)| stem));
        self.weights.extend(meanings.iter().map(|&(_, weight)| weight));
        self.ends.push(self.stems.len() as u32);
    }

    fn get(&self, number: usize) -> (&[StemId], &[f32]) {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let range = start..self.ends[number] as usize;
        (&self.stems[range.clone()], &self.weights[range])
    }
}

struct Stem {
    text: Box<str>,
    id: Option<StemId>,
}

/// Word forms kept at most; an English novel has some 20,000.
const MAX_SEEN: usize = 1 << 16;
/// A capitalised word of up to so many letters before a full stop is taken for an abbreviation (`Mrs.`).
const ABBREVIATION: usize = 3;

impl Tokenizer {
    /// A tokenizer that looks words up in a lexicon.
    pub fn new(lexicon: Lexicon) -> Self {
        Tokenizer {
            lexicon,
            english: English::new(),
            seen: HashMap::new(),
            places: Vec::new(),
            meanings: Meanings::default(),
            sums: Sums::default(),
            heads: Vec::new(),
            pairs: Vec::new(),
            run: String::new(),
        }
    }

    /// The lexicon it looks words up in.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What a word means, its near synonyms included, by stem. Found once for each word.
    pub(crate) fn meanings(&mut self, word: WordId) -> (&[StemId], &[f32]) {
        if self.places.is_empty() {
            self.places = vec![0; self.lexicon.word_count()];
        }
        let Some(place) = self.places.get_mut(word.index()) else { return (&[], &[]) };
        if *place == 0 {
            self.meanings.push(self.lexicon.meanings(word, &mut self.sums));
            *place = self.meanings.ends.len() as u32;
        }
        // Each place that is not 0 was written above.
        self.meanings.get(*place as usize - 1)
    }

    /// The first two letters of a Han character's reading as a number below 27², the second 0 if there is but
    /// one; `None` for a character without a reading in small letters. Found once for each character.
    pub(crate) fn reading_begins(&mut self, c: char) -> Option<u16> {
        const FIRST: usize = 0x4E00;
        const BLOCK: usize = 0x5200;
        const NONE: u16 = u16::MAX;
        let find = |lexicon: &Lexicon| match *lexicon.char_pinyin(c)?.as_bytes() {
            [a @ b'a'..=b'z'] => Some(u16::from(a - b'a') * 27),
            [a @ b'a'..=b'z', b @ b'a'..=b'z', ..] => {
                Some(u16::from(a - b'a') * 27 + u16::from(b - b'a') + 1)
            }
            _ => None,
        };
        let at = (c as usize).wrapping_sub(FIRST);
        if at >= BLOCK {
            return if is_han(c) { find(&self.lexicon) } else { None };
        }
        if self.heads.is_empty() {
            self.heads = vec![0; BLOCK];
        }
        let head = &mut self.heads[at];
        if *head == 0 {
            *head = find(&self.lexicon).map_or(NONE, |head| head + 1);
        }
        (*head != NONE).then(|| *head - 1)
    }

    /// Calls `sink` with each token of a Chinese text.
    ///
    /// A word is the longest headword of the lexicon that begins there, else a Han character stands alone.
    /// Runs of letters and digits between are narrowed, lower-cased and stemmed as in English, so that a
    /// name in Latin letters equals itself on the other side; nothing of them is dropped. Of the
    /// punctuation only `?` and `!` remain.
    pub fn chinese(&mut self, text: &str, sink: impl FnMut(Token<'_>)) {
        self.tokens(text, Language::Chinese, sink);
    }

    /// Calls `sink` with each token of an English text.
    ///
    /// Function words are dropped, pronouns brought to their subject form, irregular forms to their lemma,
    /// the rest to its stem. Hyphens split; `’s` is dropped and `n’t` is `not`; `U.S.` is one token;
    /// thousands separators are taken out of numbers. Han characters are cut as in Chinese.
    pub fn english(&mut self, text: &str, sink: impl FnMut(Token<'_>)) {
        self.tokens(text, Language::English, sink);
    }

    fn tokens(&mut self, text: &str, language: Language, mut sink: impl FnMut(Token<'_>)) {
        let mut initial = true;
        let mut at = 0;
        let mut before = Span::default();
        while let Some(c) = text[at..].chars().next() {
            let start = at;
            if c == ' ' {
                at += 1;
            } else if is_letter(c) || is_han(c) {
                if let Some(len) = self.headword(&text[at..], c, start, initial, &mut sink) {
                    at += len;
                } else if let Some(end) = small_word(text.as_bytes(), start) {
                    // It needs no folding.
                    let word = Word { span: Span::new(start, end), capitalised: false, initial };
                    self.emit_run(&text[start..end], word, language, &mut sink);
                    (at, before) = (end, word.span);
                } else {
                    at = self.read_run(text, start);
                    before = Span::new(start, at);
                    let word = Word { span: before, capitalised: c.is_uppercase(), initial };
                    let run = std::mem::take(&mut self.run);
                    self.emit_run(&run, word, language, &mut sink);
                    self.run = run;
                }
                initial = false;
            } else {
                at += c.len_utf8();
                mark(c, Span::new(start, at), &mut sink);
                initial = match c {
                    '.' => !is_abbreviation(before, text),
                    '?' | '!' | ':' | '…' | '"' | '“' | '‘' | '「' | '『' | '。' | '？' | '！' | '：'
                    | '\n' => true,
                    _ => initial,
                };
            }
        }
    }

    /// Whether a headword may begin with the ASCII letter or digit at the start of `rest`, by what follows it: few do,
    /// and hardly a word of English text.
    fn begins_headword(&mut self, first: char, rest: &str) -> bool {
        let second = rest.as_bytes().get(1).copied().filter(u8::is_ascii_lowercase);
        let (Ok(first), Some(second)) = (u8::try_from(first), second) else { return true };
        if self.pairs.is_empty() {
            self.pairs = vec![0; 128 * 26];
        }
        let known = &mut self.pairs[usize::from(first) * 26 + usize::from(second - b'a')];
        if *known == 0 {
            let begins = self.lexicon.has_beginning([char::from(first), char::from(second)]);
            *known = if begins { 2 } else { 1 };
        }
        *known == 2
    }

    /// Emits the longest headword at the start of `rest`, which begins with a letter, or a single Han character; its
    /// length in bytes.
    fn headword(
        &mut self,
        rest: &str,
        first: char,
        start: usize,
        initial: bool,
        sink: &mut impl FnMut(Token<'_>),
    ) -> Option<usize> {
        let han = is_han(first);
        let none = first.is_ascii() && !self.begins_headword(first, rest);
        let found = if none { None } else { self.lexicon.longest_match(rest) };
        let found = found.filter(|&(len, _)| !cuts_run(rest, len));
        let (len, word) = match found {
            Some((len, word)) => (len, Some(word)),
            None if han => (first.len_utf8(), None),
            None => return None,
        };
        let form = &rest[..len];
        let token = |text| Token {
            text,
            span: Span::new(start, start + len),
            kind: TokenKind::Chinese,
            word,
            stem: None,
            capitalised: !han && first.is_uppercase(),
            initial,
        };
        if form.chars().all(is_han) {
            sink(token(form));
        } else {
            self.run.clear();
            form.chars().for_each(|c| push_folded(c, &mut self.run));
            sink(token(&self.run));
        }
        Some(len)
    }

    /// Reads the run of letters and digits at `start` into `self.run`, folded; where it ends.
    fn read_run(&mut self, text: &str, start: usize) -> usize {
        self.run.clear();
        let bytes = text.as_bytes();
        if let Some(end) = plain_word(bytes, start) {
            self.run.push_str(&text[start..end]);
            self.run.make_ascii_lowercase();
            return end;
        }
        if let Some(end) = self.read_acronym(text, start) {
            return end;
        }
        let mut at = start;
        let mut digits = true;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                digits &= byte.is_ascii_digit();
                self.run.push(char::from(byte.to_ascii_lowercase()));
                at += 1;
                continue;
            }
            // `text` is cut at character borders only, so there is a character.
            let Some(c) = text[at..].chars().next() else { break };
            let next = at + c.len_utf8();
            if is_word(c) || is_combining(c) {
                digits &= narrow(c).is_ascii_digit();
                push_folded(c, &mut self.run);
            } else if matches!(c, '\'' | '’' | 'ʼ') && text[next..].starts_with(char::is_alphabetic) {
                self.run.push('\'');
            } else if digits && narrow(c) == '.' && text[next..].starts_with(|c| narrow(c).is_ascii_digit()) {
                self.run.push('.');
            } else if !(digits && c == ',' && is_thousand(&bytes[next..])) {
                break;
            }
            at = next;
        }
        if &text[start..at] == "US" {
            self.run.replace_range(.., "u.s");
        }
        at
    }

    /// Reads single letters with full stops between them (`U.S.`, `p.m.`); the last full stop stays out.
    fn read_acronym(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = &text.as_bytes()[start..];
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let mut len = 1;
        while letter(len - 1) && bytes.get(len) == Some(&b'.') && letter(len + 1) {
            len += 2;
        }
        let more = bytes.get(len).is_some_and(|byte| byte.is_ascii_alphanumeric());
        if len == 1 || more {
            return None;
        }
        self.run.push_str(&text[start..start + len]);
        self.run.make_ascii_lowercase();
        Some(start + len)
    }

    /// Emits what a run of letters and digits, folded, stands for.
    fn emit_run(&mut self, run: &str, word: Word, language: Language, sink: &mut impl FnMut(Token<'_>)) {
        let Tokenizer { lexicon, english, seen, .. } = self;
        let Word { span, capitalised, initial } = word;
        let digits = run.starts_with(|c: char| c.is_ascii_digit());
        let kind = if digits { TokenKind::Number } else { TokenKind::Letters };
        let token = Token { text: run, span, kind, word: None, stem: None, capitalised, initial };
        let mut emit = |stems: &[Stem]| {
            if stems.is_empty() && language == Language::Chinese && !run.is_empty() {
                sink(token);
            }
            for stem in stems {
                sink(Token { text: &stem.text, stem: stem.id, ..token });
            }
        };
        if let Some(stems) = seen.get(run) {
            return emit(stems);
        }
        let mut stems = Vec::new();
        english.stems(run, &mut |stem| stems.push(Stem { text: stem.into(), id: lexicon.stem(stem) }));
        emit(&stems);
        if seen.len() >= MAX_SEEN {
            seen.clear();
        }
        seen.insert(run.into(), stems.into());
    }
}

/// How a run of letters and digits stands in its text.
#[derive(Clone, Copy)]
struct Word {
    span: Span,
    capitalised: bool,
    initial: bool,
}

/// Where the [plain word](plain_word) at `start` ends if it has small letters only, as most have.
fn small_word(bytes: &[u8], start: usize) -> Option<usize> {
    plain_word(bytes, start).filter(|&end| bytes[start..end].iter().all(u8::is_ascii_lowercase))
}

/// Where the word at `start` ends if it is one of two ASCII letters or more that nothing goes on from, as nearly
/// all are.
fn plain_word(bytes: &[u8], start: usize) -> Option<usize> {
    let len = letters(bytes, start);
    let end = start + len;
    let goes_on = |byte: &u8| !byte.is_ascii() || byte.is_ascii_digit() || *byte == b'\'';
    let plain = len > 1 && !bytes.get(end).is_some_and(goes_on) && &bytes[start..end] != b"US";
    plain.then_some(end)
}

/// Whether a character belongs to a run of letters and digits.
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_letter(c) && !is_han(c) }
}

/// Whether a headword of `len` bytes ends within a run of letters and digits.
fn cuts_run(text: &str, len: usize) -> bool {
    text[len..].starts_with(is_word) && text[..len].ends_with(is_word)
}

/// Whether exactly three digits follow.
fn is_thousand(rest: &[u8]) -> bool {
    rest.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count() == 3
}

fn is_abbreviation(word: Span, text: &str) -> bool {
    let word = word.slice(text);
    word.len() <= ABBREVIATION && word.starts_with(char::is_uppercase)
}

fn mark(c: char, span: Span, sink: &mut impl FnMut(Token<'_>)) {
    let text = match c {
        '?' | '？' => "?",
        '!' | '！' => "!",
        _ => return,
    };
    let kind = TokenKind::Mark;
    sink(Token { text, span, kind, word: None, stem: None, capitalised: false, initial: false });
}
