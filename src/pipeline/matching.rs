//! Finds the sentences that corrections speak of in an article that was read anew. First by their bytes, or else
//! their number, where the text must be the same; then by their text, and of several places by the one nearest to where
//! they stood.
//!
//! Texts are compared without white space and control characters, which reading and writing may change. A sentence may
//! be several clauses of the article, so texts are looked up in the text of the whole side, in an order of
//! the places where clauses begin. Time: n log n, and a bounded number of comparisons for each sentence.

use crate::layout::Placed;
use crate::span::Span;
use std::collections::HashMap;
use std::ops::Range;

/// Characters by which places are put in order, in bytes.
const KEY: usize = 64;
/// A text that stands in more places is not looked for.
const MOST_PLACES: usize = 1000;

/// The text of a side, ready to be searched.
pub(super) struct Finder<'s> {
    side: &'s [Placed],
    text: String,
    /// Where each clause begins in `text`, and its length.
    starts: Vec<usize>,
    by_byte: HashMap<usize, usize>,
    /// The clauses in the order of what follows from their start on.
    ordered: Vec<usize>,
    /// By how much what was found last stood after its old place, in bytes.
    shift: isize,
}

/// A text without what does not count.
fn squeezed(text: &str) -> impl Iterator<Item = char> {
    let counts = |c: &char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFD}'..='\u{FFFF}')
    };
    text.chars().filter(counts)
}

impl<'s> Finder<'s> {
    /// Reads a side.
    pub fn new(side: &'s [Placed]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(side.len() + 1);
        for placed in side {
            starts.push(text.len());
            text.extend(squeezed(&placed.sentence.text));
        }
        starts.push(text.len());
        let by_byte = side.iter().enumerate().rev().map(|(k, p)| (p.sentence.span.start, k)).collect();
        let mut ordered: Vec<usize> = (0..side.len()).collect();
        ordered.sort_by_key(|&k| (key(&text, starts[k]), k));
        Finder { side, text, starts, by_byte, ordered, shift: 0 }
    }

    /// The clauses that a sentence consists of. Its number and `at` say where it stood, and `free` whether clauses may
    /// be taken.
    pub fn find(
        &mut self,
        sentence: &str,
        number: usize,
        at: Option<Span>,
        free: impl Fn(&Range<usize>) -> bool,
    ) -> Result<Range<usize>, &'static str> {
        let sought: String = squeezed(sentence).collect();
        let place = match at {
            Some(at) => self.by_byte.get(&at.start).copied(),
            None => Some(number).filter(|&k| k < self.side.len()),
        };
        let same = place.and_then(|k| self.holds(k, &sought));
        if let Some(found) = same.filter(&free) {
            self.shift = 0;
            return Ok(found);
        }
        if sought.is_empty() {
            return Err("is empty");
        }
        let start = sought.as_bytes();
        let start = &start[..start.len().min(KEY)];
        let first = self.ordered.partition_point(|&k| key(&self.text, self.starts[k]) < start);
        let places = self.ordered[first..].iter();
        let alike = places.take_while(|&&k| key(&self.text, self.starts[k]).starts_with(start));
        let mut alike: Vec<usize> = alike.take(MOST_PLACES + 1).copied().collect();
        if alike.len() > MOST_PLACES {
            return Err("stands in the text too often to tell which is meant");
        }
        let byte = |k: usize| self.side[k].sentence.span.start as isize;
        let away = |k: usize| match at {
            Some(at) => byte(k).abs_diff(at.start as isize + self.shift),
            None => k.abs_diff(number),
        };
        alike.sort_by_key(|&k| (away(k), k));
        let whole: Vec<_> = alike.into_iter().filter_map(|k| self.holds(k, &sought)).collect();
        match whole.iter().find(|found| free(found)) {
            Some(found) => {
                if let Some(at) = at {
                    self.shift = byte(found.start) - at.start as isize;
                }
                Ok(found.clone())
            }
            None if whole.is_empty() => Err("is not in the text"),
            None => Err("stands in another correction already"),
        }
    }

    /// The clauses from `k` on that are the text sought, if they are.
    fn holds(&self, k: usize, sought: &str) -> Option<Range<usize>> {
        let from = self.starts[k];
        let to = from + sought.len();
        // A place is that of the clause whose text begins there, not of an empty one before it.
        if self.starts[k + 1] == from && !sought.is_empty() {
            return None;
        }
        if self.text.as_bytes().get(from..to)? != sought.as_bytes() {
            return None;
        }
        let end = k + 1 + self.starts[k + 1..].partition_point(|&start| start < to);
        (self.starts[end] == to).then_some(k..end)
    }
}

/// The bytes by which a place is put in order.
fn key(text: &str, at: usize) -> &[u8] {
    &text.as_bytes()[at..text.len().min(at + KEY)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Sentence;

    fn side(texts: &[&str]) -> Vec<Placed> {
        let mut at = 0;
        let placed = |text: &&str| {
            let span = Span::new(at, at + text.len());
            at += text.len() + 1;
            Placed { sentence: Sentence { text: (*text).into(), span, block: 0 }, ..Placed::default() }
        };
        texts.iter().map(placed).collect()
    }

    #[test]
    fn sentences_are_found_by_place_and_by_text() {
        let side = side(&["好。", "天黑了；", "灯亮了。", "好。", "", "好。"]);
        let mut finder = Finder::new(&side);
        let any = |_: &Range<usize>| true;
        let at = |k: usize| Some(side[k].sentence.span);
        assert_eq!(finder.find("天 黑了；\n灯亮了。", 0, None, any), Ok(1..3));
        assert_eq!(finder.find("好。", 0, at(3), any), Ok(3..4));
        assert_eq!(finder.find("好。", 0, at(3), |found| found.start != 3), Ok(5..6));
        assert_eq!(finder.find("好。", 0, None, |found| found.start != 0), Ok(3..4));
        assert_eq!(
            [3, 4, 9].map(|number| finder.find("好。", number, None, any)),
            [Ok(3..4), Ok(3..4), Ok(5..6)]
        );
        assert_eq!(finder.find("", 0, at(4), any), Ok(4..5));
        assert!(finder.find("天黑了；灯", 0, None, any).unwrap_err().contains("not in the text"));
        assert!(
            finder.find("黑了；", 0, None, any).is_err() && finder.find("再见。", 0, at(0), any).is_err()
        );
        assert!(finder.find("天黑了；", 0, None, |_| false).unwrap_err().contains("another correction"));
    }

    #[test]
    fn a_shifted_text_is_found_by_the_nearest() {
        let old = side(&["一。", "好。", "二。", "好。"]);
        let new = side(&["新来的一句话。", "一。", "好。", "二。", "好。"]);
        let mut finder = Finder::new(&new);
        let found: Vec<_> = old
            .iter()
            .map(|placed| {
                finder.find(&placed.sentence.text, 0, Some(placed.sentence.span), |_| true).unwrap().start
            })
            .collect();
        assert_eq!(found, [1, 2, 3, 4]);
    }

    #[test]
    fn what_stands_everywhere_is_not_guessed() {
        let side = side(&["好。"; 1100]);
        let mut finder = Finder::new(&side);
        assert!(finder.find("好。", 5000, None, |_| true).unwrap_err().contains("too often"));
        assert_eq!(finder.find("好。", 0, Some(side[700].sentence.span), |_| true), Ok(700..701));
    }
}
