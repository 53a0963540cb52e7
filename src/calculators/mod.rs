//! Calculators over tables: what a row of printed numbers says about itself.
//!
//! A calculator reads the cells of a row by the names of their columns, takes each number as the set of values that print so
//! under the rounding in use, and says whether the stated value can be true, between which bounds it would have to be, and
//! why. It works on what the columns say and knows no paper; reading and writing files is for the command line.

mod anova;
mod answer;
mod ci;
mod diagnostic;
mod effect;
mod grain;
mod p_value;
mod rounding;
mod row;
mod settings;

pub use answer::{Answer, Verdict};
pub use rounding::Rounding;
pub use row::{Header, Row};
pub use settings::{Deviation, Settings};

/// A column that a calculator reads.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header row; letter case does not count.
    pub name: &'static str,
    /// Whether the calculator can do nothing without it.
    pub needed: bool,
    /// What it holds.
    pub about: &'static str,
}

const fn needed(name: &'static str, about: &'static str) -> Column {
    Column { name, needed: true, about }
}

const fn optional(name: &'static str, about: &'static str) -> Column {
    Column { name, needed: false, about }
}

/// What is computed for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calculator {
    /// A p-value from its test statistic.
    PValue,
    /// A mean or percentage of whole numbers.
    Grim,
    /// An SD of whole numbers.
    Grimmer,
    /// A mean and an SD of zeros and ones.
    Debit,
    /// The least and greatest SD on a scale.
    SdRange,
    /// An estimate, its interval, standard error and p-value.
    Interval,
    /// An effect size.
    Effect,
    /// A t or F from means, SDs and sizes.
    Anova,
    /// Diagnostic measures from counts.
    Diagnostic,
}

impl Calculator {
    /// The columns that it reads.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::PValue => p_value::COLUMNS,
            Self::Grim => grain::GRIM,
            Self::Grimmer => grain::GRIMMER,
            Self::Debit => grain::DEBIT,
            Self::SdRange => grain::SD_RANGE,
            Self::Interval => ci::COLUMNS,
            Self::Effect => effect::COLUMNS,
            Self::Anova => anova::COLUMNS,
            Self::Diagnostic => diagnostic::COLUMNS,
        }
    }

    /// What the row says about itself. A row that cannot be read is not checked, and says why.
    pub fn judge(self, row: &Row, settings: &Settings) -> Answer {
        let answer = match self {
            Self::PValue => p_value::judge(row, settings),
            Self::Grim => grain::grim(row, settings),
            Self::Grimmer => grain::grimmer(row, settings),
            Self::Debit => grain::debit(row, settings),
            Self::SdRange => grain::sd_range(row, settings),
            Self::Interval => ci::judge(row, settings),
            Self::Effect => effect::judge(row, settings),
            Self::Anova => anova::judge(row, settings),
            Self::Diagnostic => diagnostic::judge(row, settings),
        };
        answer.unwrap_or_else(Answer::not_checked)
    }
}
