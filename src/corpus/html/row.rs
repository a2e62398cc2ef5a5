//! A row of the review page. What a person sees stands in elements, what only the page's script needs in
//! `data-` attributes: `data-s` score, `data-c` confidence, `data-r` reason, `data-k` a kind that the sentences do not
//! show, `data-n` the number of a sentence, `data-at` its bytes in the text, `data-w` how many sentences it stands for,
//! `data-was` its text before a person changed it.

use crate::corpus::Reason;
use crate::corpus::text::{escape_xml, rounded};
use crate::error::Result;
use crate::span::Span;
use std::fmt::Write as _;
use std::io::Write;

/// A unit as the page shows it.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub zh: Vec<Text>,
    pub en: Vec<Text>,
    pub kind: String,
    pub score: Option<f32>,
    pub confidence: Option<f32>,
    pub reason: Option<Reason>,
    pub moved: bool,
    pub checked: bool,
}

/// A sentence, or a text of several that are known together only.
#[derive(Debug)]
pub(super) struct Text {
    /// Counted from 1, as people do.
    pub number: usize,
    pub text: String,
    pub count: usize,
    pub spans: Vec<Span>,
    pub was: Option<String>,
}

/// Where the colours of confidence change.
const STEPS: [f64; 4] = [0.3, 0.5, 0.7, 0.9];

impl Row {
    /// Writes the row; the codes are those of the languages of both sides.
    pub fn write(&self, (zh, en): &(String, String), out: &mut impl Write) -> Result<()> {
        let mut html = String::from("<div class=\"u");
        html.push_str(if self.reason.is_some() { " alone\" role=\"row\"" } else { "\" role=\"row\"" });
        for (name, number) in [("s", self.score), ("c", self.confidence)] {
            if let Some(number) = number {
                put(&mut html, format_args!(" data-{name}=\"{}\"", rounded(number)));
            }
        }
        if let Some(reason) = self.reason {
            put(&mut html, format_args!(" data-r=\"{}\"", reason.code()));
        }
        let counts = |texts: &[Text]| texts.iter().map(|text| text.count).sum::<usize>();
        if self.kind != format!("{}-{}", counts(&self.zh), counts(&self.en)) {
            put(&mut html, format_args!(" data-k=\"{}\"", escape_xml(&self.kind)));
        }
        html.push_str(if self.moved { " data-moved" } else { "" });
        html.push_str(if self.checked { " data-right" } else { "" });
        put(&mut html, format_args!("><div class=\"zh\" role=\"cell\" lang=\"{}\">", escape_xml(zh)));
        self.zh.iter().for_each(|text| text.push(&mut html));
        put(&mut html, format_args!("</div><div class=\"en\" role=\"cell\" lang=\"{}\">", escape_xml(en)));
        self.en.iter().for_each(|text| text.push(&mut html));
        html.push_str("</div><div class=\"m\" role=\"cell\">");
        self.mark(&mut html);
        html.push_str("</div></div>\n");
        Ok(out.write_all(html.as_bytes())?)
    }

    /// What is known of the unit, in words and numbers.
    fn mark(&self, html: &mut String) {
        match (self.reason, self.confidence.map(rounded)) {
            _ if self.checked => html.push_str("<span class=\"right\">✓</span>"),
            (Some(reason), _) => put(html, format_args!("<span class=\"why\">{reason}</span>")),
            (None, Some(sure)) => {
                let step = STEPS.iter().filter(|&&step| sure >= step).count();
                put(html, format_args!("<span class=\"sure s{step}\">{sure:.2}</span>"));
            }
            (None, None) => {}
        }
        put(html, format_args!(" <span class=\"kind\">{}</span>", escape_xml(&self.kind)));
        if self.moved {
            html.push_str(" <span class=\"tag\">moved</span>");
        }
    }
}

impl Text {
    fn push(&self, html: &mut String) {
        put(html, format_args!("<p data-n=\"{}\"", self.number));
        if self.count != 1 {
            put(html, format_args!(" data-w=\"{}\"", self.count));
        }
        if !self.spans.is_empty() {
            let ends: Vec<String> =
                self.spans.iter().map(|span| format!("{} {}", span.start, span.end)).collect();
            put(html, format_args!(" data-at=\"{}\"", ends.join(" ")));
        }
        if let Some(was) = &self.was {
            put(html, format_args!(" data-was=\"{}\"", escape_xml(was)));
        }
        put(html, format_args!(">{}</p>", escape_xml(&self.text)));
    }
}

fn put(html: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = html.write_fmt(what);
}
