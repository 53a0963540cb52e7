//! Truth files: CSV with the columns `paper, quote, code, is_error, right_value, cause`, in any order.

use std::io::Read;

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
}

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
}

#[cfg(test)]
mod tests {
    use super::*;

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
