//! Sentence numbers, `[0, 1]:[2]` a line, as vecalign and Bertalign write them. The texts are not in it, so
//! what is read back are [`IdBead`]s: [`IdBead::read_all`].

use super::options::WriteOptions;
use super::record::Record;
use super::task::Task;
use crate::corpus::Bitext;
use crate::error::Result;
use crate::ids::IdBead;
use std::io::Write;

/// Writes every unit of a bitext, those without counterpart too: all numbers of both sides are in the file.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
    next: (usize, usize),
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::min_confidence`]: a pair below it is written as two nulls.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options), next: (0, 0) }
    }

    /// Writes the units of a bitext, by the indices of its sentences.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        for unit in &self.task.bitext(bitext)?.units {
            self.write_bead(&unit.into())?;
        }
        Ok(())
    }

    /// Writes one line.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write_bead(&mut self, bead: &IdBead) -> Result<()> {
        self.task.check()?;
        Ok(writeln!(self.out, "{bead}")?)
    }

    /// Writes a record as the next sentences of both sides, as many as its kind says, whatever the options ask
    /// for: without one the numbers of the next would be wrong.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        let (n, m) = record.counts();
        let (i, j) = self.next;
        self.next = (i + n, j + m);
        self.write_bead(&IdBead::new((i..i + n).collect::<Vec<_>>(), (j..j + m).collect::<Vec<_>>()))
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
