//! Quotation marks and brackets: which characters open, which close, and how to tell for the straight
//! quotation mark, which does both.

/// Whether a character can only open a quotation or bracket.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '［'
            | '｛'
            | '﹁'
            | '﹃'
            | '„'
            | '‚'
            | '`'
            | '¿'
            | '¡'
    )
}

/// Whether a character can only close a quotation or bracket. `’` is also an apostrophe, but never
/// directly after the mark that ends a sentence.
pub(super) fn closes(c: char) -> bool {
    closes_quotation(c) || closes_bracket(c)
}

/// Whether a character closes a quotation.
pub(super) fn closes_quotation(c: char) -> bool {
    matches!(c, '”' | '’' | '»' | '›' | '」' | '』' | '﹂' | '﹄' | '＂' | '〞')
}

/// Whether a character closes a bracket.
pub(super) fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '》' | '〉' | '〕' | '］' | '｝')
}

/// The mark that opens what `closer` closes, for the pairs that Chinese uses.
pub(super) fn opener_of(closer: char) -> Option<char> {
    Some(match closer {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        '﹂' => '﹁',
        '﹄' => '﹃',
        '》' => '《',
        '〉' => '〈',
        '）' => '（',
        ')' => '(',
        '】' => '【',
        '］' => '［',
        ']' => '[',
        '〕' => '〔',
        '｝' => '｛',
        '}' => '{',
        _ => return None,
    })
}

/// Counts straight double quotation marks from the left, so that at any place one can tell whether the
/// next one opens (an even number before it) or closes. Remembers how far it has come: as long as places
/// come in ascending order, all questions together cost one pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct StraightQuotes {
    counted_to: usize,
    odd: bool,
}

impl StraightQuotes {
    /// Begins to count at a byte.
    pub(super) fn starting_at(at: usize) -> Self {
        StraightQuotes { counted_to: at, odd: false }
    }

    /// Whether a quotation is open at a byte. Places to the left of an earlier question give that
    /// question's answer.
    pub(super) fn open_at(&mut self, bytes: &[u8], at: usize) -> bool {
        if at > self.counted_to {
            let marks = memchr::memchr_iter(b'"', &bytes[self.counted_to..at]).count();
            self.odd ^= marks % 2 == 1;
            self.counted_to = at;
        }
        self.odd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_opens_and_closes() {
        for c in '\0'..='\u{FFFF}' {
            assert!(!(opens(c) && closes(c)), "{c:?}");
            if let Some(opener) = opener_of(c) {
                assert!(closes(c) && opens(opener), "{c:?}");
            }
        }
    }

    #[test]
    fn straight_quotes_alternate() {
        let text = br#""a" b "c"#;
        let mut quotes = StraightQuotes::starting_at(0);
        assert!(!quotes.open_at(text, 0));
        assert!(quotes.open_at(text, 1));
        assert!(!quotes.open_at(text, 4));
        assert!(quotes.open_at(text, text.len()));
    }
}
