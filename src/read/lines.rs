//! Lines of running text: where they end, how wide they look, and which of them were broken only because
//! a line was full.
//!
//! Mail, PDF and old pages break paragraphs at a constant width. Such text gives itself away: nearly every
//! line is so full that the first word of the next one would not have fitted, and few of them end with a
//! full stop. Linear in the length of the text.

use crate::bytes::count;
use crate::language::is_han;
use std::ops::Range;

/// A line without the white space around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its bytes, without indentation, trailing white space and line end.
    pub(super) range: Range<usize>,
    /// Columns of white space before it.
    pub(super) indent: u16,
    /// Columns it takes, a Han character being two wide; capped at [`WIDEST`].
    pub(super) width: u16,
    /// Whether most of it is in wide characters.
    pub(super) wide: bool,
    /// Whether a form feed, that is a new page, stands before it.
    pub(super) new_page: bool,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.range.is_empty()
    }
}

/// Lines from this width on are paragraphs of their own: nothing is set wider than this.
pub(super) const WIDEST: usize = 240;
/// A line that takes more bytes than this is wider than [`WIDEST`] whatever it holds.
const LONGEST: usize = WIDEST * 4;
/// Widths at which text is wrapped, in columns: 30 letters or 12 full-width characters up to the widest pages.
const NARROWEST_WRAP: [usize; 2] = [30, 24];
/// Most lines of verse are shorter than this, in columns.
const WIDEST_VERSE: [usize; 2] = [40, 32];
const WIDEST_WRAP: usize = 132;
/// How far below the wrap width a full line may end: a long English word, or two Chinese characters with
/// a mark that may not begin a line.
const SLACK: [usize; 2] = [14, 6];

/// Cuts a text into lines at every line end of Unicode and at form feeds.
///
/// Of several blank lines that follow each other only one is kept: more say no more.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut new_page = false;
    for (start, end) in ends(text) {
        let line = measure(text, start..end, new_page);
        match lines.last_mut() {
            Some(last) if last.is_blank() && line.is_blank() => last.new_page |= new_page,
            _ => lines.push(line),
        }
        new_page = text.as_bytes().get(end) == Some(&0x0C);
    }
    unquote(text, &mut lines);
    lines
}

/// Takes the marks off quoted mail: `>` before several lines on end, with a space behind it (`>90%` is a number).
fn unquote(text: &str, lines: &mut [Line]) {
    /// So many lines with a mark are a quotation.
    const LEAST: usize = 3;
    /// That of Python.
    const PROMPT: &str = ">>> ";
    let quoted = |line: &Line| {
        let line = &text[line.range.clone()];
        let body = line.trim_start_matches('>');
        body.len() < line.len() && (body.is_empty() || body.starts_with(' ')) && !line.starts_with(PROMPT)
    };
    for run in lines.chunk_by_mut(|a, b| quoted(a) && quoted(b)) {
        if run.len() < LEAST {
            continue;
        }
        for line in run {
            let body = text[line.range.clone()].trim_start_matches(['>', ' ']);
            *line = measure(text, line.range.end - body.len()..line.range.end, line.new_page);
        }
    }
}

/// Where each line begins and ends.
fn ends(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let is_end = |at: usize| match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
        (b'\r', Some(b'\n'), _) => Some(2),
        (b'\n' | b'\r' | 0x0C, ..) => Some(1),
        (0xE2, Some(0x80), Some(0xA8 | 0xA9)) => Some(3),
        _ => None,
    };
    // Line feeds end nearly all lines; the next of the rarer marks is kept in mind, so that each byte is
    // looked at twice at most.
    let mut rare = 0;
    let next_rare = move |from: usize| {
        let found = memchr::memchr3_iter(b'\r', 0xE2, 0x0C, &bytes[from..]).map(|k| from + k);
        found.into_iter().find(|&at| is_end(at).is_some()).unwrap_or(bytes.len())
    };
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        if rare < start || start == 0 {
            rare = next_rare(start);
        }
        let end = memchr::memchr(b'\n', &bytes[start..rare]).map_or(rare, |k| start + k);
        next = (end < bytes.len()).then(|| end + is_end(end).unwrap_or(1));
        Some((start, end))
    })
}

/// A line that takes some bytes of a text.
pub(super) fn measure(text: &str, range: Range<usize>, new_page: bool) -> Line {
    let line = &text[range.clone()];
    let indented = line.trim_start_matches(is_blank);
    let body = indented.trim_end_matches(is_blank);
    let start = range.start + (line.len() - indented.len());
    let indent = line[..line.len() - indented.len()].chars().map(columns).sum::<usize>().min(WIDEST) as u16;
    let (width, wide) = width(body);
    Line { range: start..start + body.len(), indent, width: width as u16, wide, new_page }
}

/// White space, and the characters that are dropped anyway and would make a blank line look full.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || super::draft::is_dropped(c)
}

/// Columns that a character takes.
pub(super) fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        c if super::draft::is_dropped(c) => 0,
        c if (c as u32) < 0x2E80 => 1,
        _ => 2,
    }
}

/// Columns a text takes, and whether most of it is in wide characters.
fn width(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    if bytes.len() > LONGEST {
        return (WIDEST, true);
    }
    let inner = count(bytes, |b| b & 0xC0 == 0x80);
    let wide = count(bytes, |b| b >= 0xE3);
    // General punctuation (“ ” … —) is wide in Chinese text and narrow in English.
    let marks = count(bytes, |b| b == 0xE2);
    let is_wide = wide * 4 > bytes.len() - inner;
    let columns = bytes.len() - inner + wide + if is_wide { marks } else { 0 };
    (columns.min(WIDEST), is_wide)
}

/// For each pair of neighbouring lines, whether the break between them only ended a full line.
///
/// Lines of both scripts are judged separately: each has its own width and its own rules.
pub(super) fn wrapped(text: &str, lines: &[Line]) -> Wrapping {
    Wrapping { widths: [wrap_width(text, lines, false), wrap_width(text, lines, true)] }
}

/// How the lines of a text were wrapped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wrapping {
    /// The wrap width of narrow lines and of wide ones, where they are wrapped.
    widths: [Option<usize>; 2],
}

impl Wrapping {
    /// Whether `next` goes on with what `line` began.
    pub(super) fn joins(&self, text: &str, line: &Line, next: &Line) -> bool {
        let apart = line.is_blank() || next.is_blank() || next.indent > line.indent + 1;
        if apart || begins_item(&text[next.range.clone()]) {
            return false;
        }
        let alike = line.wide == next.wide;
        let width = if alike { self.widths[usize::from(line.wide)] } else { self.mixed_width() };
        match width {
            Some(_) if !alike && ends_sentence(&text[line.range.clone()]) => false,
            Some(width) => {
                let full = is_full(text, line, next, width) && usize::from(line.width) <= width + 2;
                full || alike && (goes_on(text, line, next) || pauses(text, line, width))
            }
            None => alike && goes_on(text, line, next),
        }
    }

    /// The width for neighbours of different scripts: a line of wrapped Chinese may consist of Latin letters.
    fn mixed_width(&self) -> Option<usize> {
        match self.widths {
            [Some(narrow), Some(wide)] => (narrow.abs_diff(wide) <= SLACK[1]).then_some(narrow.max(wide)),
            [narrow, wide] => narrow.or(wide),
        }
    }
}

/// The width at which the lines of one script are wrapped, if they are.
fn wrap_width(text: &str, lines: &[Line], wide: bool) -> Option<usize> {
    let class = usize::from(wide);
    let mut widths = [0usize; WIDEST_WRAP + 3];
    let mut pairs = Vec::new();
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let alike = line.wide == wide && next.wide == wide;
        if !alike || line.is_blank() || next.is_blank() || next.indent > line.indent + 1 {
            continue;
        }
        pairs.push((line, next));
        if let Some(count) = widths.get_mut(usize::from(line.width)) {
            *count += 1;
        }
    }
    // The width under which most lines crowd; of equal ones the widest, which leaves no line sticking out.
    let crowd = |width: usize| widths[width + 1 - SLACK[class]..=width].iter().sum::<usize>();
    let width = (NARROWEST_WRAP[class]..=WIDEST_WRAP).max_by_key(|&width| (crowd(width), width))?;
    let width = (NARROWEST_WRAP[class]..=width).rev().find(|&width| widths[width] > 0)?;
    let full: Vec<_> = pairs
        .iter()
        .filter(|(line, next)| usize::from(line.width) <= width && is_full(text, line, next, width))
        .collect();
    let of = |line: &Line| &text[line.range.clone()];
    let ended = full.iter().filter(|(line, _)| ends_sentence(of(line))).count();
    // Lines of verse begin with a capital, or end with a mark in Chinese, or are short and have none; of wrapped lines
    // one in six does.
    const MARKS: [char; 9] = ['，', '、', '；', '：', '。', '！', '？', '…', '—'];
    let verse = full.iter().filter(|(line, next)| match wide {
        true => of(line).ends_with(MARKS) || width < WIDEST_VERSE[1] && !of(line).contains(MARKS),
        false => of(next).starts_with(char::is_uppercase),
    });
    let verse = verse.count();
    let longer = pairs.iter().filter(|(line, _)| usize::from(line.width) > width + 2).count();
    let enough = full.len() >= 3 || full.len() == 2 && ended == 0;
    // Lines that are sentences of their own nearly all end with a full stop; of wrapped lines one in six does.
    let sentences = ended * 2 > full.len() || verse * 3 > full.len() * 2;
    (enough && full.len() * 2 >= pairs.len() && !sentences && longer * 10 <= pairs.len()).then_some(width)
}

/// Whether the first word of the next line would not have fitted on this one.
pub(super) fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let first = first_word(&text[next.range.clone()]);
    let space = usize::from(!line.wide);
    // A Chinese line also ends early so that no closing mark begins the next.
    let pulled = if line.wide { SLACK[1] - 2 } else { 0 };
    usize::from(line.width) + space + first + pulled > width
}

/// Columns of the first word: one Han character, or a run up to white space or a Han character.
fn first_word(text: &str) -> usize {
    let mut width = 0;
    for c in text.chars().take(WIDEST_WRAP) {
        if c.is_whitespace() || (is_wide(c) && width > 0) {
            break;
        }
        width += columns(c);
        if is_wide(c) {
            break;
        }
    }
    width
}

/// A narrow line that stops in the middle of a sentence, before a word in lower case: too few lines to know
/// a width, yet nothing else explains it.
fn goes_on(text: &str, line: &Line, next: &Line) -> bool {
    let begins_lower = text[next.range.clone()].chars().next().is_some_and(char::is_lowercase);
    let ends_open = text[line.range.clone()]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-'));
    let fits = (WIDEST_VERSE[0]..=WIDEST_WRAP).contains(&usize::from(line.width));
    !line.wide && fits && begins_lower && ends_open
}

/// Whether a wide line, not much shorter than the others, ends with a mark behind which a sentence goes on.
fn pauses(text: &str, line: &Line, width: usize) -> bool {
    line.wide && usize::from(line.width) * 3 >= width * 2 && text[line.range.clone()].ends_with(['，', '、'])
}

/// Whether a text ends with a full stop, question or exclamation mark, closing marks aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closers = ['”', '’', '"', '\'', '」', '』', '）', ')', ']', '】', '》', '*', '_'];
    text.trim_end_matches(closers).ends_with(['。', '！', '？', '!', '?', '.', '…', '．', '｡'])
}

/// Whether a line begins like an item of a list: a bullet, or a number with its mark.
pub(super) fn begins_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '‣' | '·' | '※') => true,
        Some('-' | '*' | '+' | '–' | '—') => chars.next() == Some(' '),
        Some('(' | '（') => {
            text.chars().skip(1).take_while(|c| is_numeral(*c)).count() > 0
                && matches!(text.chars().skip(1).find(|c| !is_numeral(*c)), Some(')' | '）'))
        }
        Some(c) if is_numeral(c) => {
            let digits = text.chars().take_while(|c| is_numeral(*c)).count();
            let mut rest = text.chars().skip(digits);
            digits <= 3
                && match rest.next() {
                    Some('、' | '）' | ')' | '．') => true,
                    Some('.') => rest.next() == Some(' '),
                    _ => false,
                }
        }
        Some(c) if ('①'..='⒛').contains(&c) => true,
        _ => false,
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// Whether a character is of those scripts that put no space between words and take two columns.
pub(super) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{30FF}' | '\u{31F0}'..='\u{33FF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
}

/// Whether a line break between two characters stands for no space: both are wide, or one is and the other
/// is a mark that Chinese text shares with English (“ ” … —).
pub(super) fn is_seamless(before: char, after: char) -> bool {
    let shared = |c| matches!(c, '\u{2010}'..='\u{2027}');
    is_wide(before) && (is_wide(after) || shared(after)) || shared(before) && is_wide(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_unicode_says() {
        let text = "a\nb\r\nc\rd\u{2028}e\u{2029}f\u{0C}g";
        let lines = split(text);
        let texts: Vec<_> = lines.iter().map(|line| &text[line.range.clone()]).collect();
        assert_eq!(texts, ["a", "b", "c", "d", "e", "f", "g"]);
        assert!(lines[6].new_page);
    }

    #[test]
    fn widths_are_columns() {
        for (text, expected) in [("abc", 3), ("中文", 4), ("“中文”", 8), ("“abc”", 5), ("café", 4)]
        {
            assert_eq!(width(text).0, expected, "{text}");
        }
    }

    #[test]
    fn items() {
        for text in ["- one", "1. one", "1、一", "（一）总则", "• one", "(2) two", "①甲"] {
            assert!(begins_item(text), "{text}");
        }
        for text in ["-one", "1.5 million", "2025年", "一个人", "(see", "plain"] {
            assert!(!begins_item(text), "{text}");
        }
    }
}
