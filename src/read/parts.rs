//! Parts of a draft: cut out, put together anew, with pieces and links kept right.

use super::draft::{Draft, trim};
use crate::span::Span;
use std::ops::Range;

/// Stands in a draft for a line break of the source that its markup calls a space. Never in a finished block:
/// [`clean`](super::draft::clean) keeps carriage returns out of drafts.
pub(super) const SOFT_BREAK: char = '\r';

impl Draft {
    /// Appends a part of another draft.
    pub(super) fn push_part(&mut self, other: &Draft, part: Range<usize>) {
        let shift = self.text.len();
        let moved = |range: &Range<usize>| {
            let start = range.start.clamp(part.start, part.end);
            let end = range.end.clamp(part.start, part.end);
            (start < end).then(|| start - part.start + shift..end - part.start + shift)
        };
        self.links.extend(within(&other.links, &part).iter().filter_map(moved));
        self.opaque.extend(within(&other.opaque, &part).iter().filter_map(moved));
        let first = other.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        for k in first..other.pieces.len() {
            let piece = other.pieces[k];
            if piece.at >= part.end {
                break;
            }
            let covered = other.pieces.get(k + 1).map_or(other.text.len(), |next| next.at);
            let (start, end) = (piece.at.max(part.start), covered.min(part.end));
            if start >= end {
                continue;
            }
            let text = &other.text[start..end];
            if covered - piece.at == piece.len {
                self.push_mapped(text, piece.source + (start - piece.at), piece.len == 1);
            } else {
                self.push_decoded(text, Some(Span::new(piece.source, piece.source + piece.len)));
            }
        }
        if other.pieces.is_empty() {
            self.push(&other.text[part], None);
        }
    }

    /// A single byte may be a line break that became a space, so it must not merge with its neighbours.
    fn push_mapped(&mut self, text: &str, source: usize, single: bool) {
        if single {
            self.push_decoded(text, Some(Span::new(source, source + 1)));
        } else {
            self.push(text, Some(source));
        }
    }

    /// Appends other text in place of a part of another draft.
    pub(super) fn push_instead(&mut self, text: &str, other: &Draft, part: Range<usize>) {
        self.push_decoded(text, other.source(part));
    }

    /// Where a part of the text stands in the source.
    pub(super) fn source(&self, part: Range<usize>) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.at <= part.start).checked_sub(1)?;
        let last =
            self.pieces.partition_point(|piece| piece.at < part.end.max(part.start + 1)).checked_sub(1)?;
        let start = self.pieces[first];
        let end = self.pieces[last];
        let covered = self.pieces.get(last + 1).map_or(self.text.len(), |next| next.at) - end.at;
        // A piece that maps byte to byte can be cut; one that stands for something else is taken whole.
        let length = if covered == end.len { (part.end - end.at).min(end.len) } else { end.len };
        let skipped =
            if first == last && covered != end.len { 0 } else { (part.start - start.at).min(start.len) };
        Some(Span::new(start.source + skipped, end.source + length))
    }

    /// A part of this draft by itself, without white space at its ends.
    pub(super) fn part(&self, part: Range<usize>) -> Draft {
        let mut draft = Draft::default();
        draft.push_part(self, trim(&self.text, part));
        draft
    }
}

/// The ranges that touch a part. They are in order and disjoint, so two binary searches find them.
fn within<'a>(ranges: &'a [Range<usize>], part: &Range<usize>) -> &'a [Range<usize>] {
    let first = ranges.partition_point(|range| range.end <= part.start);
    let last = ranges.partition_point(|range| range.start < part.end);
    &ranges[first..last.max(first)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Piece;

    #[test]
    fn a_part_keeps_its_pieces() {
        let mut draft = Draft::default();
        draft.push("one ", Some(10));
        draft.push_decoded("&", Some(Span::new(14, 19)));
        draft.push(" two", Some(19));
        let part = draft.part(3..8);
        assert_eq!(part.text, "& tw");
        assert_eq!(part.pieces, [Piece { at: 0, source: 14, len: 5 }, Piece { at: 1, source: 19, len: 3 }]);
    }
}
