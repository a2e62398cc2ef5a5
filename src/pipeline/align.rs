//! From two sides to a bitext: align what is to be aligned, take apart what does not hold, look for what was
//! moved, put everything in order.

use super::fuse::fuse;
use super::moved::find_moved;
use super::order::in_order;
use crate::aligner::Aligner;
use crate::corpus::{Bitext, Origin, Unit, Unplaced};
use crate::layout::{Found, Placed, Sides};
use crate::reason::Reason;
use crate::score::{Place, Position, PositionWeights};

impl Aligner {
    /// Aligns two sides.
    pub(super) fn align_sides(&self, mut sides: Sides) -> Bitext {
        let (source, target) = (kept(&sides.source), kept(&sides.target));
        let position =
            Position::new(places(&sides.source, &source), places(&sides.target, &target), weights(&sides));
        let (zh, en) = (texts(&sides.source, &source), texts(&sides.target, &target));
        let alignment = self.align(&zh, &en, Some(&position));
        let notices = alignment.is_limited().then(|| LIMITED.to_owned()).into_iter().collect();
        let reason = if zh.is_empty() || en.is_empty() { Reason::OneLanguage } else { Reason::NoCounterpart };
        let mut units: Vec<Unit> = Vec::new();
        for bead in alignment.into_beads() {
            let unit = Unit {
                reason: bead.is_null().then_some(reason),
                source: source[bead.source].to_vec(),
                target: target[bead.target].to_vec(),
                score: bead.score,
                confidence: bead.confidence.clamp(0.0, 1.0),
                moved: false,
            };
            if unit.is_pair() && !holds(&unit, &sides) {
                take_apart(unit, &mut units);
            } else {
                units.push(unit);
            }
        }
        let mut units = find_moved(self, &sides, units);
        units.extend(asides(&sides.source, |id| (vec![id], vec![])));
        units.extend(asides(&sides.target, |id| (vec![], vec![id])));
        let units = fuse(in_order(units), &mut sides.source, &mut sides.target);
        let other = |(found, reason): (Found, Reason)| Unplaced {
            sentence: found.sentence,
            language: found.language,
            reason,
        };
        let bare = |side: Vec<Placed>| side.into_iter().map(|placed| placed.sentence).collect();
        Bitext {
            origin: Origin { layout: Some(sides.layout.to_string()), ..Origin::default() },
            source: bare(sides.source),
            target: bare(sides.target),
            units,
            other: sides.other.into_iter().map(other).collect(),
            notices,
        }
    }
}

/// What a user must know of a search that was limited.
const LIMITED: &str = "long passages hold hardly anything that tells where their translation stands, so not every \
                       way to pair them was tried; pairs there may be missing or wrong";

/// What the places of these sides are worth.
fn weights(sides: &Sides) -> PositionWeights {
    let mut weights = PositionWeights::default();
    if !sides.stepped {
        weights.step = 0.0;
    }
    weights.both_end *= sides.agreement;
    weights.one_ends *= sides.agreement;
    weights
}

/// A pair less likely than this that scores less than this, in nats, is no better than leaving both sides
/// unpaired: the search takes one only where everything else it could do is unlikely too.
const LEAST_CONFIDENCE: f32 = 0.1;
const LEAST_SCORE: f32 = -5.0;
/// A pair of matter that may not belong to the article must score this much for each nat of doubt.
const DOUBT: f32 = 1.0;
/// Less doubt than this, such as that of a short sentence, is none.
const LITTLE_DOUBT: f32 = 0.6;

/// Whether a pair is to be believed.
fn holds(unit: &Unit, sides: &Sides) -> bool {
    let doubt =
        |ids: &[usize], side: &[Placed]| ids.iter().map(|&id| side[id].doubt).fold(f32::MAX, f32::min);
    let doubt = doubt(&unit.source, &sides.source).max(doubt(&unit.target, &sides.target));
    let likely = unit.confidence >= LEAST_CONFIDENCE || unit.score >= LEAST_SCORE;
    likely && (doubt < LITTLE_DOUBT || unit.score >= DOUBT * doubt)
}

/// Pushes each sentence of a pair as a unit without counterpart.
fn take_apart(unit: Unit, units: &mut Vec<Unit>) {
    let alone = |source, target| Unit {
        source,
        target,
        score: unit.score,
        confidence: 1.0 - unit.confidence,
        reason: Some(Reason::NoCounterpart),
        moved: false,
    };
    units.extend(unit.source.iter().map(|&id| alone(vec![id], vec![])));
    units.extend(unit.target.iter().map(|&id| alone(vec![], vec![id])));
}

/// Units of the sentences that are not to be aligned.
fn asides(side: &[Placed], ids: impl Fn(usize) -> (Vec<usize>, Vec<usize>)) -> impl Iterator<Item = Unit> {
    side.iter().enumerate().filter_map(move |(id, placed)| {
        let (source, target) = ids(id);
        placed.aside.map(|reason| Unit {
            source,
            target,
            confidence: 1.0,
            reason: Some(reason),
            ..Unit::default()
        })
    })
}

/// The sentences of a side that are to be aligned.
fn kept(side: &[Placed]) -> Vec<usize> {
    (0..side.len()).filter(|&id| side[id].aside.is_none()).collect()
}

fn places(side: &[Placed], kept: &[usize]) -> Vec<Place> {
    kept.iter().map(|&id| Place { at: side[id].at, block: side[id].run, alone: side[id].alone }).collect()
}

pub(super) fn texts<'a>(side: &'a [Placed], kept: &[usize]) -> Vec<&'a str> {
    kept.iter().map(|&id| side[id].sentence.text.as_str()).collect()
}
