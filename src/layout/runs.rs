//! A page as runs of one language, and the segments that neighbouring runs make.

use super::matter::Matter;
use super::shape::Layout;
use super::{Placed, Sides, steps};
use crate::article::{Article, BlockKind, Sentence};
use crate::language::{Language, Size};
use crate::reason::Reason;
use std::collections::HashMap;
use std::ops::Range;

/// A sentence of an article, with its language.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The sentence.
    pub sentence: Sentence,
    /// Its language, if it has letters.
    pub language: Option<Language>,
    /// How it goes on from the sentence before it.
    pub joint: Joint,
    /// The number of the line that it shares with its translation, if it does.
    pub line: Option<u32>,
    /// Whether it is a label before a text, as `译文：`.
    pub label: bool,
}

/// How a piece of text goes on from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    /// It begins a sentence.
    #[default]
    Free,
    /// It is a further clause of the same sentence.
    Tight,
    /// The same, with white space between.
    Spaced,
}

/// Where what faces each other stands side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// The table, if it has both languages in its rows, and its row.
    Cell(u32, u32),
    /// The line that a text shares with its translation.
    Line(u32),
}

/// A page whose sentences were sorted by language, before places are given.
#[derive(Debug, Default)]
pub struct Page {
    pub(super) sides: Sides,
    pub(super) runs: Vec<Run>,
    pub(super) segments: Vec<Segment>,
    matter: Vec<Matter>,
}

/// Sentences of one language in one block, without a break.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub is_source: bool,
    pub block: usize,
    pub kind: BlockKind,
    pub hidden: bool,
    /// What faces each other has the same.
    pub row: Option<Row>,
    /// Its sentences on their side.
    pub sentences: Range<usize>,
    pub letters: usize,
}

impl Run {
    fn is_title(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

/// Neighbouring runs of one language.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub is_source: bool,
    pub row: Option<Row>,
    pub runs: Range<usize>,
    /// Its sentences on their side.
    pub sentences: Range<usize>,
}

impl Page {
    /// Sorts the sentences of an article, of whose blocks it is known what they are.
    pub(crate) fn new(article: &Article, matter: Vec<Matter>, sentences: Vec<Found>) -> Self {
        let mut page = Page { matter, ..Page::default() };
        let rows = bilingual_rows(article, &sentences);
        for found in sentences {
            page.add(article, found, &rows);
        }
        page.join_runs();
        page
    }

    /// What is known of each block of the article.
    pub fn matter(&self) -> &[Matter] {
        &self.matter
    }

    fn add(&mut self, article: &Article, found: Found, rows: &HashMap<u32, bool>) {
        let Found { sentence, language, joint, line, label } = found;
        let number = sentence.block;
        let known = self.matter.get(number);
        let aside = known.and_then(|matter| matter.aside);
        let is_source = match language {
            Some(Language::Chinese) => true,
            Some(Language::English) => false,
            other => {
                let reason = match aside {
                    Some(Reason::Code) => Reason::Code,
                    _ if label => Reason::Boilerplate,
                    _ if other.is_some() => Reason::OtherLanguage,
                    _ => Reason::Empty,
                };
                self.sides.other.push((Found { sentence, language, joint, line, label }, reason));
                return;
            }
        };
        let doubt = known.map_or(0.0, |matter| matter.doubt.max(0.0));
        let letters = Size::of(&sentence.text).letters;
        let side = if is_source { &mut self.sides.source } else { &mut self.sides.target };
        let at = side.len();
        if aside.is_none() {
            let block = article.blocks.get(number);
            let kind = block.map_or(BlockKind::Paragraph, |block| block.kind);
            let row = match (kind, line) {
                (_, Some(line)) => Some(Row::Line(line)),
                (BlockKind::TableCell { table, row, .. }, _) if rows.get(&table) == Some(&true) => {
                    Some(Row::Cell(table, row))
                }
                _ => None,
            };
            let goes_on =
                |run: &&mut Run| run.block == number && run.is_source == is_source && run.row == row;
            match self.runs.last_mut().filter(goes_on) {
                Some(run) => {
                    run.sentences.end = at + 1;
                    run.letters += letters;
                }
                None => {
                    self.runs.push(Run {
                        is_source,
                        block: number,
                        kind,
                        hidden: block.is_some_and(|block| block.hidden),
                        row,
                        sentences: at..at + 1,
                        letters,
                    });
                }
            }
        }
        let run = self.runs.len() as u32;
        let title =
            article.blocks.get(number).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
        side.push(Placed { sentence, run, title, joint, aside, doubt, ..Placed::default() });
    }

    fn join_runs(&mut self) {
        for (k, run) in self.runs.iter().enumerate() {
            let parted = self.is_facing_title(k)
                || !run.is_title() && self.ends_with_titles()
                || k > 0 && self.runs[k - 1].block != run.block && (self.is_half(k) || self.is_half(k - 1));
            let joins =
                |last: &&mut Segment| last.is_source == run.is_source && last.row == run.row && !parted;
            match self.segments.last_mut().filter(joins) {
                Some(last) => {
                    last.runs.end = k + 1;
                    last.sentences.end = run.sentences.end;
                }
                None => self.segments.push(Segment {
                    is_source: run.is_source,
                    row: run.row,
                    runs: k..k + 1,
                    sentences: run.sentences.clone(),
                }),
            }
        }
    }

    /// Whether a run and the one beside it are all that is in their block, one in each language, as a text and its
    /// translation are.
    fn is_half(&self, k: usize) -> bool {
        /// English letters for a Han character.
        const RATES: std::ops::RangeInclusive<f32> = 1.0..=9.0;
        let block = self.runs[k].block;
        let from = self.runs[..k].iter().rev().take_while(|run| run.block == block).take(2).count();
        let end = self.runs[k..].iter().take_while(|run| run.block == block).take(3).count();
        let [a, b] = &self.runs[k - from..k + end] else { return false };
        let (zh, en) = if a.is_source { (a, b) } else { (b, a) };
        a.is_source != b.is_source && RATES.contains(&(en.letters as f32 / zh.letters.max(1) as f32))
    }

    /// Whether two neighbouring segments are the halves of one block, or a title in both languages.
    pub(super) fn stand_together(&self, a: &Segment, b: &Segment) -> bool {
        let all = |segment: &Segment, is: fn(&Run) -> bool| self.runs[segment.runs.clone()].iter().all(is);
        let titles = all(a, Run::is_title) && all(b, Run::is_title) && a.runs.len() == b.runs.len();
        let halves = a.runs.len() == 1 && b.runs.len() == 1 && self.is_half(a.runs.start);
        titles || halves && self.runs[a.runs.start].block == self.runs[b.runs.start].block
    }

    /// Whether a run is a title below a text, with a title of the other language next.
    fn is_facing_title(&self, k: usize) -> bool {
        let is_title = |at: usize| self.runs.get(at).is_some_and(Run::is_title);
        is_title(k)
            && is_title(k + 1)
            && self.runs[k].is_source != self.runs[k + 1].is_source
            && k > 0
            && !is_title(k - 1)
    }

    /// Whether the last two segments are a title in both languages, which stands for itself above a text.
    fn ends_with_titles(&self) -> bool {
        /// A title and its subtitle.
        const MOST: usize = 2;
        let [.., first, second] = &self.segments[..] else { return false };
        let titles = |segment: &Segment| self.runs[segment.runs.clone()].iter().all(Run::is_title);
        first.is_source != second.is_source
            && first.runs.len() == second.runs.len()
            && first.runs.len() <= MOST
            && titles(first)
            && titles(second)
    }

    /// Cuts segments, given in order, where their first runs end and their last ones begin. Where the last part of each
    /// segment is now.
    pub(super) fn cut(&mut self, cuts: impl Iterator<Item = (usize, (usize, usize))>) -> Vec<usize> {
        let mut cuts = cuts.peekable();
        let mut segments = Vec::with_capacity(self.segments.len());
        let mut last = Vec::with_capacity(self.segments.len());
        for (k, segment) in std::mem::take(&mut self.segments).into_iter().enumerate() {
            match cuts.next_if(|cut| cut.0 == k) {
                Some((_, (end, start))) => {
                    let Segment { is_source, row, runs, .. } = segment;
                    let parts = [runs.start..end, end..start, start..runs.end];
                    segments.extend(parts.into_iter().filter(|runs| !runs.is_empty()).map(|runs| Segment {
                        is_source,
                        row,
                        sentences: self.runs[runs.start].sentences.start
                            ..self.runs[runs.end - 1].sentences.end,
                        runs,
                    }));
                }
                None => segments.push(segment),
            }
            last.push(segments.len() - 1);
        }
        self.segments = segments;
        last
    }

    /// The sentences of a range of one side.
    pub(super) fn placed_mut(&mut self, is_source: bool, sentences: &Range<usize>) -> &mut [Placed] {
        let side = if is_source { &mut self.sides.source } else { &mut self.sides.target };
        &mut side[sentences.clone()]
    }

    /// The sides, before places are given.
    pub fn sides(&self) -> &Sides {
        &self.sides
    }

    /// Gives every sentence its place. `affinity` takes passages of both sides (runs of their sentences, of which
    /// those that stand aside do not count) and a width; it says how much
    /// likelier passages whose numbers differ by no more than the width translate each other than not, in
    /// nats.
    pub fn place(mut self, affinity: &Affinities<'_>, wanted: Option<Layout>) -> Sides {
        steps::place(&mut self, affinity, wanted);
        self.sides
    }
}

/// Compares passages of both sides: see [`Page::place`].
pub type Affinities<'a> =
    dyn Fn(&[Range<usize>], &[Range<usize>], usize) -> Box<dyn Fn(usize, usize) -> f32> + 'a;

/// Which tables have both languages in most of their rows.
fn bilingual_rows(article: &Article, sentences: &[Found]) -> HashMap<u32, bool> {
    let mut rows: HashMap<(u32, u32), (bool, bool)> = HashMap::new();
    for found in sentences {
        let Some(block) = article.blocks.get(found.sentence.block) else { continue };
        let BlockKind::TableCell { table, row, .. } = block.kind else { continue };
        let seen = rows.entry((table, row)).or_default();
        seen.0 |= found.language == Some(Language::Chinese);
        seen.1 |= found.language == Some(Language::English);
    }
    let mut tables: HashMap<u32, (usize, usize)> = HashMap::new();
    for ((table, _), (zh, en)) in rows {
        let count = tables.entry(table).or_default();
        count.0 += usize::from(zh && en);
        count.1 += 1;
    }
    tables.into_iter().map(|(table, (both, all))| (table, 2 * both >= all)).collect()
}

/// The Chinese side of one page and the English side of another; what else they hold stands aside.
pub fn two_files(zh: Page, en: Page) -> Sides {
    let agreement = steps::agreement(
        zh.runs.iter().filter(|run| run.is_source).chain(en.runs.iter().filter(|run| !run.is_source)),
    );
    let mut sides = Sides { layout: Layout::TwoFiles, agreement, ..Sides::default() };
    let foreign = |placed: Placed, language| {
        let reason = placed.aside.unwrap_or(Reason::OtherLanguage);
        let (sentence, joint) = (placed.sentence, placed.joint);
        (Found { sentence, language: Some(language), joint, line: None, label: false }, reason)
    };
    sides.other.extend(zh.sides.other);
    sides.other.extend(zh.sides.target.into_iter().map(|placed| foreign(placed, Language::English)));
    sides.other.extend(en.sides.source.into_iter().map(|placed| foreign(placed, Language::Chinese)));
    sides.other.extend(en.sides.other);
    sides.source = zh.sides.source;
    sides.target = en.sides.target;
    sides
}
