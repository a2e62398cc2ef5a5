//! Beads and alignments: which sentences of the source face which sentences of the target.

use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A run of source sentences that faces a run of target sentences; one of the two may be empty (a null).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Indices of the source sentences.
    pub source: Range<usize>,
    /// Indices of the target sentences.
    pub target: Range<usize>,
    /// Natural logarithm of the odds of this bead against unrelated sentences; above 0 speaks for it.
    pub score: f32,
    /// Posterior probability, 0 to 1, that both sides are exactly right.
    pub confidence: f32,
}

impl Bead {
    /// Whether one side is empty.
    pub fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }

    /// The type of the bead as people write it: `1-2` has one source and two target sentences.
    pub fn kind(&self) -> String {
        format!("{}-{}", self.source.len(), self.target.len())
    }
}

/// Beads that together hold every sentence of both sides exactly once, in order.
///
/// ```
/// use duizhao::{Alignment, Bead};
/// let bead = |source, target| Bead { source, target, score: 0.0, confidence: 1.0 };
/// let alignment = Alignment::new(vec![bead(0..1, 0..2), bead(1..2, 2..2)], 2, 2)?;
/// assert_eq!(alignment.beads()[0].kind(), "1-2");
/// assert!(Alignment::new(vec![bead(0..1, 0..1)], 2, 1).is_err()); // source sentence 1 is lost
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Alignment {
    beads: Vec<Bead>,
    limited: bool,
}

/// An alignment as it stands in a file.
#[derive(Deserialize)]
struct Unchecked {
    beads: Vec<Bead>,
    #[serde(default)]
    limited: bool,
}

impl TryFrom<Unchecked> for Alignment {
    type Error = Error;

    fn try_from(Unchecked { beads, limited }: Unchecked) -> Result<Self> {
        let (n, m) = beads.last().map_or((0, 0), |last| (last.source.end, last.target.end));
        Ok(Alignment::new(beads, n, m)?.limited(limited))
    }
}

impl Alignment {
    /// Takes beads over `source_len` and `target_len` sentences.
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`] if the beads are not monotone, complete and disjoint, or if a score is not finite
    /// or a confidence not in 0 to 1, naming the first bead that breaks the rule.
    pub fn new(beads: Vec<Bead>, source_len: usize, target_len: usize) -> Result<Self> {
        let (mut i, mut j) = (0, 0);
        for (k, bead) in beads.iter().enumerate() {
            let Bead { source, target, score, confidence } = bead;
            if source.start != i || target.start != j {
                return Err(broken(format!(
                    "bead {k} holds source {source:?} and target {target:?}, but source {i} and target {j} come \
                     next"
                )));
            }
            if source.end < i || target.end < j || (source.is_empty() && target.is_empty()) {
                return Err(broken(format!(
                    "bead {k} holds no sentence: source {source:?}, target {target:?}"
                )));
            }
            if !score.is_finite() || !(0.0..=1.0).contains(confidence) {
                return Err(broken(format!("bead {k} has score {score} and confidence {confidence}")));
            }
            (i, j) = (bead.source.end, bead.target.end);
        }
        if (i, j) != (source_len, target_len) {
            return Err(broken(format!(
                "the beads end at source {i} and target {j} of {source_len} and {target_len}"
            )));
        }
        Ok(Alignment { beads, limited: false })
    }

    /// The same, of a search that had to end before it had looked everywhere it wanted to.
    pub(crate) fn limited(mut self, limited: bool) -> Self {
        self.limited = limited;
        self
    }

    /// Whether the search had to end before it had looked everywhere it wanted to: where long texts have hardly
    /// anything in common, or say the same over and over, pairs may be missing.
    pub fn is_limited(&self) -> bool {
        self.limited
    }

    /// The beads in order.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The beads in order, taken out.
    pub fn into_beads(self) -> Vec<Bead> {
        self.beads
    }
}

fn broken(message: String) -> Error {
    Error::new(ErrorKind::Alignment, message)
}

impl<'a> IntoIterator for &'a Alignment {
    type Item = &'a Bead;
    type IntoIter = std::slice::Iter<'a, Bead>;

    fn into_iter(self) -> Self::IntoIter {
        self.beads.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_alignment_is_refused_also_from_a_file() {
        let bead = |source, target, score, confidence| Bead { source, target, score, confidence };
        let good =
            Alignment::new(vec![bead(0..1, 0..2, -1.5, 1.0), bead(1..2, 2..2, 0.0, 0.0)], 2, 2).unwrap();
        let json = serde_json::to_string(&good.clone().limited(true)).unwrap();
        assert_eq!(serde_json::from_str::<Alignment>(&json).unwrap(), good.limited(true));
        #[allow(clippy::reversed_empty_ranges)]
        for (beads, says) in [
            (vec![bead(1..2, 0..1, 0.0, 1.0)], "source 0 and target 0 come next"),
            (vec![bead(0..0, 0..0, 0.0, 1.0)], "bead 0 holds no sentence"),
            (vec![bead(0..5, 0..1, 0.0, 1.0), bead(5..1, 1..2, 0.0, 1.0)], "bead 1 holds no sentence"),
            (vec![bead(0..1, 0..1, f32::NAN, 1.0)], "score NaN"),
            (vec![bead(0..1, 0..1, 0.0, 7.0)], "confidence 7"),
        ] {
            let (n, m) = beads.last().map_or((0, 0), |last| (last.source.end, last.target.end));
            // A number that is none is `null` in JSON, which is no number either.
            let json = serde_json::json!({ "beads": &beads });
            assert!(serde_json::from_value::<Alignment>(json).is_err(), "{says}");
            let error = Alignment::new(beads, n, m).unwrap_err();
            assert!(error.kind() == ErrorKind::Alignment && error.to_string().contains(says), "{error}");
        }
    }
}
