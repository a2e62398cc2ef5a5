//! Lines of documents, of bounded length: one that is too long is reported, and the next are read all the same.

use crate::files::{Doing, explained};
use duizhao::{Error, ErrorKind, Result};
use std::io::{BufRead, Read};

/// A line of the input with its number from 1, or why it cannot be used.
pub struct Line {
    /// Its number in the input.
    pub number: u64,
    /// What stands on it, or why it cannot be used.
    pub text: Result<Vec<u8>>,
}

/// Lines up to a length; blank ones are passed over.
pub struct Lines<R> {
    input: R,
    name: String,
    number: u64,
    limit: u64,
    broken: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while !self.broken {
            let mut line = Vec::new();
            // The line end comes on top of the limit.
            let read = (&mut self.input).take(self.limit + 1).read_until(b'\n', &mut line);
            self.number += 1;
            let number = self.number;
            match read {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > self.limit && line.last() != Some(&b'\n') => {
                    let text = self.skip_rest();
                    return Some(Line { number, text: Err(text) });
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Line { number, text: Ok(line) }),
                Err(error) => {
                    // What comes after a failed read is unknown: say so, and end.
                    self.broken = true;
                    let text = Err(explained(error.into(), Doing::Reading, &self.name));
                    return Some(Line { number, text });
                }
            }
        }
        None
    }
}

impl<R: BufRead> Lines<R> {
    /// The lines of an input with a name, each of `limit` bytes at most.
    pub fn new(input: R, name: impl Into<String>, limit: u64) -> Self {
        Lines { input, name: name.into(), number: 0, limit, broken: false }
    }

    fn skip_rest(&mut self) -> Error {
        let message = format!("the line is longer than {} bytes; --max-bytes sets the limit", self.limit);
        match self.input.skip_until(b'\n') {
            Ok(_) => Error::new(ErrorKind::Limit, message),
            Err(error) => {
                self.broken = true;
                explained(error.into(), Doing::Reading, &self.name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn long_lines_are_passed_over() {
        let input = "{}\n\n0123456789\n01234567890\n{\"a\"\n".as_bytes();
        let lines: Vec<_> = Lines::new(input, "lines", 10)
            .map(|line| (line.number, line.text.map(|text| text.len()).map_err(|error| error.kind())))
            .collect();
        assert_eq!(lines, [(1, Ok(3)), (3, Ok(11)), (4, Err(ErrorKind::Limit)), (5, Ok(5))]);
    }

    /// Reads some bytes, and then fails whenever it is asked.
    struct Broken(&'static [u8]);

    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let left = self.0.len();
            if left == 0 { Err(std::io::ErrorKind::IsADirectory.into()) } else { self.0.read(buffer) }
        }
    }

    #[test]
    fn a_broken_input_is_reported_once() {
        for input in ["", "{}\n{}", "0123456789012345"] {
            let lines = Lines::new(BufReader::new(Broken(input.as_bytes())), "lines", 10);
            let kinds: Vec<_> = lines.map(|line| line.text.map_err(|error| error.kind()).err()).collect();
            assert_eq!(kinds.iter().filter(|kind| **kind == Some(ErrorKind::Io)).count(), 1, "{input}");
            assert_eq!(kinds.last(), Some(&Some(ErrorKind::Io)), "{input}");
        }
    }
}
