//! `duizhao completions` and `duizhao man`: what shells and `man` want, made from the command line itself.

use crate::arguments::{Cli, CompletionsArgs, ManArgs};
use crate::files::{self, Doing, Place, explained};
use crate::report::Report;
use crate::status::{self, Status};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use duizhao::{Error, ErrorKind, Result};
use std::fs;
use std::io::Write;

/// Prints the script of a shell.
pub fn completions(args: &CompletionsArgs) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "duizhao", &mut script);
    files::write(&Place::Stdout, |out| Ok(out.write_all(&script)?))?;
    Ok(Status::Done)
}

/// Prints a page, or writes all of them.
pub fn pages(args: &ManArgs, report: &Report) -> Result<Status> {
    let pages = all_pages();
    if let Some(folder) = &args.out {
        let made = fs::create_dir_all(folder);
        made.map_err(|error| explained(error.into(), Doing::Writing, &folder.display().to_string()))?;
        for page in &pages {
            let place = Place::File(folder.join(format!("{}.1", page.name)));
            files::write(&place, |out| page.write(out))?;
        }
        report.say(&format!("{} pages written", pages.len()));
        return Ok(Status::Done);
    }
    let name = args.command.as_ref().map_or("duizhao".to_owned(), |command| format!("duizhao-{command}"));
    let page = pages.iter().find(|page| page.name == name.replace(' ', "-")).ok_or_else(|| {
        let known: Vec<_> = pages.iter().filter_map(|page| page.name.strip_prefix("duizhao-")).collect();
        Error::new(ErrorKind::Usage, format!("there is no such command; there are {}", known.join(", ")))
    })?;
    files::write(&Place::Stdout, |out| page.write(out))?;
    Ok(Status::Done)
}

/// The page of a command.
struct Page {
    name: String,
    command: Command,
}

fn all_pages() -> Vec<Page> {
    let mut root = Cli::command();
    root.build();
    let mut pages = Vec::new();
    add_pages(root, &mut pages);
    pages
}

fn add_pages(command: Command, pages: &mut Vec<Page>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        add_pages(sub.clone(), pages);
    }
    let name = command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-");
    pages.push(Page { command, name });
    pages.sort_by(|a, b| a.name.cmp(&b.name));
}

impl Page {
    fn write(&self, out: &mut dyn Write) -> Result<()> {
        // The statuses have a section of their own, as `man` pages do; the help of the whole has them at its end.
        let after = self.command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let examples = after.split(status::HELP).next().unwrap_or_default();
        let version = env!("CARGO_PKG_VERSION");
        let command = self.command.clone().version(version).after_help("").after_long_help("");
        let man = Man::new(command).manual("duizhao").source(format!("duizhao {version}"));
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)?;
        if self.command.get_subcommands().next().is_some() {
            man.render_subcommands_section(out)?;
        }
        section("EXAMPLES", examples, out)?;
        section("EXIT STATUS", status::HELP, out)?;
        Ok(man.render_version_section(out)?)
    }
}

/// Lines as they are, without their heading, which is the name of the section.
fn section(name: &str, text: &str, out: &mut dyn Write) -> Result<()> {
    let mut lines = text.lines().skip(1).filter(|line| !line.trim().is_empty()).peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    let mut roff = Roff::default();
    roff.control("SH", [name]).control("nf", []);
    for line in lines {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []);
    Ok(roff.to_writer(&mut *out)?)
}
