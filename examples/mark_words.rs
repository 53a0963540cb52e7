//! Puts marks over known words of PDFs, the same way as `check --annotate` puts them over findings, so that what viewers
//! make of them can be looked at on papers without findings too. `corpora/marked.py` does that.
//!
//!     cargo run --example mark_words -- DIR FILE...
//!
//! Each copy is written to DIR under the name of its file. A line of JSON a file says which words are marked and where
//! (in points from the top left corner of the page as shown), or why there is no copy.

#[path = "../tests/support/known_words.rs"]
mod known_words;

use std::path::Path;
use std::{env, fs};

use rederive::document::{Place, Span};
use rederive::read::{ReadLimits, read};
use rederive::run::{marked_tail, marks_over};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder for the copies, then files")?;
    fs::create_dir_all(&folder)?;
    for file in arguments {
        let path = Path::new(&file);
        let name = path.file_name().ok_or("a file has a name")?.to_string_lossy();
        let bytes = fs::read(path)?;
        let line = match copy(&bytes) {
            Ok((copy, marks)) => {
                fs::write(Path::new(&folder).join(&*name), copy)?;
                json!({ "file": file, "marks": marks })
            }
            Err(why) => json!({ "file": file, "refused": why }),
        };
        write(&line);
    }
    Ok(())
}

/// The marked copy and what is marked in it.
fn copy(bytes: &[u8]) -> Result<(Vec<u8>, Vec<Value>), String> {
    let document = read(bytes, &ReadLimits::default()).map_err(|error| error.to_string())?;
    let file = lopdf::Document::load_mem(bytes).map_err(|error| error.to_string())?;
    let spans: Vec<Span> =
        known_words::pages(&file).iter().flat_map(|page| known_words::on_page(&document, *page)).collect();
    let planned: Vec<_> = spans.iter().flat_map(marks_over).collect();
    let tail = marked_tail(bytes, &planned).map_err(|error| error.to_string())?;
    Ok(([bytes, &tail].concat(), spans.iter().map(described).collect()))
}

fn described(span: &Span) -> Value {
    let boxes = span.places.iter().filter_map(|place| match place {
        Place::Box { page, quad } => Some(json!({ "page": page, "corners": quad.0.map(|point| [point.x, point.y]) })),
        _ => None,
    });
    json!({ "words": span.quote, "boxes": boxes.collect::<Vec<_>>() })
}

#[expect(clippy::print_stdout, reason = "the lines are the result")]
fn write(line: &Value) {
    println!("{line}");
}
