//! Typesets the short sources of `corpora/short` into PDFs, each once as it is and once with its slip, so that a run over
//! them can be scored.
//!
//!     cargo run --example short_papers -- DIR
//!
//! DIR/clean and DIR/slipped get a PDF a source and a `truth.csv` for `rederive score`.

#[path = "../tests/support/short_papers.rs"]
mod short_papers;
#[path = "../tests/support/short_sources.rs"]
mod short_sources;
#[path = "../tests/support/typeset.rs"]
mod typeset;

use std::env;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("name a folder for the papers")?;
    short_papers::write_short_papers(include_str!("../corpora/short/sources.md"), Path::new(&folder))?;
    Ok(())
}
