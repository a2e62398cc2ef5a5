//! Names of a batch's outputs: made from the names of the inputs, inside the output folder, never the same
//! for two inputs, and the same every time the same inputs are given.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Component, Path};

/// Characters of a name before a number is put to it to tell it from others; file systems take 255 bytes.
const LONGEST: usize = 200;

/// A name without the format's ending for each input.
///
/// `page.html` is `page`; inputs that would share a name keep their endings; those that still do, from
/// several folders, get as many of their folders in front as it takes; what is left is numbered. Capitals do
/// not count as a difference, because some file systems do not tell them apart.
pub fn names(inputs: &[impl AsRef<Path>]) -> Vec<String> {
    let paths: Vec<&Path> = inputs.iter().map(AsRef::as_ref).collect();
    let deepest = paths.iter().map(|path| path.components().count()).max().unwrap_or(1);
    let mut names: Vec<String> = paths.iter().map(|path| safe(path.file_stem())).collect();
    // Step 0 keeps the ending, step N puts N folders in front.
    for step in 0..deepest {
        let shared = shared(&names);
        if shared.is_empty() {
            break;
        }
        for k in shared {
            names[k] = with_folders(paths[k], step);
        }
    }
    number_shared(&mut names);
    names
}

/// Indices of the names that are not alone.
fn shared(names: &[String]) -> Vec<usize> {
    let mut count: HashMap<String, usize> = HashMap::new();
    let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    for name in &folded {
        *count.entry(name.clone()).or_default() += 1;
    }
    (0..names.len()).filter(|&k| count[&folded[k]] > 1).collect()
}

fn with_folders(path: &Path, folders: usize) -> String {
    let mut parts: Vec<&OsStr> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name),
            // Folders above have no name of their own; what they lead to is told apart by number.
            _ => None,
        })
        .collect();
    if parts.is_empty() {
        return safe(None);
    }
    let keep = (folders + 1).min(parts.len());
    let parts = parts.split_off(parts.len() - keep);
    let safe: Vec<String> = parts.into_iter().map(|part| safe(Some(part))).collect();
    safe.join("_")
}

fn number_shared(names: &mut [String]) {
    let mut taken: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let mut last: HashMap<String, usize> = HashMap::new();
    for name in names {
        let folded = name.to_lowercase();
        if seen.insert(folded.clone()) {
            continue;
        }
        let number = last.entry(folded).or_insert(1);
        let numbered = loop {
            *number += 1;
            let numbered = format!("{name}~{number}");
            if taken.insert(numbered.to_lowercase()) {
                break numbered;
            }
        };
        seen.insert(numbered.to_lowercase());
        *name = numbered;
    }
}

/// Names that mean a device on Windows, whatever ending follows them.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Whether Windows takes a name for that of a device: `nul`, `com1`, also `nul.tar` and `COM¹ `.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let digit = |rest: &str| matches!(rest, "¹" | "²" | "³") || matches!(rest.as_bytes(), [b'0'..=b'9']);
    DEVICES.contains(&stem.as_str()) || port.is_some_and(digit)
}

/// A name that means only itself on every system: no separators, no control characters, no other name for a
/// folder or a device, not too long.
fn safe(name: Option<&OsStr>) -> String {
    let name = name.unwrap_or_default().to_string_lossy();
    let odd = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let mut safe: String = name.chars().map(|c| if odd(c) { '_' } else { c }).collect();
    let mut end = safe.len().min(LONGEST);
    while !safe.is_char_boundary(end) {
        end -= 1;
    }
    safe.truncate(end);
    if safe.trim_matches('.').is_empty() {
        safe = format!("{}_", safe.replace('.', "_"));
    }
    if is_device(&safe) {
        safe.insert(0, '_');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cases() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["a/page.html", "b/other.txt"], &["page", "other"]),
            (&["page.html", "page.md", "else.md"], &["page.html", "page.md", "else"]),
            (&["a/page.html", "b/page.html", "page.md"], &["a_page.html", "b_page.html", "page.md"]),
            (&["x/a/p.txt", "y/a/p.txt", "z/q.txt"], &["x_a_p.txt", "y_a_p.txt", "q"]),
            (&["a/p.txt", "a/./p.txt", "p.txt~2"], &["a_p.txt", "a_p.txt~2", "p.txt~2"]),
            (&["Page.html", "page.html"], &["Page.html", "page.html~2"]),
            (&["../up/..", "/", ".hidden"], &["up", "_", ".hidden"]),
            (&["../../etc/passwd", "..\\..\\boot.ini", "a:b\n.txt"], &["passwd", ".._.._boot", "a_b_"]),
            (&["-", "--out.txt"], &["-", "--out"]),
            (&["a/CON.txt", "nul.tar.gz", "com1", "COM¹.md"], &["_CON", "_nul.tar", "_com1", "_COM¹"]),
            (&["console.txt", "com10.txt", "aux/x.txt"], &["console", "com10", "x"]),
            (&["page. .txt", "page.", "..."], &["page. ", "page", "___"]),
            (&["b/Ünder.txt", "a/ÜNDER.TXT"], &["b_Ünder.txt", "a_ÜNDER.TXT"]),
        ];
        for (inputs, expected) in cases {
            assert_eq!(&names(inputs), expected, "{inputs:?}");
        }
    }

    proptest! {
        /// Whatever the inputs are called, each output is a file of its own in the folder.
        #[test]
        fn names_are_files_of_their_own(inputs in prop::collection::vec(
            prop_oneof!["[aA./\\\\ ~_2-]{0,12}", "(com1|NUL|a|A)(/|\\.|~2){0,2}(nul|a|A)?", any::<String>()], 0..12,
        )) {
            let paths: Vec<String> = inputs.into_iter().filter(|path| !path.contains('\0')).collect();
            let names = names(&paths);
            let folded: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(folded.len(), paths.len());
            for name in &names {
                let file = format!("{name}.jsonl");
                let parts: Vec<_> = Path::new(&file).components().collect();
                prop_assert_eq!(parts, [Component::Normal(OsStr::new(&file))]);
                prop_assert!(file.len() <= 255 && !is_device(&file), "{}", file);
                prop_assert!(!file.contains(|c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c)), "{}", file);
            }
            prop_assert_eq!(super::names(&paths), names, "the same every time");
        }
    }

    #[test]
    fn names_are_never_the_same_nor_long() {
        let long = "字".repeat(300);
        let inputs: Vec<String> = (0..50).map(|k| format!("{}/{long}.html", k % 7)).collect();
        let names = names(&inputs);
        let distinct: HashSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert!(names.iter().all(|name| name.len() < 240 && !name.contains('/')), "{names:?}");
    }
}
