//! Lexicons that have learned: what they know afterwards, what they still know, and that they come back from a file.

use duizhao::Aligner;
use duizhao::lexicon::{Glossary, Lexicon, build};
use duizhao::score::TeachOptions;
use proptest::prelude::*;

/// A small dictionary of our own.
const DICTIONARY: &str = "\
# A small dictionary in the form of CC-CEDICT
茶 茶 [cha2] /tea/
館 馆 [guan3] /building; shop/
茶館 茶馆 [cha2 guan3] /teahouse/
笑 笑 [xiao4] /to laugh; to smile/
走 走 [zou3] /to walk; to leave/
先生 先生 [xian1 sheng5] /mister; teacher/
";

fn dictionary() -> Lexicon {
    Lexicon::load(build(DICTIONARY.as_bytes()).unwrap()).unwrap()
}

/// A corpus in which 阿鲛 is Nixie and 先生 is always the master.
fn corpus() -> Vec<(&'static str, &'static str)> {
    vec![
        ("阿鲛笑了。", "Nixie laughed."),
        ("阿鲛走进茶馆。", "Nixie walked into the teahouse."),
        ("先生也笑了。", "The master laughed too."),
        ("他等阿鲛。", "He was waiting for Nixie."),
        ("先生没有走。", "The master did not leave."),
        ("阿鲛没有来。", "Nixie did not come."),
        ("先生喝茶。", "The master drank tea."),
        ("先生等他。", "The master waited for him."),
    ]
}

fn meanings(lexicon: &Lexicon, chinese: &str) -> Vec<(String, f32)> {
    let word = lexicon.word(chinese).unwrap_or_else(|| panic!("{chinese} is no word"));
    lexicon.translations(word).map(|(stem, weight)| (lexicon.stem_text(stem).to_owned(), weight)).collect()
}

fn weight(lexicon: &Lexicon, chinese: &str, stem: &str) -> f32 {
    meanings(lexicon, chinese).iter().find(|(text, _)| text == stem).map_or(0.0, |(_, weight)| *weight)
}

#[test]
fn a_name_becomes_a_word() {
    let learned = dictionary().learn(&corpus(), &TeachOptions::default()).unwrap();
    let terms: Vec<_> = learned.terms.iter().map(|term| (term.form.as_str(), term.stem.as_str())).collect();
    assert_eq!(terms, [("阿鲛", "nixi")]);
    assert_eq!(learned.terms[0].count, 4);
    assert!(dictionary().word("阿鲛").is_none());
    assert!(weight(&learned.lexicon, "阿鲛", "nixi") > 0.9);
}

#[test]
fn usage_is_learned_and_the_rest_stays() {
    let before = dictionary();
    let after = before.learn(&corpus(), &TeachOptions::default()).unwrap().lexicon;
    assert_eq!(weight(&before, "先生", "master"), 0.0);
    assert!(weight(&after, "先生", "master") > 0.2, "{:?}", meanings(&after, "先生"));
    assert!(weight(&after, "先生", "teacher") > 0.1, "what it meant before is not forgotten");
    assert_eq!(meanings(&before, "馆"), meanings(&after, "馆"), "what the corpus says nothing of stays");
    assert_eq!(after.word("館"), after.word("馆"));
    assert_eq!(after.pinyin(after.word("茶馆").unwrap()), Some("chaguan"));
    for word in ["茶", "笑", "先生", "阿鲛"] {
        let total: f32 = meanings(&after, word).iter().map(|(_, weight)| weight).sum();
        assert!((total - 1.0).abs() < 1e-3, "{word}: {total}");
    }
}

#[test]
fn it_comes_back_from_a_file() {
    let learned = dictionary().learn(&corpus(), &TeachOptions::default()).unwrap().lexicon;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("learned.lexicon");
    learned.save(&path).unwrap();
    let opened = Lexicon::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(opened.to_bytes().unwrap(), learned.to_bytes().unwrap());
    assert_eq!(meanings(&opened, "阿鲛"), meanings(&learned, "阿鲛"));
    assert!(opened.notice().ends_with("Meanings were learned from 8 pairs of texts."), "{}", opened.notice());
    let error = learned.save(path.join("no/such/folder")).unwrap_err();
    assert!(error.file().is_some_and(|file| file.contains("learned.lexicon")), "{error}");
}

#[test]
fn learning_goes_on_from_what_was_learned() {
    let first = dictionary().learn(&corpus(), &TeachOptions::default()).unwrap().lexicon;
    let more = [
        ("阿鲛和小满笑了。", "Nixie and Dew laughed."),
        ("小满走了。", "Dew left."),
        ("小满！", "Dew!"),
        ("先生喝茶。", "The master drank tea."),
        ("茶馆关了。", "The teahouse was closed."),
        ("他等先生。", "He was waiting for the master."),
        ("夜深了。", "It was late at night."),
    ];
    let second = first.learn(&more, &TeachOptions::default()).unwrap();
    assert!(weight(&second.lexicon, "阿鲛", "nixi") > 0.9, "{:?}", meanings(&second.lexicon, "阿鲛"));
    assert!(second.terms.iter().any(|term| term.form == "小满" && term.stem == "dew"), "{:?}", second.terms);
}

#[test]
fn a_glossary_becomes_part_of_it() {
    let glossary = Glossary::parse("听雨轩\tThe Rain Pavilion\n茶\tbrew\n").unwrap();
    let lexicon = dictionary().with_glossary(&glossary);
    let merged = Lexicon::load(lexicon.to_bytes().unwrap()).unwrap();
    for word in ["听雨轩", "茶", "茶馆", "馆"] {
        assert_eq!(meanings(&merged, word), meanings(&lexicon, word), "{word}");
    }
    let learned = lexicon.learn(&corpus(), &TeachOptions::default()).unwrap().lexicon;
    assert!(weight(&learned, "听雨轩", "pavilion") > 0.0);
    assert!(weight(&learned, "茶", "brew") > 0.1, "{:?}", meanings(&learned, "茶"));
}

#[test]
fn the_same_corpus_teaches_the_same() {
    let teach =
        || dictionary().learn(&corpus(), &TeachOptions::default()).unwrap().lexicon.to_bytes().unwrap();
    assert!(teach() == teach());
    let nothing: [(&str, &str); 0] = [];
    let same = dictionary().learn(&nothing, &TeachOptions::default()).unwrap();
    assert_eq!((same.words, same.terms.len()), (0, 0));
}

#[test]
fn it_helps_where_the_text_alone_says_too_little() {
    // Two lines that could face either way round: only the name and the usage tell.
    let zh = ["阿鲛睡了。", "先生醒了。", "夜深了。"];
    let en = ["The master was awake.", "Nixie was asleep.", "It was late at night."];
    let lexicon = Lexicon::empty().learn(&corpus(), &TeachOptions::default()).unwrap().lexicon;
    let score = |lexicon: Lexicon| {
        let aligner = Aligner::builder().lexicon(lexicon).build().unwrap();
        let right = aligner.align_sentences(&[zh[0], zh[2]], &[en[1], en[2]]);
        let wrong = aligner.align_sentences(&[zh[0], zh[2]], &[en[0], en[2]]);
        right.beads()[0].score - wrong.beads()[0].score
    };
    assert!(score(lexicon) > score(Lexicon::empty()) + 1.0);
}

proptest! {
    #[test]
    fn any_corpus_teaches_or_is_refused(
        pairs in prop::collection::vec(("[茶馆笑走甲乙a-c,。 ]{0,12}|\\PC{0,8}", "[a-e ]{0,16}|\\PC{0,8}"), 0..12),
    ) {
        let learned = dictionary().learn(&pairs, &TeachOptions { least: 1, ..TeachOptions::default() }).unwrap();
        let bytes = learned.lexicon.to_bytes().unwrap();
        let again = Lexicon::load(bytes.clone()).unwrap();
        prop_assert_eq!(again.to_bytes().unwrap(), bytes);
        for term in &learned.terms {
            let word = again.word(&term.form);
            prop_assert!(word.is_some_and(|word| again.translations(word).next().is_some()), "{}", term.form);
        }
    }
}
