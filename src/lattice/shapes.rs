//! Which bead shapes (n source sentences against m target sentences) the search may use.

use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

/// The bead shapes of a search, in order of preference on ties: small before large.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shapes {
    list: Vec<(u8, u8)>,
}

/// Beads with more than one sentence on both sides may hold this many in all: the gold data has hardly
/// any larger, and each shape costs time at every node.
const BOTH_MANY: usize = 8;

impl Shapes {
    /// Every shape up to `source` × `target` sentences, nulls of one sentence among them.
    ///
    /// Shapes with several sentences on both sides are kept up to eight sentences in all, and with up to
    /// `source` + `target` sentences where these two are smaller.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] unless both lie in 1..=20.
    pub fn up_to(source: usize, target: usize) -> Result<Self> {
        if !(1..=20).contains(&source) || !(1..=20).contains(&target) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the largest bead is {source}-{target}; give two numbers from 1 to 20"),
            ));
        }
        let mut list = vec![(1, 0), (0, 1)];
        for n in 1..=source {
            for m in 1..=target {
                if n.min(m) == 1 || n + m <= BOTH_MANY {
                    list.push((n as u8, m as u8));
                }
            }
        }
        list.sort_by_key(|&(n, m)| (n + m, n.abs_diff(m), n));
        Ok(Shapes { list })
    }

    /// Only those with up to `most` sentences in all.
    #[must_use]
    pub fn small(&self, most: usize) -> Self {
        let list = self.list.iter().copied().filter(|&(n, m)| usize::from(n + m) <= most.max(2));
        Shapes { list: list.collect() }
    }

    /// The shapes as (source, target) counts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, usize)> + '_ {
        self.list.iter().map(|&(n, m)| (n.into(), m.into()))
    }

    /// The largest number of source sentences in a shape.
    pub fn max_source(&self) -> usize {
        self.iter().map(|(n, _)| n).max().unwrap_or(0)
    }

    /// The largest number of target sentences in a shape.
    pub fn max_target(&self) -> usize {
        self.iter().map(|(_, m)| m).max().unwrap_or(0)
    }
}

impl Default for Shapes {
    fn default() -> Self {
        // Both numbers lie in the allowed range.
        Shapes::up_to(6, 7).unwrap_or(Shapes { list: vec![(1, 0), (0, 1), (1, 1)] })
    }
}
