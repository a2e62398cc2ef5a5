//! Tells HTML, Markdown and plain text apart by what stands in them.
//!
//! A page of HTML says so at its start, or nearly all of its text stands in block-level elements. Markdown is
//! told by marks that hardly occur by chance; a few `#`, `*`, `<` or `|` do not make plain text Markdown.
//! Where the name of a file says that it is Markdown, that goes unless the text is clearly something else. Looks at a
//! bounded stretch of the text.

use super::element::Role;
use super::{lines, subtitles};
use crate::article::Format;
use crate::bytes::count;

/// Bytes looked at.
const SAMPLE: usize = 256 << 10;
/// Points from which a text is Markdown; see [`Marks::points`].
const ENOUGH: usize = 3;
/// HTML as scraps may leave this much of its visible text outside block-level elements, in percent.
const OUTSIDE: usize = 10;

/// The format of a text, which is likely to be of one if its name says so.
pub(super) fn format(text: &str, likely: Option<Format>) -> Format {
    let text = &text[..super::floor_char(text, SAMPLE)];
    if begins_as_page(text) {
        return Format::Html;
    }
    match likely.unwrap_or_else(|| by_marks(text)) {
        Format::Plain => Format::Plain,
        // The tags of subtitles are those of HTML.
        _ if begins_as_subtitles(text) => Format::Plain,
        format => format,
    }
}

/// The format of a text that its marks tell.
fn by_marks(text: &str) -> Format {
    let tags = Tags::count(text);
    let marks = Marks::count(text);
    if tags.blocks > 0 && tags.outside * 100 <= tags.text * OUTSIDE && marks.points() < ENOUGH {
        return Format::Html;
    }
    let points = marks.points() + tags.points();
    if points >= ENOUGH { Format::Markdown } else { Format::Plain }
}

/// Whether a text begins with what only a whole HTML (or XML) document begins with.
fn begins_as_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    let head: String = rest.chars().take(16).map(|c| c.to_ascii_lowercase()).collect();
    let begins = ["<!doctype", "<html", "<head", "<body", "<?xml", "<title", "<meta"];
    begins.iter().any(|it| {
        head.strip_prefix(it).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// Whether a text is of subtitles from its first paragraph on, which no document that only shows some of them is.
fn begins_as_subtitles(text: &str) -> bool {
    let mut lines = lines::split(text);
    subtitles::between(text, &mut lines).is_some_and(|between| {
        let of = |k: usize| lines.get(k).is_some_and(|line| !line.is_blank());
        let first = (0..lines.len()).find(|&k| of(k)).unwrap_or(0);
        (first..lines.len()).take_while(|&k| of(k)).any(|k| between[k])
    })
}

/// The tags of a text.
#[derive(Debug, Default)]
struct Tags {
    /// Block-level elements begun.
    blocks: usize,
    /// Elements that have both tags, and those that have no end tag.
    pairs: usize,
    void: usize,
    /// Visible bytes, and those of them outside block-level elements.
    text: usize,
    outside: usize,
}

impl Tags {
    fn count(text: &str) -> Tags {
        let mut tags = Tags::default();
        let (mut at, mut depth, mut open) = (0, 0usize, 0usize);
        let mut raw: Option<&str> = None;
        // Behind a comment that never ends nothing is visible.
        let text = open_comment(text);
        let bytes = text.as_bytes();
        for start in memchr::memchr_iter(b'<', bytes) {
            if start < at {
                continue;
            }
            let Some((name, closes, end)) = tag(text, start) else { continue };
            if let Some(of) = raw {
                if !(closes && name.eq_ignore_ascii_case(of)) {
                    continue;
                }
                raw = None;
            } else {
                tags.see(&bytes[at..start], depth);
            }
            at = end;
            let lower = name.to_ascii_lowercase();
            let role = Role::of(&lower);
            if !is_known(&lower) {
                continue;
            }
            if Role::is_void(&lower) {
                tags.void += 1;
            } else if closes {
                tags.pairs += usize::from(open > 0);
                open = open.saturating_sub(1);
                depth = depth.saturating_sub(usize::from(role.is_block()));
            } else {
                open += 1;
                depth += usize::from(role.is_block());
                tags.blocks += usize::from(role.is_block());
                raw = ["script", "style"].into_iter().find(|it| *it == lower);
            }
        }
        if raw.is_none() {
            tags.see(&bytes[at..], depth);
        }
        tags
    }

    fn see(&mut self, text: &[u8], depth: usize) {
        let visible = text.len() - count(text, |b| matches!(b, b'\t' | b'\n' | 0x0C | b'\r' | b' '));
        self.text += visible;
        self.outside += if depth == 0 { visible } else { 0 };
    }

    /// Elements with both tags hardly stand in plain text, unless it is about HTML.
    fn points(&self) -> usize {
        (self.pairs + self.void).min(ENOUGH)
    }
}

/// The text up to the first comment that is not closed.
fn open_comment(text: &str) -> &str {
    let bytes = text.as_bytes();
    let last_end =
        memchr::memrchr_iter(b'>', bytes).find(|&at| bytes[..at].ends_with(b"--")).map_or(0, |at| at - 2);
    memchr::memmem::find(&bytes[last_end..], b"<!--").map_or(text, |k| &text[..last_end + k])
}

/// The name of the tag at a place, whether it is an end tag, and where it ends.
fn tag(text: &str, start: usize) -> Option<(&str, bool, usize)> {
    /// A longer tag without its end is no tag.
    const LONGEST: usize = 4096;
    let bytes = &text.as_bytes()[start..];
    if bytes.starts_with(b"<!--") {
        let end = memchr::memmem::find(bytes, b"-->")?;
        return Some(("", false, start + end + 3));
    }
    let closes = bytes.get(1) == Some(&b'/');
    let from = 1 + usize::from(closes);
    let length = bytes[from..].iter().take(16).position(|b| !b.is_ascii_alphanumeric() && *b != b'-')?;
    let name = &text[start + from..start + from + length];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !matches!(bytes[from + length], b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'>')
    {
        return None;
    }
    let window = &bytes[..bytes.len().min(LONGEST)];
    let end = memchr::memchr(b'>', window)?;
    Some((name, closes, start + end + 1))
}

/// Whether a name is an element of HTML.
fn is_known(name: &str) -> bool {
    Role::of(name) != Role::Inline
        || matches!(
            name,
            "b" | "i"
                | "em"
                | "strong"
                | "span"
                | "font"
                | "u"
                | "s"
                | "sub"
                | "del"
                | "ins"
                | "mark"
                | "q"
                | "cite"
                | "abbr"
                | "time"
                | "ruby"
                | "rb"
                | "var"
                | "tt"
                | "big"
                | "strike"
                | "label"
                | "wbr"
                | "col"
                | "area"
        )
}

/// Marks of Markdown.
#[derive(Debug, Default)]
struct Marks {
    front_matter: bool,
    /// `# Title` as the first line, and headings between empty lines further down.
    title: bool,
    headings: usize,
    underlines: usize,
    fences: usize,
    tables: usize,
    links: usize,
    definitions: usize,
    bold: usize,
    /// Code in lines, between backticks.
    spans: usize,
}

impl Marks {
    /// Points for each mark: three for what hardly occurs by chance, less for what may.
    fn points(&self) -> usize {
        usize::from(self.front_matter) * 3
            + usize::from(self.title) * 3
            + self.headings.min(2) * 2
            + self.underlines.min(2)
            + self.fences / 2 * 3
            + self.tables.min(1) * 3
            + self.links.min(2) * 2
            + self.definitions.min(1) * 3
            + self.bold.min(3)
            + self.spans.min(2)
    }

    fn count(text: &str) -> Marks {
        let mut marks =
            Marks { front_matter: super::markdown::front_matter(text).is_some(), ..Marks::default() };
        let text = text.trim_end();
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
        let mut start = 0;
        let lines = ends.map(|end| text[std::mem::replace(&mut start, end + 1)..end].trim_end());
        let mut lines = lines.peekable();
        let (mut before, mut first) = ("", true);
        while let Some(line) = lines.next() {
            // A heading has something below it.
            let next = lines.peek().copied();
            marks.line(before, line, next, first && !line.is_empty());
            first &= line.is_empty();
            before = line;
        }
        marks
    }

    fn line(&mut self, before: &str, line: &str, next: Option<&str>, first: bool) {
        let bare = line.trim_start_matches(' ');
        if bare.is_empty() || line.len() - bare.len() > 3 {
            return;
        }
        if is_heading(bare) {
            self.title |= first && next == Some("");
            self.headings += usize::from(
                before.is_empty() && (next == Some("") || next.is_some() && bare.starts_with("##")),
            );
        }
        let text_before = !before.is_empty() && before.len() < 400;
        self.underlines += usize::from(text_before && is_underline(bare));
        self.fences += usize::from(bare.starts_with("```") || bare.starts_with("~~~"));
        self.tables += usize::from(before.contains('|') && is_delimiter_row(bare));
        self.definitions += usize::from(is_definition(bare));
        if self.links < 2 {
            self.links += links(line);
        }
        if self.bold < 3 {
            self.bold += bold(line);
        }
        if self.spans < 2 {
            self.spans += spans(line);
        }
    }
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ') && rest.len() > 1
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

fn is_delimiter_row(line: &str) -> bool {
    line.contains("--")
        && line.contains('|')
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}

fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line
            .split_once("]: ")
            .is_some_and(|(label, rest)| label.len() > 1 && (rest.contains("://") || label.starts_with("[^")))
}

/// Number of `[text](address)`, two at most.
fn links(line: &str) -> usize {
    /// Longer addresses are rare, and what is longer costs too much to look through.
    const LONGEST: usize = 512;
    let Some(first) = line.find('[') else { return 0 };
    line[first..]
        .match_indices("](")
        // Text with so many of these that are no links holds none.
        .take(64)
        .filter(|(at, _)| {
            let rest = &line[first + at + 2..];
            let Some((address, _)) = rest[..super::floor_char(rest, LONGEST)].split_once(')') else {
                return false;
            };
            !address.contains(['，', '。', '['])
                && (address.contains(['/', '.', ':']) || address.starts_with('#'))
        })
        .take(2)
        .count()
}

/// Number of `**text**` with text directly inside both marks.
fn bold(line: &str) -> usize {
    marked(line, "**")
}

/// Number of `` `code` `` with text directly inside both marks. What old mail quotes `thus' has no second mark.
fn spans(line: &str) -> usize {
    marked(line, "`")
}

/// How often there is text directly inside both of two marks.
fn marked(line: &str, mark: &str) -> usize {
    if memchr::memmem::find(line.as_bytes(), mark.as_bytes()).is_none() {
        return 0;
    }
    let parts: Vec<&str> = line.split(mark).collect();
    if parts.len() < 3 {
        return 0;
    }
    let inner = parts[1..parts.len() - 1].iter().step_by(2);
    inner
        .filter(|part| !part.is_empty() && part.trim() == **part && part.chars().any(char::is_alphabetic))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        use Format::*;
        let cases = [
            ("春天来了。\n\nSpring has come.", Plain),
            ("", Plain),
            ("# 1 on the list | a < b and *stars* and <b", Plain),
            ("我们的 <口号> 是：a*b*c #1 #2\n| 一 | 二 |", Plain),
            ("- one\n- two\n1. three", Plain),
            ("Mail me <john@example.org> or <http://example.org>.", Plain),
            ("The <div> element holds others.", Plain),
            ("Title\n-----\n\nText.", Plain),
            ("# 春天\n\n春天来了。\n\nSpring has come.", Markdown),
            ("| 中文 | English |\n|---|---|\n| 春 | spring |", Markdown),
            ("春天[来了](https://example.org/a)。\n\n又[来了](/b)。", Markdown),
            ("---\ntitle: 春天\n---\n春天来了。", Markdown),
            ("```\ncode\n```\n", Markdown),
            ("春天来了。<br>\n\nSpring <b>has</b> <i>come</i>.", Markdown),
            ("<p>春天来了。</p>\n<p>Spring has come.</p>", Html),
            ("<!-- x -->\n<!DOCTYPE html><p>春天", Html),
            ("<div># 春天</div>", Html),
            ("<?xml version='1.0'?><html><body>春天", Html),
            ("[春天](https://example.org)\n------\n\n<div>春天来了。</div><p>花开了。</p>", Markdown),
            ("Use `read` to read.\n\n## 用法\n\n运行程序。", Markdown),
            ("Use `read` and then `write`, then `close`.", Plain),
            ("He left.\n\n## 2\n\nHe said `yes' and then `no'.", Plain),
        ];
        for (text, expected) in cases {
            assert_eq!(format(text, None), expected, "{text:?}");
        }
    }

    #[test]
    fn tags_in_subtitles_are_no_markdown() {
        let cue =
            |k: usize| format!("{k}\n00:00:0{k},000 --> 00:00:0{k},900\n<i>走吧。</i>\n<b>Come!</b>\n\n");
        assert_eq!(format(&(1..4).map(cue).collect::<String>(), None), Format::Plain);
        assert_eq!(format(&format!("# Cues\n\n```\n{}{}```", cue(1), cue(2)), None), Format::Markdown);
    }

    #[test]
    fn names_go_unless_the_text_says_otherwise() {
        use Format::*;
        let cues = "1\n00:00:01,000 --> 00:00:02,000\n好\n\n2\n00:00:03,000 --> 00:00:04,000\nYes.\n";
        let cases = [
            ("春天来了。\n\nSpring has come.", Markdown),
            ("* 春天\n* Spring", Markdown),
            ("<div>* 春天</div>", Markdown),
            ("<!DOCTYPE html><p>春天", Html),
            (cues, Plain),
            ("春天[来了](/a)。\n\n[10:00] 开门 [关门](/b)\n\n[12:00] 午饭", Markdown),
            (&format!("字幕：\n\n    {}", cues.replace('\n', "\n    ")), Markdown),
        ];
        for (text, expected) in cases {
            assert_eq!(format(text, Some(Markdown)), expected, "{text:?}");
        }
    }
}
