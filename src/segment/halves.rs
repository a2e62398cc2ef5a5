//! Lines that may be a text and its translation, one behind the other: `公司简介 Company Profile`. Only words can tell
//! whether the halves translate each other. Linear.

use super::mixed::{TRIES, closes, edges, in_path, is_function_word, is_open, tokens};
use super::words::PARTS_OF_SPEECH;
use crate::language::{Scripts, is_han};

/// A line in two: the end of its first half and the start of its second, and the end of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    pub first: usize,
    pub second: usize,
    pub end: usize,
    /// Whether it is a word of a dictionary and its meaning, which no words need to confirm.
    pub entry: bool,
}

/// Where a line may be cut in two. A colon at its end, as labels in a form have, is left out.
pub(crate) fn halves(line: &str) -> Option<Cut> {
    let line = line.trim_end_matches([':', '：', ' ']);
    let cut = |(first, second)| Cut { first, second, end: line.len(), entry: false };
    let entry = at_part_of_speech(line).map(|at| Cut { entry: true, ..cut(at) });
    entry.or_else(|| at_sign(line).map(cut)).or_else(|| at_bracket(line)).or_else(|| at_change(line).map(cut))
}

/// Where the part of speech of an English word is followed by what it means: `modern adj. 新式的`.
fn at_part_of_speech(line: &str) -> Option<(usize, usize)> {
    let second = line.find(is_han)?;
    let first = line[..second].trim_end();
    let (word, part) = first.strip_suffix('.')?.rsplit_once(' ')?;
    let entry = PARTS_OF_SPEECH.has(part.rsplit(['/', '&']).next()?)
        && Scripts::count(word).latin_words > 0
        && Scripts::count(&line[second..]).latin_words == 0;
    entry.then_some((first.len(), second))
}

/// Where a term in both languages ends at the head of a line, and the text about it begins: `错误隔离 / Error isolation: A
/// file that fails …`, `Single-page conversion 单页转换 — …`.
pub(crate) fn head(line: &str) -> Option<(usize, usize)> {
    /// Longer heads, in bytes, are no terms.
    const LONGEST: usize = 90;
    let signs = [": ", "：", " — ", " – ", " - ", "——"];
    let end = line.char_indices().map(|(at, _)| at).take_while(|&at| at <= LONGEST).last()?;
    let (at, sign) = signs
        .iter()
        .filter_map(|sign| line[..end].find(sign).map(|at| (at, sign)))
        .min_by_key(|&(at, _)| at)?;
    let (head, rest) = (line[..at].trim_end(), line[at + sign.len()..].trim_start());
    let plain = !head.contains(['{', '\\']);
    let term = plain && Scripts::count(head).has_both() && !rest.trim().is_empty() && halves(head).is_some();
    term.then_some((head.len(), line.len() - rest.len()))
}

/// At a sign with Han characters on one side of it only, but not in a bracket or in code. The sign may stand within one
/// of the halves: `checkout / cash desk 收银台`.
fn at_sign(line: &str) -> Option<(usize, usize)> {
    let alone = |at: usize, sign: &str| {
        matches!(sign, "|" | "｜" | "／")
            || line[..at].ends_with(' ') && line[at + sign.len()..].starts_with(' ')
    };
    let signs = line.match_indices(['|', '｜', '/', '／', '-', '–', '—', '·', '•']).take(TRIES);
    signs.filter(|&(at, sign)| alone(at, sign) && !is_open(&line[..at])).find_map(|(at, sign)| {
        let (first, second) = (line[..at].trim_end(), line[at + sign.len()..].trim_start());
        let (a, b) = (Scripts::count(first), Scripts::count(second));
        // With the character of the Chinese half that is next to the sign: `checkout` in `cash desk / checkout 收银台` is
        // no part of the Chinese.
        let (han, chinese, other, english, near) = if a.han > 0 {
            (a, first, b, second, first.chars().rfind(|c| c.is_alphanumeric()))
        } else {
            (b, second, a, first, second.chars().find(|c| c.is_alphanumeric()))
        };
        let parted = han.han > 0
            && other.han == 0
            && other.latin_words > han.latin_words
            && (near.is_some_and(is_han) || repeats(chinese, english));
        parted.then_some((first.len(), line.len() - second.len()))
    })
}

/// Where Chinese ends and English follows, or the other way round, but not within a bracket or code. Latin words in the
/// Chinese half must stand in the English one too: `使用WiFi的方法 How to use the WiFi`, but not `苹果 iPhone 和 Mac`. What
/// follows Chinese belongs to it if it does: `会议室A Meeting room A`, `安装 Python 3 Install Python 3`.
fn at_change(line: &str) -> Option<(usize, usize)> {
    let tokens = tokens(line);
    let (first, last) = (tokens.iter().position(|t| t.han)?, tokens.iter().rposition(|t| t.han)?);
    let (from, to) = (|k: usize| &line[tokens[k].start..], |k: usize| &line[..tokens[k - 1].end]);
    let behind = |k: &usize| *k < tokens.len() && repeats(to(*k), from(*k));
    let before = |k: &usize| *k > 0 && repeats(from(*k), to(*k));
    let chinese_first = (last + 1..tokens.len().min(last + TRIES)).rev().find(behind);
    let english_first = || (first.saturating_sub(TRIES)..first + 1).find(before);
    let found = chinese_first.or_else(english_first)?;
    let (before, after) = (tokens[found - 1], tokens[found]);
    if in_path(line, before.end..after.start) {
        return None;
    }
    let (end, start) = edges(line, before, after, closes);
    // A title begins with its mark, which `edges` leaves to it.
    let titled = line[..after.start].ends_with(['《', '「', '『']) && !is_open(&line[..start]);
    (titled || !is_open(&line[..after.start])).then_some((end, start))
}

/// Whether the Latin words of the Chinese half of a line stand in its English one, as names do. `The` does not, nor does
/// a word with another capital: `海明威《老人与海》 | The Old Man and the Sea`, `爱我 | Love me, love my dog`.
fn repeats(chinese: &str, english: &str) -> bool {
    let words = |text| tokens(text).into_iter().filter(|token| !token.han);
    let same = |here: &str, there: &str| {
        let inner = here.chars().skip(1).any(char::is_uppercase);
        here == there || inner && here.eq_ignore_ascii_case(there)
    };
    let there = |here: &str| {
        let mut there = words(english).flat_map(|token| english[token.start..token.end].split('-'));
        (here.len() == 1 || !is_function_word(here)) && there.any(|there| same(here, there))
    };
    words(chinese).all(|token| there(&chinese[token.start..token.end]))
}

/// Where a bracket with the translation of all that is before it ends a line: `关于我们（About Us）`.
fn at_bracket(line: &str) -> Option<Cut> {
    let inner = line.trim_end_matches(['.', '。']).strip_suffix([')', '）'])?;
    let (before, within) = inner.rsplit_once(['(', '（'])?;
    let (han, latin) = (Scripts::count(before), Scripts::count(within));
    let parted =
        |zh: Scripts, en: Scripts| zh.han > 0 && zh.latin_words == 0 && en.han == 0 && en.latin_words > 0;
    let parted = parted(han, latin) || parted(latin, han);
    let second = inner.len() - within.len();
    parted.then(|| Cut { first: before.trim_end().len(), second, end: inner.len(), entry: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_heads() {
        let parts = |line| head(line).map(|(end, start): (usize, usize)| (&line[..end], &line[start..]));
        for (line, found) in [
            ("Error isolation / 错误隔离：A file fails.", ("Error isolation / 错误隔离", "A file fails.")),
            ("Single-page conversion 单页转换 — any page", ("Single-page conversion 单页转换", "any page")),
            ("克隆 / Clone: git clone url", ("克隆 / Clone", "git clone url")),
        ] {
            assert_eq!(parts(line), Some(found), "{line}");
        }
        for line in [
            "错误隔离：A file fails.",
            "使用 Git 和 Python: 见下",
            "Error isolation / 错误隔离：",
            "中文",
            "",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }

    #[test]
    fn lines_have_halves() {
        let halved = |line| halves(line).map(|cut: Cut| (&line[..cut.first], &line[cut.second..cut.end]));
        let cases: [(&str, (&str, &str)); 44] = [
            ("Import logs (导入日志).", ("Import logs", "导入日志")),
            ("modern adj. 新式的，现代的", ("modern adj.", "新式的，现代的")),
            ("dream v./n. 做梦", ("dream v./n.", "做梦")),
            ("单据：Documents：", ("单据", "Documents")),
            ("狐狸与鹤The Fox and the Crane", ("狐狸与鹤", "The Fox and the Crane")),
            ("狼与羊A Wolf and a Sheep", ("狼与羊", "A Wolf and a Sheep")),
            ("爱我Love me, love my dog", ("爱我", "Love me, love my dog")),
            ("A/B Testing A/B测试", ("A/B Testing", "A/B测试")),
            ("cash desk / checkout 收银台", ("cash desk / checkout", "收银台")),
            (
                "take one’s pulse / heart rate 测量脉搏/心率",
                ("take one’s pulse / heart rate", "测量脉搏/心率"),
            ),
            ("`#[a]` / `#[A]` — After advice / 返回后通知", ("`#[a]` / `#[A]` — After advice", "返回后通知")),
            ("● Toe Angle / ● 前束角", ("● Toe Angle", "● 前束角")),
            ("Room 3\u{3000}3号房间", ("Room 3", "3号房间")),
            (
                "营业：周五 18:00–23:00 Open: Friday 18:00–23:00",
                ("营业：周五 18:00–23:00", "Open: Friday 18:00–23:00"),
            ),
            ("周五 18:00–23:00 Friday 6 to 11 p.m.", ("周五 18:00–23:00", "Friday 6 to 11 p.m.")),
            (
                "旧城的春天 1952–1954 Spring in the Old Town",
                ("旧城的春天", "1952–1954 Spring in the Old Town"),
            ),
            ("关闭 Bluetooth Turn off Bluetooth", ("关闭 Bluetooth", "Turn off Bluetooth")),
            ("安装 Python 3 Install Python 3", ("安装 Python 3", "Install Python 3")),
            ("Room 3 3号房间", ("Room 3", "3号房间")),
            ("Chapter 5 第五章", ("Chapter 5", "第五章")),
            ("楼层：3 Floor: 3", ("楼层：3", "Floor: 3")),
            ("Meeting room A 会议室A", ("Meeting room A", "会议室A")),
            ("Dream of the Red Chamber 《红楼梦》", ("Dream of the Red Chamber", "《红楼梦》")),
            ("About Us（关于我们）", ("About Us", "关于我们")),
            ("会议室（二楼） Meeting room (second floor)", ("会议室（二楼）", "Meeting room (second floor)")),
            ("《红楼梦》 Dream of the Red Chamber", ("《红楼梦》", "Dream of the Red Chamber")),
            ("VIP会员 VIP members", ("VIP会员", "VIP members")),
            ("VIP members VIP会员", ("VIP members", "VIP会员")),
            ("T恤 T-shirts", ("T恤", "T-shirts")),
            ("会议室A Meeting room A", ("会议室A", "Meeting room A")),
            ("如何使用APP How to use the app", ("如何使用APP", "How to use the app")),
            ("使用WiFi的方法 How to use the WiFi", ("使用WiFi的方法", "How to use the WiFi")),
            ("关于我们（About Us）", ("关于我们", "About Us")),
            ("红楼梦 (Dream of the Red Chamber)", ("红楼梦", "Dream of the Red Chamber")),
            ("南宋(1127–1279) Southern Song (1127–1279)", ("南宋(1127–1279)", "Southern Song (1127–1279)")),
            ("公司简介 Company Profile", ("公司简介", "Company Profile")),
            ("Education 教育", ("Education", "教育")),
            ("教育 · Education", ("教育", "Education")),
            ("保温杯 500 ml / Flask, 500 ml", ("保温杯 500 ml", "Flask, 500 ml")),
            ("番茄 2个 2 tomatoes", ("番茄 2个", "2 tomatoes")),
            ("拍黄瓜 Smashed Cucumber ¥18", ("拍黄瓜", "Smashed Cucumber ¥18")),
            ("“谢谢！” “Thank you!”", ("“谢谢！”", "“Thank you!”")),
            ("联系我们Contact Us", ("联系我们", "Contact Us")),
            ("特斯拉 Model 3", ("特斯拉", "Model 3")),
        ];
        for (line, parts) in cases {
            assert_eq!(halved(line), Some(parts), "{line}");
        }
        for line in [
            "苹果 iPhone 15 发布",
            "使用 iPhone 和 Mac",
            "他们（John 和 Mary）",
            "TCP/IP 协议 Docker",
            "Clone / 克隆: `git clone url`",
            "PDF Expert 3 (Chinese UI / 中文界面)",
            "公司",
            "About",
            "",
        ] {
            assert_eq!(halves(line), None, "{line}");
        }
    }
}
