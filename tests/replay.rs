//! Replays what the fuzz targets started from (`tests/fuzz/seeds`) and what they found (`tests/fuzz/cases`), so
//! that a fault that was once mended stays mended. No fuzzer is needed.
#![cfg(all(feature = "lexicon", feature = "read"))]

mod targets;

use std::fs;
use std::path::{Path, PathBuf};

fn inputs(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(kind).join(target);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_target_holds_on_its_seeds_and_cases() {
    for (name, target) in targets::TARGETS {
        let seeds = inputs("seeds", name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for path in seeds.iter().chain(&inputs("cases", name)) {
            println!("{}", path.display());
            let data = fs::read(path).unwrap();
            target(&data);
            // What is cut off anywhere must not break anything either.
            for cut in 1..4 {
                target(&data[..data.len() * cut / 4]);
            }
        }
    }
}

/// Each fuzz target is named here, in `fuzz/` and in `TARGETS`: one that is left out would never be replayed.
#[test]
fn every_fuzz_target_is_replayed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    if !folder.exists() {
        eprintln!("skipped: the published package holds no fuzz targets");
        return;
    }
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> =
        names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let mut known: Vec<&str> = targets::TARGETS.iter().map(|&(name, _)| name).collect();
    // The one that a build may lack.
    names.retain(|name| name != "xlsx" || cfg!(feature = "xlsx"));
    names.sort();
    known.sort();
    assert_eq!(names, known);
}
