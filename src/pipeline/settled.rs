//! Aligns two sides around units that are settled.

use super::align::{holds, limits, places, put_together, take_apart, weights};
use super::frame::Frame;
use super::moved::find_moved;
use super::reading::Reading;
use crate::aligner::{Aligner, Given};
use crate::corpus::{Bitext, Unit};
use crate::layout::Sides;
use crate::reason::Reason;
use crate::score::Position;
use std::borrow::Cow;

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
        let reason = if zh.is_empty() || en.is_empty() { Reason::OneLanguage } else { Reason::NoCounterpart };
        let evidence = self.evidence(&borrowed(&zh), &borrowed(&en));
        let alignment =
            self.align(&evidence, Given { position: Some(&position), ties: frame.ties(), scorers: &[] });
        let notices = limits(&alignment);
        let mut units: Vec<Unit> = Vec::new();
        for bead in alignment.into_beads() {
            let unit = Unit {
                reason: bead.is_null().then_some(reason),
                source: source[frame.source_range(&bead.source)].to_vec(),
                target: target[frame.target_range(&bead.target)].to_vec(),
                score: bead.score,
                confidence: bead.confidence.clamp(0.0, 1.0),
                ..Unit::default()
            };
            if frame.takes(&unit) {
                continue;
            }
            match unit.is_pair() && !holds(&unit, &sides) {
                true => take_apart(unit, &mut units),
                false => units.push(unit),
            }
        }
        let mut units = find_moved(self, &sides, &reading, units);
        units.extend(frame.into_units());
        Bitext { notices, ..put_together(sides, units) }
    }
}

fn borrowed<'a>(texts: &'a [Cow<'_, str>]) -> Vec<&'a str> {
    texts.iter().map(|text| &**text).collect()
}
