//! How sure an alignment is: the posterior probability of every bead (forward–backward, Rabiner 1989),
//! and the path of the greatest expected number of right beads. Time as for the search, three times over.

use crate::lattice::{Corridor, Scorer, Shapes};
use std::ops::Range;

/// Posterior probabilities of the beads in a corridor.
pub struct Posterior<'a> {
    corridor: &'a Corridor,
    shapes: Vec<(usize, usize)>,
    /// For each node, the posterior of the bead of each shape that ends there.
    probability: Vec<f32>,
}

/// Runs forward–backward over the corridor; scores are divided by `temperature` (> 0, 1 = as they are).
pub fn posterior<'a, S: Scorer + ?Sized>(
    scorer: &S,
    corridor: &'a Corridor,
    shapes: &Shapes,
    temperature: f32,
) -> Posterior<'a> {
    let shapes: Vec<(usize, usize)> = shapes.iter().collect();
    let width = shapes.len();
    let nodes = corridor.nodes();
    let mut edge = vec![f32::NEG_INFINITY; nodes * width];
    let mut forward = vec![f64::NEG_INFINITY; nodes];
    forward[0] = 0.0;
    let mut terms = Vec::with_capacity(width);
    for (i, j, here) in all_nodes(corridor) {
        terms.clear();
        for (k, &(n, m)) in shapes.iter().enumerate() {
            if let Some(before) = predecessor(corridor, i, j, n, m) {
                let score = scorer.score(i - n..i, j - m..j) / temperature;
                edge[here * width + k] = score;
                terms.push(forward[before] + f64::from(score));
            }
        }
        if !terms.is_empty() {
            forward[here] = log_sum(&terms);
        }
    }
    let total = forward[nodes - 1];
    // `backward` holds, for each node, the logarithm of the weight of all ways from it to the end.
    let mut backward = vec![f64::NEG_INFINITY; nodes];
    backward[nodes - 1] = 0.0;
    for i in (0..=corridor.source_len()).rev() {
        for j in corridor.row(i).rev() {
            let here = corridor.row_offset(i) + j - corridor.row(i).start();
            let out = backward[here];
            for (k, &(n, m)) in shapes.iter().enumerate() {
                let Some(before) = predecessor(corridor, i, j, n, m) else { continue };
                let score = f64::from(edge[here * width + k]);
                backward[before] = log_add(backward[before], out + score);
                let log = forward[before] + score + out - total;
                edge[here * width + k] = log.min(0.0).exp() as f32;
            }
        }
    }
    for value in &mut edge {
        if !value.is_finite() {
            *value = 0.0;
        }
    }
    Posterior { corridor, shapes, probability: edge }
}

impl Posterior<'_> {
    /// The posterior of one bead; 0 outside the corridor and for shapes that were not allowed.
    pub fn of(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let shape = (source.len(), target.len());
        let Some(k) = self.shapes.iter().position(|&s| s == shape) else { return 0.0 };
        let inside = self.corridor.node(source.start, target.start).is_some();
        let end = self.corridor.node(source.end, target.end).filter(|_| inside);
        end.map_or(0.0, |node| self.probability[node * self.shapes.len() + k])
    }

    /// The path whose beads' posteriors, each less `threshold`, sum to the most: the more `threshold`,
    /// the fewer and larger the beads. Nulls count their posterior less `null_threshold`.
    pub fn decode(&self, threshold: f32, null_threshold: f32) -> Vec<(Range<usize>, Range<usize>)> {
        let width = self.shapes.len();
        let nodes = self.corridor.nodes();
        let mut best = vec![f64::NEG_INFINITY; nodes];
        let mut back = vec![u8::MAX; nodes];
        best[0] = 0.0;
        for (i, j, here) in all_nodes(self.corridor) {
            for (k, &(n, m)) in self.shapes.iter().enumerate() {
                let Some(before) = predecessor(self.corridor, i, j, n, m) else { continue };
                let price = if n == 0 || m == 0 { null_threshold } else { threshold };
                let gain = self.probability[here * width + k] - price;
                let value = best[before] + f64::from(gain);
                if value > best[here] {
                    best[here] = value;
                    back[here] = k as u8;
                }
            }
        }
        let (mut i, mut j) = (self.corridor.source_len(), self.corridor.target_len());
        let mut beads = Vec::new();
        while (i, j) != (0, 0) {
            let shape = self.corridor.node(i, j).and_then(|node| self.shapes.get(back[node] as usize));
            let &(n, m) = shape.unwrap_or(if i > 0 { &(1, 0) } else { &(0, 1) });
            beads.push((i - n..i, j - m..j));
            (i, j) = (i - n, j - m);
        }
        beads.reverse();
        beads
    }

    /// Calls `visit` with every bead of the corridor whose posterior is at least `least`.
    pub fn each(&self, least: f32, mut visit: impl FnMut(Range<usize>, Range<usize>, f32)) {
        for (i, j, here) in all_nodes(self.corridor) {
            for (k, &(n, m)) in self.shapes.iter().enumerate() {
                let p = self.probability[here * self.shapes.len() + k];
                if p >= least && n <= i && m <= j {
                    visit(i - n..i, j - m..j, p);
                }
            }
        }
    }
}

fn predecessor(corridor: &Corridor, i: usize, j: usize, n: usize, m: usize) -> Option<usize> {
    if n > i || m > j { None } else { corridor.node(i - n, j - m) }
}

fn all_nodes(corridor: &Corridor) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    let rows = (0..=corridor.source_len()).flat_map(|i| corridor.row(i).map(move |j| (i, j)));
    rows.enumerate().map(|(node, (i, j))| (i, j, node))
}

fn log_sum(terms: &[f64]) -> f64 {
    let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY { top } else { top + terms.iter().map(|t| (t - top).exp()).sum::<f64>().ln() }
}

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a >= b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
