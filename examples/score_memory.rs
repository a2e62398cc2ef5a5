//! How well an aligner finds the units of a translation memory that people made:
//! `cargo run --release --example score_memory -- MEMORY.tmx`. The texts of the units are taken for sentences.

use duizhao::corpus::{OutputFormat, Record, read};
use duizhao::eval::{Calibration, Scores};
use duizhao::{Aligner, IdBead};
use std::error::Error;
use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: score_memory MEMORY.tmx")?;
    let format = OutputFormat::of_name(&path).ok_or("the name must say the format")?;
    let records = read(format, BufReader::new(File::open(&path)?))?;
    let units: Vec<Record> = records.collect::<Result<_, _>>()?;
    let units: Vec<Record> = units.into_iter().filter(Record::is_pair).collect();
    let gold: Vec<IdBead> = (0..units.len()).map(|k| IdBead::new([k], [k])).collect();

    let zh: Vec<&str> = units.iter().map(|unit| unit.zh.as_str()).collect();
    let en: Vec<&str> = units.iter().map(|unit| unit.en.as_str()).collect();
    let alignment = Aligner::builder().build()?.align_sentences(&zh, &en);
    let found: Vec<(IdBead, f32)> =
        alignment.beads().iter().map(|bead| (bead.into(), bead.confidence)).collect();
    let beads: Vec<IdBead> = found.iter().map(|(bead, _)| bead.clone()).collect();
    let strict = Scores::of(&gold, &beads).strict();
    println!(
        "{} units: precision {:.3}, recall {:.3}, F1 {:.3}",
        units.len(),
        strict.precision,
        strict.recall,
        strict.f1
    );
    let mut calibration = Calibration::default();
    calibration.add(&gold, found.iter().map(|(bead, sure)| (bead, *sure)));
    if let Some(error) = calibration.expected_error(10) {
        println!("expected calibration error {error:.3}");
    }
    Ok(())
}
