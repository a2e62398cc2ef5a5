//! Tells the article from the matter around it: navigation, share bars, related links, bylines, notices.
//! Each block gets a sum of weights of evidence (as in naive Bayes); no single sign decides.

use super::cues::cues;
use crate::article::{Article, Block, BlockKind};
use crate::language::{Language, Size, Tongue};
use crate::reason::Reason;
use hashbrown::HashMap;

/// What is known of a block before anything is aligned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matter {
    /// Evidence that it is no part of the article, in nats; below 0 speaks for the article.
    pub doubt: f32,
    /// Why it is not to be aligned, if it is not.
    pub aside: Option<Reason>,
    /// The signs that were seen, in plain words.
    pub signs: Vec<&'static str>,
}

impl Matter {
    /// Whether it was left out, though a translation beside it would speak for it.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.aside == Some(Reason::Boilerplate) && self.doubt < CERTAIN
    }

    /// The same for a translation that stands elsewhere on the page: then it says nothing that a block stands at an end
    /// of it, as the byline of one half of a page does and that of the other does not.
    pub(crate) fn is_doubtful_apart(&self) -> bool {
        self.aside == Some(Reason::Boilerplate) && self.doubt < CERTAIN + AT_END
    }

    /// Keeps it if it was left out, as its translation stands on the page.
    pub(crate) fn keep(&mut self) {
        if self.aside == Some(Reason::Boilerplate) {
            self.aside = None;
            self.signs.push("kept, as its translation stands on the page");
        }
    }
}

/// Weights of the signs, in nats. Set by hand on made pages so that two strong signs, or one and the
/// habits of such matter (short, unfinished, at an end of the page), reach [`ENOUGH`].
const MARKUP: f32 = 2.5;
const LINKS: f32 = 2.0;
const CUE: f32 = 2.0;
const CUE_FILLS: f32 = 1.0;
const LABEL: f32 = 4.0;
const AT_END: f32 = 1.0;
const SHORT: f32 = 0.5;
const UNFINISHED: f32 = 0.5;
const REPEATED: f32 = 1.0;
const MACHINE: f32 = 1.0;
/// When a page was put up, to the minute.
const STAMPED: f32 = 1.5;
/// Works are not translated in a bibliography, but listed.
const REFERENCE: f32 = 5.0;
const PROSE: f32 = -3.0;
const HEADING: f32 = -1.0;
/// From here on a block is left out.
const ENOUGH: f32 = 3.0;
/// From here on it is left out even where its translation stands beside it.
const CERTAIN: f32 = 4.5;

/// Sizes in Han characters, or English words times [`WORD_HAN`].
const WORD_HAN: f32 = 1.6;
/// Below this a block is short; above the second it is running text, if it is finished.
const SHORT_SIZE: f32 = 28.0;
const PROSE_SIZE: f32 = 30.0;
/// Words of blocks longer than this are not looked up.
const CUE_SIZE: f32 = 70.0;
const CUE_BYTES: usize = 1000;
/// Share of a block's letters from which words of such matter fill it; below, they count in proportion.
const FILLS: f32 = 0.35;
/// A language whose kept text is less than this share of the other's may have lost its half: what only
/// markup or links speak against comes back.
const HALF_LOST: f32 = 0.15;

/// Judges every block of an article. Linear in its length.
pub(crate) fn matter(article: &Article, tongues: &[Tongue]) -> Vec<Matter> {
    let looks: Vec<Look> =
        article.blocks.iter().zip(tongues).map(|(block, &tongue)| look(block, tongue)).collect();
    let body = body(&looks);
    let finished = finished(&looks);
    let mut copies: HashMap<&str, usize> = HashMap::new();
    for block in &article.blocks {
        *copies.entry(block.text.trim()).or_default() += 1;
    }
    let mut all: Vec<Matter> = Vec::with_capacity(looks.len());
    for (k, (block, look)) in article.blocks.iter().zip(&looks).enumerate() {
        let ends = body.as_ref().is_some_and(|body| !body.contains(&k));
        let repeated = copies.get(block.text.trim()).is_some_and(|&n| n > 1);
        all.push(judge(block, look, ends, repeated, finished));
    }
    restore(article, &looks, &mut all);
    all
}

/// What a block looks like by itself.
struct Look {
    size: f32,
    finished: bool,
    language: Option<Language>,
}

impl Look {
    fn is_prose(&self) -> bool {
        self.finished && self.size >= PROSE_SIZE
    }
}

fn look(block: &Block, tongue: Tongue) -> Look {
    let Tongue { scripts, language } = tongue;
    let size = (scripts.han + scripts.kana + scripts.other) as f32 + scripts.latin_words as f32 * WORD_HAN;
    let last =
        block.text.trim_end().trim_end_matches(['”', '’', '"', '\'', '」', '』', ')', '）', ']', '*', '_']);
    let finished = last.ends_with(['。', '！', '？', '.', '!', '?', '…', '；', ';', '：', ':']);
    Look { size, finished, language }
}

/// From the first block of running text to the last.
fn body(looks: &[Look]) -> Option<std::ops::RangeInclusive<usize>> {
    let first = looks.iter().position(Look::is_prose)?;
    let last = looks.iter().rposition(Look::is_prose)?;
    Some(first..=last)
}

/// How far a page's text ends with marks: 1 where half of it does. Where there is none, as in a list, a poem or
/// subtitles, a short line without one is like all others.
fn finished(looks: &[Look]) -> f32 {
    let all: f32 = looks.iter().map(|look| look.size).sum();
    let open: f32 = looks.iter().filter(|look| !look.finished).map(|look| look.size).sum();
    (2.0 * (1.0 - open / all.max(1.0))).min(1.0)
}

fn judge(block: &Block, look: &Look, at_end: bool, repeated: bool, finished: f32) -> Matter {
    let mut matter = Matter::default();
    let mut sign = |applies: bool, weight: f32, name: &'static str| {
        if applies {
            matter.doubt += weight;
            matter.signs.push(name);
        }
    };
    sign(block.kind == BlockKind::Boilerplate, MARKUP, "markup of navigation");
    sign(block.link_density > 0.5, LINKS * block.link_density, "mostly links");
    let words = if look.size <= CUE_SIZE && block.text.len() <= CUE_BYTES {
        cues(&block.text)
    } else {
        Default::default()
    };
    let full = words.around >= FILLS;
    sign(words.label, LABEL, "names a language");
    sign(words.around > 0.0, CUE * (words.around / FILLS).min(1.0), "words found around articles");
    sign(full, CUE_FILLS, "little but such words");
    sign(is_reference(&block.text), REFERENCE, "entry of a bibliography");
    let article = look.is_prose();
    let cell = matches!(block.kind, BlockKind::TableCell { .. });
    sign(article, PROSE, "running text");
    sign(matches!(block.kind, BlockKind::Heading(_)), HEADING, "heading");
    sign(!look.finished && is_machine(&block.text), MACHINE, "address, date or time");
    sign(!look.finished && is_stamped(&block.text), STAMPED, "date and time of day");
    sign(at_end && !look.finished && !cell, AT_END, "before or after the running text");
    sign(look.size < SHORT_SIZE, SHORT * finished, "short");
    sign(!look.finished, UNFINISHED * finished, "no full stop");
    // A sentence may well be said twice; what is none and stands there twice is furniture.
    sign(repeated && !cell && !look.finished, REPEATED, "stands on the page twice");
    matter.aside = match block.kind {
        BlockKind::Code => Some(Reason::Code),
        _ if block.side.is_some() => None,
        _ => (matter.doubt >= ENOUGH).then_some(Reason::Boilerplate),
    };
    matter
}

/// Whether an address, a date or a time of day makes up much of a text.
fn is_machine(text: &str) -> bool {
    let plain = text.trim();
    let address = ["http://", "https://", "www.", "@"].iter().any(|sign| plain.contains(sign));
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let letters = Size::of(plain).letters;
    let dated = plain.contains(['年', '月', ':', '：', '-', '/']) && digits >= 4 && digits * 3 >= letters;
    address || dated
}

/// Whether a text holds a date in figures and the time of day right behind it: `2019-03-06 14:24`, `2019年3月6日 14:24`.
fn is_stamped(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let (date, minutes) = (&text[..at], &text[at + 1..]);
        let hours = date.trim_end_matches(|c: char| c.is_ascii_digit());
        let day = hours.trim_end().trim_end_matches(['日', 'T']);
        let before = day.trim_end_matches(|c: char| c.is_ascii_digit());
        let sign = |text: &str| text.ends_with(['-', '/', '.', '月']);
        let month =
            before.trim_end_matches(['-', '/', '.', '月']).trim_end_matches(|c: char| c.is_ascii_digit());
        let year = month.trim_end_matches(['-', '/', '.', '年']);
        hours.len() < date.len()
            && day.len() < hours.len()
            && before.len() < day.len()
            && sign(before)
            && year.len() < month.len()
            && year.len() >= 4
            && year.bytes().rev().take(4).all(|byte| byte.is_ascii_digit())
            && minutes.len() >= 2
            && minutes.bytes().take(2).all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a block is the entry of a bibliography: by its mark (`[M]`, `[J]`, `[EB/OL]`: GB/T 7714), or by an author, a
/// year and pages or a place with a publisher.
fn is_reference(text: &str) -> bool {
    /// Longer blocks, in bytes, are paragraphs.
    const LONGEST: usize = 600;
    const KINDS: [&str; 14] = ["M", "J", "D", "C", "N", "P", "R", "S", "G", "Z", "DB", "EB", "CP", "A"];
    let text = text.trim();
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let marked = text.match_indices('[').any(|(at, _)| {
        let mark = text[at + 1..].split(']').next().unwrap_or_default();
        let kind = mark.split('/').next().unwrap_or_default();
        at > 0 && mark.len() <= 5 && KINDS.contains(&kind) && text[at + 1 + mark.len()..].starts_with("].")
    });
    marked || is_author_year(text)
}

/// Whether a text begins as `Smith, J. R. (1998).` does.
fn is_author_year(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '.' | ' '));
    let Some((author, rest)) = text.split_once(" (") else { return false };
    let year = rest.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    let initial = author.split_once(", ").is_some_and(|(_, given)| {
        let mut letters = given.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
    });
    year && initial && rest.get(4..).is_some_and(|rest| rest.starts_with([')', 'a', 'b', 'c', ',']))
}

/// Gives back what was left out for its markup alone where that would leave one language with hardly
/// anything against the other: it is the half that a page keeps in a side column or behind links.
fn restore(article: &Article, looks: &[Look], all: &mut [Matter]) {
    let kept = |all: &[Matter], language| -> f32 {
        let sizes = looks
            .iter()
            .zip(all)
            .filter(|(look, matter)| matter.aside.is_none() && look.language == Some(language));
        sizes.map(|(look, _)| look.size).sum()
    };
    let (zh, en) = (kept(all, Language::Chinese), kept(all, Language::English));
    for (language, mine, others) in [(Language::Chinese, zh, en), (Language::English, en, zh)] {
        if mine >= HALF_LOST * others {
            continue;
        }
        for (k, matter) in all.iter_mut().enumerate() {
            let told = matter.signs.iter().any(|sign| sign.contains("words") || sign.contains("language"));
            let back =
                matter.aside == Some(Reason::Boilerplate) && looks[k].language == Some(language) && !told;
            if back && looks[k].finished && article.blocks[k].link_density < 0.9 {
                matter.aside = None;
                matter.signs.push("kept, as its language has little else");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(article: &Article) -> Vec<Matter> {
        let tongues: Vec<Tongue> = article.blocks.iter().map(|block| Tongue::of(&block.text)).collect();
        super::matter(article, &tongues)
    }

    fn article(blocks: &[(BlockKind, f32, &str)]) -> Article {
        let block = |&(kind, link_density, text): &(BlockKind, f32, &str)| Block {
            link_density,
            ..Block::verbatim(kind, text, 0)
        };
        Article { blocks: blocks.iter().map(block).collect(), ..Article::default() }
    }

    const PROSE_ZH: &str =
        "运河边的纺织厂关了三十年，今年改成了博物馆，机器都没有搬走，每逢周六还会开动其中的一台。";
    const PROSE_EN: &str = "The textile mill by the canal, closed for thirty years, has become a museum this year, and its machines have stayed where they were.";

    #[test]
    fn what_stands_around_is_left_out() {
        use BlockKind::{Boilerplate, Heading, Paragraph};
        let page = article(&[
            (Boilerplate, 1.0, "首页"),
            (Heading(1), 0.0, "纺织厂的新生"),
            (Heading(1), 0.0, "A New Life for the Mill"),
            (Paragraph, 0.0, "作者：贺林"),
            (Paragraph, 0.0, "2025-11-08 09:15"),
            (Paragraph, 0.0, PROSE_ZH),
            (Paragraph, 0.0, "他打开菜单，点了一碗面。"),
            (Paragraph, 0.0, "Advertisement"),
            (Paragraph, 0.3, PROSE_EN),
            (Paragraph, 0.0, "She read more books than anyone."),
            (Paragraph, 0.0, "分享到微信"),
            (Paragraph, 0.0, "© 2025 Canal News. All rights reserved."),
        ]);
        let left_out: Vec<usize> =
            matter(&page).iter().enumerate().filter_map(|(k, m)| m.aside.map(|_| k)).collect();
        assert_eq!(left_out, [0, 3, 4, 7, 10, 11]);
    }

    #[test]
    fn the_smaller_half_comes_back() {
        use BlockKind::{Boilerplate, Paragraph};
        let half = [
            (Boilerplate, 0.7, "The mill has become a museum."),
            (Boilerplate, 0.7, "One machine still runs."),
            (Boilerplate, 0.7, "Subscribe."),
        ];
        let alone = article(&[&[(Paragraph, 0.0, PROSE_ZH)][..], &half].concat());
        let left_out =
            |page: &Article| -> Vec<bool> { matter(page).iter().map(|m| m.aside.is_some()).collect() };
        assert_eq!(left_out(&alone), [false, false, false, true]);
        let beside =
            article(&[&[(Paragraph, 0.0, PROSE_ZH), (Paragraph, 0.0, PROSE_EN)][..], &half].concat());
        assert_eq!(left_out(&beside), [false, false, true, true, true]);
    }

    #[test]
    fn stamps_are_told() {
        for stamp in ["China Daily 2019-03-06 14:24", "2019年3月6日 14:24 来源：新华社", "2020/7/21 9:05:00"]
        {
            assert!(is_stamped(stamp), "{stamp}");
        }
        for other in
            ["每天 14:24 开门", "2019-03-06", "2019-03-06 14:", "比分 3-6 14:24", "周五 18:00", ":", "日:00"]
        {
            assert!(!is_stamped(other), "{other}");
        }
    }

    #[test]
    fn bibliographies_are_told() {
        for entry in [
            "[1] 张秀民. 中国印刷史[M]. 上海人民出版社, 1989.",
            "[4] Smith A. The end of print culture in China[J]. Journal of Asian Studies, 2005, 64(2): 12-33.",
            "Smith, J. R. (1998). Lights of the China Coast. Hong Kong: Harbour Press. p. 27.",
        ] {
            assert!(is_reference(entry), "{entry}");
        }
        for other in
            ["He was born in Hull (1998).", "[1] See the map [M] of 1998.", "参考文献", "Smith, J. R. (ed.)"]
        {
            assert!(!is_reference(other), "{other}");
        }
    }

    #[test]
    fn a_sentence_may_be_said_twice() {
        let twice = ["下一班渡轮几点开？", "Share", "下一班渡轮几点开？", "Share"];
        let page = article(&twice.map(|text| (BlockKind::Paragraph, 0.0, text)));
        let told =
            matter(&page).iter().map(|m| m.signs.contains(&"stands on the page twice")).collect::<Vec<_>>();
        assert_eq!(told, [false, true, false, true]);
    }
}
