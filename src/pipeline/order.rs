//! The order of units in a bitext.

use crate::corpus::Unit;

/// Puts units in reading order of the source, those without source before the first unit in order that has
/// a later target. Units that are marked as moved stand where their source stands; a sentence that was set aside
/// inside a pair goes back behind it, and is marked so too.
pub(super) fn in_order(units: Vec<Unit>) -> Vec<Unit> {
    let (mut with, mut without): (Vec<Unit>, Vec<Unit>) =
        units.into_iter().partition(|unit| !unit.source.is_empty());
    with.sort_by_key(|unit| unit.source[0]);
    without.sort_by_key(|unit| unit.target.first().copied());
    let mut ordered = Vec::with_capacity(with.len() + without.len());
    let mut without = without.into_iter().peekable();
    for unit in with {
        if let Some(&first) = unit.target.first().filter(|_| !unit.moved) {
            while let Some(null) = without.next_if(|null| null.target.first().is_some_and(|&at| at < first)) {
                ordered.push(null);
            }
        }
        ordered.push(unit);
    }
    ordered.extend(without);
    mark_moved(&mut ordered);
    ordered
}

/// Marks what goes back behind the units before it, on either side.
fn mark_moved(units: &mut [Unit]) {
    let mut next = (0, 0);
    for unit in units {
        let back = |ids: &[usize], next: usize| ids.first().is_some_and(|&first| first < next);
        unit.moved |= back(&unit.source, next.0) || back(&unit.target, next.1);
        if !unit.moved {
            next.0 = unit.source.last().map_or(next.0, |last| last + 1);
            next.1 = unit.target.last().map_or(next.1, |last| last + 1);
        }
    }
}
