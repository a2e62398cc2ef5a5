//! The lexicon that is part of the program: `cedict.bin`, made by `duizhao lexicon build`; see
//! `LEXICON-NOTICE.md` for its source and licence.

use super::table::Table;

static CEDICT: &[u8] = include_bytes!("cedict.bin");

/// The embedded table. Checks its header, a few hundred bytes.
pub(super) fn table() -> Table {
    // A test loads it: only a damaged build could fail here, and then an empty lexicon still aligns.
    Table::from_static(CEDICT).unwrap_or_else(|_| Table::empty())
}
