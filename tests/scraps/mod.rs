//! What pages are made of, for properties over any markup and any article.

#![allow(dead_code)] // Each user takes a part.

use proptest::prelude::*;

/// Scraps out of which strings like HTML and Markdown are made.
pub const SCRAPS: &[&str] = &[
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

/// Sentences and their translations, out of which articles are made.
pub const SENTENCES: &[&str] = &[
    "河上有一座木桥。",
    "There is a wooden bridge over the river.",
    "桥是1952年修的。",
    "The bridge was built in 1952.",
    "“你去哪儿？”他问。",
    "\"Where are you going?\" he asked.",
    "老人每天来这里钓鱼；他从来没有钓到过鱼，可是他还是来。",
    "The old man comes here to fish every day; he has never caught one, and still he comes.",
    "海伦·马洛走了。",
    "Helen Marlow left.",
    "茶凉了",
    "The tea is cold",
    "分享到微信",
    "Copyright 2020. All rights reserved.",
    "三千五百万元，占12.5%！",
    "It cost 35 million yuan, or 12.5 per cent!",
    "走。",
    "Go.",
];

/// Any markup.
pub fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SCRAPS), 0..60).prop_map(|parts| parts.concat())
}

/// Articles of sentences in any order, in plain text, between scraps of markup.
pub fn article() -> impl Strategy<Value = String> {
    let gap =
        prop::sample::select(&["\n\n", "\n", " ", "", " / ", "<p>", "<td>", "\n\n- ", "\n\n> ", "\t"][..]);
    let part = prop_oneof![
        6 => prop::sample::select(SENTENCES).prop_map(str::to_owned),
        1 => prop::sample::select(SCRAPS).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((part, gap), 0..24)
        .prop_map(|parts| parts.into_iter().flat_map(|(part, gap)| [part, gap.to_owned()]).collect())
}

/// Sentences of a side: of a language, any, none.
pub fn sentences() -> impl Strategy<Value = Vec<String>> {
    let sentence = prop_oneof![
        6 => prop::sample::select(SENTENCES).prop_map(str::to_owned),
        1 => prop::sample::select(SCRAPS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => Just(String::new()),
    ];
    prop::collection::vec(sentence, 0..12)
}
