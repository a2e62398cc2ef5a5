//! Reading: documents made to be slow. Each must cost time in proportion to its size: a
//! quadratic one would not end.
//!
//! The sizes are those of a release build; a debug build reads a fiftieth. `cargo test --release --test
//! read_hostile -- --nocapture` prints size and time of each.
#![cfg(feature = "read")]

use duizhao::read::{Options, read_bytes};
use duizhao::{Article, Format};
use std::time::Instant;

const SCALE: usize = if cfg!(debug_assertions) { 50 } else { 1 };

fn read(what: &str, source: &str, format: Option<Format>) -> Article {
    let mut options = Options::default();
    options.format = format;
    let start = Instant::now();
    let article = read_bytes(source.as_bytes(), &options).unwrap();
    let took = start.elapsed();
    println!("{what}: {} kB, {} ms, {} blocks", source.len() / 1000, took.as_millis(), article.blocks.len());
    article
}

fn times(scrap: &str, count: usize) -> String {
    scrap.repeat(count / SCALE)
}

#[test]
fn html() {
    let html = |what: &str, source: String| read(what, &source, Some(Format::Html));
    let deep = html("nested div", times("<div>", 100_000) + "春天" + &times("</div>", 100_000));
    assert_eq!(deep.text, "春天");
    assert!(deep.notices[0].contains("nested deeper"));
    html("nested div with text", times("<div>a", 1_000_000));
    html("nested unknown", times("<x>", 1_000_000));
    html("nested span and b", times("<span><b>", 500_000));
    html("nested table", times("<table><tr><td>a", 300_000));
    html("nested list", times("<ul><li>a", 500_000));
    html("nested template", times("<template>", 300_000));
    html("nested svg", times("<svg><g>", 300_000));
    html("nested select", times("<select><option>", 300_000));
    html("nested button and form", times("<form><button>", 300_000));
    html("end tags that a cell holds off", times("<div><table><tr><td></div>", 300_000));
    html("unclosed p and font", (0..300_000 / SCALE).map(|k| format!("<p><font size={k}>a")).collect());
    html("misnested a, b, i", times("<a><b><i></a></b>", 300_000));
    html("misnested p and b", times("<b><p>a</b>", 500_000));
    html("end tags alone", times("</p></b></div></x>", 500_000));
    html("empty p", times("<p>", 3_000_000));
    html("br", times("<br>", 3_000_000));
    html("stray text in a table", "<table>".to_string() + &times("a<tr>", 1_000_000));
    html("columns", "<table><tr>".to_string() + &times("<td>a", 1_000_000));
    html("spans", "<table>".to_string() + &times("<tr><td colspan=1000 rowspan=65534>a", 200_000));
    html(
        "attributes",
        "<p ".to_string() + &(0..500_000 / SCALE).map(|k| format!("a{k}=1 ")).collect::<String>() + ">a",
    );
    html("quoted attributes", "<p ".to_string() + &times("a='>' ", 1_000_000) + ">a");
    html("attributes on body", (0..500_000 / SCALE).map(|k| format!("<body a{k}>")).collect());
    html("comments", times("<!---->", 1_000_000));
    html("unclosed comment", "a<!--".to_string() + &times("-", 10_000_000));
    html("unclosed tag", times("<a b='", 1_000_000));
    html("less-than", times("<", 10_000_000));
    html("entities", times("&amp;&#x4e2d;&CounterClockwiseContourIntegral;&x", 300_000));
    html("classes", format!("<p class='{}'>a", times("share ", 1_000_000)));
    html("style", format!("<p style='{}'>a", times("display:x;", 500_000)));
    html("regions", times("<nav class=share>a", 300_000));
    html("inline languages", times("<span lang=zh>a</span><span lang=en>b</span>", 200_000));
    html("links", times("<a href=x>a</a> ", 500_000));
    html("pre", "<pre>".to_string() + &times("a   b\n", 1_000_000));
}

#[test]
fn markdown() {
    let markdown = |what: &str, source: String| read(what, &source, Some(Format::Markdown));
    markdown("deep quotation", times("> ", 100_000) + "a");
    markdown("deep quotations, many lines", (times("> ", 2_000) + "a\n").repeat(300));
    markdown("deep list", times("- ", 100_000) + "a");
    markdown("deeper list a line", (0..2_000 / SCALE).map(|k| " ".repeat(2 * k) + "- a\n").collect());
    markdown("brackets", times("[", 500_000));
    markdown("links", times("[a](b", 300_000));
    markdown("stars", times("**a *b ", 500_000));
    markdown("stars in Chinese", times("中**“宽”", 500_000));
    markdown("stars and marks", times("*中", 1_000_000));
    markdown("backticks", (0..2_000 / SCALE).map(|k| "`".repeat(k) + "a").collect());
    markdown("code spans", times("`a b` ", 500_000));
    markdown("a long code span", format!("`{}`", times("a b\n", 500_000)));
    markdown(
        "columns",
        format!("|{}\n|{}\n|{}\n", times("a|", 100_000), times("-|", 100_000), times("b|", 100_000)),
    );
    markdown(
        "short rows under many columns",
        format!("|{}\n|{}\n{}", times("a|", 10_000), times("-|", 10_000), times("b|\n", 100_000)),
    );
    markdown("nested HTML", times("<div>\n\n", 300_000));
    markdown("HTML tags in lines", "a ".to_string() + &times("<b>", 500_000));
    markdown("end tags in lines", "a ".to_string() + &times("<b>", 100_000) + &times("</i>", 500_000));
    markdown("HTML block of broken tags", "<div>".to_string() + &times("<a b='", 500_000));
    markdown("HTML block of less-than", "<div>".to_string() + &times("<", 3_000_000));
    markdown("references", (0..100_000 / SCALE).map(|k| format!("[a{k}]: /x\n")).collect());
    markdown("notes", (0..50_000 / SCALE).map(|k| format!("[^{k}]: a\n\n[^{k}]\n\n")).collect());
    markdown("soft line ends", times("春天来了\n", 500_000));
    markdown("entities", times("&amp;&#x4e2d;", 500_000));
    markdown("escapes", times("\\*", 1_000_000));
}

#[test]
fn plain() {
    for (what, scrap, count) in [
        ("one letter", "a", 50_000_000),
        ("one Han character", "春", 17_000_000),
        ("spaces", " ", 50_000_000),
        ("line ends", "\n", 20_000_000),
        ("carriage returns", "\r", 20_000_000),
        ("line separators", "\u{2028}", 10_000_000),
        ("words between line separators", "a\u{2028}", 500_000),
        ("words between carriage returns", "a\r", 1_000_000),
        ("tabs", "\t", 20_000_000),
        ("cells", "a\t", 1_000_000),
        ("rows", "a\tb\n", 500_000),
        ("aligned columns", "ab    cd\n", 500_000),
        ("wrapped lines", "The ferry left the harbour a little after six, when the\n", 500_000),
        ("page numbers", "12\n\n", 1_000_000),
        ("form feeds", "\u{c}", 20_000_000),
        ("controls", "ab\u{ad}", 5_000_000),
        ("words on lines", "a\n", 1_000_000),
        ("wide marks", "“", 10_000_000),
    ] {
        let source = times(scrap, count);
        read(what, &source, None);
        read(&format!("{what}, as plain text"), &source, Some(Format::Plain));
    }
}

#[test]
fn format_by_content() {
    for (what, scrap, count) in [
        ("less-than", "<", 10_000_000),
        ("open comments", "<!--", 3_000_000),
        ("open tags", "<p ", 3_000_000),
        ("brackets", "](", 5_000_000),
        ("stars", "**a", 5_000_000),
        ("pipes", "|-", 5_000_000),
        ("fences", "```\n", 3_000_000),
        ("settings", "---\na: b\n", 1_000_000),
        ("divs", "<div>", 2_000_000),
    ] {
        read(what, &times(scrap, count), None);
    }
}
