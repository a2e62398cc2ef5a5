//! Subtitles and lyrics with times: SubRip, WebVTT, Advanced SubStation Alpha and LRC. Lines with times part the cues, and
//! marks stand in the text. Linear.

use super::lines::{self, Line};
use std::ops::Range;

/// What stands in a text between the cues: for each of its lines, whether it does. None if the text is of no subtitles.
///
/// Where a format has times and text on one line, the lines are cut so that the text has lines of its own.
pub(super) fn between(text: &str, lines: &mut Vec<Line>) -> Option<Vec<bool>> {
    /// So many lines with times make a text one of subtitles.
    const FEWEST: usize = 2;
    /// How long the head of a line is, and whether one without a head is about the file.
    type Heads = (fn(&str) -> usize, fn(&str) -> bool);
    let of = |line: &Line| &text[line.range.clone()];
    let are = |is: fn(&str) -> bool| lines.iter().filter(|line| is(of(line))).take(FEWEST).count() == FEWEST;
    if are(is_timing) {
        let heads = |line: &Line| is_timing(of(line)) || of(line).starts_with("WEBVTT");
        return Some(lines.iter().map(heads).collect());
    }
    let (head, is_field): Heads = if are(|line| dialogue(line) > 0) {
        (dialogue, |_| true)
    } else if are(|line| times(line) > 0) {
        (times, is_tag)
    } else {
        return None;
    };
    let (mut cut, mut between) = (Vec::with_capacity(2 * lines.len()), Vec::new());
    for line in &*lines {
        let Range { start, end } = line.range;
        let text_at = start + head(of(line));
        if text_at == start {
            cut.push(line.clone());
            between.push(is_field(of(line)));
            continue;
        }
        cut.push(lines::measure(text, start..text_at, line.new_page));
        between.push(true);
        for part in broken(text, text_at..end) {
            cut.push(lines::measure(text, part, false));
            between.push(false);
        }
    }
    *lines = cut;
    Some(between)
}

/// Whether a line tells from when to when a cue is shown: `00:00:52,300 --> 00:00:55,900`, hours left out or not.
fn is_timing(line: &str) -> bool {
    line.split_once(" --> ")
        .is_some_and(|(from, to)| is_time(from, 3) && to.split(' ').next().is_some_and(|to| is_time(to, 3)))
}

/// Whether a text is a time of at least so many numbers.
fn is_time(text: &str, numbers: usize) -> bool {
    let parts = text.split([':', '.', ',']);
    parts.clone().count() >= numbers && parts.clone().all(is_number)
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The length of what stands before the text of an event of Advanced SubStation Alpha: nine fields, two of them times.
fn dialogue(line: &str) -> usize {
    /// The ninth comma ends the fields.
    const COMMAS: usize = 9;
    let Some(fields) = line.strip_prefix("Dialogue:") else { return 0 };
    let mut times = fields.split(',').skip(1).take(2);
    let timed = times.clone().count() == 2 && times.all(|time| is_time(time.trim(), 4));
    let end = line.match_indices(',').nth(COMMAS - 1).map_or(0, |(at, _)| at + 1);
    if timed { end } else { 0 }
}

/// The parts of a text between the line breaks `\N` and `\n`.
fn broken(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), range.start);
    for at in memchr::memchr_iter(b'\\', text[range.clone()].as_bytes()).map(|at| range.start + at) {
        if at >= start && matches!(text.as_bytes().get(at + 1), Some(b'N' | b'n')) && at + 1 < range.end {
            parts.push(start..at);
            start = at + 2;
        }
    }
    parts.push(start..range.end);
    parts
}

/// The length of the times in brackets before a line of LRC: `[00:12.50]`, and several where a line is sung again.
fn times(line: &str) -> usize {
    let mut rest = line;
    while let Some((time, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if !time.contains(':') || !is_time(time, 2) {
            break;
        }
        rest = after;
    }
    line.len() - rest.len()
}

/// Whether a line of LRC tells of the song: `[ar:Name]`.
fn is_tag(line: &str) -> bool {
    let inner = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let name = inner.and_then(|inner| inner.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The runs of a line between the marks of subtitles, such as `<i>` and `{\an8}`, with their offsets; all of it if there
/// are none to be looked for.
pub(super) fn unmarked(text: &str, marks: bool) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let (start, rest) = (at, &text[at..]);
            let (end, next) = if marks { next_mark(rest) } else { (rest.len(), rest.len()) };
            at += next;
            if end > 0 {
                return Some((start, &rest[..end]));
            }
        }
        None
    })
}

/// Where the next mark of subtitles begins and ends, with the drawing that it opens; the end of the text twice if there
/// is none.
fn next_mark(text: &str) -> (usize, usize) {
    /// Longer ones, in bytes, are text.
    const LONGEST: usize = 400;
    const TAGS: [&str; 9] = ["i", "b", "u", "font", "c", "v", "ruby", "rt", "lang"];
    for (at, open) in text.match_indices(['<', '{']) {
        let rest = &text[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let name = name.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let (close, named) = match open {
            "<" => (b'>', TAGS.contains(&name)),
            _ => (b'}', rest.starts_with('\\')),
        };
        if named && let Some(end) = rest.bytes().take(LONGEST).position(|byte| byte == close) {
            let after = at + end + 2;
            let drawing = if draws(&rest[..end]) == Some(true) { drawing(&text[after..]) } else { 0 };
            return (at, after + drawing);
        }
    }
    (text.len(), text.len())
}

/// Whether what follows a mark is drawn rather than written, if the mark says so: `{\p1}` begins a drawing, at whichever
/// scale, and `{\p0}` ends it. Other marks only begin with these letters: `\pos`, `\pbo`.
fn draws(mark: &str) -> Option<bool> {
    let scales = mark.split('\\').filter_map(|tag| tag.strip_prefix('p'));
    let mut scales = scales.map(str::trim).filter(|scale| is_number(scale));
    scales.next_back().map(|scale| scale.bytes().any(|byte| byte != b'0'))
}

/// The length of the drawing that a text begins with: up to the mark that ends it, or all of the text.
fn drawing(text: &str) -> usize {
    let ends = text.match_indices('{').find(|(at, _)| {
        let mark = &text[at + 1..];
        draws(&mark[..memchr::memchr2(b'}', b'{', mark.as_bytes()).unwrap_or(mark.len())]) == Some(false)
    });
    ends.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_left_out() {
        let cases: [(&str, &[&str]); 7] = [
            (r"{\an7\p1\pos(39.5,211)}m 0 0 l 100 0 100 100 0 100{\p0}", &[]),
            (r"{\p4}m 0 0 l 9 9", &[]),
            (r"{\p1}m 0 0{\fs9}l 9 9{\p0\i1}走吧。", &["走吧。"]),
            (r"他说{\p1}m 0 0{\p0}走吧。", &["他说", "走吧。"]),
            (r"{\pos(1,2)\pbo9}走{\p0}吧。", &["走", "吧。"]),
            (r"{\p1\p0}走吧。", &["走吧。"]),
            (r"{\p1}m 0 0{{\p0}走吧。", &["走吧。"]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = unmarked(text, true).map(|(_, run)| run).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
