//! What all writers do alike: they follow their options, take bitexts that hold together only, and nothing more once
//! they have ended. Linear in what is written.

use super::options::WriteOptions;
use super::record::Record;
use crate::corpus::Bitext;
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;

/// What a writer was asked for, and whether it has ended.
#[derive(Debug)]
pub(super) struct Task {
    pub options: WriteOptions,
    ended: bool,
}

impl Task {
    pub fn new(options: &WriteOptions) -> Self {
        Task { options: options.clone(), ended: false }
    }

    /// An error if the writer has ended.
    pub fn check(&self) -> Result<()> {
        match self.ended {
            false => Ok(()),
            true => Err(Error::new(ErrorKind::Usage, "nothing can be written after `finish`")),
        }
    }

    /// The bitext with the pairs that are as sure as asked, if it is sound.
    pub fn bitext<'b>(&self, bitext: &'b Bitext) -> Result<Cow<'b, Bitext>> {
        self.check()?;
        bitext.validate()?;
        Ok(bitext.at_least(self.options.min_confidence))
    }

    /// The rows of such a bitext that the options ask for, in order. A pair that is less sure than asked is two
    /// units without counterpart in it.
    pub fn records<'b>(&self, bitext: &'b Bitext) -> impl Iterator<Item = Record> + use<'b> {
        let unpaired = self.options.unpaired;
        bitext.views().filter(move |pair| unpaired || pair.unit().is_pair()).map(Record::from)
    }

    /// Whether the options ask for a record.
    pub fn takes(&self, record: &Record) -> Result<bool> {
        self.check()?;
        Ok(self.options.take(record))
    }

    /// Ends the writer.
    pub fn end(&mut self) -> Result<()> {
        self.check()?;
        self.ended = true;
        Ok(())
    }
}
