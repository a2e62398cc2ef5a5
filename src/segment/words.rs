//! Small sets of English words that tell how a sentence goes on or begins. All are in lower case and sorted;
//! look-ups ignore case and do not allocate.

use super::abbreviations::Key;

/// A set of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(&'static [Key]);

impl Words {
    /// Whether a word is in the set, in any case.
    pub(super) fn has(self, word: &str) -> bool {
        Key::of(word).is_some_and(|key| self.0.binary_search(&key).is_ok())
    }
}

/// The keys of words, which must be short.
const fn keys<const N: usize>(words: [&str; N]) -> [Key; N] {
    let mut keys = [match Key::of("") {
        Some(key) => key,
        None => unreachable!(),
    }; N];
    let mut at = 0;
    while at < N {
        keys[at] = match Key::of(words[at]) {
            Some(key) => key,
            None => panic!("a word is too long"),
        };
        at += 1;
    }
    keys
}

/// Begin a sentence and are no names: even behind a title they show that it stood alone.
#[rustfmt::skip]
pub(super) const PRONOUNS: Words = Words(&keys([
    "a", "after", "and", "as", "at", "but", "for", "he", "her", "his", "however", "if", "in", "it",
    "its", "my", "on", "our", "she", "since", "that", "the", "their", "there", "these", "they", "this",
    "those", "we", "when", "while", "you", "your",
]));

/// Name the parts of a text, each with a number.
#[rustfmt::skip]
pub(super) const DIVISIONS: Words = Words(&keys([
    "act", "appendix", "article", "book", "canto", "chapter", "clause", "example", "exercise", "fig",
    "figure", "item", "lesson", "module", "part", "phase", "question", "rule", "scene", "section", "step",
    "table", "task", "theorem", "unit", "volume",
]));

/// The parts of speech, as dictionaries abbreviate them.
#[rustfmt::skip]
pub(super) const PARTS_OF_SPEECH: Words = Words(&keys([
    "abbr", "adj", "adv", "art", "aux", "conj", "det", "int", "interj", "n", "num", "phr", "pl", "prep",
    "pron", "v", "vi", "vt",
]));

/// Words that in the middle of a sentence are not written with a capital.
#[rustfmt::skip]
pub(super) const STARTERS: Words = Words(&keys([
    "a", "about", "according", "additionally", "after", "against", "all", "also", "although", "always",
    "am", "among", "an", "and", "another", "any", "are", "as", "at", "because", "before", "between",
    "both", "but", "by", "can", "consequently", "could", "currently", "despite", "did", "do", "does",
    "don't", "don’t", "during", "each", "earlier", "either", "even", "eventually", "every", "everybody",
    "everyone", "everything", "few", "finally", "first", "firstly", "for", "from", "furthermore",
    "generally", "had", "has", "have", "he", "he's", "hence", "her", "here", "he’s", "himself", "his",
    "how", "however", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "indeed", "instead", "into", "is",
    "it", "it's", "its", "it’s", "i’d", "i’ll", "i’m", "i’ve", "just", "last", "later", "let's",
    "let’s", "likewise", "many", "maybe", "meanwhile", "mine", "moreover", "most", "my", "myself",
    "neither", "never", "nevertheless", "next", "no", "nobody", "none", "nonetheless", "nor", "not",
    "nothing", "now", "of", "often", "oh", "on", "once", "one", "only", "onto", "or", "originally",
    "other", "others", "otherwise", "our", "over", "perhaps", "please", "previously", "recently",
    "same", "second", "secondly", "several", "shall", "she", "she's", "she’s", "should", "similarly",
    "since", "so", "some", "somebody", "someone", "something", "sometimes", "still", "such", "that",
    "that's", "that’s", "the", "their", "then", "there", "there's", "therefore", "there’s", "these",
    "they", "they're", "they’re", "third", "this", "those", "though", "through", "thus", "to", "today",
    "tomorrow", "two", "under", "unless", "unlike", "until", "upon", "usually", "was", "we", "we're",
    "well", "were", "we’re", "what", "what's", "what’s", "when", "where", "which", "while", "who",
    "who's", "whom", "whose", "who’s", "why", "with", "within", "without", "would", "yes", "yesterday",
    "yet", "you", "your",
]));

/// Verbs that tell who spoke.
#[rustfmt::skip]
pub(super) const SPEECH: Words = Words(&keys([
    "added", "adds", "answered", "answers", "ask", "asked", "asks", "called", "calls", "continued",
    "continues", "cried", "cries", "declared", "demanded", "demands", "enquired", "exclaimed",
    "exclaims", "explained", "hissed", "inquired", "insisted", "insists", "interrupted", "joked",
    "murmured", "muttered", "mutters", "observed", "protested", "quipped", "remarked", "repeated",
    "repeats", "replied", "replies", "reply", "responded", "responds", "retorted", "said", "say",
    "says", "screamed", "screams", "shouted", "shouts", "thinks", "thought", "whispered", "whispers",
    "wondered", "wonders", "yelled", "yells",
]));

/// What may follow the name of a company without beginning a sentence.
#[rustfmt::skip]
pub(super) const ROLES: Words = Words(&keys([
    "ceo", "cfo", "chairman", "chairperson", "chairwoman", "chief", "class", "co", "co-founder",
    "common", "coo", "corp", "cto", "director", "executive", "founder", "group", "headquarters",
    "holdings", "inc", "llc", "llp", "ltd", "managing", "plc", "president", "secretary", "senior",
    "spokesman", "spokeswoman", "treasurer", "unit", "vice",
]));

/// What may follow a time of day: zones, days, months.
#[rustfmt::skip]
pub(super) const WHEN: Words = Words(&keys([
    "apr", "april", "aug", "august", "bst", "cdt", "central", "cest", "cet", "cst", "ct", "dec",
    "december", "eastern", "edt", "est", "et", "feb", "february", "fri", "friday", "fridays", "gmt",
    "hkt", "ist", "jan", "january", "jst", "jul", "july", "jun", "june", "local", "mar", "march", "may",
    "mdt", "mon", "monday", "mondays", "mountain", "mst", "mt", "nov", "november", "oct", "october",
    "pacific", "pdt", "pst", "pt", "sat", "saturday", "saturdays", "sep", "sept", "september", "sun",
    "sunday", "sundays", "thu", "thur", "thurs", "thursday", "thursdays", "tue", "tues", "tuesday",
    "tuesdays", "utc", "wed", "wednesday", "wednesdays",
]));

/// Titles that stand before any name, and before which a sentence may end.
#[rustfmt::skip]
pub(super) const HONORIFICS: Words = Words(&keys([
    "mr", "mrs", "ms",
]));

/// Words whose exclamation mark does not end a sentence that goes on in lower case.
#[rustfmt::skip]
pub(super) const INTERJECTIONS: Words = Words(&keys([
    "ah", "alas", "behold", "ha", "hark", "lo", "o", "oh",
]));

/// Names that end with an exclamation mark.
#[rustfmt::skip]
pub(super) const SHOUTED_NAMES: Words = Words(&keys([
    "jeopardy", "joomla", "oklahoma", "panic", "wham", "yahoo", "yes", "yum",
]));

/// Words that carry on a sentence behind a `!` or `?` in a name or an aside.
#[rustfmt::skip]
pub(super) const LINKS: Words = Words(&keys([
    "and", "are", "as", "ask", "asked", "asks", "at", "but", "by", "can", "could", "cried", "for",
    "from", "had", "has", "in", "is", "like", "of", "on", "or", "replied", "said", "says", "than",
    "that", "to", "was", "were", "which", "who", "will", "with", "would",
]));

/// Endings of file names, sites and stock codes, which follow their point directly.
#[rustfmt::skip]
pub(super) const ENDINGS: Words = Words(&keys([
    "ai", "asp", "avi", "cfg", "cn", "co", "com", "cpp", "csv", "dll", "doc", "docx", "edu", "exe",
    "gif", "gov", "gz", "hk", "htm", "html", "ini", "io", "jar", "java", "jpeg", "jpg", "js", "json",
    "log", "md", "mp3", "mp4", "net", "org", "pdf", "php", "png", "ppt", "py", "rar", "rb", "rs", "sh",
    "sql", "ss", "svg", "sz", "tar", "ts", "tv", "txt", "uk", "xls", "xlsx", "xml", "zip",
]));

/// Words that a single letter may follow without being an initial.
#[rustfmt::skip]
pub(super) const LETTERED: Words = Words(&keys([
    "annex", "appendix", "block", "case", "category", "channel", "chapter", "class", "column",
    "exhibit", "figure", "gate", "grade", "group", "hall", "hepatitis", "item", "level", "model",
    "option", "part", "phase", "plan", "point", "question", "row", "schedule", "section", "series",
    "step", "table", "team", "type", "vitamin", "wing", "zone",
]));

/// Prepositions that open a phrase of time.
#[rustfmt::skip]
pub(super) const TIME_PREPOSITIONS: Words = Words(&keys([
    "about", "after", "around", "at", "before", "by", "from", "in", "on", "since", "till", "until",
]));

/// Short words that are not abbreviations, though they end with a point.
#[rustfmt::skip]
pub(super) const SHORT_WORDS: Words = Words(&keys([
    "all", "am", "are", "bad", "big", "boy", "can", "car", "day", "did", "do", "end", "fun", "get",
    "go", "got", "her", "him", "his", "hot", "how", "is", "it", "job", "lot", "man", "may", "me",
    "men", "new", "no", "not", "now", "off", "ok", "old", "on", "one", "out", "own", "pm", "sad", "saw",
    "say", "see", "so", "that", "them", "this", "too", "try", "two", "up", "us", "use", "was", "way",
    "who", "why", "yes", "you",
]));

/// Words at which no line of a heading, list or verse ends, but a line of wrapped prose may.
#[rustfmt::skip]
pub(super) const OPEN_WORDS: Words = Words(&keys([
    "a", "among", "an", "and", "are", "as", "at", "be", "because", "been", "between", "but", "by", "dr",
    "during", "for", "from", "had", "has", "have", "her", "his", "if", "in", "into", "is", "its", "mr",
    "mrs", "ms", "my", "nor", "of", "on", "onto", "or", "our", "per", "than", "that", "the", "their",
    "these", "this", "those", "through", "to", "upon", "via", "was", "were", "when", "which", "while",
    "who", "whose", "with", "your",
]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sorted() {
        let sets = [
            PRONOUNS,
            STARTERS,
            SPEECH,
            ROLES,
            WHEN,
            HONORIFICS,
            INTERJECTIONS,
            SHOUTED_NAMES,
            LINKS,
            ENDINGS,
            LETTERED,
            TIME_PREPOSITIONS,
            SHORT_WORDS,
            OPEN_WORDS,
        ];
        for Words(words) in sets {
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "{words:?}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert!(STARTERS.has("However") && STARTERS.has("HOW") && STARTERS.has("I’m"));
        assert!(!STARTERS.has("") && !STARTERS.has("Government"));
    }
}
