//! A user's own terms, which outrank the embedded lexicon.

use super::cedict::Entry;
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Characters of the longest Chinese term; a longer one would be a sentence.
pub(super) const MAX_TERM: usize = 64;

/// A user's own terms: Chinese words with their English glosses.
///
/// ```
/// use duizhao::lexicon::{Glossary, Lexicon};
/// let glossary = Glossary::parse("# characters\n韦小宝\tTrinket\n天地会\tTriad Society; Triads\n")?;
/// let lexicon = Lexicon::empty().with_glossary(&glossary);
/// let word = lexicon.word("韦小宝").unwrap();
/// let (stem, weight) = lexicon.translations(word).next().unwrap();
/// assert_eq!((lexicon.stem_text(stem), weight), ("trinket", 1.0));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Glossary {
    terms: BTreeMap<String, Vec<String>>,
}

impl Glossary {
    /// A glossary without terms.
    pub fn new() -> Self {
        Glossary::default()
    }

    /// Adds a term; alternatives in `english` are parted by `;` or `/`. A term that is there gets them added.
    pub fn insert(&mut self, chinese: &str, english: &str) {
        let alternatives = english.split([';', '/']).map(str::trim).filter(|english| !english.is_empty());
        self.terms.entry(chinese.trim().to_owned()).or_default().extend(alternatives.map(str::to_owned));
    }

    /// Reads terms, one a line: `Chinese⇥English`, or as CC-CEDICT has them; each line is told apart by its
    /// form. Empty lines and those that begin with `#` are passed over, and so is a third column.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] with the line, if it has neither form, lacks one side, or is far too long.
    pub fn parse(text: &str) -> Result<Self> {
        let mut glossary = Glossary::new();
        for (line, number) in text.trim_start_matches('\u{FEFF}').lines().zip(1..) {
            if !line.trim().is_empty() && !line.starts_with('#') {
                glossary.add_line(line).map_err(|error| error.at_line(number))?;
            }
        }
        Ok(glossary)
    }

    /// Reads terms from a file in UTF-8, as [`Glossary::parse`] does.
    ///
    /// # Errors
    /// If the file cannot be read, is not UTF-8, or has a line of another form; the error names the file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let file = path.as_ref().display();
        let bytes = std::fs::read(path.as_ref()).map_err(|error| Error::from(error).in_file(&file))?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            Error::new(ErrorKind::Encoding, "a glossary must be UTF-8; convert it first")
                .in_file(&file)
                .at_byte(error.valid_up_to() as u64)
                .caused_by(error)
        })?;
        Glossary::parse(text).map_err(|error| error.in_file(&file))
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms and their English alternatives, by code point of the Chinese.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.terms.iter().map(|(chinese, english)| (chinese.as_str(), english.as_slice()))
    }

    fn add_line(&mut self, line: &str) -> Result<()> {
        let wrong = |message: &str| Error::new(ErrorKind::Format, message);
        if line.contains('\t') {
            let mut columns = line.split('\t').map(str::trim);
            let (chinese, english) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            return self.add_term(chinese, english);
        }
        let entry = Entry::parse(line.trim()).ok_or_else(|| {
            wrong("expected two columns parted by a tab (Chinese, English), or a CC-CEDICT entry")
        })?;
        let english = entry.meaning().glosses.join("/");
        self.add_term(entry.simplified, &english)?;
        if entry.traditional == entry.simplified {
            Ok(())
        } else {
            self.add_term(entry.traditional, &english)
        }
    }

    fn add_term(&mut self, chinese: &str, english: &str) -> Result<()> {
        let wrong = |message: String| Err(Error::new(ErrorKind::Format, message));
        if chinese.is_empty() {
            return wrong("the Chinese side is empty".into());
        }
        if !english.chars().any(char::is_alphanumeric) {
            return wrong("the English side is empty".into());
        }
        if chinese.chars().count() > MAX_TERM {
            return wrong(format!("a Chinese term has at most {MAX_TERM} characters"));
        }
        self.insert(chinese, english);
        Ok(())
    }
}

impl<Z: AsRef<str>, E: AsRef<str>> Extend<(Z, E)> for Glossary {
    /// Adds terms as [`Glossary::insert`] does.
    fn extend<I: IntoIterator<Item = (Z, E)>>(&mut self, terms: I) {
        terms.into_iter().for_each(|(chinese, english)| self.insert(chinese.as_ref(), english.as_ref()));
    }
}

/// ```
/// use duizhao::lexicon::Glossary;
/// let glossary: Glossary = [("韦小宝", "Trinket"), ("天地会", "Triad Society; Triads")].into_iter().collect();
/// assert_eq!(glossary.len(), 2);
/// ```
impl<Z: AsRef<str>, E: AsRef<str>> FromIterator<(Z, E)> for Glossary {
    fn from_iter<I: IntoIterator<Item = (Z, E)>>(terms: I) -> Self {
        let mut glossary = Glossary::new();
        glossary.extend(terms);
        glossary
    }
}
