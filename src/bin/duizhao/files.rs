//! Outputs: whole or not at all. A file is written beside its place under another name and renamed when it is
//! complete, so that an interrupt or a full disk leaves the old file or none.

use duizhao::corpus::{Bitext, CorpusWriter, OutputFormat, WriteOptions, intertext, moses, writer};
use duizhao::{Error, ErrorKind, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Bytes gathered before they are handed to the system.
const BUFFER: usize = 1 << 16;

/// Where an output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// To standard output.
    Stdout,
    /// To a file.
    File(PathBuf),
}

impl Place {
    /// The place that `-o` names: `-` or nothing is standard output.
    pub fn new(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path != Path::new("-") => Place::File(path.to_owned()),
            _ => Place::Stdout,
        }
    }
}

/// Writes an output with `write`.
pub fn write(place: &Place, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match place {
        Place::Stdout => to_stdout(write),
        Place::File(path) => to_file(path, write),
    }
}

/// Writes a corpus with `write`, in a format that may make two files.
pub fn write_corpus(
    place: &Place,
    format: OutputFormat,
    options: &WriteOptions,
    fill: impl FnOnce(&mut dyn CorpusWriter) -> Result<()>,
) -> Result<()> {
    let mut fill = Some(fill);
    let path = match place {
        Place::File(path) if format.extensions().len() > 1 => path,
        Place::Stdout if format.extensions().len() > 1 => return Err(several_files(format)),
        _ => {
            let fill = fill.take();
            return write(place, |out| {
                fill.map_or(Ok(()), |fill| fill(writer(format, out, options)?.as_mut()))
            });
        }
    };
    let names = names_of(path, format);
    to_files(&names, Vec::new(), &mut |outs| match (format, outs) {
        (OutputFormat::Moses, [zh, en]) => {
            fill.take().map_or(Ok(()), |fill| fill(&mut moses::Writer::with_options(zh, en, options)))
        }
        (OutputFormat::InterText, [links, zh, en]) => fill.take().map_or(Ok(()), |fill| {
            let name = base_name(path, format);
            let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
            fill(&mut intertext::Writer::with_options(links, zh, en, &name, options))
        }),
        _ => Err(several_files(format)),
    })
}

/// What to do about a format that makes several files.
pub fn several_files(format: OutputFormat) -> Error {
    let names: Vec<String> = format.extensions().iter().map(|ending| format!("NAME.{ending}")).collect();
    let count = if names.len() == 2 { "two" } else { "three" };
    let message = format!("{format} makes {count} files: give -o NAME, and {} are written", names.join(", "));
    Error::new(ErrorKind::Usage, message)
}

/// Opens one file after the other, and hands all of them on.
fn to_files(
    names: &[PathBuf],
    mut open: Vec<&mut dyn Write>,
    write: &mut dyn FnMut(&mut [&mut dyn Write]) -> Result<()>,
) -> Result<()> {
    match names {
        [] => write(&mut open),
        [first, rest @ ..] => to_file(first, |out| {
            let mut open: Vec<&mut dyn Write> = open.iter_mut().map(|out| &mut **out as _).collect();
            open.push(out);
            to_files(rest, open, write)
        }),
    }
}

/// Writes a bitext as a whole file.
pub fn write_bitext(
    place: &Place,
    bitext: &Bitext,
    format: OutputFormat,
    options: &WriteOptions,
) -> Result<()> {
    write_corpus(place, format, options, |writer| {
        writer.write(bitext)?;
        writer.finish()
    })
}

/// The files of a format: the path itself, or `NAME` with each ending where it makes several.
pub fn names_of(path: &Path, format: OutputFormat) -> Vec<PathBuf> {
    let endings = format.extensions();
    if endings.len() == 1 {
        return vec![path.to_owned()];
    }
    let base = base_name(path, format);
    let name = |ending: &&str| {
        let mut name = base.clone().into_os_string();
        name.push(".");
        name.push(ending);
        name.into()
    };
    endings.iter().map(name).collect()
}

/// `NAME`, where it or any of the files of a format was named.
fn base_name(path: &Path, format: OutputFormat) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let cut = |ending: &&str| name.strip_suffix(ending)?.strip_suffix('.').filter(|base| !base.is_empty());
    match format.extensions().iter().find_map(cut) {
        Some(base) => path.with_file_name(base),
        None => path.to_owned(),
    }
}

fn to_stdout(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let done = write(&mut out).and_then(|()| out.flush().map_err(Error::from));
    // What is left in the buffer after an error would be written, and fail, once more.
    let _ = out.into_parts();
    done.map_err(|error| explained(error, Doing::Writing, "standard output"))
}

fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |error: Error| explained(error, Doing::Writing, &path.display().to_string());
    let unfinished = Unfinished::beside(path).map_err(|error| failed(error.into()))?;
    let mut out = BufWriter::with_capacity(BUFFER, &unfinished.file);
    let done = write(&mut out).and_then(|()| out.flush().map_err(Error::from));
    let _ = out.into_parts();
    done.map_err(failed)?;
    unfinished.finish().map_err(|error| failed(error.into()))
}

/// Files that are being written, so that Ctrl-C can take them away.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Takes away what is being written.
pub fn remove_unfinished() {
    let mut paths = UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    for path in paths.drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// A file on its way. Dropped before it is finished, it goes away again.
struct Unfinished {
    file: File,
    /// The other name and the name it will have; none for a device or pipe, which is written directly.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Unfinished {
    fn beside(path: &Path) -> io::Result<Self> {
        let mut place = path.to_owned();
        let mut old = fs::symlink_metadata(path).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_symlink) {
            // A link keeps its place, and the file it points to is replaced.
            place = fs::canonicalize(path).unwrap_or(place);
            old = fs::metadata(&place).ok();
        }
        if let Some(old) = &old {
            if old.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            if !old.is_file() {
                return Ok(Unfinished { file: File::options().write(true).open(&place)?, rename: None });
            }
            // A file that may not be written must not be replaced either.
            File::options().append(true).open(&place)?;
        }
        let other = unfinished_name(&place);
        // Where the command has its own way to end at Ctrl-C, that stays.
        crate::interrupt::clean_up();
        let create = || File::options().write(true).create_new(true).open(&other);
        let file = create().or_else(|error| match error.kind() {
            // What a killed run left goes, and a link that someone laid there is not followed.
            io::ErrorKind::AlreadyExists => fs::remove_file(&other).and_then(|()| create()),
            _ => Err(error),
        })?;
        UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(other.clone());
        if let Some(old) = old {
            // Rights of the new file are a comfort: not every file system knows them.
            let _ = file.set_permissions(old.permissions());
        }
        Ok(Unfinished { file, rename: Some((other, place)) })
    }

    fn finish(mut self) -> io::Result<()> {
        if let Some((other, place)) = &self.rename {
            fs::rename(other, place)?;
            forget(other);
            self.rename = None;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some((other, _)) = &self.rename {
            let _ = fs::remove_file(other);
            forget(other);
        }
    }
}

fn forget(path: &Path) {
    let mut paths = UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    paths.retain(|other| other != path);
}

/// The name of a file on its way: short, whatever the file is called, and the same every time, so that the
/// next run takes away what a killed one left.
fn unfinished_name(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default();
    // FNV-1a, 64 bits (Fowler, Noll and Vo).
    let hash = name.as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    place.with_file_name(OsString::from(format!(".duizhao-{hash:016x}.part")))
}

/// What was being done when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading an input.
    Reading,
    /// Writing an output.
    Writing,
}

/// Names the file of an error, if it has no name yet, and puts what the system said into plain words.
pub fn explained(error: Error, doing: Doing, file: &str) -> Error {
    if error.file().is_some() {
        return error;
    }
    let Some(kind) = crate::status::io_kind(&error).filter(|_| error.kind() == ErrorKind::Io) else {
        return error.in_file(file);
    };
    let reading = doing == Doing::Reading;
    let message = match kind {
        io::ErrorKind::NotFound if reading => "there is no such file".to_owned(),
        io::ErrorKind::NotFound => "the folder it should stand in does not exist".to_owned(),
        io::ErrorKind::PermissionDenied if reading => "you may not read it".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        io::ErrorKind::IsADirectory if reading => "it is a directory; name the files in it".to_owned(),
        io::ErrorKind::IsADirectory => "a directory of this name is in the way".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a directory".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "there is no space left to write it".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the file system may only be read".to_owned(),
        _ => error.to_string(),
    };
    let source = io::Error::new(kind, error);
    Error::new(ErrorKind::Io, message).in_file(file).caused_by(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_with_several_files() {
        for name in ["out/corpus", "out/corpus.zh", "out/corpus.en"] {
            let names = names_of(Path::new(name), OutputFormat::Moses);
            assert_eq!(names, ["out/corpus.zh", "out/corpus.en"].map(PathBuf::from));
        }
        assert_eq!(names_of(Path::new("v1.2"), OutputFormat::Moses)[0], Path::new("v1.2.zh"));
        for name in ["a", "a.zh.en.xml", "a.en.xml"] {
            let names = names_of(Path::new(name), OutputFormat::InterText);
            assert_eq!(names, ["a.zh.en.xml", "a.zh.xml", "a.en.xml"].map(PathBuf::from));
        }
        assert_eq!(names_of(Path::new("a.zh"), OutputFormat::Tsv), [Path::new("a.zh")]);
    }

    #[test]
    fn an_unfinished_file_has_a_short_name_of_its_own() {
        let long = PathBuf::from("out").join("字".repeat(80));
        let name = unfinished_name(&long);
        assert!(name.starts_with("out") && name.file_name().unwrap().len() < 40);
        assert_ne!(name, unfinished_name(Path::new("out/other")));
    }
}
