//! Reads hand-aligned documents.

use duizhao::IdBead;
use std::fs;
use std::path::Path;

/// A hand-aligned document.
pub struct Document {
    pub name: String,
    pub kind: String,
    pub source: Vec<String>,
    pub target: Vec<String>,
    pub gold: Vec<IdBead>,
}

pub fn load(dirs: &[String]) -> Result<Vec<Document>, Box<dyn std::error::Error>> {
    let mut documents = Vec::new();
    for dir in dirs {
        let mut golds: Vec<_> = fs::read_dir(dir)
            .map_err(|error| format!("{dir}: {error}"))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "gold"))
            .collect();
        golds.sort();
        for gold in golds {
            let lines = |extension: &str| {
                let text = fs::read_to_string(gold.with_extension(extension))?;
                std::io::Result::Ok(text.lines().map(str::to_owned).collect::<Vec<_>>())
            };
            documents.push(Document {
                name: gold.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                kind: Path::new(dir).file_name().unwrap_or_default().to_string_lossy().into_owned(),
                source: lines("zh")?,
                target: lines("en")?,
                gold: IdBead::read_all(fs::read(&gold)?.as_slice())?,
            });
        }
    }
    Ok(documents)
}
