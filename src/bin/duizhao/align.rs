//! `duizhao align`: one article or two texts, shown side by side or written in any format.

use crate::arguments::{AlignArgs, Form};
use crate::files::{self, Place};
use crate::report::Report;
use crate::status::Status;
use crate::{inputs, interrupt, view};
use clap::CommandFactory;
use duizhao::corpus::{Bitext, Corrections, OutputFormat, Reason};
use duizhao::{Aligner, Article, Error, ErrorKind, Language, Mended, Result, detect};
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

/// Runs the command.
pub fn run(args: &AlignArgs, report: &Report) -> Result<Status> {
    args.read.check()?;
    let place = Place::new(args.output.as_deref());
    let form = form(args)?;
    check(args, &place, form)?;
    let aligner = inputs::aligner(&args.lexicon)?;
    let corrections = args.corrections.as_deref().map(corrections).transpose()?;
    let work = Work { aligner, corrections, args, report };
    interrupt::clean_up();
    give_up_after(args.timeout, &inputs::name(&args.inputs[0]));
    let mut bitext = match args.inputs.as_slice() {
        [zh, en] if args.sentences => work.sentences(zh, en)?,
        [zh, en] => work.texts(zh, en)?,
        _ => work.article(&args.inputs[0])?,
    };
    bitext.origin.name = args.inputs[0].file_name().map(|name| name.to_string_lossy().into_owned());
    tell(&bitext, &args.inputs, form, report);
    match form {
        Form::File(format) => files::write_bitext(&place, &bitext, format, &args.write.options())?,
        Form::SideBySide => {
            let view = view::Options::new(&args.write, args.color, place == Place::Stdout);
            files::write(&place, |out| view::write(&bitext, &view, out))?;
        }
    }
    Ok(Status::Done)
}

/// The form of the output: as asked, as the name of the file says, or as its reader will want it.
fn form(args: &AlignArgs) -> Result<Form> {
    if let Some(form) = args.format {
        return Ok(form);
    }
    match &args.output {
        Some(path) if path != Path::new("-") => {
            let format = OutputFormat::of_name(&path.to_string_lossy());
            format.map(Form::File).ok_or_else(|| {
                Error::new(ErrorKind::Usage, "the name does not say which format; give --format")
                    .in_file(path.display())
            })
        }
        _ if std::io::stdout().is_terminal() => Ok(Form::SideBySide),
        _ => Ok(Form::File(OutputFormat::Jsonl)),
    }
}

fn check(args: &AlignArgs, place: &Place, form: Form) -> Result<()> {
    let usage = |message: &str| Err(Error::new(ErrorKind::Usage, message));
    if args.sentences && args.inputs.len() == 1 {
        return usage("--sentences needs two files, the Chinese one first");
    }
    if args.inputs.len() == 2 && (args.explain || args.article.layout.is_some()) {
        return usage("--explain and --layout are for an article with both languages in it");
    }
    if args.inputs.len() == 2 && args.inputs.iter().all(|path| inputs::is_stdin(path)) {
        return usage("only one of two texts can come from standard input");
    }
    let Place::File(out) = place else {
        return match form {
            Form::File(format) if format.extensions().len() > 1 => Err(files::several_files(format)),
            _ => Ok(()),
        };
    };
    let outs = match form {
        Form::File(format) => files::names_of(out, format),
        Form::SideBySide => vec![out.clone()],
    };
    for out in outs {
        if args.inputs.iter().any(|input| inputs::same_file(input, &out)) {
            let error = Error::new(ErrorKind::Usage, "the output would overwrite its own input");
            return Err(error.in_file(out.display()));
        }
    }
    Ok(())
}

/// Ends the program if it runs too long.
fn give_up_after(limit: Duration, name: &str) {
    if limit.is_zero() {
        return;
    }
    let message = format!("{name}: not done after {} s, so nothing was written.", limit.as_secs_f64());
    std::thread::spawn(move || {
        std::thread::sleep(limit);
        files::remove_unfinished();
        eprintln!("{message}");
        std::process::exit(Status::Failed.code());
    });
}

fn corrections(path: &Path) -> Result<Corrections> {
    Corrections::read(inputs::open(path)?).map_err(|error| match error.file() {
        Some(_) => error,
        None => error.in_file(inputs::name(path)),
    })
}

/// What is needed to align an input.
struct Work<'a> {
    aligner: Aligner,
    corrections: Option<Corrections>,
    args: &'a AlignArgs,
    report: &'a Report,
}

impl Work<'_> {
    fn article(&self, path: &Path) -> Result<Bitext> {
        let article = inputs::article(path, &self.args.read).map_err(|error| with_hint(error, path))?;
        let options = self.args.article.options();
        let bitext = if let Some(corrections) = &self.corrections {
            self.told(self.aligner.with_corrections(corrections).align_article(&article, &options))
        } else if self.args.explain {
            let (bitext, explanation) = self.aligner.explain(&article, &options);
            self.report.table(&explanation.to_string());
            bitext
        } else {
            self.aligner.align_article_with(&article, &options)
        };
        if has_text(&bitext) { Ok(bitext) } else { Err(no_text(path)) }
    }

    fn texts(&self, zh: &Path, en: &Path) -> Result<Bitext> {
        let read = |path| inputs::article(path, &self.args.read).map_err(|error| with_hint(error, path));
        let (mut zh_article, mut en_article) = (read(zh)?, read(en)?);
        let languages = (language(&zh_article), language(&en_article));
        if languages == (Some(Language::English), Some(Language::Chinese)) {
            std::mem::swap(&mut zh_article, &mut en_article);
            self.report.say(&format!(
                "{} is English and {} is Chinese, so they were taken in this order",
                inputs::name(zh),
                inputs::name(en)
            ));
        }
        Ok(match &self.corrections {
            Some(corrections) => {
                self.told(self.aligner.with_corrections(corrections).align_articles(&zh_article, &en_article))
            }
            None => self.aligner.align_articles(&zh_article, &en_article),
        })
    }

    fn sentences(&self, zh: &Path, en: &Path) -> Result<Bitext> {
        let read = |path: &Path| {
            let (text, notice) = inputs::lines(path, &self.args.read)?;
            if let Some(notice) = notice {
                self.report.say(&format!("{}: {notice}", inputs::name(path)));
            }
            Ok::<_, Error>(text)
        };
        let (zh, en) = (read(zh)?, read(en)?);
        let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
        Ok(match &self.corrections {
            Some(corrections) => self.told(self.aligner.with_corrections(corrections).align_lines(&zh, &en)),
            None => self.aligner.align_lines(&zh, &en),
        })
    }

    /// The bitext, after saying what of the corrections was kept and what was not.
    fn told(&self, mended: Mended) -> Bitext {
        let name = self.args.corrections.as_deref().map(inputs::name).unwrap_or_default();
        for remark in &mended.remarks {
            self.report.say(&format!("{name}, line {}: not kept: {}", remark.line, remark.cause));
        }
        if mended.loose > 0 {
            let loose = counted(mended.loose, "changed pair");
            self.report.say(&format!("{name}: {loose} not marked as right, so aligned again"));
        }
        self.report.say(&format!("{name}: {} marked as right kept", counted(mended.kept, "pair")));
        mended.bitext
    }
}

/// The language that most of the beginning of a text is in.
fn language(article: &Article) -> Option<Language> {
    const ENOUGH: usize = 1 << 14;
    let mut text = String::new();
    for block in article.blocks.iter().take_while(|block| block.text.len() < ENOUGH) {
        text.push_str(&block.text);
        text.push('\n');
        if text.len() >= ENOUGH {
            break;
        }
    }
    detect(&text)
}

/// Where a file is not there but its name is close to that of a command, that is likely what was meant.
fn with_hint(error: Error, path: &Path) -> Error {
    if crate::status::io_kind(&error) != Some(std::io::ErrorKind::NotFound) {
        return error;
    }
    let typed = path.to_string_lossy();
    let cli = crate::arguments::Cli::command();
    let near =
        cli.get_subcommands().find(|command| strsim::damerau_levenshtein(command.get_name(), &typed) <= 2);
    match near {
        Some(command) => {
            let message =
                format!("there is no such file; did you mean the command `{}`?", command.get_name());
            Error::new(ErrorKind::Usage, message).in_file(typed)
        }
        None => error,
    }
}

/// Which languages an article has sentences to pair in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sides {
    zh: bool,
    en: bool,
}

impl Sides {
    fn of(bitext: &Bitext) -> Self {
        let mut sides = Sides::default();
        for unit in &bitext.units {
            // Navigation in the other language does not make an article bilingual.
            if !matches!(unit.reason, Some(Reason::Boilerplate | Reason::Code | Reason::Empty)) {
                sides.zh |= !unit.source.is_empty();
                sides.en |= !unit.target.is_empty();
            }
        }
        sides
    }
}

/// What a user must know of an article that gave no pairs for want of a language, and nothing otherwise.
pub fn one_sided(bitext: &Bitext) -> Option<&'static str> {
    match Sides::of(bitext) {
        Sides { zh: true, en: true } => None,
        Sides { zh: true, en: false } => Some("no English text was found, so nothing was paired"),
        Sides { zh: false, en: true } => Some("no Chinese text was found, so nothing was paired"),
        Sides { zh: false, en: false } => Some("neither Chinese nor English text was found"),
    }
}

/// Whether an article has text in one of the two languages at all.
pub fn has_text(bitext: &Bitext) -> bool {
    Sides::of(bitext) != Sides::default()
}

/// The error of an article without either language.
pub fn no_text(path: &Path) -> Error {
    Error::new(ErrorKind::Format, "neither Chinese nor English text was found").in_file(inputs::name(path))
}

fn tell(bitext: &Bitext, paths: &[std::path::PathBuf], form: Form, report: &Report) {
    let names: Vec<String> = paths.iter().map(|path| inputs::name(path)).collect();
    let name = names.join(" and ");
    for notice in &bitext.notices {
        report.say(&format!("{name}: {notice}"));
    }
    let summary = format!("{name}: {}", summary(bitext));
    match one_sided(bitext) {
        Some(lack) => report.say(&format!("{name}: {lack}")),
        None if form == Form::SideBySide => report.say(&summary),
        None => report.detail(&summary),
    }
}

/// What was understood, in a line: format, encoding, layout, sentences, pairs, and what is unpaired and why.
pub fn summary(bitext: &Bitext) -> String {
    let origin = &bitext.origin;
    let mut parts: Vec<String> = Vec::new();
    if let Some(format) = origin.format {
        parts.push(format.code().to_owned());
    }
    parts.extend(origin.encoding.clone());
    parts.extend(origin.layout.clone());
    parts.push(format!("{} Chinese and {} English sentences", bitext.source.len(), bitext.target.len()));
    parts.push(counted(bitext.pairs().count(), "pair"));
    let reasons = Reason::ALL.into_iter().filter_map(|reason| {
        let units = bitext.unpaired().filter(|pair| pair.reason() == Some(reason));
        let sentences: usize = units.map(|pair| pair.zh_sentences().len() + pair.en_sentences().len()).sum();
        let other = bitext.other.iter().filter(|other| other.reason == reason).count();
        let count = sentences + other;
        (count > 0).then(|| format!("{count} unpaired ({reason})"))
    });
    parts.extend(reasons);
    parts.join(", ")
}

/// `1 pair`, `2 pairs`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
