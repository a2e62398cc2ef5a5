//! The command line `duizhao`. Data goes to standard output, messages go to standard error as plain
//! sentences, and the exit status says how it went (see [`status`]).

mod align;
mod arguments;
mod batch;
mod convert;
mod eval;
mod files;
mod inputs;
mod interrupt;
mod lexicon;
mod lines;
mod names;
mod pool;
mod report;
mod segment;
mod status;
mod stream;
mod view;

use arguments::{Cli, Command, LexiconCommand};
use clap::{CommandFactory, Parser};
use report::Report;
use status::Status;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Mistakes end here, with clap's own message and status 2.
    let cli = Cli::parse_from(command_first(std::env::args_os().collect()));
    let report = Report::new(cli.quiet, cli.verbose);
    let done = match cli.command {
        None => align::run(&cli.align, &report),
        Some(Command::Align(args)) => align::run(&args, &report),
        Some(Command::Batch(args)) => batch::run(args, &report),
        Some(Command::Stream(args)) => stream::run(&args, &report),
        Some(Command::Segment(args)) => segment::run(&args, &report),
        Some(Command::Eval(args)) => eval::run(&args, &report),
        Some(Command::Convert(args)) => convert::run(&args, &report),
        Some(Command::Lexicon { command: LexiconCommand::Build(args) }) => lexicon::build(&args, &report),
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

/// Puts a command before the flags that all commands have, where they came the other way round: with anything
/// before it, clap takes a command for the name of a page.
fn command_first(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let common = |argument: &&OsString| {
        argument.to_str().is_some_and(|flag| matches!(flag, "-q" | "--quiet" | "-v" | "--verbose"))
    };
    let flags = arguments.iter().skip(1).take_while(common).count();
    let command = arguments.get(flags + 1).and_then(|name| name.to_str());
    if command.is_some_and(|name| Cli::command().find_subcommand(name).is_some()) {
        arguments[1..flags + 2].rotate_left(flags);
    }
    arguments
}
