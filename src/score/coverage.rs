//! How well the tokens of each side of a bead are explained by the other side.
//!
//! Every token e of one side has a match ratio r = s / (Lᵅ · p(e)), where s sums the translation
//! probabilities from the L tokens of the other side and p(e) is how common e is in its own text. A mixture
//! in which a share λ of the tokens translate nothing would give it ln(λ + (1 − λ)·r); as each token counts
//! exactly once, whatever the beads, the constant ln λ is left out and a token without a match costs no
//! time. Instead of one λ, a [`Gain`] draws the curve from several.
//!
//! Sums are kept as running totals over the corridor: a bead's score is two differences.
//! Time and memory: corridor nodes × largest bead, and the matches inside the corridor.

use super::table::Table;
use super::tokens::{Postings, Tokens};
use crate::lattice::{Corridor, Scorer};
use std::ops::Range;

/// The constants of [`Coverage`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoverageOptions {
    /// The scales of [`Gain`].
    pub scales: [f32; 3],
    /// α, 0 to 1: how strongly a long other side dilutes a match.
    pub dilution: f32,
    /// p(e) = (count + 1) / (`smoothing.0` · tokens + `smoothing.1`).
    pub smoothing: (f32, f32),
    /// What tokens of the target are worth that the source explains, by class: word, number, name, mark.
    pub forward: [Gain; 4],
    /// What tokens of the source are worth that the target explains.
    pub backward: [Gain; 4],
}

/// What a token with match ratio r is worth: the sum over the scales s of weight · ln(1 + s·r).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gain {
    /// A weight for each scale.
    pub weights: [f32; 3],
}

impl Gain {
    #[inline]
    fn of(&self, ratio: f32, scales: &[f32; 3]) -> f32 {
        let terms = self.weights.iter().zip(scales);
        terms.map(|(&w, &s)| if w == 0.0 { 0.0 } else { w * (s * ratio).ln_1p() }).sum()
    }
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
            |from: &Tokens, to: &Tokens, table: &Table, corridor: &Corridor, largest, gains: &[Gain; 4]| {
                let (slope, base) = options.smoothing;
                let common = |e: u32| (to.count(e) as f32 + 1.0) / (slope * to.total() as f32 + base);
                let worth = (0..to.types() as u32).map(|e| (1.0 / common(e), gains[to.class(e) as usize]));
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
        worth: &[(f32, Gain)],
        corridor: &Corridor,
        largest: usize,
        options: &CoverageOptions,
    ) -> Self {
        let mut band = Band { largest, runs: Vec::new(), totals: Vec::new() };
        let mut sums = vec![0f32; worth.len()];
        let mut touched: Vec<u32> = Vec::new();
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
                let dilute = 1.0 / (length as f32).powf(options.dilution);
                for &e in &touched {
                    let list = postings.of(e);
                    let begin = list.partition_point(|&(s, _)| (s as usize) < low);
                    if begin == list.len() || list[begin].0 as usize >= high {
                        continue;
                    }
                    let (inverse, curve) = &worth[e as usize];
                    let gain = curve.of(sums[e as usize] * dilute * inverse, &options.scales);
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
