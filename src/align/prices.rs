//! What a bead is worth to a path, by its posterior.

use serde::{Deserialize, Serialize};

/// What beads cost: a path is worth the sum of the posteriors of its beads, each less its price. All are from 0 to 1.
///
/// Without prices the best path would be the one with the most right beads, however many wrong ones it takes to find them. A
/// bead too many lowers precision, so it has to be right with a probability of about half the F1 that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// Of a bead with sentences on both sides.
    pub bead: f32,
    /// Of a null. The more, the fewer nulls, and the larger the beads.
    pub null: f32,
    /// A bead with sentences on both sides that is less probable than this costs 1, so that it is taken only where
    /// the nulls in its place are about as improbable.
    pub least: f32,
}

impl Default for Prices {
    /// From a few values each, held out by document. Nulls cost more, because most hand-made alignments join what is
    /// left over, and because a right null counts in precision only.
    fn default() -> Self {
        Prices::FITTED
    }
}

impl Prices {
    pub(crate) const FITTED: Prices = Prices { bead: 0.4, null: 0.7, least: 0.1 };

    /// What a bead adds to a path.
    #[inline]
    pub fn gain(&self, is_null: bool, posterior: f32) -> f32 {
        match is_null {
            true => posterior - self.null,
            false if posterior < self.least => posterior - 1.0,
            false => posterior - self.bead,
        }
    }
}
