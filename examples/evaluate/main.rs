//! Measures alignment on hand-aligned documents, and fits the constants to them.
//!
//! cargo run --release --example evaluate -- GOLD_DIR…             figures by document and kind
//! cargo run --release --example evaluate -- --fit GOLD_DIR…       weights that fit all documents best
//! cargo run --release --example evaluate -- --cross-validate …    each document with weights fitted on the others
//! cargo run --release --example evaluate -- --without words,…     switches evidence off (words, numbers,
//!                                                                 names, marks, learning)
//!
//! A GOLD_DIR holds NAME.zh and NAME.en, a sentence a line, and NAME.gold, a bead a line; its name is the
//! kind of its documents.

mod documents;
mod fit;
mod report;

use documents::{Document, load};
use duizhao::eval::{Calibration, Kinds, Scores};
use duizhao::{Aligner, IdBead};
use report::Report;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut dirs = Vec::new();
    let mut mode = String::new();
    let mut options = fit::Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--fit" | "--cross-validate" => mode = argument,
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
    let documents = load(&dirs)?;
    match mode.as_str() {
        "--fit" => fit::fit_all(&documents, &options),
        "--cross-validate" => fit::cross_validate(&documents, &options),
        _ => evaluate(&documents, &options)?,
    }
    Ok(())
}

fn evaluate(documents: &[Document], options: &fit::Options) -> duizhao::Result<()> {
    let builder = Aligner::builder().channels(options.channels).learn(options.learn);
    let aligner = builder.weights(options.weights.clone()).build()?;
    let mut report = Report::default();
    for document in documents {
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
