//! `duizhao convert`: a corpus from one format to another, record by record, by way of filters if asked.

use crate::arguments::ConvertArgs;
use crate::filter::{self, Pass};
use crate::report::Report;
use crate::status::Status;
use crate::{corpora, files};
use duizhao::Result;

/// Runs the command.
pub fn run(args: &ConvertArgs, report: &Report) -> Result<Status> {
    let from = corpora::format(args.from, &args.input, "--from")?;
    let to = corpora::format(args.to, &args.output, "--to")?;
    let rules = args.filter.rules(0.0);
    let filtered = !rules.is_empty();
    let inputs = [(args.input.clone(), from)];
    let place = files::Place::new(Some(&args.output));
    let pass = Pass { inputs: &inputs, place, to, options: args.write.options(), rules };
    let (done, written) = pass.run(report)?;
    if filtered {
        filter::tell(&done, args.filter.report.as_deref(), report)?;
    }
    report.detail(&format!("{written} records"));
    Ok(Status::Done)
}
