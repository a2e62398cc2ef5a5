//! From two sides to a bitext: align what is to be aligned, take apart what does not hold, look for what was
//! moved, put everything in order.

use super::affinity::{Affinity, COMMON};
use super::fuse::fuse;
use super::moved::find_moved;
use super::order::in_order;
use super::reading::Reading;
use super::trust::distrust;
use crate::aligner::{Aligner, Given};
use crate::alignment::{Alignment, Bead};
use crate::corpus::{Bitext, Edit, Origin, Unit, Unplaced};
use crate::language::Language;
use crate::layout::{Found, Joint, Layout, Placed, Sides};
use crate::reason::Reason;
use crate::score::{Place, Position, PositionWeights};

impl Aligner {
    /// Aligns two sides.
    pub(super) fn align_sides(&self, sides: Sides) -> Bitext {
        let reading = Reading::new(self, &sides);
        self.align_read(sides, &reading)
    }

    /// Aligns two sides that were read.
    pub(super) fn align_read(&self, sides: Sides, reading: &Reading) -> Bitext {
        let (source, target) = (&reading.source.ids, &reading.target.ids);
        let position =
            Position::new(places(&sides.source, source), places(&sides.target, target), weights(&sides));
        let alignment =
            self.align(&reading.evidence, Given { position: Some(&position), ..Given::default() });
        let mut notices = limits(&alignment);
        let sentences =
            |bead: &Bead| (source[bead.source.clone()].to_vec(), target[bead.target.clone()].to_vec());
        let units = hold(self, units(alignment, sentences), &sides);
        // Scores are high by the words of a lexicon.
        let (units, unrelated) = match self.lexicon().word_count() {
            0 => (units, None),
            _ => distrust(units, &sides),
        };
        notices.extend(unrelated);
        let units = find_moved(self, &sides, reading, units);
        Bitext { notices, ..put_together(sides, units) }
    }
}

/// The units of the beads; `sentences` tells the numbers of a bead's sentences on both sides.
pub(super) fn units(
    alignment: Alignment,
    sentences: impl Fn(&Bead) -> (Vec<usize>, Vec<usize>),
) -> Vec<Unit> {
    let one_language = |last: &Bead| last.source.end == 0 || last.target.end == 0;
    let one_language = alignment.beads().last().is_some_and(one_language);
    let reason = if one_language { Reason::OneLanguage } else { Reason::NoCounterpart };
    let unit = |bead: Bead| {
        let (source, target) = sentences(&bead);
        Unit {
            reason: bead.is_null().then_some(reason),
            source,
            target,
            score: bead.score,
            confidence: bead.confidence.clamp(0.0, 1.0),
            ..Unit::default()
        }
    };
    alignment.into_beads().into_iter().map(unit).collect()
}

/// Takes apart the pairs that do not hold. What is given as two lists of sentences was made to face each other: there
/// even unlikely pairs are right more often than not.
pub(super) fn hold(aligner: &Aligner, found: Vec<Unit>, sides: &Sides) -> Vec<Unit> {
    if sides.layout == Layout::Sentences {
        return found;
    }
    keep(found, |pair| holds(pair, sides) && (is_even(pair, sides) || has_common(aligner, pair, sides)))
}

/// The units, but that pairs of which `keeps` says no are taken apart.
pub(super) fn keep(found: Vec<Unit>, keeps: impl Fn(&Unit) -> bool) -> Vec<Unit> {
    let mut units = Vec::with_capacity(found.len());
    for unit in found {
        match unit.is_pair() && !keeps(&unit) {
            true => take_apart(unit, &mut units),
            false => units.push(unit),
        }
    }
    units
}

/// The bitext of two sides and the units of all sentences that were to be aligned.
pub(super) fn put_together(mut sides: Sides, mut units: Vec<Unit>) -> Bitext {
    units.extend(asides(&sides.source, |id| (vec![id], vec![])));
    units.extend(asides(&sides.target, |id| (vec![], vec![id])));
    let units = fuse(in_order(units), &mut sides.source, &mut sides.target);
    let other = |(found, reason): (Found, Reason)| Unplaced {
        sentence: found.sentence,
        language: found.language,
        reason,
    };
    let sources = edits(&sides.source, Language::Chinese);
    let edits = sources.chain(edits(&sides.target, Language::English)).collect();
    let bare = |side: Vec<Placed>| side.into_iter().map(|placed| placed.sentence).collect();
    Bitext {
        origin: Origin { layout: Some(sides.layout.to_string()), ..Origin::default() },
        source: bare(sides.source),
        target: bare(sides.target),
        units,
        other: sides.other.into_iter().map(other).collect(),
        notices: Vec::new(),
        edits,
    }
}

/// The sentences of a side whose text a person has changed.
fn edits(side: &[Placed], language: Language) -> impl Iterator<Item = Edit> {
    let edit = move |(sentence, placed): (usize, &Placed)| {
        placed.was.clone().map(|was| Edit { language, sentence, was })
    };
    side.iter().enumerate().filter_map(edit)
}

/// What is to be said of a search that was limited.
pub(super) fn limits(alignment: &Alignment) -> Vec<String> {
    alignment.is_limited().then(|| LIMITED.to_owned()).into_iter().collect()
}

/// What a user must know of it.
const LIMITED: &str = "long passages hold hardly anything that tells where their translation stands, so not every \
                       way to pair them was tried; pairs there may be missing or wrong";

/// What the places of these sides are worth.
pub(super) fn weights(sides: &Sides) -> PositionWeights {
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
const LEAST_CONFIDENCE: f32 = 0.3;
const LEAST_SCORE: f32 = 0.0;
/// Less doubt than this, such as that of a short sentence, is none.
const LITTLE_DOUBT: f32 = 0.3;

/// What the sides have in common outweighs the doubt from this score on, in nats for a nat of doubt, where the pair is
/// rather right than wrong.
const WORDS: f32 = 1.0;
const EVEN: f32 = 0.5;

/// From such a difference on, in nats, there is so much more doubt about one side of a pair than about the other that it
/// takes a word in common to believe that they translate each other: `谢谢阅读！` beside `Next: An Essay on Moths`.
const UNEVEN: f32 = 1.5;

/// Whether a pair is to be believed: the odds that it is right, or what its sides have in common, must outweigh the
/// doubt whether its matter belongs to the article.
fn holds(unit: &Unit, sides: &Sides) -> bool {
    let doubts = doubts(unit, sides);
    let doubt = doubts.0.max(doubts.1);
    let likely = unit.confidence >= LEAST_CONFIDENCE || unit.score >= LEAST_SCORE;
    let odds = (unit.confidence / (1.0 - unit.confidence)).ln();
    let belongs = odds >= doubt || unit.score >= WORDS * doubt && unit.confidence >= EVEN;
    likely && (doubt < LITTLE_DOUBT || belongs)
}

/// The doubt about either side of a pair: that about its surest sentence.
fn doubts(unit: &Unit, sides: &Sides) -> (f32, f32) {
    let least =
        |ids: &[usize], side: &[Placed]| ids.iter().map(|&id| side[id].doubt).fold(f32::MAX, f32::min);
    (least(&unit.source, &sides.source), least(&unit.target, &sides.target))
}

fn is_even(unit: &Unit, sides: &Sides) -> bool {
    let (zh, en) = doubts(unit, sides);
    (zh - en).abs() < UNEVEN
}

fn has_common(aligner: &Aligner, unit: &Unit, sides: &Sides) -> bool {
    let text = |ids: &[usize], side: &[Placed], space: &str| {
        let texts: Vec<&str> = ids.iter().map(|&id| &*side[id].sentence.text).collect();
        texts.join(space)
    };
    let (zh, en) = (text(&unit.source, &sides.source, ""), text(&unit.target, &sides.target, " "));
    Affinity::of_texts(aligner, &zh, &en) >= COMMON
}

/// Pushes each sentence of a pair as a unit without counterpart.
pub(super) fn take_apart(unit: Unit, units: &mut Vec<Unit>) {
    let alone = |source, target| Unit {
        source,
        target,
        score: unit.score,
        confidence: 1.0 - unit.confidence,
        reason: Some(Reason::NoCounterpart),
        ..Unit::default()
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

pub(super) fn places(side: &[Placed], kept: &[usize]) -> Vec<Place> {
    let mut before = None;
    let place = |&id: &usize| {
        let follows = before.replace(id).is_some_and(|before| before + 1 == id);
        let placed = &side[id];
        let goes_on = follows && placed.joint != Joint::Free;
        Place { at: placed.at, block: placed.run, alone: placed.alone, goes_on, title: placed.title }
    };
    kept.iter().map(place).collect()
}
