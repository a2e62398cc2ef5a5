//! A lexicon revised: words that mean other things than before, and further words; and the bytes of one.

use super::parts::{MOST_STEMS, Parts};
use super::prior::scale;
use super::table::Table;
use super::terms::Terms;
use super::{Lexicon, MAX_STEMS};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// What has been seen of a word: its form, and how often it was found to mean each stem.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Lesson {
    pub form: String,
    pub stems: Vec<(String, f32)>,
}

impl Lexicon {
    /// The lexicon with what lessons teach: what a word meant before counts as `prior` observations. A form that is
    /// no word becomes one. Of new stems as many come in as there is room for, those most often seen first.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if there are more characters than a lexicon can hold.
    pub(crate) fn revised(&self, lessons: &[Lesson], prior: f32, notice: &str) -> Result<Lexicon> {
        let mut parts = Parts::of(self)?;
        let fitting = fitting(lessons, &parts);
        for Lesson { form, stems } in lessons {
            let fits = |stem: &&(String, f32)| parts.stems.has(&stem.0) || fitting.contains(stem.0.as_str());
            let seen: Vec<(String, f32)> = stems.iter().filter(fits).cloned().collect();
            // A new word without meaning would hide its parts.
            if seen.is_empty() {
                continue;
            }
            let word = parts.word(form)?;
            let seen = parts.numbered(&seen);
            let meanings = &mut parts.words[word].stems;
            meanings.iter_mut().for_each(|(_, weight)| *weight *= prior);
            for (stem, count) in seen {
                match meanings.iter_mut().find(|known| known.0 == stem) {
                    Some((_, weight)) => *weight += count,
                    None => meanings.push((stem, count)),
                }
            }
            // By number as well, so that equal weights have one order.
            meanings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            meanings.truncate(MAX_STEMS);
            scale(meanings);
        }
        if !notice.is_empty() {
            parts.notice = [parts.notice.trim(), notice].join(" ").trim().to_owned();
        }
        Ok(Lexicon { table: Table::from_vec(parts.write()?)?, terms: None })
    }

    /// The lexicon with further words whose meaning is not known, in place of a glossary.
    pub(crate) fn with_words<'a>(&self, forms: impl Iterator<Item = &'a String>) -> Lexicon {
        Lexicon { table: self.table.clone(), terms: Some(Arc::new(Terms::bare(forms, &self.table))) }
    }

    /// The bytes of the lexicon, which [`Lexicon::load`] takes: its glossary has become part of it. Equal
    /// lexicons give equal bytes. A glossary's term is known there as it is written and in simplified characters (one
    /// that is written in these is not found in traditional text any more); those of more than 64 characters are left
    /// out.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if the glossary has more stems or characters than fit.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        if self.terms.is_some() || self.table.all().is_empty() {
            Parts::of(self)?.write()
        } else {
            Ok(self.table.all().to_vec())
        }
    }

    /// Writes the lexicon to a file that [`Lexicon::open`] reads.
    ///
    /// # Errors
    /// As [`Lexicon::to_bytes`], or if the file cannot be written; the error names it.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        std::fs::write(path, self.to_bytes()?).map_err(|error| Error::from(error).in_file(path.display()))
    }
}

/// The new stems that there is room for.
fn fitting<'a>(lessons: &'a [Lesson], parts: &Parts) -> HashSet<&'a str> {
    let mut counts: BTreeMap<&str, f32> = BTreeMap::new();
    for (stem, count) in lessons.iter().flat_map(|lesson| &lesson.stems) {
        if !parts.stems.has(stem) {
            *counts.entry(stem).or_insert(0.0) += count;
        }
    }
    let mut stems: Vec<(&str, f32)> = counts.into_iter().collect();
    stems.sort_by(|a, b| b.1.total_cmp(&a.1));
    stems.into_iter().take(MOST_STEMS.saturating_sub(parts.stems.len())).map(|(stem, _)| stem).collect()
}
