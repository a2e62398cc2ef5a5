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
pub struct Alignment {
    beads: Vec<Bead>,
    #[serde(default)]
    limited: bool,
}

impl Alignment {
    /// Takes beads over `source_len` and `target_len` sentences.
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`] if the beads are not monotone, complete and disjoint, naming the first
    /// bead that breaks the rule.
    pub fn new(beads: Vec<Bead>, source_len: usize, target_len: usize) -> Result<Self> {
        let (mut i, mut j) = (0, 0);
        for (k, bead) in beads.iter().enumerate() {
            let empty = bead.source.is_empty() && bead.target.is_empty();
            if empty || bead.source.start != i || bead.target.start != j {
                return Err(broken(format!(
                    "bead {k} holds source {:?} and target {:?}, but source {i} and target {j} come next",
                    bead.source, bead.target
                )));
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
