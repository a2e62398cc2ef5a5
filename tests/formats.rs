//! Formats that other programs define: what their files may hold beyond what duizhao writes, and what is wrong.

use duizhao::corpus::{self, Bitext, OutputFormat, Reason, Record, Unit, WriteOptions, intertext, xliff};
use duizhao::{Error, ErrorKind, Sentence, Span};
use proptest::prelude::*;

fn back(bytes: &[u8], format: OutputFormat) -> Result<Vec<Record>, Error> {
    corpus::read(format, bytes)?.collect()
}

#[test]
fn xliff_of_other_tools_is_read() {
    let document = r#"<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en-US" trgLang="zh-CN">
 <file id="f1"><notes><note>n</note></notes>
  <group id="g"><unit id="u1"><originalData><data id="d1">&lt;br/></data></originalData>
   <segment><source>Press <pc id="1">OK</pc><ph id="2" dataRef="d1"/> &amp; <mrk id="m" type="term">wait</mrk>.</source>
    <target>请按<cp hex="001B"/><pc id="1">确定</pc>，<![CDATA[<等>]]>。</target></segment>
   <ignorable><source> </source></ignorable>
   <segment id="s2"><source>Alone.</source></segment>
   <segment><source/></segment>
  </unit></group></file></xliff>"#;
    let records = back(document.as_bytes(), OutputFormat::Xliff).unwrap();
    let texts: Vec<_> = records.iter().map(|r| (r.zh.as_str(), r.en.as_str(), r.reason)).collect();
    assert_eq!(
        texts,
        [("请按\u{1B}确定，<等>。", "Press OK & wait.", None), ("", "Alone.", Some(Reason::NoCounterpart))]
    );
}

#[test]
fn xliff_that_is_wrong_is_named_by_its_place() {
    for (document, says) in [
        ("", "no `xliff` element"),
        ("<tmx/>", "its root is no `xliff`"),
        ("<xliff version='1.2'><file/></xliff>", "only version 2"),
        ("<xliff version='2.0' srcLang='de' trgLang='en'/>", "not Chinese and English"),
        ("<xliff version='2.0' srcLang='zh' trgLang='zh-TW'/>", "not Chinese and English"),
        ("<xliff version='2.0' srcLang='zh' trgLang='en'><file>", "cut off"),
        (
            "<xliff version='2.0' srcLang='zh'><segment><source><cp hex='D800'/></source></segment></xliff>",
            "names no character",
        ),
        ("<xliff version='2.0' srcLang='zh'><segment><source>&x;</source></segment></xliff>", "entity"),
    ] {
        let error = back(document.as_bytes(), OutputFormat::Xliff).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(error.byte().is_some() && error.kind() == ErrorKind::Format, "{error}");
    }
    let mut reader = xliff::Reader::new(&b"<xliff version='2.0' srcLang='zh'><a></b>"[..]).unwrap();
    assert!(reader.next().unwrap().is_err() && reader.next().is_none());
}

/// Two sentences that stand in the other order in English, a pair of two with one, and one that is alone.
fn crossed() -> Bitext {
    let side = |texts: &[(&str, usize)]| {
        let sentence = |&(text, block): &(&str, usize)| Sentence {
            text: text.into(),
            span: Span::new(0, text.len()),
            block,
        };
        texts.iter().map(sentence).collect()
    };
    let unit = |source: &[usize], target: &[usize], moved| Unit {
        source: source.into(),
        target: target.into(),
        confidence: 0.5,
        moved,
        ..Unit::default()
    };
    let bitext = Bitext {
        source: side(&[("一。", 0), ("二。", 0), ("三。", 1), ("四 < 五。", 1)]),
        target: side(&[("Two.", 0), ("One.", 0), ("Three, four.", 1)]),
        units: vec![unit(&[0], &[1], false), unit(&[1], &[0], true), unit(&[2, 3], &[2], false)],
        ..Bitext::default()
    };
    bitext.validate().unwrap();
    bitext
}

fn intertext(bitexts: &[Bitext]) -> [String; 3] {
    let (mut links, mut zh, mut en) = (Vec::new(), Vec::new(), Vec::new());
    let mut writer = intertext::Writer::new(&mut links, &mut zh, &mut en, "a&b");
    bitexts.iter().for_each(|bitext| writer.write(bitext).unwrap());
    writer.finish().unwrap();
    [links, zh, en].map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn intertext_links_run_in_the_order_of_both_texts() {
    let [links, zh, en] = intertext(&[crossed(), crossed()]);
    let lines: Vec<&str> = links.lines().collect();
    assert_eq!(lines[1], r#"<linkGrp toDoc="a&amp;b.en.xml" fromDoc="a&amp;b.zh.xml">"#);
    let link = |kind, targets| format!("<link type=\"{kind}\" xtargets=\"{targets}\" status=\"auto\"/>");
    assert_eq!(
        lines[2..6],
        [link("1-0", "1:1;"), link("1-1", "1:2;1:1"), link("0-1", ";1:2"), link("1-2", "2:1;2:1 2:2")]
    );
    assert_eq!((lines[6], lines.len()), (link("1-0", "3:1;").as_str(), 11), "the second text goes on");
    assert!(
        zh.contains("<p id=\"2\">\n<s id=\"2:1\">三。</s>\n<s id=\"2:2\">四 &lt; 五。</s>\n</p>"),
        "{zh}"
    );
    assert_eq!((zh.matches("<s ").count(), en.matches("<s ").count()), (8, 6));
}

#[test]
fn a_bitext_of_records_keeps_what_they_say() {
    let spans = vec![Span::new(10, 16), Span::new(16, 22)];
    let records = [
        Record {
            confidence: Some(0.5),
            score: Some(-2.0),
            zh_spans: spans,
            ..Record::new("一。二。", "One. Two.")
        },
        Record::new("", ""),
        Record { confidence: Some(7.0), score: Some(f32::NAN), ..Record::new("三。", "Three.") },
        Record { reason: Some(Reason::Boilerplate), ..Record::new("", "Share") },
    ];
    let bitext = Bitext::from_records(records);
    bitext.validate().unwrap();
    let pairs: Vec<_> = bitext.pairs().map(|pair| (pair.confidence(), pair.score())).collect();
    assert_eq!(pairs, [(0.5, -2.0), (1.0, 0.0)]);
    assert_eq!(bitext.unpaired().next().unwrap().reason(), Some(Reason::Boilerplate));
    let spans: Vec<_> = bitext.source.iter().map(|s| (s.span.start, s.span.end, s.block)).collect();
    assert_eq!(spans, [(10, 22, 0), (23, 29, 1)]);
    let far = Record { zh_spans: vec![Span::new(9, usize::MAX)], ..Record::new("一。", "") };
    Bitext::from_records([far, Record::new("二。", "")]).validate().unwrap();
}

#[test]
fn formats_that_make_several_files_are_refused_by_one_output() {
    for format in [OutputFormat::Moses, OutputFormat::InterText] {
        let error = corpus::write(&crossed(), format, Vec::new(), &WriteOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn workbooks_need_their_feature() {
    let options = WriteOptions::default();
    let written = corpus::write(&crossed(), OutputFormat::Xlsx, Vec::new(), &options).unwrap_err();
    let read = back(b"", OutputFormat::Xlsx).unwrap_err();
    for error in [written, read] {
        assert!(error.kind() == ErrorKind::Usage && error.to_string().contains("feature `xlsx`"), "{error}");
    }
}

const PARTS: &[&str] = &[
    "<xliff version='2.0' srcLang='zh' trgLang='en'>",
    "</xliff>",
    "<file>",
    "<unit id='u'>",
    "</unit>",
    "<segment>",
    "</segment>",
    "<source>",
    "</source>",
    "<source/>",
    "<target>",
    "</target>",
    "<cp hex='7'/>",
    "<cp hex='zz'>",
    "<mda:metaGroup category='duizhao'>",
    "<mda:meta type='kind'>",
    "</mda:meta>",
    "text",
    "&amp;",
    "&#0;",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
];

proptest! {
    #[test]
    fn no_near_xliff_makes_the_reader_panic(parts in prop::collection::vec(prop::sample::select(PARTS), 0..30)) {
        xliff::Reader::new(parts.concat().as_bytes()).unwrap().for_each(drop);
    }

    #[test]
    fn any_records_make_a_sound_bitext(
        texts in prop::collection::vec((any::<String>(), any::<String>(), any::<f32>(), any::<f32>()), 0..8),
    ) {
        let record = |(zh, en, score, sure): (String, String, f32, f32)| Record {
            score: Some(score),
            confidence: Some(sure),
            ..Record::new(zh, en)
        };
        let bitext = Bitext::from_records(texts.into_iter().map(record));
        prop_assert!(bitext.validate().is_ok());
        let [links, zh, en] = intertext(&[bitext]);
        for file in [links, zh, en] {
            let mut xml = quick_xml::Reader::from_str(&file);
            while xml.read_event().unwrap() != quick_xml::events::Event::Eof {}
        }
    }
}

#[cfg(feature = "xlsx")]
mod xlsx {
    use super::*;
    use rust_xlsxwriter::Workbook;
    use zip::write::SimpleFileOptions;

    /// The parts of a workbook, unpacked.
    fn parts(book: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let count = archive.len();
        let mut part = |k| {
            let mut file = archive.by_index(k).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        };
        (0..count).map(&mut part).collect()
    }

    fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut archive, bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn sample() -> Vec<u8> {
        let records = [Record::new("茶凉了。", "The tea is cold."), Record::new("添水。", "Add water.")];
        let mut out = Vec::new();
        let mut writer = corpus::xlsx::Writer::new(&mut out);
        records.iter().for_each(|record| writer.write_record(record).unwrap());
        writer.finish().unwrap();
        out
    }

    proptest! {
        // A workbook takes a hundred times as long as any other format.
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_damaged_workbook_makes_the_reader_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = sample();
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            let _ = back(&bytes, OutputFormat::Xlsx);
            let _ = back(&bytes[..cut.index(bytes.len())], OutputFormat::Xlsx);
        }

        /// Damage inside the parts, which the checksums of the archive do not find.
        #[test]
        fn no_strange_part_makes_the_reader_panic(
            changes in prop::collection::vec(
                (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(STRANGE)), 1..4),
        ) {
            let mut parts = parts(&sample());
            for (part, place, strange) in &changes {
                let part = part.index(parts.len());
                let bytes = &mut parts[part].1;
                let place = place.index(bytes.len() + 1);
                let end = (place + strange.len()).min(bytes.len());
                bytes.splice(place..end, strange.bytes());
            }
            let _ = back(&packed(&parts), OutputFormat::Xlsx);
        }
    }

    const STRANGE: &[&str] = &[
        "",
        "<",
        ">",
        "\"",
        "99999999999",
        "-1",
        "0",
        "A0",
        "ZZZZZZZ9999999999",
        "<c r=\"A1\">",
        "<row r=\"0\">",
        "&#0;",
        "<v>99999999</v>",
        "t=\"s\"",
        "t=\"e\"",
        "t=\"d\"",
        "\u{0}",
        "xml:space",
        "</sheetData>",
        "<si><t>",
    ];

    fn book(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book).unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn workbooks_of_other_tools_are_read() {
        let bytes = book(|book| {
            book.add_worksheet().write_string(0, 0, "Only notes")?;
            let sheet = book.add_worksheet();
            for (column, name) in (0..).zip(["id", "EN", "note", "zh", "confidence"]) {
                sheet.write_string(0, column, name)?;
            }
            sheet.write_string(1, 1, "Tea.")?.write_string(1, 3, "茶。")?.write_number(1, 4, 0.5)?;
            // A cell in the far corner costs what one cell costs.
            sheet.write_string((1 << 20) - 1, 3, "水。")?.write_string((1 << 20) - 1, 16_383, "far")?;
            Ok(())
        });
        let records = back(&bytes, OutputFormat::Xlsx).unwrap();
        let seen: Vec<_> = records.iter().map(|r| (r.zh.as_str(), r.en.as_str(), r.confidence)).collect();
        assert_eq!(seen, [("茶。", "Tea.", Some(0.5)), ("水。", "", None)]);
        let bytes = book(|book| {
            book.add_worksheet().write_string(0, 0, "茶。")?.write_string(0, 1, "Tea.")?;
            Ok(())
        });
        assert_eq!(back(&bytes, OutputFormat::Xlsx).unwrap()[0].en, "Tea.", "without a header");
    }

    #[test]
    fn a_wrong_workbook_is_said() {
        for bytes in [&b""[..], b"PK\x03\x04", b"no workbook"] {
            let error = back(bytes, OutputFormat::Xlsx).unwrap_err();
            assert!(error.to_string().contains("not an Excel workbook"), "{error}");
        }
        let whole = book(|book| book.add_worksheet().write_string(0, 0, "zh").map(drop));
        for cut in (0..whole.len()).step_by(97) {
            assert!(back(&whole[..cut], OutputFormat::Xlsx).is_err());
        }
        let bytes = book(|book| {
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "zh")?.write_string(0, 1, "en")?.write_string(0, 2, "confidence")?;
            sheet.write_string(3, 0, "茶。")?.write_string(3, 2, "high")?;
            Ok(())
        });
        let error = back(&bytes, OutputFormat::Xlsx).unwrap_err();
        assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(4)));
    }

    #[test]
    fn the_same_pairs_give_the_same_bytes() {
        let core =
            |book: &[u8]| parts(book).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
        let core = String::from_utf8(core(&sample())).unwrap();
        assert_eq!(core.matches("1980-01-01T00:00:00Z").count(), 2, "created and modified: {core}");
        assert_eq!(sample(), sample());
    }

    #[test]
    fn a_text_longer_than_a_cell_is_refused() {
        let long = Record::new("长".repeat(32_768), "Long.");
        let mut writer = corpus::xlsx::Writer::new(Vec::new());
        assert_eq!(writer.write_record(&long).unwrap_err().kind(), ErrorKind::Limit);
        let fits = Record::new("长".repeat(32_767), "Long.");
        let mut out = Vec::new();
        let mut writer = corpus::xlsx::Writer::new(&mut out);
        writer.write_record(&fits).unwrap();
        writer.finish().unwrap();
        assert_eq!(back(&out, OutputFormat::Xlsx).unwrap()[0].zh, fits.zh);
    }
}
