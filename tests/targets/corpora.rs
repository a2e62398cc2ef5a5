//! The readers of corpora, ids, glossaries and lexicons on any bytes, and their writers on what was read.

use super::kept::{folded, legal};
use duizhao::corpus::{self, Bitext, OutputFormat, Record, WriteOptions, moses};
use duizhao::lexicon::{self, Glossary, Lexicon};
use duizhao::score::TeachOptions;
use duizhao::{Error, ErrorKind, IdBead, Sentence, Span};

/// Reads JSON Lines.
pub fn jsonl(data: &[u8]) {
    reader(OutputFormat::Jsonl, data);
}

/// Reads tab-separated values.
pub fn tsv(data: &[u8]) {
    reader(OutputFormat::Tsv, data);
}

/// Reads comma-separated values.
pub fn csv(data: &[u8]) {
    reader(OutputFormat::Csv, data);
}

/// Reads a translation memory.
pub fn tmx(data: &[u8]) {
    reader(OutputFormat::Tmx, data);
}

/// Reads a localisation file.
pub fn xliff(data: &[u8]) {
    reader(OutputFormat::Xliff, data);
}

/// Reads two files in step, parted by a NUL.
pub fn moses(data: &[u8]) {
    let cut = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (zh, en) = (&data[..cut], data.get(cut + 1..).unwrap_or_default());
    let records = collect(moses::Reader::new(zh, en), data.len());
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let options = WriteOptions::default().unpaired(true);
    let mut writer = moses::Writer::with_options(&mut zh, &mut en, &options);
    records.iter().for_each(|record| writer.write_record(record).unwrap());
    writer.finish().unwrap();
    let back = collect(moses::Reader::new(zh.as_slice(), en.as_slice()), zh.len() + en.len());
    assert_eq!(back.len(), records.len());
    for (record, again) in records.iter().zip(&back) {
        assert_eq!((folded(&record.zh), folded(&record.en)), (again.zh.clone(), again.en.clone()));
    }
}

/// Reads beads, writes them, and makes a bitext of them.
pub fn ids(data: &[u8]) {
    let beads = match IdBead::read_all(data) {
        Ok(beads) => beads,
        Err(error) => return check_error(&error),
    };
    let written: String = beads.iter().map(|bead| format!("{bead}\n")).collect();
    assert_eq!(IdBead::read_all(written.as_bytes()).unwrap(), beads);
    let sentences = |count: usize| -> Vec<Sentence> {
        let sentence = |k| Sentence { text: "x".into(), span: Span::new(2 * k, 2 * k + 1), block: 0 };
        (0..count).map(sentence).collect()
    };
    match Bitext::from_beads(sentences(40), sentences(30), &beads) {
        Ok(bitext) => bitext.validate().unwrap(),
        Err(error) => assert_eq!(error.kind(), ErrorKind::Alignment),
    }
}

/// Opens a lexicon, teaches it, and if it is none, reads a glossary and builds a lexicon; then looks words up.
pub fn lexicon(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let asked = ["河上有一座木桥。", "bridge", text.as_ref()];
    match Lexicon::load(data.to_vec()) {
        Ok(lexicon) => {
            asked.iter().for_each(|text| look_up(&lexicon, text));
            let pairs =
                [("河上有一座木桥。", "There is a bridge."), (text.as_ref(), "bridge"), ("木桥", "bridge")];
            match lexicon.learn(&pairs, &TeachOptions { least: 1, ..TeachOptions::default() }) {
                Ok(learned) => asked.iter().for_each(|text| look_up(&learned.lexicon, text)),
                Err(error) => check_error(&error),
            }
        }
        Err(error) => check_error(&error),
    }
    match Glossary::parse(&text) {
        Ok(glossary) => look_up(&Lexicon::embedded().with_glossary(&glossary), &text),
        Err(error) => check_error(&error),
    }
    match lexicon::build(data) {
        Ok(built) => {
            let lexicon = Lexicon::load(built).unwrap();
            asked.iter().for_each(|text| look_up(&lexicon, text));
        }
        Err(error) => check_error(&error),
    }
}

fn look_up(lexicon: &Lexicon, text: &str) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((len, word)) = lexicon.longest_match(&text[at..]) {
            assert!(len > 0 && text.is_char_boundary(at + len));
            let all = lexicon.translations(word).chain(lexicon.related(word));
            for (stem, weight) in all.take(64) {
                assert!(weight.is_finite());
                lexicon.stem_text(stem);
                lexicon.neighbours(stem).take(8).for_each(drop);
            }
            lexicon.pinyin(word);
        }
        lexicon.simplify(c);
        lexicon.char_pinyin(c);
        at += c.len_utf8();
        if at > 200 {
            break;
        }
    }
}

/// Reads, writes what was read in every format, and reads that again.
pub fn reader(format: OutputFormat, data: &[u8]) {
    let records = match corpus::read(format, data) {
        Ok(records) => collect(records, data.len()),
        Err(error) => return check_error(&error),
    };
    for format in formats(data) {
        let Some(back) = there_and_back(format, &records) else { continue };
        same(format, &records, &back);
        // What has been through a format once is as that format has it: notes and all.
        assert_eq!(there_and_back(format, &back), Some(back), "{format}");
    }
}

/// The formats of one file that this build has.
pub fn one_file() -> impl Iterator<Item = OutputFormat> {
    let there = |format: &OutputFormat| *format != OutputFormat::Xlsx || cfg!(feature = "xlsx");
    OutputFormat::ALL.into_iter().filter(|format| format.extensions().len() == 1).filter(there)
}

/// The formats to which an input is held: all of them, or where a fuzzer asks, whose time is better spent on other
/// inputs, the one that the bytes choose.
pub fn formats(data: &[u8]) -> impl Iterator<Item = OutputFormat> + '_ {
    let count = one_file().count();
    (0..).zip(one_file()).filter(move |&(number, _)| turn(data, number, count)).map(|(_, format)| format)
}

/// Whether it is the turn of one of `count` checks. All have theirs on every input; only a fuzzer goes by its bytes.
pub fn turn(data: &[u8], number: usize, count: usize) -> bool {
    let sum = || data.iter().fold(data.len(), |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    !cfg!(fuzzing) || sum() % count == number
}

/// What a format makes of records, if it is one that is written record by record and read.
fn there_and_back(format: OutputFormat, records: &[Record]) -> Option<Vec<Record>> {
    let mut out = Vec::new();
    let mut writer = corpus::writer(format, &mut out, &WriteOptions::default().unpaired(true)).unwrap();
    if !records.iter().all(|record| writer.write_record(record).is_ok()) {
        // A format that needs a whole bitext.
        return None;
    }
    writer.finish().unwrap();
    drop(writer);
    Some(corpus::read(format, out.as_slice()).ok()?.collect::<Result<_, _>>().unwrap())
}

fn same(format: OutputFormat, records: &[Record], back: &[Record]) {
    let keep = match format {
        OutputFormat::Tsv => folded,
        OutputFormat::Tmx => legal,
        _ => str::to_owned,
    };
    let sides = |record: &Record| (keep(&record.zh), keep(&record.en));
    // What has no text has no place in a translation memory.
    let memory = matches!(format, OutputFormat::Tmx | OutputFormat::Xliff);
    let there = |pair: &(String, String)| !(memory && pair.0.is_empty() && pair.1.is_empty());
    let expected: Vec<_> = records.iter().map(sides).filter(there).collect();
    let found: Vec<_> = back.iter().map(|record| (record.zh.clone(), record.en.clone())).collect();
    assert_eq!(found, expected, "{format}");
}

/// The good records; the bad ones are named, and come to an end.
fn collect(records: impl Iterator<Item = duizhao::Result<Record>>, size: usize) -> Vec<Record> {
    let mut good = Vec::new();
    for (count, record) in records.enumerate() {
        assert!(count <= size + 2, "the reader does not end");
        match record {
            Ok(record) => good.push(record),
            Err(error) => check_error(&error),
        }
    }
    good
}

/// An error says where, and holds no more of the input than a line.
pub fn check_error(error: &Error) {
    assert!(matches!(error.kind(), ErrorKind::Format | ErrorKind::Encoding | ErrorKind::Limit), "{error:?}");
    assert!(format!("{error:?}").len() < 2_000, "{error:?}");
    assert!(!error.to_string().contains('\n'), "{error}");
}
