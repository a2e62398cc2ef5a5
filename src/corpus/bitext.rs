//! What aligning gives: the sentences of both sides, the units they stand in, and views on them as pairs.

use crate::alignment::Alignment;
use crate::article::{Format, Sentence};
use crate::error::{Error, ErrorKind, Result};
use crate::ids::IdBead;
use crate::language::Language;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::pair::Pair;
use super::record::Record;
use crate::reason::Reason;
use crate::span::Span;

/// An article, or two texts, sentence by sentence, with what faces what.
///
/// Every sentence of both sides stands in exactly one [`Unit`]; [`validate`](Bitext::validate) checks it.
///
/// ```
/// use duizhao::corpus::{Bitext, Reason};
/// use duizhao::{Alignment, Bead, Sentence, Span};
/// let sentence = |text: &str, at| Sentence { text: text.into(), span: Span::new(at, at + text.len()), block: 0 };
/// let zh = vec![sentence("茶凉了。", 0), sentence("再添一点水。", 12), sentence("他没说话。", 30)];
/// let en = vec![sentence("The tea is cold; add some water.", 50)];
/// let beads = vec![
///     Bead { source: 0..2, target: 0..1, score: 3.0, confidence: 0.9 },
///     Bead { source: 2..3, target: 1..1, score: 0.0, confidence: 0.8 },
/// ];
/// let bitext = Bitext::from_alignment(zh, en, Alignment::new(beads, 3, 1)?)?;
/// let pair = bitext.pairs().next().unwrap();
/// assert_eq!((pair.zh().as_ref(), pair.kind().as_str()), ("茶凉了。再添一点水。", "2-1"));
/// assert_eq!(bitext.unpaired().next().unwrap().reason(), Some(Reason::NoCounterpart));
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bitext {
    /// Where the text came from and how it was understood.
    pub origin: Origin,
    /// All Chinese sentences, in the order of the article.
    pub source: Vec<Sentence>,
    /// All English sentences, in the order of the article.
    pub target: Vec<Sentence>,
    /// What faces what, in reading order of the source, nulls in their place.
    pub units: Vec<Unit>,
    /// Sentences on neither side, such as other languages and program code, in the order of the article.
    pub other: Vec<Unplaced>,
    /// What had to be worked around, as plain sentences.
    pub notices: Vec<String>,
    /// Sentences whose text a person has changed; [`source`](Bitext::source) and [`target`](Bitext::target) hold
    /// the new text.
    pub edits: Vec<Edit>,
}

/// A sentence whose text a person has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The side it stands on.
    pub language: Language,
    /// Its index on its side.
    pub sentence: usize,
    /// The text that it had.
    pub was: String,
}

/// Where a [`Bitext`] came from and how it was understood; `None` where that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Name of the article, usually its file name.
    pub name: Option<String>,
    /// How the article was marked up.
    pub format: Option<Format>,
    /// The encoding its bytes were in, by its WHATWG name.
    pub encoding: Option<String>,
    /// The shape in which the two languages stand on the page, in plain words.
    pub layout: Option<String>,
}

/// Source sentences and the target sentences that face them; one side is empty where there are none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// Indices into [`Bitext::source`], ascending.
    pub source: Vec<usize>,
    /// Indices into [`Bitext::target`], ascending.
    pub target: Vec<usize>,
    /// Natural logarithm of the odds of this unit against unrelated sentences; above 0 speaks for it.
    pub score: f32,
    /// Probability, 0 to 1, that both sides are exactly right.
    pub confidence: f32,
    /// Why it faces nothing: `Some` exactly where one side is empty.
    pub reason: Option<Reason>,
    /// Whether it stands out of order against its neighbours: a passage that was moved in translation, or
    /// what was set aside in the middle of a pair.
    pub moved: bool,
    /// Whether a person has said that it is right.
    pub checked: bool,
}

impl Unit {
    /// Whether both sides hold a sentence.
    pub fn is_pair(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }
}

/// A sentence that stands on neither side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// The sentence.
    pub sentence: Sentence,
    /// Its language, if that is known.
    pub language: Option<Language>,
    /// Why it is on neither side.
    pub reason: Reason,
}

impl Bitext {
    /// The bitext of two lists of sentences and the alignment of their indices.
    ///
    /// A null bead becomes an unpaired unit with [`Reason::NoCounterpart`].
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`] if the alignment was made for other numbers of sentences.
    pub fn from_alignment(
        source: Vec<Sentence>,
        target: Vec<Sentence>,
        alignment: Alignment,
    ) -> Result<Self> {
        let units = alignment.into_beads().into_iter().map(|bead| Unit {
            reason: bead.is_null().then_some(Reason::NoCounterpart),
            source: bead.source.collect(),
            target: bead.target.collect(),
            score: bead.score,
            confidence: bead.confidence,
            ..Unit::default()
        });
        let bitext = Bitext { units: units.collect(), source, target, ..Bitext::default() };
        bitext.validate()?;
        Ok(bitext)
    }

    /// The bitext of two lists of sentences and beads in any order, such as those of a gold file.
    ///
    /// Sentences that no bead holds become unpaired; units that go back behind others are marked as moved.
    /// Scores are 0 and confidences 1.
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`] if a bead names a sentence that is not there, or that it or another has named; it
    /// says which bead.
    pub fn from_beads(source: Vec<Sentence>, target: Vec<Sentence>, beads: &[IdBead]) -> Result<Self> {
        let mut units: Vec<Unit> = beads.iter().filter_map(Unit::from_ids).collect();
        for (side, len) in [(Side::Source, source.len()), (Side::Target, target.len())] {
            let mut free = vec![true; len];
            for bead in beads {
                let ids = if let Side::Source = side { &bead.source } else { &bead.target };
                for &id in ids {
                    let fault = |what| broken(format!("bead {bead} names {} {id}, {what}", side.name()));
                    match free.get_mut(id) {
                        None => return Err(fault(format!("but there are {len}"))),
                        Some(false) => return Err(fault("which was named before".to_owned())),
                        Some(free) => *free = false,
                    }
                }
            }
            let lost =
                (0..len).filter(|&id| free[id]).map(|id| Unit::null(side, vec![id], Reason::NoCounterpart));
            units.extend(lost);
        }
        let units = in_reading_order(units);
        let bitext = Bitext { units, source, target, ..Bitext::default() };
        bitext.validate()?;
        Ok(bitext)
    }

    /// The bitext of records, such as those of a file: each text is a sentence of its own, as records do not tell
    /// where sentences end, and a block of its own. Where a record has spans, the sentence stands where they begin
    /// and end; else the texts of a side stand one after the other, a byte apart. Records without any text are
    /// left out; a score that is not finite becomes 0, a confidence that is none becomes 1.
    ///
    /// ```
    /// use duizhao::corpus::{Bitext, Record};
    /// let records = [Record::new("茶凉了。", "The tea is cold."), Record::new("他没说话。", "")];
    /// let bitext = Bitext::from_records(records);
    /// assert_eq!((bitext.pairs().count(), bitext.unpaired().count()), (1, 1));
    /// assert_eq!(bitext.source[1].span.start, "茶凉了。".len() + 1);
    /// ```
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Self {
        let mut bitext = Bitext::default();
        for (block, record) in
            records.into_iter().filter(|r| !(r.zh.is_empty() && r.en.is_empty())).enumerate()
        {
            let sure = record.confidence.filter(|sure| (0.0..=1.0).contains(sure));
            let alone = record.zh.is_empty() || record.en.is_empty();
            bitext.units.push(Unit {
                source: push(&mut bitext.source, record.zh, &record.zh_spans, block),
                target: push(&mut bitext.target, record.en, &record.en_spans, block),
                score: record.score.filter(|score| score.is_finite()).unwrap_or(0.0),
                confidence: sure.unwrap_or(1.0),
                reason: alone.then(|| record.reason.unwrap_or(Reason::NoCounterpart)),
                ..Unit::default()
            });
        }
        bitext
    }

    /// This bitext, with every pair below a confidence taken apart: its sides become unpaired units with
    /// [`Reason::LowConfidence`]. Borrowed where no pair is.
    pub fn at_least(&self, min_confidence: f32) -> Cow<'_, Bitext> {
        let below = |unit: &Unit| unit.is_pair() && unit.confidence < min_confidence;
        if !self.units.iter().any(below) {
            return Cow::Borrowed(self);
        }
        let mut bitext = self.clone();
        bitext.take_apart(Reason::LowConfidence, |k| below(&self.units[k]));
        Cow::Owned(bitext)
    }

    /// Makes two unpaired units of each pair whose number `apart` names.
    pub(super) fn take_apart(&mut self, reason: Reason, apart: impl Fn(usize) -> bool) {
        let units = std::mem::take(&mut self.units);
        for (k, unit) in units.into_iter().enumerate() {
            if !unit.is_pair() || !apart(k) {
                self.units.push(unit);
                continue;
            }
            let Unit { source, target, score, confidence, moved, .. } = unit;
            for (side, ids) in [(Side::Source, source), (Side::Target, target)] {
                self.units.push(Unit { score, confidence, moved, ..Unit::null(side, ids, reason) });
            }
        }
    }

    /// Every unit, paired or not, in order. A view panics where its unit names a sentence that is not there, which
    /// [`validate`](Bitext::validate) finds.
    pub fn views(&self) -> impl DoubleEndedIterator<Item = Pair<'_>> + ExactSizeIterator {
        self.units.iter().map(|unit| Pair::new(self, unit))
    }

    /// The units that have both sides, in order.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = Pair<'_>> {
        self.views().filter(|pair| pair.unit().is_pair())
    }

    /// The units that have one side only, in order; [`Pair::reason`] says why.
    pub fn unpaired(&self) -> impl DoubleEndedIterator<Item = Pair<'_>> {
        self.views().filter(|pair| !pair.unit().is_pair())
    }

    /// Checks what other code relies on: every sentence of both sides stands in exactly one unit, indices
    /// ascend within a unit and, unless it is marked as moved, from unit to unit; a unit has a reason exactly
    /// where one of its sides is empty, and never are both; confidences lie in 0 to 1, scores are finite.
    ///
    /// Linear in the number of sentences.
    ///
    /// # Errors
    /// [`ErrorKind::Alignment`], naming the first unit that breaks a rule.
    pub fn validate(&self) -> Result<()> {
        for (k, unit) in self.units.iter().enumerate() {
            unit.check().map_err(|what| broken(format!("unit {k} {what}")))?;
        }
        self.check_side(Side::Source, self.source.len())?;
        self.check_side(Side::Target, self.target.len())
    }

    fn check_side(&self, which: Side, len: usize) -> Result<()> {
        let side = which.name();
        let mut seen = vec![false; len];
        let mut next = 0;
        for (k, unit) in self.units.iter().enumerate() {
            for &id in unit.ids(which) {
                match seen.get_mut(id) {
                    None => return Err(broken(format!("unit {k} holds {side} {id}, but there are {len}"))),
                    Some(true) => {
                        return Err(broken(format!("{side} {id} stands in unit {k} and before it")));
                    }
                    Some(free) => *free = true,
                }
            }
            if let (false, [first, .., last] | [first @ last]) = (unit.moved, unit.ids(which)) {
                if *first < next {
                    return Err(broken(format!(
                        "unit {k} goes back to {side} {first} but is not marked as moved"
                    )));
                }
                next = last + 1;
            }
        }
        match seen.iter().position(|&seen| !seen) {
            Some(lost) => Err(broken(format!("{side} {lost} stands in no unit"))),
            None => Ok(()),
        }
    }
}

/// A place between the sentences of both sides: how many of each come before it.
pub(super) type Corner = (usize, usize);

#[derive(Clone, Copy)]
enum Side {
    Source,
    Target,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Source => "source",
            Side::Target => "target",
        }
    }
}

impl Unit {
    fn null(side: Side, ids: Vec<usize>, reason: Reason) -> Self {
        let (source, target) = match side {
            Side::Source => (ids, Vec::new()),
            Side::Target => (Vec::new(), ids),
        };
        Unit { source, target, confidence: 1.0, reason: Some(reason), ..Unit::default() }
    }

    /// Where a pair begins and ends on both sides, if neither has a gap.
    pub(super) fn corners(&self) -> Option<(Corner, Corner)> {
        let (s, t) = (&self.source, &self.target);
        let (&i, &j) = (s.first()?, t.first()?);
        let end = (*s.last()? + 1, *t.last()? + 1);
        (end == (i + s.len(), j + t.len())).then_some(((i, j), end))
    }

    /// The unit of a bead, unless that is empty on both sides.
    fn from_ids(bead: &IdBead) -> Option<Self> {
        let sorted = |ids: &[usize]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        let reason = bead.is_null().then_some(Reason::NoCounterpart);
        let (source, target) = (sorted(&bead.source), sorted(&bead.target));
        let empty = source.is_empty() && target.is_empty();
        (!empty).then(|| Unit { source, target, confidence: 1.0, reason, ..Unit::default() })
    }

    fn ids(&self, side: Side) -> &[usize] {
        match side {
            Side::Source => &self.source,
            Side::Target => &self.target,
        }
    }

    fn check(&self) -> std::result::Result<(), &'static str> {
        let ascending = |ids: &[usize]| ids.windows(2).all(|two| two[0] < two[1]);
        if self.source.is_empty() && self.target.is_empty() {
            Err("holds no sentence")
        } else if self.is_pair() == self.reason.is_some() {
            Err("must have a reason exactly where one side is empty")
        } else if !ascending(&self.source) || !ascending(&self.target) {
            Err("holds indices that do not ascend")
        } else if !(0.0..=1.0).contains(&self.confidence) || !self.score.is_finite() {
            Err("has a confidence outside 0 to 1 or a score that is not finite")
        } else {
            Ok(())
        }
    }
}

impl From<&Unit> for IdBead {
    fn from(unit: &Unit) -> Self {
        IdBead::new(unit.source.as_slice(), unit.target.as_slice())
    }
}

/// Adds a text to a side as a sentence, unless it is empty, and gives its index.
fn push(side: &mut Vec<Sentence>, text: String, spans: &[Span], block: usize) -> Vec<usize> {
    if text.is_empty() {
        return Vec::new();
    }
    let after = side.last().map_or(0, |last| last.span.end.saturating_add(1));
    let span = match spans {
        [first, .., last] | [first @ last] => Span::new(first.start, last.end.max(first.start)),
        [] => Span::new(after, after.saturating_add(text.len())),
    };
    side.push(Sentence { text, span, block });
    vec![side.len() - 1]
}

/// Puts units in the order of the source. One without source comes before the first unit in order that has a
/// later target; one that goes back behind what came before it on either side is marked as moved.
fn in_reading_order(units: Vec<Unit>) -> Vec<Unit> {
    let (mut with, mut without): (Vec<_>, Vec<_>) = units.into_iter().partition(|u| !u.source.is_empty());
    with.sort_by_key(|unit| unit.source[0]);
    without.sort_by_key(|unit| unit.target.first().copied());
    let mut ordered = Vec::with_capacity(with.len() + without.len());
    let mut without = without.into_iter().peekable();
    let mut next = (0, 0);
    let mut place = |mut unit: Unit, next: &mut (usize, usize)| {
        let back = |ids: &[usize], next: usize| ids.first().is_some_and(|&first| first < next);
        unit.moved = back(&unit.source, next.0) || back(&unit.target, next.1);
        if !unit.moved {
            next.0 = unit.source.last().map_or(next.0, |last| last + 1);
            next.1 = unit.target.last().map_or(next.1, |last| last + 1);
        }
        ordered.push(unit);
    };
    for unit in with {
        if let Some(&first) = unit.target.first().filter(|&&first| first >= next.1) {
            while let Some(null) = without.next_if(|null| null.target[0] < first) {
                place(null, &mut next);
            }
        }
        place(unit, &mut next);
    }
    without.for_each(|null| place(null, &mut next));
    ordered
}

fn broken(message: String) -> Error {
    Error::new(ErrorKind::Alignment, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::Bead;

    fn sentences(texts: &[&str]) -> Vec<Sentence> {
        texts.iter().map(|&t| Sentence { text: t.into(), span: Span::new(0, t.len()), block: 0 }).collect()
    }

    fn unit(source: &[usize], target: &[usize]) -> Unit {
        let null = source.is_empty() || target.is_empty();
        Unit {
            source: source.to_vec(),
            target: target.to_vec(),
            confidence: 0.5,
            reason: null.then_some(Reason::NoCounterpart),
            ..Unit::default()
        }
    }

    #[test]
    fn validates() {
        let bitext = |units: Vec<Unit>| Bitext {
            source: sentences(&["一。", "二。"]),
            target: sentences(&["One.", "Two."]),
            units,
            ..Bitext::default()
        };
        let moved = Unit { moved: true, ..unit(&[1], &[0]) };
        for good in [
            vec![unit(&[0, 1], &[0, 1])],
            vec![unit(&[0], &[]), unit(&[1], &[0]), unit(&[], &[1])],
            vec![unit(&[0], &[1]), moved],
        ] {
            bitext(good).validate().unwrap();
        }
        let overconfident = Unit { confidence: f32::NAN, ..unit(&[0, 1], &[0, 1]) };
        for (bad, says) in [
            (vec![unit(&[0], &[0, 1])], "source 1 stands in no unit"),
            (vec![unit(&[0, 1], &[0, 1]), unit(&[1], &[])], "source 1 stands in unit 1 and before it"),
            (vec![unit(&[0, 1, 2], &[0, 1])], "unit 0 holds source 2, but there are 2"),
            (vec![unit(&[0], &[1]), unit(&[1], &[0])], "goes back to target 0"),
            (vec![unit(&[1, 0], &[0, 1])], "do not ascend"),
            (vec![unit(&[], &[])], "holds no sentence"),
            (vec![overconfident], "confidence"),
        ] {
            let error = bitext(bad).validate().unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn from_beads_takes_any_order_and_loses_nothing() {
        let beads = [
            IdBead::new([3], [0]),
            IdBead::new([0], [1, 4]),
            IdBead::new([2, 1], [6]),
            IdBead::new([], [3]),
            IdBead::new([], []),
        ];
        let zh = sentences(&["一。", "二。", "三。", "四。", "五。"]);
        let en = sentences(&["A.", "B.", "C.", "D.", "E.", "F.", "G."]);
        let bitext = Bitext::from_beads(zh.clone(), en.clone(), &beads).unwrap();
        let seen: Vec<_> = bitext.units.iter().map(|u| (IdBead::from(u).to_string(), u.moved)).collect();
        let expected = [
            ("[0]:[1, 4]", false),
            ("[]:[2]", true),
            ("[]:[3]", true),
            ("[]:[5]", false),
            ("[1, 2]:[6]", false),
            ("[3]:[0]", true),
            ("[4]:[]", false),
        ];
        assert_eq!(seen, expected.map(|(ids, moved)| (ids.to_string(), moved)));
        for (beads, says) in [
            (vec![IdBead::new([9], [0])], "bead [9]:[0] names source 9, but there are 5"),
            (
                vec![IdBead::new([0], [0]), IdBead::new([0], [1])],
                "bead [0]:[1] names source 0, which was named",
            ),
            (vec![IdBead::new([0], [2, 2])], "bead [0]:[2, 2] names target 2, which was named"),
        ] {
            let error = Bitext::from_beads(zh.clone(), en.clone(), &beads).unwrap_err();
            assert!(error.to_string().starts_with(says), "{error}");
        }
    }

    #[test]
    fn unsure_pairs_come_apart() {
        let bitext = Bitext {
            source: sentences(&["一。", "二。"]),
            target: sentences(&["One.", "Two."]),
            units: vec![unit(&[0], &[0]), Unit { confidence: 0.9, ..unit(&[1], &[1]) }],
            ..Bitext::default()
        };
        assert!(matches!(bitext.at_least(0.5), Cow::Borrowed(_)));
        let apart = bitext.at_least(0.6).into_owned();
        apart.validate().unwrap();
        let kinds: Vec<_> = apart.views().map(|pair| (pair.kind(), pair.reason())).collect();
        let low = Some(Reason::LowConfidence);
        assert_eq!(kinds, [("1-0".into(), low), ("0-1".into(), low), ("1-1".into(), None)]);
    }

    #[test]
    fn from_alignment_checks_the_lengths() {
        let bead = Bead { source: 0..1, target: 0..1, score: 0.0, confidence: 1.0 };
        let alignment = Alignment::new(vec![bead], 1, 1).unwrap();
        assert!(
            Bitext::from_alignment(sentences(&["一。"]), sentences(&["One."]), alignment.clone()).is_ok()
        );
        assert!(
            Bitext::from_alignment(sentences(&["一。", "二。"]), sentences(&["One."]), alignment).is_err()
        );
    }
}
