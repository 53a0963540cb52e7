//! The types of a reported estimate.

use serde::{Deserialize, Serialize};

use crate::document::TextRange;
use crate::extract::statistic::{Reported, TestKind};

/// What an estimate measures, as far as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Measure {
    /// An odds, risk, rate, hazard or prevalence ratio: one is no effect, and it is estimated on the scale of its logarithm.
    Ratio,
    /// A coefficient of a model: zero is no effect.
    Coefficient,
    /// A difference of means or of proportions: zero is no effect.
    Difference,
    /// A difference in units of a standard deviation (d, g): zero is no effect.
    StandardisedDifference,
    /// A correlation: zero is no effect.
    Correlation,
    /// A share of explained variance, or a measure of association that is never below zero (η², ω², R², V): its interval,
    /// from a noncentral distribution, lies askew about it.
    ExplainedVariance,
    /// A mean, for which no value means "no effect".
    Mean,
    /// A number with an interval behind it, whose name is not told beside it.
    Unnamed,
}

impl Measure {
    /// Whether it is an effect size without a unit, whose interval is askew and may be one of the difference itself.
    pub const fn is_effect_size(self) -> bool {
        matches!(self, Self::StandardisedDifference | Self::Correlation | Self::ExplainedVariance)
    }
}

/// An interval about an estimate.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about what is printed")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// From the words that announce it, or its bracket, to its end.
    pub range: TextRange,
    /// The level in percent, where it is printed.
    pub level: Option<Reported>,
    /// The lower bound.
    pub low: Reported,
    /// The upper bound.
    pub high: Reported,
    /// Whether its words name what it is an interval of ("95% CI for the mean difference").
    pub names_its_own: bool,
    /// Whether words announce it; a bare bracket beside others that are announced is one too.
    pub announced: bool,
    /// Whether it stands directly behind the estimate, with nothing between.
    pub adjacent: bool,
    /// Whether the bounds are printed with percent signs.
    pub percent: bool,
}

/// A test of an estimate: "t(98) = 4.50", "z = 2.1", "Wald χ²(1) = 4.4".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateTest {
    /// Its characters.
    pub range: TextRange,
    /// The distribution.
    pub kind: TestKind,
    /// The degrees of freedom in printed order.
    pub degrees: Vec<Reported>,
    /// The statistic.
    pub value: Reported,
}

/// An estimate with what is printed for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// From its name to the last of its numbers.
    pub range: TextRange,
    /// What it measures.
    pub measure: Measure,
    /// The characters of its name; empty where it has none.
    pub name: TextRange,
    /// Its value; `None` for an interval whose estimate is not told.
    pub value: Option<Reported>,
    /// Whether the value is printed with a percent sign.
    pub percent: bool,
    /// Whether the name speaks of a standardised coefficient, whose standard error is seldom printed.
    pub standardised: bool,
    /// The interval.
    pub interval: Option<Bounds>,
    /// The standard error.
    pub standard_error: Option<Reported>,
    /// The standard deviation.
    pub deviation: Option<Reported>,
    /// The number of observations.
    pub size: Option<Reported>,
    /// The test.
    pub test: Option<EstimateTest>,
    /// The p-value.
    pub p: Option<Reported>,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Whether its numbers stand in cells of one row of a table, named by the headings.
    pub in_row: bool,
}

impl Estimate {
    /// An estimate of which nothing is known but where it stands and what it measures.
    pub(in crate::extract) const fn bare(range: TextRange, measure: Measure, name: TextRange, sentence: usize) -> Self {
        Self {
            range,
            measure,
            name,
            value: None,
            percent: false,
            standardised: false,
            interval: None,
            standard_error: None,
            deviation: None,
            size: None,
            test: None,
            p: None,
            sentence,
            in_row: false,
        }
    }

    /// Takes a ratio that is printed below nought, or whose lower bound is, for its logarithm: "OR −0.01 (−0.14 to 0.12)".
    pub(super) fn take_for_logarithm(&mut self) {
        let below = |reported: &Reported| reported.readings.first().is_some_and(|(_, _, number)| number.negative);
        let bound = self.interval.as_ref().is_some_and(|interval| below(&interval.low));
        if self.measure == Measure::Ratio && (bound || self.value.as_ref().is_some_and(below)) {
            self.measure = Measure::Coefficient;
        }
    }
}
