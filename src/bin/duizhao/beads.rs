//! Beads of a corpus, for scoring it: its texts, or the spans that JSON Lines carry, as numbers of sentences.

use crate::corpora;
use crate::files::{Doing, explained};
use duizhao::corpus::{OutputFormat, Record};
use duizhao::{Error, ErrorKind, IdBead, Result, Span};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// A bead with its confidence, where that is known.
pub type Sure = (IdBead, Option<f32>);

/// The sentences of both sides that numbers stand for.
pub struct Sides {
    zh: Lines,
    en: Lines,
    /// Whether spans point into them: those of records made of an article do not point into a corpus.
    spans: bool,
}

impl Sides {
    /// The lines of the two files beside a gold file: `NAME.zh` and `NAME.en` for `NAME.gold`.
    pub fn beside(gold: &Path) -> Result<Self> {
        let lines = |ending| {
            let path = gold.with_extension(ending);
            let text = fs::read_to_string(&path);
            let text =
                text.map_err(|error| explained(error.into(), Doing::Reading, &path.display().to_string()))?;
            Ok::<_, Error>(Lines::new(text.strip_prefix('\u{FEFF}').unwrap_or(&text).lines()))
        };
        Ok(Sides { zh: lines("zh")?, en: lines("en")?, spans: true })
    }

    /// The texts of a gold corpus, each a sentence, and its beads.
    pub fn of_corpus(path: &Path, format: OutputFormat) -> Result<(Self, Vec<IdBead>)> {
        let records: Vec<Record> = corpora::records(format, path)?.collect::<Result<_>>()?;
        let (mut n, mut m) = (0, 0);
        let next = |text: &str, count: &mut usize| -> Vec<usize> {
            let ids = if text.is_empty() { *count..*count } else { *count..*count + 1 };
            *count = ids.end;
            ids.collect()
        };
        let beads = records.iter().map(|r| IdBead::new(next(&r.zh, &mut n), next(&r.en, &mut m))).collect();
        let texts =
            |side: fn(&Record) -> &str| Lines::new(records.iter().map(side).filter(|t| !t.is_empty()));
        Ok((Sides { zh: texts(|r| &r.zh), en: texts(|r| &r.en), spans: false }, beads))
    }

    /// Beads of a corpus. Spans, where records have them, point into the lines beside the gold joined by line breaks;
    /// else, and where the gold is a corpus, a text is looked for sentence by sentence. One that is not made of whole
    /// sentences stands for a number of its own, so that it counts as wrong. Sentences that no record holds face
    /// nothing.
    pub fn beads(&self, path: &Path, format: OutputFormat) -> Result<Vec<Sure>> {
        let name = path.display().to_string();
        let mut beads = Vec::new();
        let (mut zh, mut en) = (Finder::new(&self.zh), Finder::new(&self.en));
        for (record, number) in corpora::records(format, path)?.zip(1..) {
            let mut record = record?;
            if !self.spans {
                (record.zh_spans, record.en_spans) = (Vec::new(), Vec::new());
            }
            let outside = || {
                let message = "its spans are not those of the lines beside the gold file";
                Error::new(ErrorKind::Format, message).in_file(&name).at_line(number)
            };
            let source = zh.find(&record.zh, &record.zh_spans).ok_or_else(outside)?;
            let target = en.find(&record.en, &record.en_spans).ok_or_else(outside)?;
            beads.push((IdBead::new(source, target), record.confidence));
        }
        beads.extend(zh.unseen().map(|k| (IdBead::new([k], []), None)));
        beads.extend(en.unseen().map(|k| (IdBead::new([], [k]), None)));
        Ok(beads)
    }
}

/// Sentences of a side.
struct Lines {
    /// Where each begins once they are joined by line breaks.
    starts: Vec<usize>,
    /// Each without white space, which joining and folding change.
    bare: Vec<String>,
    /// The numbers of equal ones.
    same: HashMap<String, Vec<usize>>,
    /// Bytes of the longest.
    longest: usize,
}

impl Lines {
    fn new<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let (mut starts, mut bare, mut at) = (Vec::new(), Vec::new(), 0);
        let mut same: HashMap<String, Vec<usize>> = HashMap::new();
        for line in lines {
            starts.push(at);
            at += line.len() + 1;
            let text = squashed(line);
            same.entry(text.clone()).or_default().push(bare.len());
            bare.push(text);
        }
        let longest = bare.iter().map(String::len).max().unwrap_or(0);
        Lines { starts, bare, same, longest }
    }
}

fn squashed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Finds the sentences of one text after the other.
struct Finder<'a> {
    lines: &'a Lines,
    seen: Vec<bool>,
    /// Where the last text ended: the next one most likely begins there.
    next: usize,
    unknown: usize,
}

impl<'a> Finder<'a> {
    fn new(lines: &'a Lines) -> Self {
        Finder { lines, seen: vec![false; lines.bare.len()], next: 0, unknown: lines.bare.len() }
    }

    /// The numbers of a text's sentences; `None` where its spans name none.
    fn find(&mut self, text: &str, spans: &[Span]) -> Option<Vec<usize>> {
        let ids = match spans {
            [] if text.trim().is_empty() => Vec::new(),
            [] => self.by_text(&squashed(text)),
            spans => {
                let number = |span: &Span| self.lines.starts.binary_search(&span.start).ok();
                spans.iter().map(number).collect::<Option<_>>()?
            }
        };
        for &id in &ids {
            // A number beyond the sentences stands for a text that is none.
            if let Some(seen) = self.seen.get_mut(id) {
                *seen = true;
                self.next = id + 1;
            }
        }
        Some(ids)
    }

    fn by_text(&mut self, text: &str) -> Vec<usize> {
        let found = self.from(self.next, text).or_else(|| self.anywhere(text));
        found.unwrap_or_else(|| {
            self.unknown += 1;
            vec![self.unknown - 1]
        })
    }

    /// The sentences from one on that make up the text; empty ones are passed over.
    fn from(&self, first: usize, text: &str) -> Option<Vec<usize>> {
        let mut rest = text;
        let mut ids = Vec::new();
        for (id, line) in self.lines.bare.iter().enumerate().skip(first) {
            if line.is_empty() {
                continue;
            }
            rest = rest.strip_prefix(line.as_str())?;
            ids.push(id);
            if rest.is_empty() {
                return Some(ids);
            }
        }
        None
    }

    /// The same, wherever an unused sentence begins the text.
    fn anywhere(&self, text: &str) -> Option<Vec<usize>> {
        let ends =
            text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= self.lines.longest);
        let starts = ends.filter_map(|end| self.lines.same.get(&text[..end]));
        starts.flatten().filter(|&&id| !self.seen[id]).find_map(|&id| self.from(id, text))
    }

    fn unseen(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.seen.len()).filter(|&id| !self.seen[id])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_as_sentences() {
        let lines = Lines::new(["他 来了。", "", "他走了。", "他来了。", "门开着。"].into_iter());
        let mut finder = Finder::new(&lines);
        let mut find = |text: &str| finder.find(text, &[]).unwrap();
        assert_eq!(find("他来了。 他走了。"), [0, 2]);
        assert_eq!(find("门开着。"), [4]);
        assert_eq!(find("他来了。"), [3], "an unused one, though it goes back");
        assert_eq!(find("门开"), [5], "no whole sentence");
        assert_eq!(find(""), [0; 0]);
        assert_eq!(finder.unseen().collect::<Vec<_>>(), [1]);
    }
}
