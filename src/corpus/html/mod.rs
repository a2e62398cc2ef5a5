//! The review page: one self-contained file on which a person checks an alignment, mends it and takes it away
//! in any format. Works from disk in any browser, light and dark, and prints; without scripts it still shows
//! every pair.
//!
//! The rows are plain HTML, and the page's own script (`review/*.js`) reads them and makes them editable, so the
//! text is in the file once. Nothing of the article can act in it: texts are escaped, the script only ever
//! sets text, and a Content-Security-Policy allows that one script and that one style sheet, by their SHA-256,
//! and no request at all.

mod assets;
mod row;

use super::options::WriteOptions;
use super::record::Record;
use super::script::script_code;
use super::task::Task;
use super::text::escape_xml;
use crate::article::Sentence;
use crate::corpus::{Bitext, Pair};
use crate::error::Result;
use crate::language::Language;
use crate::span::Span;
use row::{Row, Text};
use std::io::Write;

/// Writes a section a bitext: what was understood, then a row a unit.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    task: Task,
    begun: bool,
    /// What stands open of the page.
    open: Open,
    /// Sentences of both sides in the section of single records.
    records: (usize, usize),
    /// Rows in the table.
    rows: usize,
    /// Language codes of both sides in the section.
    codes: (String, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// The table of single records.
    Records,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::min_confidence`] and the language codes. Unpaired sentences are
    /// always shown in their place, and those on neither side below the table; [`WriteOptions::unpaired`] is
    /// what the page proposes for its own exports.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        let codes = (options.zh_code.clone(), options.en_code.clone());
        let (task, open) = (Task::new(options), Open::Nothing);
        Writer { out, task, begun: false, open, records: (0, 0), rows: 0, codes }
    }

    /// Writes a section for a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write).
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = &*self.task.bitext(bitext)?;
        let name = bitext.origin.name.as_deref().unwrap_or("duizhao");
        self.begin(name)?;
        self.close()?;
        let script = script_code(bitext.source.iter().map(|sentence| sentence.text.as_str()));
        self.section(name, script.filter(|_| self.task.options.script_code))?;
        writeln!(self.out, "<p class=\"facts\">{}</p>", facts(bitext))?;
        for notice in &bitext.notices {
            writeln!(self.out, "<p class=\"notice\">{}</p>", escape_xml(notice))?;
        }
        self.open_table()?;
        let (zh_before, en_before) = texts_before(bitext);
        for pair in bitext.views() {
            self.row(&unit(pair, &zh_before, &en_before))?;
        }
        self.out.write_all(CLOSE_TABLE)?;
        self.unplaced(bitext)?;
        Ok(self.out.write_all(b"</section>\n")?)
    }

    /// Writes one row, whatever the options ask for.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record).
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        self.task.check()?;
        self.begin("duizhao")?;
        if self.open == Open::Nothing {
            self.section("duizhao", None)?;
            self.open_table()?;
            self.open = Open::Records;
        }
        let (n, m) = record.counts();
        let (zh, en) = self.records;
        self.records = (zh + n, en + m);
        let side = |text: &str, first: usize, count: usize, spans: &[Span]| {
            let text =
                Text { number: first + 1, text: text.to_owned(), count, spans: spans.to_vec(), was: None };
            if text.text.is_empty() { Vec::new() } else { vec![text] }
        };
        let row = Row {
            zh: side(&record.zh, zh, n, &record.zh_spans),
            en: side(&record.en, en, m, &record.en_spans),
            kind: record.kind.clone(),
            score: record.score,
            confidence: record.confidence,
            reason: record.reason,
            ..Row::default()
        };
        self.row(&row)
    }

    /// Writes a row; a browser need not look at a group of rows that is out of sight.
    fn row(&mut self, row: &Row) -> Result<()> {
        if self.rows > 0 && self.rows.is_multiple_of(GROUP) {
            self.out.write_all(b"</div>\n<div class=\"g\" role=\"rowgroup\">\n")?;
        }
        self.rows += 1;
        row.write(&self.codes, &mut self.out)
    }

    /// The sentences that stand on neither side.
    fn unplaced(&mut self, bitext: &Bitext) -> Result<()> {
        if bitext.other.is_empty() {
            return Ok(());
        }
        self.out.write_all(b"<h2>On neither side</h2>\n<ul class=\"others\">\n")?;
        for other in &bitext.other {
            let text = escape_xml(&other.sentence.text);
            writeln!(self.out, "<li><bdi>{text}</bdi> <small>{}</small></li>", other.reason)?;
        }
        Ok(self.out.write_all(b"</ul>\n")?)
    }

    fn begin(&mut self, title: &str) -> Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let title = escape_xml(title);
        let (style, policy) = (assets::STYLE, assets::policy());
        Ok(write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"duizhao {version}\">\n\
             <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n\
             <noscript><p class=\"notice\">This browser runs no scripts here, so the pairs can be read and \
             printed, but not mended.</p></noscript>\n",
            version = env!("CARGO_PKG_VERSION"),
        )?)
    }

    /// Opens a section, in which Chinese text has the code of its script if one is given.
    fn section(&mut self, name: &str, script: Option<&str>) -> Result<()> {
        let name = escape_xml(name);
        self.codes.0 = script.unwrap_or(&self.task.options.zh_code).to_owned();
        let (zh, en) = (escape_xml(&self.codes.0), escape_xml(&self.codes.1));
        let unpaired = if self.task.options.unpaired { " data-unpaired" } else { "" };
        Ok(writeln!(
            self.out,
            "<section class=\"document\" data-zh=\"{zh}\" data-en=\"{en}\"{unpaired}>\n<h1>{name}</h1>"
        )?)
    }

    fn open_table(&mut self) -> Result<()> {
        self.rows = 0;
        Ok(self.out.write_all(
            b"<div class=\"table\" role=\"table\" aria-label=\"Pairs\">\n<div class=\"head\" role=\"row\">\
              <span role=\"columnheader\">Chinese</span><span role=\"columnheader\">English</span>\
              <span role=\"columnheader\">Confidence</span></div>\n<div class=\"g\" role=\"rowgroup\">\n",
        )?)
    }

    fn close(&mut self) -> Result<()> {
        if self.open == Open::Records {
            self.open = Open::Nothing;
            self.records = (0, 0);
            self.out.write_all(CLOSE_TABLE)?;
            self.out.write_all(b"</section>\n")?;
        }
        Ok(())
    }

    /// Closes the page and flushes the output.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.begin("duizhao")?;
        self.close()?;
        write!(self.out, "</main>\n<script>{}</script>\n</body>\n</html>\n", assets::SCRIPT)?;
        Ok(self.out.flush()?)
    }
}

/// Ends the last group of rows and the table.
const CLOSE_TABLE: &[u8] = b"</div>\n</div>\n";

/// Rows in a group: the style sheet counts on it for the height of one that has not been seen.
const GROUP: usize = 100;

/// For each sentence, what it was before a person changed it.
fn texts_before(bitext: &Bitext) -> (Vec<Option<&str>>, Vec<Option<&str>>) {
    let mut before = (vec![None; bitext.source.len()], vec![None; bitext.target.len()]);
    for edit in &bitext.edits {
        let side = if edit.language == Language::Chinese { &mut before.0 } else { &mut before.1 };
        if let Some(place) = side.get_mut(edit.sentence) {
            *place = Some(edit.was.as_str());
        }
    }
    before
}

fn unit(pair: Pair<'_>, zh_before: &[Option<&str>], en_before: &[Option<&str>]) -> Row {
    let text = |(&id, sentence): (&usize, &Sentence), before: &[Option<&str>]| Text {
        number: id + 1,
        text: sentence.text.clone(),
        count: 1,
        spans: vec![sentence.span],
        was: before[id].map(str::to_owned),
    };
    let unit = pair.unit();
    Row {
        zh: unit.source.iter().zip(pair.zh_sentences()).map(|s| text(s, zh_before)).collect(),
        en: unit.target.iter().zip(pair.en_sentences()).map(|s| text(s, en_before)).collect(),
        kind: pair.kind(),
        score: Some(pair.score()),
        confidence: Some(pair.confidence()),
        reason: pair.reason(),
        moved: unit.moved,
        checked: unit.checked,
    }
}

/// What was understood, on one line.
fn facts(bitext: &Bitext) -> String {
    let origin = &bitext.origin;
    let mut facts: Vec<String> = [&origin.layout, &origin.encoding].into_iter().flatten().cloned().collect();
    facts.push(format!("{} Chinese sentences", bitext.source.len()));
    facts.push(format!("{} English sentences", bitext.target.len()));
    facts.push(format!("{} pairs", bitext.pairs().count()));
    escape_xml(&facts.join(" · ")).into_owned()
}
