//! Learns translation probabilities from aligned beads: expectation–maximisation of IBM model 1 (Brown et
//! al. 1993) with the lexicon as prior. Time and memory: the token pairs that meet in a bead, a few rounds.

use super::table::Table;
use super::tokens::Tokens;
use std::collections::HashMap;
use std::ops::Range;

/// The constants of [`learn`].
#[derive(Debug, Clone, Copy, PartialEq)]
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
    let mut meetings = Meetings::default();
    for (s, t) in beads.iter().filter(|(s, t)| !s.is_empty() && !t.is_empty()) {
        meetings.add(source.run(s.clone()), target.run(t.clone()));
    }
    let rows = source.types();
    let mut prior_of = vec![0f32; meetings.pairs.len()];
    for x in 0..rows as u32 {
        for &(e, t) in prior.row(x) {
            if let Some(&k) = meetings.index.get(&(x, e)) {
                prior_of[k as usize] = t;
            }
        }
    }
    let begin = |x: u32| options.start / (8.0 * source.count(x) as f32 + 8.0);
    let mut t: Vec<f32> = meetings.pairs.iter().zip(&prior_of).map(|(&(x, _), &p)| p + begin(x)).collect();
    let mut kept = vec![0f32; t.len()];
    let mut total = vec![0f32; rows];
    for _ in 0..options.rounds {
        kept.fill(0.0);
        meetings.expect(&t, &mut kept);
        total.fill(0.0);
        for (k, &(x, _)) in meetings.pairs.iter().enumerate() {
            kept[k] = (kept[k] - options.discount).max(0.0);
            total[x as usize] += kept[k];
        }
        for (k, &(x, _)) in meetings.pairs.iter().enumerate() {
            t[k] = (kept[k] + options.prior * prior_of[k]) / (total[x as usize] + options.prior);
        }
    }
    // What the lexicon knows stays known, though it was not seen in a bead.
    let mut learned: Vec<Vec<(u32, f32)>> = (0..rows as u32)
        .map(|x| {
            let shrink = options.prior / (total[x as usize] + options.prior);
            let unseen = prior.row(x).iter().filter(|&&(e, _)| !meetings.index.contains_key(&(x, e)));
            unseen.map(|&(e, p)| (e, p * shrink)).collect()
        })
        .collect();
    for (k, &(x, e)) in meetings.pairs.iter().enumerate() {
        if t[k] > LEAST {
            learned[x as usize].push((e, t[k]));
        }
    }
    for row in &mut learned {
        row.sort_unstable_by_key(|&(e, _)| e);
    }
    Table::from_rows(learned)
}

/// Below this a probability changes no score that matters, and would only cost time.
const LEAST: f32 = 1e-4;

/// Which types meet in which beads.
#[derive(Default)]
struct Meetings {
    index: HashMap<(u32, u32), u32>,
    pairs: Vec<(u32, u32)>,
    /// For each bead: its distinct types with counts, and its pairs, target by target.
    beads: Vec<Meeting>,
}

struct Meeting {
    sources: Vec<(u32, f32)>,
    targets: Vec<(u32, f32)>,
    pairs: Vec<u32>,
}

impl Meetings {
    fn add(&mut self, sources: &[u32], targets: &[u32]) {
        let (sources, targets) = (counted(sources), counted(targets));
        let mut pairs = Vec::with_capacity(sources.len() * targets.len());
        for &(e, _) in &targets {
            for &(x, _) in &sources {
                let next = self.pairs.len() as u32;
                let k = *self.index.entry((x, e)).or_insert(next);
                if k == next {
                    self.pairs.push((x, e));
                }
                pairs.push(k);
            }
        }
        self.beads.push(Meeting { sources, targets, pairs });
    }

    fn expect(&self, t: &[f32], counts: &mut [f32]) {
        for bead in &self.beads {
            let width = bead.sources.len();
            for (&(_, n), pairs) in bead.targets.iter().zip(bead.pairs.chunks(width.max(1))) {
                let sum: f32 = bead.sources.iter().zip(pairs).map(|(&(_, c), &k)| c * t[k as usize]).sum();
                if sum > 0.0 {
                    for (&(_, c), &k) in bead.sources.iter().zip(pairs) {
                        counts[k as usize] += n * c * t[k as usize] / sum;
                    }
                }
            }
        }
    }
}

fn counted(tokens: &[u32]) -> Vec<(u32, f32)> {
    let mut sorted = tokens.to_vec();
    sorted.sort_unstable();
    let mut counts: Vec<(u32, f32)> = Vec::new();
    for t in sorted {
        match counts.last_mut() {
            Some(last) if last.0 == t => last.1 += 1.0,
            _ => counts.push((t, 1.0)),
        }
    }
    counts
}
