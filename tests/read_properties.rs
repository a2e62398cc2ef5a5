//! Reading: what holds for any bytes and any text.
#![cfg(all(feature = "lexicon", feature = "read"))]

mod scraps;
mod targets;

use duizhao::Format;
use duizhao::read::{Options, read_bytes, read_str};
use proptest::prelude::*;
use scraps::markup;
use targets::texts::check_article;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(article) = read_bytes(&bytes, &Options::default()) {
            check_article(&article);
        }
    }

    #[test]
    fn any_bytes_in_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..200), label in prop::sample::select(vec![
        "utf-8", "gbk", "big5", "utf-16le", "utf-16be", "shift_jis", "windows-1252", "iso-2022-jp",
    ])) {
        let article = read_bytes(&bytes, &Options::default().encoding(label)).unwrap();
        check_article(&article);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            check_article(&read_str(&text, &Options::default().format(format)));
        }
    }

    #[test]
    fn any_markup(text in markup()) {
        check_article(&read_str(&text, &Options::default()));
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            let article = read_str(&text, &Options::default().format(format));
            check_article(&article);
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

    /// Every character of plain text reaches a block, but for hyphens that divide a word at the end of a line; columns are
    /// read one after the other.
    #[test]
    fn plain_text_is_kept(text in "[春天来了。a-z0-9 \t\n\u{3000}|#<*-]{0,300}") {
        let article = read_str(&text, &Options::default().format(Format::Plain));
        let sorted = |text: &mut dyn Iterator<Item = char>| {
            let mut chars: Vec<char> = text.filter(|c| !c.is_whitespace() && *c != '-').collect();
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
