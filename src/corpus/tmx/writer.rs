//! Writes TMX. Characters that XML 1.0 forbids are left out, so that every parser takes the file.

use super::property;
use crate::corpus::Bitext;
use crate::corpus::options::WriteOptions;
use crate::corpus::record::Record;
use crate::corpus::script::script_code;
use crate::corpus::task::Task;
use crate::corpus::text::escape_xml;
use crate::error::Result;
use std::io::Write;

/// Writes a `tu` a pair, each with a Chinese and an English variant, its kind, score and confidence as
/// properties.
///
/// ```
/// use duizhao::corpus::{Record, tmx};
/// let mut out = Vec::new();
/// let mut writer = tmx::Writer::new(&mut out);
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// assert!(String::from_utf8(out).unwrap().contains("<seg>The tea is cold.</seg>"));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
    /// The source language that the header names; `None` until it is written.
    source_code: Option<String>,
}

/// The names of the texts before and after a unit.
const NEAR: [[&str; 2]; 2] = [[property::PREVIOUS, property::BEFORE], [property::NEXT, property::AFTER]];

/// The Chinese text before and after a unit.
type Context<'a> = (Option<&'a str>, Option<&'a str>);

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`], [`WriteOptions::min_confidence`],
    /// [`WriteOptions::context`] and the language codes. A unit that faces nothing has one variant.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options), source_code: None }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        let code = self.code_of(bitext.source.iter().map(|sentence| sentence.text.as_str()));
        self.begin(&code)?;
        // One behind, as the context of a unit holds the text of the one after it.
        let mut previous: Option<Record> = None;
        let mut waiting: Option<Record> = None;
        for record in self.task.records(&bitext) {
            let Some(unit) = waiting.replace(record) else { continue };
            let next = waiting.as_ref().map(|next| next.zh.as_str());
            self.unit(&unit, &code, (previous.as_ref().map(|unit| unit.zh.as_str()), next))?;
            previous = Some(unit);
        }
        match waiting {
            Some(last) => self.unit(&last, &code, (previous.as_ref().map(|unit| unit.zh.as_str()), None)),
            None => Ok(()),
        }
    }

    /// Writes one unit, without context, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if !self.task.takes(record)? {
            return Ok(());
        }
        let code = self.code_of([record.zh.as_str()].into_iter());
        self.begin(&code)?;
        self.unit(record, &code, (None, None))
    }

    /// The language code of Chinese texts.
    fn code_of<'a>(&self, texts: impl Iterator<Item = &'a str>) -> String {
        let script = if self.task.options.script_code { script_code(texts) } else { None };
        script.unwrap_or(&self.task.options.zh_code).to_owned()
    }

    fn begin(&mut self, code: &str) -> Result<()> {
        if self.source_code.is_some() {
            return Ok(());
        }
        self.source_code = Some(code.to_owned());
        let version = env!("CARGO_PKG_VERSION");
        let code = escape_xml(code);
        Ok(write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n  <header \
             creationtool=\"duizhao\" creationtoolversion=\"{version}\" segtype=\"sentence\" o-tmf=\"duizhao\" \
             adminlang=\"en\" srclang=\"{code}\" datatype=\"plaintext\"/>\n  <body>\n"
        )?)
    }

    fn unit(&mut self, record: &Record, code: &str, (previous, next): Context<'_>) -> Result<()> {
        if self.source_code.as_deref() == Some(code) {
            self.out.write_all(b"    <tu>\n")?;
        } else {
            writeln!(self.out, "    <tu srclang=\"{}\">", escape_xml(code))?;
        }
        for (name, value) in property::NOTES.of(record) {
            self.property(name, &value)?;
        }
        if self.task.options.context {
            for (names, near) in NEAR.into_iter().zip([previous, next]) {
                for name in names {
                    self.property(name, near.unwrap_or(""))?;
                }
            }
        }
        self.variant(code, &record.zh, (previous, next))?;
        let en_code = self.task.options.en_code.clone();
        self.variant(&en_code, &record.en, (None, None))?;
        Ok(self.out.write_all(b"    </tu>\n")?)
    }

    fn property(&mut self, name: &str, value: &str) -> Result<()> {
        if !value.is_empty() {
            writeln!(self.out, "      <prop type=\"{name}\">{}</prop>", escape_xml(value))?;
        }
        Ok(())
    }

    fn variant(&mut self, code: &str, text: &str, (previous, next): Context<'_>) -> Result<()> {
        let text = escape_xml(text);
        if text.is_empty() {
            return Ok(());
        }
        write!(self.out, "      <tuv xml:lang=\"{}\">", escape_xml(code))?;
        if self.task.options.context {
            for ([_, name], near) in NEAR.into_iter().zip([previous, next]) {
                // An empty text is none.
                let Some(near) = near.map(escape_xml).filter(|near| !near.is_empty()) else { continue };
                let markup = format!("<seg>{near}</seg>");
                write!(self.out, "<prop type=\"{name}\">{}</prop>", escape_xml(&markup))?;
            }
        }
        Ok(writeln!(self.out, "<seg>{text}</seg></tuv>")?)
    }

    /// Closes the document and flushes the output.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        let code = self.code_of(std::iter::empty());
        self.begin(&code)?;
        self.out.write_all(b"  </body>\n</tmx>\n")?;
        Ok(self.out.flush()?)
    }
}
