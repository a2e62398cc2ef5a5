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
mod names;
mod pool;
mod report;
mod segment;
mod status;
mod stream;
mod view;

use arguments::{Cli, Command, LexiconCommand};
use clap::Parser;
use report::Report;
use status::Status;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Mistakes end here, with clap's own message and status 2.
    let cli = Cli::parse();
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
