//! The formats by name, and one function each to write, to read and to convert.

use super::options::WriteOptions;
use super::record::Record;
use super::{csv, html, ids, intertext, jsonl, ladder, markdown, moses, rows, tmx, tsv, xliff};
use crate::corpus::Bitext;
use crate::error::{Error, ErrorKind, Result, unknown};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{BufRead, Write};
use std::str::FromStr;

/// A format in which a corpus is written.
///
/// ```
/// use duizhao::corpus::OutputFormat;
/// let format: OutputFormat = "tmx".parse()?;
/// assert_eq!((format, format.extension()), (OutputFormat::Tmx, "tmx"));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OutputFormat {
    /// JSON Lines, an object a pair: [`jsonl`].
    #[default]
    Jsonl,
    /// Hugging Face's `{"translation": {"zh", "en"}}` a line: [`jsonl::Writer::nested`].
    HuggingFace,
    /// Tab-separated values: [`tsv`].
    Tsv,
    /// Comma-separated values: [`csv`].
    Csv,
    /// A translation memory: [`tmx`].
    Tmx,
    /// XLIFF 2.0: [`xliff`].
    Xliff,
    /// An Excel workbook: `xlsx`, with the feature of this name.
    Xlsx,
    /// A file a language, line by line: [`moses`].
    Moses,
    /// Links and the sentences of both languages: [`intertext`].
    #[serde(rename = "intertext")]
    InterText,
    /// Sentence numbers: [`ids`].
    Ids,
    /// The ladder of hunalign: [`ladder`].
    Ladder,
    /// A Markdown table: [`markdown`].
    Markdown,
    /// A page, side by side: [`html`].
    Html,
}

struct Facts {
    format: OutputFormat,
    code: &'static str,
    extensions: &'static [&'static str],
    about: &'static str,
}

const FACTS: [Facts; 13] = {
    use OutputFormat::*;
    const fn facts(
        format: OutputFormat,
        code: &'static str,
        extensions: &'static [&'static str],
        about: &'static str,
    ) -> Facts {
        Facts { format, code, extensions, about }
    }
    [
        facts(Jsonl, "jsonl", &["jsonl"], "an object a line, with spans, score and confidence"),
        facts(HuggingFace, "hugging-face", &["jsonl"], "{\"translation\": {\"zh\", \"en\"}} a line"),
        facts(Tsv, "tsv", &["tsv"], "tab-separated values with a header"),
        facts(Csv, "csv", &["csv"], "comma-separated values with a header"),
        facts(Tmx, "tmx", &["tmx"], "a translation memory, TMX 1.4b"),
        facts(Xliff, "xliff", &["xlf"], "XLIFF 2.0, a unit a pair"),
        facts(Xlsx, "xlsx", &["xlsx"], "an Excel workbook, a row a pair"),
        facts(Moses, "moses", &["zh", "en"], "two files, a line of each a pair"),
        facts(InterText, "intertext", &intertext::EXTENSIONS, "InterText XML: links and two texts"),
        facts(Ids, "ids", &["ids"], "sentence numbers, [0, 1]:[2] a line"),
        facts(Ladder, "ladder", &["ladder"], "the ladder of hunalign"),
        facts(Markdown, "markdown", &["md"], "a Markdown table"),
        facts(Html, "html", &["html"], "a page, side by side"),
    ]
};

impl OutputFormat {
    /// Every format, in the order of the type.
    pub const ALL: [OutputFormat; FACTS.len()] = {
        let mut all = [OutputFormat::Jsonl; FACTS.len()];
        let mut k = 0;
        while k < all.len() {
            all[k] = FACTS[k].format;
            k += 1;
        }
        all
    };

    fn facts(self) -> &'static Facts {
        // The table is in the order of the type; a test holds it so.
        &FACTS[self as usize]
    }

    /// The word that stands for it in options and files, such as `hugging-face`.
    pub fn code(self) -> &'static str {
        self.facts().code
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.facts().about
    }

    /// The ending of its file's name, without the dot; of the first where it makes several.
    pub fn extension(self) -> &'static str {
        self.facts().extensions[0]
    }

    /// The endings of its files' names: one, or for [`OutputFormat::Moses`] the Chinese and the English one, and
    /// for [`OutputFormat::InterText`] those of links, Chinese and English.
    pub fn extensions(self) -> &'static [&'static str] {
        self.facts().extensions
    }

    /// The format that files with this name's ending are in, if one is.
    pub fn of_name(name: &str) -> Option<Self> {
        if name.to_ascii_lowercase().ends_with(".zh.en.xml") {
            return Some(OutputFormat::InterText);
        }
        let (_, ending) = name.rsplit_once('.')?;
        let ending = match ending.to_ascii_lowercase().as_str() {
            "xliff" => "xlf".to_owned(),
            "markdown" => "md".to_owned(),
            "htm" => "html".to_owned(),
            ending => ending.to_owned(),
        };
        let known = |format: &Self| format.extensions().len() == 1 && format.extension() == ending;
        OutputFormat::ALL.into_iter().find(known)
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for OutputFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let wanted = match name.to_ascii_lowercase().as_str() {
            "md" => "markdown".to_owned(),
            "hf" | "huggingface" => "hugging-face".to_owned(),
            "xlf" => "xliff".to_owned(),
            "excel" => "xlsx".to_owned(),
            name => name.to_owned(),
        };
        OutputFormat::ALL.into_iter().find(|format| format.code() == wanted).ok_or_else(|| {
            unknown(ErrorKind::Usage, "format", name, OutputFormat::ALL.map(OutputFormat::code))
        })
    }
}

/// A writer of any format.
///
/// Every writer of this module has these methods itself; the trait is for code that chooses one at run time.
///
/// A writer ends with [`finish`](CorpusWriter::finish): without it the output may lack its end, and what the
/// output itself keeps back is lost where dropping it does not write it. To have the output back, lend it: `&mut
/// out` is an output too.
pub trait CorpusWriter {
    /// Writes a bitext.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the output fails, [`ErrorKind::Alignment`] if the bitext does not hold together (see
    /// [`Bitext::validate`]), [`ErrorKind::Usage`] after [`finish`](CorpusWriter::finish).
    fn write(&mut self, bitext: &Bitext) -> Result<()>;

    /// Writes a record, if the options ask for it: unless [`WriteOptions::unpaired`] is set, one with an empty
    /// side or with less confidence than [`WriteOptions::min_confidence`] is left out; if it is, all are written
    /// as they are. A record without confidence is sure. Formats that hold every sentence of a bitext in any case
    /// ([`html`], [`ids`], [`intertext`]) hold every record.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the output fails, [`ErrorKind::Usage`] if the format needs a whole bitext and after
    /// [`finish`](CorpusWriter::finish).
    fn write_record(&mut self, record: &Record) -> Result<()>;

    /// Writes what must stand at the end, and flushes the output. After it nothing more can be written.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the output fails, [`ErrorKind::Usage`] if it was called before.
    fn finish(&mut self) -> Result<()>;
}

macro_rules! corpus_writer {
    ($(impl[$($generics:tt)*] $writer:ty;)*) => {$(
        impl<$($generics)*> CorpusWriter for $writer {
            fn write(&mut self, bitext: &Bitext) -> Result<()> {
                <$writer>::write(self, bitext)
            }
            fn write_record(&mut self, record: &Record) -> Result<()> {
                <$writer>::write_record(self, record)
            }
            fn finish(&mut self) -> Result<()> {
                <$writer>::finish(self)
            }
        }
    )*};
}

corpus_writer! {
    impl[W: Write] jsonl::Writer<W>;
    impl[W: Write, S: rows::RowStyle] rows::RowWriter<W, S>;
    impl[W: Write] tmx::Writer<W>;
    impl[W: Write] xliff::Writer<W>;
    impl[W: Write] moses::Writer<W, W>;
    impl[W: Write] intertext::Writer<W>;
    impl[W: Write] ids::Writer<W>;
    impl[W: Write] ladder::Writer<W>;
    impl[W: Write] html::Writer<W>;
}

#[cfg(feature = "xlsx")]
corpus_writer! {
    impl[W: Write] super::xlsx::Writer<W>;
}

/// A writer of a format to one output. It stays on its thread, so that the output may be one that has to, such as
/// a locked standard output; the writers of the formats' modules go wherever their output goes.
///
/// # Errors
/// [`ErrorKind::Usage`] for a format that makes several files: use [`moses::Writer`] or [`intertext::Writer`]; and
/// for workbooks where the crate was built without the feature `xlsx`.
pub fn writer<'w, W: Write + 'w>(
    format: OutputFormat,
    out: W,
    options: &WriteOptions,
) -> Result<Box<dyn CorpusWriter + 'w>> {
    Ok(match format {
        OutputFormat::Jsonl => Box::new(jsonl::Writer::with_options(out, options)),
        OutputFormat::HuggingFace => Box::new(jsonl::Writer::nested(out, options)),
        OutputFormat::Tsv => Box::new(tsv::Writer::with_options(out, options)),
        OutputFormat::Csv => Box::new(csv::Writer::with_options(out, options)),
        OutputFormat::Tmx => Box::new(tmx::Writer::with_options(out, options)),
        OutputFormat::Ids => Box::new(ids::Writer::with_options(out, options)),
        OutputFormat::Ladder => Box::new(ladder::Writer::with_options(out, options)),
        OutputFormat::Markdown => Box::new(markdown::Writer::with_options(out, options)),
        OutputFormat::Html => Box::new(html::Writer::with_options(out, options)),
        OutputFormat::Xliff => Box::new(xliff::Writer::with_options(out, options)),
        OutputFormat::Xlsx => workbook_writer(out, options)?,
        OutputFormat::Moses | OutputFormat::InterText => {
            let module = if format == OutputFormat::Moses { "moses" } else { "intertext" };
            let message = format!("{format} makes several files; write them with `{module}::Writer`");
            return Err(Error::new(ErrorKind::Usage, message));
        }
    })
}

#[cfg(feature = "xlsx")]
fn workbook_writer<'w, W: Write + 'w>(out: W, options: &WriteOptions) -> Result<Box<dyn CorpusWriter + 'w>> {
    Ok(Box::new(super::xlsx::Writer::with_options(out, options)))
}

#[cfg(feature = "xlsx")]
fn workbook_records<'r, R: BufRead + 'r>(input: R) -> Result<Records<'r>> {
    Ok(Box::new(super::xlsx::Reader::new(input)?))
}

#[cfg(not(feature = "xlsx"))]
fn workbook_writer<'w, W: Write + 'w>(_: W, _: &WriteOptions) -> Result<Box<dyn CorpusWriter + 'w>> {
    Err(no_workbooks())
}

#[cfg(not(feature = "xlsx"))]
fn workbook_records<'r, R: BufRead + 'r>(_: R) -> Result<Records<'r>> {
    Err(no_workbooks())
}

#[cfg(not(feature = "xlsx"))]
fn no_workbooks() -> Error {
    Error::new(ErrorKind::Usage, "workbooks need the crate's feature `xlsx`, without which this was built")
}

/// Writes a bitext as a whole file of a format.
///
/// # Errors
/// [`ErrorKind::Io`] if the output fails, [`ErrorKind::Usage`] for a format that makes several files,
/// [`ErrorKind::Alignment`] if the bitext does not hold together (see [`Bitext::validate`]).
pub fn write(bitext: &Bitext, format: OutputFormat, out: impl Write, options: &WriteOptions) -> Result<()> {
    let mut writer = writer(format, out, options)?;
    writer.write(bitext)?;
    writer.finish()
}

/// The records of a file, one after the other; each item says where it is wrong if it is. They stay on their
/// thread, as the input may have to; the readers of the formats' modules go wherever their input goes.
pub type Records<'r> = Box<dyn Iterator<Item = Result<Record>> + 'r>;

/// Reads a corpus of a format record by record.
///
/// # Errors
/// [`ErrorKind::Usage`] for a format that cannot be read from one input: Moses has two files
/// ([`moses::Reader`]), ids, ladders and InterText links hold no text, Markdown and HTML are for people.
pub fn read<'r, R: BufRead + 'r>(format: OutputFormat, input: R) -> Result<Records<'r>> {
    Ok(match format {
        OutputFormat::Jsonl | OutputFormat::HuggingFace => Box::new(jsonl::Reader::new(input)),
        OutputFormat::Tsv => Box::new(tsv::Reader::new(input)),
        OutputFormat::Csv => Box::new(csv::Reader::new(input)),
        OutputFormat::Tmx => Box::new(tmx::Reader::new(input)?),
        OutputFormat::Xliff => Box::new(xliff::Reader::new(input)?),
        OutputFormat::Xlsx => workbook_records(input)?,
        other => {
            let message =
                format!("{other} cannot be read as a corpus; jsonl, tsv, csv, tmx, xliff and xlsx can");
            return Err(Error::new(ErrorKind::Usage, message));
        }
    })
}

/// Writes records to a writer and ends it: `convert(read(…)?, writer(…)?)`. Memory is that of one record. Returns
/// how many were written: those that these options ask for, as [`CorpusWriter::write_record`] says. Give the
/// writer the same options.
///
/// # Errors
/// The first error of reading or writing.
pub fn convert(
    records: impl Iterator<Item = Result<Record>>,
    writer: &mut dyn CorpusWriter,
    options: &WriteOptions,
) -> Result<u64> {
    let mut written = 0;
    for record in records {
        let record = record?;
        if options.take(&record) {
            writer.write_record(&record)?;
            written += 1;
        }
    }
    writer.finish()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_type() {
        for (k, format) in OutputFormat::ALL.into_iter().enumerate() {
            assert_eq!(format as usize, k);
        }
        crate::error::check_codes(OutputFormat::ALL, OutputFormat::code);
    }

    #[test]
    fn names_and_endings() {
        assert_eq!("MD".parse::<OutputFormat>().unwrap(), OutputFormat::Markdown);
        assert_eq!(OutputFormat::of_name("memory.TMX"), Some(OutputFormat::Tmx));
        assert_eq!(OutputFormat::of_name("memory.xliff"), Some(OutputFormat::Xliff));
        assert_eq!(OutputFormat::of_name("page.HTM"), Some(OutputFormat::Html));
        assert_eq!(OutputFormat::of_name("novel.zh.en.xml"), Some(OutputFormat::InterText));
        assert_eq!((OutputFormat::of_name("notes.zh"), OutputFormat::of_name("a.xml")), (None, None));
        let error = "tmxx".parse::<OutputFormat>().unwrap_err();
        assert!(error.to_string().contains("did you mean tmx?"), "{error}");
        let error = "docx".parse::<OutputFormat>().unwrap_err();
        assert!(error.to_string().contains("jsonl, hugging-face, tsv"), "{error}");
    }

    #[test]
    fn several_files_need_several_outputs() {
        for format in OutputFormat::ALL.into_iter().filter(|format| format.extensions().len() > 1) {
            let error = write(&Bitext::default(), format, Vec::new(), &WriteOptions::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Usage);
            assert!(error.message().contains("::Writer"), "{error}");
        }
    }
}
