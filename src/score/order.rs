//! Where in their sentences the words stand that translate each other. Chinese and English order their words
//! differently within a clause but keep the order of the clauses: words that match across the middle of two
//! sentences are better evidence than words that match from one's beginning to the other's end, and a clause
//! that the translator drew into the sentence before shows at the border, where what follows it on one side
//! is explained by what precedes it on the other.
//!
//! Too dear for every bead of the corridor, and needed for few: this is for the second look at those that
//! remain in question. Time for each pair of sentences: the matches of their words.

use super::approx::{exp, ln};
use super::evidence::Evidence;
use super::features::{Features, LEXICAL, MIDDLE, ORDER, ORDERED, SCALES, plain};
use super::table::Table;
use super::tokens::{Class, Tokens};
use super::words::Words;
use hashbrown::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// The order evidence of two sides.
pub struct Order<'a> {
    /// What the target's words are explained by, and what the source's.
    forward: Direction<'a>,
    backward: Direction<'a>,
    /// The border that was looked at last, and what was found there.
    seen: ((usize, usize), [f32; 6]),
}

/// Words at a border that are looked at on each side.
const WINDOW: usize = 8;
/// The scale at which matches count at a border (see [`Gain`](super::Gain)).
const SHARP: f32 = 0.3;
/// The scale at which matches count that stand at the same place.
const SCALE: f32 = SCALES[MIDDLE];
/// Standard deviation of the distance between matches, in words, and more for each word of the sentence.
const NEAR: (f32, f32) = (5.0, 0.05);

/// The features of a bead that only a second look finds.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Close {
    /// The lexical features, one by one: the first of [`FEATURES`](super::FEATURES).
    pub lexical: [f32; LEXICAL],
    /// Those of the order of words: the last.
    pub order: [f32; ORDERED],
}

impl<'a> Order<'a> {
    /// Prepares both sides; `tables` are p(target|source) and p(source|target).
    pub fn new(
        words: &'a Words,
        tables: (&'a Table, &'a Table),
        smoothing: (f32, f32),
        dilution: f32,
    ) -> Self {
        let source = Rc::new(Line::new(&words.source, smoothing));
        let target = Rc::new(Line::new(&words.target, smoothing));
        Order {
            forward: Direction::new(source.clone(), target.clone(), tables.0, dilution),
            backward: Direction::new(target, source, tables.1, dilution),
            seen: ((usize::MAX, usize::MAX), [0.0; 6]),
        }
    }

    /// All features of a bead. `rate` is how much commoner nulls are in the document than usual, as a logarithm.
    pub fn all(
        &mut self,
        evidence: &Evidence,
        rate: f32,
        source: &Range<usize>,
        target: &Range<usize>,
    ) -> Features {
        let mut all = plain(evidence, rate, source, target);
        let Close { lexical, order } = self.features(source, target);
        all[..LEXICAL].copy_from_slice(&lexical);
        all[ORDER..].copy_from_slice(&order);
        all
    }

    /// The features of a bead that only a second look finds; all 0 for a null.
    pub fn features(&mut self, source: &Range<usize>, target: &Range<usize>) -> Close {
        let mut features = Close::default();
        if source.is_empty() || target.is_empty() {
            return features;
        }
        for (side, (found, in_place)) in
            [self.forward.explained(source, target), self.backward.explained(target, source)]
                .iter()
                .enumerate()
        {
            found.iter().enumerate().for_each(|(k, gain)| features.lexical[2 * k + side] = *gain);
            features.order[side] = *in_place;
        }
        let (n, m) = (self.forward.from.side.sentences(), self.forward.to.side.sentences());
        if source.end < n && target.end < m {
            if self.seen.0 != (source.end, target.end) {
                self.seen = ((source.end, target.end), self.border(source.end, target.end));
            }
            features.order[2..].copy_from_slice(&self.seen.1);
        }
        features
    }

    /// What the words around a border say of it.
    fn border(&mut self, i: usize, j: usize) -> [f32; 6] {
        use Window::{First, Last, Whole};
        let (a, b) = (i - 1, j - 1);
        let Order { forward, backward, .. } = self;
        let sum = |gains: [f32; WINDOW]| gains.iter().sum::<f32>();
        let beyond = |across: [f32; WINDOW], own: [f32; WINDOW]| -> f32 {
            across.iter().zip(own).map(|(across, own)| (across - own).max(0.0)).sum()
        };
        [
            sum(forward.gains((a, Last), (b, Last))) + sum(backward.gains((b, Last), (a, Last))),
            sum(forward.gains((i, First), (j, First))) + sum(backward.gains((j, First), (i, First))),
            beyond(backward.gains((b, Last), (i, First)), backward.gains((j, Whole), (i, First))),
            beyond(forward.gains((i, First), (b, Last)), forward.gains((a, Whole), (b, Last))),
            beyond(backward.gains((j, First), (a, Last)), backward.gains((b, Whole), (a, Last))),
            beyond(forward.gains((a, Last), (j, First)), forward.gains((i, Whole), (j, First))),
        ]
    }
}

/// Part of a sentence.
#[derive(Clone, Copy)]
enum Window {
    First,
    Last,
    Whole,
}

impl Window {
    fn of(self, words: usize) -> Range<usize> {
        match self {
            Window::First => 0..words.min(WINDOW),
            Window::Last => words.saturating_sub(WINDOW)..words,
            Window::Whole => 0..words,
        }
    }
}

/// The tokens of one side: of each sentence first the words in their order, then numbers and marks.
struct Line<'a> {
    side: &'a Tokens,
    tokens: Vec<u32>,
    starts: Vec<u32>,
    /// Words of each sentence.
    words: Vec<u32>,
    /// For each type, 1 / p(e).
    inverse: Vec<f32>,
}

impl<'a> Line<'a> {
    fn new(side: &'a Tokens, smoothing: (f32, f32)) -> Self {
        let (mut tokens, mut starts, mut words) = (Vec::with_capacity(side.total()), vec![0], Vec::new());
        for i in 0..side.sentences() {
            let word = |id: &u32| matches!(side.class(*id), Class::Word | Class::Name);
            let all = || side.sentence(i).iter().copied();
            tokens.extend(all().filter(word));
            words.push(tokens.len() as u32 - starts[i]);
            tokens.extend(all().filter(|id| !word(id)));
            starts.push(tokens.len() as u32);
        }
        let inverse = (0..side.types() as u32).map(|e| side.rarity(e, smoothing)).collect();
        Line { side, tokens, starts, words, inverse }
    }

    fn range(&self, sentence: usize) -> Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }

    /// The words of a sentence, among its tokens.
    fn words(&self, sentence: usize) -> usize {
        self.words[sentence] as usize
    }

    fn run(&self, sentences: &Range<usize>) -> Range<usize> {
        self.starts[sentences.start] as usize..self.starts[sentences.end] as usize
    }
}

/// How one side explains the other.
struct Direction<'a> {
    from: Rc<Line<'a>>,
    to: Rc<Line<'a>>,
    table: &'a Table,
    dilution: f32,
    /// Matches of the pairs of sentences that were looked at lately.
    known: HashMap<(u32, u32), (u32, u32)>,
    matches: Vec<Match>,
    /// For each type of the other side, where it occurs last in the sentence that is being looked at, plus 1;
    /// and for each word of that sentence, where its type occurs before.
    last: Vec<u32>,
    before: Vec<u32>,
    sums: Vec<(f32, f32)>,
}

/// A word and one that it may translate, by their places in their sentences.
struct Match {
    from: u16,
    to: u16,
    probability: f32,
}

/// The tokens of a longer sentence are not matched.
const MOST_TOKENS: usize = 512;
/// So many occurrences of a word in one sentence are matched.
const MOST_SAME: usize = 4;
/// Matches that are remembered, and pairs of sentences.
const MOST_KEPT: usize = 1 << 16;

impl<'a> Direction<'a> {
    fn new(from: Rc<Line<'a>>, to: Rc<Line<'a>>, table: &'a Table, dilution: f32) -> Self {
        let last = vec![0; to.inverse.len()];
        let (known, matches, before, sums) = (HashMap::new(), Vec::new(), Vec::new(), Vec::new());
        Direction { from, to, table, dilution, known, matches, last, before, sums }
    }

    /// The matches of two sentences.
    fn meet(&mut self, from: usize, to: usize) -> Range<usize> {
        if let Some(&(start, end)) = self.known.get(&(from as u32, to as u32)) {
            return start as usize..end as usize;
        }
        // Pairs without a match take room too.
        if self.matches.len().max(self.known.len()) > MOST_KEPT {
            self.matches.clear();
            self.known.clear();
        }
        let start = self.matches.len();
        let (ours, theirs) = (&self.from.tokens[self.from.range(from)], &self.to.tokens[self.to.range(to)]);
        if ours.len().max(theirs.len()) <= MOST_TOKENS {
            self.before.clear();
            for (q, &e) in (1..).zip(theirs) {
                self.before.push(std::mem::replace(&mut self.last[e as usize], q));
            }
            for (p, &x) in ours.iter().enumerate() {
                for &(e, probability) in self.table.row(x) {
                    let mut q = self.last[e as usize];
                    for _ in 0..MOST_SAME {
                        if q == 0 {
                            break;
                        }
                        self.matches.push(Match { from: p as u16, to: q as u16 - 1, probability });
                        q = self.before[q as usize - 1];
                    }
                }
            }
            theirs.iter().for_each(|&e| self.last[e as usize] = 0);
        }
        self.known.insert((from as u32, to as u32), (start as u32, self.matches.len() as u32));
        start..self.matches.len()
    }

    /// What the words of a window of the second sentence gain from those of a window of the first.
    fn gains(&mut self, (from, ours): (usize, Window), (to, theirs): (usize, Window)) -> [f32; WINDOW] {
        let met = self.meet(from, to);
        let (ours, theirs) = (ours.of(self.from.words(from)), theirs.of(self.to.words(to)));
        let mut sums = [0.0; WINDOW];
        for found in &self.matches[met] {
            let (p, q) = (usize::from(found.from), usize::from(found.to));
            if ours.contains(&p) && theirs.contains(&q) {
                sums[q - theirs.start] += found.probability;
            }
        }
        let dilute = SHARP / (ours.len() as f32).max(1.0).powf(self.dilution);
        let first = self.to.range(to).start + theirs.start;
        for (sum, &e) in sums.iter_mut().zip(&self.to.tokens[first..]) {
            if *sum > 0.0 {
                *sum = ln(1.0 + *sum * dilute * self.to.inverse[e as usize]);
            }
        }
        sums
    }

    /// What the tokens of a run gain from those of the other: words at each scale, numbers, and marks; and
    /// what the words gain from those that stand at about the same place.
    fn explained(&mut self, from: &Range<usize>, to: &Range<usize>) -> ([f32; LEXICAL / 2], f32) {
        let (ours, theirs) = (self.from.run(from), self.to.run(to));
        let words = |line: &Line<'_>, run: &Range<usize>| -> f32 {
            run.clone().map(|i| line.words[i]).sum::<u32>() as f32
        };
        let (length, other) = (words(&self.from, from).max(1.0), words(&self.to, to).max(1.0));
        let steep = length / (NEAR.0 + NEAR.1 * length);
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize(theirs.len(), (0.0, 0.0));
        let mut before = 0;
        for i in from.clone() {
            let mut beyond = 0;
            for j in to.clone() {
                let met = self.meet(i, j);
                let (start, inside) = (self.to.range(j).start - theirs.start, self.to.words(j));
                for found in &self.matches[met] {
                    let (p, q) = (usize::from(found.from), usize::from(found.to));
                    let sum = &mut sums[start + q];
                    sum.0 += found.probability;
                    if q < inside {
                        let place = |k: usize, all: f32| (k as f32 + 0.5) / all;
                        let apart = (place(before + p, length) - place(beyond + q, other)) * steep;
                        sum.1 += found.probability * exp(-0.5 * apart * apart);
                    }
                }
                beyond += inside;
            }
            before += self.from.words(i);
        }
        let dilute = |length: f32| 1.0 / length.max(1.0).powf(self.dilution);
        let (all, near) = (dilute(ours.len() as f32), dilute(length));
        let (mut found, mut in_place) = ([0.0; LEXICAL / 2], 0.0);
        for (&(sum, close), &e) in sums.iter().zip(&self.to.tokens[theirs]).filter(|(sum, _)| sum.0 > 0.0) {
            let inverse = self.to.inverse[e as usize];
            let gain = |scale: f32| ln(1.0 + scale * sum * all * inverse);
            match self.to.side.class(e) {
                Class::Number => found[3] += gain(SCALE),
                Class::Mark => found[4] += gain(SCALE),
                Class::Word | Class::Name => {
                    SCALES.iter().zip(&mut found).for_each(|(&scale, found)| *found += gain(scale));
                    in_place += ln(1.0 + SCALE * close * near * inverse);
                }
            }
        }
        self.sums = sums;
        (found, in_place)
    }
}
