//! The alignment engine: exact dynamic programming over indices, inside a corridor.
//!
//! The engine sees two lengths, a [`Scorer`] and a [`Corridor`], and no text. Time is the number of
//! nodes of the corridor times the number of bead shapes; memory is a few bytes a node.

mod anchors;
mod explore;
mod posterior;
mod prices;
mod search;
mod steps;
#[cfg(test)]
mod tests;

pub use anchors::corridor;
pub use explore::{ExploreOptions, Explored, explore, look_closer};
pub use posterior::{Posterior, posterior};
pub use prices::Prices;
pub use search::search;

pub use crate::lattice::{Corridor, Scorer, Shapes};
