//! Chinese that a tokeniser has cut into words (`他 们 走 了 。`), as aligners of the past want it. Words are found
//! anew, so the spaces are taken out before anything is read from the sentences. Linear.

/// A text is taken for cut where, for so many bytes, a space stands between Chinese: a word has some five bytes.
const BYTES: usize = 10;

/// The sentences without the spaces between Chinese characters and marks, if a tokeniser has put them there.
pub(super) fn joined(sentences: &[&str]) -> Option<Vec<String>> {
    let bytes: usize = sentences.iter().map(|sentence| sentence.len()).sum();
    let cuts = |sentence: &&str| {
        let bytes = sentence.as_bytes();
        let wide = |at: usize| bytes.get(at).is_some_and(|byte| !byte.is_ascii());
        memchr::memchr_iter(b' ', bytes).filter(|&at| at > 0 && wide(at - 1) && wide(at + 1)).count()
    };
    let spaces: usize = sentences.iter().map(cuts).sum();
    (spaces * BYTES > bytes).then(|| sentences.iter().map(|sentence| join(sentence)).collect())
}

/// A sentence without the spaces between characters that are not ASCII.
fn join(sentence: &str) -> String {
    let mut joined = String::with_capacity(sentence.len());
    let mut pieces = sentence.split(' ').filter(|piece| !piece.is_empty());
    joined.extend(pieces.next());
    for piece in pieces {
        if joined.ends_with(|c: char| c.is_ascii()) || piece.starts_with(|c: char| c.is_ascii()) {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_is_joined() {
        let cut = ["“ 走 吧 ！ ” 老王 说 。", "他 在 IBM 公司 工作 了 3 年 。"];
        assert_eq!(joined(&cut).unwrap(), ["“走吧！”老王说。", "他在 IBM 公司工作了 3 年。"]);
        assert_eq!(joined(&["他在 IBM 公司工作了 3 年。", "走 吧。"]), None);
        assert_eq!(joined(&[]), None);
    }
}
