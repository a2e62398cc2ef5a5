//! Learns translation probabilities from aligned beads: expectation–maximisation of IBM model 1 (Brown et
//! al. 1993) with the lexicon as prior.
//!
//! The first round sweeps over all pairs of tokens that meet in a bead: by source type, whose probabilities are
//! spread over an array of all target types, first for what each target token could come from, then for its
//! share. From then on only pairs have a chance that the lexicon knows or the first round learned, and
//! where these meet is noted down. Time: the token pairs that meet in a bead, three times over; memory: the
//! tokens, and the pairs that are known or expected more often than [`LearnOptions::discount`], of which there
//! are at most 1 / `discount` a token.

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
    if options.rounds == 0 {
        return prior.clone();
    }
    pairs((source, target), beads, prior, options).into_table(|pair| pair.t)
}

/// How often types are expected to translate each other in `beads`, less the discount: what learning adds to the
/// prior.
pub(super) fn expected(
    sides: (&Tokens, &Tokens),
    beads: &[(Range<usize>, Range<usize>)],
    prior: &Table,
    options: &LearnOptions,
) -> Table {
    pairs(sides, beads, prior, options).into_table(|pair| pair.sum)
}

/// The pairs after `options.rounds` rounds, at least one.
fn pairs(
    (source, target): (&Tokens, &Tokens),
    beads: &[(Range<usize>, Range<usize>)],
    prior: &Table,
    options: &LearnOptions,
) -> Pairs {
    let mut meetings = Meetings::new(source, target, beads);
    // In the first round every pair has a chance; later only those that are known or were learned.
    let chance = |x: u32| options.start / (8.0 * source.count(x) as f32 + 8.0);
    let mut scratch = Scratch { spread: vec![0.0; target.types()], touched: Vec::new() };
    meetings.weigh(prior, &chance, &mut scratch);
    let mut pairs = meetings.first(prior, &chance, options, &mut scratch);
    meetings.note(&mut pairs, target.types());
    for _ in 1..options.rounds {
        meetings.again(&mut pairs, options);
    }
    pairs
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
    fn weigh(&mut self, prior: &Table, chance: &dyn Fn(u32) -> f32, scratch: &mut Scratch) {
        self.weights.fill(0.0);
        for x in 0..prior.rows() as u32 {
            let chance = chance(x);
            for &(e, t) in prior.row(x) {
                scratch.spread[e as usize] = t;
            }
            for k in self.holders(x) {
                let (bead, count) = self.holders[k];
                let range = self.targets(bead);
                for (&(e, _), weight) in self.targets[range.clone()].iter().zip(&mut self.weights[range]) {
                    *weight += count * (scratch.spread[e as usize] + chance);
                }
            }
            for &(e, _) in prior.row(x) {
                scratch.spread[e as usize] = 0.0;
            }
        }
        self.turn_weights();
    }

    /// From what its source tokens give each target token to the weight of its count.
    fn turn_weights(&mut self) {
        for (weight, &(_, count)) in self.weights.iter_mut().zip(&self.targets) {
            *weight = if *weight > 0.0 { count / *weight } else { 0.0 };
        }
    }

    /// Second sweep: expected counts, and the probabilities from them.
    fn first(
        &self,
        prior: &Table,
        chance: &dyn Fn(u32) -> f32,
        options: &LearnOptions,
        scratch: &mut Scratch,
    ) -> Pairs {
        let mut starts = Vec::with_capacity(prior.rows() + 1);
        starts.push(0);
        let (list, meetings) = (Vec::with_capacity(prior.entries() + prior.rows()), Vec::new());
        let mut pairs = Pairs { starts, list, meetings };
        let mut seen: Vec<(u32, f32)> = Vec::new();
        for x in 0..prior.rows() as u32 {
            self.expected(x, prior.row(x), chance(x), options.discount, scratch, &mut seen);
            let total: f32 = seen.iter().map(|&(_, kept)| kept).sum();
            let scale = 1.0 / (total + options.prior);
            let mut push = |e: u32, before: f32, kept: f32| {
                pairs.list.push(Pair {
                    e,
                    before,
                    t: cut((kept + options.prior * before) * scale),
                    sum: kept,
                });
            };
            let mut known = prior.row(x).iter().copied().peekable();
            for &(e, kept) in &seen {
                while let Some((k, t)) = known.next_if(|&(k, _)| k < e) {
                    push(k, t, 0.0);
                }
                push(e, known.next_if(|&(k, _)| k == e).map_or(0.0, |(_, t)| t), kept);
            }
            known.for_each(|(k, t)| push(k, t, 0.0));
            pairs.starts.push(pairs.list.len() as u32);
        }
        pairs
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
        seen.clear();
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

    /// Notes down where the pairs meet.
    fn note(&self, pairs: &mut Pairs, types: usize) {
        let mut places = vec![u32::MAX; types];
        for x in 0..pairs.starts.len() as u32 - 1 {
            let row = pairs.row(x);
            if row.is_empty() {
                continue;
            }
            for k in row.clone() {
                places[pairs.list[k].e as usize] = k as u32;
            }
            for &(bead, count) in &self.holders[self.holders(x)] {
                let range = self.targets(bead);
                for (at, &(e, _)) in (range.start as u32..).zip(&self.targets[range]) {
                    let pair = places[e as usize];
                    if pair != u32::MAX {
                        pairs.meetings.push((pair, at, count));
                    }
                }
            }
            for k in row {
                places[pairs.list[k].e as usize] = u32::MAX;
            }
        }
    }

    /// A later round.
    fn again(&mut self, pairs: &mut Pairs, options: &LearnOptions) {
        let Pairs { starts, list, meetings } = pairs;
        self.weights.fill(0.0);
        for &(pair, at, count) in &*meetings {
            self.weights[at as usize] += count * list[pair as usize].t;
        }
        self.turn_weights();
        list.iter_mut().for_each(|pair| pair.sum = 0.0);
        for &(pair, at, count) in &*meetings {
            list[pair as usize].sum += count * self.weights[at as usize];
        }
        for ends in starts.windows(2) {
            let row = &mut list[ends[0] as usize..ends[1] as usize];
            let mut total = 0.0;
            for pair in &mut *row {
                pair.sum = (pair.t * pair.sum - options.discount).max(0.0);
                total += pair.sum;
            }
            let scale = 1.0 / (total + options.prior);
            for pair in row {
                pair.t = cut((pair.sum + options.prior * pair.before) * scale);
            }
        }
    }
}

/// A probability, or 0 if it is too small to matter.
fn cut(t: f32) -> f32 {
    if t > LEAST { t } else { 0.0 }
}

/// The pairs of types that are known or were learned, by source type.
struct Pairs {
    starts: Vec<u32>,
    list: Vec<Pair>,
    /// Where they meet: the pair, the target in its bead, and how often the source type is there.
    meetings: Vec<(u32, u32, f32)>,
}

struct Pair {
    /// The target type.
    e: u32,
    /// Its probability by the prior.
    before: f32,
    /// Its probability.
    t: f32,
    /// What its meetings weigh; then, how often it is expected.
    sum: f32,
}

impl Pairs {
    fn row(&self, x: u32) -> Range<usize> {
        self.starts[x as usize] as usize..self.starts[x as usize + 1] as usize
    }

    /// What is said of each pair, where it is more than 0.
    fn into_table(self, value: impl Fn(&Pair) -> f32) -> Table {
        Table::from_fn(self.starts.len() - 1, |x, row| {
            let pairs = self.list[self.row(x)].iter().map(|pair| (pair.e, value(pair)));
            row.extend(pairs.filter(|pair| pair.1 > 0.0));
        })
    }
}

/// Appends the distinct types among `tokens` with their counts to `counts`.
fn counted(tokens: &[u32], sorted: &mut Vec<u32>, counts: &mut Vec<(u32, f32)>) {
    sorted.clear();
    sorted.extend_from_slice(tokens);
    sorted.sort_unstable();
    counts.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)));
}
