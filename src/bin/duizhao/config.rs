//! `--config FILE` and `duizhao config`: settings from a TOML file. A setting is a flag by its long name; those of a
//! file are put into the command line before it is understood, so that a file can say whatever flags can, in the same
//! words and with the same mistakes found.

use crate::arguments::Cli;
use crate::files::{self, Doing, Place, explained};
use crate::status::Status;
use clap::error::{ContextKind, ContextValue, ErrorKind as Mistake};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use duizhao::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The command that is meant where none is named.
const DEFAULT: &str = "align";
/// Flags that make no sense in a file, and commands that take none from it.
const NOT_KEYS: [&str; 3] = ["help", "version", "config"];
const NOT_TABLES: [&str; 5] = ["help", "config", "completions", "man", "lexicon"];

/// A key of the file.
struct Setting {
    /// The command that it is for; none for all.
    command: Option<String>,
    key: String,
    /// What stands after the `=` of the flag; none for a flag that is switched on, nothing at all for one that is
    /// not.
    values: Vec<Option<String>>,
    line: u64,
}

/// The command line with the settings of the file that it names; as it is, if it names none or is wrong.
pub fn applied(mut arguments: Vec<OsString>) -> Result<Vec<OsString>> {
    let names_a_file = |argument: &OsString| argument.to_string_lossy().starts_with("--config");
    if !arguments.iter().any(names_a_file) {
        return Ok(arguments);
    }
    let command = built();
    let Ok(matches) = command.clone().ignore_errors(true).try_get_matches_from(&arguments) else {
        return Ok(arguments);
    };
    let (name, matches) = match matches.subcommand() {
        Some((name, inner)) => (name, inner),
        None => (DEFAULT, &matches),
    };
    let Ok(Some(path)) = matches.try_get_one::<PathBuf>("config") else { return Ok(arguments) };
    let settings = Settings::read(path, &command)?;
    let Some(sub) = command.find_subcommand(name).filter(|sub| !NOT_TABLES.contains(&sub.get_name())) else {
        return Ok(arguments);
    };
    let flags = settings.flags(&command, sub, matches);
    // After the command, if one is named, so that nothing that the user wrote is torn apart.
    let place = arguments.iter().position(|argument| argument == name).map_or(1, |at| at + 1);
    arguments.splice(place..place, flags);
    Ok(arguments)
}

/// Prints the settings in effect: those of the file, else the defaults.
pub fn print(path: Option<&Path>) -> Result<Status> {
    let command = built();
    let settings = match path {
        Some(path) => Settings::read(path, &command)?,
        None => Settings { list: Vec::new() },
    };
    let name = path.map(|path| path.display().to_string()).unwrap_or_default();
    files::write(&Place::Stdout, |out| settings.print_all(&command, &name, out))?;
    Ok(Status::Done)
}

/// The commands that take settings.
fn tables(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|sub| !NOT_TABLES.contains(&sub.get_name()))
}

/// The flags of a command that are settings.
fn keys(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.get_long().is_some_and(|long| !NOT_KEYS.contains(&long)))
}

/// The command line with the flags that all commands have in each of them.
fn built() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

struct Settings {
    list: Vec<Setting>,
}

impl Settings {
    /// Reads a file and finds every mistake in it before anything is done.
    fn read(path: &Path, command: &Command) -> Result<Self> {
        let name = path.display().to_string();
        let text =
            fs::read_to_string(path).map_err(|error| explained(error.into(), Doing::Reading, &name))?;
        let settings = Settings::parse(&text).and_then(|settings| {
            settings.list.iter().try_for_each(|setting| setting.check(command))?;
            Ok(settings)
        });
        settings.map_err(|error| error.in_file(name))
    }

    fn parse(text: &str) -> Result<Self> {
        let line = |at: usize| {
            1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count() as u64
        };
        let table = DeTable::parse(text).map_err(|cause| {
            let at = cause.span().map_or(0, |span| span.start);
            Error::new(ErrorKind::Usage, cause.message().to_owned()).at_line(line(at))
        })?;
        let mut list = Vec::new();
        let mut add = |command: Option<&str>, key: &str, value: &DeValue<'_>, at: usize| {
            let values = values(value).ok_or_else(|| {
                let message = format!("`{key}` cannot be a table or a date");
                Error::new(ErrorKind::Usage, message).at_line(line(at))
            })?;
            list.push(Setting {
                command: command.map(str::to_owned),
                key: key.to_owned(),
                values,
                line: line(at),
            });
            Ok::<(), Error>(())
        };
        for (key, value) in table.get_ref().iter() {
            match value.get_ref() {
                DeValue::Table(inner) => {
                    for (inner_key, value) in inner.iter() {
                        add(
                            Some(key.get_ref()),
                            inner_key.get_ref(),
                            value.get_ref(),
                            inner_key.span().start,
                        )?;
                    }
                    if inner.is_empty() {
                        add(Some(key.get_ref()), "", &DeValue::Boolean(false), key.span().start)?;
                    }
                }
                value => add(None, key.get_ref(), value, key.span().start)?,
            }
        }
        list.sort_by_key(|setting| setting.line);
        Ok(Settings { list })
    }

    /// The flags that a command takes from the file, but those that the user gave or that exclude what the user gave.
    fn flags(&self, root: &Command, command: &Command, given: &ArgMatches) -> Vec<OsString> {
        let source = |arg: &Arg| {
            let id = arg.get_id().as_str();
            given.try_contains_id(id).ok().and_then(|_| given.value_source(id))
        };
        let typed: Vec<&Arg> =
            command.get_arguments().filter(|arg| source(arg) == Some(ValueSource::CommandLine)).collect();
        let excludes = |a: &Arg, b: &Arg| {
            command.get_arg_conflicts_with(a).into_iter().any(|other| other.get_id() == b.get_id())
        };
        let free = |arg: &Arg| {
            typed
                .iter()
                .all(|given| given.get_id() != arg.get_id() && !excludes(given, arg) && !excludes(arg, given))
        };
        let mut chosen: BTreeMap<&str, &Setting> = BTreeMap::new();
        for setting in &self.list {
            let for_this = setting.command.as_deref() == Some(command.get_name());
            let for_all = || !chosen.contains_key(setting.key.as_str()) && setting.is_for_all(root, command);
            if for_this || for_all() {
                chosen.insert(&setting.key, setting);
            }
        }
        let mut flags = Vec::new();
        for arg in keys(command).filter(|arg| free(arg)) {
            let setting = arg.get_long().and_then(|long| chosen.get(long));
            flags.extend(setting.into_iter().flat_map(|setting| setting.flags()));
        }
        flags
    }

    fn print_all(&self, command: &Command, file: &str, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "# Settings of duizhao in effect. Flags on the command line win over them.")?;
        for arg in keys(command).filter(|arg| arg.is_global_set()) {
            self.print(arg, command, command, file, out)?;
        }
        for sub in tables(command) {
            writeln!(out, "\n[{}]", sub.get_name())?;
            let own = |arg: &&Arg| self.list.iter().any(|setting| setting.is_for(sub, arg));
            for arg in keys(sub).filter(|arg| !arg.is_global_set() || own(arg)) {
                self.print(arg, command, sub, file, out)?;
            }
        }
        Ok(())
    }

    /// Prints a setting of a command, or of the root, which is for all.
    fn print(
        &self,
        arg: &Arg,
        root: &Command,
        command: &Command,
        file: &str,
        out: &mut dyn Write,
    ) -> Result<()> {
        let key = arg.get_long().unwrap_or_default();
        let mut settings = self.list.iter().rev();
        let for_all = |setting: &&Setting| setting.key == key && setting.is_for_all(root, command);
        let found = settings.clone().find(|setting| setting.is_for(command, arg));
        let found = found.or_else(|| settings.find(for_all));
        let default = || arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
        match found {
            Some(setting) => {
                let value =
                    written(arg, setting.values.iter().map(|value| value.clone().unwrap_or_default()));
                let value = if is_switch(arg) { (!setting.values.is_empty()).to_string() } else { value };
                writeln!(out, "{key} = {value}  # {file}, line {}", setting.line)?;
            }
            None if is_switch(arg) => writeln!(out, "{key} = false")?,
            None if arg.get_default_values().is_empty() => writeln!(out, "# {key} =")?,
            None => writeln!(out, "{key} = {}", written(arg, default()))?,
        }
        Ok(())
    }
}

fn is_switch(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// Values as TOML: numbers as they are, texts quoted, several as a list.
fn written(arg: &Arg, values: impl Iterator<Item = String>) -> String {
    let one = |value: String| match value.parse::<i64>().is_ok() || is_decimal(&value) {
        true => value,
        // What JSON takes for a string, TOML does too.
        false => serde_json::Value::String(value).to_string(),
    };
    let mut values: Vec<String> = values.map(one).collect();
    match (arg.get_action(), values.len()) {
        (ArgAction::Append, _) => format!("[{}]", values.join(", ")),
        (_, 1) => values.remove(0),
        _ => format!("[{}]", values.join(", ")),
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest))
}

/// What stands after the `=` of a flag, for each time that it is given; none where the value cannot be a flag's.
fn values(value: &DeValue<'_>) -> Option<Vec<Option<String>>> {
    Some(match value {
        DeValue::Boolean(true) => vec![None],
        DeValue::Boolean(false) => Vec::new(),
        DeValue::String(text) => vec![Some(text.to_string())],
        DeValue::Integer(number) => vec![Some(number.to_string())],
        DeValue::Float(number) => vec![Some(number.to_string())],
        DeValue::Array(list) => {
            let inner = list.iter().map(|value| values(value.get_ref()));
            inner.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect()
        }
        DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}

impl Setting {
    fn flags(&self) -> impl Iterator<Item = OsString> + use<'_> {
        self.values.iter().map(|value| match value {
            Some(value) => format!("--{}={value}", self.key).into(),
            None => format!("--{}", self.key).into(),
        })
    }

    fn wrong(&self, message: String) -> Error {
        Error::new(ErrorKind::Usage, message).at_line(self.line)
    }

    /// Finds a command, a key or a value that is not known.
    fn check(&self, command: &Command) -> Result<()> {
        let named = match &self.command {
            None => tables(command).collect(),
            Some(name) => match tables(command).find(|sub| sub.get_name() == name) {
                Some(sub) => vec![sub],
                None => {
                    let near = nearest(name, tables(command).map(Command::get_name));
                    return Err(self.wrong(format!("there is no command `{name}`{near}")));
                }
            },
        };
        let has = |sub: &Command| keys(sub).any(|arg| arg.get_long() == Some(&self.key));
        let mut mistakes = named.iter().filter(|sub| has(sub)).map(|sub| self.check_value(command, sub));
        match mistakes.next() {
            // What is for all commands is for those that can take it.
            Some(Err(mistake)) if !mistakes.any(|other| other.is_ok()) => Err(mistake),
            Some(_) => Ok(()),
            None if self.key.is_empty() => Ok(()),
            None => {
                let known = named.iter().flat_map(|sub| keys(sub)).filter_map(Arg::get_long);
                Err(self.wrong(format!("there is no key `{}`{}", self.key, nearest(&self.key, known))))
            }
        }
    }

    /// Whether it is for this flag of this command alone.
    fn is_for(&self, command: &Command, arg: &Arg) -> bool {
        self.command.as_deref() == Some(command.get_name()) && arg.get_long() == Some(&self.key)
    }

    /// Whether it is for all commands, and this one can take it.
    fn is_for_all(&self, root: &Command, command: &Command) -> bool {
        self.command.is_none()
            && (command.get_name() == root.get_name() || self.check_value(root, command).is_ok())
    }

    /// Lets clap look at the value alone.
    fn check_value(&self, root: &Command, sub: &Command) -> Result<()> {
        let switch = keys(sub).any(|arg| arg.get_long() == Some(&self.key) && is_switch(arg));
        if switch != self.values.iter().all(Option::is_none) || (!switch && self.values.is_empty()) {
            let message = if switch { "is true or false" } else { "needs a value" };
            return Err(self.wrong(format!("`{}` {message}", self.key)));
        }
        let line = std::iter::once(sub.get_name().into()).chain(self.flags());
        let alone = root.clone().no_binary_name(true).try_get_matches_from(line);
        let Err(mistake) = alone else { return Ok(()) };
        let of_value = matches!(
            mistake.kind(),
            Mistake::InvalidValue
                | Mistake::ValueValidation
                | Mistake::TooManyValues
                | Mistake::ArgumentConflict
        );
        if !of_value {
            // What is missing beside it does not concern the file.
            return Ok(());
        }
        let text = mistake.to_string();
        let first = text.lines().next().unwrap_or_default();
        let first = first.strip_prefix("error: ").unwrap_or(first).to_owned();
        let meant = match mistake.get(ContextKind::SuggestedValue) {
            Some(ContextValue::String(near)) => format!("; did you mean `{near}`?"),
            _ => String::new(),
        };
        Err(self.wrong(format!("{first}{meant}")))
    }
}

/// `; did you mean …?` with the name that is most like the wrong one.
fn nearest<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> String {
    let likeness = |name: &str| strsim::jaro_winkler(wrong, name);
    let near = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then_with(|| b.cmp(a)));
    near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines that stand in such a file, right or nearly.
    const LINES: [&str; 22] = [
        "quiet = true",
        "verbose = false",
        "unpaired = true",
        "min-confidence = 0.25",
        "min-confidence = 1e-400",
        "zh-code = \"zh-\\u0041\\n\\t #\"",
        "zh-code = '''a\nb'''",
        "format = \"tmx\"",
        "format = 'tmxx'",
        "jobs = 0x10",
        "jobs = 99999999999999999999",
        "timeout = 1_0",
        "dedup = [\"zh\", \"en\"]",
        "dedup = [[], [true, 1979-05-27]]",
        "[align]",
        "[batch]",
        "[filter]",
        "[config]",
        "[[batch]]",
        "batch.jobs = 2",
        "x = { y = { } }",
        "# 河",
    ];

    fn checked(text: &str, command: &Command) -> Result<Settings> {
        let settings = Settings::parse(text)?;
        settings.list.iter().try_for_each(|setting| setting.check(command))?;
        Ok(settings)
    }

    /// All the flags that a file stands for, by command.
    fn flags(settings: &Settings, command: &Command) -> Vec<Vec<OsString>> {
        let of = |sub: &Command| {
            let given = command.clone().ignore_errors(true).try_get_matches_from(["duizhao", sub.get_name()]);
            settings.flags(command, sub, given.unwrap().subcommand().unwrap().1)
        };
        tables(command).map(of).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

        /// Any file is understood, or refused in one line; what `duizhao config` prints of one says what it said.
        #[test]
        fn any_file_is_understood_or_refused(
            lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..6),
            noise in any::<String>(),
            noisy in 0..8,
        ) {
            let mut text = lines.join("\n");
            if noisy == 0 {
                text.push_str(&noise);
            }
            let command = built();
            match checked(&text, &command) {
                Err(error) => prop_assert!(!error.to_string().contains('\n'), "{error}"),
                Ok(settings) => {
                    let mut printed = Vec::new();
                    settings.print_all(&command, "a.toml", &mut printed).unwrap();
                    let printed = String::from_utf8(printed).unwrap();
                    let again = checked(&printed, &command).unwrap();
                    for (before, after) in flags(&settings, &command).iter().zip(flags(&again, &command)) {
                        prop_assert!(before.iter().all(|flag| after.contains(flag)), "{text}\n{printed}");
                    }
                }
            }
        }
    }

    fn wrong(text: &str) -> String {
        let command = built();
        let checked = Settings::parse(text)
            .and_then(|settings| settings.list.iter().try_for_each(|setting| setting.check(&command)));
        checked.unwrap_err().to_string()
    }

    #[test]
    fn mistakes_are_named_with_their_line_and_what_was_meant() {
        for (text, says) in [
            ("quiet = true\nunparied = true", "line 2: there is no key `unparied`; did you mean `unpaired`?"),
            ("[align]\n\njobs = 3", "line 3: there is no key `jobs`; did you mean"),
            ("[bacth]\njobs = 3", "line 2: there is no command `bacth`; did you mean `batch`?"),
            ("[bacth]", "line 1: there is no command `bacth`; did you mean `batch`?"),
            (
                "[batch]\nformat = \"tmxx\"",
                "line 2: invalid value 'tmxx' for '--format <FORMAT>'; did you mean `tmx`?",
            ),
            ("min-confidence = 2", "line 1: invalid value '2'"),
            ("unpaired = \"yes\"", "line 1: `unpaired` is true or false"),
            ("zh-code = true", "line 1: `zh-code` needs a value"),
            ("zh-code = 2020-01-01", "line 1: `zh-code` cannot be a table or a date"),
            ("config = \"other\"", "line 1: there is no key `config`"),
            ("[lexicon]\nx = 1", "line 2: there is no command `lexicon`"),
            ("a = 1\nb = = 2", "line 2: "),
            ("a = 1\na = 2", "line 2: duplicate key"),
            (&format!("a = {}", "[".repeat(100_000)), "line 1: "),
            (&format!("{} = 1", "a.".repeat(100_000)), "line 1: "),
            ("\"\\u0000\" = 1", "line 1: there is no key `\0`"),
        ] {
            let error = wrong(text);
            assert!(error.starts_with(says), "{error:?} does not begin with {says:?}");
        }
    }

    #[test]
    fn what_the_user_typed_wins() {
        let text = "unpaired = true\nverbose = true\nmin-confidence = 0.5\nzh-code = \"zh-CN\"\n[batch]\njobs = 3\n\
                    zh-code = \"zh-TW\"\n[filter]\ndedup = [\"zh\", \"en\"]\nclean = false";
        let settings = Settings::parse(text).unwrap();
        let command = built();
        let flags = |line: &[&str]| {
            let matches = command.clone().ignore_errors(true).try_get_matches_from(line).unwrap();
            let (name, given) = matches.subcommand().unwrap();
            let flags = settings.flags(&command, command.find_subcommand(name).unwrap(), given);
            flags.into_iter().map(|flag| flag.into_string().unwrap()).collect::<Vec<_>>()
        };
        let sorted = |mut flags: Vec<String>| {
            flags.sort();
            flags
        };
        assert_eq!(
            sorted(flags(&["duizhao", "batch", "--min-confidence", "0.1", "-q", "a"])),
            ["--jobs=3", "--unpaired", "--zh-code=zh-TW"]
        );
        assert_eq!(
            sorted(flags(&["duizhao", "filter", "a"])),
            [
                "--dedup=en",
                "--dedup=zh",
                "--min-confidence=0.5",
                "--unpaired",
                "--verbose",
                "--zh-code=zh-CN"
            ]
        );
        assert_eq!(flags(&["duizhao", "eval", "a", "b"]), ["--verbose"]);
    }

    #[test]
    fn what_is_for_all_commands_is_for_those_that_can_take_it() {
        let command = built();
        let settings = checked("format = \"tmx\"\n[stats]\nquiet = true", &command).unwrap();
        let of = |name: &str| {
            let number = tables(&command).position(|sub| sub.get_name() == name).unwrap();
            flags(&settings, &command).swap_remove(number)
        };
        assert_eq!((of("align"), of("stats")), (vec!["--format=tmx".into()], vec!["--quiet".into()]));
    }
}
