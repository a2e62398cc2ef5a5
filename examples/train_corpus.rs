//! A corpus to train on: `cargo run --release --example train_corpus -- OUT IN…` filters corpora of any format into
//! OUT.zh and OUT.en, line by line, and says what was taken out and what is left.

use duizhao::corpus::filter::{Filter, Rules};
use duizhao::corpus::stats::Stats;
use duizhao::corpus::{OutputFormat, moses, read};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, inputs @ ..] = arguments.as_slice() else { return Err("usage: train_corpus OUT IN…".into()) };
    let create = |ending: &str| File::create(format!("{out}.{ending}")).map(BufWriter::new);
    let mut writer = moses::Writer::new(create("zh")?, create("en")?);
    let mut filter = Filter::new(Rules::usual());
    let mut stats = Stats::default();
    for input in inputs {
        let format = OutputFormat::of_name(input).ok_or("the name of a corpus must say its format")?;
        let records = read(format, BufReader::new(File::open(input)?))?;
        for record in filter.records(records) {
            let record = record?;
            stats.add(&record);
            writer.write_record(&record)?;
        }
    }
    writer.finish()?;
    print!("{}", filter.report());
    let (zh, en) = (&stats.zh.lengths, &stats.en.lengths);
    println!(
        "{} characters, {} words; median {} and {}",
        zh.total,
        en.total,
        zh.quantile(0.5),
        en.quantile(0.5)
    );
    Ok(())
}
