//! `Mentions`: all that extraction finds in one paper.

use serde::{Deserialize, Serialize};

use crate::document::{BlockKind, TextRange, Variation};

use super::alpha::Alpha;
use super::estimates::Estimate;
use super::quantity::Quantity;
use super::statistic::TestStatistic;
use super::subjects::Subjects;
use super::summaries::{Median, Spanned, Summary};
use super::tables::TableContent;

/// The version of the extraction stage: it changes when the same document can give other mentions.
pub const MENTIONS_SCHEMA: u32 = 5;

/// The decimal mark of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// A point; a comma before three digits groups.
    #[default]
    Point,
    /// A comma; a point before three digits groups.
    Comma,
    /// Both are seen or neither is decisive: each doubtful number keeps both readings.
    Undecided,
}

/// A sentence: the unit in which rules look for operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its characters.
    pub range: TextRange,
    /// The kind of the block it stands in.
    pub block: BlockKind,
    /// The paragraph it stands in, as an index of the document's leaves.
    pub leaf: usize,
    /// The cell of a table that it is: a cell of a known grid is a sentence of its own.
    pub cell: Option<CellIx>,
}

/// A cell of a table of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellIx {
    /// The table, as an index of the document's tables.
    pub table: usize,
    /// The cell, as an index of the table's cells.
    pub cell: usize,
}

/// What a condition says about the numbers in its reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConditionKind {
    /// One-tailed, one-sided or directional tests.
    OneTailed,
    /// Two-tailed or two-sided tests: the opposite, stated.
    TwoTailed,
    /// p-values corrected for several comparisons.
    CorrectedP,
    /// Degrees of freedom corrected (Greenhouse–Geisser, Huynh–Feldt, Welch, Satterthwaite).
    CorrectedDegrees,
    /// p-values from permutation, bootstrap, exact or Bayesian methods.
    OtherDistribution,
    /// Tests by ranks (Mann–Whitney, Wilcoxon, Kruskal–Wallis, Friedman): their p-values may be exact, or corrected for
    /// ties and continuity, while a z or χ² is printed beside them.
    RankTest,
    /// Intervals that are not an estimate with the same distance on both sides: bootstrap, credible, profile, exact,
    /// bias-corrected.
    OtherInterval,
    /// Intervals with one end.
    OneSidedInterval,
    /// Adjusted or partial statistics.
    Adjusted,
    /// Standardised coefficients.
    Standardised,
    /// Multiple imputation.
    Imputed,
    /// Weighted observations.
    Weighted,
    /// Robust or clustered standard errors.
    RobustErrors,
    /// A level of significance.
    Alpha,
}

/// A condition with the text it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// The words that say it.
    pub range: TextRange,
    /// The text that it may hold for: a sentence, a paragraph, a section.
    pub reach: TextRange,
    /// Whether the words speak of tests in general, so that they reach beyond their paragraph.
    pub general: bool,
    /// The level of significance that they state.
    pub alpha: Option<Alpha>,
}

/// All that extraction found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The quantities, by their place in the text; none overlaps another.
    pub quantities: Vec<Quantity>,
    /// The reported tests, by place. Their numbers may be quantities too.
    pub statistics: Vec<TestStatistic>,
    /// The reported estimates, by place. Their numbers may be quantities too.
    pub estimates: Vec<Estimate>,
    /// The means with their spread and sample, by place. Their numbers may be quantities too.
    pub summaries: Vec<Summary>,
    /// The medians with their quartiles and extremes, by place. Their numbers may be quantities too.
    pub medians: Vec<Median>,
    /// The means with the least and the greatest value beside them, by place. Their numbers may be quantities too.
    pub spanned: Vec<Spanned>,
    /// The conditions, by place.
    pub conditions: Vec<Condition>,
    /// What the cells of the document's tables hold, table by table.
    pub tables: Vec<TableContent>,
    /// What the numbers are of.
    pub subjects: Subjects,
    /// The document's variations, then those that extraction adds: a `VariationIx` counts over this list.
    pub variations: Vec<Variation>,
    /// The document's decimal mark.
    pub decimal_mark: DecimalMark,
}

impl Mentions {
    /// The indices of the quantities of a sentence, in the order of the text.
    pub fn quantities_of(&self, sentence: usize) -> std::ops::Range<usize> {
        let from = self.quantities.partition_point(|quantity| quantity.sentence < sentence);
        let to = self.quantities.partition_point(|quantity| quantity.sentence <= sentence);
        from..to
    }
}
