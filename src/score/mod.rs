//! Evidence that source sentences and target sentences translate each other.

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
pub use features::{BESIDE, COUNT, FEATURES, Features, LEXICAL, ORDER, RATE, SCALES, plain};
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
