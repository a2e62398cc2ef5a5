//! Why a sentence faces nothing.

use crate::error::{Error, ErrorKind, named};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a sentence faces nothing. Displays as plain words; [`code`](Reason::code) is the form for files, and the
/// one that parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// Nothing on the other side says the same.
    NoCounterpart,
    /// The article has no text in the other language.
    OneLanguage,
    /// Matter around the article: navigation, share bars, footers.
    Boilerplate,
    /// Neither Chinese nor English; or of two texts that were given one by one, what is in the language of the other.
    OtherLanguage,
    /// Program code.
    Code,
    /// No letter in it, or nothing at all (an empty line of a file with a sentence a line).
    Empty,
    /// It was paired, with less confidence than was asked for.
    LowConfidence,
    /// It was paired, and a filter took the pair out.
    Filtered,
}

impl Reason {
    /// Every reason, in the order of the type.
    pub const ALL: [Reason; 8] = [
        Reason::NoCounterpart,
        Reason::OneLanguage,
        Reason::Boilerplate,
        Reason::OtherLanguage,
        Reason::Code,
        Reason::Empty,
        Reason::LowConfidence,
        Reason::Filtered,
    ];

    /// The word that stands for it in files: `no-counterpart`.
    pub fn code(self) -> &'static str {
        match self {
            Reason::NoCounterpart => "no-counterpart",
            Reason::OneLanguage => "one-language",
            Reason::Boilerplate => "boilerplate",
            Reason::OtherLanguage => "other-language",
            Reason::Code => "code",
            Reason::Empty => "empty",
            Reason::LowConfidence => "low-confidence",
            Reason::Filtered => "filtered",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Reason::NoCounterpart => "no counterpart",
            Reason::OneLanguage => "no text in the other language",
            Reason::Boilerplate => "boilerplate",
            Reason::OtherLanguage => "another language",
            Reason::Code => "program code",
            Reason::Empty => "no words in it",
            Reason::LowConfidence => "low confidence",
            Reason::Filtered => "taken out by a filter",
        })
    }
}

impl FromStr for Reason {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        named(ErrorKind::Format, "reason", text, Reason::ALL, Reason::code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_serialised_form() {
        crate::error::check_codes(Reason::ALL, Reason::code);
        assert!("nothing".parse::<Reason>().unwrap_err().to_string().contains("`nothing`"));
    }
}
