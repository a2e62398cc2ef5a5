//! How well the tokens of each side of a bead are explained by the other side.
//!
//! Every token e of one side has a match ratio r = s / (Lᵅ · p(e)), where s sums the translation
//! probabilities from the L tokens of the other side and p(e) is how common e is in its own text. A mixture
//! in which a share λ of the tokens translate nothing would give it ln(λ + (1 − λ)·r); as each token counts
//! exactly once, whatever the beads, the constant ln λ is left out and a token without a match costs no
//! time. Instead of one λ, a [`Gain`] draws the curve from several.
//!
//! Sums are kept as running totals over the corridor: a bead's score is two differences.
//! Time and memory: corridor nodes × largest bead, and the matches inside the corridor; words that occur
//! elsewhere are passed over, however common they are.

use super::approx::ln;
use super::table::Table;
use super::tokens::{Class, Postings, Tokens};
use crate::lattice::{Corridor, Scorer, Shapes};
use std::collections::VecDeque;
use std::ops::Range;

/// The constants of [`Coverage`].
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
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

shown_by_name!(Coverage);

/// What a token with match ratio r is worth: the sum over the scales s of weight · ln(1 + s·r).
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Gain {
    /// A weight for each scale.
    pub weights: [f32; 3],
}

impl Gain {
    #[inline]
    fn of(&self, ratio: f32, scales: &[f32; 3]) -> f32 {
        let terms = self.weights.iter().zip(scales);
        terms.map(|(w, s)| if *w == 0.0 { 0.0 } else { w * ln(1.0 + s * ratio) }).sum()
    }
}

/// The curves of both directions, drawn: made once for all documents.
pub struct Charts {
    forward: Curves,
    backward: Curves,
    dilution: Dilution,
    smoothing: (f32, f32),
}

shown_by_name!(Charts);

/// L^−α for so many tokens L: from a table where they are few.
struct Dilution {
    power: f32,
    table: Vec<f32>,
}

impl Dilution {
    /// Hardly a bead has more tokens.
    const TABLE: usize = 256;

    fn new(power: f32) -> Self {
        let mut dilution = Dilution { power, table: Vec::new() };
        dilution.table = (0..Self::TABLE).map(|length| dilution.of(length)).collect();
        dilution
    }

    #[inline]
    fn of(&self, length: usize) -> f32 {
        let power = || 1.0 / (length as f32).powf(self.power);
        self.table.get(length).copied().unwrap_or_else(power)
    }
}

impl Charts {
    /// Draws the curves.
    pub fn new(options: &CoverageOptions) -> Self {
        let &CoverageOptions { scales, dilution, smoothing, .. } = options;
        let dilution = Dilution::new(dilution);
        let draw = |gains: &[Gain; 4]| Curves::new(gains, &scales);
        Charts { forward: draw(&options.forward), backward: draw(&options.backward), dilution, smoothing }
    }
}

/// A [`Gain`] for each class as a table, straight between its points: as exact as the data, and one look-up.
struct Curves {
    /// Value, and rise to the next point.
    points: Vec<(f32, f32)>,
    /// Where the points of each class start.
    starts: [u32; 4],
}

/// Points of a curve between a number and its double: a power of two.
const STEPS: u32 = 8;
/// Bits of a number below those that choose the point.
const SHIFT: u32 = f32::MANTISSA_DIGITS - 1 - STEPS.ilog2();
/// Ratios between which a curve has points: below, it is straight; above, all ratios count alike.
const RATIOS: (f32, f32) = (1.0 / 16.0, (1 << 20) as f32);

/// Points of a curve.
const POINTS: usize = ((RATIOS.1.to_bits() >> SHIFT) - (RATIOS.0.to_bits() >> SHIFT)) as usize + 1;

impl Curves {
    fn new(gains: &[Gain; 4], scales: &[f32; 3]) -> Self {
        let mut points = Vec::new();
        let mut starts = [0; 4];
        for (class, gain) in gains.iter().enumerate() {
            // Names count as words do: classes may share a curve.
            if let Some(same) = gains[..class].iter().position(|other| other == gain) {
                starts[class] = starts[same];
                continue;
            }
            starts[class] = points.len() as u32;
            let first = RATIOS.0.to_bits() >> SHIFT;
            let value = |k: usize| gain.of(f32::from_bits((first + k as u32) << SHIFT), scales);
            let mut here = value(0);
            points.extend((1..=POINTS).map(|k| {
                let before = std::mem::replace(&mut here, value(k));
                (before, here - before)
            }));
        }
        Curves { points, starts }
    }

    #[inline]
    fn of(&self, start: u32, ratio: f32) -> f32 {
        let inside = ratio.clamp(RATIOS.0, RATIOS.1);
        let at = ((inside.to_bits() >> SHIFT) - (RATIOS.0.to_bits() >> SHIFT)) as usize;
        let part = (inside.to_bits() & ((1 << SHIFT) - 1)) as f32 * (1.0 / (1 << SHIFT) as f32);
        let (value, rise) = self.points[start as usize + at];
        let below = ratio * (1.0 / RATIOS.0);
        (value + rise * part) * if below < 1.0 { below } else { 1.0 }
    }
}

/// What a type of the other side is worth.
#[derive(Clone, Copy)]
struct Worth {
    /// 1 / p(e).
    inverse: f32,
    /// Where the points of its curve start.
    curve: u32,
}

/// How well the tokens of each side of a bead are explained by the other side: running totals over a corridor, so
/// that a bead is two differences.
pub struct Coverage {
    forward: Band,
    backward: Band,
}

impl Coverage {
    /// Prepares the sums for every bead of these shapes in the corridor.
    pub fn new(
        sides: (&Tokens, &Tokens),
        tables: (&Table, &Table),
        corridor: &Corridor,
        shapes: &Shapes,
        options: &CoverageOptions,
    ) -> Self {
        Coverage::with(sides, tables, corridor, shapes, &Charts::new(options))
    }

    /// The same from curves that are drawn.
    pub fn with(
        (source, target): (&Tokens, &Tokens),
        (forward, backward): (&Table, &Table),
        corridor: &Corridor,
        shapes: &Shapes,
        charts: &Charts,
    ) -> Self {
        let side = |from: &Tokens,
                    to: &Tokens,
                    table: &Table,
                    corridor: &Corridor,
                    reach: Vec<usize>,
                    curves: &Curves| {
            let types = to.rarities(charts.smoothing).zip(to.classes());
            let worth =
                |(inverse, &class): (f32, &Class)| Worth { inverse, curve: curves.starts[class as usize] };
            let worth: Vec<Worth> = types.map(worth).collect();
            let reach = (&*reach, &charts.dilution);
            Band::new(from, to.postings(), table, (&worth, curves), corridor, reach)
        };
        // For each number of sentences of one side, the most of the other side that a bead may have.
        let reach = |most: usize, flip: bool| {
            let mut reach = vec![0; most];
            for (n, m) in shapes.iter().map(|(n, m)| if flip { (m, n) } else { (n, m) }).filter(|s| s.0 > 0) {
                reach[n - 1] = m.max(reach[n - 1]);
            }
            reach
        };
        let (here, there) = (reach(shapes.max_source(), false), reach(shapes.max_target(), true));
        Coverage {
            forward: side(source, target, forward, corridor, here, &charts.forward),
            backward: side(target, source, backward, &corridor.transposed(), there, &charts.backward),
        }
    }

    /// What each direction adds to the score of a bead.
    #[inline]
    pub fn directions(&self, source: Range<usize>, target: Range<usize>) -> (f32, f32) {
        if source.is_empty() || target.is_empty() {
            return (0.0, 0.0);
        }
        (self.forward.sum(source.clone(), target.clone()), self.backward.sum(target, source))
    }
}

impl Coverage {
    /// Adds what the words say to the scores of a row of beads (see [`Scorer::row`]); neither side is empty.
    pub(super) fn add_row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        let count = scores.len();
        let (ends, starts) = self.forward.row(&source, width, first, count);
        // The totals of the other direction stand in as many places as there are beads.
        let runs = self.backward.runs[(first - width) * self.backward.largest + width - 1..]
            .iter()
            .step_by(self.backward.largest);
        for (((score, end), start), &(at, low)) in scores.iter_mut().zip(ends).zip(starts).zip(runs) {
            if (at, low) == NO_BEADS {
                *score = FORBIDDEN;
                continue;
            }
            let at = at as usize + source.start - low as usize;
            let totals = &self.backward.totals[at..=at + source.len()];
            *score += (end - start) + (totals[source.len()] - totals[0]);
        }
    }
}

impl Scorer for Coverage {
    #[inline]
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (forward, backward) = self.directions(source, target);
        forward + backward
    }
}

/// In place of the totals of a run that no bead may hold.
const NO_BEADS: (u32, u32) = (u32::MAX, u32::MAX);
/// What must not be a bead scores this.
pub(super) const FORBIDDEN: f32 = -1e4;

/// Totals for a node of the corridor for which room is made at first.
const TOTALS: usize = 3;

/// Running totals for one direction: for each run of up to `largest` sentences, over the other side's
/// sentences within the corridor.
struct Band {
    largest: usize,
    /// For run k (first sentence × largest + length − 1): where its totals start, and the first border.
    runs: Vec<(u32, u32)>,
    totals: Vec<f32>,
}

impl Band {
    fn new(
        from: &Tokens,
        postings: &Postings,
        table: &Table,
        (worth, curves): (&[Worth], &Curves),
        corridor: &Corridor,
        (reach, dilution): (&[usize], &Dilution),
    ) -> Self {
        let largest = reach.len();
        let (runs, totals) =
            (Vec::with_capacity(from.sentences() * largest), Vec::with_capacity(corridor.nodes() * TOTALS));
        let mut band = Band { largest, runs, totals };
        let mut window = Window::new(from, postings, table, corridor, largest);
        for first in 0..from.sentences() {
            window.advance(first, worth);
            let until = from.sentences().min(first + largest);
            let borders = |last: usize| borders(corridor, first..last, reach[last - first - 1]);
            // The run grows as long as beads may hold it.
            let may = |&last: &usize| corridor.floor(last) <= first && !borders(last).is_empty();
            let until = (first + 1..=until).rev().find(may).unwrap_or(first);
            let mut length = 0;
            for last in first + 1..=until {
                length += from.sentence(last - 1).len();
                window.add(last - 1);
                let borders = borders(last);
                band.runs.push((band.totals.len() as u32, borders.start as u32));
                if !borders.is_empty() {
                    window.total(borders, dilution.of(length), curves, &mut band.totals);
                }
            }
            band.runs.resize((first + 1) * largest, NO_BEADS);
        }
        band
    }

    /// The totals of a run at the borders where some parts of the other side end, and where these begin: parts
    /// of `width` sentences each, of which the first ends at border `first`.
    #[inline]
    fn row(&self, run: &Range<usize>, width: usize, first: usize, count: usize) -> (&[f32], &[f32]) {
        let (start, low) = self.runs[run.start * self.largest + run.len() - 1];
        let totals = &self.totals[start as usize + first - width - low as usize..][..count + width];
        (&totals[width..], &totals[..count])
    }

    #[inline]
    fn sum(&self, run: Range<usize>, other: Range<usize>) -> f32 {
        let (start, low) = self.runs[run.start * self.largest + run.len() - 1];
        let totals = &self.totals[start as usize..];
        totals[other.end - low as usize] - totals[other.start - low as usize]
    }
}

/// Borders of the other side between which a bead that holds a run begins and ends; `reach` is the most sentences of
/// the other side that it may have.
fn borders(corridor: &Corridor, run: Range<usize>, reach: usize) -> Range<usize> {
    let (begin, end) = (corridor.row(run.start), corridor.row(run.end));
    (*begin.start()).max(end.start().saturating_sub(reach))..(*end.end()).min(begin.end() + reach)
}

/// The part of the other side that the corridor shows from where the runs are being read, and the run that
/// is growing there. The types of the other side that the window shows have slots, so that all that is
/// asked for often stands close together. Most translations of a word stand far away, and cost one look.
struct Window<'a> {
    from: &'a Tokens,
    postings: &'a Postings,
    table: &'a Table,
    corridor: &'a Corridor,
    largest: usize,
    /// For each type of the other side.
    seen: Vec<Seen>,
    /// Sentences of the other side in the window.
    columns: Range<usize>,
    /// Matches of the last few sentences, by slot, and the number of sentences read.
    matches: Vec<Vec<(u32, f32)>>,
    read: usize,
    slots: Vec<Slot>,
    /// The slots that the run touches.
    touched: Vec<u32>,
    /// Slots that are free, and since which first sentence: matches may refer to them a little longer.
    free: VecDeque<(usize, u32)>,
}

/// Room that is made at first for the matches of a sentence, and for the types of a window.
const MATCHES: usize = 128;
const TYPES: usize = 512;

/// How far the window has come with a type.
#[derive(Clone, Copy)]
struct Seen {
    /// Sentences that hold it and have come into the window.
    entered: u32,
    /// Its slot, or [`NOWHERE`] where the window does not show it.
    slot: u32,
}

const NOWHERE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Slot {
    worth: Worth,
    /// The translation probabilities from the tokens of the run.
    sum: f32,
    /// The sentences of the window that hold the type, among its [`Postings`].
    first: u32,
    end: u32,
}

impl<'a> Window<'a> {
    fn new(
        from: &'a Tokens,
        postings: &'a Postings,
        table: &'a Table,
        corridor: &'a Corridor,
        largest: usize,
    ) -> Self {
        Window {
            from,
            postings,
            table,
            corridor,
            largest,
            seen: vec![Seen { entered: 0, slot: NOWHERE }; postings.types()],
            columns: 0..0,
            matches: (0..largest).map(|_| Vec::with_capacity(MATCHES)).collect(),
            read: 0,
            slots: Vec::with_capacity(TYPES),
            touched: Vec::with_capacity(TYPES),
            free: VecDeque::with_capacity(TYPES),
        }
    }

    /// Moves on to the runs that begin at sentence `first`, and begins one without sentences.
    fn advance(&mut self, first: usize, worth: &[Worth]) {
        for slot in self.touched.drain(..) {
            self.slots[slot as usize].sum = 0.0;
        }
        let (sentences, largest) = (self.from.sentences(), self.largest);
        // The longest run that holds the last sentence of a run from here ends there.
        let end = (first + 2 * largest - 1).min(sentences);
        while self.columns.end < *self.corridor.row(end).end() {
            for &e in self.postings.types_of(self.columns.end) {
                let seen = self.seen[e as usize];
                let slot = match seen.slot {
                    NOWHERE => self.slot(first, worth[e as usize], self.postings.start(e) + seen.entered),
                    slot => slot,
                };
                self.slots[slot as usize].end += 1;
                self.seen[e as usize] = Seen { entered: seen.entered + 1, slot };
            }
            self.columns.end += 1;
        }
        while self.columns.start < *self.corridor.row(first).start() {
            for &e in self.postings.types_of(self.columns.start) {
                let at = &mut self.seen[e as usize].slot;
                let slot = &mut self.slots[*at as usize];
                slot.first += 1;
                if slot.first == slot.end {
                    self.free.push_back((first, *at));
                    *at = NOWHERE;
                }
            }
            self.columns.start += 1;
        }
        while self.read < (first + largest).min(sentences) {
            let matches = &mut self.matches[self.read % largest];
            matches.clear();
            for &x in self.from.sentence(self.read) {
                let present = |&(e, t): &(u32, f32)| {
                    let slot = self.seen[e as usize].slot;
                    (slot != NOWHERE).then_some((slot, t))
                };
                matches.extend(self.table.row(x).iter().filter_map(present));
            }
            self.read += 1;
        }
    }

    /// A slot for a type that comes into the window, and that has its next sentence at `first` of the postings.
    fn slot(&mut self, now: usize, worth: Worth, first: u32) -> u32 {
        let slot = Slot { worth, sum: 0.0, first, end: first };
        // What was read before the type of a slot left the window is by now no part of any run.
        match self.free.front().copied().filter(|&(since, _)| since + self.largest <= now) {
            Some((_, free)) => {
                self.free.pop_front();
                self.slots[free as usize] = slot;
                free
            }
            None => {
                self.slots.push(slot);
                self.slots.len() as u32 - 1
            }
        }
    }

    /// Adds a sentence to the run.
    fn add(&mut self, sentence: usize) {
        for &(slot, t) in &self.matches[sentence % self.largest] {
            let sum = &mut self.slots[slot as usize].sum;
            if *sum == 0.0 {
                self.touched.push(slot);
            }
            *sum += t;
        }
    }

    /// Appends the running totals of the run between some borders: the first is 0.
    fn total(&mut self, borders: Range<usize>, dilute: f32, curves: &Curves, totals: &mut Vec<f32>) {
        let start = totals.len();
        totals.resize(start + borders.len() + 1, 0.0);
        let gained = &mut totals[start + 1..];
        let (low, high) = (borders.start as u32, borders.end as u32);
        for &slot in &self.touched {
            let Slot { worth, sum, first, end } = self.slots[slot as usize];
            let entries = self.postings.entries(first..end);
            let (Some(near), Some(far)) = (entries.first(), entries.last()) else { continue };
            if near.0 >= high || far.0 < low {
                continue;
            }
            let gain = curves.of(worth.curve, sum * dilute * worth.inverse);
            for &(sentence, count) in entries {
                if let Some(total) = gained.get_mut(sentence.wrapping_sub(low) as usize) {
                    *total += gain * count;
                }
            }
        }
        let mut running = 0.0;
        for total in gained {
            running += *total;
            *total = running;
        }
    }
}
