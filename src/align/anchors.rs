//! The coarse pass: from points where two texts may meet to a corridor that the exact pass searches.
//!
//! The heaviest chain of points that rises on both sides is found as a weighted longest increasing
//! subsequence (Fredman 1975, with a Fenwick tree of maxima); points of it that contradict their neighbours
//! are dropped. The corridor is narrow where anchors follow closely and holds the whole rectangle between
//! two that stand apart, so that a chapter missing on one side, or put in, is crossed wherever it lies. Where
//! both sides go on long without an anchor, it is a band along the diagonal. Time: n log n in the points;
//! nodes of the corridor: at most some hundred a sentence.

use crate::lattice::Corridor;
use crate::score::Point;

/// Sentences searched around an anchor, in both directions.
const MARGIN: usize = 4;
/// Between two anchors the whole rectangle is searched if its shorter side has at most so many sentences.
const WHOLE: usize = 96;
/// All of a text is searched if its shorter side has at most so many sentences.
const SMALL: usize = 12;
/// Half the width of the band where it has more.
const BAND: usize = 64;
/// A stretch without anchors of more than this many nodes gets a narrower band, but of at least this half
/// width: only a text that says the same thing over and over has such stretches.
const MOST_NODES: usize = 4 << 20;
const LEAST_BAND: usize = 4;
/// Anchors on either side that an anchor is compared with.
const NEIGHBOURS: usize = 6;
/// Of the weight of the neighbours on one side, the share that must agree with an anchor.
const AGREEMENT: f32 = 0.6;

/// A corridor around the points that agree with each other; the whole, if the texts are short.
pub fn corridor(points: Vec<Point>, source_len: usize, target_len: usize) -> Corridor {
    if source_len.min(target_len) <= SMALL {
        return Corridor::full(source_len, target_len);
    }
    let anchors = agreeing(&chain(points, target_len));
    let mut rows = vec![(usize::MAX, 0); source_len + 1];
    let mut from = (0, 0);
    let ends = anchors.iter().map(|p| (p.source as usize, p.target as usize));
    for end in ends.chain([(source_len, target_len)]) {
        stretch(&mut rows, from, end);
        // The sentences of an anchor face each other: the path passes before and after them.
        from = end;
    }
    Corridor::from_rows(rows.into_iter().map(|(low, high)| low.min(high)..=high).collect(), target_len)
}

/// Opens the corridor from one anchor to the next.
fn stretch(rows: &mut [(usize, usize)], from: (usize, usize), to: (usize, usize)) {
    let (height, width) = (to.0 - from.0, to.1 - from.1);
    let last = rows.len() - 1;
    let open = |rows: &mut [(usize, usize)], first: usize, end: usize, low: usize, high: usize| {
        for row in &mut rows[first.min(last)..=end.min(last)] {
            *row = (row.0.min(low), row.1.max(high));
        }
    };
    if height.min(width) <= WHOLE {
        let (first, low) = (from.0.saturating_sub(MARGIN), from.1.saturating_sub(MARGIN));
        open(rows, first, to.0 + 1 + MARGIN, low, to.1 + 1 + MARGIN);
        return;
    }
    let band = (MOST_NODES / (2 * height)).clamp(LEAST_BAND, BAND);
    for i in from.0..=to.0 {
        // Both borders of a step of the diagonal, and the band around.
        let step = |i: usize| from.1 + (i - from.0) * width / height;
        let (low, high) = (step(i), step((i + 1).min(to.0)));
        open(rows, i, i, low.saturating_sub(band), high + band);
    }
}

/// The heaviest chain of points that rises on both sides.
fn chain(mut points: Vec<Point>, target_len: usize) -> Vec<Point> {
    points.sort_unstable_by_key(|point| u64::from(point.source) << 32 | u64::from(!point.target));
    points.dedup_by(|next, first| {
        let same = (next.source, next.target) == (first.source, first.target);
        first.weight += if same { next.weight } else { 0.0 };
        same
    });
    // For prefixes of the target, the heaviest chain that ends in it: its weight and its last point.
    let mut tree: Vec<(f64, u32)> = vec![(0.0, u32::MAX); target_len + 1];
    let mut before = Vec::with_capacity(points.len());
    for (number, point) in points.iter().enumerate() {
        // Points of one source sentence come from the last target on, so none follows another.
        let (mut best, mut at) = ((0.0, u32::MAX), point.target as usize);
        while at > 0 {
            if tree[at].0 > best.0 {
                best = tree[at];
            }
            at &= at - 1;
        }
        before.push(best.1);
        let mine = (best.0 + f64::from(point.weight), number as u32);
        let mut at = point.target as usize + 1;
        while at <= target_len {
            if mine.0 > tree[at].0 {
                tree[at] = mine;
            }
            at += at & at.wrapping_neg();
        }
    }
    let (mut best, mut at) = ((0.0, u32::MAX), target_len);
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    let mut chain = Vec::new();
    let mut next = best.1;
    while let Some(&point) = points.get(next as usize) {
        chain.push(point);
        next = before[next as usize];
    }
    chain.reverse();
    chain
}

/// The points of a chain with which those before, or those after, mostly agree.
fn agreeing(chain: &[Point]) -> Vec<Point> {
    let side = |own: &Point, others: &[Point]| {
        let (mut agreed, mut all) = (0.0, 0.0);
        for other in others {
            all += other.weight;
            agreed += if agree(own, other) { other.weight } else { 0.0 };
        }
        agreed > 0.0 && agreed >= AGREEMENT * all
    };
    let sure = |&(k, own): &(usize, &Point)| {
        side(own, &chain[k.saturating_sub(NEIGHBOURS)..k])
            || side(own, &chain[k + 1..(k + 1 + NEIGHBOURS).min(chain.len())])
    };
    chain.iter().enumerate().filter(sure).map(|(_, point)| *point).collect()
}

/// Whether the way between two points has a slope that translations have.
fn agree(a: &Point, b: &Point) -> bool {
    let (x, y) = (a.source.abs_diff(b.source), a.target.abs_diff(b.target));
    x <= 2 * y + 4 && y <= 2 * x + 4
}
