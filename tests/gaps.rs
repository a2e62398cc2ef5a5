//! Long texts with much put in or left out on one side are aligned before the gap and after it.
#![cfg(feature = "lexicon")]

use duizhao::Aligner;
use std::collections::HashSet;
use text::sentences;

#[path = "../benches/text/mod.rs"]
mod text;

/// Sentences around a gap that need not be right: their neighbours are joined to them.
const NEAR: usize = 100;

/// Aligns, and gives the share of the true pairs that were found, apart from those near a gap.
fn measure(zh: &[String], en: &[String], truth: &[(usize, usize)]) -> f64 {
    let alignment = Aligner::builder().build().unwrap().align_sentences(zh, en);
    let found: HashSet<(usize, usize)> = alignment
        .beads()
        .iter()
        .filter(|bead| bead.source.len() == 1 && bead.target.len() == 1)
        .map(|bead| (bead.source.start, bead.target.start))
        .collect();
    let far = truth.windows(2 * NEAR).filter(|window| {
        let (first, last) = (window[0], window[2 * NEAR - 1]);
        last.0 - first.0 == last.1 - first.1 && last.0 - first.0 == 2 * NEAR - 1
    });
    let (mut right, mut all) = (0, 0);
    for window in far {
        right += usize::from(found.contains(&window[NEAR]));
        all += 1;
    }
    right as f64 / all as f64
}

/// Pairs of the source sentences of a range with target sentences, the first with `target`.
fn pairs(source: std::ops::Range<usize>, target: usize) -> impl Iterator<Item = (usize, usize)> {
    source.clone().map(move |i| (i, i - source.start + target))
}

#[test]
fn nothing_missing() {
    let (zh, en) = sentences(2000, 1);
    let right = measure(&zh, &en, &pairs(0..2000, 0).collect::<Vec<_>>());
    assert!(right > 0.99, "{right}");
}

#[test]
fn a_chapter_missing_in_the_target() {
    let (zh, mut en) = sentences(2000, 2);
    en.drain(900..1200);
    let right = measure(&zh, &en, &pairs(0..900, 0).chain(pairs(1200..2000, 900)).collect::<Vec<_>>());
    assert!(right > 0.99, "{right}");
}

#[test]
fn a_chapter_missing_in_the_source() {
    let (mut zh, en) = sentences(2000, 3);
    zh.drain(300..600);
    let right = measure(&zh, &en, &pairs(0..300, 0).chain(pairs(300..1700, 600)).collect::<Vec<_>>());
    assert!(right > 0.99, "{right}");
}

#[test]
fn a_long_insertion_in_the_target() {
    let (zh, mut en) = sentences(2000, 4);
    en.splice(1500..1500, sentences(500, 5).1);
    let right = measure(&zh, &en, &pairs(0..1500, 0).chain(pairs(1500..2000, 2000)).collect::<Vec<_>>());
    assert!(right > 0.99, "{right}");
}

#[test]
fn a_chapter_replaced_by_another() {
    let (zh, mut en) = sentences(2000, 6);
    en.splice(600..900, sentences(300, 7).1);
    let right = measure(&zh, &en, &pairs(0..600, 0).chain(pairs(900..2000, 900)).collect::<Vec<_>>());
    assert!(right > 0.99, "{right}");
}

#[test]
fn texts_without_anything_in_common_keep_every_sentence() {
    let (zh, _) = sentences(3000, 8);
    let en: Vec<String> = (0..3000).map(|k| format!("Zyx{k} qwv{k} grlp.")).collect();
    let alignment = Aligner::builder().build().unwrap().align_sentences(&zh, &en);
    let covered: usize = alignment.beads().iter().map(|bead| bead.source.len()).sum();
    assert_eq!(covered, 3000);
}
