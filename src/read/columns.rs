//! Tables in plain text: columns parted by tabs, or aligned with runs of spaces.
//!
//! A line counts as a row only together with its neighbours, so that a stray tab or a wide gap in running
//! text makes no table. Linear in the length of the text.

use super::lines::{self, Line};
use crate::language::{Language, detect};
use std::ops::Range;

/// A table found in plain text.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    /// The lines it takes.
    pub(super) lines: Range<usize>,
    /// Its cells, row by row; empty ones are left out.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    /// The parts of the text it consists of, one a line.
    pub(super) lines: Vec<Range<usize>>,
}

/// The tables of a text, in order.
pub(super) fn find(text: &str, lines: &[Line]) -> Vec<Table> {
    let mut tables = Vec::new();
    if memchr::memchr(b'\t', text.as_bytes()).is_some() {
        tables = tabbed(text, lines);
    }
    if tables.is_empty() {
        tables = spaced(text, lines);
    }
    tables
}

/// Runs of lines with tabs in them; empty lines between rows do not end a run.
fn tabbed(text: &str, lines: &[Line]) -> Vec<Table> {
    runs(lines, |line| text[line.range.clone()].contains('\t'))
        .into_iter()
        .filter_map(|run| {
            let rows: Vec<_> = run
                .clone()
                .filter(|&at| !lines[at].is_blank())
                .map(|at| fields(text, lines[at].range.clone()))
                .collect();
            let rows = even(rows);
            let cells: Vec<_> =
                rows.into_iter().map(|row| row.into_iter().map(|part| vec![part]).collect()).collect();
            is_table(text, &cells).then(|| Table { lines: run, cells: number(cells) })
        })
        .collect()
}

/// The stretches of lines for which a condition holds, with the empty lines inside them.
fn runs(lines: &[Line], holds: impl Fn(&Line) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        let belongs = holds(line);
        match found.last_mut() {
            Some(run) if belongs && open => run.end = at + 1,
            _ if belongs => found.push(at..at + 1),
            _ => {}
        }
        open = belongs;
    }
    found
}

fn fields(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let line = &text[range.clone()];
    let mut start = range.start;
    let mut parts = Vec::new();
    for end in memchr::memchr_iter(b'\t', line.as_bytes()).map(|k| range.start + k).chain([range.end]) {
        parts.push(super::draft::trim(text, start..end));
        start = end + 1;
    }
    parts
}

/// Where rows differ in their number of tabs, several tabs were one step to the next column.
fn even(mut rows: Vec<Vec<Range<usize>>>) -> Vec<Vec<Range<usize>>> {
    let first = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != first) {
        for row in &mut rows {
            row.retain(|part| !part.is_empty());
        }
    }
    rows
}

type Row = Vec<Vec<Range<usize>>>;

/// Whether rows look like a table: two or more of several columns, or a single one whose cells are in
/// different languages. A number and a text are an item of a list.
fn is_table(text: &str, rows: &[Row]) -> bool {
    let full = rows.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() >= 2).count();
    if full * 2 < rows.len() || full == 0 {
        return false;
    }
    let numbered = rows.iter().filter(|row| row.len() == 2 && is_marker(text, &row[0])).count();
    if numbered * 2 > rows.len() {
        return false;
    }
    full >= 2 || rows.iter().any(|row| differs(text, row))
}

fn is_marker(text: &str, cell: &[Range<usize>]) -> bool {
    cell.first().is_none_or(|part| {
        let part = &text[part.clone()];
        part.chars().count() <= 4 && !part.chars().any(|c| c.is_alphabetic())
            || lines::begins_item(&format!("{part} "))
    })
}

/// Whether two cells of a row are in different languages.
fn differs(text: &str, row: &[Vec<Range<usize>>]) -> bool {
    let mut seen: Option<Language> = None;
    for part in row.iter().flatten() {
        if let Some(language) = detect(&text[part.clone()]) {
            if seen.is_some_and(|seen| seen != language) {
                return true;
            }
            seen = Some(language);
        }
    }
    false
}

fn number(rows: Vec<Row>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (row, parts) in rows.into_iter().enumerate() {
        for (column, lines) in parts.into_iter().enumerate() {
            let lines: Vec<_> = lines.into_iter().filter(|part| !part.is_empty()).collect();
            if !lines.is_empty() {
                cells.push(Cell { row: row as u32, column: column as u32, lines });
            }
        }
    }
    cells
}

/// A line cut in two at its only gap.
#[derive(Debug, Clone)]
struct Split {
    left: Range<usize>,
    right: Range<usize>,
    /// The column of the screen in which the right part begins.
    column: usize,
}

/// Fewer spaces than this part words, not columns: two stand behind full stops, and full-width ones begin
/// paragraphs.
const GAP: usize = 3;
/// Fewer rows than this may be aligned by chance.
const ROWS: usize = 3;

/// Two columns aligned with spaces: the right ones begin in the same column of the screen, or the two sides
/// are in different languages throughout.
fn spaced(text: &str, lines: &[Line]) -> Vec<Table> {
    if memchr::memmem::find(text.as_bytes(), b"   ").is_none() && !text.contains("\u{3000}\u{3000}") {
        return Vec::new();
    }
    let splits: Vec<Option<Split>> = lines.iter().map(|line| split(text, line)).collect();
    let mut tables = Vec::new();
    for run in spaced_runs(text, lines, &splits) {
        let found: Vec<_> = splits[run.clone()].iter().flatten().collect();
        if found.len() < ROWS || !is_aligned(text, &found) {
            continue;
        }
        let column = median(found.iter().map(|split| split.column).collect());
        let rows = rows(text, lines, &splits, run.clone(), column);
        tables.push(Table { lines: run, cells: number(rows) });
    }
    tables
}

/// Runs in which split lines follow each other, with lines of one side and empty lines between them.
fn spaced_runs(text: &str, lines: &[Line], splits: &[Option<Split>]) -> Vec<Range<usize>> {
    // Between two rows at most this many lines have one side only.
    const LONGEST_OVERHANG: usize = 6;
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut overhang = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(split) = &splits[at] else {
            overhang += usize::from(!line.is_blank());
            continue;
        };
        let fits = |run: &Range<usize>| {
            overhang <= LONGEST_OVERHANG
                && splits[run.end - 1].as_ref().is_none_or(|last| last.is_like(split, text))
        };
        match runs.last_mut() {
            Some(run) if fits(run) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
        overhang = 0;
    }
    runs
}

impl Split {
    /// Whether two rows can be of one table: cut in the same column of the screen, or with the same languages.
    fn is_like(&self, other: &Split, text: &str) -> bool {
        let languages =
            |split: &Split| (detect(&text[split.left.clone()]), detect(&text[split.right.clone()]));
        self.column.abs_diff(other.column) <= 2 || languages(self) == languages(other)
    }
}

fn split(text: &str, line: &Line) -> Option<Split> {
    // What is wider than any page was not aligned by anybody.
    if usize::from(line.width) >= lines::WIDEST {
        return None;
    }
    let body = &text[line.range.clone()];
    let (mut found, mut column, mut gap) = (None::<(usize, usize)>, usize::from(line.indent), 0usize);
    for (at, c) in body.char_indices() {
        if c == ' ' || c == '\u{3000}' {
            gap += lines::columns(c);
        } else {
            if gap >= GAP && found.replace((at, column)).is_some() {
                return None;
            }
            gap = 0;
        }
        column += lines::columns(c);
    }
    let (at, column) = found?;
    let left = super::draft::trim(text, line.range.start..line.range.start + at);
    Some(Split { left, right: line.range.start + at..line.range.end, column })
}

fn is_aligned(text: &str, splits: &[&Split]) -> bool {
    let column = median(splits.iter().map(|split| split.column).collect());
    let near = splits.iter().filter(|split| split.column.abs_diff(column) <= 2).count();
    let languages: Vec<_> = splits
        .iter()
        .map(|split| (detect(&text[split.left.clone()]), detect(&text[split.right.clone()])))
        .collect();
    let different =
        languages.iter().filter(|(left, right)| left.is_some() && right.is_some() && left != right).count();
    let most = |count: usize| count * 5 >= splits.len() * 4;
    most(different) || most(near) && different * 2 >= splits.len() || splits.len() == near && near > ROWS
}

fn median(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

/// Puts the lines of a table together to rows. A row goes on behind a line of which a side is so wide that it
/// was broken, until both sides have come to the end of a sentence; an empty line ends it. A side that hardly ever ends
/// with a full stop, compared with the other, is not waited for; where neither does, each line is a row.
fn rows(text: &str, lines: &[Line], splits: &[Option<Split>], run: Range<usize>, column: usize) -> Vec<Row> {
    let ends = |part: &Range<usize>| lines::ends_sentence(&text[part.clone()]);
    let found: Vec<&Split> = splits[run.clone()].iter().flatten().collect();
    let ended = found.iter().filter(|split| ends(&split.left) || ends(&split.right)).count();
    let wraps = ended * 5 >= found.len();
    let ended_on = |side: fn(&Split) -> &Range<usize>| found.iter().filter(|split| ends(side(split))).count();
    let stops = [ended_on(|split| &split.left), ended_on(|split| &split.right)];
    let waits = stops.map(|count| count * 4 >= stops[0].max(stops[1]));
    let widest = |side: fn(&Split) -> &Range<usize>| {
        found
            .iter()
            .map(|split| text[side(split).clone()].chars().map(lines::columns).sum::<usize>())
            .max()
            .unwrap_or(0)
    };
    let widths = [widest(|split| &split.left), widest(|split| &split.right)];
    let mut rows: Vec<Row> = Vec::new();
    let mut open = false;
    for at in run {
        if lines[at].is_blank() {
            open = false;
            continue;
        }
        let sides = match &splits[at] {
            Some(split) => [Some(split.left.clone()), Some(split.right.clone())],
            None if usize::from(lines[at].indent) + 2 >= column => [None, Some(lines[at].range.clone())],
            None => [Some(lines[at].range.clone()), None],
        };
        let broken = sides.iter().zip(widths).any(|(side, widest)| {
            let width = side.as_ref().map_or(0, |part| text[part.clone()].chars().map(lines::columns).sum());
            width * 10 >= widest * 6
        });
        if !open {
            rows.push(vec![Vec::new(), Vec::new()]);
        }
        let Some(row) = rows.last_mut() else { continue };
        for (cell, part) in row.iter_mut().zip(sides) {
            cell.extend(part);
        }
        let mut awaited = row.iter().zip(waits).filter(|(_, waits)| *waits);
        open = wraps && broken && !awaited.all(|(cell, _)| cell.last().is_some_and(ends));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        find(text, &lines::split(text))
            .into_iter()
            .flat_map(|table| table.cells)
            .map(|cell| {
                (
                    cell.row,
                    cell.column,
                    cell.lines.iter().map(|part| &text[part.clone()]).collect::<Vec<_>>().join("|"),
                )
            })
            .collect()
    }

    #[test]
    fn tabs() {
        let found = cells("你好。\tHello.\n\n再见。\tGoodbye.\n");
        assert_eq!(found.len(), 4);
        assert_eq!(found[3], (1, 1, "Goodbye.".into()));
        assert_eq!(cells("\t一段文字，前面有制表符。\n\t又一段。"), []);
        assert_eq!(cells("1.\t第一条\n2.\t第二条\n"), []);
        assert_eq!(cells("你好\t\tHello\n再会了\tGoodbye").len(), 4);
    }

    #[test]
    fn spaces() {
        let found = cells("你好。          Hello.\n谢谢你。        Thank you.\n再见。          Goodbye.\n");
        assert_eq!(found.len(), 6);
        assert_eq!(found[2], (1, 0, "谢谢你。".into()));
        assert_eq!(cells("He left.   She stayed.\n\nNo more."), []);
    }

    #[test]
    fn a_glossary_behind_a_wide_gap() {
        let found = cells(
            "He left at six.   It was dark.\n\n中文      English\n渡船      ferry\n港口      harbour\n",
        );
        assert_eq!(found.len(), 6, "{found:?}");
        let found = cells(
            "中文              English\n渡船离了港。      The ferry left.\n天黑了。          It was dark.\n",
        );
        assert_eq!(found[1], (0, 1, "English".into()));
        assert_eq!(found.len(), 6, "{found:?}");
    }

    #[test]
    fn rows_of_several_lines() {
        let found = cells(
            "The ferry left the          渡船离开了\n\
             harbour at six.             港口。\n\
             Nobody said a               没有人\n\
             word.                       说话。\n",
        );
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[0].2, "The ferry left the|harbour at six.");
    }

    #[test]
    fn rows_with_full_stops_on_one_side_only() {
        for gap in [2, 7] {
            let row = |en: &str, zh: &str| format!("{en}{}{zh}\n", " ".repeat(gap + zh.chars().count()));
            let found = cells(
                &[
                    row("Beautiful is better than ugly.", "优美胜于丑陋"),
                    row("Explicit is better than implicit.", "明了胜于晦涩"),
                    row("Readability counts.", "可读性很重要"),
                ]
                .concat(),
            );
            assert_eq!(found.len(), 6, "{found:?}");
            assert_eq!(found[3], (1, 1, "明了胜于晦涩".into()));
        }
        assert_eq!(cells("He left.  It was dark.\nShe   stayed.\n夜深了。  他走了。\n天亮了。\n"), []);
    }
}
