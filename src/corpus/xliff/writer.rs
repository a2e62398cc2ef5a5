//! Writes XLIFF 2.0. Characters that XML 1.0 forbids are written as the standard says, `<cp hex="0007"/>`, so
//! that texts come back as they were.

use super::{METADATA, NAMESPACE, meta};
use crate::corpus::Bitext;
use crate::corpus::options::WriteOptions;
use crate::corpus::record::Record;
use crate::corpus::script::script_code;
use crate::corpus::task::Task;
use crate::corpus::text::{escape_xml, is_xml_char};
use crate::error::Result;
use std::io::Write;

/// Writes a `file` a bitext and a `unit` a pair.
///
/// The language code of the source is one for the document: [`WriteOptions::script_code`] chooses it by the
/// first text.
///
/// ```
/// use duizhao::corpus::{Record, xliff};
/// let mut out = Vec::new();
/// let mut writer = xliff::Writer::new(&mut out);
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// let back = xliff::Reader::new(out.as_slice())?.next().unwrap()?;
/// assert_eq!((back.zh.as_str(), back.en.as_str()), ("茶凉了。", "The tea is cold."));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
    begun: bool,
    files: usize,
    /// Whether a `file` is open, to which single records are added.
    open: bool,
    units: usize,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`], [`WriteOptions::min_confidence`] and the language
    /// codes. A unit that faces nothing has an empty source, or no target.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, task: Task::new(options), begun: false, files: 0, open: false, units: 0 }
    }

    /// Writes the pairs of a bitext as a `file` of their own.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.begin(bitext.source.iter().map(|sentence| sentence.text.as_str()))?;
        self.close_file()?;
        let name = bitext.origin.name.as_deref();
        for record in self.task.records(&bitext) {
            self.open_file(name)?;
            self.unit(&record)?;
        }
        self.close_file()
    }

    /// Writes one unit, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if !self.task.takes(record)? {
            return Ok(());
        }
        self.begin([record.zh.as_str()].into_iter())?;
        self.open_file(None)?;
        self.unit(record)
    }

    fn begin<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let script = if self.task.options.script_code { script_code(texts) } else { None };
        let source = escape_xml(script.unwrap_or(&self.task.options.zh_code));
        let target = escape_xml(&self.task.options.en_code);
        Ok(writeln!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"{NAMESPACE}\" xmlns:mda=\"{METADATA}\" \
             version=\"2.0\" srcLang=\"{source}\" trgLang=\"{target}\">"
        )?)
    }

    fn open_file(&mut self, name: Option<&str>) -> Result<()> {
        if self.open {
            return Ok(());
        }
        self.open = true;
        self.files += 1;
        self.units = 0;
        let original = name.map(|name| format!(" original=\"{}\"", escape_xml(name))).unwrap_or_default();
        Ok(writeln!(self.out, "  <file id=\"f{}\"{original}>", self.files)?)
    }

    fn close_file(&mut self) -> Result<()> {
        if std::mem::take(&mut self.open) {
            self.out.write_all(b"  </file>\n")?;
        }
        Ok(())
    }

    fn unit(&mut self, record: &Record) -> Result<()> {
        self.units += 1;
        writeln!(self.out, "    <unit id=\"u{}\">", self.units)?;
        self.metadata(record)?;
        let state = if record.is_pair() { "translated" } else { "initial" };
        writeln!(self.out, "      <segment state=\"{state}\">")?;
        self.text("source", &record.zh)?;
        if !record.en.is_empty() {
            self.text("target", &record.en)?;
        }
        Ok(self.out.write_all(b"      </segment>\n    </unit>\n")?)
    }

    fn metadata(&mut self, record: &Record) -> Result<()> {
        let all = meta::NOTES.of(record);
        if all.iter().all(|(_, value)| value.is_empty()) {
            return Ok(());
        }
        writeln!(self.out, "      <mda:metadata>\n        <mda:metaGroup category=\"{}\">", meta::GROUP)?;
        for (name, value) in all.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(self.out, "          <mda:meta type=\"{name}\">{}</mda:meta>", escape_xml(value))?;
        }
        Ok(self.out.write_all(b"        </mda:metaGroup>\n      </mda:metadata>\n")?)
    }

    fn text(&mut self, element: &str, text: &str) -> Result<()> {
        write!(self.out, "        <{element} xml:space=\"preserve\">")?;
        let mut rest = text;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| !is_xml_char(c)) {
            write!(self.out, "{}<cp hex=\"{:04X}\"/>", escape_xml(&rest[..at]), u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        Ok(writeln!(self.out, "{}</{element}>", escape_xml(rest))?)
    }

    /// Closes the document and flushes the output.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.begin(std::iter::empty())?;
        if self.files == 0 {
            // The standard wants one file at least, with one unit at least.
            self.open_file(None)?;
            self.out.write_all(b"    <unit id=\"u1\"><segment><source/></segment></unit>\n")?;
        }
        self.close_file()?;
        self.out.write_all(b"</xliff>\n")?;
        Ok(self.out.flush()?)
    }
}
