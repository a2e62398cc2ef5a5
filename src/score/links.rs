//! Which word stands for which: competitive linking (Melamed 2000, "Models of translational equivalence among
//! words", Computational Linguistics 26(2)). Of all pairs of words that may translate each other the strongest is
//! linked, then the strongest of those that are left, and no word twice. Sums of probabilities count a word for
//! every place where it might belong; a link counts it where it belongs.

/// Links the words of two runs.
#[derive(Default)]
pub(super) struct Linker {
    pairs: Vec<Pair>,
    /// Which words are linked.
    source: Vec<bool>,
    target: Vec<bool>,
}

/// A pair of words that may be linked: their numbers within the runs, and how strongly they belong together.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub source: u32,
    pub target: u32,
    pub strength: f32,
}

/// Words that meet half as often as by chance are not linked: thresholds of 0 to .6 give the same alignments.
const LEAST: f32 = 0.5;

impl Linker {
    /// Adds a pair, unless it is so weak that its link would say nothing.
    #[inline]
    pub fn add(&mut self, pair: Pair) {
        if pair.strength >= LEAST {
            self.pairs.push(pair);
        }
    }

    /// Calls `visit` with the links among the pairs that were added, and forgets all. Time: that of sorting the pairs.
    pub fn link(&mut self, mut visit: impl FnMut(Pair)) {
        let Linker { pairs, source, target } = self;
        // Among equals the order of the text decides.
        let place = |pair: &Pair| (pair.source, pair.target);
        pairs
            .sort_unstable_by(|a, b| b.strength.total_cmp(&a.strength).then_with(|| place(a).cmp(&place(b))));
        source.clear();
        target.clear();
        for pair in pairs.drain(..) {
            if is_free(source, pair.source) && is_free(target, pair.target) {
                source[pair.source as usize] = true;
                target[pair.target as usize] = true;
                visit(pair);
            }
        }
    }
}

/// Whether a word is not yet linked; makes room for it.
fn is_free(linked: &mut Vec<bool>, word: u32) -> bool {
    let word = word as usize;
    if word >= linked.len() {
        linked.resize(word + 1, false);
    }
    !linked[word]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_first_and_no_word_twice() {
        let mut linker = Linker::default();
        for _ in 0..2 {
            for (source, target, strength) in
                [(0, 0, 1.0), (0, 1, 3.0), (1, 1, 2.0), (1, 0, 0.5), (2, 5, 0.5)]
            {
                linker.add(Pair { source, target, strength });
            }
            let mut links = Vec::new();
            linker.link(|pair| links.push((pair.source, pair.target)));
            assert_eq!(links, [(0, 1), (1, 0), (2, 5)]);
        }
        linker.link(|_| panic!("nothing was added since"));
    }

    #[test]
    fn equals_by_their_place() {
        let mut linker = Linker::default();
        for (source, target) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
            linker.add(Pair { source, target, strength: 1.0 });
        }
        let mut links = Vec::new();
        linker.link(|pair| links.push((pair.source, pair.target)));
        assert_eq!(links, [(0, 0), (1, 1)]);
    }
}
