//! The lexicon's file format: what the bytes mean, and reading them in place.
//!
//! All numbers are little-endian. The file opens with [`MAGIC`] and, for each [`Section`] in turn, its
//! offset and its length (`u32` each); the sections follow. Opening checks only that the sections lie in
//! the file and their lengths fit together, so it costs the same for a file of any size; every later
//! read is checked by itself, and a file that lies yields nothing rather than a panic.
//!
//! | section | content |
//! |---|---|
//! | notice | where the data comes from and its licence, UTF-8 |
//! | codes | for each 256 code points a page number (`u16`), then pages of 256 character codes (`u16`, 0 for none) |
//! | chars | by character code: simplified character (`u32`), syllable (`u16`, number in the syllables plus 1, or 0) |
//! | syllables | [`Strings`] |
//! | slots | the trie over character codes, see `trie` |
//! | words | by word: offset of its record (`u32`), and one more for the end |
//! | records | pinyin (length `u8`, ASCII), then its stems: number and weight, see [`pairs`] |
//! | stems | [`Strings`], in byte order |
//! | steps | by stem: offset of its neighbours (`u32`), and one more for the end |
//! | neighbours | the stems that a stem reaches through the words which have it, see [`pairs`] |

use crate::error::{Error, ErrorKind, Result};
use std::sync::Arc;

/// The first bytes of a file; the last of them is the version of the format.
pub(super) const MAGIC: [u8; 8] = *b"duizhao\x01";
/// Bytes of a character's record.
pub(super) const CHAR: usize = 6;
/// Code points of a page.
pub(super) const PAGE: usize = 256;
/// Page numbers: one for each 256 code points up to U+323FF, the end of the Han characters.
pub(super) const PAGES: usize = 0x324;
/// Bytes of a stem's number and weight.
const PAIR: usize = 3;

/// A part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Notice,
    Codes,
    Chars,
    Syllables,
    Slots,
    Words,
    Records,
    Stems,
    Steps,
    Neighbours,
}

/// Number of sections.
pub(super) const SECTIONS: usize = Section::Neighbours as usize + 1;
/// Bytes before the first section.
pub(super) const HEADER: usize = MAGIC.len() + SECTIONS * 8;

/// The bytes of a lexicon: part of the program, or shared.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

/// A lexicon's bytes with its sections found.
#[derive(Clone)]
pub(super) struct Table {
    bytes: Bytes,
    /// Start and end, in the file: checked when it was opened.
    sections: [(usize, usize); SECTIONS],
}

impl Table {
    /// A table with nothing in it.
    pub fn empty() -> Self {
        Table { bytes: Bytes::Static(&[]), sections: [(0, 0); SECTIONS] }
    }

    /// A table that is part of the program.
    #[cfg(feature = "lexicon")]
    pub fn from_static(bytes: &'static [u8]) -> Result<Self> {
        Table::check(Bytes::Static(bytes))
    }

    /// A table that was read.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self> {
        Table::check(Bytes::Shared(bytes.into()))
    }

    fn check(bytes: Bytes) -> Result<Self> {
        let mut table = Table { bytes, sections: [(0, 0); SECTIONS] };
        let all = table.all();
        let wrong = |what: &str| Error::new(ErrorKind::Format, format!("not a usable lexicon: {what}"));
        if all.len() < HEADER || all[..MAGIC.len() - 1] != MAGIC[..MAGIC.len() - 1] {
            return Err(wrong("the file does not begin as one"));
        }
        if all[MAGIC.len() - 1] != MAGIC[MAGIC.len() - 1] {
            return Err(wrong("another version of the format; build it again"));
        }
        let mut sections = [(0, 0); SECTIONS];
        for (number, section) in sections.iter_mut().enumerate() {
            let at = MAGIC.len() + number * 8;
            let (start, len) =
                (u32_at(all, at).unwrap_or(0) as usize, u32_at(all, at + 4).unwrap_or(0) as usize);
            if start < HEADER || start > all.len() || len > all.len() - start {
                return Err(wrong("it ends too early").at_byte(at as u64));
            }
            *section = (start, start + len);
        }
        table.sections = sections;
        let codes = table.section(Section::Codes).len();
        if codes < PAGES * 2 || !table.section(Section::Words).len().is_multiple_of(4) {
            return Err(wrong("its parts do not fit together"));
        }
        Ok(table)
    }

    /// The bytes.
    pub fn all(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections[section as usize];
        self.all().get(start..end).unwrap_or_default()
    }

    /// The code of a character, 0 if it stands in no headword.
    pub fn code(&self, c: char) -> u16 {
        code(self.section(Section::Codes), c)
    }

    /// Simplified character and syllable of a character.
    pub fn char(&self, c: char) -> Option<(char, Option<&str>)> {
        let code = self.code(c);
        let start = usize::from(code) * CHAR;
        let record = self.section(Section::Chars).get(start..start + CHAR).filter(|_| code != 0)?;
        let simplified = char::from_u32(u32_at(record, 0)?)?;
        let syllable = usize::from(u16_at(record, 4)?).checked_sub(1);
        Some((simplified, syllable.and_then(|number| Strings(self.section(Section::Syllables)).get(number))))
    }

    /// Simplified character and number of the syllable plus 1 by code less 1.
    pub fn chars(&self) -> Vec<(char, u16)> {
        let records = self.section(Section::Chars).chunks_exact(CHAR).skip(1);
        let record = |record: &[u8]| {
            let c = u32_at(record, 0).and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            (c, u16_at(record, 4).unwrap_or(0))
        };
        records.map(record).collect()
    }

    /// Number of words.
    pub fn words(&self) -> usize {
        (self.section(Section::Words).len() / 4).saturating_sub(1)
    }

    /// Pinyin and stems of a word.
    pub fn record(&self, word: usize) -> Option<(&str, &[u8])> {
        record(part(self.section(Section::Words), self.section(Section::Records), word)?)
    }

    /// Pinyin and stems of each word.
    pub fn records(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let records = parts(self.section(Section::Words), self.section(Section::Records));
        records.map(|bytes| record(bytes).unwrap_or_default())
    }

    /// The stems.
    pub fn stems(&self) -> Strings<'_> {
        Strings(self.section(Section::Stems))
    }

    /// The neighbours of a stem.
    pub fn neighbours(&self, stem: usize) -> &[u8] {
        part(self.section(Section::Steps), self.section(Section::Neighbours), stem).unwrap_or_default()
    }

    /// The neighbours of each stem.
    pub fn steps(&self) -> impl Iterator<Item = &[u8]> {
        parts(self.section(Section::Steps), self.section(Section::Neighbours))
    }
}

/// The code of a character by the section of codes.
pub(super) fn code(codes: &[u8], c: char) -> u16 {
    let (page, rest) = (c as usize / PAGE, c as usize % PAGE);
    if page >= PAGES {
        return 0;
    }
    let page = usize::from(u16_at(codes, page * 2).unwrap_or(0));
    u16_at(codes, PAGES * 2 + (page * PAGE + rest) * 2).unwrap_or(0)
}

/// Strings one after the other: their number (`u32`), then offsets (`u32`), one more for the end, then
/// the strings, the offsets counted from the first of them.
#[derive(Clone, Copy)]
pub(super) struct Strings<'a>(pub &'a [u8]);

impl<'a> Strings<'a> {
    pub fn len(self) -> usize {
        let fit = (self.0.len() / 4).saturating_sub(2);
        u32_at(self.0, 0).map_or(0, |len| len as usize).min(fit)
    }

    pub fn get(self, number: usize) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(number)?).ok()
    }

    fn bytes(self, number: usize) -> Option<&'a [u8]> {
        if number >= self.len() {
            return None;
        }
        let (offsets, text) = self.offsets()?;
        part(offsets, text, number)
    }

    /// The offsets, and what they part.
    fn offsets(self) -> Option<(&'a [u8], &'a [u8])> {
        self.0.get(4..)?.split_at_checked((self.len() + 1) * 4)
    }

    /// The strings in order; one that is not UTF-8 is empty.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        let (offsets, text) = self.offsets().unwrap_or_default();
        parts(offsets, text).map(|bytes| std::str::from_utf8(bytes).unwrap_or_default())
    }

    /// The number of a string, where the strings are in byte order.
    pub fn find(self, string: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.bytes(middle)?.cmp(string.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// Writes strings in this form.
    pub fn write<'s>(strings: impl ExactSizeIterator<Item = &'s str> + Clone) -> Vec<u8> {
        let mut out = (strings.len() as u32).to_le_bytes().to_vec();
        let mut offset = 0u32;
        for string in strings.clone() {
            out.extend(offset.to_le_bytes());
            offset += string.len() as u32;
        }
        out.extend(offset.to_le_bytes());
        strings.for_each(|string| out.extend(string.as_bytes()));
        out
    }
}

/// Stems with their weights in parts of one: a number (`u16`) and a share (`u8`) each, scaled to sum to 1.
pub(super) fn pairs(bytes: &[u8]) -> impl Iterator<Item = (u32, f32)> + use<'_> {
    let total: u32 = bytes.chunks_exact(PAIR).map(|pair| u32::from(pair[2])).sum();
    let unit = 1.0 / total.max(1) as f32;
    bytes
        .chunks_exact(PAIR)
        .map(move |pair| (u32::from(u16::from_le_bytes([pair[0], pair[1]])), f32::from(pair[2]) * unit))
}

/// Writes stems and weights in this form; the greatest weight becomes 255, none less than 1.
pub(super) fn write_pairs(pairs: &[(u16, f32)], out: &mut Vec<u8>) {
    let max = pairs.iter().fold(f32::MIN_POSITIVE, |max, pair| max.max(pair.1));
    for &(stem, weight) in pairs {
        out.extend(stem.to_le_bytes());
        out.push((weight / max * 255.0).round().clamp(1.0, 255.0) as u8);
    }
}

fn part<'a>(offsets: &[u8], all: &'a [u8], number: usize) -> Option<&'a [u8]> {
    let start = u32_at(offsets, number.checked_mul(4)?)? as usize;
    let end = u32_at(offsets, (number + 1) * 4)? as usize;
    all.get(start..end)
}

/// The parts in order. One that begins before the end of an earlier one is empty, so that all of them together are no
/// longer than `all`, whatever the offsets say.
fn parts<'a>(offsets: &'a [u8], all: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut least = 0;
    (0..(offsets.len() / 4).saturating_sub(1)).map(move |number| {
        let start = u32_at(offsets, number * 4).unwrap_or(0) as usize;
        let part = part(offsets, all, number).filter(|_| start >= least).unwrap_or_default();
        least = least.max(start + part.len());
        part
    })
}

/// Pinyin and stems in a word's record.
fn record(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (&len, rest) = bytes.split_first()?;
    let (pinyin, pairs) = rest.split_at_checked(usize::from(len))?;
    Some((std::str::from_utf8(pinyin).ok()?, pairs))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_no_longer_than_the_whole() {
        let lens = |offsets: &[u32]| -> Vec<usize> {
            let offsets: Vec<u8> = offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect();
            parts(&offsets, b"duizhao").map(<[u8]>::len).collect()
        };
        assert_eq!(lens(&[0, 3, 3, 7]), [3, 0, 4]);
        assert_eq!(lens(&[0, 7, 0, 7, 1, u32::MAX]), [7, 0, 0, 0, 0]);
        assert_eq!(lens(&[u32::MAX, 7]), [0]);
        assert!(lens(&[]).is_empty());
    }
}
