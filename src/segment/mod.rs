//! Splits text into sentences, one splitter a language.

use crate::language::Language;
use crate::span::Span;

/// Splits a text into sentences.
///
/// Lossless: the sentences come in order, do not overlap, begin and end with a character that is not
/// white space, and what lies between them is white space.
pub trait Segmenter {
    /// The language it was made for.
    fn language(&self) -> Language;

    /// Appends the sentences of `text` to `spans`. Linear in the length of the text.
    fn segment_into(&self, text: &str, spans: &mut Vec<Span>);

    /// The sentences of `text`.
    fn segment(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        self.segment_into(text, &mut spans);
        spans
    }
}
