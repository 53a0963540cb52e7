//! A document given as JSON, checked before anything trusts its offsets.

use serde_json::Value;

use crate::document::{Block, DOCUMENT_SCHEMA, Document, Place, Quad, Table, TextRange};

use super::error::ReadError;
use super::limits::ReadLimits;

/// Reads a serialised document.
pub fn read_json(bytes: &[u8], limits: &ReadLimits) -> Result<Document, ReadError> {
    if bytes.len() > limits.text_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.text_bytes });
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| amiss(error.to_string()))?;
    let found = value.get("schema").and_then(Value::as_u64).ok_or_else(|| amiss("it states no schema".to_owned()))?;
    if found != u64::from(DOCUMENT_SCHEMA) {
        return Err(ReadError::Schema { found, known: DOCUMENT_SCHEMA });
    }
    let document: Document = serde_json::from_value(value).map_err(|error| amiss(error.to_string()))?;
    check(&document, limits)?;
    Ok(document)
}

fn amiss(reason: String) -> ReadError {
    ReadError::NotADocument { reason }
}

/// Checks that every range lies in the text and in order.
fn check(document: &Document, limits: &ReadLimits) -> Result<(), ReadError> {
    let length = document.text.chars().count();
    if length == 0 {
        return Err(ReadError::Empty);
    }
    if document.pages.len() > limits.pages {
        return Err(ReadError::TooManyPages { pages: document.pages.len(), limit: limits.pages });
    }
    let whole = TextRange::new(0, length);
    in_order(document.lines.iter().map(|line| line.range), whole, "line")?;
    nested(&document.blocks, whole)?;
    in_order(document.tables.iter().map(|table| table.range), whole, "table")?;
    document.tables.iter().enumerate().try_for_each(|(at, table)| grid(table, at, whole))?;
    for (at, hidden) in document.hidden.iter().enumerate() {
        if !hidden.places.iter().all(is_finite) {
            return Err(amiss(format!("hidden text {at} has a place that is no number")));
        }
    }
    for (at, variation) in document.variations.iter().enumerate() {
        fits(variation.range, whole, "variation", at)?;
    }
    for (at, line) in document.lines.iter().enumerate() {
        let edges = line.edges.len();
        if edges != 0 && edges != line.range.len() + 1 {
            return Err(amiss(format!("line {at} has {} characters and {edges} edges", line.range.len())));
        }
        if !is_finite(&line.place) || !line.edges.iter().all(|edge| edge.is_finite()) {
            return Err(amiss(format!("line {at} has a place that is no number")));
        }
    }
    Ok(())
}

/// Whether the corners of a place are numbers.
fn is_finite(place: &Place) -> bool {
    let finite = |quad: &Quad| quad.0.iter().all(|point| point.x.is_finite() && point.y.is_finite());
    match place {
        Place::Box { quad, .. } => finite(quad),
        Place::Element { boxes, .. } => boxes.iter().all(|own| finite(&own.quad)),
        _ => true,
    }
}

fn fits(range: TextRange, within: TextRange, what: &str, at: usize) -> Result<(), ReadError> {
    if range.start > range.end || !within.contains(range) {
        let TextRange { start, end } = range;
        return Err(amiss(format!(
            "{what} {at} has the range {start}..{end}, outside {}..{}",
            within.start, within.end
        )));
    }
    Ok(())
}

fn in_order(ranges: impl Iterator<Item = TextRange>, within: TextRange, what: &str) -> Result<(), ReadError> {
    let mut from = within.start;
    for (at, range) in ranges.enumerate() {
        fits(range, within, what, at)?;
        if range.start < from {
            return Err(amiss(format!("{what} {at} begins before the one before it ends")));
        }
        from = range.end;
    }
    Ok(())
}

/// Checks that the cells of a table lie in it, row by row, and that no cell covers the place of another.
fn grid(table: &Table, at: usize, whole: TextRange) -> Result<(), ReadError> {
    const MOST_PLACES: u64 = 1 << 20;
    if u64::from(table.rows) * u64::from(table.columns) > MOST_PLACES || table.header_rows > table.rows {
        return Err(amiss(format!("table {at} has {} rows and {} columns", table.rows, table.columns)));
    }
    in_order(table.cells.iter().map(|cell| cell.range), table.range, "cell")?;
    for range in table.notes.iter().chain(&table.caption) {
        fits(*range, whole, "caption or note of table", at)?;
    }
    let mut taken = std::collections::BTreeSet::new();
    for cell in &table.cells {
        let inside = |from: u32, span: u32, most: u32| span >= 1 && from < most && span <= most - from;
        let fits = inside(cell.row, cell.row_span, table.rows) && inside(cell.column, cell.column_span, table.columns);
        let free = fits
            && (cell.row..cell.row + cell.row_span)
                .all(|row| (cell.column..cell.column + cell.column_span).all(|column| taken.insert((row, column))));
        if !free {
            return Err(amiss(format!(
                "table {at} has a cell at row {}, column {} in another's place or outside",
                cell.row, cell.column
            )));
        }
    }
    let sorted = table.cells.is_sorted_by_key(|cell| (cell.row, cell.column));
    if sorted { Ok(()) } else { Err(amiss(format!("the cells of table {at} are not in the order of its rows"))) }
}

/// The recursion is bounded by the parser, which refuses JSON nested deeper than 128 levels.
fn nested(blocks: &[Block], within: TextRange) -> Result<(), ReadError> {
    in_order(blocks.iter().map(|block| block.range), within, "block")?;
    blocks.iter().try_for_each(|block| nested(&block.children, block.range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::read_text;

    fn changed(change: impl FnOnce(&mut Value)) -> Result<Document, ReadError> {
        let document = read_text(b"First line,\nsecond line.\n\nNext.", &ReadLimits::default()).expect("text");
        let mut value = serde_json::to_value(&document).expect("a document");
        change(&mut value);
        read_json(value.to_string().as_bytes(), &ReadLimits::default())
    }

    #[test]
    fn a_document_reads_back_as_it_is() {
        let document = read_text("Größe 5 µm,\nnext.".as_bytes(), &ReadLimits::default()).expect("text");
        let json = serde_json::to_vec(&document).expect("JSON");
        assert_eq!(read_json(&json, &ReadLimits::default()), Ok(document));
    }

    #[test]
    fn ranges_outside_the_text_or_out_of_order_are_refused() {
        let refused = |change: fn(&mut Value)| match changed(change) {
            Err(ReadError::NotADocument { reason }) => reason,
            other => panic!("{other:?}"),
        };
        assert!(refused(|value| value["lines"][0]["range"]["end"] = 10_000.into()).contains("line 0"));
        assert!(refused(|value| value["blocks"][1]["range"]["start"] = 0.into()).contains("block 1"));
        assert!(
            refused(|value| value["blocks"][0]["range"] = serde_json::json!({"start": 5, "end": 2})).contains("5..2")
        );
        assert!(matches!(changed(|value| value["schema"] = 7.into()), Err(ReadError::Schema { found: 7, .. })));
    }
}
