//! Markdown to blocks: CommonMark with tables, footnotes and strikethrough, and with the HTML in it.
//!
//! `pulldown-cmark` gives events with their places in the source; the builder that HTML goes through puts
//! the blocks together, so that HTML and Markdown may stand in each other.

use super::build::Builder;
use super::element::Element;
use super::tags::Scrap;
use super::{comments, emphasis, lines, settle};
use crate::article::{Article, Block, BlockKind, Format};
use crate::language::{Language, Scripts};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Reads a Markdown text, into which the pieces of the blocks point.
pub(super) fn read(text: &str) -> Article {
    let (blocks, comments) = blocks(text);
    Article {
        text: text.into(),
        format: Format::Markdown,
        encoding: "UTF-8".into(),
        blocks,
        notices: comments::notice(comments).into_iter().collect(),
    }
}

/// The blocks, and how many comments hold sentences.
fn blocks(text: &str) -> (Vec<Block>, usize) {
    let body = front_matter(text).unwrap_or(0);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let parsed = shield(&text[body..]);
    let mut reader = Reader {
        text,
        told: told(&parsed, options).into_iter().map(|start| start + body).collect(),
        builder: Builder::default(),
        open: Vec::new(),
        scrap: Scrap::default(),
        images: 0,
        in_callout: false,
        rows: None,
    };
    for (event, range) in Parser::new_ext(&parsed, options).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    let comments = reader.scrap.comments;
    let mut built = reader.builder.finish();
    for raw in &mut built.blocks {
        if raw.kind != BlockKind::Code {
            emphasis::strip(raw, text);
        }
    }
    (settle::blocks(built), comments)
}

/// Where the text begins after front matter: lines between `---` (or `+++`) at the very top, of which the
/// first looks like a setting.
pub(super) fn front_matter(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut at = first.len();
    let mut settings = 0;
    for line in lines {
        at += line.len();
        let bare = line.trim_end();
        if bare == fence || bare == "..." && fence == "---" {
            return (settings > 0).then_some(at);
        }
        let is_setting = bare.split_once([':', '=']).is_some_and(|(key, _)| {
            !key.is_empty()
                && key.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"'))
        });
        if settings == 0 && !is_setting && !bare.is_empty() && !bare.starts_with('#') {
            return None;
        }
        settings += usize::from(is_setting);
    }
    None
}

struct Reader<'a> {
    text: &'a str,
    /// Where the fences are that hold prose, in order.
    told: Vec<usize>,
    builder: Builder,
    /// For each open tag the depth to close it to.
    open: Vec<usize>,
    /// The HTML block being read.
    scrap: Scrap,
    /// How many pictures are open: their text is an alternative to seeing them.
    images: usize,
    /// Whether the line opens a callout.
    in_callout: bool,
    /// The paragraph being read, if its lines are rows.
    rows: Option<Rows>,
}

/// A paragraph of rows: how deep its table is, and how many tags are open in it outside all others.
#[derive(Debug, Clone, Copy)]
struct Rows {
    depth: usize,
    open: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Html(_) => self.html(range),
            Event::InlineHtml(_) => {
                self.html(range);
                self.scrap.read(&mut self.builder);
            }
            _ if self.images > 0 => {}
            Event::Text(text) => self.cells(&text, range),
            Event::Code(code) => self.code(&code, range),
            Event::SoftBreak | Event::HardBreak if self.rows.is_some() => self.row(),
            Event::SoftBreak if self.in_callout => self.part(),
            Event::SoftBreak => self.builder.soft_break(range.into()),
            Event::HardBreak => self.builder.line_break(Some(range.into())),
            Event::Rule => self.part(),
            _ => {}
        }
    }

    /// Takes the source rather than the event's text, whose line ends are changed.
    fn html(&mut self, range: Range<usize>) {
        self.scrap.push(&self.text[range.clone()], range.start);
    }

    /// Ends the block.
    fn part(&mut self) {
        self.in_callout = false;
        let depth = self.builder.open_kind(None);
        self.builder.close_to(depth);
    }

    /// Begins a row.
    fn row(&mut self) {
        let Some(Rows { depth, .. }) = self.rows else { return };
        self.builder.close_to(depth + 1);
        self.builder.open_own(&Element::new("tr"), None);
        self.builder.open_own(&Element::new("td"), None);
    }

    /// Text, which in a row is parted into cells.
    fn cells(&mut self, text: &str, range: Range<usize>) {
        let here = self.rows.filter(|rows| rows.open == self.open.len());
        let Some(Rows { depth, .. }) = here.filter(|_| self.text.get(range.clone()) == Some(text)) else {
            return self.words(text, range);
        };
        let mut at = range.start;
        for (k, cell) in text.split('|').enumerate() {
            if k > 0 {
                self.builder.close_to(depth + 2);
                self.builder.open_own(&Element::new("td"), None);
            }
            self.words(cell, at..at + cell.len());
            at += cell.len() + 1;
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let before = self.text[..range.start].trim_end_matches([' ', '\t', '>']);
        if (before.is_empty() || before.ends_with('\n'))
            && let Some(title) = callout(written)
        {
            self.part();
            self.in_callout = true;
            self.builder.text(&written[title.clone()], Some(range.start + title.start));
        } else if is_same(written, text) {
            self.builder.text(written, Some(range.start));
        } else {
            self.builder.decoded(text, Some(range.into()));
        }
    }

    /// A code span. Its line ends became spaces, and marks of quotations may stand behind them in the source,
    /// so it is found there word by word.
    fn code(&mut self, code: &str, range: Range<usize>) {
        let mut at = range.start;
        for (k, word) in code.split(' ').enumerate() {
            let found = self.text[at..range.end].find(word).map_or(range.end, |k| at + k);
            if k > 0 {
                self.builder.decoded(" ", Some(Span::new(at, found.max(at))));
            }
            let end = (found + word.len()).min(range.end);
            self.builder.code(word, Some(Span::new(found, end)));
            at = end;
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match &tag {
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::HtmlBlock | Tag::DefinitionList => None,
            Tag::Heading { level, .. } => Some(BlockKind::Heading(number(*level))),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => Some(BlockKind::ListItem),
            Tag::FootnoteDefinition(_) => Some(BlockKind::Footnote),
            Tag::CodeBlock(CodeBlockKind::Indented) if is_prose(&self.text[range.clone()]) => None,
            Tag::CodeBlock(_) if self.told.binary_search(&range.start).is_err() => Some(BlockKind::Code),
            _ => return self.start_inline(tag, range),
        };
        let depth = match tag {
            // The elements that a scrap of HTML opens stay open behind it.
            Tag::HtmlBlock => {
                let depth = self.builder.open_kind(None);
                self.builder.close_to(depth);
                usize::MAX
            }
            _ => self.builder.open_kind(kind),
        };
        self.open.push(depth);
        if tag == Tag::Paragraph && are_rows(&self.text[range]) {
            let depth = self.builder.open_own(&Element::new("table"), None);
            self.rows = Some(Rows { depth, open: self.open.len() });
            self.row();
        }
    }

    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let name = match &tag {
            Tag::Table(_) => "table",
            Tag::TableHead | Tag::TableRow => "tr",
            Tag::TableCell => "td",
            Tag::CodeBlock(_) => "pre",
            Tag::Link { .. } => "a",
            Tag::Image { .. } => {
                self.images += 1;
                "img"
            }
            _ => "span",
        };
        let depth = self.builder.open_own(&Element::new(name), Some(range.into()));
        self.open.push(depth);
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::Paragraph {
            (self.in_callout, self.rows) = (false, None);
        }
        if tag == TagEnd::Image {
            self.images = self.images.saturating_sub(1);
        }
        if tag == TagEnd::HtmlBlock {
            self.scrap.read(&mut self.builder);
        }
        if let Some(depth) = self.open.pop() {
            self.builder.close_to(depth);
        }
    }
}

/// The text with `!!!` for the colons of callouts, which would begin a definition.
fn shield(text: &str) -> Cow<'_, str> {
    let mut shielded = Cow::Borrowed(text);
    for (at, _) in text.match_indices("\n:::") {
        let line = text[at + 1..].lines().next().unwrap_or_default();
        if callout(line).is_some() {
            shielded.to_mut().replace_range(at + 1..at + 4, "!!!");
        }
    }
    shielded
}

/// Whether a text is what stands in the source, but for what shields it.
fn is_same(written: &str, text: &str) -> bool {
    let same = |(written, text): (u8, u8)| written == text || (written, text) == (b':', b'!');
    written.len() == text.len() && written.bytes().zip(text.bytes()).all(same)
}

/// The title on a line that opens or closes a callout as the generators of documentation have it: `:::tip Title`, `:::`,
/// `@@@ note`, `@@@`, `!!! note "Title"`.
fn callout(line: &str) -> Option<Range<usize>> {
    const KINDS: [&str; 20] = [
        "abstract",
        "attention",
        "bug",
        "caution",
        "danger",
        "error",
        "example",
        "failure",
        "hint",
        "important",
        "info",
        "note",
        "question",
        "quote",
        "seealso",
        "success",
        "summary",
        "tip",
        "todo",
        "warning",
    ];
    let sign =
        ["::::", ":::", "@@@", "!!!", "???+", "???"].into_iter().find(|sign| line.starts_with(sign))?;
    let rest = line[sign.len()..].trim_start();
    let kind = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-').len();
    let (kind, tail) = rest.split_at(kind);
    let title = tail.trim();
    let colons = sign.starts_with([':', '@']);
    let quoted = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    let known = line[sign.len()..].starts_with(' ') && KINDS.contains(&kind);
    let is_callout = match kind {
        "" => colons && title.is_empty(),
        _ if colons => tail.is_empty() || tail.starts_with(' '),
        _ => known && (tail.is_empty() || quoted),
    };
    let end = line.trim_end().len();
    let quotes = usize::from(quoted);
    is_callout.then_some(end - title.len() + quotes..end - quotes)
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether the lines of a paragraph are rows of a table without the line that would make it one: two or more, each cut by
/// `|` into as many cells. All rows but the first, which may be a header, have cells in both languages, but none has a
/// cell with letters of both: that may be a line of two halves itself.
fn are_rows(paragraph: &str) -> bool {
    if !paragraph.contains('|') || paragraph.contains(['`', '\\', '<', '[']) {
        return false;
    }
    let lines = paragraph.lines().map(|line| line.trim_matches([' ', '\t', '>', '|']));
    let rows: Vec<Vec<Scripts>> = lines.map(|line| line.split('|').map(Scripts::count).collect()).collect();
    let (han, latin) = (|cell: &Scripts| cell.han > 0, |cell: &Scripts| cell.latin_letters > 0);
    let even =
        rows.iter().all(|row| row.len() == rows[0].len() && row.iter().all(|cell| han(cell) != latin(cell)));
    let both = |row: &Vec<Scripts>| row.iter().any(han) && row.iter().any(latin);
    rows.len() >= 2 && rows[0].len() >= 2 && even && rows[1..].iter().all(both)
}

/// Where the fences are that hold prose: paragraphs in Chinese, and such in English right before or behind one in Chinese
/// among the fences of its kind.
fn told(text: &str, options: Options) -> Vec<usize> {
    /// What is said of a fence that need not hold code.
    const KINDS: [&str; 6] = ["", "text", "txt", "plain", "plaintext", "quote"];
    if !text.contains("```") && !text.contains("~~~") {
        return Vec::new();
    }
    let mut fences: [Vec<(usize, Option<Language>)>; KINDS.len()] = Default::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event
            && let Some(kind) = KINDS.iter().position(|kind| info.trim().eq_ignore_ascii_case(kind))
        {
            fences[kind].push((range.start, fenced(&text[range])));
        }
    }
    let mut told = Vec::new();
    for fences in fences {
        let chinese = |at: usize| fences.get(at).is_some_and(|(_, of)| *of == Some(Language::Chinese));
        for (at, (start, language)) in fences.iter().enumerate() {
            let beside = || at.checked_sub(1).is_some_and(chinese) || chinese(at + 1);
            if chinese(at) || language.is_some() && beside() {
                told.push(*start);
            }
        }
    }
    told.sort_unstable();
    told
}

/// The language of the prose between fences, if that is what stands there: whole sentences, and none of the signs that
/// commands, data, drawings and tables are full of.
fn fenced(block: &str) -> Option<Language> {
    let bare = |line| str::trim_start_matches(line, [' ', '\t', '>']).trim_end();
    let lines = block.lines().skip(1).map(bare).filter(|line| !line.is_empty());
    let lines: Vec<&str> =
        lines.filter(|line| !line.starts_with("```") && !line.starts_with("~~~")).collect();
    let text = lines.join("\n");
    let scripts = Scripts::count(&text);
    let letters = scripts.han + scripts.kana + scripts.latin_letters;
    let sign = |c: char| {
        matches!(c, '{' | '}' | '[' | ']' | ';' | '=' | '<' | '>' | '$' | '\\' | '#' | '|' | '_' | '/')
    };
    let drawn = |c: char| matches!(c, '\t' | '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{25FF}');
    let begins = |line: &&str| {
        lines::begins_item(line)
            || line.starts_with(|c: char| c.is_alphabetic() || "“‘「『（《\"(".contains(c))
    };
    let prose = lines.iter().all(begins)
        && lines.last().is_some_and(|line| lines::ends_sentence(line))
        && text.chars().filter(|c| sign(*c)).count() * 50 <= letters
        && !text.contains(drawn)
        && !text.contains("   ");
    let ended =
        lines.iter().filter(|line| lines::ends_sentence(line) || line.ends_with(['，', '；', '：'])).count();
    let wrapped = scripts.latin_words >= 4 * lines.len()
        && text.starts_with(|c: char| c.is_uppercase() || "“\"".contains(c));
    match scripts.han {
        _ if !prose => None,
        0 => (scripts.kana == 0 && wrapped).then_some(Language::English),
        han => (han * 2 > letters && ended * 2 >= lines.len()).then_some(Language::Chinese),
    }
}

/// Whether indented lines are a paragraph that its author indented, and no code.
fn is_prose(text: &str) -> bool {
    let scripts = Scripts::count(text);
    let signs = text
        .chars()
        .filter(|c| matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '$' | '\\' | '#' | '|' | '_'))
        .count();
    let letters = scripts.han + scripts.kana + scripts.latin_letters;
    let sentence = text.trim_end().ends_with(['。', '！', '？', '”', '.', '!', '?', '"', '…', '：']);
    scripts.han * 2 > letters && signs * 20 <= letters
        || sentence && signs * 50 <= letters && scripts.latin_words >= 8
}
