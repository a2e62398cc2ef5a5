//! The shape in which the two languages stand on a page, and the places it gives their sentences.
//!
//! A page is read as runs of one language; neighbouring runs make segments, and a segment in one language
//! is matched with the segment beside it in the other (see `steps`). What belongs around the article
//! rather than to it is told apart first (see `matter`). Everything is linear in the length of the page.

mod cues;
mod matter;
mod paragraphs;
mod runs;
mod shape;
mod steps;

pub use matter::Matter;
pub(crate) use matter::matter;
pub use runs::{Found, Joint, Page, two_files};
pub use shape::Layout;

use crate::article::Sentence;
use crate::reason::Reason;

/// The two sides of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sides {
    /// Chinese sentences in the order of the article.
    pub source: Vec<Placed>,
    /// English sentences in the order of the article.
    pub target: Vec<Placed>,
    /// Sentences on neither side, with the reason.
    pub other: Vec<(Found, Reason)>,
    /// Whether places on the two sides compare: whether the page has more than one step.
    pub stepped: bool,
    /// Share of paragraph ends that can be expected to fall together, 0 to 1.
    pub agreement: f32,
    /// The layout.
    pub layout: Layout,
    /// What speaks for it, in plain words.
    pub why: String,
}

/// A sentence on its side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placed {
    /// The sentence.
    pub sentence: Sentence,
    /// Its step along the page; what should face each other has the same.
    pub at: f32,
    /// Whether its passage matches none that stands beside it.
    pub alone: bool,
    /// The run it stands in: a paragraph, or a part of one that is in one language.
    pub run: u32,
    /// Whether it stands in a heading.
    pub title: bool,
    /// How it goes on from the sentence before it.
    pub joint: Joint,
    /// Why it is not to be aligned, if it is not.
    pub aside: Option<Reason>,
    /// How much speaks for its being no part of the article, in nats; most sentences have 0.
    pub doubt: f32,
    /// Its text in the article, where a person has changed it.
    pub was: Option<String>,
}
