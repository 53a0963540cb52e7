//! Words by which a sentence says an operation, in the form in which a scene has them.

use super::signals::OperationClass;

/// The words for sums.
const SUM: &[&str] = &[
    "total",
    "altogether",
    "overall",
    "sum",
    "combined",
    "together",
    "comprising",
    "comprised",
    "consisting",
    "consisted",
    "including",
    "included",
    "both",
    "all",
    "entire",
    "pooled",
    "divided",
    "split",
    "plu",
    "plus",
    "namely",
    "whole",
    "made",
    "add",
    "added",
    "cumulative",
    "join",
    "joined",
];

/// The words for differences.
const DIFFERENCE: &[&str] = &[
    "remaining",
    "remained",
    "remainder",
    "rest",
    "left",
    "other",
    "excluded",
    "excluding",
    "excluding",
    "lost",
    "difference",
    "fewer",
    "less",
    "minus",
    "dropped",
    "removed",
    "discarded",
    "withdrew",
    "after",
    "without",
    "leaving",
    "more",
    "lower",
    "higher",
    "final",
    "eligible",
    "completed",
    "missing",
    "declined",
    "not",
    "exclusion",
    "gain",
    "gained",
    "longer",
    "shorter",
    "between",
];

/// The words for products.
const PRODUCT: &[&str] = &[
    "each",
    "per",
    "time",
    "every",
    "multiplied",
    "multiplying",
    "product",
    "total",
    "corresponding",
    "correspond",
    "equivalent",
    "resulting",
    "daily",
    "weighing",
    "yielding",
    "yield",
    "thu",
    "thus",
    "therefore",
    "hence",
    "consisting",
    "dose",
    "limit",
    "trial",
    "repeated",
    "repetition",
];

/// The words for quotients.
const QUOTIENT: &[&str] = &[
    "per",
    "average",
    "mean",
    "ratio",
    "each",
    "rate",
    "divided",
    "dividing",
    "fold",
    "averaged",
    "corresponding",
    "density",
    "speed",
    "velocity",
    "half",
    "concentration",
    "time",
    "averaging",
];

/// The words for shares.
const SHARE: &[&str] = &[
    "percent",
    "percentage",
    "proportion",
    "fraction",
    "rate",
    "accounted",
    "accounting",
    "share",
    "of",
    "among",
    "prevalence",
    "incidence",
    "representing",
    "comprising",
    "majority",
    "corresponding",
    "out",
    "had",
    "were",
];

/// The words for changes.
const CHANGE: &[&str] = &[
    "increase",
    "increased",
    "increasing",
    "decrease",
    "decreased",
    "reduced",
    "reduction",
    "reducing",
    "higher",
    "lower",
    "rise",
    "rose",
    "risen",
    "fell",
    "fallen",
    "drop",
    "dropped",
    "decline",
    "declined",
    "change",
    "changed",
    "grew",
    "growth",
    "gain",
    "improvement",
    "improved",
    "relative",
    "from",
    "compared",
    "faster",
    "slower",
    "smaller",
    "larger",
    "loss",
];

/// The words for parts.
const PART: &[&str] = &[
    "of",
    "percent",
    "accounting",
    "accounted",
    "representing",
    "corresponding",
    "that",
    "these",
    "among",
    "proportion",
];

/// The words for complements.
const COMPLEMENT: &[&str] = &[
    "remaining",
    "other",
    "rest",
    "remainder",
    "balance",
    "while",
    "wherea",
    "whereas",
    "not",
    "without",
    "versu",
    "versus",
];

/// Words by which a sentence says that a value follows from others, whatever the operation. Those that follow many a value that
/// follows from nothing, such as "of" and "per", are not among them.
const FOLLOWING: &[&str] = &[
    "thu",
    "thus",
    "therefore",
    "hence",
    "consequently",
    "total",
    "totalled",
    "totaled",
    "totalling",
    "totaling",
    "altogether",
    "sum",
    "summed",
    "equal",
    "equals",
    "equivalent",
    "amount",
    "amounts",
    "amounted",
    "amounting",
    "give",
    "gives",
    "gave",
    "giving",
    "yield",
    "yields",
    "yielded",
    "yielding",
    "result",
    "resulting",
    "corresponding",
    "corresponds",
    "correspond",
    "calculated",
    "computed",
    "derived",
    "implying",
    "implies",
    "product",
    "difference",
    "remainder",
    "multiplied",
    "divided",
    "subtracting",
    "adding",
    "averaging",
    "cumulative",
    "combined",
    "leaving",
    "leaves",
];

/// Whether a word says that a value follows from others.
pub(super) fn says_following(word: &str) -> bool {
    FOLLOWING.contains(&word)
}

/// The words for a class.
const fn words(class: OperationClass) -> &'static [&'static str] {
    match class {
        OperationClass::Sum => SUM,
        OperationClass::Difference => DIFFERENCE,
        OperationClass::Product => PRODUCT,
        OperationClass::Quotient => QUOTIENT,
        OperationClass::Share => SHARE,
        OperationClass::Change => CHANGE,
        OperationClass::Part => PART,
        OperationClass::Complement => COMPLEMENT,
    }
}

/// The classes that a word is a cue for, as a set of bits by class.
pub(super) fn classes(word: &str) -> u8 {
    OperationClass::ALL.iter().filter(|class| words(**class).contains(&word)).fold(0, |bits, class| bits | class.bit())
}

/// The classes that a mark between numbers is a sign of.
pub(super) const fn sign(mark: char) -> u8 {
    match mark {
        '+' => OperationClass::Sum.bit(),
        '\u{2212}' | '-' | '\u{2013}' => OperationClass::Difference.bit(),
        '\u{d7}' | '*' | '\u{b7}' => OperationClass::Product.bit() | OperationClass::Part.bit(),
        '/' | '\u{f7}' | ':' => OperationClass::Quotient.bit() | OperationClass::Share.bit(),
        _ => 0,
    }
}
