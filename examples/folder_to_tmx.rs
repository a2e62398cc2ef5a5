//! A folder of pages to one translation memory: `cargo run --release --example folder_to_tmx -- FOLDER OUT.tmx`.
//! Pages that cannot be read are named on standard error and passed over.

use duizhao::corpus::{WriteOptions, tmx};
use duizhao::{Aligner, Article, read};
use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        return Err("usage: folder_to_tmx FOLDER OUT.tmx".into());
    };
    let aligner = Aligner::builder().build()?;
    let options = WriteOptions::default().min_confidence(0.5).script_code(true).context(true);
    let mut writer = tmx::Writer::with_options(BufWriter::new(File::create(out)?), &options);
    let mut paths: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    // In order, so that the file is the same every time.
    paths.sort_by_key(|entry| entry.path());
    for path in paths.iter().map(|entry| entry.path()).filter(|path| path.is_file()) {
        match article(&path) {
            Ok(article) => {
                let bitext = aligner.align_article(&article);
                eprintln!("{}: {} pairs", path.display(), bitext.pairs().count());
                writer.write(&bitext)?;
            }
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    Ok(writer.finish()?)
}

fn article(path: &Path) -> duizhao::Result<Article> {
    read::read_bytes(&fs::read(path)?, &read::Options::default().named(path))
}
