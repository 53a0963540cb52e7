//! Typesets the short sources, clean and with their slips, into a folder.

use std::fs::{self, File};
use std::path::Path;

use rederive::score::Truth;

use crate::short_sources::{ShortSource, short_sources};
use crate::typeset::{Style, typeset};

/// Writes `folder/clean` and `folder/slipped`, a PDF a source and a truth file in each, and gives the sources.
pub fn write_short_papers(sources: &str, folder: &Path) -> Result<Vec<ShortSource>, Box<dyn std::error::Error>> {
    let sources = short_sources(sources);
    let (clean, slipped) = (folder.join("clean"), folder.join("slipped"));
    for folder in [&clean, &slipped] {
        fs::create_dir_all(folder)?;
    }
    let styles = [Style::MANUSCRIPT, Style::JOURNAL, Style::REPORT];
    for (source, style) in sources.iter().zip(styles.iter().cycle()) {
        for (folder, paragraphs) in [(&clean, &source.clean), (&slipped, &source.slipped)] {
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            fs::write(folder.join(&source.right.paper), typeset(&paragraphs, *style))?;
        }
    }
    let right = Truth { rows: sources.iter().map(|source| source.right.clone()).collect() };
    let wrong = Truth { rows: sources.iter().map(|source| source.wrong.clone()).collect() };
    right.write_planted(File::create(clean.join("truth.csv"))?)?;
    wrong.write_planted(File::create(slipped.join("truth.csv"))?)?;
    Ok(sources)
}
