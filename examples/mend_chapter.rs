//! A chapter with what a person has corrected: aligns it around the pairs that were marked as right on its review page,
//! and writes a translation memory, and a lexicon that knows the chapter's names for the next one.
//! `cargo run --release --example mend_chapter -- CHAPTER CORRECTIONS.jsonl OUT.tmx OUT.lexicon`

use duizhao::corpus::{self, Corrections, OutputFormat, WriteOptions};
use duizhao::lexicon::Lexicon;
use duizhao::score::TeachOptions;
use duizhao::{Aligner, ArticleOptions, read};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};

/// Pairs that a person has not seen are learned from if they are as sure as this.
const SURE: f32 = 0.8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [chapter, corrections, memory, lexicon] = arguments.as_slice() else {
        return Err("usage: mend_chapter CHAPTER CORRECTIONS.jsonl OUT.tmx OUT.lexicon".into());
    };
    let article = read::read_bytes(&fs::read(chapter)?, &read::Options::default().named(chapter))?;
    let corrections = Corrections::read(BufReader::new(File::open(corrections)?))?;
    let aligner = Aligner::builder().build()?;
    let mended = aligner.with_corrections(&corrections).align_article(&article, &ArticleOptions::default());
    mended.remarks.iter().for_each(|remark| eprintln!("line {}: {}", remark.line, remark.cause));
    println!("{} units kept, {} pairs in all", mended.kept, mended.bitext.pairs().count());
    let out = BufWriter::new(File::create(memory)?);
    corpus::write(&mended.bitext, OutputFormat::Tmx, out, &WriteOptions::default())?;

    let sure = mended.bitext.pairs().filter(|pair| pair.unit().checked || pair.confidence() >= SURE);
    let pairs: Vec<_> = sure.map(|pair| (pair.zh().into_owned(), pair.en().into_owned())).collect();
    let learned = Lexicon::embedded().learn(&pairs, &TeachOptions::default())?;
    for term in &learned.terms {
        println!("learned {} {} ({} times)", term.form, term.stem, term.count);
    }
    learned.lexicon.save(lexicon)?;
    Ok(())
}
