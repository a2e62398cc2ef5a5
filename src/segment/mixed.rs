//! Sentences of a text that may hold both languages, each with its language. A sentence followed by its
//! translation is cut in two even where no full stop parts them; a name, title or quotation in the other
//! script stays where it is. Linear in the length of the text.

use super::reading::around_reading;
use super::{for_language, framed};
use crate::language::{Language, Scripts, Tongue, is_han};
use crate::span::Span;
use std::ops::Range;

/// A language with less than this share of a text has no sentences of its own in it: what looks like one
/// is a name, a title or a quotation. A translation beside its original makes up a third or more.
const MINOR: f32 = 0.15;
/// Han characters and Latin words as shares of a sentence's weight, as in language detection.
const HAN: f32 = 0.6;
const WORD: f32 = 0.5;

/// The sentences of a text and their languages; `None` for one without letters in a text without.
///
/// They come in order and do not overlap; between them stands white space, and between a sentence and its
/// translation also what parts the two, such as a stroke or a dash.
pub fn by_language(text: &str) -> Vec<(Span, Option<Language>)> {
    by_tongue(text, Tongue::of(text))
}

/// The same for a text whose scripts and language are known.
pub(crate) fn by_tongue(text: &str, tongue: Tongue) -> Vec<(Span, Option<Language>)> {
    let Tongue { scripts, language: whole } = tongue;
    let frame = if scripts.has_both() { framed::of_all(text) } else { None };
    let whole = frame.or(whole);
    let (zh, en) = (scripts.han as f32 * HAN, scripts.latin_words as f32 * WORD);
    // Chinese with its reading and a translation looks like neither.
    let other = whole == Some(Language::Other);
    let read = other && scripts.han > 0 && scripts.accented > 0 && scripts.kana + scripts.other == 0;
    let of = if read { Language::Chinese } else { whole.unwrap_or(Language::English) };
    let spans = for_language(of).segment(text);
    if frame.is_some() || zh.min(en) < MINOR * (zh + en) || other && !read {
        return spans.into_iter().map(|span| (span, whole)).collect();
    }
    let mut found = Vec::with_capacity(spans.len());
    for span in spans {
        match switch(span.slice(text)) {
            Some((end, start)) => {
                for part in [Span::new(span.start, span.start + end), Span::new(span.start + start, span.end)]
                {
                    found.push((part, framed::language(part.slice(text))));
                }
            }
            None => found.push((span, framed::language(span.slice(text)))),
        }
    }
    settle(text, &mut found);
    found
}

/// Gives sentences without letters the language of a neighbour, and words of one language that are too
/// few to be a sentence that of the sentences around them.
fn settle(text: &str, found: &mut [(Span, Option<Language>)]) {
    let mut before = found.iter().find_map(|(_, language)| *language);
    for k in 0..found.len() {
        let (span, language) = found[k];
        if language.is_none() {
            found[k].1 = before;
        } else if k > 0 && k + 1 < found.len() && found[k - 1].1 == found[k + 1].1 && slight(span.slice(text))
        {
            found[k].1 = found[k - 1].1;
        }
        before = found[k].1;
    }
}

/// Whether a piece between two sentences of the other language has no more than a word or two of its own.
fn slight(piece: &str) -> bool {
    let scripts = Scripts::count(piece);
    scripts.han < 2 && scripts.latin_words < 2
}

/// A word or Han character of a sentence, or a bracket.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub han: bool,
}

/// Changes of script that are looked at in one sentence: a translation follows once.
pub(super) const TRIES: usize = 8;
/// A few letters in the other script are a name or an abbreviation.
const LETTERS_PER_HAN: usize = 2;

/// Where a sentence goes over from one language to the other for good: the end of the first part and the
/// start of the second.
fn switch(sentence: &str) -> Option<(usize, usize)> {
    let tokens = tokens(sentence);
    let all_han = tokens.iter().filter(|token| token.han).count();
    let all_letters: usize = tokens.iter().map(Token::letters).sum();
    if all_han < 2 || all_letters == 0 {
        return None;
    }
    let (mut han, mut letters, mut tried) = (0, 0, 0);
    for pair in tokens.windows(2) {
        han += usize::from(pair[0].han);
        letters += pair[0].letters();
        if pair[0].han == pair[1].han {
            continue;
        }
        let (han_after, letters_after) = (all_han - han, all_letters - letters);
        let pure = if pair[0].han {
            letters * LETTERS_PER_HAN <= han && han_after * 32 <= letters_after
        } else {
            han * 32 <= letters && letters_after * LETTERS_PER_HAN <= han_after
        };
        if pure && tried < TRIES {
            tried += 1;
            if let Some(cut) = cut_between(sentence, pair[0], pair[1]) {
                return Some(cut);
            }
        }
    }
    None
}

/// Where the piece before a change of script ends and the one after it starts, given what closes the first.
pub(super) fn edges(
    sentence: &str,
    before: Token,
    after: Token,
    closes: impl Fn(char) -> bool,
) -> (usize, usize) {
    let gap = &sentence[before.end..after.start];
    let inner = gap.find(|c: char| !closes(c)).unwrap_or(gap.len());
    let lead = gap.len() - gap.trim_end_matches(opens).len();
    let (end, start) = (before.end + inner, after.start - lead);
    keep_all(sentence, end.min(start), start)
}

impl Token {
    fn letters(&self) -> usize {
        if self.han { 0 } else { self.end - self.start }
    }
}

/// Brackets in which a gloss stands.
const OPENING: [char; 10] = ['(', '（', '[', '［', '《', '「', '『', '<', '〈', '【'];

/// Decides on a change of script by what parts the two pieces and whether each could translate the other.
fn cut_between(sentence: &str, before: Token, after: Token) -> Option<(usize, usize)> {
    let gap = &sentence[before.end..after.start];
    if gap.contains(OPENING) || is_open(&sentence[..after.start]) || is_one(sentence, before, after) {
        return None;
    }
    // A colon at the end of a whole Chinese sentence is its own; elsewhere it only parts the two.
    let whole = before.han && Scripts::count(&sentence[..before.end]).han >= WHOLE_HAN;
    let (end, start) = edges(sentence, before, after, |c| closes(c) || c == '：' && whole);
    let (zh, en) = match before.han {
        true => (&sentence[..end], &sentence[start..]),
        false => (&sentence[start..], &sentence[..end]),
    };
    let strong = gap.contains("  ")
        || gap.contains([
            '\n', '\t', '|', '｜', '/', '／', '—', '–', '•', '·', '\u{3000}', '。', '！', '？', '!', '?',
        ]);
    translates(zh, en, strong).then_some((end, start))
}

/// Whether what stands before a change of script and behind it is one sentence.
fn is_one(sentence: &str, before: Token, after: Token) -> bool {
    let gap = &sentence[before.end..after.start];
    let ended = |part: &str| part.trim_end().ends_with(['.', '!', '?']);
    let between = if before.han {
        let name = sentence[..before.end].trim_start();
        let mentioned = name.starts_with('@') && !name.contains(char::is_whitespace);
        // `如何使用APP How to use the app`, `小雅: He went home by train.`, `@小林爱吃面 Queued for two hours.`
        gap.is_empty() || mentioned || gap.trim_end().ends_with([':', '：']) && framed::is_name(name)
    } else {
        // `A/B Testing A/B测试`
        let word = &sentence[before.start..before.end];
        let again = gap.is_empty()
            && tokens(&sentence[..before.start]).iter().any(|t| &sentence[t.start..t.end] == word);
        // Who says it: `“…?”老师问我`. The point behind Chinese at the end is that of the English: `We ordered 麻婆豆腐.`
        again
            || gap.ends_with(framed::CLOSING) && sentence.starts_with(framed::OPENING)
            || ended(sentence) && !ended(&sentence[..after.start])
    };
    // `他说：“…`
    let leads_up = gap.contains([':', '：']) && gap.ends_with(framed::OPENING);
    between
        || leads_up
        || in_path(sentence, before.end..after.start)
        || before.han && around_reading(sentence).is_some()
}

/// Whether a stroke in a gap belongs to a path or an address (`写入 /var/log`, `https://example.org/ 上`) and parts
/// nothing: what it touches has more strokes, or it opens a word in small letters. Behind the mark of a sentence it parts.
pub(super) fn in_path(sentence: &str, gap: Range<usize>) -> bool {
    let Some(at) = sentence[gap.clone()].find('/').map(|k| gap.start + k) else { return false };
    let (before, after) = (&sentence[..at], &sentence[at + 1..]);
    if before.trim_end_matches([' ', '”', '"', '」', '’']).ends_with(['。', '！', '？', '.', '!', '?'])
    {
        return false;
    }
    let run = |c: char| c.is_whitespace() || is_han(c);
    let more = |piece: Option<&str>| piece.is_some_and(|piece| piece.contains('/'));
    let opens = before.ends_with(' ') && after.starts_with(|c: char| c.is_ascii_lowercase());
    before.ends_with('~') || opens || more(before.rsplit(run).next()) || more(after.split(run).next())
}

/// Makes what stands between two parts, such as a figure, part of one of them: of the first where it follows on it at once
/// or stands between English and Chinese, else of the second. Only what parts them belongs to neither.
fn keep_all(sentence: &str, end: usize, start: usize) -> (usize, usize) {
    let gap = &sentence[end..start];
    let core = gap.trim_matches(parts);
    if core.is_empty() {
        return (end, start);
    }
    let at = end + (gap.len() - gap.trim_start_matches(parts).len());
    let behind = &sentence[at + core.len()..];
    match core.rfind(char::is_whitespace) {
        // `Room 3 3号房间`
        Some(space) if behind.starts_with(is_han) => {
            let figure = core[space..].trim_start();
            (at + core[..space].trim_end().len(), at + core.len() - figure.len())
        }
        // `Chapter 5 第五章`, `楼层：3 Floor: 3`
        _ if !sentence[end..at].contains(char::is_whitespace) => (at + core.len(), start),
        // `安装 Python 3 Install Python 3`, `周五 18:00–23:00 Friday 18:00–23:00`, `周五 18:00–23:00 Friday 6–11 p.m.`
        _ if stands_in(core, behind)
            || figures(core) > 1 && figures(behind) > 1 && figures(&sentence[..at]) == 0 =>
        {
            (at + core.len(), start)
        }
        _ if core.contains(char::is_alphanumeric)
            && behind.trim_start().starts_with(is_han)
            && !behind.starts_with(is_han) =>
        {
            (at + core.len(), start)
        }
        _ => (end, at),
    }
}

/// Whether a text has a piece as it stands, not as a part of a longer word or figure.
fn stands_in(piece: &str, text: &str) -> bool {
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(piece).take(TRIES).any(|(at, _)| {
        apart(text[..at].chars().next_back()) && apart(text[at + piece.len()..].chars().next())
    })
}

/// How many figures a text has.
fn figures(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).filter(|figure| !figure.is_empty()).count()
}

/// Whether a character only parts a text from its translation.
pub(super) fn parts(c: char) -> bool {
    c.is_whitespace() || "|｜/／—–-•·~～:：,，、=*\\→".contains(c)
}

/// English letters for one Han character: translations have 2 to 6; a margin for short titles.
const LETTERS_A_HAN: (f32, f32) = (1.4, 9.0);
/// Words that make a row of English words a phrase of its own rather than a name.
const FUNCTION_WORDS: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "has", "have", "he", "in", "is", "it", "of",
    "on", "that", "the", "they", "to", "was", "we", "with",
];
/// Han characters with which a phrase goes on after a name, or leads up to one.
const LINKS_ON: &str = "是的和与在有等将被为及或也都就了则";
const LEADS_UP: &str = "的是在和与及或到看读把被对向从叫为说道问写，,、：:";

/// Whether the parts could translate each other; where nothing parts them but a space, they must also be
/// phrases of some length that do not run on into each other.
fn translates(zh: &str, en: &str, strong: bool) -> bool {
    let (han, latin) = (Scripts::count(zh), Scripts::count(en));
    let rate = latin.latin_letters as f32 / han.han.max(1) as f32;
    let runs_on = zh.trim_start().starts_with(|c| LINKS_ON.contains(c))
        || zh.trim_end().ends_with(|c| LEADS_UP.contains(c));
    let leads_to = zh.ends_with('：') && han.han >= WHOLE_HAN;
    if is_whole(en) && (!runs_on || leads_to) && han.han >= 2 {
        return true;
    }
    if !(LETTERS_A_HAN.0..=LETTERS_A_HAN.1).contains(&rate) || han.han < 2 || latin.latin_letters < 4 {
        return false;
    }
    if strong {
        return true;
    }
    han.han >= 4 && latin.latin_words >= 3 && has_function_word(en) && !runs_on
}

/// Words from which on English with a capital and a full stop is a sentence, not a name or title.
const WHOLE_WORDS: usize = 6;
/// Han characters from which on Chinese with a colon at its end is a sentence of its own, whose translation follows.
const WHOLE_HAN: usize = 8;

/// Whether a piece is an English sentence by its capital, its full stop and its words.
fn is_whole(en: &str) -> bool {
    let mark = |c: char| closes(c) && !matches!(c, '.' | '!' | '?') || opens(c) || c.is_whitespace();
    // The number of a note may follow the full stop.
    let note = |c: char| mark(c) || c.is_ascii_digit() || matches!(c, ',' | '-' | '–');
    let plain = en.trim_start_matches(mark).trim_end_matches(note);
    plain.ends_with(['.', '!', '?'])
        && plain.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && Scripts::count(plain).latin_words >= WHOLE_WORDS
        && has_function_word(plain)
}

fn has_function_word(en: &str) -> bool {
    en.split(|c: char| !c.is_ascii_alphabetic()).any(is_function_word)
}

pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.iter().any(|f| word.eq_ignore_ascii_case(f))
}

/// Whether a bracket or code is open at the end of a piece.
pub(super) fn is_open(piece: &str) -> bool {
    open_bracket(piece) || piece.bytes().filter(|&byte| byte == b'`').count() % 2 == 1
}

/// Whether a bracket is open at the end of a piece.
fn open_bracket(piece: &str) -> bool {
    let mut depth = 0i32;
    for c in piece.chars() {
        match c {
            '(' | '（' | '[' | '［' | '《' | '「' | '『' | '【' => depth += 1,
            ')' | '）' | ']' | '］' | '》' | '」' | '』' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth > 0
}

pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '。'
            | '！'
            | '？'
            | '…'
            | '”'
            | '’'
            | '"'
            | '\''
            | ')'
            | '）'
            | ']'
            | '》'
            | '」'
            | '』'
            | ';'
            | '；'
            | '%'
    )
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '"' | '\'' | '$' | '#')
}

pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut in_word = false;
    for (start, c) in sentence.char_indices() {
        let end = start + c.len_utf8();
        if is_han(c) {
            tokens.push(Token { start, end, han: true });
            in_word = false;
        } else if c.is_alphabetic() || (in_word && (matches!(c, '\'' | '’' | '-') || c.is_ascii_digit())) {
            match tokens.last_mut().filter(|_| in_word) {
                Some(word) => word.end = end,
                None => tokens.push(Token { start, end, han: false }),
            }
            in_word = true;
        } else {
            in_word = false;
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(&str, Option<Language>)> {
        by_language(text).into_iter().map(|(span, language)| (span.slice(text), language)).collect()
    }

    #[test]
    fn translations_side_by_side_are_parted() {
        let cases = [
            ("雨停了。 The rain has stopped.", vec!["雨停了。", "The rain has stopped."]),
            (
                "我们昨天去了海边。/ We went to the seaside yesterday.",
                vec!["我们昨天去了海边。", "We went to the seaside yesterday."],
            ),
            ("The rain has stopped.雨停了。", vec!["The rain has stopped.", "雨停了。"]),
            (
                "患者 The first author enrolled all of the patients.",
                vec!["患者", "The first author enrolled all of the patients."],
            ),
            (
                "方法 Earlier trials have shown that it works in the young.14",
                vec!["方法", "Earlier trials have shown that it works in the young.14"],
            ),
            ("关于我们 / About us", vec!["关于我们", "About us"]),
            ("About us | 关于我们", vec!["About us", "关于我们"]),
            ("旧城的春天 Spring in the Old Town", vec!["旧城的春天", "Spring in the Old Town"]),
            (
                "雨停了。The rain has stopped.我们走吧。Let us go.",
                vec!["雨停了。", "The rain has stopped.", "我们走吧。", "Let us go."],
            ),
            ("“雨停了。” “The rain has stopped.”", vec!["“雨停了。”", "“The rain has stopped.”"]),
            (
                "老人想了一会儿，慢慢说道： In those days the river was still full of fish.",
                vec!["老人想了一会儿，慢慢说道：", "In those days the river was still full of fish."],
            ),
            ("旧城的春天 1952 Spring in the Old Town", vec!["旧城的春天", "1952 Spring in the Old Town"]),
            ("旧城的春天★ / Spring in the Old Town", vec!["旧城的春天★", "Spring in the Old Town"]),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text).into_iter().map(|(s, _)| s).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn what_belongs_to_a_sentence_stays() {
        let cases = [
            ("她在 National Palace Museum 工作。", Language::Chinese),
            ("我们去了国立故宫博物院（National Palace Museum）。", Language::Chinese),
            ("她最喜欢的小说是 The Wind in the Willows", Language::Chinese),
            ("The Wind in the Willows 是她最喜欢的小说", Language::Chinese),
            ("The word 对照 means to set one text against another.", Language::English),
            ("They met at Hongkou (虹口) in 1932.", Language::English),
            ("译者: John Smith", Language::Chinese),
            ("日志写入 /var/log/syslog。", Language::Chinese),
            ("请打开 ~/photos/_site/index.html。", Language::Chinese),
            ("https://data.example.org/qinghe/ 或致函本所", Language::Chinese),
        ];
        for (text, language) in cases {
            assert_eq!(split(text), [(text, Some(language))], "{text}");
        }
    }

    #[test]
    fn figures_go_with_their_neighbours() {
        let found = split("他数了数。 1, 2, 3! He counted them one by one.");
        assert_eq!(found.last().unwrap().1, Some(Language::English));
        assert!(found.iter().all(|(_, language)| language.is_some()));
    }
}
