//! Documents made to be slow, from the bytes to the corpus. Each must cost time in proportion to its size: a
//! quadratic one would not end. `.ci/hostile.py` measures larger ones, and the command line.
//!
//! The sizes are those of a release build; a debug build takes a fiftieth. Reading alone has more cases in
//! `tests/read_hostile.rs`, splitting in `tests/segment/properties.rs`.
#![cfg(all(feature = "lexicon", feature = "read"))]

mod targets;

use duizhao::corpus::{self, Bitext, OutputFormat, Record};
use duizhao::read::{Options, read_bytes};
use duizhao::{Aligner, ErrorKind, Result};
use std::sync::LazyLock;
use targets::texts;

const SCALE: usize = if cfg!(debug_assertions) { 50 } else { 1 };
const MB: usize = 1_000_000;
const ZH: &str = "河上有一座木桥。";
const EN: &str = "There is a wooden bridge over the river. ";

static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::builder().build().unwrap());

/// As many copies as make a number of bytes.
fn fill(scrap: &str, size: usize) -> String {
    scrap.repeat((size / SCALE / scrap.len()).max(1))
}

/// Reads and aligns; nothing may be lost.
fn align(what: &str, bytes: impl AsRef<[u8]>) -> Bitext {
    let bytes = bytes.as_ref();
    let article = read_bytes(bytes, &Options::default()).unwrap();
    let bitext = ALIGNER.align_article(&article);
    bitext.validate().unwrap();
    texts::check_sentences(&article, &bitext);
    println!("{what}: {} kB, {} units", bytes.len() / 1000, bitext.units.len());
    bitext
}

#[test]
fn markup() {
    let bridge = |bitext: &Bitext| bitext.pairs().any(|pair| pair.zh().contains("桥"));
    let nested = fill("<div>", 500_000) + ZH + "<p>" + EN + &fill("</div>", 600_000);
    assert!(bridge(&align("100,000 nested elements", nested)));
    align(
        "unclosed everything",
        fill(&format!("<div><p><b><table><tr><td><ul><li><a href='x'>{ZH}{EN}"), MB),
    );
    let columns = format!("<table><tr>{}</table>", "<td>桥<td>bridge".repeat(10_000 / 2));
    align("10,000 columns", columns);
    let columns = format!(
        "|{}\n|{}\n|{}\n",
        "桥|bridge|".repeat(5_000),
        "-|-|".repeat(5_000),
        "木桥|wooden bridge|".repeat(5_000)
    );
    align("10,000 columns of Markdown", columns);
    let deep =
        format!("{}{ZH}\n\n{}{EN}\n\n{}x", fill("> ", MB / 2), fill("- ", MB / 2), fill("1. ", MB / 2));
    align("deep quotations and lists", deep);
}

#[test]
fn long_text() {
    align(
        "10 MB without a full stop",
        fill("河上有木桥", 5 * MB) + "\n\n" + &fill("there is a bridge ", 5 * MB),
    );
    align("the two scripts in turn", fill("桥bridge", 5 * MB));
    align(
        "semicolons",
        fill("河上有一座木桥；", MB / 2) + "\n\n" + &fill("there is a wooden bridge; ", MB / 2),
    );
    align("open brackets and quotation marks", fill("（“桥", MB) + "\n\n" + &fill("(\"bridge ", MB));
}

#[test]
fn one_character() {
    for character in ["春", "a", "。", ".", "1", "“"] {
        align(&format!("2 MB of {character:?}"), fill(character, 2 * MB));
    }
    // The largest that the command line reads by default is 64 MB.
    align("50 MB of one character", fill("春", 50 * MB));
}

#[test]
fn many_sentences() {
    let alone = align("a million sentences of a word, in one language", fill("走。", 6 * MB));
    assert_eq!(alone.source.len(), 6 * MB / SCALE / "走。".len());
    align("sentences of a word, in two blocks", fill("走。", MB / 4) + "\n\n" + &fill("Go. ", MB / 8));
    align("lines of a word", fill("走。\nGo.\n", MB / 2));
    align("one pair over and over", fill(&format!("{ZH}\n{EN}\n"), MB));
}

/// One long sentence without counterpart among many: their lengths are compared.
#[test]
fn sentences_without_counterpart() {
    let page = fill(&format!("{ZH}{EN}"), 4 * MB) + &fill("�A", 5 * MB);
    align("a long stretch without counterpart", page);
}

/// Lines of subtitles, quoted mail, divided words and callouts, where every line looks at what is around it.
#[test]
fn lines() {
    let cues = format!("1\n00:00:01,000 --> 00:00:02,000\n{ZH}\n{EN}\n\n2\n00:00:02,000 --> 00:00:03,000\n");
    align("marks in subtitles", cues + &fill("<", MB) + "\n" + &fill("{\\", MB));
    align("divided words", fill("abcdefghij-\n", MB) + &fill(&("abcdefghij".repeat(6) + "-\n"), MB));
    align("quoted mail", fill("> a\n>\n>> 桥\n", MB));
    align("callouts", format!("# A\n\n{}", fill("\n:::tip 桥\n:::\n", MB)));
    align("addresses", fill(&format!("{ZH}{EN}\n\n"), MB) + &fill("网址 www.a.cn\n\n", 2 * MB));
}

#[test]
fn odd_characters() {
    let hidden = format!("\u{202E}{ZH}\u{200B}\u{2066}\n\n\u{200F}{EN}\u{202C}\u{FEFF}\n\n");
    align("bidirectional and zero-width characters", fill(&hidden, MB / 2));
    let text: Vec<u16> = format!("{ZH}{EN}\n").encode_utf16().collect();
    let half = [0xD83D, u16::from(b'A'), 0xDE00, 0x4E2D];
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let mark = order(0xFEFF);
        let units = text.iter().chain(&half).cycle().take(MB / 4 / SCALE);
        let bytes: Vec<u8> = mark.into_iter().chain(units.flat_map(|&unit| order(unit))).collect();
        let bitext = align("half surrogates in UTF-16", &bytes);
        assert!(bitext.notices.iter().any(|notice| notice.contains("UTF-16")), "{:?}", bitext.notices);
        align("UTF-16 cut off inside a unit", &bytes[..bytes.len() - 1]);
    }
    let text = fill(&format!("{ZH}{EN}\n"), MB / 2) + "中𠀀";
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    for cut in 1..4 {
        let bitext = align("GB18030 cut off inside a character", &bytes[..bytes.len() - cut]);
        assert!(!bitext.notices.is_empty());
    }
}

/// Long texts that have nothing to do with each other: the search ends, and says so.
#[test]
fn unrelated_texts() {
    let line = |words: &[&str], join: &str, seed: usize| -> String {
        let mut seed = seed as u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words[(seed >> 33) as usize % words.len()]
        };
        (0..8).map(|_| next()).collect::<Vec<_>>().join(join)
    };
    let zh = ["河", "老师", "孩子", "雨", "山林", "老虎", "村庄", "钥匙", "花园", "茶", "国王", "月亮"];
    let en =
        ["oak", "lamp", "stone", "salt", "glass", "door", "field", "wheel", "candle", "coat", "ash", "ink"];
    let zh: Vec<String> = (0..2_000).map(|k| line(&zh, "", k)).collect();
    let en: Vec<String> = (0..2_000).map(|k| line(&en, " ", k + 100_000)).collect();
    let bitext = ALIGNER.align_lines(&zh, &en);
    bitext.validate().unwrap();
    assert!(bitext.notices[0].contains("not every way"), "{:?}", bitext.notices);
    let few = ALIGNER.align_lines(&zh[..50], &en[..50]);
    assert!(few.notices.is_empty(), "{:?}", few.notices);
}

/// Reads records until the first error, or the end.
fn read(what: &str, format: OutputFormat, text: &str) -> (usize, Option<ErrorKind>) {
    let records = corpus::read(format, text.as_bytes()).unwrap();
    let (mut count, mut failure) = (0, None);
    for record in records {
        let record: Result<Record> = record;
        match record {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(
                    format!("{error:?}").len() < 2_000 && (error.byte().is_some() || error.line().is_some()),
                    "{what}"
                );
                failure = Some(error.kind());
                break;
            }
        }
    }
    println!("{what}: {} kB, {count} records, {failure:?}", text.len() / 1000);
    (count, failure)
}

#[test]
fn corpora() {
    // A billion laughs: each entity holds ten of the one before.
    let entity = |k: usize| {
        format!(
            "<!ENTITY a{k} \"{}\">",
            if k == 0 { "ha".to_owned() } else { format!("&a{};", k - 1).repeat(10) }
        )
    };
    let entities: String = (0..12).map(entity).collect();
    let laughs =
        format!("<!DOCTYPE tmx [{entities}]><tmx><tu><tuv xml:lang=\"zh\"><seg>&a11;</seg></tuv></tu></tmx>");
    assert_eq!(read("entities that expand", OutputFormat::Tmx, &laughs), (0, Some(ErrorKind::Format)));
    let in_attribute = laughs.replace("\"zh\"", "\"&a11;\"");
    assert_eq!(read("entities in an attribute", OutputFormat::Tmx, &in_attribute).1, Some(ErrorKind::Format));
    let outside = "<!DOCTYPE tmx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><tmx><tu><tuv xml:lang='zh'><seg>&x;</seg></tuv></tu></tmx>";
    assert_eq!(read("an entity from a file", OutputFormat::Tmx, outside), (0, Some(ErrorKind::Format)));
    let open = "<tmx><tu><tuv xml:lang='zh'><seg>".to_owned();
    assert_eq!(read("nested elements", OutputFormat::Tmx, &(open.clone() + &fill("<sub>", 5 * MB))).0, 0);
    assert_eq!(
        read(
            "a unit of 20 MB",
            OutputFormat::Tmx,
            &format!("{open}{}</seg></tuv></tu></tmx>", fill("河&amp;", 20 * MB))
        ),
        (1, None)
    );
    read("an attribute of 20 MB", OutputFormat::Tmx, &format!("<tmx a='{}'/>", fill("x", 20 * MB)));
    read(
        "many attributes",
        OutputFormat::Tmx,
        &format!(
            "<tmx><tu><tuv {}/></tu></tmx>",
            (0..200_000 / SCALE).map(|k| format!("a{k}='' ")).collect::<String>()
        ),
    );
    assert_eq!(
        read("a comment never closed", OutputFormat::Tmx, &("<tmx><!--".to_owned() + &fill("-x", 10 * MB))).0,
        0
    );
    assert_eq!(
        read(
            "a quotation mark never closed",
            OutputFormat::Csv,
            &("zh,en\n\"".to_owned() + &fill("河,上\n", 20 * MB))
        )
        .1,
        Some(ErrorKind::Format)
    );
    read("quotation marks", OutputFormat::Csv, &("zh,en\n".to_owned() + &fill("\"\"", 10 * MB)));
    read("rows of quotation marks", OutputFormat::Csv, &("zh,en\n".to_owned() + &fill("\",\"\n", 10 * MB)));
    assert_eq!(
        read("a million columns", OutputFormat::Tsv, &("zh\ten\n".to_owned() + &fill("河\t", 5 * MB))).1,
        Some(ErrorKind::Format)
    );
    assert_eq!(read("lines alone", OutputFormat::Csv, &fill("\n", 20 * MB)), (0, None));
    assert_eq!(read("nested lists", OutputFormat::Jsonl, &fill("[", 10 * MB)).1, Some(ErrorKind::Format));
    assert_eq!(
        read("nested objects", OutputFormat::Jsonl, &fill("{\"zh\":", 10 * MB)).1,
        Some(ErrorKind::Format)
    );
    let long = format!("{{\"zh\":\"{}\",\"en\":\"\"}}", fill("河\\u0000", 20 * MB));
    assert_eq!(read("a line of 20 MB", OutputFormat::Jsonl, &long), (1, None));
}
