//! Where in their sentences the words stand that translate each other. Chinese and English order their words
//! differently within a clause but keep the order of the clauses: words that match across the middle of two
//! sentences are better evidence than words that match from one's beginning to the other's end, and a clause
//! that the translator drew into the sentence before shows at the border, where what follows it on one side
//! is explained by what precedes it on the other. Words are linked one to one (see `links.rs`) within a bead and
//! around a border, the nearer the more readily: a word that is said on both sides of a border then counts where
//! it belongs.
//!
//! Too dear for every bead of the corridor, and needed for few: this is for the second look at those that
//! remain in question. Time for each pair of sentences: the matches of their words.

use super::approx::{exp, exponentials, ln, logarithms};
use super::evidence::Evidence;
use super::features::{BESIDE, Features, LEXICAL, MIDDLE, ORDER, ORDERED, SCALES, plain};
use super::links::{Linker, Pair};
use super::nulls::Nulls;
use super::table::Table;
use super::tokens::{Class, Tokens};
use super::words::Words;
use hashbrown::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The order evidence of two sides.
pub struct Order<'a> {
    /// What the target's words are explained by, and what the source's.
    forward: Direction<'a>,
    backward: Direction<'a>,
    linker: Linker,
    /// What each link of a bead is worth.
    worths: Vec<f32>,
    /// The border that was looked at last, and what was found there: what is explained across it, and what is linked.
    seen: ((usize, usize), ([f32; 4], [f32; 3])),
}

shown_by_name!(Order<'_>);

/// Words at a border that are looked at on each side.
const WINDOW: usize = 8;
/// The scale at which matches count at a border (see [`Gain`](super::Gain)).
const SHARP: f32 = 0.3;
/// The scale at which matches count that stand at the same place.
const SCALE: f32 = SCALES[MIDDLE];
/// Standard deviation of the distance between matches, in words, and more for each word of the sentence.
const NEAR: (f32, f32) = (4.0, 0.04);
/// The same from a border.
const NEAR_BORDER: f32 = 6.0;
/// The scales at which links count, in a bead and around a border.
const LINKED: f32 = 0.1;
const LINKED_BORDER: f32 = 0.3;
/// Words without a link are counted in tens.
const TENS: f32 = 0.1;

/// The features of a bead that only a second look finds.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Close {
    /// The lexical features, one by one: the first of [`FEATURES`](super::FEATURES).
    pub lexical: [f32; LEXICAL],
    /// Those of the order of words and of links: the first that a search does not have.
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
        let source = Arc::new(Line::new(&words.source, smoothing));
        let target = Arc::new(Line::new(&words.target, smoothing));
        Order {
            forward: Direction::new(source.clone(), target.clone(), tables.0, dilution),
            backward: Direction::new(target, source, tables.1, dilution),
            linker: Linker::default(),
            worths: Vec::new(),
            seen: ((usize::MAX, usize::MAX), ([0.0; 4], [0.0; 3])),
        }
    }

    /// All features of a bead.
    pub fn all(
        &mut self,
        evidence: &Evidence,
        nulls: &Nulls,
        source: &Range<usize>,
        target: &Range<usize>,
    ) -> Features {
        let mut all = plain(evidence, nulls.rate(), source, target);
        let Close { lexical, order } = self.features(source, target);
        all[..LEXICAL].copy_from_slice(&lexical);
        all[ORDER..BESIDE].copy_from_slice(&order);
        all[BESIDE] = nulls.beside(source, target);
        all
    }

    /// The features of a bead that only a second look finds; all 0 for a null.
    pub fn features(&mut self, source: &Range<usize>, target: &Range<usize>) -> Close {
        let mut features = Close::default();
        if source.is_empty() || target.is_empty() {
            return features;
        }
        let directions = [
            self.forward.explained(source, target, Some(&mut self.linker)),
            self.backward.explained(target, source, None),
        ];
        for (side, (found, in_place)) in directions.iter().enumerate() {
            found.iter().enumerate().for_each(|(k, gain)| features.lexical[2 * k + side] = *gain);
            features.order[side] = *in_place;
        }
        features.order[6..9].copy_from_slice(&self.linked(source, target));
        let (n, m) = (self.forward.from.side.sentences(), self.forward.to.side.sentences());
        if source.end < n && target.end < m {
            if self.seen.0 != (source.end, target.end) {
                let found = (self.across(source.end, target.end), self.linked_at(source.end, target.end));
                self.seen = ((source.end, target.end), found);
            }
            features.order[2..6].copy_from_slice(&self.seen.1.0);
            features.order[9..].copy_from_slice(&self.seen.1.1);
        }
        features
    }

    /// What the links between the words of a bead are worth, and how many words of either side have none.
    fn linked(&mut self, source: &Range<usize>, target: &Range<usize>) -> [f32; 3] {
        let Order { linker, worths, .. } = self;
        worths.clear();
        linker.link(|pair| worths.push(1.0 + LINKED * pair.strength));
        logarithms(worths);
        let links = worths.len() as u32;
        let left = |line: &Line<'_>, run: &Range<usize>| (line.words_of(run) - links) as f32 * TENS;
        [worths.iter().sum(), left(&self.forward.from, source), left(&self.forward.to, target)]
    }

    /// What the links around a border are worth: on one side of it, and from before it to after it and the other way.
    fn linked_at(&mut self, i: usize, j: usize) -> [f32; 3] {
        let Order { forward, linker, .. } = self;
        forward.pair_around(i, j, linker);
        let middle = (forward.from.words(i - 1) as u32, forward.to.words(j - 1) as u32);
        let mut worth = [0.0; 3];
        linker.link(|pair| {
            let kind = match (pair.source < middle.0, pair.target < middle.1) {
                (true, false) => 1,
                (false, true) => 2,
                _ => 0,
            };
            worth[kind] += ln(1.0 + LINKED_BORDER * pair.strength);
        });
        worth
    }

    /// What the words around a border explain across it.
    fn across(&mut self, i: usize, j: usize) -> [f32; 4] {
        use Window::{First, Last, Whole};
        let (a, b) = (i - 1, j - 1);
        let Order { forward, backward, .. } = self;
        [
            backward.beyond((b, Last), (j, Whole), (i, First)),
            forward.beyond((i, First), (a, Whole), (b, Last)),
            backward.beyond((j, First), (b, Whole), (a, Last)),
            forward.beyond((a, Last), (i, Whole), (j, First)),
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
        let mut tokens = Vec::with_capacity(side.total());
        let mut starts = Vec::with_capacity(side.sentences() + 1);
        let mut words = Vec::with_capacity(side.sentences());
        starts.push(0);
        for i in 0..side.sentences() {
            let word = |id: &u32| matches!(side.class(*id), Class::Word | Class::Name);
            let all = || side.sentence(i).iter().copied();
            tokens.extend(all().filter(word));
            words.push(tokens.len() as u32 - starts[i]);
            tokens.extend(all().filter(|id| !word(id)));
            starts.push(tokens.len() as u32);
        }
        let inverse = side.rarities(smoothing).collect();
        Line { side, tokens, starts, words, inverse }
    }

    fn range(&self, sentence: usize) -> Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }

    /// The words of a sentence, among its tokens.
    fn words(&self, sentence: usize) -> usize {
        self.words[sentence] as usize
    }

    /// The number of words of a run of sentences.
    fn words_of(&self, sentences: &Range<usize>) -> u32 {
        self.words[sentences.clone()].iter().sum()
    }

    fn run(&self, sentences: &Range<usize>) -> Range<usize> {
        self.starts[sentences.start] as usize..self.starts[sentences.end] as usize
    }
}

/// How one side explains the other.
struct Direction<'a> {
    from: Arc<Line<'a>>,
    to: Arc<Line<'a>>,
    table: &'a Table,
    dilution: f32,
    /// Words of the other side for a word of this one.
    ratio: f32,
    /// Matches of the pairs of sentences that were looked at lately.
    known: HashMap<(u32, u32), (u32, u32)>,
    matches: Vec<Match>,
    /// For each type of the other side, where it occurs last in the sentence that is being looked at, plus 1;
    /// and for each word of that sentence, where its type occurs before.
    last: Vec<u32>,
    before: Vec<u32>,
    sums: Vec<(f32, f32)>,
    /// How near matches stand to the same place.
    near: Vec<f32>,
    /// What each token gains: at each scale, and from those at the same place.
    gains: Vec<[f32; SCALES.len() + 1]>,
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
    fn new(from: Arc<Line<'a>>, to: Arc<Line<'a>>, table: &'a Table, dilution: f32) -> Self {
        let last = vec![0; to.inverse.len()];
        let (known, matches, before, sums) = (HashMap::new(), Vec::new(), Vec::new(), Vec::new());
        let (near, gains) = (Vec::new(), Vec::new());
        let words = |line: &Line<'_>| line.words.iter().sum::<u32>().max(1) as f32;
        let ratio = (words(&to) / words(&from)).clamp(0.5, 2.0);
        Direction { from, to, table, dilution, ratio, known, matches, last, before, sums, near, gains }
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

    /// What the words of a window gain from those across a border beyond what they gain from their own side.
    fn beyond(&mut self, across: (usize, Window), own: (usize, Window), to: (usize, Window)) -> f32 {
        let across = self.gains(across, to);
        if across == [0.0; WINDOW] {
            return 0.0;
        }
        across.iter().zip(self.gains(own, to)).map(|(across, own)| (across - own).max(0.0)).sum()
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
        if sums == [0.0; WINDOW] {
            return sums;
        }
        let dilute = SHARP / (ours.len() as f32).max(1.0).powf(self.dilution);
        let first = self.to.range(to).start + theirs.start;
        for (sum, &e) in sums.iter_mut().zip(&self.to.tokens[first..]) {
            *sum = *sum * dilute * self.to.inverse[e as usize];
        }
        sums.iter_mut().for_each(|sum| *sum += 1.0);
        logarithms(&mut sums);
        sums
    }

    /// Gives the linker the pairs of words around a border, numbered from the beginnings of the sentences before it.
    fn pair_around(&mut self, i: usize, j: usize, linker: &mut Linker) {
        let dilute = 1.0 / (WINDOW as f32).powf(self.dilution);
        let (middle, other) = (self.from.words(i - 1), self.to.words(j - 1));
        for (from, before) in [(i - 1, 0), (i, middle)] {
            for (to, beyond) in [(j - 1, 0), (j, other)] {
                let met = self.meet(from, to);
                let (words, inside) = (self.from.words(from), self.to.words(to));
                let tokens = &self.to.tokens[self.to.range(to)];
                for found in &self.matches[met] {
                    let (p, q) = (usize::from(found.from), usize::from(found.to));
                    if p >= words || q >= inside {
                        continue;
                    }
                    let place = |k: usize, border: usize| k as f32 + 0.5 - border as f32;
                    let x = place(before + p, middle);
                    let y = place(beyond + q, other) / self.ratio;
                    if x.abs() > WINDOW as f32 || y.abs() > WINDOW as f32 {
                        continue;
                    }
                    let apart = (x - y) * (1.0 / NEAR_BORDER);
                    let close = found.probability * exp(-0.5 * apart * apart);
                    linker.add(Pair {
                        source: (before + p) as u32,
                        target: (beyond + q) as u32,
                        strength: close * dilute * self.to.inverse[tokens[q] as usize],
                    });
                }
            }
        }
    }

    /// What the tokens of a run gain from those of the other: words at each scale, numbers, and marks; and
    /// what the words gain from those that stand at about the same place. Pairs of words go to the linker.
    fn explained(
        &mut self,
        from: &Range<usize>,
        to: &Range<usize>,
        mut linker: Option<&mut Linker>,
    ) -> ([f32; LEXICAL / 2], f32) {
        let (ours, theirs) = (self.from.run(from), self.to.run(to));
        let (length, other) = (self.from.words_of(from).max(1) as f32, self.to.words_of(to).max(1) as f32);
        let dilute = |length: f32| 1.0 / length.max(1.0).powf(self.dilution);
        let (all, diluted) = (dilute(ours.len() as f32), dilute(length));
        let steep = length / (NEAR.0 + NEAR.1 * length);
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize(theirs.len(), (0.0, 0.0));
        let mut before = 0;
        for i in from.clone() {
            let mut beyond = 0;
            let words = self.from.words(i);
            for j in to.clone() {
                let met = self.meet(i, j);
                let met = &self.matches[met];
                let (start, inside) = (self.to.range(j).start - theirs.start, self.to.words(j));
                let near = &mut self.near;
                near.clear();
                near.extend(met.iter().map(|found| {
                    let place = |k: usize, all: f32| (k as f32 + 0.5) / all;
                    let (p, q) = (before + usize::from(found.from), beyond + usize::from(found.to));
                    let apart = (place(p, length) - place(q, other)) * steep;
                    -0.5 * apart * apart
                }));
                exponentials(near);
                for (found, near) in met.iter().zip(near) {
                    let (p, q) = (usize::from(found.from), usize::from(found.to));
                    let sum = &mut sums[start + q];
                    sum.0 += found.probability;
                    if q < inside {
                        let close = found.probability * *near;
                        sum.1 += close;
                        if let Some(linker) = linker.as_deref_mut().filter(|_| p < words) {
                            let token = self.to.tokens[theirs.start + start + q];
                            linker.add(Pair {
                                source: (before + p) as u32,
                                target: (beyond + q) as u32,
                                strength: close * diluted * self.to.inverse[token as usize],
                            });
                        }
                    }
                }
                beyond += inside;
            }
            before += words;
        }
        let explained = || sums.iter().zip(&self.to.tokens[theirs.clone()]).filter(|(sum, _)| sum.0 > 0.0);
        self.gains.clear();
        self.gains.extend(explained().map(|(&(sum, close), &e)| {
            let inverse = self.to.inverse[e as usize];
            let [a, b, c] = SCALES.map(|scale| 1.0 + scale * sum * all * inverse);
            [a, b, c, 1.0 + SCALE * close * diluted * inverse]
        }));
        logarithms(self.gains.as_flattened_mut());
        let (mut found, mut in_place) = ([0.0; LEXICAL / 2], 0.0);
        for (gains, (_, &e)) in self.gains.iter().zip(explained()) {
            match self.to.side.class(e) {
                Class::Mark => found[3] += gains[MIDDLE],
                Class::Word | Class::Number | Class::Name => {
                    found.iter_mut().zip(gains).take(SCALES.len()).for_each(|(found, gain)| *found += gain);
                    in_place += gains[SCALES.len()];
                }
            }
        }
        self.sums = sums;
        (found, in_place)
    }
}
