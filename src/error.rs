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
    place: Option<Place>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy)]
enum Place {
    Line(u64),
    Byte(u64),
}

/// The sort of an [`Error`], for code that decides by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed; [`source`](std::error::Error::source) is the [`std::io::Error`].
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

impl Error {
    /// An error of a kind, with a plain sentence that says what to do about it.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), file: None, place: None, source: None }))
    }

    /// Names the file in which it happened.
    #[must_use]
    pub fn in_file(mut self, file: impl fmt::Display) -> Self {
        self.0.file = Some(file.to_string());
        self
    }

    /// Names the line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.place = Some(Place::Line(line));
        self
    }

    /// Names the byte, counted from 0.
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.0.place = Some(Place::Byte(byte));
        self
    }

    /// Keeps the error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The sort of this error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file, if it is known.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line, counted from 1, if it is known.
    pub fn line(&self) -> Option<u64> {
        match self.0.place {
            Some(Place::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// The byte, counted from 0, if it is known.
    pub fn byte(&self) -> Option<u64> {
        match self.0.place {
            Some(Place::Byte(byte)) => Some(byte),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.0.place {
            Some(Place::Line(line)) => Some(format!("line {line}")),
            Some(Place::Byte(byte)) => Some(format!("byte {byte}")),
            None => None,
        };
        match (&self.0.file, place) {
            (Some(file), Some(place)) => write!(f, "{file}, {place}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(place)) => write!(f, "{place}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.0.message)
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
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Error::new(ErrorKind::Io, source.to_string()).caused_by(source)
    }
}
