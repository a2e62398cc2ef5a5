//! From an article, or two texts, to a bitext: segment, find the sides, align, put together.

mod affinity;
mod align;
mod beside;
mod copies;
mod corrected;
mod explain;
mod frame;
mod fuse;
mod halves;
#[cfg(feature = "parallel")]
mod many;
mod matching;
mod moved;
mod order;
mod reading;
mod sentences;
mod settled;
mod trust;

pub use corrected::{Corrected, Mended, Remark};
pub use explain::{BlockNote, Explanation};

use crate::aligner::Aligner;
use crate::article::{Article, Sentence};
use crate::corpus::Bitext;
use crate::error::Result;
use crate::language::Language;
use crate::layout::{Layout, Page, Placed, Sides, two_files};
use crate::read;
use crate::reason::Reason;
use crate::span::Span;
use affinity::Affinity;
use explain::{Steps, explanation};
use reading::Reading;
use sentences::{half, page};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Aligns a page given as text: plain, Markdown or HTML, told apart by content; the latter two need the feature `read`.
///
/// Spans point into [`Article::text`], which is the text given, but for HTML. To have that, use
/// [`read_str`](read::read_str) and [`Aligner::align_article`].
///
/// # Errors
/// None for now but those of building an [`Aligner`]; every text gives a bitext, if only one of unpaired sentences.
pub fn align_article(page: &str) -> Result<Bitext> {
    let article = read::read_str(page, &read::Options::default());
    Ok(Aligner::builder().build()?.align_article(&article))
}

/// Aligns a Chinese text and an English text, each as plain text, Markdown or HTML (see [`Aligner::align_texts`]).
///
/// # Errors
/// As [`align_article`].
pub fn align_texts(zh: &str, en: &str) -> Result<Bitext> {
    Ok(Aligner::builder().build()?.align_texts(zh, en))
}

impl Aligner {
    /// Aligns an article that was read. Never fails and loses nothing: each Chinese and each English
    /// sentence stands in exactly one unit.
    pub fn align_article(&self, article: &Article) -> Bitext {
        self.align_article_with(article, &ArticleOptions::default())
    }

    /// Aligns an article that was read, with options.
    pub fn align_article_with(&self, article: &Article, options: &ArticleOptions) -> Bitext {
        let (sides, reading) = self.sides_of_article(article, options);
        described(self.align_read(sides, &reading), article)
    }

    fn sides_of_article(&self, article: &Article, options: &ArticleOptions) -> (Sides, Reading) {
        let page = page(self, article);
        let reading = Reading::new(self, page.sides());
        let sides = self.place(page, &reading, options.layout);
        (sides, reading)
    }

    /// Aligns an article and says what was decided about each of its blocks, and why.
    pub fn explain(&self, article: &Article, options: &ArticleOptions) -> (Bitext, Explanation) {
        let page = page(self, article);
        let matter = page.matter().to_vec();
        let reading = Reading::new(self, page.sides());
        let sides = self.place(page, &reading, options.layout);
        let steps = Steps::of(&sides);
        let found = (sides.layout, sides.why.clone());
        let bitext = described(self.align_read(sides, &reading), article);
        let explanation = explanation(article, &matter, &steps, found, &bitext);
        (bitext, explanation)
    }

    /// Aligns two texts; spans point into each, but for HTML (see [`Article::text`]). To have that, and to say how the
    /// texts are to be read, use [`read_str`](read::read_str) and [`Aligner::align_articles`].
    pub fn align_texts(&self, zh: &str, en: &str) -> Bitext {
        let options = read::Options::default();
        self.align_articles(&read::read_str(zh, &options), &read::read_str(en, &options))
    }

    /// Aligns a Chinese article and an English one.
    pub fn align_articles(&self, zh: &Article, en: &Article) -> Bitext {
        let mut bitext = described_both(self.align_sides(sides_of_articles(zh, en)), zh, en);
        let has = |language| bitext.other.iter().any(|other| other.language == Some(language));
        let none = bitext.source.is_empty() && bitext.target.is_empty();
        if none && has(Language::Chinese) && has(Language::English) {
            bitext.notices.push(SWAPPED.to_owned());
        }
        bitext
    }

    /// Aligns two lists of sentences into a bitext whose spans point into the sentences joined by line
    /// breaks.
    pub fn align_lines<S: AsRef<str>>(&self, source: &[S], target: &[S]) -> Bitext {
        self.align_sides(sides_of_lines(source, target))
    }

    /// Gives the sentences of a page their places, by what the passages side by side say.
    fn place(&self, page: Page, reading: &Reading, wanted: Option<Layout>) -> Sides {
        let affinity =
            |zh: &[Range<usize>], en: &[Range<usize>], width: usize| -> Box<dyn Fn(usize, usize) -> f32> {
                let (zh, en) = (reading.source.runs(zh), reading.target.runs(en));
                let band = |i: usize| i.saturating_sub(width)..=i + width;
                let affinity = Affinity::new(self, &reading.evidence, &zh, &en, band);
                Box::new(move |i, j| affinity.of(i, j))
            };
        page.place(&affinity, wanted)
    }
}

/// What a user is told whose first text is English and whose second one is Chinese.
const SWAPPED: &str =
    "the first text holds no Chinese and the second one no English: they seem to be swapped";

fn sides_of_articles(zh: &Article, en: &Article) -> Sides {
    two_files(half(zh), half(en))
}

fn sides_of_lines<S: AsRef<str>>(source: &[S], target: &[S]) -> Sides {
    let placed = |lines: &[S]| {
        let mut at = 0;
        let place = |line: &S| {
            let text = line.as_ref().to_owned();
            let span = Span::new(at, at + text.len());
            at = span.end + 1;
            let aside = text.trim().is_empty().then_some(Reason::Empty);
            Placed { aside, sentence: Sentence { text, span, block: 0 }, ..Placed::default() }
        };
        lines.iter().map(place).collect()
    };
    Sides { source: placed(source), target: placed(target), layout: Layout::Sentences, ..Sides::default() }
}

/// Options for aligning an article.
///
/// ```
/// use duizhao::{ArticleOptions, Layout};
/// let options = ArticleOptions::default().layout(Layout::ParagraphsEnFirst);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ArticleOptions {
    /// The layout of the page; by default it is found.
    pub layout: Option<Layout>,
}

impl ArticleOptions {
    /// Takes the page to have this layout, whatever it looks like. It stays soft evidence.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }
}

/// The bitext with what reading the article found.
fn described(mut bitext: Bitext, article: &Article) -> Bitext {
    bitext.origin.format = Some(article.format);
    bitext.origin.encoding = Some(article.encoding.clone());
    bitext.notices.splice(0..0, article.notices.iter().cloned());
    bitext
}

/// The same for two articles.
fn described_both(mut bitext: Bitext, zh: &Article, en: &Article) -> Bitext {
    bitext.origin.format = Some(zh.format);
    bitext.origin.encoding = Some(zh.encoding.clone());
    bitext.notices.splice(0..0, zh.notices.iter().chain(&en.notices).cloned());
    bitext
}
