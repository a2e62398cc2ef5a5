//! What an element of HTML means for the text: by its name, its attributes and its style.

use crate::language::Language;

/// What an element does to the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of a line: leaves no gap.
    Inline,
    /// Begins and ends a block.
    Block,
    Heading(u8),
    Item,
    Table,
    Row,
    Cell,
    Caption,
    /// Holds nothing that a reader sees as text.
    Skip,
    LineBreak,
    Rule,
    Image,
    Link,
    Superscript,
    Small,
    Code,
    Preformatted,
    /// The article, or the main part of the page.
    Article,
    Form,
    Navigation,
    Header,
    Footer,
    Aside,
    Button,
}

impl Role {
    pub(super) fn of(name: &str) -> Role {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading(name.as_bytes()[1] - b'0'),
            "p" | "div" | "section" | "body" | "html" | "blockquote" | "center" | "address" | "details"
            | "summary" | "dialog" | "figure" | "fieldset" | "hgroup" | "ul" | "ol" | "dl" | "menu"
            | "dir" | "listing" | "search" | "frameset" | "noframes" | "optgroup" | "legend" | "thead"
            | "tbody" | "tfoot" | "colgroup" => Role::Block,
            "li" | "dt" | "dd" => Role::Item,
            "table" => Role::Table,
            "tr" => Role::Row,
            "td" | "th" => Role::Cell,
            "figcaption" | "caption" => Role::Caption,
            "script" | "style" | "template" | "noscript" | "svg" | "head" | "title" | "textarea"
            | "select" | "option" | "datalist" | "iframe" | "frame" | "object" | "embed" | "applet"
            | "audio" | "video" | "canvas" | "map" | "rt" | "rp" | "rtc" | "annotation"
            | "annotation-xml" | "noembed" | "link" | "meta" | "base" | "param" | "source" | "track"
            | "input" | "progress" | "meter" => Role::Skip,
            "br" => Role::LineBreak,
            "hr" => Role::Rule,
            "img" | "picture" | "image" => Role::Image,
            "a" => Role::Link,
            "sup" => Role::Superscript,
            "small" => Role::Small,
            "code" | "samp" | "kbd" => Role::Code,
            "pre" | "xmp" | "plaintext" => Role::Preformatted,
            "article" | "main" => Role::Article,
            "form" => Role::Form,
            "nav" => Role::Navigation,
            "header" => Role::Header,
            "footer" => Role::Footer,
            "aside" => Role::Aside,
            "button" => Role::Button,
            _ => Role::Inline,
        }
    }

    /// Whether the text before and after the element belongs to different blocks.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Role::Inline
                | Role::Skip
                | Role::LineBreak
                | Role::Image
                | Role::Link
                | Role::Superscript
                | Role::Small
                | Role::Code
                | Role::Button
        )
    }

    /// Whether the element never has content, nor an end tag.
    pub(super) fn is_void(name: &str) -> bool {
        matches!(
            name,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "param"
                | "source"
                | "track"
                | "wbr"
        )
    }
}

/// An element with those of its attributes that matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) id: &'a str,
    pub(super) class: &'a str,
    pub(super) lang: Option<&'a str>,
    pub(super) style: &'a str,
    pub(super) role: &'a str,
    pub(super) href: &'a str,
    pub(super) hidden: bool,
    pub(super) open: bool,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    /// The side that a selector of the caller puts it on.
    pub(super) side: Option<Language>,
}

impl<'a> Element<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Element { name, colspan: 1, rowspan: 1, ..Element::default() }
    }

    /// Takes note of an attribute.
    pub(super) fn set(&mut self, name: &str, value: &'a str) {
        match name {
            "id" => self.id = value,
            "class" => self.class = value,
            "lang" | "xml:lang" if !value.trim().is_empty() => self.lang = Some(value),
            "style" => self.style = value,
            "role" => self.role = value,
            "href" => self.href = value,
            "hidden" => self.hidden = !value.eq_ignore_ascii_case("until-found"),
            "open" => self.open = true,
            "colspan" => self.colspan = value.trim().parse().unwrap_or(1).max(1),
            "rowspan" => self.rowspan = value.trim().parse().unwrap_or(1).max(1),
            _ => {}
        }
    }

    /// The language that `lang` declares.
    pub(super) fn language(&self) -> Option<Language> {
        let primary = self.lang?.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Some(match primary.as_str() {
            // Sinitic languages written in Chinese characters have codes of their own.
            "zh" | "chi" | "zho" | "cmn" | "yue" | "wuu" | "lzh" | "cn" => Language::Chinese,
            "en" | "eng" => Language::English,
            _ => Language::Other,
        })
    }

    /// Whether style or attribute hide it.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
            || self.name == "dialog" && !self.open
            || self.style_is("display", &["none"])
            || self.style_is("visibility", &["hidden", "collapse"])
    }

    /// Whether its style makes a block of it.
    pub(super) fn is_styled_block(&self) -> bool {
        self.style_is(
            "display",
            &["block", "flex", "grid", "list-item", "table", "table-cell", "table-row", "flow-root"],
        )
    }

    fn style_is(&self, property: &str, values: &[&str]) -> bool {
        !self.style.is_empty()
            && self.style.split(';').filter_map(|declaration| declaration.split_once(':')).any(
                |(name, value)| {
                    let value = value.trim().trim_end_matches("!important").trim_end();
                    name.trim().eq_ignore_ascii_case(property)
                        && values.iter().any(|it| value.eq_ignore_ascii_case(it))
                },
            )
    }

    /// Whether a class or the id has one of these words in it, as `share` stands in `post-share` and `shareBar`.
    pub(super) fn is_called(&self, words: &[&str]) -> bool {
        let names = self.class.split_ascii_whitespace().chain([self.id]);
        // A page does not put more than a handful of names on an element.
        names
            .take(16)
            .any(|name| name_words(name).any(|word| words.iter().any(|it| word.eq_ignore_ascii_case(it))))
    }

    /// Whether its names say that it holds a caption of a picture.
    pub(super) fn is_caption(&self) -> bool {
        self.is_called(&["caption", "figcaption", "imgcaption", "photocaption"])
    }

    /// Whether it holds footnotes.
    pub(super) fn is_footnote(&self) -> bool {
        matches!(self.role, "doc-footnote" | "doc-endnote" | "doc-endnotes")
            || self.is_called(&["footnote", "footnotes", "endnotes"])
    }

    /// Whether it only refers to a footnote, or back from one, or to where a section can be edited.
    pub(super) fn is_reference(&self) -> bool {
        matches!(self.role, "doc-noteref" | "doc-backlink")
            || self.name == "sup"
                && (self.is_called(&["reference", "noteref", "fnref"]) || self.id.starts_with("fnref"))
            || self.name == "span" && self.is_called(&["editsection"])
            || self.name == "a" && self.is_called(&["noteref", "fnref", "backref", "reversefootnote"])
    }

    /// Whether role or names say that it stands around the article.
    pub(super) fn is_around(&self) -> bool {
        const ROLES: [&str; 11] = [
            "navigation",
            "banner",
            "contentinfo",
            "complementary",
            "search",
            "menu",
            "menubar",
            "toolbar",
            "tablist",
            "alertdialog",
            "dialog",
        ];
        ROLES.contains(&self.role)
            || !self.class.is_empty() && self.is_called(AROUND)
            || !self.id.is_empty() && self.is_called(AROUND)
    }
}

/// Words in names of elements around an article.
const AROUND: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "menu",
    "sidebar",
    "share",
    "sharing",
    "social",
    "related",
    "recommend",
    "recommended",
    "pagination",
    "pager",
    "cookie",
    "cookies",
    "copyright",
    "ad",
    "ads",
    "advert",
    "advertisement",
    "newsletter",
    "subscribe",
    "subscription",
    "comments",
    "toolbar",
    "tags",
    "byline",
    "noprint",
    "skip",
    "footer",
    "topbar",
];

/// The words of a name: parted by hyphens, underscores, and capitals.
fn name_words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', ':']).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .char_indices()
                .skip(1)
                .find(|&(at, c)| {
                    c.is_ascii_uppercase() && rest[..at].ends_with(|before: char| before.is_ascii_lowercase())
                })
                .map_or(rest.len(), |(at, _)| at);
            let word = &rest[..end];
            rest = &rest[end..];
            Some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_words() {
        let words: Vec<_> = name_words("post-shareBar_XMLList").collect();
        assert_eq!(words, ["post", "share", "Bar", "XMLList"]);
    }

    #[test]
    fn attributes() {
        let with = |name, value| {
            let mut element = Element::new("div");
            element.set(name, value);
            element
        };
        assert_eq!(with("lang", "zh-Hant-TW").language(), Some(Language::Chinese));
        assert_eq!(with("lang", "en_US").language(), Some(Language::English));
        assert_eq!(with("lang", "ja").language(), Some(Language::Other));
        assert_eq!(with("lang", "").language(), None);
        assert!(with("style", "color:red; DISPLAY : none !important").is_hidden());
        assert!(!with("style", "display:inline").is_hidden());
        assert!(with("hidden", "").is_hidden());
        assert!(with("class", "entry post-share").is_around());
        assert!(!with("class", "shared-heading").is_around());
        assert!(with("class", "wp-caption-text").is_caption());
    }
}
