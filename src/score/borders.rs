//! Marks and quotations at the borders between sentences: where one side ends a quotation or asks a
//! question, the other side mostly does so too, and sentences inside one quotation are joined more often
//! than others. One look at each text; a bead's score is a few table look-ups.

use crate::bytes::ByteSet;
use crate::language::{is_han, is_letter};

/// What stands at the border after a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Border {
    /// Whether a quotation goes on across the border.
    pub quoted: bool,
    /// Whether the sentence before it ends by closing a quotation.
    pub closes: bool,
    /// Whether the sentence after it begins by opening one.
    pub opens: bool,
    /// How the sentence before it ends.
    pub end: End,
    /// How the sentence after it begins.
    pub start: Start,
    /// Whether one of the two sentences is short.
    pub short: bool,
}

/// How a sentence begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Start {
    /// With neither of these.
    #[default]
    Fresh,
    /// With a word that points back: he, this, 他, 这.
    Pointer,
    /// With a word that goes on: and, so, 但, 于是.
    Link,
}

/// How a sentence ends, quotation marks and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum End {
    /// With a full stop.
    #[default]
    Stop,
    /// With a question mark.
    Question,
    /// With an exclamation mark.
    Exclamation,
    /// With an ellipsis, a colon, semicolon, comma or dash.
    Open,
    /// With none of these, as headings do.
    Bare,
}

/// After this many sentences without a quotation mark an open quotation counts as closed: a mark was lost.
const LOST: usize = 8;

/// The borders after each of the sentences.
pub fn borders<'a>(sentences: impl Iterator<Item = &'a str>) -> Vec<Border> {
    let mut found: Vec<Border> = Vec::new();
    let mut state = Quotes::default();
    for sentence in sentences {
        let short = is_short(sentence);
        if let Some(before) = found.last_mut() {
            before.opens = opens(sentence);
            before.start = start(sentence);
            before.short |= short;
        }
        state.read(sentence);
        let closed = sentence.trim_end().ends_with(|c| is_closing(c) || c == '"' || c == '\'');
        let closes = closed && !state.open();
        found.push(Border { quoted: state.open(), closes, end: end(sentence), short, ..Border::default() });
    }
    found
}

#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
    idle: usize,
}

impl Quotes {
    fn open(&self) -> bool {
        self.double || self.single
    }

    fn read(&mut self, sentence: &str) {
        let seen = self.read_marks(sentence);
        self.idle = if seen { 0 } else { self.idle + 1 };
        if self.idle >= LOST {
            (self.double, self.single) = (false, false);
        }
    }

    /// Goes by the quotation marks of a sentence; whether there were any.
    fn read_marks(&mut self, sentence: &str) -> bool {
        /// The bytes that can begin one.
        static MARKS: ByteSet = ByteSet::new(b"\"'`\xE2\xE3\xEF");
        let mut seen = false;
        let mut from = 0;
        while let Some(at) = MARKS.find(sentence.as_bytes(), from) {
            let mut rest = sentence[at..].chars();
            let Some(c) = rest.next() else { break };
            from = at + c.len_utf8();
            let before = || sentence[..at].chars().next_back().unwrap_or(' ');
            let next = rest.next().unwrap_or(' ');
            match c {
                '“' | '「' => self.double = true,
                '”' | '」' => self.double = false,
                '"' | '＂' => self.double = if before().is_whitespace() { true } else { !self.double },
                '‘' | '『' => self.single = true,
                '』' => self.single = false,
                '`' if next == '`' => {
                    self.double = true;
                    from += 1;
                }
                '\'' if next == '\'' => {
                    self.double = false;
                    from += 1;
                }
                // An apostrophe stands between letters; a closing mark after a word or a stop.
                '’' | '\'' if !next.is_alphanumeric() && !before().is_whitespace() => self.single = false,
                '\'' if !before().is_alphanumeric() && !next.is_whitespace() && !next.is_ascii_digit() => {
                    self.single = true
                }
                _ => continue,
            }
            seen = true;
        }
        seen
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』')
}

fn opens(sentence: &str) -> bool {
    sentence.trim_start().starts_with(['“', '‘', '「', '『', '"', '\'', '`'])
}

fn end(sentence: &str) -> End {
    let text = sentence.trim_end_matches(|c: char| {
        c.is_whitespace() || is_closing(c) || matches!(c, '"' | '\'' | ')' | '）' | ']' | '】' | '》')
    });
    match text.chars().next_back() {
        Some('.' | '。' | '．' | '｡') if !text.ends_with("..") => End::Stop,
        Some('?' | '？') => End::Question,
        Some('!' | '！') => End::Exclamation,
        Some('.' | '…' | '⋯' | ':' | '：' | ';' | '；' | ',' | '，' | '、' | '-' | '—' | '–' | '─') => {
            End::Open
        }
        _ => End::Bare,
    }
}

/// A sentence of less than so many letters is short; a Han character counts three, as English words do.
const SHORT: usize = 24;

fn is_short(sentence: &str) -> bool {
    let mut letters = 0;
    sentence.chars().all(|c| {
        letters += if is_han(c) { 3 } else { usize::from(is_letter(c)) };
        letters < SHORT
    })
}

/// Words that point back and words that go on, English and Chinese.
const POINTERS: ([&str; 17], [&str; 11]) = (
    [
        "he", "she", "it", "they", "his", "her", "their", "its", "this", "that", "these", "those", "such",
        "him", "them", "there", "here",
    ],
    ["他", "她", "它", "这", "那", "此", "其", "這", "該", "该", "牠"],
);
const LINKS: ([&str; 16], [&str; 16]) = (
    [
        "and",
        "but",
        "so",
        "then",
        "or",
        "yet",
        "thus",
        "therefore",
        "however",
        "still",
        "besides",
        "also",
        "nor",
        "because",
        "for",
        "otherwise",
    ],
    [
        "但", "可是", "然而", "于是", "於是", "所以", "因此", "而", "不过", "不過", "就", "便", "然后",
        "然後", "否则", "又",
    ],
);

fn start(sentence: &str) -> Start {
    let text = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let begins = |english: &[&str], chinese: &[&str]| match word {
        "" => chinese.iter().any(|known| text.starts_with(known)),
        _ => english.iter().any(|known| word.eq_ignore_ascii_case(known)),
    };
    if begins(&POINTERS.0, &POINTERS.1) {
        Start::Pointer
    } else if begins(&LINKS.0, &LINKS.1) {
        Start::Link
    } else {
        Start::Fresh
    }
}
