//! What duizhao writes is read back by programs that other people wrote: the Translate Toolkit, openpyxl,
//! markdown-it, Python's own readers. They live in a virtual environment under the target folder, made at the first
//! run; where that cannot be made, for want of Python or of the network, the test says so and is skipped.
#![cfg(feature = "xlsx")]

use duizhao::corpus::{self, Bitext, OutputFormat, Reason, Unit, WriteOptions, intertext, moses};
use duizhao::{Sentence, Span};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Texts that have broken somebody's reader, of characters that every format can hold.
const ZH: [&str; 8] = [
    "茶凉了，他说：“再添一点水。”",
    "=HYPERLINK(\"x\")是公式。",
    "他说<b>好</b> & 走了。",
    "\"引号\"，还有, 逗号；",
    "一行\n两行。",
    "| 竖线 | 和 \\ 反斜线*星*",
    "_x0041_ 是什么？",
    "𠀀字和😀。",
];
const EN: [&str; 8] = [
    "“The tea is cold,” he said. “Add some water.”",
    "+1 is =SUM(A1), @once.",
    "He said <b>well</b> & left &amp; went.",
    "\"Quotes\", 'and' \"\"doubled\"\"; commas, too",
    "One line\ntwo lines.",
    "| A pipe | and \\ a backslash *star* _under_ [link](x)",
    "What is _x0041_?",
    "The character 𠀀 and 😀.",
];

/// One to one, but the last two sentences of either side, of which one pair is two to one and one sentence faces
/// nothing.
fn bitext() -> Bitext {
    let sentence = |(block, text): (usize, &&str)| {
        let start = 1000 * block;
        Sentence { text: text.to_string(), span: Span::new(start, start + text.len()), block: block / 3 }
    };
    let unit = |source: &[usize], target: &[usize], confidence| Unit {
        source: source.to_vec(),
        target: target.to_vec(),
        score: 1.25,
        confidence,
        reason: target.is_empty().then_some(Reason::NoCounterpart),
        ..Unit::default()
    };
    let zh: Vec<&str> = ZH.iter().copied().chain(["雨停了。", "街上没有人。", "没有译文。"]).collect();
    let en: Vec<&str> = EN.iter().copied().chain(["The rain stopped, and the street was empty."]).collect();
    let mut units: Vec<Unit> = (0..8).map(|k| unit(&[k], &[k], 0.25 + 0.09375 * k as f32)).collect();
    units.extend([unit(&[8, 9], &[8], 0.5), unit(&[10], &[], 1.0)]);
    let side = |texts: Vec<&str>| texts.iter().enumerate().map(sentence).collect();
    let bitext = Bitext { source: side(zh), target: side(en), units, ..Bitext::default() };
    bitext.validate().unwrap();
    bitext
}

fn write_all(folder: &Path) {
    let bitext = bitext();
    let options = WriteOptions::default();
    let file = |name: &str| File::create(folder.join(name)).unwrap();
    let write = |name: &str, format: OutputFormat, options: &WriteOptions| {
        corpus::write(&bitext, format, file(name), options).unwrap();
    };
    for format in OutputFormat::ALL.into_iter().filter(|format| format.extensions().len() == 1) {
        let name = if format == OutputFormat::HuggingFace { "hf" } else { "pairs" };
        write(&format!("{name}.{}", format.extension()), format, &options);
    }
    let regional = options.clone().context(true).script_code(true).codes("zh-CN", "en-GB");
    write("regional.tmx", OutputFormat::Tmx, &regional);
    let mut writer = moses::Writer::new(file("pairs.zh"), file("pairs.en"));
    writer.write(&bitext).unwrap();
    writer.finish().unwrap();
    let [links, zh, en] = intertext::EXTENSIONS.map(|ending| file(&format!("pairs.{ending}")));
    let mut writer = intertext::Writer::new(links, zh, en, "pairs");
    writer.write(&bitext).unwrap();
    writer.finish().unwrap();
    let expected: Vec<_> = bitext
        .pairs()
        .map(|pair| {
            serde_json::json!({
                "zh": pair.zh(), "en": pair.en(), "kind": pair.kind(),
                "confidence": (f64::from(pair.confidence()) * 1e4).round() / 1e4,
            })
        })
        .collect();
    fs::write(folder.join("expected.json"), serde_json::to_vec(&expected).unwrap()).unwrap();
}

/// The Python of the virtual environment with everything in it, or why there is none.
fn python() -> Result<PathBuf, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readback");
    let wanted = fs::read(here.join("requirements.txt")).unwrap();
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readback-venv");
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = home.join(bin).join("python");
    let stamp = home.join("requirements.txt");
    if fs::read(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(python);
    }
    let _ = fs::remove_dir_all(&home);
    ran(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "-r"]);
    ran(pip.arg(here.join("requirements.txt")))?;
    fs::write(stamp, wanted).unwrap();
    Ok(python)
}

fn ran(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn other_programs_read_the_same() {
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            eprintln!(
                "SKIPPED: no other program reads what was written, as there is no Python for it: {why}"
            );
            return;
        }
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readback-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    write_all(&folder);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readback/check.py");
    let output = Command::new(python).arg("-X").arg("utf8").arg(script).arg(&folder).output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success(), "{said}");
    let _ = fs::remove_dir_all(&folder);
}
