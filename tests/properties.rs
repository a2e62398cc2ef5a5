//! What holds for every text, every page and every list of sentences, from the bytes to the files: nothing is
//! lost, nothing stands twice, the same input gives the same bytes. `tests/targets` says it in detail.
#![cfg(all(feature = "lexicon", feature = "read"))]

mod scraps;
mod targets;

use duizhao::align::{Corridor, Prices, Scorer, Shapes, posterior, search};
use duizhao::corpus::{self, OutputFormat, WriteOptions};
use duizhao::lexicon::{Lexicon, Tokenizer};
use duizhao::score::{Channels, Combined, Evidence, Place, Position, PositionWeights, Weights};
use duizhao::{Aligner, Bead, read};
use proptest::prelude::*;
use std::ops::Range;
use std::sync::LazyLock;
use targets::{engine, texts};

static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::builder().build().unwrap());

fn joined(source: &[String], target: &[String]) -> Vec<u8> {
    let line = |text: &String| text.replace(['\n', '\r'], " ");
    let target = target.iter().map(|text| format!("\t{}\n", line(text)));
    source
        .iter()
        .map(|text| format!("{}\n", line(text).trim_start_matches('\t')))
        .chain(target)
        .collect::<String>()
        .into()
}

/// The bytes of every format that has one file.
fn bytes(aligner: &Aligner, page: &str) -> Vec<u8> {
    let article = read::read_str(page, &read::Options::default());
    let bitext = aligner.align_article(&article);
    let options = WriteOptions::default().unpaired(true).context(true);
    let mut out = Vec::new();
    for format in OutputFormat::ALL.into_iter().filter(|format| format.extensions().len() == 1) {
        corpus::write(&bitext, format, &mut out, &options).unwrap();
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_split_without_loss(text in any::<String>(), markup in scraps::markup(), page in scraps::article()) {
        for text in [text, markup, page] {
            texts::segment(text.as_bytes());
        }
    }

    #[test]
    fn any_page_is_aligned_without_loss(text in any::<String>(), markup in scraps::markup(), page in scraps::article()) {
        for text in [text, markup, page] {
            texts::page(text.as_bytes());
        }
    }

    #[test]
    fn any_lists_are_aligned_without_loss(source in scraps::sentences(), target in scraps::sentences()) {
        texts::sentences(&joined(&source, &target));
    }

    /// What an aligner has seen before, on whatever thread, leaves no trace in what it gives.
    #[test]
    fn the_same_input_gives_the_same_bytes(page in scraps::article(), other in scraps::article()) {
        let fresh = bytes(&Aligner::builder().build().unwrap(), &page);
        bytes(&ALIGNER, &other);
        prop_assert!(bytes(&ALIGNER, &page) == fresh);
        let (page, fresh) = (&page, &fresh);
        std::thread::scope(|scope| {
            let two = [(); 2].map(|()| scope.spawn(move || bytes(&ALIGNER, page) == *fresh));
            assert!(two.map(|one| one.join().unwrap()).iter().all(|&same| same));
        });
    }

    /// Every scorer that the crate has, alone and together with another, with any evidence switched off.
    #[test]
    fn the_search_finds_the_best_path_of_every_scorer(
        source in prop::collection::vec(prop::sample::select(scraps::SENTENCES), 1..5),
        target in prop::collection::vec(prop::sample::select(scraps::SENTENCES), 1..5),
        places in prop::collection::vec((0u8..4, 0u32..3, any::<bool>()), 10),
        rows in prop::collection::vec((0usize..6, 0usize..6), 5),
        (words, numbers, names, marks) in any::<(bool, bool, bool, bool)>(),
        rate in -1f32..1.0,
    ) {
        let channels = Channels { words, numbers, names, marks };
        let mut tokenizer = Tokenizer::new(Lexicon::embedded());
        let evidence = Evidence::new(&mut tokenizer, &source, &target, channels);
        let (n, m) = (source.len(), target.len());
        let (corridor, shapes) = (Corridor::full(n, m), Shapes::up_to(3, 2).unwrap());
        let words = &evidence.words;
        let inverted = words.prior.inverted(&words.source, &words.target);
        let tables = (&words.prior, &inverted);
        let combined = Combined::new(&evidence, tables, &corridor, &shapes, &Weights::default(), rate);
        let place = |&(at, block, alone): &(u8, u32, bool)| Place { at: at.into(), block, alone, goes_on: alone, title: !alone };
        let position = Position::new(
            places[..n].iter().map(place).collect(),
            places[5..5 + m].iter().map(place).collect(),
            PositionWeights::default(),
        );
        let both = |s: Range<usize>, t: Range<usize>| combined.score(s.clone(), t.clone()) + position.score(s, t);
        engine::check(&combined, &corridor, &shapes);
        engine::check(&position, &corridor, &shapes);
        engine::check(&both, &corridor, &shapes);
        // In a part of the lattice, and with the beads of the program.
        let rows = rows[..=n].iter().map(|&(a, b)| a.min(b)..=a.max(b)).collect();
        let (corridor, shapes) = (Corridor::from_rows(rows, m), Shapes::default());
        let combined = Combined::new(&evidence, tables, &corridor, &shapes, &Weights::default(), rate);
        engine::check_rows(&combined, &corridor, &shapes);
        engine::check_rows(&position, &corridor, &shapes);
    }

    /// A corridor that holds everything is searched as everything is; one that holds the best path finds it.
    #[test]
    fn a_corridor_that_is_wide_enough_changes_nothing(
        (n, m) in (1usize..40, 1usize..40),
        noise in prop::collection::vec(-3f32..3.0, 50..90),
        rows in prop::collection::vec((0usize..40, 0usize..40), 41),
    ) {
        let score = |source: Range<usize>, target: Range<usize>| {
            noise[(source.start * 31 + source.end * 7 + target.start * 13 + target.end) % noise.len()]
        };
        let shapes = Shapes::default();
        let full = Corridor::full(n, m);
        let whole = Corridor::from_rows(vec![0..=m; n + 1], m);
        prop_assert_eq!(&whole, &full);
        let best = search(&score, &full, &shapes);
        let wish = rows[..=n].iter().map(|&(a, b)| a.min(b)..=a.max(b)).collect();
        let narrow = Corridor::from_rows(wish, m);
        let total = |path: &[(Range<usize>, Range<usize>, f32)]| path.iter().map(|bead| f64::from(bead.2)).sum::<f64>();
        prop_assert!(total(&search(&score, &narrow, &shapes)) <= total(&best) + 1e-3);
        let path: Vec<_> = best.iter().map(|(s, t, _)| (s.clone(), t.clone())).collect();
        let around = Corridor::around(&path, n, m, 1);
        prop_assert_eq!(total(&search(&score, &around, &shapes)), total(&best));
        // The probabilities are the same too.
        let (one, other) = (posterior(&score, &full, &shapes, 1.0), posterior(&score, &whole, &shapes, 1.0));
        prop_assert_eq!(one.decode(&Prices::default()), other.decode(&Prices::default()));
        for (source, target) in &path {
            prop_assert_eq!(one.of(source, target), other.of(source, target));
        }
    }
}

/// A bead's serialised form is read back equal; so is all of a bitext (see `tests/corpus.rs`).
#[test]
fn an_alignment_serialises() {
    let alignment = ALIGNER.align_sentences(&["茶凉了。", "走。"], &["The tea is cold. Go."]);
    let json = serde_json::to_string(&alignment).unwrap();
    assert_eq!(serde_json::from_str::<duizhao::Alignment>(&json).unwrap(), alignment);
    assert!(alignment.beads().iter().all(|bead: &Bead| bead.confidence <= 1.0));
}
