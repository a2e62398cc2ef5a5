//! Lines that hold a text and its translation with nothing but a space or a sign between them, as headings, menus and
//! captions do: `公司简介 Company Profile`. Script tells where such a line may be cut. Whether it is, the words of its
//! halves tell and the habit of the page: `苹果 iPhone 15` is no translation. Linear.

use super::affinity::{Affinity, COMMON};
use crate::aligner::Aligner;
use crate::article::{Article, Block, BlockKind};
use crate::language::{Language, Scripts, Tongue, detect};
use crate::segment::{self, Cut};
use crate::span::Span;

/// Longer lines, in bytes, are no headings.
const LONGEST: usize = 200;
/// The affinity that the halves of a line must have on a page where no such line is sure, and how much less where all
/// are.
const MOST: f32 = 6.7;
const HABIT: f32 = 4.0;
/// From so many headings on it is no chance that each may be a text and its translation; so many words or characters
/// make a sentence that shows that a page is written in a language.
const HEADINGS: usize = 3;
const SENTENCE: usize = 6;
/// The share of bilingual headings whose halves have a word in common that the lexicon knows: 31 of 51 written for this.
const KNOWN: f32 = 0.6;

/// The lines of an article that have both scripts.
#[derive(Default)]
pub(super) struct Lines {
    /// Those that change from one to the other once.
    halves: Vec<Halves>,
    /// Those that were cut for what stands between their parts.
    cut: Vec<Halves>,
    /// How many there are in all.
    count: usize,
}

/// What of a line is in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfLine {
    All,
    /// A term, with the text behind it.
    Head(Span),
    /// That text.
    Rest,
}

/// A line that may be a text and its translation.
pub(super) struct Halves {
    /// Its number among the sentences of the article, and of how many clauses it is there.
    pub at: usize,
    pub clauses: usize,
    pub block: usize,
    /// Both parts, in the text of the block.
    pub parts: [(Span, Language); 2],
    /// The reading of the Chinese part, between them: `菜单 càidān menu`.
    pub reading: Option<Span>,
    /// Whether it is a word and its meaning, by its reading or its part of speech.
    pub entry: bool,
    /// Whether it is all of its line, the term at its head, or what stands behind that.
    pub part: OfLine,
}

impl Lines {
    /// Takes note of a sentence of a block of text with both scripts if it is a line or begins one with a term in both
    /// languages; `at` is its number, or that of the first of its clauses.
    pub fn add(&mut self, text: &str, sentence: Span, block: usize, (at, clauses): (usize, usize)) {
        if !begins_line(text, sentence) {
            return;
        }
        let line = sentence.slice(text);
        let reading = segment::around_reading(line);
        if let Some((end, start)) = segment::head(line).filter(|_| reading.is_none()) {
            let term = Span::new(sentence.start, sentence.start + end);
            let rest = Span::new(sentence.start + start, sentence.end);
            self.count += 1;
            self.add_part(text, (term, OfLine::Head(rest)), None, block, (at, clauses));
            if rest.len() <= LONGEST {
                self.add_part(text, (rest, OfLine::Rest), None, block, (at, clauses));
            }
        } else if is_line(text, sentence) {
            // A sentence in clauses is seldom a heading: it may be cut, but says nothing of the habit if it is not.
            self.count += usize::from(clauses == 1 && Scripts::count(line).has_both());
            self.add_part(text, (sentence, OfLine::All), reading, block, (at, clauses));
        }
    }

    fn add_part(
        &mut self,
        text: &str,
        (here, part): (Span, OfLine),
        reading: Option<[Span; 3]>,
        block: usize,
        (at, clauses): (usize, usize),
    ) {
        let line = here.slice(text);
        let (parts, reading, entry) = match reading {
            Some([first, reading, second]) => ([first, second], Some(reading), true),
            None => match segment::halves(line) {
                Some(Cut { first, second, end, entry }) => {
                    ([Span::new(0, first), Span::new(second, end)], None, entry)
                }
                None => return,
            },
        };
        let within = |span: Span| Span::new(here.start + span.start, here.start + span.end);
        let parts = parts.map(within);
        // What alone has a full stop at its end goes on with what another language began.
        if !entry && ends_sentence(parts[0].slice(text)) != ends_sentence(parts[1].slice(text)) {
            return;
        }
        use Language::{Chinese, English};
        let languages = match parts.map(|part| detect(part.slice(text))) {
            [Some(Chinese), Some(English)] => [Chinese, English],
            [Some(English), Some(Chinese)] => [English, Chinese],
            _ => return,
        };
        // The number of a model is part of a name.
        let [first, second] = parts.map(|part| part.slice(text));
        if has_model(first) != has_model(second) {
            return;
        }
        let parts = [(parts[0], languages[0]), (parts[1], languages[1])];
        self.halves.push(Halves { at, clauses, block, parts, reading: reading.map(within), entry, part });
    }

    /// Takes note of two sentences of a block of text that may be a line in both languages.
    pub fn add_cut(&mut self, text: &str, parts: [(Span, Option<Language>); 2], block: usize, at: usize) {
        use Language::{Chinese, English};
        let [(first, Some(before)), (second, Some(after))] = parts else { return };
        let line = Span::new(first.start, second.end);
        if matches!((before, after), (Chinese, English) | (English, Chinese))
            && is_line(text, line)
            && !ends_sentence(first.slice(text))
        {
            self.count += 1;
            self.cut.push(Halves {
                at,
                clauses: 1,
                block,
                parts: [(first, before), (second, after)],
                reading: None,
                entry: false,
                part: OfLine::All,
            });
        }
    }

    /// Those whose halves translate each other, in order.
    pub fn translated(self, aligner: &Aligner, article: &Article, tongues: &[Tongue]) -> Vec<Halves> {
        let affinities = |lines: &[Halves]| -> Vec<f32> {
            lines.iter().map(|halves| halves.affinity(aligner, article)).collect()
        };
        let (affinities, cut) = (affinities(&self.halves), affinities(&self.cut));
        let judged = || self.halves.iter().zip(&affinities).chain(self.cut.iter().zip(&cut));
        let is_sure = |halves: &Halves, affinity: f32| {
            halves.part != OfLine::Rest && (affinity >= COMMON || halves.entry)
        };
        let sure = judged().filter(|&(halves, &affinity)| is_sure(halves, affinity)).count();
        // The habit of the other lines: what a line itself says is its affinity.
        let least = |own: usize| {
            let share = ((sure - own) as f32 / KNOWN + 2.0) / (self.count.max(1) + 3) as f32;
            MOST - HABIT * share.min(1.0)
        };
        let headings = has_both_headings(judged(), article, tongues);
        let with_colon = || judged().filter(|(halves, _)| halves.has_colon(article));
        let colons_part = 2 * with_colon().filter(|&(halves, &affinity)| is_sure(halves, affinity)).count()
            > with_colon().count();
        let translates = |(halves, &affinity): (&Halves, &f32)| {
            let own = usize::from(is_sure(halves, affinity));
            let usual = affinity >= least(own) || headings && halves.is_heading(article);
            let common = affinity >= COMMON;
            // What stands behind a colon may be a value: `方法：POST`. And `Markdown 报告：…` is one term, of which only a sign
            // makes two.
            let parted = (colons_part || !halves.has_colon(article))
                && (halves.part == OfLine::All || halves.has_sign(article));
            (usual && (common || halves.has_word(article)) || halves.entry)
                && (common || parted)
                && !halves.is_gloss(article)
        };
        let keeps: Vec<bool> = self.halves.iter().zip(&affinities).map(translates).collect();
        self.halves.into_iter().zip(keeps).filter(|(_, keep)| *keep).map(|(halves, _)| halves).collect()
    }
}

/// Whether nearly all headings of a page that is written in both languages may be a text and its translation, and a
/// fifth of these surely are.
fn has_both_headings<'a>(
    lines: impl Iterator<Item = (&'a Halves, &'a f32)>,
    article: &Article,
    tongues: &[Tongue],
) -> bool {
    let (mut both, mut sure) = (0, 0);
    for (_, &affinity) in lines.filter(|(halves, _)| halves.is_heading(article) && halves.has_word(article)) {
        both += 1;
        sure += usize::from(affinity >= COMMON);
    }
    let all = article.blocks.iter().filter(|block| is_heading(block)).count();
    let long = |tongue: &&Tongue| tongue.scripts.latin_words + tongue.scripts.han >= SENTENCE;
    let written = |language| tongues.iter().filter(long).any(|tongue| tongue.language == Some(language));
    let nearly_all = both >= HEADINGS && both * 4 >= all * 3 && sure * 5 >= both;
    nearly_all && written(Language::Chinese) && written(Language::English)
}

impl Halves {
    fn is_heading(&self, article: &Article) -> bool {
        is_heading(&article.blocks[self.block])
    }

    /// Whether its second half stands in brackets and in the text beside it too, where its translation is then.
    fn is_gloss(&self, article: &Article) -> bool {
        let blocks = &article.blocks;
        let text = &blocks[self.block].text;
        let second = self.parts[1].0;
        let here = second.slice(text);
        let beside = [self.block.wrapping_sub(1), self.block + 1];
        text[second.end..].starts_with([')', '）'])
            && beside.into_iter().filter_map(|k| blocks.get(k)).any(|block| block.text.contains(here))
    }

    /// What stands between its halves.
    fn between<'a>(&self, article: &'a Article) -> &'a str {
        let [first, second] = self.parts.map(|(part, _)| part);
        &article.blocks[self.block].text[first.end..second.start]
    }

    /// Whether a colon parts its halves.
    fn has_colon(&self, article: &Article) -> bool {
        self.between(article).contains([':', '：'])
    }

    /// Whether anything but white space does.
    fn has_sign(&self, article: &Article) -> bool {
        !self.between(article).trim().is_empty()
    }

    /// Whether its Chinese half is a word; `2. 比 comparisons` names a character.
    fn has_word(&self, article: &Article) -> bool {
        let text = &article.blocks[self.block].text;
        self.parts.iter().any(|(part, _)| Scripts::count(part.slice(text)).han > 1)
    }

    /// How well the halves face each other, in nats.
    fn affinity(&self, aligner: &Aligner, article: &Article) -> f32 {
        let text = &article.blocks[self.block].text;
        let [first, second] = self.parts.map(|(part, _)| segment::fold(part.slice(text)));
        match self.parts[0].1 {
            Language::Chinese => Affinity::of_texts(aligner, &first, &second),
            _ => Affinity::of_texts(aligner, &second, &first),
        }
    }
}

/// Whether a block is a heading, or a line by itself that may be one on a page without markup.
fn is_heading(block: &Block) -> bool {
    let text = block.text.trim_end();
    let alone = || {
        text.len() <= LONGEST
            && !text.contains('\n')
            && !text.ends_with(['。', '！', '？', '.', '!', '?', '”', '"', '；', '，', ';', ','])
    };
    match block.kind {
        BlockKind::Heading(_) => true,
        BlockKind::Paragraph => alone(),
        _ => false,
    }
}

/// Whether a text has a word of letters and digits, such as `WH-1000XM5`; but `3rd` and `500ml` are none.
fn has_model(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| {
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.contains(|c: char| c.is_ascii_digit())
    })
}

/// Whether a text has the mark of a sentence at its end; the point of `Apple Inc.` is none.
fn ends_sentence(part: &str) -> bool {
    part.ends_with(['。', '！', '？', '!', '?'])
        || part.ends_with('.') && part.starts_with(char::is_lowercase)
}

/// Whether a sentence is all of a line, and no longer than a heading.
fn is_line(text: &str, sentence: Span) -> bool {
    let after = text[sentence.end..].trim_start_matches(' ');
    sentence.len() <= LONGEST && begins_line(text, sentence) && (after.is_empty() || after.starts_with('\n'))
}

fn begins_line(text: &str, sentence: Span) -> bool {
    let before = text[..sentence.start].trim_end_matches(' ');
    before.is_empty() || before.ends_with('\n')
}
