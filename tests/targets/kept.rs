//! What of a text a format can hold.

/// What a format with lines keeps of a text.
pub fn folded(text: &str) -> String {
    let breaks = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    let mut out = String::new();
    let mut before = false;
    for c in text.chars().filter(|&c| c != '\u{FEFF}') {
        match (breaks(c), before) {
            (false, _) => out.push(c),
            (true, false) => out.push(' '),
            (true, true) => {}
        }
        before = breaks(c);
    }
    out
}

/// What XML 1.0 keeps of a text.
pub fn legal(text: &str) -> String {
    let legal =
        |&c: &char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().filter(legal).collect()
}
