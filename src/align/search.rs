//! The best path: beads whose scores sum to the most (Gale and Church 1993, section 4, over any shapes
//! and any scorer). Time: nodes × shapes calls of the scorer; memory: nine bytes a node.

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
    let shape_list: Vec<(usize, usize)> = shapes.iter().collect();
    let (n_end, m_end) = (corridor.source_len(), corridor.target_len());
    let mut best = vec![f64::NEG_INFINITY; corridor.nodes()];
    let mut back = vec![u8::MAX; corridor.nodes()];
    best[0] = 0.0;
    for i in 0..=n_end {
        for j in corridor.row(i) {
            let here = corridor.row_offset(i) + j - corridor.row(i).start();
            for (k, &(n, m)) in shape_list.iter().enumerate() {
                if n > i || m > j {
                    continue;
                }
                let Some(before) = corridor.node(i - n, j - m) else { continue };
                if best[before] == f64::NEG_INFINITY {
                    continue;
                }
                let total = best[before] + f64::from(scorer.score(i - n..i, j - m..j));
                if total > best[here] {
                    best[here] = total;
                    back[here] = k as u8;
                }
            }
        }
    }
    let mut beads = Vec::new();
    let (mut i, mut j) = (n_end, m_end);
    while (i, j) != (0, 0) {
        let shape = corridor.node(i, j).map(|node| back[node] as usize).and_then(|k| shape_list.get(k));
        // A corridor can always be crossed by nulls, so a path exists unless a scorer answers NaN or
        // minus infinity; then the rest is left as nulls rather than lost.
        let &(n, m) = shape.unwrap_or(if i > 0 { &(1, 0) } else { &(0, 1) });
        let (source, target) = (i - n..i, j - m..j);
        let score = scorer.score(source.clone(), target.clone());
        beads.push((source, target, score));
        (i, j) = (i - n, j - m);
    }
    beads.reverse();
    beads
}
