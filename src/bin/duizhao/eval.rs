//! `duizhao eval`: alignments against hand-made ones.

use crate::arguments::EvalArgs;
use crate::beads::{Sides, Sure};
use crate::corpora;
use crate::files::{self, Doing, Place, explained};
use crate::inputs;
use crate::report::Report;
use crate::status::Status;
use duizhao::corpus::OutputFormat;
use duizhao::eval::{Bin, Calibration, Figures, Kinds, Scores};
use duizhao::{Error, ErrorKind, IdBead, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Endings of predictions in a folder, in the order in which they are preferred.
const PREDICTIONS: [&str; 8] = ["gold", "ids", "jsonl", "tmx", "tsv", "csv", "xlf", "xlsx"];

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
        let candidates = PREDICTIONS.map(|ending| pred.join(format!("{name}.{ending}")));
        match candidates.into_iter().find(|path| path.is_file()) {
            Some(pred) => found.push(Files { name, gold, pred }),
            None => missing.push(name),
        }
    }
    if found.is_empty() {
        let message = "there is no NAME.gold in the one folder with a NAME.gold, .ids or corpus in the other";
        return Err(Error::new(ErrorKind::Format, message).in_file(gold.display()));
    }
    if !missing.is_empty() {
        report.say(&format!("not scored, for want of a prediction: {}", missing.join(", ")));
    }
    Ok(found)
}

impl Files {
    fn read(&self) -> Result<(Vec<IdBead>, Vec<Sure>)> {
        let corpus = |path: &Path| corpora::of_name(path).filter(|&format| format != OutputFormat::Ids);
        let alone = |beads: Vec<IdBead>| beads.into_iter().map(|bead| (bead, None)).collect();
        match (corpus(&self.gold), corpus(&self.pred)) {
            (None, None) => Ok((ids(&self.gold)?, alone(ids(&self.pred)?))),
            (None, Some(pred)) => Ok((ids(&self.gold)?, Sides::beside(&self.gold)?.beads(&self.pred, pred)?)),
            (Some(gold), Some(pred)) => {
                let (sides, beads) = Sides::of_corpus(&self.gold, gold)?;
                Ok((beads, sides.beads(&self.pred, pred)?))
            }
            (Some(_), None) => {
                let message = "numbers cannot be scored against a corpus of texts; give a corpus for both";
                Err(Error::new(ErrorKind::Usage, message))
            }
        }
    }
}

fn ids(path: &Path) -> Result<Vec<IdBead>> {
    let name = path.display().to_string();
    let beads = IdBead::read_all(inputs::open(path)?);
    beads.map_err(|error| explained(error, Doing::Reading, &name))
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
