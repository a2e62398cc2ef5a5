//! The engine against every path of a small lattice.

use duizhao::align::{Corridor, Prices, Scorer, Shapes, posterior, search};
use std::ops::Range;

#[path = "paths.rs"]
mod brute;
use brute::{Path, paths};

/// Takes the lengths, the rows of the corridor, the shapes and the scores from the bytes.
pub fn engine(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let mut next = || bytes.next().unwrap_or(0);
    let (n, m) = (usize::from(next() % 5), usize::from(next() % 5));
    let corridor = match next() & 1 {
        0 => Corridor::full(n, m),
        _ => {
            let row = |byte: u8| usize::from(byte >> 4)..=usize::from(byte >> 4) + usize::from(byte & 3);
            Corridor::from_rows((0..=n).map(|_| row(next())).collect(), m)
        }
    };
    let shapes = Shapes::up_to(1 + usize::from(next() % 3), 1 + usize::from(next() % 3)).unwrap();
    let scores: Vec<f32> = bytes.map(|byte| f32::from(byte as i8) / 16.0).collect();
    let score = |source: &Range<usize>, target: &Range<usize>| -> f32 {
        let index = ((source.start * 7 + source.end) * 7 + target.start) * 7 + target.end;
        if scores.is_empty() { 0.0 } else { scores[index % scores.len()] }
    };
    check(&|s: Range<usize>, t: Range<usize>| score(&s, &t), &corridor, &shapes);
}

/// The search finds the best of all paths, and the posterior is the share of each bead in all of them.
pub fn check(scorer: &dyn Scorer, corridor: &Corridor, shapes: &Shapes) {
    let score = |(source, target): &(Range<usize>, Range<usize>)| {
        f64::from(scorer.score(source.clone(), target.clone()))
    };
    let total = |path: &Path| -> f64 { path.iter().map(score).sum() };
    check_rows(scorer, corridor, shapes);
    let all = paths(corridor, shapes);
    let totals: Vec<f64> = all.iter().map(total).collect();
    let best = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let found = search(scorer, corridor, shapes);
    let found: Path = found.into_iter().map(|(source, target, _)| (source, target)).collect();
    assert!(all.contains(&found), "{found:?} is no path");
    assert!((total(&found) - best).abs() < 1e-3, "{found:?} has {} of {best}", total(&found));

    let certain = posterior(scorer, corridor, shapes, 1.0);
    let weights: Vec<f64> = totals.iter().map(|total| (total - best).exp()).collect();
    let weight: f64 = weights.iter().sum();
    for bead in all.iter().flatten().step_by(1 + all.len() / 8) {
        let with = all.iter().zip(&weights).filter(|(path, _)| path.contains(bead));
        let share: f64 = with.map(|(_, weight)| weight).sum::<f64>() / weight;
        let p = certain.of(&bead.0, &bead.1);
        assert!((f64::from(p) - share).abs() < 1e-3, "{bead:?}: {p} is {share}");
        assert!((0.0..=1.0 + 1e-5).contains(&p));
    }
    for prices in [Prices::default(), Prices { bead: 0.0, null: 0.0, least: 0.0 }] {
        assert!(all.contains(&certain.decode(&prices)));
    }
}

/// Rows, which the search asks for, hold what is said of their beads one by one.
pub fn check_rows(scorer: &dyn Scorer, corridor: &Corridor, shapes: &Shapes) {
    for end in 0..=corridor.source_len() {
        for (n, m) in shapes.iter().filter(|&(n, _)| n <= end) {
            let (from, to) = (corridor.row(end - n), corridor.row(end));
            let (first, last) = ((from.start() + m).max(*to.start()), (from.end() + m).min(*to.end()));
            let mut row = vec![f32::NAN; (last + 1).saturating_sub(first)];
            if row.is_empty() {
                continue;
            }
            scorer.row(end - n..end, m, first, &mut row);
            for (found, border) in row.into_iter().zip(first..) {
                let target = border - m..border;
                let alone = scorer.score(end - n..end, target.clone());
                let near = (found - alone).abs() <= 1e-4 * (1.0 + alone.abs());
                assert!(
                    found == alone || near,
                    "{:?} {target:?}: {found} in a row, {alone} alone",
                    end - n..end
                );
            }
        }
    }
}
