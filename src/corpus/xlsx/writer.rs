//! Writes a workbook for people: wrapped text, confidences coloured as in the terminal, nothing that could run.

use crate::corpus::Bitext;
use crate::corpus::options::WriteOptions;
use crate::corpus::record::Record;
use crate::corpus::table::{cells, header};
use crate::corpus::task::Task;
use crate::error::{Error, ErrorKind, Result};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    Workbook, Worksheet, XlsxError,
};
use std::fmt;
use std::io::Write;

/// Rows of a sheet and characters (UTF-16 units) of a cell that Excel takes.
const MOST_ROWS: u32 = 1 << 20;
const LONGEST_CELL: usize = 32_767;
/// The day on which every workbook says that it was made: the first that an archive can name.
const CREATED: (u16, u8, u8) = (1980, 1, 1);
/// Widths of the columns in characters: Chinese, English, and the others.
const WIDTHS: [f64; 6] = [48.0, 64.0, 7.0, 9.0, 11.0, 16.0];
/// Where the confidence stands.
const CONFIDENCE: u16 = 4;
/// Confidences from which a pair is shown as sure and as doubtful, and the colours: Excel's own for good, neutral
/// and bad.
const SURE: f64 = 0.9;
const DOUBTFUL: f64 = 0.6;
const COLORS: [(u32, u32); 3] = [(0x00_6100, 0xC6_EFCE), (0x9C_5700, 0xFF_EB9C), (0x9C_0006, 0xFF_C7CE)];

/// Writes a workbook with a row a pair; a sheet that is full is followed by another.
///
/// Texts are stored as texts, so that none is run as a formula, whatever it begins with.
///
/// ```
/// use duizhao::corpus::{Record, xlsx};
/// let mut out = Vec::new();
/// let mut writer = xlsx::Writer::new(&mut out);
/// writer.write_record(&Record::new("茶凉了。", "The tea is cold."))?;
/// writer.finish()?;
/// let back = xlsx::Reader::new(out.as_slice())?.next().unwrap()?;
/// assert_eq!((back.zh.as_str(), back.en.as_str()), ("茶凉了。", "The tea is cold."));
/// # Ok::<(), duizhao::Error>(())
/// ```
pub struct Writer<W> {
    out: W,
    task: Task,
    full: Vec<Worksheet>,
    sheet: Option<Worksheet>,
    row: u32,
    text: Format,
    number: Format,
}

impl<W: Write> Writer<W> {
    /// A writer with the default options.
    pub fn new(out: W) -> Self {
        Self::with_options(out, &WriteOptions::default())
    }

    /// A writer that follows [`WriteOptions::unpaired`] and [`WriteOptions::min_confidence`].
    pub fn with_options(out: W, options: &WriteOptions) -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        // A workbook needs no apostrophe before a formula: a cell says itself that it is text.
        let task = Task::new(&options.clone().spreadsheet_safe(false));
        let (text, number) = (top().set_text_wrap(), top());
        Writer { out, task, full: Vec::new(), sheet: None, row: 0, text, number }
    }

    /// Writes the pairs of a bitext.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write`](crate::corpus::CorpusWriter::write), and [`ErrorKind::Limit`] if a
    /// text is longer than a cell can be.
    pub fn write(&mut self, bitext: &Bitext) -> Result<()> {
        let bitext = self.task.bitext(bitext)?;
        self.task.records(&bitext).try_for_each(|record| self.row(&record))
    }

    /// Writes one row, if the options ask for the record.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::write_record`](crate::corpus::CorpusWriter::write_record), and
    /// [`ErrorKind::Limit`] if a text is longer than a cell can be.
    pub fn write_record(&mut self, record: &Record) -> Result<()> {
        if self.task.takes(record)? { self.row(record) } else { Ok(()) }
    }

    fn row(&mut self, record: &Record) -> Result<()> {
        if self.row >= MOST_ROWS {
            self.full.extend(self.sheet.take());
        }
        let row = if self.sheet.is_none() { 1 } else { self.row };
        let options = self.task.options.clone();
        let (text, number) = (self.text.clone(), self.number.clone());
        let sheet = self.sheet()?;
        for (column, cell) in (0_u16..).zip(cells(record, &options)) {
            let value = if matches!(column, 3 | CONFIDENCE) { cell.parse::<f64>().ok() } else { None };
            let written = match value {
                Some(value) => sheet.write_number_with_format(row, column, value, &number),
                None if cell.is_empty() => continue,
                None if cell.encode_utf16().count() > LONGEST_CELL => return Err(too_long()),
                None => sheet.write_string_with_format(row, column, &*cell, &text),
            };
            written.map_err(failed)?;
        }
        self.row = row + 1;
        Ok(())
    }

    /// The sheet that has room, with its header.
    fn sheet(&mut self) -> Result<&mut Worksheet> {
        let number = self.full.len() + 1;
        match &mut self.sheet {
            Some(sheet) => Ok(sheet),
            empty => {
                let sheet = new_sheet(number, header(&self.task.options)).map_err(failed)?;
                Ok(empty.insert(sheet))
            }
        }
    }

    /// Makes the workbook and writes it.
    ///
    /// # Errors
    /// Those of [`CorpusWriter::finish`](crate::corpus::CorpusWriter::finish).
    pub fn finish(&mut self) -> Result<()> {
        self.task.end()?;
        self.sheet()?;
        let mut workbook = Workbook::new();
        // The same pairs give the same bytes, whenever they are written.
        let date = ExcelDateTime::from_ymd(CREATED.0, CREATED.1, CREATED.2).map_err(failed)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        for sheet in self.full.drain(..).chain(self.sheet.take()) {
            workbook.push_worksheet(sheet);
        }
        let bytes = workbook.save_to_buffer().map_err(failed)?;
        self.out.write_all(&bytes)?;
        Ok(self.out.flush()?)
    }
}

impl<W: fmt::Debug> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Writer { out, task, row, .. } = self;
        f.debug_struct("Writer").field("out", out).field("task", task).field("row", row).finish()
    }
}

fn new_sheet(number: usize, names: &[&str]) -> std::result::Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(if number == 1 { "pairs".to_owned() } else { format!("pairs {number}") })?;
    let bold = Format::new().set_bold();
    for ((column, name), width) in (0_u16..).zip(names).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let [sure, doubtful, unsure] =
        COLORS.map(|(text, ground)| Format::new().set_font_color(text).set_background_color(ground));
    let rules = [
        (ConditionalFormatCellRule::GreaterThanOrEqualTo(SURE), sure),
        (ConditionalFormatCellRule::Between(DOUBTFUL, SURE), doubtful),
        (ConditionalFormatCellRule::Between(0.0, DOUBTFUL), unsure),
    ];
    for (rule, format) in rules {
        // The first rule that holds stops the others, so that a border belongs to the better colour. Empty cells
        // count as 0 in a rule of numbers, but not between two.
        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(format).set_stop_if_true(true);
        sheet.add_conditional_format(1, CONFIDENCE, MOST_ROWS - 1, CONFIDENCE, &rule)?;
    }
    Ok(sheet)
}

fn too_long() -> Error {
    let message = format!(
        "a text is longer than the {LONGEST_CELL} characters that a cell of a workbook holds; choose another \
         format"
    );
    Error::new(ErrorKind::Limit, message)
}

fn failed(cause: XlsxError) -> Error {
    Error::new(ErrorKind::Format, format!("the workbook cannot be made: {cause}")).told_by(cause)
}
