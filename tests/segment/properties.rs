//! What must hold for every splitter on every text.

use duizhao::segment::{Chinese, English, Segmenter, Uax29, fold, for_language};
use duizhao::{Language, Span};
use proptest::prelude::*;

const SEGMENTERS: [&(dyn Segmenter + Send + Sync); 3] = [&Chinese, &English, &Uax29];

/// Asserts that spans are lossless, ordered, disjoint, trimmed and on character borders.
fn check(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start && span.start < span.end, "{spans:?} of {text:?}");
        let gap = &text[end..span.start];
        assert!(gap.chars().all(char::is_whitespace), "lost {gap:?} of {text:?}");
        let sentence = span.slice(text);
        assert_eq!(sentence, sentence.trim(), "in {text:?}");
        end = span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "lost {:?} of {text:?}", &text[end..]);
}

/// Texts made of the pieces that the rules look at, so that they meet in every combination.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ".", "!", "?", "…", "。", "！", "？", "．", "...", "……", ". . .", "\"", "'", "“", "”", "‘", "’",
        "「", "」", "《", "》", "(", ")", "（", "）", "[1]", "[", "]", "``", "''", " ", "  ", "\u{3000}",
        "\n", "\r\n", "\n\n", "\u{2028}", "—", "--", "-", "•", "1.", "2.", "a)", "b)", "12", "3.5", "Mr",
        "Inc", "U.S", "e.g", "p.m", "etc", "No", "J", "I", "The", "he", "said", "asked", "Paris", "www.",
        "x@y", "http://", ":)", "🙂", "中", "文", "他说", "的", "阿尔", "Node", "js", "é", "ß", "\u{301}",
        ",", "，", ";", "：", "*", "_", "#", ">", "|", "~", "４",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_kept(text in any::<String>()) {
        for segmenter in SEGMENTERS {
            check(&text, &segmenter.segment(&text));
        }
        fold(&text);
    }

    #[test]
    fn any_combination_is_kept(text in pieces()) {
        for segmenter in SEGMENTERS {
            check(&text, &segmenter.segment(&text));
        }
    }

    #[test]
    fn paragraphs_do_not_depend_on_each_other(first in pieces(), second in pieces()) {
        let first = format!("{first}\n\n");
        let whole = format!("{first}{second}");
        for segmenter in SEGMENTERS {
            let mut parts = segmenter.segment(&first);
            parts.extend(segmenter.segment(&second).iter().map(|span| {
                Span::new(span.start + first.len(), span.end + first.len())
            }));
            prop_assert_eq!(segmenter.segment(&whole), parts, "{:?}", whole);
        }
    }

    #[test]
    fn folding_keeps_the_letters(text in pieces()) {
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let folded = fold(&text);
        prop_assert_eq!(letters(&folded), letters(&text));
        prop_assert!(!folded.contains("  ") && !folded.contains('\n'));
        prop_assert_eq!(fold(&folded), folded.clone());
    }
}

#[test]
fn spans_are_appended() {
    let mut spans = vec![Span::new(7, 9)];
    English.segment_into("One. Two.", &mut spans);
    assert_eq!(spans.len(), 3);
    assert_eq!(spans[0], Span::new(7, 9));
}

#[test]
fn every_language_has_a_splitter() {
    for language in [Language::Chinese, Language::English, Language::Other] {
        assert_eq!(for_language(language).language(), language);
    }
}

/// Units of hostile texts: each repeated makes a text that tempts some rule to look further every time.
const UNITS: &[&str] = &[
    "a",
    "中",
    ".",
    "!",
    "?",
    "…",
    "。",
    "\"",
    "'",
    "“",
    "”",
    "(",
    ")",
    "（",
    "《",
    "[1]",
    " ",
    "\n",
    ". ",
    ".\n",
    "a.B",
    "a.a",
    "1.",
    "1. ",
    "1) ",
    "• ",
    "\". ",
    "\".",
    "”。",
    "“。",
    "《！",
    "……中",
    "…",
    "中.",
    "中?",
    "a\n",
    "A. ",
    "U.S. ",
    "@.",
    "(.",
    "Aa!b ",
    "\" . ",
    ". .",
    ":)",
    "!:)",
    ".)",
    "--",
    ". -- ",
    "“a。”中",
    "\r\n",
    "\u{3000}",
    ". “",
    ".\u{3000}",
    "a.m.",
    "?\u{3000}",
    "１．",
    "!*",
    "．中",
    ".1",
    ".[",
    "(a. ",
    "1.2.",
    "A.B.",
];

fn try_both(text: &str) {
    for segmenter in [&Chinese as &dyn Segmenter, &English] {
        check(text, &segmenter.segment(text));
    }
}

/// A quadratic rule would need billions of steps for texts of this size, and the test would not end.
#[test]
fn hostile_text_costs_time_in_proportion_to_its_size() {
    const SIZE: usize = 1 << 15;
    for unit in UNITS {
        for prefix in ["", "((((((((((((", "1. ", "“"] {
            let mut text = prefix.repeat(SIZE / 8 / prefix.len().max(1));
            text.push_str(&unit.repeat(SIZE / unit.len()));
            try_both(&text);
        }
    }
}

#[test]
fn a_megabyte_without_a_sentence() {
    const SIZE: usize = 1 << 20;
    for unit in ["word ", "字", "“", "\"", ".", "…", "\n"] {
        try_both(&unit.repeat(SIZE / unit.len()));
    }
}
