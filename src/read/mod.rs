//! Bytes to an [`Article`]: the encoding and the format are found, and the text comes out as typed blocks.
//!
//! [`read_bytes`] takes a file as it is, [`read_str`] a text. Nothing that a reader of the page would see is
//! lost: navigation and the like come out too, as blocks that say so, and a later stage decides.
//!
//! ```
//! use duizhao::{BlockKind, read};
//! let article = read::read_str("春天来了。\n\nSpring has come.", &read::Options::default());
//! assert_eq!(article.blocks.len(), 2);
//! assert_eq!(article.blocks[1].text, "Spring has come.");
//! assert_eq!(article.blocks[1].kind, BlockKind::Paragraph);
//! ```
//!
//! Time and memory are proportional to the size of the input, whatever it holds.

mod binary;
mod columns;
mod draft;
mod encoding;
mod hyphens;
mod lines;
mod plain;
mod subtitles;
mod utf16;

#[cfg(feature = "read")]
mod build;
#[cfg(feature = "read")]
mod comments;
#[cfg(feature = "read")]
mod declared;
#[cfg(feature = "read")]
mod element;
#[cfg(feature = "read")]
mod emphasis;
#[cfg(feature = "read")]
mod html;
#[cfg(feature = "read")]
mod legacy;
#[cfg(feature = "read")]
mod markdown;
#[cfg(feature = "read")]
mod parse;
#[cfg(feature = "read")]
mod parts;
#[cfg(feature = "read")]
mod regions;
#[cfg(feature = "read")]
mod settle;
#[cfg(feature = "read")]
mod sniff;
#[cfg(feature = "read")]
mod tables;
#[cfg(feature = "read")]
mod tags;

use crate::article::{Article, Format};
use crate::error::Result;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How to read. The default finds everything out by itself.
///
/// ```
/// # #[cfg(feature = "read")] {
/// use duizhao::{Format, read};
/// let options = read::Options::default().format(Format::Plain).encoding("gb18030");
/// let article = read::read_bytes(b"\xC4\xE3\xBA\xC3", &options)?;
/// assert_eq!(article.text, "你好");
/// # }
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Options {
    /// The format; by default it is told by the content.
    pub format: Option<Format>,
    /// The format of a text that does not clearly say of which it is, such as [`Options::named`] tells by a name.
    pub likely: Option<Format>,
    /// The encoding, by its WHATWG label (`utf-8`, `gb18030`, `big5`, `utf-16le`, …); by default it is found.
    pub encoding: Option<String>,
    /// CSS selector of the elements that hold the Chinese text (HTML only). Matter of that language outside
    /// them becomes [`Boilerplate`](crate::BlockKind::Boilerplate); all other matter if both selectors are given.
    pub zh_selector: Option<String>,
    /// CSS selector of the elements that hold the English text, as `zh_selector` for Chinese.
    pub en_selector: Option<String>,
    /// Bytes to read at most; what is beyond them is cut off with a notice. By default everything is read.
    pub max_bytes: Option<usize>,
}

impl Options {
    /// Reads the text as this format, whatever it looks like.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Takes note of the name of the file that is read: one that ends as files of Markdown do tells the format,
    /// unless the content is clearly of another. Other names tell nothing that the content does not tell better.
    ///
    /// ```
    /// # #[cfg(feature = "read")] {
    /// use duizhao::{Format, read};
    /// let options = read::Options::default().named("notes/README.md");
    /// assert_eq!(read::read_str("* 春天\n* Spring", &options).format, Format::Markdown);
    /// # }
    /// ```
    #[must_use]
    pub fn named(mut self, path: impl AsRef<Path>) -> Self {
        /// The ending of Markdown, and of those who put code or elements of their own into it.
        const MARKDOWN: [&str; 6] = ["md", "markdown", "mdown", "mdx", "qmd", "rmd"];
        let ending = path.as_ref().extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let markdown = MARKDOWN.iter().any(|it| ending.eq_ignore_ascii_case(it));
        self.likely = markdown.then_some(Format::Markdown);
        self
    }

    /// Decodes bytes with the encoding of this WHATWG label, whatever they look like.
    #[must_use]
    pub fn encoding(mut self, label: impl Into<String>) -> Self {
        self.encoding = Some(label.into());
        self
    }

    /// Takes the Chinese text from the elements that match this CSS selector.
    #[must_use]
    pub fn zh_selector(mut self, selector: impl Into<String>) -> Self {
        self.zh_selector = Some(selector.into());
        self
    }

    /// Takes the English text from the elements that match this CSS selector.
    #[must_use]
    pub fn en_selector(mut self, selector: impl Into<String>) -> Self {
        self.en_selector = Some(selector.into());
        self
    }

    /// Reads this many bytes at most.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    /// Checks what can be checked before reading.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) if there is no such encoding or a selector is not valid CSS.
    pub fn check(&self) -> Result<()> {
        // An encoding that does not exist cannot decode nothing either.
        encoding::decode(&[], self)?;
        #[cfg(feature = "read")]
        for selector in [&self.zh_selector, &self.en_selector].into_iter().flatten() {
            html::selector(selector)?;
        }
        Ok(())
    }
}

/// Reads an article from the bytes of a file.
///
/// # Errors
/// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the bytes are not text (a picture, a PDF, an archive),
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) if the encoding or a selector asked for does not exist.
/// Broken text is no error: it is read as far as possible, and [`Article::notices`] says what was done.
pub fn read_bytes(bytes: &[u8], options: &Options) -> Result<Article> {
    options.check()?;
    let kept = &bytes[..limit(bytes, options)];
    let decoded = encoding::decode(kept, options)?;
    let mut article = read(&decoded.text, options);
    article.encoding = decoded.encoding.into();
    article.notices.splice(0..0, decoded.notices);
    if kept.len() < bytes.len() {
        article.notices.insert(0, cut(kept.len(), bytes.len()));
    }
    Ok(article)
}

/// Reads an article from text.
///
/// Never fails; a selector that is not valid CSS is passed over with a notice ([`Options::check`] tells before).
pub fn read_str(text: &str, options: &Options) -> Article {
    let most = options.max_bytes.unwrap_or(usize::MAX);
    if text.len() <= most {
        return read(text, options);
    }
    let mut article = read(&text[..floor_char(text, most)], options);
    article.notices.insert(0, cut(most, text.len()));
    article
}

/// How many of the bytes to read: not more than asked, and no part of a UTF-8 character.
fn limit(bytes: &[u8], options: &Options) -> usize {
    let most = options.max_bytes.unwrap_or(usize::MAX);
    if most >= bytes.len() {
        return bytes.len();
    }
    let inner = |at: usize| bytes[at] & 0xC0 == 0x80;
    (most.saturating_sub(3)..=most).rev().find(|&at| !inner(at)).unwrap_or(most)
}

/// The last border of a character at or before a byte.
fn floor_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn cut(kept: usize, all: usize) -> String {
    format!("only the first {kept} of {all} bytes were read, as the limit asks")
}

#[cfg(feature = "read")]
fn read(text: &str, options: &Options) -> Article {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut article = match options.format.unwrap_or_else(|| sniff::format(text, options.likely)) {
        Format::Html => html::read(text, options),
        Format::Markdown => markdown::read(text),
        Format::Plain => read_plain(text),
    };
    if article.format != Format::Html && (options.zh_selector.is_some() || options.en_selector.is_some()) {
        article.notices.push("CSS selectors apply to HTML only; this text was not read as HTML".into());
    }
    article
}

#[cfg(not(feature = "read"))]
fn read(text: &str, options: &Options) -> Article {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut article = read_plain(text);
    let format = options.format.or(options.likely);
    if format.map_or_else(|| looks_like_html(text), |format| format != Format::Plain) {
        article
            .notices
            .push("this build reads plain text only; HTML and Markdown need the cargo feature `read`".into());
    }
    article
}

/// Whether a text begins as a page of HTML does.
#[cfg(not(feature = "read"))]
fn looks_like_html(text: &str) -> bool {
    /// How much of it is looked at, in bytes.
    const HEAD: usize = 1000;
    let head = text[..floor_char(text, HEAD)].trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<div", "<p>"].iter().any(|tag| head.starts_with(tag))
}

fn read_plain(text: &str) -> Article {
    Article {
        text: text.into(),
        format: Format::Plain,
        encoding: "UTF-8".into(),
        blocks: plain::blocks(text),
        notices: Vec::new(),
    }
}
