//! `duizhao batch`: many articles, an output file each.

use crate::arguments::BatchArgs;
use crate::files::{self, Doing, Place, explained};
use crate::pool::{self, Ended, Receive, Settings, Work};
use crate::report::Report;
use crate::status::{Status, io_kind};
use crate::{align, filter, inputs, interrupt, names};
use duizhao::corpus::filter::{Filter, FilterReport, Rules};
use duizhao::corpus::{Bitext, OutputFormat, WriteOptions};
use duizhao::{Aligner, Error, ErrorKind, Result};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: BatchArgs, report: &Report) -> Result<Status> {
    args.documents.read.check()?;
    let aligner = inputs::aligner(&args.documents.lexicon)?;
    let plan = plan(&args)?;
    make_folder(&args.out)?;
    let all = plan.len();
    let left: Vec<Job> = plan.into_iter().filter(|job| !(args.resume && job.is_there(args.format))).collect();
    let todo = left.len();
    interrupt::end_well();
    report.progress(todo as u64);
    let rules = args.filter.rules(0.0);
    let filtered = (!rules.is_empty()).then(FilterReport::default);
    let report_file = args.filter.report.clone();
    let mut tally = Tally { report, written: 0, failed: 0, stopped: None, filtered };
    let settings = Settings { jobs: args.documents.many.jobs(), timeout: args.documents.many.timeout };
    let work = Pages { aligner, options: args.documents.write.options(), rules, args };
    let ended = pool::run(work, left.into_iter(), settings, &mut tally);
    report.end_progress();
    if let Some(filtered) = &tally.filtered {
        filter::tell(filtered, report_file.as_deref(), report)?;
    }
    Ok(tally.close(ended, all, all - todo))
}

/// An input and the file it gives.
struct Job {
    input: PathBuf,
    output: PathBuf,
}

impl Job {
    fn is_there(&self, format: OutputFormat) -> bool {
        files::names_of(&self.output, format).iter().all(|path| path.is_file())
    }
}

/// All inputs, each once, with their outputs.
fn plan(args: &BatchArgs) -> Result<Vec<Job>> {
    let mut paths = args.inputs.clone();
    if let Some(list) = &args.files_from {
        paths.extend(inputs::paths(list)?);
    }
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    let ending = args.format.extensions();
    let job = |(input, name): (PathBuf, String)| {
        // Several files get their endings when they are written.
        let file = if ending.len() == 1 { format!("{name}.{}", ending[0]) } else { name };
        Job { input, output: args.out.join(file) }
    };
    let names = names::names(&paths);
    let jobs: Vec<Job> = paths.into_iter().zip(names).map(job).collect();
    keep_inputs(&jobs, args)?;
    Ok(jobs)
}

/// No output may take the place of an input.
fn keep_inputs(jobs: &[Job], args: &BatchArgs) -> Result<()> {
    let Ok(out) = fs::canonicalize(&args.out) else { return Ok(()) };
    let inside = |job: &Job| {
        let folder = job.input.parent().filter(|folder| !folder.as_os_str().is_empty());
        fs::canonicalize(folder.unwrap_or(Path::new("."))).is_ok_and(|folder| folder == out)
    };
    let taken: HashSet<_> = jobs
        .iter()
        .filter(|job| inside(job))
        .filter_map(|job| job.input.file_name().map(ToOwned::to_owned))
        .collect();
    let written = jobs.iter().flat_map(|job| files::names_of(&job.output, args.format));
    for path in written {
        if path.file_name().is_some_and(|name| taken.contains(name)) {
            let message = "an output of this name would overwrite an input; choose another folder with --out";
            return Err(Error::new(ErrorKind::Usage, message).in_file(path.display()));
        }
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Error::new(ErrorKind::Io, "a file of this name is in the way of the folder")
                .in_file(folder.display())
        }
        _ => explained(error.into(), Doing::Writing, &folder.display().to_string()),
    })
}

/// What is done with each article.
struct Pages {
    aligner: Aligner,
    args: BatchArgs,
    options: WriteOptions,
    rules: Rules,
}

/// What came of an article.
struct Outcome {
    /// Things worth knowing.
    notices: Vec<String>,
    /// What was understood.
    summary: Option<String>,
    filtered: FilterReport,
    failure: Option<Failure>,
}

enum Failure {
    Reading(Error),
    Writing(Error),
}

impl Work for Pages {
    type Item = Job;
    type Draft = Result<(Bitext, FilterReport)>;
    type Outcome = Outcome;

    fn compute(&self, job: &Job) -> Self::Draft {
        let article = inputs::article(&job.input, &self.args.documents.read)?;
        let mut bitext = self.aligner.align_article_with(&article, &self.args.documents.article.options());
        bitext.origin.name = job.input.file_name().map(|name| name.to_string_lossy().into_owned());
        if !align::has_text(&bitext) {
            return Err(align::no_text(&job.input));
        }
        // Each article is filtered by itself, so that its output does not depend on the others.
        let mut filter = Filter::new(self.rules.clone());
        if !self.rules.is_empty() {
            filter.bitext(&mut bitext);
        }
        Ok((bitext, filter.report().clone()))
    }

    fn commit(&self, job: &Job, draft: Self::Draft) -> Outcome {
        let (bitext, filtered) = match draft {
            Ok(done) => done,
            Err(error) => return Outcome::failed(Failure::Reading(error)),
        };
        let place = Place::File(job.output.clone());
        if let Err(error) = files::write_bitext(&place, &bitext, self.args.format, &self.options) {
            return Outcome::failed(Failure::Writing(error));
        }
        let name = inputs::name(&job.input);
        let lack = align::one_sided(&bitext).map(str::to_owned);
        let notices = bitext.notices.iter().cloned().chain(lack);
        Outcome {
            notices: notices.map(|notice| format!("{name}: {notice}")).collect(),
            summary: Some(format!("{name}: {}", align::summary(&bitext))),
            filtered,
            failure: None,
        }
    }

    fn late(&self, job: &Job) -> Outcome {
        let seconds = self.args.documents.many.timeout.as_secs_f64();
        let message = format!("not done after {seconds} s, so it was given up; --timeout sets the limit");
        let error = Error::new(ErrorKind::Limit, message);
        Outcome::failed(Failure::Reading(error.in_file(inputs::name(&job.input))))
    }

    fn failed(&self, job: &Job, message: String) -> Outcome {
        let error = Error::new(
            ErrorKind::Format,
            format!("duizhao failed on it, which is a fault in duizhao ({message})"),
        );
        Outcome::failed(Failure::Reading(error.in_file(inputs::name(&job.input))))
    }
}

impl Outcome {
    fn failed(failure: Failure) -> Self {
        let filtered = FilterReport::default();
        Outcome { notices: Vec::new(), summary: None, filtered, failure: Some(failure) }
    }
}

/// Counts outcomes and says what is worth saying, in the order of the inputs.
struct Tally<'a> {
    report: &'a Report,
    written: usize,
    failed: usize,
    stopped: Option<Error>,
    /// What filters took out, where there are any.
    filtered: Option<FilterReport>,
}

impl Receive<Outcome> for Tally<'_> {
    fn take(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self.report.step();
        for notice in &outcome.notices {
            self.report.say(notice);
        }
        if let Some(summary) = &outcome.summary {
            self.report.detail(summary);
        }
        if let Some(filtered) = &mut self.filtered {
            filtered.add(&outcome.filtered);
        }
        match outcome.failure {
            None => self.written += 1,
            Some(Failure::Writing(error)) if concerns_all(&error) => {
                self.stopped = Some(error);
                return ControlFlow::Break(());
            }
            Some(Failure::Reading(error) | Failure::Writing(error)) => {
                self.failed += 1;
                self.report.fail(&error);
            }
        }
        ControlFlow::Continue(())
    }
}

/// Whether every other output would fail in the same way.
fn concerns_all(error: &Error) -> bool {
    use io::ErrorKind::{NotFound, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(io_kind(error), Some(StorageFull | QuotaExceeded | ReadOnlyFilesystem | NotFound))
}

impl Tally<'_> {
    fn close(self, ended: Ended, all: usize, skipped: usize) -> Status {
        let Tally { report, written, failed, stopped, .. } = self;
        let left = all - skipped - written - failed;
        if let Some(error) = &stopped {
            report.fail(error);
        }
        let mut parts = vec![format!("{} of {} written", written, align::counted(all, "file"))];
        parts.extend((skipped > 0).then(|| format!("{skipped} skipped, as their output is there")));
        parts.extend((failed > 0).then(|| format!("{failed} failed")));
        parts.extend((left > 0).then(|| format!("{left} left to do: run it again with --resume")));
        report.say(&parts.join(", "));
        match ended {
            Ended::Interrupted if left > 0 => Status::Interrupted,
            _ if failed > 0 || left > 0 => Status::Failed,
            _ => Status::Done,
        }
    }
}
