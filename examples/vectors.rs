//! Aligns with sentence vectors of a model of one's own: `cargo run --release --example vectors -- ZH EN
//! ZH.npy EN.npy` takes two files with a sentence a line and two arrays with a row a sentence, and prints ids.

use duizhao::score::{EmbeddingScorer, Vectors};
use duizhao::{Aligner, IdBead};
use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en, zh_vectors, en_vectors] = arguments.as_slice() else {
        return Err("usage: vectors ZH EN ZH.npy EN.npy".into());
    };
    let (zh, en) = (fs::read_to_string(zh)?, fs::read_to_string(en)?);
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    let vectors = |path: &String| -> Result<Vectors, Box<dyn Error>> {
        Ok(Vectors::read_npy(BufReader::new(File::open(path)?))?)
    };
    let scorer = EmbeddingScorer::new(vectors(zh_vectors)?, vectors(en_vectors)?)?;
    let alignment = Aligner::default().align_sentences_with(&zh, &en, &[&scorer])?;
    for bead in &alignment {
        println!("{}", IdBead::from(bead));
    }
    Ok(())
}
