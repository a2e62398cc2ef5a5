//! What a person has said of an alignment, as the review page exports it: JSON Lines of pairs, so that every
//! reader of the `jsonl` format takes them as a corpus, with keys that say what was checked and which sentences
//! of the article each line is about.

use super::record::spans;
use super::text::caused;
use crate::error::Result;
use crate::lines::Lines;
use crate::reason::Reason;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::io::BufRead;

/// The corrections of one article, line by line.
///
/// ```
/// use duizhao::corpus::Corrections;
/// let file = r#"{"zh":"茶凉了。","en":"The tea is cold.","status":"right",
///     "zh_sentences":[{"id":0,"text":"茶凉了。"}],"en_sentences":[{"id":0,"text":"The tea is cold."}]}"#;
/// let corrections = Corrections::read(file.replace('\n', "").as_bytes())?;
/// assert_eq!(corrections.right().count(), 1);
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Corrections {
    /// The lines in order.
    pub lines: Vec<Correction>,
}

/// What is said of one unit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// The number of its line in the file, from 1.
    #[serde(skip)]
    pub line: u64,
    /// Whether a person has marked it.
    pub status: Status,
    /// Its Chinese sentences, as the article has them.
    pub zh_sentences: Vec<CorrectedSentence>,
    /// Its English sentences.
    pub en_sentences: Vec<CorrectedSentence>,
    /// Where the Chinese sentences stand in the text they came from, in bytes.
    #[serde(with = "spans")]
    pub zh_spans: Vec<Span>,
    /// Where the English sentences stand in the text they came from, in bytes.
    #[serde(with = "spans")]
    pub en_spans: Vec<Span>,
    /// Why it faces nothing.
    pub reason: Option<Reason>,
}

/// What a person has said of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Nothing; it is as it was found.
    #[default]
    Found,
    /// It was changed, but not marked as right.
    Changed,
    /// It is right.
    Right,
}

/// A sentence of a [`Correction`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectedSentence {
    /// Its number on its side when the page was made, from 0.
    pub id: usize,
    /// Its text in the article.
    pub text: String,
    /// Its text as a person changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
}

impl Corrections {
    /// Reads a correction a line; blank lines are skipped, and so are keys that are not known.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) or [`ErrorKind::Encoding`](crate::ErrorKind::Encoding)
    /// with the line; [`ErrorKind::Io`](crate::ErrorKind::Io).
    pub fn read(input: impl BufRead) -> Result<Self> {
        let mut lines = Lines::new(input);
        let mut corrections = Corrections::default();
        while let Some(line) = lines.next_line()? {
            if line.trim().is_empty() {
                continue;
            }
            let correction = serde_json::from_str::<Correction>(line);
            let correction =
                correction.map_err(|cause| caused("not a correction", cause).at_line(lines.number()))?;
            corrections.lines.push(Correction { line: lines.number(), ..correction });
        }
        Ok(corrections)
    }

    /// The lines that a person has marked as right.
    pub fn right(&self) -> impl Iterator<Item = &Correction> {
        self.lines.iter().filter(|line| line.status == Status::Right)
    }
}
