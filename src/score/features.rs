//! The features of a bead: what the fitted weights are multiplied with, named and in one order.

use super::borders::{Border, End, Start};
use super::evidence::Evidence;
use std::ops::Range;

/// How strongly matched tokens count at each of three scales: scale s turns the match ratio r of a token
/// into ln(1 + s·r), so that weights over several scales can draw any rising curve. The scales are
/// (1 − λ)/λ for shares of unexplained tokens λ of .6, .97 and .998.
pub const SCALES: [f32; 3] = [0.4 / 0.6, 0.03 / 0.97, 0.002 / 0.998];

/// The scale at which marks count.
pub const MIDDLE: usize = 1;

/// The names of all features, in order: the lexical ones first.
pub const FEATURES: [&str; COUNT] = [
    "words explain target, strong",
    "words explain source, strong",
    "words explain target",
    "words explain source",
    "words explain target, faint",
    "words explain source, faint",
    "marks explain target",
    "marks explain source",
    "bead",
    "more source sentences",
    "more target sentences",
    "more on both sides",
    "large bead",
    "more source, by ratio",
    "more target, by ratio",
    "length, squared",
    "length, absolute",
    "source null",
    "target null",
    "null, token",
    "null, repeated",
    "null, by rate",
    "quoted, both",
    "quoted, source",
    "quoted, target",
    "closes, both",
    "closes, one",
    "opens, both",
    "opens, one",
    "asks, both",
    "asks, one",
    "exclaims, both",
    "exclaims, one",
    "open-ended, both",
    "open-ended, one",
    "no stop, one",
    "joined in quotation, source",
    "joined in quotation, target",
    "joined to a pointer, source",
    "joined to a pointer, target",
    "joined to a link, source",
    "joined to a link, target",
    "joined, short, source",
    "joined, short, target",
    "joined after a question or exclamation, source",
    "joined after a question or exclamation, target",
    "joined after no stop, source",
    "joined after no stop, target",
    "words in place explain target",
    "words in place explain source",
    "source after the border, explained before it",
    "target before the border, explained after it",
    "source before the border, explained after it",
    "target after the border, explained before it",
    "linked",
    "source, not linked",
    "target, not linked",
    "linked along the border",
    "linked across the border, source first",
    "linked across the border, target first",
    "null, beside nulls",
];

/// Number of lexical features.
pub const LEXICAL: usize = 8;
/// Number of features.
pub const COUNT: usize = 61;
/// First of the two features that take the lengths.
pub const LENGTH: usize = 15;
/// The feature that takes how common nulls are in the document.
pub const RATE: usize = 21;
/// First of the features that a search does not have: those of [`Order`](super::Order), and how many these are.
pub const ORDER: usize = 48;
pub const ORDERED: usize = 12;
/// How likely nulls are beside a null, which only a second look knows.
pub const BESIDE: usize = ORDER + ORDERED;
/// First of the features of sentences without counterpart.
pub const NULL: usize = 17;
/// First feature of the border pair, and of what is inside a bead.
pub const BORDER: usize = 22;
const INSIDE: usize = 36;

/// The features of one bead.
pub type Features = [f32; COUNT];

/// What the shape of a bead alone says.
pub(super) fn shape(n: usize, m: usize, ratio: f32) -> Features {
    let mut f = [0.0; COUNT];
    if n == 0 || m == 0 {
        return f;
    }
    let (n, m) = (n as f32, m as f32);
    f[LEXICAL] = 1.0;
    f[LEXICAL + 1] = n - 1.0;
    f[LEXICAL + 2] = m - 1.0;
    f[LEXICAL + 3] = n.min(m) - 1.0;
    f[LEXICAL + 4] = (n + m - 3.0).max(0.0);
    f[LEXICAL + 5] = (n - 1.0) * ratio;
    f[LEXICAL + 6] = (m - 1.0) * ratio;
    f
}

/// What the lengths say, from the deviation in standard deviations.
pub(super) fn length(deviation: f32) -> Features {
    let mut f = [0.0; COUNT];
    f[LENGTH] = deviation * deviation;
    f[LENGTH + 1] = deviation.abs();
    f
}

/// A sentence without counterpart. `rate` is how much commoner these are in the document than usual, as a
/// logarithm.
pub(super) fn null(is_source: bool, tokens: usize, repeated: bool, rate: f32) -> Features {
    let mut f = [0.0; COUNT];
    f[if is_source { NULL } else { NULL + 1 }] = 1.0;
    f[NULL + 2] = tokens as f32;
    f[NULL + 3] = f32::from(repeated);
    f[RATE] = rate;
    f
}

/// What stands at the end of a bead on both sides.
pub(super) fn border(a: Border, b: Border) -> Features {
    let mut f = [0.0; COUNT];
    let mut pair = |both: usize, x: bool, y: bool| {
        f[BORDER + both] = f32::from(x && y);
        f[BORDER + both + 1] = f32::from(x != y);
    };
    pair(3, a.closes, b.closes);
    pair(5, a.opens, b.opens);
    pair(7, a.end == End::Question, b.end == End::Question);
    pair(9, a.end == End::Exclamation, b.end == End::Exclamation);
    pair(11, a.end == End::Open, b.end == End::Open);
    f[BORDER] = f32::from(a.quoted && b.quoted);
    f[BORDER + 1] = f32::from(a.quoted && !b.quoted);
    f[BORDER + 2] = f32::from(!a.quoted && b.quoted);
    f[BORDER + 13] = f32::from((a.end == End::Bare) != (b.end == End::Bare));
    f
}

/// A border inside a bead.
pub(super) fn inside(is_source: bool, border: Border) -> Features {
    let mut f = [0.0; COUNT];
    let at = INSIDE + usize::from(!is_source);
    f[at] = f32::from(border.quoted);
    f[at + 2] = f32::from(border.start == Start::Pointer);
    f[at + 4] = f32::from(border.start == Start::Link);
    f[at + 6] = f32::from(border.short);
    f[at + 8] = f32::from(matches!(border.end, End::Question | End::Exclamation));
    f[at + 10] = f32::from(matches!(border.end, End::Bare | End::Open));
    f
}

/// Adds features up.
pub(super) fn add(sum: &mut Features, more: &Features) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The features of a bead but for the lexical ones.
pub fn plain(evidence: &Evidence, rate: f32, source: &Range<usize>, target: &Range<usize>) -> Features {
    let mut sum = shape(source.len(), target.len(), size_ratio(evidence));
    let sides = [
        (true, source, target, &evidence.words.source, &evidence.repeats.0, &evidence.borders.0),
        (false, target, source, &evidence.words.target, &evidence.repeats.1, &evidence.borders.1),
    ];
    for (is_source, mine, other, tokens, repeats, borders) in sides {
        if other.is_empty() {
            for i in mine.clone() {
                add(&mut sum, &null(is_source, tokens.sentence(i).len(), repeats[i], rate));
            }
        } else if !mine.is_empty() {
            for &border in &borders[mine.start..mine.end - 1] {
                add(&mut sum, &inside(is_source, border));
            }
        }
    }
    if !source.is_empty() && !target.is_empty() {
        add(&mut sum, &length(evidence.length.deviation(source.clone(), target.clone())));
        add(&mut sum, &border(evidence.borders.0[source.end - 1], evidence.borders.1[target.end - 1]));
    }
    sum
}

/// Logarithm of the target sentences for one source sentence, within what translations have.
pub(super) fn size_ratio(evidence: &Evidence) -> f32 {
    let (n, m) = evidence.sentences();
    (m.max(1) as f32 / n.max(1) as f32).ln().clamp(-0.7, 0.7)
}
