//! Prints mixed-language articles side by side: `cargo run --release --example align_article -- PATH…`, where
//! `-` is standard input. `--format tsv` (or jsonl, tmx, html, …) prints that instead, `-o FILE` writes it.
//! What was understood goes to standard error.

use duizhao::corpus::{self, Bitext, OutputFormat, WriteOptions};
use duizhao::{Aligner, read};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use unicode_width::UnicodeWidthChar;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut paths, mut format, mut file) = (Vec::new(), None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--format" => format = Some(arguments.next().ok_or("--format needs a name")?.parse()?),
            "-o" => file = Some(arguments.next().ok_or("-o needs a file")?),
            _ => paths.push(argument),
        }
    }
    if paths.is_empty() {
        return Err("usage: align_article [--format FORMAT] [-o FILE] PATH…".into());
    }
    if let Some(file) = &file {
        format = format.or_else(|| OutputFormat::of_name(file));
    }

    let aligner = Aligner::builder().build()?;
    let mut bitexts = Vec::new();
    for path in &paths {
        let article = read::read_bytes(&bytes(path)?, &read::Options::default().named(path))?;
        let bitext = aligner.align_article(&article);
        report(path, &bitext);
        bitexts.push(bitext);
    }

    let mut out: Box<dyn Write> = match &file {
        Some(file) => Box::new(BufWriter::new(File::create(file)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match format {
        Some(format) => {
            let mut writer = corpus::writer(format, out, &WriteOptions::default())?;
            for bitext in &bitexts {
                writer.write(bitext)?;
            }
            writer.finish()?;
        }
        None => {
            for bitext in &bitexts {
                print(bitext, &mut out)?;
            }
            out.flush()?;
        }
    }
    Ok(())
}

fn bytes(path: &str) -> io::Result<Vec<u8>> {
    if path != "-" {
        return fs::read(path).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")));
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Says what was understood.
fn report(path: &str, bitext: &Bitext) {
    let origin = &bitext.origin;
    let format = origin.format.map_or("text".to_owned(), |format| format.to_string());
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    eprintln!("{path}: {format}, {}, {}", of(&origin.encoding), of(&origin.layout));
    let pairs = bitext.pairs().count();
    eprintln!(
        "  {} Chinese and {} English sentences, {pairs} pairs",
        bitext.source.len(),
        bitext.target.len()
    );
    for pair in bitext.unpaired() {
        let reason = pair.reason().map_or(String::new(), |reason| reason.to_string());
        eprintln!("  unpaired ({reason}): {}{}", pair.zh(), pair.en());
    }
    for notice in &bitext.notices {
        eprintln!("  {notice}");
    }
}

/// Prints two columns as wide as the terminal, and the confidence.
fn print(bitext: &Bitext, out: &mut dyn Write) -> io::Result<()> {
    let terminal = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let text = terminal.clamp(40, 160) - 8;
    let (left, right) = (text * 2 / 5, text * 3 / 5);
    for pair in bitext.pairs() {
        let (zh, en) = (wrap(&pair.zh(), left), wrap(&pair.en(), right));
        for row in 0..zh.len().max(en.len()) {
            let line = |lines: &[String]| lines.get(row).cloned().unwrap_or_default();
            let (zh, en) = (pad(line(&zh), left), pad(line(&en), right));
            let sure = if row == 0 { format!("{:>3.0}%", pair.confidence() * 100.0) } else { String::new() };
            writeln!(out, "{}", format!("{zh}  {en}  {sure}").trim_end())?;
        }
    }
    Ok(())
}

/// Columns of a text: a Han character takes two.
fn columns(text: &str) -> usize {
    text.chars().filter_map(char::width).sum()
}

fn pad(text: String, width: usize) -> String {
    let gap = width.saturating_sub(columns(&text));
    text + &" ".repeat(gap)
}

/// Breaks a text after spaces and after wide characters, but not before a mark that closes: such a mark may
/// stand in the last two columns, which are kept free for it.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for piece in text.split_inclusive(|c: char| c == ' ' || c.width() == Some(2)) {
        let limit = if piece.starts_with(['。', '，', '、', '”', '：', '；', '？', '！', '）']) {
            width
        } else {
            width - 2
        };
        if columns(&line) + columns(piece.trim_end()) > limit && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.extend(piece.chars().filter(|c| !c.is_control()));
    }
    lines.push(line);
    lines
}
