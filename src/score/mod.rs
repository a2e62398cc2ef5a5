//! Evidence that source sentences and target sentences translate each other.
//!
//! Most programs need four things of it, and many none:
//!
//! - [`EmbeddingScorer`] and [`Vectors`] bring the sentence vectors of a model of your own to
//!   [`Aligner::align_sentences_with`](crate::Aligner::align_sentences_with);
//! - [`Scorer`] is what any other evidence of your own has to be;
//! - [`TeachOptions`], with [`Learned`] and [`Term`], belong to
//!   [`Lexicon::learn`](crate::lexicon::Lexicon::learn);
//! - [`Channels`] and [`Weights`] are options of [`Aligner::builder`](crate::Aligner::builder).
//!
//! The rest is what the aligner itself is made of, for those who take it apart: [`Evidence`] is read off the
//! sentences; [`Combined`] scores beads by it ([`Coverage`], [`Length`], [`Position`], [`Table`]); [`learn`] finds
//! what words mean in a document; [`Order`] and [`Nulls`] take the second look.

mod approx;
mod borders;
mod combined;
mod coverage;
mod embedding;
mod evidence;
mod features;
mod learn;
mod length;
mod links;
mod marks;
mod names;
mod nulls;
mod numbers;
mod order;
mod points;
mod position;
mod prepared;
mod sounds;
mod table;
mod teach;
mod terms;
mod tokens;
mod weights;
mod words;

pub(crate) use approx::{exp, ln};
pub use borders::{Border, End, Start, borders};
pub(crate) use combined::gains;
pub use combined::{Combined, Plain};
pub use coverage::{Charts, Coverage, CoverageOptions, Gain};
pub use embedding::{EmbeddingScorer, Vectors};
pub use evidence::Evidence;
pub use features::{
    BESIDE, BORDER, COUNT, FEATURES, Features, LENGTH, LEXICAL, NULL, ORDER, RATE, SCALES, plain,
};
pub use learn::{LIKELY, LearnOptions, Likely, learn};
pub use length::Length;
pub use nulls::Nulls;
pub use order::{Close, Order};
pub use points::{Point, points};
pub use position::{Place, Position, PositionWeights};
pub use table::Table;
pub use teach::{Learned, TeachOptions, Term};
pub use tokens::{Class, Postings, Tokens, Vocabulary};
pub use weights::Weights;
pub use words::{Channels, Scratch, Words};

pub use crate::lattice::Scorer;
