//! Cuts rolls: lists of names or titles that nothing separates, as a page without its line breaks leaves them. Their
//! items are known by a phrase that each of them begins with (`THE HONOURABLE …`) or ends with (`…议员`).
//!
//! Running text repeats phrases too. So only text that no mark ends is looked at; in English hardly a word of it may
//! be in lower case, in Chinese nothing but the phrase and a few characters make an item, and no particle is among
//! them. Linear in the text, but for the bigrams of a text of [`MOST`] bytes at most.

use crate::language::is_han;
use crate::span::Span;
use std::ops::Range;

/// A phrase that comes less often makes no roll, unless nothing but two names with it is there.
const LEAST: usize = 3;
/// Characters of a name in a roll of two.
const NAME: Range<usize> = 2..5;
/// A longer text is no roll.
const MOST: usize = 1 << 12;
/// The longest item besides its phrase: in Chinese in characters, in English in bytes.
const LONGEST: (usize, usize) = (8, 100);
/// Words in lower case, of so many.
const LOWER: usize = 10;
/// Characters that stand in sentences and in hardly a name.
const PARTICLES: &str = "的了是在和与及或不有也就都而被把这那";

/// The items of the sentence at `span` in `text`, in order; the whole sentence where it is no roll.
pub fn items(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let sentence = span.slice(text);
    let mut start = 0;
    cuts(sentence).into_iter().chain([sentence.len()]).map(move |cut| {
        let first = std::mem::replace(&mut start, cut);
        let item = sentence[first..cut].trim_end();
        Span::new(span.start + first, span.start + first + item.len())
    })
}

/// Where the items of a roll begin, but for the first, in order; nothing where a text is none.
fn cuts(text: &str) -> Vec<usize> {
    if text.len() > MOST || !is_open(text) {
        return Vec::new();
    }
    let found = if text.contains(is_han) { chinese(text) } else { english(text) };
    found.unwrap_or_default()
}

/// Whether no mark ends a text: a point may belong to an abbreviation in capitals.
fn is_open(text: &str) -> bool {
    let mut back = text.chars().rev();
    match back.next() {
        Some('.') => back.next().is_some_and(|c| c.is_ascii_uppercase()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

fn english(text: &str) -> Option<Vec<usize>> {
    let words = || text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let (all, lower) = words().fold((0, 0), |(all, lower), word| {
        (all + 1, lower + usize::from(word.starts_with(char::is_lowercase)))
    });
    if all < 2 * LEAST || lower * LOWER > all {
        return None;
    }
    let long = words().filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let word = commonest(long)?;
    let at: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
    // The phrase reaches back as far as the same stands before all of them, to where a word begins.
    let bytes = text.as_bytes();
    let same = |back: &usize| {
        let byte = |at: &usize| at.checked_sub(*back).map(|at| bytes[at]);
        byte(&at[0]).is_some_and(|first| first.is_ascii() && at.iter().all(|at| byte(at) == Some(first)))
    };
    let begins = |back: &usize| at.iter().any(|at| at == back || bytes[at - back - 1].is_ascii_whitespace());
    let back = (1..).take_while(same).filter(begins).last().unwrap_or(0);
    let mut starts: Vec<usize> = at.iter().map(|at| before_title(text, at - back)).collect();
    starts.dedup();
    let near = |pair: &[usize]| pair[1] - pair[0] <= LONGEST.1;
    // Two of them begin with several words in capitals.
    if at.len() < LEAST
        && (back == 0 || starts[0] > 0 || words().any(|word| word.contains(char::is_lowercase)))
    {
        return None;
    }
    let regular =
        starts[0] <= LONGEST.1 && starts.windows(2).all(near) && text.len() - at[at.len() - 1] <= LONGEST.1;
    regular.then(|| starts.into_iter().filter(|&start| start > 0).collect())
}

/// Where an item begins whose phrase begins at `start`: a title before it is part of it.
fn before_title(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end();
    let title = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let at = before.len() - title.len();
    let title = title.trim_end_matches('.');
    let titles = ["DR", "MR", "MRS", "MS", "MISS", "PROF", "SIR", "REV"];
    if titles.iter().any(|known| title.eq_ignore_ascii_case(known)) { at } else { start }
}

fn chinese(text: &str) -> Option<Vec<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let pairs = chars.windows(2).filter(|pair| is_han(pair[0].1) && is_han(pair[1].1));
    let pair = commonest(pairs.map(|pair| &text[pair[0].0..pair[1].0 + pair[1].1.len_utf8()]))?;
    let mut at: Vec<Range<usize>> = text.match_indices(pair).map(|(at, _)| at..at + pair.len()).collect();
    // As far as the same characters stand on both sides of all of them.
    let after = |range: &Range<usize>| text[range.end..].chars().next().filter(|&c| is_han(c));
    let before = |range: &Range<usize>| text[..range.start].chars().next_back().filter(|&c| is_han(c));
    while let Some(c) = after(&at[0]).filter(|&c| at.iter().all(|range| after(range) == Some(c))) {
        at.iter_mut().for_each(|range| range.end += c.len_utf8());
    }
    while let Some(c) = before(&at[0]).filter(|&c| at.iter().all(|range| before(range) == Some(c))) {
        at.iter_mut().for_each(|range| range.start -= c.len_utf8());
    }
    if at.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return None;
    }
    let heads = at[0].start == 0;
    let inner = at.windows(2).map(|pair| &text[pair[0].end..pair[1].start]);
    let outer = if heads { &text[at[at.len() - 1].end..] } else { &text[..at[0].start] };
    if !inner.chain([outer]).all(is_name) {
        return None;
    }
    // Honours in letters behind a name belong to its item: `王小明教授， J.P.李文远教授`.
    let honours = |end: usize| {
        let gap = text[end..].find(is_han).unwrap_or(text.len() - end);
        (gap == 0 || text[end..end + gap].contains(|c: char| c.is_ascii_uppercase())).then_some(end + gap)
    };
    if at.len() < LEAST {
        let name = |name: &str| name.chars().all(is_han) && NAME.contains(&name.chars().count());
        let [one, two] = &*at else { return None };
        let second = honours(one.end).is_some_and(|start| name(&text[start..two.start]));
        if heads || !name(&text[..one.start]) || !second || text[two.end..].contains(is_han) {
            return None;
        }
    }
    let cuts = at.iter().filter_map(|range| if heads { Some(range.start) } else { honours(range.end) });
    Some(cuts.filter(|&cut| cut > 0 && cut < text.len()).collect())
}

/// Whether what stands between two phrases may make an item with one of them.
fn is_name(text: &str) -> bool {
    let han = text.chars().filter(|&c| is_han(c)).count();
    (1..=LONGEST.0).contains(&han)
        && !text.contains(|c| PARTICLES.contains(c) || matches!(c, '。' | '！' | '？' | '；'))
}

/// The part that comes most often, the first of several; nothing if none comes twice.
fn commonest<'a>(parts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut sorted: Vec<(&str, usize)> = parts.zip(0..).collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
    runs.max_by_key(|run| (run.len(), std::cmp::Reverse(run[0].1))).map(|run| run[0].0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        items(text, Span::new(0, text.len())).map(|span| span.slice(text)).collect()
    }

    #[test]
    fn rolls() {
        let cases: [&[&str]; 9] = [
            &["THE CAPTAIN ANN REED", "DR THE CAPTAIN TOM HALL, K.B.E."],
            &["王小明教授", "李文远教授"],
            &["王小明教授， J.P.", "李文远教授， O.B.E."],
            &["北京大学", "清华大学"],
            &["CAPTAIN ANN REED", "DR CAPTAIN TOM HALL, K.B.E.", "CAPTAIN LI WEI"],
            &["王小明教授", "李文远教授", "赵教授"],
            &["王小明教授， J.P.", "李文远教授", "欧阳文教授", "张三教授"],
            &["附录一茶山", "附录二老桥", "附录三雨"],
            &["Chapter One Tea", "Chapter Two The Old Bridge", "Chapter Three Rain"],
        ];
        for case in cases {
            let separator = if case[0].contains(is_han) { "" } else { " " };
            let found = parts(&case.join(separator)).join("|");
            assert_eq!(found, case.join("|"));
        }
        assert_eq!(parts("OUR CAPTAIN ANN REEDOUR CAPTAIN TOM HALLOUR CAPTAIN LI WEI").len(), 3);
    }

    #[test]
    fn no_rolls() {
        for text in [
            "",
            "茶",
            "CAPTAIN ANN REED CAPTAIN TOM HALL",
            "喝茶的人说茶好喝茶的人多喝茶的人都来",
            "王教授来了李教授走了张教授没来。",
            "王教授，李教授，张教授",
            "经济全球化与文化全球化",
            "天天向上天天进步",
            "人民公仆为人民",
            "NEW YORK IS NEW YORK",
            "The White House The White Whale",
            "the captain saw the captain and the other captain",
            "MISS MISS MISS",
            "Captain Reed told captain Hall that captain Wei had left the bridge before captain Li came",
        ] {
            assert_eq!(parts(text).len(), 1, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
            let text = pieces.concat();
            let sentence = text.trim();
            let found = parts(sentence);
            prop_assert!(sentence.is_empty() || found.iter().all(|part| !part.is_empty() && part.trim() == *part));
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&found.concat()), bare(sentence));
        }
    }

    const PIECES: [&str; 16] = [
        "\u{3000}", "\u{2003}", "MISS", "CAPTAIN", "DR. ", "LI", "THE ", " ", " ", "é", "王", "教授", "哈",
        "，", " J.P.", "一",
    ];
}
