//! How good an alignment is against a hand-made one: precision, recall and F1, which bead types and nulls were
//! found, and whether confidences are honest.
//!
//! Precision looks at every predicted bead, nulls too; recall at the beads of the gold that are no nulls. Beads
//! are sets: the order of their numbers does not matter, and one that is written twice counts once. A gold or a
//! prediction without beads gives figures of 0.
//!
//! ```
//! use duizhao::IdBead;
//! use duizhao::eval::Scores;
//! let gold = IdBead::read_all(&b"[0]:[0]\n[1]:[1, 2]\n[2]:[]\n"[..])?;
//! let test = IdBead::read_all(&b"[0]:[0]\n[1]:[1]\n[2]:[2]\n"[..])?;
//! let scores = Scores::of(&gold, &test);
//! assert_eq!(scores.strict().precision, 1.0 / 3.0); // only the first bead is exactly right
//! assert_eq!(scores.lax().precision, 2.0 / 3.0); // the second has part of what it should
//! assert_eq!(scores.strict().recall, 0.5); // nulls do not count in recall
//! # Ok::<(), duizhao::Error>(())
//! ```

mod calibration;
mod kinds;
mod scores;

pub use calibration::{Bin, Calibration};
pub use kinds::{KindCount, Kinds, NullCount};
pub use scores::{Figures, Scores, Tally};

use crate::ids::IdBead;
use std::collections::HashSet;

/// The beads as sets, each once, in the order in which they come first.
fn distinct(beads: &[IdBead]) -> Vec<IdBead> {
    let mut seen = HashSet::new();
    let sorted = beads.iter().map(|bead| bead.clone().sorted());
    sorted.filter(|bead| seen.insert(bead.clone())).collect()
}
