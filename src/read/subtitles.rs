//! Subtitles: lines with times part the cues, and marks stand in the text. Linear.

use super::lines::Line;

/// Whether a text is of subtitles.
pub(super) fn are_in(text: &str, lines: &[Line]) -> bool {
    /// So many lines with times make it one.
    const FEWEST: usize = 2;
    lines.iter().filter(|line| is_timing(&text[line.range.clone()])).take(FEWEST).count() == FEWEST
}

/// Whether a line of subtitles stands between cues: with times, or at the head of WebVTT.
pub(super) fn is_between(line: &str) -> bool {
    is_timing(line) || line.starts_with("WEBVTT")
}

/// Whether a line tells from when to when a cue is shown: `00:00:52,300 --> 00:00:55,900`, hours left out or not.
fn is_timing(line: &str) -> bool {
    let time = |text: &str| {
        let parts = text.split([':', '.', ',']);
        parts.clone().count() >= 3
            && parts.clone().all(|part| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    line.split_once(" --> ").is_some_and(|(from, to)| time(from) && to.split(' ').next().is_some_and(time))
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

/// Where the next mark of subtitles begins and ends; the end of the text twice if there is none.
fn next_mark(text: &str) -> (usize, usize) {
    /// Longer ones, in bytes, are text.
    const LONGEST: usize = 80;
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
            return (at, at + end + 2);
        }
    }
    (text.len(), text.len())
}
