//! Encodings older than Unicode: by their WHATWG label, by the page's own declaration, or guessed.

use super::declared;
use super::encoding::{Decoded, broken};
use crate::error::{Error, ErrorKind, Result};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes that the detector sees: it reads a few megabytes a second, and is sure after far less than this.
const SAMPLE: usize = 32 << 10;
/// One broken sequence in this many bytes shows that an encoding is the wrong one.
const BROKEN_ONE_IN: usize = 100;

/// Decodes with the encoding of a WHATWG label, such as `gbk`, `big5` or `utf-16le`.
pub(super) fn labelled<'a>(bytes: &'a [u8], label: &str) -> Result<Decoded<'a>> {
    let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) else {
        let message = format!(
            "{label:?} is no known encoding; use a WHATWG label such as utf-8, gb18030, big5 or utf-16le"
        );
        return Err(Error::new(ErrorKind::Usage, message));
    };
    let marks: [(&Encoding, &[u8]); 3] =
        [(UTF_8, b"\xEF\xBB\xBF"), (UTF_16LE, b"\xFF\xFE"), (UTF_16BE, b"\xFE\xFF")];
    let mark = marks
        .iter()
        .find(|(of, mark)| *of == encoding && bytes.starts_with(mark))
        .map_or(0, |(_, mark)| mark.len());
    Ok(decode_with(&bytes[mark..], widest(encoding), mark))
}

/// Decodes bytes that are neither UTF-8 nor UTF-16; the first byte that shows it is at `valid_up_to`.
pub(super) fn legacy(bytes: &[u8], valid_up_to: usize) -> Result<Decoded<'_>> {
    let sample = sample(bytes, valid_up_to);
    let said = declared::charset(bytes)
        .and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .filter(|&encoding| encoding != UTF_8 && fits(sample, encoding));
    let encoding = said.unwrap_or_else(|| guess(sample));
    Ok(decode_with(bytes, widest(encoding), 0))
}

/// The stretch from the first byte that is not ASCII on.
fn sample(bytes: &[u8], valid_up_to: usize) -> &[u8] {
    let first = bytes[..valid_up_to].iter().position(|b| !b.is_ascii()).unwrap_or(valid_up_to);
    &bytes[first..bytes.len().min(first + SAMPLE)]
}

/// GB18030 holds everything that GBK and GB2312 hold, and files labelled so often need the rest.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// Whether a sample is, but for a few broken sequences, in an encoding.
fn fits(sample: &[u8], encoding: &'static Encoding) -> bool {
    spoiled(sample, encoding) * BROKEN_ONE_IN <= sample.len()
}

fn spoiled(sample: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    // The cut at the end of a sample spoils one character.
    text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count().saturating_sub(1)
}

fn guess(sample: &[u8]) -> &'static Encoding {
    if is_plainly_gbk(sample) {
        return GB18030;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess == GBK || guess == BIG5 {
        return guess;
    }
    // The detector weighs all languages alike. In a tool for Chinese, bytes that read as common Chinese
    // characters without a fault are Chinese.
    [GB18030, BIG5].into_iter().find(|&encoding| reads_as_chinese(sample, encoding)).unwrap_or(guess)
}

/// Whether a sample reads as simplified Chinese with as much of its commonest characters as such text has:
/// then the detector, which is a hundred times slower, need not be asked.
fn is_plainly_gbk(sample: &[u8]) -> bool {
    /// `，`, `。` and `的` in GBK; in Korean text, which has pairs in the same rows, they do not occur.
    const COMMON: [[u8; 2]; 3] = [[0xA3, 0xAC], [0xA1, 0xA3], [0xB5, 0xC4]];
    const LEAST_PAIRS: usize = 200;
    const ONE_IN: usize = 25;
    let (mut pairs, mut common, mut at) = (0usize, [0usize; 3], 0);
    while at + 1 < sample.len() {
        if sample[at].is_ascii() {
            at += 1;
            continue;
        }
        pairs += 1;
        if let Some(k) = COMMON.iter().position(|known| sample[at..at + 2] == *known) {
            common[k] += 1;
        }
        at += 2;
    }
    let enough = pairs >= LEAST_PAIRS && common.iter().sum::<usize>() * ONE_IN >= pairs;
    enough && common.iter().all(|&count| count > 0) && reads_as_chinese(sample, GB18030)
}

/// Whether a sample is free of faults in an encoding, with nearly all of its pairs in the rows of common
/// characters and marks.
fn reads_as_chinese(sample: &[u8], encoding: &'static Encoding) -> bool {
    // GB2312 level 1 and Big5 level 1, and the marks before them.
    let common = if encoding == BIG5 { 0xA1..=0xC6 } else { 0xA1..=0xD7 };
    let (mut pairs, mut usual, mut at) = (0usize, 0usize, 0);
    while at + 1 < sample.len() {
        if sample[at].is_ascii() {
            at += 1;
            continue;
        }
        pairs += 1;
        let marks_or_hanzi = !matches!(sample[at], 0xA4..=0xAF) || encoding == BIG5;
        usual += usize::from(common.contains(&sample[at]) && marks_or_hanzi && sample[at + 1] >= 0x40);
        at += 2;
    }
    pairs >= 2 && usual * 20 >= pairs * 19 && spoiled(sample, encoding) == 0
}

/// Decodes everything, with U+FFFD for what is broken, and notes the first broken byte.
fn decode_with<'a>(bytes: &'a [u8], encoding: &'static Encoding, offset: usize) -> Decoded<'a> {
    let name = encoding.name();
    let faultless = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    if let Some(text) = faultless {
        return Decoded { text, encoding: name, notices: Vec::new() };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut at, mut first, mut count) = (0, 0, 0);
    loop {
        if let Some(more) = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at) {
            // Not all at once: the longest expansion is three times the input.
            text.reserve(more.min(64 << 10));
        }
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let begin = at.saturating_sub(usize::from(length) + usize::from(after));
                first = if count == 0 { begin } else { first };
                count += 1;
                // A text cut off in the middle of a character loses it whole.
                if at < bytes.len() || after > 0 {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }
    Decoded { text: Cow::Owned(text), encoding: name, notices: vec![broken(name, offset + first, count)] }
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::super::encoding::decode;
    use super::*;

    const SIMPLIFIED: &str = "渡船六点离开了港口，甲板上没有人说话。The ferry left at six.";
    const TRADITIONAL: &str = "渡船六點離開了港口，甲板上沒有人說話。The ferry left at six.";

    #[test]
    fn chinese_encodings_are_found() {
        for (text, encoding, name) in
            [(SIMPLIFIED, GBK, "gb18030"), (TRADITIONAL, BIG5, "Big5"), ("你好，世界", GBK, "gb18030")]
        {
            let (bytes, _, _) = encoding.encode(text);
            let found = decode(&bytes, &Options::default()).unwrap();
            assert_eq!((&*found.text, found.encoding, found.notices.len()), (text, name, 0));
        }
    }

    #[test]
    fn the_declaration_decides_where_it_fits() {
        let page = "<html><head><meta charset=\"big5\"></head><body>渡船離開了</body></html>";
        let (bytes, _, _) = BIG5.encode(page);
        assert_eq!(decode(&bytes, &Options::default()).unwrap().text, page);
        let lie = page.replace("big5", "gb2312");
        assert_eq!(decode(lie.as_bytes(), &Options::default()).unwrap().encoding, "UTF-8");
    }

    #[test]
    fn a_cut_character_is_left_out() {
        let (bytes, _, _) = GBK.encode(SIMPLIFIED.split_once("The").unwrap().0);
        let found = decode(&bytes[..bytes.len() - 1], &Options::default()).unwrap();
        assert!(found.text.ends_with("没有人说话"), "{}", found.text);
        assert_eq!(found.notices.len(), 1);
    }

    #[test]
    fn labels() {
        let options = |label: &str| Options { encoding: Some(label.into()), ..Options::default() };
        let (bytes, _, _) = GBK.encode(SIMPLIFIED);
        assert_eq!(decode(&bytes, &options("gb2312")).unwrap().text, SIMPLIFIED);
        assert_eq!(decode(b"", &options("klingon")).err().unwrap().kind(), ErrorKind::Usage);
    }

    #[test]
    fn western_text_is_read_too() {
        let found = decode(b"The caf\xE9 on the corner, na\xEFve as ever.", &Options::default()).unwrap();
        assert_eq!(found.text, "The café on the corner, naïve as ever.");
    }
}
