//! Prints the blocks of an article: kind, language, whether it is hidden, share of links, text.
//!
//! `cargo run --example read_blocks -- FILE`

use duizhao::{Result, detect, read};

fn main() -> Result<()> {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file)?;
        let options = read::Options::default().named(&file);
        let article = read::read_bytes(&bytes, &options).map_err(|error| error.in_file(&file))?;
        println!("{file}: {:?}, {}, {} blocks", article.format, article.encoding, article.blocks.len());
        for notice in &article.notices {
            println!("  notice: {notice}");
        }
        for block in &article.blocks {
            let language =
                block.declared.or_else(|| detect(&block.text)).map_or("--", |language| language.code());
            let hidden = if block.hidden { "hidden" } else { "" };
            println!("{:?}\t{language}\t{hidden}\t{:.2}\t{}", block.kind, block.link_density, block.text);
        }
    }
    Ok(())
}
