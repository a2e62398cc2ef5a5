//! Aligns two sides around units that are settled.

use super::align::{hold, limits, places, put_together, units, weights};
use super::frame::Frame;
use super::moved::find_moved;
use super::reading::Reading;
use crate::aligner::{Aligner, Given};
use crate::corpus::{Bitext, Unit};
use crate::layout::Sides;
use crate::score::Position;

impl Aligner {
    /// Aligns two sides around units that share no sentence, and whose sentences are all to be aligned.
    pub(super) fn align_around(&self, sides: Sides, settled: Vec<Unit>) -> Bitext {
        let reading = Reading::new(self, &sides);
        let (source, target) = (&reading.source.ids, &reading.target.ids);
        let mut frame = Frame::new(source, target, settled);
        let position = Position::new(
            places(&sides.source, &frame.first_source(source)),
            places(&sides.target, &frame.first_target(target)),
            weights(&sides),
        );
        let (zh, en) = (reading.source.texts(&sides.source), reading.target.texts(&sides.target));
        let (zh, en) = (frame.source_texts(&zh), frame.target_texts(&en));
        let evidence = self.evidence(&zh, &en);
        let alignment =
            self.align(&evidence, Given { position: Some(&position), ties: frame.ties(), scorers: &[] });
        let notices = limits(&alignment);
        let mut found = units(alignment, |bead| {
            let (from, to) = (frame.source_range(&bead.source), frame.target_range(&bead.target));
            (source[from].to_vec(), target[to].to_vec())
        });
        found.retain(|unit| !frame.takes(unit));
        let units = hold(self, found, &sides);
        let mut units = find_moved(self, &sides, &reading, units);
        units.extend(frame.into_units());
        Bitext { notices, ..put_together(sides, units) }
    }
}
