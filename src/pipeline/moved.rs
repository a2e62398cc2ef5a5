//! Finds passages that stand elsewhere in the other language: stretches of sentences that the alignment, which
//! keeps the order, had to leave unpaired on both sides, and that translate each other all the same.
//! Time in proportion to the text of the stretches and the product of their numbers, which is bounded.

use super::affinity::Affinity;
use super::reading::Reading;
use crate::aligner::Aligner;
use crate::corpus::Unit;
use crate::language::Size;
use crate::layout::{Placed, Sides};
use crate::reason::Reason;
use std::collections::HashSet;
use std::ops::Range;

/// So many stretches of a side are looked at, the longest first: more mean that the texts differ altogether.
const STRETCHES: usize = 64;
/// What a pair of stretches must score, in nats, and by how much it must beat every rival; and what a pair of
/// sentences within must. Set on eighty pages with one paragraph moved: of the pairs found there, 95 in a hundred are
/// right; on the same pages in order, hardly any is found.
const STRETCH: f32 = 10.0;
const LEAD: f32 = 5.0;
const SENTENCES: f32 = 2.0;
const CONFIDENCE: f32 = 0.5;
/// Letters that a stretch must have on either side: short sentences resemble each other by chance.
const LETTERS: usize = 8;

/// Pairs what was moved; everything else stays as it is.
pub(super) fn find_moved(aligner: &Aligner, sides: &Sides, reading: &Reading, units: Vec<Unit>) -> Vec<Unit> {
    let source = stretches(&units, sides, true);
    let target = stretches(&units, sides, false);
    if source.is_empty() || target.is_empty() {
        return units;
    }
    let (zh, en) = (reading.source.runs(&source), reading.target.runs(&target));
    let affinity = Affinity::new(aligner, &reading.evidence, &zh, &en, |_| 0..=en.len() - 1);
    let mut found: Vec<Unit> = Vec::new();
    for (i, from) in source.iter().enumerate() {
        for (j, to) in target.iter().enumerate() {
            let score = affinity.of(i, j);
            let rivals = (0..source.len()).filter(|&k| k != i).map(|k| affinity.of(k, j));
            let rivals = rivals.chain((0..target.len()).filter(|&k| k != j).map(|k| affinity.of(i, k)));
            if score >= STRETCH && score >= LEAD + rivals.fold(f32::NEG_INFINITY, f32::max) {
                found.extend(within(aligner, sides, from, to));
            }
        }
    }
    replace(units, found)
}

fn texts(side: &[Placed]) -> Vec<&str> {
    side.iter().map(|placed| placed.sentence.text.as_str()).collect()
}

/// The sentence pairs of two stretches.
fn within(aligner: &Aligner, sides: &Sides, source: &Range<usize>, target: &Range<usize>) -> Vec<Unit> {
    let (zh, en) = (texts(&sides.source[source.clone()]), texts(&sides.target[target.clone()]));
    let beads = aligner.align_sentences(&zh, &en).into_beads().into_iter();
    let sure =
        beads.filter(|bead| !bead.is_null() && bead.score >= SENTENCES && bead.confidence >= CONFIDENCE);
    sure.map(|bead| Unit {
        source: bead.source.map(|k| source.start + k).collect(),
        target: bead.target.map(|k| target.start + k).collect(),
        score: bead.score,
        confidence: bead.confidence.clamp(0.0, 1.0),
        reason: None,
        moved: true,
        checked: false,
    })
    .collect()
}

/// Sentences in a row that face nothing, as ranges of a side; a run (a paragraph) ends a stretch.
fn stretches(units: &[Unit], sides: &Sides, is_source: bool) -> Vec<Range<usize>> {
    let side = if is_source { &sides.source } else { &sides.target };
    let mut free = vec![false; side.len()];
    for unit in units.iter().filter(|unit| unit.reason == Some(Reason::NoCounterpart)) {
        for &id in if is_source { &unit.source } else { &unit.target } {
            free[id] = true;
        }
    }
    let mut list: Vec<Range<usize>> = Vec::new();
    for id in (0..side.len()).filter(|&id| free[id]) {
        match list.last_mut().filter(|last| last.end == id && side[id - 1].run == side[id].run) {
            Some(last) => last.end = id + 1,
            None => list.push(id..id + 1),
        }
    }
    let letters = |range: &Range<usize>| -> usize {
        side[range.clone()].iter().map(|placed| Size::of(&placed.sentence.text).letters).sum()
    };
    list.retain(|range| letters(range) >= LETTERS);
    if list.len() > STRETCHES {
        list.sort_by_cached_key(|range| (std::cmp::Reverse(letters(range)), range.start));
        list.truncate(STRETCHES);
        list.sort_by_key(|range| range.start);
    }
    list
}

/// Takes the sentences of new pairs out of the units that left them unpaired.
fn replace(mut units: Vec<Unit>, found: Vec<Unit>) -> Vec<Unit> {
    let ids =
        |of: fn(&Unit) -> &Vec<usize>| -> HashSet<usize> { found.iter().flat_map(of).copied().collect() };
    let (source, target) = (ids(|unit| &unit.source), ids(|unit| &unit.target));
    let taken = |unit: &Unit| {
        unit.source.iter().any(|id| source.contains(id)) || unit.target.iter().any(|id| target.contains(id))
    };
    units.retain(|unit| unit.is_pair() || !taken(unit));
    units.extend(found);
    units
}
