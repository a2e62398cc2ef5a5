//! What is settled before aligning: which sentence must face which one and no other, and which must face nothing.
//!
//! The search is held to it in two ways: its corridor is made to hold the nodes before and after every tied
//! pair, and beads that break a tie have no chance. Free sentences can always be crossed by nulls, so a path is
//! left whatever is tied. Time: two look-ups a bead.

use crate::lattice::Corridor;
use crate::score::Point;
use std::ops::Range;

/// What is settled of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tie {
    /// Nothing.
    #[default]
    Free,
    /// It faces nothing.
    Alone,
    /// It faces this sentence of the other side, and that one faces it.
    With(usize),
}

/// What is settled of the sentences of both sides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ties {
    source: Vec<Tie>,
    target: Vec<Tie>,
    /// The tied pairs in order; they do not cross.
    pairs: Vec<(usize, usize)>,
}

/// A tied pair weighs more in the first pass than all that words could say.
const WEIGHT: f32 = 1e6;
/// Target sentences searched around a tied pair, on both sides.
const MARGIN: usize = 3;

impl Ties {
    /// Ties of as many sentences as the lists have; the target's follow from the source's, but for those alone.
    pub fn new(source: Vec<Tie>, mut target: Vec<Tie>) -> Self {
        let mut pairs = Vec::new();
        for (i, tie) in source.iter().enumerate() {
            if let Tie::With(j) = *tie {
                target[j] = Tie::With(i);
                pairs.push((i, j));
            }
        }
        Ties { source, target, pairs }
    }

    /// Whether a bead breaks no tie.
    #[inline]
    pub fn allow(&self, source: &Range<usize>, target: &Range<usize>) -> bool {
        let (zh, en) = (&self.source[source.clone()], &self.target[target.clone()]);
        match (zh, en) {
            ([one], []) | ([], [one]) => !matches!(one, Tie::With(_)),
            ([Tie::Free], [Tie::Free]) => true,
            ([Tie::With(j)], [_]) => *j == target.start,
            _ => zh.iter().chain(en).all(|&tie| tie == Tie::Free),
        }
    }

    /// The points of the first pass: those that agree with the ties, and the ties themselves.
    pub fn points(&self, mut points: Vec<Point>) -> Vec<Point> {
        points.retain(|point| self.agree(point.source as usize, point.target as usize));
        let tied = |&(i, j): &(usize, usize)| Point { source: i as u32, target: j as u32, weight: WEIGHT };
        points.extend(self.pairs.iter().map(tied));
        points
    }

    /// Whether two free sentences lie between the same tied pairs.
    fn agree(&self, source: usize, target: usize) -> bool {
        let before = self.pairs.partition_point(|&(i, _)| i < source);
        let after = |k: usize| self.pairs.get(k).is_none_or(|&(i, j)| i > source && j > target);
        after(before) && before.checked_sub(1).is_none_or(|k| self.pairs[k].1 < target)
    }

    /// The corridor with the nodes around every tied pair put in.
    pub fn hold(&self, corridor: Corridor) -> Corridor {
        if self.pairs.is_empty() {
            return corridor;
        }
        let mut rows: Vec<_> = (0..=corridor.source_len()).map(|i| corridor.row(i)).collect();
        for &(i, j) in &self.pairs {
            for row in &mut rows[i..=i + 1] {
                let low = (*row.start()).min(j.saturating_sub(MARGIN));
                *row = low..=(*row.end()).max(j + 1 + MARGIN);
            }
        }
        Corridor::from_rows(rows, corridor.target_len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beads_that_break_a_tie_are_told() {
        use Tie::{Alone, Free, With};
        let ties = Ties::new(vec![Free, With(2), Alone, Free], vec![Free, Free, Free, Alone]);
        let allowed = [(0..1, 0..2), (1..2, 2..3), (2..3, 3..3), (3..3, 3..4), (0..1, 0..0), (3..4, 1..2)];
        for (source, target) in allowed {
            assert!(ties.allow(&source, &target), "{source:?} {target:?}");
        }
        let broken = [
            (1..2, 1..2),
            (1..2, 2..2),
            (0..0, 2..3),
            (0..2, 0..3),
            (2..3, 1..2),
            (3..4, 3..4),
            (3..4, 2..3),
        ];
        for (source, target) in broken {
            assert!(!ties.allow(&source, &target), "{source:?} {target:?}");
        }
        let point = |source, target| Point { source, target, weight: 1.0 };
        let kept = ties.points(vec![point(0, 1), point(0, 3), point(3, 1), point(3, 3), point(1, 2)]);
        let kept: Vec<_> = kept.into_iter().map(|point| (point.source, point.target)).collect();
        assert_eq!(kept, [(0, 1), (3, 3), (1, 2)]);
    }

    #[test]
    fn the_corridor_holds_every_tied_pair() {
        let rows = (0..=40).map(|i| i..=i).collect();
        let ties = Ties::new(
            (0..40).map(|i| if i == 10 { Tie::With(30) } else { Tie::Free }).collect(),
            vec![Tie::Free; 40],
        );
        let corridor = ties.hold(Corridor::from_rows(rows, 40));
        assert!(corridor.node(10, 30).is_some() && corridor.node(11, 31).is_some());
    }
}
