//! A user's own evidence joins that of the aligner.

use duizhao::align::Scorer;
use duizhao::score::{EmbeddingScorer, Vectors};
use duizhao::{Aligner, ErrorKind};
use std::ops::Range;

/// Sentences that hold nothing but their number in the one language and in the other a name: no evidence but
/// the vectors says which faces which.
fn sides() -> (Vec<String>, Vec<String>) {
    let zh = ["蒄", "蒅", "蒆", "蒇", "蒈", "蒉", "蒊", "蒋"].map(|c| format!("{c}{c}{c}。"));
    let en = ["Bip", "Cot", "Dag", "Fen", "Gup", "Hob", "Kel"].map(|name| format!("{name} {name}."));
    (zh.into(), en.into())
}

/// A unit vector for each number.
fn vectors(numbers: &[usize]) -> Vectors {
    let row = |&k: &usize| (0..8).map(move |d| if k == d { 1.0 } else { 0.05 });
    Vectors::new(8, numbers.iter().flat_map(row).collect()).unwrap()
}

#[test]
fn vectors_say_which_sentence_was_left_out() {
    let (zh, en) = sides();
    let aligner = Aligner::builder().build().unwrap();
    for left_out in 0..8 {
        let there: Vec<usize> = (0..8).filter(|&k| k != left_out).collect();
        let scorer = EmbeddingScorer::new(vectors(&[0, 1, 2, 3, 4, 5, 6, 7]), vectors(&there)).unwrap();
        let scorer = scorer.weighted(2.0);
        let alignment = aligner.align_sentences_with(&zh, &en, &[&scorer]).unwrap();
        let faces = |k: usize| alignment.beads().iter().find(|bead| bead.source.contains(&k)).unwrap();
        for (at, &k) in there.iter().enumerate() {
            assert!(faces(k).target.contains(&at), "{left_out}: {k} in {:?}", alignment.beads());
        }
    }
}

#[test]
fn what_is_no_number_counts_as_nothing() {
    let (zh, en) = sides();
    let aligner = Aligner::builder().build().unwrap();
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let nothing = |_: Range<usize>, _: Range<usize>| number;
        let with = aligner.align_sentences_with(&zh, &en, &[&nothing as &dyn Scorer]).unwrap();
        assert_eq!(with.beads(), aligner.align_sentences(&zh, &en).beads(), "{number}");
    }
}

#[test]
fn vectors_of_other_sentences_are_refused() {
    let (zh, en) = sides();
    let scorer = EmbeddingScorer::new(vectors(&[0]), vectors(&[0])).unwrap();
    let error = Aligner::default().align_sentences_with(&zh, &en, &[&scorer]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert_eq!(error.message(), "a scorer for 1 and 1 sentences was given for 8 and 7");
}
