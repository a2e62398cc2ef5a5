//! What is written is read back equal by readers that know nothing of this project: Python's `json`, `csv` and XML
//! parser (`tests/independent.py`), and an HTML parser.
#![cfg(feature = "read")]

mod targets;

use duizhao::corpus::{self, Bitext, OutputFormat, Reason, Record, Unit, Unplaced, WriteOptions, moses};
use duizhao::{Language, Sentence, Span};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use targets::kept::{folded, legal};

/// Texts that have broken somebody's reader.
const HOSTILE: [&str; 16] = [
    "茶凉了，他说：“再添一点水。”",
    "a\tb\nc\r\nd\re",
    "</seg></tuv></tu><script>alert(1)</script>]]>&amp;&#0;&lt;<!--",
    "\"quoted\", 'and' \"\"doubled\"\"",
    "=HYPERLINK(\"x\")",
    "\u{0}\u{1}\u{B}\u{C}\u{1C}\u{1F}\u{7F}\u{85}\u{FFFE}\u{FFFF}",
    "\u{2028}\u{2029}\u{FEFF}\u{200B}\u{202E}abc\u{202C}",
    "\u{20000}\u{1F600}e\u{301}\u{10FFFF}",
    "  two  spaces  ",
    "'><img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "</style></title></textarea></template><a href=javascript:alert(1)>x</a>",
    "--></script><script>alert(1)",
    "`${alert(1)}` {{7*7}} \\u003cscript\\u003e \\",
    "&#x3c;b&#x3e; &lt;b&gt; &notin; &amp;amp;",
    "\r",
];

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn write_all(records: &[Record], folder: &Path) {
    let options = WriteOptions::default().unpaired(true);
    for format in [
        OutputFormat::Jsonl,
        OutputFormat::HuggingFace,
        OutputFormat::Tsv,
        OutputFormat::Csv,
        OutputFormat::Tmx,
    ] {
        let mut out = Vec::new();
        let mut writer = corpus::writer(format, &mut out, &options).unwrap();
        records.iter().for_each(|record| writer.write_record(record).unwrap());
        writer.finish().unwrap();
        drop(writer);
        fs::write(folder.join(format!("corpus.{format}")), out).unwrap();
    }
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let mut writer = moses::Writer::with_options(&mut zh, &mut en, &options);
    records.iter().for_each(|record| writer.write_record(record).unwrap());
    fs::write(folder.join("corpus.zh"), zh).unwrap();
    fs::write(folder.join("corpus.en"), en).unwrap();
}

/// Pairs of texts.
type Rows = Vec<(String, String)>;

/// The rows that each format holds by Python's readers; `None` where there is no Python.
fn read_by_python(folder: &Path) -> Option<Vec<(String, Rows)>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent.py");
    let Ok(done) = Command::new("python3").arg(script).arg(folder).output() else {
        eprintln!("SKIPPED: python3 is not here, so nothing else has read the files");
        return None;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let rows = |value: Value| serde_json::from_value::<Rows>(value).unwrap();
    let formats = String::from_utf8(done.stdout).unwrap();
    let formats = formats.lines().map(|line| {
        let mut format: Value = serde_json::from_str(line).unwrap();
        (format["name"].as_str().unwrap().to_owned(), rows(format["rows"].take()))
    });
    Some(formats.collect())
}

/// Any texts, many at once: starting Python costs more than reading.
#[test]
fn other_readers_find_the_same_texts() {
    let mut records: Vec<Record> =
        HOSTILE.iter().flat_map(|zh| HOSTILE.iter().map(|en| Record::new(*zh, *en))).collect();
    let mut runner = TestRunner::default();
    let texts = prop::collection::vec((any::<String>(), any::<String>()), 2000);
    let texts = texts.new_tree(&mut runner).unwrap().current();
    records.extend(texts.into_iter().map(|(zh, en)| Record::new(zh, en)));
    records.push(Record {
        score: Some(f32::INFINITY),
        confidence: Some(f32::NAN),
        ..Record::new("数", "Number")
    });
    let folder = folder("independent");
    write_all(&records, &folder);
    let Some(formats) = read_by_python(&folder) else { return };
    assert_eq!(formats.len(), 6);
    for (format, rows) in formats {
        let keep = match format.as_str() {
            "tsv" | "moses" => folded,
            "tmx" => legal,
            _ => str::to_owned,
        };
        let expected = records.iter().map(|record| (keep(&record.zh), keep(&record.en)));
        // A unit of which XML leaves nothing has no variant on either side.
        let expected: Vec<_> = expected.collect();
        assert_eq!(rows.len(), expected.len(), "{format}");
        for (row, expected) in rows.iter().zip(&expected) {
            assert_eq!(row, expected, "{format}");
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

/// What other tools write for a number that they do not know is none, and drops no pair.
#[test]
fn unknown_numbers_are_none() {
    let rows = "zh\ten\tscore\tconfidence\n茶。\tTea.\tnan\tNaN\n水。\tWater.\tinf\t0.5\n";
    let records = || corpus::read(OutputFormat::Tsv, rows.as_bytes()).unwrap();
    let numbers: Vec<_> = records().map(|record| record.map(|r| (r.score, r.confidence)).unwrap()).collect();
    assert_eq!(numbers, [(None, None), (None, Some(0.5))]);
    let mut out = Vec::new();
    let options = WriteOptions::default();
    let mut writer = corpus::writer(OutputFormat::Jsonl, &mut out, &options).unwrap();
    assert_eq!(corpus::convert(records(), writer.as_mut(), &options).unwrap(), 2);
}

fn sentence(text: &str) -> Sentence {
    Sentence { text: text.into(), span: Span::new(0, text.len()), block: 0 }
}

/// A bitext with a text in every place that a page may show.
fn everywhere(text: &str) -> Bitext {
    let pair = Unit { source: vec![0, 1], target: vec![0], score: 1.0, confidence: 0.5, ..Unit::default() };
    let null = Unit { source: vec![2], reason: Some(Reason::NoCounterpart), ..Unit::default() };
    let moved = Unit { source: vec![3], target: vec![1], moved: true, confidence: 1.0, ..Unit::default() };
    let mut bitext = Bitext {
        source: vec![sentence(text); 4],
        target: vec![sentence(text); 2],
        units: vec![pair, null, moved],
        other: vec![Unplaced {
            sentence: sentence(text),
            language: Some(Language::Other),
            reason: Reason::Code,
        }],
        notices: vec![text.into()],
        ..Bitext::default()
    };
    bitext.origin.name = Some(text.into());
    bitext.origin.layout = Some(text.into());
    bitext.origin.encoding = Some(text.into());
    bitext.validate().unwrap();
    bitext
}

/// Names of the elements of a page and of their attributes, in order.
fn skeleton(page: &str) -> Vec<String> {
    let elements = scraper::Html::parse_document(page);
    let elements = elements.tree.nodes().filter_map(|node| node.value().as_element().cloned());
    let names = |element: scraper::node::Element| {
        let mut attributes: Vec<&str> = element.attrs().map(|(name, _)| name).collect();
        attributes.sort_unstable();
        format!("{} {}", element.name(), attributes.join(" "))
    };
    elements.map(names).collect()
}

fn page(bitext: &Bitext, options: &WriteOptions) -> String {
    let mut out = Vec::new();
    corpus::write(bitext, OutputFormat::Html, &mut out, options).unwrap();
    String::from_utf8(out).unwrap()
}

/// A hostile article makes a page of the same elements and attributes as a harmless one: none of its own.
#[test]
fn no_element_or_attribute_of_an_article_reaches_the_page() {
    for options in [WriteOptions::default(), WriteOptions::default().unpaired(true).min_confidence(0.8)] {
        let harmless = skeleton(&page(&everywhere("text"), &options));
        assert!(harmless.len() > 20);
        for text in HOSTILE {
            let page = page(&everywhere(text), &options);
            assert_eq!(skeleton(&page), harmless, "{text:?}");
            let shown: String = scraper::Html::parse_document(&page).root_element().text().collect();
            let visible = |text: &str| legal(text).replace('\r', "\n").trim().to_owned();
            assert!(shown.replace('\r', "\n").contains(&visible(text)), "{text:?} is not shown");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_reaches_the_page_as_markup(text in "[<>&\"'/=a-z! \\-\\]\\[;#0\u{0}\u{2028}]{0,40}") {
        let harmless = skeleton(&page(&everywhere("text"), &WriteOptions::default()));
        prop_assert_eq!(skeleton(&page(&everywhere(&text), &WriteOptions::default())), harmless);
    }

    /// A spreadsheet runs what begins with a sign, also behind what it does not show.
    #[test]
    fn no_cell_begins_a_formula_where_that_was_asked(
        zh in "[=+\\-@\t\r\n＝＋－＠ \u{FEFF}\u{200B}\u{202E}a\"',|]{0,8}",
        en in "[=+@-]?[\t\r\n ]?[=a1]{0,4}",
        kind in "[=1-]{0,3}",
    ) {
        let record = Record { kind, score: Some(-1.5), ..Record::new(zh, en) };
        let options = WriteOptions::default().spreadsheet_safe(true).unpaired(true);
        let hidden = |c: char| c.is_whitespace() || c.is_control() || "\u{FEFF}\u{200B}\u{202E}".contains(c);
        for format in [OutputFormat::Tsv, OutputFormat::Csv] {
            let mut out = Vec::new();
            let mut writer = corpus::writer(format, &mut out, &options).unwrap();
            writer.write_record(&record).unwrap();
            writer.finish().unwrap();
            drop(writer);
            let back = corpus::read(format, out.as_slice()).unwrap().next().unwrap().unwrap();
            for (cell, text) in [(&back.zh, &record.zh), (&back.en, &record.en), (&back.kind, &record.kind)] {
                let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                prop_assert!(!runs(cell) && !runs(cell.trim_start_matches(hidden)), "{:?}", cell);
                prop_assert!(!cell.starts_with(['\t', '\r', '\n']), "{:?}", cell);
                let kept = if format == OutputFormat::Tsv { folded(text) } else { text.clone() };
                let same = *cell == kept || *cell == format!("'{kept}");
                // A record without a kind gets one when it is read.
                prop_assert!(same || text.is_empty(), "{:?} of {:?}", cell, text);
            }
        }
    }

    /// The other formats for people: a Markdown table keeps its rows and columns.
    #[test]
    fn no_text_breaks_out_of_a_markdown_table(text in "[|\\\\`<>*_\\[\\]()!a-z \n\r\u{2028}]{0,30}") {
        let rows = |text: &str| -> Vec<usize> {
            let mut out = Vec::new();
            corpus::write(&everywhere(text), OutputFormat::Markdown, &mut out, &WriteOptions::default()).unwrap();
            let table = String::from_utf8(out).unwrap();
            let options = pulldown_cmark::Options::ENABLE_TABLES;
            let events = pulldown_cmark::Parser::new_ext(&table, options);
            let (mut rows, mut cells) = (Vec::new(), 0);
            for event in events {
                use pulldown_cmark::{Event, Tag, TagEnd};
                match event {
                    Event::Start(Tag::TableCell) => cells += 1,
                    Event::End(TagEnd::TableRow | TagEnd::TableHead) => rows.push(std::mem::take(&mut cells)),
                    Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in {table:?}"),
                    Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {table:?}"),
                    _ => {}
                }
            }
            rows
        };
        prop_assert_eq!(rows(&text), rows("text"));
    }
}
