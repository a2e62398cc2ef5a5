//! `duizhao stats`: what is in corpora, as a table, as JSON or as a page.

use crate::arguments::{StatsArgs, StatsForm};
use crate::files::{self, Place};
use crate::report::{Report, steers};
use crate::status::Status;
use crate::view::width;
use crate::{corpora, inputs};
use duizhao::Result;
use duizhao::corpus::stats::{BINS, Lengths, Stats, write_page};
use std::io::Write;

/// Columns of the longest bar, and of a label.
const BAR: u64 = 40;
const LABEL: usize = 20;

/// Runs the command.
pub fn run(args: &StatsArgs, report: &Report) -> Result<Status> {
    let mut all = Stats::default();
    let mut files = Vec::new();
    for path in &args.inputs {
        let format = corpora::format(args.from, path, "--from")?;
        let mut one = Stats::default();
        for record in corpora::records_shown(format, path, report)? {
            let record = record?;
            one.add(&record);
            if args.inputs.len() > 1 {
                all.add(&record);
            }
        }
        files.push((inputs::name(path), one));
    }
    report.end_progress();
    let all = if let [(_, one)] = files.as_slice() { one } else { &all };
    let title = match files.as_slice() {
        [(name, _)] => name.clone(),
        [(first, _), .., (last, _)] => format!("{} corpora, {first} to {last}", files.len()),
        [] => String::new(),
    };
    let form = if args.json { StatsForm::Json } else { args.format };
    files::write(&Place::new(args.output.as_deref()), |out| match form {
        StatsForm::Table => table(all, &files, out),
        StatsForm::Html => write_page(all, &title, out),
        StatsForm::Json => {
            serde_json::to_writer_pretty(&mut *out, all).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
    })?;
    Ok(Status::Done)
}

fn table(all: &Stats, files: &[(String, Stats)], out: &mut dyn Write) -> Result<()> {
    if files.len() > 1 {
        by_file(all, files, out)?;
    }
    writeln!(out, "{}", labelled("pairs", &all.pairs.to_string()))?;
    let reasons: Vec<_> = all.reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    writeln!(out, "{}", labelled("unpaired", &joined(all.unpaired, &reasons)))?;
    writeln!(out, "{}", labelled("Chinese characters", &lengths(&all.zh.lengths)))?;
    writeln!(out, "{}", labelled("English words", &lengths(&all.en.lengths)))?;
    writeln!(out, "{}", labelled("types", &shares(all.kinds.iter())))?;
    writeln!(out, "{}", labelled("Chinese side", &shares(all.zh.languages.iter())))?;
    writeln!(out, "{}", labelled("English side", &shares(all.en.languages.iter())))?;
    let most = all.confidence.iter().copied().max().unwrap_or(0).max(1);
    for (k, &count) in all.confidence.iter().enumerate().rev().filter(|_| all.pairs > all.without_confidence)
    {
        let bar = "█".repeat((count * BAR).div_ceil(most) as usize);
        let (from, to) = (k as f64 / BINS as f64, (k + 1) as f64 / BINS as f64);
        let text = format!("{count:>9}  {bar}");
        writeln!(out, "{}", labelled(&format!("confidence {from:.1}–{to:.1}"), text.trim_end()))?;
    }
    if all.without_confidence > 0 {
        writeln!(out, "{}", labelled("without confidence", &all.without_confidence.to_string()))?;
    }
    Ok(())
}

/// A row a file, in columns; a Han character in a name takes two.
fn by_file(all: &Stats, files: &[(String, Stats)], out: &mut dyn Write) -> Result<()> {
    let safe = |name: &str| name.chars().filter(|&c| !steers(c)).collect::<String>();
    let names: Vec<String> = files.iter().map(|(name, _)| safe(name)).collect();
    let longest = names.iter().map(|name| width(name)).max().unwrap_or(0).max("all".len());
    let mut row = |name: &str, cells: [&str; 4]| {
        let gap = " ".repeat(longest - width(name));
        let [pairs, unpaired, zh, en] = cells;
        writeln!(out, "{name}{gap}  {pairs:>10} {unpaired:>10} {zh:>12} {en:>12}")
    };
    row("", ["pairs", "unpaired", "characters", "words"])?;
    let total = std::iter::once(("all", all));
    for (name, stats) in
        names.iter().map(String::as_str).zip(files.iter().map(|(_, stats)| stats)).chain(total)
    {
        let Stats { pairs, unpaired, zh, en, .. } = stats;
        let cells = [*pairs, *unpaired, zh.lengths.total, en.lengths.total].map(|count| count.to_string());
        row(name, cells.each_ref().map(String::as_str))?;
    }
    Ok(writeln!(out)?)
}

fn labelled(label: &str, text: &str) -> String {
    format!("{label}{}{text}", " ".repeat(LABEL.saturating_sub(width(label)).max(1)))
}

fn joined(count: u64, parts: &[String]) -> String {
    if parts.is_empty() { count.to_string() } else { format!("{count}: {}", parts.join(", ")) }
}

fn lengths(lengths: &Lengths) -> String {
    let [low, middle, high, most] = [0.05, 0.5, 0.95, 1.0].map(|share| lengths.quantile(share));
    format!(
        "{}, {:.1} a pair, median {middle}, nine in ten from {low} to {high}, longest {most}",
        lengths.total,
        lengths.mean()
    )
}

/// Names with their shares, the greatest first.
fn shares<'a>(counts: impl Iterator<Item = (&'a String, &'a u64)>) -> String {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    let all: u64 = counts.iter().map(|(_, count)| **count).sum();
    let share = |count: u64| 100.0 * count as f64 / all.max(1) as f64;
    let parts: Vec<_> = counts.iter().map(|(name, count)| format!("{name} {:.1}%", share(**count))).collect();
    parts.join(", ")
}
