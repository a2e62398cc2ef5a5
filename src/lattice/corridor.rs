//! The corridor: for every border between source sentences, the borders between target sentences that an
//! alignment may pass through.

use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

/// A band of nodes (source border, target border) that holds (0, 0) and the end of both sides.
///
/// Both edges never fall, and neighbouring rows overlap, so that nulls alone can always cross it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corridor {
    rows: Vec<(u32, u32)>,
    /// First node of each row, and the number of nodes at the end.
    offsets: Vec<usize>,
    target_len: usize,
    /// Nodes that all paths pass through, in order.
    #[serde(default)]
    sure: Vec<(u32, u32)>,
    /// For each source border the last of theirs before it, where there are any.
    #[serde(default)]
    floors: Vec<u32>,
}

impl Corridor {
    /// Every node of `source_len` × `target_len` sentences.
    pub fn full(source_len: usize, target_len: usize) -> Self {
        Corridor::new(vec![(0, target_len as u32); source_len + 1], target_len)
    }

    /// A band from wished-for rows, one a source border: the rows are widened where they must be, so that
    /// the band starts at (0, 0), ends at the end of both sides and has no gap.
    pub fn from_rows(mut rows: Vec<RangeInclusive<usize>>, target_len: usize) -> Self {
        if rows.is_empty() {
            rows.push(0..=target_len);
        }
        let last = rows.len() - 1;
        let mut rows: Vec<(u32, u32)> = rows
            .into_iter()
            .map(|row| ((*row.start()).min(target_len) as u32, (*row.end()).min(target_len) as u32))
            .collect();
        rows[0].0 = 0;
        rows[last].1 = target_len as u32;
        // The upper edge must not fall going on, the lower edge not going back.
        for i in 1..rows.len() {
            rows[i].1 = rows[i].1.max(rows[i - 1].1).max(rows[i].0);
        }
        for i in (0..last).rev() {
            rows[i].0 = rows[i].0.min(rows[i + 1].0);
        }
        // Neighbouring rows share a node: row i reaches up to where row i + 1 begins.
        for i in 0..last {
            rows[i].1 = rows[i].1.max(rows[i + 1].0);
        }
        Corridor::new(rows, target_len)
    }

    /// A band of `margin` target sentences on both sides of a path.
    pub fn around(
        path: &[(Range<usize>, Range<usize>)],
        source_len: usize,
        target_len: usize,
        margin: usize,
    ) -> Self {
        let mut rows = vec![(usize::MAX, 0); source_len + 1];
        for (source, target) in path {
            for row in &mut rows[source.start..=source.end] {
                row.0 = row.0.min(target.start.saturating_sub(margin));
                row.1 = row.1.max(target.end + margin);
            }
        }
        Corridor::from_rows(rows.into_iter().map(|(low, high)| low.min(high)..=high).collect(), target_len)
    }

    /// A band around the nodes that matter, given as a range of target borders for each source border, with
    /// `margin` sentences more in both directions. Empty ranges are filled from their neighbours.
    pub fn around_rows(rows: &[Range<usize>], target_len: usize, margin: usize) -> Self {
        let last = rows.len().saturating_sub(1);
        // An empty row, which a bead passes over, reaches from where the one before it begins to where the next
        // one ends.
        let (mut filled, mut low) = (rows.to_vec(), 0);
        for row in &mut filled {
            if row.start >= row.end {
                *row = low..low;
            }
            low = row.start;
        }
        let mut high = target_len + 1;
        for (row, known) in filled.iter_mut().zip(rows).rev() {
            if known.start >= known.end {
                row.end = high.max(row.start + 1);
            }
            high = row.end;
        }
        let wide = |i: usize| {
            let near = &filled[i.saturating_sub(margin)..=(i + margin).min(last)];
            let low = near.iter().map(|row| row.start).min().unwrap_or(0);
            let high = near.iter().map(|row| row.end - 1).max().unwrap_or(target_len);
            low.saturating_sub(margin).min(high)..=high + margin
        };
        Corridor::from_rows((0..rows.len()).map(wide).collect(), target_len)
    }

    /// The part of the band that lies within rows of target borders, first to last, one a source border; where
    /// nothing of a row does, the row stays.
    #[must_use]
    pub fn within(&self, rows: &[(usize, usize)]) -> Self {
        let both = self.rows.iter().zip(rows).map(|(&(low, high), &(first, last))| {
            let (low, high) = (low as usize, high as usize);
            let (from, to) = (low.max(first), high.min(last));
            if from <= to { from..=to } else { low..=high }
        });
        Corridor::from_rows(both.collect(), self.target_len)
    }

    /// The same, but that no bead passes over the source border of these nodes, as all paths are to pass through
    /// them. They are given in order; one outside the band, or that falls, is left out.
    #[must_use]
    pub fn through(mut self, nodes: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut last = (0, 0);
        self.sure.clear();
        for (i, j) in nodes {
            if self.node(i, j).is_some() && i >= last.0 && j >= last.1 {
                self.sure.push((i as u32, j as u32));
                last = (i, j);
            }
        }
        if self.sure.is_empty() {
            self.floors.clear();
            return self;
        }
        self.floors = vec![0; self.rows.len()];
        for &(i, _) in &self.sure {
            if let Some(floor) = self.floors.get_mut(i as usize + 1) {
                *floor = i;
            }
        }
        for i in 1..self.floors.len() {
            self.floors[i] = self.floors[i].max(self.floors[i - 1]);
        }
        self
    }

    /// The first source border at which a bead may begin that ends at this one.
    #[inline]
    pub(crate) fn floor(&self, source_border: usize) -> usize {
        self.floors.get(source_border).map_or(0, |&floor| floor as usize)
    }

    fn new(rows: Vec<(u32, u32)>, target_len: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows.len() + 1);
        let mut nodes = 0;
        for &(low, high) in &rows {
            offsets.push(nodes);
            nodes += (high - low) as usize + 1;
        }
        offsets.push(nodes);
        Corridor { rows, offsets, target_len, sure: Vec::new(), floors: Vec::new() }
    }

    /// Number of source sentences.
    pub fn source_len(&self) -> usize {
        self.rows.len() - 1
    }

    /// Number of target sentences.
    pub fn target_len(&self) -> usize {
        self.target_len
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.offsets[self.rows.len()]
    }

    /// The target borders allowed at a source border.
    pub fn row(&self, source_border: usize) -> RangeInclusive<usize> {
        let (low, high) = self.rows[source_border];
        low as usize..=high as usize
    }

    /// The number of a node, or `None` outside the band.
    #[inline]
    pub fn node(&self, source_border: usize, target_border: usize) -> Option<usize> {
        let &(low, high) = self.rows.get(source_border)?;
        let inside = (low as usize..=high as usize).contains(&target_border);
        inside.then(|| self.offsets[source_border] + target_border - low as usize)
    }

    /// The same band seen from the target side.
    pub fn transposed(&self) -> Corridor {
        let mut rows = vec![(u32::MAX, 0); self.target_len + 1];
        for (i, &(low, high)) in self.rows.iter().enumerate() {
            for row in &mut rows[low as usize..=high as usize] {
                *row = (row.0.min(i as u32), i as u32);
            }
        }
        let sure = self.sure.iter().map(|&(i, j)| (j as usize, i as usize));
        Corridor::new(rows, self.source_len()).through(sure)
    }

    /// Number of the first node of a row, given unchecked for loops over a row.
    #[inline]
    pub(crate) fn row_offset(&self, source_border: usize) -> usize {
        self.offsets[source_border]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_passed_over_lies_between_its_neighbours() {
        let corridor = Corridor::around_rows(&[0..1, 4..6, 0..0, 0..0, 9..10], 20, 0);
        let rows: Vec<_> = (0..5).map(|i| corridor.row(i)).collect();
        assert_eq!(rows, [0..=4, 4..=5, 4..=9, 4..=9, 9..=20]);
        assert_eq!(Corridor::around_rows(&[1..1, 1..1], 3, 0), Corridor::full(1, 3));
    }

    #[test]
    fn rows_are_widened_until_they_connect() {
        let corridor = Corridor::from_rows(vec![2..=3, 7..=8, 5..=6], 10);
        assert_eq!(corridor.row(0), 0..=5);
        assert_eq!(corridor.row(1), 5..=8);
        assert_eq!(corridor.row(2), 5..=10);
        assert_eq!(corridor.nodes(), 6 + 4 + 6);
        assert_eq!(corridor.node(1, 4), None);
        assert_eq!(corridor.node(2, 5), Some(10));
    }
}
