//! The whole pipeline: the example articles from bytes to a bitext, its steps apart, and a book.
//!
//! Compare ratios, not absolute times.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use duizhao::Aligner;
use duizhao::read::{Options, read_bytes};
use duizhao::segment::{Chinese, English, Segmenter};
use std::hint::black_box;
use std::path::Path;

#[path = "text/mod.rs"]
mod text;

/// Sentences of the book.
const BOOK: usize = 5000;

/// The pages in `examples/articles`.
fn articles() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the examples come with the sources")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "md" || e == "html"))
        .collect();
    files.sort();
    files.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

fn pages(criterion: &mut Criterion) {
    let pages = articles();
    let options = Options::default();
    let read: Vec<_> = pages.iter().filter_map(|page| read_bytes(page, &options).ok()).collect();
    let aligner = Aligner::builder().build().expect("the defaults are in range");
    let mut group = criterion.benchmark_group("articles");
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
    group.bench_function("read", |b| {
        b.iter(|| pages.iter().filter_map(|page| read_bytes(black_box(page), &options).ok()).count())
    });
    group.bench_function("segment", |b| {
        let mut spans = Vec::new();
        b.iter(|| {
            for block in read.iter().flat_map(|article| &article.blocks) {
                spans.clear();
                let han = block.text.chars().any(duizhao::is_han);
                let segmenter: &dyn Segmenter = if han { &Chinese } else { &English };
                segmenter.segment_into(black_box(&block.text), &mut spans);
            }
            spans.len()
        })
    });
    group.bench_function("align", |b| {
        b.iter(|| {
            read.iter().map(|article| aligner.align_article(black_box(article)).units.len()).sum::<usize>()
        })
    });
    group.bench_function("all", |b| {
        b.iter(|| {
            let articles = pages.iter().filter_map(|page| read_bytes(black_box(page), &options).ok());
            articles.map(|article| aligner.align_article(&article).units.len()).sum::<usize>()
        })
    });
    group.finish();
}

fn book(criterion: &mut Criterion) {
    let (zh, en) = text::sentences(BOOK, 3);
    // Five sentences a paragraph.
    let (zh, en): (Vec<String>, Vec<String>) =
        (zh.chunks(5).map(|p| p.concat()).collect(), en.chunks(5).map(|p| p.join(" ")).collect());
    let (zh, en) = (zh.join("\n\n"), en.join("\n\n"));
    let aligner = Aligner::builder().build().expect("the defaults are in range");
    let mut group = criterion.benchmark_group("book");
    group.sample_size(10);
    group.throughput(Throughput::Bytes((zh.len() + en.len()) as u64));
    group.bench_function("two texts", |b| b.iter(|| aligner.align_texts(black_box(&zh), black_box(&en))));
    group.finish();
}

criterion_group!(benches, pages, book);
criterion_main!(benches);
