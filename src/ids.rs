//! The written form of beads, `[0, 1]:[2]`: the sentence numbers of both sides, counted from 0. Vecalign,
//! Bertalign and their gold files use it, some with a cost as a third field.

use crate::alignment::Bead;
use crate::error::{Error, ErrorKind, Result};
use crate::lines::Lines;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

/// Sentence numbers that face each other, counted from 0, in any order; a side may be empty. Two beads are equal
/// if they are written alike; [`sorted`](IdBead::sorted) makes those equal that say the same.
///
/// ```
/// use duizhao::IdBead;
/// let bead: IdBead = "[0,1]:[2]:0.25".parse()?;
/// assert_eq!((bead.source.as_slice(), bead.target.as_slice()), (&[0, 1][..], &[2][..]));
/// assert_eq!(bead.to_string(), "[0, 1]:[2]");
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct IdBead {
    /// Numbers of the source sentences.
    pub source: Vec<usize>,
    /// Numbers of the target sentences.
    pub target: Vec<usize>,
}

impl IdBead {
    /// A bead of two lists of numbers.
    pub fn new(source: impl Into<Vec<usize>>, target: impl Into<Vec<usize>>) -> Self {
        IdBead { source: source.into(), target: target.into() }
    }

    /// Whether one side is empty.
    pub fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }

    /// The same numbers in order, each once: beads that are alike but for the order of their numbers become equal.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        for side in [&mut self.source, &mut self.target] {
            side.sort_unstable();
            side.dedup();
        }
        self
    }

    /// Reads a bead a line; blank lines are skipped.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] or [`ErrorKind::Encoding`] with the line; [`ErrorKind::Io`].
    pub fn read_all(input: impl BufRead) -> Result<Vec<Self>> {
        let mut lines = Lines::new(input);
        let mut beads = Vec::new();
        while let Some(line) = lines.next_line()? {
            if !line.trim().is_empty() {
                let bead = line.parse::<IdBead>();
                beads.push(bead.map_err(|error| error.at_line(lines.number()))?);
            }
        }
        Ok(beads)
    }
}

impl From<Bead> for IdBead {
    fn from(bead: Bead) -> Self {
        IdBead { source: bead.source.collect(), target: bead.target.collect() }
    }
}

impl From<&Bead> for IdBead {
    fn from(bead: &Bead) -> Self {
        bead.clone().into()
    }
}

impl fmt::Display for IdBead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The debug form of a list of numbers is the form that is wanted: `[0, 1]`.
        write!(f, "{:?}:{:?}", self.source, self.target)
    }
}

impl FromStr for IdBead {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut fields = text.split(':');
        let mut side = || fields.next().and_then(numbers);
        match (side(), side()) {
            (Some(source), Some(target)) => Ok(IdBead { source, target }),
            _ => Err(Error::new(ErrorKind::Format, "expected two lists of numbers such as `[0, 1]:[2]`")),
        }
    }
}

fn numbers(list: &str) -> Option<Vec<usize>> {
    let inner = list.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.is_empty() {
        return Some(Vec::new());
    }
    inner.split(',').map(|number| number.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_others_write() {
        let text = "[0]:[0]\n\n[1,2] : [1, 2, 3]\r\n[3]:[]:0.5\n[]:[4]";
        let beads = IdBead::read_all(text.as_bytes()).unwrap();
        let expected = [
            IdBead::new([0], [0]),
            IdBead::new([1, 2], [1, 2, 3]),
            IdBead::new([3], []),
            IdBead::new([], [4]),
        ];
        assert_eq!(beads, expected);
        let written: Vec<_> = beads.iter().map(IdBead::to_string).collect();
        assert_eq!(written, ["[0]:[0]", "[1, 2]:[1, 2, 3]", "[3]:[]", "[]:[4]"]);
    }

    #[test]
    fn a_bad_line_is_named() {
        for bad in ["[0]", "[0]:1", "[0]:[-1]", "[0]:[1", "[0]:[1,]", "0:1", "[99999999999999999999]:[0]"] {
            let error = IdBead::read_all(format!("[0]:[0]\n{bad}\n").as_bytes()).unwrap_err();
            assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(2)), "{bad}");
        }
    }
}
