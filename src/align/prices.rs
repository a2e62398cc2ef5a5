//! What a bead is worth to a path, by its posterior.

use serde::{Deserialize, Serialize};

/// What beads cost: a path is worth the sum of the posteriors of its beads, each less its price.
///
/// Without prices it would be the path of the most right beads, however many are wrong: about half the F1 to come is the
/// price that makes the most of F1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// Of a bead with sentences on both sides.
    pub bead: f32,
    /// Of a null. The more, the fewer nulls, and the larger the beads.
    pub null: f32,
    /// A bead with sentences on both sides that is less probable than this costs 1, so that nulls are better.
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
