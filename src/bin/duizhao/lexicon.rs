//! `duizhao lexicon`: a lexicon from a CC-CEDICT release, one that has learned from corpora, and what is in one.

use crate::arguments::{BuildArgs, LearnArgs, ShowArgs};
use crate::files::{self, Place};
use crate::report::Report;
use crate::status::Status;
use crate::{corpora, inputs};
use duizhao::lexicon::{self, Lexicon, Token, TokenKind, Tokenizer};
use duizhao::score::TeachOptions;
use duizhao::{Error, ErrorKind, Result};
use std::collections::HashSet;
use std::io::Write;

/// Meanings of less weight are not shown.
const SHOWN: f32 = 0.005;
/// Terms named in the report of what was learned.
const NAMED: usize = 12;

/// Runs `lexicon build`.
pub fn build(args: &BuildArgs, report: &Report) -> Result<Status> {
    let input = inputs::open(&args.cedict)?;
    let bytes = lexicon::build(input).map_err(|error| error.in_file(inputs::name(&args.cedict)))?;
    files::write(&Place::new(Some(&args.output)), |out| Ok(out.write_all(&bytes)?))?;
    let size = bytes.len();
    let lexicon = Lexicon::load(bytes)?;
    let (words, stems) = (lexicon.word_count(), lexicon.stem_count());
    report.say(&format!("{words} words and {stems} stems in {size} bytes. {}", lexicon.notice().trim()));
    Ok(Status::Done)
}

/// Runs `lexicon learn`.
pub fn learn(args: &LearnArgs, report: &Report) -> Result<Status> {
    let before = inputs::lexicon(&args.lexicon)?;
    let (mut pairs, mut seen, mut doubtful) = (Vec::new(), HashSet::new(), 0);
    for path in &args.inputs {
        let format = corpora::format(args.from, path, "--from")?;
        for record in corpora::records_shown(format, path, report)? {
            let record = record?;
            let sure = record.confidence.is_none_or(|confidence| confidence >= args.min_confidence);
            if !record.is_pair() {
                continue;
            }
            let pair = (record.zh, record.en);
            doubtful += usize::from(!sure);
            if sure && seen.insert(pair.clone()) {
                pairs.push(pair);
            }
        }
    }
    let below = match doubtful {
        0 => String::new(),
        _ => format!(" ({doubtful} below --min-confidence left out)"),
    };
    if pairs.is_empty() {
        return Err(Error::new(ErrorKind::Format, format!("there is no pair to learn from{below}")));
    }
    let learned = before.learn(&pairs, &TeachOptions::default())?;
    let bytes = learned.lexicon.to_bytes()?;
    files::write(&Place::new(Some(&args.output)), |out| Ok(out.write_all(&bytes)?))?;
    report.say(&format!(
        "Learned what {} words mean from {} pairs{below}; {} of them new.",
        learned.words,
        pairs.len(),
        learned.terms.len()
    ));
    let mut terms = learned.terms;
    terms.sort_by_key(|term| std::cmp::Reverse(term.count));
    let named: Vec<String> = terms
        .iter()
        .take(NAMED)
        .map(|term| format!("{} {} ({} times)", term.form, term.stem, term.count))
        .collect();
    if !named.is_empty() {
        report.say(&format!("The commonest of the new: {}.", named.join(", ")));
    }
    Ok(Status::Done)
}

/// Runs `lexicon show`.
pub fn show(args: &ShowArgs) -> Result<Status> {
    let lexicon = inputs::lexicon(&args.lexicon)?;
    let mut tokenizer = Tokenizer::new(lexicon.clone());
    files::write(&Place::Stdout, |out| {
        if args.words.is_empty() {
            let (words, stems) = (lexicon.word_count(), lexicon.stem_count());
            writeln!(out, "{words} words, {stems} stems. {}", lexicon.notice().trim())?;
        }
        args.words.iter().try_for_each(|word| show_word(&lexicon, &mut tokenizer, word, out))
    })?;
    Ok(Status::Done)
}

/// A Chinese word with its reading and meanings, or the words that a text is cut into with theirs; an English word
/// with its stem and the stems beside it.
fn show_word(lexicon: &Lexicon, tokenizer: &mut Tokenizer, text: &str, out: &mut dyn Write) -> Result<()> {
    let mut lines = Vec::new();
    tokenizer.chinese(text, |token| lines.push(line(lexicon, &token)));
    let whole = lines.len() == 1;
    if lines.is_empty() {
        writeln!(out, "{text}: there is no word in it")?;
    } else if !whole {
        writeln!(out, "{text}: no word of the lexicon; it is read as")?;
    }
    for line in lines {
        writeln!(out, "{}{line}", if whole { "" } else { "  " })?;
    }
    Ok(())
}

fn line(lexicon: &Lexicon, token: &Token<'_>) -> String {
    let weights = |stems: Vec<(&str, f32)>| {
        let stems = stems.iter().filter(|stem| stem.1 >= SHOWN);
        let stems = stems.map(|(stem, weight)| format!("{stem} {weight:.2}"));
        stems.collect::<Vec<_>>().join(", ")
    };
    let named = |(stem, weight)| (lexicon.stem_text(stem), weight);
    match (token.word, token.stem) {
        (Some(word), _) => {
            let meanings = weights(lexicon.translations(word).map(named).collect());
            let meanings = if meanings.is_empty() { "without content".to_owned() } else { meanings };
            let pinyin = lexicon.pinyin(word).unwrap_or("no reading");
            format!("{} ({pinyin}): {meanings}", token.text)
        }
        (None, Some(stem)) => {
            format!(
                "{} (stem), beside {}",
                token.text,
                weights(lexicon.neighbours(stem).map(named).collect())
            )
        }
        (None, None) if token.kind == TokenKind::Chinese => format!("{}: not in the lexicon", token.text),
        (None, None) => format!("{}: as it stands", token.text),
    }
}
