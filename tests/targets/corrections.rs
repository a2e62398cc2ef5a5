//! What a person said of an alignment: its reader on any bytes, and an alignment that is held to what was read.

use super::corpora::check_error;
use super::texts::visible;
use duizhao::corpus::{CorrectedSentence, Correction, Corrections, Status};
use duizhao::{Aligner, Article, ArticleOptions, Mended, Remark, Sentence, read};
use std::sync::LazyLock;

/// The article that the seeds speak of.
const PAGE: &str = "茶凉了。再添一点水！河上有一座木桥。老王笑道：“走吧。”\n\n\
                    The tea is cold. Add a little water! There is a wooden bridge over the river. \
                    'Let us go,' Old Wang laughed.\n";

static ARTICLE: LazyLock<Article> = LazyLock::new(|| read::read_str(PAGE, &read::Options::default()));
static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::builder().build().unwrap());

/// Reads corrections, writes them, and aligns an article and lists of sentences with them.
pub fn corrections(data: &[u8]) {
    let corrections = match Corrections::read(data) {
        Ok(corrections) => corrections,
        Err(error) => return check_error(&error),
    };
    let written: String =
        corrections.lines.iter().map(|line| serde_json::to_string(line).unwrap() + "\n").collect();
    let back = Corrections::read(written.as_bytes()).unwrap();
    let unnumbered = |line: &Correction| Correction { line: 0, ..line.clone() };
    assert!(back.lines.iter().map(unnumbered).eq(corrections.lines.iter().map(unnumbered)));
    let held = ALIGNER.with_corrections(&corrections);
    check(&held.align_article(&ARTICLE, &ArticleOptions::default()), &corrections);
    let (zh, en): (Vec<&str>, Vec<&str>) =
        (vec!["茶凉了。", "再添一点水！", ""], vec!["The tea is cold.", "Add a little water!"]);
    check(&held.align_lines(&zh, &en), &corrections);
}

/// Every correction is kept, with its sentences as the person has them, or named.
fn check(mended: &Mended, corrections: &Corrections) {
    mended.bitext.validate().unwrap();
    let checked: Vec<_> = mended.bitext.views().filter(|pair| pair.unit().checked).collect();
    let named = |line: &&Correction| mended.remarks.iter().any(|remark| remark.line == line.line);
    let kept: Vec<&Correction> = corrections.right().filter(|line| !named(line)).collect();
    assert_eq!((kept.len(), checked.len()), (mended.kept, mended.kept), "{:?}", mended.remarks);
    let found: Vec<_> =
        checked.iter().map(|pair| (sorted(pair.zh_sentences()), sorted(pair.en_sentences()))).collect();
    for line in kept {
        let wanted = (wanted(&line.zh_sentences), wanted(&line.en_sentences));
        assert!(found.contains(&wanted), "line {}: {wanted:?} is not among {found:?}", line.line);
    }
    let changed = corrections.lines.iter().filter(|line| line.status == Status::Changed);
    assert_eq!(changed.count(), mended.loose);
    for Remark { cause, .. } in &mended.remarks {
        assert!(!cause.is_empty() && cause.len() < 400 && !cause.contains('\n'), "{cause:?}");
    }
}

fn sorted<'a>(sentences: impl Iterator<Item = &'a Sentence>) -> Vec<String> {
    let mut texts: Vec<String> = sentences.map(|sentence| visible(&sentence.text)).collect();
    texts.sort();
    texts
}

fn wanted(sentences: &[CorrectedSentence]) -> Vec<String> {
    let text = |sentence: &CorrectedSentence| {
        let edited = sentence.edited.as_ref().filter(|text| !text.trim().is_empty());
        visible(edited.unwrap_or(&sentence.text))
    };
    let mut texts: Vec<String> = sentences.iter().map(text).collect();
    texts.sort();
    texts
}
