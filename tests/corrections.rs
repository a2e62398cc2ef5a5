//! Corrections come back: what a person has marked as right is kept exactly, the rest is aligned around it, and
//! what cannot be found is named.
#![cfg(all(feature = "lexicon", feature = "read"))]

use duizhao::corpus::{
    Bitext, CorrectedSentence, Correction, Corrections, OutputFormat, Pair, Status, WriteOptions, convert,
    read, writer,
};
use duizhao::{Aligner, ArticleOptions, Mended, Reason, Sentence};
use std::fs;
use std::path::Path;

fn aligner() -> Aligner {
    Aligner::builder().build().unwrap()
}

fn sample(name: &str) -> duizhao::Article {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles").join(name);
    let options = duizhao::read::Options::default();
    duizhao::read::read_bytes(&fs::read(path).unwrap(), &options).unwrap()
}

/// A unit as people see it: the texts of both sides.
type Texts = (Vec<String>, Vec<String>);

fn texts(pair: &Pair<'_>) -> Texts {
    let list = |sentences: &mut dyn Iterator<Item = &Sentence>| sentences.map(|s| s.text.clone()).collect();
    (list(&mut pair.zh_sentences()), list(&mut pair.en_sentences()))
}

/// The correction of a unit that holds these sentences.
fn correction(bitext: &Bitext, line: usize, source: &[usize], target: &[usize]) -> Correction {
    let side = |all: &[Sentence], ids: &[usize]| {
        let list = ids.iter().map(|&id| CorrectedSentence { id, text: all[id].text.clone(), edited: None });
        (list.collect(), ids.iter().map(|&id| all[id].span).collect())
    };
    let (zh_sentences, zh_spans) = side(&bitext.source, source);
    let (en_sentences, en_spans) = side(&bitext.target, target);
    let reason = (source.is_empty() || target.is_empty()).then_some(Reason::NoCounterpart);
    let (line, status) = (line as u64 + 1, Status::Right);
    Correction { line, status, zh_sentences, en_sentences, zh_spans, en_spans, reason }
}

fn right(lines: Vec<Correction>) -> Corrections {
    Corrections { lines }
}

/// Holds a result to the corrections that went in.
fn check(mended: &Mended, corrections: &Corrections) {
    mended.bitext.validate().unwrap();
    assert_eq!(mended.remarks, []);
    assert_eq!(mended.kept, corrections.right().count());
    let checked: Vec<Texts> =
        mended.bitext.views().filter(|pair| pair.unit().checked).map(|pair| texts(&pair)).collect();
    assert_eq!(checked.len(), mended.kept);
    for line in corrections.right() {
        let list = |sentences: &[CorrectedSentence]| -> Vec<String> {
            sentences.iter().map(|s| s.edited.as_ref().unwrap_or(&s.text).clone()).collect()
        };
        let wanted = (list(&line.zh_sentences), list(&line.en_sentences));
        assert!(checked.contains(&wanted), "line {}: {wanted:?} is not among {checked:#?}", line.line);
    }
}

/// Small numbers without a pattern that matters.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// Units that a person might make of a bitext: as found, joined, unpaired, crossing; each sentence in one at most.
fn wild(bitext: &Bitext, dice: &mut Dice) -> Corrections {
    let mut lines = Vec::new();
    let units = &bitext.units;
    let mut k = 0;
    while k < units.len() {
        let unit = &units[k];
        let next = units.get(k + 1);
        let at = lines.len();
        match (dice.throw(6), next) {
            (0, _) => lines.push(correction(bitext, at, &unit.source, &unit.target)),
            (1, Some(next)) => {
                let join = |a: &[usize], b: &[usize]| {
                    let mut ids = [a, b].concat();
                    ids.sort_unstable();
                    ids
                };
                let (zh, en) = (join(&unit.source, &next.source), join(&unit.target, &next.target));
                lines.push(correction(bitext, at, &zh, &en));
                k += 1;
            }
            (2, Some(next)) if unit.is_pair() && next.is_pair() => {
                lines.push(correction(bitext, at, &unit.source, &next.target));
                lines.push(correction(bitext, at + 1, &next.source, &unit.target));
                k += 1;
            }
            (3, _) if unit.is_pair() => {
                lines.push(correction(bitext, at, &unit.source, &[]));
                lines.push(correction(bitext, at + 1, &[], &unit.target));
            }
            _ => {}
        }
        k += 1;
    }
    right(lines)
}

#[test]
fn whatever_was_marked_is_kept() {
    let aligner = aligner();
    let options = ArticleOptions::default();
    for name in [
        "blocks.txt",
        "dialogue.txt",
        "lines.txt",
        "page.html",
        "paragraphs.txt",
        "same-line.txt",
        "table.md",
    ] {
        let article = sample(name);
        let bitext = aligner.align_article(&article);
        let mut dice = Dice(name.len() as u64);
        for _ in 0..12 {
            let corrections = wild(&bitext, &mut dice);
            check(&aligner.with_corrections(&corrections).align_article(&article, &options), &corrections);
        }
        // With everything as it was found, nothing changes.
        let all = bitext.units.iter().enumerate();
        let all = right(all.map(|(k, unit)| correction(&bitext, k, &unit.source, &unit.target)).collect());
        let mended = aligner.with_corrections(&all).align_article(&article, &options);
        check(&mended, &all);
        let (old, new): (Vec<Texts>, Vec<Texts>) =
            (bitext.views().map(|p| texts(&p)).collect(), mended.bitext.views().map(|p| texts(&p)).collect());
        assert_eq!(new, old, "{name}");
    }
}

#[test]
fn a_correction_mends_what_stands_around_it() {
    // Nothing tells these apart but their order; the correction says that the second is left out in English.
    let zh = ["他点了点头。", "他摇了摇头。", "他点了点头。", "雨停了。"];
    let en = ["He nodded.", "He nodded.", "The rain had stopped."];
    let aligner = aligner();
    let before = aligner.align_lines(&zh, &en);
    let corrections = right(vec![correction(&before, 0, &[2], &[1])]);
    let mended = aligner.with_corrections(&corrections).align_lines(&zh, &en);
    check(&mended, &corrections);
    let last = mended.bitext.pairs().last().unwrap();
    assert_eq!((last.unit().source.as_slice(), last.unit().target.as_slice()), (&[3][..], &[2][..]));
    // A bead far larger than any that is searched for.
    let zh: Vec<String> = (0..30).map(|k| format!("第{k}天，他什么也没有说。")).collect();
    let en: Vec<String> = (0..40).map(|k| format!("On day {k} he said nothing.")).collect();
    let before = aligner.align_lines(&zh, &en);
    let (source, target): (Vec<usize>, Vec<usize>) = ((5..20).collect(), (3..25).collect());
    let corrections = right(vec![correction(&before, 0, &source, &target)]);
    check(&aligner.with_corrections(&corrections).align_lines(&zh, &en), &corrections);
}

#[test]
fn two_texts_take_corrections_too() {
    let aligner = aligner();
    let read = |text: &str| duizhao::read::read_str(text, &duizhao::read::Options::default());
    let zh = read("河上有一座木桥。桥很旧；没有人修它。\n\n老人每天来这里钓鱼。");
    let en = read(
        "There is a wooden bridge over the river.\n\nThe bridge is old. Nobody mends it. The old man fishes here.",
    );
    let bitext = aligner.align_articles(&zh, &en);
    let mut dice = Dice(7);
    for _ in 0..20 {
        let corrections = wild(&bitext, &mut dice);
        check(&aligner.with_corrections(&corrections).align_articles(&zh, &en), &corrections);
    }
}

#[test]
fn edited_text_is_carried_over() {
    let aligner = aligner();
    let article = sample("paragraphs.txt");
    let bitext = aligner.align_article(&article);
    let mut marked = correction(&bitext, 0, &bitext.units[1].source, &bitext.units[1].target);
    marked.en_sentences[0].edited = Some("The old library once held tea.".into());
    let mut only_edited = correction(&bitext, 1, &bitext.units[4].source, &bitext.units[4].target);
    only_edited.status = Status::Changed;
    only_edited.zh_sentences[0].edited = Some("据说每一本书的位置他都记得。".into());
    let corrections = right(vec![marked, only_edited]);
    let mended = aligner.with_corrections(&corrections).align_article(&article, &ArticleOptions::default());
    check(&mended, &corrections);
    assert_eq!((mended.kept, mended.loose), (1, 1));
    let edits: Vec<_> = mended.bitext.edits.iter().map(|edit| (edit.sentence, edit.was.as_str())).collect();
    assert_eq!(edits, [(4, bitext.source[4].text.as_str()), (1, bitext.target[1].text.as_str())]);
    assert_eq!(mended.bitext.source[4].text, "据说每一本书的位置他都记得。");
    assert_eq!(mended.bitext.source.len(), bitext.source.len());
}

#[test]
fn what_does_not_match_is_named_with_its_line() {
    let aligner = aligner();
    let (zh, en) = (["河上有一座木桥。", "桥很旧。"], ["There is a wooden bridge.", "The bridge is old."]);
    let before = aligner.align_lines(&zh, &en);
    let mut gone = correction(&before, 0, &[0], &[0]);
    gone.en_sentences[0].text = "There is a stone bridge.".into();
    let good = correction(&before, 1, &[1], &[1]);
    let twice = correction(&before, 2, &[1], &[]);
    let empty = correction(&before, 3, &[], &[]);
    let corrections = right(vec![gone, good.clone(), twice, empty]);
    let mended = aligner.with_corrections(&corrections).align_lines(&zh, &en);
    mended.bitext.validate().unwrap();
    assert_eq!(mended.kept, 1);
    let said: Vec<_> = mended.remarks.iter().map(|remark| (remark.line, remark.cause.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "its English sentence “There is a stone bridge.” is not in the text"),
            (3, "its Chinese sentence “桥很旧。” stands in another correction already"),
            (4, "it does not say which sentences are meant"),
        ]
    );
    // Sentences are found where the article has changed before them.
    let zh = ["春天来了。", "河上有一座木桥。", "桥很旧。"];
    let mended = aligner.with_corrections(&right(vec![good])).align_lines(&zh, &en);
    let kept = mended.bitext.units.iter().find(|unit| unit.checked).unwrap();
    assert_eq!((kept.source.as_slice(), kept.target.as_slice()), (&[2][..], &[1][..]));
}

#[test]
fn a_corrected_file_is_a_corpus() {
    let file = concat!(
        r#"{"zh":"茶凉了。","en":"The tea is cold.","kind":"1-1","score":null,"confidence":1.0,"zh_spans":[[0,12]],"#,
        r#""en_spans":[[20,36]],"reason":null,"status":"right","zh_sentences":[{"id":0,"text":"茶凉了。"}],"#,
        r#""en_sentences":[{"id":0,"text":"The tea is cool.","edited":"The tea is cold."}]}"#,
        "\n"
    );
    let mut out = Vec::new();
    let options = WriteOptions::default();
    let mut tsv = writer(OutputFormat::Tsv, &mut out, &options).unwrap();
    convert(read(OutputFormat::Jsonl, file.as_bytes()).unwrap(), tsv.as_mut(), &options).unwrap();
    drop(tsv);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "zh\ten\tkind\tscore\tconfidence\n茶凉了。\tThe tea is cold.\t1-1\t\t1\n"
    );
    let corrections = Corrections::read(file.as_bytes()).unwrap();
    assert_eq!(corrections.lines[0].en_sentences[0].edited.as_deref(), Some("The tea is cold."));
    let error = Corrections::read("{}\n{\"status\":\"maybe\"}\n".as_bytes()).unwrap_err();
    assert_eq!(error.line(), Some(2));
}

#[test]
fn hostile_corrections_cost_little() {
    let aligner = aligner();
    let zh = vec!["好。"; 1100];
    let en = vec!["Good."; 1100];
    let sentence = |text: &str| CorrectedSentence { id: 9999, text: text.into(), edited: None };
    let line = |k: u64| Correction {
        line: k,
        status: Status::Right,
        zh_sentences: vec![sentence("好。")],
        en_sentences: vec![sentence("Good.")],
        ..Correction::default()
    };
    let corrections = right((0..1500).map(line).collect());
    let mended = aligner.with_corrections(&corrections).align_lines(&zh[..200], &en[..200]);
    assert_eq!((mended.kept, mended.remarks.len()), (200, 1300));
    mended.bitext.validate().unwrap();
    let mended = aligner.with_corrections(&corrections).align_lines(&zh, &en);
    assert_eq!((mended.kept, mended.remarks.len()), (0, 1500));
}

#[cfg(feature = "cli")]
#[test]
fn the_command_line_keeps_what_was_marked_and_says_what_it_could_not() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corrections-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    let zh = file("a.zh", "河上有一座木桥。\n桥很旧。\n");
    let en = file("a.en", "There is a wooden bridge.\nThe bridge is old.\n");
    let side = |text: &str| format!("[{{\"id\":0,\"text\":\"{text}\"}}]");
    let line = |status: &str, zh: &str, en: &str| {
        format!("{{\"status\":\"{status}\",\"zh_sentences\":{},\"en_sentences\":{}}}\n", side(zh), side(en))
    };
    let corrections = [
        line("right", "河上有一座木桥。", "The bridge is old."),
        line("right", "桥很新。", "There is a wooden bridge."),
        line("changed", "桥很旧。", "There is a wooden bridge."),
    ];
    let corrections = file("a.jsonl", &corrections.concat());
    let run = |corrections: &Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_duizhao"));
        command
            .args(["align", "--sentences", "--format", "ids", "--corrections"])
            .arg(corrections)
            .arg(&zh)
            .arg(&en);
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (status, out, said) = run(&corrections);
    assert_eq!(status, Some(0), "{said}");
    assert!(out.lines().any(|line| line == "[0]:[1]"), "{out}");
    for words in [
        "a.jsonl, line 2: not kept",
        "“桥很新。” is not in the text",
        "1 changed pair not marked",
        "1 pair marked",
    ] {
        assert!(said.contains(words), "{words:?} is not in {said:?}");
    }
    let (status, out, said) = run(&file("bad.jsonl", "{}\n{\"status\":7}\n"));
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(said.contains("bad.jsonl, line 2: not a correction"), "{said}");
    fs::remove_dir_all(&folder).unwrap();
}
