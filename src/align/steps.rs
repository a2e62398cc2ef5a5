//! Walking over the nodes of a corridor: which beads end at a node, and where they begin.

use crate::lattice::Corridor;
use std::ops::Range;

/// The beads that end in one row of a corridor, found without a look-up per bead.
pub(super) struct Steps<'a> {
    corridor: &'a Corridor,
    shapes: &'a [(usize, usize)],
    /// For each number of source sentences, the row where beads of so many begin.
    rows: Vec<Row>,
}

#[derive(Clone, Copy)]
struct Row {
    /// Its target borders, first and last; the first is after the last where there is no such row.
    low: usize,
    high: usize,
    /// Number of its first node.
    first: usize,
}

/// A bead: its shape's number, its sentences on both sides, and the node where it begins.
pub(super) struct Step {
    pub shape: u8,
    pub source: usize,
    pub target: usize,
    pub from: usize,
}

/// The beads of one shape that end in a part of a row.
pub(super) struct Span {
    pub source: usize,
    pub target: usize,
    /// The target border where the first of them ends, and how many there are.
    pub first: usize,
    pub count: usize,
    /// The node where the first of them begins.
    pub from: usize,
}

impl<'a> Steps<'a> {
    pub fn new(corridor: &'a Corridor, shapes: &'a [(usize, usize)]) -> Self {
        let most = shapes.iter().map(|shape| shape.0).max().unwrap_or(0);
        Steps { corridor, shapes, rows: vec![Row { low: 1, high: 0, first: 0 }; most + 1] }
    }

    /// Makes ready for the beads that end at source border `i`.
    pub fn enter(&mut self, i: usize) {
        for (source, row) in self.rows.iter_mut().enumerate() {
            if let Some(start) = i.checked_sub(source).filter(|&start| start >= self.corridor.floor(i)) {
                let (low, high) = self.corridor.row(start).into_inner();
                *row = Row { low, high, first: self.corridor.row_offset(start) };
            } else {
                *row = Row { low: 1, high: 0, first: 0 };
            }
        }
    }

    /// For each shape, its beads that end in the row between two target borders (both included): the bead's
    /// sentences on both sides, the first border at which one ends and the last, and the node where that
    /// first one begins.
    pub fn spans(&self, low: usize, high: usize) -> impl Iterator<Item = Span> {
        self.shapes.iter().map(move |&(source, target)| {
            let row = self.rows[source];
            let (first, last) = ((row.low + target).max(low), (row.high + target).min(high));
            let count = (last + 1).saturating_sub(first);
            Span { source, target, first, count, from: row.first + first - target - row.low }
        })
    }

    /// The beads that end at target border `j` of the row, in the order of the shapes.
    #[inline]
    pub fn to(&self, j: usize) -> impl Iterator<Item = Step> {
        let step = move |(shape, &(source, target)): (u8, &(usize, usize))| {
            let row = self.rows[source];
            let begin = j.checked_sub(target)?;
            let inside = row.low <= begin && begin <= row.high;
            inside.then(|| Step { shape, source, target, from: row.first + begin - row.low })
        };
        (0..).zip(self.shapes).filter_map(step)
    }

    /// Where the bead of a shape that ends at target border `j` begins; it must be one of [`Steps::to`].
    #[inline]
    pub fn from(&self, shape: u8, j: usize) -> usize {
        let (source, target) = self.shapes[usize::from(shape)];
        let row = &self.rows[source];
        row.first + j - target - row.low
    }
}

/// The path that ends at the end of both sides, from the shape by which each node was reached best.
///
/// A corridor can always be crossed by nulls, so a path exists unless a scorer answered NaN or minus
/// infinity; then the rest is left as nulls rather than lost.
pub(super) fn trace(
    corridor: &Corridor,
    shapes: &[(usize, usize)],
    back: &[u8],
) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut i, mut j) = (corridor.source_len(), corridor.target_len());
    let mut beads = Vec::new();
    while (i, j) != (0, 0) {
        let shape = corridor.node(i, j).and_then(|node| shapes.get(usize::from(back[node])));
        let &(n, m) = shape.unwrap_or(if i > 0 { &(1, 0) } else { &(0, 1) });
        beads.push((i - n..i, j - m..j));
        (i, j) = (i - n, j - m);
    }
    beads.reverse();
    beads
}
