//! A document written as JATS and as TEI, for running what is known of a text through the readers of XML.

use rederive::document::{Block, BlockKind, Document, Table, TextIndex, TextRange};

/// The names of one vocabulary.
struct Names {
    raised: [&'static str; 2],
    lowered: [&'static str; 2],
    row: &'static str,
    cell: &'static str,
    covers: &'static str,
    table: fn([String; 3], &[String]) -> String,
}

const JATS: Names = Names {
    raised: ["<sup>", "</sup>"],
    lowered: ["<sub>", "</sub>"],
    row: "tr",
    cell: "td",
    covers: "colspan",
    table: jats_table,
};

const TEI: Names = Names {
    raised: ["<hi rend=\"superscript\">", "</hi>"],
    lowered: ["<hi rend=\"subscript\">", "</hi>"],
    row: "row",
    cell: "cell",
    covers: "cols",
    table: tei_table,
};

/// The document as JATS.
pub fn jats(document: &Document) -> Vec<u8> {
    let writer = Writer { document, index: TextIndex::new(&document.text), names: &JATS };
    let body = writer.body(|kind, text| match kind {
        BlockKind::Heading => format!("</sec><sec><title>{text}</title>"),
        BlockKind::Caption => format!("<fig><caption><p>{text}</p></caption></fig>"),
        BlockKind::List => format!("<list><list-item><p>{text}</p></list-item></list>"),
        BlockKind::Footnote => format!("<fn><p>{text}</p></fn>"),
        BlockKind::Reference => format!("<ref><mixed-citation>{text}</mixed-citation></ref>"),
        _ => format!("<p>{text}</p>"),
    });
    let front = "<?xml version=\"1.0\"?>\n<article><front><article-meta/></front>";
    format!("{front}<body><sec>{body}</sec></body></article>").into_bytes()
}

/// The document as TEI.
pub fn tei(document: &Document) -> Vec<u8> {
    let writer = Writer { document, index: TextIndex::new(&document.text), names: &TEI };
    let body = writer.body(|kind, text| match kind {
        BlockKind::Heading => format!("</div><div><head>{text}</head>"),
        BlockKind::Caption => format!("<figure><figDesc>{text}</figDesc></figure>"),
        BlockKind::List => format!("<list><item>{text}</item></list>"),
        BlockKind::Footnote => format!("<note place=\"foot\">{text}</note>"),
        BlockKind::Reference => format!("<listBibl><bibl>{text}</bibl></listBibl>"),
        _ => format!("<p>{text}</p>"),
    });
    let root = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">";
    format!("{root}<text><body><div>{body}</div></body></text></TEI>").into_bytes()
}

/// A table of JATS: its caption, its rows of names, the others, its notes.
fn jats_table([caption, head, body]: [String; 3], notes: &[String]) -> String {
    let notes: Vec<String> = notes.iter().map(|note| format!("<fn><p>{note}</p></fn>")).collect();
    let caption = format!("<caption><p>{caption}</p></caption>");
    let foot = format!("<table-wrap-foot>{}</table-wrap-foot>", notes.concat());
    let table = format!("<table><thead>{head}</thead><tbody>{body}</tbody></table>");
    format!("<table-wrap>{caption}{table}{foot}</table-wrap>")
}

/// The same in TEI.
fn tei_table([caption, head, body]: [String; 3], notes: &[String]) -> String {
    let notes: Vec<String> = notes.iter().map(|note| format!("<note>{note}</note>")).collect();
    let table = format!("<figDesc>{caption}</figDesc><table>{head}{body}</table>{}", notes.concat());
    format!("<figure type=\"table\">{table}</figure>")
}

struct Writer<'d> {
    document: &'d Document,
    index: TextIndex,
    names: &'static Names,
}

impl Writer<'_> {
    /// All blocks, each as `block` writes its kind and text.
    fn body(&self, block: impl Fn(BlockKind, &str) -> String) -> String {
        let mut tables = self.document.tables.iter();
        let leaves = self.document.leaves();
        let written = leaves.into_iter().filter(|leaf| !self.belongs_to_table(leaf)).map(|leaf| match leaf.kind {
            BlockKind::Table => tables.next().map(|table| self.table(table)).unwrap_or_default(),
            kind => block(kind, &self.text(leaf.range)),
        });
        written.collect()
    }

    fn table(&self, table: &Table) -> String {
        let (head, body) = self.rows(table);
        let caption = table.caption.map(|range| self.text(range)).unwrap_or_default();
        let notes: Vec<String> = table.notes.iter().map(|note| self.text(*note)).collect();
        (self.names.table)([caption, head, body], &notes)
    }

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
            out.extend(["<", self.names.row, label, ">"]);
            let mut column = 0;
            while column < table.columns {
                let cell = table.at(row, column).filter(|cell| cell.row == row && cell.column == column);
                let (text, span) = cell.map_or((String::new(), 1), |cell| (self.text(cell.range), cell.column_span));
                let Names { cell, covers, .. } = self.names;
                let cell = format!("<{cell} {covers}=\"{span}\">{text}</{cell}>");
                out.push_str(&cell);
                column += span;
            }
            out.extend(["</", self.names.row, ">"]);
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
