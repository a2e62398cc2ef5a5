//! Looking over the bytes of a text without decoding it.

/// Some bytes, for finding the next of them at a look-up a byte.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    pub const fn new(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        ByteSet(set)
    }

    /// The first place at or behind `from` where one of them stands.
    #[inline]
    pub fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let found = bytes.get(from..)?.iter().position(|&byte| self.0[usize::from(byte)])?;
        Some(from + found)
    }
}

/// How many letters of ASCII stand in a row from a place on.
#[inline]
pub(crate) fn letters(bytes: &[u8], from: usize) -> usize {
    static OTHERS: ByteSet = {
        let mut others = [true; 256];
        let mut byte = 0;
        while byte < 256 {
            others[byte] = !(byte as u8).is_ascii_alphabetic();
            byte += 1;
        }
        ByteSet(others)
    };
    OTHERS.find(bytes, from).unwrap_or(bytes.len()).saturating_sub(from)
}

/// How many of some bytes are of a sort. They are taken in parts so short that the number in one fits in a byte:
/// that the compiler turns into vector code for sixteen at a time.
#[inline]
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let parts = bytes.chunks(usize::from(u8::MAX));
    parts.map(|part| usize::from(part.iter().map(|&byte| u8::from(is(byte))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_and_counted() {
        let text = [b"a.".repeat(300), b"b;".to_vec()].concat();
        let set = ByteSet::new(b";b");
        assert_eq!(set.find(&text, 0), Some(600));
        assert_eq!(set.find(&text, 601), Some(601));
        assert_eq!(set.find(&text, 602), None);
        assert_eq!(set.find(&text, 603), None);
        assert_eq!([letters(b"to Rust", 0), letters(b"to Rust", 2), letters(b"to Rust", 3)], [2, 0, 4]);
        assert_eq!(letters(b"", 1), 0);
        assert_eq!(count(&text, |byte| byte == b'a'), 300);
        assert_eq!(count(&text, |_| true), text.len());
    }
}
