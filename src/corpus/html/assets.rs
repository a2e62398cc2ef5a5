//! The style sheet and the script of the review page, and the policy that lets these two work and nothing else.
//! The script is its modules one after the other in one function, in the order in which they build on each other.

/// The style sheet.
pub(super) const STYLE: &str = include_str!("review/page.css");

/// The script.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("review/words.js"),
    include_str!("review/model.js"),
    include_str!("review/changes.js"),
    include_str!("review/journal.js"),
    include_str!("review/formats.js"),
    include_str!("review/rows.js"),
    include_str!("review/editor.js"),
    include_str!("review/plot.js"),
    include_str!("review/panel.js"),
    include_str!("review/keys.js"),
    include_str!("review/start.js"),
    "})();\n"
);

/// SHA-256 of the two, in base64, as a Content-Security-Policy names them. A test keeps them true, and prints
/// what they must be where they are not.
const STYLE_HASH: &str = "f6l/dFxmWppBiQmVvj5Mvjhz5XQMHikEiVldzwfrNVA=";
const SCRIPT_HASH: &str = "zOtJbdXo2z1O1ywNIq9cIX6QCsnnbDrmenmF5DgOFjk=";

/// What the page may do: run this script, use this style, and nothing else; above all no request.
pub(super) fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{SCRIPT_HASH}'; style-src 'sha256-{STYLE_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// Base64 (RFC 4648) of a digest.
    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let sign = |group: u32, k: usize| char::from(SIGNS[(group >> (18 - 6 * k)) as usize & 63]);
        let four = |three: &[u8]| -> String {
            let group = three.iter().enumerate().fold(0, |sum, (k, &b)| sum | u32::from(b) << (16 - 8 * k));
            (0..4).map(|k| if k <= three.len() { sign(group, k) } else { '=' }).collect()
        };
        bytes.chunks(3).map(four).collect()
    }

    #[test]
    fn the_policy_names_this_script_and_this_style() {
        assert_eq!(base64(b"duizhao"), "ZHVpemhhbw==");
        for (content, hash) in [(SCRIPT, SCRIPT_HASH), (STYLE, STYLE_HASH)] {
            assert_eq!(hash, base64(&Sha256::digest(content)), "the right one is the second");
        }
    }

    #[test]
    fn the_script_can_stand_in_a_page_and_sets_text_only() {
        assert!(!SCRIPT.contains("</script") && !SCRIPT.contains("<!--") && !STYLE.contains("</style"));
        let ways_in = [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "fetch(",
            "http",
        ];
        for way in ways_in {
            assert!(!SCRIPT.contains(way), "{way}");
        }
    }
}
