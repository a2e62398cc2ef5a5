//! Words that are divided at the end of a line: which of their hyphens go when the lines are joined. Looks at a bounded
//! stretch around each.

use super::lines::{self, Line};

/// The part of a word before the hyphen or dash at the end of a line: its last letters.
pub(super) fn divided(text: &str) -> Option<&str> {
    let line = text.strip_suffix(['-', '–', '—'])?;
    let letters =
        line.chars().rev().take(LONGEST_PART).take_while(|&c| c.is_alphabetic() && !lines::is_wide(c));
    let word = &line[line.len() - letters.map(char::len_utf8).sum::<usize>()..];
    (!word.is_empty()).then_some(word)
}

/// Parts of this many letters are of no word.
const LONGEST_PART: usize = 30;

/// How a text uses hyphens at the ends of its lines.
pub(super) struct Hyphens {
    /// Whether so many lines end with one that the text was divided by syllables.
    syllables: bool,
}

impl Hyphens {
    pub(super) fn new(text: &str, lines: &[Line]) -> Self {
        let (mut narrow, mut divided) = (0, 0);
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let (line, next) = (&text[line.range.clone()], &text[next.range.clone()]);
            if line.is_empty() || next.is_empty() || lines::is_wide(line.chars().next_back().unwrap_or(' ')) {
                continue;
            }
            narrow += 1;
            let small = next.starts_with(|c: char| c.is_lowercase());
            divided += usize::from(small && self::divided(line).is_some() && line.ends_with('-'));
        }
        Hyphens { syllables: divided * 25 >= narrow && divided > 1 }
    }

    /// Whether the hyphen of a word goes that was divided at the end of a line, before `at`: where the text around has the
    /// word without it, or has none with it and divides words by syllables.
    pub(super) fn goes(&self, text: &str, at: usize, (before, left): (&str, &str), rest: &str) -> bool {
        /// How far it looks, in bytes.
        const AROUND: usize = 10_000;
        /// First parts of compounds, which keep it.
        const PARTS: [&str; 25] = [
            "all", "anti", "co", "cross", "ex", "far", "first", "full", "half", "high", "long", "low", "mid",
            "non", "old", "one", "open", "post", "pre", "self", "short", "so", "two", "well", "year",
        ];
        let right = &rest[..rest.len() - rest.trim_start_matches(char::is_alphabetic).len()];
        // `state-of-the-art`, at either hyphen.
        let chain = before.ends_with('-') || rest[right.len()..].starts_with('-');
        if chain || left.chars().count() >= LONGEST_PART || right.len() > 2 * LONGEST_PART {
            return false;
        }
        let around = &text.as_bytes()[at.saturating_sub(AROUND)..text.len().min(at + AROUND)];
        let has = |word: &str| memchr::memmem::find(around, word.as_bytes()).is_some();
        let compound = || PARTS.contains(&left.to_lowercase().as_str()) || has(&format!("{left}-{right}"));
        has(&format!("{left}{right}")) || self.syllables && !compound()
    }
}
