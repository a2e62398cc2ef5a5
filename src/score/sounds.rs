//! Transliterated names by their sound: 泽连斯基 and Zelensky share their consonants, though not their
//! letters. Characters that spell foreign names, outside every word of the lexicon, are read aloud and
//! compared with the capitalised words of the other side.
//!
//! Consonants are compared by edit distance, letters by Jaro–Winkler similarity (both from `strsim`).
//! Time: distinct runs of such characters × names with the same first sound, both bounded.

use crate::language::HanSet;
use crate::lexicon::Lexicon;
use hashbrown::HashMap;

/// Characters that the tables of transliteration use most.
static SPELLING: HanSet = HanSet::new(
    "阿埃艾安奥巴拜贝本比宾波伯博勃布查楚茨达戴丹当德登邓迪蒂丁顿多杜厄恩尔法凡菲费芬弗福富盖\
冈戈格根古哈海汉翰豪赫亨胡华怀霍基吉加贾杰金卡凯坎康考科克肯库昆夸拉莱兰朗劳勒雷蕾里理利莉列林琳伦罗洛马玛迈曼\
芒梅门蒙米密摩莫默姆穆纳娜奈南内尼妮宁纽诺欧帕佩皮平珀普奇齐乔切琴瑞若萨塞森沙莎尚舍申圣施史什舒斯思丝索塔泰坦汤\
特滕提廷汀图托瓦万旺威维韦温文沃乌伍西希锡夏肖谢辛休雅亚延扬耶叶伊易因英尤约扎泽詹珍芝朱兹佐",
);

/// Shorter names have too few consonants to tell.
const LEAST_LETTERS: usize = 4;
const LEAST_CONSONANTS: usize = 3;
/// Similarity, 0 to 1, from which a name is taken for the same.
const ALIKE: f64 = 0.78;
/// Share of the consonants in the similarity; the rest is the letters'.
const CONSONANTS: f64 = 0.7;
/// Probability that a run of characters translates a name that sounds exactly the same.
const CERTAIN: f64 = 0.5;
/// Runs and names beyond so many in one document are not compared.
const MOST_RUNS: usize = 4096;
const MOST_NAMES: usize = 2048;

/// Names of one side and the runs of characters that were compared with them.
#[derive(Default)]
pub(super) struct Sounds {
    names: HashMap<u8, Vec<Name>>,
    count: usize,
    seen: Vec<bool>,
    compared: HashMap<String, Option<(u32, f32)>>,
}

struct Name {
    text: String,
    consonants: String,
    id: u32,
}

impl Sounds {
    /// Adds a capitalised word of the other side.
    pub fn add(&mut self, word: &str, id: u32) {
        let at = id as usize;
        if word.len() < LEAST_LETTERS || self.count >= MOST_NAMES || self.seen.get(at) == Some(&true) {
            return;
        }
        self.seen.resize(self.seen.len().max(at + 1), false);
        self.seen[at] = true;
        let consonants = english_consonants(word);
        if consonants.len() >= LEAST_CONSONANTS {
            self.count += 1;
            let name = Name { text: word.to_owned(), id, consonants };
            self.names.entry(name.consonants.as_bytes()[0]).or_default().push(name);
        }
    }

    /// Whether a character can spell a part of a foreign name.
    pub fn spells(c: char) -> bool {
        SPELLING.has(c)
    }

    /// The name that sounds most like a run of characters, with the probability that it is meant.
    pub fn find(&mut self, lexicon: &Lexicon, run: &str) -> Option<(u32, f32)> {
        if self.count == 0 {
            return None;
        }
        if let Some(known) = self.compared.get(run) {
            return *known;
        }
        if self.compared.len() >= MOST_RUNS {
            return None;
        }
        let best = self.best(lexicon, run);
        self.compared.insert(run.to_owned(), best);
        best
    }

    fn best(&self, lexicon: &Lexicon, run: &str) -> Option<(u32, f32)> {
        let mut pinyin = String::new();
        let mut consonants = String::new();
        for c in run.chars() {
            let reading = lexicon.char_pinyin(c)?;
            pinyin.push_str(reading);
            chinese_consonants(reading, &mut consonants);
        }
        let first = *consonants.as_bytes().first()?;
        let likeness = |name: &Name| {
            let sounds = strsim::normalized_damerau_levenshtein(&consonants, &name.consonants);
            CONSONANTS * sounds + (1.0 - CONSONANTS) * strsim::jaro_winkler(&pinyin, &name.text)
        };
        let names = self.names.get(&first)?.iter();
        let alike = names.map(|name| (likeness(name), name.id)).filter(|&(likeness, _)| likeness >= ALIKE);
        // Of names that are equally alike the first of the text wins.
        let best = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        Some((best.1, (CERTAIN * best.0) as f32))
    }
}

/// Appends a sound unless it is the last already: doubled letters are one sound.
fn push(sound: char, consonants: &mut String) {
    if !consonants.ends_with(sound) {
        consonants.push(sound);
    }
}

/// The consonants of a syllable in pinyin, in classes that transliteration keeps apart.
fn chinese_consonants(syllable: &str, consonants: &mut String) {
    let initial = match syllable.as_bytes().first() {
        Some(b'b' | b'p') => Some('p'),
        Some(b'f' | b'w') => Some('f'),
        Some(b'd' | b't') => Some('t'),
        Some(b'g' | b'k') => Some('k'),
        Some(b'l' | b'r') => Some('l'),
        Some(b'm' | b'n') => Some('n'),
        Some(b'h') => Some('h'),
        Some(b'z' | b'c' | b's' | b'x' | b'q' | b'j') => Some('s'),
        _ => None,
    };
    if let Some(initial) = initial {
        push(initial, consonants);
    }
    if syllable == "er" {
        push('l', consonants);
    } else if syllable.len() > 1 && (syllable.ends_with('n') || syllable.ends_with("ng")) {
        push('n', consonants);
    }
}

/// The consonants of an English word in the same classes.
fn english_consonants(word: &str) -> String {
    let bytes = word.as_bytes();
    let mut consonants = String::new();
    for (k, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(k + 1).copied().unwrap_or(0);
        let sound = match byte {
            b'p' if next == b'h' => 'f',
            b'b' | b'p' => 'p',
            b'f' | b'v' | b'w' => 'f',
            b'd' | b't' => 't',
            b'c' if matches!(next, b'e' | b'i' | b'y' | b'h') => 's',
            b'g' | b'k' | b'q' | b'c' => 'k',
            b'l' | b'r' => 'l',
            b'm' | b'n' => 'n',
            b'h' if k == 0 => 'h',
            b's' | b'z' | b'x' | b'j' => 's',
            _ => continue,
        };
        push(sound, &mut consonants);
    }
    consonants
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_are_found() {
        let lexicon = Lexicon::embedded();
        let names = ["zelensky", "trump", "blinken", "manchester", "watson", "rutte", "london", "table"];
        let mut sounds = Sounds::default();
        names.iter().zip(0..).for_each(|(name, id)| sounds.add(name, id));
        let cases = [
            ("泽连斯基", Some("zelensky")),
            ("特朗普", Some("trump")),
            ("布林肯", Some("blinken")),
            ("曼彻斯特", Some("manchester")),
            ("亚里士多德", None),
            ("马马虎虎", None),
        ];
        for (run, expected) in cases {
            let found = sounds.find(&lexicon, run).map(|(id, _)| names[id as usize]);
            assert_eq!(found, expected, "{run}");
        }
    }
}
