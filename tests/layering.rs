//! The floors of the crate: a room may use what stands on a lower floor, never the other way round, and rooms
//! on one floor do not know each other. Read from the paths that begin with `crate::` in the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, from the ground up. `lib.rs` stands above all of them, the command line above that.
const FLOORS: [&[&str]; 7] = [
    &["bytes"],
    &["error", "language", "span"],
    &["alignment", "article", "labels", "lattice", "lexicon", "lines", "reason"],
    &["ids", "layout", "read", "score", "segment"],
    &["align", "corpus", "eval"],
    &["aligner"],
    &["pipeline"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room of a file: `score` of `score/length.rs` and of `score.rs`.
fn room(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str();
    Path::new(first).file_stem().unwrap().to_string_lossy().into_owned()
}

/// What stands after each `crate::` in code: all names of a group `crate::{a::B, c}`, else one.
fn used(source: &str) -> Vec<String> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.push(head(rest)),
        }
    }
    names
}

fn head(path: &str) -> String {
    path.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect()
}

/// The first names of the members of a group whose opening brace is taken off.
fn group_heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let (mut depth, mut member) = (1, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            heads.extend((!member.trim().is_empty()).then(|| head(member.trim())));
            member.clear();
        } else {
            member.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// What a file of a room breaks by using another room.
fn fault(from: &str, to: &str) -> Option<String> {
    let Some(below) = floor(to) else {
        return Some(format!("`crate::{to}` is no room: name what you use by its room"));
    };
    match floor(from) {
        None => Some(format!("the room `{from}` stands on no floor; give it one in tests/layering.rs")),
        Some(_) if from == to => None,
        Some(here) if below > here => Some(format!("uses `{to}`, which stands higher")),
        Some(here) if below == here => Some(format!("uses `{to}`, which stands on the same floor")),
        Some(_) => None,
    }
}

#[test]
fn rooms_use_lower_floors_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    let mut seen = 0;
    for path in sources(&src) {
        let file = path.strip_prefix(&src).unwrap();
        if file == Path::new("lib.rs") || file.starts_with("bin") {
            continue;
        }
        let from = room(file);
        for to in used(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            faults.extend(fault(&from, &to).map(|what| format!("{}: {what}", file.display())));
        }
    }
    assert!(seen > 50, "only {seen} uses were found: does this test still read the sources?");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_room_is_there() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in FLOORS.concat() {
        let there = src.join(room).is_dir() || src.join(format!("{room}.rs")).is_file();
        assert!(there, "there is no room `{room}`");
    }
}

#[test]
fn the_command_line_stands_on_the_public_face() {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join("bin");
    for path in sources(&bin) {
        let source = fs::read_to_string(&path).unwrap();
        assert!(!source.contains("include!") && !source.contains("#[path"), "{}", path.display());
    }
}

#[test]
fn uses_are_read_rightly() {
    let source = "use crate::span::Span;\n// use crate::pipeline;\nuse crate::{read, score::{Scorer, Table}, ids};\nlet x = crate::align::f();";
    assert_eq!(used(source), ["span", "read", "score", "ids", "align"]);
    assert!(fault("read", "span").is_none() && fault("read", "read").is_none());
    for (from, to) in [("span", "read"), ("read", "segment"), ("read", "Aligner"), ("unknown", "span")] {
        assert!(fault(from, to).is_some(), "{from} may not use {to}");
    }
}
