//! The kinds of slips, and one slip of a paper.

use serde::{Deserialize, Serialize};

use crate::document::TextRange;

/// What went wrong with a value on its way to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// One digit is another.
    Digit,
    /// Two neighbouring digits are the other way round.
    SwappedDigits,
    /// The decimal mark is one place off, or a zero too many or too few.
    PowerOfTen,
    /// The unit has another prefix: mg for µg.
    Prefix,
    /// A minus sign was lost or is one too many.
    Sign,
    /// A percentage was taken of another count that stands near by.
    Denominator,
    /// `<` for `=` before a p-value, or the reverse.
    Comparator,
    /// The degrees of freedom are one off.
    DegreesOfFreedom,
    /// The value of a neighbour (another row, another sentence) stands in its place.
    Neighbour,
    /// The other one of two places that give a value has another number.
    Repeat,
    /// A cell of a table has another number than the one from which another cell follows.
    Cell,
    /// A total has another number.
    Total,
    /// The number of cases, of a group or of a whole is another.
    Size,
    /// A number that is said to be the greatest, the least or the end of a range is that of another place.
    Rank,
}

impl SlipKind {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 14] = [
        Self::Digit,
        Self::SwappedDigits,
        Self::PowerOfTen,
        Self::Prefix,
        Self::Sign,
        Self::Denominator,
        Self::Comparator,
        Self::DegreesOfFreedom,
        Self::Neighbour,
        Self::Repeat,
        Self::Cell,
        Self::Total,
        Self::Size,
        Self::Rank,
    ];

    /// The name in files: lower-case words with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Digit => "digit",
            Self::SwappedDigits => "swapped-digits",
            Self::PowerOfTen => "power-of-ten",
            Self::Prefix => "prefix",
            Self::Sign => "sign",
            Self::Denominator => "denominator",
            Self::Comparator => "comparator",
            Self::DegreesOfFreedom => "degrees-of-freedom",
            Self::Neighbour => "neighbour",
            Self::Repeat => "repeat",
            Self::Cell => "cell",
            Self::Total => "total",
            Self::Size => "size",
            Self::Rank => "rank",
        }
    }

    /// The cause that a finding can name for it; empty where there is none of its own.
    pub const fn cause(self) -> &'static str {
        match self {
            Self::SwappedDigits => "digits-swapped",
            Self::PowerOfTen => "power-of-ten",
            Self::Sign => "sign",
            Self::Denominator => "wrong-operand",
            _ => "",
        }
    }
}

/// A slip that can be planted: which characters become which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What kind it is.
    pub kind: SlipKind,
    /// The claim that it breaks, by its position among the claims of the paper.
    pub claim: usize,
    /// The characters that are replaced.
    pub range: TextRange,
    /// What stands there now, on one line.
    pub right: String,
    /// What stands there afterwards.
    pub wrong: String,
    /// Whether a habit of rounding other than the plain one would still allow the wrong value.
    pub by_habit: bool,
}

/// What came of an attempt to find a slip of one kind for one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The value has nothing that this slip could befall.
    NotApplicable,
    /// Every such slip leaves a value that can still be right.
    StillPossible,
    /// This one.
    Slip(Slip),
}
