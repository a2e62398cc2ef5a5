//! Reading, segmenting and aligning of any bytes.

use super::corpora::{formats, turn};
use duizhao::corpus::{self, Bitext, OutputFormat, WriteOptions};
use duizhao::read::{self, Options};
use duizhao::segment::{self, Chinese, English, Segmenter, Uax29};
use duizhao::{Aligner, Article, ArticleOptions, Block, Format, Sentence, Span};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::builder().build().unwrap());

/// Reads the bytes after the first in the way that the first says.
pub fn read(data: &[u8]) {
    let Some((way, bytes)) = data.split_first() else { return };
    let options = Options::default();
    let options = match way & 7 {
        1 => options.format(Format::Plain),
        2 => options.format(Format::Markdown),
        3 => options.format(Format::Html),
        4 => options.encoding("gb18030"),
        5 => options.encoding("utf-16le"),
        6 => options.zh_selector("[lang=zh], .zh").en_selector("p + p"),
        7 => options.max_bytes(bytes.len() / 2),
        _ => options,
    };
    match read::read_bytes(bytes, &options) {
        Ok(article) => {
            check_article(&article);
            assert_eq!(read::read_bytes(bytes, &options).unwrap(), article, "read twice");
        }
        Err(error) => assert!(error.to_string().len() < 400, "{error}"),
    }
}

/// Splits a text in every way.
pub fn segment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for segmenter in [&Chinese as &dyn Segmenter, &English, &Uax29] {
        check_spans(&text, &segmenter.segment(&text));
    }
    let spans: Vec<Span> = segment::by_language(&text).into_iter().map(|(span, _)| span).collect();
    check_gaps(&text, &spans, parts);
    let mut clauses = Vec::new();
    for &span in &spans {
        segment::clauses(&text, span, &mut clauses);
    }
    check_gaps(&text, &clauses, parts);
    let folded = segment::fold(&text);
    assert_eq!(visible(&folded), visible(&text));
    assert_eq!(segment::fold(&folded), folded);
}

/// Aligns a page.
pub fn page(data: &[u8]) {
    let Ok(article) = read::read_bytes(data, &Options::default()) else { return };
    check_article(&article);
    let bitext = ALIGNER.align_article(&article);
    check_bitext(&bitext, formats(data));
    check_sentences(&article, &bitext);
    if turn(data, 0, 4) {
        let (again, explanation) = ALIGNER.explain(&article, &ArticleOptions::default());
        assert_eq!(again, bitext, "aligned twice");
        assert_eq!(explanation.blocks.len(), article.blocks.len());
    }
}

/// Aligns lines as sentences: those that begin with a tab with the others.
pub fn sentences(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (target, source): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('\t'));
    let target: Vec<&str> = target.iter().map(|line| &line[1..]).collect();
    let alignment = ALIGNER.align_sentences(&source, &target);
    let (mut i, mut j) = (0, 0);
    for bead in alignment.beads() {
        assert_eq!((bead.source.start, bead.target.start), (i, j), "{alignment:?}");
        (i, j) = (bead.source.end, bead.target.end);
        assert!(bead.score.is_finite() && (0.0..=1.0).contains(&bead.confidence), "{bead:?}");
    }
    assert_eq!((i, j), (source.len(), target.len()));
    if turn(data, 0, 4) {
        assert_eq!(ALIGNER.align_sentences(&source, &target), alignment, "aligned twice");
    }
    check_bitext(&ALIGNER.align_lines(&source, &target), formats(data));
}

/// What holds for every article.
pub fn check_article(article: &Article) {
    for block in &article.blocks {
        assert!(!block.text.trim().is_empty(), "an empty block");
        assert!((0.0..=1.0).contains(&block.link_density));
        let odd = block.text.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(odd, None, "{:?}", block.text);
        check_pieces(article, block);
    }
}

/// Pieces cover the text in order, stand in the source in order, and hold the same text, unless they stand
/// for white space, or for a single character that was written as an entity or escape.
fn check_pieces(article: &Article, block: &Block) {
    let (mut at, mut source) = (0, 0);
    for (k, piece) in block.pieces.iter().enumerate() {
        let end = block.pieces.get(k + 1).map_or(block.text.len(), |next| next.at);
        assert_eq!(piece.at, at, "{block:?}");
        assert!(piece.source >= source && end > piece.at, "{block:?}");
        let text = &block.text[piece.at..end];
        let there =
            article.text.get(piece.source..piece.source + piece.len).expect("a piece cuts a character");
        let decoded = text.trim().is_empty()
            || there.starts_with('&')
            || there.starts_with('\\')
            || there.contains('\0');
        assert!(text == there || decoded, "{text:?} is {there:?} in the source");
        (at, source) = (end, piece.source + piece.len);
    }
    assert_eq!(at, block.text.len(), "{block:?}");
}

/// Spans are ordered, disjoint, trimmed and on character borders, and between them is only white space.
pub fn check_spans(text: &str, spans: &[Span]) {
    check_gaps(text, spans, char::is_whitespace);
}

/// What may stand between a sentence and its translation on the same line, and belongs to neither.
fn parts(c: char) -> bool {
    c.is_whitespace() || "|｜/／—–-•·~～:：,，、=*\\→".contains(c)
}

fn check_gaps(text: &str, spans: &[Span], may_lie_between: fn(char) -> bool) {
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start && span.start < span.end, "{spans:?} of {text:?}");
        let gap = &text[end..span.start];
        assert!(gap.chars().all(may_lie_between), "lost {gap:?} of {text:?}");
        let sentence = span.slice(text);
        assert_eq!(sentence, sentence.trim(), "in {text:?}");
        end = span.end;
    }
    let gap = &text[end..];
    assert!(gap.chars().all(may_lie_between), "lost {gap:?} of {text:?}");
}

/// Every sentence stands in one unit, and every format takes the bitext.
pub fn check_bitext(bitext: &Bitext, formats: impl Iterator<Item = OutputFormat>) {
    bitext.validate().unwrap();
    let options = WriteOptions::default().unpaired(true).context(true);
    let rows = bitext.views().len();
    for format in formats {
        let mut out = Vec::new();
        corpus::write(bitext, format, &mut out, &options).unwrap();
        if let Ok(records) = corpus::read(format, out.as_slice()) {
            let records: Vec<_> = records.collect::<duizhao::Result<_>>().unwrap();
            // Texts of which nothing is left have no place in a translation memory.
            let memory = matches!(format, OutputFormat::Tmx | OutputFormat::Xliff);
            assert!(records.len() == rows || (memory && records.len() < rows), "{format}");
        }
    }
}

/// Every visible character of every block stands in exactly one sentence, but for what parts a sentence from its
/// translation, and every span holds its sentence.
pub fn check_sentences(article: &Article, bitext: &Bitext) {
    let mut blocks: BTreeMap<usize, Vec<&Sentence>> = BTreeMap::new();
    let other = bitext.other.iter().map(|unplaced| &unplaced.sentence);
    for sentence in bitext.source.iter().chain(&bitext.target).chain(other) {
        blocks.entry(sentence.block).or_default().push(sentence);
    }
    assert!(blocks.keys().all(|&block| block < article.blocks.len()));
    for (number, block) in article.blocks.iter().enumerate() {
        let mut sentences = blocks.remove(&number).unwrap_or_default();
        sentences.sort_by_key(|sentence| sentence.span);
        // So do the brackets around a translation.
        let bracket = |c: char| "()（）".contains(c);
        let letters = |text: &str| text.chars().filter(|&c| !parts(c) && !bracket(c)).collect::<String>();
        let joined: String = sentences.iter().map(|sentence| letters(&sentence.text)).collect();
        assert_eq!(joined, letters(&block.text), "the sentences of a block, of {:?}", article.text);
        let mut end = 0;
        for sentence in sentences {
            let Span { start, .. } = sentence.span;
            assert!(end <= start, "spans overlap in {:?}", article.text);
            end = sentence.span.end;
            let there = article.text.get(start..end).expect("a span cuts a character");
            check_slice(article.format, there, &sentence.text);
        }
    }
}

/// The text at a span holds the sentence: exactly where nothing can be marked up, and else with the markup
/// between its characters, of which some may be written as entities.
fn check_slice(format: Format, there: &str, sentence: &str) {
    if format == Format::Html {
        return assert_eq!(visible(there), visible(sentence));
    }
    let mut rest = there.chars();
    let written = there.contains(['&', '\\', '\0']);
    let held = visible(sentence).chars().all(|c| rest.any(|other| other == c));
    assert!(held || written, "{sentence:?} is {there:?} in the source");
}

/// A text without its white space.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
