//! The corpus: [`Bitext`], what aligning gives, and the formats it is written to and read from.
//!
//! | format | written | read |
//! |---|---|---|
//! | [`jsonl`], Hugging Face's shape of it, [`tsv`], [`csv`], [`tmx`], [`xliff`], `xlsx` | pairs | yes |
//! | [`moses`], two files | pairs | yes |
//! | [`intertext`], three files; [`ids`]; [`ladder`] | sentences and their numbers | – |
//! | [`markdown`], [`html`] | for people | – |
//!
//! [`write()`] and [`read`] take any format by its name. Each format has a module with a `Writer`, and where it
//! holds texts a `Reader` of [`Record`]s; a writer takes any number of bitexts, or records, and ends with `finish`
//! ([`CorpusWriter`] says what holds for all of them). [`filter`] takes out what a training corpus should not
//! hold, [`stats`] counts what is in one.

mod bitext;
mod corrections;
pub mod csv;
pub mod filter;
mod format;
pub mod html;
pub mod ids;
pub mod intertext;
pub mod jsonl;
pub mod ladder;
pub mod markdown;
mod measure;
pub mod moses;
mod options;
mod pair;
mod record;
mod rows;
mod script;
pub mod stats;
mod table;
mod task;
mod text;
pub mod tmx;
pub mod tsv;
pub mod xliff;
#[cfg(feature = "xlsx")]
pub mod xlsx;
mod xml;

pub use crate::reason::Reason;
pub use bitext::{Bitext, Edit, Origin, Unit, Unplaced};
pub use corrections::{CorrectedSentence, Correction, Corrections, Status};
pub use format::{CorpusWriter, OutputFormat, Records, convert, read, write, writer};
pub use options::WriteOptions;
pub use pair::Pair;
pub use record::Record;
pub use rows::{RowStyle, RowWriter};
