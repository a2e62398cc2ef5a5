//! Splits text into sentences, one splitter a language.
//!
//! ```
//! use duizhao::segment::{English, Segmenter};
//! let text = "Dr. Li came at 5 p.m. on Friday. “Late again?” asked his wife.";
//! let sentences: Vec<&str> = English.segment(text).iter().map(|span| span.slice(text)).collect();
//! assert_eq!(sentences, ["Dr. Li came at 5 p.m. on Friday.", "“Late again?” asked his wife."]);
//! ```
//!
//! The splitters are rules on what stands left and right of a mark; they need no model and no look-up
//! outside small tables, and allocate nothing per sentence. Both know the marks of both languages, so an
//! English sentence in a Chinese paragraph, or the reverse, is split by the rules of its own script.

mod abbreviations;
mod brackets;
mod chinese;
mod clauses;
mod ending;
mod engine;
mod english;
mod fold;
mod framed;
mod halves;
mod lines;
mod lists;
mod mixed;
mod quotes;
mod reading;
mod roll;
mod scan;
mod uax29;
mod words;

pub(crate) use brackets::{open_brackets, within_brackets};
pub use chinese::Chinese;
pub use clauses::{clauses, opens_point, parts_speakers};
pub use english::English;
pub use fold::fold;
pub(crate) use halves::{Cut, halves, head};
pub use mixed::by_language;
pub(crate) use mixed::by_tongue;
pub(crate) use reading::around_reading;
pub(crate) use roll::items;
pub use uax29::Uax29;

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

/// The splitter for a language: [`Chinese`], [`English`], and [`Uax29`] for every other.
///
/// ```
/// use duizhao::{Language, segment};
/// let text = "他问：“谁？”没有人回答。";
/// let spans = segment::for_language(Language::Chinese).segment(text);
/// assert_eq!(spans.len(), 2);
/// ```
pub fn for_language(language: Language) -> &'static (dyn Segmenter + Send + Sync) {
    match language {
        Language::Chinese => &Chinese,
        Language::English => &English,
        Language::Other => &Uax29,
    }
}
