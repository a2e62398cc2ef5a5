//! Evidence that source sentences and target sentences translate each other.

mod approx;
mod borders;
mod combined;
mod coverage;
mod evidence;
mod features;
mod learn;
mod length;
mod marks;
mod names;
mod numbers;
mod points;
mod position;
mod table;
mod tokens;
mod weights;
mod words;

pub(crate) use approx::{exp, ln};
pub use borders::{Border, End, Start, borders};
pub use combined::Combined;
pub use coverage::{Coverage, CoverageOptions, Gain};
pub use evidence::Evidence;
pub use features::{ENDS, FEATURES, Features, LEXICAL, SCALES, null_rate, plain};
pub use learn::{LearnOptions, learn};
pub use length::Length;
pub use points::{Point, points};
pub use position::{Place, Position};
pub use table::Table;
pub use tokens::{Class, Postings, Tokens};
pub use weights::Weights;
pub use words::{Channels, Words};

use std::ops::Range;

/// Scores beads: two ranges of sentence indices in, one score out.
///
/// The score is the natural logarithm of how much likelier the bead's two sides are as translations of
/// each other than as unrelated text; scores of different evidence add. One range may be empty (a null).
/// A scorer is asked for the same bead several times, and for every bead of the corridor: it should
/// prepare what it can when it is made.
pub trait Scorer: Sync {
    /// The score of a bead.
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32;
}

impl<F: Fn(Range<usize>, Range<usize>) -> f32 + Sync> Scorer for F {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self(source, target)
    }
}
