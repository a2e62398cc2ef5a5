//! JSON Lines: an object a pair. Loads as it is with `datasets.load_dataset("json")` and with pandas.
//!
//! Keys: `zh`, `en`, `kind`, `score`, `confidence`, `zh_spans`, `en_spans`, and `reason` where unpaired sentences
//! are written too. Every line has the same keys, so that a loader finds one schema. Score and confidence have
//! four decimals at most.

use super::options::WriteOptions;
use super::record::{Record, spans};
use super::task::Task;
use super::text::{caused, rounded};
use crate::corpus::Bitext;
use crate::error::{Error, ErrorKind, Result};
use crate::lines::Lines;
use crate::reason::Reason;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

/// Writes an object a line.
///
/// ```
/// use duizhao::corpus::{Record, jsonl};
/// let mut out = Vec::new();
/// let mut writer = jsonl::Writer::new(&mut out);
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// let back = jsonl::Reader::new(out.as_slice()).next().unwrap()?;
/// assert_eq!((back.zh.as_str(), back.en.as_str()), ("茶凉了。", "The tea is cold."));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
    shape: Shape,
    /// The line in work: it is handed on whole.
    buffer: Vec<u8>,
}

/// Which object stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Flat,
    /// `{"translation": {"zh": …, "en": …}}`, as Hugging Face's translation data sets have it.
    Nested,
}

#[derive(Serialize)]
struct Flat<'a> {
    zh: &'a str,
    en: &'a str,
    kind: &'a str,
    score: Option<f64>,
    confidence: Option<f64>,
    #[serde(serialize_with = "spans::serialize")]
    zh_spans: &'a [Span],
    #[serde(serialize_with = "spans::serialize")]
    en_spans: &'a [Span],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Option<Reason>>,
}

#[derive(Serialize)]
struct Nested<'a> {
    translation: Texts<'a>,
}

#[derive(Serialize)]
struct Texts<'a> {
    zh: &'a str,
    en: &'a str,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`] and [`WriteOptions::min_confidence`].
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options), shape: Shape::Flat, buffer: Vec::new() }
    }

    /// A writer of the shape `{"translation": {"zh": …, "en": …}}` that Hugging Face's data sets have.
    pub fn nested(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options), shape: Shape::Nested, buffer: Vec::new() }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.task.records(&bitext).try_for_each(|record| self.row(&record))
    }

    /// Writes one line, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if self.task.takes(record)? { self.row(record) } else { Ok(()) }
    }

    fn row(&mut self, record: &Record) -> Result<()> {
        match self.shape {
            Shape::Flat => self.line(&Flat {
                zh: &record.zh,
                en: &record.en,
                kind: &record.kind,
                score: record.score.map(rounded),
                confidence: record.confidence.map(rounded),
                zh_spans: &record.zh_spans,
                en_spans: &record.en_spans,
                reason: self.task.options.unpaired.then_some(record.reason),
            }),
            Shape::Nested => self.line(&Nested { translation: Texts { zh: &record.zh, en: &record.en } }),
        }
    }

    fn line(&mut self, line: &impl Serialize) -> Result<()> {
        self.buffer.clear();
        serde_json::to_writer(&mut self.buffer, line).map_err(std::io::Error::from)?;
        self.buffer.push(b'\n');
        Ok(self.out.write_all(&self.buffer)?)
    }

    /// Flushes the output.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        Ok(self.out.flush()?)
    }
}

/// Reads an object a line, of either shape; blank lines and unknown keys are skipped.
///
/// Each item is a [`Record`], or an [`ErrorKind::Format`], [`ErrorKind::Encoding`] or [`ErrorKind::Io`] error
/// with its line. After an error of format the next line can still be read.
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
}

/// Any line that can be read.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    zh: Option<String>,
    en: Option<String>,
    kind: Option<String>,
    score: Option<f32>,
    confidence: Option<f32>,
    #[serde(deserialize_with = "spans::deserialize")]
    zh_spans: Vec<Span>,
    #[serde(deserialize_with = "spans::deserialize")]
    en_spans: Vec<Span>,
    reason: Option<Reason>,
    translation: Option<Translation>,
}

#[derive(Deserialize)]
struct Translation {
    zh: Option<String>,
    en: Option<String>,
}

impl<R: BufRead> Reader<R> {
    /// A reader of JSON Lines.
    pub fn new(input: R) -> Self {
        Reader { lines: Lines::new(input) }
    }

    fn read(&mut self) -> Result<Option<Record>> {
        while let Some(line) = self.lines.next_line()? {
            if !line.trim().is_empty() {
                let record = parse(line);
                return record.map(Some).map_err(|error| error.at_line(self.lines.number()));
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn parse(line: &str) -> Result<Record> {
    let line: Line = serde_json::from_str(line).map_err(|cause| caused("not a pair", cause))?;
    let (zh, en) = match line.translation {
        Some(nested) => (nested.zh, nested.en),
        None => (line.zh, line.en),
    };
    if zh.is_none() && en.is_none() {
        return Err(Error::new(ErrorKind::Format, "expected an object with the keys `zh` and `en`"));
    }
    let plain = Record::new(zh.unwrap_or_default(), en.unwrap_or_default());
    Ok(Record {
        kind: line.kind.unwrap_or(plain.kind),
        score: line.score,
        confidence: line.confidence,
        zh_spans: line.zh_spans,
        en_spans: line.en_spans,
        reason: line.reason.or(plain.reason),
        ..plain
    })
}
