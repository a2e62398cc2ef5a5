//! Reads a workbook, cell by cell, so that a sheet with a cell in its far corner costs no more than its cells.

use crate::corpus::record::Record;
use crate::corpus::table::{Columns, column_of};
use crate::corpus::text::caused;
use crate::error::{Error, ErrorKind, Result};
use calamine::{DataRef, Reader as _, Xlsx};
use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor, Read};
use zip::ZipArchive;

/// Bytes that the parts of a workbook may take unpacked: more than a full sheet of long sentences. Workbooks are
/// packed, up to a thousand times smaller, so a small file could fill the memory.
const MOST_BYTES: u64 = 1 << 30;
/// Columns that are looked at.
const MOST_COLUMNS: u32 = 64;

/// Reads a pair a row of every sheet whose first row tells columns; other sheets and empty rows are skipped.
/// Columns are found as [`tsv::Reader`](crate::corpus::tsv::Reader) finds them, but every sheet needs a header if
/// there are several.
///
/// The workbook is read as a whole by [`new`](Reader::new). Each item is a [`Record`], or an
/// [`ErrorKind::Format`] error with its row as the line.
#[derive(Debug)]
pub struct Reader {
    records: VecDeque<Result<Record>>,
}

impl Reader {
    /// A reader of a workbook.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the input fails, [`ErrorKind::Format`] if it is no workbook, [`ErrorKind::Limit`] if
    /// it is larger, unpacked, than a gibibyte.
    pub fn new(mut input: impl BufRead) -> Result<Self> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        check_size(&bytes, MOST_BYTES)?;
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(not_a_workbook)?;
        let mut reader = Reader { records: VecDeque::new() };
        let names = book.sheet_names();
        let alone = names.len() == 1;
        for name in names {
            reader.sheet(&mut book, &name, alone)?;
        }
        Ok(reader)
    }

    fn sheet(&mut self, book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, alone: bool) -> Result<()> {
        let Ok(mut cells) = book.worksheet_cells_reader(name) else {
            // A sheet that holds a chart has no cells.
            return Ok(());
        };
        let mut sheet = Sheet { row: Vec::new(), number: 0, columns: None, alone, skipped: false };
        while let Some(cell) = cells.next_cell().map_err(not_a_workbook)? {
            let (row, column) = cell.get_position();
            if sheet.skipped {
                break;
            }
            if u64::from(row) + 1 != sheet.number {
                self.records.extend(sheet.take());
                sheet.number = u64::from(row) + 1;
            }
            if column < MOST_COLUMNS {
                sheet.put(column as usize, cell.get_value());
            }
        }
        self.records.extend(sheet.take());
        Ok(())
    }
}

impl Iterator for Reader {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.records.pop_front()
    }
}

/// A sheet while it is being read.
struct Sheet {
    row: Vec<String>,
    /// The number of the row, from 1; 0 before the first.
    number: u64,
    columns: Option<Columns>,
    alone: bool,
    /// Whether it is none of ours.
    skipped: bool,
}

impl Sheet {
    fn put(&mut self, column: usize, value: &DataRef<'_>) {
        let text = match value {
            DataRef::String(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Bool(yes) => yes.to_string(),
            _ => return,
        };
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.row[column] = text;
    }

    /// The record of the row that is complete.
    fn take(&mut self) -> Option<Result<Record>> {
        let mut row = std::mem::take(&mut self.row);
        if row.iter().all(String::is_empty) || self.skipped {
            return None;
        }
        match &self.columns {
            // Empty cells at the end of a row are not in the file.
            Some(columns) => row.resize(columns.width().max(row.len()), String::new()),
            None if !self.alone && !is_header(&row) => {
                self.skipped = true;
                return None;
            }
            None => row.resize(row.len().max(2), String::new()),
        }
        row.truncate(self.columns.as_ref().map_or(row.len(), Columns::width));
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        let record = Columns::take(&mut self.columns, &cells);
        record.map_err(|error| error.at_line(self.number)).transpose()
    }
}

fn is_header(row: &[String]) -> bool {
    ["zh", "en"].into_iter().all(|name| row.iter().any(|cell| column_of(cell) == Some(name)))
}

/// Unpacks everything once, into nothing, to know how large it is: what an archive says of itself may be wrong.
fn check_size(bytes: &[u8], most: u64) -> Result<()> {
    let no_archive = |cause| caused("not an Excel workbook (.xlsx)", cause);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(no_archive)?;
    let mut left = most;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(no_archive)?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink());
        let size = size.map_err(|cause| caused("the workbook is damaged", cause))?;
        left = left.checked_sub(size).ok_or_else(|| {
            Error::new(ErrorKind::Limit, "the workbook is larger, unpacked, than a gibibyte")
        })?;
    }
    Ok(())
}

fn not_a_workbook(cause: calamine::XlsxError) -> Error {
    caused("not an Excel workbook (.xlsx)", cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::xlsx::Writer;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        writer.write_record(&Record::new("长".repeat(10_000), "Long.")).unwrap();
        writer.finish().unwrap();
        assert!(out.len() < 20_000, "it is packed");
        let error = check_size(&out, 20_000).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        check_size(&out, MOST_BYTES).unwrap();
    }
}
