//! All evidence together: a weighted sum of features, prepared so that a bead costs a few look-ups.

use super::Class;
use super::coverage::{Charts, Coverage, CoverageOptions, FORBIDDEN, Gain};
use super::evidence::Evidence;
use super::features::{self, COUNT, Features, ORDER, SCALES};
use super::table::Table;
use super::weights::Weights;
use crate::lattice::{Corridor, Scorer, Shapes};
use hashbrown::HashMap;
use std::borrow::Cow;
use std::ops::Range;

/// The scorer that the pipeline aligns with.
pub struct Combined<'a> {
    plain: Cow<'a, Plain>,
    evidence: &'a Evidence,
    coverage: Coverage,
    /// What the document's rate of nulls adds to each of them.
    rate: f32,
}

shown_by_name!(Combined<'_>);

/// What a document's beads score but for their words: the same whatever the tables and the corridor.
#[derive(Clone)]
pub struct Plain {
    /// Score of each shape, by source count × [`STRIDE`] + target count.
    shapes: Vec<f32>,
    length: (f32, f32),
    /// Running cost of leaving sentences out, per side.
    nulls: (Vec<f32>, Vec<f32>),
    /// What a rate of nulls of 1 would add to each of them.
    rate_unit: f32,
    /// Running score of the borders inside a bead, per side.
    inside: (Vec<f32>, Vec<f32>),
    /// Border class of each sentence, per side, and the score of each pair of classes.
    classes: (Vec<u16>, Vec<u16>),
    pairs: Vec<f32>,
    width: usize,
    /// Running number of empty sentences, per side, where there are any: they must not join a bead.
    empty: Option<(Vec<u32>, Vec<u32>)>,
}

shown_by_name!(Plain);

/// No shape has so many sentences on one side.
const STRIDE: usize = 32;

impl Plain {
    /// Prepares the scores of beads of these shapes.
    pub fn new(evidence: &Evidence, shapes: &Shapes, weights: &Weights) -> Self {
        let words = &evidence.words;
        let dot = |f: Features| weighed(&f, &weights.search);
        let ratio = features::size_ratio(evidence);
        let mut shape_scores = vec![0.0; STRIDE * STRIDE];
        for (n, m) in shapes.iter() {
            shape_scores[n * STRIDE + m] = dot(features::shape(n, m, ratio));
        }
        let running = |count: usize, score: &dyn Fn(usize) -> f32| {
            let mut sum = 0.0;
            let mut sums = Vec::with_capacity(count + 1);
            sums.push(0.0);
            for i in 0..count {
                sum += f64::from(score(i));
                sums.push(sum as f32);
            }
            sums
        };
        let (n, m) = evidence.sentences();
        let nulls = (
            running(n, &|i| {
                dot(features::null(true, words.source.sentence(i).len(), evidence.repeats.0[i], 0.0))
            }),
            running(m, &|j| {
                dot(features::null(false, words.target.sentence(j).len(), evidence.repeats.1[j], 0.0))
            }),
        );
        let mut kinds = Vec::new();
        let mut index = HashMap::new();
        let mut class = |border: &super::Border| -> u16 {
            *index.entry(*border).or_insert_with(|| {
                kinds.push(*border);
                (kinds.len() - 1) as u16
            })
        };
        let classes: (Vec<u16>, Vec<u16>) = (
            evidence.borders.0.iter().map(&mut class).collect(),
            evidence.borders.1.iter().map(&mut class).collect(),
        );
        let within = |is_source: bool| -> Vec<f32> {
            kinds.iter().map(|&border| dot(features::inside(is_source, border))).collect()
        };
        let within = (within(true), within(false));
        let inside = (
            running(n, &|i| within.0[usize::from(classes.0[i])]),
            running(m, &|j| within.1[usize::from(classes.1[j])]),
        );
        let width = kinds.len();
        let pairs =
            (0..width * width).map(|k| dot(features::border(kinds[k / width], kinds[k % width]))).collect();
        let unit = |k: usize| {
            let mut f = [0.0; COUNT];
            f[k] = 1.0;
            dot(f)
        };
        let empty = |is_source: bool, count: usize| -> Vec<u32> {
            let empties = (0..count).map(|i| u32::from(evidence.is_empty(is_source, i)));
            std::iter::once(0)
                .chain(empties.scan(0, |sum, e| {
                    *sum += e;
                    Some(*sum)
                }))
                .collect()
        };
        let empty = (empty(true, n), empty(false, m));
        let any = empty.0.last().is_some_and(|&e| e > 0) || empty.1.last().is_some_and(|&e| e > 0);
        Plain {
            empty: any.then_some(empty),
            shapes: shape_scores,
            length: (unit(features::LENGTH), unit(features::LENGTH + 1)),
            rate_unit: unit(features::RATE),
            nulls,
            inside,
            classes,
            pairs,
            width,
        }
    }
}

/// The weighted sum of features, nearly all of which are 0.
fn weighed(features: &Features, weights: &[f32; ORDER]) -> f32 {
    let mut sum = 0.0;
    for (f, w) in features.chunks(8).zip(weights.chunks(8)) {
        if f.iter().any(|&f| f != 0.0) {
            f.iter().zip(w).for_each(|(f, w)| sum += f * w);
        }
    }
    sum
}

impl<'a> Combined<'a> {
    /// Prepares the scores in a corridor. `tables` are p(target|source) and p(source|target); `rate` is how
    /// much commoner sentences without counterpart are in this document than usual, as a logarithm.
    pub fn new(
        evidence: &'a Evidence,
        tables: (&Table, &Table),
        corridor: &Corridor,
        shapes: &Shapes,
        weights: &Weights,
        rate: f32,
    ) -> Self {
        let plain = Cow::Owned(Plain::new(evidence, shapes, weights));
        let mut combined =
            Combined::with(evidence, plain, tables, corridor, shapes, &Charts::new(&gains(weights)));
        combined.set_rate(rate);
        combined
    }

    /// The same from what was prepared before, with the usual rate of nulls.
    pub fn with(
        evidence: &'a Evidence,
        plain: Cow<'a, Plain>,
        tables: (&Table, &Table),
        corridor: &Corridor,
        shapes: &Shapes,
        charts: &Charts,
    ) -> Self {
        let words = &evidence.words;
        let coverage = Coverage::with((&words.source, &words.target), tables, corridor, shapes, charts);
        Combined { plain, evidence, coverage, rate: 0.0 }
    }

    /// Changes the rate of nulls.
    pub fn set_rate(&mut self, rate: f32) {
        self.rate = rate * self.plain.rate_unit;
    }
}

/// The weights of the lexical features as curves by token class.
pub(crate) fn gains(weights: &Weights) -> CoverageOptions {
    let w = &weights.search;
    let side = |k: usize| {
        let mut gain = [Gain::default(); 4];
        let words = Gain { weights: [w[k], w[k + 2], w[k + 4]] };
        // A number or a name counts as a word does that is as rare.
        for class in [Class::Word, Class::Number, Class::Name] {
            gain[class as usize] = words;
        }
        gain[Class::Mark as usize].weights[features::MIDDLE] = w[k + 6];
        gain
    };
    CoverageOptions {
        scales: SCALES,
        dilution: weights.dilution,
        smoothing: weights.smoothing,
        forward: side(0),
        backward: side(1),
    }
}

impl Scorer for Combined<'_> {
    #[inline]
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let mut score = [0.0];
        self.row(source, target.len(), target.end, &mut score);
        score[0]
    }

    fn row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        let plain = &*self.plain;
        let count = scores.len();
        // Borders of the target at which the beads end, and at which they begin.
        let (ends, starts) = (first..first + count, first - width..first - width + count);
        if width == 0 {
            let null = plain.nulls.0[source.end] - plain.nulls.0[source.start];
            scores.fill(null + self.rate * source.len() as f32);
            return;
        }
        if source.is_empty() {
            let more = self.rate * width as f32;
            let nulls = plain.nulls.1[ends].iter().zip(&plain.nulls.1[starts]);
            scores.iter_mut().zip(nulls).for_each(|(score, (end, start))| *score = end - start + more);
            return;
        }
        self.evidence.length.deviations(source.clone(), ends.clone(), starts.clone(), scores);
        let i = source.end - 1;
        let shape = plain.shapes[source.len() * STRIDE + width];
        let within = plain.inside.0[i] - plain.inside.0[source.start];
        let pairs = &plain.pairs[usize::from(plain.classes.0[i]) * plain.width..][..plain.width];
        let last = ends.start - 1..ends.end - 1;
        let classes = &plain.classes.1[last.clone()];
        let inside = plain.inside.1[last].iter().zip(&plain.inside.1[starts.clone()]);
        for ((score, &class), (end, start)) in scores.iter_mut().zip(classes).zip(inside) {
            let deviation = *score;
            *score = shape
                + plain.length.0 * deviation * deviation
                + plain.length.1 * deviation.abs()
                + pairs[usize::from(class)]
                + within
                + (end - start);
        }
        self.coverage.add_row(source.clone(), width, first, scores);
        if let Some((a, b)) = &plain.empty {
            let here = a[source.end] > a[source.start];
            for (score, (end, start)) in scores.iter_mut().zip(b[ends].iter().zip(&b[starts])) {
                *score = if here || end > start { FORBIDDEN } else { *score };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, Tokenizer};
    use crate::score::{Channels, plain};

    /// The prepared scores are the weighted features, for every bead.
    #[test]
    fn prepared_scores_are_the_weighted_features() {
        let source =
            ["老王笑道：“走吧！", "天要黑了。”", "他们走了。", "他们走了。", "1984年5月，桥修好了吗？"];
        let target = [
            "'Let us go!' Old Wang laughed.",
            "'It is getting dark.'",
            "They left.",
            "Was the bridge",
            "done?",
            "",
        ];
        let lexicon = Lexicon::default();
        let evidence = Evidence::new(&mut Tokenizer::new(lexicon), &source, &target, Channels::default());
        let (n, m) = evidence.sentences();
        let (corridor, shapes) = (Corridor::full(n, m), Shapes::default());
        let words = &evidence.words;
        let inverted = words.prior.inverted(&words.source, &words.target);
        let tables = (&words.prior, &inverted);
        let weights = Weights::default();
        let rate = 0.4;
        let scorer = Combined::new(&evidence, tables, &corridor, &shapes, &weights, rate);
        let coverage =
            Coverage::new((&words.source, &words.target), tables, &corridor, &shapes, &gains(&weights));
        for i in 0..=n {
            for j in 0..=m {
                for (a, b) in shapes.iter().filter(|&(a, b)| a <= i && b <= j) {
                    let (s, t) = (i - a..i, j - b..j);
                    // The empty sentence joins no bead.
                    if t.end == m && !s.is_empty() && !t.is_empty() {
                        assert!(scorer.score(s, t) <= FORBIDDEN);
                        continue;
                    }
                    let features = plain(&evidence, rate, &s, &t);
                    let expected: f32 = features.iter().zip(&weights.search).map(|(f, w)| f * w).sum::<f32>()
                        + coverage.score(s.clone(), t.clone());
                    let found = scorer.score(s.clone(), t.clone());
                    assert!((found - expected).abs() < 1e-2, "{s:?} {t:?}: {found} but {expected}");
                }
            }
        }
    }
}
