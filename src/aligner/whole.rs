//! Puts the clauses of two sentences that face each other together again, and says how sure that is.

use crate::align::Posterior;
use crate::alignment::Bead;
use crate::score::Position;

/// Joins neighbouring beads that hold clauses of one sentence on each side. Whichever of its clauses face those of its
/// translation, a sentence faces it, so that such a bead has the probability of all ways to pair them. Linear, but for
/// the rectangles of what is joined.
pub(super) fn join(
    beads: Vec<Bead>,
    posterior: &Posterior<'_>,
    position: &Position,
    score: impl Fn(&Bead) -> Option<f32>,
) -> Vec<Bead> {
    let mut joined: Vec<Bead> = Vec::with_capacity(beads.len());
    for bead in beads {
        if let Some(last) = joined.last_mut() {
            let source = last.source.start..bead.source.end;
            let target = last.target.start..bead.target.end;
            if position.are_clauses(&source, &target) {
                last.score += bead.score;
                (last.source, last.target) = (source, target);
                continue;
            }
        }
        joined.push(bead);
    }
    for bead in joined.iter_mut().filter(|bead| position.are_clauses(&bead.source, &bead.target)) {
        bead.confidence = posterior.through(&bead.source, &bead.target);
        bead.score = score(bead).map_or(bead.score, |score| score.max(bead.score));
    }
    joined
}
