//! Plain text: paragraphs out of lines, tables out of tabs and aligned columns, page numbers set apart.
//!
//! An empty line ends a paragraph, and so does every line break, unless the lines were wrapped at a width
//! ([`lines`]). In subtitles a cue is a paragraph in each language. Linear in the length of the text.

use super::columns;
use super::draft::{self, Draft};
use super::hyphens::{self, Hyphens};
use super::lines::{self, Line, Wrapping};
use super::subtitles;
use crate::article::{Block, BlockKind};
use crate::span::Span;
use std::ops::Range;

/// The blocks of a plain text, whose pieces point into it.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    drafts(text).into_iter().map(|(kind, draft)| draft.into_block(kind)).collect()
}

/// The blocks of a plain text before they are finished. Tables are counted from 0.
pub(super) fn drafts(text: &str) -> Vec<(BlockKind, Draft)> {
    let mut lines = lines::split(text);
    let cues = subtitles::between(text, &mut lines);
    let tables = columns::find(text, &lines);
    let mut reader = Reader {
        text,
        wrapping: lines::wrapped(text, &lines),
        numbered: counts_pages(text, &lines),
        cues,
        hyphens: Hyphens::new(text, &lines),
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
    /// For each line of subtitles, whether it stands between the cues.
    cues: Option<Vec<bool>>,
    hyphens: Hyphens,
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
            } else if self.is_between_cues(at) {
                self.emit(BlockKind::Code, std::iter::once(line.range.clone()));
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
        if self.cues.is_some() {
            return self.shares_cue(last, next).then_some(next);
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

    /// Whether two lines of subtitles are one cue in one language.
    fn shares_cue(&self, last: usize, next: usize) -> bool {
        let (line, following) = (&self.lines[last], &self.lines[next]);
        let text = |line: &Line| &self.text[line.range.clone()];
        let number = |line: &Line| text(line).bytes().all(|byte| byte.is_ascii_digit());
        let begins = lines::begins_item(text(following)) || text(following).starts_with(['-', '–', '—']);
        let heads = number(following) && next + 1 < self.lines.len() && self.is_between_cues(next + 1);
        let apart = following.is_blank() || begins || heads || number(line) || self.is_between_cues(next);
        !apart && line.wide == following.wide
    }

    fn is_between_cues(&self, at: usize) -> bool {
        self.cues.as_ref().is_some_and(|between| between[at])
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
    fn emit(&mut self, kind: BlockKind, parts: impl Iterator<Item = Range<usize>>) {
        let mut block = Draft::default();
        for part in parts {
            self.join(&mut block, part);
        }
        if !block.is_empty() {
            self.out.push((kind, block));
        }
    }

    /// Appends a line, with a space before it where its script has one.
    fn join(&self, block: &mut Draft, part: Range<usize>) {
        let mut first = true;
        for (at, run) in draft::clean(&self.text[part.clone()]) {
            for (inner, run) in subtitles::unmarked(run, self.cues.is_some()) {
                let start = part.start + at + inner;
                if std::mem::take(&mut first) {
                    self.seam(block, start, run);
                }
                block.push(run, Some(start));
            }
        }
    }

    /// What stands between the lines of a block and the next, which begins with `run`.
    fn seam(&self, block: &mut Draft, start: usize, run: &str) {
        let end_of_last = block.pieces.last().map(|piece| piece.source + piece.len);
        let (Some(end), Some(before), Some(after)) =
            (end_of_last, block.text.chars().next_back(), run.chars().next())
        else {
            return;
        };
        // `micro- and nanoscale` has a space.
        let link = ["and ", "or ", "to "].iter().any(|link| run.starts_with(link));
        let left = hyphens::divided(&block.text)
            .filter(|_| after.is_alphabetic() && !lines::is_wide(after) && !link);
        let hyphen = before == '-' && after.is_lowercase();
        let goes = left.is_some_and(|left| {
            let head = &block.text[..block.text.len() - 1 - left.len()];
            hyphen && self.hyphens.goes(self.text, start, (head, left), run)
        });
        if goes {
            block.pop();
        } else if left.is_none() && !lines::is_seamless(before, after) {
            block.push_decoded(" ", Some(Span::new(end, start)));
        }
    }
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
    fn divided_words_are_put_together() {
        let source = "The validation period was from 2015 to 2020. The Nash–\n\
                      Sutcliffe efficiency of the model reached 0.87, which in-\n\
                      dicates that it performs well in all sub-basins of a well-\n\
                      known river, and it was first shown for the Qilian Moun-\n\
                      tains by the authors of this report.";
        let found = texts(source);
        assert_eq!(found.len(), 1, "{found:?}");
        for part in ["Nash–Sutcliffe", "which indicates", "a well-known", "Qilian Mountains by"] {
            assert!(found[0].contains(part), "{part}: {found:?}");
        }
        let source = "This was the first time that an open-\nsource tool of the state-of-\nthe-art was compared on \
                      micro-\nand nanoscale data by all of us in this project.";
        assert!(!texts(source).concat().contains("opensource"));
        assert!(!texts(source).concat().contains("ofthe") && !texts(source).concat().contains("microand"));
    }

    #[test]
    fn lines_of_a_cue_are_joined() {
        let source = "1\n00:00:52,300 --> 00:00:55,900\n<i>霍尔特博士 你在那里待了</i>\n十一个冬天 对吗\n\
                      Dr. Holt, you spent eleven winters\nout there, is that right?\n\n\
                      2\n00:00:58,300 --> 00:01:01,740\n-对\n- {\\an8}是的\n- Yes.\n- Right.\n\
                      3\n00:01:02,300 --> 00:01:03,740\n<Anna> 好\n";
        let found = texts(source);
        assert!(found.contains(&"霍尔特博士 你在那里待了十一个冬天 对吗".to_owned()), "{found:?}");
        assert!(found.contains(&"Dr. Holt, you spent eleven winters out there, is that right?".to_owned()));
        assert!(found.contains(&"- 是的".to_owned()) && found.contains(&"- Right.".to_owned()));
        assert!(found.contains(&"-对".to_owned()) && found.contains(&"<Anna> 好".to_owned()));
    }

    #[test]
    fn cues_on_the_line_of_their_times_are_cut_off() {
        let source = "[Events]\nFormat: Layer, Start, End, Text\n\
                      Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,我们走吧，\\N孩子。\\N{\\fs14}Come, child.\n\
                      Dialogue: 0,0:00:03.20,0:00:06.00,Default,,0,0,0,,好\\NYes, all\\nright.\n";
        let all = blocks(source);
        let spoken: Vec<_> =
            all.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.text.as_str()).collect();
        assert_eq!(spoken, ["我们走吧，孩子。", "Come, child.", "好", "Yes, all right."]);
        let source = "[ti:昨天]\n[00:01.00]昨天\n[00:01.00][01:01.00]Yesterday\n[12] see [1:30]\n";
        let kinds: Vec<_> = blocks(source).into_iter().map(|b| (b.kind == BlockKind::Code, b.text)).collect();
        let expected =
            [(true, "[ti:昨天]"), (true, "[00:01.00]"), (false, "昨天"), (true, "[00:01.00][01:01.00]")];
        assert_eq!(kinds[..4], expected.map(|(code, text)| (code, text.to_owned())));
        assert_eq!(kinds[4].1, "Yesterday [12] see [1:30]");
    }

    #[test]
    fn quoted_mail_loses_its_marks() {
        let source = "Tom wrote:\n> The goods were to be loaded by the fourteenth of May. Could\n\
                      > you please tell us what has caused the delay, and when the\n> ship is to leave?\n>\n\
                      >> Please wait.\n";
        let last = texts(source).pop();
        assert_eq!(last.as_deref(), Some("Please wait."));
        assert!(texts(source)[1].contains("Could you please tell us"));
        assert_eq!(texts("> 5 is more"), ["> 5 is more"]);
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
