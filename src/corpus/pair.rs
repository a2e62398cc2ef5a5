//! A unit of a bitext as people look at it: two texts that face each other.

use super::bitext::{Bitext, Unit};
use crate::article::Sentence;
use crate::language::is_han;
use crate::reason::Reason;
use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// A view on one [`Unit`] of a [`Bitext`].
#[derive(Clone, Copy, PartialEq)]
pub struct Pair<'a> {
    bitext: &'a Bitext,
    unit: &'a Unit,
}

impl<'a> Pair<'a> {
    pub(super) fn new(bitext: &'a Bitext, unit: &'a Unit) -> Self {
        Pair { bitext, unit }
    }

    /// The Chinese sentences joined to one text: without spaces, but with one where Latin letters or digits
    /// would run into each other. Empty where the unit has no Chinese side.
    pub fn zh(&self) -> Cow<'a, str> {
        join(self.zh_sentences(), needs_space)
    }

    /// The English sentences joined to one text, with a space between them. Empty where the unit has no
    /// English side.
    pub fn en(&self) -> Cow<'a, str> {
        join(self.en_sentences(), |_, _| true)
    }

    /// The Chinese sentences one by one.
    pub fn zh_sentences(&self) -> impl ExactSizeIterator<Item = &'a Sentence> + use<'a> {
        let side: &'a [Sentence] = &self.bitext.source;
        self.unit.source.iter().map(move |&id| &side[id])
    }

    /// The English sentences one by one.
    pub fn en_sentences(&self) -> impl ExactSizeIterator<Item = &'a Sentence> + use<'a> {
        let side: &'a [Sentence] = &self.bitext.target;
        self.unit.target.iter().map(move |&id| &side[id])
    }

    /// Where the Chinese sentences stand in the text they came from, in bytes.
    pub fn zh_spans(&self) -> Vec<Span> {
        self.zh_sentences().map(|sentence| sentence.span).collect()
    }

    /// Where the English sentences stand in the text they came from, in bytes.
    pub fn en_spans(&self) -> Vec<Span> {
        self.en_sentences().map(|sentence| sentence.span).collect()
    }

    /// Probability, 0 to 1, that both sides are exactly right.
    pub fn confidence(&self) -> f32 {
        self.unit.confidence
    }

    /// Natural logarithm of the odds of this unit against unrelated sentences; above 0 speaks for it.
    pub fn score(&self) -> f32 {
        self.unit.score
    }

    /// The type as people write it: `1-2` has one Chinese and two English sentences.
    pub fn kind(&self) -> String {
        format!("{}-{}", self.unit.source.len(), self.unit.target.len())
    }

    /// Why it faces nothing; `None` for a pair.
    pub fn reason(&self) -> Option<Reason> {
        self.unit.reason
    }

    /// The unit seen.
    pub fn unit(&self) -> &'a Unit {
        self.unit
    }
}

/// The texts and the unit; not the whole bitext.
impl fmt::Debug for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = (self.zh(), self.en());
        f.debug_struct("Pair").field("zh", &zh).field("en", &en).field("unit", self.unit).finish()
    }
}

fn join<'a>(
    mut sentences: impl Iterator<Item = &'a Sentence>,
    space: impl Fn(&str, &str) -> bool,
) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(sentences.next().map_or("", |first| first.text.as_str()));
    for sentence in sentences {
        let gap = space(&text, &sentence.text);
        let text = text.to_mut();
        if gap {
            text.push(' ');
        }
        text.push_str(&sentence.text);
    }
    text
}

/// Whether two Chinese sentences would run together: `用 Rust` and `Go 也行`, or `v1.` and `Go`.
fn needs_space(left: &str, right: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() && !is_han(c) && c < '\u{250}';
    let left = left.chars().next_back().is_some_and(|c| word(c) || matches!(c, '.' | '!' | '?'));
    left && right.chars().next().is_some_and(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(texts: &[&str]) -> Vec<Sentence> {
        texts.iter().map(|&t| Sentence { text: t.into(), span: Span::new(0, t.len()), block: 0 }).collect()
    }

    #[test]
    fn joins() {
        let bitext = Bitext {
            source: sentences(&["他用 Rust", "Go 也行。", "好！", "Yes.", "2 是偶数。"]),
            target: sentences(&["A.", "B."]),
            units: vec![Unit { source: vec![0, 1, 2, 3, 4], target: vec![0, 1], ..Unit::default() }],
            ..Bitext::default()
        };
        let pair = bitext.pairs().next().unwrap();
        assert_eq!(pair.zh(), "他用 Rust Go 也行。好！Yes. 2 是偶数。");
        assert_eq!(pair.en(), "A. B.");
        assert_eq!(pair.kind(), "5-2");
        let shown = format!("{pair:?}");
        assert!(shown.starts_with("Pair { zh: \"他用 Rust Go") && !shown.contains("notices"), "{shown}");
    }
}
