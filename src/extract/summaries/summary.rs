//! The types of a printed summary.

use serde::{Deserialize, Serialize};

use crate::document::TextRange;
use crate::extract::statistic::Reported;

use super::data::Data;

/// What stands beside a mean as its spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpreadKind {
    /// The standard deviation.
    Deviation,
    /// The standard error of the mean.
    Error,
    /// One of these; the paper does not say which where it can be seen.
    Unsaid,
}

/// The spread of a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// What it is.
    pub kind: SpreadKind,
    /// Its number.
    pub value: Reported,
}

/// Where the numbers of a summary stand in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SummaryPlace {
    /// The table, as an index of the document's tables.
    pub table: usize,
    /// The row of the grid.
    pub row: usize,
    /// The column of the mean.
    pub column: usize,
}

/// A mean with its spread and the size of its sample, as far as they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// From the first to the last of its numbers that stand together; a size in a heading is not in it.
    pub range: TextRange,
    /// The mean.
    pub mean: Reported,
    /// The spread.
    pub spread: Option<Spread>,
    /// The number of values that the mean is of.
    pub size: Option<Reported>,
    /// What is known of the values.
    pub data: Data,
    /// The sentence that the mean stands in.
    pub sentence: usize,
    /// Its place, where it stands in a table.
    pub place: Option<SummaryPlace>,
}

/// What the two ends beside a median are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndsKind {
    /// The first and the third quartile.
    Quartiles,
    /// The least and the greatest value.
    Extremes,
}

/// Two ends beside a median.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// What they are.
    pub kind: EndsKind,
    /// The lower one.
    pub low: Reported,
    /// The upper one.
    pub high: Reported,
}

/// A median with the intervals that are printed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Median {
    /// From the first to the last of its numbers.
    pub range: TextRange,
    /// The median.
    pub value: Reported,
    /// One interval, or the quartiles and the extremes.
    pub ends: Vec<Ends>,
    /// The sentence that the median stands in.
    pub sentence: usize,
}

/// A mean with the least and the greatest value that are printed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned {
    /// The mean, with its spread and size as far as they are printed.
    pub summary: Summary,
    /// The least and the greatest value.
    pub ends: Ends,
    /// Whether the words say that values of the sample stand at both ends ("minimum", "observed range"). Of a "range" they do not:
    /// it may be that of the scale, or of those who were let in.
    pub attained: bool,
    /// From the first to the last of all the numbers.
    pub range: TextRange,
}
