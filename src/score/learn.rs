//! Learns translation probabilities from aligned beads: expectation–maximisation of IBM model 1 (Brown et
//! al. 1993) with the lexicon as prior.
//!
//! Each round sweeps twice over the source types: a type's probabilities are spread over an array of all
//! target types, and the beads that hold the type read them there, first for what each target token could
//! come from, then for its share. Time: the token pairs that meet in a bead, six times over; memory: the
//! tokens, and the pairs that are expected more often than [`LearnOptions::discount`], of which there are at
//! most 1 / `discount` a token.

use super::table::Table;
use super::tokens::Tokens;
use std::ops::Range;

/// The constants of [`learn`].
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LearnOptions {
    /// Rounds of expectation–maximisation.
    pub rounds: usize,
    /// Before the first round, a pair that the lexicon does not know has this over (8 · count + 8).
    pub start: f32,
    /// Taken off each expected count: what is seen by chance once is no evidence.
    pub discount: f32,
    /// How many observations the prior is worth.
    pub prior: f32,
}

impl Default for LearnOptions {
    /// From a random search on literary text.
    fn default() -> Self {
        LearnOptions { rounds: 3, start: 0.07, discount: 0.5, prior: 4.5 }
    }
}

/// The table p(e|x) after learning from `beads`, with `prior` as the table before.
pub fn learn(
    (source, target): (&Tokens, &Tokens),
    beads: &[(Range<usize>, Range<usize>)],
    prior: &Table,
    options: &LearnOptions,
) -> Table {
    let mut meetings = Meetings::new(source, target, beads);
    let mut table = prior.clone();
    let mut scratch = Scratch { spread: vec![0.0; target.types()], touched: Vec::new() };
    for round in 0..options.rounds {
        // In the first round every pair has a chance; later only those that are known or were learned.
        let chance = |x: u32| match round {
            0 => options.start / (8.0 * source.count(x) as f32 + 8.0),
            _ => 0.0,
        };
        meetings.weigh(&table, &chance, &mut scratch);
        table = meetings.maximise(&table, prior, &chance, options, &mut scratch);
    }
    table
}

/// Below this a probability changes no score that matters, and would only cost time.
const LEAST: f32 = 1e-4;

/// Which types meet in which beads.
struct Meetings {
    /// Target types with their counts, bead by bead.
    targets: Vec<(u32, f32)>,
    /// Where the targets of each bead start, and one more for the end.
    starts: Vec<u32>,
    /// For each of the targets, its count over what its source tokens give it.
    weights: Vec<f32>,
    /// For each source type, the beads that hold it with its count there, and where these start.
    holders: Vec<(u32, f32)>,
    first: Vec<u32>,
}

/// Arrays over the target types, all 0 between uses.
struct Scratch {
    spread: Vec<f32>,
    touched: Vec<u32>,
}

impl Meetings {
    fn new(source: &Tokens, target: &Tokens, beads: &[(Range<usize>, Range<usize>)]) -> Self {
        let both = || beads.iter().filter(|(s, t)| !s.is_empty() && !t.is_empty());
        let (mut targets, mut starts, mut sorted) = (Vec::new(), vec![0], Vec::new());
        for (_, range) in both() {
            counted(target.run(range.clone()), &mut sorted, &mut targets);
            starts.push(targets.len() as u32);
        }
        let (mut sources, mut ends) = (Vec::new(), vec![0]);
        for (range, _) in both() {
            counted(source.run(range.clone()), &mut sorted, &mut sources);
            ends.push(sources.len());
        }
        let mut first = vec![0u32; source.types() + 1];
        for &(x, _) in &sources {
            first[x as usize + 1] += 1;
        }
        for x in 0..source.types() {
            first[x + 1] += first[x];
        }
        let mut next = first.clone();
        let mut holders = vec![(0, 0.0); sources.len()];
        for (bead, ends) in ends.windows(2).enumerate() {
            for &(x, count) in &sources[ends[0]..ends[1]] {
                let at = &mut next[x as usize];
                holders[*at as usize] = (bead as u32, count);
                *at += 1;
            }
        }
        let weights = vec![0.0; targets.len()];
        Meetings { targets, starts, weights, holders, first }
    }

    fn holders(&self, x: u32) -> Range<usize> {
        self.first[x as usize] as usize..self.first[x as usize + 1] as usize
    }

    fn targets(&self, bead: u32) -> Range<usize> {
        self.starts[bead as usize] as usize..self.starts[bead as usize + 1] as usize
    }

    /// First sweep: what all source tokens of its bead give each target token, and the weight from it.
    fn weigh(&mut self, table: &Table, chance: &dyn Fn(u32) -> f32, scratch: &mut Scratch) {
        self.weights.fill(0.0);
        for x in 0..table.rows() as u32 {
            let chance = chance(x);
            if chance == 0.0 && table.row(x).is_empty() {
                continue;
            }
            for &(e, t) in table.row(x) {
                scratch.spread[e as usize] = t;
            }
            for k in self.holders(x) {
                let (bead, count) = self.holders[k];
                let range = self.targets(bead);
                for (&(e, _), weight) in self.targets[range.clone()].iter().zip(&mut self.weights[range]) {
                    *weight += count * (scratch.spread[e as usize] + chance);
                }
            }
            for &(e, _) in table.row(x) {
                scratch.spread[e as usize] = 0.0;
            }
        }
        for (weight, &(_, count)) in self.weights.iter_mut().zip(&self.targets) {
            *weight = if *weight > 0.0 { count / *weight } else { 0.0 };
        }
    }

    /// Second sweep: expected counts, and the probabilities from them.
    fn maximise(
        &self,
        table: &Table,
        prior: &Table,
        chance: &dyn Fn(u32) -> f32,
        options: &LearnOptions,
        scratch: &mut Scratch,
    ) -> Table {
        let mut seen: Vec<(u32, f32)> = Vec::new();
        Table::from_fn(table.rows(), |x, row| {
            self.expected(x, table.row(x), chance(x), options.discount, scratch, &mut seen);
            let total: f32 = seen.iter().map(|&(_, kept)| kept).sum();
            let scale = 1.0 / (total + options.prior);
            let mut known = prior.row(x).iter().copied().peekable();
            for &(e, kept) in &seen {
                while let Some((k, t)) = known.next_if(|&(k, _)| k < e) {
                    row.push((k, t * options.prior * scale));
                }
                let t = known.next_if(|&(k, _)| k == e).map_or(0.0, |(_, t)| t);
                row.push((e, (kept + options.prior * t) * scale));
            }
            row.extend(known.map(|(k, t)| (k, t * options.prior * scale)));
            row.retain(|&(_, t)| t > LEAST);
        })
    }

    /// The target types that a source type is expected with more often than `discount`, and by how much.
    fn expected(
        &self,
        x: u32,
        known: &[(u32, f32)],
        chance: f32,
        discount: f32,
        scratch: &mut Scratch,
        seen: &mut Vec<(u32, f32)>,
    ) {
        seen.clear();
        if chance == 0.0 {
            return self.expected_known(x, known, discount, scratch, seen);
        }
        let Scratch { spread, touched } = scratch;
        for &(bead, count) in &self.holders[self.holders(x)] {
            let range = self.targets(bead);
            for (&(e, _), weight) in self.targets[range.clone()].iter().zip(&self.weights[range]) {
                let sum = &mut spread[e as usize];
                if *sum == 0.0 {
                    touched.push(e);
                }
                *sum += count * weight;
            }
        }
        // A pair's expected count is its probability times what its meetings weigh.
        let mut keep = |e: u32, t: f32| {
            let kept = t * std::mem::take(&mut spread[e as usize]) - discount;
            if kept > 0.0 {
                seen.push((e, kept));
            }
        };
        known.iter().for_each(|&(e, t)| keep(e, t + chance));
        touched.drain(..).for_each(|e| keep(e, chance));
        seen.sort_unstable_by_key(|&(e, _)| e);
    }

    /// The same where only those have a chance that are known: in the order of their row, which rises.
    fn expected_known(
        &self,
        x: u32,
        known: &[(u32, f32)],
        discount: f32,
        scratch: &mut Scratch,
        seen: &mut Vec<(u32, f32)>,
    ) {
        if known.is_empty() {
            return;
        }
        let spread = &mut scratch.spread;
        let holders = &self.holders[self.holders(x)];
        for &(bead, count) in holders {
            let range = self.targets(bead);
            for (&(e, _), weight) in self.targets[range.clone()].iter().zip(&self.weights[range]) {
                spread[e as usize] += count * weight;
            }
        }
        let kept = known.iter().map(|&(e, t)| (e, t * spread[e as usize] - discount));
        seen.extend(kept.filter(|&(_, kept)| kept > 0.0));
        for &(bead, _) in holders {
            self.targets[self.targets(bead)].iter().for_each(|&(e, _)| spread[e as usize] = 0.0);
        }
    }
}

/// Appends the distinct types among `tokens` with their counts to `counts`.
fn counted(tokens: &[u32], sorted: &mut Vec<u32>, counts: &mut Vec<(u32, f32)>) {
    sorted.clear();
    sorted.extend_from_slice(tokens);
    sorted.sort_unstable();
    counts.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)));
}
