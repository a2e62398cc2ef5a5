//! Where sentences stand on the page: what stands side by side is likelier to face each other, a bead
//! seldom crosses the border of a paragraph, and a paragraph mostly ends where its translation ends. Soft
//! evidence: a paragraph that the translator split or left out costs a little and shifts nothing.

use crate::lattice::Scorer;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Its place along the page, in steps of one unit of the layout (a paragraph and its translation, a
    /// row of a table, a line): equal on both sides for what should face each other.
    pub at: f32,
    /// The paragraph it belongs to; sentences of one bead mostly share one.
    pub block: u32,
    /// Whether its paragraph, as a whole, matches none of the other side that stands where it would.
    pub alone: bool,
    /// Whether it is no sentence of its own but goes on from the one before it: a further clause.
    pub goes_on: bool,
    /// Whether it is a title, which no text below it belongs to.
    pub title: bool,
}

/// What places are worth, in nats; 0 takes no notice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PositionWeights {
    /// Cost of facing a sentence one step away.
    pub step: f32,
    /// Cost of a bead that joins sentences of two paragraphs, for each border in it, where paragraphs are long. The
    /// shorter they are, the less a border says: where each is one sentence, as in lines of verse, nothing.
    pub border: f32,
    /// Cost of a bead that joins a title to the text below it.
    pub title: f32,
    /// Worth of a bead whose two sides both end a paragraph.
    pub both_end: f32,
    /// Cost of a bead of which one side only ends a paragraph.
    pub one_ends: f32,
    /// Worth of leaving unpaired a sentence of a paragraph that stands alone.
    pub alone: f32,
    /// Worth of each place in a bead at which a sentence goes on: its clauses are one sentence, not several.
    pub clause: f32,
}

shown_by_name!(Position);

/// Set on articles made from the gold documents in sixteen layouts, five seeds: each value is in the middle
/// of the range in which the results stay the same, but for that of titles, which these articles hardly have.
impl Default for PositionWeights {
    fn default() -> Self {
        PositionWeights {
            step: 3.0,
            border: 5.0,
            title: 4.0,
            both_end: 1.2,
            one_ends: 0.7,
            alone: 2.0,
            clause: 1.0,
        }
    }
}

/// Scores beads by the places of their sentences.
pub struct Position {
    places: (Vec<Place>, Vec<Place>),
    /// Number of paragraph borders before each sentence.
    blocks: (Vec<u32>, Vec<u32>),
    /// Number of sentences in paragraphs that stand alone, before each sentence.
    alone: (Vec<u32>, Vec<u32>),
    /// Number of clauses that go on from the one before them, before each sentence.
    joints: (Vec<u32>, Vec<u32>),
    /// Number of texts that begin below a title, up to each sentence.
    titles: (Vec<u32>, Vec<u32>),
    /// Cost of a border of paragraphs within a bead, on each side.
    borders: (f32, f32),
    weights: PositionWeights,
}

impl Position {
    /// Takes the place of every sentence.
    pub fn new(source: Vec<Place>, target: Vec<Place>, weights: PositionWeights) -> Self {
        let running = |places: &[Place]| {
            let mut borders = 0;
            let mut counts = Vec::with_capacity(places.len() + 1);
            for (k, place) in places.iter().enumerate() {
                borders += u32::from(k > 0 && places[k - 1].block != place.block);
                counts.push(borders);
            }
            // The end of a side ends its last paragraph.
            counts.push(borders + 1);
            counts
        };
        let count = |places: &[Place], is: fn(&Place) -> bool| {
            let mut counts = vec![0];
            counts.extend(places.iter().scan(0, |sum, place| {
                *sum += u32::from(is(place));
                Some(*sum)
            }));
            counts
        };
        let below = |places: &[Place]| -> Vec<u32> {
            let begins = |k: usize| k > 0 && places[k - 1].title && !places[k].title;
            let count = (0..places.len()).scan(0, |sum, k| {
                *sum += u32::from(begins(k));
                Some(*sum)
            });
            count.collect()
        };
        let titles = (below(&source), below(&target));
        let lonely = |places| count(places, |place| place.alone);
        let joined = |places| count(places, |place| place.goes_on);
        let blocks = (running(&source), running(&target));
        let alone = (lonely(&source), lonely(&target));
        let joints = (joined(&source), joined(&target));
        let border = |borders: &[u32], joints: &[u32]| {
            let sentences = joints.len() as u32 - 1 - joints[joints.len() - 1];
            let paragraphs = borders[borders.len() - 1];
            weights.border * (1.0 - paragraphs as f32 / sentences.max(1) as f32).max(0.0)
        };
        let borders = (border(&blocks.0, &joints.0), border(&blocks.1, &joints.1));
        Position { places: (source, target), blocks, alone, joints, titles, borders, weights }
    }

    /// For each border of the source, the borders of the target, first to last, beyond which all that stands
    /// there is so far away that a step more makes no difference; `None` where places say nothing.
    pub(crate) fn near(&self) -> Option<Vec<(usize, usize)>> {
        let (source, target) = &self.places;
        if self.weights.step <= 0.0 || source.is_empty() || target.is_empty() {
            return None;
        }
        let first = |at: f32| target.partition_point(|place| place.at < at - FAR);
        let end = |at: f32| target.partition_point(|place| place.at <= at + FAR);
        let border = |i: usize| {
            let before = source[i.saturating_sub(1)].at;
            (first(before), end(source[i.min(source.len() - 1)].at))
        };
        Some((0..=source.len()).map(border).collect())
    }

    /// Whether two runs are the clauses of one sentence each, of more than one on either side.
    pub(crate) fn are_clauses(&self, source: &Range<usize>, target: &Range<usize>) -> bool {
        let one = |joints: &[u32], run: &Range<usize>| {
            !run.is_empty() && joints[run.end] - joints[run.start + 1] == run.len() as u32 - 1
        };
        one(&self.joints.0, source) && one(&self.joints.1, target) && source.len() + target.len() > 2
    }

    /// Adds what places say to the scores of a row of beads (see [`Scorer::row`]).
    pub(crate) fn add_row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        let weights = &self.weights;
        let (ends, starts) = (first..first + scores.len(), first - width..first - width + scores.len());
        if source.is_empty() || width == 0 {
            let here = self.alone.0[source.end] - self.alone.0[source.start];
            let there = self.alone.1[ends].iter().zip(&self.alone.1[starts]);
            for (score, (end, start)) in scores.iter_mut().zip(there) {
                *score += weights.alone * (here + end - start) as f32;
            }
            return;
        }
        let (from, last) = (source.start, source.end - 1);
        let (a, b) = (&self.blocks.0, &self.blocks.1);
        let titles = (&self.titles.0, &self.titles.1);
        let here = self.borders.0 * (a[last] - a[from]) as f32
            + weights.title * (titles.0[last] - titles.0[from]) as f32;
        let a_ends = a[last] != a[last + 1];
        let joints = (&self.joints.0, &self.joints.1);
        let joined = joints.0[last + 1] - joints.0[from + 1];
        let (low, high) = span(self.places.0[from].at, self.places.0[last].at);
        let lasts = ends.start - 1..ends.end - 1;
        let places = self.places.1[lasts.clone()].iter().zip(&self.places.1[starts.clone()]);
        let titles = titles.1[lasts.clone()].iter().zip(&titles.1[starts.clone()]);
        let blocks = b[lasts].iter().zip(&b[starts.clone()]).zip(&b[ends.clone()]);
        let joints = joints.1[ends].iter().zip(&joints.1[starts.start + 1..]);
        let rest = blocks.zip(joints).zip(titles);
        for ((score, (to, from)), ((((last, start), next), (all, before)), (below, above))) in
            scores.iter_mut().zip(places).zip(rest)
        {
            let mut apart = 0.0;
            if weights.step > 0.0 {
                let other = span(from.at, to.at);
                apart = (high.max(other.1) - low.min(other.0)).min(FAR);
            }
            let ends = match (a_ends, last != next) {
                (true, true) => weights.both_end,
                (false, false) => 0.0,
                _ => -weights.one_ends,
            };
            let crossed =
                here + self.borders.1 * (last - start) as f32 + weights.title * (below - above) as f32;
            let joints = joined + (all - before);
            *score += ends + weights.clause * joints as f32 - weights.step * apart - crossed;
        }
    }
}

/// Two numbers in order.
#[inline]
fn span(a: f32, b: f32) -> (f32, f32) {
    if a < b { (a, b) } else { (b, a) }
}

/// Steps beyond this cost no more: what was moved far is moved.
const FAR: f32 = 3.0;

impl Scorer for Position {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let mut score = [0.0];
        self.add_row(source, target.len(), target.end, &mut score);
        score[0]
    }

    fn row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        scores.fill(0.0);
        self.add_row(source, width, first, scores);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(list: &[(f32, u32)]) -> Vec<Place> {
        list.iter()
            .map(|&(at, block)| Place { at, block, alone: block == 9, goes_on: false, title: false })
            .collect()
    }

    #[test]
    fn what_stands_side_by_side_scores_best() {
        let weights = PositionWeights {
            step: 3.0,
            border: 3.0,
            both_end: 1.0,
            one_ends: 1.5,
            alone: 2.0,
            ..PositionWeights::default()
        };
        let source = places(&[(0.0, 0), (0.0, 0), (1.0, 1)]);
        let target = places(&[(0.0, 0), (1.0, 1)]);
        let position = Position::new(source, target, weights);
        assert_eq!(position.score(0..2, 0..1), 1.0);
        assert_eq!(position.score(0..1, 0..1), -1.5);
        assert_eq!(position.score(2..3, 1..2), 1.0);
        assert_eq!(position.score(2..3, 0..1), 1.0 - 3.0);
        // Three sentences in two paragraphs: a third of what a border says of long ones.
        assert!((position.score(1..3, 1..2) - (1.0 - 3.0 - 1.0)).abs() < 1e-6);
        // Each of the target's two is a paragraph.
        assert_eq!(position.score(0..3, 0..2), 1.0 - 3.0 - 1.0);
        assert_eq!(position.score(0..1, 0..0), 0.0);
    }

    #[test]
    fn what_stands_alone_is_left_alone() {
        let weights = PositionWeights { alone: 2.0, ..PositionWeights::default() };
        let position = Position::new(places(&[(0.0, 0), (1.0, 9)]), places(&[(0.0, 9)]), weights);
        assert_eq!(position.score(0..1, 0..0), 0.0);
        assert_eq!(position.score(1..2, 0..0), 2.0);
        assert_eq!(position.score(0..0, 0..1), 2.0);
    }

    #[test]
    fn the_clauses_of_a_sentence_are_one() {
        let mut weights = PositionWeights { clause: 1.0, ..PositionWeights::default() };
        let mut source = places(&[(0.0, 0), (0.0, 0), (0.0, 0)]);
        source[1].goes_on = true;
        let mut target = places(&[(0.0, 0), (0.0, 0), (0.0, 0)]);
        target[2].goes_on = true;
        let with = Position::new(source.clone(), target.clone(), weights);
        weights.clause = 0.0;
        let without = Position::new(source, target, weights);
        let gain = |s: Range<usize>, t: Range<usize>| with.score(s.clone(), t.clone()) - without.score(s, t);
        assert_eq!(gain(0..2, 0..1), 1.0);
        assert_eq!(gain(1..3, 0..2), 0.0);
        assert_eq!(gain(0..3, 1..3), 2.0);
        assert_eq!(gain(1..2, 0..0), 0.0);
    }

    #[test]
    fn far_is_far() {
        let weights = PositionWeights::default();
        let position = Position::new(places(&[(0.0, 0)]), places(&[(5.0, 0), (500.0, 1)]), weights);
        assert_eq!(position.score(0..1, 0..1), position.score(0..1, 1..2));
    }
}
