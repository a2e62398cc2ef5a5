//! Walking over the nodes of a corridor: which beads end at a node, and where they begin.

use crate::lattice::Corridor;
use std::ops::Range;

/// The beads that end in one row of a corridor, found without a look-up per bead.
pub(super) struct Steps<'a> {
    corridor: &'a Corridor,
    shapes: &'a [(usize, usize)],
    /// For each shape, the row where its beads begin.
    rows: Vec<Row>,
}

#[derive(Clone, Copy)]
struct Row {
    source: usize,
    target: usize,
    /// Target borders at which beads that begin in the row end, first and last; the first is after the
    /// last where there is none.
    low: usize,
    high: usize,
    /// Number of the node where a bead begins that ends at target border `low`.
    first: usize,
    shape: u8,
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
        Steps { corridor, shapes, rows: Vec::with_capacity(shapes.len()) }
    }

    /// Makes ready for the beads that end at source border `i`.
    pub fn enter(&mut self, i: usize) {
        self.rows.clear();
        for (shape, &(source, target)) in self.shapes.iter().enumerate() {
            let mut row = Row { source, target, low: 1, high: 0, first: 0, shape: shape as u8 };
            if let Some(start) = i.checked_sub(source) {
                let range = self.corridor.row(start);
                row.low = range.start() + target;
                row.high = range.end() + target;
                row.first = self.corridor.row_offset(start);
            }
            self.rows.push(row);
        }
    }

    /// For each shape, its beads that end in the row between two target borders (both included): the bead's
    /// sentences on both sides, the first border at which one ends and the last, and the node where that
    /// first one begins.
    pub fn spans(&self, low: usize, high: usize) -> impl Iterator<Item = Span> {
        self.rows.iter().map(move |row| {
            let (first, last) = (row.low.max(low), row.high.min(high));
            let count = (last + 1).saturating_sub(first);
            Span { source: row.source, target: row.target, first, count, from: row.first + first - row.low }
        })
    }

    /// The beads that end at target border `j` of the row, in the order of the shapes.
    #[inline]
    pub fn to(&self, j: usize) -> impl Iterator<Item = Step> {
        let inside = move |row: &&Row| row.low <= j && j <= row.high;
        self.rows.iter().filter(inside).map(move |row| Step {
            shape: row.shape,
            source: row.source,
            target: row.target,
            from: row.first + j - row.low,
        })
    }

    /// Where the bead of a shape that ends at target border `j` begins; it must be one of [`Steps::to`].
    #[inline]
    pub fn from(&self, shape: u8, j: usize) -> usize {
        let row = &self.rows[usize::from(shape)];
        row.first + j - row.low
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
