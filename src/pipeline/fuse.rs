//! Puts the clauses of a sentence together again, unless its translation parts them: a sentence is cut at
//! a semicolon only where the sentences of the other language end there too. Linear.

use crate::corpus::Unit;
use crate::layout::{Joint, Placed};

/// A sentence stays cut between two pairs that are both at least so likely.
const SURE: f32 = 0.4;

/// Joins units that share a sentence, and then the clauses within each unit.
pub(super) fn fuse(units: Vec<Unit>, source: &mut Vec<Placed>, target: &mut Vec<Placed>) -> Vec<Unit> {
    let mut units = join_units(units, source, target);
    let (zh, en) = (
        join_clauses(source, &units, |unit| &unit.source),
        join_clauses(target, &units, |unit| &unit.target),
    );
    for unit in &mut units {
        renumber(&mut unit.source, &zh);
        renumber(&mut unit.target, &en);
    }
    units
}

fn renumber(ids: &mut Vec<usize>, numbers: &[usize]) {
    for id in ids.iter_mut() {
        *id = numbers[*id];
    }
    ids.dedup();
}

/// Joins neighbouring units, in order, where a sentence goes on from one to the next on both sides, goes on into one
/// that faces nothing, or is cut where nothing is sure.
fn join_units(units: Vec<Unit>, source: &[Placed], target: &[Placed]) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match joined.last_mut() {
            Some(last) if belong(last, &unit, source, target) => {
                last.source.extend(&unit.source);
                last.target.extend(&unit.target);
                last.score += unit.score;
                last.confidence = last.confidence.min(unit.confidence);
                last.reason = last.reason.filter(|_| !last.is_pair());
            }
            _ => joined.push(unit),
        }
    }
    joined
}

fn belong(first: &Unit, second: &Unit, source: &[Placed], target: &[Placed]) -> bool {
    if first.moved || second.moved || first.checked || second.checked {
        return false;
    }
    let goes_on = |mine: &[usize], next: &[usize], side: &[Placed]| match (mine.last(), next.first()) {
        (Some(&last), Some(&first)) => last + 1 == first && side[first].joint != Joint::Free,
        _ => false,
    };
    let (zh, en) =
        (goes_on(&first.source, &second.source, source), goes_on(&first.target, &second.target, target));
    match (first.is_pair(), second.is_pair()) {
        (true, true) => zh && en || (zh || en) && first.confidence.min(second.confidence) < SURE,
        _ => zh || en,
    }
}

/// Joins the clauses that stand in one unit, and gives the new number of each old sentence.
fn join_clauses<'u>(
    side: &mut Vec<Placed>,
    units: &'u [Unit],
    ids: impl Fn(&'u Unit) -> &'u Vec<usize>,
) -> Vec<usize> {
    let mut unit_of = vec![usize::MAX; side.len()];
    for (k, unit) in units.iter().enumerate() {
        for &id in ids(unit) {
            unit_of[id] = k;
        }
    }
    let mut numbers = Vec::with_capacity(side.len());
    let mut kept: Vec<Placed> = Vec::with_capacity(side.len());
    for (id, placed) in std::mem::take(side).into_iter().enumerate() {
        let together = id > 0 && unit_of[id] == unit_of[id - 1] && unit_of[id] != usize::MAX;
        match kept.last_mut().filter(|_| together && placed.joint != Joint::Free) {
            Some(last) => {
                if placed.joint == Joint::Spaced {
                    last.sentence.text.push(' ');
                }
                last.sentence.text.push_str(&placed.sentence.text);
                last.sentence.span.end = placed.sentence.span.end;
            }
            None => kept.push(placed),
        }
        numbers.push(kept.len() - 1);
    }
    *side = kept;
    numbers
}
