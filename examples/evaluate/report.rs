//! Prints figures by document and kind.

use super::{Calibration, Document, IdBead, Kinds, Scores};
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Default)]
pub struct Report {
    documents: Vec<(String, String, Scores, Option<Duration>)>,
    by_kind: BTreeMap<String, Group>,
    all: Group,
}

#[derive(Default)]
struct Group {
    scores: Scores,
    kinds: Kinds,
    calibration: Calibration,
    time: Duration,
}

impl Group {
    fn add(&mut self, gold: &[IdBead], beads: &[(IdBead, f32)], time: Option<Duration>) {
        let test: Vec<IdBead> = beads.iter().map(|(bead, _)| bead.clone()).collect();
        self.scores += Scores::of(gold, &test);
        self.kinds.add(gold, &test);
        let pairs = beads.iter().filter(|(bead, _)| !bead.is_null());
        self.calibration.add(gold, pairs.map(|(bead, confidence)| (bead, *confidence)));
        self.time += time.unwrap_or_default();
    }

    fn line(&self, name: &str) -> String {
        let nulls = |n: &duizhao::eval::NullCount| format!("{}/{}/{}", n.found, n.missed, n.invented);
        let (sure, right) = self.calibration.right_at(0.9);
        format!(
            "{name:24} strict {:.4}  lax {:.4}  nulls found/missed/invented zh {} en {}  calibration error {:.4}  right at .9: {:.4} of {sure}  {:.0?}",
            self.scores.strict().f1,
            self.scores.lax().f1,
            nulls(&self.kinds.source_nulls),
            nulls(&self.kinds.target_nulls),
            self.calibration.expected_error(10).unwrap_or(0.0),
            right.unwrap_or(0.0),
            self.time,
        )
    }
}

impl Report {
    pub fn add(&mut self, document: &Document, beads: &[(IdBead, f32)], time: Option<Duration>) {
        let test: Vec<IdBead> = beads.iter().map(|(bead, _)| bead.clone()).collect();
        let scores = Scores::of(&document.gold, &test);
        self.documents.push((document.kind.clone(), document.name.clone(), scores, time));
        self.by_kind.entry(document.kind.clone()).or_default().add(&document.gold, beads, time);
        self.all.add(&document.gold, beads, time);
    }

    /// Prints the stretches in which prediction and gold differ, with their text.
    pub fn differences(document: &Document, beads: &[(IdBead, f32)]) {
        println!("== {} {}", document.kind, document.name);
        let ends = |bead: &IdBead| {
            (bead.source.last().map_or(0, |i| i + 1), bead.target.last().map_or(0, |j| j + 1))
        };
        let (mut g, mut t) = (0, 0);
        while g < document.gold.len() && t < beads.len() {
            if document.gold[g] == beads[t].0 {
                (g, t) = (g + 1, t + 1);
                continue;
            }
            let (first_g, first_t) = (g, t);
            let (mut a, mut b) = ((0, 0), (0, 0));
            loop {
                let gold_is_behind = a.0 < b.0 || a.1 < b.1 || (g == first_g);
                if gold_is_behind && g < document.gold.len() {
                    let end = ends(&document.gold[g]);
                    a = (a.0.max(end.0), a.1.max(end.1));
                    g += 1;
                } else if t < beads.len() {
                    let end = ends(&beads[t].0);
                    b = (b.0.max(end.0), b.1.max(end.1));
                    t += 1;
                } else {
                    break;
                }
                if a == b {
                    break;
                }
            }
            let gold = &document.gold[first_g..g];
            gold.iter().flat_map(|b| &b.source).for_each(|&i| println!("  zh {i} {}", document.source[i]));
            gold.iter().flat_map(|b| &b.target).for_each(|&j| println!("  en {j} {}", document.target[j]));
            let list = |beads: &mut dyn Iterator<Item = String>| beads.collect::<Vec<_>>().join("  ");
            println!("  gold {}", list(&mut gold.iter().map(|b| b.to_string())));
            println!("  ours {}\n", list(&mut beads[first_t..t].iter().map(|(b, p)| format!("{b} {p:.2}"))));
        }
    }

    /// Strict F1 of each kind, on one line.
    pub fn short(&self) -> String {
        let figure = |(kind, group): (&String, &Group)| {
            format!("{kind} {:.4}/{:.4}", group.scores.strict().f1, group.scores.lax().f1)
        };
        self.by_kind.iter().map(figure).collect::<Vec<_>>().join("  ")
    }

    pub fn print(&self, verbose: bool) {
        for (kind, name, scores, time) in &self.documents {
            let (strict, lax) = (scores.strict(), scores.lax());
            let time = time.map_or(String::new(), |time| format!("  {time:.0?}"));
            println!(
                "{kind:10} {name:20} strict P {:.4} R {:.4} F1 {:.4}  lax F1 {:.4}{time}",
                strict.precision, strict.recall, strict.f1, lax.f1
            );
        }
        for (kind, group) in &self.by_kind {
            println!("{}", group.line(kind));
        }
        println!("{}", self.all.line("all"));
        if verbose {
            self.print_kinds();
        }
        println!("reliability: confidence  predicted  right");
        for bin in self.all.calibration.bins(10) {
            println!(
                "  {:.1}–{:.1}  {:5}  {:.3}  {:.3}",
                bin.from, bin.to, bin.count, bin.confidence, bin.right
            );
        }
    }

    fn print_kinds(&self) {
        println!("bead type: gold, predicted, right; taken for");
        for (kind, count) in &self.all.kinds.counts {
            let confusion = self.all.kinds.confusion.get(kind);
            let taken: Vec<String> =
                confusion.into_iter().flatten().map(|(other, n)| format!("{other} {n}")).collect();
            println!("  {kind}: {} {} {}; {}", count.gold, count.test, count.right, taken.join(", "));
        }
    }
}
