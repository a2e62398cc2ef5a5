//! An article as it was read: typed blocks of text, each knowing where its characters stand in the source.

use crate::error::{Error, ErrorKind, Result, named};
use crate::language::Language;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A page or text after reading: its text and the blocks found in it, in reading order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Article {
    /// What spans point into: the decoded source of plain text and Markdown, the extracted text of HTML.
    pub text: String,
    /// How the text was marked up.
    pub format: Format,
    /// The encoding the bytes were in, by its WHATWG name, such as `UTF-8` or `gb18030`.
    pub encoding: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What had to be worked around while reading, as plain sentences.
    pub notices: Vec<String>,
}

/// The markup of an article. Displays as plain words; [`code`](Format::code) is the form for files and options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// No markup; an empty line, or a line break, ends a paragraph.
    #[default]
    Plain,
    /// CommonMark with tables, and with HTML in it.
    Markdown,
    /// HTML.
    Html,
}

impl Format {
    /// Every format, in the order of the type.
    pub const ALL: [Format; 3] = [Format::Plain, Format::Markdown, Format::Html];

    /// The word that stands for it in options and files, and the one that parses.
    pub fn code(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Format::Plain => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
        })
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        named(ErrorKind::Usage, "markup", text, Format::ALL, Format::code)
    }
}

/// A piece of an article that stands by itself: a paragraph, a heading, a table cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    /// What sort of block it is.
    pub kind: BlockKind,
    /// Its text with inline markup removed. Line breaks that part lines of the source stay as `\n` only
    /// where they mean something; hard-wrapped lines are joined.
    pub text: String,
    /// Where the characters of [`text`](Block::text) stand in [`Article::text`], in ascending order.
    pub pieces: Vec<Piece>,
    /// The language of the markup (`lang="zh-CN"`), if it says so below the level of the whole page.
    pub declared: Option<Language>,
    /// Share of the characters that stand inside links, 0 to 1.
    pub link_density: f32,
    /// Whether the page hides it by style or attribute (often the other half of a language switch).
    pub hidden: bool,
    /// The side on which a selector of the caller puts it; surer than anything found.
    #[serde(default)]
    pub side: Option<Language>,
}

/// The sort of a [`Block`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading of a level, 1 to 6.
    Heading(u8),
    /// Running text.
    #[default]
    Paragraph,
    /// A list item, or the term or description of a definition list.
    ListItem,
    /// A cell of a table.
    TableCell {
        /// Which table of the article, from 0.
        table: u32,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
    /// The caption of a picture or table.
    Caption,
    /// A footnote.
    Footnote,
    /// Program code, which is never a sentence: a code block of Markdown, unless it is indented prose; in HTML a
    /// `pre` that holds a `code`, `samp` or `kbd` or whose class names code (`highlight`, `language-rust`), while
    /// any other `pre` is read as plain text; and a cell of a table that is one code span.
    Code,
    /// Matter around the article that its markup gives away: navigation, share bars, footers.
    Boilerplate,
}

/// A run of characters that a block shares with the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// First byte in the block's text.
    pub at: usize,
    /// First byte in the article's text.
    pub source: usize,
    /// Bytes in the article's text; as many in the block's text, save where an entity or escape was decoded.
    pub len: usize,
}

impl Block {
    /// A block whose text stands in the article unchanged, from `start` on.
    pub fn verbatim(kind: BlockKind, text: impl Into<String>, start: usize) -> Self {
        let text = text.into();
        let pieces = vec![Piece { at: 0, source: start, len: text.len() }];
        Block { kind, text, pieces, ..Block::default() }
    }

    /// Where a span of the block's text stands in the article's text.
    ///
    /// Markup between the first and the last character is inside the span that comes back.
    pub fn locate(&self, span: Span) -> Span {
        let last = span.end.max(span.start + 1) - 1;
        let start = self.piece_at(span.start).map_or(0, |(piece, _)| inside(piece, span.start));
        let end = self.piece_at(last).map_or(start, |(piece, bytes)| {
            // A decoded entity (`&amp;`) is longer in the source than in the text: take it whole.
            if bytes == piece.len { inside(piece, last) + 1 } else { piece.source + piece.len }
        });
        if span.is_empty() { Span::new(start, start) } else { Span::new(start, end.max(start)) }
    }

    /// The piece that holds a byte of the text, and how many bytes of the text it covers.
    fn piece_at(&self, at: usize) -> Option<(Piece, usize)> {
        let k = self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?;
        let end = self.pieces.get(k + 1).map_or(self.text.len(), |next| next.at);
        Some((self.pieces[k], end - self.pieces[k].at))
    }
}

fn inside(piece: Piece, at: usize) -> usize {
    piece.source + (at - piece.at).min(piece.len)
}

/// One sentence of one side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sentence {
    /// Its text: inline markup removed, white space folded.
    pub text: String,
    /// Where it stands in the text it came from.
    pub span: Span,
    /// The block it came from, an index into [`Article::blocks`]; 0 where there are no blocks.
    pub block: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_serialised_form() {
        crate::error::check_codes(Format::ALL, Format::code);
        assert_eq!("word".parse::<Format>().unwrap_err().kind(), ErrorKind::Usage);
    }
}
