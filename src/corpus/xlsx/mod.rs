//! Excel workbooks (Office Open XML): a header that stays in sight and a row a pair, with the columns of `tsv`.
//! Written by `rust_xlsxwriter`, read by `calamine`. A workbook is made in memory, some 2 KB a pair.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;
