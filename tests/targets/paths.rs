//! Brute force: every path of a small lattice. The engine's own tests include this file too.

use super::{Corridor, Shapes};
use std::ops::Range;

/// Beads from the first node to the last.
pub type Path = Vec<(Range<usize>, Range<usize>)>;

/// Every path through the corridor.
pub fn paths(corridor: &Corridor, shapes: &Shapes) -> Vec<Path> {
    let end = (corridor.source_len(), corridor.target_len());
    let mut found = Vec::new();
    let mut open = vec![((0, 0), Path::new())];
    while let Some(((i, j), path)) = open.pop() {
        if (i, j) == end {
            found.push(path);
            continue;
        }
        for (n, m) in shapes.iter().filter(|&(n, m)| corridor.node(i + n, j + m).is_some()) {
            let mut longer = path.clone();
            longer.push((i..i + n, j..j + m));
            open.push(((i + n, j + m), longer));
        }
    }
    found
}
