//! Building a lexicon from a CC-CEDICT release. Equal input gives equal bytes.
//!
//! A headword is every simplified or traditional form of up to [`MAX_CHARS`] characters with a Han
//! character in it; its meanings are those of all entries that have this form, and forms with the same
//! entries are one word. Takes a few seconds, much of it the placing of the trie.

use super::cedict::{Entry, Meaning};
use super::prior::{prior, scale};
use super::table::{self, HEADER, MAGIC, PAGE, PAGES, SECTIONS, Strings};
use super::tokens::Tokenizer;
use super::{Lexicon, MAX_CHARS, trie};
use crate::error::{Error, ErrorKind, Result};
use crate::language::is_han;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufRead;

/// Stems kept for a word, the heaviest.
const MAX_STEMS: usize = 24;
/// Neighbours kept for a stem, the heaviest.
const MAX_NEIGHBOURS: usize = 12;
/// A stem reaches others through a headword that gives it at least this weight.
const MIN_STEP: f32 = 0.15;
/// References followed from an entry that has no gloss of its own, one after the other.
const MAX_REFERENCES: usize = 3;

/// Builds the lexicon's bytes from a CC-CEDICT release file.
///
/// # Errors
/// If reading fails, or a line is neither a comment nor an entry; the error names the line.
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
    let (stems, weights) = number_stems(&priors)?;
    let neighbours = neighbours(&weights, stems.len());
    let chars = Chars::of(&source.entries);

    let (word_offsets, records) = offsets(words.entries.iter().zip(&weights), |(entries, pairs), out| {
        let pinyin = chars.pinyin_of_word(&source.entries, entries);
        let pinyin = pinyin.get(..usize::from(u8::MAX)).unwrap_or(&pinyin);
        out.push(pinyin.len() as u8);
        out.extend(pinyin.as_bytes());
        table::write_pairs(pairs, out);
    });
    let (step_offsets, steps) = offsets(neighbours.iter(), |pairs, out| table::write_pairs(pairs, out));
    let codes = chars.codes_section();
    let sections: [Vec<u8>; SECTIONS] = [
        source.notice().into_bytes(),
        codes.clone(),
        chars.section(),
        Strings::write(chars.syllables.iter().map(String::as_str).collect::<Vec<_>>().into_iter()),
        slots(&words, &codes),
        word_offsets,
        records,
        Strings::write(stems.into_iter().collect::<Vec<_>>().into_iter()),
        step_offsets,
        steps,
    ];
    assemble(&sections)
}

fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Result<Vec<u8>> {
    let mut out = MAGIC.to_vec();
    let mut offset = HEADER;
    for section in sections {
        let number = |n: usize| u32::try_from(n).map_err(|_| too_large("bytes"));
        out.extend(number(offset)?.to_le_bytes());
        out.extend(number(section.len())?.to_le_bytes());
        offset += section.len();
    }
    sections.iter().for_each(|section| out.extend(section));
    Ok(out)
}

fn too_large(what: &str) -> Error {
    Error::new(ErrorKind::Limit, format!("the dictionary has more {what} than a lexicon can hold"))
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

    /// The glosses of an entry, or those of the words it refers to if it has none.
    fn glosses<'a>(&self, items: &'a [Item], entry: usize, depth: usize, out: &mut Vec<&'a String>) {
        let item = &items[entry];
        out.extend(&item.glosses);
        if !item.glosses.is_empty() || depth == MAX_REFERENCES {
            return;
        }
        let targets = item.references.iter().filter_map(|form| self.headwords.get(form));
        for &target in targets.flat_map(|&word| &self.entries[word as usize]) {
            if target != entry {
                self.glosses(items, target, depth + 1, out);
            }
        }
    }
}

/// Stems and weights by word; the heaviest first, equal ones in byte order.
fn priors(items: &[Item], words: &Words) -> Vec<Vec<(String, f32)>> {
    let mut tokenizer = Tokenizer::new(Lexicon::empty());
    let of_word = |entries: &Vec<usize>| {
        let mut glosses = Vec::new();
        entries.iter().for_each(|&entry| words.glosses(items, entry, 0, &mut glosses));
        prior(&mut tokenizer, &glosses, MAX_STEMS)
    };
    words.entries.iter().map(of_word).collect()
}

/// Stems and weights of a word or a stem.
type Pairs = Vec<(u16, f32)>;

/// The stems in byte order, and the weights by their numbers.
fn number_stems(priors: &[Vec<(String, f32)>]) -> Result<(BTreeSet<&str>, Vec<Pairs>)> {
    let stems: BTreeSet<&str> = priors.iter().flatten().map(|(stem, _)| stem.as_str()).collect();
    if stems.len() > usize::from(u16::MAX) {
        return Err(too_large("English words"));
    }
    let numbers: HashMap<&str, u16> = stems.iter().zip(0..).map(|(&stem, number)| (stem, number)).collect();
    let numbered =
        |prior: &Vec<(String, f32)>| prior.iter().map(|(s, w)| (numbers[s.as_str()], *w)).collect();
    let weights = priors.iter().map(numbered).collect();
    Ok((stems, weights))
}

/// The walk stem → words that have it → their stems, for every stem.
fn neighbours(weights: &[Pairs], stems: usize) -> Vec<Pairs> {
    let mut words_of: Vec<Vec<(usize, f32)>> = vec![Vec::new(); stems];
    for (word, pairs) in weights.iter().enumerate() {
        for &(stem, weight) in pairs.iter().filter(|pair| pair.1 >= MIN_STEP) {
            words_of[usize::from(stem)].push((word, weight));
        }
    }
    let walk = |words: &mut Vec<(usize, f32)>| {
        scale(words);
        let mut reached: BTreeMap<u16, f32> = BTreeMap::new();
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
    /// Code by character; ordinary forms and those that are read as them (capitals, full-width).
    codes: BTreeMap<char, u16>,
    /// By code less 1: simplified character and number of the syllable plus 1.
    records: Vec<(char, u16)>,
    /// The syllables of single characters, sorted.
    syllables: Vec<String>,
    /// The commonest reading of a character, in any word.
    readings: BTreeMap<char, String>,
}

impl Chars {
    fn of(items: &[Item]) -> Self {
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
        let mut codes: BTreeMap<char, u16> = order.into_iter().zip(1..).collect();
        add_variants(&mut codes);
        Chars { codes, records, syllables, readings }
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

    fn codes_section(&self) -> Vec<u8> {
        let mut numbers = vec![0u16; PAGES];
        // Page 0 is empty and stands for every page without a character.
        let mut pages = vec![[0u16; PAGE]];
        for (&c, &code) in &self.codes {
            let (page, rest) = (c as usize / PAGE, c as usize % PAGE);
            let Some(number) = numbers.get_mut(page) else { continue };
            if *number == 0 {
                *number = pages.len() as u16;
                pages.push([0; PAGE]);
            }
            pages[usize::from(*number)][rest] = code;
        }
        numbers.iter().chain(pages.iter().flatten()).flat_map(|number| number.to_le_bytes()).collect()
    }

    fn section(&self) -> Vec<u8> {
        let mut out = vec![0; table::CHAR];
        for &(simplified, syllable) in &self.records {
            out.extend((simplified as u32).to_le_bytes());
            out.extend(syllable.to_le_bytes());
        }
        out
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

fn lower(c: char) -> char {
    super::fold::narrow(c).to_ascii_lowercase()
}

/// Lets capitals, full-width forms and other middle dots be read as the ordinary forms.
fn add_variants(codes: &mut BTreeMap<char, u16>) {
    let variants = ('!'..='~').chain('\u{FF01}'..='\u{FF5E}').map(|c| (c, lower(c)));
    let dots = ['•', '・', '‧', '∙', '⋅'].map(|c| (c, '·'));
    for (variant, c) in variants.chain(dots) {
        if let Some(&code) = codes.get(&c) {
            codes.entry(variant).or_insert(code);
        }
    }
}

/// The trie over the codes of the headwords.
fn slots(words: &Words, codes: &[u8]) -> Vec<u8> {
    let coded =
        |(form, &word): (&String, &u32)| (form.chars().map(|c| table::code(codes, c)).collect(), word);
    let mut keys: Vec<(Vec<u16>, u32)> = words.headwords.iter().map(coded).collect();
    keys.sort();
    // Forms that differ in case or width only are one key: the first word stays.
    keys.dedup_by(|b, a| a.0 == b.0);
    trie::build(&keys)
}

/// Writes items one after the other; the offsets of each and the end, and what was written.
fn offsets<T>(items: impl Iterator<Item = T>, mut write: impl FnMut(T, &mut Vec<u8>)) -> (Vec<u8>, Vec<u8>) {
    let mut out = Vec::new();
    let mut offsets = 0u32.to_le_bytes().to_vec();
    for item in items {
        write(item, &mut out);
        offsets.extend((out.len() as u32).to_le_bytes());
    }
    (offsets, out)
}
