//! The engine with a scorer of one's own: `cargo run --release --example own_scorer -- ZH EN` aligns two files with a
//! sentence a line by nothing but the lengths of the sentences, and prints ids with the posterior of each bead.

use duizhao::align::{Corridor, Scorer, Shapes, posterior, search};
use std::error::Error;
use std::fs;
use std::ops::Range;

/// Logarithm of the odds of a bead whose sides have quite the same length, and of a sentence that faces nothing.
const SAME: f32 = 3.0;
const ALONE: f32 = -4.0;
/// What a bead loses for each sentence beyond one on both sides.
const JOIN: f32 = 1.5;

/// Scores beads by the lengths of their sides, in bytes summed up to each sentence.
struct Lengths {
    zh: Vec<usize>,
    en: Vec<usize>,
    /// English bytes for a Chinese one.
    ratio: f32,
}

impl Lengths {
    fn new(zh: &[&str], en: &[&str]) -> Self {
        let sums = |lines: &[&str]| {
            let sum = lines.iter().scan(0, |sum, line| {
                *sum += line.len();
                Some(*sum)
            });
            std::iter::once(0).chain(sum).collect::<Vec<usize>>()
        };
        let (zh, en) = (sums(zh), sums(en));
        let ratio = en[en.len() - 1] as f32 / zh[zh.len() - 1].max(1) as f32;
        Lengths { zh, en, ratio }
    }
}

impl Scorer for Lengths {
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        if source.is_empty() || target.is_empty() {
            return ALONE;
        }
        let zh = (self.zh[source.end] - self.zh[source.start]).max(1) as f32 * self.ratio;
        let en = (self.en[target.end] - self.en[target.start]).max(1) as f32;
        SAME - 4.0 * (zh / en).ln().abs() - JOIN * (source.len() + target.len() - 2) as f32
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en] = arguments.as_slice() else { return Err("usage: own_scorer ZH EN".into()) };
    let (zh, en) = (fs::read_to_string(zh)?, fs::read_to_string(en)?);
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    let scorer = Lengths::new(&zh, &en);
    let shapes = Shapes::up_to(3, 3)?;
    // All of both texts: fine up to some thousand sentences; `align::corridor` makes a smaller one from anchors.
    let corridor = Corridor::full(zh.len(), en.len());
    let path = search(&scorer, &corridor, &shapes);
    let sure = posterior(&scorer, &corridor, &shapes, 1.0);
    for (source, target, _) in path {
        let ids = |range: &Range<usize>| format!("{:?}", range.clone().collect::<Vec<_>>());
        println!("{}:{}\t{:.2}", ids(&source), ids(&target), sure.of(&source, &target));
    }
    Ok(())
}
