//! `duizhao convert`: a corpus from one format to another, record by record.

use crate::arguments::ConvertArgs;
use crate::corpora;
use crate::files::{self, Place};
use crate::report::Report;
use crate::status::Status;
use duizhao::Result;
use duizhao::corpus::convert;

/// Runs the command.
pub fn run(args: &ConvertArgs, report: &Report) -> Result<Status> {
    let from = corpora::format(args.from, &args.input, "--from")?;
    let to = corpora::format(args.to, &args.output, "--to")?;
    let options = args.write.options();
    let place = Place::new(Some(&args.output));
    let mut written = 0;
    files::write_corpus(&place, to, &options, |writer| {
        written = convert(corpora::records(from, &args.input)?, writer, &options)?;
        Ok(())
    })?;
    report.detail(&format!("{written} records"));
    Ok(Status::Done)
}
