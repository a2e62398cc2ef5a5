//! Turns mixed-language Chinese–English articles, or two texts, into an aligned corpus.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod align;
mod aligner;
mod alignment;
mod article;
pub mod corpus;
mod error;
pub mod eval;
mod ids;
mod language;
mod lattice;
mod layout;
pub mod lexicon;
mod lines;
mod pipeline;
pub mod read;
mod reason;
pub mod score;
pub mod segment;
mod span;

pub use aligner::{Aligner, Builder};
pub use alignment::{Alignment, Bead};
pub use article::{Article, Block, BlockKind, Format, Piece, Sentence};
pub use error::{Error, ErrorKind, Result};
pub use ids::IdBead;
pub use language::{Language, Scripts, detect, is_han};
pub use layout::Layout;
pub use pipeline::{
    ArticleOptions, BlockNote, Corrected, Explanation, Mended, Remark, align_article, align_texts,
};
pub use reason::Reason;
pub use span::Span;

// The code in the README is tested with the rest.
#[cfg(all(doctest, feature = "lexicon"))]
#[doc = include_str!("../README.md")]
struct Readme;
