//! The reading of Chinese in Hanyu Pinyin with tone marks, as word lists for learners have it between a word and its
//! meaning: `菜单 càidān menu`. Linear.

use super::mixed::parts;
use crate::language::is_han;
use crate::span::Span;

/// The Chinese text of a line, its reading with the brackets around it, and what follows, if there is a reading between
/// them.
pub(crate) fn around_reading(line: &str) -> Option<[Span; 3]> {
    let first = line.rfind(is_han).map(|at| at + line[at..].chars().next().map_or(0, char::len_utf8))?;
    let start = line.len() - line[first..].trim_start_matches(parts).len();
    let words = line.len() - line[start..].trim_start_matches(BRACKETS).len();
    let characters = line[..first].chars().filter(|&c| is_han(c)).count();
    let rest = line[words + reading(&line[words..], characters)?..].trim_start_matches(BRACKETS);
    let (end, second) = (line.len() - rest.len(), rest.trim_start_matches(parts));
    let second = Span::new(line.len() - second.len(), line.len());
    (!second.is_empty()).then(|| [Span::new(0, first), Span::new(start, end), second])
}

const BRACKETS: [char; 8] = ['(', ')', '（', '）', '[', ']', '【', '】'];

/// The length of the words at the start of a text that read so many characters: a vowel or a run of them each, half of
/// which have a tone mark at least.
fn reading(text: &str, characters: usize) -> Option<usize> {
    let (mut syllables, mut tones, mut in_vowels) = (0, 0, false);
    for (at, c) in text.char_indices() {
        let tone = is_tone(c);
        let vowel = tone || matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'ü' | 'A' | 'E' | 'O');
        if !vowel && !c.is_ascii_alphabetic() {
            if syllables == characters && tones > 0 && tones * 2 >= syllables {
                return Some(at);
            }
            if !matches!(c, ' ' | '\'' | '’' | '-') {
                return None;
            }
        }
        syllables += usize::from(vowel && !in_vowels);
        tones += usize::from(tone);
        in_vowels = vowel;
        if syllables > characters {
            return None;
        }
    }
    None
}

/// Whether a letter is a vowel with the mark of a tone.
fn is_tone(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_between_a_word_and_its_meaning() {
        let parts = |line| around_reading(line).map(|parts: [Span; 3]| parts.map(|part| part.slice(line)));
        let cases = [
            ("菜单 càidān menu", ["菜单", "càidān", "menu"]),
            ("3. 图书馆（túshūguǎn）library", ["3. 图书馆", "（túshūguǎn）", "library"]),
            ("西安 Xī'ān: a city in Shaanxi", ["西安", "Xī'ān", "a city in Shaanxi"]),
            ("谢谢 [xièxie] thanks", ["谢谢", "[xièxie]", "thanks"]),
            ("公共汽车 gōnggòng qìchē a bus", ["公共汽车", "gōnggòng qìchē", "a bus"]),
        ];
        for (line, expected) in cases {
            assert_eq!(parts(line), Some(expected), "{line}");
        }
        for line in ["菜单 menu", "菜单 càidān", "价格表 café prices", "菜单 càidānmù menu", "menu", ""]
        {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
