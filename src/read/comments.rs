//! Comments of markup. They are no text of the page; but where they hold sentences in Chinese, as the translation of
//! what stands above them, nobody shall search for those in vain.

use super::lines;
use crate::language::Scripts;

/// Whether a comment holds a sentence in Chinese. Those of programs and templates have none: `<!-- 导航 -->`.
pub(super) fn speaks(comment: &str) -> bool {
    let comment = comment.trim().trim_end_matches('-').trim_end();
    if !lines::ends_sentence(comment) {
        return false;
    }
    let scripts = Scripts::count(comment);
    scripts.han > scripts.kana + scripts.latin_letters
}

/// What is said about the comments that speak.
pub(super) fn notice(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("a comment in Chinese, which the page does not show, was left out".into()),
        _ => Some(format!("{count} comments in Chinese, which the page does not show, were left out")),
    }
}
