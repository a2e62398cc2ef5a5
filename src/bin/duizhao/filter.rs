//! `duizhao filter`: corpora to one corpus, without the pairs that break a rule, and a count of those.

use crate::arguments::FilterCommandArgs;
use crate::files::{self, Place};
use crate::report::Report;
use crate::status::Status;
use crate::{corpora, inputs};
use duizhao::corpus::filter::{Filter, FilterReport, Rules};
use duizhao::corpus::{OutputFormat, Record, WriteOptions, convert};
use duizhao::{Error, ErrorKind, Result};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: &FilterCommandArgs, report: &Report) -> Result<Status> {
    let asked = args.filter.rules(args.write.min_confidence);
    let rules = if asked.is_empty() { Rules::usual() } else { asked };
    let mut inputs = Vec::new();
    for path in &args.inputs {
        inputs.push((path.clone(), corpora::format(args.from, path, "--from")?));
    }
    let to = form(args, inputs[0].1)?;
    let place = Place::new(args.output.as_deref());
    let pass = Pass { inputs: &inputs, place, to, options: args.write.options(), rules };
    let (done, _) = pass.run(report)?;
    tell(&done, args.filter.report.as_deref(), report)?;
    Ok(Status::Done)
}

/// The format of the output: as asked, as its name says, or as the input, unless that is none for a terminal.
fn form(args: &FilterCommandArgs, from: OutputFormat) -> Result<OutputFormat> {
    match (args.to, &args.output) {
        (None, Some(path)) if path != Path::new("-") => corpora::format(None, path, "--to"),
        (None, _) if from.extensions().len() > 1 || from == OutputFormat::Xlsx => Ok(OutputFormat::Jsonl),
        (to, _) => Ok(to.unwrap_or(from)),
    }
}

/// A way of records from corpora through rules to a corpus.
pub struct Pass<'a> {
    /// The corpora and their formats.
    pub inputs: &'a [(PathBuf, OutputFormat)],
    /// Where the output goes.
    pub place: Place,
    /// Its format.
    pub to: OutputFormat,
    /// What is written of it.
    pub options: WriteOptions,
    /// What a pair must be like; sentences that face nothing are not judged if they are to be written.
    pub rules: Rules,
}

impl Pass<'_> {
    /// Reads, judges and writes; answers what was taken out, and how many records were written.
    pub fn run(self, report: &Report) -> Result<(FilterReport, u64)> {
        self.keep_inputs()?;
        let Pass { inputs, place, to, options, rules } = self;
        let mut filter = (!rules.is_empty()).then(|| Filter::new(rules));
        // Where the data itself runs over the screen, a bar would be in its way.
        let shown = place != Place::Stdout || !std::io::stdout().is_terminal();
        let mut written = 0;
        files::write_corpus(&place, to, &options, |writer| {
            let all = inputs.iter().flat_map(|(path, from)| {
                let records = match shown {
                    true => corpora::records_shown(*from, path, report),
                    false => corpora::records(*from, path),
                };
                records.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
            });
            let mut passes = |record: &Record| match &mut filter {
                Some(filter) if record.is_pair() || !options.unpaired => filter.judge(record).is_none(),
                _ => true,
            };
            let records = all.filter(|record| record.as_ref().map_or(true, &mut passes));
            written = convert(records, writer, &options)?;
            Ok(())
        })?;
        report.end_progress();
        Ok((filter.map(|filter| filter.report().clone()).unwrap_or_default(), written))
    }

    /// An output is read while it is written if it is an input too.
    fn keep_inputs(&self) -> Result<()> {
        let Place::File(path) = &self.place else { return Ok(()) };
        for out in files::names_of(path, self.to) {
            let clash = |(input, from): &(PathBuf, OutputFormat)| {
                files::names_of(input, *from).iter().any(|input| inputs::same_file(input, &out))
            };
            if self.inputs.iter().any(clash) {
                let error = Error::new(ErrorKind::Usage, "the output would overwrite its own input");
                return Err(error.in_file(out.display()));
            }
        }
        Ok(())
    }
}

/// Says what was taken out, and writes it to a file if asked.
pub fn tell(done: &FilterReport, file: Option<&Path>, report: &Report) -> Result<()> {
    if let Some(path) = file {
        files::write(&Place::new(Some(path)), |out| {
            serde_json::to_writer_pretty(&mut *out, done).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        })?;
    }
    if !report.is_quiet() {
        report.table(&done.to_string());
    }
    Ok(())
}
