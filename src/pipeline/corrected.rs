//! Aligns an article again around what a person has marked as right. Marked units stay as they are, texts that
//! were changed are carried over, and what cannot be found in the article any more is named with its line.

use super::matching::Finder;
use super::{ArticleOptions, described, described_both, sides_of_articles, sides_of_lines};
use crate::aligner::Aligner;
use crate::article::Article;
use crate::corpus::{Bitext, CorrectedSentence, Correction, Corrections, Status, Unit};
use crate::layout::{Joint, Placed, Sides};
use crate::reason::Reason;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;

/// An [`Aligner`] that keeps what a person has marked; made by [`Aligner::with_corrections`].
#[derive(Debug, Clone, Copy)]
pub struct Corrected<'a> {
    aligner: &'a Aligner,
    corrections: &'a Corrections,
}

/// What came of aligning with corrections.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mended {
    /// The bitext; units that were kept are [`checked`](Unit::checked) and have confidence 1.
    pub bitext: Bitext,
    /// Number of units that were kept.
    pub kept: usize,
    /// Number of units that a person changed but did not mark as right, so that they were aligned again.
    pub loose: usize,
    /// What could not be kept, and why, in the order of the lines.
    pub remarks: Vec<Remark>,
}

/// Why a correction could not be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remark {
    /// The line of the corrections, from 1.
    pub line: u64,
    /// The cause, as a plain sentence.
    pub cause: String,
}

impl Aligner {
    /// This aligner, held to corrections.
    ///
    /// ```
    /// use duizhao::{Aligner, ArticleOptions, corpus::Corrections, read};
    /// let page = "茶凉了。再添一点水。\nThe tea is cold. Add a little water.";
    /// let line = r#"{"status":"right","zh_sentences":[{"text":"茶凉了。"},{"text":"再添一点水。"}],
    ///     "en_sentences":[{"text":"The tea is cold."},{"text":"Add a little water."}]}"#;
    /// let corrections = Corrections::read(line.replace('\n', "").as_bytes())?;
    /// let aligner = Aligner::builder().build()?;
    /// let article = read::read_str(page, &read::Options::default());
    /// let mended = aligner.with_corrections(&corrections).align_article(&article, &ArticleOptions::default());
    /// assert_eq!((mended.kept, mended.bitext.pairs().next().unwrap().kind().as_str()), (1, "2-2"));
    /// # Ok::<(), duizhao::Error>(())
    /// ```
    pub fn with_corrections<'a>(&'a self, corrections: &'a Corrections) -> Corrected<'a> {
        Corrected { aligner: self, corrections }
    }
}

impl Corrected<'_> {
    /// Aligns an article.
    pub fn align_article(&self, article: &Article, options: &ArticleOptions) -> Mended {
        self.align(self.aligner.sides_of_article(article, options).0, |bitext| described(bitext, article))
    }

    /// Aligns a Chinese article and an English one.
    pub fn align_articles(&self, zh: &Article, en: &Article) -> Mended {
        self.align(sides_of_articles(zh, en), |bitext| described_both(bitext, zh, en))
    }

    /// Aligns two lists of sentences.
    pub fn align_lines<S: AsRef<str>>(&self, source: &[S], target: &[S]) -> Mended {
        self.align(sides_of_lines(source, target), |bitext| bitext)
    }

    fn align(&self, mut sides: Sides, describe: impl FnOnce(Bitext) -> Bitext) -> Mended {
        let mut found = Found::default();
        let mut finders = (Finder::new(&sides.source), Finder::new(&sides.target));
        for correction in &self.corrections.lines {
            if let Err(cause) = found.take(correction, &mut finders) {
                found.remarks.push(Remark { line: correction.line, cause });
            }
        }
        let source = found.source.settle(&mut sides.source);
        let target = found.target.settle(&mut sides.target);
        let unit = |settled: &Settled| Unit {
            source: sorted(&settled.source, &source),
            target: sorted(&settled.target, &target),
            confidence: 1.0,
            reason: settled.reason,
            checked: true,
            ..Unit::default()
        };
        let units: Vec<Unit> = found.units.iter().map(unit).collect();
        for unit in &units {
            unit.source.iter().for_each(|&id| sides.source[id].aside = None);
            unit.target.iter().for_each(|&id| sides.target[id].aside = None);
        }
        let kept = units.len();
        let changed = |line: &&Correction| line.status == Status::Changed;
        let loose = self.corrections.lines.iter().filter(changed).count();
        let bitext = describe(self.aligner.align_around(sides, units));
        Mended { bitext, kept, loose, remarks: found.remarks }
    }
}

/// A unit that stays, by the numbers of its sentences among those that were taken.
struct Settled {
    source: Vec<usize>,
    target: Vec<usize>,
    reason: Option<Reason>,
}

/// What was found of the corrections.
#[derive(Default)]
struct Found {
    source: Taken,
    target: Taken,
    units: Vec<Settled>,
    remarks: Vec<Remark>,
}

impl Found {
    /// Takes the sentences of a line, all or none; the error says which is missing.
    fn take(&mut self, line: &Correction, finders: &mut (Finder<'_>, Finder<'_>)) -> Result<(), String> {
        let right = line.status == Status::Right;
        if right && line.zh_sentences.is_empty() && line.en_sentences.is_empty() {
            return Err("it does not say which sentences are meant".into());
        }
        let before = (self.source.len(), self.target.len());
        let zh = self.source.take(&line.zh_sentences, &line.zh_spans, &mut finders.0, right);
        let taken = zh.map_err(|cause| format!("its Chinese sentence {cause}")).and_then(|()| {
            let en = self.target.take(&line.en_sentences, &line.en_spans, &mut finders.1, right);
            en.map_err(|cause| format!("its English sentence {cause}"))
        });
        if let Err(cause) = taken {
            self.source.give_back(before.0);
            self.target.give_back(before.1);
            return Err(cause);
        }
        if right {
            let (source, target) = (before.0..self.source.len(), before.1..self.target.len());
            let null = source.is_empty() || target.is_empty();
            let reason = null.then(|| line.reason.unwrap_or(Reason::NoCounterpart));
            self.units.push(Settled { source: source.collect(), target: target.collect(), reason });
        }
        Ok(())
    }
}

/// Sentences of a side that corrections speak of.
#[derive(Default)]
struct Taken {
    list: Vec<TakenSentence>,
    /// The clauses that are in the list.
    clauses: HashSet<usize>,
}

struct TakenSentence {
    /// The clauses of the article that it consists of.
    clauses: Range<usize>,
    /// Its text, white space as a person has seen it.
    text: String,
    edited: Option<String>,
}

impl Taken {
    fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes the sentences of a line that stay: all of one that is right, else those whose text was changed.
    fn take(
        &mut self,
        sentences: &[CorrectedSentence],
        spans: &[Span],
        finder: &mut Finder<'_>,
        right: bool,
    ) -> Result<(), String> {
        for (k, sentence) in sentences.iter().enumerate() {
            if !right && sentence.edited.is_none() {
                continue;
            }
            let at = spans.get(k).copied().filter(|_| spans.len() == sentences.len());
            let free = |range: &Range<usize>| !range.clone().any(|id| self.clauses.contains(&id));
            let range = finder
                .find(&sentence.text, sentence.id, at, free)
                .map_err(|cause| format!("“{}” {cause}", shortened(&sentence.text)))?;
            self.clauses.extend(range.clone());
            let (text, edited) = (sentence.text.clone(), sentence.edited.clone());
            self.list.push(TakenSentence { clauses: range, text, edited });
        }
        Ok(())
    }

    fn give_back(&mut self, len: usize) {
        for sentence in self.list.drain(len..) {
            sentence.clauses.for_each(|id| {
                self.clauses.remove(&id);
            });
        }
    }

    /// Puts the clauses of each taken sentence together and gives it its new text. Returns the new index of each.
    fn settle(&self, side: &mut Vec<Placed>) -> Vec<usize> {
        let mut places = vec![0; self.list.len()];
        let mut by_start: Vec<usize> = (0..self.list.len()).collect();
        by_start.sort_by_key(|&k| self.list[k].clauses.start);
        let mut next = by_start.into_iter().peekable();
        let mut old = std::mem::take(side).into_iter().enumerate();
        let mut after_taken = false;
        while let Some((id, mut placed)) = old.next() {
            let taken = next.next_if(|&k| self.list[k].clauses.start == id);
            if let Some(k) = taken {
                let TakenSentence { clauses, text, edited } = &self.list[k];
                if clauses.len() > 1 {
                    placed.sentence.text.clone_from(text);
                }
                for _ in clauses.start + 1..clauses.end {
                    old.next()
                        .into_iter()
                        .for_each(|(_, clause)| placed.sentence.span.end = clause.sentence.span.end);
                }
                if let Some(text) = edited.as_ref().filter(|text| !text.trim().is_empty()) {
                    placed.was = Some(std::mem::replace(&mut placed.sentence.text, text.clone()));
                }
                places[k] = side.len();
            }
            if taken.is_some() || after_taken {
                placed.joint = Joint::Free;
            }
            after_taken = taken.is_some();
            side.push(placed);
        }
        places
    }
}

fn sorted(taken: &[usize], places: &[usize]) -> Vec<usize> {
    let mut ids: Vec<usize> = taken.iter().map(|&k| places[k]).collect();
    ids.sort_unstable();
    ids
}

/// Characters of a sentence that a remark shows.
const SHOWN: usize = 40;

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let line = |c: char| if c.is_control() { ' ' } else { c };
    let mut shown: String = text.chars().take(SHOWN).map(line).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
