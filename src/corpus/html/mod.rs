//! A page that shows a bitext side by side: one self-contained file without script or network, light and dark,
//! fit for print. Nothing of the article can act in it: texts are escaped, and the page forbids itself scripts
//! and requests.

use super::options::WriteOptions;
use super::record::Record;
use super::text::{escape_xml, rounded};
use crate::article::Sentence;
use crate::corpus::{Bitext, Pair, Reason};
use crate::error::Result;
use std::io::Write;

const STYLE: &str = include_str!("page.css");

/// Writes a section a bitext: what was understood, then a row a unit.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    options: WriteOptions,
    begun: bool,
    /// Whether a table of single records is open.
    in_table: bool,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::min_confidence`]. Unpaired sentences are always shown in their
    /// place, and those on neither side below the table.
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        Writer { out, options: options.clone(), begun: false, in_table: false }
    }

    /// Writes a section for a bitext.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = &*bitext.at_least(self.options.min_confidence);
        let name = bitext.origin.name.as_deref().unwrap_or("duizhao");
        self.begin(name)?;
        self.close_table()?;
        writeln!(self.out, "<section>\n<h1>{}</h1>\n<p>{}</p>", escape_xml(name), facts(bitext))?;
        for notice in &bitext.notices {
            writeln!(self.out, "<p class=\"notice\">{}</p>", escape_xml(notice))?;
        }
        self.open_table()?;
        for pair in bitext.views() {
            self.unit(pair)?;
        }
        self.close_table()?;
        self.unplaced(bitext)?;
        Ok(self.out.write_all(b"</section>\n")?)
    }

    /// Writes one row.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        self.begin("duizhao")?;
        self.open_table()?;
        let (zh, en) = (escape_xml(&record.zh), escape_xml(&record.en));
        self.row(&zh, &en, &record.kind, record.confidence, record.reason)
    }

    fn unit(&mut self, pair: Pair<'_>) -> Result<()> {
        let zh = numbered(&pair.unit().source, pair.zh_sentences());
        let en = numbered(&pair.unit().target, pair.en_sentences());
        self.row(&zh, &en, &pair.kind(), Some(pair.confidence()), pair.reason())
    }

    /// A row, whose texts are escaped already.
    fn row(
        &mut self,
        zh: &str,
        en: &str,
        kind: &str,
        confidence: Option<f32>,
        reason: Option<Reason>,
    ) -> Result<()> {
        let class = if reason.is_some() { " class=\"alone\"" } else { "" };
        write!(self.out, "<tr{class}><td lang=\"zh\">{zh}</td><td lang=\"en\">{en}</td><td>")?;
        match (reason, confidence) {
            (Some(reason), _) => write!(self.out, "{}", escape_xml(&reason.to_string()))?,
            (None, Some(sure)) => {
                let sure = rounded(sure);
                write!(self.out, "<span class=\"sure\" style=\"--sure:{sure}\">{sure:.2}</span>")?;
            }
            (None, None) => {}
        }
        Ok(writeln!(self.out, "</td><td>{}</td></tr>", escape_xml(kind))?)
    }

    /// The sentences that stand on neither side.
    fn unplaced(&mut self, bitext: &Bitext) -> Result<()> {
        if bitext.other.is_empty() {
            return Ok(());
        }
        self.out.write_all(b"<h2>On neither side</h2>\n<ul>\n")?;
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
        Ok(write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        )?)
    }

    fn open_table(&mut self) -> Result<()> {
        if !self.in_table {
            self.in_table = true;
            self.out.write_all(
                b"<table>\n<thead><tr><th scope=\"col\">Chinese</th><th scope=\"col\">English</th>\
                  <th scope=\"col\">Confidence</th><th scope=\"col\">Type</th></tr></thead>\n<tbody>\n",
            )?;
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<()> {
        if self.in_table {
            self.in_table = false;
            self.out.write_all(b"</tbody>\n</table>\n")?;
        }
        Ok(())
    }

    /// Closes the page and flushes the output. Call it once, at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
    pub fn finish(&mut self) -> Result<()> {
        self.begin("duizhao")?;
        self.close_table()?;
        self.out.write_all(b"</main>\n</body>\n</html>\n")?;
        Ok(self.out.flush()?)
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

/// Sentences, each after its number, counted from 1 as people do.
fn numbered<'a>(ids: &[usize], sentences: impl Iterator<Item = &'a Sentence>) -> String {
    let mut html = String::new();
    for (id, sentence) in ids.iter().zip(sentences) {
        let (number, text) = (id + 1, escape_xml(&sentence.text));
        html.push_str(&format!("<p><b>{number}</b><bdi>{text}</bdi></p>"));
    }
    html
}
