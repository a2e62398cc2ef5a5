//! Sentence segmentation: tables of cases per language, and what must hold for every splitter on every text.

#[path = "segment/cases.rs"]
mod cases;
#[path = "segment/properties.rs"]
mod properties;
