//! Turns what was built into the blocks of the article: line breaks inside blocks are decided, inline
//! languages told apart, tables and regions weighed.

use super::build::{Built, Raw};
use super::draft::{self, Draft};
use super::lines::{self, Line};
use super::parts::SOFT_BREAK;
use super::{regions, tables::Place};
use crate::article::{Block, BlockKind};
use crate::language::{Language, detect};

/// The blocks of the article, in reading order.
pub(super) fn blocks(built: Built) -> Vec<Block> {
    let Built { blocks, tables, mut regions } = built;
    let (mut page_chars, mut page_linked) = (0, 0);
    for raw in &blocks {
        let chars = draft::visible(&raw.draft.text);
        let linked = (raw.draft.link_density() * chars as f32) as usize;
        (page_chars, page_linked) = (page_chars + chars, page_linked + linked);
        if let Some(region) = raw.region {
            regions[region as usize].add(chars, linked);
        }
    }
    let keeps: Vec<bool> = regions.iter().map(|region| region.keeps_headings).collect();
    let around = regions::around(regions, page_chars, page_linked);
    let numbers = number(&tables);
    let mut out = Vec::with_capacity(blocks.len());
    for mut raw in blocks {
        let heads = |region: usize| keeps[region] && is_title(&raw);
        let outside = raw.region.is_some_and(|region| around[region as usize] && !heads(region as usize));
        raw.place =
            raw.place.and_then(|place| Some(Place { table: numbers[place.table as usize]?, ..place }));
        let kind = match raw.place {
            _ if outside => BlockKind::Boilerplate,
            // A cell that names an option or a command is in no language.
            Some(_) if is_code(&raw.draft) => BlockKind::Code,
            Some(Place { table, row, column }) => BlockKind::TableCell { table, row, column },
            None => raw.kind,
        };
        finish(raw, kind, &mut out);
    }
    out
}

/// Whether a text is one code span in ASCII and nothing else.
fn is_code(draft: &Draft) -> bool {
    let [code] = &draft.opaque[..] else { return false };
    *code == draft::trim(&draft.text, 0..draft.text.len()) && draft.text[code.clone()].is_ascii()
}

fn is_title(raw: &Raw) -> bool {
    /// A heading that mostly is a link leads elsewhere.
    const LINKED: f32 = 0.5;
    matches!(raw.kind, BlockKind::Heading(_)) && raw.draft.link_density() < LINKED
}

/// New numbers for the tables that set texts side by side; none for those that lay out a page.
fn number(tables: &[super::tables::Table]) -> Vec<Option<u32>> {
    let mut next = 0;
    tables
        .iter()
        .map(|table| {
            table.is_data().then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn finish(raw: Raw, kind: BlockKind, out: &mut Vec<Block>) {
    let (declared, side, hidden) = (raw.declared, raw.side, raw.hidden);
    let mut emit = |draft: Draft, spoken: Option<Language>| {
        if !draft.is_empty() {
            out.push(Block { declared: spoken.or(declared), side, hidden, ..draft.into_block(kind) });
        }
    };
    if kind == BlockKind::Code {
        let end = raw.draft.text.trim_end().len();
        let start = raw.draft.text.len() - raw.draft.text.trim_start_matches('\n').len();
        let mut code = Draft::default();
        code.push_part(&raw.draft, start.min(end)..end);
        return emit(code, None);
    }
    for (part, spoken) in by_language(raw) {
        for line in by_line(&part, kind) {
            emit(line, spoken);
        }
    }
}

/// Parts of a block all of which inline elements declare to be in one language or another: a sentence and its
/// translation side by side. Where some text is not declared, the declared parts are names and quotations.
fn by_language(raw: Raw) -> Vec<(Draft, Option<Language>)> {
    let covered: usize =
        raw.spoken.iter().map(|(range, _)| draft::visible(&raw.draft.text[range.clone()])).sum();
    if raw.spoken.is_empty() || covered < draft::visible(&raw.draft.text) {
        return vec![(raw.draft, None)];
    }
    let mut parts: Vec<(std::ops::Range<usize>, Language)> = Vec::new();
    for (range, language) in raw.spoken {
        match parts.last_mut() {
            Some((last, of)) if *of == language => last.end = range.end,
            _ => parts.push((range, language)),
        }
    }
    parts.into_iter().map(|(range, language)| (raw.draft.part(range), Some(language))).collect()
}

/// What a line break inside a block does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// It stands for a space, or for nothing between Chinese characters.
    Join,
    /// It stays.
    Keep,
    /// It ends a block.
    Split,
}

/// Decides the line breaks of a block.
fn by_line(part: &Draft, kind: BlockKind) -> Vec<Draft> {
    if memchr::memchr2(b'\n', SOFT_BREAK as u8, part.text.as_bytes()).is_none() {
        return vec![part.part(0..part.text.len())];
    }
    let lines = lines::split(&part.text);
    let wrapping = lines::wrapped(&part.text, &lines);
    let languages: Vec<_> = lines.iter().map(|line| detect(&part.text[line.range.clone()])).collect();
    let turns = languages.windows(2).filter(|pair| differ(pair[0], pair[1])).count();
    let always = turns + 1 == lines.len();
    let widest = lines.iter().map(|line| usize::from(line.width)).max().unwrap_or(0);
    let mut out = vec![Draft::default()];
    let mut last: Option<usize> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        if let Some(before) = last {
            let turn = differ(languages[before], languages[at]).then_some(always);
            let found = match heads(&part.text, &lines[before], line, widest) {
                true => Break::Split,
                false => decide(part, &lines[before], line, turn, &wrapping, kind),
            };
            found.apply(part, &lines[before], line, &mut out);
        }
        if let Some(draft) = out.last_mut() {
            draft.push_part(part, line.range.clone());
        }
        last = Some(at);
    }
    out
}

fn differ(a: Option<Language>, b: Option<Language>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

/// Whether a line with a colon at its end heads the next, which had room on it: `English:` above what is English.
fn heads(text: &str, line: &Line, next: &Line, widest: usize) -> bool {
    text[line.range.clone()].ends_with([':', '：']) && !lines::is_full(text, line, next, widest)
}

/// `turn` says that the languages of the lines differ, and whether they do so at every line of the block.
fn decide(
    part: &Draft,
    line: &Line,
    next: &Line,
    turn: Option<bool>,
    wrapping: &lines::Wrapping,
    kind: BlockKind,
) -> Break {
    let soft = part.text[line.range.end..next.range.start].contains(SOFT_BREAK);
    let ended = lines::ends_sentence(&part.text[line.range.clone()]);
    let heading = matches!(kind, BlockKind::Heading(_));
    match turn {
        // A long English name may fill a line of a wrapped Chinese paragraph.
        Some(always) if !soft || ended || always => Break::Split,
        _ if soft || wrapping.joins(&part.text, line, next) => Break::Join,
        _ if ended && !heading => Break::Split,
        _ => Break::Keep,
    }
}

impl Break {
    fn apply(self, part: &Draft, line: &Line, next: &Line, out: &mut Vec<Draft>) {
        let between = line.range.end..next.range.start;
        let seamless = || {
            let before = part.text[line.range.clone()].chars().next_back();
            before
                .zip(part.text[next.range.clone()].chars().next())
                .is_some_and(|(a, b)| lines::is_seamless(a, b))
        };
        match (self, out.last_mut()) {
            (Break::Split, _) | (_, None) => out.push(Draft::default()),
            (Break::Join, Some(_)) if seamless() => {}
            (Break::Join, Some(draft)) => draft.push_instead(" ", part, between),
            (Break::Keep, Some(draft)) => draft.push_instead("\n", part, between),
        }
    }
}
