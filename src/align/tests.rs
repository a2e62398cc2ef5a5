//! The engine against brute force: every path of small lattices.

use super::{ExploreOptions, Prices, corridor, explore, posterior, search};
use crate::lattice::{Corridor, Shapes};
use crate::score::Point;
use proptest::prelude::*;
use std::ops::Range;

#[path = "../../tests/targets/paths.rs"]
mod brute;
use brute::{Path, paths};

/// Scores for every bead of up to 4 × 5 sentences, in no relation to each other.
#[derive(Debug, Clone)]
struct Noise(Vec<f32>);

impl Noise {
    fn score(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let mut hash = 17usize;
        for part in [source.start, source.end, target.start, target.end] {
            hash = hash.wrapping_mul(31).wrapping_add(part);
        }
        self.0[hash % self.0.len()]
    }

    fn total(&self, path: &Path) -> f64 {
        path.iter().map(|(source, target)| f64::from(self.score(source, target))).sum()
    }
}

/// A small corridor, the whole or a part.
fn corridors() -> impl Strategy<Value = Corridor> {
    (1usize..5, 1usize..5, prop::collection::vec((0usize..6, 0usize..6), 5), any::<bool>()).prop_map(
        |(n, m, rows, whole)| {
            let rows = rows[..=n].iter().map(|&(a, b)| a.min(b)..=a.max(b)).collect();
            if whole { Corridor::full(n, m) } else { Corridor::from_rows(rows, m) }
        },
    )
}

fn noise() -> impl Strategy<Value = Noise> {
    prop::collection::vec(-3f32..3.0, 50..90).prop_map(Noise)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_search_finds_the_best_of_all_paths(corridor in corridors(), noise in noise()) {
        let shapes = Shapes::up_to(3, 2).unwrap();
        let found = search(&|s, t| noise.score(&s, &t), &corridor, &shapes);
        let found: Path = found.into_iter().map(|(s, t, _)| (s, t)).collect();
        let all = paths(&corridor, &shapes);
        prop_assert!(all.contains(&found));
        let best = all.iter().map(|path| noise.total(path)).fold(f64::NEG_INFINITY, f64::max);
        prop_assert!((noise.total(&found) - best).abs() < 1e-4);
    }

    #[test]
    fn posteriors_are_the_shares_of_all_paths(corridor in corridors(), noise in noise()) {
        let shapes = Shapes::up_to(2, 3).unwrap();
        let all = paths(&corridor, &shapes);
        let plain = |source: &Range<usize>, target: &Range<usize>| noise.score(source, target);
        let certain = posterior(&|s, t| plain(&s, &t), &corridor, &shapes, 1.0);
        let weigh = |path: &Path| path.iter().map(|(s, t)| f64::from(plain(s, t))).sum::<f64>().exp();
        let total: f64 = all.iter().map(weigh).sum();
        for (source, target) in all.iter().flatten() {
            let bead = (source.clone(), target.clone());
            let with: f64 = all.iter().filter(|p| p.contains(&bead)).map(weigh).sum();
            let share = f64::from(certain.of(source, target));
            prop_assert!((share - with / total).abs() < 1e-4, "{bead:?}: {share} {}", with / total);
        }
        let more = |source: &Range<usize>, target: &Range<usize>| {
            0.5 * noise.score(&(target.start..target.end + 1), source)
        };
        let both = posterior(&|s, t| plain(&s, &t) + more(&s, &t), &corridor, &shapes, 1.0);
        let again = posterior(&|s, t| plain(&s, &t), &corridor, &shapes, 1.0).with_more(0.0, |s, t| more(&s, &t));
        for (source, target) in all.iter().flatten() {
            prop_assert!((again.of(source, target) - both.of(source, target)).abs() < 1e-4);
        }
        // What is given up is no great share, and what remains is all there is.
        let least = 1e-3;
        let fewer = posterior(&|s, t| plain(&s, &t), &corridor, &shapes, 1.0).with_more(least, |_, _| 0.0);
        let mut sides = vec![0.0; corridor.source_len()];
        fewer.each(1e-9, |source, _, p| sides[source].iter_mut().for_each(|sum| *sum += p));
        prop_assert!(sides.iter().all(|sum| (sum - 1.0).abs() < 1e-3), "{sides:?}");
        // A bead that was sure is no surer for it.
        for (source, target) in all.iter().flatten() {
            let share = certain.of(source, target);
            prop_assert!(share <= 1.0 - least || fewer.of(source, target) <= share + 1e-6);
        }
    }

    #[test]
    fn no_bead_passes_over_a_sure_node(corridor in corridors(), noise in noise(), at in (0usize..5, 0usize..5)) {
        let shapes = Shapes::up_to(3, 2).unwrap();
        let through = corridor.clone().through([at]);
        let is_there = corridor.node(at.0, at.1).is_some();
        let mut all = paths(&corridor, &shapes);
        all.retain(|path| !is_there || path.iter().all(|(source, _)| at.0 <= source.start || source.end <= at.0));
        let certain = posterior(&|s, t| noise.score(&s, &t), &through, &shapes, 1.0);
        let total: f64 = all.iter().map(|path| noise.total(path).exp()).sum();
        for (source, target) in paths(&corridor, &shapes).iter().flatten() {
            let bead = (source.clone(), target.clone());
            let with: f64 = all.iter().filter(|p| p.contains(&bead)).map(|p| noise.total(p).exp()).sum();
            let share = f64::from(certain.of(source, target));
            prop_assert!((share - with / total).abs() < 1e-4, "{bead:?}: {share} {}", with / total);
        }
        prop_assert_eq!(through.transposed().transposed(), through.clone().through(is_there.then_some(at)));
    }

    #[test]
    fn decoding_takes_the_path_of_the_highest_posteriors(corridor in corridors(), noise in noise()) {
        let shapes = Shapes::up_to(2, 2).unwrap();
        let certain = posterior(&|s, t| noise.score(&s, &t), &corridor, &shapes, 1.0);
        let prices = Prices { bead: 0.2, null: 0.4, least: 0.1 };
        let worth = |path: &Path| -> f32 {
            let gain = |(s, t): &(Range<usize>, Range<usize>)| {
                prices.gain(s.is_empty() || t.is_empty(), certain.of(s, t))
            };
            path.iter().map(gain).sum()
        };
        let best = paths(&corridor, &shapes).iter().map(worth).fold(f32::NEG_INFINITY, f32::max);
        prop_assert!((worth(&certain.decode(&prices)) - best).abs() < 1e-3);
    }

    #[test]
    fn exploring_leaves_a_corridor_that_is_too_narrow(shift in 20usize..90, noise in noise()) {
        // Sentence k faces sentence k + shift, and the first `shift` target sentences face nothing.
        let (n, m) = (120, 120 + shift);
        let scorer = |source: Range<usize>, target: Range<usize>| {
            let right = source.len() == 1 && target.len() == 1 && source.start + shift == target.start;
            let null = source.is_empty() || target.is_empty();
            noise.score(&source, &target) * 0.1 + if right { 6.0 } else if null { -1.0 } else { -4.0 }
        };
        let narrow = Corridor::from_rows((0..=n).map(|i: usize| i.saturating_sub(3)..=i + 3).collect(), m);
        let options = ExploreOptions { prices: Prices::default(), least: 1e-5, likely: 0.05, missed: 1e-5, nodes: 256 };
        let shapes = Shapes::up_to(2, 2).unwrap();
        let found = explore(narrow, &shapes, &options, |_| scorer);
        let pairs = found.path.iter().filter(|(source, target)| !source.is_empty() && !target.is_empty());
        prop_assert!(pairs.clone().all(|(source, target)| source.start + shift == target.start));
        prop_assert_eq!(pairs.count(), n);
        for i in 0..n {
            prop_assert!(found.rows[i + 1].contains(&(i + 1 + shift)));
        }
    }

    #[test]
    fn any_points_make_a_corridor(
        points in prop::collection::vec((0u32..300, 0u32..250, 0f32..1.0), 0..400),
    ) {
        let points = points.into_iter().map(|(source, target, weight)| Point { source, target, weight });
        let corridor = corridor(points.collect(), 300, 250);
        prop_assert!(corridor.nodes() <= 301 * 251);
        prop_assert!(corridor.node(0, 0).is_some() && corridor.node(300, 250).is_some());
    }
}

/// Points on two diagonals, apart by a passage that one side lacks, under points anywhere.
#[test]
fn anchors_hold_both_sides_of_a_gap_and_pass_over_what_contradicts() {
    let (n, m, gap) = (3000u32, 3600u32, 600u32);
    let mut points = Vec::new();
    let mut seed = 7u32;
    for k in 0..n {
        seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12345);
        let target = if k < 1000 { k } else { k + gap };
        if seed >> 16 & 3 == 0 {
            points.push(Point { source: k, target, weight: 0.5 });
        }
        points.push(Point { source: k, target: (seed >> 8) % m, weight: 0.5 });
    }
    let corridor = corridor(points, n as usize, m as usize);
    for k in 0..=n as usize {
        let border = if k < 1000 { k } else { k + gap as usize };
        assert!(corridor.node(k, border).is_some(), "{k} {:?}", corridor.row(k));
    }
    assert!(corridor.node(1000, 1000).is_some() && corridor.node(1000, 1600).is_some());
    assert!(corridor.nodes() <= 64 * n as usize, "{}", corridor.nodes());
}
