//! What the formats with columns (TSV, CSV) share: which columns there are, what stands in them, and how a row
//! is read back.

use super::options::WriteOptions;
use super::record::Record;
use super::text::{defuse_formula, rounded};
use super::xml::{Side, side_of};
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;

const COLUMNS: [&str; 6] = ["zh", "en", "kind", "score", "confidence", "reason"];

/// The names of the columns; the last, `reason`, only where unpaired sentences are written.
pub(super) fn header(options: &WriteOptions) -> &'static [&'static str] {
    if options.unpaired { &COLUMNS } else { &COLUMNS[..5] }
}

/// The cells of a row, as many as [`header`] names, not yet fit for a line.
pub(super) fn cells<'a>(record: &'a Record, options: &WriteOptions) -> Vec<Cow<'a, str>> {
    let number = |x: Option<f32>| Cow::Owned(x.map(|x| rounded(x).to_string()).unwrap_or_default());
    let text =
        |text: &'a str| if options.spreadsheet_safe { defuse_formula(text) } else { Cow::Borrowed(text) };
    let mut cells = vec![
        text(&record.zh),
        text(&record.en),
        text(&record.kind),
        number(record.score),
        number(record.confidence),
        Cow::Borrowed(record.reason.map_or("", |reason| reason.code())),
    ];
    cells.truncate(header(options).len());
    cells
}

/// The name by which a column is known here that calls itself so: people's own tables have codes of regions, or the
/// words for the languages.
pub(super) fn column_of(cell: &str) -> Option<&'static str> {
    let cell = cell.trim().to_lowercase();
    if let Some(name) = COLUMNS.into_iter().find(|&name| name == cell) {
        return Some(name);
    }
    match cell.as_str() {
        "chinese" | "中文" | "汉语" | "漢語" => Some("zh"),
        "english" | "英文" | "英语" | "英語" => Some("en"),
        code if code.contains(['-', '_']) => side_of(code).map(|side| match side {
            Side::Zh => "zh",
            Side::En => "en",
        }),
        _ => None,
    }
}

/// Which column holds what.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// For each of [`COLUMNS`], where it stands.
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    /// How many columns there are.
    #[cfg(feature = "xlsx")]
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// What the first row says, and whether it is a header.
    fn of_first_row(cells: &[&str]) -> (Self, bool) {
        let find = |name: &str| cells.iter().position(|cell| column_of(cell) == Some(name));
        let named = COLUMNS.map(find);
        if let [Some(_), Some(_), ..] = named {
            return (Columns { places: named, width: cells.len() }, true);
        }
        let confidence = cells.get(2).filter(|cell| cell.trim().parse::<f32>().is_ok()).map(|_| 2);
        let places = [Some(0), Some(1), None, None, confidence, None];
        (Columns { places, width: cells.len() }, false)
    }

    /// The record of a row, by the columns that are known or that this first row tells; `None` for a header.
    pub(super) fn take(known: &mut Option<Columns>, cells: &[&str]) -> Result<Option<Record>> {
        if let Some(columns) = known {
            return columns.record(cells).map(Some);
        }
        let (columns, is_header) = Columns::of_first_row(cells);
        let columns = known.insert(columns);
        if is_header { Ok(None) } else { columns.record(cells).map(Some) }
    }

    /// The record of a row.
    fn record(&self, cells: &[&str]) -> Result<Record> {
        if cells.len() < 2 || cells.len() != self.width {
            let expected = self.width.max(2);
            let message = format!("expected {expected} columns, found {}", cells.len());
            return Err(Error::new(ErrorKind::Format, message));
        }
        let [zh, en, kind, score, confidence, reason] =
            self.places.map(|place| place.map_or("", |column| cells[column]));
        let plain = Record::new(zh, en);
        Ok(Record {
            kind: if kind.is_empty() { plain.kind } else { kind.to_owned() },
            score: number("score", score)?,
            confidence: number("confidence", confidence)?,
            reason: if reason.is_empty() { plain.reason } else { Some(reason.parse()?) },
            ..plain
        })
    }
}

fn number(column: &str, cell: &str) -> Result<Option<f32>> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    // Tools write `nan` for what they do not know.
    let known = |number: f32| number.is_finite().then_some(number);
    cell.parse().map(known).map_err(|cause| {
        Error::new(ErrorKind::Format, format!("the column `{column}` holds no number")).caused_by(cause)
    })
}
