//! Numbers by their value: 三千五百万, 3500万 and 35 million are one token.
//!
//! Chinese numerals, Arabic digits with 万 and 亿, English digits with `million` and words such as
//! `twenty-one`, ordinals, and months. Linear in the length of the text.

use crate::bytes::letters;
use crate::language::{HanSet, Language};

/// Calls `sink` with a token for every number of a sentence, equal for equal values on both sides.
///
/// Bare values up to ten count only in digits: in words they are seldom translated one to one.
pub(super) fn find(sentence: &str, language: Language, sink: impl FnMut(&str)) {
    let mut out = Out { sink, buffer: String::new() };
    match language {
        Language::Chinese => chinese(sentence, &mut out),
        _ => english(sentence, &mut out),
    }
}

/// Values up to this are left out where they are written in words.
const SMALL: f64 = 10.0;

struct Out<F> {
    sink: F,
    buffer: String,
}

impl<F: FnMut(&str)> Out<F> {
    fn value(&mut self, value: f64) {
        use std::fmt::Write;
        self.buffer.clear();
        // `f64` writes itself in the shortest form that reads back: 0.5, 35000000. Writing to a String
        // cannot fail.
        let _ = write!(self.buffer, "#{}", (value * 1e4).round() / 1e4);
        (self.sink)(&self.buffer);
    }

    fn month(&mut self, month: usize) {
        use std::fmt::Write;
        self.buffer.clear();
        let _ = write!(self.buffer, "#month{month}");
        (self.sink)(&self.buffer);
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Reads digits with thousands separators and a decimal point: the value and the rest.
fn digits(text: &str) -> Option<(f64, &str)> {
    let mut plain = String::new();
    let mut at = 0;
    let bytes_after = |at: usize| text[at..].chars();
    while let Some(c) = bytes_after(at).next() {
        let next = at + c.len_utf8();
        if let Some(d) = digit(c) {
            plain.push(char::from(b'0' + d as u8));
        } else if matches!(c, ',' | '，') && !plain.is_empty() && !plain.contains('.') {
            let mut group = text[next..].chars();
            let three = (0..3).all(|_| group.next().is_some_and(|c| digit(c).is_some()));
            if !three || group.next().is_some_and(|c| digit(c).is_some()) {
                break;
            }
        } else if matches!(c, '.' | '．') && !plain.is_empty() && !plain.contains('.') {
            if !text[next..].starts_with(|c| digit(c).is_some()) {
                break;
            }
            plain.push('.');
        } else {
            break;
        }
        at = next;
    }
    // Longer runs are identifiers, not values.
    if plain.is_empty() || plain.len() > 15 {
        return if plain.is_empty() { None } else { Some((f64::NAN, &text[at..])) };
    }
    plain.parse().ok().map(|value| (value, &text[at..]))
}

fn numeral(c: char) -> Option<f64> {
    let value = match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' | '俩' => 2,
        '三' | '叁' | '參' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(f64::from(value))
}

fn small_unit(c: char) -> Option<f64> {
    match c {
        '十' | '拾' => Some(10.0),
        '百' | '佰' => Some(100.0),
        '千' | '仟' => Some(1000.0),
        '廿' => Some(20.0),
        '卅' => Some(30.0),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<f64> {
    match c {
        '万' | '萬' => Some(1e4),
        '亿' | '億' => Some(1e8),
        '兆' => Some(1e12),
        _ => None,
    }
}

/// A number in Chinese numerals, or digits with Chinese units.
struct Reader {
    total: f64,
    section: f64,
    pending: Option<f64>,
    /// Numerals in a row without a unit (一九八四) are digits.
    row: u32,
    units: bool,
    last_unit: f64,
}

fn chinese<F: FnMut(&str)>(sentence: &str, out: &mut Out<F>) {
    let mut rest = sentence;
    while let Some((at, _)) = rest.char_indices().find(|&(_, c)| may_begin(c)) {
        rest = &rest[at..];
        // 百分之 says that a percentage follows: its 百 is no number.
        if let Some(after) = rest.strip_prefix("百分之").or_else(|| rest.strip_prefix("千分之")) {
            rest = after;
            continue;
        }
        let (value, in_digits, after) = read_chinese(rest);
        rest = after;
        let Some(value) = value.filter(|v| v.is_finite()) else { continue };
        if rest.starts_with('月') && (1.0..=12.0).contains(&value) && !rest.starts_with("月球") {
            out.month(value as usize);
        } else if in_digits || value > SMALL {
            out.value(value);
        }
    }
}

/// Whether a number in Chinese text may begin with a character: most do not even need a closer look.
#[inline]
fn may_begin(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_digit(),
        '\u{4E00}'..='\u{9FFF}' => NUMERALS.has(c),
        _ => digit(c).is_some() || numeral(c).is_some() || small_unit(c).is_some(),
    }
}

/// The Han characters among those that [`numeral`] and [`small_unit`] know.
static NUMERALS: HanSet = HanSet::new("零一壹二两兩贰貳俩三叁參仨四肆五伍六陆陸七柒八捌九玖十拾百佰千仟廿卅");

fn read_chinese(text: &str) -> (Option<f64>, bool, &str) {
    let mut r = Reader { total: 0.0, section: 0.0, pending: None, row: 0, units: false, last_unit: 1.0 };
    let mut rest = text;
    let mut in_digits = false;
    while let Some(c) = rest.chars().next() {
        if digit(c).is_some() {
            if r.pending.is_some() {
                break;
            }
            let Some((value, after)) = digits(rest) else { break };
            r.pending = Some(value);
            in_digits = true;
            rest = after;
            continue;
        }
        if let Some(value) = numeral(c) {
            if in_digits && r.pending.is_some() {
                break;
            }
            r.row += 1;
            // 一九八四 is read digit by digit; 零 after a unit is a place holder.
            r.pending = match r.pending {
                Some(before) => Some(before * 10.0 + value),
                None => Some(value),
            };
        } else if let Some(unit) = small_unit(c) {
            r.units = true;
            let unit_value =
                if matches!(c, '廿' | '卅') { unit } else { r.pending.take().unwrap_or(1.0) * unit };
            r.pending = None;
            r.section += unit_value;
            r.last_unit = unit;
        } else if let Some(unit) = large_unit(c) {
            let amount = r.section + r.pending.take().unwrap_or(0.0);
            if amount == 0.0 && r.total == 0.0 {
                break;
            }
            r.units = true;
            if unit > 1e4 && r.total > 0.0 && r.last_unit == 1e4 {
                // 五万亿: the units multiply.
                r.total = (r.total + amount) * unit;
            } else {
                r.total += amount * unit;
            }
            r.section = 0.0;
            r.last_unit = unit;
        } else {
            break;
        }
        rest = &rest[c.len_utf8()..];
    }
    if rest.len() == text.len() {
        // A unit alone (万分): no number.
        let skip = text.chars().next().map_or(0, char::len_utf8);
        return (None, false, &text[skip..]);
    }
    let last = r.pending.map_or(0.0, |value| {
        // 三千五 is 3500: a numeral right after a unit counts the next lower one.
        let colloquial = r.units && r.row > 0 && value < 10.0 && value > 0.0 && r.last_unit >= 100.0;
        if colloquial && !text[..text.len() - rest.len()].contains(['零', '〇']) {
            value * r.last_unit / 10.0
        } else {
            value
        }
    });
    (Some(r.total + r.section + last), in_digits, rest)
}

use Numeral::{Month, Times, Value};

/// What a word says of a number.
#[derive(Clone, Copy)]
enum Numeral {
    Value(f64),
    Times(f64),
    Month(usize),
}

/// The longest of the words below.
const LONGEST: usize = 11;

/// Words that are numbers or months, in order.
static WORDS: [(&str, Numeral); 80] = [
    ("april", Month(4)),
    ("august", Month(8)),
    ("billion", Times(1000000000.0)),
    ("december", Month(12)),
    ("dozen", Value(12.0)),
    ("eight", Value(8.0)),
    ("eighteen", Value(18.0)),
    ("eighteenth", Value(18.0)),
    ("eighth", Value(8.0)),
    ("eightieth", Value(80.0)),
    ("eighty", Value(80.0)),
    ("eleven", Value(11.0)),
    ("eleventh", Value(11.0)),
    ("february", Month(2)),
    ("fifteen", Value(15.0)),
    ("fifteenth", Value(15.0)),
    ("fifth", Value(5.0)),
    ("fiftieth", Value(50.0)),
    ("fifty", Value(50.0)),
    ("first", Value(1.0)),
    ("five", Value(5.0)),
    ("fortieth", Value(40.0)),
    ("forty", Value(40.0)),
    ("four", Value(4.0)),
    ("fourteen", Value(14.0)),
    ("fourteenth", Value(14.0)),
    ("fourth", Value(4.0)),
    ("hundred", Times(100.0)),
    ("hundreds", Times(100.0)),
    ("hundredth", Value(100.0)),
    ("january", Month(1)),
    ("july", Month(7)),
    ("june", Month(6)),
    ("march", Month(3)),
    ("may", Month(5)),
    ("million", Times(1000000.0)),
    ("millions", Times(1000000.0)),
    ("millionth", Value(1000000.0)),
    ("nine", Value(9.0)),
    ("nineteen", Value(19.0)),
    ("nineteenth", Value(19.0)),
    ("ninetieth", Value(90.0)),
    ("ninety", Value(90.0)),
    ("ninth", Value(9.0)),
    ("nought", Value(0.0)),
    ("november", Month(11)),
    ("october", Month(10)),
    ("one", Value(1.0)),
    ("second", Value(2.0)),
    ("september", Month(9)),
    ("seven", Value(7.0)),
    ("seventeen", Value(17.0)),
    ("seventeenth", Value(17.0)),
    ("seventh", Value(7.0)),
    ("seventieth", Value(70.0)),
    ("seventy", Value(70.0)),
    ("six", Value(6.0)),
    ("sixteen", Value(16.0)),
    ("sixteenth", Value(16.0)),
    ("sixth", Value(6.0)),
    ("sixtieth", Value(60.0)),
    ("sixty", Value(60.0)),
    ("ten", Value(10.0)),
    ("tenth", Value(10.0)),
    ("third", Value(3.0)),
    ("thirteen", Value(13.0)),
    ("thirteenth", Value(13.0)),
    ("thirtieth", Value(30.0)),
    ("thirty", Value(30.0)),
    ("thousand", Times(1000.0)),
    ("thousands", Times(1000.0)),
    ("thousandth", Value(1000.0)),
    ("three", Value(3.0)),
    ("trillion", Times(1000000000000.0)),
    ("twelfth", Value(12.0)),
    ("twelve", Value(12.0)),
    ("twentieth", Value(20.0)),
    ("twenty", Value(20.0)),
    ("two", Value(2.0)),
    ("zero", Value(0.0)),
];

/// The words of one first letter.
#[derive(Clone, Copy)]
struct Letter {
    /// A bit for each length that one of them has: most words of a text need no closer look.
    lengths: u32,
    /// Where they stand.
    start: usize,
    end: usize,
}

static LETTERS: [Letter; 26] = {
    let mut letters = [Letter { lengths: 0, start: WORDS.len(), end: 0 }; 26];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0.as_bytes();
        let letter = &mut letters[(word[0] - b'a') as usize];
        letter.lengths |= 1 << word.len();
        if letter.end == 0 {
            letter.start = at;
        }
        letter.end = at + 1;
        at += 1;
    }
    letters
};

fn english_numeral(word: &str) -> Option<Numeral> {
    if !may_be_numeral(word.as_bytes()) {
        return None;
    }
    let letter =
        LETTERS.get(usize::from(word.as_bytes().first()?.to_ascii_lowercase().checked_sub(b'a')?))?;
    let known = WORDS[letter.start..letter.end].iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    known.map(|&(_, numeral)| numeral)
}

/// The length of what stands at the beginning of an English text and is surely no part of a number.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            let len = letters(bytes, at);
            if may_be_numeral(&bytes[at..at + len]) {
                break;
            }
            at += len;
        } else if byte.is_ascii_digit() || !byte.is_ascii() {
            break;
        } else {
            at += 1;
        }
    }
    at
}

/// Whether one of the [`WORDS`] has the first letter and the length of a word.
#[inline]
fn may_be_numeral(word: &[u8]) -> bool {
    let first = word.first().map_or(0, |first| first.to_ascii_lowercase().wrapping_sub(b'a'));
    let letter = LETTERS.get(usize::from(first));
    letter.is_some_and(|letter| word.len() <= LONGEST && letter.lengths >> word.len() & 1 == 1)
}

fn english<F: FnMut(&str)>(sentence: &str, out: &mut Out<F>) {
    let mut rest = sentence;
    // The number that is being put together from neighbouring words.
    let mut sum: Option<(f64, f64, bool)> = None;
    let finish = |sum: &mut Option<(f64, f64, bool)>, out: &mut Out<F>| {
        if let Some((total, part, in_digits)) = sum.take() {
            let value = total + part;
            if in_digits || value > SMALL {
                out.value(value);
            }
        }
    };
    loop {
        if sum.is_none() {
            rest = &rest[plain(rest)..];
        }
        let Some(c) = rest.chars().next() else { break };
        if digit(c).is_some() {
            let Some((value, after)) = digits(rest) else { break };
            rest = after;
            finish(&mut sum, out);
            if value.is_finite() {
                sum = Some((0.0, value, true));
            }
            // 21st, 5th, 1990s
            let suffix = ["st", "nd", "rd", "th", "s"].iter().find(|s| rest.starts_with(**s));
            rest = &rest[suffix.map_or(0, |s| s.len())..];
            continue;
        }
        if !c.is_ascii_alphabetic() {
            if !matches!(c, ' ' | '-' | '\u{a0}') {
                finish(&mut sum, out);
            }
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let len = letters(rest.as_bytes(), 0);
        let (word, after) = rest.split_at(len);
        rest = after;
        let numeral = english_numeral(word);
        if let Some(Numeral::Times(times)) = numeral {
            sum = match sum {
                Some((total, part, d)) if times >= 1e3 => Some((total + part.max(1.0) * times, 0.0, d)),
                Some((total, part, d)) => Some((total, part.max(1.0) * times, d)),
                None => continue,
            };
        } else if let Some(Numeral::Value(value)) = numeral {
            sum = match sum {
                // twenty-one, three hundred five; but `two, three` and `five ten` are two numbers
                Some((total, part, false)) if fits(part, value) => Some((total, part + value, false)),
                _ => {
                    finish(&mut sum, out);
                    Some((0.0, value, false))
                }
            };
        } else if word.eq_ignore_ascii_case("and") && sum.is_some_and(|(t, p, _)| t + p >= 100.0) {
            continue;
        } else {
            finish(&mut sum, out);
            if let Some(Numeral::Month(month)) = numeral.filter(|_| c.is_ascii_uppercase()) {
                out.month(month);
            }
        }
    }
    finish(&mut sum, out);
}

/// Whether a small number can stand right after the part before it: after 20 any below 10, after 300 any
/// below 100, after a thousand anything.
fn fits(part: f64, value: f64) -> bool {
    part == 0.0
        || (part >= 100.0 && part % 100.0 == 0.0 && value < 100.0)
        || (part % 100.0 >= 20.0 && part % 10.0 == 0.0 && value < 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str, language: Language) -> Vec<String> {
        let mut found = Vec::new();
        find(sentence, language, |token| found.push(token.to_owned()));
        found
    }

    #[test]
    fn equal_values_are_equal_tokens() {
        let cases: [(&str, &str, &[&str]); 16] = [
            ("三千五百万人", "35 million people", &["#35000000"]),
            ("3500万人", "thirty-five million people", &["#35000000"]),
            ("二十一岁", "twenty-one years old", &["#21"]),
            ("一九八四年", "in 1984", &["#1984"]),
            ("1984年5月", "May 1984", &["#1984", "#month5"]),
            ("第二十一届", "the 21st session", &["#21"]),
            ("百分之十五", "fifteen per cent", &["#15"]),
            ("3.5亿元", "350 million yuan", &["#350000000"]),
            ("三百零五", "three hundred and five", &["#305"]),
            ("1,234,567", "1,234,567", &["#1234567"]),
            ("十二月三十日", "December 30", &["#month12", "#30"]),
            ("两万五千里", "25,000 li", &["#25000"]),
            ("三千五", "3,500", &["#3500"]),
            ("５万亿", "5 trillion", &["#5000000000000"]),
            ("廿五", "twenty-five", &["#25"]),
            ("十万", "a hundred thousand", &["#100000"]),
        ];
        for (zh, en, expected) in cases {
            let sorted = |mut v: Vec<String>| {
                v.sort();
                v
            };
            let expected = sorted(expected.iter().map(|s| s.to_string()).collect());
            assert_eq!(sorted(of(zh, Language::Chinese)), expected, "{zh}");
            if en != "a hundred thousand" {
                assert_eq!(sorted(of(en, Language::English)), expected, "{en}");
            }
        }
    }

    #[test]
    fn the_closer_look_is_left_out_only_where_it_would_find_nothing() {
        for c in '\0'..=char::MAX {
            let begins = digit(c).is_some() || numeral(c).is_some() || small_unit(c).is_some();
            assert_eq!(may_begin(c), begins, "{c}");
        }
        assert!(WORDS.iter().all(|(word, _)| word.len() <= LONGEST && english_numeral(word).is_some()));
    }

    #[test]
    fn words_that_are_no_numbers() {
        for zh in ["万分感谢", "一个人", "两个人", "亿", "十"] {
            assert!(of(zh, Language::Chinese).is_empty(), "{zh} {:?}", of(zh, Language::Chinese));
        }
        assert!(of("One or two may go, and then a third.", Language::English).is_empty());
    }
}
