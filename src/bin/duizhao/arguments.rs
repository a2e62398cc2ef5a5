//! What the command line understands, with the text of its help.

use crate::status;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use duizhao::corpus::filter::{Duplicates, Rules};
use duizhao::corpus::{OutputFormat, WriteOptions};
use duizhao::{ArticleOptions, Format, Language, Layout};
use std::path::PathBuf;
use std::time::Duration;

/// Bytes of an input that are read if nothing else is said: more than any page or book, less than would fill
/// the memory of a small machine, as a page takes some twenty times its size while it is read.
const MAX_BYTES: &str = "64M";

/// Seconds that one document of many may take if nothing else is said; a book of 40,000 sentences takes a few.
const TIMEOUT: &str = "120";

/// What the flags that all commands have stand under.
const GENERAL: &str = "General";

const EXAMPLES: &str = "Examples:
  duizhao page.html                             side by side in a terminal, JSON Lines in a pipe
  duizhao align page.html -o memory.tmx         a translation memory
  duizhao align chapter.zh.txt chapter.en.txt   two texts
  duizhao batch pages/*.html --out corpus       many files
  zcat crawl.jsonl.gz | duizhao stream          a stream of documents
  duizhao filter corpus.jsonl -o clean.tmx      what is fit to train on";

/// Turns mixed-language Chinese–English articles, or two texts, into an aligned corpus.
///
/// `duizhao PAGE` is short for `duizhao align PAGE`. Messages go to standard error, data to standard output.
#[derive(Parser)]
#[command(
    name = "duizhao",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    arg_required_else_help = true,
    after_help = format!("{EXAMPLES}\n\n{}", status::HELP)
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub align: AlignArgs,
    /// Says nothing but errors
    #[arg(long, short, global = true, help_heading = GENERAL)]
    pub quiet: bool,
    /// Says how each input was understood
    #[arg(long, short, global = true, conflicts_with = "quiet", help_heading = GENERAL)]
    pub verbose: bool,
    /// Takes settings from this file, such as `duizhao config` prints; flags win over it
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = GENERAL)]
    pub config: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Command {
    Align(AlignArgs),
    Batch(BatchArgs),
    Stream(StreamArgs),
    Segment(SegmentArgs),
    Eval(EvalArgs),
    Convert(ConvertArgs),
    Filter(FilterCommandArgs),
    Stats(StatsArgs),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    /// Builds lexicons, teaches them and shows what is in them
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
}

/// Aligns one article with both languages in it, or a Chinese and an English text
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao align page.html
  duizhao align page.html --format tsv --unpaired -o page.tsv
  duizhao align novel.zh.txt novel.en.txt --glossary names.tsv -o novel.tmx
  duizhao align zh.lines en.lines --sentences --format ids
  duizhao align page.html -o review.html
  duizhao align page.html --corrections page.corrections.jsonl -o page.tmx
  curl -s https://example.org/page | duizhao align - --format jsonl")]
pub struct AlignArgs {
    /// An article, or a Chinese text and an English text; `-` is standard input
    #[arg(value_name = "FILE", required = true, num_args = 1..=2, value_hint = ValueHint::FilePath)]
    pub inputs: Vec<PathBuf>,
    /// The two files hold a sentence a line; ids are line numbers from 0, empty lines counted
    #[arg(long)]
    pub sentences: bool,
    /// Output format [default: as the name of -o says; else side-by-side in a terminal, jsonl elsewhere]
    #[arg(long, short, value_name = "FORMAT", value_parser = form())]
    pub format: Option<Form>,
    /// Writes to this file, whole or not at all, in place of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Colours the side-by-side view
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Color,
    /// Says on standard error what was decided about each block of the article, and why
    #[arg(long)]
    pub explain: bool,
    /// Keeps the pairs that a person has marked as right, as the page of --format html exports them, and aligns the
    /// rest around them
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "explain")]
    pub corrections: Option<PathBuf>,
    /// Seconds after which to give up, 0 for never
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "0")]
    pub timeout: Duration,
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub article: ArticleArgs,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// Aligns many articles, one output file each
///
/// Outputs are named after their inputs: page.html gives DIR/page.jsonl. Inputs that would share a name keep
/// their endings, and inputs of one name from several folders get the folder in front. Each output is there
/// whole or not at all, and does not depend on --jobs.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao batch pages/*.html --out corpus --format tmx
  find pages -name '*.md' | duizhao batch --files-from - --out corpus --jobs 8
  duizhao batch pages/*.html --out corpus --resume")]
pub struct BatchArgs {
    /// Articles
    #[arg(value_name = "FILE", required_unless_present = "files_from", value_hint = ValueHint::FilePath)]
    pub inputs: Vec<PathBuf>,
    /// Reads names of articles from this file, one a line; `-` is standard input
    #[arg(long, value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// The folder for the outputs; it is made if it is not there
    #[arg(long, short = 'o', value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = output_format(), default_value = "jsonl")]
    pub format: OutputFormat,
    /// Skips inputs whose output is there
    #[arg(long)]
    pub resume: bool,
    #[command(flatten)]
    pub filter: FilterArgs,
    #[command(flatten)]
    pub documents: DocumentArgs,
}

/// Aligns a stream: JSON documents in, a line each, and JSON pairs out, in order
///
/// A document is {"id": …, "text": "…"} for an article, or {"id": …, "zh": …, "en": …} with two texts or two
/// lists of sentences. A pair is as in the format jsonl, with the document's id in front. A line that is no
/// document is reported and passed over; the stream goes on.
#[derive(Args)]
#[command(after_help = "Examples:
  zcat crawl.jsonl.gz | duizhao stream --jobs 8 | gzip > pairs.jsonl.gz
  parallel --pipe duizhao stream --jobs 1 < crawl.jsonl > pairs.jsonl")]
pub struct StreamArgs {
    #[command(flatten)]
    pub documents: DocumentArgs,
}

/// Splits a text into sentences, one a line
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao segment --lang zh chapter.txt
  duizhao segment --jsonl < texts.jsonl > sentences.jsonl")]
pub struct SegmentArgs {
    /// The text; standard input if there is none
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true, value_hint = ValueHint::FilePath)]
    pub input: PathBuf,
    /// The language [default: as each record says, else as its text shows]
    #[arg(long, value_name = "LANG", value_enum)]
    pub lang: Option<Lang>,
    /// Reads {"id", "text"} a line, with "lang" if it is known, and writes {"id", "sents"} a line
    #[arg(long)]
    pub jsonl: bool,
    /// Writes to this file, whole or not at all, in place of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Scores alignments against hand-made ones
///
/// GOLD and PRED are files of ids ([0, 1]:[2] a line), or folders: each NAME.gold is compared with NAME.gold,
/// NAME.ids or a corpus of that name in the other. A corpus (jsonl, tmx, tsv, csv, xlf, xlsx) counts as beads by its
/// texts, or its spans, which needs the sentences, NAME.zh and NAME.en, beside the gold; confidences are measured
/// too. GOLD may be a corpus as well: then each of its texts is a sentence, and spans do not count.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao eval gold predicted
  duizhao eval gold predicted --json
  duizhao eval memory.tmx predicted.jsonl")]
pub struct EvalArgs {
    /// Hand-made alignments
    pub gold: PathBuf,
    /// Alignments to score
    pub pred: PathBuf,
    /// Writes all figures as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Converts a corpus from one format to another
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao convert memory.tmx pairs.tsv
  duizhao convert pairs.jsonl corpus --to moses      (writes corpus.zh and corpus.en)
  duizhao convert - - --from tsv --to jsonl < pairs.tsv")]
pub struct ConvertArgs {
    /// A corpus in jsonl, hugging-face, tsv, csv, tmx, xliff or xlsx, or the Chinese file of two in moses
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub input: PathBuf,
    /// The file to write, whole or not at all; `-` is standard output
    #[arg(value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Format of IN [default: as its name says]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub from: Option<OutputFormat>,
    /// Format of OUT [default: as its name says]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub to: Option<OutputFormat>,
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Takes out of corpora what should not be trained on
///
/// Without a rule it takes the usual ones (--clean): no pair twice, at most 400 characters and 200 words that differ
/// by a factor of 4 at most, half of each side in its script, nothing left untranslated, confidences from 0.5. What
/// each rule took out is said on standard error.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao filter crawl.jsonl -o clean.jsonl
  duizhao filter a.tmx b.tmx --dedup zh --max-ratio 3 -o both.tmx --report removed.json")]
pub struct FilterCommandArgs {
    /// Corpora; `-` is standard input
    #[arg(value_name = "IN", required = true, value_hint = ValueHint::FilePath)]
    pub inputs: Vec<PathBuf>,
    /// The file to write, whole or not at all, in place of standard output
    #[arg(long, short, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Format of IN [default: as its name says]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub from: Option<OutputFormat>,
    /// Format of OUT [default: as its name says, or as IN]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub to: Option<OutputFormat>,
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Says what is in corpora: pairs, lengths, types, confidences, languages
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao stats memory.tmx
  duizhao stats corpus/*.jsonl --format html -o corpus.html")]
pub struct StatsArgs {
    /// Corpora; `-` is standard input
    #[arg(value_name = "IN", required = true, value_hint = ValueHint::FilePath)]
    pub inputs: Vec<PathBuf>,
    /// Format of IN [default: as its name says]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub from: Option<OutputFormat>,
    /// What to write
    #[arg(long, short, value_name = "FORM", value_enum, default_value_t)]
    pub format: StatsForm,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Writes to this file, whole or not at all, in place of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Prints the settings in effect, as a file for --config
///
/// Keys are the long names of flags. At the top they hold for every command that has the flag and can take the value,
/// under [COMMAND] for that command alone; flags on the command line win. Paths are seen from the folder that duizhao runs in.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao config > duizhao.toml
  duizhao config --config duizhao.toml
  duizhao batch pages/*.html --config duizhao.toml")]
pub struct ConfigArgs {}

/// Prints a script that completes commands and flags in a shell
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao completions bash > ~/.local/share/bash-completion/completions/duizhao
  duizhao completions zsh > \"${fpath[1]}/_duizhao\"
  duizhao completions fish > ~/.config/fish/completions/duizhao.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Prints the manual page, of one command or all
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao man | man -l -
  duizhao man batch | man -l -
  duizhao man --out ~/.local/share/man/man1")]
pub struct ManArgs {
    /// The command whose page to print
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Writes the pages of all commands into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum LexiconCommand {
    Build(BuildArgs),
    Learn(LearnArgs),
    Show(ShowArgs),
}

/// Builds a lexicon from a CC-CEDICT release
#[derive(Args)]
#[command(after_help = "Example:
  duizhao lexicon build cedict_ts.u8 -o lexicon.bin
  duizhao align page.html --lexicon lexicon.bin")]
pub struct BuildArgs {
    /// The release file, unpacked; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub cedict: PathBuf,
    /// The file to write, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
}

/// Teaches a lexicon names, terms and usage from corpora
///
/// It starts from the embedded lexicon, or from --lexicon and --glossary, and keeps what that knew where the corpora say
/// nothing. Corpora are files of pairs, as `duizhao align` writes them, or the corrections of a review page; a name or
/// term is learned where it occurs three times or more. A pair that stands in them again counts once.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao lexicon learn chapter1.tmx chapter2.corrections.jsonl -o novel.lexicon
  duizhao align chapter3.zh.txt chapter3.en.txt --lexicon novel.lexicon")]
pub struct LearnArgs {
    /// Corpora in jsonl, hugging-face, tsv, csv, tmx, xliff or xlsx, or the Chinese file of two in moses; `-` is
    /// standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub inputs: Vec<PathBuf>,
    /// Format of the corpora [default: as their names say]
    #[arg(long, value_name = "FORMAT", value_parser = output_format())]
    pub from: Option<OutputFormat>,
    /// Leaves out pairs of a lower confidence, 0 to 1; pairs without one stay
    #[arg(long, value_name = "P", value_parser = share, default_value = "0.5")]
    pub min_confidence: f32,
    /// The file to write, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// Shows what a lexicon knows of words, Chinese or English
///
/// Of a Chinese word, its reading without tones, and the stems of the English words that it means, with weights that sum
/// to 1; of an English word, its stem and the stems of words that mean the like. Text that is no word is cut into words.
/// Without a word it says how large the lexicon is and where it comes from.
#[derive(Args)]
#[command(after_help = "Examples:
  duizhao lexicon show 图书馆 library
  duizhao lexicon show 韦小宝 --lexicon novel.lexicon")]
pub struct ShowArgs {
    /// The words; without any, what the lexicon is
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// How to read articles
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub struct ReadArgs {
    /// Format of the input [default: found by its content, or Markdown by its name]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub input_format: Option<InputFormat>,
    /// Encoding of the input, such as gb18030 [default: found by its content]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// CSS selector of the elements of a page that hold the Chinese text
    #[arg(long, value_name = "CSS")]
    pub zh_selector: Option<String>,
    /// CSS selector of the elements of a page that hold the English text
    #[arg(long, value_name = "CSS")]
    pub en_selector: Option<String>,
    /// Bytes of an input to read at most, with K, M or G if need be; the rest is cut off and the cut reported
    #[arg(long, value_name = "BYTES", value_parser = byte_count, default_value = MAX_BYTES)]
    pub max_bytes: u64,
}

/// How the two languages stand in an article
#[derive(Args)]
pub struct ArticleArgs {
    /// Layout of the article [default: found by its content]
    #[arg(long, value_name = "LAYOUT", value_parser = layout(), help_heading = "Reading")]
    pub layout: Option<Layout>,
}

impl ArticleArgs {
    /// The options of aligning an article.
    pub fn options(&self) -> ArticleOptions {
        let options = ArticleOptions::default();
        match self.layout {
            Some(layout) => options.layout(layout),
            None => options,
        }
    }
}

/// What to write
#[derive(Args)]
#[command(next_help_heading = "Writing")]
pub struct WriteArgs {
    /// Writes sentences that face nothing too, with the reason
    #[arg(long)]
    pub unpaired: bool,
    /// Takes pairs with less confidence, 0 to 1, as unpaired
    #[arg(long, value_name = "X", value_parser = share, default_value = "0")]
    pub min_confidence: f32,
    /// Makes cells harmless that a spreadsheet would run as formulas (tsv, csv)
    #[arg(long)]
    pub spreadsheet_safe: bool,
    /// Adds the Chinese text before and after each unit (tmx)
    #[arg(long)]
    pub context: bool,
    /// Language code of the Chinese side (tmx); `auto` tells zh-Hans from zh-Hant by the text
    #[arg(long, value_name = "CODE", default_value = "zh")]
    pub zh_code: String,
    /// Language code of the English side (tmx)
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub en_code: String,
}

/// Which pairs to leave out
#[derive(Args)]
#[command(next_help_heading = "Filtering")]
pub struct FilterArgs {
    /// Takes the rules that most builders of training corpora ask for; rules given beside it win
    #[arg(long)]
    pub clean: bool,
    /// Leaves out what came before: the same pair, Chinese or English side
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = duplicates())]
    pub dedup: Vec<Duplicates>,
    /// Takes texts for the same that differ in capitals, marks, width or white space only
    #[arg(long)]
    pub dedup_loosely: bool,
    /// Least Chinese characters
    #[arg(long, value_name = "N")]
    pub min_zh: Option<usize>,
    /// Most Chinese characters
    #[arg(long, value_name = "N")]
    pub max_zh: Option<usize>,
    /// Least English words
    #[arg(long, value_name = "N")]
    pub min_en: Option<usize>,
    /// Most English words
    #[arg(long, value_name = "N")]
    pub max_en: Option<usize>,
    /// How many times as long one side may be as the other; 1.6 characters count as long as a word
    #[arg(long, value_name = "X", value_parser = ratio)]
    pub max_ratio: Option<f32>,
    /// Least share, 0 to 1, of Han characters in the Chinese side
    #[arg(long, value_name = "X", value_parser = share)]
    pub min_han: Option<f32>,
    /// Least share, 0 to 1, of Latin words in the English side
    #[arg(long, value_name = "X", value_parser = share)]
    pub min_latin: Option<f32>,
    /// How alike both sides may be, 0 to 1: a text left untranslated is 1
    #[arg(long, value_name = "X", value_parser = share)]
    pub max_copy: Option<f32>,
    /// Writes what each rule took out to this file, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
}

impl FilterArgs {
    /// The rules that were asked for; a confidence of 0 is none.
    pub fn rules(&self, min_confidence: f32) -> Rules {
        let mut rules = if self.clean { Rules::usual() } else { Rules::default() };
        if !self.dedup.is_empty() {
            rules.duplicates.clone_from(&self.dedup);
        }
        rules.loosely |= self.dedup_loosely;
        rules.min_zh = self.min_zh.or(rules.min_zh);
        rules.max_zh = self.max_zh.or(rules.max_zh);
        rules.min_en = self.min_en.or(rules.min_en);
        rules.max_en = self.max_en.or(rules.max_en);
        rules.max_ratio = self.max_ratio.or(rules.max_ratio);
        rules.min_han = self.min_han.or(rules.min_han);
        rules.min_latin = self.min_latin.or(rules.min_latin);
        rules.max_copy = self.max_copy.or(rules.max_copy);
        rules.min_confidence = Some(min_confidence).filter(|&least| least > 0.0).or(rules.min_confidence);
        rules
    }
}

/// What words mean
#[derive(Args)]
#[command(next_help_heading = "Words")]
pub struct LexiconArgs {
    /// Your own terms, Chinese⇥English a line or as CC-CEDICT has them
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub glossary: Option<PathBuf>,
    /// A lexicon made by `duizhao lexicon build` or `learn` in place of the embedded one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Option<PathBuf>,
}

/// How many documents are read, aligned and written
#[derive(Args)]
pub struct DocumentArgs {
    #[command(flatten)]
    pub many: ManyArgs,
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub article: ArticleArgs,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// How to work on many documents
#[derive(Args)]
pub struct ManyArgs {
    /// Documents at work at the same time [default: as many as there are cores]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Seconds after which a document is given up and reported, 0 for never
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = TIMEOUT)]
    pub timeout: Duration,
}

impl ManyArgs {
    /// The number of documents at work.
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, |cores| cores.get());
        self.jobs.map_or_else(cores, usize::from)
    }
}

impl WriteArgs {
    /// The options of writing.
    pub fn options(&self) -> WriteOptions {
        let auto = self.zh_code == "auto";
        WriteOptions::default()
            .unpaired(self.unpaired)
            .min_confidence(self.min_confidence)
            .spreadsheet_safe(self.spreadsheet_safe)
            .context(self.context)
            .script_code(auto)
            .codes(if auto { "zh" } else { &self.zh_code }, &self.en_code)
    }
}

/// What `align` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people: the two sides as columns.
    SideBySide,
    /// A format of files.
    File(OutputFormat),
}

const SIDE_BY_SIDE: &str = "side-by-side";

fn form() -> impl TypedValueParser<Value = Form> {
    let view = PossibleValue::new(SIDE_BY_SIDE).help("two columns, for people");
    PossibleValuesParser::new(std::iter::once(view).chain(formats())).try_map(|name| {
        if name == SIDE_BY_SIDE { Ok(Form::SideBySide) } else { name.parse().map(Form::File) }
    })
}

fn output_format() -> impl TypedValueParser<Value = OutputFormat> {
    PossibleValuesParser::new(formats()).try_map(|name| name.parse::<OutputFormat>())
}

fn layout() -> impl TypedValueParser<Value = Layout> {
    // What two files are, and what has one language, is no question of layout.
    let none = [Layout::TwoFiles, Layout::Sentences, Layout::OneLanguage];
    let layouts = Layout::ALL.into_iter().filter(move |layout| !none.contains(layout));
    let value = |layout: Layout| PossibleValue::new(layout.code()).help(layout.to_string());
    PossibleValuesParser::new(layouts.map(value)).try_map(|name| name.parse::<Layout>())
}

fn formats() -> impl Iterator<Item = PossibleValue> {
    OutputFormat::ALL.into_iter().map(|format| {
        let value = PossibleValue::new(format.code()).help(format.about());
        match format {
            OutputFormat::Markdown => value.alias("md"),
            OutputFormat::HuggingFace => value.alias("hf"),
            OutputFormat::Xliff => value.alias("xlf"),
            _ => value,
        }
    })
}

/// The markup of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    Plain,
    #[value(alias = "md")]
    Markdown,
    Html,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Plain => Format::Plain,
            InputFormat::Markdown => Format::Markdown,
            InputFormat::Html => Format::Html,
        }
    }
}

/// A language that sentences are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Language::Chinese,
            Lang::En => Language::English,
        }
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// In a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

/// What `stats` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum StatsForm {
    /// A table for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A page with plots
    Html,
}

fn duplicates() -> impl TypedValueParser<Value = Duplicates> {
    let kinds = Duplicates::ALL.map(|kind| PossibleValue::new(kind.code()));
    PossibleValuesParser::new(kinds).try_map(|kind| kind.parse::<Duplicates>())
}

fn ratio(text: &str) -> Result<f32, String> {
    let ratio: f32 = text.parse().map_err(|_| "give a number from 1 up, such as 4".to_owned())?;
    if ratio >= 1.0 { Ok(ratio) } else { Err("give a number from 1 up".into()) }
}

fn share(text: &str) -> Result<f32, String> {
    let share: f32 = text.parse().map_err(|_| "give a number from 0 to 1, such as 0.8".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("give a number from 0 to 1".into()) }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "give a number of seconds, such as 30".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "give a number of seconds from 0 up".to_owned())
}

fn byte_count(text: &str) -> Result<u64, String> {
    let upper = text.to_ascii_uppercase();
    let bare = upper.trim_end_matches("IB").trim_end_matches('B');
    let (digits, shift) = match bare.as_bytes().last() {
        Some(b'K') => (&bare[..bare.len() - 1], 10),
        Some(b'M') => (&bare[..bare.len() - 1], 20),
        Some(b'G') => (&bare[..bare.len() - 1], 30),
        _ => (bare, 0),
    };
    let number: u64 = digits.trim().parse().map_err(|_| "give a number of bytes, such as 500K or 64M")?;
    match number.checked_mul(1 << shift) {
        // A length must fit in memory, and a limit and one byte more too.
        Some(bytes) if (1..1 << 40).contains(&bytes) => Ok(bytes),
        _ => Err("give a number of bytes from 1 to 1023G".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn numbers_with_units() {
        let cases =
            [("1", 1), ("500K", 500 << 10), ("64m", 64 << 20), ("2GiB", 2 << 30), ("10 MB", 10 << 20)];
        for (text, bytes) in cases {
            assert_eq!(byte_count(text), Ok(bytes), "{text}");
        }
        for wrong in ["", "0", "-1", "M", "1T", "9999999999999G", "1.5M"] {
            assert!(byte_count(wrong).is_err(), "{wrong}");
        }
        assert!(share("1.01").is_err() && share("NaN").is_err() && share("0.5").is_ok());
        assert!(seconds("-1").is_err() && seconds("inf").is_err() && seconds("0.25").is_ok());
    }
}
