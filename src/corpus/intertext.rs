//! InterText XML, the format of the editor InterText and of corpora such as InterCorp: three files, the sentences
//! of either language as `<s id="P:N">` in their paragraphs, and the links between them.
//!
//! The links follow the export of InterText itself: the English document is `toDoc` and stands first, in `type` as
//! in `xtargets`. InterText links run in the order of both texts, so a passage that was moved is written as
//! sentences without counterpart.

use super::options::WriteOptions;
use super::task::Task;
use super::text::escape_xml;
use crate::article::Sentence;
use crate::corpus::{Bitext, Record};
use crate::error::Result;
use std::io::Write;

/// Endings of the names of the three files: links, Chinese, English.
pub const EXTENSIONS: [&str; 3] = ["zh.en.xml", "zh.xml", "en.xml"];

/// Writes the links, the Chinese and the English sentences of any number of bitexts as one text.
///
/// ```
/// use duizhao::corpus::{Record, intertext};
/// let (mut links, mut zh, mut en) = (Vec::new(), Vec::new(), Vec::new());
/// let mut writer = intertext::Writer::new(&mut links, &mut zh, &mut en, "tea");
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// let links = String::from_utf8(links).unwrap();
/// assert!(links.contains("toDoc=\"tea.en.xml\" fromDoc=\"tea.zh.xml\""));
/// assert!(links.contains("<link type=\"1-1\" xtargets=\"1:1;1:1\" status=\"auto\"/>"));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    links: W,
    zh: Side<W>,
    en: Side<W>,
    name: String,
    task: Task,
    begun: bool,
}

/// The file of one language.
#[derive(Debug)]
struct Side<W> {
    out: W,
    /// Paragraphs so far, sentences in the last one.
    paragraph: usize,
    sentence: usize,
    open: bool,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options. The text files are expected to be called `NAME.zh.xml` and
    /// `NAME.en.xml`.
    pub fn new(links: W, zh: W, en: W, name: &str) -> Self {
        Self::with_options(links, zh, en, name, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::min_confidence`]: a pair below it is written as sentences without
    /// counterpart. All sentences are written, whatever [`WriteOptions::unpaired`] says.
    pub fn with_options(links: W, zh: W, en: W, name: &str, options: &WriteOptions) -> Self {
        let side = |out| Side { out, paragraph: 0, sentence: 0, open: false };
        Writer {
            links,
            zh: side(zh),
            en: side(en),
            name: name.to_owned(),
            task: Task::new(options),
            begun: false,
        }
    }

    /// Writes the sentences and links of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.begin()?;
        let zh = self.zh.write(&bitext.source)?;
        let en = self.en.write(&bitext.target)?;
        let mut next = (0, 0);
        for unit in &bitext.units {
            let Some((begin, end)) = unit.corners().filter(|_| !unit.moved) else { continue };
            if begin.0 < next.0 || begin.1 < next.1 {
                continue;
            }
            self.alone(&zh[next.0..begin.0], &en[next.1..begin.1])?;
            self.link(&zh[begin.0..end.0], &en[begin.1..end.1])?;
            next = end;
        }
        self.alone(&zh[next.0..], &en[next.1..])
    }

    /// Writes a sentence of each side, where there is one, and the link between them, whatever the options ask
    /// for.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        self.task.check()?;
        self.begin()?;
        let side = |side: &mut Side<W>, text: &str| match text {
            "" => Ok(Vec::new()),
            text => side.sentence(text).map(|id| vec![id]),
        };
        let (zh, en) = (side(&mut self.zh, &record.zh)?, side(&mut self.en, &record.en)?);
        if zh.is_empty() && en.is_empty() { Ok(()) } else { self.link(&zh, &en) }
    }

    fn begin(&mut self) -> Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        let name = escape_xml(&self.name);
        let [_, zh, en] = EXTENSIONS;
        writeln!(self.links, "{head}\n<linkGrp toDoc=\"{name}.{en}\" fromDoc=\"{name}.{zh}\">")?;
        writeln!(self.zh.out, "{head}\n<text>")?;
        Ok(writeln!(self.en.out, "{head}\n<text>")?)
    }

    /// A link for each sentence that faces nothing.
    fn alone(&mut self, zh: &[String], en: &[String]) -> Result<()> {
        zh.iter().try_for_each(|id| self.link(std::slice::from_ref(id), &[]))?;
        en.iter().try_for_each(|id| self.link(&[], std::slice::from_ref(id)))
    }

    fn link(&mut self, zh: &[String], en: &[String]) -> Result<()> {
        let (n, m) = (en.len(), zh.len());
        let (en, zh) = (en.join(" "), zh.join(" "));
        Ok(writeln!(self.links, "<link type=\"{n}-{m}\" xtargets=\"{en};{zh}\" status=\"auto\"/>")?)
    }

    /// Closes the three documents and flushes them.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.begin()?;
        self.links.write_all(b"</linkGrp>\n")?;
        self.links.flush()?;
        self.zh.finish()?;
        self.en.finish()
    }
}

impl<W: Write> Side<W> {
    /// Writes sentences, a paragraph a block, and gives their ids.
    fn write(&mut self, sentences: &[Sentence]) -> Result<Vec<String>> {
        let mut ids = Vec::with_capacity(sentences.len());
        for paragraph in sentences.chunk_by(|a, b| a.block == b.block) {
            self.close()?;
            for sentence in paragraph {
                ids.push(self.sentence(&sentence.text)?);
            }
        }
        self.close()?;
        Ok(ids)
    }

    fn sentence(&mut self, text: &str) -> Result<String> {
        if !self.open {
            self.paragraph += 1;
            self.sentence = 0;
            self.open = true;
            writeln!(self.out, "<p id=\"{}\">", self.paragraph)?;
        }
        self.sentence += 1;
        let id = format!("{}:{}", self.paragraph, self.sentence);
        writeln!(self.out, "<s id=\"{id}\">{}</s>", escape_xml(text))?;
        Ok(id)
    }

    fn close(&mut self) -> Result<()> {
        if std::mem::take(&mut self.open) {
            self.out.write_all(b"</p>\n")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.close()?;
        self.out.write_all(b"</text>\n")?;
        Ok(self.out.flush()?)
    }
}
