//! English sentences. At each mark the rules weigh the word before it (an abbreviation and of what class, an
//! initial, a number, a word) against what follows (lower case, a word that only a sentence begins with,
//! a name, a number, a quotation). Linear. The rules draw on the classes of the Moses prefix lists, on
//! Kiss and Strunk (2006) for the weight of what follows, and on the usage of the Universal Dependencies
//! treebanks.

use super::abbreviations::{self, Class, class_of};
use super::ending::{Ending, Kind, Right, note_numbers, word_at, word_before};
use super::engine::{self, Context, Verdict};
use super::words::*;
use super::{Segmenter, lists, quotes};
use crate::language::{Language, is_han};
use crate::span::Span;

/// Splits English text.
///
/// ```
/// use duizhao::segment::{English, Segmenter};
/// let text = "It opened in Oct. 1998. “Ready?” asks Mrs. Hall.";
/// let sentences: Vec<_> = English.segment(text).iter().map(|span| span.slice(text)).collect();
/// assert_eq!(sentences, ["It opened in Oct. 1998.", "“Ready?” asks Mrs. Hall."]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct English;

impl Segmenter for English {
    fn language(&self) -> Language {
        Language::English
    }

    fn segment_into(&self, text: &str, spans: &mut Vec<Span>) {
        engine::segment(text, Language::English, spans);
    }
}

/// Longest number of a list item or section that may stand alone before its point, in characters.
const MAX_MARKER: usize = 4;
/// How far back the rules look for the beginning of an address, in bytes.
const MAX_ADDRESS: usize = 120;
/// How far back the rules look for the words of a sentence before an abbreviation, in bytes.
const MAX_PHRASE: usize = 200;
/// How much of the beginning of a sentence the rules look at, in bytes or characters.
const MAX_HEAD: usize = 80;

/// Decides about a mark in Latin type.
pub(super) fn judge(cx: &mut Context<'_>, at: usize) -> Verdict {
    let mut ending = Ending::read(cx, at);
    if let Some(end) = note_numbers(cx, ending.end) {
        let word = word_before(cx.text, cx.start, at);
        if is_plain_word(word) && abbreviation(word).is_none() && !LETTERED.has(word) {
            ending.end = end;
        }
    }
    if cx.skip_space(ending.end) == cx.end {
        return Verdict::Pass(cx.end);
    }
    let right = Right::read(cx, ending.end);
    let ends = match (ending.shouts, ending.points) {
        (0, 1) => point_ends(cx, &ending, &right),
        (0, _) => return ellipsis(cx, &ending, &right),
        _ => shout_ends(cx, &ending, &right),
    };
    let ends = ends && !in_aside(cx, &ending) && !is_source(cx, &ending, &right);
    if ends { Verdict::End(ending.end) } else { Verdict::Pass(ending.end) }
}

/// Whether the source of a quotation follows it and ends the paragraph: `“…” — Jane Roe, 1999`.
fn is_source(cx: &Context<'_>, ending: &Ending, right: &Right<'_>) -> bool {
    /// A longer rest is a sentence of its own, in bytes.
    const MAX_SOURCE: usize = 60;
    let rest = cx.rest(right.at);
    ending.quotation && right.dash && rest.len() <= MAX_SOURCE && !rest.ends_with(['.', '!', '?'])
}

/// Whether an ending stands in a bracket in the middle of a sentence that goes on behind it.
fn in_aside(cx: &Context<'_>, ending: &Ending) -> bool {
    /// A longer bracket is no aside, in bytes.
    const REACH: usize = 240;
    let bytes = cx.text.as_bytes();
    let back = &bytes[cx.start.max(ending.at.saturating_sub(REACH))..ending.at];
    let open = memchr::memrchr2(b'(', b')', back).filter(|&found| back[found] == b'(');
    let (Some(open), false) = (open, ending.bracket) else { return false };
    let ahead = &bytes[ending.end..cx.end.min(ending.end + REACH)];
    let close = memchr::memchr2(b'(', b')', ahead).filter(|&found| ahead[found] == b')');
    let Some(close) = close else { return false };
    let next = cx.skip_space(ending.end + close + 1);
    has_word(cx, ending.at - back.len() + open)
        && cx.after(next).is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';'))
}

// ---- `!` and `?` ------------------------------------------------------------------------------------

fn shout_ends(cx: &Context<'_>, ending: &Ending, right: &Right<'_>) -> bool {
    let word = word_before(cx.text, cx.start, ending.at);
    let aside = ending.bracket && matches!(cx.before(ending.at), Some('(' | '（' | '['));
    if aside {
        return false;
    }
    match right.kind {
        Kind::Mark => false,
        Kind::Bullet => true,
        Kind::Lower if !right.gap || right.dash || ending.quotation || ending.bracket => false,
        Kind::Lower => shout_before_lower_ends(cx, ending, word, right.word),
        Kind::Han => !(ending.shouts == 1 && ending.points == 0 && SHOUTED_NAMES.has(word)),
        _ if !right.gap && !right.quotation && in_address(cx, ending.at) => false,
        Kind::Digit => right.gap,
        Kind::Capital | Kind::Initial if ending.quotation => !names_speaker(cx, right),
        Kind::Capital | Kind::Initial => !SHOUTED_NAMES.has(word) || right.is_starter() || ending.shouts > 1,
    }
}

fn shout_before_lower_ends(cx: &Context<'_>, ending: &Ending, word: &str, next: &str) -> bool {
    let question = cx.text.as_bytes()[ending.at] == b'?';
    if begins_in_lower_case(cx, ending.at) || ending.shouts > 1 {
        return question || ending.shouts > 1 || !LINKS.has(next);
    }
    let name = !question
        && (SHOUTED_NAMES.has(word) || INTERJECTIONS.has(word) || is_inner_name(cx, ending.at, word));
    !name && !LINKS.has(next)
}

/// Whether a capitalised word stands behind another one in the middle of a sentence.
fn is_inner_name(cx: &Context<'_>, at: usize, word: &str) -> bool {
    let before = cx.sentence(at - word.len()).trim_end();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    capital(word) && capital(word_before(before, 0, before.len()))
}

/// Whether who spoke follows a quotation: `Mrs. Hall asked`, `I cried`.
fn names_speaker(cx: &Context<'_>, right: &Right<'_>) -> bool {
    /// A name has at most this many words, counting titles.
    const MAX_NAME: usize = 3;
    if right.quotation || right.bracket || (right.is_starter() && right.word != "I") {
        return false;
    }
    let mut at = right.at;
    for _ in 0..=MAX_NAME {
        let word = word_at(cx.text, at, cx.end);
        if word.is_empty() {
            return false;
        }
        if at > right.at && SPEECH.has(word) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        at += word.len();
        at += usize::from(cx.after(at) == Some('.'));
        at = cx.skip_space(at);
    }
    false
}

// ---- `...` and `…` ----------------------------------------------------------------------------------

fn ellipsis(cx: &Context<'_>, ending: &Ending, right: &Right<'_>) -> Verdict {
    let before = cx.before(ending.at);
    let pass = Verdict::Pass(ending.end);
    if ending.bracket && matches!(before, Some('[' | '(')) || !has_word(cx, ending.at) {
        return pass;
    }
    let detached = before.is_none_or(char::is_whitespace);
    // A stammer: `I... I can't`.
    let last = previous_word(cx, ending.at);
    if last == "I" || last.eq_ignore_ascii_case(right.word) {
        return pass;
    }
    // A full stop, then the three points of an omission that begins the next sentence.
    if ending.points == 4 && ending.spaced && !detached && right.kind == Kind::Capital && !ending.quotation {
        return Verdict::End(ending.at + 1);
    }
    let ends = match right.kind {
        Kind::Bullet => true,
        Kind::Han => right.gap,
        Kind::Capital | Kind::Initial if ending.quotation => !names_speaker(cx, right),
        _ if right.dash => false,
        Kind::Capital if !right.gap => right.quotation || (right.is_starter() && right.word != "I"),
        Kind::Capital if detached && ending.points < 4 => right.is_starter() && right.word != "I",
        Kind::Capital | Kind::Initial => right.gap,
        _ => false,
    };
    if ends { Verdict::End(ending.end) } else { pass }
}

// ---- `.` --------------------------------------------------------------------------------------------

fn point_ends(cx: &Context<'_>, ending: &Ending, right: &Right<'_>) -> bool {
    if right.kind == Kind::Bullet {
        return has_word(cx, ending.at);
    }
    if right.kind == Kind::Mark || !has_word(cx, ending.at) {
        return false;
    }
    // Behind what closes it no longer matters which word was before the first point.
    let word = if ending.sealed { "" } else { word_of_point(cx, ending.at) };
    if ending.end == ending.at + 1 && !right.gap && !right.quotation && !right.bracket && !right.dash {
        return match right.kind {
            Kind::Capital | Kind::Initial => point_before_capital_ends(cx, ending.at, word, right),
            Kind::Digit => point_before_digit_ends(cx, ending.at, word, right),
            Kind::Han => word_ends(cx, ending, word, right),
            _ => false,
        };
    }
    if right.kind == Kind::Lower && !right.gap {
        return right.bracket && is_plain_word(word) && abbreviation(word).is_none();
    }
    if right.kind == Kind::Lower {
        return point_before_lower_ends(cx, ending, word, right);
    }
    word_ends(cx, ending, word, right)
}

/// The word that a point belongs to; tokenised text may have a space between.
fn word_of_point<'t>(cx: &Context<'t>, at: usize) -> &'t str {
    let word = word_before(cx.text, cx.start, at);
    if !word.is_empty() || !cx.sentence(at).ends_with(' ') {
        return word;
    }
    let previous = previous_word(cx, at);
    if matches!(class_of(previous), Some(Class::Title | Class::Never)) { previous } else { word }
}

/// A point with white space, or all that closes, behind it.
fn word_ends(cx: &Context<'_>, ending: &Ending, word: &str, right: &Right<'_>) -> bool {
    // `modern adj. 新式的`
    if is_marker(cx, ending, word) || right.kind == Kind::Han && PARTS_OF_SPEECH.has(word) {
        return false;
    }
    if let Some(class) = abbreviation(word).filter(|_| !is_per_cent(cx, ending.at, word)) {
        if ending.quotation {
            return true;
        }
        if ending.bracket {
            return right.is_starter()
                || matches!(class, Class::Etc | Class::EtAl | Class::Company | Class::Time);
        }
        return !right.bracket && abbreviation_ends(cx, ending.at, class, word, right);
    }
    if right.kind == Kind::Digit && abbreviations::numbers(word) {
        return false;
    }
    // `Table 3.2. Results`, but not `a mean of 3.2. Women`.
    if is_number(word)
        && word.contains('.')
        && !right.is_starter()
        && word_back(cx, ending.at, word).starts_with(char::is_uppercase)
    {
        return false;
    }
    if is_single_letter(word) && !in_address(cx, ending.at) {
        return ending.quotation || letter_ends(cx, ending.at, word, right);
    }
    true
}

/// Whether a word is digits and points.
fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a word is that of `per cent`, which is no abbreviation.
fn is_per_cent(cx: &Context<'_>, at: usize, word: &str) -> bool {
    word == "cent" && word_back(cx, at, word) == "per"
}

/// The class of an abbreviation; letters with points between them that no table has are of the class `Other`.
fn abbreviation(word: &str) -> Option<Class> {
    if let Some(class) = class_of(word) {
        return Some(class);
    }
    let (_, last) = word.rsplit_once('.')?;
    // A decimal is none.
    if word
        .split('.')
        .all(|part| part.chars().count() <= 1 && !part.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(Class::Other);
    }
    class_of(last)
}

fn abbreviation_ends(cx: &Context<'_>, at: usize, class: Class, word: &str, right: &Right<'_>) -> bool {
    let capital = matches!(right.kind, Kind::Capital | Kind::Initial);
    let starter = right.is_starter();
    let honorific = right.kind == Kind::Capital && HONORIFICS.has(right.word);
    match class {
        Class::Never => false,
        // A translation follows: `He ran 5 km. 他跑了五公里。`, but not `Apple Inc. 是一家公司。`
        _ if right.kind == Kind::Han => {
            let sentence = cx.sentence(at).len().min(MAX_PHRASE);
            !matches!(class, Class::Title | Class::Number) && has_phrase(cx.back(at, sentence))
        }
        // `3 ft.` is no fort, `2 st.` no saint.
        Class::Title if word_back(cx, at, word).ends_with(|c: char| c.is_ascii_digit()) => starter,
        Class::Title => starter && PRONOUNS.has(right.word) && !HONORIFICS.has(word),
        Class::Company => capital && !ROLES.has(right.word),
        Class::Etc => capital || right.kind == Kind::Digit,
        Class::EtAl => capital || !word_back(cx, at, word).eq_ignore_ascii_case("et"),
        Class::Number if word.eq_ignore_ascii_case("no") => capital && !is_roman(right.word),
        Class::Time => capital && !WHEN.has(right.word) && !is_phrase_of_time(cx, at),
        Class::Unit => {
            right.kind == Kind::Capital
                && right.word.len() > 1
                && word_back(cx, at, word).ends_with(|c: char| c.is_ascii_digit())
                || starter
        }
        Class::Place | Class::Suffix => starter || honorific,
        Class::Month | Class::Day | Class::Road | Class::Number | Class::Other => starter,
    }
}

/// Whether a text has words of English, one in small letters among them, and no Chinese.
fn has_phrase(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.clone().count() > 1
        && words.any(|word| word.starts_with(char::is_lowercase))
        && !text.contains(is_han)
}

/// A letter with a point is an initial, unless what follows begins a sentence.
fn letter_ends(cx: &Context<'_>, at: usize, word: &str, right: &Right<'_>) -> bool {
    match right.kind {
        Kind::Capital if right.is_starter() => true,
        Kind::Capital | Kind::Digit => LETTERED.has(word_back(cx, at, word)),
        _ => false,
    }
}

/// A lower-case start: common in mail and on the web, but also what follows an abbreviation.
fn point_before_lower_ends(cx: &Context<'_>, ending: &Ending, word: &str, right: &Right<'_>) -> bool {
    if right.dash || ending.quotation || ending.bracket && !right.bracket {
        return false;
    }
    if is_marker(cx, ending, word) || abbreviation(word).is_some() || is_single_letter(word) {
        return false;
    }
    let lower = begins_in_lower_case(cx, ending.at);
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        return lower || right.bracket;
    }
    lower || right.bracket || SHORT_WORDS.has(word) || is_plain_word(word) || word.is_empty()
}

/// Whether a word is long enough, and can be spoken, so that it is hardly an abbreviation.
fn is_plain_word(word: &str) -> bool {
    const MIN_LETTERS: usize = 4;
    !word.contains('.')
        && word.chars().count() >= MIN_LETTERS
        && word.contains(|c: char| {
            matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii()
        })
}

// ---- no space behind the point ----------------------------------------------------------------------

fn point_before_capital_ends(cx: &Context<'_>, at: usize, word: &str, right: &Right<'_>) -> bool {
    let next = right.word;
    let behind = cx.ahead(right.at + next.len(), MAX_ADDRESS);
    if word.is_empty() && cx.before(at).is_none_or(char::is_whitespace) {
        return false;
    }
    let plain = is_plain_start(next, behind);
    if in_address(cx, at) {
        return plain && next.len() > 1 && word.rsplit('.').next().is_some_and(|label| ENDINGS.has(label));
    }
    if behind.split_whitespace().next().is_some_and(|token| token.contains('@')) {
        return false;
    }
    if let Some(class) = abbreviation(word) {
        return plain && next.len() > 1 && abbreviation_ends(cx, at, class, word, right);
    }
    if is_single_letter(word) {
        return plain && next.len() > 1 && letter_ends(cx, at, word, right);
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty() {
        return plain && !(word.len() < MAX_MARKER && cx.sentence(at).len() == word.len());
    }
    // `Part.Part.Part` is a name of code.
    let capital = word.starts_with(char::is_uppercase);
    let named = behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if capital && (named || word.contains('.')) {
        return false;
    }
    let version = word.len() > 1
        && word.starts_with(['v', 'V'])
        && word[1..].bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let capitals = next.bytes().all(|byte| byte.is_ascii_uppercase());
    let ending = ENDINGS.has(next) && (capitals || !behind.trim_start().starts_with(char::is_lowercase));
    if version || ending {
        return false;
    }
    if right.kind == Kind::Initial {
        return word.len() > 2 && word.starts_with(char::is_lowercase);
    }
    let chained = behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    // `…is done.Q: What comes next?`
    let speaker = next.len() == 1 && behind.starts_with(": ") && word.starts_with(char::is_lowercase);
    plain
        || speaker
        || (!chained && next.len() > 1 && !is_camel(next) && !behind.starts_with(['(', '_']))
        || (chained && word.starts_with(char::is_lowercase))
}

/// Whether a word looks like the first of a sentence, and not like a part of a name of code or a site.
fn is_plain_start(word: &str, behind: &str) -> bool {
    let parted = behind.starts_with(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '?' | '!' | '-' | '—' | '’' | '\'')
    });
    if word.chars().count() == 1 {
        return matches!(word, "I" | "A") && behind.starts_with(char::is_whitespace);
    }
    (parted || behind.is_empty() || behind.starts_with(". ")) && !is_camel(word)
}

/// Whether a capital follows a small letter in a word.
fn is_camel(word: &str) -> bool {
    let mut last_small = false;
    word.chars().any(|c| {
        let camel = last_small && c.is_uppercase();
        last_small = c.is_lowercase();
        camel
    })
}

/// A number directly behind a point: a sentence that begins with it, where it is long or a word in lower
/// case follows it; else a part of a name.
fn point_before_digit_ends(cx: &Context<'_>, at: usize, word: &str, right: &Right<'_>) -> bool {
    const MIN_YEAR: usize = 4;
    let spoken = is_plain_word(word) && word.chars().all(char::is_alphabetic);
    if !spoken || abbreviation(word).is_some() || in_address(cx, at) {
        return false;
    }
    let behind = cx.ahead(right.at + right.word.len(), MAX_ADDRESS);
    let number = right.word.bytes().all(|byte| byte.is_ascii_digit());
    number
        && (right.word.len() >= MIN_YEAR || behind.starts_with(','))
        && behind.contains(char::is_whitespace)
        || number && behind.trim_start().starts_with(char::is_lowercase) && behind.starts_with(' ')
        // `…of captivity.100年前`, `…be no winner.2. 只有开放`
        || number && behind.trim_start_matches(['.', '、', ' ']).starts_with(is_han)
}

/// Whether a byte stands in what looks like an address or a path.
fn in_address(cx: &Context<'_>, at: usize) -> bool {
    let sentence = &cx.text.as_bytes()[cx.start.min(at)..at];
    let len = sentence.iter().rev().take(MAX_ADDRESS).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let token = &sentence[sentence.len() - len..];
    token.iter().enumerate().any(|(at, byte)| match byte {
        b'@' | b'\\' | b'_' => true,
        b':' => token[at..].starts_with(b"://"),
        b'w' => token[at..].starts_with(b"www."),
        _ => false,
    })
}

// ---- the sentence so far ----------------------------------------------------------------------------

/// Whether the sentence has a word or number before a byte.
fn has_word(cx: &Context<'_>, at: usize) -> bool {
    let sentence = cx.sentence(at);
    sentence.len() > MAX_HEAD || sentence.chars().any(char::is_alphanumeric)
}

/// Whether the writer begins sentences in lower case.
fn begins_in_lower_case(cx: &Context<'_>, at: usize) -> bool {
    cx.sentence(at).chars().take(MAX_HEAD).find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// The word before the word that ends at a byte.
fn word_back<'t>(cx: &Context<'t>, at: usize, word: &str) -> &'t str {
    previous_word(cx, cx.sentence(at).trim_end().len().saturating_sub(word.len()) + cx.start)
}

/// The word that ends before a byte, but for white space.
fn previous_word<'t>(cx: &Context<'t>, at: usize) -> &'t str {
    let before = cx.text[cx.start.min(at)..at].trim_end();
    word_before(before, 0, before.len())
}

/// Whether a number or letter before a point counts an item or section: it opens the sentence, or stands
/// behind a colon or bullet.
fn is_marker(cx: &Context<'_>, ending: &Ending, word: &str) -> bool {
    if word.is_empty() || ending.quotation {
        return false;
    }
    let short = word.len() <= MAX_MARKER;
    let number = is_number(word);
    let section = number && word.contains('.');
    if !(section || short && (number || is_roman(word) || is_single_letter(word))) {
        return false;
    }
    let before = cx.sentence(ending.at);
    let before = before.trim_end().strip_suffix(word).unwrap_or(before);
    // `Chapter 10. Exceptions`
    if DIVISIONS.has(before.trim()) && before.starts_with(char::is_uppercase) {
        return true;
    }
    // `二、货舱 II. The Hold`.
    let heading = before.ends_with(' ') && before.trim_end().ends_with(is_han) && !number;
    let before = before.trim_end();
    before.is_empty()
        || heading
        || number && !section && word.len() < 3 && opens_list(before)
        || before.len() < MAX_HEAD
            && before.chars().all(|c| lists::is_bullet(c) || quotes::opens(c) || c.is_ascii_punctuation())
}

/// Whether the first number of a list may follow.
fn opens_list(before: &str) -> bool {
    let mut back = before.chars().rev();
    matches!(back.next(), Some(':' | ';' | ',')) && !back.next().is_some_and(|c| c.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

fn is_single_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether the sentence so far is only `At 5 p.m.`: its clause is still to come.
fn is_phrase_of_time(cx: &Context<'_>, at: usize) -> bool {
    const MAX_WORDS: usize = 4;
    let sentence = cx.sentence(at);
    let words = sentence.split_whitespace().take(MAX_WORDS + 1);
    sentence.len() <= MAX_HEAD
        && words.count() <= MAX_WORDS
        && sentence.split_whitespace().next().is_some_and(|word| TIME_PREPOSITIONS.has(word))
}
