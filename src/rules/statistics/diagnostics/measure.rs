//! The measures and the names that papers give them.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use crate::arithmetic::rational;
use crate::derive::{Expression, Operand, OperandOptions};
use crate::extract::patterns::compile;
use crate::extract::{Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::binding;

/// A count of the table of two by two, or a measure that follows from the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::statistics) enum Measure {
    /// Positive, and with the condition.
    TruePositives,
    /// Positive, and without the condition.
    FalsePositives,
    /// Negative, and with the condition.
    FalseNegatives,
    /// Negative, and without the condition.
    TrueNegatives,
    /// Sensitivity, recall, the rate of true positives.
    Sensitivity,
    /// Specificity, the rate of true negatives.
    Specificity,
    /// The positive predictive value, precision.
    Ppv,
    /// The negative predictive value.
    Npv,
    /// The share of all that are classified rightly.
    Accuracy,
    /// The mean of sensitivity and specificity.
    BalancedAccuracy,
    /// Youden's J.
    Youden,
    /// The harmonic mean of precision and recall.
    F1,
    /// The likelihood ratio of a positive result.
    LrPlus,
    /// The likelihood ratio of a negative result.
    LrMinus,
    /// The diagnostic odds ratio.
    OddsRatio,
}

/// Each measure with its role in a derivation and its names. One whose names begin with those of another stands before it,
/// as the rates of true results do before their counts.
const NAMES: [(Measure, &str, &str); 15] = [
    (
        Measure::Sensitivity,
        "sensitivity",
        r"sensitivit(?:y|ies)|recall|true[\s-]positive[\s-]rates?|(?-i:TPR|Sens\.?|Sn|Se)",
    ),
    (Measure::Specificity, "specificity", r"specificit(?:y|ies)|true[\s-]negative[\s-]rates?|(?-i:TNR|Spec\.?|Sp)"),
    (Measure::TruePositives, "true positives", r"true[\s-]positives?|(?-i:TPs?)"),
    (Measure::FalsePositives, "false positives", r"false[\s-]positives?|(?-i:FPs?)"),
    (Measure::FalseNegatives, "false negatives", r"false[\s-]negatives?|(?-i:FNs?)"),
    (Measure::TrueNegatives, "true negatives", r"true[\s-]negatives?|(?-i:TNs?)"),
    (Measure::Ppv, "positive predictive value", r"positive[\s-]predictive[\s-]values?|precision|(?-i:PPV|PV\+)"),
    (Measure::Npv, "negative predictive value", r"negative[\s-]predictive[\s-]values?|(?-i:NPV|PV[−–-])"),
    (
        Measure::BalancedAccuracy,
        "balanced accuracy",
        r"balanced[\s-]accurac(?:y|ies)|balanced[\s-](?:classification[\s-])?rate|(?-i:BAC|BACC|bACC)",
    ),
    (
        Measure::Accuracy,
        "accuracy",
        r"(?:diagnostic[\s-]|overall[\s-]|classification[\s-]|total[\s-])?accurac(?:y|ies)|(?-i:ACC|Acc\.?)",
    ),
    (
        Measure::Youden,
        "Youden's index",
        r"(?:the[\s-])?Youden(?:['’]?s)?[\s-](?:index|J)(?:[\s-]\(?J\)?)?|Youden(?:['’]s)?",
    ),
    (Measure::F1, "F1", r"F[\s-]?[1₁¹](?:[\s-]?(?:scores?|measures?|values?))?|F[\s-](?:scores?|measures?)"),
    (
        Measure::LrPlus,
        "positive likelihood ratio",
        r"positive[\s-]likelihood[\s-]ratios?|likelihood[\s-]ratios?[\s-](?:for[\s-]a[\s-])?positive(?:[\s-](?:tests?|results?))?|(?-i:PLR|LR\s?\(?\+\)?(?:ve)?|\+\s?LR|pLR)",
    ),
    (
        Measure::LrMinus,
        "negative likelihood ratio",
        r"negative[\s-]likelihood[\s-]ratios?|likelihood[\s-]ratios?[\s-](?:for[\s-]a[\s-])?negative(?:[\s-](?:tests?|results?))?|(?-i:NLR|LR\s?\(?[−–-]\)?(?:ve)?|[−–-]\s?LR|nLR)",
    ),
    (Measure::OddsRatio, "diagnostic odds ratio", r"diagnostic[\s-]odds[\s-]ratios?|(?-i:DOR)"),
];

/// Any of the names, each measure a group of its place in the list.
fn any_name() -> String {
    let groups = NAMES.iter().enumerate().map(|(at, (.., names))| format!("(?P<m{at}>{names})"));
    groups.collect::<Vec<_>>().join("|")
}

/// The measure whose group took part in a match, with its characters.
fn named_in<'t>(hit: &Captures<'t>) -> Option<(Measure, Match<'t>)> {
    NAMES.iter().enumerate().find_map(|(at, (measure, ..))| Some((*measure, hit.name(&format!("m{at}"))?)))
}

/// A name in text.
static NAMED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(&format!(r"(?i)(?:^|[^\p{{L}}\d_])(?:{})(?:[^\p{{L}}\d_]|$)", any_name())));

/// A whole heading or label: a name with its abbreviation, its unit and the words for an interval.
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let tail = r"(?:\s*[(\[][^()\[\]]{0,30}[)\]]|\s*,?\s*%|\s*,?\s*95\s?%\s*CI|\s*[:*†‡§]|\s*\(95\s?%\s*(?:CI|confidence interval)\))*";
    compile(&format!(r"(?i)^\s*(?:{}){tail}\s*$", any_name()))
});

impl Measure {
    /// What it is in a derivation.
    pub const fn role(self) -> &'static str {
        // The list holds the measures in another order than the type.
        let mut at = 0;
        while at < NAMES.len() {
            if NAMES[at].0 as u8 == self as u8 {
                return NAMES[at].1;
            }
            at += 1;
        }
        ""
    }

    /// Whether it is one of the four counts.
    pub const fn is_count(self) -> bool {
        matches!(self, Self::TruePositives | Self::FalsePositives | Self::FalseNegatives | Self::TrueNegatives)
    }

    /// Whether it is a ratio without an upper end, which is never printed as a percentage.
    pub const fn is_ratio(self) -> bool {
        matches!(self, Self::LrPlus | Self::LrMinus | Self::OddsRatio)
    }

    /// The names in a text with their bytes, from left to right.
    pub fn named(text: &str) -> Vec<(Self, usize, usize)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(hit) = NAMED.as_ref().and_then(|names| names.captures_at(text, from)) {
            let Some((measure, group)) = named_in(&hit) else { break };
            found.push((measure, group.start(), group.end()));
            // The sign behind a name may stand before the next one too.
            from = group.end();
        }
        found
    }

    /// The measure that a heading or a label names and nothing else.
    pub fn headed(words: &str) -> Option<Self> {
        named_in(&WHOLE.as_ref()?.captures(words)?).map(|(measure, _)| measure)
    }
}

/// A printed value of a measure.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::statistics) struct Found {
    /// What it is.
    pub measure: Measure,
    /// Its number.
    pub at: QuantityIx,
    /// Whether the number is a percentage without a sign of its own: "85.7" of a share.
    pub hundredths: bool,
}

impl Found {
    /// The value of a measure, where the number can be one: a whole number for a count, a share from 0 to 1 or 0 to 100 %.
    pub fn new(measure: Measure, at: QuantityIx, mentions: &Mentions) -> Option<Self> {
        let quantity = binding::quantity(mentions, at)?;
        let value = quantity.single().filter(|value| binding::is_plain(quantity) && !value.negative)?;
        let pure = quantity.first().unit.as_ref().is_none_or(|unit| unit.unit.dimension.is_one());
        if !pure {
            return None;
        }
        let percent = is_percentage(quantity);
        if measure.is_count() {
            return binding::is_whole(quantity).then_some(Self { measure, at, hundredths: false });
        }
        if measure.is_ratio() {
            return (!percent).then_some(Self { measure, at, hundredths: false });
        }
        let above_one = value.point() > rational::whole(1);
        let possible = value.point() <= rational::whole(if percent || above_one { 100 } else { 1 });
        // "1" without a sign is no share that one would rely on: it may be a percentage or the whole.
        let certain = percent || value.decimals > 0 || above_one;
        (possible && certain).then_some(Self { measure, at, hundredths: !percent && above_one })
    }

    /// The number as an operand in its role.
    pub fn operand(&self, mentions: &Mentions) -> Option<Operand> {
        let quantity = binding::quantity(mentions, self.at)?;
        let options = if self.measure.is_count() { OperandOptions::count() } else { OperandOptions::printed() };
        Some(Operand::quantity(self.measure.role(), quantity, &options))
    }

    /// The value of operand `at`, as a share.
    pub fn value(&self, at: usize) -> Expression {
        let operand = Expression::operand(at);
        if self.hundredths {
            Expression::call("/", [operand, Expression::constant("100", "per cent")])
        } else {
            operand
        }
    }
}

fn is_percentage(quantity: &Quantity) -> bool {
    quantity.kind == QuantityKind::Percentage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_measure_once() {
        for (at, (measure, role, _)) in NAMES.iter().enumerate() {
            assert_eq!(measure.role(), *role);
            assert!(NAMES[..at].iter().all(|(other, ..)| other != measure));
        }
        assert!(NAMED.is_some() && WHOLE.is_some());
    }

    #[test]
    fn names_are_found_with_what_they_are() {
        let named = |text: &str| Measure::named(text).into_iter().map(|(measure, ..)| measure).collect::<Vec<_>>();
        assert_eq!(named("TP, FP and FN"), [Measure::TruePositives, Measure::FalsePositives, Measure::FalseNegatives]);
        assert_eq!(named("the true positive rate and true positives"), [Measure::Sensitivity, Measure::TruePositives]);
        assert_eq!(named("balanced accuracy, accuracy"), [Measure::BalancedAccuracy, Measure::Accuracy]);
        assert_eq!(named("LR+ of LR− and F1-score"), [Measure::LrPlus, Measure::LrMinus, Measure::F1]);
        assert_eq!(named("inaccuracy, hypersensitivity, tp, TPX, precisely"), []);
    }

    #[test]
    fn headings_name_a_measure_alone() {
        for (words, expected) in [
            ("Sensitivity (%)", Some(Measure::Sensitivity)),
            ("Specificity, % (95% CI)", Some(Measure::Specificity)),
            ("PPV", Some(Measure::Ppv)),
            ("F1-score", Some(Measure::F1)),
            ("LR+", Some(Measure::LrPlus)),
            ("LR−", Some(Measure::LrMinus)),
            ("Sensitivity analysis", None),
            ("Change of accuracy", None),
        ] {
            assert_eq!(Measure::headed(words), expected, "{words}");
        }
    }
}
