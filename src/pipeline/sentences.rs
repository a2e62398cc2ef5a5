//! The sentences of an article, block by block, each with its language; long ones in clauses, which are
//! put together again after aligning where nothing came between them (see `fuse`).

use super::beside::keep_translated;
use super::copies;
use super::halves::{Halves, Lines, OfLine};
use crate::aligner::Aligner;
use crate::article::{Article, Block, BlockKind, Sentence};
use crate::labels;
use crate::language::{Language, Tongue, detect};
use crate::layout::{self, Found, Joint, Page};
use crate::segment;
use crate::span::Span;

/// A page of the sentences of an article that has both languages.
pub(super) fn page(aligner: &Aligner, article: &Article) -> Page {
    let tongues = tongues(article);
    let mut lines = Lines::default();
    let mut found = sentences(article, &tongues, Some(&mut lines));
    let lines = lines.translated(aligner, article, &tongues);
    let mut matter = layout::matter(article, &tongues);
    keep_translated(&mut matter, &lines, aligner, article, &tongues);
    cut(&mut found, lines, article);
    copies::take_out(&mut found, article, &tongues);
    Page::new(article, matter, found)
}

/// A page of the sentences of an article whose translation is another article.
pub(super) fn half(article: &Article) -> Page {
    let tongues = tongues(article);
    Page::new(article, layout::matter(article, &tongues), sentences(article, &tongues, None))
}

fn tongues(article: &Article) -> Vec<Tongue> {
    article.blocks.iter().map(|block| Tongue::of(&block.text)).collect()
}

/// Finds the sentences of an article; `lines` takes note of those that may hold a text and its translation.
fn sentences(article: &Article, tongues: &[Tongue], mut lines: Option<&mut Lines>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut clauses = Vec::new();
    for (number, (block, &tongue)) in article.blocks.iter().zip(tongues).enumerate() {
        let (mut last, mut joined) = (None, None);
        let mut lines = lines.as_deref_mut().filter(|_| {
            block.side.is_none() && block.kind != BlockKind::Boilerplate && tongue.scripts.has_both()
        });
        for Part { sentence, language, label } in of_block(block, tongue) {
            if let Some(translation) = label {
                let line = translation.then(|| join_before(&mut found, number)).flatten();
                let sentence = sentence_at(block, number, sentence);
                found.push(Found { sentence, language: None, joint: Joint::Free, line, label: true });
                (last, joined) = (None, line);
                continue;
            }
            clauses.clear();
            segment::clauses(&block.text, sentence, &mut clauses);
            if let Some(lines) = &mut lines {
                let here = (sentence, language);
                if let Some(last) = last.replace(here) {
                    lines.add_cut(&block.text, [last, here], number, found.len());
                }
                lines.add(&block.text, sentence, number, (found.len(), clauses.len()));
            }
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
                let sentence = sentence_at(block, number, clause);
                found.push(Found { sentence, language, joint, line: joined, label: false });
            }
        }
    }
    found
}

/// Cuts the lines that hold a text and its translation.
fn cut(found: &mut Vec<Found>, lines: Vec<Halves>, article: &Article) {
    if lines.is_empty() {
        return;
    }
    let mut lines = lines.into_iter().peekable();
    // Labels have given their numbers to lines: those of sentences.
    let mut next = found.len() as u32;
    let mut whole = std::mem::take(found).into_iter().enumerate();
    while let Some((at, sentence)) = whole.next() {
        let Some(halves) = lines.next_if(|halves| halves.at == at) else {
            found.push(sentence);
            continue;
        };
        let rest = lines.next_if(|rest| rest.at == at);
        if halves.part == OfLine::Rest {
            // Without its head, it is what it was.
            found.push(sentence);
            continue;
        }
        let (number, clauses) = (halves.block, halves.clauses);
        let block = &article.blocks[number];
        let push = |found: &mut Vec<Found>, part: Span, language: Option<Language>, line: Option<u32>| {
            let sentence = sentence_at(block, number, part);
            found.push(Found { sentence, language, joint: Joint::Free, line, label: false });
        };
        let [first, second] = halves.parts;
        let reading = halves.reading.map(|reading| (reading, Language::Other));
        for (part, language) in [Some(first), reading, Some(second)].into_iter().flatten() {
            push(found, part, Some(language), Some(next));
        }
        next += 1;
        if let OfLine::Head(behind) = halves.part {
            match rest {
                Some(rest) => {
                    for (part, language) in rest.parts {
                        push(found, part, Some(language), Some(next));
                    }
                    next += 1;
                }
                None => push(found, behind, detect(behind.slice(&block.text)), sentence.line),
            }
        }
        // Its further clauses.
        whole.by_ref().take(clauses - 1).for_each(drop);
    }
}

/// The sentence at a span of a block's text.
fn sentence_at(block: &Block, number: usize, span: Span) -> Sentence {
    let text = segment::fold(span.slice(&block.text)).into_owned();
    Sentence { text, span: block.locate(span), block: number }
}

/// Makes the sentences behind a label such as `译文：` face those right before it, all in one language, in the block at
/// `number` or the one before: the number of their line, which is that of the label.
fn join_before(found: &mut [Found], number: usize) -> Option<u32> {
    let line = found.len() as u32;
    let last = found.last()?;
    let (block, language) = (last.sentence.block, last.language?);
    let near = block + 1 >= number && last.line.is_none();
    let run = || found.iter().rev().take_while(|found| found.sentence.block == block);
    let count = run().take_while(|found| !found.label).count();
    if !near || !run().take(count).all(|found| found.language == Some(language)) {
        return None;
    }
    let start = found.len() - count;
    found[start..].iter_mut().for_each(|found| found.line = Some(line));
    Some(line)
}

/// A sentence of a block, or a label before one.
struct Part {
    sentence: Span,
    language: Option<Language>,
    /// For a label, whether it says that a translation follows.
    label: Option<bool>,
}

/// The sentences of a block, and the items of those that are rolls, with their languages; and the labels before them.
fn of_block(block: &Block, tongue: Tongue) -> Vec<Part> {
    let text = &block.text;
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if let Some(label) = labels::leading(line) {
            let end = at + label.end;
            of_text(text, Span::new(start, at), block.side, None, &mut found);
            let written = line[..label.end].trim();
            let from = at + (label.end - line[..label.end].trim_start().len());
            let sentence = Span::new(from, from + written.len());
            found.push(Part { sentence, language: None, label: Some(label.translation) });
            start = end;
        }
        at += line.len();
    }
    let tongue = Some(tongue).filter(|_| start == 0);
    of_text(text, Span::new(start, text.len()), block.side, tongue, &mut found);
    found
}

/// The sentences of a part of a text, whose language may be known.
fn of_text(text: &str, part: Span, side: Option<Language>, tongue: Option<Tongue>, found: &mut Vec<Part>) {
    let part = segment::within_brackets(text, part);
    let here = part.slice(text);
    let mut spans: Vec<(Span, Option<Language>)> = match side {
        Some(side) => {
            let spans = segment::for_language(side).segment(here);
            spans.into_iter().map(|span| (span, Some(side))).collect()
        }
        None => segment::by_tongue(here, tongue.unwrap_or_else(|| Tongue::of(here))),
    };
    segment::open_brackets(here, &mut spans);
    for (sentence, language) in spans {
        found.extend(segment::items(here, sentence).map(|item| Part {
            sentence: Span::new(part.start + item.start, part.start + item.end),
            language,
            label: None,
        }));
    }
}
