//! The frame that the formats with a row a pair share (TSV, CSV, Markdown): a header once, then a row a record.
//! What a row looks like is the format's own.

use super::options::WriteOptions;
use super::record::Record;
use super::table::{cells, header};
use super::task::Task;
use crate::corpus::Bitext;
use crate::error::Result;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::marker::PhantomData;

/// How a format writes its rows.
pub trait RowStyle {
    /// Writes one row, if the options ask for the record.
    ///
    /// # Errors
    /// Those of the output.
    fn row(out: &mut dyn Write, cells: &[Cow<'_, str>]) -> io::Result<()>;

    /// Writes the row of the columns' names.
    ///
    /// # Errors
    /// Those of the output.
    fn header(out: &mut dyn Write, names: &[Cow<'_, str>]) -> io::Result<()> {
        Self::row(out, names)
    }
}

/// Writes a header and a row a pair: [`tsv::Writer`](super::tsv::Writer), [`csv::Writer`](super::csv::Writer) and
/// [`markdown::Writer`](super::markdown::Writer).
///
/// ```
/// use duizhao::corpus::{Record, tsv};
/// let mut out = Vec::new();
/// let mut writer = tsv::Writer::new(&mut out);
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// assert_eq!(String::from_utf8(out).unwrap().lines().nth(1), Some("茶凉了。\tThe tea is cold.\t1-1\t\t"));
/// # Ok::<(), duizhao::Error>(())
/// ```
pub struct RowWriter<W, S> {
    out: W,
    task: Task,
    begun: bool,
    style: PhantomData<S>,
}

impl<W: Write, S: RowStyle> RowWriter<W, S> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`], [`WriteOptions::min_confidence`] and
    /// [`WriteOptions::spreadsheet_safe`].
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        RowWriter { out, task: Task::new(options), begun: false, style: PhantomData }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.task.records(&bitext).try_for_each(|record| self.row(&record))
    }

    /// Writes one row, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if self.task.takes(record)? { self.row(record) } else { Ok(()) }
    }

    fn row(&mut self, record: &Record) -> Result<()> {
        self.begin()?;
        Ok(S::row(&mut self.out, &cells(record, &self.task.options))?)
    }

    fn begin(&mut self) -> Result<()> {
        if !self.begun {
            self.begun = true;
            let names: Vec<_> = header(&self.task.options).iter().map(|&name| Cow::Borrowed(name)).collect();
            S::header(&mut self.out, &names)?;
        }
        Ok(())
    }

    /// Writes the header if nothing has been written, and flushes the output.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.begin()?;
        Ok(self.out.flush()?)
    }
}

impl<W: fmt::Debug, S> fmt::Debug for RowWriter<W, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowWriter { out, task, begun, .. } = self;
        f.debug_struct("RowWriter").field("out", out).field("task", task).field("begun", begun).finish()
    }
}
