//! Aligning around beads that are given: each is put to the search as one sentence on either side, whatever its
//! size, and tied. Linear besides the search.

use super::{Aligner, Given, Tie, Ties};
use crate::alignment::{Alignment, Bead};
use crate::error::{Error, ErrorKind, Result};
use crate::ids::IdBead;
use std::borrow::Cow;
use std::ops::Range;

impl Aligner {
    /// Aligns two lists of sentences around beads that are known, which stay exactly as they are and get confidence 1.
    /// They may be of any size; a bead with an empty side says that its sentences face nothing.
    ///
    /// ```
    /// use duizhao::{Aligner, IdBead};
    /// let zh = ["茶凉了。", "再添一点水。"];
    /// let en = ["The tea has gone cold.", "Add a little water."];
    /// let alignment = Aligner::builder().build()?.align_sentences_around(&zh, &en, &[IdBead::new([0, 1], [0, 1])])?;
    /// assert_eq!(alignment.beads()[0].kind(), "2-2");
    /// # Ok::<(), duizhao::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`] if a bead names a sentence that is not there or that another has, if its sentences
    /// do not follow each other, or if two beads cross.
    pub fn align_sentences_around<S: AsRef<str>>(
        &self,
        source: &[S],
        target: &[S],
        known: &[IdBead],
    ) -> Result<Alignment> {
        let mut zh = Side::new(source.len());
        let mut en = Side::new(target.len());
        let mut pairs = Vec::new();
        for bead in known {
            let (from, to) = (zh.settle(&bead.source, bead)?, en.settle(&bead.target, bead)?);
            match (from.is_empty(), to.is_empty()) {
                (false, false) => pairs.push((from, to)),
                _ => {
                    from.for_each(|i| zh.alone[i] = true);
                    to.for_each(|j| en.alone[j] = true);
                }
            }
        }
        pairs.sort_by_key(|(from, _)| from.start);
        if let Some(two) = pairs.windows(2).find(|two| two[1].1.start < two[0].1.start) {
            return Err(broken(format!(
                "the beads of source {} and {} cross",
                two[0].0.start, two[1].0.start
            )));
        }
        pairs.iter().for_each(|(from, to)| {
            zh.join(from);
            en.join(to);
        });
        let (zh_starts, en_starts) = (zh.starts(), en.starts());
        let number = |starts: &[usize], at: usize| starts.partition_point(|&start| start < at);
        let mut ties = zh.ties(&zh_starts);
        for (from, to) in &pairs {
            ties[number(&zh_starts, from.start)] = Tie::With(number(&en_starts, to.start));
        }
        let ties = Ties::new(ties, en.ties(&en_starts));
        let (zh_texts, en_texts) = (given(source, &zh_starts), given(target, &en_starts));
        let evidence = self.evidence(&zh_texts, &en_texts);
        let alignment = self.align(&evidence, Given { ties: Some(&ties), ..Given::default() });
        let known = |bead: &Bead| {
            let (i, j) = (zh_starts[bead.source.start], en_starts[bead.target.start]);
            zh.taken.get(i).is_some_and(|&taken| taken && !bead.source.is_empty())
                || en.taken.get(j).is_some_and(|&taken| taken && !bead.target.is_empty())
        };
        let whole = |bead: Bead| Bead {
            confidence: if known(&bead) { 1.0 } else { bead.confidence },
            source: zh_starts[bead.source.start]..zh_starts[bead.source.end],
            target: en_starts[bead.target.start]..en_starts[bead.target.end],
            score: bead.score,
        };
        let beads = alignment.into_beads().into_iter().map(whole).collect();
        Alignment::new(beads, source.len(), target.len())
    }
}

/// What is known of the sentences of a side.
struct Side {
    taken: Vec<bool>,
    alone: Vec<bool>,
    /// Whether a sentence goes on the known bead of the one before it.
    inner: Vec<bool>,
}

impl Side {
    fn new(len: usize) -> Self {
        Side { taken: vec![false; len], alone: vec![false; len], inner: vec![false; len] }
    }

    /// Takes the sentences of a bead, which must be free and follow each other.
    fn settle(&mut self, ids: &[usize], bead: &IdBead) -> Result<Range<usize>> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        let Some(&first) = ids.first() else { return Ok(0..0) };
        if ids.iter().enumerate().any(|(k, &id)| id != first + k) {
            return Err(broken(format!("the sentences of bead {bead} do not follow each other")));
        }
        for &id in &ids {
            match self.taken.get_mut(id) {
                None => return Err(broken(format!("bead {bead} names sentence {id}, which is not there"))),
                Some(true) => return Err(broken(format!("sentence {id} of bead {bead} is in another bead"))),
                Some(free) => *free = true,
            }
        }
        Ok(first..first + ids.len())
    }

    fn join(&mut self, range: &Range<usize>) {
        self.inner[range.start + 1..range.end].fill(true);
    }

    /// Where what the search is given begins, and the number of sentences.
    fn starts(&self) -> Vec<usize> {
        let len = self.inner.len();
        (0..len).filter(|&id| !self.inner[id]).chain([len]).collect()
    }

    fn ties(&self, starts: &[usize]) -> Vec<Tie> {
        let tie = |&start: &usize| if self.alone[start] { Tie::Alone } else { Tie::Free };
        starts[..starts.len() - 1].iter().map(tie).collect()
    }
}

fn given<'t, S: AsRef<str>>(sentences: &'t [S], starts: &[usize]) -> Vec<Cow<'t, str>> {
    let text = |two: &[usize]| match &sentences[two[0]..two[1]] {
        [one] => Cow::Borrowed(one.as_ref()),
        several => Cow::Owned(several.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" ")),
    };
    starts.windows(2).map(text).collect()
}

fn broken(message: String) -> Error {
    Error::new(ErrorKind::Alignment, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_beads_stay_and_faults_are_named() {
        let aligner = Aligner::builder().build().unwrap();
        let zh = ["一月下雪。", "二月刮风。", "三月下雨。", "四月开花。"];
        let en = ["Snow in January.", "Wind in February.", "Rain in March.", "Flowers in April."];
        let around = |known: &[IdBead]| aligner.align_sentences_around(&zh, &en, known);
        let known = [IdBead::new([2, 1], [2]), IdBead::new([], [1])];
        let beads = around(&known).unwrap().into_beads();
        let sure: Vec<_> = beads
            .iter()
            .filter(|bead| bead.confidence == 1.0)
            .map(|bead| IdBead::from(bead).to_string())
            .collect();
        assert!(["[1, 2]:[2]", "[]:[1]"].iter().all(|bead| sure.iter().any(|sure| sure == bead)), "{sure:?}");
        for (known, says) in [
            (vec![IdBead::new([0], [4])], "is not there"),
            (vec![IdBead::new([0, 2], [0])], "do not follow"),
            (vec![IdBead::new([0], [0]), IdBead::new([0], [])], "in another bead"),
            (vec![IdBead::new([0], [1]), IdBead::new([1], [0])], "cross"),
        ] {
            let error = around(&known).unwrap_err();
            assert!(error.kind() == ErrorKind::Alignment && error.to_string().contains(says), "{error}");
        }
    }
}
