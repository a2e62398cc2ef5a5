//! Inputs: files and standard input, up to a size, as bytes, articles or lines.

use crate::arguments::{LexiconArgs, ReadArgs};
use crate::files::{Doing, explained};
use crate::report::Report;
use duizhao::lexicon::{Glossary, Lexicon};
use duizhao::read::{self, Options};
use duizhao::{Aligner, Article, Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The bytes of an input, and what had to be cut off.
pub struct Input {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What was cut off, as a sentence.
    pub notice: Option<String>,
}

/// The name of an input as messages use it.
pub fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether two names are of one file, which is there.
pub fn same_file(a: &Path, b: &Path) -> bool {
    match (std::fs::canonicalize(a), std::fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Opens an input for reading piece by piece.
pub fn open(path: &Path) -> Result<Box<dyn BufRead + Send>> {
    if is_stdin(path) {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(open_file(path)?.0))
}

/// Opens an input for reading piece by piece, and shows how far that is.
pub fn open_shown(path: &Path, report: &Report) -> Result<Box<dyn BufRead + Send>> {
    if is_stdin(path) {
        return open(path);
    }
    let (file, size) = open_file(path)?;
    Ok(report.reading(file, size))
}

fn open_file(path: &Path) -> Result<(BufReader<File>, u64)> {
    let failed = |error: io::Error| explained(error.into(), Doing::Reading, &name(path));
    let file = File::open(path).map_err(failed)?;
    let facts = file.metadata().map_err(failed)?;
    if facts.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    Ok((BufReader::with_capacity(1 << 16, file), facts.len()))
}

/// Reads an input, `limit` bytes at most.
pub fn bytes(path: &Path, limit: u64) -> Result<Input> {
    let failed = |error: io::Error| explained(error.into(), Doing::Reading, &name(path));
    let mut bytes = Vec::new();
    let size = if is_stdin(path) {
        io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        None
    } else {
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        bytes.reserve(size.min(limit).saturating_add(1) as usize);
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        Some(size)
    };
    if (bytes.len() as u64) <= limit {
        return Ok(Input { bytes, notice: None });
    }
    bytes.truncate(whole_characters(&bytes, limit as usize));
    let of = size.map_or_else(String::new, |size| format!(" of {size}"));
    let notice = format!("only the first {}{of} bytes were read; --max-bytes sets the limit", bytes.len());
    Ok(Input { bytes, notice: Some(notice) })
}

/// The last border at or before `at` between characters of UTF-8 or of UTF-16.
fn whole_characters(bytes: &[u8], at: usize) -> usize {
    let inner = |at: usize| bytes[at] & 0xC0 == 0x80;
    let border = (at.saturating_sub(3)..=at).rev().find(|&at| !inner(at)).unwrap_or(at);
    // The units of UTF-16 are even; a byte less does no harm to other encodings.
    if std::str::from_utf8(&bytes[..border]).is_ok() { border } else { at & !1 }
}

/// Reads an article.
pub fn article(path: &Path, args: &ReadArgs) -> Result<Article> {
    let input = bytes(path, args.max_bytes)?;
    if input.bytes.is_empty() {
        return Err(Error::new(ErrorKind::Format, "the file is empty").in_file(name(path)));
    }
    let article = read::read_bytes(&input.bytes, &args.options().named(path));
    let mut article = article.map_err(|error| error.in_file(name(path)))?;
    article.notices.splice(0..0, input.notice);
    Ok(article)
}

/// Reads a text with a sentence a line, without looking for a structure in it. What `--max-bytes` cuts off is
/// cut at the end of a line.
pub fn lines(path: &Path, args: &ReadArgs) -> Result<(String, Option<String>)> {
    let mut input = bytes(path, args.max_bytes)?;
    if input.notice.is_some() {
        let end = memchr_last_line(&input.bytes);
        input.bytes.truncate(end);
    }
    // The usual case is quick: no other encoding of text is by accident UTF-8 without a NUL.
    let plain = args.encoding.is_none() && !input.bytes.contains(&0);
    let text = match String::from_utf8(input.bytes) {
        Ok(text) if plain => text,
        Ok(text) => decoded(text.as_bytes(), path, args)?,
        Err(error) => decoded(error.as_bytes(), path, args)?,
    };
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    Ok((text, input.notice))
}

/// The paths of a list, one a line, as the system has them: neither cut off nor taken for text in any encoding.
pub fn paths(list: &Path) -> Result<Vec<PathBuf>> {
    let bytes = bytes(list, u64::MAX)?.bytes;
    let lines = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes).split(|&byte| byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line)).zip(1..);
    let whole = lines.filter(|(line, _)| !line.is_empty());
    whole.map(|(line, number)| path_of(line).map_err(|e| e.in_file(name(list)).at_line(number))).collect()
}

#[cfg(unix)]
fn path_of(line: &[u8]) -> Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Ok(std::ffi::OsStr::from_bytes(line).into())
}

#[cfg(not(unix))]
fn path_of(line: &[u8]) -> Result<PathBuf> {
    let text = std::str::from_utf8(line).map_err(|cause| {
        Error::new(ErrorKind::Encoding, "the line is not UTF-8; convert the list first").caused_by(cause)
    })?;
    Ok(text.into())
}

fn decoded(bytes: &[u8], path: &Path, args: &ReadArgs) -> Result<String> {
    let options = args.options().format(duizhao::Format::Plain);
    Ok(read::read_bytes(bytes, &options).map_err(|error| error.in_file(name(path)))?.text)
}

fn memchr_last_line(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|&byte| byte == b'\n').map_or(bytes.len(), |at| at + 1)
}

impl ReadArgs {
    /// The options of reading.
    pub fn options(&self) -> Options {
        let mut options = Options::default();
        options.format = self.input_format.map(Into::into);
        options.encoding.clone_from(&self.encoding);
        options.zh_selector.clone_from(&self.zh_selector);
        options.en_selector.clone_from(&self.en_selector);
        options
    }

    /// Finds mistakes in the options before any work.
    pub fn check(&self) -> Result<()> {
        self.options().check()
    }
}

/// The aligner that the options describe.
pub fn aligner(args: &LexiconArgs) -> Result<Aligner> {
    Aligner::builder().lexicon(lexicon(args)?).build()
}

/// The lexicon that is asked for, with the glossary.
pub fn lexicon(args: &LexiconArgs) -> Result<Lexicon> {
    let named = |error: Error| match error.file() {
        // The library names the file of what the system refused, in the system's words.
        Some(file) if error.kind() == ErrorKind::Io => {
            let file = file.to_owned();
            let kind = crate::status::io_kind(&error).unwrap_or(io::ErrorKind::Other);
            explained(io::Error::new(kind, error.to_string()).into(), Doing::Reading, &file)
        }
        _ => error,
    };
    let mut lexicon = match &args.lexicon {
        Some(path) => Lexicon::open(path).map_err(named)?,
        None => Lexicon::embedded(),
    };
    if let Some(path) = &args.glossary {
        lexicon = lexicon.with_glossary(&Glossary::open(path).map_err(named)?);
    }
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::whole_characters;

    #[test]
    fn a_cut_keeps_characters_whole() {
        let text = "ab你好".as_bytes();
        assert_eq!([2, 3, 4, 5, 6].map(|at| whole_characters(text, at)), [2, 2, 2, 5, 5]);
        assert_eq!(whole_characters(b"\xFF\xFEa\0b\0", 5), 4);
    }
}
