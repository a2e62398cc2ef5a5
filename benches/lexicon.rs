//! How fast text becomes tokens, and what opening the embedded lexicon costs.
//!
//! The texts are short and repeated, so the caches are warm; real text runs at about two thirds of this.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use duizhao::lexicon::{Lexicon, Tokenizer};
use std::hint::black_box;

const CHINESE: &str = "雨下了整整三天，河水漫过了旧桥，村里的人都搬到了山上的学校。老校长把图书馆的门打开，\
                       让孩子们睡在书架之间；夜里有人点起蜡烛，读一本关于航海的小说。";
const ENGLISH: &str = "It had rained for three whole days, the river rose over the old bridge, and everyone moved \
                       up to the school on the hill. The old headmaster opened the library and let the \
                       children sleep between the shelves; at night somebody lit a candle and read a novel \
                       about the sea. ";

fn longest_match(lexicon: &Lexicon, text: &str) -> usize {
    let (mut at, mut words) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        at += lexicon.longest_match(&text[at..]).map_or(c.len_utf8(), |(len, _)| len);
        words += 1;
    }
    words
}

fn benches(criterion: &mut Criterion) {
    let lexicon = Lexicon::default();
    let mut tokenizer = Tokenizer::new(lexicon.clone());
    let (chinese, english) = (CHINESE.repeat(100), ENGLISH.repeat(100));
    criterion.bench_function("open", |b| b.iter(|| black_box(Lexicon::default()).stem("librari")));

    let mut group = criterion.benchmark_group("chinese");
    group.throughput(Throughput::Bytes(chinese.len() as u64));
    group.bench_function("longest_match", |b| b.iter(|| longest_match(&lexicon, black_box(&chinese))));
    group.bench_function("tokens", |b| {
        b.iter(|| tokenizer.chinese(black_box(&chinese), |t| _ = black_box(t)))
    });
    group.finish();

    let mut group = criterion.benchmark_group("english");
    group.throughput(Throughput::Bytes(english.len() as u64));
    group.bench_function("tokens", |b| {
        b.iter(|| tokenizer.english(black_box(&english), |t| _ = black_box(t)))
    });
    group.finish();
}

criterion_group!(group, benches);
criterion_main!(group);
