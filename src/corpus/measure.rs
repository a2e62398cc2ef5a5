//! How long the sides of a pair are and in which scripts: what filters and statistics both count. Each function is
//! linear in its input.

use super::record::Record;
use crate::language::Scripts;

/// Chinese characters that face an English word, on average: 1.61 over 2,776 pairs of hand-aligned novels, news and
/// medical texts. It makes lengths of the two sides comparable.
pub(super) const CHARACTERS_PER_WORD: f32 = 1.6;

/// The length of a Chinese text: its characters, marks counted, white space not.
pub(super) fn zh_characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The length of an English text: what stands between white space and has a letter or digit in it.
pub(super) fn en_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// How many times as long the longer side is as the shorter: 1 where an English word faces
/// [`CHARACTERS_PER_WORD`] characters. Infinite where one side has no length.
pub(super) fn length_ratio(record: &Record) -> f32 {
    let zh = zh_characters(&record.zh) as f32 / CHARACTERS_PER_WORD;
    let en = en_words(&record.en) as f32;
    if zh == 0.0 || en == 0.0 { f32::INFINITY } else { (zh / en).max(en / zh) }
}

/// The share of Han characters, 0 to 1, where a Latin word counts as one character; 0 without any letter.
pub(super) fn han_share(text: &str) -> f32 {
    let scripts = Scripts::count(text);
    share(scripts.han, scripts.latin_words + scripts.kana + scripts.other)
}

/// The share of Latin words, 0 to 1, where any other letter counts as a word; 0 without any letter.
pub(super) fn latin_share(text: &str) -> f32 {
    let scripts = Scripts::count(text);
    share(scripts.latin_words, scripts.han + scripts.kana + scripts.other)
}

fn share(part: usize, rest: usize) -> f32 {
    if part == 0 { 0.0 } else { part as f32 / (part + rest) as f32 }
}

/// How alike two texts are, 0 to 1, capitals and white space aside: the Sørensen–Dice measure of their pairs of
/// characters, which unlike an edit distance costs time in proportion to the length.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    let fold = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    strsim::sorensen_dice(&fold(a), &fold(b)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_shares() {
        assert_eq!((zh_characters("茶 凉了。"), en_words("The tea - it's cold , 2 °C")), (4, 6));
        let pair = |zh: &str, en: &str| Record::new(zh, en);
        assert_eq!(length_ratio(&pair("一二三四五六七八", "a b c d e")), 1.0);
        assert_eq!(length_ratio(&pair("一二三四", "a b c d e")), 2.0);
        assert_eq!(length_ratio(&pair("一", "…")), f32::INFINITY);
        assert_eq!((han_share("他用 Kubernetes 部署"), latin_share("It means 好")), (0.8, 2.0 / 3.0));
        assert_eq!((han_share("1999"), latin_share("")), (0.0, 0.0));
        assert!(likeness("COVID-19 Vaccine", "covid-19  vaccines") > 0.9);
        assert!(likeness("茶凉了。", "The tea is cold.") < 0.1);
    }
}
