//! Reading CC-CEDICT: a line is `TRADITIONAL SIMPLIFIED [pin1 yin1] /gloss/gloss; gloss/`.
//!
//! The format is described at <https://cc-cedict.org/wiki/format:syntax>. Linear in the length of a line.

use crate::language::is_han;

/// One line of the dictionary.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub traditional: &'a str,
    pub simplified: &'a str,
    /// Syllables with tone digits, separated by spaces.
    pub pinyin: &'a str,
    /// What stands between the first and the last slash.
    pub glosses: &'a str,
}

impl<'a> Entry<'a> {
    /// Reads a line without its line end; `None` if it has another form.
    pub fn parse(line: &'a str) -> Option<Self> {
        let (head, rest) = line.split_once(" [")?;
        let (pinyin, rest) = rest.split_once(']')?;
        let (traditional, simplified) = head.trim().split_once(' ')?;
        let glosses = rest.trim().strip_prefix('/')?.strip_suffix('/')?;
        let simplified = simplified.trim();
        if traditional.is_empty() || simplified.is_empty() || simplified.contains(' ') {
            return None;
        }
        Some(Entry { traditional, simplified, pinyin: pinyin.trim(), glosses })
    }

    /// What the glosses say.
    pub fn meaning(&self) -> Meaning<'a> {
        let mut meaning = Meaning::default();
        for gloss in self.glosses.split('/') {
            meaning.add(gloss);
        }
        meaning
    }

    /// The toneless syllables in lower case, `lu:4` as `lu`; marks are left out.
    pub fn syllables(&self) -> impl Iterator<Item = String> + use<'a> {
        self.pinyin.split_whitespace().filter_map(|syllable| {
            let letters = syllable.chars().filter(char::is_ascii_alphabetic);
            let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
            (!letters.is_empty()).then_some(letters)
        })
    }
}

/// The glosses of an entry, cleaned, and the words it refers to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning<'a> {
    /// English glosses without brackets, Chinese characters and references.
    pub glosses: Vec<String>,
    /// Simplified headwords after "variant of", "see", "abbr. for" and the like.
    pub references: Vec<&'a str>,
}

/// Phrases before a Chinese word that make it a reference rather than part of a gloss.
const LEADS: &[&str] = &[
    "variant of",
    "see",
    "see also",
    "abbr. for",
    "abbr. to",
    "abbr. of",
    "also written",
    "also called",
    "also known as",
    "used in",
    "same as",
    "short for",
    "contraction of",
    "equivalent to",
    "word for",
    "term for",
    "name for",
    "form of",
    "synonym of",
];
/// A longer phrase before a Chinese word is a description of its own, not a lead.
const MAX_LEAD_WORDS: usize = 6;

impl<'a> Meaning<'a> {
    fn add(&mut self, gloss: &'a str) {
        if gloss.starts_with("CL:") || ["also pr.", "Taiwan pr.", "pr."].iter().any(|p| gloss.starts_with(p))
        {
            return;
        }
        let gloss = match reference(gloss) {
            Some((word, rest)) => {
                self.references.push(word);
                rest
            }
            None => gloss,
        };
        for part in without_brackets(gloss).split(';') {
            let part = without_notes(part);
            let part = part.strip_prefix("surname ").or(part.strip_prefix("to ")).unwrap_or(&part);
            if part.chars().any(char::is_alphanumeric) {
                self.glosses.push(part.to_owned());
            }
        }
    }
}

/// The word a gloss refers to, and what the gloss says after it.
fn reference(gloss: &str) -> Option<(&str, &str)> {
    let start = gloss.find(is_han)?;
    let lead = without_brackets(&gloss[..start]);
    let lead = lead.trim();
    let is_lead = LEADS.iter().any(|l| {
        lead == *l
            || (!l.starts_with("see") && lead.strip_suffix(l).is_some_and(|before| before.ends_with(' ')))
    });
    if !is_lead || lead.split_whitespace().count() > MAX_LEAD_WORDS {
        return None;
    }
    let rest = &gloss[start..];
    let end = rest.find(|c: char| c.is_ascii() && c != '|' && c != ',' || c == '，').unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches([',', '|']);
    let simplified = word.split('|').nth(1).unwrap_or(word);
    // `word[pin1 yin1], what it means`
    let after = rest[word.len()..].trim_start();
    let after = match after.strip_prefix('[') {
        Some(pinyin) => pinyin.split_once(']').map_or("", |(_, after)| after),
        None => after,
    };
    Some((simplified, after.trim_start_matches([',', ':', ' '])))
}

/// Words by which the dictionary speaks about a headword or marks a place for another word.
const NOTES: &[&str] = &[
    "lit.", "fig.", "esp.", "abbr.", "usu.", "onom.", "cf.", "sb", "sth", "sb's", "sth's", "one's",
    "oneself", "~'s", "etc",
];

/// The words of a gloss but for [`NOTES`], with one space between.
fn without_notes(gloss: &str) -> String {
    let words =
        gloss.split_whitespace().filter(|word| !NOTES.contains(&word.trim_end_matches([',', ':', '!'])));
    words.collect::<Vec<_>>().join(" ")
}

/// The text without what stands in round or square brackets, and without Chinese characters.
fn without_brackets(gloss: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(gloss.len());
    for c in gloss.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_han(c) && c != '|' => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(glosses: &str) -> (Vec<String>, Vec<&str>) {
        let entry = Entry { traditional: "", simplified: "", pinyin: "", glosses };
        let meaning = entry.meaning();
        (meaning.glosses, meaning.references)
    }

    #[test]
    fn lines() {
        let entry = Entry::parse("對照 对照 [dui4 zhao4] /to set side by side/contrast; control/").unwrap();
        assert_eq!((entry.traditional, entry.simplified), ("對照", "对照"));
        assert_eq!(entry.syllables().collect::<String>(), "duizhao");
        assert_eq!(entry.meaning().glosses, ["set side by side", "contrast", "control"]);
        for bad in
            ["", "對照", "對照 对照 dui4 zhao4 /x/", "對照 对照 [dui4 zhao4] x", "對照 [dui4] /x/", "a b [ /"]
        {
            assert_eq!(Entry::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn glosses() {
        let none: Vec<&str> = Vec::new();
        let cases: Vec<(&str, Vec<&str>, Vec<&str>)> = vec![
            ("(coll.) to chat/CL:次[ci4]", vec!["chat"], none.clone()),
            ("surname Wang/Taiwan pr. [wang2]", vec!["Wang"], none.clone()),
            ("old variant of 棋[qi2]", vec![], vec!["棋"]),
            ("see 圖書館|图书馆[tu2 shu1 guan3]", vec![], vec!["图书馆"]),
            (
                "abbr. for 科學院|科学院[ke1 xue2 yuan4], Academy of Sciences",
                vec!["Academy of Sciences"],
                vec!["科学院"],
            ),
            ("(dialect) variant of 鞋 (footwear)", vec![], vec!["鞋"]),
            ("a pupil of 孔子[Kong3 zi3]; a thinker", vec!["a pupil of", "a thinker"], none.clone()),
            ("lit. to lend sb a hand/fig. to help sb out", vec!["lend a hand", "help out"], none.clone()),
            ("to oversee 工廠|工厂[gong1 chang3]", vec!["oversee"], none),
        ];
        for (glosses, expected, references) in cases {
            assert_eq!(
                meaning(glosses),
                (expected.iter().map(|s| s.to_string()).collect(), references),
                "{glosses}"
            );
        }
    }
}
