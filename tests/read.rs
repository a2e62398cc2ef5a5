//! Reading: what each shape of markup comes out as. One table of cases a format; the texts are our own.
#![cfg(feature = "read")]

use duizhao::read::{Options, read_bytes, read_str};
use duizhao::{Article, BlockKind, ErrorKind, Format, Language, Span};

/// The blocks of an article, one a line: kind, then text.
fn show(article: &Article) -> Vec<String> {
    let kind = |kind: BlockKind| match kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::ListItem => "li".into(),
        BlockKind::TableCell { table, row, column } => format!("cell {table}.{row}.{column}"),
        BlockKind::Caption => "caption".into(),
        BlockKind::Footnote => "note".into(),
        BlockKind::Code => "code".into(),
        BlockKind::Boilerplate => "around".into(),
        other => format!("{other:?}"),
    };
    article.blocks.iter().map(|block| format!("{}: {}", kind(block.kind), block.text)).collect()
}

fn check(format: Format, cases: &[(&str, &str, &[&str])]) {
    let mut failures = Vec::new();
    for (what, source, expected) in cases {
        let article = read_str(source, &Options::default().format(format));
        let found = show(&article);
        if found != *expected {
            failures.push(format!("{what}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn options_are_checked_before_reading() {
    assert!(Options::default().encoding("GBK").zh_selector("p.zh").check().is_ok());
    for options in [Options::default().encoding("klingon"), Options::default().en_selector("p[")] {
        assert_eq!(options.check().unwrap_err().kind(), ErrorKind::Usage);
    }
}

#[test]
fn html() {
    check(
        Format::Html,
        &[
            ("paragraphs", "<p>春天来了。<p>Spring has come.", &["p: 春天来了。", "p: Spring has come."]),
            (
                "inline markup leaves no gap",
                "<p>un<b>believ</b>able，<i>春</i>天",
                &["p: unbelievable，春天"],
            ),
            ("blocks leave one", "春天<div>来了</div>花开", &["p: 春天", "p: 来了", "p: 花开"]),
            ("white space is folded", "<p>\n one \t two\n three </p>", &["p: one two three"]),
            (
                "a line end between Chinese characters is no space",
                "<p>春天\n  来了，\nSpring",
                &["p: 春天来了， Spring"],
            ),
            ("entities", "<p>A&nbsp;&amp;&#32;B &lt;b&gt; &#x4e2d;&hellip;", &["p: A & B <b> 中…"]),
            (
                "soft hyphens and byte order marks go",
                "<p>un&shy;be&#xFEFF;liev<wbr>able",
                &["p: unbelievable"],
            ),
            (
                "no scripts",
                "<p>a<script>if (a<b) x()</script>b<style>p{}</style><template><p>no</p></template>",
                &["p: ab"],
            ),
            ("no drawings", "<p>a<svg><text>no</text><title>no</title></svg>b", &["p: ab"]),
            ("no fields", "<p>a<textarea>no</textarea><select><option>no</select>b", &["p: ab"]),
            (
                "no fallbacks",
                "<noscript><p>no</p></noscript><p>b<noscript><p>no</noscript><iframe>no</iframe><video>no</video><p>a",
                &["p: b", "p: a"],
            ),
            ("no title, no comments", "<head><title>no</title></head><!-- no --><p>a", &["p: a"]),
            ("no alternative text", "<p>a<img alt='no' title='no'>b", &["p: ab"]),
            ("headings", "<h1>One</h1><h3>Three</h3>", &["h1: One", "h3: Three"]),
            (
                "lists",
                "<ul><li>one<ul><li>two</ul><li><p>three</p></ul>",
                &["li: one", "li: two", "li: three"],
            ),
            ("definitions", "<dl><dt>春<dd>spring</dl>", &["li: 春", "li: spring"]),
            (
                "readings over characters go",
                "<p><ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp>字<rt>zi</rt></ruby>好",
                &["p: 漢字好"],
            ),
            ("captions", "<figure><img><figcaption>一艘船</figcaption></figure>", &["caption: 一艘船"]),
            (
                "captions by name",
                "<div class='wp-caption'><img><p class='wp-caption-text'>一艘船</p></div>",
                &["caption: 一艘船"],
            ),
            (
                "small print under a picture",
                "<img><div><small>一艘船</small></div><p>正文<small>小</small>",
                &["caption: 一艘船", "p: 正文小"],
            ),
            ("small print elsewhere", "<p>正文<p><small>小字</small>", &["p: 正文", "p: 小字"]),
            (
                "code",
                "<pre><code>let a = 1;\n  b</code></pre><p>the <code>a</code> flag",
                &["code: let a = 1;\n  b", "p: the a flag"],
            ),
            ("preformatted prose", "<pre>春天来了。\n\n花开了。</pre>", &["p: 春天来了。", "p: 花开了。"]),
            (
                "preformatted columns",
                "<pre>春天来了。    Spring.\n花开了。      Flowers.\n夏天到了。    Summer.</pre>",
                &[
                    "cell 0.0.0: 春天来了。",
                    "cell 0.0.1: Spring.",
                    "cell 0.1.0: 花开了。",
                    "cell 0.1.1: Flowers.",
                    "cell 0.2.0: 夏天到了。",
                    "cell 0.2.1: Summer.",
                ],
            ),
            (
                "styled as a block",
                "<span style='display:block'>春</span><span>天</span>",
                &["p: 春", "p: 天"],
            ),
            ("nothing", "<html><body><div> &nbsp; </div></body></html>", &[]),
            (
                "unclosed",
                "<div><p><b>春天<p>来了<table><tr><td>a<td>b",
                &["p: 春天", "p: 来了", "cell 0.0.0: a", "cell 0.0.1: b"],
            ),
            (
                "references to notes go",
                "<p>春天<sup><a href='#n1'>1</a></sup>来了<sup id='fnref:2'>[2]</sup>。m<sup>2</sup>",
                &["p: 春天来了。m2"],
            ),
            (
                "so do the marks of notes",
                "<p>春天来了。<sup>1</sup>花开了，<sup>[2]</sup>鸟叫了<sup>[<a href='#n3'>3</a>]</sup>。 <p>It is spring. <sup>4,5</sup> Flowers bloom.”<sup>6</sup>",
                &["p: 春天来了。花开了，鸟叫了。", "p: It is spring. Flowers bloom.”"],
            ),
            (
                "but no powers, ordinals or degrees",
                "<p>10<sup>6</sup> m<sup>2</sup>, 1<sup>st</sup>, (a+b)<sup>2</sup>, CO<sub>2</sub>, 20<sup>。</sup>, 王小明<sup>1</sup>，<sup>a</sup>",
                &["p: 106 m2, 1st, (a+b)2, CO2, 20。, 王小明1，a"],
            ),
            (
                "nor isotopes, minutes and cents",
                "<p>用<sup>12</sup>C、<sup>13</sup>C，9:<sup>30</sup>到，$5.<sup>99</sup>，村<sup>[</sup><sup>1</sup><sup>]</sup>，n!<sup>2</sup>",
                &["p: 用12C、13C，9:30到，$5.99，村[1]，n!2"],
            ),
            (
                "several notes in one superscript",
                "<p>村里有桥。<sup>[12][13][14]</sup>河里有船。",
                &["p: 村里有桥。河里有船。"],
            ),
            (
                "a superscript with a block in it",
                "<div>春。<sup>1<div>2</div>3</sup>夏</div>",
                &["p: 春。1", "p: 2", "p: 3夏"],
            ),
            (
                "links to edit a section",
                "<h2>历史<span class='mw-editsection'>[<a href='/e'>编辑</a>]</span></h2>",
                &["h2: 历史"],
            ),
            (
                "notes in a list",
                "<section class='footnotes'><ol><li><p>Said twice. <a class='footnote-backref' href='#r'>↩</a></ol></section>",
                &["note: Said twice."],
            ),
            ("a note", "<div class='footnote'>Said twice.</div>", &["note: Said twice."]),
        ],
    );
}

#[test]
fn html_line_breaks() {
    check(
        Format::Html,
        &[
            ("two end a paragraph", "<div>春天来了<br><br>花开了</div>", &["p: 春天来了", "p: 花开了"]),
            ("one stays in a sentence", "<p>Spring<br>has come", &["p: Spring\nhas come"]),
            (
                "one ends a paragraph after a full stop",
                "<div>春天来了。<br>花开了。",
                &["p: 春天来了。", "p: 花开了。"],
            ),
            ("one parts languages", "<h1>春天<br>Spring</h1>", &["h1: 春天", "h1: Spring"]),
            ("at the ends", "<p><br>春天<br></p>", &["p: 春天"]),
        ],
    );
}

#[test]
fn html_tables() {
    check(
        Format::Html,
        &[
            (
                "header rows, empty cells, paragraphs in cells",
                "<table><caption>表</caption><thead><tr><th>中文<th>English</thead><tbody>\
                 <tr><td><p>春<p>天<td></tr><tr><td><td>x</table>",
                &[
                    "caption: 表",
                    "cell 0.0.0: 中文",
                    "cell 0.0.1: English",
                    "cell 0.1.0: 春",
                    "cell 0.1.0: 天",
                    "cell 0.2.1: x",
                ],
            ),
            (
                "spans",
                "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f</table>",
                &[
                    "cell 0.0.0: a",
                    "cell 0.0.1: b",
                    "cell 0.0.3: c",
                    "cell 0.1.1: d",
                    "cell 0.1.2: e",
                    "cell 0.1.3: f",
                ],
            ),
            (
                "a table that only lays out the page",
                "<table><tr><td><h1>题</h1><td><table><tr><td>春<td>spring</table></table>",
                &["h1: 题", "cell 0.0.0: 春", "cell 0.0.1: spring"],
            ),
            ("a table of one column", "<table><tr><td>春<tr><td>夏</table>", &["p: 春", "p: 夏"]),
            (
                "text that does not belong into a table",
                "<table>stray<tr><td>a<td>b</table>",
                &["p: stray", "cell 0.0.0: a", "cell 0.0.1: b"],
            ),
        ],
    );
}

#[test]
fn html_around_the_article() {
    let long = "The ferry left the harbour a little after six, and nobody on deck said a word. ".repeat(6);
    let page = format!(
        "<header><a href=/>Home</a></header><nav><ul><li><a href=/a>News</a></ul></nav>\
         <form><main><article><header><h1>The ferry</h1></header><p>{long}</p><div class='post-share'>Share</div>\
         <div class='translation-widget related'>{long}</div></article></main></form>\
         <div role='navigation'>Next</div><footer>Copyright</footer>"
    );
    let article = read_str(&page, &Options::default());
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Boilerplate, Heading, Paragraph};
    assert_eq!(
        kinds,
        [Boilerplate, Boilerplate, Heading(1), Paragraph, Boilerplate, Paragraph, Boilerplate, Boilerplate],
        "{:?}",
        show(&article)
    );
    assert_eq!(article.blocks[0].link_density, 1.0);
    assert_eq!(article.blocks[3].link_density, 0.0);
}

#[test]
fn html_hidden_and_declared() {
    let page = "<html lang=zh><body><p>春天</p><div style='display: none'><p>Spring</p></div><p hidden>花</p>\
                <p lang='en-GB'>Colour <span lang=fr>mot</span></p><p lang=ja>春</p>\
                <p><span lang=zh>春。</span> <span lang=en>Spring.</span></p><p>看<span style='display:none'>x</span>见";
    let article = read_str(page, &Options::default());
    let found: Vec<_> =
        article.blocks.iter().map(|block| (block.text.as_str(), block.hidden, block.declared)).collect();
    use Language::*;
    assert_eq!(
        found,
        [
            ("春天", false, None),
            ("Spring", true, None),
            ("花", true, None),
            ("Colour mot", false, Some(English)),
            ("春", false, Some(Other)),
            ("春。", false, Some(Chinese)),
            ("Spring.", false, Some(English)),
            ("看见", false, None),
            ("x", true, None),
        ]
    );
}

#[test]
fn selectors() {
    let page = "<div class=zh><p>春天</div><div class=en><p>Spring</div><p>别的<p>Other";
    let both = read_str(page, &Options::default().zh_selector(".zh").en_selector("div.en"));
    assert_eq!(show(&both), ["p: 春天", "p: Spring", "around: 别的", "around: Other"]);
    assert_eq!(both.blocks[0].side, Some(Language::Chinese));
    assert_eq!(both.blocks[1].side, Some(Language::English));
    let one = read_str(page, &Options::default().zh_selector(".zh"));
    assert_eq!(show(&one), ["p: 春天", "p: Spring", "around: 别的", "p: Other"]);
    let inline = read_str(
        "<p><b>春</b><i>Spring</i>",
        &Options::default().format(Format::Html).zh_selector("b").en_selector("i"),
    );
    assert_eq!(show(&inline), ["p: 春", "p: Spring"]);
    let none = read_str(page, &Options::default().zh_selector(".missing"));
    assert!(none.notices[0].contains("matches no element"));
    let wrong = Options::default().en_selector("p[");
    assert_eq!(read_bytes(b"<p>x", &wrong).unwrap_err().kind(), ErrorKind::Usage);
    assert_eq!(read_str("<p>x</p>", &wrong).notices.len(), 1);
}

#[test]
fn markdown() {
    check(
        Format::Markdown,
        &[
            ("headings", "# One #\n\nTwo\n---\n\n###### Six", &["h1: One", "h2: Two", "h6: Six"]),
            ("front matter", "---\ntitle: 春天\n---\n\n春天来了。", &["p: 春天来了。"]),
            ("a rule is no front matter", "---\n\n春天来了。\n\n---\n", &["p: 春天来了。"]),
            ("emphasis", "un**believ**able *春*天 ~~旧~~新", &["p: unbelievable 春天 旧新"]),
            ("emphasis beside Chinese marks", "中**“宽松”**文，**（一）**二", &["p: 中“宽松”文，（一）二"]),
            ("marks that are meant", r"5 \* 3 \* 2，`a**b**`中", &["p: 5 * 3 * 2，a**b**中"]),
            (
                "links",
                "看[这里](http://example.org/)，<http://example.org>",
                &["p: 看这里，http://example.org"],
            ),
            ("no alternative text", "春天 ![一艘船](a.png) 来了", &["p: 春天 来了"]),
            (
                "items",
                "1. one\n2. two\n   - three\n\n- [x] done",
                &["li: one", "li: two", "li: three", "li: done"],
            ),
            (
                "code",
                "```rust\nlet a;\n```\n\n    let b;\n\nthe `a` flag",
                &["code: let a;", "code: let b;", "p: the a flag"],
            ),
            (
                "prose between fences",
                "```text\nBuild customer journeys with a canvas.\n```\n\n```text\n用画布编排旅程。\n```\n\n\
                 > ~~~\n> 春天来了，\n> 花开了。\n> 他走了。\n> ~~~",
                &[
                    "p: Build customer journeys with a canvas.",
                    "p: 用画布编排旅程。",
                    "p: 春天来了，",
                    "p: 花开了。",
                    "p: 他走了。",
                ],
            ),
            (
                "no prose between fences",
                "```\n├── 文件夹。\n```\n```\n用户 -> 登录。\n# 安装。\n```\n```sh\n运行程序。\n```\n\
                 ```\n[10:00] 服务已经启动。\n```\n```\n{\"名\": \"值。\"}\n```\n```\n名    值。\n```",
                &[
                    "code: ├── 文件夹。",
                    "code: 用户 -> 登录。\n# 安装。",
                    "code: 运行程序。",
                    "code: [10:00] 服务已经启动。",
                    "code: {\"名\": \"值。\"}",
                    "code: 名    值。",
                ],
            ),
            (
                "English between fences with no Chinese beside it",
                "```\nThe server has started and waits.\n```\n\n```text\n服务已经启动。\n```",
                &["code: The server has started and waits.", "p: 服务已经启动。"],
            ),
            (
                "an indented paragraph",
                "春天：\n\n    春天来了，花开了。",
                &["p: 春天：", "p: 春天来了，花开了。"],
            ),
            ("definitions", "春\n: spring", &["li: 春", "li: spring"]),
            ("quotations", "> 春天\n> 来了。", &["p: 春天来了。"]),
            ("alerts", "> [!NOTE]\n> 春天来了。", &["p: 春天来了。"]),
            (
                "callouts",
                ":::tip 提示\n春天来了。\n:::\n\n!!! note \"Note\"\n    Spring has come.",
                &["p: 提示", "p: 春天来了。", "p: Note", "p: Spring has come."],
            ),
            (
                "callouts that close with their marks",
                "@@@ warning\n\n春天来了。\n@@@\n\nSpring has come.",
                &["p: 春天来了。", "p: Spring has come."],
            ),
            ("marks are no callout", "!!! 春天来了 !!!", &["p: !!! 春天来了 !!!"]),
            (
                "soft line ends",
                "春天\n来了。\n\nSpring\nhas come.",
                &["p: 春天来了。", "p: Spring has come."],
            ),
            (
                "a label above its text",
                "**English**:\nSpring has come.\n\n中文：\n春天来了，河里的冰化了，\n花开了。",
                &["p: English:", "p: Spring has come.", "p: 中文：", "p: 春天来了，河里的冰化了，花开了。"],
            ),
            (
                "a colon at the end of a full line",
                "The ferry brings two things:\npassengers and the mail of\nthe day.",
                &["p: The ferry brings two things: passengers and the mail of the day."],
            ),
            ("hard line ends", "Spring  \nhas\\\ncome", &["p: Spring\nhas\ncome"]),
            (
                "languages line by line",
                "春天来了。\nSpring has come.\n花开了。\nFlowers.",
                &["p: 春天来了。", "p: Spring has come.", "p: 花开了。", "p: Flowers."],
            ),
            (
                "tables",
                "| 中文 | English |\n|---|---|\n| 春 | `a` \\| *b* |\n| | x |",
                &[
                    "cell 0.0.0: 中文",
                    "cell 0.0.1: English",
                    "cell 0.1.0: 春",
                    "cell 0.1.1: a | b",
                    "cell 0.2.1: x",
                ],
            ),
            (
                "tables without their rule",
                "英文 | 中文 |\nSpring *has* come. | **春天**来了。 |\n\n> | 春 | spring |\n> | 夏 | summer |",
                &[
                    "cell 0.0.0: 英文",
                    "cell 0.0.1: 中文",
                    "cell 0.1.0: Spring has come.",
                    "cell 0.1.1: 春天来了。",
                    "cell 1.0.1: 春",
                    "cell 1.0.2: spring",
                    "cell 1.1.1: 夏",
                    "cell 1.1.2: summer",
                ],
            ),
            (
                "strokes that part no cells",
                "春 | spring\n\n春 | spring\n夏 | 秋 | autumn\n\n首页 | 新闻\n关于 | 联系",
                &["p: 春 | spring", "p: 春 | spring 夏 | 秋 | autumn", "p: 首页 | 新闻关于 | 联系"],
            ),
            (
                "cells of several lines",
                "| a | b |\n|---|---|\n| 春。<br>夏。 | Spring.<br>Summer. |",
                &[
                    "cell 0.0.0: a",
                    "cell 0.0.1: b",
                    "cell 0.1.0: 春。",
                    "cell 0.1.0: 夏。",
                    "cell 0.1.1: Spring.",
                    "cell 0.1.1: Summer.",
                ],
            ),
            ("superscripts", "春天来了。<sup>[2]</sup>10<sup>6</sup>", &["p: 春天来了。106"]),
            ("notes", "春天[^1]来了。\n\n[^1]: 说过。", &["p: 春天来了。", "note: 说过。"]),
            ("entities", "A &amp; B&nbsp;C &#20013;", &["p: A & B C 中"]),
            (
                "HTML in lines",
                "un<b>believ</b>able<br/>春<!-- no -->天<sup>2</sup>",
                &["p: unbelievable", "p: 春天2"],
            ),
            (
                "HTML blocks",
                "<div class=\"x\">\n<p>春&amp;天<p>来了\n</div>\n\n*后*",
                &["p: 春&天", "p: 来了", "p: 后"],
            ),
            ("Markdown in HTML", "<div hidden>\n\n*春*\n\n</div>\n\n夏", &["p: 春", "p: 夏"]),
            (
                "scripts",
                "<script>\nlet a = '<p>no</p>';\n\nno\n</script>\n\n春 <script>no</script>天",
                &["p: 春 天"],
            ),
            (
                "HTML tables",
                "<table><tr><th>春<th>spring<tr><td>夏<td>summer</table>",
                &["cell 0.0.0: 春", "cell 0.0.1: spring", "cell 0.1.0: 夏", "cell 0.1.1: summer"],
            ),
            ("HTML in quotations", "> <p>春\n> 天</p>\n\n后", &["p: 春天", "p: 后"]),
        ],
    );
}

#[test]
fn plain() {
    check(
        Format::Plain,
        &[
            (
                "all line ends",
                "一。\r\n二。\r三。\u{2028}四。\u{2029}五。",
                &["p: 一。", "p: 二。", "p: 三。", "p: 四。", "p: 五。"],
            ),
            (
                "tabs",
                "春\tspring\n夏\tsummer",
                &["cell 0.0.0: 春", "cell 0.0.1: spring", "cell 0.1.0: 夏", "cell 0.1.1: summer"],
            ),
            ("markup is text here", "# <b>*a*</b> &amp;", &["p: # <b>*a*</b> &amp;"]),
        ],
    );
}

#[test]
fn formats_and_spans() {
    let article = read_str("# 春天\n\n春天 **来** &amp; 了。", &Options::default());
    assert_eq!(article.format, Format::Markdown);
    let block = &article.blocks[1];
    assert_eq!(block.text, "春天 来 & 了。");
    let at = block.text.find('来').unwrap();
    let span = block.locate(Span::new(at, block.text.len()));
    assert_eq!(span.slice(&article.text), "来** &amp; 了。");
}

#[test]
fn names_tell_markdown() {
    let source = "### Features 功能\n* It uses GPS to calculate time periods.\n\nIt runs *there*.";
    let read = |name: &str| read_bytes(source.as_bytes(), &Options::default().named(name)).unwrap();
    for name in ["README.md", "notes/a.b.MARKDOWN", "page.mdx", "report.Rmd"] {
        let shown = show(&read(name));
        let expected =
            ["h3: Features 功能", "li: It uses GPS to calculate time periods.", "p: It runs there."];
        assert_eq!(shown, expected, "{name}");
    }
    for name in ["md", "notes.txt", "README.md.txt", "-"] {
        assert_eq!(read(name).format, Format::Plain, "{name}");
    }
    let asked = Options::default().named("README.md").format(Format::Plain);
    assert_eq!(read_str(source, &asked).format, Format::Plain);
    let page = read_str("<!DOCTYPE html><p>春天", &Options::default().named("page.md"));
    assert_eq!(page.format, Format::Html);
}

#[test]
fn comments_that_speak_are_said() {
    let page =
        "<p>Be kind.</p>\n<!-- 导航 --><!-- 请尊重他人。 -->\n<p>Have fun.</p><!-- 玩得开心！ -->\n<!-- 结束";
    for format in [Format::Html, Format::Markdown] {
        let article = read_str(page, &Options::default().format(format));
        assert_eq!(show(&article), ["p: Be kind.", "p: Have fun."]);
        assert_eq!(article.notices.len(), 1);
        assert!(article.notices[0].starts_with("2 comments in Chinese"), "{:?}", article.notices);
        let one =
            read_str("Be *kind*. <!-- 请尊重他人。 --> <!-- No. -->", &Options::default().format(format));
        assert!(one.notices[0].starts_with("a comment in Chinese"), "{:?}", one.notices);
        assert!(read_str("<p>a<!-- 导航 -->", &Options::default().format(format)).notices.is_empty());
    }
}

#[test]
fn limits_are_said() {
    let options = Options::default().max_bytes(7);
    let article = read_bytes("春天来了".as_bytes(), &options).unwrap();
    assert_eq!(article.text, "春天");
    assert!(article.notices[0].contains("first 6 of 12 bytes"));
    assert_eq!(read_str("春天来了", &options).text, "春天");
}
