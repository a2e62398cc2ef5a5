//! The sentence boundaries of Unicode Standard Annex #29, as a baseline: no knowledge of any language.

use super::Segmenter;
use crate::language::Language;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Splits by the rules of [UAX #29](https://www.unicode.org/reports/tr29/#Sentence_Boundaries): a baseline
/// to measure the others against, and a fallback for languages without rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uax29;

impl Segmenter for Uax29 {
    fn language(&self) -> Language {
        Language::Other
    }

    fn segment_into(&self, text: &str, spans: &mut Vec<Span>) {
        for (start, sentence) in text.split_sentence_bound_indices() {
            let trimmed = sentence.trim_start();
            let start = start + sentence.len() - trimmed.len();
            let trimmed = trimmed.trim_end();
            if !trimmed.is_empty() {
                spans.push(Span::new(start, start + trimmed.len()));
            }
        }
    }
}
