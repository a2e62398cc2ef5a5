//! Emphasis that CommonMark does not see in Chinese text.
//!
//! `中**“宽松”**文` is bold to its author, but CommonMark asks that marks beside punctuation have a space or
//! punctuation on their other side, and Chinese has no spaces; the asterisks stay. Here pairs of them are
//! found the way the author meant them: text follows the first and precedes the second directly, and a wide
//! character stands at one of the borders. Linear in the length of the block.

use super::build::Raw;
use super::draft::Draft;
use super::lines::is_wide;
use std::ops::Range;

/// A run of marks.
#[derive(Debug, Clone)]
struct Run {
    range: Range<usize>,
    opens: bool,
    closes: bool,
}

/// Takes the marks of emphasis that stand in pairs out of a block. `source` is what its pieces point into.
pub(super) fn strip(raw: &mut Raw, source: &str) {
    let draft = &raw.draft;
    if memchr::memchr2(b'*', b'~', draft.text.as_bytes()).is_none() {
        return;
    }
    let mut cuts = pairs(&runs(draft, source), &draft.text);
    if cuts.is_empty() {
        return;
    }
    cuts.sort_unstable_by_key(|cut| cut.start);
    let mut out = Draft::default();
    let mut from = 0;
    // For each cut where it ends, and the bytes taken out so far.
    let mut shifts = vec![(0, 0)];
    for cut in &cuts {
        out.push_part(draft, from..cut.start);
        from = cut.end;
        shifts.push((cut.end, cut.end - out.text.len()));
    }
    out.push_part(draft, from..draft.text.len());
    let moved = |at: usize| {
        let k = shifts.partition_point(|(end, _)| *end <= at).max(1);
        // Inside a cut everything moves to where it stood.
        let next = cuts.get(k - 1).map_or(at, |cut| at.min(cut.start));
        next - shifts[k - 1].1
    };
    raw.spoken = raw
        .spoken
        .drain(..)
        .map(|(range, language)| (moved(range.start)..moved(range.end), language))
        .collect();
    raw.spoken.retain(|(range, _)| !range.is_empty());
    raw.draft = out;
}

fn runs(draft: &Draft, source: &str) -> Vec<Run> {
    let text = &draft.text;
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(k) = memchr::memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + k;
        let mut end = start + 1;
        while bytes.get(end) == Some(&bytes[start]) {
            end += 1;
        }
        at = end;
        let long = end - start > 3 || bytes[start] == b'~' && end - start != 2;
        if long || is_opaque(draft, start) || is_escaped(draft, start, source) {
            continue;
        }
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let wide = |c: Option<char>| c.is_some_and(|c| is_wide(c) || matches!(c, '\u{2010}'..='\u{2027}'));
        if wide(before) || wide(after) {
            runs.push(Run { range: start..end, opens: touches(after), closes: touches(before) });
        }
    }
    runs
}

fn is_opaque(draft: &Draft, at: usize) -> bool {
    let k = draft.opaque.partition_point(|range| range.end <= at);
    draft.opaque.get(k).is_some_and(|range| range.contains(&at))
}

/// Whether a backslash, or an entity, says that the mark is meant as it is.
fn is_escaped(draft: &Draft, at: usize, source: &str) -> bool {
    let Some(k) = draft.pieces.partition_point(|piece| piece.at <= at).checked_sub(1) else { return false };
    let piece = draft.pieces[k];
    let place = piece.source + (at - piece.at);
    let bytes = source.as_bytes();
    bytes.get(place) != draft.text.as_bytes().get(at) || place > 0 && bytes[place - 1] == b'\\'
}

/// Each closing run with the last opening one of its length that is not used yet.
fn pairs(runs: &[Run], text: &str) -> Vec<Range<usize>> {
    // For each mark and length the openers that wait.
    let mut waiting: [Vec<usize>; 8] = Default::default();
    let mut cuts = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let kind = run.range.len() + if text.as_bytes()[run.range.start] == b'~' { 4 } else { 0 };
        let stack = &mut waiting[kind];
        match stack.pop().filter(|_| run.closes) {
            Some(opener) => cuts.extend([runs[opener].range.clone(), run.range.clone()]),
            None if run.opens => stack.push(at),
            None => {}
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip_text(text: &str) -> String {
        let mut raw = Raw::default();
        raw.draft.push(text, Some(0));
        strip(&mut raw, text);
        raw.draft.text
    }

    #[test]
    fn cases() {
        let cases = [
            ("中**“宽松”**文", "中“宽松”文"),
            ("中***“宽松”***文", "中“宽松”文"),
            ("中~~“宽松”~~文", "中“宽松”文"),
            ("**（一）**一，**（二）**二", "（一）一，（二）二"),
            ("3**4**5", "3**4**5"),
            ("脚注* 一个", "脚注* 一个"),
            (r"中\*“宽”\*文", r"中\*“宽”\*文"),
            ("五星****好评", "五星****好评"),
        ];
        for (text, expected) in cases {
            assert_eq!(strip_text(text), expected, "{text}");
        }
    }
}
