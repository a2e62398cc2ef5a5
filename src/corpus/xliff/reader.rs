//! Reads XLIFF 2, ours and other tools', segment by segment: memory is that of the longest. Inline codes are
//! left out, the text inside and beside them is kept.

use super::meta;
use crate::corpus::record::Record;
use crate::corpus::xml::{Decoded, Side, State, attribute, decode, not_xml, referred, side_of};
use crate::error::{Error, ErrorKind, Result};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Reads a segment at a time, whichever of the two languages is the source. Empty segments are skipped.
///
/// Each item is a [`Record`](crate::corpus::Record), or an [`ErrorKind::Format`] or [`ErrorKind::Io`] error
/// with its byte, after which no other item comes.
#[derive(Debug)]
pub struct Reader<R> {
    xml: quick_xml::Reader<Decoded<R>>,
    state: State,
    /// The side of `source`, once the root was read.
    source: Side,
    meta: Meta,
    segment: Segment,
}

/// What the unit says about its segments.
#[derive(Debug, Default)]
struct Meta {
    record: Record,
    /// Whether we are inside a group of our own.
    ours: bool,
    name: Option<String>,
    value: String,
}

#[derive(Debug, Default)]
struct Segment {
    source: String,
    target: String,
    /// Whether we are between the tags of a segment: `source` stands elsewhere too.
    inside: bool,
    open: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Source,
    Target,
}

impl<R: BufRead> Reader<R> {
    /// A reader of XLIFF in UTF-8, or in UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the input fails, [`ErrorKind::Encoding`] if UTF-16 is damaged.
    pub fn new(input: R) -> Result<Self> {
        Ok(Reader {
            xml: quick_xml::Reader::from_reader(decode(input)?),
            state: State::Before,
            source: Side::Zh,
            meta: Meta::default(),
            segment: Segment::default(),
        })
    }

    fn read(&mut self) -> Result<Option<Record>> {
        let mut buffer = Vec::new();
        while self.state != State::Done {
            buffer.clear();
            let event = match self.xml.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(cause) => return Err(not_xml(cause, self.xml.error_position())),
            };
            let at = self.xml.buffer_position();
            match &event {
                Event::Eof => return Err(self.cut_off().at_byte(at)),
                Event::Start(tag) if self.state == State::Before => {
                    self.source = root(tag).map_err(|error| error.at_byte(at))?;
                    self.state = State::Inside;
                }
                Event::Empty(tag) if self.state == State::Before => {
                    root(tag).map_err(|error| error.at_byte(at))?;
                    self.state = State::Done;
                }
                Event::End(tag) if tag.local_name().as_ref() == "xliff" => self.state = State::Done,
                Event::End(tag) if tag.local_name().as_ref() == "segment" => {
                    if let Some(record) = self.record() {
                        return Ok(Some(record));
                    }
                }
                event => {
                    let taken = self.meta.take(event).and_then(|()| self.segment.take(event));
                    taken.map_err(|error| error.at_byte(at))?;
                }
            }
        }
        Ok(None)
    }

    fn cut_off(&self) -> Error {
        let message = match self.state {
            State::Before => "not an XLIFF file: there is no `xliff` element",
            _ => "the file ends before its `xliff` element does; it was cut off",
        };
        Error::new(ErrorKind::Format, message)
    }

    /// The segment that ends here, unless it is empty.
    fn record(&mut self) -> Option<Record> {
        let Segment { source, target, .. } = std::mem::take(&mut self.segment);
        if source.is_empty() && target.is_empty() {
            return None;
        }
        let (zh, en) = if self.source == Side::Zh { (source, target) } else { (target, source) };
        Some(Record::new(zh, en).noted(&self.meta.record))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.read();
        self.state.pass(item)
    }
}

/// The side of the source, as the root says.
fn root(tag: &BytesStart<'_>) -> Result<Side> {
    let wrong = |message: &str| Err(Error::new(ErrorKind::Format, message));
    if tag.local_name().as_ref() != "xliff" {
        return wrong("not an XLIFF file: its root is no `xliff` element");
    }
    if attribute(tag, "version")?.is_some_and(|version| version.trim().starts_with("1.")) {
        return wrong("this is XLIFF 1; only version 2 can be read");
    }
    let side = |name| attribute(tag, name).map(|code| code.and_then(|code| side_of(&code)));
    match (side("srcLang")?, side("trgLang")?) {
        (Some(Side::Zh), Some(Side::En) | None) => Ok(Side::Zh),
        (Some(Side::En), Some(Side::Zh) | None) => Ok(Side::En),
        _ => wrong("`srcLang` and `trgLang` are not Chinese and English"),
    }
}

impl Meta {
    fn take(&mut self, event: &Event<'_>) -> Result<()> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "unit" => *self = Meta::default(),
                "metaGroup" => self.ours = attribute(tag, "category")?.as_deref() == Some(meta::GROUP),
                "meta" if self.ours => {
                    self.name = attribute(tag, "type")?;
                    self.value.clear();
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "metaGroup" => self.ours = false,
                "meta" => self.set(),
                _ => {}
            },
            Event::Text(text) if self.name.is_some() => self.value.push_str(&text.xml10_content()),
            _ => {}
        }
        Ok(())
    }

    fn set(&mut self) {
        let value = std::mem::take(&mut self.value);
        if let Some(name) = self.name.take() {
            meta::NOTES.read(&mut self.record, &name, value);
        }
    }
}

impl Segment {
    fn take(&mut self, event: &Event<'_>) -> Result<()> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::Empty(tag) if tag.local_name().as_ref() == "cp" => self.code_point(tag)?,
            Event::End(tag) => {
                let part = match tag.local_name().as_ref() {
                    "source" => Some(Part::Source),
                    "target" => Some(Part::Target),
                    _ => None,
                };
                if part.is_some() && part == self.open {
                    self.open = None;
                }
            }
            Event::Text(text) => self.push(&text.xml10_content()),
            Event::CData(text) => self.push(&text.xml10_content()),
            Event::GeneralRef(name) if self.open.is_some() => {
                let c = referred(name)?;
                self.push(c.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        match tag.local_name().as_ref() {
            "segment" => *self = Segment { inside: true, ..Segment::default() },
            "source" if self.inside => self.open = Some(Part::Source),
            "target" if self.inside => self.open = Some(Part::Target),
            "cp" => self.code_point(tag)?,
            _ => {}
        }
        Ok(())
    }

    /// A character that XML itself cannot hold.
    fn code_point(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        let hex = attribute(tag, "hex")?.unwrap_or_default();
        let c = u32::from_str_radix(hex.trim(), 16).ok().and_then(char::from_u32);
        let c = c.ok_or_else(|| Error::new(ErrorKind::Format, "a `cp` element that names no character"))?;
        self.push(c.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn push(&mut self, text: &str) {
        match self.open {
            Some(Part::Source) => self.source.push_str(text),
            Some(Part::Target) => self.target.push_str(text),
            None => {}
        }
    }
}
