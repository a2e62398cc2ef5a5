//! A range of bytes in a text.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A range of bytes in a text; both ends lie on character borders.
///
/// ```
/// use duizhao::Span;
/// let span = Span::new(0, 6);
/// assert_eq!(span.slice("对照 duizhao"), "对照");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, and without, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The part of `text` that this span covers.
    ///
    /// # Panics
    /// If the span does not lie in `text` or cuts a character.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// This span as a range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}
