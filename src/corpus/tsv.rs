//! Tab-separated values: a header line, then a pair a line. There is no quoting: a tab or line break inside a
//! text becomes a space, and every line has the same number of tabs.
//!
//! Columns: `zh`, `en`, `kind`, `score`, `confidence`, and `reason` where unpaired sentences are written too.
//! Read it with quoting switched off (pandas: `sep="\t", quoting=3`).

use super::options::WriteOptions;
use super::record::{Record, each_record};
use super::table::{Columns, cells, header};
use super::text::fold_line;
use crate::corpus::Bitext;
use crate::error::Result;
use crate::lines::Lines;
use std::io::{BufRead, Write};

/// Writes a header and a line a pair.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    options: WriteOptions,
    begun: bool,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`], [`WriteOptions::min_confidence`] and
    /// [`WriteOptions::spreadsheet_safe`].
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, options: options.clone(), begun: false }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let options = self.options.clone();
        each_record(bitext, &options, |record| self.write_record(&record))
    }

    /// Writes one line.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        self.begin()?;
        let cells = cells(record, &self.options);
        let cells: Vec<_> = cells.iter().map(|cell| fold_line(cell)).collect();
        Ok(writeln!(self.out, "{}", cells.join("\t"))?)
    }

    fn begin(&mut self) -> Result<()> {
        if !self.begun {
            self.begun = true;
            writeln!(self.out, "{}", header(&self.options).join("\t"))?;
        }
        Ok(())
    }

    /// Writes the header if nothing has been written, and flushes the output.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn finish(&mut self) -> Result<()> {
        self.begin()?;
        Ok(self.out.flush()?)
    }
}

/// Reads a pair a line; blank lines are skipped.
///
/// If the first line has cells named `zh` and `en`, it says what the columns are; if not, the first column is
/// Chinese, the second English, and the third, if all of it is a number, the confidence. Every line must have
/// as many cells as the first.
///
/// Each item is a [`Record`], or an error of format, encoding or input with its line.
pub struct Reader<R> {
    lines: Lines<R>,
    columns: Option<Columns>,
}

impl<R: BufRead> Reader<R> {
    /// A reader of tab-separated values.
    pub fn new(input: R) -> Self {
        Reader { lines: Lines::new(input), columns: None }
    }

    fn read(&mut self) -> Result<Option<Record>> {
        while let Some(line) = self.lines.next_line()? {
            if line.is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let columns = match &self.columns {
                Some(columns) => columns,
                None => {
                    let (columns, is_header) = Columns::of_first_row(&cells);
                    let columns = self.columns.insert(columns);
                    if is_header {
                        continue;
                    }
                    columns
                }
            };
            let record = columns.record(&cells);
            return record.map(Some).map_err(|error| error.at_line(self.lines.number()));
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
