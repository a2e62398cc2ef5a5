//! What a glossary changes: aligns a Chinese and an English text without it and with it, and prints the pairs that
//! only one of the two has. `cargo run --release --example names -- ZH EN GLOSSARY`

use duizhao::Aligner;
use duizhao::lexicon::{Glossary, Lexicon};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en, terms] = arguments.as_slice() else { return Err("usage: names ZH EN GLOSSARY".into()) };
    let (zh, en) = (fs::read_to_string(zh)?, fs::read_to_string(en)?);
    let glossary = Glossary::open(terms)?;
    let plain = Aligner::builder().build()?;
    let taught = Aligner::builder().lexicon(lexicon().with_glossary(&glossary)).build()?;
    let (before, after) = (pairs(&plain, &zh, &en), pairs(&taught, &zh, &en));
    println!("{} terms; {} pairs without them, {} with them", glossary.len(), before.len(), after.len());
    for (sign, only) in [("-", before.difference(&after)), ("+", after.difference(&before))] {
        for (zh, en) in only {
            println!("{sign} {zh}\n  {en}");
        }
    }
    Ok(())
}

fn pairs(aligner: &Aligner, zh: &str, en: &str) -> BTreeSet<(String, String)> {
    aligner.align_texts(zh, en).pairs().map(|pair| (pair.zh().into_owned(), pair.en().into_owned())).collect()
}

#[cfg(feature = "lexicon")]
fn lexicon() -> Lexicon {
    Lexicon::embedded()
}

#[cfg(not(feature = "lexicon"))]
fn lexicon() -> Lexicon {
    Lexicon::empty()
}
