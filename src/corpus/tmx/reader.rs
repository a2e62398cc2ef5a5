//! Reads TMX of any version, ours and other tools', unit by unit: memory is that of the longest unit. Inline
//! codes of the original format (`bpt`, `ph` and their like) are left out, entities of a document type are not
//! expanded.

use super::property;
use crate::corpus::record::Record;
use crate::corpus::xml::{Decoded, Side, State, attribute, decode, not_xml, referred, side_of};
use crate::error::{Error, ErrorKind, Result};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Reads a unit at a time: its first Chinese and its first English variant. Units that have neither are skipped.
///
/// Each item is a [`Record`](crate::corpus::Record), or an [`ErrorKind::Format`] or [`ErrorKind::Io`] error
/// with its byte, after which no other item comes.
#[derive(Debug)]
pub struct Reader<R> {
    xml: quick_xml::Reader<Decoded<R>>,
    state: State,
}

/// A unit while it is being read.
#[derive(Default)]
struct Unit {
    record: Record,
    zh: Option<String>,
    en: Option<String>,
    side: Option<Side>,
    property: Option<String>,
    text: String,
    /// How deep inside elements whose text belongs to the original format.
    native: usize,
    /// Whether text is wanted: inside a `seg` or a `prop`.
    open: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader of TMX in UTF-8, or in UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the input fails, [`ErrorKind::Encoding`] if UTF-16 is damaged.
    pub fn new(input: R) -> Result<Self> {
        Ok(Reader { xml: quick_xml::Reader::from_reader(decode(input)?), state: State::Before })
    }

    fn read(&mut self) -> Result<Option<Record>> {
        let mut buffer = Vec::new();
        let mut unit: Option<Unit> = None;
        while self.state != State::Done {
            buffer.clear();
            let event = match self.xml.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(cause) => return Err(not_xml(cause, self.xml.error_position())),
            };
            match (&event, &mut unit) {
                (Event::Eof, _) => {
                    let message = match self.state {
                        State::Before => "not a TMX file: there is no `tmx` element",
                        _ => "the file ends before its `tmx` element does; it was cut off",
                    };
                    return Err(Error::new(ErrorKind::Format, message).at_byte(self.xml.buffer_position()));
                }
                (Event::Start(tag), None) => match tag.local_name().as_ref() {
                    "tmx" => self.state = State::Inside,
                    "tu" if self.state == State::Inside => unit = Some(Unit::default()),
                    _ => {}
                },
                (Event::Empty(tag), None) if tag.local_name().as_ref() == "tmx" => self.state = State::Done,
                (Event::End(tag), None) if tag.local_name().as_ref() == "tmx" => self.state = State::Done,
                (Event::End(tag), Some(open)) if tag.local_name().as_ref() == "tu" => {
                    let record = std::mem::take(open).finish();
                    unit = None;
                    if let Some(record) = record.map_err(|error| error.at_byte(self.xml.buffer_position()))? {
                        return Ok(Some(record));
                    }
                }
                (_, Some(unit)) => {
                    unit.take(&event).map_err(|error| error.at_byte(self.xml.buffer_position()))?;
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.read();
        self.state.pass(item)
    }
}

impl Unit {
    fn take(&mut self, event: &Event<'_>) -> Result<()> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) if self.wants_text() => self.text.push_str(&text.xml10_content()),
            Event::CData(text) if self.wants_text() => self.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if self.wants_text() => self.text.push(referred(name)?),
            _ => {}
        }
        Ok(())
    }

    fn wants_text(&self) -> bool {
        self.open && self.native == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        match tag.local_name().as_ref() {
            "tuv" => self.side = attribute(tag, "lang")?.and_then(|code| side_of(&code)),
            "prop" if !self.open => {
                self.property = attribute(tag, "type")?;
                self.text.clear();
                self.open = true;
            }
            "seg" if !self.open => {
                self.text.clear();
                self.open = true;
            }
            "bpt" | "ept" | "it" | "ph" | "ut" | "sub" => self.native += 1,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "tuv" => self.side = None,
            "prop" => {
                self.open = false;
                let value = std::mem::take(&mut self.text);
                // A property of a variant is about that text, not about the pair.
                if let (Some(name), None) = (self.property.take(), self.side) {
                    property::NOTES.read(&mut self.record, &name, value);
                }
            }
            "seg" => {
                self.open = false;
                let text = std::mem::take(&mut self.text);
                match self.side {
                    Some(Side::Zh) => _ = self.zh.get_or_insert(text),
                    Some(Side::En) => _ = self.en.get_or_insert(text),
                    None => {}
                }
            }
            "bpt" | "ept" | "it" | "ph" | "ut" | "sub" => self.native = self.native.saturating_sub(1),
            _ => {}
        }
    }

    fn finish(self) -> Result<Option<Record>> {
        if self.zh.is_none() && self.en.is_none() {
            return Ok(None);
        }
        let plain = Record::new(self.zh.unwrap_or_default(), self.en.unwrap_or_default());
        Ok(Some(plain.noted(&self.record)))
    }
}
