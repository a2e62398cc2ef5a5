//! The shape in which the two languages stand on a page, and the places it gives their sentences.

use crate::article::{Article, BlockKind, Sentence};
use crate::language::Language;
use crate::reason::Reason;

/// A sentence of an article, with its language.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The sentence.
    pub sentence: Sentence,
    /// Its language, if it has letters.
    pub language: Option<Language>,
}

/// The two sides of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sides {
    /// Chinese sentences in the order of the article.
    pub source: Vec<Placed>,
    /// English sentences in the order of the article.
    pub target: Vec<Placed>,
    /// Sentences on neither side, with the reason.
    pub other: Vec<(Found, Reason)>,
    /// Cost in nats of facing a sentence one step of the layout away; 0 where steps do not compare.
    pub strength: f32,
    /// The layout in plain words.
    pub layout: String,
}

/// A sentence on its side.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The sentence.
    pub sentence: Sentence,
    /// Its step along the page; what should face each other has the same.
    pub at: f32,
    /// Why it is not to be aligned, if it is not.
    pub aside: Option<Reason>,
}

/// Sorts the sentences of an article into two sides.
pub fn sides(article: &Article, sentences: Vec<Found>) -> Sides {
    let mut sides = Sides { layout: "two texts".to_owned(), ..Sides::default() };
    for found in sentences {
        let kind = article.blocks.get(found.sentence.block).map(|block| block.kind);
        let aside = match kind {
            Some(BlockKind::Code) => Some(Reason::Code),
            Some(BlockKind::Boilerplate) => Some(Reason::Boilerplate),
            _ => None,
        };
        let placed = |sentence: Sentence| Placed { at: sentence.block as f32, sentence, aside };
        match found.language {
            Some(Language::Chinese) => sides.source.push(placed(found.sentence)),
            Some(Language::English) => sides.target.push(placed(found.sentence)),
            Some(_) => sides.other.push((found, Reason::OtherLanguage)),
            None => sides.other.push((found, Reason::Empty)),
        }
    }
    sides
}
