//! Corpora as inputs, in whichever format: told by name or asked for, read record by record.

use crate::report::Report;
use crate::{files, inputs};
use duizhao::corpus::{OutputFormat, Record, Records, moses, read};
use duizhao::{Error, ErrorKind, Result};
use std::io::BufRead;
use std::path::Path;

/// The format of a file: as asked with `flag`, or as its name says.
pub fn format(asked: Option<OutputFormat>, path: &Path, flag: &str) -> Result<OutputFormat> {
    asked.or_else(|| of_name(path)).ok_or_else(|| {
        let message = format!("the name does not say which format; give {flag}");
        Error::new(ErrorKind::Usage, message).in_file(inputs::name(path))
    })
}

/// The format that a name tells; either file of Moses stands for both.
pub fn of_name(path: &Path) -> Option<OutputFormat> {
    let moses = path.extension().is_some_and(|ending| ending == "zh" || ending == "en");
    if moses { Some(OutputFormat::Moses) } else { OutputFormat::of_name(&path.to_string_lossy()) }
}

/// The records of a corpus; errors name its file.
pub fn records(format: OutputFormat, path: &Path) -> Result<Records<'static>> {
    named(format, path, &inputs::open)
}

/// The records of a corpus, with the progress of reading it.
pub fn records_shown(format: OutputFormat, path: &Path, report: &Report) -> Result<Records<'static>> {
    named(format, path, &|path| inputs::open_shown(path, report))
}

type Open<'a> = &'a dyn Fn(&Path) -> Result<Box<dyn BufRead + Send>>;

fn named(format: OutputFormat, path: &Path, input: Open<'_>) -> Result<Records<'static>> {
    let name = inputs::name(path);
    let named = move |error: Error| match error.file().is_some() || error.kind() == ErrorKind::Usage {
        true => error,
        false => error.in_file(&name),
    };
    let records = opened(format, path, input).map_err(&named)?;
    Ok(Box::new(records.map(move |record: Result<Record>| record.map_err(&named))))
}

fn opened(format: OutputFormat, path: &Path, input: Open<'_>) -> Result<Records<'static>> {
    if format == OutputFormat::Moses {
        let names = files::names_of(path, format);
        return Ok(Box::new(moses::Reader::new(input(&names[0])?, inputs::open(&names[1])?)));
    }
    read(format, input(path)?)
}
