//! The labels by which pages say in which language a text is, or which one is the original: on a line by themselves, or
//! before the text (`译文：…`, `【原文】…`, `EN: …`).

use crate::language::{is_han, is_letter};

/// What a label says of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Chinese,
    English,
    Original,
    Translation,
    /// That both are there, or where the other one is. It stands before no text.
    Other,
}
use Says::{Chinese, English, Original, Other, Translation};

/// Names of languages and of the two texts, in small letters.
const LABELS: &[(&str, Says)] = &[
    ("中文", Chinese),
    ("汉语", Chinese),
    ("英文", English),
    ("英语", English),
    ("中文版", Chinese),
    ("英文版", English),
    ("英语版", English),
    ("中文译文", Chinese),
    ("英文译文", English),
    ("中文翻译", Chinese),
    ("英文翻译", English),
    ("中文原文", Chinese),
    ("英文原文", English),
    ("译文", Translation),
    ("原文", Original),
    ("翻译", Translation),
    ("双语", Other),
    ("双语对照", Other),
    ("中英对照", Other),
    ("中英双语", Other),
    ("英汉对照", Other),
    ("汉英对照", Other),
    ("简体中文", Chinese),
    ("繁体中文", Chinese),
    ("繁體中文", Chinese),
    ("简体", Chinese),
    ("繁体", Chinese),
    ("chinese", Chinese),
    ("english", English),
    ("chinese version", Chinese),
    ("english version", English),
    ("chinese text", Chinese),
    ("english text", English),
    ("translation", Translation),
    ("original", Original),
    ("original text", Original),
    ("bilingual", Other),
    ("source", Other),
    ("target", Other),
    ("in chinese", Chinese),
    ("in english", English),
    ("mandarin", Chinese),
    ("simplified chinese", Chinese),
    ("traditional chinese", Chinese),
    ("chinese translation", Chinese),
    ("english translation", English),
    ("chinese original", Chinese),
    ("english original", English),
    ("zh", Chinese),
    ("en", English),
    ("cn", Chinese),
    ("scroll down for the chinese version", Other),
    ("scroll down for the english version", Other),
    ("scroll down for chinese", Other),
    ("scroll down for english", Other),
    ("chinese version below", Other),
    ("english version below", Other),
    ("chinese below", Other),
    ("english below", Other),
    ("中文版在下面", Other),
    ("英文版在下面", Other),
    ("中文版在下方", Other),
    ("英文版在下方", Other),
    ("中文版见下文", Other),
    ("英文版见下文", Other),
    ("中文请见下方", Other),
    ("英文请见下方", Other),
    ("中文见下", Other),
    ("英文见下", Other),
    ("以下为中文", Other),
    ("以下为英文", Other),
];

/// Those that stand before a text only.
const LEADING: &[(&str, Says)] = &[
    ("译", Translation),
    ("譯", Translation),
    ("譯文", Translation),
    ("翻譯", Translation),
    ("参考译文", Translation),
    ("參考譯文", Translation),
    ("译文参考", Translation),
    ("改译", Translation),
    ("中译", Chinese),
    ("汉译", Chinese),
    ("英译", English),
    ("中", Chinese),
    ("汉", Chinese),
    ("英", English),
    ("答案", Translation),
    ("参考答案", Translation),
    ("正确答案", Translation),
    ("例句", Original),
    ("例", Original),
];

/// What parts labels, and what may stand around them.
const BRACKETS: [(char, char); 5] = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕')];
const COLONS: [char; 2] = [':', '：'];
const AROUND: [char; 6] = [' ', '\t', '\u{3000}', '*', '_', '>'];
/// The longest label, and the longest name of a translator behind it, in bytes.
const LONGEST: usize = 40;

/// Whether a text in small letters is nothing but labels: `中文 / English`. Linear.
pub(crate) fn is_label(text: &str) -> bool {
    let mark = |c: char| !is_letter(c);
    let bare = text.trim_matches(mark);
    let known = |part: &str| LABELS.iter().any(|&(label, _)| label == part);
    if known(bare) {
        return true;
    }
    // `译文（王小明）`
    if let Some((label, name)) = bare.split_once(['（', '(']) {
        let name = name.trim_end_matches(mark);
        if name.len() <= LONGEST
            && says(label.trim()).is_some_and(|says| matches!(says, Original | Translation))
        {
            return true;
        }
    }
    let mut parts = bare.split(|c: char| mark(c)).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(known)
}

fn says(label: &str) -> Option<Says> {
    LABELS.iter().chain(LEADING).find(|known| label.eq_ignore_ascii_case(known.0)).map(|&(_, says)| says)
}

/// A label before the text of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leading {
    /// Where the text behind it begins, in bytes.
    pub end: usize,
    /// Whether it says that this is the translation of what stands before it.
    pub translation: bool,
}

/// The label before the text of a line, if it is in the language that the label names. Linear.
pub(crate) fn leading(line: &str) -> Option<Leading> {
    let start = line.len() - line.trim_start_matches(AROUND).len();
    let head = &line[start..];
    let first = head.chars().next()?;
    let bracket = BRACKETS.iter().find(|bracket| bracket.0 == first);
    let inner = &head[bracket.map_or(0, |bracket| bracket.0.len_utf8())..];
    let (at, _) = inner
        .char_indices()
        .take_while(|&(at, _)| at <= LONGEST)
        .find(|&(_, c)| COLONS.contains(&c) || bracket.is_some_and(|bracket| bracket.1 == c))?;
    let label = inner[..at].trim_matches(AROUND);
    let says = says(label)?;
    let behind = inner[at..].trim_start_matches(|c: char| {
        AROUND.contains(&c) || COLONS.contains(&c) || bracket.is_some_and(|bracket| bracket.1 == c)
    });
    let written = |wanted: fn(char) -> bool| behind.contains(wanted);
    let fits = match says {
        Chinese => written(is_han),
        English => written(|c| c.is_ascii_alphabetic()) && !behind.starts_with(is_han),
        Original | Translation => written(is_letter),
        Other => false,
    };
    // `[中] …`, but not `[中]国`.
    let closed = bracket.is_none_or(|bracket| {
        let open = inner[at..].strip_prefix(bracket.1);
        open.is_some_and(|rest| label.chars().count() > 1 || rest.starts_with([' ', ':', '：']))
    });
    (fits && closed).then(|| Leading { end: line.len() - behind.len(), translation: says == Translation })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_by_themselves() {
        for label in [
            "english",
            "【中文】",
            "中文 / english",
            "# 双语对照",
            "chinese:",
            "译文（王小明）",
            "（中文请见下方）",
        ] {
            assert!(is_label(label), "{label}");
        }
        for other in ["english gardens", "中文系", "", "译文很好（我觉得）", "译文 见下"] {
            assert!(!is_label(other), "{other}");
        }
    }

    #[test]
    fn labels_before_a_text() {
        let cases = [
            ("译文：雨停了。", "雨停了。", true),
            ("> 译：雨停了。", "雨停了。", true),
            ("**【译文】**雨停了。", "雨停了。", true),
            ("（参考译文）The rain has stopped.", "The rain has stopped.", true),
            ("正确答案：The rain has stopped.", "The rain has stopped.", true),
            ("原文: The rain has stopped.", "The rain has stopped.", false),
            ("EN: *The rain has stopped.*", "The rain has stopped.*", false),
            ("[En] The rain.", "The rain.", false),
            ("**中文**：雨停了。", "雨停了。", false),
            ("Original Text: The rain.", "The rain.", false),
        ];
        for (line, text, translation) in cases {
            let found = leading(line).map(|found| (&line[found.end..], found.translation));
            assert_eq!(found, Some((text, translation)), "{line}");
        }
        for line in [
            "译文：",
            "中文系：雨停了。",
            "[中]国",
            "Chinese: a grammar",
            "English is hard: try",
            "双语：雨停了。",
            "",
            "：",
            "【译文",
        ] {
            assert_eq!(leading(line), None, "{line}");
        }
    }
}
