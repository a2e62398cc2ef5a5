//! A lexicon taken apart: what a writer of its bytes needs to know, in the form in which it can be changed.
//!
//! Writing and taking apart are each other's inverse, but for the numbers of stems (they are written in byte
//! order) and the places of the trie. Linear but for the placing of the trie, a second for a full dictionary.

use super::fold::narrow;
use super::glossary::MAX_TERM;
use super::table::{self, HEADER, MAGIC, PAGE, PAGES, SECTIONS, Section, Strings, Table};
use super::{Lexicon, StemId, trie};
use crate::error::{Error, ErrorKind, Result};
use std::collections::{BTreeMap, HashMap};

/// Stems and weights of a word or a stem, by the numbers of [`Stems`].
pub(super) type Pairs = Vec<(u32, f32)>;

/// Stems of a lexicon at most: their numbers are written as `u16`.
pub(super) const MOST_STEMS: usize = u16::MAX as usize;

/// A lexicon taken apart.
pub(super) struct Parts {
    pub notice: String,
    /// Code by character, from 1 up; capitals and full-width forms have the code of the ordinary form.
    pub codes: BTreeMap<char, u16>,
    /// By code less 1: simplified character and number of the syllable plus 1, or 0.
    pub chars: Vec<(char, u16)>,
    /// The syllables of single characters, sorted.
    pub syllables: Vec<String>,
    /// Word by headword, as codes.
    pub keys: BTreeMap<Vec<u16>, u32>,
    pub words: Vec<Word>,
    pub stems: Stems,
    /// By stem, the stems that it reaches through the words which have it.
    pub neighbours: Vec<Pairs>,
}

/// A word's reading and its meanings.
pub(super) struct Word {
    pub pinyin: String,
    pub stems: Pairs,
}

/// Stems numbered in the order in which they came.
#[derive(Default)]
pub(super) struct Stems {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Stems {
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn has(&self, stem: &str) -> bool {
        self.numbers.contains_key(stem)
    }

    /// The number of a stem, a new one if it has none.
    pub fn number(&mut self, stem: &str) -> u32 {
        if let Some(&number) = self.numbers.get(stem) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(stem.to_owned());
        self.numbers.insert(stem.to_owned(), number);
        number
    }

    pub fn numbered(&mut self, weights: &[(String, f32)]) -> Pairs {
        weights.iter().map(|(stem, weight)| (self.number(stem), *weight)).collect()
    }
}

impl Parts {
    /// Takes a lexicon apart. What does not fit together in it (the file may come from anywhere) is left out.
    pub fn read(table: &Table) -> Self {
        let codes = table.section(Section::Codes);
        let every = (0..(PAGES * PAGE) as u32).filter_map(char::from_u32);
        let codes: BTreeMap<char, u16> =
            every.map(|c| (c, table::code(codes, c))).filter(|&(_, code)| code != 0).collect();
        let mut stems = Stems::default();
        // Two equal texts would be one stem: numbers of the table lead to those of the list.
        let numbers: Vec<u32> = table.stems().iter().map(|text| stems.number(text)).collect();
        let pairs = |bytes| -> Pairs {
            let known = table::pairs(bytes);
            known.filter_map(|(number, weight)| Some((*numbers.get(number as usize)?, weight))).collect()
        };
        let word = |(pinyin, bytes): (&str, _)| Word { pinyin: pinyin.to_owned(), stems: pairs(bytes) };
        let words: Vec<Word> = table.records().map(word).collect();
        let mut neighbours = vec![Pairs::new(); stems.len()];
        for (&stem, bytes) in numbers.iter().zip(table.steps()) {
            neighbours[stem as usize] = pairs(bytes);
        }
        let mut keys = trie::keys(table.section(Section::Slots), MAX_TERM);
        keys.retain(|_, word| (*word as usize) < words.len());
        Parts {
            notice: String::from_utf8_lossy(table.section(Section::Notice)).into_owned(),
            codes,
            chars: table.chars(),
            syllables: Strings(table.section(Section::Syllables)).iter().map(str::to_owned).collect(),
            keys,
            words,
            stems,
            neighbours,
        }
    }

    /// A lexicon taken apart, with its glossary as words like any other. Words keep their numbers. A term is then known
    /// as it is written and in simplified characters; one of more than [`MAX_TERM`] characters no more.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] if the terms need more characters than a lexicon can hold.
    pub fn of(lexicon: &Lexicon) -> Result<Self> {
        let mut parts = Parts::read(&lexicon.table);
        let Some(terms) = &lexicon.terms else { return Ok(parts) };
        let first = parts.words.len() as u32;
        for (pinyin, prior) in terms.pinyin.iter().zip(&terms.priors) {
            let text = |&(stem, weight): &(u32, f32)| (lexicon.stem_text(StemId(stem)).to_owned(), weight);
            let stems: Vec<(String, f32)> = prior.iter().map(text).collect();
            let stems = parts.numbered(&stems);
            parts.words.push(Word { pinyin: pinyin.to_string(), stems });
        }
        let forms = terms.forms();
        for (form, word) in forms.into_iter().filter(|(form, _)| form.chars().count() <= MAX_TERM) {
            let key = parts.key(form)?;
            parts.keys.insert(key, first + word);
        }
        Ok(parts)
    }

    /// Stems by their numbers, with new ones for those that have none.
    pub fn numbered(&mut self, weights: &[(String, f32)]) -> Pairs {
        let numbered = self.stems.numbered(weights);
        self.neighbours.resize(self.stems.len(), Pairs::new());
        numbered
    }

    /// The word of a form, a new one without meaning if it has none.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] if there are no codes left for its characters.
    pub fn word(&mut self, form: &str) -> Result<usize> {
        let key = self.key(form)?;
        if let Some(&word) = self.keys.get(&key) {
            return Ok(word as usize);
        }
        let of_code = |&code: &u16| self.chars.get(usize::from(code).wrapping_sub(1)).copied();
        let syllable = |code| {
            let (_, number) = of_code(code)?;
            self.syllables.get(usize::from(number).checked_sub(1)?).map(String::as_str)
        };
        let pinyin = key.iter().map(|code| syllable(code).unwrap_or_default()).collect();
        let simplified: String = key.iter().filter_map(|code| Some(of_code(code)?.0)).collect();
        let number = self.words.len() as u32;
        self.words.push(Word { pinyin, stems: Pairs::new() });
        // A word in traditional characters is known in simplified ones too.
        let simplified = self.key(&simplified)?;
        self.keys.entry(simplified).or_insert(number);
        self.keys.insert(key, number);
        Ok(number as usize)
    }

    /// The codes of a form; characters that have none get one.
    fn key(&mut self, form: &str) -> Result<Vec<u16>> {
        form.chars().map(|c| self.code(c)).collect()
    }

    fn code(&mut self, c: char) -> Result<u16> {
        if let Some(&code) = self.codes.get(&c).or_else(|| self.codes.get(&lower(c))) {
            return Ok(code);
        }
        self.chars.push((lower(c), 0));
        let code = u16::try_from(self.chars.len()).ok().filter(|&code| code < trie::FREE);
        let code = code.ok_or_else(|| too_large("characters"))?;
        self.codes.insert(lower(c), code);
        Ok(code)
    }

    /// The bytes of the lexicon.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] if there are more stems or bytes than a lexicon can hold.
    pub fn write(&self) -> Result<Vec<u8>> {
        let mut order: Vec<u32> = (0..self.stems.len() as u32).collect();
        order.sort_unstable_by_key(|&stem| &self.stems.texts[stem as usize]);
        if order.len() > MOST_STEMS {
            return Err(too_large("English words"));
        }
        let mut numbers = vec![0; order.len()];
        order.iter().zip(0u16..).for_each(|(&stem, number)| numbers[stem as usize] = number);
        let put = |pairs: &Pairs, out: &mut Vec<u8>| {
            let pairs: Vec<(u16, f32)> =
                pairs.iter().map(|&(stem, weight)| (numbers[stem as usize], weight)).collect();
            table::write_pairs(&pairs, out);
        };
        let (word_offsets, records) = offsets(&self.words, |word, out| {
            let pinyin = word.pinyin.get(..usize::from(u8::MAX)).unwrap_or(&word.pinyin);
            let len = u8::try_from(pinyin.len()).unwrap_or(0);
            out.push(len);
            out.extend(&pinyin.as_bytes()[..usize::from(len)]);
            put(&word.stems, out);
        });
        let walks = order.iter().map(|&stem| &self.neighbours[stem as usize]);
        let (step_offsets, steps) = offsets(walks, put);
        let keys: Vec<(Vec<u16>, u32)> = self.keys.iter().map(|(key, &word)| (key.clone(), word)).collect();
        let texts: Vec<&str> = order.iter().map(|&stem| self.stems.texts[stem as usize].as_str()).collect();
        let syllables: Vec<&str> = self.syllables.iter().map(String::as_str).collect();
        assemble(&[
            self.notice.clone().into_bytes(),
            self.codes_section(),
            self.chars_section(),
            Strings::write(syllables.into_iter()),
            trie::build(&keys),
            word_offsets,
            records,
            Strings::write(texts.into_iter()),
            step_offsets,
            steps,
        ])
    }

    fn codes_section(&self) -> Vec<u8> {
        let mut codes = self.codes.clone();
        add_variants(&mut codes);
        let mut numbers = vec![0u16; PAGES];
        // Page 0 is empty and stands for every page without a character.
        let mut pages = vec![[0u16; PAGE]];
        for (&c, &code) in &codes {
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

    fn chars_section(&self) -> Vec<u8> {
        let mut out = vec![0; table::CHAR];
        for &(simplified, syllable) in &self.chars {
            out.extend((simplified as u32).to_le_bytes());
            out.extend(syllable.to_le_bytes());
        }
        out
    }
}

pub(super) fn too_large(what: &str) -> Error {
    Error::new(ErrorKind::Limit, format!("there are more {what} than a lexicon can hold"))
}

/// A character as headwords have it: narrow, in lower case.
pub(super) fn lower(c: char) -> char {
    narrow(c).to_ascii_lowercase()
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

/// Writes items one after the other; the offsets of each and the end, and what was written.
fn offsets<T>(
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(T, &mut Vec<u8>),
) -> (Vec<u8>, Vec<u8>) {
    let mut out = Vec::new();
    let mut offsets = 0u32.to_le_bytes().to_vec();
    for item in items {
        write(item, &mut out);
        offsets.extend((out.len() as u32).to_le_bytes());
    }
    (offsets, out)
}
