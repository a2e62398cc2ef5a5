//! The first pass: where a good path goes, and where else it may go, from a corridor that may be too narrow.
//!
//! Where the path keeps to the edge of what was searched, that place is searched again wider, and again,
//! until it does not, or the corridor has grown to its limit; so are stretches without a sure bead. What lies
//! apart from such places is not searched twice. Time: that of [`posterior`] in the corridor, and in the places searched again.

use super::posterior::{Posterior, posterior};
use super::prices::Prices;
use crate::lattice::{Corridor, Scorer, Shapes};
use crate::score::Likely;
use std::ops::Range;

/// What [`explore`] found.
#[derive(Debug)]
pub struct Explored {
    /// The beads of a good path, in order.
    pub path: Vec<(Range<usize>, Range<usize>)>,
    /// The beads that may be right, with their posteriors, in the order of their ends.
    pub likely: Vec<Likely>,
    /// For each source border, the target borders through which the path may go, the first to the last.
    pub rows: Vec<Range<usize>>,
    /// For each source border, a target border through which the path surely goes.
    pub sure: Vec<Option<usize>>,
    /// Whether it ended before all was searched that the path asked for: a corridor grows only so far.
    pub limited: bool,
}

/// What [`explore`] goes by.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExploreOptions {
    /// Prices of the beads of its path.
    pub prices: Prices,
    /// A path may go where it goes at least with this probability, above 0.
    pub least: f32,
    /// Beads may be right that have at least this posterior, above 0.
    pub likely: f32,
    /// A path surely goes where it does not go with less than this probability.
    pub missed: f32,
    /// Nodes of the corridor for each sentence, at most.
    pub nodes: usize,
}

/// A path within so many sentences of the edge may be held up by it.
const EDGE: usize = 2;
/// Sentences around such a place that are searched first; then four times as many, and so on.
const WIDER: usize = 32;

/// So many sentences on both sides without a bead that is at least so probable mean that the path may have
/// missed what lies beside it: all of their product is searched.
const LOST: usize = 8;
const SURE: f32 = 0.5;
/// Unless their product has more nodes than this: then the texts differ there altogether.
const MOST_LOST: usize = 1 << 20;
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
        let posterior = posterior(&prepare(corridor), corridor, shapes, 1.0);
        let found = Explored::of(&posterior, options);
        let lost = lost(&found.path, |source, target| posterior.of(source, target));
        (found, lost)
    };
    let mut searched = start;
    let (mut found, mut lost) = look(&searched);
    let mut more = WIDER;
    loop {
        let around = |range: Range<usize>| range.start.saturating_sub(more)..range.end + more;
        let mut boxes: Vec<Area> =
            touched(&searched, &found.path).map(|(i, j)| (around(i..i), around(j..j))).collect();
        let small = |(source, target): &Area| source.len() * target.len() <= MOST_LOST;
        found.limited |= lost.iter().any(|area| !small(area) && !holds(&searched, area));
        let missed = lost.into_iter().filter(|area| small(area) && !holds(&searched, area));
        boxes.extend(missed.map(|(source, target)| (around(source), around(target))));
        if boxes.is_empty() {
            return found;
        }
        let (wider, again, opened) = reopen(&searched, &found.path, &boxes);
        if wider.nodes() > limit {
            found.limited = true;
            return found;
        }
        let next;
        (next, lost) = look(&again);
        let places = next.rows.into_iter().zip(next.sure);
        for (i, (row, sure)) in places.enumerate().filter(|&(i, _)| opened[i]) {
            (found.rows[i], found.sure[i]) = (row, sure);
        }
        found.likely.retain(|(source, ..)| !opened[source.end]);
        found.likely.extend(next.likely.into_iter().filter(|(source, ..)| opened[source.end]));
        found
            .likely
            .sort_unstable_by_key(|(source, target, _)| (source.end, target.end, source.start, target.start));
        found.path = next.path;
        searched = wider;
        more *= 4;
    }
}

/// Looks again, with larger shapes, where the path may go by what was found, and `margin` sentences around:
/// that is a small part of what was searched.
pub fn look_closer<S: Scorer>(
    found: &Explored,
    (margin, target_len): (usize, usize),
    shapes: &Shapes,
    options: &ExploreOptions,
    prepare: impl FnOnce(&Corridor) -> S,
) -> Explored {
    let corridor = Corridor::around_rows(&found.rows, target_len, margin);
    let closer = Explored::of(&posterior(&prepare(&corridor), &corridor, shapes, 1.0), options);
    Explored { limited: found.limited, ..closer }
}

impl Explored {
    fn of(posterior: &Posterior<'_>, options: &ExploreOptions) -> Self {
        Explored {
            path: posterior.decode(&options.prices),
            likely: posterior.likely(options.likely),
            rows: posterior.rows(options.least),
            sure: posterior.sure(1.0 - options.missed),
            limited: false,
        }
    }
}

/// Borders on both sides.
type Area = (Range<usize>, Range<usize>);

/// The stretches of a path in which no bead is sure, long on both sides.
fn lost(
    path: &[(Range<usize>, Range<usize>)],
    probability: impl Fn(&Range<usize>, &Range<usize>) -> f32,
) -> Vec<Area> {
    let sure = |(source, target): &(Range<usize>, Range<usize>)| {
        !source.is_empty() && !target.is_empty() && probability(source, target) >= SURE
    };
    let stretches = path.split(sure).filter_map(|stretch| {
        let ((source, target), (last, to)) = (stretch.first()?, stretch.last()?);
        let area = (source.start..last.end, target.start..to.end);
        (area.0.len().min(area.1.len()) >= LOST).then_some(area)
    });
    stretches.collect()
}

/// Whether the corridor holds all nodes of an area.
fn holds(corridor: &Corridor, (source, target): &Area) -> bool {
    source.clone().chain([source.end]).all(|i| {
        let (low, high) = corridor.row(i).into_inner();
        low <= target.start && target.end <= high
    })
}

/// The nodes of a path at the edge of the corridor.
fn touched(
    corridor: &Corridor,
    path: &[(Range<usize>, Range<usize>)],
) -> impl Iterator<Item = (usize, usize)> {
    let at_edge = |&(i, j): &(usize, usize)| {
        let (low, high) = corridor.row(i).into_inner();
        (low > 0 && j < low + EDGE) || (high < corridor.target_len() && j + EDGE > high)
    };
    path.iter().map(|(source, target)| (source.end, target.end)).filter(at_edge)
}

/// The corridor with some areas put in; what of it is to be searched again: these areas, and the path
/// between them; and which rows were opened.
fn reopen(
    corridor: &Corridor,
    path: &[(Range<usize>, Range<usize>)],
    areas: &[Area],
) -> (Corridor, Corridor, Vec<bool>) {
    let (n, m) = (corridor.source_len(), corridor.target_len());
    let mut wide: Vec<(usize, usize)> = (0..=n).map(|i| corridor.row(i).into_inner()).collect();
    let mut opened = vec![false; n + 1];
    for (source, target) in areas {
        for k in source.start..=source.end.min(n) {
            wide[k] = (wide[k].0.min(target.start), wide[k].1.max(target.end));
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
