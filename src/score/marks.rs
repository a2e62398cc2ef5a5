//! Quotations as tokens: a sentence that opens or closes a quotation mostly faces one that does so too.

use crate::language::Language;

/// Calls `sink` with a token for a quotation that opens in the sentence, and one that closes at its end.
///
/// In English only the first character opens: translators put `he said` after the words; Chinese puts it
/// before them, so a mark anywhere opens.
pub(super) fn find(sentence: &str, language: Language, mut sink: impl FnMut(&str)) {
    let sentence = sentence.trim();
    let opens = match language {
        Language::Chinese => sentence.contains(['“', '「', '『', '"', '＂', '‘']),
        _ => sentence.starts_with(['“', '‘', '"', '\'', '`', '「']),
    };
    if opens {
        sink("<quote>");
    }
    if sentence.ends_with(['”', '’', '」', '』', '"', '＂', '\'']) {
        sink("</quote>");
    }
}
