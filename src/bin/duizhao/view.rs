//! The side-by-side view: two columns for people, in as many columns as the terminal has. Han characters are
//! two columns wide. Plain text when it does not go to a terminal, coloured when it does: numbers faint, unpaired
//! sentences faint with their reason, confidences as in traffic lights.

use crate::arguments::{Color, WriteArgs};
use crate::report::steers;
use duizhao::Result;
use duizhao::corpus::{Bitext, Pair};
use std::io::{IsTerminal, Write};
use unicode_width::UnicodeWidthChar;

/// Width where there is no terminal, and bounds of what is readable.
const WIDTH: usize = 100;
const LEAST: usize = 40;
const MOST: usize = 160;
/// Share of the width that goes to Chinese, which takes fewer columns than English.
const CHINESE: f32 = 0.42;
/// Confidences from which a pair is shown as sure, and as doubtful.
const SURE: f32 = 0.9;
const DOUBTFUL: f32 = 0.6;

/// Colours and styles, as terminals number them (ECMA-48).
const FAINT: u8 = 2;
const RED: u8 = 31;
const GREEN: u8 = 32;
const YELLOW: u8 = 33;

/// How to show a bitext.
pub struct Options {
    width: usize,
    color: bool,
    unpaired: bool,
    min_confidence: f32,
}

impl Options {
    /// As asked, and as the terminal allows.
    pub fn new(write: &WriteArgs, color: Color, to_stdout: bool) -> Self {
        let terminal = to_stdout && std::io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && set("NO_COLOR").is_none() && set("TERM").is_none_or(|t| t != "dumb"),
        };
        let columns = || set("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
        let size = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = if terminal { size().or_else(columns) } else { columns() };
        Options {
            width: width.unwrap_or(WIDTH).clamp(LEAST, MOST),
            color,
            unpaired: write.unpaired,
            min_confidence: write.min_confidence,
        }
    }
}

/// Writes a bitext as rows: number, Chinese, English, confidence.
pub fn write(bitext: &Bitext, options: &Options, out: &mut dyn Write) -> Result<()> {
    let bitext = bitext.at_least(options.min_confidence);
    let digits = bitext.units.len().max(1).ilog10() as usize + 1;
    let text = options.width.saturating_sub(digits + 2 + 2 + 6);
    let zh_width = ((text as f32 * CHINESE) as usize).max(8);
    let row = Row { digits, zh: zh_width, en: text.saturating_sub(zh_width).max(8), color: options.color };
    let shown = bitext.views().filter(|pair| options.unpaired || pair.reason().is_none());
    for (pair, number) in shown.zip(1..) {
        row.write(number, &pair, out)?;
    }
    Ok(())
}

struct Row {
    digits: usize,
    zh: usize,
    en: usize,
    color: bool,
}

impl Row {
    fn write(&self, number: usize, pair: &Pair<'_>, out: &mut dyn Write) -> Result<()> {
        let (zh, mut en) = (wrap(&pair.zh(), self.zh), wrap(&pair.en(), self.en));
        let mut zh = zh;
        if let Some(reason) = pair.reason() {
            // An unpaired sentence shows its reason on the side that it lacks.
            let why = wrap(&format!("[{reason}]"), if zh.is_empty() { self.zh } else { self.en });
            if zh.is_empty() { zh = why } else { en = why }
        }
        for k in 0..zh.len().max(en.len()) {
            let side = |lines: &[String]| lines.get(k).cloned().unwrap_or_default();
            let (left, right) = (side(&zh), side(&en));
            let label = if k == 0 { number.to_string() } else { String::new() };
            let label = self.paint(FAINT, format!("{label:>digits$}", digits = self.digits));
            let gap = " ".repeat(self.zh.saturating_sub(width(&left)));
            let texts = format!("{left}{gap}  {right}");
            let mut line = match pair.reason() {
                Some(_) => format!("{label}  {}", self.paint(FAINT, texts.trim_end().to_owned())),
                None => format!("{label}  {texts}"),
            };
            if k == 0 && pair.reason().is_none() {
                let pad = " ".repeat(self.en.saturating_sub(width(&right)));
                line = format!("{line}{pad}  {}", self.confidence(pair.confidence()));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn confidence(&self, confidence: f32) -> String {
        let number = format!("{:>3.0}%", confidence * 100.0);
        let color = match confidence {
            sure if sure >= SURE => GREEN,
            doubtful if doubtful >= DOUBTFUL => YELLOW,
            _ => RED,
        };
        self.paint(color, number)
    }

    /// A text in a colour of the terminal, if colours are wanted.
    fn paint(&self, color: u8, text: String) -> String {
        if self.color && !text.trim().is_empty() { format!("\u{1B}[{color}m{text}\u{1B}[0m") } else { text }
    }
}

/// Columns that a text takes in a terminal.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Breaks a text into lines: between words, and beside any wide character but where a closing mark would
/// begin a line or an opening one end it.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let visible = width(piece.trim_end());
        if used > 0 && used + visible > columns {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        for c in piece.chars() {
            let wide = c.width().unwrap_or(0);
            // A word longer than a line is broken anywhere.
            if used + wide > columns && !c.is_whitespace() && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += wide;
        }
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces of a text that stay on one line, each with the spaces after it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let c = if c == '\n' || c == '\t' { ' ' } else { c };
        if steers(c) {
            continue;
        }
        let breaks = match (last.is_whitespace(), c.is_whitespace()) {
            (_, true) => false,
            (true, false) => true,
            (false, false) => (wide(last) || wide(c)) && !closes(c) && !opens(last),
        };
        match pieces.last_mut().filter(|_| !breaks) {
            Some(piece) => piece.push(c),
            None => pieces.push(c.to_string()),
        }
        last = c;
    }
    pieces
}

fn wide(c: char) -> bool {
    c.width() == Some(2)
}

fn closes(c: char) -> bool {
    "，。、；：？！）》〉」』】〕…—”’%,.;:?!)]}".contains(c)
}

fn opens(c: char) -> bool {
    "（《〈「『【〔“‘([{".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked() {
        let text = "他说：“茶凉了。”The tea has gone cold, incomprehensibly，再添一点水吧！";
        for columns in 4..40 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            let joined: String = lines.concat();
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(bare(&joined), bare(text));
        }
    }

    #[test]
    fn marks_stay_with_their_words() {
        assert_eq!(wrap("茶凉了。再添水。", 7), ["茶凉", "了。再", "添水。"]);
        assert_eq!(wrap("Add a little water.", 8), ["Add a", "little", "water."]);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(wrap("a\u{1B}[31mb\u{202E}c\u{7}", 20), ["a[31mbc"]);
    }
}
