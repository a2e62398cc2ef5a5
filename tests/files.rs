//! What happens to files when something goes wrong: a disk that fills up on the way, an interrupt, a pipe that
//! closes, what cannot be read, a folder in place of a file. Each ends in one line and a status, and leaves the
//! old file or none. `.ci/killed.py` is the large form of the test with `kill -9` in `tests/cli.rs`.
#![cfg(all(feature = "cli", unix))]

mod command;

use command::{Done, Folder, command, finish, program, run};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PAGE: &str = "河上有一座木桥。\n\nThere is a wooden bridge over the river.\n\n他走了。\n\nHe left.\n";

/// A page whose corpus is longer than a buffer, and than [`limited`] lets a file become.
fn long_page() -> String {
    (0..2_000)
        .map(|k| format!("河上有{k}座木桥。\n\nThere are {k} wooden bridges over the river.\n\n"))
        .collect()
}

/// Runs the program where no file may become longer than 32 KB: writing fails in the middle, as on a full disk.
fn limited(arguments: &[&Path]) -> Done {
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", program()]).args(arguments);
    finish(shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

fn paths<'a>(arguments: &[&'a str]) -> Vec<&'a Path> {
    arguments.iter().map(|&argument| Path::new(argument)).collect()
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_file_or_none() {
    let folder = Folder::new("fills");
    let page = folder.file("page.txt", long_page());
    for format in ["jsonl", "tmx", "csv", "html"] {
        let (new, old) = (folder.path("out/new"), folder.file("out/old", "old"));
        for out in [&new, &old] {
            let arguments = paths(&["align", "--timeout", "0", "--quiet", "--format", format, "-o"]);
            let done = limited(&[&arguments[..], &[out, &page]].concat());
            done.says(1, &[out.to_str().unwrap()]);
        }
        assert_eq!(folder.names("out"), ["old"], "{format}");
        assert_eq!(fs::read_to_string(&old).unwrap(), "old");
    }
    // Two files stand or fall together.
    let done = limited(
        &[&paths(&["align", "--quiet", "--format", "moses", "-o"])[..], &[&folder.path("out/two"), &page]]
            .concat(),
    );
    assert_eq!((done.status, folder.names("out")), (1, vec!["old".to_owned()]), "{}", done.err);
    // In a batch the others are done.
    let short = folder.file("short.txt", PAGE);
    let done = limited(&[&paths(&["batch", "--out"])[..], &[&folder.path("batch"), &page, &short]].concat());
    assert_eq!((done.status, folder.names("batch")), (1, vec!["short.jsonl".to_owned()]), "{}", done.err);
    assert!(
        done.err.contains("page.jsonl") && done.err.contains("1 of 2 files written, 1 failed"),
        "{}",
        done.err
    );
    // `convert` and `segment` write in the same way.
    let corpus = folder.path("corpus.jsonl");
    assert_eq!(run(&[Path::new("align"), &page, Path::new("--quiet"), Path::new("-o"), &corpus]).status, 0);
    limited(&[Path::new("convert"), &corpus, &folder.path("out/corpus.tsv")]).says(1, &["corpus.tsv"]);
    limited(&[Path::new("segment"), &page, Path::new("-o"), &folder.path("out/sentences")])
        .says(1, &["sentences"]);
    assert_eq!(folder.names("out"), ["old"]);
}

/// What a killed run left does not stand in the way, and no one is led elsewhere by a link of its name.
#[test]
fn leavings_are_replaced() {
    let folder = Folder::new("leavings");
    let corpus = folder.file("corpus.jsonl", "{\"zh\":\"茶\",\"en\":\"tea\"}\n");
    let fifo = pipe(&folder, "fifo.jsonl");
    let out = folder.path("out/corpus.tsv");
    fs::create_dir(folder.path("out")).unwrap();
    let mut child = command(&[Path::new("convert"), &fifo, &out]).spawn().unwrap();
    let input = fs::File::options().write(true).open(&fifo).unwrap();
    wait_until("the unfinished output", || !folder.names("out").is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    let left = folder.path("out").join(&folder.names("out")[0]);
    let elsewhere = folder.file("elsewhere", "mine");
    fs::remove_file(&left).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &left).unwrap();
    let done = run(&[Path::new("convert"), &corpus, &out]);
    assert_eq!((done.status, folder.names("out")), (0, vec!["corpus.tsv".to_owned()]), "{}", done.err);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
}

fn pipe(folder: &Folder, name: &str) -> PathBuf {
    let path = folder.path(name);
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

fn wait_until(what: &str, mut come: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !come() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what} does not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn an_interrupt_takes_the_unfinished_output_away() {
    for (signal, out) in [("-INT", "corpus.tsv"), ("-TERM", "corpus.tmx")] {
        let folder = Folder::new(&format!("interrupted{signal}"));
        let corpus = pipe(&folder, "corpus.jsonl");
        fs::create_dir(folder.path("out")).unwrap();
        let child = command(&[Path::new("convert"), &corpus, &folder.path("out").join(out)]).spawn().unwrap();
        let mut input = fs::File::options().write(true).open(&corpus).unwrap();
        input.write_all("{\"zh\":\"茶\",\"en\":\"tea\"}\n".as_bytes()).unwrap();
        wait_until("the unfinished output", || !folder.names("out").is_empty());
        assert!(folder.names("out")[0].ends_with(".part"));
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(finish(child).status, 130);
        assert_eq!(folder.names("out"), [""; 0]);
    }
}

#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let folder = Folder::new("pipes");
    let page = folder.file("page.txt", long_page());
    let corpus = folder.path("corpus.jsonl");
    assert_eq!(run(&[Path::new("align"), &page, Path::new("--quiet"), Path::new("-o"), &corpus]).status, 0);
    let [align, convert, to, tsv, out] = ["align", "convert", "--to", "tsv", "-"].map(Path::new);
    for arguments in [vec![align, &page], vec![convert, &corpus, out, to, tsv]] {
        let mut child = command(&arguments).spawn().unwrap();
        drop(child.stdout.take());
        let done = finish(child);
        assert_eq!((done.status, done.err.as_str()), (141, ""), "{arguments:?}");
    }
    let mut child = command(&["stream"]).stdin(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let line = serde_json::json!({ "text": long_page() }).to_string() + "\n";
    // The program may be gone before all of it is written.
    let _ = input.write_all(line.repeat(3).as_bytes());
    drop(input);
    let done = finish(child);
    assert_eq!((done.status, done.err.as_str()), (141, ""));
}

/// A folder in place of a file, and a file that cannot be read, wherever a command takes one.
#[test]
fn what_is_no_file_is_said_in_one_line() {
    let folder = Folder::new("no-files");
    let page = folder.file("page.txt", PAGE);
    let wrong = folder.path("folder");
    fs::create_dir(&wrong).unwrap();
    let missing = folder.path("missing");
    let out = folder.path("out.tsv");
    let [align, batch, segment, convert] = ["align", "batch", "segment", "convert"].map(Path::new);
    let [o, glossary, lexicon, build, from, jsonl, outs, files] =
        ["-o", "--glossary", "--lexicon", "build", "--from", "jsonl", "--out", "--files-from"].map(Path::new);
    let made = folder.path("made");
    for (bad, words) in [(&wrong, "directory"), (&missing, "no such file")] {
        for arguments in [
            vec![align, bad],
            vec![align, &page, bad],
            vec![align, &page, bad, Path::new("--sentences")],
            vec![align, &page, glossary, bad],
            vec![align, &page, lexicon, bad],
            vec![segment, bad],
            vec![segment, Path::new("--jsonl"), bad],
            vec![convert, bad, &out, from, jsonl],
            vec![batch, outs, &made, files, bad],
            vec![Path::new("lexicon"), build, bad, o, &out],
        ] {
            let done = run(&arguments);
            done.says(1, &[bad.to_str().unwrap()]);
            assert!(done.err.contains(words), "{arguments:?}: {}", done.err);
            assert!(done.out.is_empty() && !out.exists(), "{arguments:?}");
        }
    }
    for arguments in [
        vec![align, &page, o, &wrong, Path::new("--format"), Path::new("tsv")],
        vec![segment, &page, o, &wrong],
    ] {
        run(&arguments).says(1, &["folder: a directory of this name is in the way"]);
    }
    run(&[Path::new("eval"), &missing, &page]).says(1, &["missing: ", "no such file"]);
    run(&[align, &page, o, &missing.join("deep.tsv")])
        .says(1, &["the folder it should stand in does not exist"]);
    run(&[align, &page, o, &page.join("deep.tsv")]).says(1, &["a part of its path is a file"]);
}

/// The system refuses to read on in the middle of a file.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_breaks_off_is_said() {
    let folder = Folder::new("breaks");
    let broken = Path::new("/proc/self/mem");
    let [align, convert, from, jsonl, segment] =
        ["align", "convert", "--from", "jsonl", "segment"].map(Path::new);
    run(&[align, broken]).says(1, &["/proc/self/mem: "]);
    run(&[convert, broken, &folder.path("out.tsv"), from, jsonl]).says(1, &["/proc/self/mem"]);
    run(&[segment, broken]).says(1, &["/proc/self/mem: "]);
    for arguments in [&["stream"][..], &["segment", "--jsonl"]] {
        let directory = fs::File::open(&folder.0).unwrap();
        let done = finish(command(arguments).stdin(directory).spawn().unwrap());
        let lines: Vec<&str> = done.err.lines().collect();
        assert_eq!(done.status, 1, "{}", done.err);
        assert!(lines.len() <= 2 && lines[0].starts_with("standard input"), "{}", done.err);
        assert!(lines[0].ends_with(": it is a directory; name the files in it."), "{}", done.err);
    }
    assert_eq!(folder.names("."), [""; 0]);
}

/// A list of pages is no page: it is read whole, and a name need not be text.
#[test]
fn a_list_of_pages_is_not_cut_off() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let folder = Folder::new("list-of-pages");
    let odd = folder.0.join(std::ffi::OsStr::from_bytes(b"odd-\xFF.txt"));
    if fs::write(&odd, PAGE).is_err() {
        eprintln!("SKIPPED: names that are not text are not for this file system");
        return;
    }
    let pages = ["a.txt", "b.txt"].map(|name| folder.file(name, PAGE));
    let mut list = odd.into_os_string().into_vec();
    pages.iter().for_each(|page| list.extend([b"\r\n", page.as_os_str().as_bytes()].concat()));
    let list = folder.file("list", list);
    let out = folder.path("out");
    let [batch, files, outs, most, bytes, encoding, label] =
        ["batch", "--files-from", "--out", "--max-bytes", "200", "--encoding", "utf-8"].map(Path::new);
    run(&[batch, files, &list, outs, &out, most, bytes, encoding, label]).says(0, &["3 of 3 files written"]);
    assert_eq!(folder.names("out").len(), 3);
}

/// Lines of documents: one too long, and one that is nothing but a quotation; the others are done.
#[test]
fn bad_lines_are_said_briefly() {
    let folder = Folder::new("lines");
    let long = "x".repeat(100_000);
    let documents =
        format!("{{\"text\":\"{long}{long}\"}}\n\"{long}\"\n{{\"text\":\"茶凉了。The tea is cold.\"}}\n");
    let documents = folder.file("documents.jsonl", documents);
    for arguments in [&["stream"][..], &["segment", "--jsonl"]] {
        let input = fs::File::open(&documents).unwrap();
        let arguments = [arguments, &["--max-bytes", "150000"]].concat();
        let done = finish(command(&arguments).stdin(input).spawn().unwrap());
        assert!(done.status == 1 && done.out.contains("茶凉了。") && done.err.len() < 1_000, "{}", done.err);
        assert!(
            done.err.contains("standard input, line 1: the line is longer than 150000 bytes"),
            "{}",
            done.err
        );
        assert!(done.err.contains("standard input, line 2: "), "{}", done.err);
    }
}

/// Hostile names of inputs: outputs stay in their folder, and none takes the place of another.
#[test]
fn outputs_stay_in_their_folder() {
    let folder = Folder::new("names");
    let names = [
        "a/page.txt",
        "b/page.txt",
        "b/PAGE.txt",
        "con.txt",
        "...",
        "~",
        "-x.txt",
        "new\nline.txt",
        "a b.txt ",
        "c\\d.txt",
    ];
    let files: Vec<PathBuf> = names.iter().map(|name| folder.file(&format!("in/{name}"), PAGE)).collect();
    let through = folder.path("in/a/../b/../../in/a/page.txt");
    let out = folder.path("deep/out");
    let [batch, outs] = ["batch", "--out"].map(Path::new);
    let mut arguments = vec![batch, outs, &out, &through];
    arguments.extend(files.iter().map(PathBuf::as_path));
    let done = run(&arguments);
    done.says(0, &["11 of 11 files written"]);
    assert_eq!(folder.names("deep"), ["out"]);
    assert_eq!(folder.names("."), ["deep", "in"]);
    let written = folder.names("deep/out");
    assert_eq!(written.len(), 11, "{written:?}");
    let folded: std::collections::HashSet<String> = written.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), 11, "{written:?}");
    assert!(written.iter().all(|name| name.ends_with(".jsonl") && !name.starts_with("con.")), "{written:?}");
}
