//! What is read off the sentences of both sides: once for a page, and shared by all that ask for it.

use crate::aligner::Aligner;
use crate::layout::{Placed, Sides};
use crate::score::Evidence;
use std::ops::Range;

/// The sentences of both sides that are to be aligned, and the evidence in them.
pub(super) struct Reading {
    pub source: Kept,
    pub target: Kept,
    pub evidence: Evidence,
}

impl Reading {
    pub fn new(aligner: &Aligner, sides: &Sides) -> Self {
        let (source, target) = (Kept::new(&sides.source), Kept::new(&sides.target));
        let evidence = aligner.evidence(&source.texts(&sides.source), &target.texts(&sides.target));
        Reading { source, target, evidence }
    }
}

/// The sentences of a side that are to be aligned.
pub(super) struct Kept {
    /// Their numbers on their side.
    pub ids: Vec<usize>,
    /// How many of them stand before each sentence of the side, and how many there are.
    ranks: Vec<usize>,
}

impl Kept {
    fn new(side: &[Placed]) -> Self {
        let mut ids = Vec::with_capacity(side.len());
        let mut ranks = Vec::with_capacity(side.len() + 1);
        for (id, placed) in side.iter().enumerate() {
            ranks.push(ids.len());
            if placed.aside.is_none() {
                ids.push(id);
            }
        }
        ranks.push(ids.len());
        Kept { ids, ranks }
    }

    /// Their texts.
    pub fn texts<'a>(&self, side: &'a [Placed]) -> Vec<&'a str> {
        self.ids.iter().map(|&id| side[id].sentence.text.as_str()).collect()
    }

    /// Runs of sentences of the side as runs of those that are to be aligned.
    pub fn runs(&self, runs: &[Range<usize>]) -> Vec<Range<usize>> {
        runs.iter().map(|run| self.ranks[run.start]..self.ranks[run.end]).collect()
    }
}
