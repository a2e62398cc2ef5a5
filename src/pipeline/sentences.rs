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
    let (mut items, mut clauses) = (Vec::new(), Vec::new());
    for (number, (block, &tongue)) in article.blocks.iter().zip(tongues).enumerate() {
        for (sentence, language) in of_block(block, tongue) {
            items.clear();
            segment::items(&block.text, sentence, &mut items);
            clauses.clear();
            items.iter().for_each(|&item| segment::clauses(&block.text, item, &mut clauses));
            let mut before: Option<Span> = None;
            for &clause in &clauses {
                // An enumerated point and an item of a roll stand by themselves on both sides, so does what
                // follows the number of a note, and what the next person says.
                let here = clause.slice(&block.text);
                let point = segment::opens_point(here)
                    || before.is_some_and(|before| {
                        let before = before.slice(&block.text);
                        before.ends_with(|c: char| c.is_ascii_digit())
                            || segment::parts_speakers(before, here)
                    });
                let item = items.iter().any(|item| item.start == clause.start);
                let joint = match before {
                    Some(before) if !point && !item => match before.end == clause.start {
                        true => Joint::Tight,
                        false => Joint::Spaced,
                    },
                    _ => Joint::Free,
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

fn of_block(block: &Block, tongue: Tongue) -> Vec<(Span, Option<Language>)> {
    match block.side {
        Some(side) => {
            let spans = segment::for_language(side).segment(&block.text);
            spans.into_iter().map(|span| (span, Some(side))).collect()
        }
        None => segment::by_tongue(&block.text, tongue),
    }
}
