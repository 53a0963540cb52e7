//! Documents with tables, written as text: a paragraph with a line `---` is a table whose rows are lines and whose cells
//! are parted by `|`. What stands above the line is the header. A cell `<` belongs to the one at its left, an empty one
//! is none. The paragraph before a table is its caption where it begins with "Table", the one behind it its notes where
//! it begins with "Note".

use rederive::document::{
    Block, BlockKind, Cell, DOCUMENT_SCHEMA, Document, SourceFacts, SourceFormat, Table, TextRange,
};

/// Whether a text holds a table in this notation.
pub fn holds_table(text: &str) -> bool {
    text.lines().any(|line| line == "---")
}

/// The document of a text.
pub fn document(text: &str) -> Document {
    let mut out = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    for paragraph in text.split("\n\n") {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let start = out.chars().count();
        let kind = if holds_table(paragraph) {
            let mut table = grid(paragraph, &mut out);
            table.caption = blocks.last().filter(|block| block.kind == BlockKind::Caption).map(|block| block.range);
            tables.push(table);
            BlockKind::Table
        } else {
            out.push_str(&paragraph.replace('\n', " "));
            match paragraph {
                _ if paragraph.starts_with("Table") => BlockKind::Caption,
                _ if paragraph.starts_with("Note") => BlockKind::Footnote,
                _ => BlockKind::Paragraph,
            }
        };
        let range = TextRange::new(start, out.chars().count());
        if let (BlockKind::Footnote, Some(table)) = (kind, tables.last_mut()) {
            table.notes.push(range);
        }
        blocks.push(Block::leaf(kind, range));
    }
    Document {
        schema: DOCUMENT_SCHEMA,
        source: SourceFacts {
            format: SourceFormat::Text,
            sha256: String::new(),
            title: None,
            producer: None,
            doi: None,
        },
        text: out,
        blocks,
        lines: Vec::new(),
        pages: Vec::new(),
        tables,
        variations: Vec::new(),
        hidden: Vec::new(),
        notes: Vec::new(),
    }
}

/// Reads a grid and adds its characters to `out`: the cells of a row parted by tabs, the rows by line ends.
fn grid(paragraph: &str, out: &mut String) -> Table {
    let start = out.chars().count();
    let mut table = Table {
        range: TextRange::new(start, start),
        rows: 0,
        columns: 0,
        header_rows: 0,
        cells: Vec::new(),
        caption: None,
        notes: Vec::new(),
    };
    for line in paragraph.lines() {
        if line == "---" {
            table.header_rows = table.rows;
            continue;
        }
        if table.rows > 0 {
            out.push('\n');
        }
        let mut first = true;
        let mut column = 0;
        for text in line.split('|').map(str::trim) {
            column += 1;
            match (text, table.cells.last_mut()) {
                ("", _) => {}
                ("<", Some(cell)) => cell.column_span += 1,
                _ => {
                    if !first {
                        out.push('\t');
                    }
                    first = false;
                    let start = out.chars().count();
                    out.push_str(text);
                    let range = TextRange::new(start, out.chars().count());
                    let (row, column) = (table.rows, column - 1);
                    table.cells.push(Cell { row, column, row_span: 1, column_span: 1, range });
                }
            }
        }
        table.rows += 1;
        table.columns = table.columns.max(column);
    }
    table.range.end = out.chars().count();
    table
}
