//! What a calculator says about a row.

use crate::arithmetic::functions::{Precision, find};
use crate::arithmetic::interval::Interval;
use crate::arithmetic::{Rational, RealSet, Value, rational, set_text};

/// How many significant digits a bound has; it is rounded outward.
const DIGITS: usize = 6;

/// The verdict on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The stated value is among those that are possible.
    Consistent,
    /// It is not, whatever the printed numbers stand for under the rounding in use.
    Inconsistent,
    /// It depends on something that the row does not say.
    Undecided,
    /// The row could not be judged.
    NotChecked,
}

impl Verdict {
    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Undecided => "undecided",
            Self::NotChecked => "not checked",
        }
    }
}

/// The answer for a row: a verdict, the bounds of what is possible where they are known, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// No possible value next to the stated one is below this.
    pub lower: Option<Rational>,
    /// No possible value next to the stated one is above this.
    pub upper: Option<Rational>,
    /// Why, in words.
    pub reason: String,
}

impl Answer {
    /// A row that could not be judged, for a reason.
    pub const fn not_checked(reason: String) -> Self {
        Self { verdict: Verdict::NotChecked, lower: None, upper: None, reason }
    }

    /// A verdict with the hull of the set as its bounds.
    pub(super) fn with_hull(verdict: Verdict, possible: &RealSet, reason: String) -> Self {
        let hull = possible.hull();
        let end = |end: Option<&Rational>| end.cloned();
        Self {
            verdict,
            lower: end(hull.as_ref().and_then(|hull| hull.lo().value())),
            upper: end(hull.as_ref().and_then(|hull| hull.hi().value())),
            reason,
        }
    }

    /// A verdict with the possible values nearest to the stated ones as bounds: those among them, or the next on each side.
    pub(super) fn with_nearest(verdict: Verdict, possible: &RealSet, stated: &RealSet, reason: String) -> Self {
        let common = possible.intersection(stated);
        if !common.is_empty() {
            return Self::with_hull(verdict, &common, reason);
        }
        let Some(hull) = stated.hull() else { return Self::with_hull(verdict, possible, reason) };
        let below = possible.parts().iter().rfind(|part| is_below(part, &hull));
        let above = possible.parts().iter().find(|part| !is_below(part, &hull));
        Self {
            verdict,
            lower: below.and_then(|part| part.hi().value()).cloned(),
            upper: above.and_then(|part| part.lo().value()).cloned(),
            reason,
        }
    }

    /// The bounds as text, rounded outward; empty where there is none.
    pub fn bounds(&self) -> [String; 2] {
        let text = |value: &Option<Rational>, up: bool| {
            let rounded = value.as_ref().map(|value| set_text::round_outward(value, DIGITS, up));
            rounded.map(|value| rational::to_short_text(&value, DIGITS)).unwrap_or_default()
        };
        [text(&self.lower, false), text(&self.upper, true)]
    }
}

fn is_below(part: &Interval, other: &Interval) -> bool {
    match (part.hi().value(), other.lo().value()) {
        (Some(high), Some(low)) => high <= low,
        _ => false,
    }
}

/// The value of a function of the registry, or why it has none.
pub(super) fn derive(name: &str, arguments: &[Value]) -> Result<RealSet, String> {
    let function = find(name).ok_or_else(|| format!("there is no function {name}"))?;
    function.apply(arguments, Precision::Tight).map(|value| value.set).map_err(|refusal| refusal.to_string())
}

/// The magnitudes of a set.
pub(super) fn magnitudes(set: RealSet) -> Result<RealSet, String> {
    derive("abs", &[Value::number(set)])
}
