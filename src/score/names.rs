//! Names by their sound: Latin names spelled in pinyin are looked for in the readings of the characters.

use crate::language::is_han;
use crate::lexicon::{Lexicon, Tokenizer};

/// Probability that characters whose pinyin is exactly a capitalised English word translate it.
pub(super) const SPELLED: f32 = 0.8;
/// Shorter words (`Li`, `He`, `Man`) are too often words of their own.
const LETTERS: usize = 4;
/// A given name or place name in pinyin has at most so many characters in one Latin word.
const CHARACTERS: usize = 4;

/// Capitalised English words that could be pinyin.
#[derive(Default)]
pub(super) struct Wanted {
    /// The words with their types; sorted once all are there.
    words: Vec<(String, u32)>,
    /// Types that have been added.
    seen: Vec<bool>,
    /// For each first letter, a bit for each second letter, and one if there is any word: most syllables begin
    /// no word.
    heads: [u32; 26],
    /// For each two first letters, where the words begin that have them, and the end.
    starts: Vec<u32>,
}

impl Wanted {
    /// Adds a capitalised English word.
    pub fn add(&mut self, word: &str, id: u32) {
        let at = id as usize;
        if self.seen.get(at) == Some(&true) {
            return;
        }
        self.seen.resize(self.seen.len().max(at + 1), false);
        self.seen[at] = true;
        if word.len() < LETTERS || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let bytes = word.as_bytes();
        self.heads[letter(bytes[0])] |= 1 | 2 << letter(bytes[1]);
        self.words.push((word.to_owned(), id));
    }

    /// Makes ready for [`Wanted::find`], when all words are there.
    pub fn sort(&mut self) {
        self.words.sort_unstable();
        self.starts = vec![0; 26 * 27 + 1];
        for (word, _) in &self.words {
            self.starts[head(word.as_bytes()) + 1] += 1;
        }
        for k in 1..self.starts.len() {
            self.starts[k] += self.starts[k - 1];
        }
    }

    /// Calls `sink` with a token and the wanted type for every run of characters that spells it.
    pub fn find(&self, tokenizer: &mut Tokenizer, sentence: &str, mut sink: impl FnMut(&str, u32)) {
        if self.words.is_empty() {
            return;
        }
        let mut spelled = String::from("~");
        for (start, c) in sentence.char_indices() {
            if !tokenizer.reading_begins(c).is_some_and(|head| self.may_begin(head)) {
                continue;
            }
            let lexicon = tokenizer.lexicon();
            let Some(first) = reading(lexicon, c) else { continue };
            spelled.truncate(1);
            spelled.push_str(first);
            let mut rest = sentence[start + c.len_utf8()..].chars();
            for k in 0..CHARACTERS {
                match self.beginning(&spelled[1..]) {
                    None => break,
                    Some(Some(id)) if k > 0 || spelled.len() > LETTERS => sink(&spelled, id),
                    Some(_) => {}
                }
                let Some(next) = rest.next().and_then(|c| reading(lexicon, c)) else { break };
                spelled.push_str(next);
            }
        }
    }

    /// Whether some word may begin with a syllable, by its first two letters.
    fn may_begin(&self, head: u16) -> bool {
        self.heads.get(usize::from(head / 27)).is_some_and(|seconds| seconds >> (head % 27) & 1 == 1)
    }

    /// Whether some word begins with these letters, and the type of the one that they are.
    fn beginning(&self, letters: &str) -> Option<Option<u32>> {
        let bytes = letters.as_bytes();
        let end = head(bytes) + if bytes.len() == 1 { 27 } else { 1 };
        let (start, end) = (*self.starts.get(head(bytes))? as usize, *self.starts.get(end)? as usize);
        let words = &self.words[start..end];
        let at = words.partition_point(|(word, _)| word.as_str() < letters);
        let (word, id) = words.get(at)?;
        word.starts_with(letters).then(|| (word.len() == letters.len()).then_some(*id))
    }
}

fn letter(byte: u8) -> usize {
    usize::from(byte.wrapping_sub(b'a'))
}

/// The first two small letters as a number below 27², the second 0 if there is but one.
fn head(letters: &[u8]) -> usize {
    let second = letters.get(1).map_or(0, |&byte| letter(byte) + 1);
    letters.first().map_or(0, |&byte| letter(byte)) * 27 + second
}

fn reading(lexicon: &Lexicon, c: char) -> Option<&str> {
    if is_han(c) { lexicon.char_pinyin(c) } else { None }
}
