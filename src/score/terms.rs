//! Terms that a lexicon does not have: runs of words that hold together.
//!
//! Wherever it is cut, a run occurs nearly as often as the rarer of its two parts does at all. (The cohesion of J.
//! Silva and G. Lopes, "A Local Maxima method and a Fair Dispersion Normalization for extracting multi-word units
//! from corpora", 1999, with the rarer part in place of the mean of both.) A word without content, as 的, neither
//! opens nor closes a term. Runs of more words are counted only where those of fewer occur often enough (R. Agrawal
//! and R. Srikant, "Fast Algorithms for Mining Association Rules", 1994), so memory is linear in the corpus.

use super::teach::TeachOptions;
use crate::lexicon::{Lexicon, MAX_CHARS, TokenKind, Tokenizer};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Words of the longest term.
const MOST_WORDS: usize = 4;

/// A run of words.
struct Run {
    count: u32,
    /// Where its words part, in bytes.
    cuts: Vec<usize>,
    /// Whether it begins and ends with a word that means something.
    whole: bool,
}

/// The terms of Chinese texts, with how often each occurs.
pub(super) fn terms<'a>(
    lexicon: &Lexicon,
    texts: impl Iterator<Item = &'a str>,
    options: &TeachOptions,
) -> BTreeMap<String, u32> {
    let mut tokenizer = Tokenizer::new(lexicon.clone());
    let texts: Vec<(&str, Vec<Word>)> = texts.map(|text| (text, words_of(&mut tokenizer, text))).collect();
    let mut known: HashMap<String, Run> = HashMap::new();
    for words in 1..=MOST_WORDS {
        let mut longer: HashMap<String, Run> = HashMap::new();
        for (text, all) in &texts {
            for run in all.windows(words) {
                let Some(ends) = joined(run) else { continue };
                let form = &text[ends[0]..ends[words]];
                let often = |part: &str| known.contains_key(part);
                let parts = words == 1
                    || often(&text[ends[1]..ends[words]]) && often(&text[ends[0]..ends[words - 1]]);
                if parts && form.chars().count() <= MAX_CHARS {
                    let new = || Run {
                        count: 0,
                        cuts: ends[1..words].iter().map(|end| end - ends[0]).collect(),
                        whole: [run.first(), run.last()].into_iter().flatten().all(|word| word.means),
                    };
                    longer.entry_ref(form).or_insert_with(new).count += 1;
                }
            }
        }
        longer.retain(|_, run| run.count >= options.least);
        known.extend(longer);
    }
    let count = |part: &str| known.get(part).map_or(0, |run| run.count);
    let holds = |form: &str, run: &Run| {
        let rarer = |&cut: &usize| count(&form[..cut]).min(count(&form[cut..]));
        run.whole && run.cuts.iter().all(|cut| run.count as f32 >= options.cohesion * rarer(cut) as f32)
    };
    let terms = known.iter().filter(|(form, run)| !run.cuts.is_empty() && holds(form, run));
    terms.map(|(form, run)| (form.clone(), run.count)).collect()
}

/// A Chinese word of a text.
struct Word {
    start: usize,
    end: usize,
    /// Whether the lexicon knows a meaning of it, or does not know it.
    means: bool,
}

fn words_of(tokenizer: &mut Tokenizer, text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    tokenizer.chinese(text, |token| {
        if token.kind == TokenKind::Chinese {
            found.push((token.span, token.word));
        }
    });
    let lexicon = tokenizer.lexicon();
    let word = |(span, word): (crate::span::Span, Option<_>)| Word {
        start: span.start,
        end: span.end,
        means: word.is_none_or(|word| lexicon.translations(word).next().is_some()),
    };
    found.into_iter().map(word).collect()
}

/// Where a run starts and where each of its words ends, if nothing stands between them.
fn joined(run: &[Word]) -> Option<Vec<usize>> {
    let close = run.windows(2).all(|pair| pair[0].end == pair[1].start);
    close.then(|| {
        run.first().map(|word| word.start).into_iter().chain(run.iter().map(|word| word.end)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str]) -> Vec<(String, u32)> {
        terms(&Lexicon::empty(), texts.iter().copied(), &TeachOptions::default()).into_iter().collect()
    }

    #[test]
    fn what_stands_together_is_a_term() {
        let texts = ["甲乙来了", "我见甲乙", "甲乙去", "他来我去", "我去他来了"];
        assert_eq!(found(&texts), [("甲乙".to_owned(), 3)]);
    }

    #[test]
    fn what_stands_apart_as_well_is_none() {
        assert!(found(&["甲乙", "甲乙", "甲乙", "甲丙", "甲丁", "甲", "乙", "乙己", "乙庚"]).is_empty());
        assert!(found(&["甲，乙", "甲，乙", "甲，乙"]).is_empty(), "a mark parts words");
        assert!(found(&["甲乙", "甲乙"]).is_empty(), "twice is too seldom");
    }

    #[test]
    fn the_longest_term_has_four_words() {
        let terms = found(&["甲乙丙丁戊"; 3]);
        assert!(
            terms.iter().any(|(form, _)| form == "甲乙丙丁")
                && terms.iter().all(|(form, _)| form != "甲乙丙丁戊")
        );
    }
}
