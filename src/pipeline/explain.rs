//! What was decided about a page, block by block, so that a user can see where it went wrong.

use crate::article::{Article, BlockKind};
use crate::corpus::Bitext;
use crate::language::Language;
use crate::layout::{Layout, Matter, Sides};
use crate::reason::Reason;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What was decided about a page and why. Displays as a table of one line a block.
///
/// ```
/// use duizhao::{Aligner, ArticleOptions, Layout, read};
/// let page = "春天来了，花都开了。\n\nSpring has come and the flowers are out.\n\n分享到微信";
/// let article = read::read_str(page, &read::Options::default());
/// let aligner = Aligner::builder().build()?;
/// let (_, explanation) = aligner.explain(&article, &ArticleOptions::default());
/// assert_eq!(explanation.layout, Layout::BlockZhEn);
/// assert_eq!(explanation.blocks[0].faces, [1]);
/// # Ok::<(), duizhao::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The layout that was found, or asked for.
    pub layout: Layout,
    /// What speaks for it, in plain words.
    pub why: String,
    /// Every block of the article, in its order.
    pub blocks: Vec<BlockNote>,
}

/// What was decided about one block.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlockNote {
    /// Its number, an index into [`Article::blocks`].
    pub block: usize,
    /// What sort of block it is.
    pub kind: BlockKind,
    /// The languages of its sentences, in the order of the type.
    pub languages: Vec<Language>,
    /// Number of sentences in it.
    pub sentences: usize,
    /// How many of them are paired.
    pub paired: usize,
    /// The steps of the layout at which they stand, first and last.
    pub steps: Option<(u32, u32)>,
    /// The blocks that hold what its sentences are paired with, itself if it holds both.
    pub faces: Vec<usize>,
    /// Why sentences of it are not paired, each reason once.
    pub reasons: Vec<Reason>,
    /// The signs that it is, or is not, part of the article, and what they weigh in nats.
    pub signs: Vec<String>,
    /// Sum of the weights of the signs; above 0 speaks against the article.
    pub doubt: f32,
    /// Its first characters.
    pub text: String,
}

/// Characters of a block that are shown.
const SHOWN: usize = 40;

/// Steps of the sentences of each block, taken before aligning.
pub(super) struct Steps(BTreeMap<usize, (u32, u32)>);

impl Steps {
    pub fn of(sides: &Sides) -> Self {
        let mut steps: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
        for placed in sides.source.iter().chain(&sides.target).filter(|placed| placed.aside.is_none()) {
            let at = placed.at as u32;
            let step = steps.entry(placed.sentence.block).or_insert((at, at));
            *step = (step.0.min(at), step.1.max(at));
        }
        Steps(steps)
    }
}

/// Puts the explanation together.
pub(super) fn explanation(
    article: &Article,
    matter: &[Matter],
    steps: &Steps,
    found: (Layout, String),
    bitext: &Bitext,
) -> Explanation {
    let (layout, why) = found;
    let mut faces: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); article.blocks.len()];
    let mut reasons = vec![BTreeSet::new(); article.blocks.len()];
    let mut blocks: Vec<BlockNote> = Vec::with_capacity(article.blocks.len());
    for (number, block) in article.blocks.iter().enumerate() {
        let known = matter.get(number);
        blocks.push(BlockNote {
            block: number,
            kind: block.kind,
            steps: steps.0.get(&number).copied(),
            doubt: known.map_or(0.0, |matter| matter.doubt),
            signs: known
                .map_or(Vec::new(), |matter| matter.signs.iter().map(|&sign| sign.to_owned()).collect()),
            text: block.text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect(),
            ..BlockNote::default()
        });
    }
    let mut languages = vec![BTreeSet::new(); article.blocks.len()];
    for unit in &bitext.units {
        let of = |ids: &[usize], zh: bool| -> Vec<usize> {
            let side = if zh { &bitext.source } else { &bitext.target };
            ids.iter().map(|&id| side[id].block).filter(|&block| block < blocks.len()).collect()
        };
        let (zh, en) = (of(&unit.source, true), of(&unit.target, false));
        for (mine, others, language) in [(&zh, &en, Language::Chinese), (&en, &zh, Language::English)] {
            for &block in mine {
                languages[block].insert(language);
                blocks[block].sentences += 1;
                blocks[block].paired += usize::from(unit.is_pair());
                faces[block].extend(others);
                reasons[block].extend(unit.reason);
            }
        }
    }
    for unplaced in &bitext.other {
        let block = unplaced.sentence.block;
        if let Some(note) = blocks.get_mut(block) {
            note.sentences += 1;
            languages[block].extend(unplaced.language);
            reasons[block].insert(unplaced.reason);
        }
    }
    for (k, note) in blocks.iter_mut().enumerate() {
        note.faces = faces[k].iter().copied().collect();
        note.reasons = reasons[k].iter().copied().collect();
        note.languages = languages[k].iter().copied().collect();
    }
    Explanation { layout, why, blocks }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "layout: {} ({})", self.layout, self.why)?;
        self.blocks.iter().try_for_each(|block| writeln!(f, "{block}"))
    }
}

impl fmt::Display for BlockNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let languages: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
        write!(f, "{:>4}  {:<13} {:<6}", self.block, kind_name(self.kind), languages.join("+"))?;
        match self.steps {
            Some((first, last)) if first == last => write!(f, " step {first:<7}")?,
            Some((first, last)) => write!(f, " step {:<7}", format!("{first}–{last}"))?,
            None => write!(f, " {:<12}", "")?,
        }
        write!(f, " {}/{} paired", self.paired, self.sentences)?;
        if !self.faces.is_empty() {
            let faces: Vec<String> = self.faces.iter().map(usize::to_string).collect();
            write!(f, " with {}", faces.join(", "))?;
        }
        for reason in &self.reasons {
            write!(f, "; {reason}")?;
        }
        if !self.signs.is_empty() && self.doubt > 0.0 {
            write!(f, " [{:+.1}: {}]", self.doubt, self.signs.join(", "))?;
        }
        write!(f, "  {}", self.text)
    }
}

fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "list item",
        BlockKind::TableCell { .. } => "table cell",
        BlockKind::Caption => "caption",
        BlockKind::Footnote => "footnote",
        BlockKind::Code => "code",
        BlockKind::Boilerplate => "boilerplate",
    }
}
