//! Which of the files of this folder a CSV is, by the names of its columns.

use std::io::Read;

use super::labels::{LabelError, Labels};
use super::reach::{ReachLabel, read_reach};
use super::truth::{Truth, TruthError};

/// A file that a run is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yardstick {
    /// Statements of some papers, complete for them; of planted documents where [`Truth::is_planted`].
    Truth(Truth),
    /// Labels of findings.
    Labels(Labels),
    /// Values listed by hand.
    Reach(Vec<ReachLabel>),
}

/// Why a file is none of them.
#[derive(Debug, thiserror::Error)]
pub enum YardstickError {
    /// It cannot be read as a truth file, which it is by its columns or for want of other ones.
    #[error(transparent)]
    Truth(#[from] TruthError),
    /// It cannot be read as labels.
    #[error(transparent)]
    Labels(#[from] LabelError),
    /// It cannot be read as listed values.
    #[error("the listed values cannot be read: {0}")]
    Reach(#[source] csv::Error),
    /// It cannot be read at all.
    #[error("it cannot be read: {0}")]
    File(#[from] std::io::Error),
}

impl Yardstick {
    /// Reads a file of any of these kinds: one with a column `fingerprint` holds labels, one with `page` and `kind`
    /// listed values, any other is a truth file.
    pub fn read(mut input: impl Read) -> Result<Self, YardstickError> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let mut columns = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
        let has = |name: &str, columns: &csv::StringRecord| columns.iter().any(|column| column == name);
        let columns = columns.headers().cloned().unwrap_or_default();
        if has("fingerprint", &columns) {
            Ok(Self::Labels(Labels::read(bytes.as_slice())?))
        } else if has("page", &columns) && has("kind", &columns) {
            Ok(Self::Reach(read_reach(bytes.as_slice()).map_err(YardstickError::Reach)?))
        } else {
            Ok(Self::Truth(Truth::read(bytes.as_slice())?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_columns() {
        let read = |text: &str| Yardstick::read(text.as_bytes());
        assert!(matches!(read("paper,quote,is_error\na.pdf,x,true\n"), Ok(Yardstick::Truth(_))));
        assert!(matches!(read("paper_sha256,page,kind,quote,code\na,1,calc,x,\n"), Ok(Yardstick::Reach(_))));
        let labels = "paper_sha256,fingerprint,code,level,verdict,reason,date\n";
        assert!(matches!(read(labels), Ok(Yardstick::Labels(_))));
        assert!(matches!(read("a,b\n1,2\n"), Err(YardstickError::Truth(_))));
    }
}
