//! All evidence together: a weighted sum of features, prepared so that a bead costs a few look-ups.

use super::Class;
use super::coverage::{Coverage, CoverageOptions, Gain};
use super::evidence::Evidence;
use super::features::{self, COUNT, Features, SCALES};
use super::table::Table;
use super::weights::Weights;
use crate::lattice::{Corridor, Scorer, Shapes};
use hashbrown::HashMap;
use std::ops::Range;

/// The scorer that the pipeline aligns with.
pub struct Combined<'a> {
    evidence: &'a Evidence,
    coverage: Coverage,
    /// Score of each shape, by source count × [`STRIDE`] + target count.
    shapes: Vec<f32>,
    length: (f32, f32),
    /// Running cost of leaving sentences out, per side.
    nulls: (Vec<f32>, Vec<f32>),
    /// What the document's rate of nulls adds to each of them, and what a rate of 1 would.
    rate: f32,
    rate_unit: f32,
    /// Running score of the borders inside a bead, per side.
    inside: (Vec<f32>, Vec<f32>),
    /// Border class of each sentence, per side, and the score of each pair of classes.
    classes: (Vec<u16>, Vec<u16>),
    pairs: Vec<f32>,
    width: usize,
    /// Running number of empty sentences, per side, where there are any.
    empty: Option<(Vec<u32>, Vec<u32>)>,
}

/// An empty sentence must not join a bead.
const FORBIDDEN: f32 = -1e4;

/// No shape has so many sentences on one side.
const STRIDE: usize = 32;

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
        let words = &evidence.words;
        let coverage =
            Coverage::new((&words.source, &words.target), tables, corridor, shapes, &gains(weights));
        let dot = |f: Features| -> f32 { f.iter().zip(&weights.features).map(|(f, w)| f * w).sum() };
        let ratio = features::size_ratio(evidence);
        let mut shape_scores = vec![0.0; STRIDE * STRIDE];
        for (n, m) in shapes.iter() {
            shape_scores[n * STRIDE + m] = dot(features::shape(n, m, ratio));
        }
        let running = |count: usize, score: &dyn Fn(usize) -> f32| {
            let mut sum = 0.0;
            let mut sums = vec![0.0];
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
        let inside = (
            running(n, &|i| dot(features::inside(true, evidence.borders.0[i]))),
            running(m, &|j| dot(features::inside(false, evidence.borders.1[j]))),
        );
        let mut kinds = Vec::new();
        let mut index = HashMap::new();
        let mut class = |border: &super::Border| -> u16 {
            *index.entry(*border).or_insert_with(|| {
                kinds.push(*border);
                (kinds.len() - 1) as u16
            })
        };
        let source_classes = evidence.borders.0.iter().map(&mut class).collect();
        let target_classes = evidence.borders.1.iter().map(&mut class).collect();
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
        Combined {
            empty: any.then_some(empty),
            evidence,
            coverage,
            shapes: shape_scores,
            length: (unit(17), unit(18)),
            rate: unit(23) * rate,
            rate_unit: unit(23),
            nulls,
            inside,
            classes: (source_classes, target_classes),
            pairs,
            width,
        }
    }

    /// Changes the rate of nulls; what that adds to the score of every sentence without counterpart.
    pub fn set_rate(&mut self, rate: f32) -> f32 {
        let before = std::mem::replace(&mut self.rate, rate * self.rate_unit);
        self.rate - before
    }
}

/// The weights of the lexical features as curves by token class.
pub(super) fn gains(weights: &Weights) -> CoverageOptions {
    let w = &weights.features;
    let side = |k: usize| {
        let mut gain = [Gain::default(); 4];
        let words = Gain { weights: [w[k], w[k + 2], w[k + 4]] };
        gain[Class::Word as usize] = words;
        gain[Class::Name as usize] = words;
        gain[Class::Number as usize].weights[features::MIDDLE] = w[k + 6];
        gain[Class::Mark as usize].weights[features::MIDDLE] = w[k + 8];
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
        if target.is_empty() {
            return self.nulls.0[source.end] - self.nulls.0[source.start] + self.rate * source.len() as f32;
        }
        if source.is_empty() {
            return self.nulls.1[target.end] - self.nulls.1[target.start] + self.rate * target.len() as f32;
        }
        if let Some((a, b)) = &self.empty
            && (a[source.end] > a[source.start] || b[target.end] > b[target.start])
        {
            return FORBIDDEN;
        }
        let deviation = self.evidence.length.deviation(source.clone(), target.clone());
        let (i, j) = (source.end - 1, target.end - 1);
        self.shapes[source.len() * STRIDE + target.len()]
            + self.length.0 * deviation * deviation
            + self.length.1 * deviation.abs()
            + self.pairs[usize::from(self.classes.0[i]) * self.width + usize::from(self.classes.1[j])]
            + (self.inside.0[i] - self.inside.0[source.start])
            + (self.inside.1[j] - self.inside.1[target.start])
            + self.coverage.score(source, target)
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
                    let expected: f32 =
                        features.iter().zip(&weights.features).map(|(f, w)| f * w).sum::<f32>()
                            + coverage.score(s.clone(), t.clone());
                    let found = scorer.score(s.clone(), t.clone());
                    assert!((found - expected).abs() < 1e-2, "{s:?} {t:?}: {found} but {expected}");
                }
            }
        }
    }
}
