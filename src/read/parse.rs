//! Parses HTML with html5ever under limits that keep its cost in proportion to the size of the page.
//!
//! The HTML standard's algorithm walks the stack of open elements for many tags, rebuilds unclosed formatting
//! elements in every paragraph, and compares each attribute of a tag with all before it, so that nesting
//! bombs take quadratic time. A filter between tokenizer and tree builder bounds both stacks, and a scan
//! before them the attributes. What is left out is markup, never text.

use super::comments;
use super::element::Role;
use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Open elements at most, formatting elements to be rebuilt included. Browsers stop at 512; pages made by
/// people stay below a hundred.
const DEPTH: usize = 400;
/// Start tags between two looks at the depth, which takes as many steps as there are open elements.
const LOOK_EVERY: usize = 32;
/// Unclosed formatting elements (`b`, `font`) at most, each of which every new paragraph rebuilds.
const FORMATTING: usize = 8;
/// Attributes of a tag at most.
const ATTRIBUTES: usize = 128;
/// Nodes at most, at some 150 bytes each: beyond them only text is kept.
const NODES: usize = 4_000_000;
/// The `html` and `body` tags of a page at most; each further one adds attributes to the first.
const ROOTS: usize = 8;

/// The tree of a page, and what was left out of it.
pub(super) fn parse(text: &str) -> (Html, Vec<String>) {
    // With scripting on, as browsers have it, `noscript` holds no elements.
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Filter::new(builder), Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&bound_attributes(text)));
    // It stops at scripts and at declarations of the encoding, none of which matter here.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let filter = tokenizer.sink;
    let notices = filter.notices();
    (filter.builder.sink.0.into_inner(), notices)
}

struct Filter {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// Start tags let through since the depth was last looked at.
    started: Cell<usize>,
    depth: Cell<usize>,
    formatting: RefCell<HashMap<LocalName, usize>>,
    formatting_total: Cell<usize>,
    /// Start tags left out whose end tags are still to come.
    dropped: RefCell<HashMap<LocalName, usize>>,
    dropped_deep: Cell<usize>,
    /// Comments that hold sentences.
    comments: Cell<usize>,
    roots: Cell<usize>,
    full: Cell<bool>,
}

impl Filter {
    fn new(builder: TreeBuilder<NodeId, HtmlTreeSink>) -> Self {
        Filter {
            builder,
            started: Cell::new(0),
            depth: Cell::new(0),
            formatting: RefCell::default(),
            formatting_total: Cell::new(0),
            dropped: RefCell::default(),
            dropped_deep: Cell::new(0),
            comments: Cell::new(0),
            roots: Cell::new(0),
            full: Cell::new(false),
        }
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.dropped_deep.get() > 0 {
            notices.push(format!(
                "elements are nested deeper than {DEPTH}; the tags beyond were left out, their text was kept"
            ));
        }
        if self.full.get() {
            notices.push(format!(
                "the page has more than {NODES} elements; the tags beyond were left out, their text was kept"
            ));
        }
        notices.extend(comments::notice(self.comments.get()));
        notices
    }

    /// Whether a start tag may go to the tree builder.
    fn admits(&self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if matches!(name, "html" | "body" | "frameset") {
            self.roots.set(self.roots.get() + 1);
            return self.roots.get() <= ROOTS;
        }
        // The content of these is no markup, which the tokenizer must be told.
        if matches!(
            name,
            "script"
                | "style"
                | "textarea"
                | "title"
                | "xmp"
                | "iframe"
                | "noembed"
                | "noframes"
                | "plaintext"
        ) {
            return true;
        }
        if self.full.get() {
            return false;
        }
        if is_formatting(name) {
            if self.formatting_total.get() >= FORMATTING {
                return false;
            }
            self.formatting_total.set(self.formatting_total.get() + 1);
            *self.formatting.borrow_mut().entry(tag.name.clone()).or_default() += 1;
        }
        self.started.set(self.started.get() + 1);
        if self.started.get() >= LOOK_EVERY {
            self.look();
        }
        let fits = self.depth.get() < DEPTH || Role::is_void(name);
        self.dropped_deep.set(self.dropped_deep.get() + usize::from(!fits));
        fits
    }

    fn look(&self) {
        let counter = Counter::default();
        self.builder.trace_handles(&counter);
        self.depth.set(counter.0.get());
        self.started.set(0);
        self.full.set(self.builder.sink.0.borrow().tree.nodes().len() > NODES);
    }

    fn end(&self, name: &LocalName) -> bool {
        if let Some(count) = self.dropped.borrow_mut().get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return false;
        }
        if let Some(count) = self.formatting.borrow_mut().get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.formatting_total.set(self.formatting_total.get() - 1);
        }
        // While the stack is full, every end tag may have made room.
        if self.depth.get() >= DEPTH {
            self.started.set(self.started.get() + 1);
            if self.started.get() >= LOOK_EVERY {
                self.look();
            }
        }
        true
    }
}

/// Counts the elements that the tree builder has in hand.
#[derive(Default)]
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for Filter {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match &token {
            Token::CommentToken(comment) => {
                self.comments.set(self.comments.get() + usize::from(comments::speaks(comment)));
                return TokenSinkResult::Continue;
            }
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if tag.kind == TagKind::StartTag && !self.admits(tag) => {
                if !Role::is_void(&tag.name) && !tag.self_closing {
                    *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                // The border of a block still parts words.
                let parts = Role::of(&tag.name).is_block() || &*tag.name == "br";
                return if parts { self.space(line) } else { TokenSinkResult::Continue };
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag && !self.end(&tag.name) => {
                return if Role::of(&tag.name).is_block() {
                    self.space(line)
                } else {
                    TokenSinkResult::Continue
                };
            }
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Filter {
    fn space(&self, line: u64) -> TokenSinkResult<NodeId> {
        self.builder.process_token(Token::CharacterTokens(StrTendril::from_slice("\n")), line)
    }
}

/// Elements that the standard opens again in every block until they are closed. `a` is not among them: a
/// second one closes the first.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// The text without the attributes that a tag has too many of. Linear, and a copy only where there are such.
fn bound_attributes(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(k) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let start = at + k;
        at = if bytes[start..].starts_with(b"<!--") {
            memchr::memmem::find(&bytes[start..], b"-->").map_or(bytes.len(), |k| start + k)
        } else if bytes.get(start + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/') {
            let (end, cut) = scan_tag(bytes, start + 1);
            cuts.extend(cut.map(|from| (from, end)));
            after_raw_text(bytes, start + 1, end)
        } else {
            start + 1
        };
    }
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in cuts {
        out.push_str(&text[from..start]);
        from = end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Where a tag ends (at its `>`), and where its attributes become too many.
fn scan_tag(bytes: &[u8], name: usize) -> (usize, Option<usize>) {
    let skip = |mut at: usize, stop: fn(u8) -> bool| {
        while at < bytes.len() && !stop(bytes[at]) {
            at += 1;
        }
        at
    };
    let mut at = skip(name + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    let (mut count, mut cut) = (0, None);
    loop {
        at = skip(at, |b| !b.is_ascii_whitespace() && b != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return (at.min(bytes.len()), cut);
        }
        count += 1;
        if count == ATTRIBUTES + 1 {
            cut = Some(at);
        }
        at = skip(at + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
        let value = skip(at, |b| !b.is_ascii_whitespace());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, |b| !b.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                memchr::memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |k| at + 1 + k + 1)
            }
            _ => skip(at, |b| b.is_ascii_whitespace() || b == b'>'),
        };
    }
}

/// Behind a tag, or, where its content is no markup, before its end tag.
fn after_raw_text(bytes: &[u8], name: usize, end: usize) -> usize {
    const RAW: [&[u8]; 8] =
        [b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes"];
    let is = |at: usize, of: &[u8]| {
        bytes.get(at..at + of.len()).is_some_and(|it| it.eq_ignore_ascii_case(of))
            && !bytes.get(at + of.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    let Some(raw) = RAW.iter().find(|raw| is(name, raw)) else { return end };
    memchr::memchr_iter(b'<', &bytes[end..])
        .map(|k| end + k)
        .find(|&k| bytes.get(k + 1) == Some(&b'/') && is(k + 2, raw))
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_bounded() {
        let many: String = (0..1000).map(|k| format!(" a{k}='>'")).collect();
        let page = format!("<p{many} class=x>text</p>");
        let bounded = bound_attributes(&page);
        assert!(bounded.len() < 2000 && bounded.ends_with(">text</p>"));
        let script = format!("<script>if (a<b \" {many} </script><p>text</p>");
        assert_eq!(bound_attributes(&script), script);
        assert!(matches!(bound_attributes("<p a=b>c</p> a < b <"), Cow::Borrowed(_)));
    }
}
