//! `duizhao stream`: JSON documents in, a line each, JSON pairs out, in order and with bounded memory.

use crate::arguments::StreamArgs;
use crate::files::{Doing, explained};
use crate::lines::{Line, Lines};
use crate::pool::{self, Ended, Receive, Settings, Work};
use crate::report::{Report, brief};
use crate::status::Status;
use crate::{align, inputs, interrupt};
use duizhao::corpus::{Bitext, OutputFormat, WriteOptions, writer};
use duizhao::{Aligner, ArticleOptions, Error, ErrorKind, Result, read};
use serde::Deserialize;
use serde_json::Value;
use std::io::{self, BufWriter, Stdout, Write};
use std::ops::ControlFlow;
use std::time::Duration;

/// Runs the command.
pub fn run(args: &StreamArgs, report: &Report) -> Result<Status> {
    let args = &args.documents;
    args.read.check()?;
    interrupt::end_well();
    let work = Documents {
        aligner: inputs::aligner(&args.lexicon)?,
        read: args.read.options(),
        article: args.article.options(),
        write: args.write.options(),
        timeout: args.many.timeout,
    };
    let stdin = io::BufReader::with_capacity(1 << 16, io::stdin());
    let lines = Lines::new(stdin, "standard input", args.read.max_bytes);
    let settings = Settings { jobs: args.many.jobs(), timeout: args.many.timeout };
    report.count("documents");
    let mut output = Output { report, out: BufWriter::new(io::stdout()), good: 0, bad: 0, failure: None };
    let ended = pool::run(work, lines, settings, &mut output);
    report.end_progress();
    output.close(ended)
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    id: Value,
    text: Option<String>,
    zh: Option<Side>,
    en: Option<Side>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Side {
    Text(String),
    Sentences(Vec<String>),
}

/// What is done with each document.
struct Documents {
    aligner: Aligner,
    read: read::Options,
    article: ArticleOptions,
    write: WriteOptions,
    timeout: Duration,
}

/// What came of a line: its pairs as lines of JSON, and what there is to say.
struct Outcome {
    pairs: Result<Vec<u8>>,
    notice: Option<String>,
}

impl Documents {
    fn pairs(&self, line: &[u8]) -> Result<(Vec<u8>, Option<&'static str>)> {
        let document: Document = serde_json::from_slice(line).map_err(|error| {
            let what = match error.classify() {
                serde_json::error::Category::Data => {
                    "a document has an \"id\" and a \"text\", or a \"zh\" and an \"en\""
                }
                _ => "the line is no JSON",
            };
            Error::new(ErrorKind::Format, format!("{what} ({})", brief(error)))
        })?;
        let id = document.id.clone();
        let bitext = self.align(document)?;
        let mut pairs = Vec::new();
        let mut writer = writer(OutputFormat::Jsonl, &mut pairs, &self.write)?;
        writer.write(&bitext)?;
        writer.finish()?;
        drop(writer);
        Ok((with_id(&pairs, &id)?, align::one_sided(&bitext)))
    }

    fn align(&self, document: Document) -> Result<Bitext> {
        let lacks = |message: &str| Error::new(ErrorKind::Format, message);
        match document {
            Document { text: Some(text), zh: None, en: None, .. } => {
                Ok(self.aligner.align_article_with(&read::read_str(&text, &self.read), &self.article))
            }
            Document { text: None, zh: Some(Side::Text(zh)), en: Some(Side::Text(en)), .. } => {
                let article = |text: &str| read::read_str(text, &self.read);
                Ok(self.aligner.align_articles(&article(&zh), &article(&en)))
            }
            Document { text: None, zh: Some(Side::Sentences(zh)), en: Some(Side::Sentences(en)), .. } => {
                Ok(self.aligner.align_lines(&zh, &en))
            }
            Document { text: None, zh: Some(_), en: Some(_), .. } => {
                Err(lacks("\"zh\" and \"en\" must both be texts or both be lists of sentences"))
            }
            Document { text: Some(_), .. } => {
                Err(lacks("give either \"text\" or \"zh\" and \"en\", not both"))
            }
            _ => Err(lacks("a document needs a \"text\", or a \"zh\" and an \"en\"")),
        }
    }
}

/// Puts the document's id in front of the other keys of each line.
fn with_id(lines: &[u8], id: &Value) -> Result<Vec<u8>> {
    let id = serde_json::to_vec(id).map_err(|error| Error::new(ErrorKind::Format, error.to_string()))?;
    let mut out = Vec::with_capacity(lines.len() + lines.len() / 8);
    for line in lines.split_inclusive(|&byte| byte == b'\n') {
        out.extend_from_slice(b"{\"id\":");
        out.extend_from_slice(&id);
        out.push(b',');
        // Every line is an object with keys.
        out.extend_from_slice(&line[1..]);
    }
    Ok(out)
}

impl Work for Documents {
    type Item = Line;
    type Draft = Outcome;
    type Outcome = Outcome;

    fn compute(&self, line: &Line) -> Outcome {
        let named = |error: Error| {
            let place = if error.file().is_some() { "" } else { "standard input" };
            if place.is_empty() { error } else { error.in_file(place).at_line(line.number) }
        };
        let text = match &line.text {
            Ok(text) => text,
            Err(error) => return Outcome { pairs: Err(named(copy(error))), notice: None },
        };
        match self.pairs(text) {
            Ok((pairs, lack)) => {
                let notice = lack.map(|lack| format!("standard input, line {}: {lack}", line.number));
                Outcome { pairs: Ok(pairs), notice }
            }
            Err(error) => Outcome { pairs: Err(named(error)), notice: None },
        }
    }

    fn commit(&self, _: &Line, draft: Outcome) -> Outcome {
        draft
    }

    fn late(&self, line: &Line) -> Outcome {
        let seconds = self.timeout.as_secs_f64();
        bad(line, format!("not done after {seconds} s, so it was given up; --timeout sets the limit"))
    }

    fn failed(&self, line: &Line, message: String) -> Outcome {
        bad(line, format!("duizhao failed on it, which is a fault in duizhao ({message})"))
    }
}

fn bad(line: &Line, message: String) -> Outcome {
    let error = Error::new(ErrorKind::Limit, message).in_file("standard input").at_line(line.number);
    Outcome { pairs: Err(error), notice: None }
}

/// An error of which only the words are needed again, without the name of the input.
fn copy(error: &Error) -> Error {
    let words = error.to_string();
    Error::new(error.kind(), words.strip_prefix("standard input: ").unwrap_or(&words))
}

/// Writes pairs in order, and counts.
struct Output<'a> {
    report: &'a Report,
    out: BufWriter<Stdout>,
    good: usize,
    bad: usize,
    failure: Option<Error>,
}

impl Receive<Outcome> for Output<'_> {
    fn take(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self.report.step();
        if let Some(notice) = &outcome.notice {
            self.report.detail(notice);
        }
        match outcome.pairs {
            Ok(pairs) => {
                self.good += 1;
                if let Err(error) = self.out.write_all(&pairs) {
                    self.failure = Some(error.into());
                    return ControlFlow::Break(());
                }
            }
            Err(error) => {
                self.bad += 1;
                self.report.fail(&error);
            }
        }
        ControlFlow::Continue(())
    }

    fn idle(&mut self) {
        // Whoever waits for the pairs of the last document gets them; an error shows at the next write.
        let _ = self.out.flush();
    }
}

impl Output<'_> {
    fn close(mut self, ended: Ended) -> Result<Status> {
        let written = match self.failure.take() {
            Some(error) => Err(error),
            None => self.out.flush().map_err(Error::from),
        };
        let _ = self.out.into_parts();
        let mut parts = vec![format!("{} aligned", align::counted(self.good, "document"))];
        parts.extend((self.bad > 0).then(|| format!("{} passed over", align::counted(self.bad, "bad line"))));
        if ended == Ended::Interrupted {
            parts.push("then interrupted".to_owned());
        }
        let status = match (ended, self.bad) {
            (Ended::Interrupted, _) => Status::Interrupted,
            (_, 0) => Status::Done,
            _ => Status::Failed,
        };
        written.map_err(|error| explained(error, Doing::Writing, "standard output"))?;
        self.report.say(&parts.join(", "));
        Ok(status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_first() {
        let lines = b"{\"zh\":\"a\"}\n{\"zh\":\"b\"}\n";
        let with = with_id(lines, &Value::from("x\"y")).unwrap();
        let expected = "{\"id\":\"x\\\"y\",\"zh\":\"a\"}\n{\"id\":\"x\\\"y\",\"zh\":\"b\"}\n";
        assert_eq!(String::from_utf8(with).unwrap(), expected);
    }
}
