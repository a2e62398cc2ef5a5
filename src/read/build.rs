//! Puts blocks together from elements and text as they come, from an HTML tree or from Markdown.
//!
//! Keeps a stack of what the open elements mean, collapses white space as browsers do, and ends a block at
//! every border of a block-level element. Iterative, and linear in the number of events and bytes.

use super::draft::{self, Draft};
use super::element::{Element, Role};
use super::lines;
use super::parts::SOFT_BREAK;
use super::plain;
use super::regions::{Evidence, Region};
use super::tables::{Place, Table};
use crate::article::BlockKind;
use crate::language::Language;
use crate::span::Span;
use std::ops::Range;

/// A block before the page as a whole is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub(super) draft: Draft,
    pub(super) kind: BlockKind,
    pub(super) place: Option<Place>,
    pub(super) declared: Option<Language>,
    pub(super) side: Option<Language>,
    pub(super) hidden: bool,
    pub(super) region: Option<u32>,
    /// Parts that an inline element declares to be in a language, in order and disjoint.
    pub(super) spoken: Vec<(Range<usize>, Language)>,
}

/// Everything found.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) blocks: Vec<Raw>,
    pub(super) tables: Vec<Table>,
    pub(super) regions: Vec<Region>,
}

/// What the open elements together mean for text that comes now.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// Name of the innermost element, hashed; 0 for Markdown's own.
    name: u64,
    block: bool,
    kind: BlockKind,
    place: Option<Place>,
    table: Option<u32>,
    declared: Option<Language>,
    spoken: Option<Language>,
    side: Option<Language>,
    region: Option<u32>,
    pre: Pre,
    skip: bool,
    hidden: bool,
    linked: bool,
    small: bool,
    superscript: bool,
    in_article: bool,
    in_body: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Pre {
    #[default]
    No,
    /// Lines mean something, and spaces may align columns.
    Text,
    Code,
}

/// White space seen since the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// White space; `plain` if it is one space of the source.
    Space {
        newline: bool,
        plain: bool,
    },
    Soft,
    Breaks(usize),
}

/// A block being filled: one for what is seen, one for what is hidden inside it.
#[derive(Debug, Default)]
struct Slot {
    raw: Raw,
    gap: Option<(Gap, Option<Span>)>,
    pre: Pre,
    small: usize,
}

/// Puts blocks together.
#[derive(Debug, Default)]
pub(super) struct Builder {
    stack: Vec<State>,
    slots: [Slot; 2],
    built: Built,
    /// Whether a picture stood before the block that comes now, with no text between.
    after_image: bool,
    raised: Option<Raised>,
}

/// A superscript that is open.
#[derive(Debug, Clone, Copy)]
struct Raised {
    /// The depth at which it was opened.
    depth: usize,
    /// The slot that its text goes to, and how much stood there before.
    slot: usize,
    from: usize,
}

impl Builder {
    /// Opens an element; returns the depth to close it to.
    pub(super) fn open(&mut self, element: &Element<'_>, source: Option<Span>) -> usize {
        let depth = self.stack.len();
        let role = Role::of(element.name);
        match role {
            Role::LineBreak => self.line_break(source),
            Role::Image => self.after_image = true,
            _ => {}
        }
        if Role::is_void(element.name) && role != Role::Rule {
            return depth;
        }
        let block = role.is_block() || element.side.is_some() || element.is_styled_block();
        if block {
            self.end_block();
        }
        if role == Role::Rule {
            return depth;
        }
        let mut state = self.state();
        state.name = hash(element.name);
        state.block = block;
        state.skip |= role == Role::Skip || element.is_reference();
        state.skip |= role == Role::Link && state.superscript && element.href.starts_with('#');
        state.hidden |= element.is_hidden();
        state.side = element.side.or(state.side);
        self.speak(&mut state, element);
        self.mean(&mut state, element, role);
        self.surround(&mut state, element, role);
        if role == Role::Superscript && self.raised.is_none() {
            let slot = usize::from(state.hidden);
            self.raised = Some(Raised { depth, slot, from: self.slots[slot].raw.draft.text.len() });
        }
        self.stack.push(state);
        depth
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    fn state(&self) -> State {
        self.stack.last().copied().unwrap_or_default()
    }

    fn speak(&self, state: &mut State, element: &Element<'_>) {
        if state.block {
            state.declared = state.spoken.take().or(state.declared);
        }
        let Some(language) = element.language() else { return };
        match element.name {
            // What the page as a whole declares is the language of its template.
            "html" | "body" => {}
            _ if state.block => state.declared = Some(language),
            _ => state.spoken = Some(language),
        }
    }

    fn mean(&mut self, state: &mut State, element: &Element<'_>, role: Role) {
        match role {
            Role::Heading(level) => state.kind = BlockKind::Heading(level),
            Role::Item if state.kind != BlockKind::Footnote => state.kind = BlockKind::ListItem,
            Role::Caption => state.kind = BlockKind::Caption,
            Role::Small => state.small = true,
            Role::Link => state.linked = true,
            Role::Superscript => state.superscript = true,
            Role::Preformatted if state.pre == Pre::No => {
                let code = element.is_called(&[
                    "code",
                    "highlight",
                    "lang",
                    "language",
                    "brush",
                    "src",
                    "prettyprint",
                    "listing",
                ]);
                state.pre = if code { Pre::Code } else { Pre::Text };
            }
            Role::Code if state.pre == Pre::Text => state.pre = Pre::Code,
            Role::Article => state.in_article = true,
            Role::Table => self.open_table(state, element),
            Role::Row => {
                if let Some(table) = self.table(state.table) {
                    table.begin_row();
                }
            }
            Role::Cell => self.open_cell(state, element),
            _ if state.block && element.is_footnote() => state.kind = BlockKind::Footnote,
            _ if element.is_caption() && !state.in_heading() => state.kind = BlockKind::Caption,
            _ => {}
        }
        state.in_body |= element.name == "body";
    }

    fn table(&mut self, table: Option<u32>) -> Option<&mut Table> {
        self.built.tables.get_mut(table? as usize)
    }

    fn open_table(&mut self, state: &mut State, element: &Element<'_>) {
        if let Some(outer) = self.table(state.table) {
            outer.lays_out = true;
        }
        state.table = Some(self.built.tables.len() as u32);
        state.place = None;
        let lays_out = matches!(element.role, "presentation" | "none");
        self.built.tables.push(Table::new(lays_out));
    }

    fn open_cell(&mut self, state: &mut State, element: &Element<'_>) {
        let Some(number) = state.table else { return };
        let Some(table) = self.table(state.table) else { return };
        let (row, column) = table.begin_cell(element.colspan, element.rowspan);
        state.place = Some(Place { table: number, row, column });
        state.kind = BlockKind::Paragraph;
    }

    /// Opens a region if the element stands around the article.
    fn surround(&mut self, state: &mut State, element: &Element<'_>, role: Role) {
        let evidence = match role {
            Role::Navigation => Evidence::Element,
            Role::Footer | Role::Aside if state.in_article => Evidence::Name,
            Role::Header if state.in_article => return,
            Role::Header | Role::Footer | Role::Aside => Evidence::Element,
            Role::Form | Role::Button => Evidence::Name,
            Role::Article | Role::Heading(_) => return,
            _ if matches!(element.name, "html" | "body") || state.skip => return,
            _ if (state.block || role == Role::Inline) && element.is_around() => Evidence::Name,
            _ => return,
        };
        self.built.regions.push(Region::new(state.region, evidence, role == Role::Header));
        state.region = Some(self.built.regions.len() as u32 - 1);
    }

    /// Opens an element that Markdown's own marks stand for, which no end tag of HTML closes.
    pub(super) fn open_own(&mut self, element: &Element<'_>, source: Option<Span>) -> usize {
        let depth = self.open(element, source);
        if let Some(state) = self.stack.get_mut(depth) {
            state.name = 0;
        }
        depth
    }

    /// Opens a block that Markdown says is of a kind; returns the depth to close it to.
    pub(super) fn open_kind(&mut self, kind: Option<BlockKind>) -> usize {
        self.end_block();
        let depth = self.stack.len();
        let mut state = self.state();
        state.declared = state.spoken.take().or(state.declared);
        state.kind = kind.unwrap_or(state.kind);
        state.pre = if kind == Some(BlockKind::Code) { Pre::Code } else { state.pre };
        (state.name, state.block) = (0, true);
        self.stack.push(state);
        depth
    }

    /// Closes everything opened since the depth was given out.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            if self.stack.pop().is_some_and(|state| state.block) {
                self.end_block();
            }
            if let Some(raised) = self.raised.take_if(|raised| raised.depth == self.stack.len()) {
                self.slots[raised.slot].drop_note(raised.from);
            }
        }
    }

    /// Closes the innermost element of a name, if one is open that no Markdown stands between.
    pub(super) fn close(&mut self, name: &str) {
        let name = hash(name);
        // Deeper than this an end tag is taken for a stray one, so that a flood of them stays cheap.
        const REACH: usize = 64;
        let found = self
            .stack
            .iter()
            .rev()
            .take(REACH)
            .take_while(|state| state.name != 0)
            .position(|state| state.name == name);
        if let Some(above) = found {
            self.close_to(self.stack.len() - 1 - above);
        }
    }

    /// Whether the innermost open element has this name.
    pub(super) fn is_inside(&self, name: &str) -> bool {
        self.stack.last().is_some_and(|state| state.name == hash(name))
    }

    /// Text that stands in the source as it is.
    pub(super) fn text(&mut self, text: &str, source: Option<usize>) {
        let state = self.state();
        if state.skip {
            return;
        }
        if state.pre != Pre::No {
            for (at, run) in draft::clean(text) {
                self.put(run, source.map(|source| Span::new(source + at, source + at + run.len())), true);
            }
            return;
        }
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            // One space between words is by far the commonest white space, and stays as it is.
            let between_words =
                bytes[at] == b' ' && at > start && bytes.get(at + 1).is_some_and(|b| b.is_ascii_graphic());
            if between_words || !MAY_BE_SPECIAL[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            let gap = gap_of(c);
            if gap.is_some() || draft::is_dropped(c) {
                self.put(&text[start..at], source.map(|source| Span::new(source + start, source + at)), true);
                start = end;
            }
            if let Some(gap) = gap {
                self.gap(gap, source.map(|source| Span::new(source + at, source + end)));
            }
            at = end;
        }
        self.put(&text[start..], source.map(|source| Span::new(source + start, source + text.len())), true);
    }

    /// Text that stands in the source as something else, such as an entity.
    pub(super) fn decoded(&mut self, text: &str, source: Option<Span>) {
        let state = self.state();
        if state.skip {
            return;
        }
        let mut rest = 0;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            match gap_of(c).filter(|_| state.pre == Pre::No) {
                Some(gap) => {
                    self.put(&text[rest..at], source, false);
                    self.gap(gap.and(Gap::Space { newline: false, plain: false }), source);
                    rest = end;
                }
                None if draft::is_dropped(c) => {
                    self.put(&text[rest..at], source, false);
                    rest = end;
                }
                None => {}
            }
        }
        self.put(&text[rest..], source, false);
    }

    /// Text of a code span, in which marks are no markup.
    pub(super) fn code(&mut self, text: &str, source: Option<Span>) {
        let slot = usize::from(self.state().hidden);
        let from = self.slots[slot].raw.draft.text.len();
        match source {
            Some(span) if span.len() == text.len() => self.text(text, Some(span.start)),
            _ => self.decoded(text, source),
        }
        let draft = &mut self.slots[slot].raw.draft;
        if from < draft.text.len() {
            draft.opaque.push(from..draft.text.len());
        }
    }

    /// A line break that the author asked for.
    pub(super) fn line_break(&mut self, source: Option<Span>) {
        let state = self.state();
        if state.skip {
            return;
        }
        if state.pre != Pre::No {
            self.put("\n", source, false);
        } else {
            self.gap(Gap::Breaks(1), source);
        }
    }

    /// A line break of the source that stands for a space.
    pub(super) fn soft_break(&mut self, source: Span) {
        match self.state() {
            state if state.skip => {}
            state if state.pre != Pre::No => self.put("\n", Some(source), false),
            _ => self.gap(Gap::Soft, Some(source)),
        }
    }

    fn gap(&mut self, gap: Gap, source: Option<Span>) {
        let slot = &mut self.slots[usize::from(self.state().hidden)];
        if slot.raw.draft.is_empty() {
            return;
        }
        slot.gap = Some(match slot.gap {
            None => (gap, source),
            Some((before, at)) => {
                let span = at
                    .zip(source)
                    .map(|(at, source)| Span::new(at.start.min(source.start), at.end.max(source.end)));
                (before.and(gap), span)
            }
        });
    }

    /// Appends characters that are no white space (or anything, inside `pre`).
    fn put(&mut self, text: &str, source: Option<Span>, mapped: bool) {
        if text.is_empty() {
            return;
        }
        let state = self.state();
        let at = usize::from(state.hidden);
        if let Some((Gap::Breaks(2..), _)) = self.slots[at].gap {
            self.end_slot(at);
        }
        let slot = &mut self.slots[at];
        if slot.raw.draft.is_empty() {
            slot.begin(&state);
        }
        slot.fill_gap(text);
        let from = slot.raw.draft.text.len();
        match source {
            Some(span) if !mapped => slot.raw.draft.push_decoded(text, Some(span)),
            _ => slot.raw.draft.push(text, source.map(|span| span.start)),
        }
        let part = from..slot.raw.draft.text.len();
        if state.linked {
            mark(&mut slot.raw.draft.links, part.clone());
        }
        if let Some(language) = state.spoken {
            slot.raw.spoken.push((part.clone(), language));
        }
        if state.small {
            slot.small += part.len();
        }
    }

    fn end_block(&mut self) {
        self.end_slot(0);
        self.end_slot(1);
    }

    fn end_slot(&mut self, at: usize) {
        self.raised = None;
        let slot = &mut self.slots[at];
        slot.gap = None;
        if slot.raw.draft.is_empty() {
            return;
        }
        let slot = std::mem::take(slot);
        if slot.raw.draft.text.trim().is_empty() {
            return;
        }
        let all_small = slot.small * 10 >= slot.raw.draft.text.len() * 9;
        let mut raw = slot.raw;
        if all_small && self.after_image && raw.kind == BlockKind::Paragraph && raw.place.is_none() {
            raw.kind = BlockKind::Caption;
        }
        if !raw.hidden {
            self.after_image = false;
        }
        if let Some(place) = raw.place
            && let Some(table) = self.built.tables.get_mut(place.table as usize)
        {
            table.fill(place.column);
        }
        match slot.pre {
            Pre::No => self.built.blocks.push(raw),
            Pre::Code => self.built.blocks.push(Raw { kind: BlockKind::Code, place: None, ..raw }),
            Pre::Text => self.end_pre(raw),
        }
    }

    /// Preformatted text that is no code is read as plain text.
    fn end_pre(&mut self, raw: Raw) {
        let first = self.built.tables.len() as u32;
        for (kind, inner) in plain::drafts(&raw.draft.text) {
            let mut block =
                Raw { draft: through(&raw.draft, inner), spoken: Vec::new(), ..raw.clone_frame() };
            match kind {
                BlockKind::TableCell { table, row, column } if raw.place.is_none() => {
                    while self.built.tables.len() <= (first + table) as usize {
                        self.built.tables.push(Table::default());
                    }
                    block.place = Some(Place { table: first + table, row, column });
                    self.built.tables[(first + table) as usize].fill(column);
                }
                BlockKind::Boilerplate => block.kind = kind,
                _ => {}
            }
            self.built.blocks.push(block);
        }
    }

    /// Everything found, once all elements are closed.
    pub(super) fn finish(mut self) -> Built {
        self.close_to(0);
        self.end_block();
        self.built
    }
}

impl Raw {
    /// All but the text.
    fn clone_frame(&self) -> Raw {
        Raw { draft: Draft::default(), spoken: Vec::new(), ..*self }
    }
}

impl State {
    fn in_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

impl Slot {
    fn begin(&mut self, state: &State) {
        self.gap = None;
        self.pre = state.pre;
        self.raw.kind = state.kind;
        self.raw.place = state.place;
        self.raw.declared = state.declared;
        self.raw.side = state.side;
        self.raw.hidden = state.hidden;
        self.raw.region = state.region;
    }

    /// Takes back what stands from a place on if it is the mark of a note.
    fn drop_note(&mut self, from: usize) {
        let draft = &mut self.raw.draft;
        let (before, mark) = draft.text.split_at(from);
        if before.is_empty() || mark.is_empty() || !is_note_mark(before, mark.trim()) {
            return;
        }
        let spaced = mark.starts_with(char::is_whitespace);
        draft.truncate(from);
        self.raw.spoken.truncate(self.raw.spoken.partition_point(|(part, _)| part.end <= from));
        self.small = self.small.min(from);
        if spaced && self.gap.is_none() {
            self.gap = Some((Gap::Space { newline: false, plain: false }, None));
        }
    }

    /// Writes the white space before the text that comes now.
    fn fill_gap(&mut self, text: &str) {
        let Some((gap, source)) = self.gap.take() else { return };
        let draft = &mut self.raw.draft;
        match gap {
            Gap::Breaks(_) => draft.push_decoded("\n", source),
            Gap::Soft => draft.push_decoded(SOFT_BREAK.encode_utf8(&mut [0; 4]), source),
            Gap::Space { newline, plain } => {
                let seamless = newline
                    && draft
                        .text
                        .chars()
                        .next_back()
                        .zip(text.chars().next())
                        .is_some_and(|(a, b)| lines::is_seamless(a, b));
                match source {
                    _ if seamless => {}
                    Some(span) if plain && span.len() == 1 => draft.push(" ", Some(span.start)),
                    _ => draft.push_decoded(" ", source),
                }
            }
        }
    }
}

impl Gap {
    /// Both gaps together: the stronger one, and no longer a plain space.
    fn and(self, next: Gap) -> Gap {
        match (self, next) {
            (Gap::Breaks(a), Gap::Breaks(b)) => Gap::Breaks(a.saturating_add(b)),
            (Gap::Breaks(a), _) | (_, Gap::Breaks(a)) => Gap::Breaks(a),
            (Gap::Soft, _) | (_, Gap::Soft) => Gap::Soft,
            (Gap::Space { newline: a, .. }, Gap::Space { newline: b, .. }) => {
                Gap::Space { newline: a || b, plain: false }
            }
        }
    }
}

/// First bytes of characters that are white space or dropped.
const MAY_BE_SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte <= 0x20 {
        table[byte] = true;
        byte += 1;
    }
    (table[0x7F], table[0xC2], table[0xE2], table[0xEF]) = (true, true, true, true);
    table
};

/// The gap that a character of white space makes; none for the ideographic space, which is a character.
fn gap_of(c: char) -> Option<Gap> {
    match c {
        ' ' => Some(Gap::Space { newline: false, plain: true }),
        '\t' | '\u{A0}' | '\u{202F}' => Some(Gap::Space { newline: false, plain: false }),
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' => Some(Gap::Space { newline: true, plain: false }),
        '\u{2028}' | '\u{2029}' => Some(Gap::Breaks(1)),
        _ => None,
    }
}

/// Whether a superscript is the mark of a note: something short in square brackets, or numbers behind the end of a
/// sentence. Elsewhere a number may be a power, belong to an isotope (`、¹³C`) or be the smaller half of a time or a
/// price (`5.⁹⁹`), and stays.
fn is_note_mark(before: &str, mark: &str) -> bool {
    const LONGEST: usize = 8;
    if mark.starts_with(['[', '［', '〔']) && mark.ends_with([']', '］', '〕']) {
        let mut notes = mark.split([']', '］', '〕']).map(|note| note.trim_start_matches(['[', '［', '〔']));
        return notes.all(|note| note.chars().count() <= LONGEST);
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, '①'..='⒇' | ',' | '，' | '、' | '-' | '–' | ' ');
    let ended = before.strip_suffix(['.', '?', '"', '”', '」', '』', '…', '。', '！', '？']);
    mark.chars().all(number) && ended.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit()))
}

/// Adds a part to ordered disjoint parts.
fn mark(ranges: &mut Vec<Range<usize>>, part: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == part.start => last.end = part.end,
        _ => ranges.push(part),
    }
}

/// A draft whose pieces point into another draft's text, as one that points into the other's source.
fn through(outer: &Draft, inner: Draft) -> Draft {
    let mut draft = Draft::default();
    for (k, piece) in inner.pieces.iter().enumerate() {
        let end = inner.pieces.get(k + 1).map_or(inner.text.len(), |next| next.at);
        if end - piece.at == piece.len
            && inner.text[piece.at..end] == outer.text[piece.source..piece.source + piece.len]
        {
            draft.push_part(outer, piece.source..piece.source + piece.len);
        } else {
            draft.push_decoded(
                &inner.text[piece.at..end],
                outer.source(piece.source..piece.source + piece.len),
            );
        }
    }
    draft
}

/// FNV-1a, never 0.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
        | 1
}
