//! How well the tokens of each side of a bead are explained by the other side.
//!
//! For every token e of one side: ln(λ + (1 − λ) · s / (Lᵅ · p(e))), where s sums the translation
//! probabilities from the L tokens of the other side and p(e) is how common e is in its own text. A token
//! counts exactly once, whatever the beads, so beads of all shapes compare; a token without a match counts
//! ln λ, a constant that is left out, so that only matches cost time.
//!
//! Sums are kept as running totals over the corridor: a bead's score is two differences.
//! Time and memory: corridor nodes × largest bead, and the matches inside the corridor.

use super::Scorer;
use super::table::Table;
use super::tokens::{Postings, Tokens};
use crate::align::Corridor;
use std::ops::Range;

/// The constants of [`Coverage`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoverageOptions {
    /// λ, 0 to 1: the share of tokens that translate nothing.
    pub unexplained: f32,
    /// α, 0 to 1: how strongly a long other side dilutes a match.
    pub dilution: f32,
    /// Weight of a token that the source explains on the target, and of one that the target explains on
    /// the source, by class: word, number, name, mark.
    pub forward: [f32; 4],
    /// See [`forward`](Self::forward).
    pub backward: [f32; 4],
    /// p(e) = (count + 1) / (`smoothing.0` · tokens + `smoothing.1`).
    pub smoothing: (f32, f32),
}

/// See the module.
pub struct Coverage {
    forward: Band,
    backward: Band,
}

impl Coverage {
    /// Prepares the sums for every bead of up to `largest` (source, target) sentences in the corridor.
    pub fn new(
        (source, target): (&Tokens, &Tokens),
        (forward, backward): (&Table, &Table),
        corridor: &Corridor,
        largest: (usize, usize),
        options: &CoverageOptions,
    ) -> Self {
        let side =
            |from: &Tokens, to: &Tokens, table: &Table, corridor: &Corridor, largest, weights: &[f32; 4]| {
                let (slope, base) = options.smoothing;
                let common = |e: u32| (to.count(e) as f32 + 1.0) / (slope * to.total() as f32 + base);
                let worth = (0..to.types() as u32).map(|e| (1.0 / common(e), weights[to.class(e) as usize]));
                Band::new(from, &to.postings(), table, &worth.collect::<Vec<_>>(), corridor, largest, options)
            };
        Coverage {
            forward: side(source, target, forward, corridor, largest.0, &options.forward),
            backward: side(target, source, backward, &corridor.transposed(), largest.1, &options.backward),
        }
    }

    /// What each direction adds to the score of a bead.
    pub fn directions(&self, source: Range<usize>, target: Range<usize>) -> (f32, f32) {
        if source.is_empty() || target.is_empty() {
            return (0.0, 0.0);
        }
        (self.forward.sum(source.clone(), target.clone()), self.backward.sum(target, source))
    }
}

impl Scorer for Coverage {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (forward, backward) = self.directions(source, target);
        forward + backward
    }
}

/// Running totals for one direction: for each run of up to `largest` sentences, over the other side's
/// sentences within the corridor.
struct Band {
    largest: usize,
    /// For run k (first sentence × largest + length − 1): where its totals start, and the first sentence.
    runs: Vec<(u32, u32)>,
    totals: Vec<f32>,
}

impl Band {
    fn new(
        from: &Tokens,
        postings: &Postings,
        table: &Table,
        worth: &[(f32, f32)],
        corridor: &Corridor,
        largest: usize,
        options: &CoverageOptions,
    ) -> Self {
        let mut band = Band { largest, runs: Vec::new(), totals: Vec::new() };
        let mut sums = vec![0f32; worth.len()];
        let mut touched: Vec<u32> = Vec::new();
        let lambda = options.unexplained;
        let scale = (1.0 - lambda) / lambda;
        for first in 0..from.sentences() {
            for e in touched.drain(..) {
                sums[e as usize] = 0.0;
            }
            let low = *corridor.row(first).start();
            let mut length = 0;
            for n in 1..=largest {
                let start = band.totals.len();
                band.runs.push((start as u32, low as u32));
                if first + n > from.sentences() {
                    continue;
                }
                for &x in from.sentence(first + n - 1) {
                    length += 1;
                    for &(e, t) in table.row(x) {
                        if sums[e as usize] == 0.0 {
                            touched.push(e);
                        }
                        sums[e as usize] += t;
                    }
                }
                let high = *corridor.row(first + n).end();
                band.totals.resize(start + high - low + 1, 0.0);
                let totals = &mut band.totals[start..];
                let dilute = scale / (length as f32).powf(options.dilution);
                for &e in &touched {
                    let list = postings.of(e);
                    let begin = list.partition_point(|&(s, _)| (s as usize) < low);
                    if begin == list.len() || list[begin].0 as usize >= high {
                        continue;
                    }
                    // ln(λ + (1−λ)r) − ln λ = ln(1 + r(1−λ)/λ)
                    let (inverse, weight) = worth[e as usize];
                    let gain = weight * (sums[e as usize] * dilute * inverse).ln_1p();
                    for &(s, count) in list[begin..].iter().take_while(|&&(s, _)| (s as usize) < high) {
                        totals[s as usize - low + 1] += gain * count as f32;
                    }
                }
                let mut running = 0.0;
                for total in totals {
                    running += *total;
                    *total = running;
                }
            }
        }
        band
    }

    #[inline]
    fn sum(&self, run: Range<usize>, other: Range<usize>) -> f32 {
        let (start, low) = self.runs[run.start * self.largest + run.len() - 1];
        let at = |border: usize| self.totals[start as usize + border - low as usize];
        at(other.end) - at(other.start)
    }
}
