//! The engine against every path of a small lattice.

use duizhao::align::{Corridor, Shapes, posterior, search};
use std::ops::Range;

type Path = Vec<(Range<usize>, Range<usize>)>;

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
    let total =
        |path: &Path| -> f64 { path.iter().map(|(source, target)| f64::from(score(source, target))).sum() };
    let all = paths(&corridor, &shapes);
    let best = all.iter().map(&total).fold(f64::NEG_INFINITY, f64::max);
    let found = search(&|s: Range<usize>, t: Range<usize>| score(&s, &t), &corridor, &shapes);
    let found: Path = found.into_iter().map(|(source, target, _)| (source, target)).collect();
    assert!(all.contains(&found), "{found:?} is no path");
    assert!((total(&found) - best).abs() < 1e-3, "{found:?} has {} of {best}", total(&found));

    let certain = posterior(&|s: Range<usize>, t: Range<usize>| score(&s, &t), &corridor, &shapes, 1.0);
    let weight: f64 = all.iter().map(|path| (total(path) - best).exp()).sum();
    for (k, bead) in all.iter().flatten().enumerate().step_by(1 + all.len() / 8) {
        let with = all.iter().filter(|path| path.contains(bead));
        let share: f64 = with.map(|path| (total(path) - best).exp()).sum::<f64>() / weight;
        let p = certain.of(&bead.0, &bead.1);
        assert!((f64::from(p) - share).abs() < 1e-3, "bead {k}, {bead:?}: {p} is {share}");
        assert!((0.0..=1.0 + 1e-5).contains(&p));
    }
    for (price, nulls) in [(0.3, 0.6), (0.0, 0.0)] {
        assert!(all.contains(&certain.decode(price, nulls)));
    }
}

/// Every path through the corridor.
fn paths(corridor: &Corridor, shapes: &Shapes) -> Vec<Path> {
    let end = (corridor.source_len(), corridor.target_len());
    let mut found = Vec::new();
    let mut open = vec![((0, 0), Path::new())];
    while let Some(((i, j), path)) = open.pop() {
        if (i, j) == end {
            found.push(path);
            continue;
        }
        for (n, m) in shapes.iter().filter(|&(n, m)| corridor.node(i + n, j + m).is_some()) {
            let mut longer = path.clone();
            longer.push((i..i + n, j..j + m));
            open.push(((i + n, j + m), longer));
        }
    }
    found
}
