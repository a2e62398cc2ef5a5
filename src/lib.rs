//! Turns mixed-language Chinese–English articles, or two texts, into an aligned corpus.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod alignment;
mod article;
mod error;
mod language;
pub mod read;
pub mod segment;
mod span;

pub use alignment::{Alignment, Bead};
pub use article::{Article, Block, BlockKind, Format, Piece, Sentence};
pub use error::{Error, ErrorKind, Result};
pub use language::{Language, Scripts, detect, is_han};
pub use span::Span;
