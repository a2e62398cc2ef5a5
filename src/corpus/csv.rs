//! Comma-separated values as RFC 4180 has them, with the columns of `tsv`. Texts keep their line breaks: what
//! holds a comma, a quotation mark or a line break is quoted.

use super::record::Record;
use super::rows::{RowStyle, RowWriter};
use super::table::Columns;
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;
use std::io::{self, BufRead, Write};

/// Writes a header and a row a pair.
pub type Writer<W> = RowWriter<W, Csv>;

/// The rows of comma-separated values.
#[derive(Debug)]
#[non_exhaustive]
pub struct Csv;

impl RowStyle for Csv {
    fn row(out: &mut dyn Write, cells: &[Cow<'_, str>]) -> io::Result<()> {
        let cells: Vec<_> = cells.iter().map(|cell| quote(cell)).collect();
        write!(out, "{}\r\n", cells.join(","))
    }
}

fn quote(cell: &str) -> Cow<'_, str> {
    // A byte order mark is quoted lest a reader takes it off the start of the file.
    if cell.contains(['"', ',', '\n', '\r', '\u{FEFF}']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Reads a pair a row; empty rows are skipped. Columns are found as [`tsv::Reader`](super::tsv::Reader) finds
/// them.
///
/// Each item is a [`Record`], or an [`ErrorKind::Format`], [`ErrorKind::Encoding`] or [`ErrorKind::Io`] error
/// with the line on which its row begins.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    row: Vec<u8>,
    line: u64,
    columns: Option<Columns>,
}

impl<R: BufRead> Reader<R> {
    /// A reader of comma-separated values.
    pub fn new(input: R) -> Self {
        Reader { input, row: Vec::new(), line: 0, columns: None }
    }

    fn read(&mut self) -> Result<Option<Record>> {
        loop {
            let begin = self.line + 1;
            if !self.next_row()? {
                return Ok(None);
            }
            if let Some(record) = self.record().map_err(|error| error.at_line(begin))? {
                return Ok(Some(record));
            }
        }
    }

    /// Reads lines until their quotation marks come in twos.
    fn next_row(&mut self) -> Result<bool> {
        self.row.clear();
        let mut open = false;
        loop {
            let from = self.row.len();
            if self.input.read_until(b'\n', &mut self.row)? == 0 {
                return Ok(!self.row.is_empty());
            }
            self.line += 1;
            open ^= self.row[from..].iter().filter(|&&byte| byte == b'"').count() % 2 == 1;
            if !open {
                return Ok(true);
            }
        }
    }

    /// The record of the row that was read; `None` for the header and for an empty row.
    fn record(&mut self) -> Result<Option<Record>> {
        let mut row = std::str::from_utf8(&self.row).map_err(|cause| {
            Error::new(ErrorKind::Encoding, "the row is not UTF-8; convert the file first").caused_by(cause)
        })?;
        if self.columns.is_none() {
            row = row.strip_prefix('\u{FEFF}').unwrap_or(row);
        }
        row = row.strip_suffix('\n').unwrap_or(row);
        row = row.strip_suffix('\r').unwrap_or(row);
        if row.is_empty() {
            return Ok(None);
        }
        let cells = split(row)?;
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        Columns::take(&mut self.columns, &cells)
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn split(mut row: &str) -> Result<Vec<Cow<'_, str>>> {
    let mut cells = Vec::new();
    loop {
        let (cell, rest) = match row.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = row.find(',').unwrap_or(row.len());
                (Cow::Borrowed(&row[..end]), &row[end..])
            }
        };
        cells.push(cell);
        match rest.strip_prefix(',') {
            Some(more) => row = more,
            None if rest.is_empty() => return Ok(cells),
            None => return Err(bad_quote("a closing quotation mark is followed by text")),
        }
    }
}

/// The cell whose opening quotation mark has been taken off, and what follows its closing one.
fn unquote(text: &str) -> Result<(Cow<'_, str>, &str)> {
    let mut cell = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let Some(end) = rest.find('"') else { return Err(bad_quote("a quotation mark is never closed")) };
        let (part, after) = (&rest[..end], &rest[end + 1..]);
        if cell.is_empty() {
            cell = Cow::Borrowed(part);
        } else {
            cell.to_mut().push_str(part);
        }
        match after.strip_prefix('"') {
            Some(more) => {
                cell.to_mut().push('"');
                rest = more;
            }
            None => return Ok((cell, after)),
        }
    }
}

fn bad_quote(message: &str) -> Error {
    Error::new(ErrorKind::Format, message)
}
