//! The frame that settled units make for aligning: what is given to the search in their place, and the way back.
//!
//! A settled pair is given as one sentence on each side, tied to each other, whatever its size. Of pairs that cross,
//! the most that do not are tied (longest increasing subsequence, Schensted 1961); the others, and those whose
//! sentences do not stand together, count as moved, and their sentences as facing nothing. Time: n log n.

use crate::aligner::{Tie, Ties};
use crate::corpus::Unit;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Settled units, and how the sentences that are to be aligned are given to the search.
pub(super) struct Frame {
    units: Vec<Unit>,
    /// For each sentence of a settled unit, by its index on its side, the unit.
    of_source: HashMap<usize, usize>,
    of_target: HashMap<usize, usize>,
    /// Where each sentence that the search is given begins among those to be aligned, and their number.
    source: Vec<usize>,
    target: Vec<usize>,
    ties: Option<Ties>,
}

impl Frame {
    /// Takes units that share no sentence, all of whose sentences are among those to be aligned.
    pub fn new(source: &[usize], target: &[usize], mut units: Vec<Unit>) -> Self {
        let every = |ids: &[usize]| (0..=ids.len()).collect::<Vec<_>>();
        let mut frame = Frame {
            of_source: HashMap::new(),
            of_target: HashMap::new(),
            source: every(source),
            target: every(target),
            ties: None,
            units: Vec::new(),
        };
        if units.is_empty() {
            return frame;
        }
        let pairs = tied(&units, &places(source), &places(target));
        for (k, unit) in units.iter_mut().enumerate() {
            unit.moved = unit.is_pair();
            frame.of_source.extend(unit.source.iter().map(|&id| (id, k)));
            frame.of_target.extend(unit.target.iter().map(|&id| (id, k)));
        }
        pairs.iter().for_each(|pair| units[pair.unit].moved = false);
        frame.source = starts(source.len(), pairs.iter().map(|pair| &pair.source));
        frame.target = starts(target.len(), pairs.iter().map(|pair| &pair.target));
        let alone = |ids: &[usize], starts: &[usize], of: &HashMap<usize, usize>| -> Vec<Tie> {
            let tie = |&start: &usize| if of.contains_key(&ids[start]) { Tie::Alone } else { Tie::Free };
            starts[..starts.len() - 1].iter().map(tie).collect()
        };
        let mut zh = alone(source, &frame.source, &frame.of_source);
        let en = alone(target, &frame.target, &frame.of_target);
        for pair in &pairs {
            let number = |starts: &[usize], at: usize| starts.partition_point(|&start| start < at);
            zh[number(&frame.source, pair.source.start)] =
                Tie::With(number(&frame.target, pair.target.start));
        }
        frame.ties = Some(Ties::new(zh, en));
        frame.units = units;
        frame
    }

    /// What the search is held to.
    pub fn ties(&self) -> Option<&Ties> {
        self.ties.as_ref()
    }

    /// The first sentence of each that the search is given.
    pub fn first_source(&self, ids: &[usize]) -> Vec<usize> {
        self.source[..self.source.len() - 1].iter().map(|&start| ids[start]).collect()
    }

    /// The same for the target.
    pub fn first_target(&self, ids: &[usize]) -> Vec<usize> {
        self.target[..self.target.len() - 1].iter().map(|&start| ids[start]).collect()
    }

    /// What the search is given, from the texts of all sentences that are to be aligned.
    pub fn source_texts<'t>(&self, texts: &[&'t str]) -> Vec<Cow<'t, str>> {
        given(&self.source, texts, "")
    }

    /// The same for the target.
    pub fn target_texts<'t>(&self, texts: &[&'t str]) -> Vec<Cow<'t, str>> {
        given(&self.target, texts, " ")
    }

    /// The sentences to be aligned that a range of the search stands for.
    pub fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        self.source[range.start]..self.source[range.end]
    }

    /// The same for the target.
    pub fn target_range(&self, range: &Range<usize>) -> Range<usize> {
        self.target[range.start]..self.target[range.end]
    }

    /// Whether a unit is a settled one, or a part of one, which takes its score.
    pub fn takes(&mut self, unit: &Unit) -> bool {
        let of_source = unit.source.first().and_then(|id| self.of_source.get(id));
        let of_target = unit.target.first().and_then(|id| self.of_target.get(id));
        let Some(&settled) = of_source.or(of_target) else { return false };
        let settled = &mut self.units[settled];
        if settled.is_pair() == unit.is_pair() && unit.score.is_finite() {
            settled.score = unit.score;
        }
        true
    }

    /// The settled units.
    pub fn into_units(self) -> Vec<Unit> {
        self.units
    }
}

/// For each sentence, its place among those to be aligned.
fn places(ids: &[usize]) -> HashMap<usize, usize> {
    ids.iter().enumerate().map(|(place, &id)| (id, place)).collect()
}

/// A settled pair that is tied, by places.
struct Tied {
    unit: usize,
    source: Range<usize>,
    target: Range<usize>,
}

/// The most pairs that do not cross, in order.
fn tied(units: &[Unit], source: &HashMap<usize, usize>, target: &HashMap<usize, usize>) -> Vec<Tied> {
    let together = |ids: &[usize], places: &HashMap<usize, usize>| -> Option<Range<usize>> {
        let first = *places.get(ids.first()?)?;
        let apart = ids.iter().enumerate().any(|(k, id)| places.get(id) != Some(&(first + k)));
        (!apart).then_some(first..first + ids.len())
    };
    let mut pairs: Vec<Tied> = units
        .iter()
        .enumerate()
        .filter_map(|(unit, ids)| {
            let (source, target) = (together(&ids.source, source)?, together(&ids.target, target)?);
            Some(Tied { unit, source, target })
        })
        .collect();
    pairs.sort_by_key(|pair| pair.source.start);
    // For each length, the pair with the least target that ends a rising row of this length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for k in 0..pairs.len() {
        let length = ends.partition_point(|&end| pairs[end].target.start < pairs[k].target.start);
        before[k] = length.checked_sub(1).map_or(usize::MAX, |last| ends[last]);
        if length == ends.len() { ends.push(k) } else { ends[length] = k }
    }
    let mut stays = vec![false; pairs.len()];
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        stays[at] = true;
        at = before[at];
    }
    let mut stays = stays.into_iter();
    pairs.retain(|_| stays.next().unwrap_or(false));
    pairs
}

/// Where what the search is given begins: every sentence, but for tied ones, which are one for each pair.
fn starts<'p>(len: usize, pairs: impl Iterator<Item = &'p Range<usize>>) -> Vec<usize> {
    let mut inner = vec![false; len];
    for range in pairs {
        inner[range.start + 1..range.end].fill(true);
    }
    (0..len).filter(|&place| !inner[place]).chain([len]).collect()
}

fn given<'t>(starts: &[usize], texts: &[&'t str], space: &str) -> Vec<Cow<'t, str>> {
    let text = |two: &[usize]| match &texts[two[0]..two[1]] {
        [one] => Cow::Borrowed(*one),
        several => Cow::Owned(several.join(space)),
    };
    starts.windows(2).map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(source: &[usize], target: &[usize]) -> Unit {
        Unit { source: source.to_vec(), target: target.to_vec(), ..Unit::default() }
    }

    #[test]
    fn pairs_that_cross_or_stand_apart_are_moved() {
        let ids: Vec<usize> = (10..20).collect();
        let units = vec![
            unit(&[10, 11], &[11]),
            unit(&[12], &[18]),
            unit(&[14], &[13, 14]),
            unit(&[16], &[15]),
            unit(&[17, 19], &[19]),
            unit(&[18], &[]),
        ];
        let frame = Frame::new(&ids, &ids, units);
        let moved: Vec<bool> = frame.units.iter().map(|unit| unit.moved).collect();
        assert_eq!(moved, [false, true, false, false, true, false]);
        assert_eq!(frame.source, [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(frame.target, [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]);
        let ties = frame.ties().unwrap();
        for (source, target) in [(0..1, 1..2), (1..2, 3..3), (3..4, 3..4), (5..6, 4..5), (7..8, 9..9)] {
            assert!(ties.allow(&source, &target), "{source:?} {target:?}");
        }
        assert!(!ties.allow(&(1..2), &(7..8)) && !ties.allow(&(7..8), &(7..8)));
        assert_eq!(frame.source_range(&(0..2)), 0..3);
    }

    #[test]
    fn nothing_settled_changes_nothing() {
        let frame = Frame::new(&[0, 2, 3], &[1], Vec::new());
        assert!(frame.ties().is_none());
        assert_eq!(frame.first_source(&[0, 2, 3]), [0, 2, 3]);
        assert!(matches!(frame.target_texts(&["One."])[0], Cow::Borrowed("One.")));
    }
}
