//! Plain text: paragraphs out of lines, tables out of tabs and aligned columns, page numbers set apart.
//!
//! An empty line ends a paragraph, and so does every line break, unless the lines were wrapped at a width
//! ([`lines`]). Linear in the length of the text.

use super::columns;
use super::draft::{self, Draft};
use super::lines::{self, Line, Wrapping};
use crate::article::{Block, BlockKind};

/// The blocks of a plain text, whose pieces point into it.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    drafts(text).into_iter().map(|(kind, draft)| draft.into_block(kind)).collect()
}

/// The blocks of a plain text before they are finished. Tables are counted from 0.
pub(super) fn drafts(text: &str) -> Vec<(BlockKind, Draft)> {
    let lines = lines::split(text);
    let tables = columns::find(text, &lines);
    let mut reader = Reader {
        text,
        wrapping: lines::wrapped(text, &lines),
        numbered: counts_pages(text, &lines),
        lines: &lines,
        out: Vec::new(),
    };
    let mut at = 0;
    for (table, found) in tables.into_iter().enumerate() {
        reader.prose(at, found.lines.start);
        for cell in found.cells {
            let kind = BlockKind::TableCell { table: table as u32, row: cell.row, column: cell.column };
            reader.emit(kind, cell.lines.into_iter());
        }
        at = found.lines.end;
    }
    reader.prose(at, lines.len());
    reader.out
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a [Line],
    wrapping: Wrapping,
    /// Whether bare numbers on lines of their own count up, as page numbers do.
    numbered: bool,
    out: Vec<(BlockKind, Draft)>,
}

impl Reader<'_> {
    /// Reads the lines from `from` up to `to` as paragraphs.
    fn prose(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let line = &self.lines[at];
            if line.is_blank() {
                at += 1;
            } else if self.is_page_number(at) {
                self.emit(BlockKind::Boilerplate, std::iter::once(line.range.clone()));
                at += 1;
            } else {
                at = self.paragraph(at, to);
            }
        }
    }

    /// Reads the paragraph that begins at a line; returns the line after it.
    fn paragraph(&mut self, from: usize, to: usize) -> usize {
        let mut members = vec![self.lines[from].range.clone()];
        let mut numbers = Vec::new();
        let mut last = from;
        loop {
            let next = self.next_member(last, to, &mut numbers);
            let Some(next) = next else { break };
            members.push(self.lines[next].range.clone());
            last = next;
        }
        self.emit(BlockKind::Paragraph, members.into_iter());
        // Page numbers in the middle of a paragraph follow it.
        for number in numbers {
            self.emit(BlockKind::Boilerplate, std::iter::once(self.lines[number].range.clone()));
        }
        last + 1
    }

    /// The line that goes on with what `last` began, page breaks skipped.
    fn next_member(&self, last: usize, to: usize, numbers: &mut Vec<usize>) -> Option<usize> {
        let next = last + 1;
        if next >= to {
            return None;
        }
        if !self.lines[next].is_blank() && !self.is_page_number(next) {
            return self.wrapping.joins(self.text, &self.lines[last], &self.lines[next]).then_some(next);
        }
        let mut found = Vec::new();
        let mut at = next;
        // A page break is a number and a few empty lines, not more.
        const LONGEST_PAGE_BREAK: usize = 8;
        while at < to.min(next + LONGEST_PAGE_BREAK) && (self.lines[at].is_blank() || self.is_page_number(at))
        {
            if !self.lines[at].is_blank() {
                found.push(at);
            }
            at += 1;
        }
        let line = &self.lines[last];
        let goes_on = at < to
            && (!found.is_empty() || self.lines[next..=at].iter().any(|line| line.new_page))
            && !self.lines[at].is_blank()
            && !lines::ends_sentence(&self.text[line.range.clone()])
            && self.wrapping.joins(self.text, line, &self.lines[at]);
        goes_on.then(|| {
            numbers.append(&mut found);
            at
        })
    }

    fn is_page_number(&self, at: usize) -> bool {
        match page_number(&self.text[self.lines[at].range.clone()]) {
            Some(PageNumber::Marked) => true,
            Some(PageNumber::Bare(_)) => self.numbered && self.stands_alone(at),
            None => false,
        }
    }

    fn stands_alone(&self, at: usize) -> bool {
        let apart = |line: Option<&Line>| line.is_none_or(|line| line.is_blank() || line.new_page);
        apart(at.checked_sub(1).and_then(|k| self.lines.get(k))) && apart(self.lines.get(at + 1))
    }

    /// Appends a block of parts of the text, each of them a line or a part of one.
    fn emit(&mut self, kind: BlockKind, parts: impl Iterator<Item = std::ops::Range<usize>>) {
        let mut block = Draft::default();
        for part in parts {
            join(&mut block, self.text, part);
        }
        if !block.is_empty() {
            self.out.push((kind, block));
        }
    }
}

/// Appends a line, with a space before it where its script has one.
fn join(block: &mut Draft, text: &str, part: std::ops::Range<usize>) {
    for (at, run) in draft::clean(&text[part.clone()]) {
        let start = part.start + at;
        let end_of_last = block.pieces.last().map(|piece| piece.source + piece.len);
        if let (0, Some(end), Some(before), Some(after)) =
            (at, end_of_last, block.text.chars().next_back(), run.chars().next())
        {
            // A word broken at its hyphen is one word.
            let hyphenated = before == '-' && after.is_lowercase() && ends_in_broken_word(&block.text);
            if !hyphenated && !lines::is_seamless(before, after) {
                block.push_decoded(" ", Some(crate::span::Span::new(end, start)));
            }
        }
        block.push(run, Some(start));
    }
}

fn ends_in_broken_word(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next() == Some('-') && chars.next().is_some_and(char::is_alphabetic)
}

enum PageNumber {
    /// With dashes, "第 页", "Page" or a total: nothing else looks like that.
    Marked,
    /// Digits alone, which may be a chapter, a year or a cell.
    Bare(u32),
}

fn page_number(line: &str) -> Option<PageNumber> {
    const LONGEST: usize = 32;
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '－' | '·' | '~' | ' ');
    let inner = line.trim_matches(is_dash);
    if is_number(inner) {
        let dashed = line.len() > inner.len() && line.starts_with(is_dash) && line.ends_with(is_dash);
        return if dashed {
            Some(PageNumber::Marked)
        } else {
            inner.parse().ok().map(PageNumber::Bare).filter(|_| inner == line)
        };
    }
    let chinese =
        line.strip_prefix('第').and_then(|rest| rest.split_once('页').or_else(|| rest.split_once('頁')));
    if let Some((number, rest)) = chinese {
        let rest = rest.trim_matches(|c: char| c.is_ascii_digit() || "共页頁/， ,".contains(c));
        return (is_number(number.trim()) && rest.is_empty()).then_some(PageNumber::Marked);
    }
    let english = line
        .strip_prefix("Page ")
        .or_else(|| line.strip_prefix("PAGE "))
        .or_else(|| line.strip_prefix("page "))?;
    let (number, total) =
        english.split_once(" of ").or_else(|| english.split_once('/')).unwrap_or((english, "1"));
    (is_number(number.trim()) && is_number(total.trim())).then_some(PageNumber::Marked)
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether bare numbers on lines between empty lines count up by one: then they number the pages.
fn counts_pages(text: &str, lines: &[Line]) -> bool {
    let mut last = None;
    let mut steps = 0;
    for (at, line) in lines.iter().enumerate() {
        let apart = |k: Option<usize>| {
            k.and_then(|k| lines.get(k)).is_none_or(|line| line.is_blank() || line.new_page)
        };
        if line.is_blank() || line.width > 4 || !apart(at.checked_sub(1)) || !apart(Some(at + 1)) {
            continue;
        }
        if let Some(PageNumber::Bare(number)) = page_number(&text[line.range.clone()]) {
            steps += usize::from(last.is_some_and(|last: u32| last.checked_add(1) == Some(number)));
            last = Some(number);
        }
    }
    steps >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        blocks(source).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn cases() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("an empty line ends a paragraph", "一。\n\n二。", &["一。", "二。"]),
            (
                "so does a line break",
                "First line.\nSecond line.\r\n第三行。",
                &["First line.", "Second line.", "第三行。"],
            ),
            ("indentation by full-width spaces", "　　春天来了。\n　　花开了。", &["春天来了。", "花开了。"]),
            ("marks stay", "# 1 with a | bar, a <b and *stars*", &["# 1 with a | bar, a <b and *stars*"]),
            ("numbers of the author stay", "1. First\n2. Second", &["1. First", "2. Second"]),
            ("controls go", "a\0b\u{1}c", &["abc"]),
            ("nothing", " \n\u{3000}\n\t\n", &[]),
        ];
        for (what, source, expected) in cases {
            assert_eq!(texts(source), *expected, "{what}");
        }
    }

    #[test]
    fn wrapped_english_is_joined() {
        let source = "The ferry left the harbour a little after six, when the\n\
                      fog had begun to lift and the gulls were already busy\n\
                      over the nets. Nobody on deck said a word until the\n\
                      lighthouse was well behind us.\n\
                      \n\
                      Then the captain came out.";
        assert_eq!(texts(source).len(), 2);
        assert!(texts(source)[0].contains("when the fog had"));
        assert!(texts(source)[0].ends_with("until the lighthouse was well behind us."));
    }

    #[test]
    fn wrapped_chinese_is_joined_without_spaces() {
        let source = [
            "　　渡船六点刚过便离了港，雾气才开始散去，海鸥已经在",
            "渔网上空忙碌。甲板上没有一个人开口说话，直到灯塔被远",
            "远地抛在了身后，船长才从驾驶室里走出来，点上了一支烟",
            "。",
            "　　谁也没有问他要去哪里。",
        ];
        let found = texts(&source.join("\n"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("海鸥已经在渔网上空") && found[0].ends_with("一支烟。"));
    }

    #[test]
    fn sentences_a_line_stay_apart() {
        let source = "The ferry left the harbour at six o'clock.\nNobody on the deck said a single word.\n\
                      The captain came out and lit his pipe.\nHe looked at the water for a long time.\n";
        assert_eq!(texts(source).len(), 4);
    }

    #[test]
    fn page_numbers_are_set_apart() {
        let source = "一段。\n\n- 12 -\n\n二段。\n第 13 页\nPage 3 of 9\n";
        let kinds: Vec<_> = blocks(source).into_iter().map(|block| block.kind).collect();
        use BlockKind::{Boilerplate, Paragraph};
        assert_eq!(kinds, [Paragraph, Boilerplate, Paragraph, Boilerplate, Boilerplate]);
        assert_eq!(blocks("1984\n\n一段。")[0].kind, Paragraph);
    }

    #[test]
    fn a_paragraph_goes_on_behind_a_page_break() {
        let source = "The ferry left the harbour a little after six, when the\n\
                      fog had begun to lift and the gulls were already busy\n\
                      over the nets. Nobody on deck said a word until the\n\
                      \n- 3 -\n\n\
                      lighthouse was well behind us and the captain came up.\n";
        let found = texts(source);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("until the lighthouse"));
        assert_eq!(found[1], "- 3 -");
    }
}
