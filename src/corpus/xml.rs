//! What the XML formats (TMX, XLIFF) share: bytes to characters, attributes, references, languages, and what is
//! noted of a pair.

use super::record::Record;
use super::text::{caused, rounded};
use crate::error::{Error, ErrorKind, Result};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};
use std::io::{BufRead, Cursor, Read};

/// UTF-8 as it comes, or UTF-16, in which some tools write TMX, decoded as a whole.
#[derive(Debug)]
pub(super) enum Decoded<R> {
    Utf8(R),
    Utf16(Cursor<Vec<u8>>),
}

/// Where a reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Before,
    Inside,
    Done,
}

impl State {
    /// The item that reading gave: after an error or the end there is no other.
    pub fn pass(&mut self, item: Result<Option<Record>>) -> Option<Result<Record>> {
        if !matches!(item, Ok(Some(_))) {
            *self = State::Done;
        }
        item.transpose()
    }
}

/// What a format calls that which is noted of a pair.
pub(super) struct Notes {
    pub kind: &'static str,
    pub score: &'static str,
    pub confidence: &'static str,
    pub reason: &'static str,
}

impl Notes {
    /// Takes a note. They are anyone's: one that cannot be ours is left alone.
    pub fn read(&self, record: &mut Record, name: &str, value: String) {
        let number = || value.trim().parse().ok().filter(|number: &f32| number.is_finite());
        match name {
            _ if name == self.score => record.score = number(),
            _ if name == self.confidence => record.confidence = number(),
            _ if name == self.kind => record.kind = value,
            _ if name == self.reason => record.reason = value.trim().parse().ok(),
            _ => {}
        }
    }

    /// The notes of a record by name; one that says nothing is empty.
    pub fn of(&self, record: &Record) -> [(&'static str, String); 4] {
        let number = |x: Option<f32>| x.map(|x| rounded(x).to_string()).unwrap_or_default();
        let reason = record.reason.map_or("", |reason| reason.code());
        [
            (self.kind, record.kind.clone()),
            (self.score, number(record.score)),
            (self.confidence, number(record.confidence)),
            (self.reason, reason.to_owned()),
        ]
    }
}

/// Which of the two languages a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Zh,
    En,
}

/// The character that `&name;` stands for: one of XML's own five, or a number.
pub(super) fn referred(name: &BytesRef<'_>) -> Result<char> {
    let known = match name.is_char_ref() {
        true => name.resolve_char_ref().ok().flatten(),
        false => predefined(name),
    };
    known.ok_or_else(|| Error::new(ErrorKind::Format, "an entity that XML does not define"))
}

/// The side of a language code, such as `zh-Hans`, `ZH_CN`, `cmn` or `en-GB`.
pub(super) fn side_of(code: &str) -> Option<Side> {
    let language = code.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    match language.as_str() {
        "zh" | "zho" | "chi" | "cmn" => Some(Side::Zh),
        "en" | "eng" => Some(Side::En),
        _ => None,
    }
}

/// The value of an attribute, whatever its prefix: TMX 1.4 has `xml:lang`, 1.1 had `lang`.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|cause| caused("not well-formed XML", cause))?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|cause| caused("not well-formed XML", cause))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

pub(super) fn not_xml(cause: quick_xml::Error, position: u64) -> Error {
    match cause {
        quick_xml::Error::Io(cause) => std::io::Error::new(cause.kind(), cause).into(),
        cause => caused("not well-formed XML", cause).at_byte(position),
    }
}

pub(super) fn decode<R: BufRead>(mut input: R) -> Result<Decoded<R>> {
    let order: fn([u8; 2]) -> u16 = match input.fill_buf()? {
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        _ => return Ok(Decoded::Utf8(input)),
    };
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    if bytes.len() % 2 == 1 {
        return Err(Error::new(ErrorKind::Encoding, "the UTF-16 ends inside a character; it was cut off"));
    }
    let units = bytes[2..].chunks_exact(2).map(|two| order([two[0], two[1]]));
    let text: std::result::Result<String, _> = char::decode_utf16(units).collect();
    let text = text.map_err(|cause| {
        Error::new(ErrorKind::Encoding, "the UTF-16 is damaged: half a character").caused_by(cause)
    })?;
    // The declaration, if there is one, names an encoding that the text is no longer in.
    let body = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(_, body)| body.len());
    let start = text.len() - body.unwrap_or(text.len());
    Ok(Decoded::Utf16(Cursor::new(text.as_bytes()[start..].to_vec())))
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Decoded::Utf8(input) => input.read(buffer),
            Decoded::Utf16(input) => input.read(buffer),
        }
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        match self {
            Decoded::Utf8(input) => input.fill_buf(),
            Decoded::Utf16(input) => input.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Decoded::Utf8(input) => input.consume(amount),
            Decoded::Utf16(input) => input.consume(amount),
        }
    }
}
