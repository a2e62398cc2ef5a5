//! Folding of letters: lower case, full-width forms to ASCII, accented Latin letters to plain ones.

/// The plain letters of an accented or joined Latin letter, in lower case.
///
/// Covers Latin-1, Latin Extended-A, the tone letters of pinyin, Romanian and Vietnamese.
fn plain_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ǐ' | 'ǐ' | 'Ỉ'..='ị' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ǒ' | 'ǒ' | 'Ọ'..='ợ' => {
            "o"
        }
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'ſ' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ǔ'..='ǜ' | 'Ụ'..='ự' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => "y",
        'Ź'..='ž' => "z",
        _ => return None,
    })
}

/// Full-width ASCII (Ａ, １, ？) as ASCII; any other character as it is.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from((c as u32 - 0xFF01 + 0x21) as u8),
        _ => c,
    }
}

/// Whether a character is a combining mark over a Latin letter, which folding drops.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Appends a character in lower case, narrow, and without its accent.
pub(super) fn push_folded(c: char, out: &mut String) {
    let c = narrow(c);
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if let Some(plain) = plain_latin(c) {
        out.push_str(plain);
    } else if !is_combining(c) {
        out.extend(c.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        let cases = [
            ("Ｇｏｏｇｌｅ", "google"),
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("Straße", "strasse"),
            ("Lǚ Bù", "lu bu"),
            ("ŠKODA", "skoda"),
            ("Москва", "москва"),
            ("×÷", "×÷"),
            ("Nguyễn", "nguyen"),
        ];
        for (text, expected) in cases {
            let mut out = String::new();
            text.chars().for_each(|c| push_folded(c, &mut out));
            assert_eq!(out, expected, "{text}");
        }
    }
}
