//! The figures of a corpus as a page: one self-contained file, plots as inline SVG, no script, light and dark.

use super::{BINS, Lengths, SideStats, Stats};
use crate::corpus::text::escape_xml;
use crate::error::Result;
use std::io::Write;

const STYLE: &str = include_str!("page.css");
/// Size of a plot in pixels, and bars of a plot of lengths.
const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 140.0;
const BARS: usize = 24;

/// Writes the figures of a corpus as a page; the title is usually its name.
///
/// ```
/// use duizhao::corpus::stats::{Stats, write_page};
/// let mut page = Vec::new();
/// write_page(&Stats::default(), "memory.tmx", &mut page)?;
/// assert!(page.ends_with(b"</html>\n"));
/// # Ok::<(), duizhao::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if the output fails.
pub fn write_page(stats: &Stats, title: &str, mut out: impl Write) -> Result<()> {
    let title = escape_xml(title);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta \
         name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\
         \n<body>\n<h1>{title}</h1>\n"
    )?;
    writeln!(out, "{}", overview(stats))?;
    let tenths: Vec<_> =
        (0..BINS).map(|k| (format!("{:.1}", k as f64 / BINS as f64), stats.confidence[k])).collect();
    if stats.confidence.iter().any(|&count| count > 0) {
        section(&mut out, "Confidence of the pairs", &tenths, &tenths_about(stats))?;
    }
    lengths(&mut out, "Chinese, characters a pair", &stats.zh.lengths)?;
    lengths(&mut out, "English, words a pair", &stats.en.lengths)?;
    let named = |counts: Vec<(String, u64)>| counts.into_iter().filter(|(_, n)| *n > 0).collect::<Vec<_>>();
    let mut kinds: Vec<_> = stats.kinds.iter().map(|(kind, &count)| (kind.clone(), count)).collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    table(&mut out, "Types", &named(kinds))?;
    let languages = |side: &SideStats| named(side.languages.iter().map(|(l, &n)| (l.clone(), n)).collect());
    table(&mut out, "Languages of the Chinese side", &languages(&stats.zh))?;
    table(&mut out, "Languages of the English side", &languages(&stats.en))?;
    let reasons = stats.reasons.iter().map(|(reason, &count)| (reason.to_string(), count)).collect();
    table(&mut out, "Why sentences face nothing", &named(reasons))?;
    out.write_all(b"</body>\n</html>\n")?;
    Ok(out.flush()?)
}

fn overview(stats: &Stats) -> String {
    let Stats { pairs, unpaired, zh, en, .. } = stats;
    let (characters, words) = (zh.lengths.total, en.lengths.total);
    format!(
        "<p><b>{pairs}</b> pairs of <b>{characters}</b> Chinese characters and <b>{words}</b> English words; \
         <b>{unpaired}</b> sentences that face nothing.</p>"
    )
}

fn tenths_about(stats: &Stats) -> String {
    match stats.without_confidence {
        0 => String::new(),
        count => format!("{count} pairs say no confidence."),
    }
}

fn lengths(out: &mut impl Write, title: &str, lengths: &Lengths) -> Result<()> {
    let (width, counts) = lengths.binned(BARS);
    let bars: Vec<_> =
        (0..).zip(counts).map(|(k, count): (u64, u64)| ((k * width + 1).to_string(), count)).collect();
    let [low, middle, high, most] = [0.05, 0.5, 0.95, 1.0].map(|share| lengths.quantile(share));
    let about = format!(
        "Mean {:.1}, median {middle}; nine in ten from {low} to {high}; longest {most}, in the last bar.",
        lengths.mean()
    );
    section(out, title, &bars, &about)
}

/// A plot of bars with the label of each where they begin, and a sentence below.
fn section(out: &mut impl Write, title: &str, bars: &[(String, u64)], about: &str) -> Result<()> {
    let most = bars.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / bars.len().max(1) as f64;
    let (full, base) = (HEIGHT - 34.0, HEIGHT - 18.0);
    write!(
        out,
        "<section>\n<h2>{title}</h2>\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\">\n"
    )?;
    for (k, (label, count)) in bars.iter().enumerate() {
        let (x, height) = (k as f64 * step, full * *count as f64 / most);
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>from {label}: \
             {count}</title></rect>",
            x + 1.0,
            base - height,
            step - 2.0
        )?;
        // Labels that would run into each other are left out.
        if k % bars.len().div_ceil(12).max(1) == 0 {
            writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\">{label}</text>", x + 1.0, HEIGHT - 4.0)?;
        }
    }
    writeln!(out, "<text x=\"0\" y=\"10\">{most}</text>")?;
    writeln!(out, "<path d=\"M0 {base} H{WIDTH}\"/>\n</svg>\n<p>{about}</p>\n</section>")?;
    Ok(())
}

fn table(out: &mut impl Write, title: &str, rows: &[(String, u64)]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let all: u64 = rows.iter().map(|(_, count)| count).sum();
    writeln!(out, "<section>\n<h2>{title}</h2>\n<table>")?;
    for (name, count) in rows {
        let share = 100.0 * *count as f64 / all as f64;
        let name = escape_xml(name);
        writeln!(out, "<tr><th>{name}</th><td>{count}</td><td>{share:.1} %</td></tr>")?;
    }
    Ok(writeln!(out, "</table>\n</section>")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Record;

    #[test]
    fn the_page_stands_alone_and_is_well_formed() {
        let mut stats = Stats::default();
        for k in 1..60 {
            let record = Record::new("长".repeat(k), "long ".repeat(k * 3));
            stats.add(&Record { confidence: Some(k as f32 / 60.0), ..record });
        }
        let mut page = Vec::new();
        write_page(&stats, "<a>&\"b\"", &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(
            page.contains("<title>&lt;a&gt;&amp;&quot;b&quot;</title>")
                && page.contains("default-src 'none'")
        );
        assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
        assert_eq!(page.matches("<rect ").count(), BINS + 2 * BARS);
        // The plots are XML, so that they are drawn as they stand.
        for svg in page.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap()) {
            let svg = format!("<svg{svg}</svg>");
            let mut reader = quick_xml::Reader::from_str(&svg);
            while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        }
    }
}
