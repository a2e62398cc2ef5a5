//! Messages: plain sentences on standard error, a line each, beside a progress bar where there is one.

use duizhao::Error;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Mutex;

/// Says what a person should know.
pub struct Report {
    quiet: bool,
    verbose: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Report {
    /// `quiet` leaves errors only, `verbose` adds details.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        Report { quiet, verbose: verbose && !quiet, bar: Mutex::new(None) }
    }

    /// Says why something failed, always.
    pub fn fail(&self, error: &Error) {
        self.line(&error.to_string());
    }

    /// Says what a user will want to know, unless asked to be quiet.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            self.line(message);
        }
    }

    /// Says a detail, if asked to.
    pub fn detail(&self, message: &str) {
        if self.verbose {
            self.line(message);
        }
    }

    /// Shows lines that were asked for.
    pub fn table(&self, lines: &str) {
        for line in lines.lines() {
            let safe: String = line.chars().filter(|&c| !steers(c)).collect();
            let _ = writeln!(io::stderr(), "{safe}");
        }
    }

    /// Shows the progress of `count` files where a person looks on.
    pub fn progress(&self, count: u64) {
        self.show(
            ProgressBar::new(count),
            "{bar:30} {human_pos} of {human_len} files, {per_sec}, {eta} left",
        );
    }

    /// Shows how many things are done, of nobody knows how many, where a person looks on who does not see the data
    /// itself come out.
    pub fn count(&self, things: &str) {
        if io::stdout().is_terminal() {
            return;
        }
        let line = format!("{{spinner}} {{human_pos}} {things} in {{elapsed}}, {{per_sec}}");
        self.show(ProgressBar::new_spinner(), &line);
    }

    /// Shows how much of an input of `size` bytes was read, and how long the rest will take, as far as it is read
    /// through the answer.
    pub fn reading<R: BufRead + Send + 'static>(&self, input: R, size: u64) -> Box<dyn BufRead + Send> {
        let line = "{bar:30} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta} left";
        self.show(ProgressBar::new(size), line);
        match self.bar().as_ref() {
            Some(bar) => Box::new(bar.wrap_read(input)),
            None => Box::new(input),
        }
    }

    fn show(&self, bar: ProgressBar, line: &str) {
        self.end_progress();
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        if let Ok(style) = ProgressStyle::with_template(line) {
            bar.set_style(style);
        }
        *self.bar() = Some(bar);
    }

    /// Whether only errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Counts a file as done.
    pub fn step(&self) {
        if let Some(bar) = self.bar().as_ref() {
            bar.inc(1);
        }
    }

    /// Takes the progress bar away.
    pub fn end_progress(&self) {
        if let Some(bar) = self.bar().take() {
            bar.finish_and_clear();
        }
    }

    fn bar(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn line(&self, message: &str) {
        let line = sentence(message);
        // A closed standard error must not end the work.
        let write = || drop(writeln!(io::stderr(), "{line}"));
        match self.bar().as_ref() {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// Whether a character would steer the terminal or turn the direction of writing.
pub fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters of a parser's words that a message shows: it may quote all of the input.
const LONGEST_WORDS: usize = 160;

/// What a parser says, cut short.
pub fn brief(words: impl std::fmt::Display) -> String {
    let words = words.to_string();
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    }
}

/// One line with a full stop, and without characters that would steer a terminal: messages hold file names
/// and pieces of input.
fn sentence(message: &str) -> String {
    let mut line = String::with_capacity(message.len() + 1);
    for c in message.trim_end().chars() {
        if steers(c) { line.extend(c.escape_unicode()) } else { line.push(c) }
    }
    if !line.ends_with(['.', '!', '?', ':']) {
        line.push('.');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{brief, sentence};

    #[test]
    fn quotations_are_cut_short() {
        assert_eq!(brief("short"), "short");
        assert_eq!(brief("长".repeat(1000)).chars().count(), 161);
    }

    #[test]
    fn messages_are_one_safe_line() {
        assert_eq!(sentence("a.txt: it is a directory"), "a.txt: it is a directory.");
        assert_eq!(sentence("Why?\n"), "Why?");
        assert_eq!(sentence("a\nb\u{1B}[31m.txt: no"), "a\\u{a}b\\u{1b}[31m.txt: no.");
    }
}
