//! The best path: beads whose scores sum to the most (Gale and Church 1993, section 4, over any shapes
//! and any scorer). Time: nodes × shapes calls of the scorer; memory: nine bytes a node.

use super::steps::{Steps, trace};
use crate::lattice::{Corridor, Scorer, Shapes};
use std::ops::Range;

/// The beads of the best-scoring path through the corridor, with their scores, in order.
///
/// On ties the shape that stands first in `shapes` wins, so that the result does not depend on the machine.
pub fn search<S: Scorer + ?Sized>(
    scorer: &S,
    corridor: &Corridor,
    shapes: &Shapes,
) -> Vec<(Range<usize>, Range<usize>, f32)> {
    let shapes: Vec<(usize, usize)> = shapes.iter().collect();
    let mut best = vec![f64::NEG_INFINITY; corridor.nodes()];
    let mut back = vec![u8::MAX; corridor.nodes()];
    best[0] = 0.0;
    let mut steps = Steps::new(corridor, &shapes);
    for i in 0..=corridor.source_len() {
        steps.enter(i);
        for j in corridor.row(i) {
            let here = corridor.row_offset(i) + j - corridor.row(i).start();
            for step in steps.to(j) {
                if best[step.from] == f64::NEG_INFINITY {
                    continue;
                }
                let score = scorer.score(i - step.source..i, j - step.target..j);
                let total = best[step.from] + f64::from(score);
                if total > best[here] {
                    best[here] = total;
                    back[here] = step.shape;
                }
            }
        }
    }
    let scored = |(source, target): (Range<usize>, Range<usize>)| {
        let score = scorer.score(source.clone(), target.clone());
        (source, target, score)
    };
    trace(corridor, &shapes, &back).into_iter().map(scored).collect()
}
