//! Measures alignment on hand-aligned documents, and fits the constants to them.
//!
//! cargo run --release --example evaluate -- GOLD_DIR…             figures by document and kind
//! cargo run --release --example evaluate -- --fit GOLD_DIR…       weights that fit all documents best
//! cargo run --release --example evaluate -- --cross-validate …    each document with weights fitted on the others
//! cargo run --release --example evaluate -- --learn others …      with a lexicon that has learned from the other
//!                                                                 documents of the kind (half: from the first half)
//! cargo run --release --example evaluate -- --without words,…     switches evidence off (words, numbers,
//!                                                                 names, marks, learning)
//!
//! A GOLD_DIR holds NAME.zh and NAME.en, a sentence a line, and NAME.gold, a bead a line; its name is the
//! kind of its documents.

mod documents;
mod fit;
mod lessons;
mod report;

use documents::{Document, load};
use duizhao::IdBead;
use duizhao::eval::{Calibration, Kinds, Scores};
use duizhao::lexicon::Lexicon;
use report::Report;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut dirs = Vec::new();
    let mut mode = String::new();
    let mut lessons = None;
    let mut options = fit::Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--fit" | "--cross-validate" => mode = argument,
            "--learn" => {
                lessons = Some(match arguments.next().unwrap_or_default().as_str() {
                    "others" => lessons::From::Others,
                    "half" => lessons::From::Half,
                    other => return Err(format!("--learn {other}: others or half").into()),
                });
            }
            "--without" => options.without(&arguments.next().unwrap_or_default())?,
            "--set" => options.set(&arguments.next().unwrap_or_default())?,
            "--verbose" => options.verbose = true,
            _ if argument.starts_with("--") => return Err(format!("{argument} is not an option").into()),
            _ => dirs.push(argument),
        }
    }
    if dirs.is_empty() {
        return Err("name the directories that hold NAME.zh, NAME.en and NAME.gold".into());
    }
    let mut documents = load(&dirs)?;
    let mut lexicons = vec![Lexicon::default(); documents.len()];
    if let Some(from) = lessons {
        (documents, lexicons) = lessons::teach(documents, from, &options)?;
    }
    match mode.as_str() {
        "--fit" => fit::fit_all(&documents, &lexicons, &options),
        "--cross-validate" => fit::cross_validate(&documents, &lexicons, &options),
        _ => evaluate(&documents, &lexicons, &options)?,
    }
    Ok(())
}

fn evaluate(documents: &[Document], lexicons: &[Lexicon], options: &fit::Options) -> duizhao::Result<()> {
    let mut report = Report::default();
    for (document, lexicon) in documents.iter().zip(lexicons) {
        let aligner = options.aligner(lexicon.clone())?;
        let start = Instant::now();
        let alignment = aligner.align_sentences(&document.source, &document.target);
        let time = start.elapsed();
        let beads: Vec<(IdBead, f32)> =
            alignment.beads().iter().map(|bead| (IdBead::from(bead), bead.confidence)).collect();
        report.add(document, &beads, Some(time));
    }
    report.print(options.verbose);
    Ok(())
}
