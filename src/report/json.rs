//! The report as one JSON document, written paper by paper so that a large run needs no memory for it.

use std::io::{self, Write};

use super::model::PaperReport;
use super::sink::{Header, Sink};
use super::summary::Totals;

/// Writes the same bytes as a pretty-printed [`super::model::Report`].
pub(super) struct Json<'w> {
    out: Box<dyn Write + 'w>,
    all: bool,
    first: bool,
}

impl<'w> Json<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, all: false, first: true }
    }
}

impl Sink for Json<'_> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.all = header.settings.all;
        let head = serde_json::to_string_pretty(header)?;
        // The header's closing brace comes after the papers.
        let open = head.trim_end_matches('}').trim_end();
        write!(self.out, "{open},\n  \"papers\": [")
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        let text = serde_json::to_string_pretty(&paper.listed(self.all))?;
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        // A string in JSON holds no line end, so every line may be moved in.
        let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
        self.out.write_all(lines.join("\n").as_bytes())?;
        self.out.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.out.write_all(if self.first { b"]\n}\n" } else { b"\n  ]\n}\n" })?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::report::sink::{Format, write};
    use crate::report::{Report, fixture};

    #[test]
    fn streamed_json_is_the_pretty_printed_report() {
        for papers in [0, 1, 3] {
            let mut report = fixture::report();
            report.settings.all = true;
            report.papers.truncate(papers);
            let mut out = Vec::new();
            write(&report, Format::Json, 100, &mut out).expect("a vector takes everything");
            let text = String::from_utf8(out).expect("JSON is UTF-8");
            assert_eq!(text, serde_json::to_string_pretty(&report).expect("a report is JSON") + "\n");
            assert_eq!(serde_json::from_str::<Report>(&text).expect("our own JSON"), report);
        }
    }
}
