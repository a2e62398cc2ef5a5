//! The command line as its users meet it: the built program, its output, its messages and its exit status.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ZH: [&str; 4] =
    ["河上有一座木桥。", "桥是1952年修的。", "老人每天来这里钓鱼。", "他从来没有钓到过鱼。"];
const EN: [&str; 4] = [
    "There is a wooden bridge over the river.",
    "The bridge was built in 1952.",
    "The old man comes here to fish every day.",
    "He has never caught a fish.",
];

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Names and contents of the files of a folder in it.
    fn content(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.path(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn names(&self, name: &str) -> Vec<String> {
        self.content(name).into_iter().map(|(name, _)| name).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Done {
    status: i32,
    out: String,
    err: String,
}

impl Done {
    fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Holds the run to a status and to one message, which says all of `words`.
    fn says(&self, status: i32, words: &[&str]) {
        assert_eq!((self.status, self.err.lines().count()), (status, 1), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in {:?}", self.err);
        }
        assert!(self.err.ends_with(['.', '?', '\n']) && !self.err.contains("panicked"), "{}", self.err);
    }
}

fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Done {
    finish(command(arguments).spawn().unwrap())
}

fn run_with<S: AsRef<OsStr>>(arguments: &[S], input: impl AsRef<[u8]>) -> Done {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let done = finish(child);
    writer.join().unwrap();
    done
}

fn finish(child: Child) -> Done {
    let output = child.wait_with_output().unwrap();
    Done {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `align`, `--flag` and paths as one list of arguments.
macro_rules! args {
    ($($argument:expr),* $(,)?) => {
        &[$(std::ffi::OsStr::new(&$argument).to_owned()),*]
    };
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join("articles").join(name)
}

/// The paragraphs of the sentences, alternating.
fn article() -> String {
    let mut text = String::new();
    for (zh, en) in ZH.iter().zip(EN) {
        text.extend([zh, "\n\n", en, "\n\n"]);
    }
    text
}

fn sides(pairs: &[Value]) -> Vec<(String, String)> {
    let side = |pair: &Value, key: &str| pair[key].as_str().unwrap().to_owned();
    pairs.iter().map(|pair| (side(pair, "zh"), side(pair, "en"))).collect()
}

fn expected() -> Vec<(String, String)> {
    ZH.iter().zip(EN).map(|(zh, en)| (zh.to_string(), en.to_string())).collect()
}

#[test]
fn an_article_gives_pairs() {
    let gold = fs::read_to_string(sample("paragraphs.pairs.jsonl")).unwrap();
    let gold: Vec<Value> = gold.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for arguments in [args!["align", sample("paragraphs.txt")].as_slice(), args![sample("paragraphs.txt")]] {
        let done = run(arguments);
        assert_eq!((done.status, done.err.as_str()), (0, ""));
        assert_eq!(sides(&done.json()), sides(&gold));
    }
}

#[test]
fn the_name_of_a_file_tells_markdown() {
    let folder = Folder::new("named");
    let text = "* 运河上有一座桥。\n\n* There is a bridge over the canal.\n";
    let bullets = |name: &str, flags: &[&str]| {
        let mut arguments = args!["align", folder.file(name, text)].to_vec();
        arguments.extend(flags.iter().map(Into::into));
        run(&arguments).out.matches("* ").count()
    };
    assert_eq!([bullets("a.md", &[]), bullets("a.txt", &[])], [0, 2]);
    assert_eq!(bullets("b.md", &["--input-format", "plain"]), 2);
}

#[test]
fn decisions_are_explained() {
    let page = sample("page.html");
    let plain = run(args!["align", page]);
    let done = run(args!["align", page, "--explain"]);
    assert_eq!((done.status, &done.out), (0, &plain.out));
    let blocks = done.err.lines().filter(|line| line.contains("paired")).count();
    assert!(done.err.starts_with("layout: ") && blocks > 10, "{}", done.err);
    let forced = run(args!["align", page, "--explain", "--layout", "block-zh-en"]);
    assert!(forced.err.contains("two blocks, Chinese first"), "{}", forced.err);
    let wrong = run(args!["align", page, "--layout", "block-zh"]);
    assert!(wrong.status == 2 && wrong.err.contains("block-zh-en"), "{}", wrong.err);
    run(args!["align", page, page, "--explain"]).says(2, &["--explain"]);
}

#[test]
fn two_texts_are_taken_in_either_order() {
    let folder = Folder::new("texts");
    let (zh, en) = (folder.file("a.txt", ZH.concat()), folder.file("b.txt", EN.join(" ")));
    let right = run(args!["align", zh, en]);
    assert_eq!((right.status, sides(&right.json())), (0, expected()));
    let turned = run(args!["align", en, zh]);
    turned.says(0, &["b.txt is English and", "a.txt is Chinese"]);
    assert_eq!(turned.out, right.out);
}

#[test]
fn sentences_keep_their_line_numbers() {
    let folder = Folder::new("sentences");
    let zh = format!("\u{FEFF}{}\r\n\r\n{}\r\n{}", ZH[0], ZH[1], ZH[2]);
    let en = format!("{}\n{}\n\n{}\n\n", EN[0], EN[1], EN[2]);
    let (zh, en) = (folder.file("zh", zh), folder.file("en", en));
    let done = run(args!["align", zh, en, "--sentences", "--format", "ids"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""));
    let mut lines: Vec<&str> = done.out.lines().collect();
    lines.sort();
    assert_eq!(lines, ["[0]:[0]", "[1]:[]", "[2]:[1]", "[3]:[3]", "[]:[2]", "[]:[4]"]);
    let none = folder.file("none", "");
    let done = run(args!["align", none, none, "--sentences", "--format", "ids"]);
    assert_eq!((done.status, done.out.as_str()), (0, ""));
    run(args!["align", zh, "--sentences"]).says(2, &["two files"]);
}

#[test]
fn every_format_is_written() {
    let folder = Folder::new("formats");
    let page = folder.file("page.txt", article());
    for format in [
        "side-by-side",
        "jsonl",
        "hugging-face",
        "tsv",
        "csv",
        "tmx",
        "xliff",
        "ids",
        "ladder",
        "markdown",
        "html",
    ] {
        let done = run(args!["align", page, "--format", format, "--quiet"]);
        assert_eq!((done.status, done.err.as_str()), (0, ""), "{format}");
        let lines = done.out.lines().filter(|line| line.chars().any(char::is_alphanumeric));
        assert!(lines.count() >= 4, "{format}: {}", done.out);
    }
    for (out, starts) in [("page.tmx", "<?xml"), ("page.csv", "zh,"), ("page.md", "|")] {
        let done = run(args!["align", page, "-o", folder.path(out)]);
        assert_eq!((done.status, done.out.as_str()), (0, ""));
        let written = fs::read_to_string(folder.path(out)).unwrap();
        assert!(written.trim_start_matches('\u{FEFF}').starts_with(starts), "{written}");
    }
    assert_eq!(run(args!["align", page, "-o", folder.path("page.xlsx")]).status, 0);
    let back = run(args!["convert", folder.path("page.xlsx"), "-", "--to", "jsonl"]);
    assert_eq!((back.status, sides(&back.json())), (0, expected()));
    run(args!["align", page, "--format", "moses"]).says(2, &["-o NAME"]);
    run(args!["align", page, "--format", "intertext"]).says(2, &["-o NAME", "NAME.zh.en.xml"]);
    assert_eq!(run(args!["align", page, "--format", "intertext", "-o", folder.path("all")]).status, 0);
    let links = fs::read_to_string(folder.path("all.zh.en.xml")).unwrap();
    assert!(links.contains("toDoc=\"all.en.xml\"") && links.matches("<link ").count() == 4, "{links}");
    assert!(fs::read_to_string(folder.path("all.zh.xml")).unwrap().contains(ZH[3]));
    assert_eq!(run(args!["align", page, "--format", "moses", "-o", folder.path("both")]).status, 0);
    let lines = |name: &str| fs::read_to_string(folder.path(name)).unwrap().lines().count();
    assert_eq!((lines("both.zh"), lines("both.en")), (4, 4));
    run(args!["align", page, "-o", folder.path("page.docx")]).says(2, &["page.docx", "--format"]);
}

#[test]
fn the_view_is_plain_where_nobody_looks() {
    let folder = Folder::new("view");
    let mut text = article();
    text.push_str("这一句\u{1B}[31m没有\u{202E}译文，因为它只是一个测试。\n");
    let page = folder.file("page.txt", text);
    let view = |arguments: &[&str]| {
        let mut command = command(args!["align", page, "--format", "side-by-side", "--unpaired"]);
        finish(command.args(arguments).env("COLUMNS", "60").spawn().unwrap())
    };
    let plain = view(&[]);
    assert_eq!(plain.status, 0);
    assert!(!plain.out.contains('\u{1B}') && !plain.out.contains('\u{202E}'), "{}", plain.out);
    for line in plain.out.lines() {
        let width: usize = line.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum();
        assert!(width <= 60, "{width} columns: {line}");
    }
    assert!(plain.out.contains('%'), "{}", plain.out);
    assert!(plain.err.contains("Chinese and 4 English sentences"), "{}", plain.err);
    let colored = view(&["--color", "always"]).out;
    assert!(colored.contains("\u{1B}[32m"), "{colored}");
    assert!(!colored.contains("\u{1B}[31m没有"), "{colored}");
    let mut command = command(args!["align", page, "--format", "side-by-side", "--color", "auto"]);
    let asked_not = finish(command.env("NO_COLOR", "1").spawn().unwrap()).out;
    assert!(!asked_not.contains('\u{1B}'), "{asked_not}");
}

#[test]
fn one_language_alone_is_no_failure() {
    let folder = Folder::new("alone");
    let page = folder.file("page.txt", ZH.join("\n\n"));
    let done = run(args!["align", page]);
    done.says(0, &["page.txt", "no English text was found, so nothing was paired."]);
    assert_eq!(done.out, "");
    let done = run(args!["align", page, "--unpaired"]);
    let zh: Vec<String> = sides(&done.json()).into_iter().map(|(zh, _)| zh).collect();
    assert_eq!(zh, ZH);
    assert_eq!(run(args!["align", page, "--quiet"]).err, "");
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let folder = Folder::new("wrong");
    fs::create_dir(folder.path("folder")).unwrap();
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";
    for (name, content, words) in [
        ("missing", None, &["missing", "no such file"][..]),
        ("folder", None, &["folder", "directory"]),
        ("picture.txt", Some(&png[..]), &["picture.txt", "PNG"]),
        ("empty.txt", Some(b""), &["empty.txt", "empty"]),
        (
            "japanese.txt",
            Some("古い橋は川の上にあります。きれいです。".as_bytes()),
            &["neither Chinese nor English"],
        ),
    ] {
        if let Some(content) = content {
            folder.file(name, content);
        }
        let done = run(args!["align", folder.path(name)]);
        done.says(1, words);
        assert_eq!(done.out, "");
    }
    let broken = folder.file("broken.txt", [article().as_bytes(), b"\xFF\xFE\xFA\n"].concat());
    let done = run(args!["align", broken]);
    assert_eq!((done.status, done.json().len()), (0, 4), "{}", done.err);
    done.says(0, &["broken.txt: "]);
}

#[test]
fn mistakes_on_the_command_line() {
    let folder = Folder::new("mistakes");
    let page = folder.file("page.txt", article());
    for (arguments, words) in [
        (args!["align", page, "--fromat", "tsv"].as_slice(), "--format"),
        (args!["align", page, "--format", "tmxx"], "tmx"),
        (args!["align", page, "--min-confidence", "2"], "0 to 1"),
        (args!["align", page, "--max-bytes", "lots"], "64M"),
        (args!["align", page, "--zh-selector", "p["], "p["),
        (args!["align", page, "--encoding", "klingon"], "klingon"),
        (args!["bach", page], "did you mean the command `batch`?"),
        (args!["--quiet", "bach", page], "did you mean the command `batch`?"),
        (args!["fliter", page, page, page, "--dedup", "zh"], "did you mean the command `filter`?"),
        (args!["align", page, "-o", page, "--format", "tsv"], "overwrite"),
        (args!["align", "-", "-"], "standard input"),
    ] {
        let done = run(arguments);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{}", done.err);
        assert!(done.err.contains(words), "{words:?} is not in {:?}", done.err);
    }
    assert_eq!(fs::read_to_string(&page).unwrap(), article());
}

#[test]
fn help_shows_examples_and_statuses() {
    for command in [
        &[][..],
        &["align"],
        &["batch"],
        &["stream"],
        &["segment"],
        &["eval"],
        &["convert"],
        &["filter"],
        &["stats"],
        &["config"],
        &["completions"],
        &["man"],
        &["lexicon", "build"],
    ] {
        let done = run(&[command, &["--help"]].concat());
        assert_eq!((done.status, done.err.as_str()), (0, ""));
        assert!(done.out.contains("Example"), "{command:?}");
    }
    assert!(run(&["--help"]).out.contains("130  interrupted"));
    assert!(run(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn limits_of_size_and_time() {
    let folder = Folder::new("limits");
    let page = folder.file("page.txt", article());
    // The limit falls inside a character of the second paragraph but one.
    let bytes = ZH[0].len() + 2 + EN[0].len() + 2 + 4;
    let done = run(args!["align", page, "--max-bytes", bytes.to_string()]);
    assert_eq!(sides(&done.json())[0], expected()[0]);
    done.says(0, &[&format!("only the first {} of {} bytes", bytes - 1, article().len())]);
    let (zh, en) = (folder.file("zh", ZH.join("\n")), folder.file("en", EN.join("\n")));
    let done = run(args!["align", zh, en, "--sentences", "--format", "ids", "--max-bytes", "60"]);
    // Two lines of Chinese and one of English are whole.
    assert!(done.out.contains('1') && !done.out.contains(['2', '3']), "{}", done.out);
    assert_eq!(done.err.lines().count(), 2, "{}", done.err);
}

#[test]
fn glossary_and_lexicon() {
    let folder = Folder::new("lexicon");
    let cedict = folder
        .file("cedict.u8", "#! date=2026-01-01T00:00:00Z\n橋 桥 [qiao2] /bridge/\n魚 鱼 [yu2] /fish/\n");
    let lexicon = folder.path("lexicon.bin");
    let built = run(args!["lexicon", "build", cedict, "-o", lexicon]);
    built.says(0, &["2 words", "CC-CEDICT"]);
    let page = folder.file("page.txt", article());
    let score = |done: &Done| done.json()[0]["score"].as_f64().unwrap();
    let (full, small) = (run(args!["align", page]), run(args!["align", page, "--lexicon", lexicon]));
    assert_eq!((small.status, &sides(&small.json())[0]), (0, &expected()[0]));
    assert!(score(&small) < score(&full), "a small lexicon knows less: {}", small.out);
    let glossary = folder.file("terms.tsv", "木桥\twooden bridge\n钓鱼\tfish\n");
    let helped = run(args!["align", page, "--lexicon", lexicon, "--glossary", glossary]);
    assert!(score(&helped) > score(&small), "a glossary helps: {}", helped.out);
    let broken = folder.file("broken.tsv", "木桥\twooden bridge\n钓鱼\n");
    run(args!["align", page, "--glossary", broken]).says(1, &["broken.tsv, line 2"]);
    run(args!["align", page, "--glossary", folder.path("none")]).says(1, &["none", "no such file"]);
    run(args!["align", page, "--lexicon", page]).says(1, &["page.txt"]);
    run(args!["lexicon", "build", page, "-o", folder.path("bad")]).says(1, &["page.txt, line 1"]);
    assert!(!folder.path("bad").exists());
}

#[test]
fn a_batch_names_its_outputs_and_goes_on_after_failures() {
    let folder = Folder::new("batch");
    let page = |name: &str| folder.file(name, article());
    let files = [page("a/page.txt"), page("a/page.md"), page("b/page.txt"), page("b/other.txt")];
    let missing = folder.path("b/missing.txt");
    let alone = folder.file("b/alone.txt", ZH[0]);
    let batch = |out: &str, more: &[&str]| {
        let mut arguments = args!["batch", "--out", folder.path(out), missing, alone].to_vec();
        arguments.extend(files.iter().map(|file| file.clone().into_os_string()));
        arguments.extend(more.iter().map(|&more| more.into()));
        run(&arguments)
    };
    let done = batch("one", &["--jobs", "1"]);
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    let lines: Vec<&str> = done.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", done.err);
    assert!(lines[0].contains("missing.txt: there is no such file."), "{}", done.err);
    assert!(lines[1].contains("alone.txt: no English text was found"), "{}", done.err);
    assert_eq!(lines[2], "5 of 6 files written, 1 failed.");
    let names = ["a_page.txt.jsonl", "alone.jsonl", "b_page.txt.jsonl", "other.jsonl", "page.md.jsonl"];
    assert_eq!(folder.names("one"), names);
    assert_eq!(batch("four", &["--jobs", "4", "--quiet"]).err.lines().count(), 1);
    assert_eq!(folder.content("one"), folder.content("four"));
    // What is there stays as it is.
    fs::write(folder.path("one/other.jsonl"), "mine").unwrap();
    fs::remove_file(folder.path("one/alone.jsonl")).unwrap();
    let again = batch("one", &["--resume"]);
    assert!(again.err.contains("1 of 6 files written, 4 skipped"), "{}", again.err);
    assert_eq!(fs::read_to_string(folder.path("one/other.jsonl")).unwrap(), "mine");
    assert_eq!(batch("moses", &["--format", "moses"]).status, 1);
    assert_eq!(folder.names("moses").len(), 10);
}

#[test]
fn a_batch_takes_names_from_a_list() {
    let folder = Folder::new("list");
    let files: Vec<PathBuf> = (0..3).map(|k| folder.file(&format!("page{k}.txt"), article())).collect();
    let list = files.iter().map(|file| file.display().to_string() + "\n").collect::<String>();
    let done =
        run_with(args!["batch", "--files-from", "-", "--out", folder.path("out"), "--format", "tsv"], list);
    done.says(0, &["3 of 3 files written."]);
    let quiet = run(args!["--quiet", "batch", files[0], "--out", folder.path("quiet")]);
    assert_eq!((quiet.status, quiet.err.as_str()), (0, ""));
    assert_eq!(folder.names("out"), ["page0.tsv", "page1.tsv", "page2.tsv"]);
}

#[test]
fn a_batch_overwrites_no_input_and_no_folder() {
    let folder = Folder::new("overwrite");
    let page = folder.file("page.jsonl", article());
    let text = folder.file("page.txt", article());
    run(args!["batch", text, page, "--out", folder.0]).says(0, &["2 of 2"]);
    assert_eq!(fs::read_to_string(&page).unwrap(), article());
    run(args!["batch", page, "--out", folder.0]).says(2, &["page.jsonl", "overwrite"]);
    assert_eq!(fs::read_to_string(&page).unwrap(), article());
    run(args!["batch", page, "--out", text]).says(1, &["page.txt", "in the way"]);
    fs::create_dir_all(folder.path("out/page.jsonl")).unwrap();
    let done = run(args!["batch", text, "--out", folder.path("out")]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("a directory of this name is in the way"), "{}", done.err);
    assert_eq!(folder.names_of_folder("out"), ["page.jsonl"]);
}

impl Folder {
    fn names_of_folder(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn a_stream_passes_over_bad_lines() {
    let good = |id: Value, key: &str, value: Value| {
        let mut document = serde_json::json!({ "id": id });
        document[key] = value;
        document
    };
    let mut lists = good("lists".into(), "zh", ZH.to_vec().into());
    lists["en"] = EN.to_vec().into();
    let mut texts = good(7.into(), "zh", ZH.concat().into());
    texts["en"] = EN.join(" ").into();
    let mut mixed = good("mixed".into(), "zh", ZH.concat().into());
    mixed["en"] = EN.to_vec().into();
    let page = good("page".into(), "text", article().into());
    let input = format!("{page}\nnot json\n\n{lists}\n{{\"id\": 3}}\n{texts}\n{mixed}\n[1]\n{page}");
    let done = run_with(&["stream", "--jobs", "1"], &input);
    assert_eq!(done.status, 1);
    let ids: Vec<Value> = done.json().iter().map(|pair| pair["id"].clone()).collect();
    let expected_ids = ["page", "lists", "7", "page"].iter().flat_map(|id| [id; 4]);
    let shown: Vec<String> = ids.iter().map(|id| id.to_string().trim_matches('"').to_owned()).collect();
    assert_eq!(shown, expected_ids.map(|id| id.to_string()).collect::<Vec<_>>());
    for document in done.json().chunks(4) {
        assert_eq!(sides(document), expected());
        assert!(document.iter().all(|pair| pair["confidence"].is_number() && pair["kind"] == "1-1"));
    }
    let lines: Vec<&str> = done.err.lines().collect();
    assert_eq!(lines.len(), 5, "{}", done.err);
    for (line, number) in lines.iter().zip([2, 5, 7, 8]) {
        assert!(line.starts_with(&format!("standard input, line {number}: ")), "{line}");
    }
    assert_eq!(lines[4], "4 documents aligned, 4 bad lines passed over.");
    assert_eq!(run_with(&["stream", "--jobs", "4"], &input).out, done.out);
    let cut = run_with(&["stream", "--max-bytes", "100"], format!("{page}\n{{\"text\":\"\"}}\n"));
    assert!(cut.err.contains("line 1: the line is longer than 100 bytes"), "{}", cut.err);
    assert!(cut.err.contains("1 document aligned, 1 bad line passed over"), "{}", cut.err);
}

#[test]
fn a_stream_answers_while_it_is_open() {
    let mut child = command(&["stream"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["first", "second"] {
        writeln!(stdin, "{}", serde_json::json!({ "id": id, "zh": [ZH[0]], "en": [EN[0]] })).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!((&answer["id"], &answer["zh"]), (&Value::from(id), &Value::from(ZH[0])));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn sentences_of_texts() {
    let folder = Folder::new("segment");
    let text = folder.file("text.txt", format!("{}\n{}", ZH.concat(), EN.join(" ")));
    let done = run(args!["segment", text]);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!((done.status, lines), (0, [ZH, EN].concat()));
    assert_eq!(run_with(&["segment", "--lang", "en"], EN.join(" ")).out.lines().collect::<Vec<_>>(), EN);
    // “e.g.” ends no sentence by the rules of English; a record may say its language, and --lang has the last word.
    let abbreviation = "Use tools, e.g. Hammers. Work.";
    let records = format!(
        "{}\n\noops\n{}\n",
        serde_json::json!({ "id": 1, "lang": "en", "text": abbreviation, "source": "x" }),
        serde_json::json!({ "text": ZH.concat() })
    );
    let done = run_with(&["segment", "--jsonl"], &records);
    assert_eq!(done.status, 1);
    done.says(1, &["standard input, line 3: "]);
    let found = done.json();
    assert_eq!(found[0], serde_json::json!({ "id": 1, "sents": ["Use tools, e.g. Hammers.", "Work."] }));
    assert_eq!(found[1], serde_json::json!({ "id": null, "sents": ZH }));
}

#[test]
fn scores_of_alignments() {
    let folder = Folder::new("eval");
    folder.file("gold/a.gold", "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n");
    folder.file("gold/a.zh", "一\n二\n三\n");
    folder.file("gold/a.en", "A\nB\nC\n");
    folder.file("gold/unseen.gold", "[0]:[0]\n");
    folder.file("ids/a.ids", "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
    let done = run(args!["eval", folder.path("gold"), folder.path("ids"), "--json"]);
    done.says(0, &["unseen"]);
    let figures: Value = serde_json::from_str(&done.out).unwrap();
    let strict = serde_json::json!({ "precision": 1.0 / 3.0, "recall": 0.5, "f1": 0.4 });
    assert_eq!((&figures["strict"], &figures["files"]), (&strict, &Value::from(1)));
    assert_eq!(
        (&figures["lax"]["precision"], &figures["reliability"]),
        (&Value::from(2.0 / 3.0), &Value::Null)
    );
    // The same beads as JSON Lines, whose spans count from line to line, with confidences.
    let line = |zh: &str, en: &str, sure: f32| {
        format!("{{\"zh\":\"z\",\"en\":\"e\",\"zh_spans\":{zh},\"en_spans\":{en},\"confidence\":{sure}}}\n")
    };
    let records = [
        line("[[0,3]]", "[[0,1]]", 0.75),
        line("[[4,7]]", "[[2,3]]", 0.25),
        line("[[8,11]]", "[[4,5]]", 0.25),
    ];
    folder.file("records/a.jsonl", records.concat());
    let done = run(args!["eval", folder.path("gold"), folder.path("records"), "--json", "--quiet"]);
    let figures: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(figures["strict"], strict);
    assert_eq!(figures["reliability"]["expected_error"], 0.25);
    let table = run(args!["eval", folder.path("gold"), folder.path("records")]).out;
    for words in ["0.3333", "0.5000", "1-2", "0.2 to 0.3", "calibration error 0.2500"] {
        assert!(table.contains(words), "{words} is not in {table}");
    }
    folder.file("gold/bad.gold", "[0]:[0]\n[1:[1]\n");
    run(args!["eval", folder.path("gold/bad.gold"), folder.path("ids/a.ids")]).says(1, &["bad.gold, line 2"]);
    run(args!["eval", folder.path("ids"), folder.path("gold")]).says(1, &["ids"]);
}

#[test]
fn corpora_are_converted() {
    let folder = Folder::new("convert");
    let page = folder.file("page.txt", article());
    let path = |name: &str| folder.path(name);
    assert_eq!(run(args!["align", page, "-o", path("a.tmx")]).status, 0);
    for (from, to) in [("a.tmx", "b.tsv"), ("b.tsv", "c.csv"), ("c.csv", "d.zh"), ("d.zh", "e.jsonl")] {
        let done = run(args!["convert", path(from), path(to)]);
        assert_eq!((done.status, done.out.as_str(), done.err.as_str()), (0, "", ""), "{from} to {to}");
    }
    let done = run(args!["convert", path("e.jsonl"), "-", "--to", "jsonl"]);
    assert_eq!(sides(&done.json()), expected());
    run(args!["convert", path("a.tmx"), path("x.y")]).says(2, &["x.y", "--to"]);
    run(args!["convert", page, path("x.tsv"), "--from", "html"]).says(2, &["html"]);
    let broken = folder.file("broken.jsonl", "{\"zh\":\"一\",\"en\":\"One\"}\n{\"zh\":\n");
    run(args!["convert", broken, path("x.tsv")]).says(1, &["broken.jsonl, line 2"]);
    assert!(!path("x.tsv").exists(), "an unfinished file must not have its name");
}

#[test]
fn corpora_are_scored_by_their_texts() {
    let folder = Folder::new("texts-eval");
    folder.file("gold/a.zh", ZH.join("\n"));
    folder.file("gold/a.en", EN.join("\n"));
    let gold = folder.file("gold/a.gold", "[0]:[0]\n[1, 2]:[1, 2]\n[3]:[3]\n");
    let joined = (format!("{}{}", ZH[1], ZH[2]), format!("{} {}", EN[1], EN[2]));
    let tsv = |last: &str| {
        format!("{}\t{}\t0.9\n{}\t{}\t0.8\n{}\t{last}\t0.7\n", ZH[0], EN[0], joined.0, joined.1, ZH[3])
    };
    let right = folder.file("right.tsv", tsv(EN[3]));
    let wrong = folder.file("wrong.tsv", tsv("He has never"));
    for ending in ["tmx", "xlsx", "xlf", "csv"] {
        assert_eq!(run(args!["convert", right, folder.path(&format!("right.{ending}"))]).status, 0);
    }
    let f1 = |gold: &Path, pred: &Path| {
        let done = run(args!["eval", gold, pred, "--json"]);
        assert_eq!(done.status, 0, "{}", done.err);
        serde_json::from_str::<Value>(&done.out).unwrap()["strict"]["f1"].as_f64().unwrap()
    };
    for ending in ["tsv", "tmx", "xlsx", "xlf", "csv"] {
        assert_eq!(f1(&gold, &folder.path(&format!("right.{ending}"))), 1.0, "{ending}");
    }
    // Two of the three beads, and of the four that were predicted: the English sentence that was cut faces nothing.
    assert!((f1(&gold, &wrong) - 4.0 / 7.0).abs() < 1e-9);
    // A corpus is its own gold, and one with coarser pairs is found in its texts.
    assert_eq!(f1(&folder.path("right.tmx"), &right), 1.0);
    assert!(f1(&folder.path("right.xlsx"), &wrong) < 0.9);
    // What was aligned in an article has spans of that article.
    let page = folder.file("page.txt", format!("{}\n\n{}\n", ZH.join(""), EN.join(" ")));
    assert_eq!(run(args!["align", page, "-o", folder.path("own.jsonl")]).status, 0);
    assert_eq!(f1(&folder.path("own.jsonl"), &folder.path("own.jsonl")), 1.0);
    run(args!["eval", right, gold]).says(2, &["give a corpus for both"]);
}

/// Pairs of which most break a rule each, and one faces nothing.
fn dirty() -> String {
    let line = |zh: &str, en: &str, sure: f32| {
        format!("{}\n", serde_json::json!({ "zh": zh, "en": en, "kind": "1-1", "confidence": sure }))
    };
    let alone = "{\"zh\":\"没有译文。\",\"en\":\"\",\"kind\":\"1-0\"}\n".to_owned();
    let lines = [
        line(ZH[0], EN[0], 0.9),
        line(ZH[0], &EN[0].to_uppercase(), 0.9),
        line(ZH[1], EN[1], 0.3),
        line("Tel. 010-6552", "Tel. 010-6552", 0.9),
        alone,
        line(ZH[2], EN[2], 0.9),
        line(ZH[2], EN[2], 0.9),
        line(ZH[3], &EN.concat().repeat(2), 0.9),
    ];
    lines.concat()
}

#[test]
fn filters_take_out_and_say_what() {
    let folder = Folder::new("filter");
    let input = folder.file("in.jsonl", dirty());
    let out = folder.path("out.tsv");
    let done = run(args!["filter", input, "-o", out, "--report", folder.path("report.json")]);
    assert_eq!((done.status, done.out.as_str()), (0, ""));
    let words = ["pairs read", "the pair came before", "not translated", "low confidence", "pairs kept"];
    assert!(words.iter().all(|words| done.err.contains(words)), "{}", done.err);
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 1 + 2);
    let report: Value = serde_json::from_slice(&fs::read(folder.path("report.json")).unwrap()).unwrap();
    let removed = serde_json::json!({
        "one-sided": 1, "confidence": 1, "copy": 1, "ratio": 1, "duplicate-pair": 2
    });
    assert_eq!(report, serde_json::json!({ "read": 8, "kept": 2, "removed": removed }));

    let exact = run(args!["filter", input, "--dedup", "pair", "--quiet"]);
    assert_eq!((exact.json().len(), exact.err.as_str()), (6, ""), "one twice, one alone");
    let by_side = run(args!["filter", input, input, "--dedup", "zh", "--unpaired", "--quiet"]);
    assert_eq!(by_side.json().len(), 5 + 2, "sentences that face nothing are not judged");
    let converted = run(args!["convert", input, "-", "--to", "tsv", "--min-zh", "9", "--max-copy", "0.9"]);
    assert_eq!((converted.status, converted.out.lines().count()), (0, 1 + 4), "{}", converted.out);
    assert!(converted.err.contains("Chinese too short"), "{}", converted.err);
    let plain = run(args!["convert", input, "-", "--to", "tsv"]);
    assert_eq!((plain.out.lines().count(), plain.err.as_str()), (1 + 7, ""));

    run(args!["filter", input, "-o", input]).says(2, &["overwrite its own input"]);
    let missing = folder.path("missing.tmx");
    run(args!["filter", input, missing, "-o", out]).says(1, &["missing.tmx", "no such file"]);
    assert_eq!(run(args!["filter", input, "--max-ratio", "0.5"]).status, 2);
    assert!(run(args!["filter", input, "--dedup", "zg"]).err.contains("possible values: pair, zh, en"));
}

#[test]
fn a_batch_can_be_filtered() {
    let folder = Folder::new("filtered-batch");
    let twice = folder.file("twice.txt", article().repeat(2));
    let once = folder.file("once.txt", article());
    let arguments =
        args!["batch", twice, once, "--dedup", "pair", "--max-zh", "9", "--out", folder.path("out")];
    let done = run(arguments);
    assert_eq!(done.status, 0, "{}", done.err);
    for name in ["out/twice.jsonl", "out/once.jsonl"] {
        let lines = fs::read_to_string(folder.path(name)).unwrap();
        // One sentence of the four is longer than nine characters.
        assert!((1..=3).contains(&lines.lines().count()), "{name}: {lines}");
    }
    assert!(done.err.contains("pairs read") && done.err.contains("Chinese too long"), "{}", done.err);
    assert!(done.err.contains("2 of 2 files written"), "{}", done.err);
}

#[test]
fn figures_of_corpora() {
    let folder = Folder::new("stats");
    let one = folder.file("语料.jsonl", dirty());
    let done = run(args!["stats", one]);
    assert_eq!((done.status, done.err.as_str()), (0, ""));
    for words in
        ["pairs               7", "unpaired            1: 1 no counterpart", "zh-Hans", "confidence 0.9–1.0"]
    {
        assert!(done.out.contains(words), "{words:?} is not in {}", done.out);
    }
    let two = run(args!["stats", one, one]);
    let wide = |line: &str| line.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum::<usize>();
    let widths: Vec<usize> = two.out.lines().take(4).map(wide).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{}", two.out);
    let json = run(args!["stats", one, one, "--json"]);
    let figures: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&figures["pairs"], &figures["confidence"][9]), (&Value::from(14), &Value::from(12)));
    let page = run(args!["stats", one, "--format", "html", "-o", folder.path("page.html")]);
    assert_eq!((page.status, page.out.as_str()), (0, ""));
    let page = fs::read_to_string(folder.path("page.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("语料.jsonl") && page.ends_with("</html>\n"));
    run(args!["stats", folder.path("x.doc")]).says(2, &["give --from"]);
}

#[test]
fn settings_come_from_a_file() {
    let folder = Folder::new("config");
    let page = folder.file("page.txt", article() + "这一句没有译文，因为它只是一个测试。\n");
    let config = folder.file(
        "duizhao.toml",
        "quiet = true\nunpaired = true\n\n[align]\nformat = \"tsv\"\n\n[batch]\nformat = \"tmx\"\njobs = 1\n",
    );
    for arguments in [
        args!["--config", config, page].as_slice(),
        args![page, "--config", config],
        args!["--config", config, "align", page],
        args!["align", page, "--config", config],
    ] {
        let done = run(arguments);
        assert_eq!((done.status, done.err.as_str()), (0, ""), "{arguments:?}");
        assert!(done.out.starts_with("zh\ten\t") && done.out.contains("no-counterpart"), "{}", done.out);
    }
    let over = run(args!["align", page, "--config", config, "--format", "jsonl", "--verbose"]);
    assert!(over.out.starts_with('{') && over.err.contains("sentences"), "flags win: {}", over.err);
    assert_eq!(run(args!["batch", page, "--config", config, "--out", folder.path("out")]).status, 0);
    assert_eq!(folder.names("out"), ["page.tmx"]);

    let printed = run(args!["config", "--config", config]);
    assert_eq!((printed.status, printed.err.as_str()), (0, ""));
    assert!(printed.out.contains("format = \"tmx\"  # "), "{}", printed.out);
    assert!(printed.out.contains("duizhao.toml, line 8"), "{}", printed.out);
    // What is printed is a file that says the same.
    let again = folder.file("again.toml", &printed.out);
    let reprinted = run(args!["config", "--config", again]);
    let bare = |text: &str| {
        text.lines().map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((reprinted.status, bare(&reprinted.out)), (0, bare(&printed.out)), "{}", reprinted.err);
    let defaults = folder.file("defaults.toml", run(&["config"]).out);
    assert_eq!(run(args!["align", page, "--config", defaults]).out, run(args!["align", page]).out);

    let wrong = folder.file("wrong.toml", "quiet = true\nformt = \"tsv\"\n");
    run(args!["align", page, "--config", wrong]).says(2, &["wrong.toml, line 2", "`formt`", "`format`"]);
    run(args!["align", page, "--config", folder.path("none.toml")]).says(1, &["none.toml", "no such file"]);
}

/// A chapter in which 阿鲛 is Nixie: as a corpus, and as a person has corrected it.
const CHAPTER: [(&str, &str); 6] = [
    ("阿鲛笑了。", "Nixie laughed."),
    ("阿鲛走进茶馆。", "Nixie walked into the teahouse."),
    ("他等阿鲛。", "He was waiting for Nixie."),
    ("阿鲛没有来。", "Nixie did not come."),
    ("茶馆关了。", "The teahouse was closed."),
    ("夜深了。", "It was late at night."),
];

#[test]
fn lexicons_learn_from_corpora_and_corrected_files() {
    let folder = Folder::new("learn");
    let line = |(zh, en): (&str, &str), more: &str| format!("{{\"zh\":\"{zh}\",\"en\":\"{en}\"{more}}}\n");
    let right = ",\"status\":\"right\",\"zh_sentences\":[],\"en_sentences\":[]";
    let corrected: String = CHAPTER[..3].iter().map(|&pair| line(pair, right)).collect();
    let doubtful = line(("茶馆关了。", "Nixie, Nixie!"), ",\"confidence\":0.2");
    let one = folder.file("one.corrections.jsonl", corrected + &doubtful);
    let two = folder
        .file("two.tsv", CHAPTER[3..].iter().map(|(zh, en)| format!("{zh}\t{en}\n")).collect::<String>());
    let lexicon = folder.path("novel.lexicon");
    let learned = run(args!["lexicon", "learn", one, two, two, "-o", lexicon]);
    assert_eq!((learned.status, learned.out.as_str()), (0, ""), "{}", learned.err);
    assert!(
        learned.err.contains("from 6 pairs (1 below --min-confidence left out); 1 of them"),
        "{}",
        learned.err
    );
    assert!(learned.err.contains("阿鲛 nixi (4 times)"), "{}", learned.err);

    let show = run(args!["lexicon", "show", "阿鲛", "茶馆", "--lexicon", lexicon]);
    assert!(show.out.starts_with("阿鲛 (ajiao): nixi "), "{}", show.out);
    assert!(show.out.contains("\n茶馆 (chaguan): teahous "), "{}", show.out);
    let before = run(args!["lexicon", "show", "阿鲛", "的", "library", "3.5"]);
    assert!(
        before.out.starts_with("阿鲛: no word of the lexicon; it is read as\n  阿 (a): "),
        "{}",
        before.out
    );
    assert!(
        before.out.contains("的 (de): ") && before.out.contains("librari (stem), beside librari "),
        "{}",
        before.out
    );
    assert_eq!(run(args!["lexicon", "show", "，"]).out, "，: there is no word in it\n");
    let whole = run(args!["lexicon", "show", "--lexicon", lexicon]).out;
    assert!(whole.contains("CC BY-SA 4.0") && whole.ends_with("learned from 6 pairs of texts.\n"), "{whole}");

    let zh = folder.file("zh", "阿鲛睡了。\n");
    let en = folder.file("en", "Nixie was asleep.\n");
    assert_eq!(
        run(args!["align", zh, en, "--sentences", "--lexicon", lexicon, "--format", "ids"]).out,
        "[0]:[0]\n"
    );
}

#[test]
fn what_cannot_be_learned_from_is_said() {
    let folder = Folder::new("unlearned");
    let out = folder.path("x.lexicon");
    run(args!["lexicon", "learn", folder.path("none.tsv"), "-o", out]).says(1, &["none.tsv", "no such file"]);
    let odd = folder.file("corpus.what", "a\tb\n");
    run(args!["lexicon", "learn", odd, "-o", out]).says(2, &["corpus.what", "--from"]);
    let doubtful = folder.file("a.jsonl", "{\"zh\":\"茶\",\"en\":\"tea\",\"confidence\":0.1}\n");
    run(args!["lexicon", "learn", doubtful, "-o", out]).says(1, &["no pair to learn from (1 below"]);
    let bad = folder.file("b.jsonl", "{\"zh\":\"茶\",\"en\":\"tea\"}\n{\n");
    run(args!["lexicon", "learn", bad, "-o", out]).says(1, &["b.jsonl, line 2"]);
    run(args!["lexicon", "show", "茶", "--lexicon", bad]).says(1, &["b.jsonl", "not a usable lexicon"]);
    assert!(!out.exists(), "nothing is written where nothing was learned");
}

#[test]
fn shells_and_man_get_what_they_want() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = run(&["completions", shell]);
        assert_eq!((done.status, done.err.as_str()), (0, ""));
        assert!(done.out.contains("min-confidence") && done.out.contains("lexicon"), "{shell}");
    }
    assert!(run(&["completions", "bsh"]).err.contains("'bash'"));
    let mut shell = Command::new("bash");
    shell.arg("-n").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    match shell.spawn() {
        Ok(mut child) => {
            child.stdin.take().unwrap().write_all(run(&["completions", "bash"]).out.as_bytes()).unwrap();
            let done = child.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        Err(error) => eprintln!("skipped: there is no bash here ({error})"),
    }
    let page = run(&["man"]);
    assert_eq!((page.status, page.err.as_str()), (0, ""));
    assert!(
        page.out.contains(".SH \"EXIT STATUS\"") && page.out.contains("130  interrupted"),
        "{}",
        page.out
    );
    assert_eq!(page.out.matches("130  interrupted").count(), 1);
    assert!(run(&["man", "batch"]).out.contains("duizhao batch pages/*.html"));
    assert!(run(&["man", "lexicon build"]).out.contains("cedict"));
    run(&["man", "bach"]).says(2, &["batch"]);
    let folder = Folder::new("man");
    assert_eq!(run(args!["man", "--out", folder.path("pages")]).status, 0);
    let names = folder.names("pages");
    assert!(
        names.contains(&"duizhao.1".to_owned()) && names.contains(&"duizhao-batch.1".to_owned()),
        "{names:?}"
    );
}

#[cfg(unix)]
mod unix {
    use super::*;

    /// Bytes that fit in no pipe.
    const LONG: usize = 1 << 20;

    fn signal(child: &Child, signal: &str) {
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    }

    fn wait_for(path: &Path) {
        let begin = Instant::now();
        while !path.exists() {
            assert!(begin.elapsed() < Duration::from_secs(60), "{} does not come", path.display());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn pipe(folder: &Folder, name: &str) -> PathBuf {
        let path = folder.path(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }

    #[test]
    fn a_closed_pipe_ends_quietly() {
        let folder = Folder::new("closed");
        let text = folder.file("text.txt", "It rains. ".repeat(LONG / 10));
        let mut child = command(args!["segment", text]).spawn().unwrap();
        drop(child.stdout.take());
        let done = finish(child);
        assert_eq!((done.status, done.err.as_str()), (141, ""));
    }

    #[test]
    fn a_full_disk_is_said() {
        if !Path::new("/dev/full").exists() {
            eprintln!("skipped: there is no /dev/full here");
            return;
        }
        let folder = Folder::new("full");
        let page = folder.file("page.txt", article());
        let full = || fs::File::options().write(true).open("/dev/full").unwrap();
        let done = finish(command(args!["align", page]).stdout(full()).spawn().unwrap());
        done.says(1, &["standard output: there is no space left"]);
        run(args!["align", page, "-o", "/dev/full", "--format", "tsv"])
            .says(1, &["/dev/full: there is no space left"]);
        let mut child = command(&["stream"]).stdin(Stdio::piped()).stdout(full()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", serde_json::json!({ "text": article() })).unwrap();
        drop(stdin);
        finish(child).says(1, &["no space left"]);
    }

    #[test]
    fn an_interrupted_batch_leaves_whole_files_and_can_go_on() {
        let folder = Folder::new("interrupt");
        let first = folder.file("first.txt", article());
        let slow = pipe(&folder, "slow.txt");
        let last = folder.file("last.txt", article());
        let arguments = args!["batch", first, slow, last, "--out", folder.path("out"), "--jobs", "1"];
        let child = command(arguments).spawn().unwrap();
        wait_for(&folder.path("out/first.jsonl"));
        // The program now waits for the second article, or soon will; it gets it after the interrupt.
        let mut article_in = fs::File::options().write(true).open(&slow).unwrap();
        signal(&child, "-INT");
        std::thread::sleep(Duration::from_millis(500));
        article_in.write_all(article().as_bytes()).unwrap();
        drop(article_in);
        let done = finish(child);
        done.says(130, &["2 of 3 files written, 1 left to do: run it again with --resume."]);
        assert_eq!(folder.names("out"), ["first.jsonl", "slow.jsonl"]);
        let resumed = run(&[&arguments[..], args!["--resume"]].concat());
        resumed.says(0, &["1 of 3 files written, 2 skipped"]);
        let contents: Vec<Vec<u8>> = folder.content("out").into_iter().map(|(_, content)| content).collect();
        assert!(contents.len() == 3 && contents.iter().all(|content| *content == contents[0]));
    }

    #[test]
    fn an_interrupted_stream_ends() {
        let mut child = command(&["stream"]).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        writeln!(stdin, "{}", serde_json::json!({ "zh": [ZH[0]], "en": [EN[0]] })).unwrap();
        assert!(answers.next().unwrap().unwrap().contains(ZH[0]));
        signal(&child, "-INT");
        finish(child).says(130, &["1 document aligned, then interrupted."]);
        drop(stdin);
    }

    #[test]
    fn a_document_that_takes_too_long_is_given_up() {
        let folder = Folder::new("late");
        let first = folder.file("first.txt", article());
        let stuck = pipe(&folder, "stuck.txt");
        let last = folder.file("last.txt", article());
        let out = folder.path("out");
        let done = run(args!["batch", first, stuck, last, "--out", out, "--jobs", "1", "--timeout", "5"]);
        assert_eq!(done.status, 1);
        assert!(done.err.contains("stuck.txt: not done after 5 s"), "{}", done.err);
        assert_eq!(folder.names("out"), ["first.jsonl", "last.jsonl"]);
        run(args!["align", stuck, "--timeout", "0.2"]).says(1, &["not done after 0.2 s"]);
    }

    #[test]
    fn an_unreadable_file_is_said() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("rights");
        let page = folder.file("page.txt", article());
        let old = folder.file("old.tsv", "old");
        for path in [&page, &old] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        }
        if fs::read(&page).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        run(args!["align", page]).says(1, &["page.txt: you may not read it"]);
        let other = folder.file("other.txt", article());
        run(args!["align", other, "-o", old]).says(1, &["old.tsv: you may not write there"]);
    }

    /// Killed at any moment, a batch leaves no damaged output, and what is left can be done later.
    #[test]
    fn a_killed_batch_is_completed_to_the_same_bytes() {
        let folder = Folder::new("killed");
        let files: Vec<PathBuf> = (0..60)
            .map(|k| {
                folder.file(&format!("pages/page{k}.txt"), format!("{}{k} 号。\n\nNumber {k}.\n", article()))
            })
            .collect();
        let batch = |out: &str| {
            let mut arguments = args!["batch", "--jobs", "2", "--resume", "--out", folder.path(out)].to_vec();
            arguments.extend(files.iter().map(|file| file.clone().into_os_string()));
            command(&arguments)
        };
        assert_eq!(finish(batch("whole").spawn().unwrap()).status, 0);
        let whole = folder.content("whole");
        fs::create_dir(folder.path("killed")).unwrap();
        let mut wait = 5;
        for round in 0.. {
            let mut child = batch("killed").spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            signal_if_running(&mut child);
            let done = finish(child);
            for (name, content) in folder.content("killed") {
                let same = whole.iter().any(|(other, bytes)| *other == name && *bytes == content);
                assert!(same || name.ends_with(".part"), "{name} is damaged after kill {round}");
            }
            if done.status == 0 {
                break;
            }
            // Longer from time to time, so that the batch is done at last on any machine.
            wait += wait / 4 + 1;
        }
        assert_eq!(folder.content("killed"), whole);
    }

    fn signal_if_running(child: &mut Child) {
        if child.try_wait().unwrap().is_none() {
            let _ = Command::new("kill").args(["-KILL", &child.id().to_string()]).status();
        }
    }
}
