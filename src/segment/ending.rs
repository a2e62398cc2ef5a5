//! Reads what makes up the end of a sentence in Latin type: the marks themselves, spaced out or repeated,
//! and what belongs to them behind: closing quotation marks and brackets, attached or not, notes (`[3]`),
//! emoticons. Then what follows, for the rules to judge. Looks at a bounded stretch of text.

use super::engine::Context;
use super::scan::{self, Mark};
use super::words::STARTERS;
use super::{lists, quotes};
use crate::language::is_han;

/// The marks at the end of what may be a sentence, and what closes behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// The first mark.
    pub at: usize,
    /// Behind the last mark and all that closes.
    pub end: usize,
    /// Points; an ellipsis counts three.
    pub points: usize,
    /// Exclamation and question marks.
    pub shouts: usize,
    /// Whether every point but the first has a space before it.
    pub spaced: bool,
    /// Whether a quotation closes behind the marks.
    pub quotation: bool,
    /// Whether a bracket closes behind the marks.
    pub bracket: bool,
    /// Whether another mark stands behind what closes: `(etc.).`
    pub sealed: bool,
}

/// Longest note mark that is looked for, in bytes.
const MAX_NOTE: usize = 24;

impl Ending {
    /// Reads the ending that begins with the mark at `at`.
    pub(super) fn read(cx: &mut Context<'_>, at: usize) -> Self {
        let mut ending = Ending {
            at,
            end: at,
            points: 0,
            shouts: 0,
            spaced: true,
            quotation: false,
            bracket: false,
            sealed: false,
        };
        // By far the most common: one mark, one space, a word.
        if let [mark @ (b'.' | b'!' | b'?'), b' ', next, ..] = cx.rest(at).as_bytes()
            && next.is_ascii_alphabetic()
        {
            ending.end = at + 1;
            ending.count(if *mark == b'.' { Mark::Point } else { Mark::Shout });
            return ending;
        }
        ending.marks(cx);
        ending.attached(cx);
        while ending.detached(cx) {
            ending.attached(cx);
        }
        ending
    }

    fn marks(&mut self, cx: &Context<'_>) {
        let bytes = cx.text.as_bytes();
        while self.end < cx.end {
            if let Some((mark, len)) = scan::mark_at(bytes, self.end) {
                self.spaced &= self.end == self.at;
                self.count(mark);
                self.end += len;
            } else if let Some(len) = spaced_mark(cx, self.end) {
                let spaced = self.spaced;
                self.end += 1;
                self.count(scan::mark_at(bytes, self.end).map_or(Mark::Point, |(mark, _)| mark));
                self.end += len;
                self.spaced = spaced;
            } else {
                break;
            }
        }
    }

    fn count(&mut self, mark: Mark) {
        match mark {
            Mark::Ellipsis => self.points += 3,
            Mark::Shout | Mark::WideShout => self.shouts += 1,
            _ => self.points += 1,
        }
    }

    /// A mark behind what closes: a second point is no ellipsis.
    fn seal(&mut self, mark: Mark) {
        self.sealed = true;
        match mark {
            Mark::Shout | Mark::WideShout => self.shouts += 1,
            _ => self.points = self.points.max(1),
        }
    }

    /// Closing marks that stand directly behind.
    fn attached(&mut self, cx: &mut Context<'_>) {
        while let Some(c) = cx.after(self.end) {
            let behind = self.end + c.len_utf8();
            let next = cx.after(behind);
            let free = next.is_none_or(|c| !c.is_alphanumeric());
            let spaced = next.is_none_or(char::is_whitespace);
            match c {
                // One quotation closes and the next opens, though there is no space between them.
                '"' if !free && cx.text.as_bytes()[..self.end].ends_with(b"\"") => return,
                '"' if free || cx.quotation_open(self.end) => self.quotation = true,
                '\'' if free => self.quotation = true,
                '“' | '‘' if spaced => self.quotation = true,
                '*' | '_' => {
                    let behind = self.end + emphasis(cx.rest(self.end));
                    if cx.after(behind).is_some_and(|c| !c.is_whitespace()) {
                        return;
                    }
                    self.end = behind;
                    continue;
                }
                '[' => match note(cx, self.end) {
                    Some(end) => {
                        self.end = end;
                        continue;
                    }
                    None => return,
                },
                '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' => {}
                _ if quotes::closes_quotation(c) => self.quotation = true,
                _ if quotes::closes_bracket(c) => self.bracket = true,
                _ if is_emoji(c) => {}
                _ => match scan::mark_at(cx.text.as_bytes(), self.end) {
                    Some((mark, _)) if mark != Mark::Separator => self.seal(mark),
                    _ => return,
                },
            }
            self.end = behind;
        }
    }

    /// Closing marks that stand behind a space: typed so, or by a tokeniser. Returns whether there is one.
    fn detached(&mut self, cx: &mut Context<'_>) -> bool {
        let at = cx.skip_space(self.end);
        if at == self.end {
            return false;
        }
        let Some(c) = cx.after(at) else { return false };
        let rest = cx.rest(at);
        let behind = at + c.len_utf8();
        let spaced = cx.after(behind).is_none_or(|c| c.is_whitespace() || quotes::closes(c) || c == '.');
        let end = match c {
            '"' if spaced && cx.quotation_open(at) => behind,
            '\'' if rest.starts_with("''") => at + 2,
            '’' if !spaced => return false,
            '[' if !cx.sentence(at).starts_with('[') => match note(cx, at) {
                Some(end) => end,
                None => return false,
            },
            _ if quotes::closes_quotation(c) => behind,
            _ if quotes::closes_bracket(c) => behind,
            _ if is_emoji(c) => behind,
            _ => match emoticon(rest) {
                Some(len) => at + len,
                None => return false,
            },
        };
        self.quotation |= quotes::closes_quotation(c) || matches!(c, '"' | '\'');
        self.bracket |= quotes::closes_bracket(c);
        self.end = end;
        true
    }
}

/// The length of a mark that stands behind one space and belongs to the marks before it: what follows it
/// is neither a letter nor a digit (`. . .` but not `. .NET`).
fn spaced_mark(cx: &Context<'_>, space: usize) -> Option<usize> {
    if cx.text.as_bytes()[space] != b' ' || space + 1 >= cx.end {
        return None;
    }
    let (mark, len) = scan::mark_at(cx.text.as_bytes(), space + 1)?;
    let behind = cx.after(space + 1 + len);
    (mark != Mark::Separator && behind.is_none_or(|c| !c.is_alphanumeric())).then_some(len)
}

/// The end of a note mark that begins at `at`: `[1]`, `[2, 3]`, `[4–6]`, `[a]`, `[citation needed]`.
fn note(cx: &Context<'_>, at: usize) -> Option<usize> {
    let rest = cx.rest(at).strip_prefix('[')?;
    let close = rest.bytes().take(MAX_NOTE).position(|byte| byte == b']')?;
    let inner = rest.get(..close)?;
    let numbers = inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-' | '–' | ';'));
    let letter = inner.len() == 1 && inner.starts_with(|c: char| c.is_ascii_lowercase());
    let words = matches!(inner, "citation needed" | "clarification needed" | "who?" | "when?" | "sic");
    let named = inner.strip_prefix("note ").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    (numbers || letter || words || named).then_some(at + 1 + close + 1)
}

/// The length of a run of `*` or `_`, which close a stretch of Markdown.
fn emphasis(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count()
}

/// The end of bare note numbers behind the end of a sentence (`so.3,4 Then`), where it is followed by the
/// next sentence. A single number must stand directly behind the mark.
pub(super) fn note_numbers(cx: &Context<'_>, end: usize) -> Option<usize> {
    const MAX_DIGITS: usize = 3;
    let at = cx.skip_space(end);
    if !cx.after(at).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let list = cx.ahead(at, MAX_NOTE);
    let len = list.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-')).count();
    let parts = list[..len].split([',', '-']);
    let numbers = parts.clone().count();
    let small = parts.clone().all(|part| (1..=MAX_DIGITS).contains(&part.len()));
    let thousands = parts.clone().skip(1).all(|part| part.len() == MAX_DIGITS);
    let fits = small && (numbers == 1 && at == end || numbers > 1 && !thousands);
    let behind = at + len;
    let next = cx.skip_space(behind);
    let follows = next > behind && cx.after(next).is_some_and(|c| c.is_uppercase() || quotes::opens(c));
    (fits && follows).then_some(behind)
}

/// The length of an emoticon at the head of a text: `:)`, `;-)`, `:D`, `<3`.
fn emoticon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let eyes = match bytes.first()? {
        b':' | b';' | b'=' => 1,
        b'<' if bytes.get(1) == Some(&b'3') => 0,
        _ => return None,
    };
    let nose = usize::from(eyes == 1 && matches!(bytes.get(1), Some(b'-' | b'\'')));
    let from = if eyes == 0 { 1 } else { eyes + nose };
    let mouth = bytes[from..]
        .iter()
        .take_while(|byte| {
            matches!(
                byte,
                b')' | b'(' | b']' | b'D' | b'P' | b'p' | b'/' | b'\\' | b'|' | b'*' | b'3' | b'o' | b'O'
            )
        })
        .count();
    let len = from + mouth;
    (mouth > 0 && text[len..].chars().next().is_none_or(char::is_whitespace)).then_some(len)
}

/// Pictures that close a sentence as a mark would.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{26FF}' | '\u{2764}' | '\u{FE0F}' | '\u{200D}')
}

/// What sort of thing follows an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in lower case.
    Lower,
    /// A word with a capital, or in a script without case.
    Capital,
    /// A single capital with a point.
    Initial,
    /// A number or an amount.
    Digit,
    /// A Chinese character or mark.
    Han,
    /// The marker of a list item.
    Bullet,
    /// Anything else, which carries the sentence on.
    Mark,
}

/// What follows an ending.
#[derive(Debug, Clone, Copy)]
pub(super) struct Right<'t> {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The word, or nothing.
    pub word: &'t str,
    /// Where the word begins.
    pub at: usize,
    /// Whether white space stands between.
    pub gap: bool,
    /// Whether a quotation opens before the word.
    pub quotation: bool,
    /// Whether a bracket opens before the word.
    pub bracket: bool,
    /// Whether a dash stands before the word.
    pub dash: bool,
}

impl<'t> Right<'t> {
    /// Reads what follows byte `end`.
    pub(super) fn read(cx: &Context<'t>, end: usize) -> Self {
        /// How many dashes and opening marks may stand before the word.
        const MAX_LEAD: usize = 8;
        let mut at = cx.skip_space(end);
        let gap = at > end;
        let mut right =
            Right { kind: Kind::Mark, word: "", at, gap, quotation: false, bracket: false, dash: false };
        if cx.after(at).is_some_and(lists::is_bullet) {
            right.kind = Kind::Bullet;
            return right;
        }
        for _ in 0..MAX_LEAD {
            let Some(c) = cx.after(at) else { break };
            match c {
                '(' | '[' | '{' | '（' | '【' | '［' => right.bracket = true,
                '–' | '—' | '―' | '─' => right.dash = true,
                '-' if gap || cx.rest(at).starts_with("--") || right.dash => right.dash = true,
                '"' | '\'' => right.quotation = true,
                '*' | '_' | '#' if gap => {}
                _ if quotes::opens(c) => right.quotation = true,
                _ => break,
            }
            at = cx.skip_space(at + c.len_utf8());
        }
        right.at = at;
        right.word = word_at(cx.text, at, cx.end);
        right.kind = kind_of(cx, at, right.word);
        right
    }

    /// Whether it is a word that has a capital only because a sentence begins with it.
    pub(super) fn is_starter(&self) -> bool {
        /// Shorter words in capitals are rather acronyms (`IT`, `US`).
        const MIN_CAPITALS: usize = 3;
        let capitals = self.word.chars().nth(1).is_some_and(char::is_uppercase);
        self.kind == Kind::Capital
            && STARTERS.has(self.word)
            && (!capitals || self.word.len() >= MIN_CAPITALS && self.word != "WHO")
    }
}

fn kind_of(cx: &Context<'_>, at: usize, word: &str) -> Kind {
    let Some(c) = cx.after(at) else { return Kind::Mark };
    let behind = cx.after(at + word.len());
    match c {
        _ if c.is_lowercase() => Kind::Lower,
        _ if c.is_uppercase() && word.len() == c.len_utf8() && behind == Some('.') => Kind::Initial,
        _ if is_han(c) => Kind::Han,
        '\u{3001}' | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' => Kind::Mark,
        '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}' => Kind::Han,
        '$' | '£' | '€' | '¥' => Kind::Digit,
        '@' | '<' => Kind::Capital,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphabetic() || matches!(c, '|' | '~') => Kind::Capital,
        _ if c.is_ascii_punctuation() || matches!(c, '·' | '’' | '°' | '×' | '…') => Kind::Mark,
        // Arrows, stars and other signs that head a line or a sentence.
        _ => Kind::Capital,
    }
}

/// The word at a byte: letters, digits and apostrophes.
pub(super) fn word_at(text: &str, at: usize, end: usize) -> &str {
    /// Longer words are in no set; bounds the look-ahead.
    const MAX_CHARS: usize = 32;
    let rest = &text[at..end];
    let ascii = rest.bytes().take(MAX_CHARS).take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(ascii).is_none_or(|&byte| byte.is_ascii() && byte != b'\'') {
        return &rest[..ascii];
    }
    let len: usize = rest
        .chars()
        .take(MAX_CHARS)
        .take_while(|&c| (c.is_alphanumeric() && !is_han(c)) || matches!(c, '\'' | '’'))
        .map(char::len_utf8)
        .sum();
    &rest[..len]
}

/// The word before a byte: letters, digits and points, as far back as `from`.
pub(super) fn word_before(text: &str, from: usize, at: usize) -> &str {
    /// Longer words are in no table; bounds the look-back.
    const MAX_CHARS: usize = 32;
    let before = &text[from.min(at)..at];
    let ascii = before.bytes().rev().take(MAX_CHARS).take_while(u8::is_ascii_alphanumeric).count();
    if before.as_bytes().iter().nth_back(ascii) == Some(&b' ') {
        return &before[before.len() - ascii..];
    }
    let len: usize = before
        .chars()
        .rev()
        .take(MAX_CHARS)
        .take_while(|&c| (c.is_alphanumeric() && !is_han(c)) || matches!(c, '.' | '\'' | '’' | '№' | '°'))
        .map(char::len_utf8)
        .sum();
    before[before.len() - len..].trim_start_matches(['.', '\'', '’'])
}
