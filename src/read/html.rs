//! HTML to blocks: walks the tree of the page without recursion and tells the builder what it meets.

use super::Options;
use super::build::Builder;
use super::element::Element;
use super::{parse, settle};
use crate::article::{Article, Block, BlockKind, Format, Piece};
use crate::error::{Error, ErrorKind, Result};
use crate::language::{Language, detect};
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, Selector};
use std::collections::HashMap;

/// A CSS selector.
///
/// # Errors
/// [`ErrorKind::Usage`] if it is none.
pub(super) fn selector(text: &str) -> Result<Selector> {
    Selector::parse(text)
        .map_err(|_| Error::new(ErrorKind::Usage, format!("{text:?} is not a valid CSS selector")))
}

/// Reads a page. Its text is the text of its blocks, a line each.
pub(super) fn read(text: &str, options: &Options) -> Article {
    let (html, mut notices) = parse::parse(text);
    let mut builder = Builder::default();
    let sides = Sides::new(options, &mut notices);
    let matched = sides.matched(&html, &mut notices);
    walk(&html, &mut builder, &matched);
    let mut blocks = settle::blocks(builder.finish());
    sides.apply(&mut blocks);
    let text = join(&mut blocks);
    Article { text, format: Format::Html, encoding: "UTF-8".into(), blocks, notices }
}

/// Goes through the tree in order.
fn walk(html: &Html, builder: &mut Builder, sides: &HashMap<NodeId, Language>) {
    let mut node = html.tree.root();
    // For each open node the depth to close it to.
    let mut open: Vec<usize> = Vec::new();
    loop {
        open.push(enter(node, builder, sides));
        let mut next = node.first_child();
        while next.is_none() {
            let Some(depth) = open.pop() else { return };
            builder.close_to(depth);
            next = node.next_sibling();
            match (next.is_some(), node.parent()) {
                (false, Some(parent)) => node = parent,
                (false, None) => return,
                _ => {}
            }
        }
        let Some(found) = next else { return };
        node = found;
    }
}

/// Tells the builder of a node; returns the depth to close it to.
fn enter(node: NodeRef<'_, Node>, builder: &mut Builder, sides: &HashMap<NodeId, Language>) -> usize {
    match node.value() {
        Node::Element(element) => {
            let mut found = Element::new(element.name());
            for (name, value) in element.attrs() {
                found.set(name, value);
            }
            found.side = sides.get(&node.id()).copied();
            builder.open(&found, None)
        }
        Node::Text(text) => {
            builder.text(text, None);
            builder.depth()
        }
        _ => builder.depth(),
    }
}

/// The selectors of the caller.
struct Sides {
    selectors: Vec<(Selector, Language)>,
}

impl Sides {
    fn new(options: &Options, notices: &mut Vec<String>) -> Self {
        let asked = [(&options.zh_selector, Language::Chinese), (&options.en_selector, Language::English)];
        let mut selectors = Vec::new();
        for (text, side) in asked.into_iter().filter_map(|(text, side)| Some((text.as_ref()?, side))) {
            match selector(text) {
                Ok(found) => selectors.push((found, side)),
                Err(error) => notices.push(format!("{error}; it was passed over")),
            }
        }
        Sides { selectors }
    }

    fn matched(&self, html: &Html, notices: &mut Vec<String>) -> HashMap<NodeId, Language> {
        let mut matched = HashMap::new();
        for (selector, side) in &self.selectors {
            let before = matched.len();
            matched.extend(html.select(selector).map(|element| (element.id(), *side)));
            if matched.len() == before {
                notices.push(format!("the selector for {side:?} matches no element of the page"));
            }
        }
        matched
    }

    /// Sets apart what no selector asks for.
    fn apply(&self, blocks: &mut [Block]) {
        let asked: Vec<Language> = self.selectors.iter().map(|(_, side)| *side).collect();
        for block in blocks.iter_mut() {
            match block.side {
                Some(side) => {
                    block.declared = Some(side);
                    if block.kind == BlockKind::Boilerplate {
                        block.kind = BlockKind::Paragraph;
                    }
                }
                None if asked.len() == 2 => block.kind = BlockKind::Boilerplate,
                None if asked
                    .first()
                    .is_some_and(|side| block.declared.or_else(|| detect(&block.text)) == Some(*side)) =>
                {
                    block.kind = BlockKind::Boilerplate;
                }
                None => {}
            }
        }
    }
}

/// Writes the blocks below each other, and gives each its place.
fn join(blocks: &mut [Block]) -> String {
    let mut text = String::with_capacity(blocks.iter().map(|block| block.text.len() + 1).sum());
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        block.pieces = vec![Piece { at: 0, source: text.len(), len: block.text.len() }];
        text.push_str(&block.text);
    }
    text
}
