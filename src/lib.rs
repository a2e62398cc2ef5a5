//! Turns mixed-language Chinese–English articles, or two texts, into an aligned corpus.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod alignment;
mod article;
pub mod corpus;
mod error;
pub mod eval;
mod ids;
mod language;
mod lines;
pub mod segment;
mod span;

pub use alignment::{Alignment, Bead};
pub use article::{Article, Block, BlockKind, Format, Piece, Sentence};
pub use error::{Error, ErrorKind, Result};
pub use ids::IdBead;
pub use language::{Language, Scripts, detect, is_han};
pub use span::Span;
