//! Marks and quotations at the borders between sentences: where one side ends a quotation or asks a
//! question, the other side mostly does so too, and sentences inside one quotation are joined more often
//! than others. One look at each text; a bead's score is a few table look-ups.

/// What stands at the border after a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Border {
    /// Whether a quotation goes on across the border.
    pub quoted: bool,
    /// Whether the sentence before it ends by closing a quotation.
    pub closes: bool,
    /// Whether the sentence after it begins by opening one.
    pub opens: bool,
    /// How the sentence before it ends.
    pub end: End,
}

/// How a sentence ends, quotation marks and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
        if let Some(before) = found.last_mut() {
            before.opens = opens(sentence);
        }
        state.read(sentence);
        let closed = sentence.trim_end().ends_with(|c| is_closing(c) || c == '"' || c == '\'');
        found.push(Border {
            quoted: state.open(),
            closes: closed && !state.open(),
            opens: false,
            end: end(sentence),
        });
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
        let mut before = ' ';
        let mut seen = false;
        let mut chars = sentence.trim().chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            match c {
                '“' | '「' => self.double = true,
                '”' | '」' => self.double = false,
                '"' | '＂' => self.double = if before.is_whitespace() { true } else { !self.double },
                '‘' | '『' => self.single = true,
                '』' => self.single = false,
                '`' if next == '`' => {
                    self.double = true;
                    chars.next();
                }
                '\'' if next == '\'' => {
                    self.double = false;
                    chars.next();
                }
                // An apostrophe stands between letters; a closing mark after a word or a stop.
                '’' | '\'' if !next.is_alphanumeric() && !before.is_whitespace() => self.single = false,
                '\'' if !before.is_alphanumeric() && !next.is_whitespace() && !next.is_ascii_digit() => {
                    self.single = true
                }
                _ => {
                    before = c;
                    continue;
                }
            }
            seen = true;
            before = c;
        }
        self.idle = if seen { 0 } else { self.idle + 1 };
        if self.idle >= LOST {
            (self.double, self.single) = (false, false);
        }
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
