//! Building a lexicon from a CC-CEDICT release. Equal input gives equal bytes.
//!
//! A headword is every simplified or traditional form of up to [`MAX_CHARS`] characters with a Han
//! character in it; its meanings are those of all entries that have this form, and forms with the same
//! entries are one word. Takes a few seconds, much of it the placing of the trie.

use super::cedict::{Entry, Meaning};
use super::parts::{Pairs, Parts, Stems, Word, lower, too_large};
use super::prior::{prior, scale};
use super::tokens::Tokenizer;
use super::{Lexicon, MAX_CHARS, MAX_STEMS, trie};
use crate::error::{Error, ErrorKind, Result};
use crate::language::is_han;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufRead;

/// Neighbours kept for a stem, the heaviest.
const MAX_NEIGHBOURS: usize = 12;
/// A stem reaches others through a headword that gives it at least this weight.
const MIN_STEP: f32 = 0.15;
/// References followed from an entry that has no gloss of its own, one after the other.
const MAX_REFERENCES: usize = 3;
/// Entries looked at for the references of a word: far more than any release needs.
const MAX_FOLLOWED: usize = 1000;

/// Builds the lexicon's bytes from a CC-CEDICT release file.
///
/// # Errors
/// If reading fails, or a line is neither a comment nor an entry; the error names the line.
/// [`ErrorKind::Limit`] if there are more than 65,534 characters or 65,535 English stems.
///
/// ```
/// use duizhao::lexicon::{Lexicon, build};
/// let release = "#! date=2026-01-01T00:00:00Z\n對照 对照 [dui4 zhao4] /to set side by side; to contrast/\n";
/// let lexicon = Lexicon::load(build(release.as_bytes())?)?;
/// let word = lexicon.word("对照").unwrap();
/// assert_eq!(lexicon.word("對照"), Some(word));
/// assert_eq!(lexicon.pinyin(word), Some("duizhao"));
/// assert_eq!(lexicon.simplify('對'), '对');
/// # Ok::<(), duizhao::Error>(())
/// ```
pub fn build(cedict: impl BufRead) -> Result<Vec<u8>> {
    let source = Source::read(cedict)?;
    let words = Words::of(&source.entries);
    let priors = priors(&source.entries, &words);
    let mut stems = Stems::default();
    // In byte order, in which equal neighbours then stand as well.
    let texts: BTreeSet<&String> = priors.iter().flatten().map(|(stem, _)| stem).collect();
    texts.into_iter().for_each(|stem| _ = stems.number(stem));
    let weights: Vec<Pairs> = priors.iter().map(|prior| stems.numbered(prior)).collect();
    let neighbours = neighbours(&weights, stems.len());
    let chars = Chars::of(&source.entries)?;
    let pinyin = words.entries.iter().map(|entries| chars.pinyin_of_word(&source.entries, entries));
    let parts = Parts {
        notice: source.notice(),
        keys: words.keys(&chars.codes),
        words: pinyin.zip(weights).map(|(pinyin, stems)| Word { pinyin, stems }).collect(),
        codes: chars.codes,
        chars: chars.records,
        syllables: chars.syllables,
        stems,
        neighbours,
    };
    parts.write()
}

/// An entry of the release, owned.
struct Item {
    traditional: String,
    simplified: String,
    syllables: Vec<String>,
    glosses: Vec<String>,
    references: Vec<String>,
}

/// A release file.
struct Source {
    entries: Vec<Item>,
    date: Option<String>,
}

impl Source {
    fn read(mut cedict: impl BufRead) -> Result<Self> {
        let mut source = Source { entries: Vec::new(), date: None };
        let mut line = String::new();
        let mut number = 0;
        loop {
            line.clear();
            number += 1;
            let read = cedict.read_line(&mut line).map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidData => {
                    let message = "the line is not UTF-8; convert the file first";
                    Error::new(ErrorKind::Encoding, message).caused_by(error)
                }
                _ => error.into(),
            });
            if read.map_err(|error| error.at_line(number))? == 0 {
                return Ok(source);
            }
            source.add(line.trim_start_matches('\u{FEFF}').trim(), number)?;
        }
    }

    fn add(&mut self, line: &str, number: u64) -> Result<()> {
        if line.is_empty() || line.starts_with('#') {
            if let Some(date) = line.strip_prefix("#! date=") {
                self.date = Some(date.to_owned());
            }
            return Ok(());
        }
        let entry = Entry::parse(line).ok_or_else(|| {
            let message = "expected `TRADITIONAL SIMPLIFIED [pin1 yin1] /gloss/`, the form of CC-CEDICT";
            Error::new(ErrorKind::Format, message).at_line(number)
        })?;
        let Meaning { glosses, references } = entry.meaning();
        self.entries.push(Item {
            traditional: entry.traditional.to_owned(),
            simplified: entry.simplified.to_owned(),
            syllables: entry.syllables().collect(),
            glosses,
            references: references.into_iter().map(str::to_owned).collect(),
        });
        Ok(())
    }

    fn notice(&self) -> String {
        let date = self.date.as_deref().unwrap_or("unknown date");
        format!(
            "Made from CC-CEDICT, release of {date}, {} entries, published by MDBG \
             (https://www.mdbg.net/chinese/dictionary?page=cc-cedict) under the licence CC BY-SA 4.0 \
             (https://creativecommons.org/licenses/by-sa/4.0/). Changed: glosses are reduced to weighted word \
             stems, pinyin to toneless syllables; comments, examples and headwords without Chinese characters \
             or of more than {MAX_CHARS} characters are left out. This file is under the same licence.",
            self.entries.len()
        )
    }
}

/// The headwords and which entries each stands for.
struct Words {
    /// Word by headword.
    headwords: BTreeMap<String, u32>,
    /// Entries by word.
    entries: Vec<Vec<usize>>,
}

impl Words {
    fn of(items: &[Item]) -> Self {
        let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, item) in items.iter().enumerate() {
            for form in BTreeSet::from([item.traditional.as_str(), item.simplified.as_str()]) {
                if form.chars().count() <= MAX_CHARS && form.chars().any(is_han) {
                    by_form.entry(form).or_default().push(number);
                }
            }
        }
        let mut words = Words { headwords: BTreeMap::new(), entries: Vec::new() };
        let mut numbers: HashMap<Vec<usize>, u32> = HashMap::new();
        for (form, entries) in by_form {
            let number = *numbers.entry(entries).or_insert_with_key(|entries| {
                words.entries.push(entries.clone());
                words.entries.len() as u32 - 1
            });
            words.headwords.insert(form.to_owned(), number);
        }
        words
    }

    /// The headwords by the codes of their characters.
    fn keys(&self, codes: &BTreeMap<char, u16>) -> BTreeMap<Vec<u16>, u32> {
        let mut keys = BTreeMap::new();
        for (form, &word) in &self.headwords {
            // Forms that differ in case or width only are one key: the first word stays.
            let key = form.chars().map(|c| codes.get(&lower(c)).copied().unwrap_or(0)).collect();
            keys.entry(key).or_insert(word);
        }
        keys
    }

    /// The glosses of an entry, or those of the words it refers to if it has none. `left` entries may be followed.
    fn glosses<'a>(
        &self,
        items: &'a [Item],
        entry: usize,
        depth: usize,
        left: &mut usize,
        out: &mut Vec<&'a String>,
    ) {
        let item = &items[entry];
        out.extend(&item.glosses);
        if !item.glosses.is_empty() || depth == MAX_REFERENCES {
            return;
        }
        let targets = item.references.iter().filter_map(|form| self.headwords.get(form));
        for &target in targets.flat_map(|&word| &self.entries[word as usize]) {
            if *left == 0 {
                return;
            }
            *left -= 1;
            if target != entry {
                self.glosses(items, target, depth + 1, left, out);
            }
        }
    }
}

/// Stems and weights by word; the heaviest first, equal ones in byte order.
fn priors(items: &[Item], words: &Words) -> Vec<Vec<(String, f32)>> {
    let mut tokenizer = Tokenizer::new(Lexicon::empty());
    let of_word = |entries: &Vec<usize>| {
        let mut glosses = Vec::new();
        let mut left = MAX_FOLLOWED;
        entries.iter().for_each(|&entry| words.glosses(items, entry, 0, &mut left, &mut glosses));
        prior(&mut tokenizer, &glosses, MAX_STEMS)
    };
    words.entries.iter().map(of_word).collect()
}

/// The walk stem → words that have it → their stems, for every stem.
fn neighbours(weights: &[Pairs], stems: usize) -> Vec<Pairs> {
    let mut words_of: Vec<Vec<(usize, f32)>> = vec![Vec::new(); stems];
    for (word, pairs) in weights.iter().enumerate() {
        for &(stem, weight) in pairs.iter().filter(|pair| pair.1 >= MIN_STEP) {
            words_of[stem as usize].push((word, weight));
        }
    }
    let walk = |words: &mut Vec<(usize, f32)>| {
        scale(words);
        let mut reached: BTreeMap<u32, f32> = BTreeMap::new();
        for &(word, share) in words.iter() {
            for &(stem, weight) in &weights[word] {
                *reached.entry(stem).or_insert(0.0) += share * weight;
            }
        }
        let mut reached: Pairs = reached.into_iter().collect();
        reached.sort_by(|a, b| b.1.total_cmp(&a.1));
        reached.truncate(MAX_NEIGHBOURS);
        reached
    };
    words_of.iter_mut().map(walk).collect()
}

/// What the dictionary shows about single characters.
struct Chars {
    /// Code by character.
    codes: BTreeMap<char, u16>,
    /// By code less 1: simplified character and number of the syllable plus 1.
    records: Vec<(char, u16)>,
    /// The syllables of single characters, sorted.
    syllables: Vec<String>,
    /// The commonest reading of a character, in any word.
    readings: BTreeMap<char, String>,
}

impl Chars {
    fn of(items: &[Item]) -> Result<Self> {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        let mut simple: BTreeMap<(char, char), usize> = BTreeMap::new();
        let mut read: BTreeMap<(char, &str), usize> = BTreeMap::new();
        for item in items {
            for form in [&item.traditional, &item.simplified] {
                form.chars().for_each(|c| *counts.entry(lower(c)).or_insert(0) += 1);
                if form.chars().filter(|&c| is_han(c)).count() == item.syllables.len() {
                    let pairs = form.chars().filter(|&c| is_han(c)).zip(&item.syllables);
                    pairs.for_each(|(c, syllable)| *read.entry((c, syllable)).or_insert(0) += 1);
                }
            }
            if item.traditional.chars().count() == item.simplified.chars().count() {
                let pairs = item.traditional.chars().zip(item.simplified.chars());
                pairs.for_each(|pair| *simple.entry(pair).or_insert(0) += 1);
            }
        }
        let simple = commonest(simple);
        let readings: BTreeMap<char, String> =
            commonest(read).into_iter().map(|(c, syllable)| (c, syllable.to_owned())).collect();
        let syllables: Vec<String> =
            readings.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        // The commonest characters get the lowest codes, which packs the trie best.
        let mut order: Vec<char> = counts.keys().copied().collect();
        order.sort_by_key(|c| std::cmp::Reverse(counts[c]));
        let record = |c: &char| {
            let syllable = readings.get(c).and_then(|reading| syllables.binary_search(reading).ok());
            (simple.get(c).copied().unwrap_or(*c), syllable.map_or(0, |number| number as u16 + 1))
        };
        let records = order.iter().map(record).collect();
        if order.len() >= usize::from(trie::FREE) {
            return Err(too_large("characters"));
        }
        let codes = order.into_iter().zip(1..).collect();
        Ok(Chars { codes, records, syllables, readings })
    }

    /// The reading of a word: of its entries', the one nearest to the commonest readings of its characters.
    fn pinyin_of_word(&self, items: &[Item], entries: &[usize]) -> String {
        let unlike = |&&entry: &&usize| {
            let item = &items[entry];
            let chars = item.simplified.chars().filter(|&c| is_han(c));
            chars.zip(&item.syllables).filter(|(c, syllable)| self.readings.get(c) != Some(syllable)).count()
        };
        entries.iter().min_by_key(unlike).map_or_else(String::new, |&entry| items[entry].syllables.concat())
    }
}

/// For each first key the second that occurs most, of equals the least.
fn commonest<T: Ord + Copy>(counts: BTreeMap<(char, T), usize>) -> BTreeMap<char, T> {
    let mut best: BTreeMap<char, (T, usize)> = BTreeMap::new();
    for ((c, value), count) in counts {
        let entry = best.entry(c).or_insert((value, count));
        if count > entry.1 {
            *entry = (value, count);
        }
    }
    best.into_iter().map(|(c, (value, _))| (c, value)).collect()
}
