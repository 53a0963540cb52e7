//! Test statistics with their degrees of freedom and p-values, as printed.

use serde::{Deserialize, Serialize};

use crate::arithmetic::Printed;
use crate::document::{Choice, TextRange, VariationCause};

use super::quantity::{Amount, Comparator, Quantity};

/// The distribution that a test statistic is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TestKind {
    /// Student's t, one number of degrees of freedom.
    T,
    /// Fisher's F, two numbers of degrees of freedom.
    F,
    /// Pearson's χ² and likelihood ratios referred to χ².
    ChiSquared,
    /// A correlation coefficient with n − 2 degrees of freedom.
    R,
    /// The standard normal.
    Z,
    /// Cochran's Q, referred to χ².
    Q,
    /// Spearman's rank correlation, with n − 2 degrees of freedom where t approximates its distribution.
    Rho,
    /// Kendall's rank correlation.
    Tau,
    /// The U of Mann and Whitney.
    U,
    /// The W of Wilcoxon, or of Shapiro and Wilk.
    W,
}

/// What an effect size measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EffectKind {
    /// A standardised mean difference: Cohen's d and its variants.
    D,
    /// Hedges' g: d with a correction for small samples.
    G,
    /// η², the share of all variance.
    EtaSquared,
    /// Partial η².
    PartialEtaSquared,
    /// Generalised η².
    GeneralisedEtaSquared,
    /// ω².
    OmegaSquared,
    /// Partial ω².
    PartialOmegaSquared,
    /// ε².
    EpsilonSquared,
    /// A correlation as the size of an effect.
    R,
    /// R², ΔR² or r².
    RSquared,
    /// φ.
    Phi,
    /// Cramér's V.
    V,
    /// Cohen's f.
    F,
    /// Cohen's f².
    FSquared,
    /// An odds ratio.
    OddsRatio,
}

/// An effect size printed with a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectSize {
    /// What it measures.
    pub kind: EffectKind,
    /// From its name to its value.
    pub range: TextRange,
    /// Its value.
    pub value: Reported,
}

/// A number as reported with its relation sign, under every reading still possible (the first is the likely one).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Its characters.
    pub range: TextRange,
    /// The relation sign.
    pub comparator: Comparator,
    /// What the characters may say.
    pub readings: Vec<(Vec<Choice>, Option<VariationCause>, Printed)>,
}

impl Reported {
    /// A count as printed, group marks left out; `None` where the digits are none.
    pub fn count(range: TextRange, digits: &str) -> Option<Self> {
        let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
        let printed = Printed { text: digits.to_owned(), ..Printed::parse(&plain)?.as_exact() };
        Some(Self { range, comparator: Comparator::Equal, readings: vec![(Vec::new(), None, printed)] })
    }

    /// The single number of a quantity with its readings, units left aside; `None` where no reading has one.
    pub fn of_quantity(quantity: &Quantity) -> Option<Self> {
        let readings: Vec<_> = quantity
            .readings
            .iter()
            .filter_map(|reading| match &reading.amount {
                Amount::Single(value) => Some((reading.choices.clone(), reading.cause, value.clone())),
                _ => None,
            })
            .collect();
        let found = Self { range: quantity.number, comparator: quantity.comparator, readings };
        (!found.readings.is_empty()).then_some(found)
    }

    /// The number of the most likely reading.
    pub fn printed(&self) -> Option<&Printed> {
        self.readings.first().map(|(_, _, printed)| printed)
    }
}

/// One reported test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestStatistic {
    /// From the statistic's letter to the end of its p-value.
    pub range: TextRange,
    /// Which distribution.
    pub kind: TestKind,
    /// Degrees of freedom in printed order, as points or, with decimals, as printed numbers.
    pub degrees: Vec<Reported>,
    /// The test statistic.
    pub value: Reported,
    /// The p-value; `None` for "ns" and where none is printed.
    pub p: Option<Reported>,
    /// Whether "ns" or "n.s." stands in its place.
    pub not_significant: bool,
    /// Whether the p-value is printed once for several tests: "ps < .05".
    pub shared_p: bool,
    /// The number of cases, where it is printed within the result.
    pub n: Option<Reported>,
    /// The effect sizes of the same bracket or clause, in printed order; no other test stands between.
    pub effects: Vec<EffectSize>,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Whether its numbers stand in cells of one row of a table, named by the headings.
    pub in_row: bool,
}
