//! Splits the texts of JSON lines `{"lang","id","text"}` on standard input and writes `{"id","sents"}`.

use duizhao::segment::{self, fold};
use duizhao::{Error, ErrorKind, Language, Result};
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Record {
    lang: String,
    id: String,
    text: String,
}

fn main() -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let record: Record = serde_json::from_str(&line?)
            .map_err(|error| Error::new(ErrorKind::Format, error.to_string()).at_line(number))?;
        let language = match record.lang.as_str() {
            "zh" => Language::Chinese,
            "en" => Language::English,
            _ => Language::Other,
        };
        let spans = segment::for_language(language).segment(&record.text);
        let sentences: Vec<_> = spans.iter().map(|span| fold(span.slice(&record.text))).collect();
        writeln!(out, "{}", serde_json::json!({ "id": record.id, "sents": sentences }))?;
    }
    Ok(())
}
