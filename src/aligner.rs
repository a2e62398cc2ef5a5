//! From two lists of sentences to an alignment: evidence, a first alignment, learning from it, a second
//! alignment with probabilities.

mod fixed;
#[cfg(test)]
mod tests;
mod ties;
mod whole;

pub(crate) use ties::{Tie, Ties};

use crate::align::{
    Corridor, ExploreOptions, Explored, Posterior, Prices, Shapes, explore, look_closer, posterior,
};
use crate::alignment::{Alignment, Bead};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{Lexicon, Tokenizer};
use crate::score::{
    Channels, Charts, Combined, Evidence, LIKELY, LearnOptions, Nulls, Order, Plain, Position, RATE, Scorer,
    Scratch, Weights, gains, learn, points,
};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Aligns sentences, texts and articles. Immutable; one serves many threads.
///
/// ```
/// use duizhao::Aligner;
/// let aligner = Aligner::builder().max_bead(4, 7).build()?;
/// let zh = ["茶凉了。", "再添一点水。"];
/// let en = ["The tea has gone cold.", "Add a little water."];
/// let alignment = aligner.align_sentences(&zh, &en);
/// assert_eq!(alignment.beads().len(), 2);
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Clone)]
pub struct Aligner {
    lexicon: Lexicon,
    shapes: Shapes,
    pub(crate) channels: Channels,
    pub(crate) weights: Weights,
    /// The weights of the words, drawn.
    pub(crate) charts: Arc<Charts>,
    learn: bool,
    /// Tokenizers that no thread is using, with the memory they work in: as many as have worked at once.
    idle: Arc<Mutex<Vec<(Tokenizer, Scratch)>>>,
}

impl Default for Aligner {
    /// The aligner with the default options.
    fn default() -> Self {
        Builder::default().with_shapes(Shapes::default())
    }
}

impl fmt::Debug for Aligner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Aligner { lexicon, channels, learn, .. } = self;
        let largest = (self.shapes.max_source(), self.shapes.max_target());
        let mut shown = f.debug_struct("Aligner");
        shown.field("lexicon", lexicon).field("max_bead", &largest).field("channels", channels);
        shown.field("learn", learn).finish_non_exhaustive()
    }
}

impl Aligner {
    /// Options, with their defaults.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The lexicon it uses.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Aligns two lists of sentences. Every sentence stands in exactly one bead of the result, if only in a
    /// null; a sentence that is empty or white space always stands in a null.
    pub fn align_sentences<S: AsRef<str>>(&self, source: &[S], target: &[S]) -> Alignment {
        self.align(&self.evidence(source, target), Given::default())
    }

    /// The same with further evidence, as of a user's own model (see
    /// [`EmbeddingScorer`](crate::score::EmbeddingScorer)): what a scorer says of a bead, in nats, is added to
    /// what the aligner makes of it, and a score that is not finite says nothing (see [`Scorer`]). Both passes ask
    /// it for every bead that they look at.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if a scorer was made for other numbers of sentences.
    pub fn align_sentences_with<S: AsRef<str>>(
        &self,
        source: &[S],
        target: &[S],
        scorers: &[&dyn Scorer],
    ) -> Result<Alignment> {
        let (n, m) = (source.len(), target.len());
        let others = |&made: &(usize, usize)| made != (n, m);
        if let Some((of, to)) = scorers.iter().filter_map(|scorer| scorer.sentences()).find(others) {
            let text = format!("a scorer for {of} and {to} sentences was given for {n} and {m}");
            return Err(Error::new(ErrorKind::Usage, text));
        }
        Ok(self.align(&self.evidence(source, target), Given { scorers, ..Given::default() }))
    }

    /// Aligns two lists of sentences by their evidence and what else is known of them.
    pub(crate) fn align(&self, evidence: &Evidence, given: Given<'_>) -> Alignment {
        let (n, m) = evidence.sentences();
        let (beads, limited) = self.beads(evidence, given);
        // The search covers both sides in order, so the beads are an alignment.
        Alignment::new(beads, n, m).unwrap_or_default().limited(limited)
    }

    /// What is read off the two sides. Tokenizers are kept with the words that they have seen.
    pub(crate) fn evidence<S: AsRef<str>>(&self, source: &[S], target: &[S]) -> Evidence {
        let source: Vec<&str> = source.iter().map(AsRef::as_ref).collect();
        let target: Vec<&str> = target.iter().map(AsRef::as_ref).collect();
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let new = || (Tokenizer::new(self.lexicon.clone()), Scratch::default());
        let (mut tokenizer, mut scratch) = kept.unwrap_or_else(new);
        let evidence = Evidence::with(&mut tokenizer, &mut scratch, &source, &target, self.channels);
        idle().push((tokenizer, scratch));
        evidence
    }

    /// The first pass: a path to learn from, and for each source border the target borders that matter.
    fn first(&self, evidence: &Evidence, plain: &Plain, given: Given<'_>) -> Explored {
        let Given { position, ties, .. } = given;
        let (n, m) = evidence.sentences();
        let words = &evidence.words;
        let points = match n.min(m) {
            0 => Vec::new(),
            _ => points(
                (&words.source, &words.target),
                (words.source.postings(), words.target.postings()),
                &words.prior,
            ),
        };
        let prior = words.prior.telling(&words.target, self.weights.smoothing, RATIO);
        let inverted = words.inverted.telling(&words.source, self.weights.smoothing, RATIO);
        let points = match ties {
            Some(ties) => ties.points(points),
            None => points,
        };
        let mut corridor = crate::align::corridor(points, n, m);
        let near = position.and_then(Position::near);
        if let Some(near) = &near {
            corridor = corridor.within(near);
        }
        if let Some(ties) = ties {
            corridor = ties.hold(corridor);
        }
        let prepare = |corridor: &Corridor, shapes: &Shapes| {
            let tables = (&prior, &inverted);
            let plain = Cow::Borrowed(plain);
            let scorer = Combined::with(evidence, plain, tables, corridor, shapes, &self.charts);
            Placed { scorer, given }
        };
        let shapes = self.shapes.small(COARSE);
        let found = explore(corridor, &shapes, &EXPLORE, |corridor| prepare(corridor, &shapes));
        if near.is_some() {
            return found;
        }
        let shapes = self.shapes.small(CLOSER);
        look_closer(&found, (AROUND, m), &shapes, &EXPLORE, |corridor| prepare(corridor, &shapes))
    }

    /// The beads, and whether the search for them was limited.
    fn beads(&self, evidence: &Evidence, given: Given<'_>) -> (Vec<Bead>, bool) {
        let words = &evidence.words;
        let (n, m) = evidence.sentences();
        let plain = Plain::new(evidence, &self.shapes, &self.weights);
        let first = self.first(evidence, &plain, given);
        let learned = match self.learn {
            true => {
                learn((&words.source, &words.target), &first.likely, &words.prior, &LearnOptions::default())
            }
            false => words.prior.clone(),
        };
        let mut corridor = Corridor::around_rows(&first.rows, m, MARGIN);
        let vague = corridor.nodes() > MOST_NODES;
        if vague {
            corridor = Corridor::around(&first.path, n, m, NARROW);
        } else {
            corridor = corridor.through((0..).zip(&first.sure).filter_map(|(i, sure)| Some((i, (*sure)?))));
        }
        let inverted = learned.inverted(&words.source, &words.target);
        let learned = learned.telling(&words.target, self.weights.smoothing, RATIO);
        let inverted = inverted.telling(&words.source, self.weights.smoothing, RATIO);
        let tables = (&learned, &inverted);
        let plain = Cow::Borrowed(&plain);
        let scorer = Combined::with(evidence, plain, tables, &corridor, &self.shapes, &self.charts);
        let mut placed = Placed { scorer, given };
        let before = posterior(&placed, &corridor, &self.shapes, 1.0);
        let nulls = nulls(&before, (n, m), self.weights.search[RATE]);
        let mut order = Order::new(words, tables, self.weights.smoothing, self.weights.dilution);
        let certain = before.with_more(QUESTION, |source, target| {
            let features = order.all(evidence, &nulls, &source, &target);
            let close: f32 = features.iter().zip(&self.weights.close).map(|(f, w)| f * w).sum();
            close - placed.scorer.score(source, target)
        });
        placed.scorer.set_rate(nulls.rate());
        let path = certain.decode(&Prices::FITTED);
        let score = |source: &Range<usize>, target: &Range<usize>| {
            let score = placed.score(source.clone(), target.clone());
            // What is tied elsewhere is worth nothing where no path was left but through it.
            if score.is_finite() { score } else { 0.0 }
        };
        let bead = |(source, target): (Range<usize>, Range<usize>)| Bead {
            score: score(&source, &target),
            confidence: certain.of(&source, &target),
            source,
            target,
        };
        let beads = path.into_iter().map(bead).collect();
        let beads = match given.position {
            Some(position) => {
                let fits = |bead: &Bead| {
                    self.shapes.iter().any(|shape| shape == (bead.source.len(), bead.target.len()))
                };
                let whole = |bead: &Bead| fits(bead).then(|| score(&bead.source, &bead.target));
                whole::join(beads, &certain, position, whole)
            }
            None => beads,
        };
        (beads, first.limited || vague)
    }
}

/// The first pass has beads of up to so many sentences: larger ones hardly move its path. Where the places on the page
/// do not say about where a sentence faces, it looks again, where that path may go and so many sentences around, with
/// larger beads, to learn from them too.
const COARSE: usize = 2;
const CLOSER: usize = 4;
const AROUND: usize = 1;
/// Translations are passed over that make a token this much likelier at most, in the best case: so small a surprise
/// moves no path, and it is the common words that have it, which cost the most.
const RATIO: f32 = 30.0;
/// Sentences around the nodes where the path may go that the second pass searches.
const MARGIN: usize = 0;
/// Where so many nodes are likely, which takes a text of half a million sentences or one that says the same over and
/// over, the second pass keeps to so many sentences beside the path of the first: memory is some 200 bytes a node.
const MOST_NODES: usize = 8 << 20;
const NARROW: usize = 2;
/// The first pass.
const EXPLORE: ExploreOptions =
    ExploreOptions { prices: Prices::FITTED, least: 1e-3, likely: LIKELY, missed: 3e-5, nodes: 256 };

/// A bead that the search finds less probable than this is given up; one that is as sure needs no second look.
const QUESTION: f32 = 1e-2;

/// Where nulls are expected.
fn nulls(posterior: &Posterior<'_>, (n, m): (usize, usize), weight: f32) -> Nulls {
    let (mut nulls, mut others) = (vec![0.0; n], vec![0.0; m]);
    posterior.each(1e-3, |source, target, p| {
        if target.is_empty() {
            nulls[source.start] += p;
        } else if source.is_empty() {
            others[target.start] += p;
        }
    });
    Nulls::new(&nulls, &others, weight)
}

/// What is known of the sentences besides their text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Given<'a> {
    /// Their places on the page.
    pub position: Option<&'a Position>,
    /// What of the alignment is settled.
    pub ties: Option<&'a Ties>,
    /// Evidence of the caller's own.
    pub scorers: &'a [&'a dyn Scorer],
}

impl Given<'_> {
    /// What the caller's scorers say of a bead; nothing where one gives no finite number.
    fn more(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let scores = self.scorers.iter().map(|scorer| scorer.score(source.clone(), target.clone()));
        scores.filter(|score| score.is_finite()).sum()
    }
}

/// The combined score with what else is given.
struct Placed<'a> {
    scorer: Combined<'a>,
    given: Given<'a>,
}

impl Scorer for Placed<'_> {
    #[inline]
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        if self.given.ties.is_some_and(|ties| !ties.allow(&source, &target)) {
            return f32::NEG_INFINITY;
        }
        let place = self.given.position.map_or(0.0, |p| p.score(source.clone(), target.clone()));
        place + self.given.more(&source, &target) + self.scorer.score(source, target)
    }

    fn row(&self, source: Range<usize>, width: usize, first: usize, scores: &mut [f32]) {
        self.scorer.row(source.clone(), width, first, scores);
        if let Some(position) = self.given.position {
            position.add_row(source.clone(), width, first, scores);
        }
        if !self.given.scorers.is_empty() {
            for (score, end) in scores.iter_mut().zip(first..) {
                *score += self.given.more(&source, &(end - width..end));
            }
        }
        if let Some(ties) = self.given.ties {
            for (score, end) in scores.iter_mut().zip(first..) {
                if !ties.allow(&source, &(end - width..end)) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
    }
}

/// The options of an [`Aligner`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    lexicon: Option<Lexicon>,
    max_bead: (usize, usize),
    channels: Channels,
    weights: Weights,
    learn: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Builder {
            lexicon: None,
            max_bead: (6, 7),
            channels: Channels::default(),
            weights: Weights::default(),
            learn: true,
        }
    }
}

impl Builder {
    /// The lexicon. Default: the embedded one, or none without the feature `lexicon`.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicon = Some(lexicon);
        self
    }

    /// The largest bead, in source and target sentences, each 1 to 20. Default: 6 and 7, as large as
    /// hand-aligned novels have them. Time grows with their product.
    pub fn max_bead(mut self, source: usize, target: usize) -> Self {
        self.max_bead = (source, target);
        self
    }

    /// Which lexical evidence is used. Default: all.
    pub fn channels(mut self, channels: Channels) -> Self {
        self.channels = channels;
        self
    }

    /// The weights of all evidence. Default: fitted on hand-aligned documents.
    pub fn weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// Whether names and terms are learned from the document itself after a first alignment. Default: yes.
    pub fn learn(mut self, learn: bool) -> Self {
        self.learn = learn;
        self
    }

    /// The aligner.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the largest bead is out of range.
    pub fn build(self) -> Result<Aligner> {
        let shapes = Shapes::up_to(self.max_bead.0, self.max_bead.1)?;
        Ok(self.with_shapes(shapes))
    }

    fn with_shapes(self, shapes: Shapes) -> Aligner {
        #[cfg(feature = "lexicon")]
        let lexicon = self.lexicon.unwrap_or_else(Lexicon::embedded);
        #[cfg(not(feature = "lexicon"))]
        let lexicon = self.lexicon.unwrap_or_else(Lexicon::empty);
        Aligner {
            lexicon,
            shapes,
            channels: self.channels,
            charts: Arc::new(Charts::new(&gains(&self.weights))),
            weights: self.weights,
            learn: self.learn,
            idle: Arc::default(),
        }
    }
}
