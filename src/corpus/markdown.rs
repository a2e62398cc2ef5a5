//! A Markdown table (GitHub's): a row a pair. What Markdown would take for markup is escaped.

use super::options::WriteOptions;
use super::record::{Record, each_record};
use super::table::{cells, header};
use super::text::fold_line;
use crate::corpus::Bitext;
use crate::error::Result;
use std::io::Write;

/// Writes a table.
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

    /// A writer that follows [`WriteOptions::unpaired`] and [`WriteOptions::min_confidence`].
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

    /// Writes one row.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        self.begin()?;
        let cells = cells(record, &self.options);
        let cells: Vec<_> = cells.iter().map(|cell| escape(cell)).collect();
        Ok(writeln!(self.out, "| {} |", cells.join(" | "))?)
    }

    fn begin(&mut self) -> Result<()> {
        if !self.begun {
            self.begun = true;
            let header = header(&self.options);
            writeln!(self.out, "| {} |", header.join(" | "))?;
            writeln!(self.out, "|{}", " --- |".repeat(header.len()))?;
        }
        Ok(())
    }

    /// Writes the head of the table if nothing has been written, and flushes the output.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn finish(&mut self) -> Result<()> {
        self.begin()?;
        Ok(self.out.flush()?)
    }
}

fn escape(text: &str) -> String {
    let text = fold_line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
