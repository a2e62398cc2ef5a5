//! Chinese sentences. `。！？` end a sentence with all that closes behind them, unless they stand in a title
//! or in a quotation that the sentence goes on from (its speaker follows, or `的`); the marks of ASCII end
//! one where they stand for those of Chinese type. Linear: looks at a bounded stretch around each mark.

use super::abbreviations::class_of;
use super::ending::{is_emoji, word_at, word_before};
use super::engine::{self, Context, Verdict};
use super::scan::{self, Mark};
use super::words::{ENDINGS, SHOUTED_NAMES};
use super::{Segmenter, english, quotes};
use crate::language::{Language, is_han};
use crate::span::Span;

/// Splits Chinese text, simplified or traditional.
///
/// ```
/// use duizhao::segment::{Chinese, Segmenter};
/// let text = "“下雨了吗？”她问。他看了看窗外：“还没有。”";
/// let sentences: Vec<_> = Chinese.segment(text).iter().map(|span| span.slice(text)).collect();
/// assert_eq!(sentences, ["“下雨了吗？”她问。", "他看了看窗外：“还没有。”"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chinese;

impl Segmenter for Chinese {
    fn language(&self) -> Language {
        Language::Chinese
    }

    fn segment_into(&self, text: &str, spans: &mut Vec<Span>) {
        engine::segment(text, Language::Chinese, spans);
    }
}

/// How far a bracket may lie from a mark inside it, in bytes.
const BRACKET_REACH: usize = 240;
/// How far back the mark is looked for that opens a quotation, in bytes.
const QUOTATION_REACH: usize = 2_000;
/// How much of what follows a quotation is looked at for its speaker, in characters.
const SPEAKER_REACH: usize = 24;

/// Characters in which foreign names are written and hardly any other word ends or begins.
const NAME_CHARACTERS: &str = "夫治阿埃艾奥奧巴贝貝比彼波伯布查达達德蒂迪杜恩尔爾法菲费費弗佛福盖蓋戈格根哈海汉漢赫亨胡霍基吉加杰\
    傑卡凯凱坎康柯科克肯库庫拉莱萊兰蘭劳勞勒雷蕾里利莉丽麗林琳卢盧鲁魯伦倫罗羅洛马馬玛瑪迈邁麦麥曼\
    梅门門蒙米密莫默姆纳納娜内尼妮努诺諾欧歐帕佩皮珀普奇乔喬琼瓊让讓萨薩塞瑟沙莎舍史斯丝絲思苏蘇索塔泰\
    坦汤湯唐特提托图圖瓦威韦韋维維温溫沃乌烏伍西希夏谢謝辛修雅亚亞扬揚耶叶葉伊因英约約泽澤扎詹珍朱兹茲佐";

/// Characters that begin a sentence far more often than they go on with one: pronouns and links.
const STARTERS: &str = "我你您他她它咱俺这這那此但然因如虽雖接于於随隨另首喂请請";

/// Particles that stand at the end of a sentence.
const PARTICLES: &str = "了吗嗎呢吧啊呀丫哦啦嘛的么麼喔哟喲";

/// Verbs that tell who spoke, by their last character.
const SPEECH: &str =
    "说説說道问問答喊叫嚷骂罵吼吟叹嘆笑哭想称稱示言斥曰云呼唤喚念唸嘀咕语語应應劝勸诉訴吩咐命令";

/// Decides about a mark in Chinese type, or about one of ASCII behind Chinese characters.
pub(super) fn judge(cx: &mut Context<'_>, at: usize) -> Verdict {
    let ending = Ending::read(cx, at);
    if ending.lone_point {
        match point(cx, at, ending.stop) {
            Point::Inside => return Verdict::Pass(ending.stop),
            Point::English => return english::judge(cx, at),
            Point::Stop => {}
        }
    }
    let next = cx.skip_space(ending.end);
    let Some(c) = cx.after(next) else { return Verdict::Pass(cx.end) };
    let pass = Verdict::Pass(ending.end);
    if carries_on(c) || in_title(cx, at) {
        return pass;
    }
    if ending.ascii_shout
        && (in_address(cx, at, next) || (next == ending.stop && is_name_point(cx, at, ending.stop)))
    {
        return pass;
    }
    if ending.ascii_shout && next == ending.end && SHOUTED_NAMES.has(word_before(cx.text, cx.start, at)) {
        return pass;
    }
    let ends = match ending.closer {
        Some(closer) if quotes::closes_quotation(closer) || matches!(closer, '"' | '\'') => {
            quotation_ends(cx, &ending, closer, next)
        }
        Some(closer) => bracket_ends(cx, &ending, closer),
        None if ending.ellipsis => ellipsis_ends(cx, &ending, next),
        None => true,
    };
    if ends { Verdict::End(ending.end) } else { pass }
}

/// The marks at the end of what may be a sentence, and what closes behind them.
struct Ending {
    at: usize,
    /// Behind the first run of marks.
    stop: usize,
    /// Behind all.
    end: usize,
    /// The first run is a single `.` or `．`.
    lone_point: bool,
    /// The marks are one `!` or `?` of ASCII.
    ascii_shout: bool,
    /// No mark but ellipses.
    ellipsis: bool,
    /// There is a `！` or `？`.
    shout: bool,
    /// The last closing mark.
    closer: Option<char>,
}

impl Ending {
    fn read(cx: &mut Context<'_>, at: usize) -> Self {
        let bytes = cx.text.as_bytes();
        let mut ending = Ending {
            at,
            stop: at,
            end: at,
            lone_point: false,
            ascii_shout: false,
            ellipsis: true,
            shout: false,
            closer: None,
        };
        let (mut marks, mut points) = (0, 0);
        while let Some((mark, len)) = scan::mark_at(&bytes[..cx.end], ending.end) {
            match mark {
                Mark::Separator => break,
                Mark::Point | Mark::WidePoint => points += 1,
                Mark::Ellipsis if begins_sentence(cx, ending.end, marks, ending.ellipsis) => break,
                Mark::Ellipsis => {}
                Mark::Stop => ending.ellipsis = false,
                Mark::Shout | Mark::WideShout => (ending.ellipsis, ending.shout) = (false, true),
            }
            ending.ascii_shout = marks == 0 && mark == Mark::Shout;
            marks += 1;
            ending.end += len;
        }
        ending.stop = ending.end;
        ending.lone_point = marks == 1 && points == 1;
        ending.ellipsis &= !ending.lone_point;
        ending.close(cx);
        if !ending.lone_point {
            ending.end += note_marks(cx.rest(ending.end));
        }
        ending
    }

    /// Takes in what closes, with or without a space before it, and marks behind that.
    fn close(&mut self, cx: &mut Context<'_>) {
        loop {
            let at = cx.skip_space(self.end);
            let Some(c) = cx.after(at) else { return };
            let attached = at == self.end;
            let behind = at + c.len_utf8();
            let closes = match c {
                '"' | '\'' if c == '"' => cx.quotation_open(at),
                '\'' => attached && cx.after(behind).is_none_or(|c| !c.is_alphanumeric() || is_han(c)),
                _ => quotes::closes(c),
            };
            let mark = scan::mark_at(cx.text.as_bytes(), at).filter(|(mark, _)| *mark != Mark::Separator);
            if closes {
                self.closer = Some(c);
            } else if let (true, Some((mark, _)), true) = (attached, mark, self.closer.is_some()) {
                self.shout |= matches!(mark, Mark::Shout | Mark::WideShout);
                self.ellipsis &= mark == Mark::Ellipsis;
                self.closer = None;
            } else if !(attached && (is_emoji(c) || matches!(c, '~' | '～'))) {
                return;
            }
            self.end = behind;
        }
    }
}

/// The length of the marks of notes at the head of a text, which belong to the sentence before: `[12]`, `［注3］`.
fn note_marks(text: &str) -> usize {
    /// A longer bracket is none, in bytes.
    const REACH: usize = 16;
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix(['[', '［']) {
        let Some(close) = inner.find([']', '］']).filter(|&close| close <= REACH) else { break };
        let number = inner[..close].trim_start_matches(['注', '註', ' ']);
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '，' | '-' | '–');
        if !number.starts_with(|c: char| c.is_ascii_digit()) || !number.chars().all(digits) {
            break;
        }
        rest = inner[close..].trim_start_matches([']', '］']);
    }
    text.len() - rest.len()
}

/// Whether an ellipsis behind `marks` marks begins the next sentence: letters follow it, and the one before
/// it is complete, with a mark of its own or with the two characters of an ellipsis (`……`).
fn begins_sentence(cx: &Context<'_>, at: usize, marks: usize, only_ellipses: bool) -> bool {
    const WHOLE: usize = 2;
    let rest = cx.rest(at);
    let behind = rest.trim_start_matches(['…', '⋯']);
    let length = (rest.len() - behind.len()) / '…'.len_utf8();
    let complete = if only_ellipses { marks == WHOLE && length == WHOLE } else { marks > 0 };
    complete && behind.starts_with(|c: char| is_han(c) || quotes::opens(c))
}

/// Marks before which no sentence ends.
fn carries_on(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':' | '·' | '/' | '%' | '％')
}

// ---- `.` and `．` -----------------------------------------------------------------------------------

enum Point {
    /// Of a number, a name, an abbreviation.
    Inside,
    /// For the rules of English.
    English,
    /// Ends a sentence.
    Stop,
}

fn point(cx: &Context<'_>, at: usize, stop: usize) -> Point {
    let (Some(left), Some(right)) = (cx.before(at), cx.after(stop)) else { return Point::Stop };
    if is_section(cx, at, stop) {
        return Point::Inside;
    }
    if is_digit(left) {
        let word = word_at(cx.text, stop, cx.end);
        let latin = right.is_ascii_lowercase() || word.len() == 1 && !is_digit(right) || ENDINGS.has(word);
        let inside = is_digit(right) || right.is_ascii_alphabetic() && latin || is_item_number(cx, at);
        return if inside { Point::Inside } else { Point::Stop };
    }
    if left.is_ascii_alphabetic() {
        let next = cx.after(cx.skip_space(stop)).unwrap_or(right);
        if next.is_ascii() {
            return Point::English;
        }
        return if is_latin_abbreviation(cx, at) { Point::Inside } else { Point::Stop };
    }
    if is_name_point(cx, at, stop) || stop > at + 1 && joins_words(cx, at, stop) {
        return Point::Inside;
    }
    if right.is_ascii_alphabetic() {
        let word = word_at(cx.text, stop, cx.end);
        return if right.is_ascii_lowercase() || ENDINGS.has(word) { Point::Inside } else { Point::Stop };
    }
    Point::Stop
}

/// Whether a point stands in the number of a section: `第三.C节`.
fn is_section(cx: &Context<'_>, at: usize, stop: usize) -> bool {
    const REACH: usize = 16;
    let back = cx.back(at, REACH);
    let before = back.trim_end_matches(|c| "一二三四五六七八九十".contains(c));
    before.len() < back.len()
        && before.ends_with('第')
        && cx.after(stop).is_some_and(|c| c.is_ascii_alphanumeric())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Whether the number before a point counts an item of a list: it is short, and opens the sentence or
/// stands behind a space or a mark that opens a list.
fn is_item_number(cx: &Context<'_>, at: usize) -> bool {
    const MAX_DIGITS: usize = 3;
    let before = cx.sentence(at);
    let number = before.chars().rev().take_while(|&c| is_digit(c)).take(MAX_DIGITS + 1);
    let (count, len) = number.fold((0, 0), |(count, len), c| (count + 1, len + c.len_utf8()));
    if count > MAX_DIGITS {
        return false;
    }
    match before[..before.len() - len].chars().next_back() {
        None => true,
        Some(',') => !before[..before.len() - len - 1].ends_with(is_digit),
        Some(c) => c.is_whitespace() || matches!(c, '：' | ':' | '；' | ';' | '（' | '(' | '、' | '，'),
    }
}

/// Whether the Latin word before a point keeps its point: an initial, an acronym, an abbreviation.
fn is_latin_abbreviation(cx: &Context<'_>, at: usize) -> bool {
    let word = word_before(cx.text, cx.start, at);
    word.chars().count() == 1 || word.split('.').all(|part| part.len() <= 1) || class_of(word).is_some()
}

/// Whether a mark stands between the parts of a foreign name, where `·` should be.
fn is_name_point(cx: &Context<'_>, at: usize, stop: usize) -> bool {
    let part = |c: char| NAME_CHARACTERS.contains(c);
    let left = cx.text[cx.start.min(at)..at].chars().rev().take(2);
    let right = cx.rest(stop).chars().take(2);
    left.chain(right).filter(|&c| part(c)).count() == 4
}

/// Whether `．` stands between short words, as it does in the lists and foreign names of Taiwan and Hong Kong;
/// not where it takes the place of `。` throughout.
fn joins_words(cx: &Context<'_>, at: usize, stop: usize) -> bool {
    const MAX_WORD: usize = 4;
    if !cx.back(at, BRACKET_REACH).contains('。') && !cx.ahead(stop, BRACKET_REACH).contains('。') {
        return false;
    }
    let word = |c: &char| is_han(*c);
    let left = cx.sentence(at).chars().rev().take(MAX_WORD + 1).take_while(word).count();
    let right = cx.rest(stop).chars().take(MAX_WORD + 1).take_while(word).count();
    (1..=MAX_WORD).contains(&left) && right > 0 || left > 0 && (1..=MAX_WORD).contains(&right)
}

/// Whether `?` or `!` is a part of an address.
fn in_address(cx: &Context<'_>, at: usize, next: usize) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '=' | '&');
    next == at + 1 && cx.before(at).is_some_and(latin) && cx.after(next).is_some_and(latin)
}

// ---- titles, brackets, quotations -------------------------------------------------------------------

/// Whether a mark stands inside `《…》` or `〈…〉`.
pub(super) fn in_title(cx: &Context<'_>, at: usize) -> bool {
    let bytes = cx.text.as_bytes();
    let from = cx.start.max(at.saturating_sub(BRACKET_REACH));
    let mut before =
        memchr::memrchr_iter(0xE3, &bytes[from..at]).filter_map(|found| title_mark(&bytes[from + found..]));
    if before.next() != Some(true) {
        return false;
    }
    let to = cx.end.min(at + BRACKET_REACH);
    let mut after =
        memchr::memchr_iter(0xE3, &bytes[at..to]).filter_map(|found| title_mark(&bytes[at + found..]));
    after.next() == Some(false)
}

/// Whether bytes begin with a mark that opens a title, or with one that closes one.
fn title_mark(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xE3, 0x80, 0x88 | 0x8A, ..] => Some(true),
        [0xE3, 0x80, 0x89 | 0x8B, ..] => Some(false),
        _ => None,
    }
}

/// Whether a sentence ends with a bracket that closes behind its mark: it does unless the bracket is an
/// aside in a longer sentence.
fn bracket_ends(cx: &Context<'_>, ending: &Ending, closer: char) -> bool {
    let Some(opener) = quotes::opener_of(closer) else { return true };
    let sentence = cx.sentence(ending.at);
    let back = &sentence[sentence.len() - cx.back(ending.at, BRACKET_REACH).len().min(sentence.len())..];
    back.rfind(opener).is_none_or(|open| {
        let lead = sentence.len() - back.len() + open;
        sentence[..lead].trim().is_empty()
    })
}

/// Whether a sentence ends with a quotation that ends with a mark.
fn quotation_ends(cx: &Context<'_>, ending: &Ending, closer: char, next: usize) -> bool {
    let rest = cx.rest(next);
    if rest.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '的' | '之' | '地' | '等')) {
        return false;
    }
    let opener = opening(cx, ending, closer);
    if let Some(open) = opener {
        let before = cx.text[cx.paragraph..open].trim_end();
        // `他说：“…。”` is complete: what follows is the next sentence.
        if before.ends_with(['：', ':']) {
            return true;
        }
        let inside = open > cx.start
            && !before.is_empty()
            && !before.ends_with(['，', ',', '。', '！', '？', '—', '”', '」', '…']);
        if inside && (ending.shout || ending.ellipsis) {
            return false;
        }
    }
    !names_speaker(rest)
}

/// Where the quotation opens that ends here.
fn opening(cx: &Context<'_>, ending: &Ending, closer: char) -> Option<usize> {
    let opener = match closer {
        '"' => '"',
        '\'' => '\'',
        _ => quotes::opener_of(closer)?,
    };
    let back = cx.back(ending.at, QUOTATION_REACH);
    back.rfind(opener).map(|found| ending.at - back.len() + found)
}

/// Whether a text begins with who spoke: a short clause with a verb of speech near its head or at its end. One that
/// leads to a quotation of its own, as a colon says, names who speaks next.
fn names_speaker(text: &str) -> bool {
    /// A subject has at most this many characters.
    const SUBJECT: usize = 6;
    let mut last = [' '; 2];
    let mut spoke = false;
    for (index, c) in text.chars().take(SPEAKER_REACH).enumerate() {
        match c {
            '：' | ':' | '“' | '「' | '『' | '"' | '\n' => return false,
            '，' | '。' | ',' | '！' | '？' | '；' | '.' | '!' | '?' | '…' => {
                return spoke || SPEECH.contains(last[1]) && !is_noun(last);
            }
            _ => {}
        }
        last = [last[1], c];
        spoke |=
            matches!(c, '道' | '说' | '說' | '问' | '問') && (1..SUBJECT).contains(&index) && !is_noun(last);
    }
    spoke
}

/// Whether two characters are a word in which the second is not a verb of speech.
fn is_noun(word: [char; 2]) -> bool {
    matches!(word, [a, '道'] if "知味街通轨軌渠频頻人铁鐵管大赤跑".contains(a))
        || matches!(word, [a, '说' | '說'] if "小据據听聽传傳来來学學".contains(a))
        || matches!(word, [a, '问' | '問'] if "学學疑访訪顾顧慰".contains(a))
}

// ---- `……` -------------------------------------------------------------------------------------------

/// An ellipsis ends a sentence where a new one visibly begins or the old one is whole; after a few words it
/// is a pause, and inside a quotation an omission.
fn ellipsis_ends(cx: &Context<'_>, ending: &Ending, next: usize) -> bool {
    /// A sentence of up to this many characters is not whole.
    const FEW: usize = 6;
    /// After up to this many the speaker stammers, whatever follows.
    const STAMMER: usize = 2;
    let sentence = cx.sentence(ending.at);
    let clause =
        |c: &char| !matches!(c, '，' | ',' | '：' | ':' | '“' | '「' | '『' | '、' | '。' | '…' | '⋯');
    let back = &sentence[sentence.len() - cut_back(sentence, BRACKET_REACH)..];
    let length = back.chars().rev().take_while(clause).count();
    if length == 0 || stammers(cx, back, next) {
        return false;
    }
    let mut ahead = cx.rest(next).chars().skip_while(|&c| quotes::opens(c));
    let Some(c) = ahead.next() else { return true };
    if !is_han(c) && !c.is_alphanumeric() {
        return false;
    }
    let whole = cx.before(ending.at).is_some_and(|c| PARTICLES.contains(c));
    if length <= STAMMER && !whole {
        return false;
    }
    if STARTERS.contains(c) || whole {
        return true;
    }
    length > FEW && !in_quotation(sentence)
}

/// Whether the last words before an ellipsis are said again behind it: `不过……不过`.
fn stammers(cx: &Context<'_>, before: &str, next: usize) -> bool {
    const WORD: usize = 3;
    let starts = before.char_indices().rev().take(WORD).map(|(at, _)| &before[at..]);
    starts.filter(|word| word.starts_with(is_han)).any(|word| cx.rest(next).starts_with(word))
}

/// Whether a quotation is open at the end of a sentence.
fn in_quotation(sentence: &str) -> bool {
    let back = &sentence[sentence.len() - cut_back(sentence, BRACKET_REACH)..];
    let found = back.rfind(['“', '”', '「', '」', '『', '』']);
    found.is_some_and(|at| back[at..].starts_with(quotes::opens))
}

/// The length of the last characters of a text, not many more than `len` bytes.
fn cut_back(text: &str, len: usize) -> usize {
    let from = text.len().saturating_sub(len);
    text.len() - (0..=from).rev().find(|&cut| text.is_char_boundary(cut)).unwrap_or(0)
}
