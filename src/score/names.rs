//! Names by their sound: Latin names spelled in pinyin are looked for in the readings of the characters.

use crate::language::is_han;
use crate::lexicon::Lexicon;
use hashbrown::HashMap;

/// Probability that characters whose pinyin is exactly a capitalised English word translate it.
pub(super) const SPELLED: f32 = 0.8;
/// Shorter words (`Li`, `He`, `Man`) are too often words of their own.
const LETTERS: usize = 4;
/// A given name or place name in pinyin has at most so many characters in one Latin word.
const CHARACTERS: usize = 4;

/// Capitalised English words that could be pinyin.
#[derive(Default)]
pub(super) struct Wanted {
    /// Beginnings of wanted words, and the whole ones with their type.
    beginnings: HashMap<String, Option<u32>>,
}

impl Wanted {
    /// Adds a capitalised English word.
    pub fn add(&mut self, word: &str, id: u32) {
        if word.len() < LETTERS || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        if self.beginnings.get(word).is_some_and(Option::is_some) {
            return;
        }
        for end in 1..word.len() {
            self.beginnings.entry_ref(&word[..end]).or_insert(None);
        }
        self.beginnings.insert(word.to_owned(), Some(id));
    }

    /// Calls `sink` with a token and the wanted type for every run of characters that spells it.
    pub fn find(&self, lexicon: &Lexicon, sentence: &str, mut sink: impl FnMut(&str, u32)) {
        if self.beginnings.is_empty() {
            return;
        }
        let mut spelled = String::from("~");
        let mut at = 0;
        while let Some(c) = sentence[at..].chars().next() {
            let start = at;
            at += c.len_utf8();
            if !is_han(c) {
                continue;
            }
            spelled.truncate(1);
            for (k, c) in sentence[start..].chars().enumerate().take(CHARACTERS) {
                let Some(reading) = lexicon.char_pinyin(c).filter(|_| is_han(c)) else { break };
                spelled.push_str(reading);
                match self.beginnings.get(&spelled[1..]) {
                    None => break,
                    Some(Some(id)) if k > 0 || spelled.len() > LETTERS => sink(&spelled, *id),
                    Some(_) => {}
                }
            }
        }
    }
}
