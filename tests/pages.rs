//! Whole pages of our own writing, each with a shape of its own, against the pairs that must come out: from
//! bytes to pairs, nothing more and nothing less.
#![cfg(all(feature = "lexicon", feature = "read"))]

use duizhao::{Aligner, ArticleOptions, Language, Layout, Reason, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("pages")
}

/// Each page with the layout that must be found.
const PAGES: [(&str, Layout); 41] = [
    ("abstract.txt", Layout::ParagraphsZhFirst),
    ("breadcrumbs.html", Layout::ParagraphsZhFirst),
    ("code.md", Layout::Lines),
    ("columns.txt", Layout::Table),
    ("company.html", Layout::Lines),
    ("cut.txt", Layout::ParagraphsZhFirst),
    ("definitions.html", Layout::List),
    ("documentation.md", Layout::ParagraphsZhFirst),
    ("empty-cells.md", Layout::Table),
    ("exam.txt", Layout::Lines),
    ("halves.md", Layout::BlockZhEn),
    ("headings.html", Layout::SameLine),
    ("interface.md", Layout::Table),
    ("interview.txt", Layout::ParagraphsZhFirst),
    ("languages.txt", Layout::Lines),
    ("left-out.txt", Layout::ParagraphsEnFirst),
    ("labels.txt", Layout::SameLine),
    ("lesson.html", Layout::SameLine),
    ("mail.txt", Layout::BlockZhEn),
    ("menu.txt", Layout::SameLine),
    ("moved.txt", Layout::BlockZhEn),
    ("museum.html", Layout::SameLine),
    ("notes.md", Layout::ParagraphsZhFirst),
    ("products.html", Layout::ParagraphsZhFirst),
    ("quotes.txt", Layout::ParagraphsZhFirst),
    ("roll.txt", Layout::ParagraphsZhFirst),
    ("ruby.html", Layout::ParagraphsEnFirst),
    ("spaces.txt", Layout::Table),
    ("split.txt", Layout::ParagraphsZhFirst),
    ("story.txt", Layout::BlockZhEn),
    ("study.txt", Layout::Lines),
    ("subtitles.srt", Layout::Lines),
    ("superscripts.html", Layout::ParagraphsZhFirst),
    ("switch.html", Layout::Switch),
    ("talk.ass", Layout::Lines),
    ("terms.md", Layout::SameLine),
    ("three-blocks.txt", Layout::Blocks),
    ("titles.html", Layout::ParagraphsEnFirst),
    ("vacancy.html", Layout::Lines),
    ("verse.txt", Layout::ParagraphsZhFirst),
    ("wrapped.txt", Layout::ParagraphsZhFirst),
];

fn page(name: &str) -> duizhao::Article {
    let bytes = fs::read(folder().join(name)).unwrap();
    read::read_bytes(&bytes, &read::Options::default().named(name)).unwrap()
}

/// The pairs of a file: Chinese, English, whether the passage was moved.
fn expected(name: &str) -> Vec<(String, String, bool)> {
    let stem = name.split('.').next().unwrap();
    let lines = fs::read_to_string(folder().join(format!("{stem}.pairs.jsonl"))).unwrap();
    let pair = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let side = |key: &str| value[key].as_str().unwrap().to_owned();
        (side("zh"), side("en"), value["moved"].as_bool().unwrap_or(false))
    };
    lines.lines().map(pair).collect()
}

#[test]
fn every_page_gives_its_pairs() {
    let aligner = Aligner::builder().build().unwrap();
    let mut faults = Vec::new();
    for (name, layout) in PAGES {
        let (bitext, explanation) = aligner.explain(&page(name), &ArticleOptions::default());
        bitext.validate().unwrap();
        let squash = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found: Vec<_> =
            bitext.pairs().map(|pair| (squash(&pair.zh()), squash(&pair.en()), pair.unit().moved)).collect();
        let wanted = expected(name);
        for pair in found.iter().filter(|pair| !wanted.contains(pair)) {
            faults.push(format!("{name}: found {pair:?}"));
        }
        for pair in wanted.iter().filter(|pair| !found.contains(pair)) {
            faults.push(format!("{name}: missed {pair:?}"));
        }
        if explanation.layout != layout {
            faults.push(format!("{name}: the layout is {}, but was found as {explanation}", layout));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_page_is_tested() {
    let tested: BTreeSet<String> = PAGES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = names.filter(|name| !name.ends_with(".jsonl")).collect();
    assert_eq!(there, tested);
}

#[test]
fn what_is_not_paired_says_why() {
    let aligner = Aligner::builder().build().unwrap();
    let reason = |name: &str, part: &str| {
        let bitext = aligner.align_article(&page(name));
        let unpaired = bitext.unpaired().find(|pair| pair.zh().contains(part) || pair.en().contains(part));
        let reason = unpaired.and_then(|pair| pair.reason());
        let other = bitext.other.iter().find(|other| other.sentence.text.contains(part));
        reason.or(other.map(|other| other.reason))
    };
    let cases = [
        ("breadcrumbs.html", "分享到微信", Reason::Boilerplate),
        ("breadcrumbs.html", "版权所有", Reason::Boilerplate),
        ("breadcrumbs.html", "Ten teahouses", Reason::Boilerplate),
        ("code.md", "teapot.open", Reason::Code),
        ("languages.txt", "海辺", Reason::OtherLanguage),
        ("languages.txt", "Иностранные", Reason::OtherLanguage),
        ("left-out.txt", "Tourists", Reason::NoCounterpart),
        ("definitions.html", "写给", Reason::NoCounterpart),
        ("columns.txt", "中文", Reason::Boilerplate),
        ("interface.md", "简体中文", Reason::Boilerplate),
        ("products.html", "微软 Microsoft Office", Reason::NoCounterpart),
        ("products.html", "索尼 Sony WH-1000XM5", Reason::NoCounterpart),
        ("products.html", "使用 Docker 部署", Reason::NoCounterpart),
        ("wrapped.txt", "- 12 -", Reason::Empty),
    ];
    for (name, part, wanted) in cases {
        assert_eq!(reason(name, part), Some(wanted), "{name}: {part}");
    }
}

#[test]
fn an_explanation_covers_every_block() {
    let aligner = Aligner::builder().build().unwrap();
    for (name, _) in PAGES {
        let article = page(name);
        let (bitext, explanation) = aligner.explain(&article, &ArticleOptions::default());
        assert_eq!(explanation.blocks.len(), article.blocks.len(), "{name}");
        let sentences: usize = explanation.blocks.iter().map(|block| block.sentences).sum();
        assert_eq!(sentences, bitext.source.len() + bitext.target.len() + bitext.other.len(), "{name}");
        for block in &explanation.blocks {
            assert_eq!(block.paired == 0, block.faces.is_empty(), "{name}: {block}");
            for &faced in &block.faces {
                assert!(explanation.blocks[faced].faces.contains(&block.block), "{name}: {block}");
            }
        }
        let value = serde_json::to_string(&explanation).unwrap();
        let back: duizhao::Explanation = serde_json::from_str(&value).unwrap();
        assert_eq!(back.blocks.len(), explanation.blocks.len());
        assert_eq!(explanation.to_string().lines().count(), explanation.blocks.len() + 1, "{name}");
    }
}

#[test]
fn a_layout_can_be_asked_for() {
    let aligner = Aligner::builder().build().unwrap();
    let article = page("split.txt");
    let options = ArticleOptions::default().layout(Layout::BlockZhEn);
    let (bitext, explanation) = aligner.explain(&article, &options);
    assert_eq!(explanation.layout, Layout::BlockZhEn);
    assert_eq!(bitext.origin.layout.as_deref(), Some("two blocks, Chinese first"));
    // It is soft evidence: the pairs are found all the same.
    assert_eq!(bitext.pairs().count(), expected("split.txt").len());
}

#[test]
fn two_files_may_be_mixed_themselves() {
    let aligner = Aligner::builder().build().unwrap();
    let zh = "渡船停了。\n\nScanned from the second edition.\n\n码头上还亮着灯。";
    let en = "The ferry has stopped.\n\n（以下为英文译文）\n\nThere is still a light on the pier.";
    let bitext = aligner.align_texts(zh, en);
    bitext.validate().unwrap();
    let pairs: Vec<_> = bitext.pairs().map(|pair| (pair.zh().into_owned(), pair.en().into_owned())).collect();
    assert_eq!(
        pairs,
        [
            ("渡船停了。".to_owned(), "The ferry has stopped.".to_owned()),
            ("码头上还亮着灯。".to_owned(), "There is still a light on the pier.".to_owned()),
        ]
    );
    let other: Vec<_> = bitext.other.iter().map(|other| (other.language, other.reason)).collect();
    assert!(other.contains(&(Some(Language::English), Reason::OtherLanguage)), "{other:?}");
    assert!(other.contains(&(Some(Language::Chinese), Reason::OtherLanguage)), "{other:?}");
}

#[test]
fn the_smaller_half_is_never_swallowed() {
    let aligner = Aligner::builder().build().unwrap();
    // A page that keeps its short English summary in a side column full of links.
    let html = "<html><body><main><p>运河边的纺织厂关了三十年，今年改成了博物馆。</p>\
        <p>机器没有搬走，每逢周六还会开动一台。</p></main>\
        <aside><p><a href='/m'>The textile mill by the canal, closed for thirty years, has become a museum this year.</a></p>\
        <p>The machines were not removed, and every Saturday one of them still runs.</p></aside></body></html>";
    let article = read::read_str(html, &read::Options::default());
    assert_eq!(aligner.align_article(&article).pairs().count(), 2);
}

#[test]
fn texts_that_are_swapped_are_said_to_be() {
    let aligner = Aligner::default();
    let (zh, en) = ("茶凉了。他走了。", "The tea is cold. He left.");
    assert_eq!(aligner.align_texts(zh, en).notices, Vec::<String>::new());
    let swapped = aligner.align_texts(en, zh);
    assert!(swapped.notices[0].contains("swapped"), "{:?}", swapped.notices);
    assert_eq!((swapped.units.len(), swapped.other.len()), (0, 4));
}
