//! Translation probabilities between the token types of a document: sparse rows, both directions.

use super::tokens::Tokens;

/// Sparse rows: for each type of one side, types of the other with a probability.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

/// Entries of a row for which room is made at first.
const ENTRIES: usize = 4;

impl Table {
    /// A table from one row a type.
    pub fn from_rows(rows: impl IntoIterator<Item = Vec<(u32, f32)>>) -> Self {
        let mut table = Table { starts: vec![0], entries: Vec::new() };
        for row in rows {
            table.entries.extend(row);
            table.starts.push(table.entries.len() as u32);
        }
        table
    }

    /// A table of `rows` rows, each filled by `fill` into an empty list.
    pub(super) fn from_fn(rows: usize, mut fill: impl FnMut(u32, &mut Vec<(u32, f32)>)) -> Self {
        let mut table = Table::with_room(rows, rows * ENTRIES);
        let mut row = Vec::new();
        for id in 0..rows as u32 {
            row.clear();
            fill(id, &mut row);
            table.entries.extend_from_slice(&row);
            table.starts.push(table.entries.len() as u32);
        }
        table
    }

    /// A table without rows, with room for some.
    fn with_room(rows: usize, entries: usize) -> Self {
        let mut table = Table { starts: Vec::with_capacity(rows + 1), entries: Vec::with_capacity(entries) };
        table.starts.push(0);
        table
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many entries stand before the row of a type.
    pub(super) fn start(&self, id: u32) -> u32 {
        self.starts[id as usize]
    }

    /// The row of a type: (type of the other side, probability).
    pub fn row(&self, id: u32) -> &[(u32, f32)] {
        &self.entries[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }

    /// Only the translations that make a type at least `least` times likelier than it is in `to` anyhow,
    /// smoothed as in [`CoverageOptions`](super::CoverageOptions).
    #[must_use]
    pub fn telling(&self, to: &Tokens, (slope, base): (f32, f32), least: f32) -> Table {
        let scale = least / (slope * to.total() as f32 + base);
        let tells: Vec<f32> = (0..to.types() as u32).map(|e| scale * (to.count(e) as f32 + 1.0)).collect();
        let mut table = Table::with_room(self.rows(), self.entries.len());
        for x in 0..self.rows() as u32 {
            let tells = |&&(e, t): &&(u32, f32)| t >= tells[e as usize];
            table.entries.extend(self.row(x).iter().filter(tells));
            table.starts.push(table.entries.len() as u32);
        }
        table
    }

    /// The table of the other direction by Bayes' rule: p(x|e) ∝ p(e|x) · count(x).
    pub fn inverted(&self, from: &Tokens, to: &Tokens) -> Table {
        let mut mass = vec![0f32; to.types()];
        let mut lens = vec![0u32; to.types() + 1];
        for x in 0..self.rows() as u32 {
            for &(e, t) in self.row(x) {
                mass[e as usize] += t * from.count(x) as f32;
                lens[e as usize + 1] += 1;
            }
        }
        for e in 0..to.types() {
            lens[e + 1] += lens[e];
        }
        let mut next = lens.clone();
        let mut entries = vec![(0, 0.0); self.entries.len()];
        for x in 0..self.rows() as u32 {
            for &(e, t) in self.row(x) {
                let p = t * from.count(x) as f32 / mass[e as usize].max(f32::MIN_POSITIVE);
                entries[next[e as usize] as usize] = (x, p);
                next[e as usize] += 1;
            }
        }
        Table { starts: lens, entries }
    }
}
