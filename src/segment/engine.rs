//! The walk that both languages share: a text falls into paragraphs at line breaks that end one, and in
//! each the splitter jumps from mark to mark and asks the rules of the script around it whether a sentence
//! ends there. Linear: every rule looks at no more than a bounded stretch on either side of a mark.

use super::quotes::{self, StraightQuotes};
use super::scan::{self, Mark};
use super::words::ENDINGS;
use super::{chinese, english, lines, lists};
use crate::language::{Language, is_han};
use crate::span::Span;

/// What the rules say about a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends before this byte.
    End(usize),
    /// It does not end here; look for the next mark from this byte on.
    Pass(usize),
}

/// Where the walk stands, for the rules.
pub(super) struct Context<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Where the paragraph begins.
    pub paragraph: usize,
    /// Where the sentence in work begins.
    pub start: usize,
    /// Where the paragraph ends.
    pub end: usize,
    quotes: StraightQuotes,
}

impl<'t> Context<'t> {
    /// The character before a byte, in this paragraph.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[self.paragraph..at].chars().next_back()
    }

    /// The character at a byte, in this paragraph.
    pub(super) fn after(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    /// The rest of the paragraph from a byte on.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        &self.text[at..self.end]
    }

    /// The rest of the paragraph from a byte on, but not many more than `len` bytes of it.
    pub(super) fn ahead(&self, at: usize, len: usize) -> &'t str {
        let rest = self.rest(at);
        let cut = (len..rest.len()).find(|&cut| rest.is_char_boundary(cut)).unwrap_or(rest.len());
        &rest[..cut]
    }

    /// The paragraph before a byte, but not many more than `len` bytes of it.
    pub(super) fn back(&self, at: usize, len: usize) -> &'t str {
        let before = &self.text[self.paragraph..at];
        let from = before.len().saturating_sub(len);
        let cut = (0..=from).rev().find(|&cut| before.is_char_boundary(cut)).unwrap_or(0);
        &before[cut..]
    }

    /// The sentence so far, up to a byte.
    pub(super) fn sentence(&self, at: usize) -> &'t str {
        &self.text[self.start.min(at)..at]
    }

    /// The first byte from `at` on that is not white space.
    pub(super) fn skip_space(&self, at: usize) -> usize {
        match self.text.as_bytes().get(at..self.end) {
            Some([b' ', next, ..]) if next.is_ascii_graphic() => at + 1,
            Some([next, ..]) if next.is_ascii_graphic() => at,
            _ => self.end - self.rest(at).trim_start().len(),
        }
    }

    /// Whether a straight quotation is open before a byte.
    pub(super) fn quotation_open(&mut self, at: usize) -> bool {
        self.quotes.open_at(self.text.as_bytes(), at)
    }
}

/// Appends the sentences of a text.
pub(super) fn segment(text: &str, language: Language, spans: &mut Vec<Span>) {
    lines::for_each_paragraph(text, |paragraph| {
        if language == Language::English {
            lists::for_each_item(text, paragraph, |item| sentences(text, item, spans));
        } else {
            sentences(text, paragraph, spans);
        }
    });
}

fn sentences(text: &str, paragraph: Span, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut cx = Context {
        text,
        paragraph: paragraph.start,
        start: paragraph.start,
        end: paragraph.end,
        quotes: StraightQuotes::starting_at(paragraph.start),
    };
    let mut from = cx.start;
    while let Some((at, mark, len)) = scan::next_mark(bytes, from, cx.end) {
        match judge(&mut cx, at, mark, len) {
            Verdict::Pass(next) => from = next.max(at + len),
            Verdict::End(end) => {
                push(text, cx.start, end, spans);
                cx.start = cx.skip_space(end);
                from = cx.start;
            }
        }
    }
    push(text, cx.start, cx.end, spans);
}

/// Appends a sentence without the white space around it, unless nothing is left.
fn push(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let sentence = text[start..end].trim_end();
    let lead = sentence.len() - sentence.trim_start().len();
    if lead < sentence.len() {
        spans.push(Span::new(start + lead, start + sentence.len()));
    }
}

/// Puts a mark to the rules of the script it stands in: what the marks of Chinese mean does not depend on
/// the language of the text, and those of ASCII mean what the letters before them make of them.
fn judge(cx: &mut Context<'_>, at: usize, mark: Mark, len: usize) -> Verdict {
    match mark {
        Mark::Stop | Mark::WideShout if before_han(cx, at + len) && !chinese::in_title(cx, at) => {
            Verdict::End(at + len)
        }
        Mark::Separator => Verdict::End(at + len),
        Mark::Point if in_spaced_address(cx, at, at + len) => Verdict::Pass(at + len),
        Mark::Stop | Mark::WideShout | Mark::WidePoint => chinese::judge(cx, at),
        Mark::Point | Mark::Shout | Mark::Ellipsis if after_chinese(cx, at) => chinese::judge(cx, at),
        Mark::Point | Mark::Shout => match quoted_in_chinese(cx, at + len) {
            Some(true) if mark == Mark::Point => Verdict::Pass(at + len),
            Some(_) => chinese::judge(cx, at),
            None => english::judge(cx, at),
        },
        _ => english::judge(cx, at),
    }
}

/// Whether a point between spaces stands before the last part of an address: `example . org`, as tokenised text has it.
fn in_spaced_address(cx: &Context<'_>, at: usize, stop: usize) -> bool {
    if cx.before(at) != Some(' ') || cx.after(stop) != Some(' ') {
        return false;
    }
    let rest = cx.rest(stop + 1);
    let word = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_lowercase()).len()];
    ENDINGS.has(word) && cx.text[cx.paragraph..at - 1].ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether a Han character stands directly at a byte.
fn before_han(cx: &Context<'_>, at: usize) -> bool {
    // The first bytes of the characters from U+4000 to U+9FFF, nearly all that occur.
    matches!(cx.text.as_bytes().get(at..cx.end), Some([0xE4..=0xE9, ..]))
}

/// Whether words of Chinese lead up to a quotation that closes at a byte and that Chinese goes on from: `他喊“Come on!”然后`,
/// `写着“Do not enter.”三个词`, but not `“Who is it?”她问`. None where there is no such quotation.
fn quoted_in_chinese(cx: &Context<'_>, at: usize) -> Option<bool> {
    /// Longer quotations, in bytes, are no words in a sentence.
    const REACH: usize = 200;
    let closer = cx.after(at).filter(|&c| matches!(c, '”' | '"'))?;
    let opener = if closer == '”' { '“' } else { '"' };
    // Most quotations are of English in English: no need to look back.
    if !before_han(cx, at + closer.len_utf8()) {
        return None;
    }
    let (before, _) = cx.back(at, REACH).rsplit_once(opener)?;
    Some(before.ends_with(is_han))
}

/// Whether the last letter or digit before a mark is Chinese, or none is left of it but one is right of it.
fn after_chinese(cx: &Context<'_>, at: usize) -> bool {
    /// How many characters to look back over: closing marks, spaces and the like.
    const REACH: usize = 8;
    for c in cx.text[cx.paragraph..at].chars().rev().take(REACH) {
        if c.is_ascii_alphabetic() {
            return false;
        }
        if is_han(c) || wide(c) {
            return true;
        }
        if c.is_ascii_digit() || c.is_whitespace() || c.is_ascii_punctuation() || quotes::closes(c) {
            continue;
        }
        return false;
    }
    cx.rest(at).chars().take(REACH).find(|c| c.is_alphanumeric()).is_some_and(is_han)
}

/// Marks and forms that only Chinese type uses.
fn wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF60}' | '\u{3100}'..='\u{312F}')
}
