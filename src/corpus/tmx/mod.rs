//! TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005): a `tu` a pair, its score and
//! confidence with four decimals at most. Spans are not in it.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;

/// Names of the properties that a unit carries. Context stands where tools look for it, which is in three places:
/// OmegaT under `prev` and `next` of the unit; MateCat, MyMemory and Lara under `x-context-pre` and `x-context-post`
/// of the unit; memoQ under these names in the source variant, there as the markup of a `seg` that is escaped.
mod property {
    use crate::corpus::xml::Notes;

    pub(super) const NOTES: Notes =
        Notes { kind: "x-kind", score: "x-score", confidence: "x-confidence", reason: "x-reason" };
    pub(super) const PREVIOUS: &str = "prev";
    pub(super) const NEXT: &str = "next";
    pub(super) const BEFORE: &str = "x-context-pre";
    pub(super) const AFTER: &str = "x-context-post";
}
