//! Every writer's output is read back equal, whatever the texts hold, and stays within its format's rules.

use duizhao::corpus::{
    self, Bitext, CorpusWriter, OutputFormat, Reason, Record, Unit, WriteOptions, csv, html, ids, intertext,
    jsonl, moses, tmx, tsv,
};
use duizhao::{Error, ErrorKind, IdBead, Sentence, Span};
use kept::{folded, legal};
use proptest::prelude::*;

#[path = "targets/kept.rs"]
mod kept;

/// Formats that hold texts, kinds and confidences.
fn text_and_more() -> impl Iterator<Item = OutputFormat> {
    let formats = [
        OutputFormat::Jsonl,
        OutputFormat::Tsv,
        OutputFormat::Csv,
        OutputFormat::Tmx,
        OutputFormat::Xliff,
        OutputFormat::Xlsx,
    ];
    formats.into_iter().filter(there)
}

/// Whether this build has the format.
fn there(format: &OutputFormat) -> bool {
    *format != OutputFormat::Xlsx || cfg!(feature = "xlsx")
}

/// Formats of one file each.
fn one_file() -> impl Iterator<Item = OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|format| format.extensions().len() == 1).filter(there)
}

type Result<T = ()> = std::result::Result<T, Error>;

/// Texts that have broken somebody's writer: markup, separators, quotes, formulas, controls, bidirectional
/// marks, characters beyond the basic plane, what XML forbids.
const HOSTILE: [&str; 14] = [
    "茶凉了，他说：“再添一点水。”",
    "a\tb\nc\r\nd\re",
    "</seg><script>alert(1)</script>]]>&amp;&#0;<!--",
    "\"quoted\", 'and' \"\"doubled\"\"",
    "=HYPERLINK(\"x\")",
    "\u{0}\u{1}\u{B}\u{C}\u{1F}\u{7F}\u{85}\u{FFFE}\u{FFFF}",
    "\u{2028}\u{2029}\u{FEFF}\u{200B}\u{202E}abc\u{202C}",
    "\u{20000}\u{1F600}e\u{301}",
    "  two  spaces  ",
    "| pipe | \\ back",
    "{\"zh\": 1}",
    ",,,",
    "[0]:[1]",
    "' onmouseover='x",
];

fn sentence(text: &str) -> Sentence {
    Sentence { text: text.into(), span: Span::new(3, 3 + text.len()), block: 0 }
}

/// A bitext of 1-1 pairs, each hostile text facing another, with a null at either side.
fn hostile() -> Bitext {
    let n = HOSTILE.len();
    let mut units: Vec<Unit> = (0..n)
        .map(|k| Unit { source: vec![k], target: vec![k], score: 1.5, confidence: 0.75, ..Unit::default() })
        .collect();
    let null = Unit { confidence: 0.5, reason: Some(Reason::NoCounterpart), ..Unit::default() };
    units.push(Unit { source: vec![n], ..null.clone() });
    units.push(Unit { target: vec![n], ..null });
    let source = HOSTILE.iter().chain(&["没有译文。"]).map(|text| sentence(text)).collect();
    let target = HOSTILE.iter().rev().chain(&["Added."]).map(|text| sentence(text)).collect();
    let bitext = Bitext { source, target, units, ..Bitext::default() };
    bitext.validate().unwrap();
    bitext
}

fn bytes(bitext: &Bitext, format: OutputFormat, options: &WriteOptions) -> Vec<u8> {
    let mut out = Vec::new();
    corpus::write(bitext, format, &mut out, options).unwrap();
    out
}

fn text(bitext: &Bitext, format: OutputFormat, options: &WriteOptions) -> String {
    String::from_utf8(bytes(bitext, format, options)).unwrap()
}

fn back(bytes: &[u8], format: OutputFormat) -> Vec<Record> {
    corpus::read(format, bytes).unwrap().collect::<Result<_>>().unwrap()
}

fn kept(format: OutputFormat) -> fn(&str) -> String {
    match format {
        OutputFormat::Tsv => folded,
        OutputFormat::Tmx => legal,
        _ => str::to_owned,
    }
}

#[test]
fn hostile_texts_come_back() {
    let bitext = hostile();
    let options = WriteOptions::default().unpaired(true).context(true);
    for format in text_and_more().chain([OutputFormat::HuggingFace]) {
        let records = back(&bytes(&bitext, format, &options), format);
        let keep = kept(format);
        let expected: Vec<Record> = bitext.views().map(Record::from).collect();
        assert_eq!(records.len(), expected.len(), "{format}");
        for (record, pair) in records.iter().zip(&expected) {
            assert_eq!((&record.zh, &record.en), (&keep(&pair.zh), &keep(&pair.en)), "{format}");
            assert_eq!(record.reason, pair.reason, "{format}");
            if format != OutputFormat::HuggingFace {
                let facts = |r: &Record| (r.kind.clone(), r.score, r.confidence);
                assert_eq!(facts(record), facts(pair), "{format}");
            }
            if format == OutputFormat::Jsonl {
                assert_eq!((&record.zh_spans, &record.en_spans), (&pair.zh_spans, &pair.en_spans));
            }
        }
    }
}

#[test]
fn without_unpaired_only_pairs_are_written() {
    let bitext = hostile();
    for format in text_and_more() {
        let written = |options| back(&bytes(&bitext, format, &options), format).len();
        assert_eq!(written(WriteOptions::default()), HOSTILE.len(), "{format}");
        assert_eq!(written(WriteOptions::default().min_confidence(0.76)), 0, "{format}");
        let apart = WriteOptions::default().min_confidence(0.76).unpaired(true);
        assert!(written(apart.clone()) >= 2 * HOSTILE.len(), "{format}");
        let reasons = back(&bytes(&bitext, format, &apart), format);
        let low = reasons.iter().filter(|r| r.reason == Some(Reason::LowConfidence)).count();
        assert_eq!(low, reasons.len() - 2, "{format}");
    }
}

#[test]
fn tsv_is_strict() {
    for unpaired in [false, true] {
        let options = WriteOptions::default().unpaired(unpaired);
        let tsv = text(&hostile(), OutputFormat::Tsv, &options);
        let columns = if unpaired { 6 } else { 5 };
        assert!(tsv.ends_with('\n') && !tsv.contains('\r'));
        assert_eq!(tsv.lines().count(), 1 + HOSTILE.len() + if unpaired { 2 } else { 0 });
        for line in tsv.lines() {
            assert_eq!(line.split('\t').count(), columns, "{line:?}");
            assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "{line:?}");
        }
    }
}

#[test]
fn no_cell_starts_a_formula_when_asked() {
    for formula in ["=1", "+1", "-1", "@x", "＝1", "\t=1", "\r=1", "\u{FEFF}=1", " =1"] {
        let mut bitext = hostile();
        bitext.source[0] = sentence(formula);
        let options = WriteOptions::default().spreadsheet_safe(true);
        for format in [OutputFormat::Tsv, OutputFormat::Csv] {
            let first = &back(&bytes(&bitext, format, &options), format)[0];
            assert!(first.zh.starts_with('\''), "{format} {formula:?} {:?}", first.zh);
            let plain = &back(&bytes(&bitext, format, &WriteOptions::default()), format)[0];
            assert!(!plain.zh.starts_with('\''), "{format}");
        }
    }
}

#[test]
fn every_line_of_jsonl_has_the_same_keys() {
    for unpaired in [false, true] {
        let text = text(&hostile(), OutputFormat::Jsonl, &WriteOptions::default().unpaired(unpaired));
        for line in text.lines() {
            let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            let keys: Vec<_> = object.keys().map(String::as_str).collect();
            let mut expected = vec!["confidence", "en", "en_spans", "kind", "score", "zh", "zh_spans"];
            if unpaired {
                expected.insert(4, "reason");
            }
            assert_eq!(keys, expected);
        }
    }
}

#[test]
fn tmx_is_well_formed_and_says_what_it_is() {
    let mut bitext = hostile();
    bitext.source[0] = sentence("圖書館在東門邊。");
    let options = WriteOptions::default().script_code(true).context(true).codes("zh-CN", "en-GB");
    let tmx = text(&bitext, OutputFormat::Tmx, &options);
    assert!(tmx.contains(r#"creationtool="duizhao""#) && tmx.contains(r#"srclang="zh-Hant""#));
    assert!(tmx.contains(&format!("creationtoolversion=\"{}\"", env!("CARGO_PKG_VERSION"))));
    assert!(tmx.contains(r#"<prop type="x-confidence">0.75</prop>"#));
    assert!(tmx.contains(r#"<prop type="prev">圖書館在東門邊。</prop>"#));
    assert!(tmx.contains(r#"<prop type="x-context-pre">圖書館在東門邊。</prop>"#));
    assert!(tmx.contains(r#"<prop type="x-context-pre">&lt;seg&gt;圖書館在東門邊。&lt;/seg&gt;</prop>"#));
    assert!(tmx.contains(r#"<tuv xml:lang="zh-Hant">"#) && tmx.contains(r#"<tuv xml:lang="en-GB">"#));
    assert!(tmx.chars().all(|c| matches!(c, '\n' | '\t') || c >= ' '), "a control character");
    let mut xml = quick_xml::Reader::from_str(&tmx);
    let mut units = 0;
    loop {
        match xml.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => units += usize::from(tag.name().as_ref() == "tu"),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(units, HOSTILE.len());
}

#[test]
fn tmx_of_other_tools_is_read() {
    let tmx = r#"<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header srclang="EN-US"/><body>
<tu tuid="1"><note>n</note><prop type="x-domain">art</prop>
  <tuv lang="EN-US"><prop type="x-confidence">9</prop><seg>Press <bpt i="1">&lt;b></bpt>OK<ept i="1">&lt;/b></ept> &amp; <hi>wait</hi>.</seg></tuv>
  <tuv lang="ZH_cn"><seg><![CDATA[请按 <OK>]]>&#x3002;</seg></tuv>
  <tuv lang="zh-TW"><seg>請按 OK。</seg></tuv>
</tu>
<tu><tuv xml:lang="de"><seg>nichts</seg></tuv><tuv xml:lang="fr"><seg>rien</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone.</seg></tuv></tu>
</body></tmx>"#;
    let records = back(tmx.as_bytes(), OutputFormat::Tmx);
    assert_eq!(records.len(), 2);
    assert_eq!((records[0].zh.as_str(), records[0].en.as_str()), ("请按 <OK>。", "Press OK & wait."));
    assert_eq!((records[0].confidence, records[0].reason), (None, None));
    assert_eq!((records[1].kind.as_str(), records[1].reason), ("0-1", Some(Reason::NoCounterpart)));

    for (order, mark) in
        [(u16::to_le_bytes as fn(u16) -> [u8; 2], [0xFF, 0xFE]), (u16::to_be_bytes, [0xFE, 0xFF])]
    {
        let declared = tmx.replace("version=\"1.0\"", "version=\"1.0\" encoding=\"UTF-16\"");
        let utf16: Vec<u8> = mark.into_iter().chain(declared.encode_utf16().flat_map(order)).collect();
        assert_eq!(back(&utf16, OutputFormat::Tmx), records);
    }
}

#[test]
fn bad_input_is_named_by_its_place() {
    let line = |format, input: &str| {
        let error = corpus::read(format, input.as_bytes()).unwrap().find_map(Result::err).expect(input);
        assert_eq!(error.kind(), ErrorKind::Format, "{input}");
        error.line()
    };
    assert_eq!(line(OutputFormat::Jsonl, "{\"zh\":\"\",\"en\":\"\"}\n\n{\"zh\":"), Some(3));
    assert_eq!(line(OutputFormat::Jsonl, "{\"text\":\"\"}"), Some(1));
    assert_eq!(line(OutputFormat::Jsonl, "[1]"), Some(1));
    assert_eq!(line(OutputFormat::Jsonl, "{\"zh\":\"a\",\"en\":\"b\",\"reason\":\"why\"}"), Some(1));
    assert_eq!(line(OutputFormat::Tsv, "zh\ten\na\tb\nc"), Some(3));
    assert_eq!(line(OutputFormat::Tsv, "a"), Some(1));
    assert_eq!(line(OutputFormat::Tsv, "zh\ten\tconfidence\na\tb\thigh"), Some(2));
    assert_eq!(line(OutputFormat::Csv, "zh,en\n\"a\nb\",c\n\"d,e"), Some(4));
    assert_eq!(line(OutputFormat::Csv, "zh,en\n\"a\"b,c"), Some(2));

    let byte = |input: &str| {
        let mut records = corpus::read(OutputFormat::Tmx, input.as_bytes()).unwrap();
        let error = records.find_map(Result::err).expect(input);
        assert!(records.next().is_none(), "nothing comes after an error: {input}");
        error.byte().expect(input)
    };
    assert_eq!(byte(""), 0);
    assert_eq!(byte("no xml"), 6);
    assert_eq!(byte("<tmx><body></tmx>"), 11);
    assert_eq!(byte("<tmx><tu><tuv xml:lang='zh'><seg>a"), 34);
    assert_eq!(byte("<tmx><tu><tuv xml:lang='zh'><seg>&nbsp;</seg></tuv></tu></tmx>"), 39);
    assert!(corpus::read(OutputFormat::Tmx, &b"\xFF\xFE<"[..]).is_err());

    let not_utf8 = jsonl::Reader::new(&b"{\"zh\":\"\xFF\"}"[..]).next().unwrap().unwrap_err();
    assert_eq!((not_utf8.kind(), not_utf8.line()), (ErrorKind::Encoding, Some(1)));
    let uneven = moses::Reader::new(&b"a\nb\n"[..], &b"c\n"[..]).nth(1).unwrap().unwrap_err();
    assert_eq!((uneven.kind(), uneven.line()), (ErrorKind::Format, Some(2)));
    assert_eq!(corpus::read(OutputFormat::Html, &b""[..]).err().unwrap().kind(), ErrorKind::Usage);
}

#[test]
fn errors_do_not_carry_the_input() {
    let long = "长".repeat(100_000);
    for (format, input) in [
        (OutputFormat::Jsonl, format!("{{\"zh\":\"\",\"en\":\"\",\"reason\":\"{long}\"}}")),
        (OutputFormat::Jsonl, format!("{{\"zh\":\"\",\"en\":\"\",\"score\":\"{long}\"}}")),
        (OutputFormat::Tsv, format!("zh\ten\treason\na\tb\t{long}")),
        (OutputFormat::Csv, format!("zh,en\n\"{long}")),
        (OutputFormat::Tmx, format!("<tmx><{long}></tmx>")),
        (OutputFormat::Tmx, format!("<tmx><tu><tuv xml:lang='zh'><seg>&{long};</seg></tuv></tu></tmx>")),
        (OutputFormat::Tmx, format!("<tmx><tu><tuv xml:lang='&{long};'><seg>a</seg></tuv></tu></tmx>")),
    ] {
        let error = corpus::read(format, input.as_bytes()).unwrap().find_map(Result::err).unwrap();
        assert!(format!("{error:?}").len() < 2_000, "{format}");
    }
}

#[test]
fn columns_go_by_their_names() {
    let reordered = "confidence\ten\tsource\tzh\n0.5\tTea.\tx\t茶。\n";
    let record = &back(reordered.as_bytes(), OutputFormat::Tsv)[0];
    assert_eq!((record.zh.as_str(), record.en.as_str(), record.confidence), ("茶。", "Tea.", Some(0.5)));
    for header in ["en-GB,zh_CN", "English,中文", " EN , Chinese "] {
        let record = &back(format!("{header}\nTea.,茶。\n").as_bytes(), OutputFormat::Csv)[0];
        assert_eq!((record.zh.as_str(), record.en.as_str()), ("茶。", "Tea."), "{header}");
    }
    let plain = &back("茶。\tTea.\t0.5\n水。\tWater.\t0.25\n".as_bytes(), OutputFormat::Tsv)[1];
    assert_eq!((plain.zh.as_str(), plain.en.as_str(), plain.confidence), ("水。", "Water.", Some(0.25)));
}

fn small() -> Bitext {
    let unit = |source: &[usize], target: &[usize], confidence| Unit {
        source: source.into(),
        target: target.into(),
        confidence,
        score: 2.0,
        reason: (source.is_empty() || target.is_empty()).then_some(Reason::NoCounterpart),
        ..Unit::default()
    };
    Bitext {
        source: ["雨停了。", "街上没有人。", "他走了。", "门开着。"].map(sentence).into(),
        target: ["The rain stopped, and the street was empty.", "He left.", "It was late."]
            .map(sentence)
            .into(),
        units: vec![
            unit(&[0, 1], &[0], 0.9),
            unit(&[2], &[1], 0.4),
            unit(&[3], &[], 0.8),
            unit(&[], &[2], 0.7),
        ],
        ..Bitext::default()
    }
}

#[test]
fn ids_hold_every_sentence() {
    let ids = text(&small(), OutputFormat::Ids, &WriteOptions::default());
    assert_eq!(ids, "[0, 1]:[0]\n[2]:[1]\n[3]:[]\n[]:[2]\n");
    let sure = text(&small(), OutputFormat::Ids, &WriteOptions::default().min_confidence(0.5));
    assert_eq!(sure, "[0, 1]:[0]\n[2]:[]\n[]:[1]\n[3]:[]\n[]:[2]\n");
    let beads = IdBead::read_all(ids.as_bytes()).unwrap();
    let again = Bitext::from_beads(small().source, small().target, &beads).unwrap();
    assert_eq!(text(&again, OutputFormat::Ids, &WriteOptions::default()), ids);

    let mut out = Vec::new();
    let mut writer = ids::Writer::new(&mut out);
    for pair in small().views() {
        writer.write_record(&pair.into()).unwrap();
    }
    writer.write_record(&Record { kind: "99999999999999-1".into(), ..Record::new("错", "Wrong") }).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), format!("{ids}[4]:[3]\n"));
}

#[test]
fn a_ladder_has_the_corners_of_the_pairs() {
    let ladder = text(&small(), OutputFormat::Ladder, &WriteOptions::default());
    assert_eq!(ladder, "0\t0\t2.0000\n2\t1\t2.0000\n3\t2\t0.0000\n4\t3\t0.0000\n");
}

#[test]
fn moses_files_stay_in_step() {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let mut writer = moses::Writer::new(&mut zh, &mut en);
    writer.write(&hostile()).unwrap();
    writer.finish().unwrap();
    let records: Vec<Record> =
        moses::Reader::new(zh.as_slice(), en.as_slice()).collect::<Result<_>>().unwrap();
    let expected: Vec<_> = hostile().pairs().map(|pair| (folded(&pair.zh()), folded(&pair.en()))).collect();
    assert_eq!(records.into_iter().map(|r| (r.zh, r.en)).collect::<Vec<_>>(), expected);
}

#[test]
fn markdown_cells_stay_in_their_row() {
    let table = text(&hostile(), OutputFormat::Markdown, &WriteOptions::default());
    for line in table.lines() {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 6, "{line}");
        assert!(!line.replace("\\<", "").contains('<'), "{line}");
    }
}

#[test]
fn the_page_holds_no_markup_of_the_article() {
    let mut bitext = hostile();
    bitext.origin.name = Some("<img src=x onerror=alert(1)>".into());
    bitext.notices = vec!["</p><script>alert(2)</script>".into()];
    let page = text(&bitext, OutputFormat::Html, &WriteOptions::default());
    // The one script and the one style sheet are those of the page itself.
    assert_eq!(["<script", "</script", "<style", "</style"].map(|tag| page.matches(tag).count()), [1; 4]);
    let page = page.split("<script>").next().unwrap();
    assert!(!page.contains("<img") && !page.contains("</seg>"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert!(page.contains("no counterpart") && page.contains("0.75"));
    assert_eq!(page.matches("<div class=\"u").count(), bitext.units.len());
}

#[test]
fn writers_without_a_pair_make_whole_files() {
    for format in one_file() {
        let mut out = Vec::new();
        corpus::writer(format, &mut out, &WriteOptions::default()).unwrap().finish().unwrap();
        if let Ok(mut records) = corpus::read(format, out.as_slice()) {
            assert!(records.next().is_none(), "{format}");
        }
    }
    let mut out = Vec::new();
    html::Writer::new(&mut out).finish().unwrap();
    assert!(out.ends_with(b"</html>\n"));
}

#[test]
fn converting_keeps_kind_and_confidence() {
    let options = WriteOptions::default().unpaired(true);
    let jsonl = bytes(&small(), OutputFormat::Jsonl, &options);
    let mut records = back(&jsonl, OutputFormat::Jsonl);
    let mut input = jsonl;
    for format in [
        OutputFormat::Tmx,
        OutputFormat::Csv,
        OutputFormat::Xliff,
        OutputFormat::Tsv,
        OutputFormat::Xlsx,
        OutputFormat::Jsonl,
    ]
    .into_iter()
    .filter(there)
    {
        let from = if input.starts_with(b"{") { OutputFormat::Jsonl } else { sniff(&input) };
        let mut out = Vec::new();
        let mut writer = corpus::writer(format, &mut out, &options).unwrap();
        let read = corpus::read(from, input.as_slice()).unwrap();
        assert_eq!(corpus::convert(read, writer.as_mut(), &options).unwrap(), 4);
        drop(writer);
        input = out;
    }
    for record in &mut records {
        // Spans point into a text that the other formats do not know.
        (record.zh_spans, record.en_spans) = Default::default();
    }
    assert_eq!(back(&input, OutputFormat::Jsonl), records);
    let mut none = Vec::new();
    let mut writer = corpus::writer(OutputFormat::Ladder, &mut none, &options).unwrap();
    let read = corpus::read(OutputFormat::Jsonl, input.as_slice()).unwrap();
    assert_eq!(corpus::convert(read, writer.as_mut(), &options).unwrap_err().kind(), ErrorKind::Usage);
}

fn sniff(input: &[u8]) -> OutputFormat {
    match input {
        [b'P', b'K', ..] => OutputFormat::Xlsx,
        xml if xml.windows(6).any(|bytes| bytes == b"<xliff") => OutputFormat::Xliff,
        [b'<', ..] => OutputFormat::Tmx,
        [b'z', b'h', b'\t', ..] => OutputFormat::Tsv,
        _ => OutputFormat::Csv,
    }
}

/// The expected pairs of the sample articles are read, and stand in the articles in order.
#[test]
fn samples_hold_their_pairs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let squash = |text: &str| text.split_whitespace().collect::<String>();
    for name in ["paragraphs", "blocks", "lines", "same-line", "dialogue"] {
        let article = squash(&std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap());
        let pairs = std::fs::read(folder.join(format!("{name}.pairs.jsonl"))).unwrap();
        let pairs = back(&pairs, OutputFormat::Jsonl);
        assert!(pairs.len() >= 8 && pairs.iter().all(Record::is_pair), "{name}");
        let sides: [fn(&Record) -> &String; 2] = [|record| &record.zh, |record| &record.en];
        for side in sides {
            let mut rest = article.as_str();
            for pair in &pairs {
                let text = squash(side(pair));
                let at = rest.find(&text).unwrap_or_else(|| panic!("{name}: {text}"));
                rest = &rest[at + text.len()..];
            }
        }
    }
}

/// A bitext, its records one by one and its records converted make the same file.
#[test]
fn the_options_hold_on_every_way_to_a_file() {
    let records: Vec<Record> = small().views().map(Record::from).collect();
    let by_record = [OutputFormat::HuggingFace, OutputFormat::Markdown];
    let sure = WriteOptions::default().min_confidence(0.5);
    for options in [WriteOptions::default(), sure, WriteOptions::default().unpaired(true)] {
        for format in text_and_more().chain(by_record) {
            let whole = bytes(&small(), format, &options);
            let write = |fill: &dyn Fn(&mut dyn CorpusWriter)| {
                let mut out = Vec::new();
                fill(corpus::writer(format, &mut out, &options).unwrap().as_mut());
                out
            };
            let one_by_one = write(&|writer| {
                records.iter().for_each(|record| writer.write_record(record).unwrap());
                writer.finish().unwrap();
            });
            let converted = write(&|writer| {
                corpus::convert(records.iter().cloned().map(Ok), writer, &options).unwrap();
            });
            assert!(one_by_one == whole && converted == whole, "{format}, {options:?}");
        }
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        let mut writer = moses::Writer::with_options(&mut zh, &mut en, &options);
        records.iter().for_each(|record| writer.write_record(record).unwrap());
        let lines = |text: &[u8]| text.iter().filter(|&&byte| byte == b'\n').count();
        let expected = back(&bytes(&small(), OutputFormat::Jsonl, &options), OutputFormat::Jsonl).len();
        assert_eq!((lines(&zh), lines(&en)), (expected, expected), "{options:?}");
    }
}

#[test]
fn nothing_is_written_after_the_end() {
    for format in one_file() {
        let mut out = Vec::new();
        let mut writer = corpus::writer(format, &mut out, &WriteOptions::default()).unwrap();
        writer.write(&small()).unwrap();
        writer.finish().unwrap();
        let late = [writer.write(&small()), writer.write_record(&Record::new("茶", "Tea")), writer.finish()];
        for error in late {
            assert_eq!(error.unwrap_err().kind(), ErrorKind::Usage, "{format}");
        }
        drop(writer);
        assert_eq!(out, bytes(&small(), format, &WriteOptions::default()), "{format}");
    }
}

#[test]
fn a_bitext_that_does_not_hold_together_is_an_error() {
    let mut bitext = small();
    bitext.units[0].source = vec![7];
    for format in one_file() {
        let error = corpus::write(&bitext, format, Vec::new(), &WriteOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Alignment, "{format}");
    }
    let mut writer = moses::Writer::new(Vec::new(), Vec::new());
    assert_eq!(writer.write(&bitext).unwrap_err().kind(), ErrorKind::Alignment);
    let mut writer = intertext::Writer::new(Vec::new(), Vec::new(), Vec::new(), "tea");
    assert_eq!(writer.write(&bitext).unwrap_err().kind(), ErrorKind::Alignment);
}

#[test]
fn options_that_are_not_known_are_errors() {
    let error = serde_json::from_str::<WriteOptions>("{\"unpared\":true}").unwrap_err();
    assert!(error.to_string().contains("unpared"), "{error}");
}

#[test]
fn a_failing_output_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in one_file() {
        let error = corpus::write(&hostile(), format, Full, &WriteOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io, "{format}");
        assert_eq!(error.io().unwrap().kind(), std::io::ErrorKind::StorageFull, "{format}");
    }
}

#[test]
fn a_bitext_serialises() {
    let json = serde_json::to_string(&hostile()).unwrap();
    assert_eq!(serde_json::from_str::<Bitext>(&json).unwrap(), hostile());
}

fn round_trip(records: &[Record], format: OutputFormat) -> std::result::Result<(), TestCaseError> {
    let options = WriteOptions::default().unpaired(true);
    let mut out = Vec::new();
    let mut writer = corpus::writer(format, &mut out, &options).unwrap();
    for record in records {
        writer.write_record(record).unwrap();
    }
    writer.finish().unwrap();
    drop(writer);
    let keep = kept(format);
    // A unit of which XML leaves nothing has no variant, and an empty segment is nobody's: neither comes back.
    let expected: Vec<_> = records.iter().map(|r| (keep(&r.zh), keep(&r.en))).collect();
    let dropped = |pair: &(String, String)| {
        matches!(format, OutputFormat::Tmx | OutputFormat::Xliff) && pair.0.is_empty() && pair.1.is_empty()
    };
    let expected: Vec<_> = expected.into_iter().filter(|pair| !dropped(pair)).collect();
    let found: Vec<_> = back(&out, format).into_iter().map(|r| (r.zh, r.en)).collect();
    prop_assert_eq!(found, expected, "{}", format);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_comes_back(texts in prop::collection::vec((any::<String>(), any::<String>()), 0..6)) {
        let records: Vec<Record> = texts.into_iter().map(|(zh, en)| Record::new(zh, en)).collect();
        for format in text_and_more().chain([OutputFormat::HuggingFace]) {
            round_trip(&records, format)?;
        }
    }

    #[test]
    fn no_input_makes_a_reader_panic(input in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in text_and_more() {
            if let Ok(records) = corpus::read(format, input.as_slice()) {
                records.for_each(drop);
            }
        }
        moses::Reader::new(input.as_slice(), &b"a\n"[..]).for_each(drop);
        let _ = IdBead::read_all(input.as_slice());
    }

    #[test]
    fn no_near_tmx_makes_the_reader_panic(parts in prop::collection::vec(prop::sample::select(PARTS), 0..30)) {
        tmx::Reader::new(parts.concat().as_bytes()).unwrap().for_each(drop);
    }

    #[test]
    fn no_near_csv_makes_the_reader_panic(parts in prop::collection::vec(prop::sample::select(CELLS), 0..20)) {
        csv::Reader::new(parts.concat().as_bytes()).for_each(drop);
        tsv::Reader::new(parts.concat().as_bytes()).for_each(drop);
    }
}

const PARTS: &[&str] = &[
    "<tmx>",
    "</tmx>",
    "<tu>",
    "</tu>",
    "<tuv xml:lang='zh'>",
    "<tuv lang=en>",
    "</tuv>",
    "<seg>",
    "</seg>",
    "<seg/>",
    "<ph>",
    "</ph>",
    "<prop type='x-kind'>",
    "</prop>",
    "text",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml?>",
];
const CELLS: &[&str] =
    &["\"", ",", "\n", "\r\n", "\t", "zh", "en", "\"\"", "a", "\u{FEFF}", "confidence", "0.5"];
