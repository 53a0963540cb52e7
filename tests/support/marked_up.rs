//! A document written as JATS and as TEI, for running what is known of a text through the readers of XML.

use rederive::document::{Block, BlockKind, Document, Table, TextIndex, TextRange};

/// The names of one vocabulary.
struct Names {
    raised: [&'static str; 2],
    lowered: [&'static str; 2],
    row: &'static str,
    cell: &'static str,
    covers: &'static str,
}

const JATS: Names =
    Names { raised: ["<sup>", "</sup>"], lowered: ["<sub>", "</sub>"], row: "tr", cell: "td", covers: "colspan" };

const TEI: Names = Names {
    raised: ["<hi rend=\"superscript\">", "</hi>"],
    lowered: ["<hi rend=\"subscript\">", "</hi>"],
    row: "row",
    cell: "cell",
    covers: "cols",
};

/// The document as JATS.
pub fn jats(document: &Document) -> Vec<u8> {
    let writer = Writer { document, index: TextIndex::new(&document.text), names: &JATS };
    let mut out = String::from("<?xml version=\"1.0\"?>\n<article><front><article-meta/></front><body><sec>");
    let mut tables = document.tables.iter();
    for block in document.leaves() {
        let text = writer.text(block.range);
        match block.kind {
            _ if writer.belongs_to_table(block) => {}
            BlockKind::Heading => out.push_str(&format!("</sec><sec><title>{text}</title>")),
            BlockKind::Caption => out.push_str(&format!("<fig><caption><p>{text}</p></caption></fig>")),
            BlockKind::List => out.push_str(&format!("<list><list-item><p>{text}</p></list-item></list>")),
            BlockKind::Footnote => out.push_str(&format!("<fn><p>{text}</p></fn>")),
            BlockKind::Reference => out.push_str(&format!("<ref><mixed-citation>{text}</mixed-citation></ref>")),
            BlockKind::Table => {
                let Some(table) = tables.next() else { continue };
                let (head, body) = writer.rows(table);
                let caption = table.caption.map(|range| writer.text(range)).unwrap_or_default();
                let notes: String =
                    table.notes.iter().map(|note| format!("<fn><p>{}</p></fn>", writer.text(*note))).collect();
                out.push_str(&format!(
                    "<table-wrap><caption><p>{caption}</p></caption><table><thead>{head}</thead><tbody>{body}</tbody></table>\
                     <table-wrap-foot>{notes}</table-wrap-foot></table-wrap>"
                ));
            }
            _ => out.push_str(&format!("<p>{text}</p>")),
        }
    }
    out.push_str("</sec></body></article>");
    out.into_bytes()
}

/// The document as TEI.
pub fn tei(document: &Document) -> Vec<u8> {
    let writer = Writer { document, index: TextIndex::new(&document.text), names: &TEI };
    let mut out = String::from("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><div>");
    let mut tables = document.tables.iter();
    for block in document.leaves() {
        let text = writer.text(block.range);
        match block.kind {
            _ if writer.belongs_to_table(block) => {}
            BlockKind::Heading => out.push_str(&format!("</div><div><head>{text}</head>")),
            BlockKind::Caption => out.push_str(&format!("<figure><figDesc>{text}</figDesc></figure>")),
            BlockKind::List => out.push_str(&format!("<list><item>{text}</item></list>")),
            BlockKind::Footnote => out.push_str(&format!("<note place=\"foot\">{text}</note>")),
            BlockKind::Reference => out.push_str(&format!("<listBibl><bibl>{text}</bibl></listBibl>")),
            BlockKind::Table => {
                let Some(table) = tables.next() else { continue };
                let (head, body) = writer.rows(table);
                let caption = table.caption.map(|range| writer.text(range)).unwrap_or_default();
                let notes: String =
                    table.notes.iter().map(|note| format!("<note>{}</note>", writer.text(*note))).collect();
                out.push_str(&format!(
                    "<figure type=\"table\"><figDesc>{caption}</figDesc><table>{head}{body}</table>{notes}</figure>"
                ));
            }
            _ => out.push_str(&format!("<p>{text}</p>")),
        }
    }
    out.push_str("</div></body></text></TEI>");
    out.into_bytes()
}

struct Writer<'d> {
    document: &'d Document,
    index: TextIndex,
    names: &'static Names,
}

impl Writer<'_> {
    /// Whether a block is the caption or a note of a table, which writes it itself.
    fn belongs_to_table(&self, block: &Block) -> bool {
        self.document
            .tables
            .iter()
            .any(|table| table.caption.iter().chain(&table.notes).any(|range| *range == block.range))
    }

    /// The rows of the header and those of the body. Places without characters are empty cells.
    fn rows(&self, table: &Table) -> (String, String) {
        let (mut head, mut body) = (String::new(), String::new());
        for row in 0..table.rows {
            let header = row < table.header_rows;
            let out = if header { &mut head } else { &mut body };
            let label = if header && self.names.row == "row" { " role=\"label\"" } else { "" };
            out.push_str(&format!("<{}{label}>", self.names.row));
            let mut column = 0;
            while column < table.columns {
                let cell = table.at(row, column).filter(|cell| cell.row == row && cell.column == column);
                let (text, span) = cell.map_or((String::new(), 1), |cell| (self.text(cell.range), cell.column_span));
                let Names { cell, covers, .. } = self.names;
                out.push_str(&format!("<{cell} {covers}=\"{span}\">{text}</{cell}>"));
                column += span;
            }
            out.push_str(&format!("</{}>", self.names.row));
        }
        (head, body)
    }

    /// Characters with raised and lowered ones in elements and the signs of XML written as references.
    fn text(&self, range: TextRange) -> String {
        const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
        const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";
        let mut out = String::new();
        let mut open: Option<[&str; 2]> = None;
        for character in self.index.slice(&self.document.text, range).chars() {
            let place = |set: &str| set.chars().position(|own| own == character);
            let (set, plain) = match (place(RAISED), place(LOWERED)) {
                (Some(at), _) => (Some(self.names.raised), "0123456789+−".chars().nth(at)),
                (_, Some(at)) => (Some(self.names.lowered), "0123456789".chars().nth(at)),
                _ => (None, None),
            };
            if set != open {
                out.push_str(open.map_or("", |[_, close]| close));
                out.push_str(set.map_or("", |[open, _]| open));
                open = set;
            }
            match plain.unwrap_or(character) {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                other => out.push(other),
            }
        }
        out.push_str(open.map_or("", |[_, close]| close));
        out
    }
}
