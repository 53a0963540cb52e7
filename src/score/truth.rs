//! Truth files: CSV with the columns `paper, quote, code, is_error, right_value, cause`, in any order.
//!
//! The truth file of planted slips has further columns: `slip` (its kind), `wrong_value`, `start` and `end` (where the
//! changed characters stand in the text of the document), `possible` (`by-habit` where another habit than plain rounding
//! would allow the wrong value, else `no`) and `original` (the SHA-256 of the untouched paper).

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

/// A stated value of a paper, and whether it is an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthRow {
    /// The paper: its file name, its path, or the SHA-256 of its bytes.
    pub paper: String,
    /// The characters that state it; white space and line breaks do not count.
    pub quote: String,
    /// The rule that should look at it; empty for something that only looks like a statement.
    #[serde(default)]
    pub code: String,
    /// Whether it is an error: `true` or `false`.
    pub is_error: bool,
    /// The value that would be right.
    #[serde(default)]
    pub right_value: String,
    /// The cause of the error by its stable name, or a remark.
    #[serde(default)]
    pub cause: String,
    /// The kind of a planted slip by its name; empty elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub slip: String,
    /// What a planted slip made of the value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wrong_value: String,
    /// Where the changed characters of a planted slip begin in the text of its document, in Unicode scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// Whether a habit of rounding would allow a planted value: `by-habit` or `no`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub possible: String,
    /// The SHA-256 of the paper in which the slip was planted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub original: String,
}

/// The columns of the truth file of planted slips, in the order in which it is written.
const PLANTED_COLUMNS: [&str; 12] = [
    "paper",
    "quote",
    "code",
    "is_error",
    "right_value",
    "cause",
    "slip",
    "wrong_value",
    "start",
    "end",
    "possible",
    "original",
];

/// A truth file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// Its rows.
    pub rows: Vec<TruthRow>,
}

/// Why a truth file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TruthError {
    /// It is no CSV with these columns.
    #[error("the truth file cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A row has no paper or no quote.
    #[error("row {row} of the truth file names no {what}")]
    Missing {
        /// The row, counted from 1 without the header.
        row: usize,
        /// The column.
        what: &'static str,
    },
}

impl Truth {
    /// Reads a truth file.
    pub fn read(input: impl Read) -> Result<Self, TruthError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let mut rows: Vec<TruthRow> = Vec::new();
        for row in reader.deserialize() {
            let row: TruthRow = row?;
            let missing = |what| TruthError::Missing { row: rows.len() + 1, what };
            if row.paper.is_empty() {
                return Err(missing("paper"));
            }
            if row.quote.is_empty() {
                return Err(missing("quote"));
            }
            rows.push(row);
        }
        Ok(Self { rows })
    }

    /// Whether the file is about planted slips.
    pub fn is_planted(&self) -> bool {
        self.rows.iter().any(|row| !row.slip.is_empty())
    }

    /// Writes the truth file of planted slips.
    pub fn write_planted(&self, out: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(PLANTED_COLUMNS)?;
        for row in &self.rows {
            let number = |value: Option<usize>| value.map_or_else(String::new, |value| value.to_string());
            let (is_error, start, end) = (row.is_error.to_string(), number(row.start), number(row.end));
            writer.write_record([
                &row.paper,
                &row.quote,
                &row.code,
                &is_error,
                &row.right_value,
                &row.cause,
                &row.slip,
                &row.wrong_value,
                &start,
                &end,
                &row.possible,
                &row.original,
            ])?;
        }
        Ok(writer.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_rows_come_back_as_they_were_written() {
        let text = "paper,quote,code,is_error,slip,wrong_value,start,end,possible,original\n\
            a.json,\"42 of 46 (19%)\",SU101,true,swapped-digits,19,12,14,no,00ff\n";
        let truth = Truth::read(text.as_bytes()).expect("a truth file");
        assert!(truth.is_planted());
        assert_eq!((truth.rows[0].start, truth.rows[0].end), (Some(12), Some(14)));
        let mut written = Vec::new();
        truth.write_planted(&mut written).expect("a vector takes everything");
        assert_eq!(Truth::read(written.as_slice()).expect("a truth file"), truth);
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let text = "paper,is_error,quote,code\na.pdf,true,\"42 of 46 (93%)\",SU101\na.pdf,false,10 × 10 mm,\n";
        let truth = Truth::read(text.as_bytes()).expect("a truth file");
        assert_eq!(truth.rows.len(), 2);
        assert!(truth.rows[0].is_error && truth.rows[1].code.is_empty());
        assert!(Truth::read("paper,quote\na,b\n".as_bytes()).is_err(), "is_error is missing");
        assert!(matches!(
            Truth::read("paper,quote,is_error\na.pdf,,true\n".as_bytes()),
            Err(TruthError::Missing { row: 1, what: "quote" })
        ));
    }
}
