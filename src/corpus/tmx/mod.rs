//! TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005): a `tu` a pair.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;

/// Names of the properties that a unit carries. `prev` and `next` are those under which OmegaT looks for context.
mod property {
    pub(super) const KIND: &str = "x-kind";
    pub(super) const SCORE: &str = "x-score";
    pub(super) const CONFIDENCE: &str = "x-confidence";
    pub(super) const REASON: &str = "x-reason";
    pub(super) const PREVIOUS: &str = "prev";
    pub(super) const NEXT: &str = "next";
}
