//! Corpora as inputs, in whichever format: told by name or asked for, read record by record.

use crate::{files, inputs};
use duizhao::corpus::{OutputFormat, Record, Records, moses, read};
use duizhao::{Error, ErrorKind, Result};
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
    let name = inputs::name(path);
    let records = open(format, path).map_err(|error| named(error, &name))?;
    Ok(Box::new(records.map(move |record: Result<Record>| record.map_err(|error| named(error, &name)))))
}

fn open(format: OutputFormat, path: &Path) -> Result<Records<'static>> {
    if format == OutputFormat::Moses {
        let names = files::names_of(path, format);
        return Ok(Box::new(moses::Reader::new(inputs::open(&names[0])?, inputs::open(&names[1])?)));
    }
    read(format, inputs::open(path)?)
}

fn named(error: Error, name: &str) -> Error {
    if error.file().is_some() || error.kind() == ErrorKind::Usage { error } else { error.in_file(name) }
}
