//! How good an alignment is against a hand-made one: precision, recall and F1, which bead types and nulls were
//! found, and whether confidences are honest.
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
