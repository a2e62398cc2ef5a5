//! `duizhao convert`: a corpus from one format to another, record by record.

use crate::arguments::ConvertArgs;
use crate::files::{self, Place};
use crate::inputs;
use crate::report::Report;
use crate::status::Status;
use duizhao::corpus::{OutputFormat, Records, convert, moses, read};
use duizhao::{Error, ErrorKind, Result};
use std::path::Path;

/// Runs the command.
pub fn run(args: &ConvertArgs, report: &Report) -> Result<Status> {
    let from = format(args.from, &args.input, "--from")?;
    let to = format(args.to, &args.output, "--to")?;
    let options = args.write.options();
    let name = inputs::name(&args.input);
    let place = Place::new(Some(&args.output));
    let mut written = 0;
    files::write_corpus(&place, to, &options, |writer| {
        let records = records(from, &args.input).map_err(|error| named(error, &name))?;
        let records = records.map(|record| record.map_err(|error| named(error, &name)));
        written = convert(records, writer, &options)?;
        Ok(())
    })?;
    report.detail(&format!("{written} records"));
    Ok(Status::Done)
}

fn format(asked: Option<OutputFormat>, path: &Path, flag: &str) -> Result<OutputFormat> {
    let two = |path: &Path| path.extension().is_some_and(|ending| ending == "zh" || ending == "en");
    let found = || match two(path) {
        true => Some(OutputFormat::Moses),
        false => OutputFormat::of_name(&path.to_string_lossy()),
    };
    asked.or_else(found).ok_or_else(|| {
        let message = format!("the name does not say which format; give {flag}");
        Error::new(ErrorKind::Usage, message).in_file(inputs::name(path))
    })
}

fn records(format: OutputFormat, path: &Path) -> Result<Records<'static>> {
    if format == OutputFormat::Moses {
        let [zh, en] = files::two_names(path);
        return Ok(Box::new(moses::Reader::new(inputs::open(&zh)?, inputs::open(&en)?)));
    }
    read(format, inputs::open(path)?)
}

fn named(error: Error, name: &str) -> Error {
    if error.file().is_some() || error.kind() == ErrorKind::Usage { error } else { error.in_file(name) }
}
