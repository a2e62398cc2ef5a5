//! Moses: two files, one a language, in which line N faces line N. A line break inside a text becomes a space.

use super::options::WriteOptions;
use super::record::Record;
use super::task::Task;
use super::text::fold_line;
use crate::corpus::Bitext;
use crate::error::{Error, ErrorKind, Result};
use crate::lines::Lines;
use std::io::{BufRead, Write};

/// Writes a line of each file a pair.
///
/// With [`WriteOptions::unpaired`] a sentence that faces nothing faces an empty line.
#[derive(Debug)]
pub struct Writer<Z, E> {
    zh: Z,
    en: E,
    task: Task,
}

impl<Z: Write, E: Write> Writer<Z, E> {
    /// A writer of a Chinese and an English file with the default options.
    pub fn new(zh: Z, en: E) -> Self {
        Self::with_options(zh, en, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`] and [`WriteOptions::min_confidence`].
    pub fn with_options(zh: Z, en: E, options: &WriteOptions) -> Self {
        Writer { zh, en, task: Task::new(options) }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.task.records(&bitext).try_for_each(|record| self.row(&record))
    }

    /// Writes one line of each file, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if self.task.takes(record)? { self.row(record) } else { Ok(()) }
    }

    fn row(&mut self, record: &Record) -> Result<()> {
        writeln!(self.zh, "{}", fold_line(&record.zh))?;
        Ok(writeln!(self.en, "{}", fold_line(&record.en))?)
    }

    /// Flushes both outputs.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.zh.flush()?;
        Ok(self.en.flush()?)
    }
}

/// Reads two files in step. Two empty lines are a pair of nothing, as the line numbers must stay in step.
///
/// Each item is a [`Record`], or an [`ErrorKind::Encoding`] or [`ErrorKind::Io`] error, or an
/// [`ErrorKind::Format`] error where one file ends before the other, with its line.
#[derive(Debug)]
pub struct Reader<Z, E> {
    zh: Lines<Z>,
    en: Lines<E>,
}

impl<Z: BufRead, E: BufRead> Reader<Z, E> {
    /// A reader of a Chinese and an English file.
    pub fn new(zh: Z, en: E) -> Self {
        Reader { zh: Lines::new(zh), en: Lines::new(en) }
    }

    fn read(&mut self) -> Result<Option<Record>> {
        match (self.zh.next_line()?, self.en.next_line()?) {
            (Some(zh), Some(en)) => Ok(Some(Record::new(zh, en))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(shorter("English", self.zh.number())),
            (None, Some(_)) => Err(shorter("Chinese", self.en.number())),
        }
    }
}

impl<Z: BufRead, E: BufRead> Iterator for Reader<Z, E> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn shorter(side: &str, line: u64) -> Error {
    Error::new(ErrorKind::Format, format!("the {side} file ends before this line of the other")).at_line(line)
}
