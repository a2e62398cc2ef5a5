//! How sure an alignment is: the posterior probability of every bead (forward–backward, Rabiner 1989),
//! and the path of the greatest expected number of right beads.
//!
//! Going forward, each node keeps for every bead that ends there the probability that a path through the
//! node comes by that bead; going back, these are multiplied by the node's own probability, and no
//! exponential is taken twice. Beads with next to no share in their node are not kept. Time: one call of the
//! scorer for each node and shape; memory: some 20 bytes a node.

use super::prices::Prices;
use super::steps::Steps;
use crate::lattice::{Corridor, Scorer, Shapes};
use crate::score::{Likely, exp, ln};
use std::ops::Range;

/// Posterior probabilities of the beads in a corridor.
pub struct Posterior<'a> {
    corridor: &'a Corridor,
    shapes: Vec<(usize, usize)>,
    /// For each node, its first edge; and the number of edges at the end.
    starts: Vec<u32>,
    edges: Vec<Edge>,
    /// For each node, the probability that the path goes through it.
    nodes: Vec<f32>,
    /// For each node, the probability of the bead that ends there before others were given up, if it was sure
    /// then, else 1; nothing where none was given up.
    sure: Vec<f32>,
}

shown_by_name!(Posterior<'_>);

/// A bead that ends at a node, without room between its parts: where one sentence is as good as another there are
/// thirty to a node, which is most of the memory.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Edge {
    /// The number of its shape.
    shape: u8,
    /// Probability of the bead, given that the path goes through the node where it ends.
    share: f32,
}

/// Beads are left out whose share in the paths to their end is smaller than e to this.
const FAINT: f32 = -22.0;

/// Runs forward–backward over the corridor; scores are divided by `temperature` (> 0, 1 = as they are).
pub fn posterior<'a, S: Scorer + ?Sized>(
    scorer: &S,
    corridor: &'a Corridor,
    shapes: &Shapes,
    temperature: f32,
) -> Posterior<'a> {
    let shapes: Vec<(usize, usize)> = shapes.iter().collect();
    let mut edges = Vec::with_capacity(corridor.nodes() * 3);
    let mut starts = Vec::with_capacity(corridor.nodes() + 1);
    // Logarithm of the weight of all ways to a node.
    let mut forward = vec![f64::NEG_INFINITY; corridor.nodes()];
    forward[0] = 0.0;
    let mut steps = Steps::new(corridor, &shapes);
    let mut row = Row::default();
    for i in 0..=corridor.source_len() {
        steps.enter(i);
        let (low, high) = corridor.row(i).into_inner();
        row.fill(scorer, &steps, i, (low, high), (&forward, 1.0 / temperature));
        let first = corridor.row_offset(i);
        for k in 0..row.width {
            starts.push(edges.len() as u32);
            if let Some(weight) = row.join(k, &forward[first..first + k], &mut edges) {
                forward[first + k] = weight;
            }
        }
    }
    starts.push(edges.len() as u32);
    let mut posterior = Posterior { corridor, shapes, starts, edges, nodes: Vec::new(), sure: Vec::new() };
    posterior.go_back();
    posterior
}

/// The beads that end in one row of the corridor: all of them are scored at once, shape by shape.
#[derive(Default)]
struct Row {
    width: usize,
    /// For each shape, and each node of the row, the logarithm of the weight of the ways by that bead; for
    /// shapes within the row (no source sentence), that of the bead alone.
    terms: Vec<f64>,
    /// For each node, the greatest of them so far.
    tops: Vec<f64>,
    /// The numbers of the shapes within the row, and their target sentences.
    within: Vec<(usize, usize)>,
    scores: Vec<f32>,
}

impl Row {
    fn fill<S: Scorer + ?Sized>(
        &mut self,
        scorer: &S,
        steps: &Steps<'_>,
        i: usize,
        (low, high): (usize, usize),
        (forward, cool): (&[f64], f32),
    ) {
        self.width = high + 1 - low;
        self.tops.clear();
        self.tops.resize(self.width, f64::NEG_INFINITY);
        self.terms.clear();
        self.within.clear();
        for (shape, span) in steps.spans(low, high).enumerate() {
            let start = self.terms.len();
            self.terms.resize(start + self.width, f64::NEG_INFINITY);
            if span.count == 0 {
                continue;
            }
            self.scores.clear();
            self.scores.resize(span.count, 0.0);
            scorer.row(i - span.source..i, span.target, span.first, &mut self.scores);
            let at = span.first - low;
            let terms = &mut self.terms[start + at..start + at + span.count];
            if span.source == 0 {
                self.within.push((shape, span.target));
                terms.iter_mut().zip(&self.scores).for_each(|(term, &score)| *term = f64::from(score * cool));
                continue;
            }
            let before = &forward[span.from..span.from + span.count];
            let tops = &mut self.tops[at..at + span.count];
            for (((term, top), &score), &before) in terms.iter_mut().zip(tops).zip(&self.scores).zip(before) {
                *term = before + f64::from(score * cool);
                *top = if *term > *top { *term } else { *top };
            }
        }
    }

    /// Adds the beads that end at node `k` of the row and have a share in the ways to it as edges; the weight
    /// of all ways, if there is one. `before` are the weights of the nodes before it in the row.
    #[inline]
    fn join(&mut self, k: usize, before: &[f64], edges: &mut Vec<Edge>) -> Option<f64> {
        let mut top = self.tops[k];
        for &(shape, target) in &self.within {
            let term = &mut self.terms[shape * self.width + k];
            *term += k.checked_sub(target).map_or(f64::NEG_INFINITY, |at| before[at]);
            top = top.max(*term);
        }
        if top == f64::NEG_INFINITY {
            return None;
        }
        let start = edges.len();
        let mut sum = 0.0;
        for (shape, terms) in (0..).zip(self.terms.chunks_exact(self.width)) {
            let below = (terms[k] - top) as f32;
            if below > FAINT {
                let share = exp(below);
                sum += share;
                edges.push(Edge { shape, share });
            }
        }
        edges[start..].iter_mut().for_each(|edge| edge.share /= sum);
        Some(top + f64::from(ln(sum)))
    }
}

impl Posterior<'_> {
    /// Sets the probabilities of the nodes from the shares.
    fn go_back(&mut self) {
        let count = self.corridor.nodes();
        self.nodes.clear();
        self.nodes.resize(count, 0.0);
        self.nodes[count - 1] = 1.0;
        let Posterior { corridor, shapes, starts, edges, nodes, .. } = self;
        let mut steps = Steps::new(corridor, shapes);
        for i in (0..=corridor.source_len()).rev() {
            steps.enter(i);
            let (low, high) = corridor.row(i).into_inner();
            let first = corridor.row_offset(i);
            for j in (low..high + 1).rev() {
                let here = first + j - low;
                let reached = nodes[here];
                if reached < LEAST_NODE {
                    continue;
                }
                for edge in &edges[starts[here] as usize..starts[here + 1] as usize] {
                    nodes[steps.from(edge.shape, j)] += reached * edge.share;
                }
            }
        }
    }

    /// The same with something added to the scores of the beads that are in question: those with a posterior
    /// from `least` to 1 − `least`. Less probable ones are given up, though what they took from a bead that is
    /// surer stays taken. `more` is asked in the order of the beads' ends.
    #[must_use]
    pub fn with_more(mut self, least: f32, mut more: impl FnMut(Range<usize>, Range<usize>) -> f32) -> Self {
        // By how much, as a logarithm, the weight of all ways to a node has grown.
        let mut grown = vec![0.0; self.corridor.nodes()];
        self.sure = vec![1.0; self.corridor.nodes()];
        let mut growths = Vec::with_capacity(self.shapes.len());
        let mut steps = Steps::new(self.corridor, &self.shapes);
        for i in 0..=self.corridor.source_len() {
            steps.enter(i);
            let (low, high) = self.corridor.row(i).into_inner();
            let first = self.corridor.row_offset(i);
            for j in low..high + 1 {
                let here = first + j - low;
                let edges = &mut self.edges[self.starts[here] as usize..self.starts[here + 1] as usize];
                let reached = self.nodes[here];
                if edges.is_empty() || reached < least {
                    continue;
                }
                // The likeliest bead that ends here is never given up, so that a path remains.
                let likeliest = edges.iter().map(|edge| edge.share).fold(0.0, f32::max);
                growths.clear();
                let ends = &mut self.sure[here];
                growths.extend(edges.iter().map(|edge| {
                    let before: f64 = grown[steps.from(edge.shape, j)];
                    let probability = edge.share * reached;
                    let sure = least > 0.0 && probability > 1.0 - least;
                    if probability >= least && !sure {
                        let (n, m) = self.shapes[usize::from(edge.shape)];
                        before + f64::from(more(i - n..i, j - m..j))
                    } else if edge.share == likeliest {
                        *ends = if sure { probability } else { *ends };
                        before
                    } else {
                        f64::NEG_INFINITY
                    }
                }));
                let top = growths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let mut sum = 0.0;
                for (edge, growth) in edges.iter_mut().zip(&growths) {
                    edge.share *= exp((growth - top) as f32);
                    sum += edge.share;
                }
                edges.iter_mut().for_each(|edge| edge.share /= sum);
                grown[here] = top + f64::from(ln(sum.max(f32::MIN_POSITIVE)));
            }
        }
        self.go_back();
        self
    }

    /// The posterior of one bead; 0 outside the corridor and for shapes that were not allowed.
    pub fn of(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let shape = (source.len(), target.len());
        let Some(k) = self.shapes.iter().position(|&s| s == shape) else { return 0.0 };
        if self.corridor.node(source.start, target.start).is_none() {
            return 0.0;
        }
        let Some(node) = self.corridor.node(source.end, target.end) else { return 0.0 };
        let edge = self.edges_to(node).iter().find(|edge| usize::from(edge.shape) == k);
        // Sums of shares may come out a hair above 1.
        let most = self.sure.get(node).map_or(1.0, |sure| sure.min(1.0));
        edge.map_or(0.0, |edge| (edge.share * self.nodes[node]).min(most))
    }

    /// The probability that the path goes through both ends of a run of sentences, with a pair between them.
    pub fn through(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let base = self.corridor.row_offset(source.start);
        let node = |i, j| self.corridor.node(i, j);
        let (Some(start), Some(end)) = (node(source.start, target.start), node(source.end, target.end))
        else {
            return 0.0;
        };
        // With a pair between a node and the end, and without.
        let mut ways = vec![(0.0, 0.0); end + 1 - base];
        ways[end - base] = (0.0, self.nodes[end]);
        let mut steps = Steps::new(self.corridor, &self.shapes);
        for i in (source.start..source.end + 1).rev() {
            steps.enter(i);
            let (low, high) = self.corridor.row(i).into_inner();
            for j in (low.max(target.start)..high.min(target.end) + 1).rev() {
                let here = self.corridor.row_offset(i) + j - low;
                let (pairs, nulls): (f32, f32) = ways[here - base];
                if pairs + nulls < LEAST_NODE {
                    continue;
                }
                for edge in self.edges_to(here) {
                    let (n, m) = self.shapes[usize::from(edge.shape)];
                    if n > i - source.start || m > j - target.start {
                        continue;
                    }
                    let from = &mut ways[steps.from(edge.shape, j) - base];
                    let alone = if n == 0 || m == 0 { nulls } else { 0.0 };
                    from.0 += edge.share * (pairs + nulls - alone);
                    from.1 += edge.share * alone;
                }
            }
        }
        ways[start - base].0.min(1.0)
    }

    /// The path whose beads' posteriors, each less its price, sum to the most.
    pub fn decode(&self, prices: &Prices) -> Vec<(Range<usize>, Range<usize>)> {
        let nodes = self.corridor.nodes();
        let mut best = vec![f64::NEG_INFINITY; nodes];
        let mut back = vec![u8::MAX; nodes];
        best[0] = 0.0;
        let nulls: Vec<bool> = self.shapes.iter().map(|&(n, m)| n == 0 || m == 0).collect();
        let mut steps = Steps::new(self.corridor, &self.shapes);
        for i in 0..=self.corridor.source_len() {
            steps.enter(i);
            let (low, high) = self.corridor.row(i).into_inner();
            let first = self.corridor.row_offset(i);
            for j in low..high + 1 {
                let here = first + j - low;
                let (mut top, mut shape) = (best[here], back[here]);
                for edge in self.edges_to(here) {
                    let gain = prices.gain(nulls[usize::from(edge.shape)], edge.share * self.nodes[here]);
                    let value = best[steps.from(edge.shape, j)] + f64::from(gain);
                    if value > top {
                        (top, shape) = (value, edge.shape);
                    }
                }
                (best[here], back[here]) = (top, shape);
            }
        }
        super::steps::trace(self.corridor, &self.shapes, &back)
    }

    /// Calls `visit` with every bead of the corridor whose posterior is at least `least`, which is above 0.
    pub fn each(&self, least: f32, mut visit: impl FnMut(Range<usize>, Range<usize>, f32)) {
        for i in 0..=self.corridor.source_len() {
            let (low, high) = self.corridor.row(i).into_inner();
            let first = self.corridor.row_offset(i);
            for j in low..high + 1 {
                let here = first + j - low;
                if self.nodes[here] < least {
                    continue;
                }
                for edge in self.edges_to(here) {
                    let (n, m) = self.shapes[usize::from(edge.shape)];
                    let p = edge.share * self.nodes[here];
                    if p >= least {
                        visit(i - n..i, j - m..j, p);
                    }
                }
            }
        }
    }

    /// The beads whose posterior is at least `least`, which is above 0, in the order of their ends.
    pub fn likely(&self, least: f32) -> Vec<Likely> {
        let mut likely = Vec::with_capacity(2 * (self.corridor.source_len() + 1));
        self.each(least, |source, target, p| likely.push((source, target, p)));
        likely
    }

    /// For each source border, the target borders through which the path goes with a probability of at
    /// least `least`, the first to the last; empty where there is none.
    pub fn rows(&self, least: f32) -> Vec<Range<usize>> {
        let row = |i: usize| {
            let (low, first) = (*self.corridor.row(i).start(), self.corridor.row_offset(i));
            let nodes = &self.nodes[first..first + self.corridor.row(i).count()];
            let start = nodes.iter().position(|&p| p >= least);
            let end = nodes.iter().rposition(|&p| p >= least);
            start.zip(end).map_or(low..low, |(start, end)| low + start..low + end + 1)
        };
        (0..=self.corridor.source_len()).map(row).collect()
    }

    /// For each source border, a target border through which the path goes with a probability of at least `most`.
    pub fn sure(&self, most: f32) -> Vec<Option<usize>> {
        let row = |i: usize| {
            let first = self.corridor.row_offset(i);
            self.corridor.row(i).zip(&self.nodes[first..]).find(|&(_, &p)| p >= most).map(|(j, _)| j)
        };
        (0..=self.corridor.source_len()).map(row).collect()
    }

    fn edges_to(&self, node: usize) -> &[Edge] {
        &self.edges[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Nodes that the path meets less often are passed over.
const LEAST_NODE: f32 = 1e-12;
