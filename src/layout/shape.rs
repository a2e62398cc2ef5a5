//! The names of the layouts.

use crate::error::{Error, ErrorKind, named};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The shape in which the two languages stand on a page. Displays as plain words; [`code`](Layout::code)
/// is the form for files and options, and the one that parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Layout {
    /// Each Chinese paragraph is followed by its translation.
    ParagraphsZhFirst,
    /// Each English paragraph is followed by its translation.
    ParagraphsEnFirst,
    /// The whole Chinese text, then the whole English one.
    BlockZhEn,
    /// The whole English text, then the whole Chinese one.
    BlockEnZh,
    /// Several paragraphs of one language, then their translations, and so on.
    Blocks,
    /// Lines of one sentence, each followed by its translation.
    Lines,
    /// Sentences followed by their translations within a line or paragraph.
    SameLine,
    /// The two columns of a table.
    Table,
    /// List items, or terms and descriptions, in turn.
    List,
    /// Both texts on one page, one of them hidden until the reader switches to it.
    Switch,
    /// Two texts that were given one by one.
    TwoFiles,
    /// Two lists of sentences.
    Sentences,
    /// Text in one of the two languages only, or in none.
    #[default]
    OneLanguage,
}

impl Layout {
    /// Every layout, in the order of the type.
    pub const ALL: [Layout; 13] = [
        Layout::ParagraphsZhFirst,
        Layout::ParagraphsEnFirst,
        Layout::BlockZhEn,
        Layout::BlockEnZh,
        Layout::Blocks,
        Layout::Lines,
        Layout::SameLine,
        Layout::Table,
        Layout::List,
        Layout::Switch,
        Layout::TwoFiles,
        Layout::Sentences,
        Layout::OneLanguage,
    ];

    /// The word that stands for it in options and files: `paragraphs-zh-first`.
    pub fn code(self) -> &'static str {
        match self {
            Layout::ParagraphsZhFirst => "paragraphs-zh-first",
            Layout::ParagraphsEnFirst => "paragraphs-en-first",
            Layout::BlockZhEn => "block-zh-en",
            Layout::BlockEnZh => "block-en-zh",
            Layout::Blocks => "blocks",
            Layout::Lines => "lines",
            Layout::SameLine => "same-line",
            Layout::Table => "table",
            Layout::List => "list",
            Layout::Switch => "switch",
            Layout::TwoFiles => "two-files",
            Layout::Sentences => "sentences",
            Layout::OneLanguage => "one-language",
        }
    }

    /// Whether each side stands in one piece, so that nothing follows from what stands beside what.
    pub(crate) fn is_whole(self) -> bool {
        matches!(
            self,
            Layout::BlockZhEn
                | Layout::BlockEnZh
                | Layout::Switch
                | Layout::TwoFiles
                | Layout::Sentences
                | Layout::OneLanguage
        )
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Layout::ParagraphsZhFirst => "paragraph by paragraph, Chinese first",
            Layout::ParagraphsEnFirst => "paragraph by paragraph, English first",
            Layout::BlockZhEn => "two blocks, Chinese first",
            Layout::BlockEnZh => "two blocks, English first",
            Layout::Blocks => "several blocks in turn",
            Layout::Lines => "line by line",
            Layout::SameLine => "sentence by sentence within a line",
            Layout::Table => "table columns",
            Layout::List => "list items in turn",
            Layout::Switch => "language switch, one half hidden",
            Layout::TwoFiles => "two files",
            Layout::Sentences => "two lists of sentences",
            Layout::OneLanguage => "one language only",
        })
    }
}

impl FromStr for Layout {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        named(ErrorKind::Usage, "layout", text, Layout::ALL, Layout::code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_serialised_form() {
        crate::error::check_codes(Layout::ALL, Layout::code);
        assert!("circle".parse::<Layout>().unwrap_err().to_string().contains("`circle`"));
    }
}
