//! The review page in a real browser, where Chromium, its driver and Python are found: `tests/browser/review.py`
//! does the work. Elsewhere, and without optimisation, which makes ten thousand pairs slow, it is skipped aloud.
#![cfg(feature = "cli")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| names.iter().map(move |name| dir.join(name)))
        .find(|p| p.is_file())
}

/// Says something past the test harness, which keeps the output of tests that pass to itself.
fn say_aloud(words: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** {words} ***\n");
}

#[test]
fn the_page_works_in_a_browser() {
    let chromium = on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
    let driver = on_path(&["chromedriver", "chromium.chromedriver"]);
    let python = on_path(&["python3"]);
    let (Some(_), Some(_), Some(python)) = (chromium, driver, python) else {
        return say_aloud(
            "SKIPPED: the browser test of the review page needs chromium, chromedriver and python3",
        );
    };
    if cfg!(debug_assertions) {
        return say_aloud("SKIPPED: the browser test of the review page runs with --release only");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/review.py");
    let done =
        Command::new(python).arg("-B").arg(script).arg(env!("CARGO_BIN_EXE_duizhao")).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && out.contains("The review page holds."), "{out}\n{err}");
    // The time to open ten thousand pairs is worth seeing.
    out.lines().filter(|line| line.contains("10,000 pairs")).for_each(say_aloud);
}
