//! Reads a text line by line with its numbers, in time and memory of the longest line. Used by every format
//! that has a record a line, so that all of them name the bad line in the same way.

use crate::error::{Error, ErrorKind, Result};
use std::io::BufRead;

/// Lines of UTF-8 text. A byte order mark at the start and the line ends, `\n` or `\r\n`, are taken off.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Lines { input, line: Vec::new(), number: 0 }
    }

    /// The number of the last line that was read, counted from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line, or `None` at the end.
    pub(crate) fn next_line(&mut self) -> Result<Option<&str>> {
        self.line.clear();
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let number = self.number;
        let mut line = self.line.as_slice();
        if number == 1 {
            line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
        }
        line = line.strip_suffix(b"\n").unwrap_or(line);
        line = line.strip_suffix(b"\r").unwrap_or(line);
        std::str::from_utf8(line).map(Some).map_err(|cause| {
            Error::new(ErrorKind::Encoding, "the line is not UTF-8; convert the file first")
                .at_line(number)
                .caused_by(cause)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_marks_are_taken_off() {
        let mut lines = Lines::new("\u{FEFF}一\r\n\n\u{FEFF}二".as_bytes());
        let mut next = || lines.next_line().unwrap().map(str::to_owned);
        assert_eq!(
            [next(), next(), next(), next()],
            ["一", "", "\u{FEFF}二"].map(|s| Some(s.into())).into_iter().chain([None]).collect::<Vec<_>>()[..]
        );
    }

    #[test]
    fn a_bad_line_is_named() {
        let mut lines = Lines::new(&b"one\n\xFF\n"[..]);
        lines.next_line().unwrap();
        let error = lines.next_line().unwrap_err();
        assert_eq!((error.kind(), error.line()), (ErrorKind::Encoding, Some(2)));
    }
}
