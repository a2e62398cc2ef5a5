//! What the search asks for row by row is what it would be told bead by bead, whatever else is given.

use super::*;
use crate::score::{Place, PositionWeights};

#[test]
fn rows_hold_the_scores_of_their_beads() {
    let aligner = Aligner::builder().build().unwrap();
    let zh = ["茶凉了。", "再添一点水！", "", "河上有一座木桥。", "1984年修的。"];
    let en =
        ["The tea is cold.", "Add water!", "There is a wooden bridge", "over the river.", "Built in 1984."];
    let evidence = aligner.evidence(&zh, &en);
    let place = |k: usize| Place {
        at: k as f32 / 2.0,
        block: k as u32 / 2,
        alone: k == 3,
        goes_on: false,
        title: false,
    };
    let position =
        Position::new((0..5).map(place).collect(), (0..5).map(place).collect(), PositionWeights::default());
    let free = vec![Tie::Free; 5];
    let ties = Ties::new(vec![Tie::Free, Tie::With(1), Tie::Free, Tie::Free, Tie::Alone], free);
    let own = |source: Range<usize>, target: Range<usize>| match target.start {
        3 => f32::NAN,
        start => (source.len() * 7 + start) as f32,
    };
    let (corridor, shapes) = (Corridor::full(5, 5), &aligner.shapes);
    let plain = Plain::new(&evidence, shapes, &aligner.weights);
    let tables = (&evidence.words.prior, &evidence.words.inverted);
    for given in 0..8 {
        let mut scorer =
            Combined::with(&evidence, Cow::Borrowed(&plain), tables, &corridor, shapes, &aligner.charts);
        scorer.set_rate(0.3);
        let given = Given {
            position: (given & 1 != 0).then_some(&position),
            ties: (given & 2 != 0).then_some(&ties),
            scorers: if given & 4 != 0 { &[&own] } else { &[] },
        };
        let placed = Placed { scorer, given };
        for end in 0..=5 {
            for (n, m) in shapes.iter().filter(|&(n, m)| n <= end && m <= 5) {
                let mut row = vec![f32::NAN; 6 - m];
                placed.row(end - n..end, m, m, &mut row);
                for (found, start) in row.into_iter().zip(0..) {
                    let alone = placed.score(end - n..end, start..start + m);
                    let near = (found - alone).abs() <= 1e-4 * (1.0 + alone.abs());
                    assert!(found == alone || near, "{end} {n}-{m} from {start}: {found}, alone {alone}");
                }
            }
        }
    }
}

#[test]
fn threads_may_have_what_aligning_is_made_of() {
    fn is_for_threads<T: Send + Sync>(_: &T) {}
    let aligner = Aligner::default();
    is_for_threads(&aligner);
    let evidence = aligner.evidence(&["雪停了。"], &["The snow has stopped."]);
    let tables = (&evidence.words.prior, &evidence.words.inverted);
    is_for_threads(&Order::new(&evidence.words, tables, (1.0, 1.0), 1.0));
    let shown = format!("{aligner:?} {evidence:?}");
    assert!(shown.len() < 1_000 && shown.contains("max_bead: (6, 7)"), "{shown}");
}
