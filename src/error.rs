//! The one error type of the crate: what went wrong, in which file and where in it, and what caused it.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, where, and why. One pointer wide, so that a `Result` stays small.
///
/// The message names the file and the place when they are known and says what to do:
///
/// ```
/// use duizhao::{Error, ErrorKind};
/// let error = Error::new(ErrorKind::Format, "expected two columns, found one").in_file("terms.tsv").at_line(3);
/// assert_eq!(error.to_string(), "terms.tsv, line 3: expected two columns, found one");
/// assert_eq!(error.kind(), ErrorKind::Format);
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    file: Option<String>,
    line: Option<u64>,
    byte: Option<u64>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// Whether the message holds the words of the source.
    told: bool,
}

/// The sort of an [`Error`], for code that decides by it. Displays as plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed; [`Error::io`] is what the system said.
    Io,
    /// The bytes are not text, or not in the encoding that was asked for.
    Encoding,
    /// The text is not in the format it should be in (a glossary line, a gold file, a lexicon).
    Format,
    /// An option or argument has a value that cannot work.
    Usage,
    /// An alignment that is not monotone, complete and disjoint.
    Alignment,
    /// A limit of size or time was reached.
    Limit,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ErrorKind::Io => "reading or writing failed",
            ErrorKind::Encoding => "not text, or not in its encoding",
            ErrorKind::Format => "not in its format",
            ErrorKind::Usage => "a value that cannot work",
            ErrorKind::Alignment => "no alignment",
            ErrorKind::Limit => "a limit was reached",
        })
    }
}

impl Error {
    /// An error of a kind, with a plain sentence that says what to do about it.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let (message, source) = (message.into(), None);
        Error(Box::new(Inner { kind, message, file: None, line: None, byte: None, source, told: false }))
    }

    /// Names the file in which it happened, in place of one that was named before.
    #[must_use]
    pub fn in_file(mut self, file: impl fmt::Display) -> Self {
        self.0.file = Some(file.to_string());
        self
    }

    /// Names the line, counted from 1, in place of one that was named before.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// Names the byte, counted from 0 at the beginning of the file, in place of one that was named before. A line
    /// may be named too.
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.0.byte = Some(byte);
        self
    }

    /// Keeps the error that caused this one. It says more than the message does:
    /// [`source`](std::error::Error::source) gives it to those who print the whole chain.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Keeps the error that caused this one, and whose words the message holds.
    pub(crate) fn told_by(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = self.caused_by(source);
        error.0.told = true;
        error
    }

    /// The sort of this error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What went wrong, without the file and the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the system said, where reading or writing failed.
    pub fn io(&self) -> Option<&std::io::Error> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// The file, if it is known.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line, counted from 1, if it is known.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The byte, counted from 0, if it is known.
    pub fn byte(&self) -> Option<u64> {
        self.0.byte
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { file, line, byte, message, .. } = &*self.0;
        let (line, byte) = (line.map(|line| format!("line {line}")), byte.map(|byte| format!("byte {byte}")));
        let place: Vec<&str> = [file, &line, &byte].into_iter().flatten().map(String::as_str).collect();
        match place.is_empty() {
            true => f.write_str(message),
            false => write!(f, "{}: {message}", place.join(", ")),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        // Those who print the chain would say twice what the message has said.
        if self.0.told { source.source() } else { Some(source) }
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Error::new(ErrorKind::Io, source.to_string()).told_by(source)
    }
}

/// What a word stands for in files, by the `code` of each of a type's values: `named(kind, "layout", "lines", Layout::ALL,
/// Layout::code)`.
pub(crate) fn named<T: Copy, const N: usize>(
    kind: ErrorKind,
    what: &str,
    word: &str,
    all: [T; N],
    code: fn(T) -> &'static str,
) -> Result<T> {
    all.into_iter().find(|&value| code(value) == word).ok_or_else(|| unknown(kind, what, word, all.map(code)))
}

/// Checks that each value's code is what it serialises to and what parses to it.
#[cfg(test)]
pub(crate) fn check_codes<T, const N: usize>(all: [T; N], code: fn(T) -> &'static str)
where
    T: Copy + PartialEq + fmt::Debug + serde::Serialize + std::str::FromStr<Err = Error>,
{
    for value in all {
        assert_eq!(serde_json::to_value(value).unwrap(), code(value));
        assert_eq!(code(value).parse::<T>().unwrap(), value);
    }
}

/// The error of a word that names none of those that are known, such as `unknown(kind, "layout", "circle", …)`.
pub(crate) fn unknown<const N: usize>(
    kind: ErrorKind,
    what: &str,
    word: &str,
    known: [&'static str; N],
) -> Error {
    let lower = word.to_lowercase();
    // A damaged file may hold anything in place of a word: what is long, or shares less than half, is near to
    // none.
    let near = known.iter().find(|known| {
        let apart = || strsim::damerau_levenshtein(known, &lower);
        lower.len() <= 2 * known.len() && apart() <= NEAR.min(known.len() / 2)
    });
    let meant = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
    let shown: String = word.chars().filter(|c| !c.is_control()).take(LONGEST_WORD).collect();
    Error::new(kind, format!("there is no {what} `{shown}`; {meant}there are {}", known.join(", ")))
}

/// Letters by which a word may differ from the one that was meant.
const NEAR: usize = 2;
/// Characters of an unknown word that an error shows.
const LONGEST_WORD: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn a_line_and_a_byte_are_both_kept() {
        let error = Error::new(ErrorKind::Format, "no number").in_file("a.tsv").at_line(2).at_byte(31);
        assert_eq!(error.to_string(), "a.tsv, line 2, byte 31: no number");
        assert_eq!((error.message(), error.line(), error.byte()), ("no number", Some(2), Some(31)));
        assert_eq!(Error::new(ErrorKind::Format, "no number").at_byte(0).to_string(), "byte 0: no number");
    }

    #[test]
    fn a_chain_says_nothing_twice() {
        let chain = |error: &Error| {
            let mut words = vec![error.to_string()];
            let mut next = error.source();
            while let Some(source) = next {
                words.push(source.to_string());
                next = source.source();
            }
            words
        };
        let failed = Error::from(std::io::Error::other("the disk is gone")).in_file("a.tsv");
        assert_eq!(chain(&failed), ["a.tsv: the disk is gone"]);
        assert_eq!(failed.io().unwrap().kind(), std::io::ErrorKind::Other);
        let cause = "x".parse::<u8>().unwrap_err();
        let failed = Error::new(ErrorKind::Format, "no number").caused_by(cause);
        assert_eq!(chain(&failed), ["no number", "invalid digit found in string"]);
        assert!(failed.io().is_none());
    }

    #[test]
    fn an_unknown_word_is_named() {
        let error = |word: &str| unknown(ErrorKind::Usage, "shape", word, ["circle", "square"]).to_string();
        assert_eq!(
            error("Squar"),
            "there is no shape `Squar`; did you mean square? there are circle, square"
        );
        assert_eq!(error("line"), "there is no shape `line`; there are circle, square");
        let short = unknown(ErrorKind::Usage, "side", "x", ["zh", "en"]).to_string();
        assert_eq!(short, "there is no side `x`; there are zh, en");
        assert!(error(&"x\n".repeat(1_000_000)).len() < 100);
    }
}
