//! The exit statuses, which `--help` and the README list.

use duizhao::{Error, ErrorKind};
use std::io;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done, also where there was nothing to pair.
    Done,
    /// Something could not be read or written; what else there was to do is done.
    Failed,
    /// The command line does not make sense.
    Usage,
    /// Ctrl-C, or a signal to end; what was finished is whole.
    Interrupted,
    /// The reader of standard output went away, as `head` does.
    ClosedPipe,
}

/// The statuses as the help shows them.
pub const HELP: &str = "Exit status:
  0    done, also where there was nothing to pair
  1    an input could not be read or an output not written; in a batch or stream all the others are done
  2    the command line does not make sense
  130  interrupted; what was finished is whole
  141  standard output was closed by its reader";

impl Status {
    /// The number that the system gets: 128 and the signal for an end from outside, as shells count.
    pub fn code(self) -> i32 {
        match self {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Usage => 2,
            Status::Interrupted => 130,
            Status::ClosedPipe => 141,
        }
    }

    /// The status of a command that ended with an error.
    pub fn of(error: &Error) -> Self {
        if error.kind() == ErrorKind::Usage {
            Status::Usage
        } else if io_kind(error) == Some(io::ErrorKind::BrokenPipe) {
            Status::ClosedPipe
        } else {
            Status::Failed
        }
    }
}

/// The system's kind of an error, where it caused this one.
pub fn io_kind(error: &Error) -> Option<io::ErrorKind> {
    error.io().map(io::Error::kind)
}
