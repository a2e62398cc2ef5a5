//! The reader of workbooks. Any change of a packed part would only break its checksum, so the bytes are taken for the
//! parts themselves, and packed here.

use super::corpora::reader;
use duizhao::corpus::OutputFormat;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Where the parts belong, in the order in which the bytes have them.
const PARTS: [&str; 6] = [
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/styles.xml",
];

/// Reads a workbook: an archive as it is, or the parts of one, parted by NULs.
pub fn xlsx(data: &[u8]) {
    match data.starts_with(b"PK") {
        true => reader(OutputFormat::Xlsx, data),
        false => reader(OutputFormat::Xlsx, &packed(data)),
    }
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(data.split(|&byte| byte == 0)) {
        archive.start_file(*name, options).unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
