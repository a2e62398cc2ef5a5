//! `duizhao segment`: a text, or texts as JSON Lines, to sentences.

use crate::arguments::SegmentArgs;
use crate::files::{self, Place};
use crate::inputs;
use crate::lines::Lines;
use crate::report::{Report, brief};
use crate::status::Status;
use duizhao::segment::{fold, for_language};
use duizhao::{BlockKind, Error, ErrorKind, Language, Result, Span, detect};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

/// Runs the command.
pub fn run(args: &SegmentArgs, report: &Report) -> Result<Status> {
    args.read.check()?;
    let place = Place::new(args.output.as_deref());
    let lang = args.lang.map(Language::from);
    let mut bad = 0;
    files::write(&place, |out| match args.jsonl {
        true => records(args, lang, out, report).map(|count| bad = count),
        false => text(args, lang, out, report),
    })?;
    Ok(if bad > 0 { Status::Failed } else { Status::Done })
}

fn text(args: &SegmentArgs, lang: Option<Language>, out: &mut dyn Write, report: &Report) -> Result<()> {
    let article = inputs::article(&args.input, &args.read)?;
    for notice in &article.notices {
        report.say(&format!("{}: {notice}", inputs::name(&args.input)));
    }
    let mut spans = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        split(&block.text, lang.or(block.declared), &mut spans);
        for span in &spans {
            writeln!(out, "{}", fold(span.slice(&block.text)))?;
        }
    }
    Ok(())
}

fn split(text: &str, lang: Option<Language>, spans: &mut Vec<Span>) {
    let lang = lang.or_else(|| detect(text)).unwrap_or(Language::English);
    spans.clear();
    for_language(lang).segment_into(text, spans);
}

#[derive(Deserialize)]
struct Text<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    lang: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Sentences<'a> {
    id: &'a Value,
    sents: Vec<Cow<'a, str>>,
}

/// Splits record by record; answers how many lines were no record.
fn records(
    args: &SegmentArgs,
    lang: Option<Language>,
    out: &mut dyn Write,
    report: &Report,
) -> Result<usize> {
    let name = inputs::name(&args.input);
    let mut spans = Vec::new();
    let mut bad = 0;
    for line in Lines::new(inputs::open(&args.input)?, &name, args.read.max_bytes) {
        let number = line.number;
        let line = match line.text {
            Ok(line) => line,
            Err(error) if error.kind() == ErrorKind::Io => return Err(error),
            Err(error) => {
                bad += 1;
                report.fail(&error.in_file(&name).at_line(number));
                continue;
            }
        };
        match serde_json::from_slice::<Text<'_>>(&line) {
            Ok(record) => {
                let lang = lang.or_else(|| record.lang.as_deref().and_then(language));
                split(&record.text, lang, &mut spans);
                let sents = spans.iter().map(|span| fold(span.slice(&record.text))).collect();
                let sentences = Sentences { id: &record.id, sents };
                serde_json::to_writer(&mut *out, &sentences).map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Err(error) => {
                bad += 1;
                let message = format!("expected an object with \"id\" and \"text\" ({})", brief(error));
                report.fail(&Error::new(ErrorKind::Format, message).in_file(&name).at_line(number));
            }
        }
    }
    Ok(bad)
}

/// The language of a code such as `zh`, `zh-TW` or `en`.
fn language(code: &str) -> Option<Language> {
    let main = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match main.as_str() {
        "zh" | "zho" | "chi" | "cmn" | "yue" => Some(Language::Chinese),
        "en" | "eng" => Some(Language::English),
        "" => None,
        _ => Some(Language::Other),
    }
}
