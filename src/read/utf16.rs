//! UTF-16, found with and without a byte order mark and decoded by hand, so that both work in every build.
//!
//! Without a mark, the right byte order is the one in which nearly all code units are characters that
//! Chinese and English texts consist of; a wrong order, or another encoding read as UTF-16, scatters over
//! rare scripts, private use and lone surrogates. Linear in the length of the bytes.

/// The order of the two bytes of a code unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn name(self) -> &'static str {
        match self {
            Order::Little => "UTF-16LE",
            Order::Big => "UTF-16BE",
        }
    }

    fn unit(self, pair: &[u8]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
            Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
        }
    }
}

/// Bytes looked at to find the byte order.
const SAMPLE: usize = 16 << 10;
/// Share of the code units that must be characters of Chinese or English text, in percent.
const PLAUSIBLE: usize = 90;
/// Share of the code units that must be spaces, line ends, ASCII letters, or the commonest Chinese marks and
/// characters, in percent; in running text of either language they are over ten.
const FREQUENT: usize = 4;

/// The byte order of UTF-16 text without a mark, or `None` if the bytes are not such text.
pub(super) fn detect(bytes: &[u8]) -> Option<Order> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 2 || looks_like_ascii(sample) {
        return None;
    }
    let fits = |order: Order| {
        let (mut plausible, mut frequent, mut total) = (0, 0, 0);
        for unit in sample.chunks_exact(2).map(|pair| order.unit(pair)) {
            total += 1;
            plausible += usize::from(is_plausible(unit));
            frequent += usize::from(is_frequent(unit));
        }
        let good = plausible * 100 >= total * PLAUSIBLE && frequent * 100 >= total * FREQUENT;
        (good, frequent)
    };
    match (fits(Order::Little), fits(Order::Big)) {
        ((true, little), (true, big)) => Some(if little >= big { Order::Little } else { Order::Big }),
        ((true, _), _) => Some(Order::Little),
        (_, (true, _)) => Some(Order::Big),
        _ => None,
    }
}

/// Pairs of ASCII letters read as UTF-16 are all Chinese characters: text that is nearly all ASCII is not
/// UTF-16 unless every other byte is zero.
fn looks_like_ascii(sample: &[u8]) -> bool {
    let ascii = sample.iter().filter(|&&b| matches!(b, 0x20..=0x7E | b'\n' | b'\r' | b'\t')).count();
    ascii * 10 >= sample.len() * 8 && !sample.contains(&0)
}

fn is_plausible(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x17F | 0x2010..=0x2027 | 0x2030..=0x203B
        | 0x2190..=0x2193 | 0x2460..=0x2473 | 0x25A0..=0x25CF | 0x3000..=0x3017 | 0x3041..=0x30FF | 0x4E00..=0x9FA5
        | 0xFE30..=0xFE4F | 0xFEFF | 0xFF01..=0xFF5E)
}

fn is_frequent(unit: u16) -> bool {
    const COMMON: [char; 51] = [
        '，', '。', '、', '“', '”', '的', '一', '是', '不', '了', '在', '人', '有', '我', '他', '这', '個',
        '们', '来', '到', '時', '时', '大', '地', '为', '為', '子', '中', '你', '说', '說', '生', '国', '國',
        '年', '着', '就', '那', '和', '要', '她', '出', '也', '得', '里', '後', '后', '自', '以', '会', '會',
    ];
    matches!(unit, 0x0A | 0x0D | 0x20 | 0x61..=0x7A | 0x41..=0x5A | 0x30..=0x39)
        || unit > 0xFF && char::from_u32(u32::from(unit)).is_some_and(|c| COMMON.contains(&c))
}

/// The text, with U+FFFD for surrogates without their partner, and the first byte and number of those.
///
/// An odd last byte is left out and counted.
pub(super) fn decode(bytes: &[u8], order: Order) -> (String, Option<(usize, usize)>) {
    let mut text = String::with_capacity(bytes.len());
    let mut broken: Option<(usize, usize)> = None;
    let mut spoiled = |at: usize| broken = Some(broken.map_or((at, 1), |(first, count)| (first, count + 1)));
    let mut at = 0;
    for decoded in char::decode_utf16(bytes.chunks_exact(2).map(|pair| order.unit(pair))) {
        match decoded {
            Ok(c) => {
                text.push(c);
                at += 2 * c.len_utf16();
            }
            Err(_) => {
                // A text cut off in the middle of a character loses it whole.
                if at + 2 < bytes.len() & !1 {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
                spoiled(at);
                at += 2;
            }
        }
    }
    if bytes.len() % 2 == 1 {
        spoiled(bytes.len() - 1);
    }
    (text, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str, order: Order) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| match order {
                Order::Little => unit.to_le_bytes(),
                Order::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    #[test]
    fn both_orders_are_found() {
        let texts = [
            "渡船六点离开了港口，没有人说话。",
            "The ferry left at six.",
            "Hi 你好",
            "甲乙丙丁，戊己庚辛。\n",
        ];
        for text in texts {
            for order in [Order::Little, Order::Big] {
                let bytes = encode(text, order);
                assert_eq!(detect(&bytes), Some(order), "{text}");
                assert_eq!(decode(&bytes, order), (text.to_string(), None));
            }
        }
    }

    #[test]
    fn other_bytes_are_not_utf16() {
        let binary: Vec<u8> = (0..4000u32).map(|k| (k.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let cases: [&[u8]; 4] = [b"Bush hid the facts", b"caf\xE9 au lait, s'il vous pla\xEEt", b"", &binary];
        for bytes in cases {
            assert_eq!(detect(bytes), None);
        }
    }

    #[test]
    fn lone_surrogates_and_odd_bytes() {
        let bytes = [0x41, 0x00, 0x00, 0xD8, 0x42, 0x00, 0x43];
        assert_eq!(decode(&bytes, Order::Little), ("A\u{FFFD}B".into(), Some((2, 2))));
        assert_eq!(decode(&[0x41, 0, 0x3D, 0xD8], Order::Little), ("A".into(), Some((2, 1))));
    }
}
