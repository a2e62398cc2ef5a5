//! The encoding that a page declares for itself, in an XML declaration or a `meta` element.

/// Browsers look for the declaration in the first kilobyte; real pages have it later, too.
const HEAD: usize = 4096;

/// The label of the declared encoding.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes[..bytes.len().min(HEAD)].iter().map(|&b| (b as char).to_ascii_lowercase()).collect();
    if head.starts_with("<?xml") {
        let end = head.find('>').unwrap_or(head.len());
        if let Some(label) = value(&head[..end], "encoding") {
            return Some(label);
        }
    }
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + "<meta".len()..];
        let end = rest.find('>').unwrap_or(rest.len());
        // Both `charset="gbk"` and `content="text/html; charset=gbk"`.
        if let Some(label) = value(&rest[..end], "charset") {
            return Some(label);
        }
    }
    None
}

fn value(tag: &str, key: &str) -> Option<String> {
    let after = tag[tag.find(key)? + key.len()..].trim_start().strip_prefix('=')?.trim_start();
    let after = after.trim_start_matches(['"', '\'']);
    let label: String =
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.+".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::charset;

    #[test]
    fn cases() {
        let cases = [
            ("<?xml version='1.0' encoding='GB2312'?><html>", Some("gb2312")),
            ("<html><META charset=gbk>", Some("gbk")),
            ("<meta name=a><meta http-equiv=Content-Type content=\"text/html; charset=Big5\">", Some("big5")),
            ("<meta charset>", None),
            ("charset=gbk", None),
        ];
        for (page, expected) in cases {
            assert_eq!(charset(page.as_bytes()).as_deref(), expected, "{page}");
        }
    }
}
