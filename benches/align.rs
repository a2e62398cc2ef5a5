//! Scoring, searching and learning apart, and how aligning grows with length.
//!
//! Made text, so that it runs anywhere; with the hand-aligned documents in `../shared/gold`, where they are
//! present, as well. Compare ratios, not absolute times.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::Aligner;
use duizhao::align::{Corridor, Prices, Shapes, posterior, search};
use duizhao::lexicon::{Lexicon, Tokenizer};
use duizhao::score::{Channels, Combined, Evidence, LIKELY, LearnOptions, Weights, learn};
use std::hint::black_box;
use std::path::Path;

#[path = "text/mod.rs"]
mod text;

/// Sentences of the document whose stages are measured apart.
const SENTENCES: usize = 500;
/// Target sentences on both sides of the diagonal.
const BAND: usize = 8;

fn stages(criterion: &mut Criterion) {
    let (zh, en) = text::sentences(SENTENCES, 1);
    let (zh, en): (Vec<&str>, Vec<&str>) =
        (zh.iter().map(String::as_str).collect(), en.iter().map(String::as_str).collect());
    let mut tokenizer = Tokenizer::new(Lexicon::default());
    let evidence = Evidence::new(&mut tokenizer, &zh, &en, Channels::default());
    let words = &evidence.words;
    let inverted = words.prior.inverted(&words.source, &words.target);
    let rows = (0..=SENTENCES).map(|i| i.saturating_sub(BAND)..=i + BAND).collect();
    let corridor = Corridor::from_rows(rows, SENTENCES);
    let (shapes, weights) = (Shapes::default(), Weights::default());
    let combined = || Combined::new(&evidence, (&words.prior, &inverted), &corridor, &shapes, &weights, 0.0);
    let scorer = combined();
    let certain = posterior(&scorer, &corridor, &shapes, 1.0);
    let likely = certain.likely(LIKELY);

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Elements(SENTENCES as u64));
    group.bench_function("evidence", |b| {
        b.iter(|| Evidence::new(&mut tokenizer, black_box(&zh), &en, Channels::default()))
    });
    group.bench_function("score", |b| b.iter(|| black_box(combined())));
    group.bench_function("search", |b| b.iter(|| search(black_box(&scorer), &corridor, &shapes)));
    group.bench_function("posterior", |b| {
        b.iter(|| posterior(black_box(&scorer), &corridor, &shapes, 1.0).of(&(0..1), &(0..1)))
    });
    group.bench_function("decode", |b| b.iter(|| black_box(&certain).decode(&Prices::default())));
    group.bench_function("learn", |b| {
        let sides = (&words.source, &words.target);
        b.iter(|| learn(sides, black_box(&likely), &words.prior, &LearnOptions::default()))
    });
    group.finish();
}

fn length(criterion: &mut Criterion) {
    let aligner = Aligner::builder().build().expect("the defaults are in range");
    let mut group = criterion.benchmark_group("length");
    group.sample_size(10);
    for count in [25, 100, 400, 1600, 6400] {
        let (zh, en) = text::sentences(count, 2);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &count, |b, _| {
            b.iter(|| aligner.align_sentences(black_box(&zh), black_box(&en)))
        });
    }
    group.finish();
}

fn gold(criterion: &mut Criterion) {
    let read = |path: &str| std::fs::read_to_string(Path::new("../shared/gold").join(path));
    let aligner = Aligner::builder().build().expect("the defaults are in range");
    for name in ["literary/001", "news/930422f", "medical/doc1"] {
        let (Ok(zh), Ok(en)) = (read(&format!("{name}.zh")), read(&format!("{name}.en"))) else {
            println!("gold/{name}: left out, ../shared/gold is not there");
            continue;
        };
        let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
        let mut group = criterion.benchmark_group("gold");
        group.sample_size(10);
        group.throughput(Throughput::Elements(zh.len() as u64));
        group.bench_function(name, |b| b.iter(|| aligner.align_sentences(black_box(&zh), black_box(&en))));
        group.finish();
    }
}

criterion_group!(benches, stages, length, gold);
criterion_main!(benches);
