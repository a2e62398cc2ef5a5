//! The text of a block while it is being put together, with the way back to its source.

use crate::article::{Block, BlockKind, Piece};
use crate::bytes::{self, ByteSet};
use crate::span::Span;
use std::ops::Range;

/// Text with pieces that map it to its source, and the parts of it that stand in links.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) text: String,
    /// Empty where there is no source to map to (HTML).
    pub(super) pieces: Vec<Piece>,
    /// Parts of the text that stand in links, in order and disjoint.
    pub(super) links: Vec<Range<usize>>,
    /// Parts of the text in which marks are no markup (code spans), in order and disjoint.
    #[cfg(feature = "read")]
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

    /// Takes back the character of ASCII at the end of text that was pushed as it stands.
    pub(super) fn pop(&mut self) {
        if self.text.pop().is_some()
            && let Some(last) = self.pieces.last_mut()
        {
            last.len -= 1;
            self.pieces.pop_if(|last| last.len == 0);
        }
    }

    /// Takes back everything from a place on.
    #[cfg(feature = "read")]
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        self.pieces.truncate(self.pieces.partition_point(|piece| piece.at < len));
        for parts in [&mut self.links, &mut self.opaque] {
            parts.truncate(parts.partition_point(|part| part.start < len));
            parts.last_mut().into_iter().for_each(|last| last.end = last.end.min(len));
        }
        self.grows = false;
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

/// Number of characters that are not white space of ASCII.
pub(super) fn visible(text: &str) -> usize {
    bytes::count(text.as_bytes(), |b| b > b' ' && b & 0xC0 != 0x80)
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
    /// The bytes that can begin a dropped character.
    static FIRST: ByteSet = ByteSet::new(
        b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C\x0D\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\
          \x1B\x1C\x1D\x1E\x1F\x7F\xC2\xE2\xEF",
    );
    let mut at = from;
    while let Some(next) = FIRST.find(text.as_bytes(), at) {
        match text[next..].chars().next() {
            Some(c) if is_dropped(c) => return (next, next + c.len_utf8()),
            Some(c) => at = next + c.len_utf8(),
            None => break,
        }
    }
    (text.len(), text.len())
}

/// Characters that carry no text: controls other than tab and line feed, soft hyphens and zero-width spaces (hints
/// where a word may be broken), word joiners, marks of direction, byte order marks inside a text, and code points that
/// are no characters. Joiners within emoji stay.
pub(super) fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
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
        let source = "a\0b\u{7F}\u{AD}对\u{FEFF}\u{200B}照\u{85}\u{9F}\u{200E}";
        let draft = verbatim(source);
        assert_eq!(draft.text, "ab对照");
        for piece in &draft.pieces {
            assert_eq!(
                &draft.text[piece.at..piece.at + piece.len],
                &source[piece.source..piece.source + piece.len]
            );
        }
    }
}
