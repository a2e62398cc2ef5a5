//! The command line `duizhao`. Data goes to standard output, messages go to standard error as plain
//! sentences, and the exit status says how it went (see [`status`]).

mod align;
mod arguments;
mod batch;
mod beads;
mod config;
mod convert;
mod corpora;
mod eval;
mod files;
mod filter;
mod inputs;
mod interrupt;
mod lexicon;
mod lines;
mod manual;
mod names;
mod pool;
mod report;
mod segment;
mod stats;
mod status;
mod stream;
mod view;

use arguments::{Cli, Command, LexiconCommand};
use clap::{CommandFactory, Parser};
use duizhao::{Error, ErrorKind, Result};
use report::Report;
use status::Status;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = command_first(std::env::args_os().collect());
    let arguments = known_command(&arguments).and_then(|()| config::applied(arguments));
    let arguments = arguments.unwrap_or_else(|error| {
        Report::new(false, false).fail(&error);
        std::process::exit(Status::of(&error).code())
    });
    // Mistakes end here, with clap's own message and status 2.
    let cli = Cli::parse_from(arguments);
    let report = Report::new(cli.quiet, cli.verbose);
    let done = match cli.command {
        None => align::run(&cli.align, &report),
        Some(Command::Align(args)) => align::run(&args, &report),
        Some(Command::Batch(args)) => batch::run(args, &report),
        Some(Command::Stream(args)) => stream::run(&args, &report),
        Some(Command::Segment(args)) => segment::run(&args, &report),
        Some(Command::Eval(args)) => eval::run(&args, &report),
        Some(Command::Convert(args)) => convert::run(&args, &report),
        Some(Command::Filter(args)) => filter::run(&args, &report),
        Some(Command::Stats(args)) => stats::run(&args, &report),
        Some(Command::Config(_)) => config::print(cli.config.as_deref()),
        Some(Command::Completions(args)) => manual::completions(&args),
        Some(Command::Man(args)) => manual::pages(&args, &report),
        Some(Command::Lexicon { command }) => match command {
            LexiconCommand::Build(args) => lexicon::build(&args, &report),
            LexiconCommand::Learn(args) => lexicon::learn(&args, &report),
            LexiconCommand::Show(args) => lexicon::show(&args),
        },
    };
    let status = done.unwrap_or_else(|error| {
        let status = Status::of(&error);
        if status != Status::ClosedPipe {
            report.fail(&error);
        }
        status
    });
    // Threads that ran out of time may still be at work; they must not hold up the end.
    std::process::exit(status.code())
}

/// How many arguments in front are flags that all commands have, with their values.
fn common_flags(arguments: &[OsString]) -> usize {
    let mut flags = 0;
    while let Some(flag) = arguments.get(flags + 1).and_then(|argument| argument.to_str()) {
        match flag {
            "-q" | "--quiet" | "-v" | "--verbose" => flags += 1,
            "--config" => flags += 2,
            flag if flag.starts_with("--config=") => flags += 1,
            _ => break,
        }
    }
    flags
}

/// Puts a command before the flags that all commands have, where they came the other way round: with anything
/// before it, clap takes a command for the name of a page.
fn command_first(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let flags = common_flags(&arguments);
    let command = arguments.get(flags + 1).and_then(|name| name.to_str());
    if command.is_some_and(|name| Cli::command().find_subcommand(name).is_some()) {
        arguments[1..flags + 2].rotate_left(flags);
    }
    arguments
}

/// Finds a command that was mistyped, before its flags are held against those of `align`: a word in its place that
/// is close to the name of a command, and no file.
fn known_command(arguments: &[OsString]) -> Result<()> {
    let word = arguments.get(common_flags(arguments) + 1).and_then(|word| word.to_str());
    let Some(typed) = word.filter(|word| !word.starts_with('-')) else { return Ok(()) };
    let cli = Cli::command();
    let distance = |name: &str| strsim::damerau_levenshtein(name, typed);
    let near = cli.get_subcommands().map(|command| command.get_name()).min_by_key(|name| distance(name));
    match near.filter(|name| (1..=2).contains(&distance(name)) && !std::path::Path::new(typed).exists()) {
        Some(name) => {
            let message = format!("there is no such file; did you mean the command `{name}`?");
            Err(Error::new(ErrorKind::Usage, message).in_file(typed))
        }
        None => Ok(()),
    }
}
