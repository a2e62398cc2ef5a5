//! Turns mixed-language Chinese–English articles, or two texts, into an aligned corpus: it reads the page as it was
//! found, finds the two languages, splits sentences, and pairs them with a calibrated confidence for each pair. No
//! model, no network, no setup.
//!
//! # One call
//!
//! ```
//! let page = "河上有一座木桥。\n\nThere is a wooden bridge over the river.";
//! let bitext = duizhao::align_article(page)?; // plain text, Markdown or HTML, told apart by content
//! for pair in bitext.pairs() {
//!     println!("{}\t{}\t{:.2}", pair.zh(), pair.en(), pair.confidence());
//! }
//! # assert_eq!(bitext.pairs().count(), 1);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! [`align_article`] takes a page with both languages on it, [`align_texts`] a text in each. What comes back is a
//! [`Bitext`]: the sentences of both sides, the units in which they face each other, and for each sentence that
//! faces nothing the [`Reason`]. Aligning loses nothing, and never fails but where a caller's own beads or scorer
//! do not fit the sentences.
//!
//! # An aligner of your own
//!
//! An [`Aligner`] is built once, with options or as [`Aligner::default`], and serves many pages and threads.
//! [`read`] takes bytes, in any encoding of the web; [`corpus`] writes any format.
//!
//! ```
//! use duizhao::corpus::{self, OutputFormat, WriteOptions};
//! use duizhao::{Aligner, read};
//! let aligner = Aligner::builder().max_bead(3, 4).build()?;
//! let page = "茶凉了。\n\nThe tea is cold.\n".as_bytes(); // such as `std::fs::read(path)?`
//! let article = read::read_bytes(page, &read::Options::default())?;
//! let bitext = aligner.align_article(&article);
//! let mut memory = Vec::new(); // or a file
//! corpus::write(&bitext, OutputFormat::Tmx, &mut memory, &WriteOptions::default().min_confidence(0.5))?;
//! # assert!(memory.starts_with(b"<?xml"));
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! The [`cookbook`] has recipes for whole tasks: a folder of pages to a translation memory, names, corpora to train on,
//! scoring.
//!
//! # Stage by stage
//!
//! Each stage is a room of the crate, which can be entered and left on its own.
//!
//! | room | from | to |
//! |---|---|---|
//! | [`read`] | bytes, text | an [`Article`]: typed blocks that know where their characters stand |
//! | [`segment`] | text | sentences as [`Span`]s |
//! | [`lexicon`] | Chinese words | weighted stems of English words; glossaries |
//! | [`Aligner`] | two lists of sentences | an [`Alignment`]: [`Bead`]s of indices |
//! | [`corpus`] | bitexts, records | files, and back; filters, figures |
//! | [`eval`] | beads, [`IdBead`] | precision, recall, reliability |
//!
//! ```
//! use duizhao::{Aligner, Language, detect, segment};
//! let text = "茶凉了。再添一点水！";
//! assert_eq!(detect(text), Some(Language::Chinese));
//! let spans = segment::for_language(Language::Chinese).segment(text);
//! let zh: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
//! let en = ["The tea is cold.", "Add a little water!"];
//! let alignment = Aligner::builder().build()?.align_sentences(&zh, &en);
//! assert_eq!(alignment.beads()[1].source, 1..2);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # The engine, with a scorer of your own
//!
//! Below the [`Aligner`] stand [`score`], which reads evidence off the sentences, and [`align`], which sees indices only
//! and asks a [`Scorer`](align::Scorer) what a bead is worth: the logarithm of how much likelier its two sides are as
//! translations of each other than as unrelated texts. Any function will do. The search finds the best path, and the
//! posterior says how sure each bead of it is.
//!
//! ```
//! use duizhao::align::{Corridor, Shapes, posterior, search};
//! use std::ops::Range;
//! let (zh, en) = ([9, 4, 20], [11, 50]); // lengths, or vectors, or whatever you have of the sentences
//! let scorer = |source: Range<usize>, target: Range<usize>| -> f32 {
//!     if source.is_empty() || target.is_empty() {
//!         return -4.0; // a sentence that faces nothing
//!     }
//!     let (s, t): (f32, f32) = (zh[source].iter().sum::<i32>() as f32, en[target].iter().sum::<i32>() as f32);
//!     2.0 - 4.0 * (t / s / 1.8).ln().abs()
//! };
//! let corridor = Corridor::full(zh.len(), en.len());
//! let shapes = Shapes::up_to(2, 2)?;
//! let path = search(&scorer, &corridor, &shapes);
//! assert_eq!((path[0].0.clone(), path[0].1.clone()), (0..1, 0..1));
//! assert_eq!((path[1].0.clone(), path[1].1.clone()), (1..3, 1..2));
//! let sure = posterior(&scorer, &corridor, &shapes, 1.0).of(&(1..3), &(1..2));
//! assert!(sure > 0.5);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Cargo features
//!
//! - `lexicon` (default): the embedded Chinese–English lexicon. Without it [`Aligner`] works by position, length,
//!   numbers and marks.
//! - `read` (default): encodings, HTML and Markdown. Without it [`read`] takes plain text in UTF-8.
//! - `xlsx`: Excel workbooks in [`corpus`].
//! - `parallel`: `Aligner::align_many`, many articles at once on the threads of `rayon`.
//! - `cli`: the command line `duizhao`.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

/// Shows a type by its name only: tables of millions of numbers tell a reader of logs nothing.
macro_rules! shown_by_name {
    ($name:ident $(<$life:lifetime>)?) => {
        impl std::fmt::Debug for $name $(<$life>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

pub mod align;
mod aligner;
mod alignment;
mod article;
mod bytes;
pub mod cookbook;
pub mod corpus;
mod error;
pub mod eval;
mod ids;
mod labels;
mod language;
mod lattice;
mod layout;
pub mod lexicon;
mod lines;
mod pipeline;
pub mod read;
mod reason;
pub mod score;
pub mod segment;
mod span;

pub use aligner::{Aligner, Builder};
pub use alignment::{Alignment, Bead};
pub use article::{Article, Block, BlockKind, Format, Piece, Sentence};
pub use corpus::{Bitext, Pair};
pub use error::{Error, ErrorKind, Result};
pub use ids::IdBead;
pub use language::{Language, Scripts, detect, is_han};
pub use layout::Layout;
pub use pipeline::{
    ArticleOptions, BlockNote, Corrected, Explanation, Mended, Remark, align_article, align_texts,
};
pub use reason::Reason;
pub use span::Span;

// The code in the README is tested with the rest.
#[cfg(all(doctest, feature = "lexicon"))]
#[doc = include_str!("../README.md")]
struct Readme;
