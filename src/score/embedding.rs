//! Sentence vectors of a user's own model as evidence: the cosine of a bead's two sides, set against that of
//! sentences drawn at random and that of likely translations, both taken from the document itself, so that
//! any model's scale will do.
//!
//! A run of sentences has the vector that was given for it, as vecalign's overlap files have them (Thompson
//! and Koehn 2019), or else the sum of its sentences' unit vectors. Time: a product of two vectors a bead.

use crate::error::{Error, ErrorKind, Result};
use crate::lattice::Scorer;
use std::ops::Range;

/// The vectors of the sentences of one side, and of runs of them where these are known.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Vectors {
    dimension: usize,
    sentences: usize,
    /// For runs of 1, 2, 3 … sentences: a unit vector for each, by the first sentence.
    runs: Vec<Vec<f32>>,
    /// Sums of the vectors of the sentences before each.
    sums: Vec<f32>,
}

impl Vectors {
    /// Takes one vector of `dimension` numbers for each sentence, one after the other. Their lengths do not
    /// matter; a vector of zeros says nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the numbers are not a whole number of vectors or one of them is not finite.
    pub fn new(dimension: usize, mut vectors: Vec<f32>) -> Result<Self> {
        scale(dimension, &mut vectors)?;
        let mut sums = vec![0.0; dimension];
        for (k, x) in vectors.iter().enumerate() {
            sums.push(sums[k] + x);
        }
        Ok(Vectors { dimension, sentences: vectors.len() / dimension, runs: vec![vectors], sums })
    }

    /// Adds the vectors of all runs of one sentence more than those that are known: first that of the run
    /// from the first sentence, then that from the second, and so on.
    ///
    /// # Errors
    /// As for [`Vectors::new`], and if there are more or fewer vectors than runs.
    pub fn with_longer_runs(mut self, mut vectors: Vec<f32>) -> Result<Self> {
        scale(self.dimension, &mut vectors)?;
        let (length, found) = (self.runs.len() + 1, vectors.len() / self.dimension);
        let expected = (self.sentences + 1).saturating_sub(length);
        if found != expected {
            let text = format!("{found} vectors for runs of {length} sentences; {expected} runs are there");
            return Err(Error::new(ErrorKind::Usage, text));
        }
        self.runs.push(vectors);
        Ok(self)
    }

    /// Number of sentences.
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// Calls `take` with the vector of a run; its length is not 1 where it is a sum.
    fn run<T>(&self, range: &Range<usize>, scratch: &mut Vec<f32>, take: impl FnOnce(&[f32]) -> T) -> T {
        let d = self.dimension;
        if let Some(known) = self.runs.get(range.len() - 1) {
            return take(&known[range.start * d..(range.start + 1) * d]);
        }
        let (end, start) = (&self.sums[range.end * d..], &self.sums[range.start * d..]);
        scratch.clear();
        scratch.extend(end.iter().zip(start).take(d).map(|(end, start)| end - start));
        take(scratch)
    }
}

/// One side's vectors read from a file of NumPy (`.npy`): a row for each sentence.
impl Vectors {
    /// Reads an array of two dimensions, of 32 or 64 bit numbers, in C order.
    ///
    /// # Errors
    /// If it cannot be read, is no such array, or as for [`Vectors::new`].
    pub fn read_npy(reader: impl std::io::Read) -> Result<Self> {
        let (dimension, vectors) = read_rows(reader)?;
        Vectors::new(dimension, vectors)
    }

    /// The same for [`Vectors::with_longer_runs`].
    ///
    /// # Errors
    /// As for both.
    pub fn with_longer_runs_npy(self, reader: impl std::io::Read) -> Result<Self> {
        let (dimension, vectors) = read_rows(reader)?;
        if dimension != self.dimension {
            let text =
                format!("vectors of {dimension} numbers for runs, of {} for sentences", self.dimension);
            return Err(Error::new(ErrorKind::Usage, text));
        }
        self.with_longer_runs(vectors)
    }
}

/// The numbers of a file of NumPy, and how many stand in a row. The header is one line that tells their type,
/// order and shape (NumPy's format description, versions 1 to 3).
fn read_rows(mut reader: impl std::io::Read) -> Result<(usize, Vec<f32>)> {
    let format = |text: String| Error::new(ErrorKind::Format, text);
    let mut file = Vec::new();
    reader.read_to_end(&mut file)?;
    let none = || format("no .npy file: it does not begin as one".to_owned());
    let rest = file.strip_prefix(b"\x93NUMPY").ok_or_else(none)?;
    let (length, rest) = match rest {
        [1, _, a, b, rest @ ..] => (usize::from(u16::from_le_bytes([*a, *b])), rest),
        [2 | 3, _, a, b, c, d, rest @ ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, rest),
        _ => return Err(none()),
    };
    let (header, data) = rest.split_at_checked(length).ok_or_else(none)?;
    let header = String::from_utf8_lossy(header);
    let value = |key: &str| {
        let after = header.split_once(&format!("'{key}':")).map_or("", |(_, after)| after.trim_start());
        let end = if after.starts_with('(') { ')' } else { ',' };
        after.split(end).next().unwrap_or_default().trim_matches(['(', '\'', ' '])
    };
    let shape: Vec<usize> = value("shape").split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let &[rows, dimension] = shape.as_slice() else {
        return Err(format(format!("the array has shape {shape:?}; save one row a sentence")));
    };
    if value("fortran_order") != "False" {
        return Err(format("the array is in Fortran order; save it in C order".to_owned()));
    }
    let (width, number): (usize, fn(&[u8]) -> f32) = match value("descr") {
        "<f4" => (4, |bytes| bytes.try_into().map_or(f32::NAN, f32::from_le_bytes)),
        "<f8" => (8, |bytes| bytes.try_into().map_or(f32::NAN, |bytes| f64::from_le_bytes(bytes) as f32)),
        other => return Err(format(format!("numbers of type {other}; save 32 bit floats (<f4)"))),
    };
    let bytes = rows.checked_mul(dimension).and_then(|count| count.checked_mul(width));
    match bytes.and_then(|bytes| data.get(..bytes)) {
        Some(data) => Ok((dimension, data.chunks_exact(width).map(number).collect())),
        None => {
            Err(format(format!("the array ends too early: {rows} rows of {dimension} numbers are announced")))
        }
    }
}

/// Makes unit vectors.
fn scale(dimension: usize, vectors: &mut [f32]) -> Result<()> {
    if dimension == 0 || !vectors.len().is_multiple_of(dimension) {
        let text = format!("{} numbers are not vectors of {dimension}", vectors.len());
        return Err(Error::new(ErrorKind::Usage, text));
    }
    if let Some(at) = vectors.iter().position(|x| !x.is_finite()) {
        let text = format!("number {} of vector {} is not finite", at % dimension, at / dimension);
        return Err(Error::new(ErrorKind::Usage, text));
    }
    for vector in vectors.chunks_exact_mut(dimension) {
        let length = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
        }
    }
    Ok(())
}

/// Scores beads by the likeness of their sentences' vectors: half the weight for each sentence of a bead
/// that is as like as translations are, minus that where it is as unlike as any two sentences.
///
/// ```
/// use duizhao::Aligner;
/// use duizhao::score::{EmbeddingScorer, Vectors};
/// let zh = Vectors::new(2, vec![0.9, 0.1, 0.2, 0.8])?;
/// let en = Vectors::new(2, vec![0.8, 0.1, 0.1, 0.9])?;
/// let scorer = EmbeddingScorer::new(zh, en)?;
/// let alignment = Aligner::builder().build()?.align_sentences_with(
///     &["茶凉了。", "再添一点水。"],
///     &["The tea has gone cold.", "Add a little water."],
///     &[&scorer],
/// )?;
/// assert_eq!(alignment.beads().len(), 2);
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct EmbeddingScorer {
    source: Vectors,
    target: Vectors,
    /// Cosine half way between chance and translations, and worth of a cosine above it, in nats.
    middle: f32,
    slope: f32,
}

/// What a sentence pair as like as translations are is worth above one at random, in nats.
const WEIGHT: f32 = 4.0;
/// Pairs drawn to learn what chance is, and source sentences to learn what translations are.
const DRAWN: usize = 2048;
const LOOKED_AT: usize = 256;
/// Where the translation of a sentence is looked for: so many sentences around its place.
const AROUND: usize = 16;
/// No model sets translations less far apart from chance; if it seems so, the vectors tell nothing.
const LEAST_APART: f32 = 0.02;

impl EmbeddingScorer {
    /// Takes the vectors of both sides, one for each sentence that is to be aligned: the aligner refuses the
    /// scorer for other numbers of sentences.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if their dimensions differ.
    pub fn new(source: Vectors, target: Vectors) -> Result<Self> {
        if source.dimension != target.dimension {
            let text = format!(
                "source vectors of {} numbers, target vectors of {}",
                source.dimension, target.dimension
            );
            return Err(Error::new(ErrorKind::Usage, text));
        }
        let mut scorer = EmbeddingScorer { source, target, middle: 0.0, slope: 0.0 };
        let (n, m) = (scorer.source.sentences, scorer.target.sentences);
        if n == 0 || m == 0 {
            return Ok(scorer);
        }
        // Steps without a common factor with most lengths: spread over both sides, the same in every run.
        let drawn = (0..DRAWN).map(|k| scorer.likeness(k * 7919 % n, k * 104_729 % m));
        let chance = drawn.sum::<f32>() / DRAWN as f32;
        let step = n.div_ceil(LOOKED_AT);
        let best = |i: usize| {
            let near = i * m / n;
            let around = near.saturating_sub(AROUND)..(near + AROUND + 1).min(m);
            around.map(|j| scorer.likeness(i, j)).fold(f32::MIN, f32::max)
        };
        let mut bests: Vec<f32> = (0..n).step_by(step).map(best).collect();
        bests.sort_by(f32::total_cmp);
        let apart = bests[bests.len() / 2] - chance;
        if apart >= LEAST_APART {
            scorer.middle = chance + apart / 2.0;
            scorer.slope = WEIGHT / apart;
        }
        Ok(scorer)
    }

    /// Multiplies the score; 1 as it is made.
    #[must_use]
    pub fn weighted(mut self, weight: f32) -> Self {
        self.slope *= weight;
        self
    }

    fn likeness(&self, source: usize, target: usize) -> f32 {
        self.cosine(&(source..source + 1), &(target..target + 1))
    }

    fn cosine(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        self.source.run(source, &mut a, |a| {
            self.target.run(target, &mut b, |b| {
                let (mut product, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
                for (x, y) in a.iter().zip(b) {
                    product += x * y;
                    of_a += x * x;
                    of_b += y * y;
                }
                let lengths: f32 = of_a * of_b;
                if lengths > 0.0 { product / lengths.sqrt() } else { 0.0 }
            })
        })
    }
}

impl Scorer for EmbeddingScorer {
    fn sentences(&self) -> Option<(usize, usize)> {
        Some((self.source.sentences, self.target.sentences))
    }

    /// 0 for nulls, and for sentences that have no vector.
    fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let inside = source.end <= self.source.sentences && target.end <= self.target.sentences;
        if source.is_empty() || target.is_empty() || !inside || self.slope == 0.0 {
            return 0.0;
        }
        let sentences = (source.len() + target.len()) as f32 / 2.0;
        sentences * self.slope * (self.cosine(&source, &target) - self.middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector for each number, like those of numbers nearby and unlike the others.
    fn vectors(numbers: &[usize]) -> Vec<f32> {
        let row = |&k: &usize| (0..8).map(move |d| if (k + d).is_multiple_of(8) { 1.0 } else { 0.1 });
        numbers.iter().flat_map(row).collect()
    }

    #[test]
    fn likeness_is_set_against_the_documents_own() {
        let source = Vectors::new(8, vectors(&[0, 1, 2, 3, 4, 5, 6, 7])).unwrap();
        let scorer = EmbeddingScorer::new(source.clone(), source).unwrap();
        assert!((scorer.score(3..4, 3..4) - WEIGHT / 2.0).abs() < 0.4);
        assert!(scorer.score(3..4, 5..6) < -WEIGHT / 4.0);
        assert_eq!(scorer.score(3..4, 5..5), 0.0);
        // Two pairs are worth as much as the bead of both.
        let apart = scorer.score(3..4, 3..4) + scorer.score(4..5, 4..5);
        assert!((scorer.score(3..5, 3..5) - apart).abs() < 0.1);
        assert!(scorer.score(3..5, 3..4) < apart);
    }

    #[test]
    fn runs_have_their_own_vectors_where_given() {
        let source = Vectors::new(8, vectors(&[0, 1, 2])).unwrap();
        let target = Vectors::new(8, vectors(&[0, 5, 2])).unwrap();
        let plain = EmbeddingScorer::new(source.clone(), target.clone()).unwrap();
        let longer = EmbeddingScorer::new(
            source.with_longer_runs(vectors(&[6, 7])).unwrap(),
            target.with_longer_runs(vectors(&[6, 1])).unwrap(),
        )
        .unwrap();
        assert_eq!(plain.score(0..1, 0..1), longer.score(0..1, 0..1));
        assert!(longer.score(0..2, 0..2) > plain.score(0..2, 0..2));
        assert!(longer.score(1..3, 1..3) < longer.score(0..2, 0..2));
    }

    #[test]
    fn what_is_no_set_of_vectors_is_refused() {
        assert!(
            Vectors::new(3, vec![1.0; 7]).unwrap_err().to_string().contains("7 numbers are not vectors of 3")
        );
        assert!(Vectors::new(0, Vec::new()).is_err());
        assert!(
            Vectors::new(2, vec![1.0, f32::NAN]).unwrap_err().to_string().contains("number 1 of vector 0")
        );
        let two = || Vectors::new(2, vec![1.0; 4]).unwrap();
        let longer = two().with_longer_runs(vec![1.0; 4]).unwrap_err();
        assert!(longer.to_string().contains("1 runs are there"), "{longer}");
        assert!(EmbeddingScorer::new(two(), Vectors::new(4, vec![1.0; 8]).unwrap()).is_err());
        let none = EmbeddingScorer::new(Vectors::new(2, vec![]).unwrap(), two()).unwrap();
        assert_eq!(none.score(0..1, 0..1), 0.0);
        // All alike: nothing is told apart.
        assert_eq!(EmbeddingScorer::new(two(), two()).unwrap().score(0..1, 1..2), 0.0);
    }

    #[test]
    fn files_of_numpy_are_read() {
        fn file(descr: &str, shape: &str, order: &str, data: &[u8]) -> Vec<u8> {
            let mut header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}");
            while !(header.len() + 11).is_multiple_of(64) {
                header.push(' ');
            }
            header.push('\n');
            let mut file = b"\x93NUMPY\x01\x00".to_vec();
            file.extend((header.len() as u16).to_le_bytes());
            file.extend(header.bytes());
            file.extend(data);
            file
        }
        let single: Vec<u8> = [1f32, 0.0, 0.0, 2.0].iter().flat_map(|x| x.to_le_bytes()).collect();
        let double: Vec<u8> = [1f64, 0.0, 0.0, 2.0].iter().flat_map(|x| x.to_le_bytes()).collect();
        let read = |file: Vec<u8>| Vectors::read_npy(file.as_slice());
        let known = Vectors::new(2, vec![1.0, 0.0, 0.0, 2.0]).unwrap();
        assert_eq!(read(file("<f4", "(2, 2)", "False", &single)).unwrap(), known);
        assert_eq!(read(file("<f8", "(2, 2)", "False", &double)).unwrap(), known);
        for (broken, says) in [
            (file("<f4", "(4,)", "False", &single), "shape"),
            (file("<f4", "(2, 2)", "True", &single), "C order"),
            (file("<i4", "(2, 2)", "False", &single), "32 bit floats"),
            (file("<f4", "(2, 2)", "False", &single[..15]), "too early"),
            (b"PK\x03\x04 and so on".to_vec(), "no .npy file"),
        ] {
            let error = read(broken).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
