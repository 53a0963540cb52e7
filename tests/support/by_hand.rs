//! PDF files written object by object, for what no library writes.

use std::fmt::Write as _;

/// A file of the given objects, numbered from 1; the first is the catalog.
pub fn file(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", at + 1);
    }
    let table = out.len();
    let size = objects.len() + 1;
    let _ = writeln!(out, "xref\n0 {size}\n0000000000 65535 f ");
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = writeln!(out, "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF");
    out.into_bytes()
}

/// A stream object with its length.
pub fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream", content.len())
}
