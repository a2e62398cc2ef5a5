//! Where sentences stand on the page: what stands side by side is likelier to face each other, and a bead
//! seldom crosses the border of a paragraph. Soft evidence: a paragraph that the translator split or left
//! out costs a little and shifts nothing.

use crate::lattice::Scorer;
use std::ops::Range;

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Place {
    /// Its place along the page, in steps of one unit of the layout (a paragraph and its translation, a
    /// row of a table, a line): equal on both sides for what should face each other.
    pub at: f32,
    /// The block it belongs to; sentences of one bead mostly share one.
    pub block: u32,
}

/// Scores beads by the places of their sentences.
pub struct Position {
    places: (Vec<Place>, Vec<Place>),
    /// Number of block borders before each sentence.
    blocks: (Vec<u32>, Vec<u32>),
    strength: f32,
    border: f32,
}

impl Position {
    /// Takes the place of every sentence. `strength` is the cost in nats of facing a sentence one step
    /// away, 0 where places on the two sides do not compare; `border` that of joining across a block.
    pub fn new(source: Vec<Place>, target: Vec<Place>, strength: f32, border: f32) -> Self {
        let running = |places: &[Place]| {
            let mut borders = 0;
            let mut counts = Vec::with_capacity(places.len());
            for (k, place) in places.iter().enumerate() {
                borders += u32::from(k > 0 && places[k - 1].block != place.block);
                counts.push(borders);
            }
            counts
        };
        let blocks = (running(&source), running(&target));
        Position { places: (source, target), blocks, strength, border }
    }
}

/// Steps beyond this cost no more: what was moved far is moved.
const FAR: f32 = 8.0;

impl Scorer for Position {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        if source.is_empty() || target.is_empty() {
            return 0.0;
        }
        let (first, last) = (source.start, source.end - 1);
        let (from, to) = (target.start, target.end - 1);
        let crossed =
            (self.blocks.0[last] - self.blocks.0[first]) + (self.blocks.1[to] - self.blocks.1[from]);
        let mut apart = 0.0;
        if self.strength > 0.0 {
            let ends = [
                self.places.0[first].at,
                self.places.0[last].at,
                self.places.1[from].at,
                self.places.1[to].at,
            ];
            let high = ends.iter().copied().fold(f32::MIN, f32::max);
            let low = ends.iter().copied().fold(f32::MAX, f32::min);
            apart = (high - low).min(FAR);
        }
        -self.strength * apart - self.border * crossed as f32
    }
}
