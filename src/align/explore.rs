//! The first pass: where a good path goes, and where else it may go, from a corridor that may be too narrow.
//!
//! Where the path keeps to the edge of what was searched, that place is searched again wider, and again,
//! until it does not, or the corridor has grown to its limit; what lies apart from such places is not
//! searched twice. Time: that of [`posterior`] in the corridor, and in the places searched again.

use super::posterior::posterior;
use crate::lattice::{Corridor, Scorer, Shapes};
use std::ops::Range;

/// What [`explore`] found.
pub struct Explored {
    /// The beads of a good path, in order.
    pub path: Vec<(Range<usize>, Range<usize>)>,
    /// For each source border, the target borders through which the path may go, the first to the last.
    pub rows: Vec<Range<usize>>,
}

/// What [`explore`] goes by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExploreOptions {
    /// Prices of beads and of nulls, as for [`Posterior::decode`](super::Posterior::decode).
    pub prices: (f32, f32),
    /// A path may go where it goes at least with this probability, above 0.
    pub least: f32,
    /// Nodes of the corridor for each sentence, at most.
    pub nodes: usize,
}

/// A path within so many sentences of the edge may be held up by it.
const EDGE: usize = 2;
/// Sentences around such a place that are searched first; then four times as many, and so on.
const WIDER: usize = 32;

/// A corridor grows by at most so many nodes in all, so that memory is bounded however long the text.
const MOST_MORE: usize = 8 << 20;

/// Finds where the path goes. `prepare` makes a scorer for a corridor.
pub fn explore<S: Scorer>(
    start: Corridor,
    shapes: &Shapes,
    options: &ExploreOptions,
    prepare: impl Fn(&Corridor) -> S,
) -> Explored {
    let each = options.nodes * (start.source_len() + start.target_len());
    let limit = each.min(start.nodes() + MOST_MORE);
    let look = |corridor: &Corridor| {
        let found = posterior(&prepare(corridor), corridor, shapes, 1.0);
        Explored { path: found.decode(options.prices.0, options.prices.1), rows: found.rows(options.least) }
    };
    let mut searched = start;
    let mut found = look(&searched);
    let mut more = WIDER;
    loop {
        let places = touched(&searched, &found.path);
        if places.is_empty() {
            return found;
        }
        let (wider, again, opened) = reopen(&searched, &found.path, &places, more);
        if wider.nodes() > limit {
            return found;
        }
        let next = look(&again);
        for (i, row) in next.rows.into_iter().enumerate().filter(|&(i, _)| opened[i]) {
            found.rows[i] = row;
        }
        found.path = next.path;
        searched = wider;
        more *= 4;
    }
}

/// The nodes of a path at the edge of the corridor.
fn touched(corridor: &Corridor, path: &[(Range<usize>, Range<usize>)]) -> Vec<(usize, usize)> {
    let at_edge = |&(i, j): &(usize, usize)| {
        let (low, high) = corridor.row(i).into_inner();
        (low > 0 && j < low + EDGE) || (high < corridor.target_len() && j + EDGE > high)
    };
    path.iter().map(|(source, target)| (source.end, target.end)).filter(at_edge).collect()
}

/// The corridor with more around some places; what of it is to be searched again: these places, and the
/// path between them; and which rows were opened.
fn reopen(
    corridor: &Corridor,
    path: &[(Range<usize>, Range<usize>)],
    places: &[(usize, usize)],
    more: usize,
) -> (Corridor, Corridor, Vec<bool>) {
    let (n, m) = (corridor.source_len(), corridor.target_len());
    let mut wide: Vec<(usize, usize)> = (0..=n).map(|i| corridor.row(i).into_inner()).collect();
    let mut opened = vec![false; n + 1];
    for &(i, j) in places {
        for k in i.saturating_sub(more)..=(i + more).min(n) {
            wide[k] = (wide[k].0.min(j.saturating_sub(more)), wide[k].1.max(j + more));
            opened[k] = true;
        }
    }
    let mut again = vec![(m, 0); n + 1];
    for (source, target) in path {
        for row in &mut again[source.start..=source.end] {
            *row = (row.0.min(target.start), row.1.max(target.end));
        }
    }
    for k in (0..=n).filter(|&k| opened[k]) {
        again[k] = wide[k];
    }
    let corridor = |rows: Vec<(usize, usize)>| {
        Corridor::from_rows(rows.into_iter().map(|(low, high)| low.min(high)..=high).collect(), m)
    };
    (corridor(wide), corridor(again), opened)
}
