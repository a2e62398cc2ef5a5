//! What learning a lexicon adds: each document is aligned with a lexicon that has learned from the others of its
//! kind, or from the first half of the document itself, as a publisher has the chapters before.
//!
//! The lessons are the program's own alignments with the lexicon of before, none by hand; beads of a confidence
//! below one half are left out, as `duizhao lexicon learn` does.

use super::documents::Document;
use super::fit::Options;
use duizhao::lexicon::Lexicon;
use duizhao::{Aligner, IdBead, Result};
use std::ops::Range;

/// What is learned from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The other documents of the kind.
    Others,
    /// The first half of the document; the second is measured.
    Half,
}

/// The documents to measure, each with the lexicon that has learned from the others or from its first half.
pub fn teach(
    documents: Vec<Document>,
    from: From,
    options: &Options,
) -> Result<(Vec<Document>, Vec<Lexicon>)> {
    let aligner = options.aligner(Lexicon::default())?;
    let lessons: Vec<Vec<(String, String)>> =
        documents.iter().map(|document| pairs(&aligner, &half(document, from, 0))).collect();
    let mut lexicons = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let teaches = |k: &usize| match from {
            From::Others => *k != number && documents[*k].kind == document.kind,
            From::Half => *k == number,
        };
        let known: Vec<(String, String)> =
            (0..documents.len()).filter(teaches).flat_map(|k| lessons[k].clone()).collect();
        let learned = Lexicon::default().learn(&known, &options.teaching)?;
        println!("{} {}: {} words from {} pairs", document.kind, document.name, learned.words, known.len());
        if options.verbose {
            learned.terms.iter().for_each(|term| println!("  {} {} {}", term.form, term.count, term.stem));
        }
        lexicons.push(learned.lexicon);
    }
    Ok((documents.iter().map(|document| half(document, from, 1)).collect(), lexicons))
}

/// The pairs that the program finds in a document.
fn pairs(aligner: &Aligner, document: &Document) -> Vec<(String, String)> {
    let text = |sentences: &[String], range: &Range<usize>| sentences[range.clone()].join(" ");
    let alignment = aligner.align_sentences(&document.source, &document.target);
    let sure = alignment.beads().iter().filter(|bead| bead.confidence >= 0.5);
    let both = sure.filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
    both.map(|bead| (text(&document.source, &bead.source), text(&document.target, &bead.target))).collect()
}

/// The whole document, or one half of it, cut between two beads.
fn half(document: &Document, from: From, half: usize) -> Document {
    let middle = document.gold.len() / 2;
    let cut = |ids: &dyn Fn(&IdBead) -> Option<usize>| document.gold[..middle].iter().filter_map(ids).max();
    let end = |last: Option<usize>| last.map_or(0, |last| last + 1);
    let (i, j) =
        (end(cut(&|bead| bead.source.last().copied())), end(cut(&|bead| bead.target.last().copied())));
    let whole = (0..document.source.len(), 0..document.target.len(), 0..document.gold.len());
    let (source, target, gold) = match (from, half) {
        (From::Others, _) => whole,
        (From::Half, 0) => (0..i, 0..j, 0..middle),
        (From::Half, _) => (i..whole.0.end, j..whole.1.end, middle..whole.2.end),
    };
    let moved = |ids: &[usize], by: usize| ids.iter().filter_map(|id| id.checked_sub(by)).collect::<Vec<_>>();
    Document {
        name: document.name.clone(),
        kind: document.kind.clone(),
        source: document.source[source.clone()].to_vec(),
        target: document.target[target.clone()].to_vec(),
        gold: document.gold[gold]
            .iter()
            .map(|bead| IdBead::new(moved(&bead.source, source.start), moved(&bead.target, target.start)))
            .collect(),
    }
}
