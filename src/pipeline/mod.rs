//! From an article, or two texts, to a bitext: segment, find the sides, align, put together.

mod affinity;

use crate::aligner::Aligner;
use crate::article::{Article, Sentence};
use crate::corpus::{Bitext, Origin, Unit, Unplaced};
use crate::error::Result;
use crate::language::Language;
use crate::layout::{Found, Layout, Page, Placed, Sides, two_files};
use crate::read;
use crate::reason::Reason;
use crate::score::{Place, Position, PositionWeights};
use crate::segment;
use crate::span::Span;
use affinity::Affinity;

/// Aligns a page given as text: plain, Markdown or HTML, told apart by content.
///
/// # Errors
/// None for now but those of building an [`Aligner`]; every text gives a bitext, if only one of unpaired sentences.
pub fn align_article(page: &str) -> Result<Bitext> {
    let article = read::read_str(page, &read::Options::default());
    Ok(Aligner::builder().build()?.align_article(&article))
}

/// Aligns a Chinese text and an English text, each as plain text, Markdown or HTML.
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
        let page = Page::new(article, sentences(article));
        let mut bitext = self.align_sides(self.place(page, None));
        bitext.origin.format = Some(article.format);
        bitext.origin.encoding = Some(article.encoding.clone());
        bitext.notices.clone_from(&article.notices);
        bitext
    }

    /// Aligns two texts; spans point into each.
    pub fn align_texts(&self, zh: &str, en: &str) -> Bitext {
        let options = read::Options::default();
        self.align_articles(&read::read_str(zh, &options), &read::read_str(en, &options))
    }

    /// Aligns a Chinese article and an English one.
    pub fn align_articles(&self, zh: &Article, en: &Article) -> Bitext {
        let sides = two_files(Page::new(zh, sentences(zh)), Page::new(en, sentences(en)));
        let mut bitext = self.align_sides(sides);
        bitext.origin.format = Some(zh.format);
        bitext.origin.encoding = Some(zh.encoding.clone());
        bitext.notices = zh.notices.iter().chain(&en.notices).cloned().collect();
        bitext
    }

    /// Aligns two lists of sentences into a bitext whose spans point into the sentences joined by line
    /// breaks.
    pub fn align_lines<S: AsRef<str>>(&self, source: &[S], target: &[S]) -> Bitext {
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
        self.align_sides(Sides {
            source: placed(source),
            target: placed(target),
            layout: Layout::Sentences,
            ..Sides::default()
        })
    }

    /// Gives the sentences of a page their places, by what the passages side by side say.
    fn place(&self, page: Page, wanted: Option<Layout>) -> Sides {
        if !page.needs_affinity() {
            return page.place(|_, _| 0.0, wanted);
        }
        let (source, target) = (page.segments(true), page.segments(false));
        let (source, target): (Vec<&str>, Vec<&str>) =
            (source.iter().map(String::as_str).collect(), target.iter().map(String::as_str).collect());
        let affinity = Affinity::new(self, &source, &target, |i| i.saturating_sub(1)..=i + 1);
        page.place(|i, j| affinity.of(i, j), wanted)
    }

    fn align_sides(&self, sides: Sides) -> Bitext {
        let kept = |side: &[Placed]| -> Vec<usize> {
            (0..side.len()).filter(|&i| side[i].aside.is_none()).collect()
        };
        let (source, target) = (kept(&sides.source), kept(&sides.target));
        let places = |side: &[Placed], kept: &[usize]| -> Vec<Place> {
            kept.iter().map(|&i| Place { at: side[i].at, block: side[i].run }).collect()
        };
        let position =
            Position::new(places(&sides.source, &source), places(&sides.target, &target), weights(&sides));
        let (zh, en) = (texts(&sides.source, &source), texts(&sides.target, &target));
        let alignment = self.align(&zh, &en, Some(&position));
        let mut units: Vec<Unit> = Vec::new();
        let one_sided = zh.is_empty() || en.is_empty();
        let reason = if one_sided { Reason::OneLanguage } else { Reason::NoCounterpart };
        for bead in alignment.into_beads() {
            units.push(Unit {
                reason: bead.is_null().then_some(reason),
                source: source[bead.source].to_vec(),
                target: target[bead.target].to_vec(),
                score: bead.score,
                confidence: bead.confidence,
                moved: false,
            });
        }
        let aside = |side: &[Placed], is_source: bool, units: &mut Vec<Unit>| {
            for (i, placed) in side.iter().enumerate() {
                let Some(reason) = placed.aside else { continue };
                let (source, target) = if is_source { (vec![i], vec![]) } else { (vec![], vec![i]) };
                units.push(Unit {
                    source,
                    target,
                    score: 0.0,
                    confidence: 1.0,
                    reason: Some(reason),
                    moved: false,
                });
            }
        };
        aside(&sides.source, true, &mut units);
        aside(&sides.target, false, &mut units);
        let other = |(found, reason): (Found, Reason)| Unplaced {
            sentence: found.sentence,
            language: found.language,
            reason,
        };
        let bare = |side: Vec<Placed>| side.into_iter().map(|placed| placed.sentence).collect();
        Bitext {
            origin: Origin { layout: Some(sides.layout.to_string()), ..Origin::default() },
            source: bare(sides.source),
            target: bare(sides.target),
            units: in_order(units),
            other: sides.other.into_iter().map(other).collect(),
            notices: Vec::new(),
        }
    }
}

/// Puts units in reading order of the source, those without source after what they follow in the target.
fn in_order(units: Vec<Unit>) -> Vec<Unit> {
    let (mut with, mut without): (Vec<Unit>, Vec<Unit>) =
        units.into_iter().partition(|unit| !unit.source.is_empty());
    with.sort_by_key(|unit| unit.source[0]);
    without.sort_by_key(|unit| unit.target[0]);
    let mut ordered = Vec::with_capacity(with.len() + without.len());
    let mut without = without.into_iter().peekable();
    for unit in with {
        if let Some(&first) = unit.target.first() {
            while let Some(null) = without.next_if(|null| null.target[0] < first) {
                ordered.push(null);
            }
        }
        ordered.push(unit);
    }
    ordered.extend(without);
    ordered
}

/// The sentences of an article, block by block, each with its language.
fn sentences(article: &Article) -> Vec<Found> {
    let mut found = Vec::new();
    for (number, block) in article.blocks.iter().enumerate() {
        let mut add = |span: Span, language: Option<Language>| {
            let text = segment::fold(span.slice(&block.text)).into_owned();
            let sentence = Sentence { text, span: block.locate(span), block: number };
            found.push(Found { sentence, language });
        };
        match block.side {
            Some(side) => {
                segment::for_language(side)
                    .segment(&block.text)
                    .into_iter()
                    .for_each(|span| add(span, Some(side)));
            }
            None => {
                segment::by_language(&block.text).into_iter().for_each(|(span, language)| add(span, language))
            }
        }
    }
    found
}

/// What the places of these sides are worth.
fn weights(sides: &Sides) -> PositionWeights {
    let mut weights = PositionWeights::default();
    if !sides.stepped {
        weights.step = 0.0;
    }
    weights.both_end *= sides.agreement;
    weights.one_ends *= sides.agreement;
    weights
}

fn texts<'a>(side: &'a [Placed], kept: &[usize]) -> Vec<&'a str> {
    kept.iter().map(|&i| side[i].sentence.text.as_str()).collect()
}
