//! The ladder of hunalign: rungs `source⇥target⇥score` of sentence numbers; what lies between two rungs faces
//! each other. A ladder cannot cross itself, so a moved passage has no rung.

use super::options::WriteOptions;
use super::task::Task;
use crate::corpus::{Bitext, Record};
use crate::error::{Error, ErrorKind, Result};
use std::io::Write;

/// Writes the rungs of a bitext; those of the next bitext begin from 0 again, so write one a file.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::min_confidence`]: a pair below it has no rungs.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options) }
    }

    /// Writes the rungs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let mut at = (0, 0);
        for unit in &self.task.bitext(bitext)?.units {
            let Some((begin, end)) = unit.corners() else { continue };
            if unit.moved || begin.0 < at.0 || begin.1 < at.1 {
                continue;
            }
            if begin != at {
                self.rung(at, 0.0)?;
            }
            self.rung(begin, unit.score)?;
            at = end;
        }
        let last = (bitext.source.len(), bitext.target.len());
        if at != last {
            self.rung(at, 0.0)?;
        }
        self.rung(last, 0.0)
    }

    /// A ladder is made of whole texts.
    ///
    /// # Errors
    /// Always [`ErrorKind::Usage`].
    pub fn write_record(&mut self, _: &Record) -> Result<()> {
        Err(Error::new(ErrorKind::Usage, "a ladder needs sentence numbers, which single pairs do not have"))
    }

    fn rung(&mut self, (source, target): (usize, usize), score: f32) -> Result<()> {
        Ok(writeln!(self.out, "{source}\t{target}\t{score:.4}")?)
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
