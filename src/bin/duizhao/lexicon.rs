//! `duizhao lexicon build`: a lexicon from a CC-CEDICT release.

use crate::arguments::BuildArgs;
use crate::files::{self, Place};
use crate::inputs;
use crate::report::Report;
use crate::status::Status;
use duizhao::Result;
use duizhao::lexicon::{self, Lexicon};

/// Runs the command.
pub fn build(args: &BuildArgs, report: &Report) -> Result<Status> {
    let input = inputs::open(&args.cedict)?;
    let bytes = lexicon::build(input).map_err(|error| error.in_file(inputs::name(&args.cedict)))?;
    files::write(&Place::new(Some(&args.output)), |out| Ok(out.write_all(&bytes)?))?;
    let size = bytes.len();
    let lexicon = Lexicon::load(bytes)?;
    let (words, stems) = (lexicon.word_count(), lexicon.stem_count());
    report.say(&format!("{words} words and {stems} stems in {size} bytes. {}", lexicon.notice().trim()));
    Ok(Status::Done)
}
