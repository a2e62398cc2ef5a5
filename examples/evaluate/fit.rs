//! Fits the weights: the alignment is a linear-chain conditional random field over beads (Lafferty et al.
//! 2001), and the weights maximise the likelihood of the gold paths, with a Gaussian prior around the
//! weights of before. The problem is convex; Adam (Kingma and Ba 2015) on exact gradients solves it.

use super::documents::Document;
use super::report::Report;
use duizhao::align::{Corridor, Prices, Shapes, posterior};
use duizhao::lexicon::{Lexicon, Tokenizer};
use duizhao::score::{
    BESIDE, BORDER, COUNT, Channels, Close, Combined, Coverage, CoverageOptions, Evidence, FEATURES,
    Features, Gain, LENGTH, LEXICAL, LIKELY, LearnOptions, NULL, Nulls, ORDER, Order, RATE, SCALES, Table,
    TeachOptions, Weights, learn, plain,
};
use duizhao::{Aligner, IdBead};
use std::collections::HashSet;
use std::ops::Range;

/// What to fit with.
pub struct Options {
    pub channels: Channels,
    pub learn: bool,
    pub weights: Weights,
    pub learning: LearnOptions,
    pub teaching: TeachOptions,
    pub verbose: bool,
    /// Features that stay 0.
    off: Vec<usize>,
    /// Precision of the Gaussian prior.
    precision: f64,
    prices: Prices,
    steps: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            channels: Channels::default(),
            learn: true,
            weights: Weights::default(),
            learning: LearnOptions::default(),
            teaching: TeachOptions::default(),
            verbose: false,
            off: Vec::new(),
            precision: 3.0,
            prices: Prices::default(),
            steps: 200,
        }
    }
}

impl Options {
    /// The program with these options.
    pub fn aligner(&self, lexicon: Lexicon) -> duizhao::Result<Aligner> {
        let builder = Aligner::builder().lexicon(lexicon).channels(self.channels);
        builder.learn(self.learn).weights(self.weights.clone()).build()
    }

    /// Switches evidence off by name, or a feature by its number.
    pub fn without(&mut self, names: &str) -> Result<(), String> {
        for name in names.split(',') {
            match name {
                "words" => self.channels.words = false,
                "numbers" => self.channels.numbers = false,
                "names" => self.channels.names = false,
                "marks" => self.channels.marks = false,
                "learning" => self.learn = false,
                "borders" => self.off.extend(BORDER..ORDER),
                "order" => self.off.extend(ORDER..BESIDE),
                "length" => self.off.extend([LENGTH, LENGTH + 1]),
                _ => match name.parse::<usize>() {
                    Ok(number) if number < COUNT => self.off.push(number),
                    _ => {
                        return Err(format!(
                            "--without {name}: words, numbers, names, marks, borders, length, learning, or a feature from 0 to {}",
                            COUNT - 1
                        ));
                    }
                },
            }
        }
        for &k in &self.off {
            self.weights.set(k, 0.0);
        }
        Ok(())
    }

    /// Sets constants, `name=value,…`.
    pub fn set(&mut self, settings: &str) -> Result<(), String> {
        for setting in settings.split(',') {
            let (name, value) = setting.split_once('=').ok_or("--set takes name=value")?;
            let value: f32 = value.parse().map_err(|_| format!("{setting}: not a number"))?;
            match name {
                "dilution" => self.weights.dilution = value,
                "slope" => self.weights.smoothing.0 = value,
                "base" => self.weights.smoothing.1 = value,
                "rounds" => self.learning.rounds = value as usize,
                "start" => self.learning.start = value,
                "discount" => self.learning.discount = value,
                "prior" => self.learning.prior = value,
                "none" => self.learning.trust.0 = value,
                "all" => self.learning.trust.1 = value,
                "around" => self.learning.around = value as usize,
                "teach-prior" => self.teaching.learning.prior = value,
                "teach-discount" => self.teaching.learning.discount = value,
                "teach-rounds" => self.teaching.learning.rounds = value as usize,
                "teach-start" => self.teaching.learning.start = value,
                "expected" => self.teaching.expected = value,
                "cohesion" => self.teaching.cohesion = value,
                "least" => self.teaching.least = value as u32,
                "share" => self.teaching.share = value,
                "bead" => self.prices.bead = value,
                "null" => self.prices.null = value,
                "least-bead" => self.prices.least = value,
                "precision" => self.precision = value.into(),
                "steps" => self.steps = value as usize,
                _ => return Err(format!("--set does not know {name}")),
            }
        }
        Ok(())
    }
}

/// A bead that may stand in a path, between two nodes.
struct Edge {
    from: u32,
    to: u32,
    shape: (u8, u8),
    features: Features,
    score: f32,
    posterior: f32,
    gold: bool,
}

impl Edge {
    fn is_null(&self) -> bool {
        self.shape.0 == 0 || self.shape.1 == 0
    }
}

/// All paths of one document.
struct Lattice {
    edges: Vec<Edge>,
    /// The borders that the nodes stand for.
    nodes: Vec<(usize, usize)>,
    /// The gold path and its features.
    path: Vec<(Range<usize>, Range<usize>)>,
    gold: [f64; COUNT],
    size: (usize, usize),
    kind: String,
}

impl Lattice {
    /// `weights` are those of the first pass, whose beads are learned from.
    fn new(document: &Document, options: &Options, weights: &Weights, lexicon: &Lexicon) -> Self {
        let (shapes, tokenizer) = (&Shapes::default(), &mut Tokenizer::new(lexicon.clone()));
        let source: Vec<&str> = document.source.iter().map(String::as_str).collect();
        let target: Vec<&str> = document.target.iter().map(String::as_str).collect();
        let evidence = Evidence::new(tokenizer, &source, &target, options.channels);
        let words = &evidence.words;
        let (n, m) = evidence.sentences();
        let full = Corridor::full(n, m);
        let inverted = |table: &Table| table.inverted(&words.source, &words.target);
        let (first, likely) = {
            let tables = (&words.prior, &inverted(&words.prior));
            let scorer = Combined::new(&evidence, tables, &full, shapes, weights, 0.0);
            let found = posterior(&scorer, &full, shapes, 1.0);
            (found.decode(&options.prices), found.likely(LIKELY))
        };
        let table = match options.learn {
            true => learn((&words.source, &words.target), &likely, &words.prior, &options.learning),
            false => words.prior.clone(),
        };
        let path = gold_path(document);
        let both: Vec<_> = first.iter().chain(&path).cloned().collect();
        let corridor = Corridor::around(&both, n, m, 12);
        let backward = inverted(&table);
        // One look at the words for each lexical feature alone.
        let alone = |class: &[usize], scale: usize| {
            let mut gain = [Gain::default(); 4];
            class.iter().for_each(|&c| gain[c].weights[scale] = 1.0);
            let coverage = CoverageOptions {
                scales: SCALES,
                dilution: options.weights.dilution,
                smoothing: options.weights.smoothing,
                forward: gain,
                backward: gain,
            };
            Coverage::new((&words.source, &words.target), (&table, &backward), &corridor, shapes, &coverage)
        };
        let classes = [0, 1, 2];
        let lexical = [alone(&classes, 0), alone(&classes, 1), alone(&classes, 2), alone(&[3], 1)];
        let features = |source: &Range<usize>, target: &Range<usize>| {
            let mut features = plain(&evidence, 0.0, source, target);
            for (pair, coverage) in features[..LEXICAL].chunks_mut(2).zip(&lexical) {
                (pair[0], pair[1]) = coverage.directions(source.clone(), target.clone());
            }
            features
        };
        let mut gold = [0.0; COUNT];
        for (s, t) in &path {
            features(s, t).iter().zip(&mut gold).for_each(|(f, sum)| *sum += f64::from(*f));
        }
        let smoothing = options.weights.smoothing;
        let mut order = Order::new(words, (&table, &backward), smoothing, options.weights.dilution);
        let golden: HashSet<_> = path.iter().cloned().collect();
        let mut edges = Vec::new();
        let mut nodes = Vec::new();
        for i in 0..=n {
            for j in corridor.row(i) {
                for (a, b) in shapes.iter().filter(|&(a, b)| a <= i && b <= j) {
                    if let Some(from) = corridor.node(i - a, j - b) {
                        let (s, t) = (i - a..i, j - b..j);
                        edges.push(Edge {
                            from: from as u32,
                            to: nodes.len() as u32,
                            shape: (a as u8, b as u8),
                            features: features(&s, &t),
                            score: 0.0,
                            posterior: 0.0,
                            gold: golden.contains(&(s, t)),
                        });
                    }
                }
                nodes.push((i, j));
            }
        }
        let kind = document.kind.clone();
        let mut lattice = Lattice { edges, nodes, path, gold, size: (n, m), kind };
        lattice.look_closer(|s, t| order.features(s, t));
        lattice
    }

    /// The sentences of an edge.
    fn bead(&self, edge: &Edge) -> (Range<usize>, Range<usize>) {
        let (from, to) = (self.nodes[edge.from as usize], self.nodes[edge.to as usize]);
        (from.0..to.0, from.1..to.1)
    }

    /// Leaves out what never matters, and adds the features of the second look to the rest.
    fn look_closer(&mut self, mut features: impl FnMut(&Range<usize>, &Range<usize>) -> Close) {
        self.gradient(&PRIOR);
        self.edges.retain(|edge| edge.gold || edge.posterior > 1e-8);
        for k in 0..self.edges.len() {
            let (s, t) = self.bead(&self.edges[k]);
            self.edges[k].features[ORDER..BESIDE].copy_from_slice(&features(&s, &t).order);
        }
        for (s, t) in &self.path {
            let found = features(s, t);
            self.gold[ORDER..BESIDE].iter_mut().zip(found.order).for_each(|(sum, f)| *sum += f64::from(f));
        }
    }

    /// Fills posteriors; the logarithm of the gold path's likelihood and its gradient.
    fn gradient(&mut self, weights: &[f64; COUNT]) -> (f64, [f64; COUNT]) {
        let single = weights.map(|w| w as f32);
        let mut forward = vec![f64::NEG_INFINITY; self.nodes.len()];
        forward[0] = 0.0;
        for edge in &mut self.edges {
            edge.score = edge.features.iter().zip(&single).map(|(f, w)| f * w).sum();
            let through = forward[edge.from as usize] + f64::from(edge.score);
            forward[edge.to as usize] = log_add(forward[edge.to as usize], through);
        }
        let total = forward[self.nodes.len() - 1];
        let mut backward = vec![f64::NEG_INFINITY; self.nodes.len()];
        backward[self.nodes.len() - 1] = 0.0;
        let mut gradient = self.gold;
        for edge in self.edges.iter_mut().rev() {
            let out = backward[edge.to as usize] + f64::from(edge.score);
            backward[edge.from as usize] = log_add(backward[edge.from as usize], out);
            let p = (forward[edge.from as usize] + out - total).exp();
            edge.posterior = p as f32;
            if p > 1e-9 {
                edge.features.iter().zip(&mut gradient).for_each(|(f, g)| *g -= p * f64::from(*f));
            }
        }
        let gold: f64 = self.gold.iter().zip(weights).map(|(f, w)| f * w).sum();
        (gold - total, gradient)
    }

    /// Takes from the posteriors under the weights of a search where nulls are expected, and how many.
    fn look_for_nulls(&mut self, weights: &[f64; COUNT]) {
        let mut plain = *weights;
        plain[RATE] = 0.0;
        self.gradient(&plain);
        let (mut source, mut target) = (vec![0.0; self.size.0], vec![0.0; self.size.1]);
        for edge in self.edges.iter().filter(|edge| edge.is_null()) {
            let (s, t) = self.bead(edge);
            s.for_each(|i| source[i] += edge.posterior);
            t.for_each(|j| target[j] += edge.posterior);
        }
        let nulls = Nulls::new(&source, &target, weights[RATE] as f32);
        for k in 0..self.edges.len() {
            let (s, t) = self.bead(&self.edges[k]);
            let edge = &mut self.edges[k];
            edge.features[RATE] = if edge.is_null() { nulls.rate() } else { 0.0 };
            edge.features[BESIDE] = nulls.beside(&s, &t);
        }
        let is_null = |(s, t): &&(Range<usize>, Range<usize>)| s.is_empty() || t.is_empty();
        self.gold[RATE] = f64::from(nulls.rate()) * self.path.iter().filter(is_null).count() as f64;
        self.gold[BESIDE] = self.path.iter().map(|(s, t)| f64::from(nulls.beside(s, t))).sum();
    }

    fn decode(&self, posteriors: &[f32], prices: Prices) -> Vec<(IdBead, f32)> {
        let mut best = vec![f32::NEG_INFINITY; self.nodes.len()];
        let mut back = vec![usize::MAX; self.nodes.len()];
        best[0] = 0.0;
        for (k, (edge, p)) in self.edges.iter().zip(posteriors).enumerate() {
            let value = best[edge.from as usize] + prices.gain(edge.is_null(), *p);
            if value > best[edge.to as usize] {
                (best[edge.to as usize], back[edge.to as usize]) = (value, k);
            }
        }
        let (mut i, mut j) = self.size;
        let mut node = self.nodes.len() - 1;
        let mut beads = Vec::new();
        while (i, j) != (0, 0) {
            let edge = &self.edges[back[node]];
            let (a, b) = (usize::from(edge.shape.0), usize::from(edge.shape.1));
            let bead = IdBead::new((i - a..i).collect::<Vec<_>>(), (j - b..j).collect::<Vec<_>>());
            beads.push((bead, posteriors[back[node]]));
            (i, j, node) = (i - a, j - b, edge.from as usize);
        }
        beads.reverse();
        beads
    }
}

/// The gold beads as one path: beads that cross others are left out, sentences in no bead become nulls.
fn gold_path(document: &Document) -> Vec<(Range<usize>, Range<usize>)> {
    let mut path = Vec::new();
    let (mut i, mut j) = (0, 0);
    let whole = |ids: &[usize], next: usize| match (ids.first(), ids.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => next..next,
    };
    let end = IdBead::new([document.source.len()], [document.target.len()]);
    for bead in document.gold.iter().chain([&end]) {
        let (source, target) = (whole(&bead.source, i), whole(&bead.target, j));
        if source.start < i || target.start < j {
            continue;
        }
        path.extend((i..source.start).map(|i| (i..i + 1, j..j)));
        path.extend((j..target.start).map(|k| (source.start..source.start, k..k + 1)));
        (i, j) = (source.end, target.end);
        path.push((source, target));
    }
    path.pop();
    path
}

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a >= b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// The centre of the prior: the constants of the plain model that the features refine (one scale of match,
/// length, the cost of further sentences and of nulls), from a random search on novels; 0 elsewhere.
const PRIOR: [f64; COUNT] = {
    let mut prior = [0.0; COUNT];
    (prior[2], prior[3]) = (0.8, 0.3);
    (prior[6], prior[7]) = (0.5, 0.5);
    (prior[LEXICAL], prior[LEXICAL + 1], prior[LEXICAL + 2]) = (-1.5, -2.0, -1.4);
    prior[LENGTH] = -0.3;
    (prior[NULL], prior[NULL + 1]) = (-3.0, -3.0);
    prior
};

/// Maximises the likelihood of the lattices that `train` picks.
fn climb(
    lattices: &mut [Lattice],
    train: &dyn Fn(usize) -> bool,
    options: &Options,
    start: &[f64; COUNT],
    fixed: &[usize],
) -> ([f64; COUNT], f64) {
    let (mut w, mut mean, mut spread) = (*start, [0.0; COUNT], [0.0; COUNT]);
    let mut likelihood = 0.0;
    let steps = options.steps;
    for step in 1..=steps {
        let parts: Vec<(f64, [f64; COUNT])> = std::thread::scope(|scope| {
            let picked = lattices.iter_mut().enumerate().filter(|(k, _)| train(*k));
            let w = &w;
            let threads: Vec<_> =
                picked.map(|(_, lattice)| scope.spawn(move || lattice.gradient(w))).collect();
            threads.into_iter().map(|thread| thread.join().expect("the gradient does not panic")).collect()
        });
        let mut gradient = [0.0; COUNT];
        likelihood = 0.0;
        for (value, part) in parts {
            likelihood += value;
            part.iter().zip(&mut gradient).for_each(|(p, g)| *g += p);
        }
        let rate = 0.06 * (1.0 - step as f64 / (steps as f64 + 1.0));
        for k in 0..COUNT {
            let g =
                if fixed.contains(&k) { 0.0 } else { gradient[k] - options.precision * (w[k] - PRIOR[k]) };
            mean[k] = 0.9 * mean[k] + 0.1 * g;
            spread[k] = 0.98 * spread[k] + 0.02 * g * g;
            let m = mean[k] / (1.0 - 0.9f64.powi(step as i32));
            let s = spread[k] / (1.0 - 0.98f64.powi(step as i32));
            w[k] += rate * m / (s.sqrt() + 1e-9);
        }
    }
    (w, likelihood)
}

/// Lattices cut down to what matters, and the weights that fit all of them.
fn prepare(documents: &[Document], lexicons: &[Lexicon], options: &Options) -> (Vec<Lattice>, [f64; COUNT]) {
    let lattice = |(document, lexicon)| Lattice::new(document, options, &options.weights, lexicon);
    let mut lattices: Vec<Lattice> = documents.iter().zip(lexicons).map(lattice).collect();
    let mut weights = PRIOR;
    for _ in 0..3 {
        lattices.iter_mut().for_each(|lattice| lattice.look_for_nulls(&weights));
        (weights, _) = climb(&mut lattices, &|_| true, options, &weights, &search_only(options));
    }
    (lattices, weights)
}

/// What the search does not have.
fn search_only(options: &Options) -> Vec<usize> {
    (ORDER..COUNT).chain(options.off.iter().copied()).collect()
}

pub fn fit_all(documents: &[Document], lexicons: &[Lexicon], options: &Options) {
    let (mut lattices, start) = prepare(documents, lexicons, options);
    let (search, first) = climb(&mut lattices, &|_| true, options, &start, &search_only(options));
    let (close, second) = climb(&mut lattices, &|_| true, options, &search, &options.off);
    println!("log-likelihood of the search {first:.1}, of the second look {second:.1}");
    let list = |range: Range<usize>, weights: &[f64; COUNT]| {
        for k in range {
            println!("    {:.3}, // {}", weights[k], FEATURES[k]);
        }
    };
    println!("search");
    list(0..ORDER, &search);
    println!("close");
    list(0..COUNT, &close);
    let mut report = Report::default();
    for (document, lattice) in documents.iter().zip(&mut lattices) {
        lattice.gradient(&close);
        let posteriors: Vec<f32> = lattice.edges.iter().map(|edge| edge.posterior).collect();
        report.add(document, &lattice.decode(&posteriors, options.prices), None);
    }
    println!("on the documents themselves: {}", report.short());
}

/// Each document by weights that were fitted without it, those of the first pass among them: what is learned from
/// the beads of a first pass would else tell of weights that know the document.
pub fn cross_validate(documents: &[Document], lexicons: &[Lexicon], options: &Options) {
    let (mut lattices, start) = prepare(documents, lexicons, options);
    let mut held_out = Vec::new();
    let mut by_kind = std::collections::BTreeMap::<String, f64>::new();
    for fold in 0..documents.len() {
        let others = |k| k != fold;
        let (search, _) = climb(&mut lattices, &others, options, &start, &search_only(options));
        let mut weights = options.weights.clone();
        weights.search.iter_mut().zip(search).for_each(|(weight, fitted)| *weight = fitted as f32);
        lattices[fold] = Lattice::new(&documents[fold], options, &weights, &lexicons[fold]);
        lattices[fold].look_for_nulls(&search);
        let (close, _) = climb(&mut lattices, &others, options, &search, &options.off);
        let lattice = &mut lattices[fold];
        let (value, _) = lattice.gradient(&close);
        *by_kind.entry(lattice.kind.clone()).or_default() += value;
        held_out.push(lattice.edges.iter().map(|edge| edge.posterior).collect::<Vec<f32>>());
    }
    let total: f64 = by_kind.values().sum();
    println!("log-likelihood held out {total:.1} {by_kind:.1?}");
    for (bead, null) in [(0.3, 0.5), (0.4, 0.5), (0.4, 0.6), (0.4, 0.7), (0.45, 0.8), (0.45, 0.9)] {
        let prices = Prices { bead, null, ..options.prices };
        let mut report = Report::default();
        for ((document, lattice), posteriors) in documents.iter().zip(&lattices).zip(&held_out) {
            report.add(document, &lattice.decode(posteriors, prices), None);
        }
        println!("prices ({bead}, {null}): {}", report.short());
    }
    let mut report = Report::default();
    for ((document, lattice), posteriors) in documents.iter().zip(&lattices).zip(&held_out) {
        let beads = lattice.decode(posteriors, options.prices);
        if options.verbose {
            Report::differences(document, &beads);
        }
        report.add(document, &beads, None);
    }
    report.print(options.verbose);
}
