//! The signs that the ranker looks at, and the places of their weights.

use crate::search::{Form, ValueKind};

/// What a program does, as words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationClass {
    /// Adds up.
    Sum,
    /// Takes away.
    Difference,
    /// Multiplies.
    Product,
    /// Divides.
    Quotient,
    /// Gives a share in per cent.
    Share,
    /// Gives a change in per cent.
    Change,
    /// Takes a percentage of something.
    Part,
    /// Takes a percentage from the whole.
    Complement,
}

impl OperationClass {
    /// All classes, in a fixed order.
    pub const ALL: [Self; 8] = [
        Self::Sum,
        Self::Difference,
        Self::Product,
        Self::Quotient,
        Self::Share,
        Self::Change,
        Self::Part,
        Self::Complement,
    ];

    /// The class of a form for a target of a kind.
    pub fn of(form: Form, target: ValueKind) -> Self {
        let percentage = target == ValueKind::Percentage;
        match form {
            Form::Sum | Form::SumOfThree => Self::Sum,
            Form::Difference | Form::Rest => Self::Difference,
            Form::Product | Form::ProductOfThree | Form::ProductOver => Self::Product,
            Form::Share => Self::Share,
            Form::SumOver | Form::DifferenceOver | Form::OverSum if percentage => Self::Share,
            Form::Quotient | Form::SumOver | Form::DifferenceOver | Form::OverSum => Self::Quotient,
            Form::Change => Self::Change,
            Form::PartOf => Self::Part,
            Form::Complement => Self::Complement,
        }
    }

    /// Its place among the bits of a set.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Its name in the file of weights.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Product => "product",
            Self::Quotient => "quotient",
            Self::Share => "share",
            Self::Change => "change",
            Self::Part => "part",
            Self::Complement => "complement",
        }
    }
}

/// A sign for or against a program. Each has a weight for all programs and one more for each class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Always 1.
    Bias,
    /// It takes three values.
    ThreeValues,
    /// The form puts together two operations.
    TwoOperations,
    /// The target is a count.
    OfCount,
    /// The target has a unit.
    OfMeasured,
    /// The share of its operands in the target's sentence.
    SameSentence,
    /// The share of its operands in the sentence behind.
    Behind,
    /// The mean logarithm of the distance in words.
    Gap,
    /// The logarithm of how many other values that it could take stand nearer.
    Skipped,
    /// All operands stand before the target.
    AllBefore,
    /// All operands stand behind the target.
    AllBehind,
    /// A word for its operation stands in the target's sentence.
    Cue,
    /// A word for its operation stands within six words of the target.
    CueNear,
    /// A word for its operation stands within six words of an operand.
    CueAtOperand,
    /// Words for other operations alone stand near the target.
    Miscue,
    /// Its operands follow each other with "and", a comma or a sign between.
    Joined,
    /// A sign of its operation stands between its operands.
    Sign,
    /// An equals sign stands before the target.
    Equals,
    /// "a of b", "a out of b", "a/b".
    OutOf,
    /// "of b", "among b", "total of b": the last operand is named as the whole.
    Whole,
    /// "from a to b".
    FromTo,
    /// The target stands in a bracket behind its first operand.
    TargetInBracket,
    /// The target stands in a bracket behind a number that is no operand.
    TargetBound,
    /// An operand stands in a bracket behind a number that is neither the target nor an operand.
    OperandBound,
    /// The target is a number without a unit that is no count.
    OfNumber,
    /// An operand is below zero.
    Negative,
    /// All operands stand in a bracket behind the target.
    OperandsInBracket,
    /// The logarithm of how many values of the kind of its operands in the target's sentence it leaves out.
    LeftOut,
    /// The share of its operands with the target's noun.
    SameNoun,
    /// The share of its operands with another noun than the target's.
    OtherNoun,
    /// It gives zero or less, or more than the whole.
    Impossible,
    /// It gives no whole number for a count.
    NotWhole,
    /// An operand looks like a year.
    Year,
    /// Its operands are of one printed list.
    OneList,
    /// "respectively" stands in the sentence.
    Respectively,
    /// The share of its operands in the target's clause.
    SameClause,
    /// The last operand is the largest of its kind.
    Largest,
    /// An operand has one digit.
    OneDigit,
    /// The target stands in a printed list.
    TargetInList,
    /// An operand has fewer digits than the target, and is no count.
    Coarse,
}

impl Signal {
    /// All signals, in a fixed order.
    pub(super) const ALL: [Self; 40] = [
        Self::Bias,
        Self::ThreeValues,
        Self::TwoOperations,
        Self::OfCount,
        Self::OfMeasured,
        Self::SameSentence,
        Self::Behind,
        Self::Gap,
        Self::Skipped,
        Self::AllBefore,
        Self::AllBehind,
        Self::Cue,
        Self::CueNear,
        Self::CueAtOperand,
        Self::Miscue,
        Self::Joined,
        Self::Sign,
        Self::Equals,
        Self::OutOf,
        Self::Whole,
        Self::FromTo,
        Self::TargetInBracket,
        Self::TargetBound,
        Self::OperandBound,
        Self::OfNumber,
        Self::Negative,
        Self::OperandsInBracket,
        Self::LeftOut,
        Self::SameNoun,
        Self::OtherNoun,
        Self::Impossible,
        Self::NotWhole,
        Self::Year,
        Self::OneList,
        Self::Respectively,
        Self::SameClause,
        Self::Largest,
        Self::OneDigit,
        Self::TargetInList,
        Self::Coarse,
    ];
}

/// How many weights a signal has: for all programs, and for each class.
const PER_SIGNAL: usize = 1 + OperationClass::ALL.len();

/// The signs of "none".
pub(super) const NONE_SIGNALS: [&str; 10] =
    ["bias", "count", "percentage", "number", "measured", "programs", "cue", "digits", "list", "bare"];

/// How many weights there are.
pub const SLOTS: usize = Signal::ALL.len() * PER_SIGNAL + NONE_SIGNALS.len();

/// The places of the two weights of a signal for a class.
pub(super) const fn slots(signal: Signal, class: OperationClass) -> [usize; 2] {
    let first = signal as usize * PER_SIGNAL;
    [first, first + 1 + class as usize]
}

/// The place of a weight of "none".
pub(super) const fn none_slot(at: usize) -> usize {
    Signal::ALL.len() * PER_SIGNAL + at
}

/// The name of a weight in the file of weights.
pub fn slot_name(slot: usize) -> String {
    let programs = Signal::ALL.len() * PER_SIGNAL;
    if slot >= programs {
        return format!("none.{}", NONE_SIGNALS.get(slot - programs).copied().unwrap_or_default());
    }
    let signal = kebab(&format!("{:?}", Signal::ALL[slot / PER_SIGNAL]));
    match (slot % PER_SIGNAL).checked_sub(1) {
        None => signal,
        Some(class) => format!("{signal}.{}", OperationClass::ALL[class].name()),
    }
}

/// A name in small letters with hyphens.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
