//! Matches each segment with the one beside it in the other language and so finds the layout: a dynamic
//! programme over the row of segments, linear in their number.

use super::paragraphs;
use super::runs::{Affinities, Joint, Page, Run, Segment};
use super::shape::Layout;
use crate::article::BlockKind;
use std::collections::HashMap;
use std::ops::Range;

/// A match counts no more than this, for or against, so that one long passage does not outvote the rest.
const MOST: f32 = 10.0;
/// What it is worth that a match has the order of the one before it, in nats.
const ORDER: f32 = 4.0;
/// Cells of one row face each other whatever they hold, unless their words speak clearly against it.
const SAME_ROW: f32 = 6.0;
/// So do a title and what stands with it in one block, even against the order of the matches before.
const TOGETHER: f32 = 5.0;

/// Places the sentences of a page and names its layout.
pub(super) fn place(page: &mut Page, affinity: &Affinities<'_>, wanted: Option<Layout>) {
    let matches = matches(page, affinity, wanted);
    let found = name(page, &matches);
    let layout = wanted.filter(|_| found != Layout::OneLanguage).unwrap_or(found);
    page.sides.stepped = !layout.is_whole();
    page.sides.agreement = agreement(&page.runs);
    page.sides.why = why(page, &matches, wanted);
    page.sides.layout = layout;
    if page.sides.stepped {
        give_steps(page, &matches, affinity);
    }
}

/// Numbers the matches and what stands alone between them.
fn give_steps(page: &mut Page, matches: &[usize], affinity: &Affinities<'_>) {
    let mut matches = matches.iter().copied().peekable();
    let mut at = 0;
    let mut step = 0.0;
    while at < page.segments.len() {
        let joined = matches.next_if_eq(&at).is_some();
        for k in at..=at + usize::from(joined) {
            let Segment { is_source, ref sentences, .. } = page.segments[k];
            for placed in page.placed_mut(is_source, &sentences.clone()) {
                (placed.at, placed.alone) = (step, !joined);
            }
        }
        if joined {
            paragraphs::place(page, at, affinity);
        }
        step += 1.0;
        at += 1 + usize::from(joined);
    }
}

fn why(page: &Page, matches: &[usize], wanted: Option<Layout>) -> String {
    if let Some(wanted) = wanted {
        return format!("asked for: {wanted}");
    }
    let zh = page.segments.iter().filter(|segment| segment.is_source).count();
    let en = page.segments.len() - zh;
    let first = matches.iter().filter(|&&k| page.segments[k].is_source).count();
    format!(
        "the language changes {} times, between {zh} Chinese and {en} English passages; {} of them match the next one, {first} with Chinese first",
        page.segments.len().saturating_sub(1),
        matches.len(),
    )
}

/// The first segment of each match, in order. Segments that two matches share are cut.
fn matches(page: &mut Page, affinity: &Affinities<'_>, wanted: Option<Layout>) -> Vec<usize> {
    let segments = &page.segments;
    if segments.len() <= 2 {
        return if segments.len() == 2 { vec![0] } else { Vec::new() };
    }
    let (passages, numbers) = in_turn(segments);
    let whole = affinity(&passages.0, &passages.1, 1);
    let value = |k: usize| -> Option<f32> {
        let (a, b) = (&segments[k], &segments[k + 1]);
        if a.is_source == b.is_source || a.row != b.row {
            return None;
        }
        let (source, target) = if a.is_source { (k, k + 1) } else { (k + 1, k) };
        let beside = match a.row {
            Some(_) => SAME_ROW,
            None if page.stand_together(a, b) => TOGETHER,
            None => 0.0,
        };
        Some(whole(numbers[source], numbers[target]).clamp(-MOST, MOST) + beside)
    };
    let values: Vec<Option<f32>> = (0..segments.len().saturating_sub(1)).map(value).collect();
    let forced = match wanted {
        Some(Layout::ParagraphsZhFirst) => Some(true),
        Some(Layout::ParagraphsEnFirst) => Some(false),
        _ => None,
    };
    let shares = if forced.is_none() { shares(page, affinity) } else { HashMap::new() };
    let first = |k: usize| segments[k].is_source;
    let bonus = |k: usize, before: Option<bool>| match forced {
        Some(source_first) if first(k) == source_first => 2.0 * ORDER,
        None if before.is_none_or(|before| before == first(k)) => ORDER,
        _ => 0.0,
    };
    let (mut matches, shared) = best(&values, &shares, first, bonus);
    // What was a segment ends where its last part does.
    let last = page.cut(shared.into_iter().map(|k| (k, shares[&k].ends)));
    matches.iter_mut().for_each(|at| *at = last[*at]);
    matches
}

/// What it is worth that a segment in more than one run faces both the segment before it and the one behind it, as where
/// a list with English first goes over to one with Chinese first.
struct Share {
    /// How well its first runs face the segment before it, and its last ones that behind it.
    values: (f32, f32),
    /// Where its first runs end, and where its last ones begin.
    ends: (usize, usize),
}

/// The segments that may be shared: those with as many runs as both their neighbours together have.
fn shares(page: &Page, affinity: &Affinities<'_>) -> HashMap<usize, Share> {
    let segments = &page.segments;
    let mut found = Vec::new();
    let mut passages = Passages::default();
    for (k, three) in (1..).zip(segments.windows(3)) {
        let [before, shared, behind] = three else { continue };
        let facing = before.is_source == behind.is_source && before.is_source != shared.is_source;
        let plain = three.iter().all(|segment| segment.row.is_none());
        let ends = (shared.runs.start + before.runs.len(), shared.runs.end.saturating_sub(behind.runs.len()));
        if !facing || !plain || ends.0 > ends.1 {
            continue;
        }
        let sentences =
            |runs: Range<usize>| page.runs[runs.start].sentences.start..page.runs[runs.end - 1].sentences.end;
        let parts = [sentences(shared.runs.start..ends.0), sentences(ends.1..shared.runs.end)];
        for (part, other) in parts.into_iter().zip([before, behind]) {
            let other = other.sentences.clone();
            let (source, target) = if shared.is_source { (part, other) } else { (other, part) };
            passages.0.push(source);
            passages.1.push(target);
        }
        found.push((k, ends));
    }
    if found.is_empty() {
        return HashMap::new();
    }
    let affinity = affinity(&passages.0, &passages.1, 0);
    let value = |at: usize| affinity(at, at).clamp(-MOST, MOST);
    let share = |(n, (k, ends))| (k, Share { values: (value(2 * n), value(2 * n + 1)), ends });
    found.into_iter().enumerate().map(share).collect()
}

/// Runs of sentences of the source, and of the target.
type Passages = (Vec<Range<usize>>, Vec<Range<usize>>);

/// The segments of both sides in turn, and the number of each on its side: those of neighbours differ by one at
/// most. Where two of one side follow each other, as do rows of a table with an empty cell, the other side has an
/// empty passage between them.
fn in_turn(segments: &[Segment]) -> (Passages, Vec<usize>) {
    let mut passages = Passages::default();
    let mut numbers = Vec::with_capacity(segments.len());
    let mut before = None;
    for segment in segments {
        let (mine, other) = match segment.is_source {
            true => (&mut passages.0, &mut passages.1),
            false => (&mut passages.1, &mut passages.0),
        };
        if before == Some(segment.is_source) {
            other.push(0..0);
        }
        before = Some(segment.is_source);
        numbers.push(mine.len());
        mine.push(segment.sentences.clone());
    }
    (passages, numbers)
}

/// The neighbours whose values sum to the most, and the segments that two matches share; all others are disjoint. The
/// `bonus` of a match depends on the order of the match before it.
fn best(
    values: &[Option<f32>],
    shares: &HashMap<usize, Share>,
    first: impl Fn(usize) -> bool,
    bonus: impl Fn(usize, Option<bool>) -> f32,
) -> (Vec<usize>, Vec<usize>) {
    // For so many segments, by the order of the last match: the best sum, and the match that it ends with, if that is
    // the last segment's, with the order before and whether it shares its first segment.
    const NONE: f32 = f32::NEG_INFINITY;
    let order = |source_first: bool| usize::from(source_first);
    let mut sums = vec![[NONE; 2]; values.len() + 2];
    let mut backs: Vec<[Option<Back>; 2]> = vec![[None; 2]; values.len() + 2];
    sums[0] = [0.0; 2];
    sums[1] = [0.0; 2];
    // The sum before a match and the order with which it is best, given how the match is worth more.
    let before = |sums: &[[f32; 2]], k: usize| -> (f32, usize) {
        let with = |o: usize| sums[k][o] + bonus(k, (k > 0).then_some(o == 1));
        if with(0) >= with(1) { (with(0), 0) } else { (with(1), 1) }
    };
    for k in 0..values.len() {
        let after = order(first(k));
        let mut here = sums[k + 1];
        let mut back = [None; 2];
        if let Some(value) = values[k] {
            let (sum, from) = before(&sums, k);
            if sum + value > here[after] {
                here[after] = sum + value;
                back[after] = Some(Back { from, shared: false });
            }
        }
        if let Some(share) = shares.get(&k).filter(|_| values[k].is_some() && values[k - 1].is_some()) {
            let (sum, from) = before(&sums, k - 1);
            let sum = sum + share.values.0 + share.values.1;
            if sum > here[after] {
                here[after] = sum;
                back[after] = Some(Back { from, shared: true });
            }
        }
        (sums[k + 2], backs[k + 2]) = (here, back);
    }
    let (mut matches, mut shared) = (Vec::new(), Vec::new());
    let mut k = values.len() + 1;
    let mut o = usize::from(sums[k][1] >= sums[k][0]);
    while k >= 2 {
        match backs[k][o] {
            Some(Back { from, shared: both }) => {
                matches.push(k - 2);
                if both {
                    matches.push(k - 3);
                    shared.push(k - 2);
                }
                (k, o) = (k - 2 - usize::from(both), from);
            }
            None => k -= 1,
        }
    }
    matches.reverse();
    shared.reverse();
    (matches, shared)
}

/// How the best matches of so many segments end.
#[derive(Clone, Copy)]
struct Back {
    /// The order of the match before.
    from: usize,
    /// Whether the first segment of the last match is shared with the one before it.
    shared: bool,
}

/// Runs of one side for one of the other, at most one: where the numbers are equal, paragraph ends fall
/// together; where one side is in one piece, they do not.
pub(super) fn agreement<'a>(runs: impl IntoIterator<Item = &'a Run>) -> f32 {
    let (mut source, mut target) = (0usize, 0usize);
    for run in runs {
        *if run.is_source { &mut source } else { &mut target } += 1;
    }
    let (few, many) = (source.min(target), source.max(target));
    if many == 0 { 0.0 } else { few as f32 / many as f32 }
}

/// From this share of the matched letters on, one match is the whole page.
const WHOLE: f32 = 0.8;
/// Paragraphs a segment from which on a page is said to come in blocks.
const BLOCK: f32 = 2.5;

fn name(page: &Page, matches: &[usize]) -> Layout {
    let letters =
        |segment: &Segment| -> usize { page.runs[segment.runs.clone()].iter().map(|run| run.letters).sum() };
    let of = |is_source: bool| {
        page.segments.iter().filter(move |s| s.is_source == is_source).map(letters).sum::<usize>()
    };
    let (source, target) = (of(true), of(false));
    if source == 0 || target == 0 {
        return Layout::OneLanguage;
    }
    let hidden = |is_source: bool| {
        let hidden = page.runs.iter().filter(|run| run.hidden && run.is_source == is_source);
        2 * hidden.map(|run| run.letters).sum::<usize>() > if is_source { source } else { target }
    };
    if hidden(true) != hidden(false) {
        return Layout::Switch;
    }
    let first_is_source = |k: usize| page.segments[k].is_source;
    let sizes: Vec<usize> =
        matches.iter().map(|&k| letters(&page.segments[k]) + letters(&page.segments[k + 1])).collect();
    let all: usize = sizes.iter().sum();
    let big = (0..matches.len()).max_by_key(|&k| sizes[k]);
    let Some(big) = big else {
        return if first_is_source(0) { Layout::BlockZhEn } else { Layout::BlockEnZh };
    };
    if sizes[big] as f32 >= WHOLE * (source + target) as f32 || all == 0 {
        return if first_is_source(matches[big]) { Layout::BlockZhEn } else { Layout::BlockEnZh };
    }
    let share =
        |test: &dyn Fn(usize) -> bool| 2 * matches.iter().filter(|&&k| test(k)).count() > matches.len();
    let run = |k: usize| &page.runs[page.segments[k].runs.start];
    let runs: usize =
        matches.iter().map(|&k| page.segments[k].runs.len() + page.segments[k + 1].runs.len()).sum();
    let is_cell = |k: usize| matches!(run(k).kind, BlockKind::TableCell { .. });
    if share(&|k| page.segments[k].row.is_some() && is_cell(k)) {
        Layout::Table
    } else if share(&|k| run(k).block == run(k + 1).block) {
        Layout::SameLine
    } else if share(&|k| run(k).kind == BlockKind::ListItem) {
        Layout::List
    } else if runs as f32 > BLOCK * (2 * matches.len()) as f32 {
        Layout::Blocks
    } else if single_sentences(page, matches) {
        Layout::Lines
    } else if share(&first_is_source) {
        Layout::ParagraphsZhFirst
    } else {
        Layout::ParagraphsEnFirst
    }
}

/// Share of matches of one sentence each from which a page is said to come in lines.
const LINES: f32 = 0.8;

fn single_sentences(page: &Page, matches: &[usize]) -> bool {
    let single = |k: usize| {
        let side = if page.segments[k].is_source { &page.sides.source } else { &page.sides.target };
        side[page.segments[k].sentences.clone()].iter().filter(|placed| placed.joint == Joint::Free).count()
            == 1
    };
    let lines = matches.iter().filter(|&&k| single(k) && single(k + 1)).count();
    lines as f32 >= LINES * matches.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_have_numbers_side_by_side() {
        let segment = |is_source: bool, at: usize| Segment {
            is_source,
            row: None,
            runs: at..at + 1,
            sentences: at..at + 1,
        };
        let sides = [true, true, true, false, true, false, false, true];
        let segments: Vec<Segment> = sides.iter().enumerate().map(|(at, &zh)| segment(zh, at)).collect();
        let (passages, numbers) = in_turn(&segments);
        for (pair, two) in segments.windows(2).zip(numbers.windows(2)) {
            assert!(pair[0].is_source == pair[1].is_source || two[0].abs_diff(two[1]) <= 1, "{pair:?}");
        }
        for (segment, number) in segments.iter().zip(numbers) {
            let side = if segment.is_source { &passages.0 } else { &passages.1 };
            assert_eq!(side[number], segment.sentences);
        }
    }
}
