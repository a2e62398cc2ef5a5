//! The language of a piece of text: script counts first, `whatlang` with an allow-list second.

use crate::bytes::{ByteSet, letters};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// A language as far as this crate tells languages apart. Displays as plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Language {
    /// Chinese, simplified or traditional: the source side.
    Chinese,
    /// English: the target side.
    English,
    /// Any other: Japanese, Korean, Russian, French and so on; on neither side.
    Other,
}

impl Language {
    /// The two-letter code of ISO 639-1, or `und` for [`Language::Other`]. Serialised, a language is its name:
    /// `chinese`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
            Language::Other => "und",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Language::Chinese => "Chinese",
            Language::English => "English",
            Language::Other => "another language",
        })
    }
}

/// Whether a character is a Han character.
pub fn is_han(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\u{3004}' => false,
        _ => {
            matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '々' | '〇')
        }
    }
}

/// Whether a character is alphanumeric, as [`char::is_alphanumeric`] has it: faster on Han characters and on
/// the marks of Chinese.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{4E00}'..='\u{9FFF}' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The first bytes in UTF-8 of the characters from U+5000 to U+9FFF, all of them Han characters of three bytes and
/// nearly all that occur.
const HAN_LEADS: RangeInclusive<u8> = 0xE5..=0xE9;

/// The size of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Size {
    /// Characters that are letters or digits: see [`is_letter`].
    pub letters: usize,
    /// Characters that are not white space.
    pub visible: usize,
}

impl Size {
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let sizes: u64 = bytes.iter().map(|&byte| SIZES[usize::from(byte)]).sum();
        let mut size = Size { letters: sizes as u32 as usize, visible: (sizes >> 32) as usize };
        if text.is_ascii() {
            return size;
        }
        let mut from = 0;
        while let Some(at) = OTHER_LEADS.find(bytes, from) {
            // `text` is cut at character borders only, so there is a character.
            let Some(c) = text[at..].chars().next() else { break };
            let letter = is_letter(c);
            size.letters += usize::from(letter);
            size.visible += usize::from(letter || !c.is_whitespace());
            from = at + c.len_utf8();
        }
        size
    }
}

/// What the bytes of ASCII and of [`HAN_LEADS`] add to the letters of a text, and times 2³² to what is visible of it.
static SIZES: [u64; 256] = {
    let mut sizes = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let han = byte >= *HAN_LEADS.start() && byte <= *HAN_LEADS.end();
        let visible = han || byte.is_ascii() && !matches!(byte, b'\t'..=b'\r' | b' ');
        sizes[at] = (han || byte.is_ascii_alphanumeric()) as u64 | (visible as u64) << 32;
        at += 1;
    }
    sizes
};

/// The first bytes of all characters but those of ASCII and of [`HAN_LEADS`].
static OTHER_LEADS: ByteSet = {
    let mut leads = [0xC0; 0x40];
    let mut at = 0;
    while at < leads.len() {
        let lead = 0xC0 + at as u8;
        if lead < *HAN_LEADS.start() || lead > *HAN_LEADS.end() {
            leads[at] = lead;
        }
        at += 1;
    }
    ByteSet::new(&leads)
};

/// Some Han characters of the first and by far the largest block, for looking one up in a step.
pub(crate) struct HanSet([u64; HanSet::BLOCK / 64]);

impl HanSet {
    /// The block: U+4E00 to U+9FFF.
    const FIRST: usize = 0x4E00;
    const BLOCK: usize = 0x5200;

    /// The characters of a text, all of which must be of the block.
    pub const fn new(text: &str) -> Self {
        let mut bits = [0; Self::BLOCK / 64];
        let (bytes, mut at) = (text.as_bytes(), 0);
        while at < bytes.len() {
            // Each has three bytes in UTF-8.
            let tail = (bytes[at + 1] as usize & 0x3F) << 6 | bytes[at + 2] as usize & 0x3F;
            let number = ((bytes[at] as usize & 0xF) << 12 | tail) - Self::FIRST;
            bits[number / 64] |= 1 << (number % 64);
            at += 3;
        }
        HanSet(bits)
    }

    /// Whether a character is one of them.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let at = (c as usize).wrapping_sub(Self::FIRST);
        self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }
}

/// What scripts and what language a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tongue {
    pub scripts: Scripts,
    pub language: Option<Language>,
}

impl Tongue {
    /// Looks at a text: see [`detect`].
    pub fn of(text: &str) -> Self {
        let scripts = Scripts::count(text);
        Tongue { scripts, language: detect_counted(text, scripts) }
    }
}

/// How much of a text each script makes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scripts {
    /// Han characters.
    pub han: usize,
    /// Hiragana and katakana characters.
    pub kana: usize,
    /// Words in Latin letters.
    pub latin_words: usize,
    /// Latin letters.
    pub latin_letters: usize,
    /// Latin letters that English does without (é, ß, ş).
    pub accented: usize,
    /// Letters of any other script.
    pub other: usize,
}

impl Scripts {
    /// Whether a text has Han characters and Latin words.
    pub(crate) fn has_both(self) -> bool {
        self.han > 0 && self.latin_words > 0
    }

    /// Whether a text has any letters at all.
    pub(crate) fn has_letters(self) -> bool {
        self.han + self.kana + self.latin_letters + self.other > 0
    }

    /// Counts the scripts of a text in one pass.
    pub fn count(text: &str) -> Self {
        let mut scripts = Scripts::default();
        let mut in_word = false;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                let len = letters(bytes, at);
                at += len;
                scripts.latin_letters += len;
                scripts.latin_words += usize::from(!in_word);
                in_word = true;
                continue;
            }
            if byte.is_ascii() {
                at += 1;
                // `don't`, `well-known` and `Ph.D.` are one word each.
                in_word = in_word && matches!(byte, b'\'' | b'-' | b'.');
                continue;
            }
            if HAN_LEADS.contains(&byte) {
                at += 3;
                scripts.han += 1;
                in_word = false;
                continue;
            }
            // `text` is cut at character borders only, so there is a character.
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            let latin = matches!(c, '\u{C0}'..='\u{24F}' if c != '×' && c != '÷');
            if latin {
                scripts.latin_letters += 1;
                scripts.accented += 1;
                scripts.latin_words += usize::from(!in_word);
            } else if is_han(c) {
                scripts.han += 1;
            } else if matches!(c, '\u{3041}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
            {
                scripts.kana += 1;
            } else if is_letter(c)
                && c.is_alphabetic()
                && !matches!(c, '\u{3100}'..='\u{312F}' | '\u{FF21}'..='\u{FF5A}')
            {
                scripts.other += 1;
            }
            in_word = latin;
        }
        scripts
    }
}

/// A Han character carries about this share of a word, a Latin word about [`WORD_WEIGHT`] of what would
/// make the sentence English: names in Latin letters stand in Chinese sentences far more often than Han
/// characters in English ones. Both from thirty short mixed strings (`tests` of this module have such).
const HAN_WEIGHT: f32 = 0.6;
const WORD_WEIGHT: f32 = 0.5;
/// Share of kana among Han and kana from which a text is Japanese.
const KANA_SHARE: f32 = 0.1;
/// From this many Latin letters on, `whatlang` can tell English from its neighbours.
const ENOUGH_LETTERS: usize = 40;

/// The language of a text, or `None` where it has no letters.
///
/// Scripts are counted first, because a statistical detector guesses wildly on short strings; only
/// longer Latin text is then put to `whatlang`. Linear in the length of the text.
///
/// ```
/// use duizhao::{Language, detect};
/// assert_eq!(detect("苹果发布了 iPhone 17 Pro Max。"), Some(Language::Chinese));
/// assert_eq!(detect("The word 对照 means to set side by side."), Some(Language::English));
/// assert_eq!(detect("吾輩は猫である。名前はまだ無い。"), Some(Language::Other));
/// assert_eq!(detect("2025-01-14 14:05"), None);
/// ```
pub fn detect(text: &str) -> Option<Language> {
    detect_counted(text, Scripts::count(text))
}

fn detect_counted(text: &str, scripts: Scripts) -> Option<Language> {
    let han = scripts.han as f32 * HAN_WEIGHT;
    let latin = scripts.latin_words as f32 * WORD_WEIGHT;
    if scripts.kana > 0 && scripts.kana as f32 >= KANA_SHARE * (scripts.han + scripts.kana) as f32 {
        let japanese = (scripts.han + scripts.kana) as f32 * HAN_WEIGHT >= latin;
        return Some(if japanese { Language::Other } else { Language::English });
    }
    if scripts.other as f32 > (scripts.han + scripts.latin_letters) as f32 {
        return Some(Language::Other);
    }
    if scripts.han == 0 && scripts.latin_words == 0 {
        return None;
    }
    if ends_in_name(text, scripts) {
        return Some(Language::English);
    }
    if han >= latin || scripts.han > 0 && names_only(text) {
        return Some(Language::Chinese);
    }
    Some(if is_english(text, scripts) { Language::English } else { Language::Other })
}

/// Whether a sentence of English ends with a word in Chinese: `Her name is 林小雨.`
fn ends_in_name(text: &str, scripts: Scripts) -> bool {
    /// A name has at most so many characters.
    const NAME: usize = 4;
    if !(1..=NAME).contains(&scripts.han) || scripts.latin_words < 3 || !text.trim_end().ends_with('.') {
        return false;
    }
    let Some(first) = text.find(is_han) else { return false };
    let mut words = text[..first].split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    text[first..].chars().take_while(|&c| is_han(c)).count() == scripts.han && words.any(is_common)
}

/// Whether the Latin words of a Chinese text are names or commands, however many they are: `安装 Google Cloud SDK`. Han
/// characters open it or a mark of Chinese ends it, and no English sentence stands in it. Looks at a bounded stretch.
fn names_only(text: &str) -> bool {
    /// A longer text has sentences, in bytes.
    const LONGEST: usize = 200;
    /// More words in small letters are no command.
    const COMMAND: usize = 3;
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let body = text.trim_end_matches(['”', '’', '"', '\'', '」', '』', ')', '）']);
    let opens = text.chars().find(|&c| is_letter(c)).is_some_and(is_han);
    let closes = body.ends_with(['。', '！', '？', '；', '：']);
    let ended = body.ends_with(['.', '!', '?']);
    let words = || text.split(|c: char| !c.is_alphabetic() || is_han(c));
    let small = || words().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    (opens && !ended && small() <= COMMAND || closes) && !body.contains(". ") && !words().any(is_common)
}

/// Whether a word is one of the commonest of English, of which hardly a sentence has none.
fn is_common(word: &str) -> bool {
    const SMALL: [&str; 19] = [
        "a", "an", "as", "at", "be", "by", "he", "i", "in", "is", "it", "my", "on", "or", "so", "to", "we",
        "no", "if",
    ];
    SMALL.contains(&word) || is_english_word(word.as_bytes())
}

fn is_english(text: &str, scripts: Scripts) -> bool {
    let plain = scripts.accented * 8 <= scripts.latin_letters;
    if scripts.latin_letters < ENOUGH_LETTERS || scripts.han > 0 {
        return plain;
    }
    if has_english_words(text, scripts.latin_words) {
        return true;
    }
    // No Western European language has so many accents, but Chinese written in pinyin has.
    if !plain {
        return false;
    }
    use whatlang::Lang;
    let rivals = vec![
        Lang::Eng,
        Lang::Fra,
        Lang::Deu,
        Lang::Spa,
        Lang::Por,
        Lang::Ita,
        Lang::Nld,
        Lang::Vie,
        Lang::Ind,
        Lang::Tur,
        Lang::Pol,
        Lang::Swe,
    ];
    let detector = whatlang::Detector::with_allowlist(rivals);
    // Names and figures pull short English towards its neighbours: only a sure answer counts.
    detector.detect(text).is_none_or(|found| found.lang() == Lang::Eng || !found.is_reliable())
}

/// Function words that no neighbour of English spells the same way, the shorter first and else in order: so are the
/// numbers that [`packed`] makes of them.
static ENGLISH_WORDS: [u64; 36] = {
    let words = [
        "of", "and", "are", "for", "had", "his", "its", "not", "our", "she", "the", "was", "who", "you",
        "been", "from", "have", "into", "said", "that", "them", "they", "this", "were", "what", "when",
        "with", "your", "about", "could", "their", "there", "these", "where", "which", "would",
    ];
    let mut numbers = [0; 36];
    let mut at = 0;
    while at < words.len() {
        numbers[at] = packed(words[at].as_bytes());
        at += 1;
    }
    numbers
};

/// A word of up to eight letters of ASCII as a number, the same for capitals and small letters.
const fn packed(word: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < word.len() {
        number = number << 8 | word[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    number
}

fn is_english_word(word: &[u8]) -> bool {
    (2..=5).contains(&word.len()) && ENGLISH_WORDS.binary_search(&packed(word)).is_ok()
}

/// Whether one word in eight is an English function word: then a statistical detector, which is a hundred
/// times slower, need not be asked.
fn has_english_words(text: &str, words: usize) -> bool {
    let found =
        text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).filter(|word| is_english_word(word));
    let enough = words.div_ceil(8).max(2);
    found.take(enough).count() == enough
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn english_words_are_in_order() {
        assert!(ENGLISH_WORDS.is_sorted());
    }

    proptest! {
        #[test]
        fn sizes_are_those_of_the_characters(text in "[ -~\\s\u{80}-\u{9FFF}\u{20000}-\u{20010}]*") {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            let visible = text.chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(Size::of(&text), Size { letters, visible });
        }
    }

    #[test]
    fn cases() {
        use Language::*;
        let cases = [
            ("China", Some(English)),
            ("中国", Some(Chinese)),
            ("（0）", None),
            ("IBM 公司", Some(Chinese)),
            ("王文远教授， O.B.E.,Ph.D.,J.P.", Some(Chinese)),
            ("我喜欢 Rust", Some(Chinese)),
            ("He said 你好 to me.", Some(English)),
            ("東京は日本の首都です。", Some(Other)),
            ("서울은 대한민국의 수도이다.", Some(Other)),
            ("Москва — столица России.", Some(Other)),
            (
                "Le gouvernement français a annoncé jeudi de nouvelles mesures pour soutenir les agriculteurs.",
                Some(Other),
            ),
            (
                "Die Bundesregierung hat am Donnerstag neue Maßnahmen zur Unterstützung der Landwirte angekündigt.",
                Some(Other),
            ),
            ("Beijing, Shanghai, Guangzhou", Some(English)),
            ("The naïve café owner", Some(English)),
            ("", None),
            ("国立故宫博物院（National Palace Museum）", Some(Chinese)),
            ("运行 docker compose up -d。", Some(Chinese)),
            ("参阅 Getting Started Guide", Some(Chinese)),
            ("作者：Gabriel García Márquez", Some(Chinese)),
            ("Visual Studio Code 下载。", Some(Chinese)),
            ("对照 means to set side by side.", Some(English)),
            ("孔子 was born in Qufu", Some(English)),
            ("北京 hosts many international sporting events every year", Some(English)),
            ("The Analects (论语) quotes him", Some(English)),
        ];
        for (text, expected) in cases {
            assert_eq!(detect(text), expected, "{text:?}");
        }
    }
}
