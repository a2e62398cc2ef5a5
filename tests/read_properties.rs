//! Reading: what holds for any bytes and any text.
#![cfg(feature = "read")]

use duizhao::read::{Options, read_bytes, read_str};
use duizhao::{Article, Block, Format};
use proptest::prelude::*;

/// Scraps out of which strings like HTML and Markdown are made.
const SCRAPS: &[&str] = &[
    "<p>",
    "</p>",
    "<div hidden>",
    "</div>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td colspan=3>",
    "<th rowspan='2'>",
    "</table>",
    "<br>",
    "<br/>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<ul>",
    "<li>",
    "</ul>",
    "<a href='#x'>",
    "</a>",
    "<span lang=zh>",
    "<span lang=\"en\">",
    "</span>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<nav>",
    "</nav>",
    "<small>",
    "</small>",
    "<img src=x>",
    "<sup>",
    "</sup>",
    "<form>",
    "<template>",
    "<svg>",
    "</svg>",
    "<math>",
    "<select>",
    "<noscript>",
    "<body class=nav>",
    "<html lang=ja>",
    "<",
    ">",
    "</",
    "<a b=\"",
    "'",
    "\"",
    "&amp;",
    "&#20013;",
    "&#x0;",
    "&nbsp;",
    "&",
    ";",
    "&notit;",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "    ",
    "\t",
    "   ",
    "* ",
    "- ",
    "1. ",
    "> ",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "```",
    "~~~",
    "|",
    "| a | b |\n|---|---|\n",
    "---",
    "===",
    "[",
    "]",
    "](http://a/)",
    "![",
    "[^1]",
    "[^1]: ",
    "\\",
    "  \n",
    "春天",
    "来了。",
    "“花”",
    "，",
    "Spring ",
    "has come. ",
    "x",
    "3",
    "\u{3000}",
    "\u{a0}",
    "\u{ad}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{b}",
    "\u{c}",
    "\u{1b}",
    "é",
    "😀",
    "- 12 -",
];

fn scraps() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SCRAPS), 0..60).prop_map(|parts| parts.concat())
}

/// What holds for every article.
fn check(article: &Article) {
    for block in &article.blocks {
        assert!(!block.text.trim().is_empty(), "an empty block");
        assert!((0.0..=1.0).contains(&block.link_density));
        let odd = block.text.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(odd, None, "{:?}", block.text);
        check_pieces(article, block);
    }
}

/// Pieces cover the text in order, stand in the source in order, and hold the same text, unless they stand
/// for white space, or for a single character that was written as an entity or escape.
fn check_pieces(article: &Article, block: &Block) {
    let (mut at, mut source) = (0, 0);
    for (k, piece) in block.pieces.iter().enumerate() {
        let end = block.pieces.get(k + 1).map_or(block.text.len(), |next| next.at);
        assert_eq!(piece.at, at, "{block:?}");
        assert!(piece.source >= source && end > piece.at, "{block:?}");
        let text = &block.text[piece.at..end];
        let there =
            article.text.get(piece.source..piece.source + piece.len).expect("a piece cuts a character");
        let decoded = text.trim().is_empty()
            || there.starts_with('&')
            || there.starts_with('\\')
            || there.contains('\0');
        assert!(text == there || decoded, "{text:?} is {there:?} in the source");
        (at, source) = (end, piece.source + piece.len);
    }
    assert_eq!(at, block.text.len(), "{block:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(article) = read_bytes(&bytes, &Options::default()) {
            check(&article);
        }
    }

    #[test]
    fn any_bytes_in_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..200), label in prop::sample::select(vec![
        "utf-8", "gbk", "big5", "utf-16le", "utf-16be", "shift_jis", "windows-1252", "iso-2022-jp",
    ])) {
        let article = read_bytes(&bytes, &Options::default().encoding(label)).unwrap();
        check(&article);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            check(&read_str(&text, &Options::default().format(format)));
        }
    }

    #[test]
    fn any_markup(text in scraps()) {
        check(&read_str(&text, &Options::default()));
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            let article = read_str(&text, &Options::default().format(format));
            check(&article);
            prop_assert_eq!(&article, &read_str(&text, &Options::default().format(format)));
        }
    }

    #[test]
    fn utf16_and_gb18030_read_as_utf8_does(text in "[春天来了花开，。a-z ]{8,80}") {
        let text = format!("春天来了，{text}。\n");
        let plain = Options::default().format(Format::Plain);
        let expected = read_str(&text, &plain).blocks;
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(&read_bytes(&units, &plain).unwrap().blocks, &expected);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        prop_assert_eq!(&read_bytes(&bytes, &plain).unwrap().blocks, &expected);
    }

    /// Every character of plain text reaches a block; columns are read one after the other.
    #[test]
    fn plain_text_is_kept(text in "[春天来了。a-z0-9 \t\n\u{3000}|#<*-]{0,300}") {
        let article = read_str(&text, &Options::default().format(Format::Plain));
        let sorted = |text: &mut dyn Iterator<Item = char>| {
            let mut chars: Vec<char> = text.filter(|c| !c.is_whitespace()).collect();
            chars.sort_unstable();
            chars
        };
        let kept = sorted(&mut article.blocks.iter().flat_map(|block| block.text.chars()));
        prop_assert_eq!(kept, sorted(&mut text.chars()));
    }

    /// Every visible character of a page reaches a block, in order.
    #[test]
    fn visible_text_is_kept(parts in prop::collection::vec((prop::sample::select(vec![
        "p", "div", "b", "i", "span", "li", "h2", "section", "article", "nav", "footer", "aside", "td", "blockquote", "a", "small", "font",
    ]), "[春天a-z ]{1,8}"), 0..30)) {
        let mut page = String::from("<!doctype html><body>");
        let mut open = Vec::new();
        for (k, (tag, text)) in parts.iter().enumerate() {
            page.push_str(&format!("<{tag}>{text}"));
            open.push(tag);
            if k % 3 == 2 {
                for tag in open.drain(..).rev() {
                    page.push_str(&format!("</{tag}>"));
                }
            }
        }
        let article = read_str(&page, &Options::default());
        let kept: String = article.text.chars().filter(|c| !c.is_whitespace()).collect();
        let all: String = parts.iter().flat_map(|(_, text)| text.chars()).filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(kept, all, "{}", page);
    }
}
