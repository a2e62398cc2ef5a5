//! Within two passages that match but have different numbers of paragraphs: which paragraphs match, which were
//! split in two, which have no counterpart. A dynamic programme over both, in time of the product of their
//! numbers, which is bounded.

use super::runs::{Affinities, Page};
use std::ops::Range;

/// Passages of more paragraphs than this are left to the alignment of sentences.
const MOST: usize = 40;
/// Joining two paragraphs against one costs this, in nats, and so does leaving one out: both are rare.
const JOIN: f32 = 2.0;
const ALONE: f32 = 0.0;

/// Marks the paragraphs that stand alone in the match of the segments `at` and `at + 1`.
pub(super) fn place(page: &mut Page, at: usize, affinity: &Affinities<'_>) {
    let (a, b) = (&page.segments[at], &page.segments[at + 1]);
    let (zh, en) = if a.is_source { (a, b) } else { (b, a) };
    let (zh, en) = (zh.runs.clone(), en.runs.clone());
    let (n, m) = (zh.len(), en.len());
    if n == m || n.max(m) > MOST {
        return;
    }
    let passages = |runs: Range<usize>| -> Vec<Range<usize>> {
        // Paragraph `k` has the number 2k, paragraphs `k` and `k + 1` together the number 2k + 1.
        let mut list = Vec::with_capacity(2 * runs.len());
        for k in runs.clone() {
            let sentences = &page.runs[k].sentences;
            list.push(sentences.clone());
            list.extend((k + 1 < runs.end).then(|| sentences.start..page.runs[k + 1].sentences.end));
        }
        list
    };
    let score = affinity(&passages(zh.clone()), &passages(en.clone()), 2 * n.max(m));
    let (lonely_zh, lonely_en) = unmatched(n, m, &*score);
    for (is_source, first, list) in [(true, zh.start, lonely_zh), (false, en.start, lonely_en)] {
        for k in list {
            let sentences = page.runs[first + k].sentences.clone();
            page.placed_mut(is_source, &sentences).iter_mut().for_each(|placed| placed.alone = true);
        }
    }
}

/// The moves: so many paragraphs of each side.
const MOVES: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)];

/// The paragraphs of each side that match none of the other.
fn unmatched(n: usize, m: usize, score: &dyn Fn(usize, usize) -> f32) -> (Vec<usize>, Vec<usize>) {
    let width = m + 1;
    let mut best = vec![f32::NEG_INFINITY; (n + 1) * width];
    let mut back = vec![0usize; (n + 1) * width];
    best[0] = 0.0;
    for node in 1..best.len() {
        let (i, j) = (node / width, node % width);
        for (k, &(a, b)) in MOVES.iter().enumerate() {
            if a > i || b > j {
                continue;
            }
            // The number of a joined pair is one more than twice its first.
            let gain = match (a, b) {
                (1, 0) | (0, 1) => -ALONE,
                _ => score(2 * (i - a) + a - 1, 2 * (j - b) + b - 1) - if a + b > 2 { JOIN } else { 0.0 },
            };
            let value = best[(i - a) * width + j - b] + gain;
            if value > best[node] {
                (best[node], back[node]) = (value, k);
            }
        }
    }
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (n, m);
    while (i, j) != (0, 0) {
        let (a, b) = MOVES[back[i * width + j]];
        (i, j) = (i - a, j - b);
        zh.extend((b == 0).then_some(i));
        en.extend((a == 0).then_some(j));
    }
    (zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_left_out_and_one_split() {
        // Paragraphs 0–0 and 2–1 match; source 1 is left out.
        let left_out = |i: usize, j: usize| if (i, j) == (0, 0) || (i, j) == (4, 2) { 9.0 } else { -9.0 };
        assert_eq!(unmatched(3, 2, &left_out), (vec![1], vec![]));
        // Source 0 and 1 together match target 0.
        let split = |i: usize, j: usize| {
            if (i, j) == (1, 0) {
                20.0
            } else if i == 0 {
                6.0
            } else {
                -1.0
            }
        };
        assert_eq!(unmatched(2, 1, &split), (vec![], vec![]));
    }
}
