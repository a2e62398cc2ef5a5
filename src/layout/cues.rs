//! Words that matter around an article often holds. They are one weak sign among others: a block is never
//! judged by them alone, and only short blocks are looked at.

use crate::labels::is_label;
use crate::language::{Size, is_han, is_letter};
use std::sync::OnceLock;

/// Beginnings of words and phrases, lower case, by what they tell.
const AROUND: &[&str] = &[
    // Sharing and following.
    "分享到",
    "分享至",
    "分享本文",
    "转发",
    "扫码",
    "扫一扫",
    "关注我们",
    "关注公众号",
    "微信公众号",
    "微博",
    "点赞",
    "收藏",
    "轉發",
    "掃碼",
    "掃一掃",
    "關注我們",
    "追蹤我們",
    "按讚",
    "share this",
    "share on",
    "share via",
    "tweet",
    "follow us",
    "facebook",
    "whatsapp",
    "copy link",
    "print this",
    "email this",
    // Navigation.
    "首页",
    "当前位置",
    "您的位置",
    "返回顶部",
    "返回列表",
    "目录",
    "菜单",
    "搜索",
    "登录",
    "注册",
    "上一篇",
    "下一篇",
    "上一页",
    "下一页",
    "网站地图",
    "联系我们",
    "关于我们",
    "首頁",
    "當前位置",
    "返回頂部",
    "回到頂端",
    "目錄",
    "菜單",
    "選單",
    "搜尋",
    "登入",
    "註冊",
    "上一頁",
    "下一頁",
    "網站地圖",
    "網站導覽",
    "聯絡我們",
    "聯繫我們",
    "關於我們",
    "home",
    "about us",
    "contact us",
    "sitemap",
    "back to top",
    "previous",
    "next",
    "next page",
    "previous page",
    "next post",
    "previous post",
    "next article",
    "previous article",
    "next story",
    "previous story",
    "log in",
    "login",
    "sign in",
    "register",
    "menu",
    "search",
    "skip to",
    "table of contents",
    // Further reading.
    "相关推荐",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "相关链接",
    "延伸阅读",
    "推荐阅读",
    "猜你喜欢",
    "热门",
    "更多精彩",
    "阅读更多",
    "查看更多",
    "点击查看",
    "点击阅读",
    "阅读原文",
    "阅读全文",
    "展开全文",
    "相關推薦",
    "相關閱讀",
    "相關新聞",
    "相關文章",
    "相關連結",
    "延伸閱讀",
    "推薦閱讀",
    "熱門",
    "閱讀更多",
    "點擊查看",
    "閱讀原文",
    "閱讀全文",
    "read more",
    "related",
    "recommended",
    "more from",
    "most read",
    "most popular",
    "trending",
    "you may also like",
    "see also",
    "click here",
    "view more",
    "learn more",
    "top stories",
    // Rights and origin.
    "版权",
    "著作权",
    "转载",
    "原创文章",
    "未经授权",
    "未经许可",
    "免责声明",
    "声明",
    "备案",
    "icp备",
    "版權",
    "著作權",
    "轉載",
    "原創文章",
    "未經授權",
    "未經許可",
    "免責聲明",
    "聲明",
    "all rights reserved",
    "copyright",
    "©",
    "terms of use",
    "terms of service",
    "privacy policy",
    "disclaimer",
    "powered by",
    "theme by",
    // Bylines and datelines.
    "责任编辑",
    "责编",
    "编辑",
    "作者",
    "来源",
    "记者",
    "译者",
    "校对",
    "审核",
    "发布时间",
    "发布于",
    "更新时间",
    "更新于",
    "发表于",
    "責任編輯",
    "責編",
    "編輯",
    "來源",
    "記者",
    "譯者",
    "校對",
    "審核",
    "發佈時間",
    "發布時間",
    "發佈於",
    "發布於",
    "更新時間",
    "更新於",
    "發表於",
    "by ",
    "posted",
    "published",
    "updated",
    "last modified",
    "editor",
    "written by",
    "source:",
    "translated by",
    "photo by",
    "min read",
    // Advertisements and subscriptions.
    "广告",
    "赞助",
    "订阅",
    "下载app",
    "下载客户端",
    "会员",
    "优惠",
    "廣告",
    "贊助",
    "訂閱",
    "下載app",
    "會員",
    "優惠",
    "advertisement",
    "sponsored",
    "subscribe",
    "sign up",
    "newsletter",
    "download the app",
    "download our app",
    "donate",
    // Comments and counts.
    "评论",
    "留言",
    "条回复",
    "阅读量",
    "阅读数",
    "浏览",
    "点击量",
    "評論",
    "條回覆",
    "閱讀量",
    "瀏覽",
    "點擊量",
    "comments",
    "comment",
    "leave a reply",
    "views",
    "likes",
    // Consent and tags.
    "cookie",
    "隐私政策",
    "接受所有",
    "accept all",
    "标签",
    "关键词",
    "隱私政策",
    "隱私權",
    "標籤",
    "關鍵詞",
    "關鍵字",
    "分類",
    "tags",
    "filed under",
    "categories",
    "分类",
];

/// What the words of a block say of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Cues {
    /// Share of the letters that belong to words found around articles, 0 to 1.
    pub around: f32,
    /// Whether it only names a language, or the original or the translation.
    pub label: bool,
}

/// Looks a short block up. Linear in its length.
pub(super) fn cues(text: &str) -> Cues {
    let written = text.trim();
    let text = written.to_lowercase();
    let letters = Size::of(&text).letters;
    let around = around(&text, written, letters) as f32 / letters.max(1) as f32;
    Cues { around: around.min(1.0), label: is_label(&text) }
}

/// Characters of the words found around articles that stand in a text, each word counted once; `written` is the text
/// with its capitals, and has so many letters.
fn around(text: &str, written: &str, letters: usize) -> usize {
    let index = Index::get();
    let mut seen = [false; AROUND.len()];
    let mut found = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        for &(first, number) in index.of(c, before) {
            let cue = AROUND[number];
            if first == c
                && !seen[number]
                && text[at..].starts_with(cue)
                && stands_at(text, cue, at)
                && !is_in_phrase(written, cue, at, letters)
                && !(at == 0 && is_speaker(text, cue))
            {
                seen[number] = true;
                found += cue.chars().count();
            }
        }
        before = c;
    }
    found
}

/// The cues by their first characters, in buckets: these characters and the numbers.
struct Index {
    /// All of them.
    all: [Vec<(char, usize)>; Index::BUCKETS],
    /// Those that may begin within a word of ASCII.
    inner: [Vec<(char, usize)>; Index::BUCKETS],
}

impl Index {
    const BUCKETS: usize = 256;

    fn get() -> &'static Index {
        static INDEX: OnceLock<Index> = OnceLock::new();
        INDEX.get_or_init(|| {
            let empty = || [const { Vec::new() }; Index::BUCKETS];
            let mut index = Index { all: empty(), inner: empty() };
            for (number, cue) in AROUND.iter().enumerate() {
                if let Some(first) = cue.chars().next() {
                    let bucket = first as usize % Index::BUCKETS;
                    index.all[bucket].push((first, number));
                    if !cue.is_ascii() {
                        index.inner[bucket].push((first, number));
                    }
                }
            }
            index
        })
    }

    /// The cues that may begin with a character which stands behind another.
    fn of(&self, first: char, before: char) -> &[(char, usize)] {
        let cues = if before.is_ascii_alphanumeric() { &self.inner } else { &self.all };
        &cues[first as usize % Index::BUCKETS]
    }
}

/// Whether a cue that begins at a place, and not within a word of ASCII if it is one, stands there as words of its own.
fn stands_at(text: &str, cue: &str, at: usize) -> bool {
    if !cue.is_ascii() {
        return true;
    }
    let goes_on = text[at + cue.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
    // "by" opens a byline; in the middle of a line it is a word like any other.
    (cue.ends_with(' ') || !goes_on) && (cue != "by " || at == 0)
}

/// Words of menus that are as common elsewhere.
const COMMON: [&str; 6] = ["home", "next", "previous", "search", "menu", "register"];
const COMMON_ZH: [&str; 7] = ["菜单", "搜索", "目录", "登录", "注册", "收藏", "首页"];
/// A text of so many letters is more than an entry of a menu.
const PHRASE: usize = 10;

/// Whether a cue that is a common word stands in a sentence or phrase: with a small letter or a Han character beside it,
/// as in `I'm home` and `Next meeting`, but not in `Home News` and `Next »`; or any cue in quotation marks: `选择“编辑”`.
fn is_in_phrase(written: &str, cue: &str, at: usize, letters: usize) -> bool {
    let (Some(before), Some(after)) = (written.get(..at), written.get(at + cue.len()..)) else {
        return false;
    };
    let beside = |is: fn(char) -> bool| before.trim_end().ends_with(is) || after.trim_start().starts_with(is);
    let quoted = before.ends_with(['“', '"', '「', '【']) && after.starts_with(['”', '"', '」', '】']);
    COMMON.contains(&cue) && beside(|c| c.is_ascii_lowercase())
        || COMMON_ZH.contains(&cue) && letters >= PHRASE && beside(is_han)
        || quoted && before.chars().any(is_letter)
}

/// Whether a cue at the head of a text names who speaks in it: `记者：您好。`. A byline is no sentence.
fn is_speaker(text: &str, cue: &str) -> bool {
    const SPEAKERS: [&str; 9] = ["记者", "記者", "编辑", "編輯", "作者", "译者", "譯者", "editor", "author"];
    let says = text[cue.len()..].starts_with(['：', ':']);
    let ended = text.trim_end_matches(['”', '"', '」']).ends_with(['。', '！', '？', '.', '!', '?', '…']);
    SPEAKERS.contains(&cue) && says && ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_cues() {
        assert!(cues("记者：王小明").around > 0.0 && cues("（中文请见下方）").label);
        assert_eq!(cues("记者：谢谢您！").around, 0.0);
        assert!(cues("分享到微信").around > 0.5);
        assert_eq!(cues("The sharecroppers' nextdoor neighbour").around, 0.0);
        assert_eq!(cues("A house by the sea").around, 0.0);
        assert!(cues("By Anna Weiss").around > 0.0);
        assert!(cues("Next page").around > 0.5 && cues("Home").around > 0.5);
        assert_eq!(cues("Mama, I'm home").around, 0.0);
        assert_eq!(cues("6. Next meeting").around, 0.0);
        assert_eq!(cues("点击搜索引擎右侧的菜单，选择“编辑”").around, 0.0);
        assert!(cues("网站首页").around > 0.0 && cues("【收藏】").around > 0.0);
    }
}
