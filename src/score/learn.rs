//! Learns translation probabilities from beads, each with its own: expectation–maximisation of IBM model 1 (Brown et
//! al. 1993) with the lexicon as prior. Where the search is unsure, every bead that may be right teaches as much as it
//! is likely, so that a pair of words counts in full which all of them have in common.
//!
//! Before the first round every pair has a small chance, the same for all that a source type meets, so that what
//! chance gives a target token is one sum a bead. Only where the pairs that the lexicon knows meet is noted
//! down, and where those meet that are expected by chance alone more often than [`LearnOptions::discount`]: as
//! a bound for each source type shows, that takes beads of few words, and only these are swept for such pairs.
//! Time and memory: the tokens, three times the meetings, and the pairs of tokens in beads of few words.

use super::table::Table;
use super::tokens::Tokens;
use std::ops::Range;

/// The constants of [`learn`].
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnOptions {
    /// Rounds of expectation–maximisation.
    pub rounds: usize,
    /// Before the first round, a pair that the lexicon does not know has this over (8 · count + 8).
    pub start: f32,
    /// Taken off each expected count: what is seen by chance once is no evidence.
    pub discount: f32,
    /// How many observations the prior is worth.
    pub prior: f32,
    /// Beads teach nothing where the search is sure of this share, 0 to 1, of what it finds around them, and all
    /// where it is sure of the second share, which is above the first; else texts that do not translate each other
    /// would teach that they do.
    pub trust: (f32, f32),
    /// How many beads that may be right before one, and after it, are around it; nulls are not counted.
    pub around: usize,
}

impl Default for LearnOptions {
    /// The rounds and the start from a random search on literary text; the rest from a few values each, held out by
    /// document, and `trust` also from pages whose halves do not translate each other.
    fn default() -> Self {
        LearnOptions { rounds: 3, start: 0.07, discount: 0.2, prior: 3.0, trust: (0.35, 0.5), around: 40 }
    }
}

/// Beads that are less probable than this teach nothing: there are many, and together they say little.
pub const LIKELY: f32 = 0.1;

/// A bead that may be right, and its probability, above 0 and up to 1.
pub type Likely = (Range<usize>, Range<usize>, f32);

/// The table p(e|x) after learning from `beads`, in the order of the texts, with `prior` as the table before.
pub fn learn(
    (source, target): (&Tokens, &Tokens),
    beads: &[Likely],
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
    beads: &[Likely],
    prior: &Table,
    options: &LearnOptions,
) -> Table {
    pairs(sides, beads, prior, options).into_table(|pair| pair.sum)
}

/// The pairs after `options.rounds` rounds, at least one.
fn pairs(
    (source, target): (&Tokens, &Tokens),
    beads: &[Likely],
    prior: &Table,
    options: &LearnOptions,
) -> Pairs {
    let beads = Beads::new(source, target, &lessons(beads, options));
    let mut pairs = Pairs::known(prior, &beads, target.types());
    let chance = |x: u32| options.start / (8.0 * source.count(x) as f32 + 8.0);
    let chance: Vec<f32> = (0..source.types() as u32).map(chance).collect();
    let mut weights = beads.chances(&chance);
    pairs.weigh(&beads, &mut weights);
    pairs.give_chance(&chance);
    pairs.add(&beads, &weights, &chance, options);
    pairs.count(&weights, options);
    for _ in 1..options.rounds {
        weights.fill(0.0);
        pairs.weigh(&beads, &mut weights);
        pairs.count(&weights, options);
    }
    pairs
}

/// What the search is sure of is reckoned as if there were so many more beads around that it is not sure of: a few
/// sentences can teach little but what was made of them.
const FEW: f64 = 3.0;

/// The beads that are no nulls, each with what it may teach: its probability, less where the search is not to be
/// trusted. What it is sure of is the mean of the probabilities of the beads around, each counted as often as it is
/// expected, and of [`FEW`] more of probability 0: near 1 where there is but one way to align.
fn lessons(beads: &[Likely], options: &LearnOptions) -> Vec<Likely> {
    let mut beads: Vec<Likely> = beads
        .iter()
        .filter(|(source, target, _)| !source.is_empty() && !target.is_empty())
        .cloned()
        .collect();
    // Running totals of the probabilities, and of their squares.
    let mut totals = vec![(0.0, 0.0)];
    for (.., p) in &beads {
        let (sum, squares) = totals[totals.len() - 1];
        totals.push((sum + f64::from(*p), squares + f64::from(p * p)));
    }
    let count = beads.len();
    let (none, all) = options.trust;
    for (k, (.., p)) in beads.iter_mut().enumerate() {
        let (first, last) = (
            totals[k.saturating_sub(options.around)],
            totals[k.saturating_add(options.around).min(count - 1) + 1],
        );
        let sure = (last.1 - first.1) / (last.0 - first.0 + FEW);
        *p *= ((sure as f32 - none) / (all - none).max(f32::EPSILON)).clamp(0.0, 1.0);
    }
    beads.retain(|(.., p)| *p > 0.0);
    beads
}

/// Below this a probability changes no score that matters, and would only cost time.
const LEAST: f32 = 1e-4;

/// The types of both sides of each bead with their counts, those of the target times the probability of the bead.
struct Beads {
    source: Types,
    target: Types,
}

/// The types of one side, bead by bead, and where those of each bead start, with one more for the end.
struct Types {
    list: Vec<(u32, f32)>,
    starts: Vec<u32>,
}

impl Types {
    fn new<'a>(runs: impl Iterator<Item = (&'a [u32], f32)>) -> Self {
        let (mut list, mut starts, mut sorted) = (Vec::new(), vec![0], Vec::new());
        for (run, weight) in runs {
            counted(run, weight, &mut sorted, &mut list);
            starts.push(list.len() as u32);
        }
        Types { list, starts }
    }

    fn range(&self, bead: usize) -> Range<usize> {
        self.starts[bead] as usize..self.starts[bead + 1] as usize
    }

    fn of(&self, bead: usize) -> &[(u32, f32)] {
        &self.list[self.range(bead)]
    }
}

impl Beads {
    fn new(source: &Tokens, target: &Tokens, beads: &[Likely]) -> Self {
        Beads {
            source: Types::new(beads.iter().map(|(range, ..)| (source.run(range.clone()), 1.0))),
            target: Types::new(beads.iter().map(|(_, range, p)| (target.run(range.clone()), *p))),
        }
    }

    fn len(&self) -> usize {
        self.source.starts.len() - 1
    }

    /// For each of the targets, what the chance of all source tokens of its bead gives it.
    fn chances(&self, chance: &[f32]) -> Vec<f32> {
        let mut chances = vec![0.0; self.target.list.len()];
        for bead in 0..self.len() {
            let sum: f32 = self.source.of(bead).iter().map(|&(x, count)| count * chance[x as usize]).sum();
            chances[self.target.range(bead)].fill(sum);
        }
        chances
    }

    /// The beads of the source types that may be expected with a type that they have but a chance with: it takes
    /// that the others of their beads explain little, as where there are few.
    fn chancy(&self, weights: &[f32], chance: &[f32], discount: f32) -> Holders {
        let mut most = vec![0.0; chance.len()];
        for bead in 0..self.len() {
            let weight = weights[self.target.range(bead)].iter().copied().fold(0.0, f32::max);
            self.source.of(bead).iter().for_each(|&(x, count)| most[x as usize] += count * weight);
        }
        let some = |&&(x, _): &&(u32, f32)| most[x as usize] * chance[x as usize] > discount;
        let mut first = vec![0u32; chance.len() + 1];
        self.source.list.iter().filter(some).for_each(|&(x, _)| first[x as usize + 1] += 1);
        for x in 0..chance.len() {
            first[x + 1] += first[x];
        }
        let mut next = first.clone();
        let mut list = vec![(0, 0.0); first[chance.len()] as usize];
        for bead in 0..self.len() {
            for &(x, count) in self.source.of(bead).iter().filter(some) {
                list[next[x as usize] as usize] = (bead as u32, count);
                next[x as usize] += 1;
            }
        }
        Holders { list, first }
    }
}

/// For some source types, the beads that hold them with their counts there, and where those of each type start.
struct Holders {
    list: Vec<(u32, f32)>,
    first: Vec<u32>,
}

impl Holders {
    fn of(&self, x: u32) -> &[(u32, f32)] {
        &self.list[self.first[x as usize] as usize..self.first[x as usize + 1] as usize]
    }
}

/// A probability, or 0 if it is too small to matter.
fn cut(t: f32) -> f32 {
    if t > LEAST { t } else { 0.0 }
}

/// The pairs of types that are known or were learned.
struct Pairs {
    /// First those of the prior in its order, then those learned, by both types.
    list: Vec<Pair>,
    known: usize,
    /// Number of source and of target types.
    sources: usize,
    targets: usize,
    /// Where they meet: the pair, the target in its bead, and how often the source type is there.
    meetings: Vec<(u32, u32, f32)>,
}

struct Pair {
    /// The source type, and the target type.
    x: u32,
    e: u32,
    /// Its probability by the prior.
    before: f32,
    /// Its probability.
    t: f32,
    /// What its meetings weigh; then, how often it is expected, less the discount.
    sum: f32,
}

impl Pairs {
    /// The pairs of the prior, and where they meet.
    fn known(prior: &Table, beads: &Beads, types: usize) -> Self {
        let pair = |x: u32| move |&(e, before): &(u32, f32)| Pair { x, e, before, t: before, sum: 0.0 };
        let list: Vec<Pair> =
            (0..prior.rows() as u32).flat_map(|x| prior.row(x).iter().map(pair(x))).collect();
        let mut meetings = Vec::with_capacity(list.len());
        // For each target type, where it stands in the bead at hand: earlier beads lie before that.
        let mut places = vec![0; types];
        for bead in 0..beads.len() {
            let range = beads.target.range(bead);
            for (&(e, _), at) in beads.target.of(bead).iter().zip(range.start as u32 + 1..) {
                places[e as usize] = at;
            }
            for &(x, count) in beads.source.of(bead) {
                for (&(e, _), pair) in prior.row(x).iter().zip(prior.start(x)..) {
                    let place = places[e as usize];
                    if place > range.start as u32 {
                        meetings.push((pair, place - 1, count));
                    }
                }
            }
        }
        Pairs { known: list.len(), sources: prior.rows(), targets: types, list, meetings }
    }

    /// Adds to what each target token is given what these pairs give it, and turns that into the weight of its
    /// count.
    fn weigh(&self, beads: &Beads, weights: &mut [f32]) {
        for &(pair, at, count) in &self.meetings {
            weights[at as usize] += count * self.list[pair as usize].t;
        }
        for (weight, &(_, count)) in weights.iter_mut().zip(&beads.target.list) {
            *weight = if *weight > 0.0 { count / *weight } else { 0.0 };
        }
    }

    fn give_chance(&mut self, chance: &[f32]) {
        self.list.iter_mut().for_each(|pair| pair.t += chance[pair.x as usize]);
    }

    /// Adds the pairs that are expected by their chance alone, and where they meet.
    fn add(&mut self, beads: &Beads, weights: &[f32], chance: &[f32], options: &LearnOptions) {
        let holders = beads.chancy(weights, chance, options.discount);
        if holders.list.is_empty() {
            return;
        }
        // For each target type, what its meetings with the source type at hand weigh, and the number of the pair.
        let mut sums = vec![0.0; self.targets];
        let mut numbers = vec![u32::MAX; self.targets];
        let mut touched = Vec::new();
        let mut known = 0;
        for (x, &chance) in (0..).zip(chance).filter(|&(x, _)| !holders.of(x).is_empty()) {
            let start = known + self.list[known..self.known].partition_point(|pair| pair.x < x);
            known = start + self.list[start..self.known].partition_point(|pair| pair.x == x);
            let meetings = || {
                holders.of(x).iter().flat_map(|&(bead, count)| {
                    let range = beads.target.range(bead as usize);
                    let targets = beads.target.of(bead as usize).iter().zip(range.start as u32..);
                    targets.map(move |(&(e, _), at)| (e, at, count))
                })
            };
            for (e, at, count) in meetings() {
                let sum = &mut sums[e as usize];
                if *sum == 0.0 {
                    touched.push(e);
                }
                *sum += count * weights[at as usize];
            }
            self.list[start..known].iter().for_each(|pair| sums[pair.e as usize] = 0.0);
            let before = self.list.len();
            for e in touched.drain(..) {
                let sum = std::mem::take(&mut sums[e as usize]);
                if chance * sum > options.discount {
                    numbers[e as usize] = self.list.len() as u32;
                    self.list.push(Pair { x, e, before: 0.0, t: chance, sum: 0.0 });
                }
            }
            if self.list.len() > before {
                let new = meetings().map(|(e, at, count)| (numbers[e as usize], at, count));
                self.meetings.extend(new.filter(|&(number, ..)| number != u32::MAX));
                self.list[before..].iter().for_each(|pair| numbers[pair.e as usize] = u32::MAX);
            }
        }
    }

    /// From the weights to expected counts, and to the probabilities from them.
    fn count(&mut self, weights: &[f32], options: &LearnOptions) {
        self.list.iter_mut().for_each(|pair| pair.sum = 0.0);
        for &(pair, at, count) in &self.meetings {
            self.list[pair as usize].sum += count * weights[at as usize];
        }
        let mut totals = vec![0.0; self.sources];
        for pair in &mut self.list {
            pair.sum = (pair.t * pair.sum - options.discount).max(0.0);
            totals[pair.x as usize] += pair.sum;
        }
        for pair in &mut self.list {
            let scale = 1.0 / (totals[pair.x as usize] + options.prior);
            pair.t = cut((pair.sum + options.prior * pair.before) * scale);
        }
    }

    /// What is said of each pair, where it is more than 0.
    fn into_table(self, value: impl Fn(&Pair) -> f32) -> Table {
        let (known, learned) = self.list.split_at(self.known);
        let (mut known, mut learned) = (known.iter().peekable(), learned.iter().peekable());
        Table::from_fn(self.sources, |x, row| {
            let here = |pair: &&Pair| pair.x == x;
            let kept = |pair: &Pair| Some((pair.e, value(pair))).filter(|kept| kept.1 > 0.0);
            while let Some(pair) = known.next_if(here) {
                row.extend(kept(pair));
            }
            if let Some(first) = learned.next_if(here) {
                row.extend(kept(first));
                while let Some(pair) = learned.next_if(here) {
                    row.extend(kept(pair));
                }
                row.sort_unstable_by_key(|&(e, _)| e);
            }
        })
    }
}

/// Appends the distinct types among `tokens` with their counts, each times `weight`, to `counts`.
fn counted(tokens: &[u32], weight: f32, sorted: &mut Vec<u32>, counts: &mut Vec<(u32, f32)>) {
    sorted.clear();
    sorted.extend_from_slice(tokens);
    sorted.sort_unstable();
    counts.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], weight * same.len() as f32)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, Tokenizer};
    use crate::score::{Channels, Evidence};

    /// What is learned from some beads about the word that all of them have: its probability of its translation.
    fn learned(count: usize, probability: f32) -> f32 {
        let zh = &["鲛甲", "鲛乙", "鲛丙", "鲛丁"].repeat(4)[..count];
        let en = &["nixie one", "nixie two", "nixie three", "nixie four"].repeat(4)[..count];
        let words = Evidence::new(&mut Tokenizer::new(Lexicon::empty()), zh, en, Channels::default()).words;
        let beads: Vec<_> = (0..zh.len()).map(|k| (k..k + 1, k..k + 1, probability)).collect();
        let table = learn((&words.source, &words.target), &beads, &words.prior, &LearnOptions::default());
        let (x, e) = (words.source.run(0..1)[0], words.target.run(0..1)[0]);
        table.row(x).iter().find(|found| found.0 == e).map_or(0.0, |found| found.1)
    }

    #[test]
    fn a_bead_teaches_as_much_as_it_is_likely_and_nothing_where_nothing_is_sure() {
        let (sure, likely, unsure) = (learned(16, 1.0), learned(16, 0.6), learned(16, 0.3));
        assert!(sure > likely && likely > 0.05 && unsure == 0.0, "{sure} {likely} {unsure}");
        assert_eq!(learned(1, 1.0), 0.0, "one bead would only teach itself");
    }
}
