//! The corpus: [`Bitext`], what aligning gives, and the formats it is written to and read from.

mod bitext;
mod reason;

pub use bitext::{Bitext, Origin, Pair, Unit, Unplaced};
pub use reason::Reason;
