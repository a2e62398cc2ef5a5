//! The sentences of an article, block by block, each with its language; long ones in clauses, which are
//! put together again after aligning where nothing came between them (see `fuse`).

use crate::article::{Article, Block, Sentence};
use crate::language::{Language, Tongue};
use crate::layout::{Found, Joint, Page};
use crate::segment;
use crate::span::Span;

/// A page of the sentences of an article.
pub(super) fn page(article: &Article) -> Page {
    let tongues: Vec<Tongue> = article.blocks.iter().map(|block| Tongue::of(&block.text)).collect();
    Page::new(article, &tongues, sentences(article, &tongues))
}

/// Finds the sentences of an article.
fn sentences(article: &Article, tongues: &[Tongue]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut clauses = Vec::new();
    for (number, (block, &tongue)) in article.blocks.iter().zip(tongues).enumerate() {
        for (sentence, language) in of_block(block, tongue) {
            clauses.clear();
            segment::clauses(&block.text, sentence, &mut clauses);
            let mut before: Option<Span> = None;
            for &clause in &clauses {
                // An enumerated point stands by itself on both sides, so does what follows the
                // number of a note, and what the next person says.
                let here = clause.slice(&block.text);
                let point = segment::opens_point(here)
                    || before.is_some_and(|before| {
                        let before = before.slice(&block.text);
                        before.ends_with(|c: char| c.is_ascii_digit())
                            || segment::parts_speakers(before, here)
                    });
                let joint = match before {
                    _ if point => Joint::Free,
                    None => Joint::Free,
                    Some(before) if before.end == clause.start => Joint::Tight,
                    Some(_) => Joint::Spaced,
                };
                before = Some(clause);
                let text = segment::fold(clause.slice(&block.text)).into_owned();
                let sentence = Sentence { text, span: block.locate(clause), block: number };
                found.push(Found { sentence, language, joint });
            }
        }
    }
    found
}

/// The sentences of a block, and the items of those that are rolls, with their languages.
fn of_block(block: &Block, tongue: Tongue) -> Vec<(Span, Option<Language>)> {
    let text = &block.text;
    let items = |(sentence, language)| segment::items(text, sentence).map(move |item| (item, language));
    match block.side {
        Some(side) => {
            let spans = segment::for_language(side).segment(text);
            spans.into_iter().map(|span| (span, Some(side))).flat_map(items).collect()
        }
        None => segment::by_tongue(text, tongue).into_iter().flat_map(items).collect(),
    }
}
