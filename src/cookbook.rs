//! Recipes: whole tasks from beginning to end, each a piece of code that runs.
//!
//! - [A folder of pages to one translation memory](#a-folder-of-pages-to-one-translation-memory)
//! - [Two texts](#two-texts)
//! - [Teaching it names](#teaching-it-names)
//! - [Mending a chapter](#mending-a-chapter)
//! - [A corpus to train on](#a-corpus-to-train-on)
//! - [Scoring an aligner with a translation memory](#scoring-an-aligner-with-a-translation-memory)
//! - [What faces nothing, and why](#what-faces-nothing-and-why)
//! - [Sentences that were aligned elsewhere](#sentences-that-were-aligned-elsewhere)
//! - [What is in a corpus](#what-is-in-a-corpus)
//! - [Pages that are hard to read](#pages-that-are-hard-to-read)
//! - [Many pages at a time](#many-pages-at-a-time)
//!
//! Longer programs stand in the folder `examples` of the sources.
//!
//! # A folder of pages to one translation memory
//!
//! A writer takes any number of bitexts; each keeps its own context and, with
//! [`script_code`](crate::corpus::WriteOptions::script_code), its own language code.
//!
//! ```
//! use duizhao::corpus::{WriteOptions, tmx};
//! use duizhao::{Aligner, read};
//! use std::io::Write;
//! use std::path::Path;
//!
//! fn memory(folder: &Path, out: impl Write) -> duizhao::Result<usize> {
//!     let aligner = Aligner::builder().build()?;
//!     let options = WriteOptions::default().min_confidence(0.5).script_code(true).context(true);
//!     let mut writer = tmx::Writer::with_options(out, &options);
//!     let mut paths: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
//!     paths.sort_by_key(|entry| entry.path()); // the same file every time
//!     for entry in &paths {
//!         let options = read::Options::default().named(entry.path());
//!         let article = read::read_bytes(&std::fs::read(entry.path())?, &options)?;
//!         writer.write(&aligner.align_article(&article))?;
//!     }
//!     writer.finish()?;
//!     Ok(paths.len())
//! }
//!
//! # let folder = std::env::temp_dir().join(format!("duizhao-cookbook-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # std::fs::write(folder.join("a.txt"), "河上有一座木桥。\n\nThere is a wooden bridge over the river.")?;
//! # std::fs::write(folder.join("b.md"), "# 茶\n\n# Tea\n\n茶凉了。\n\nThe tea is cold.")?;
//! let mut file = Vec::new();
//! assert_eq!(memory(&folder, &mut file)?, 2);
//! assert!(String::from_utf8(file).unwrap().contains("<seg>The tea is cold.</seg>"));
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! On the command line this is `duizhao batch`, with a memory a page.
//!
//! # Two texts
//!
//! A chapter and its translation, each with a structure of its own; or two lists of sentences that somebody split.
//!
//! ```
//! use duizhao::{Aligner, align_texts};
//! let bitext = align_texts("茶凉了。\n\n再添一点水。", "The tea is cold. Add a little water.")?;
//! assert_eq!(bitext.pairs().count(), 2);
//!
//! let zh = ["茶凉了，", "再添一点水。"];
//! let en = ["The tea is cold; add a little water."];
//! let bitext = Aligner::builder().build()?.align_lines(&zh, &en);
//! assert_eq!(bitext.pairs().next().unwrap().kind(), "2-1");
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Teaching it names
//!
//! Names and terms that stand in a text often are learned from it. What is rare, or matters, is told: a glossary has a
//! term and its translation a line, with a tab between them, or is in the form of CC-CEDICT.
//!
//! ```
//! use duizhao::Aligner;
//! use duizhao::lexicon::{Glossary, Lexicon};
//! let mut glossary = Glossary::parse("沈怀远\tShen Huaiyuan\n听雨轩\tThe Rain Pavilion\n")?;
//! glossary.insert("阿福", "Lucky");
//! # #[cfg(feature = "lexicon")]
//! let lexicon = Lexicon::embedded().with_glossary(&glossary);
//! # #[cfg(not(feature = "lexicon"))]
//! # let lexicon = Lexicon::empty().with_glossary(&glossary);
//! let aligner = Aligner::builder().lexicon(lexicon).build()?;
//! let bitext = aligner.align_lines(&["阿福去了。", "听雨轩。"], &["Lucky went.", "The Rain Pavilion."]);
//! assert_eq!(bitext.pairs().count(), 2);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! What has been aligned before teaches the rest: [`Lexicon::learn`](crate::lexicon::Lexicon::learn) takes pairs of
//! texts, of as many documents as there are, and finds new names and what words mean in them.
//!
//! ```
//! # #[cfg(feature = "lexicon")] {
//! use duizhao::corpus::jsonl;
//! use duizhao::lexicon::Lexicon;
//! use duizhao::score::TeachOptions;
//! let chapters = "{\"zh\":\"阿鲛笑了。\",\"en\":\"Nixie laughed.\"}
//! {\"zh\":\"阿鲛走进茶馆。\",\"en\":\"Nixie walked into the teahouse.\"}
//! {\"zh\":\"他等阿鲛。\",\"en\":\"He was waiting for Nixie.\"}
//! {\"zh\":\"阿鲛没有来。\",\"en\":\"Nixie did not come.\"}
//! {\"zh\":\"茶馆关了。\",\"en\":\"The teahouse was closed.\"}
//! {\"zh\":\"夜深了。\",\"en\":\"It was late at night.\"}";
//! let mut pairs = Vec::new();
//! for record in jsonl::Reader::new(chapters.as_bytes()) {
//!     let record = record?;
//!     pairs.push((record.zh, record.en));
//! }
//! let learned = Lexicon::embedded().learn(&pairs, &TeachOptions::default())?;
//! assert_eq!((learned.terms[0].form.as_str(), learned.terms[0].stem.as_str()), ("阿鲛", "nixi"));
//! let path = std::env::temp_dir().join(format!("duizhao-cookbook-{}.lexicon", std::process::id()));
//! learned.lexicon.save(&path)?; // for the next chapters: Lexicon::open, or --lexicon on the command line
//! # std::fs::remove_file(&path)?;
//! # }
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! On the command line: `duizhao lexicon learn chapter1.tmx chapter2.tmx -o novel.lexicon`.
//!
//! # Mending a chapter
//!
//! `--format html` writes a page on which a person checks an alignment and mends it; what the page exports as
//! corrections is kept, and the rest is aligned again around it. What was settled for one chapter teaches the next.
//!
//! ```
//! # #[cfg(all(feature = "lexicon", feature = "read"))] {
//! use duizhao::corpus::Corrections;
//! use duizhao::{Aligner, ArticleOptions, read};
//! let page = "夜深了。雨还在下。\n\nIt was late. It was still raining.\n\n茶凉了。\n\nThe tea was cold.";
//! let article = read::read_bytes(page.as_bytes(), &read::Options::default())?;
//! let aligner = Aligner::builder().build()?;
//! assert_eq!(aligner.align_article(&article).pairs().count(), 3);
//!
//! // The reader wants the first two sentences as one unit, and has marked it as right.
//! let exported = r#"{"zh":"夜深了。雨还在下。","en":"It was late. It was still raining.","status":"right","zh_sentences":[{"id":0,"text":"夜深了。"},{"id":1,"text":"雨还在下。"}],"en_sentences":[{"id":0,"text":"It was late."},{"id":1,"text":"It was still raining."}]}"#;
//! let corrections = Corrections::read(exported.as_bytes())?;
//! let mended = aligner.with_corrections(&corrections).align_article(&article, &ArticleOptions::default());
//! assert_eq!((mended.kept, mended.remarks.len()), (1, 0));
//! let kinds: Vec<String> = mended.bitext.pairs().map(|pair| pair.kind()).collect();
//! assert_eq!(kinds, ["2-2", "1-1"]);
//! # }
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! On the command line:
//!
//! ```text
//! duizhao align chapter.html -o review.html            # open it, mend, export chapter.corrections.jsonl
//! duizhao align chapter.html --corrections chapter.corrections.jsonl -o chapter.tmx
//! duizhao lexicon learn chapter.corrections.jsonl -o novel.lexicon
//! duizhao align chapter2.html --lexicon novel.lexicon -o chapter2.tmx
//! ```
//!
//! # A corpus to train on
//!
//! [`Rules::usual`](crate::corpus::filter::Rules::usual) is a place to begin; every rule can be changed. Records pass
//! through one at a time, so that the corpus may be larger than the memory.
//!
//! ```
//! use duizhao::corpus::filter::{Duplicates, Filter, Rule, Rules};
//! use duizhao::corpus::{jsonl, moses};
//! let crawl = "{\"zh\":\"茶凉了。\",\"en\":\"The tea is cold.\",\"confidence\":0.98}
//! {\"zh\":\"茶凉了！\",\"en\":\"The tea is cold!\",\"confidence\":0.97}
//! {\"zh\":\"分享\",\"en\":\"Share this article with your friends on any network\",\"confidence\":0.91}
//! {\"zh\":\"再添一点水。\",\"en\":\"He left.\",\"confidence\":0.21}";
//!
//! let rules = Rules::usual().max_ratio(3.0).duplicates([Duplicates::Pair, Duplicates::Zh]);
//! let mut filter = Filter::new(rules);
//! let (mut zh, mut en) = (Vec::new(), Vec::new());
//! let mut writer = moses::Writer::new(&mut zh, &mut en);
//! for record in filter.records(jsonl::Reader::new(crawl.as_bytes())) {
//!     writer.write_record(&record?)?;
//! }
//! writer.finish()?;
//! assert_eq!(String::from_utf8(en).unwrap(), "The tea is cold.\n");
//! let removed = &filter.report().removed;
//! assert_eq!((removed[&Rule::DuplicatePair], removed[&Rule::Ratio], removed[&Rule::Confidence]), (1, 1, 1));
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Scoring an aligner with a translation memory
//!
//! A memory that people made is gold: its units are pairs, and their texts, taken apart again, are what an aligner is
//! given.
//!
//! ```
//! use duizhao::corpus::{Record, tmx};
//! use duizhao::eval::Scores;
//! use duizhao::{Aligner, IdBead};
//! let memory = "<tmx version='1.4'><header srclang='zh'/><body>
//!   <tu><tuv xml:lang='zh'><seg>河上有一座木桥。</seg></tuv>
//!       <tuv xml:lang='en'><seg>There is a wooden bridge over the river.</seg></tuv></tu>
//!   <tu><tuv xml:lang='zh'><seg>老人每天来这里钓鱼。</seg></tuv>
//!       <tuv xml:lang='en'><seg>The old man comes here to fish every day.</seg></tuv></tu>
//! </body></tmx>";
//! let units: Vec<Record> = tmx::Reader::new(memory.as_bytes())?.collect::<Result<_, _>>()?;
//! let units: Vec<Record> = units.into_iter().filter(Record::is_pair).collect();
//! let gold: Vec<IdBead> = (0..units.len()).map(|k| IdBead::new([k], [k])).collect();
//!
//! let side = |text: fn(&Record) -> &str| units.iter().map(text).collect::<Vec<_>>();
//! let alignment = Aligner::builder().build()?.align_sentences(&side(|r| &r.zh), &side(|r| &r.en));
//! let found: Vec<IdBead> = alignment.beads().iter().map(IdBead::from).collect();
//! assert_eq!(Scores::of(&gold, &found).strict().f1, 1.0);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! On the command line: `duizhao eval memory.tmx predicted.jsonl`.
//!
//! # What faces nothing, and why
//!
//! ```
//! let page = "首页 | 关于我们\n\n茶凉了。\n\nThe tea is cold.\n\nNobody has drunk it since the morning train left.\n";
//! let bitext = duizhao::align_article(page)?;
//! for sentence in bitext.unpaired() {
//!     let text = format!("{}{}", sentence.zh(), sentence.en());
//!     println!("{text}: {}", sentence.reason().map(|reason| reason.to_string()).unwrap_or_default());
//! }
//! let paired: usize = bitext.pairs().map(|pair| pair.zh_sentences().len()).sum();
//! let alone: usize = bitext.unpaired().map(|pair| pair.zh_sentences().len()).sum();
//! assert_eq!(paired + alone, bitext.source.len(), "nothing is lost");
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Sentences that were aligned elsewhere
//!
//! Numbers of sentences, as vecalign and Bertalign write them, with the sentences make a bitext, which can be written
//! in any format; records of a file make one too.
//!
//! ```
//! use duizhao::corpus::{self, Bitext, OutputFormat, Record, WriteOptions};
//! use duizhao::{IdBead, Sentence, Span};
//! let side = |texts: &[&str]| {
//!     texts.iter().map(|&text| Sentence { text: text.into(), span: Span::default(), block: 0 }).collect::<Vec<_>>()
//! };
//! let beads = IdBead::read_all("[0, 1]:[0]\n[2]:[]\n".as_bytes())?;
//! let bitext = Bitext::from_beads(side(&["茶凉了。", "添水。", "好。"]), side(&["Cold; add water."]), &beads)?;
//! let mut links = Vec::new();
//! corpus::write(&bitext, OutputFormat::Ladder, &mut links, &WriteOptions::default())?;
//! assert_eq!(String::from_utf8(links).unwrap().lines().count(), 3);
//!
//! let bitext = Bitext::from_records([Record::new("茶凉了。", "The tea is cold.")]);
//! assert_eq!(bitext.pairs().count(), 1);
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # What is in a corpus
//!
//! ```
//! use duizhao::corpus::stats::{Stats, write_page};
//! use duizhao::corpus::{OutputFormat, read};
//! let tsv = "zh\ten\tconfidence\n茶凉了。\tThe tea is cold.\t0.98\n添水。\tAdd water.\t0.91\n";
//! let mut stats = Stats::default();
//! for record in read(OutputFormat::Tsv, tsv.as_bytes())? {
//!     stats.add(&record?);
//! }
//! assert_eq!((stats.pairs, stats.en.lengths.quantile(0.5)), (2, 2));
//! let mut page = Vec::new();
//! write_page(&stats, "tea.tsv", &mut page)?;
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Pages that are hard to read
//!
//! What is guessed can be said: the encoding, the markup, which elements hold which language, and how the two languages
//! stand on the page.
//!
#![cfg_attr(feature = "read", doc = "```")]
#![cfg_attr(not(feature = "read"), doc = "```ignore")]
//! use duizhao::{Aligner, ArticleOptions, Format, Layout, read};
//! let options = read::Options::default().format(Format::Html).zh_selector("p.zh").en_selector("p.en");
//! let page = "<p class=zh>茶凉了。</p><p class=note>Note: by hand</p><p class=en>The tea is cold.</p>";
//! let article = read::read_bytes(page.as_bytes(), &options)?;
//! let aligner = Aligner::builder().build()?;
//! let (bitext, why) =
//!     aligner.explain(&article, &ArticleOptions::default().layout(Layout::ParagraphsZhFirst));
//! assert_eq!(bitext.pairs().count(), 1);
//! println!("{why}"); // what was decided about each block
//! # Ok::<(), duizhao::Error>(())
//! ```
//!
//! # Many pages at a time
//!
//! An [`Aligner`](crate::Aligner) does not change, so that threads can share it; what comes out does not depend on how
//! many there are. With the feature `parallel`, `Aligner::align_many` takes a slice of articles to the threads of
//! `rayon`. Threads of your own can read the pages too; one that is no text should not stop the others:
//!
//! ```
//! use duizhao::{Aligner, Bitext, read};
//! let pages: [&[u8]; 3] = [
//!     "茶凉了。\n\nThe tea is cold.".as_bytes(),
//!     b"%PDF-1.7\n",
//!     "河上有一座木桥。\n\nThere is a wooden bridge over the river.".as_bytes(),
//! ];
//! let aligner = Aligner::default();
//! let align = |page: &[u8]| -> duizhao::Result<Bitext> {
//!     let article = read::read_bytes(page, &read::Options::default())?;
//!     Ok(aligner.align_article(&article))
//! };
//! let align = &align;
//! let bitexts: Vec<duizhao::Result<Bitext>> = std::thread::scope(|scope| {
//!     let threads: Vec<_> = pages.iter().map(|page| scope.spawn(move || align(page))).collect();
//!     threads.into_iter().map(|thread| thread.join().unwrap()).collect()
//! });
//! let mut pairs = 0;
//! for (number, bitext) in bitexts.into_iter().enumerate() {
//!     match bitext {
//!         Ok(bitext) => pairs += bitext.pairs().count(),
//!         Err(error) => eprintln!("{}", error.in_file(format!("page {number}"))), // page 1, byte 0: this is a PDF …
//!     }
//! }
//! assert_eq!(pairs, 2);
//! ```
