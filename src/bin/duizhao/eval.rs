//! `duizhao eval`: alignments against hand-made ones.

use crate::arguments::EvalArgs;
use crate::files::{self, Doing, Place, explained};
use crate::inputs;
use crate::report::Report;
use crate::status::Status;
use duizhao::corpus::{Record, jsonl};
use duizhao::eval::{Bin, Calibration, Figures, Kinds, Scores};
use duizhao::{Error, ErrorKind, IdBead, Result, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bins of the reliability table.
const BINS: usize = 10;

/// Runs the command.
pub fn run(args: &EvalArgs, report: &Report) -> Result<Status> {
    let files = pairs(&args.gold, &args.pred, report)?;
    let mut total = Total::default();
    for file in &files {
        total.add(file)?;
    }
    let figures = total.figures();
    files::write(&Place::Stdout, |out| match args.json {
        true => {
            serde_json::to_writer_pretty(&mut *out, &figures).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        false => table(&figures, out),
    })?;
    Ok(Status::Done)
}

/// A gold file and what is scored against it.
struct Files {
    name: String,
    gold: PathBuf,
    pred: PathBuf,
}

fn pairs(gold: &Path, pred: &Path, report: &Report) -> Result<Vec<Files>> {
    let reading = |path: &Path| {
        let name = path.display().to_string();
        move |error: std::io::Error| explained(error.into(), Doing::Reading, &name)
    };
    let is_dir = |path: &Path| fs::metadata(path).map(|data| data.is_dir()).map_err(reading(path));
    match (is_dir(gold)?, is_dir(pred)?) {
        (false, false) => {
            let name = gold.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(vec![Files { name, gold: gold.to_owned(), pred: pred.to_owned() }]);
        }
        (true, true) => {}
        _ => return Err(Error::new(ErrorKind::Usage, "give two files, or two folders")),
    }
    let mut found = Vec::new();
    let mut missing = Vec::new();
    let mut golds = Vec::new();
    for entry in fs::read_dir(gold).map_err(reading(gold))? {
        let path = entry.map_err(reading(gold))?.path();
        golds.extend(path.extension().is_some_and(|ending| ending == "gold").then_some(path));
    }
    golds.sort();
    for gold in golds {
        let name = gold.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let candidates = ["gold", "ids", "jsonl"].map(|ending| pred.join(format!("{name}.{ending}")));
        match candidates.into_iter().find(|path| path.is_file()) {
            Some(pred) => found.push(Files { name, gold, pred }),
            None => missing.push(name),
        }
    }
    if found.is_empty() {
        let message = "there is no NAME.gold in the one folder with a NAME.gold, .ids or .jsonl in the other";
        return Err(Error::new(ErrorKind::Format, message).in_file(gold.display()));
    }
    if !missing.is_empty() {
        report.say(&format!("not scored, for want of a prediction: {}", missing.join(", ")));
    }
    Ok(found)
}

/// A predicted bead, with its confidence where that is known.
type Prediction = (IdBead, Option<f32>);

impl Files {
    fn read(&self) -> Result<(Vec<IdBead>, Vec<Prediction>)> {
        let gold = ids(&self.gold)?;
        let pred = match self.pred.extension().is_some_and(|ending| ending == "jsonl") {
            true => self.records()?,
            false => ids(&self.pred)?.into_iter().map(|bead| (bead, None)).collect(),
        };
        Ok((gold, pred))
    }

    /// Beads of a JSON Lines file: spans point into the sentences joined by line breaks, and sentences that
    /// no record holds face nothing.
    fn records(&self) -> Result<Vec<Prediction>> {
        let name = self.pred.display().to_string();
        let (zh, en) = (Lines::beside(&self.gold, "zh")?, Lines::beside(&self.gold, "en")?);
        let mut beads = Vec::new();
        let mut seen = (vec![false; zh.starts.len()], vec![false; en.starts.len()]);
        for (record, number) in jsonl::Reader::new(inputs::open(&self.pred)?).zip(1..) {
            let record: Record = record.map_err(|error| error.in_file(&name))?;
            let outside = || {
                let message = "its spans are not those of the lines beside the gold file";
                Error::new(ErrorKind::Format, message).in_file(&name).at_line(number)
            };
            let source = zh.numbers(&record.zh_spans, &mut seen.0).ok_or_else(outside)?;
            let target = en.numbers(&record.en_spans, &mut seen.1).ok_or_else(outside)?;
            beads.push((IdBead::new(source, target), record.confidence));
        }
        let unseen = |seen: &[bool]| -> Vec<usize> { (0..seen.len()).filter(|&k| !seen[k]).collect() };
        beads.extend(unseen(&seen.0).into_iter().map(|k| (IdBead::new([k], []), None)));
        beads.extend(unseen(&seen.1).into_iter().map(|k| (IdBead::new([], [k]), None)));
        Ok(beads)
    }
}

fn ids(path: &Path) -> Result<Vec<IdBead>> {
    let name = path.display().to_string();
    let beads = IdBead::read_all(inputs::open(path)?);
    beads.map_err(|error| explained(error, Doing::Reading, &name))
}

/// Where the lines of a file begin once they are joined by line breaks.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn beside(gold: &Path, ending: &str) -> Result<Self> {
        let path = gold.with_extension(ending);
        let text = fs::read_to_string(&path)
            .map_err(|error| explained(error.into(), Doing::Reading, &path.display().to_string()))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let mut at = 0;
        let start = |line: &str| {
            let start = at;
            at += line.len() + 1;
            start
        };
        Ok(Lines { starts: text.lines().map(start).collect() })
    }

    fn numbers(&self, spans: &[Span], seen: &mut [bool]) -> Option<Vec<usize>> {
        let number = |span: &Span| {
            let number = self.starts.binary_search(&span.start).ok()?;
            seen[number] = true;
            Some(number)
        };
        spans.iter().map(number).collect()
    }
}

#[derive(Default)]
struct Total {
    scores: Scores,
    kinds: Kinds,
    calibration: Calibration,
    by_file: BTreeMap<String, Scores>,
}

impl Total {
    fn add(&mut self, files: &Files) -> Result<()> {
        let (gold, pred) = files.read()?;
        let beads: Vec<IdBead> = pred.iter().map(|(bead, _)| bead.clone()).collect();
        let scores = Scores::of(&gold, &beads);
        self.scores += scores;
        self.kinds.add(&gold, &beads);
        self.calibration.add(&gold, pred.iter().filter_map(|(bead, sure)| Some((bead, (*sure)?))));
        self.by_file.insert(files.name.clone(), scores);
        Ok(())
    }

    fn figures(self) -> AllFigures {
        let both = |scores: &Scores| BothFigures { strict: scores.strict(), lax: scores.lax() };
        let calibration = &self.calibration;
        let reliability = (!calibration.is_empty()).then(|| Reliability {
            predictions: calibration.len(),
            expected_error: calibration.expected_error(BINS),
            brier: calibration.brier(),
            bins: calibration.bins(BINS),
        });
        AllFigures {
            files: self.by_file.len(),
            all: both(&self.scores),
            by_file: self.by_file.iter().map(|(name, scores)| (name.clone(), both(scores))).collect(),
            kinds: self.kinds,
            reliability,
        }
    }
}

#[derive(Serialize)]
struct AllFigures {
    files: usize,
    #[serde(flatten)]
    all: BothFigures,
    by_file: BTreeMap<String, BothFigures>,
    kinds: Kinds,
    /// Only where predictions have confidences.
    reliability: Option<Reliability>,
}

#[derive(Serialize)]
struct BothFigures {
    strict: Figures,
    lax: Figures,
}

#[derive(Serialize)]
struct Reliability {
    predictions: usize,
    expected_error: Option<f64>,
    brier: Option<f64>,
    bins: Vec<Bin>,
}

fn table(figures: &AllFigures, out: &mut dyn Write) -> Result<()> {
    let width = figures.by_file.keys().map(String::len).max().unwrap_or(0).max("all".len());
    let row = |name: &str, both: &BothFigures| {
        let three = |f: &Figures| format!("{:>9.4} {:>9.4} {:>9.4}", f.precision, f.recall, f.f1);
        format!("{name:width$}  {}  {}", three(&both.strict), three(&both.lax))
    };
    writeln!(
        out,
        "{:width$}  {:>29}  {:>29}",
        "", "strict precision, recall, F1", "lax precision, recall, F1"
    )?;
    for (name, both) in &figures.by_file {
        writeln!(out, "{}", row(name, both))?;
    }
    writeln!(out, "{}", row("all", &figures.all))?;
    writeln!(out, "\n{:<8} {:>7} {:>9} {:>7}", "type", "gold", "predicted", "right")?;
    for (kind, count) in &figures.kinds.counts {
        writeln!(out, "{kind:<8} {:>7} {:>9} {:>7}", count.gold, count.test, count.right)?;
    }
    let Some(reliability) = &figures.reliability else { return Ok(()) };
    writeln!(out, "\n{:<12} {:>7} {:>10} {:>7}", "confidence", "beads", "said", "right")?;
    for bin in reliability.bins.iter().filter(|bin| bin.count > 0) {
        let range = format!("{:.1} to {:.1}", bin.from, bin.to);
        writeln!(out, "{range:<12} {:>7} {:>10.3} {:>7.3}", bin.count, bin.confidence, bin.right)?;
    }
    if let (Some(error), Some(brier)) = (reliability.expected_error, reliability.brier) {
        writeln!(out, "expected calibration error {error:.4}, Brier score {brier:.4}")?;
    }
    Ok(())
}
