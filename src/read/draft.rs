//! The text of a block while it is being put together, with the way back to its source.

use crate::article::{Block, BlockKind, Piece};
use crate::span::Span;
use std::ops::Range;

/// Stands in a draft for a line break of the source that its markup calls a space. Never in a finished block:
/// [`clean`] keeps carriage returns out of drafts.
pub(super) const SOFT_BREAK: char = '\r';

/// Text with pieces that map it to its source, and the parts of it that stand in links.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) text: String,
    /// Empty where there is no source to map to (HTML).
    pub(super) pieces: Vec<Piece>,
    /// Parts of the text that stand in links, in order and disjoint.
    pub(super) links: Vec<Range<usize>>,
    /// Parts of the text in which marks are no markup (code spans), in order and disjoint.
    pub(super) opaque: Vec<Range<usize>>,
    /// Whether the last piece maps byte to byte, so that it can grow.
    grows: bool,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends text that stands in the source as it is.
    pub(super) fn push(&mut self, text: &str, source: Option<usize>) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        let Some(source) = source else { return };
        match self.pieces.last_mut() {
            Some(last) if self.grows && last.at + last.len == at && last.source + last.len == source => {
                last.len += text.len();
            }
            _ => self.pieces.push(Piece { at, source, len: text.len() }),
        }
        self.grows = true;
    }

    /// Appends text that stands in the source as something else: an entity, an escape, white space.
    pub(super) fn push_decoded(&mut self, text: &str, source: Option<Span>) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        if let Some(source) = source {
            self.pieces.push(Piece { at, source: source.start, len: source.len() });
            self.grows = false;
        }
    }

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

    /// Share of the characters that stand in links; white space does not count.
    pub(super) fn link_density(&self) -> f32 {
        if self.links.is_empty() {
            return 0.0;
        }
        let linked: usize = self.links.iter().map(|range| visible(&self.text[range.clone()])).sum();
        let all = visible(&self.text);
        if all == 0 { 0.0 } else { (linked as f32 / all as f32).min(1.0) }
    }

    /// The finished block.
    pub(super) fn into_block(self, kind: BlockKind) -> Block {
        let link_density = self.link_density();
        Block { kind, text: self.text, pieces: self.pieces, link_density, ..Block::default() }
    }
}

/// The ranges that touch a part. They are in order and disjoint, so two binary searches find them.
fn within<'a>(ranges: &'a [Range<usize>], part: &Range<usize>) -> &'a [Range<usize>] {
    let first = ranges.partition_point(|range| range.end <= part.start);
    let last = ranges.partition_point(|range| range.start < part.end);
    &ranges[first..last.max(first)]
}

/// Number of characters that are not white space.
pub(super) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A range without the white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.end - (part.len() - part.trim_end().len());
    start..end.max(start)
}

/// The runs of a text between characters that no block should hold (see [`is_dropped`]), with their offsets.
pub(super) fn clean(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        while rest < text.len() {
            let start = rest;
            let (end, next) = next_dropped(text, start);
            rest = next;
            if start < end {
                return Some((start, &text[start..end]));
            }
        }
        None
    })
}

/// Where the next dropped character begins and ends; the end of the text twice if there is none.
fn next_dropped(text: &str, from: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        // Only these bytes can begin a dropped character.
        if bytes[at] >= 0x20 && !matches!(bytes[at], 0x7F | 0xC2 | 0xEF)
            || bytes[at] == b'\t'
            || bytes[at] == b'\n'
        {
            at += 1;
            continue;
        }
        match text[at..].chars().next() {
            Some(c) if is_dropped(c) => return (at, at + c.len_utf8()),
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    (text.len(), text.len())
}

/// Characters that carry no text: controls other than tab and line feed, soft hyphens (hints where a word
/// may be broken), byte order marks inside a text, and code points that are no characters.
pub(super) fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{AD}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verbatim(text: &str) -> Draft {
        let mut draft = Draft::default();
        for (at, run) in clean(text) {
            draft.push(run, Some(at));
        }
        draft
    }

    #[test]
    fn controls_leave_the_text_and_the_spans_stay_right() {
        let source = "a\0b\u{7F}\u{AD}对\u{FEFF}照\u{85}\u{9F}";
        let draft = verbatim(source);
        assert_eq!(draft.text, "ab对照");
        for piece in &draft.pieces {
            assert_eq!(
                &draft.text[piece.at..piece.at + piece.len],
                &source[piece.source..piece.source + piece.len]
            );
        }
    }

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
