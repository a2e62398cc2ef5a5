//! XLIFF 2.0, the localisation interchange format (OASIS, 2014): a `unit` with one `segment` a pair, Chinese as
//! the source. Score and confidence stand in the metadata module, which tools pass on.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;

/// The namespace of version 2.0; those of 2.1 and 2.2 are the same or begin in the same way.
const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:2.0";
/// The namespace of the metadata module.
const METADATA: &str = "urn:oasis:names:tc:xliff:metadata:2.0";

/// Names of the metadata that a unit carries.
mod meta {
    use crate::corpus::xml::Notes;

    pub(super) const GROUP: &str = "duizhao";
    pub(super) const NOTES: Notes =
        Notes { kind: "kind", score: "score", confidence: "confidence", reason: "reason" };
}
