//! Text as a tokeniser of machine translation has prepared it, which aligners of the past want: Chinese cut into words
//! (`他 们 走 了 。`), English marks set apart (`don &apos;t , he said .`), characters escaped. Words are found anew
//! here, and marks tell by what they touch, so all that is undone before anything is read. Linear.

use std::borrow::Cow;

/// A text is taken for cut where, for so many bytes, a space stands between Chinese: a word has some five bytes.
const BYTES: usize = 10;
/// What the tokeniser of Moses escapes, and the ampersand last, as it begins them all.
const ESCAPES: [(&str, &str); 8] = [
    ("&apos;", "'"),
    ("&quot;", "\""),
    ("&#91;", "["),
    ("&#93;", "]"),
    ("&#124;", "|"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

/// The Chinese sentences as they were; nothing where no tokeniser has prepared them.
pub(super) fn chinese(sentences: &[&str]) -> Option<Vec<String>> {
    let cuts = |sentence: &str| {
        let bytes = sentence.as_bytes();
        let wide = |at: usize| bytes.get(at).is_some_and(|byte| !byte.is_ascii());
        memchr::memchr_iter(b' ', bytes).filter(|&at| at > 0 && wide(at - 1) && wide(at + 1)).count()
    };
    let (all, spaces) = sentences.iter().fold((0, 0), |(all, spaces), s| (all + s.len(), spaces + cuts(s)));
    undone(sentences, spaces * BYTES > all, unspaced)
}

/// The same for the English sentences.
pub(super) fn english(sentences: &[&str]) -> Option<Vec<String>> {
    let commas = sentences.iter().flat_map(|sentence| {
        let bytes = sentence.as_bytes();
        memchr::memchr_iter(b',', bytes).map(|at| at > 0 && bytes[at - 1] == b' ')
    });
    let (all, apart) = commas.fold((0, 0), |(all, apart), is| (all + 1, apart + usize::from(is)));
    undone(sentences, 2 * apart > all, marks)
}

/// The sentences without escapes, put together by `join` if they were cut; nothing where nothing changes.
fn undone(sentences: &[&str], cut: bool, join: impl Fn(&str) -> String) -> Option<Vec<String>> {
    let escaped = |sentence: &&str| {
        sentence.contains('&') && (sentence.contains("&apos;") || sentence.contains("&quot;"))
    };
    let escaped = sentences.iter().any(escaped);
    let plain = |&sentence: &&str| {
        let text = if escaped { unescaped(sentence) } else { Cow::Borrowed(sentence) };
        if cut { join(&text) } else { text.into_owned() }
    };
    (cut || escaped).then(|| sentences.iter().map(plain).collect())
}

fn unescaped(sentence: &str) -> Cow<'_, str> {
    if !sentence.contains('&') {
        return Cow::Borrowed(sentence);
    }
    Cow::Owned(ESCAPES.iter().fold(sentence.to_owned(), |text, (from, to)| text.replace(from, to)))
}

/// The pieces of a sentence.
fn pieces(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(' ').filter(|piece| !piece.is_empty())
}

/// Chinese without the spaces between characters that are not ASCII.
fn unspaced(sentence: &str) -> String {
    let mut joined = String::with_capacity(sentence.len());
    for piece in pieces(sentence) {
        let ascii = joined.ends_with(|c: char| c.is_ascii()) || piece.starts_with(|c: char| c.is_ascii());
        if ascii && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

/// English with its marks where they belong. A straight quotation mark opens and closes in turn.
fn marks(sentence: &str) -> String {
    let mut open = false;
    let mut joined = String::with_capacity(sentence.len());
    let mut tight = true;
    for piece in pieces(sentence) {
        let quotes = matches!(piece, "\"" | "''" | "``");
        let closes = quotes && open
            || piece.starts_with(['’', '”', ',', '.', '!', '?', ';', ':', ')', ']', '%'])
            || piece.len() > 1 && piece.starts_with('\'') && piece.len() < 4;
        if !tight && !closes {
            joined.push(' ');
        }
        joined.push_str(piece);
        open ^= quotes;
        tight = quotes && open || matches!(piece, "(" | "[" | "“" | "‘" | "$");
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_is_joined() {
        let cut = ["“ 走 吧 ！ ” 老王 说 。", "他 在 IBM 公司 工作 了 3 年 。"];
        assert_eq!(chinese(&cut).unwrap(), ["“走吧！”老王说。", "他在 IBM 公司工作了 3 年。"]);
        assert_eq!(chinese(&["他在 IBM 公司工作了 3 年。", "走 吧。"]), None);
        assert_eq!(chinese(&[]), None);
        let cut = [
            "&quot; We don &apos;t know , &quot; he said ( twice ) .",
            "Ann &apos;s boat , &amp; the rest &#91; 3 &#93; .",
        ];
        assert_eq!(
            english(&cut).unwrap(),
            ["\"We don't know,\" he said (twice).", "Ann's boat, & the rest [3]."]
        );
        assert_eq!(english(&["\"Yes,\" he said, \"at 5 %.\"", "AT&T"]), None);
        assert_eq!(english(&["He didn&apos;t."]).unwrap(), ["He didn't."]);
    }
}
