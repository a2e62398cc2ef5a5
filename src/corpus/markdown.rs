//! A Markdown table (GitHub's): a row a pair. What Markdown would take for markup is escaped.

use super::rows::{RowStyle, RowWriter};
use super::text::fold_line;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a table.
pub type Writer<W> = RowWriter<W, Markdown>;

/// The rows of a Markdown table.
#[derive(Debug)]
#[non_exhaustive]
pub struct Markdown;

impl RowStyle for Markdown {
    fn row(out: &mut dyn Write, cells: &[Cow<'_, str>]) -> io::Result<()> {
        let cells: Vec<_> = cells.iter().map(|cell| escape(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))
    }

    fn header(out: &mut dyn Write, names: &[Cow<'_, str>]) -> io::Result<()> {
        Self::row(out, names)?;
        writeln!(out, "|{}", " --- |".repeat(names.len()))
    }
}

fn escape(text: &str) -> String {
    let text = fold_line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
