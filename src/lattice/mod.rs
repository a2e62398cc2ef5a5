//! What evidence and search both speak of: which beads are looked at ([`Corridor`], [`Shapes`]) and what one
//! is worth ([`Scorer`]). Indices only, no text.

mod corridor;
mod scorer;
mod shapes;

pub use corridor::Corridor;
pub use scorer::Scorer;
pub use shapes::Shapes;
