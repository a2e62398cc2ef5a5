//! How well passages face each other, by the evidence that sentences are aligned with.

use crate::align::Shapes;
use crate::aligner::Aligner;
use crate::lattice::{Corridor, Scorer};
use crate::score::{Combined, Evidence, Plain};
use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

/// From this affinity on, in nats, two short texts have words in common: those without have 3.95 at most, as even they
/// are likelier to face each other than nothing; a word that translates another brings it to 4.05 or more.
pub(super) const COMMON: f32 = 4.0;

/// Scores of passages against passages, each against leaving both unpaired.
pub(super) struct Affinity {
    corridor: Corridor,
    /// One score a node that ends a pair.
    scores: Vec<f32>,
}

impl Affinity {
    /// Scores the pairs of a band: passage `i` of the source against the passages `band(i)` of the target, both
    /// given as runs of sentences. Linear in the passages and the size of the band.
    pub fn new(
        aligner: &Aligner,
        evidence: &Evidence,
        source: &[Range<usize>],
        target: &[Range<usize>],
        band: impl Fn(usize) -> RangeInclusive<usize>,
    ) -> Self {
        let (n, m) = (source.len(), target.len());
        let rows = (0..=n).map(|i| {
            let low = if i < n { *band(i).start() } else { *band(i.saturating_sub(1)).start() };
            let high = if i > 0 { *band(i - 1).end() + 1 } else { *band(0).end() };
            low.min(high)..=high
        });
        let corridor = Corridor::from_rows(rows.collect(), m);
        let mut scores = vec![f32::NEG_INFINITY; corridor.nodes()];
        if n == 0 || m == 0 {
            return Affinity { corridor, scores };
        }
        let tables = (&evidence.words.prior, &evidence.words.inverted);
        let passages = evidence.passages(source, target);
        let shapes = Shapes::default().small(2);
        let plain = Cow::Owned(Plain::new(&passages, &shapes, &aligner.weights));
        let scorer = Combined::with(&passages, plain, tables, &corridor, &shapes, &aligner.charts);
        for i in 0..n {
            for j in band(i) {
                let inside = j < m && corridor.node(i, j).is_some();
                let Some(node) = corridor.node(i + 1, j + 1).filter(|_| inside) else { continue };
                let alone = scorer.score(i..i + 1, j..j) + scorer.score(i..i, j..j + 1);
                scores[node] = scorer.score(i..i + 1, j..j + 1) - alone;
            }
        }
        Affinity { corridor, scores }
    }

    /// How well two short texts face each other, in nats, whatever else is on their page.
    pub fn of_texts(aligner: &Aligner, chinese: &str, english: &str) -> f32 {
        let evidence = aligner.evidence(&[chinese], &[english]);
        let all = [Range { start: 0, end: 1 }];
        Affinity::new(aligner, &evidence, &all, &all, |_| 0..=0).of(0, 0)
    }

    /// The score of a pair in nats; minus infinity outside the band.
    pub fn of(&self, source: usize, target: usize) -> f32 {
        self.corridor.node(source + 1, target + 1).map_or(f32::NEG_INFINITY, |node| self.scores[node])
    }
}
