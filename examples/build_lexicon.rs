//! Builds a lexicon from a CC-CEDICT release: `cargo run --release --example build_lexicon -- CEDICT OUT`.

use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args_os().skip(1);
    let (Some(cedict), Some(out), None) = (paths.next(), paths.next(), paths.next()) else {
        return Err("usage: build_lexicon CEDICT OUT".into());
    };
    let bytes = duizhao::lexicon::build(BufReader::new(File::open(cedict)?))?;
    let lexicon = duizhao::lexicon::Lexicon::load(bytes.clone())?;
    std::fs::write(out, &bytes)?;
    eprintln!("{} words, {} stems, {} bytes", lexicon.word_count(), lexicon.stem_count(), bytes.len());
    eprintln!("{}", lexicon.notice());
    Ok(())
}
