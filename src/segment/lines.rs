//! Paragraphs out of lines. A blank line always ends a paragraph; a single line break does where lines are
//! paragraphs, headings, list items or verse, and does not where a mailer or a page layout wrapped prose.
//! Which of the two it is shows in the widths of the lines: wrapped prose fills its lines, so that the
//! first word of a line would not have fitted on the line before, and some lines begin in lower case.
//! Two passes, linear.

use super::lists;
use super::quotes;
use super::scan;
use super::words::OPEN_WORDS;
use crate::language::is_han;
use crate::span::Span;

/// Widths between which a column of wrapped prose lies, in columns of a terminal (a Han character takes two).
const COLUMN: std::ops::RangeInclusive<usize> = 40..=140;
/// Share of a block's line breaks at which the line must be full for the block to count as wrapped.
const FULL_SHARE: f32 = 0.7;
/// A sentence must run on over at least one in so many of these breaks.
const FLOWING_SHARE: usize = 4;
/// A line of Chinese may end this many columns short: a mark that must not begin a line takes its last
/// character along, and a Latin word is not divided.
const CHINESE_SLACK: usize = 4;

/// A line without the white space around it.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    /// In columns.
    width: usize,
    /// In characters.
    chars: usize,
}

/// Calls `each` with every paragraph, in order. Paragraphs are not empty and hold no blank line.
pub(super) fn for_each_paragraph(text: &str, mut each: impl FnMut(Span)) {
    let mut block: Vec<Line> = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < text.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(text.len(), |at| start + at);
        match trimmed(text, start, end) {
            Some(span) => block.push(Line { span, width: 0, chars: 0 }),
            None => {
                finish(text, &mut block, &mut each);
            }
        }
        // `\r\n` is one line break.
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    finish(text, &mut block, &mut each);
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let line = text[start..end].trim_end();
    let lead = line.len() - line.trim_start().len();
    (lead < line.len()).then(|| Span::new(start + lead, start + line.len()))
}

/// Joins the lines of a block into paragraphs and empties it.
fn finish(text: &str, block: &mut Vec<Line>, each: &mut impl FnMut(Span)) {
    if let [line] = block[..] {
        each(line.span);
    } else if let Some(&first) = block.first() {
        let shape = Shape::of(text, block);
        let mut start = first.span.start;
        for pair in block.windows(2) {
            if !shape.joins(text, pair[0], pair[1]) {
                each(Span::new(start, pair[0].span.end));
                start = pair[1].span.start;
            }
        }
        each(Span::new(start, block[block.len() - 1].span.end));
    }
    block.clear();
}

/// Characters and columns: a byte that begins a character counts one, one that begins a wide character
/// another column.
fn measure(line: &str) -> (usize, usize) {
    line.bytes().fold((0, 0), |(chars, columns), byte| {
        let begins = usize::from(byte & 0xC0 != 0x80);
        (chars + begins, columns + begins + usize::from(byte >= 0xE3))
    })
}

/// What the lines of a block have in common.
struct Shape {
    /// The widest line, in columns.
    width: usize,
    /// The longest line, in characters.
    chars: usize,
    /// Whether the block is prose wrapped at a column.
    wrapped: bool,
    /// Whether any line ends a sentence.
    stops: bool,
}

impl Shape {
    fn of(text: &str, block: &mut [Line]) -> Self {
        let mut shape = Shape { width: 0, chars: 0, wrapped: false, stops: false };
        shape.stops = block.iter().any(|line| ends_sentence(line.span.slice(text)));
        // A line of so many bytes is wider than any column: no need to measure the others.
        let longest = block.iter().map(|line| line.span.len()).max().unwrap_or(0);
        if longest > *COLUMN.end() * '中'.len_utf8() {
            return shape;
        }
        for line in block.iter_mut() {
            (line.chars, line.width) = measure(line.span.slice(text));
            shape.width = shape.width.max(line.width);
            shape.chars = shape.chars.max(line.chars);
        }
        shape.wrapped = COLUMN.contains(&shape.width) && shape.is_wrapped(text, block);
        shape
    }

    /// Whether enough lines are full, and sentences run on over enough line breaks.
    fn is_wrapped(&self, text: &str, block: &[Line]) -> bool {
        let (mut breaks, mut full, mut flowing) = (0usize, 0usize, 0usize);
        for pair in block.windows(2) {
            let (line, next) = (pair[0].span.slice(text), pair[1].span.slice(text));
            // A line that ends a sentence may be the last of its paragraph, full or not.
            if !ends_sentence(line) {
                breaks += 1;
                full += usize::from(self.is_full(text, pair[0], pair[1]));
                flowing += usize::from(flows(line, next));
            }
        }
        full as f32 >= FULL_SHARE * breaks as f32 && flowing > 0 && flowing * FLOWING_SHARE >= breaks
    }

    /// Whether the next line's first word would not have fitted on this one.
    fn is_full(&self, text: &str, line: Line, next: Line) -> bool {
        if !COLUMN.contains(&self.width) {
            return false;
        }
        let (this, following) = (line.span.slice(text), next.span.slice(text));
        if this.chars().next_back().is_some_and(is_wide) && following.chars().next().is_some_and(is_wide) {
            // Some editors count columns, some characters.
            return line.width + CHINESE_SLACK >= self.width || line.chars + CHINESE_SLACK / 2 >= self.chars;
        }
        let word = following.split_whitespace().next().unwrap_or("");
        line.width + 1 + measure(word).1 > self.width
    }

    fn joins(&self, text: &str, line: Line, next: Line) -> bool {
        let (this, following) = (line.span.slice(text), next.span.slice(text));
        if following.starts_with(never_begins_a_line) {
            return true;
        }
        let full = self.is_full(text, line, next);
        // A dash that the wrapping has put at the head of a line is no bullet.
        let dash = self.wrapped && full && following.starts_with('-') && !ends_sentence(this);
        self.carries_on(this, following, full) && (dash || !lists::begins_item(following))
    }

    fn carries_on(&self, this: &str, following: &str, full: bool) -> bool {
        if full && (self.wrapped || following.starts_with(char::is_lowercase)) {
            return true;
        }
        if is_chinese(following) || !flows(this, following) {
            return false;
        }
        // Not every page layout fills its lines: lower case behind an open line continues it, unless the
        // lines are items in lower case, none of which ends.
        self.wrapped || self.stops && !this.ends_with([':', ';', ','])
    }
}

/// Marks that no writer, but any wrapping by count, sets at the head of a line.
fn never_begins_a_line(c: char) -> bool {
    quotes::closes(c) || matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

fn is_chinese(line: &str) -> bool {
    line.chars().next().is_some_and(is_wide)
}

fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}')
}

/// Whether a sentence may run on from one line to the next, by the end of the one and the start of the other.
fn flows(line: &str, next: &str) -> bool {
    if ends_sentence(line) {
        return false;
    }
    match next.trim_start_matches(|c| quotes::opens(c) || c == '"').chars().next() {
        Some(c) if is_han(c) => {
            line.chars().next_back().is_some_and(|c| is_han(c) || matches!(c, '，' | '、'))
        }
        Some(c) => c.is_lowercase() || ends_open(line),
        None => false,
    }
}

/// Whether a line ends with a word or mark that something must follow.
fn ends_open(line: &str) -> bool {
    line.ends_with(',') || line.rsplit(char::is_whitespace).next().is_some_and(|word| OPEN_WORDS.has(word))
}

/// Whether a line ends with a mark that ends sentences, but for closing marks.
fn ends_sentence(line: &str) -> bool {
    if line.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let line = line.trim_end_matches(|c: char| quotes::closes(c) || matches!(c, '"' | '\'' | '*' | '_'));
    line.char_indices().next_back().is_some_and(|(at, _)| scan::mark_at(line.as_bytes(), at).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for_each_paragraph(text, |span| found.push(span.slice(text)));
        found
    }

    #[test]
    fn blank_lines_and_single_lines() {
        assert!(paragraphs("").is_empty());
        assert!(paragraphs(" \n\t\r\n ").is_empty());
        assert_eq!(paragraphs(" one \n\n two"), ["one", "two"]);
        assert_eq!(paragraphs("One\r\nTwo\rThree"), ["One", "Two", "Three"]);
        assert_eq!(paragraphs("标题\n第一段没有标点"), ["标题", "第一段没有标点"]);
    }

    #[test]
    fn wrapped_mail_is_joined() {
        let text = "The parcel that you asked about left the warehouse on\n\
                    Monday and should be with you by the end of the week. If\n\
                    it is late, please write to Mrs. Ellen Ashdown at the\n\
                    office in Leeds, who will look into it for you.\nKind regards\nTom";
        assert_eq!(paragraphs(text).len(), 3, "{:?}", paragraphs(text));
    }

    #[test]
    fn wrapped_chinese_is_joined() {
        let text = "春天的早晨，河边的柳树刚刚发芽，几位老人沿着小路慢慢地走着，\n\
                    他们谈论着去年的收成和今年的打算，说到高兴的地方便停下脚步笑\n\
                    起来。太阳升起来了。";
        assert_eq!(paragraphs(text).len(), 1);
    }

    #[test]
    fn verse_is_not() {
        assert_eq!(paragraphs("春江水暖鸭先知\n桃花流水鳜鱼肥\n万里长空云作伴\n一叶扁舟任我归").len(), 4);
        let english = "The river runs below the hill,\nThe mill is old, the wheel is still,\nAnd no one comes to grind.";
        assert_eq!(paragraphs(english).len(), 3);
    }

    #[test]
    fn items_are_not() {
        assert_eq!(paragraphs("tools\nseed packets\nwater, gloves").len(), 3);
        assert_eq!(paragraphs("What we need is this.\n- tools\n- seed packets").len(), 3);
    }
}
