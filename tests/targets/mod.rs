//! What must hold for any input, one function for each way in. The fuzz targets (`fuzz/`) call these with what
//! the fuzzer makes up, `tests/replay.rs` with the seeds and with every input that was once a fault.
#![allow(dead_code)] // Each user takes a part.

#[cfg(feature = "xlsx")]
pub mod book;
pub mod corpora;
pub mod corrections;
pub mod engine;
pub mod kept;
pub mod texts;

/// A name and what is done with its inputs; it panics where something does not hold.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("read", texts::read),
    ("segment", texts::segment),
    ("page", texts::page),
    ("sentences", texts::sentences),
    ("engine", engine::engine),
    ("jsonl", corpora::jsonl),
    ("tsv", corpora::tsv),
    ("csv", corpora::csv),
    ("tmx", corpora::tmx),
    ("xliff", corpora::xliff),
    #[cfg(feature = "xlsx")]
    ("xlsx", book::xlsx),
    ("moses", corpora::moses),
    ("ids", corpora::ids),
    ("lexicon", corpora::lexicon),
    ("corrections", corrections::corrections),
];
