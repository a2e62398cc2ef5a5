//! Where the two texts surely meet: pairs of sentences that share rare words, for the coarse pass of the
//! alignment. Linear: the rarest pairs of types come first, until there are enough points.

use super::table::Table;
use super::tokens::{Class, Postings, Tokens};

/// A source sentence and a target sentence that share something rare.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// The source sentence.
    pub source: u32,
    /// The target sentence.
    pub target: u32,
    /// How much it says that the two face each other: about the share of such points that are right.
    pub weight: f32,
}

/// Less likely translations are no anchors.
const LEAST: f32 = 0.05;
/// Types that make more points than this together say nothing.
const MOST_MEETINGS: usize = 1024;
/// Points for each sentence.
const PER_SENTENCE: usize = 6;

/// Points between two sides, with p(target type | source type) in `table`. In no order.
pub fn points(
    (source, target): (&Tokens, &Tokens),
    (source_postings, target_postings): (&Postings, &Postings),
    table: &Table,
) -> Vec<Point> {
    // Pairs of types with the number of their points, and how many pairs have fewer points than so many.
    let mut pairs: Vec<(u32, u32, u32, f32)> = Vec::new();
    let mut fewer = [0; MOST_MEETINGS + 2];
    for x in 0..table.rows() as u32 {
        let holders = source_postings.of(x).len();
        if holders == 0 || holders > MOST_MEETINGS || source.class(x) == Class::Mark {
            continue;
        }
        for &(e, t) in table.row(x) {
            let meetings = holders * target_postings.of(e).len();
            if t >= LEAST && meetings <= MOST_MEETINGS {
                pairs.push((meetings as u32, x, e, t));
                fewer[meetings + 1] += 1;
            }
        }
    }
    for meetings in 1..fewer.len() {
        fewer[meetings] += fewer[meetings - 1];
    }
    // The pairs with the fewest points first.
    let mut order = vec![0u32; pairs.len()];
    for (pair, &(meetings, ..)) in (0..).zip(&pairs) {
        let place = &mut fewer[meetings as usize];
        order[*place] = pair;
        *place += 1;
    }
    let enough = PER_SENTENCE * (source.sentences() + target.sentences());
    let mut points = Vec::with_capacity(enough + MOST_MEETINGS);
    for pair in order {
        if points.len() >= enough {
            break;
        }
        let (_, x, e, t) = pairs[pair as usize];
        let (holders, others) = (source_postings.of(x), target_postings.of(e));
        let weight = t / holders.len().max(others.len()) as f32;
        for &(source, _) in holders {
            points.extend(others.iter().map(|&(target, _)| Point { source, target, weight }));
        }
    }
    points
}
