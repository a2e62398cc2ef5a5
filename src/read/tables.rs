//! Rows and columns of HTML tables, and which tables only lay out a page.

/// A cell that spans more columns than this is as broken as one that spans none (the HTML standard's limit).
const WIDEST_SPAN: usize = 1000;
/// Columns in which cells that span rows are followed; beyond them they would cost more than they tell.
const FOLLOWED: usize = 64;

/// The place of a cell: table, row and column, each from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) table: u32,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Rows begun so far.
    rows: u32,
    column: usize,
    /// For each column the first row in which it is free again.
    free_from: Vec<u32>,
    /// Whether it holds another table, or says that it is for layout.
    pub(super) lays_out: bool,
    /// Columns that have text in them.
    filled: u32,
}

impl Table {
    pub(super) fn new(lays_out: bool) -> Self {
        Table { lays_out, ..Table::default() }
    }

    pub(super) fn begin_row(&mut self) {
        self.rows += 1;
        self.column = 0;
    }

    /// The row and column of a cell that begins here.
    pub(super) fn begin_cell(&mut self, colspan: usize, rowspan: usize) -> (u32, u32) {
        if self.rows == 0 {
            self.begin_row();
        }
        let row = self.rows - 1;
        while self.free_from.get(self.column).is_some_and(|&free| free > row) {
            self.column += 1;
        }
        let (first, after) = (self.column, self.column + colspan.min(WIDEST_SPAN));
        if rowspan > 1 {
            let last = after.min(FOLLOWED);
            if self.free_from.len() < last {
                self.free_from.resize(last, 0);
            }
            for column in first..last {
                self.free_from[column] = row.saturating_add(u32::try_from(rowspan).unwrap_or(u32::MAX));
            }
        }
        self.column = after;
        (row, first as u32)
    }

    /// Notes that a cell of a column has text.
    pub(super) fn fill(&mut self, column: u32) {
        self.filled = self.filled.max(column + 1);
    }

    /// Whether the columns set texts side by side.
    pub(super) fn is_data(&self) -> bool {
        !self.lays_out && self.filled >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let mut table = Table::default();
        table.begin_row();
        assert_eq!(table.begin_cell(2, 1), (0, 0));
        assert_eq!(table.begin_cell(1, 3), (0, 2));
        table.begin_row();
        assert_eq!(table.begin_cell(1, 1), (1, 0));
        assert_eq!(table.begin_cell(1, 1), (1, 1));
        assert_eq!(table.begin_cell(1, 1), (1, 3));
    }
}
