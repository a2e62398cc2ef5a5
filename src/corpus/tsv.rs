//! Tab-separated values: a header line, then a pair a line. There is no quoting: a tab or line break inside a
//! text becomes a space, and every line has the same number of tabs.
//!
//! Columns: `zh`, `en`, `kind`, `score`, `confidence`, and `reason` where unpaired sentences are written too.
//! Read it with quoting switched off (pandas: `sep="\t", quoting=3`).

use super::record::Record;
use super::rows::{RowStyle, RowWriter};
use super::table::Columns;
use super::text::fold_line;
use crate::error::Result;
use crate::lines::Lines;
use std::borrow::Cow;
use std::io::{self, BufRead, Write};

/// Writes a header and a line a pair.
pub type Writer<W> = RowWriter<W, Tsv>;

/// The rows of tab-separated values.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tsv;

impl RowStyle for Tsv {
    fn row(out: &mut dyn Write, cells: &[Cow<'_, str>]) -> io::Result<()> {
        let cells: Vec<_> = cells.iter().map(|cell| fold_line(cell)).collect();
        writeln!(out, "{}", cells.join("\t"))
    }
}

/// Reads a pair a line; blank lines are skipped.
///
/// If the first line has cells named `zh` and `en` (or `zh-CN`, `Chinese`, `中文` and the like), it says what the
/// columns are; if not, the first column is
/// Chinese, the second English, and the third, if all of it is a number, the confidence. Every line must have
/// as many cells as the first.
///
/// Each item is a [`Record`], or an error of format, encoding or input with its line.
#[derive(Debug)]
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
            let record = Columns::take(&mut self.columns, &cells);
            if let Some(record) = record.map_err(|error| error.at_line(self.lines.number()))? {
                return Ok(Some(record));
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
