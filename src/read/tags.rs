//! The HTML inside Markdown: tags, text and entities with their places in the source, told to the builder.
//!
//! A tree parser would lose the places, and Markdown holds only scraps of HTML, cut off at empty lines. So
//! the scraps are read as they come: an end tag closes the innermost element of its name, and elements whose
//! end tags may be left out close each other. Linear in the length of the scraps.

use super::build::Builder;
use super::comments;
use super::element::{Element, Role};
use crate::span::Span;
use html5ever::data::NAMED_ENTITIES;
use std::borrow::Cow;

/// A scrap of HTML out of lines that need not follow each other in the source (in quotations and lists).
#[derive(Debug, Default)]
pub(super) struct Scrap {
    text: String,
    /// Where stretches of the text begin, and where in the source.
    starts: Vec<(usize, usize)>,
    /// Comments read so far that hold sentences.
    pub(super) comments: usize,
}

impl Scrap {
    pub(super) fn push(&mut self, text: &str, source: usize) {
        self.starts.push((self.text.len(), source));
        self.text.push_str(text);
    }

    fn place(&self, at: usize) -> usize {
        let k = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.starts.get(k).map_or(0, |(start, source)| source + (at - start))
    }

    /// The stretches between two places of the text that stand in one piece in the source.
    fn stretches(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> {
        let first = self.starts.partition_point(|(start, _)| *start <= from);
        let mut borders: Vec<usize> =
            self.starts[first..].iter().map(|(start, _)| *start).take_while(|start| *start < to).collect();
        borders.insert(0, from);
        borders.push(to);
        let pairs: Vec<_> = borders.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.into_iter()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.place(from);
        Span::new(start, self.place(to.max(from + 1) - 1) + 1)
    }

    /// Tells the builder what the scrap holds, and empties it.
    pub(super) fn read(&mut self, builder: &mut Builder) {
        let (mut at, mut unclosed) = (0, 0);
        while at < self.text.len() {
            let from = at;
            at = self.step(builder, from, &mut unclosed);
            let comment = self.text[from..at].strip_prefix("<!--");
            self.comments +=
                usize::from(comment.is_some_and(|comment| comments::speaks(comment.trim_end_matches("-->"))));
        }
        self.text.clear();
        self.starts.clear();
    }

    /// Reads one tag, comment or stretch of text; returns where the next begins.
    fn step(&self, builder: &mut Builder, at: usize, unclosed: &mut usize) -> usize {
        // A tag that never ends is looked for to the end of the scrap: not more than this often.
        const UNCLOSED: usize = 16;
        let rest = &self.text[at..];
        if let Some(end) = declaration(rest) {
            return at + end;
        }
        if *unclosed < UNCLOSED
            && let Some((tag, end)) = Tag::parse(rest)
        {
            if tag.closes {
                builder.close(&tag.name);
                // A stray `</p>` makes an empty paragraph, and `</br>` a line break.
                if tag.name == "br" {
                    builder.line_break(Some(self.span(at, at + end)));
                }
                return at + end;
            }
            self.open(builder, &tag, at, at + end);
            return raw_text_end(&self.text, &tag.name, at + end);
        }
        let tag_like = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
        *unclosed += usize::from(tag_like && rest.starts_with('<'));
        let end = memchr::memchr(b'<', &rest.as_bytes()[1..]).map_or(self.text.len(), |k| at + 1 + k);
        self.text_and_entities(builder, at, end);
        end
    }

    fn open(&self, builder: &mut Builder, tag: &Tag, from: usize, to: usize) {
        close_implied(builder, &tag.name);
        let mut element = Element::new(&tag.name);
        for (name, value) in &tag.attributes {
            element.set(name, value);
        }
        let depth = builder.open(&element, Some(self.span(from, to)));
        if tag.empty && Role::of(&tag.name) == Role::Skip {
            builder.close_to(depth);
        }
    }

    fn text_and_entities(&self, builder: &mut Builder, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let ampersand = memchr::memchr(b'&', &self.text.as_bytes()[at..to]).map_or(to, |k| at + k);
            for (start, end) in self.stretches(at, ampersand) {
                builder.text(&self.text[start..end], Some(self.place(start)));
            }
            at = ampersand;
            if at < to {
                let (decoded, end) = entity(&self.text[at..to]).unwrap_or(("&".into(), 1));
                if end == 1 {
                    builder.text("&", Some(self.place(at)));
                } else {
                    builder.decoded(&decoded, Some(self.span(at, at + end)));
                }
                at += end;
            }
        }
    }
}

/// Elements that close an open one of their kind, because its end tag may be left out.
fn close_implied(builder: &mut Builder, name: &str) {
    let closed: &[&str] = match name {
        "li" => &["li"],
        "p" => &["p"],
        "dt" | "dd" => &["dt", "dd"],
        "td" | "th" => &["td", "th"],
        "tr" => &["td", "th", "tr"],
        "option" => &["option"],
        "tbody" | "thead" | "tfoot" => &["td", "th", "tr", "tbody", "thead", "tfoot"],
        _ => &[],
    };
    for it in closed {
        if builder.is_inside(it) {
            builder.close(it);
        }
    }
}

/// A start or end tag.
struct Tag {
    name: String,
    closes: bool,
    /// Whether it ends with `/>`.
    empty: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The tag that begins a text, and where it ends.
    fn parse(text: &str) -> Option<(Tag, usize)> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closes);
        if bytes.first() != Some(&b'<') || !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let until =
            |from: usize, stop: fn(u8) -> bool| bytes[from..].iter().position(|&b| stop(b)).map(|k| from + k);
        let mut at = until(start, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))?;
        let mut tag =
            Tag { name: text[start..at].to_ascii_lowercase(), closes, empty: false, attributes: Vec::new() };
        loop {
            at = until(at, |b| !b.is_ascii_whitespace() && b != b'/')?;
            if bytes[at] == b'>' {
                tag.empty = bytes[at - 1] == b'/';
                return Some((tag, at + 1));
            }
            let name_end = until(at + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))?;
            let name = text[at..name_end].to_ascii_lowercase();
            let equals = until(name_end, |b| !b.is_ascii_whitespace())?;
            let mut value = "";
            at = name_end;
            if bytes[equals] == b'=' {
                let from = until(equals + 1, |b| !b.is_ascii_whitespace())?;
                (value, at) = match bytes[from] {
                    quote @ (b'"' | b'\'') => {
                        let end = from + 1 + memchr::memchr(quote, &bytes[from + 1..])?;
                        (&text[from + 1..end], end + 1)
                    }
                    _ => {
                        let end = until(from, |b| b.is_ascii_whitespace() || b == b'>')?;
                        (&text[from..end], end)
                    }
                };
            }
            tag.attributes.push((name, decode(value).into_owned()));
        }
    }
}

/// Where a comment, declaration or processing instruction that begins a text ends.
fn declaration(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("<!--") {
        return Some(rest.find("-->").map_or(text.len(), |k| 4 + k + 3));
    }
    (text.starts_with("<!") || text.starts_with("<?")).then(|| text.find('>').map_or(text.len(), |k| k + 1))
}

/// Behind a start tag, or, where its content is no markup, before its end tag.
fn raw_text_end(text: &str, name: &str, end: usize) -> usize {
    if !matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe") {
        return end;
    }
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', &bytes[end..])
        .map(|k| end + k)
        .find(|&k| {
            bytes.get(k + 1) == Some(&b'/')
                && bytes
                    .get(k + 2..k + 2 + name.len())
                    .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        })
        .unwrap_or(text.len())
}

/// The text with its entities decoded.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while let Some(k) = text[at..].find('&') {
        out.push_str(&text[at..at + k]);
        at += k;
        let (decoded, end) = entity(&text[at..]).unwrap_or(("&".into(), 1));
        out.push_str(&decoded);
        at += end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The entity that begins a text, decoded, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    /// `&CounterClockwiseContourIntegral;` is the longest name.
    const LONGEST: usize = 33;
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LONGEST).position(|&b| b == b';')?;
    let name = &text[1..end];
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Old pages mean windows-1252 by these numbers.
        let c = match code {
            0x80..=0x9F => html5ever::data::C1_REPLACEMENTS[(code - 0x80) as usize],
            _ => char::from_u32(code),
        };
        return Some((c.unwrap_or(char::REPLACEMENT_CHARACTER).to_string(), end + 1));
    }
    let (first, second) = NAMED_ENTITIES.get(&text[1..=end]).filter(|(first, _)| *first != 0)?;
    let decoded: String =
        [*first, *second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect();
    Some((decoded, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities() {
        let cases = [
            ("&amp;", "&"),
            ("&#20013;", "中"),
            ("&#x4e2d;", "中"),
            ("&nbsp;", "\u{A0}"),
            ("&#150;", "–"),
            ("&x", "&x"),
            ("&;", "&;"),
        ];
        for (text, expected) in cases {
            assert_eq!(decode(text), expected, "{text}");
        }
    }

    #[test]
    fn tags() {
        let (tag, end) = Tag::parse("<A HREF=\"x>y\" b='&lt;' c=d e/>rest").unwrap();
        assert_eq!((tag.name.as_str(), tag.closes, tag.empty, end), ("a", false, true, 30));
        let attributes: Vec<_> =
            tag.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(attributes, [("href", "x>y"), ("b", "<"), ("c", "d"), ("e", "")]);
        assert!(Tag::parse("< b>").is_none() && Tag::parse("<3").is_none() && Tag::parse("<b").is_none());
    }
}
