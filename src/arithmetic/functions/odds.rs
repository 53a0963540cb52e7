//! Odds ratios and risk ratios from the counts of two groups, with Wald's intervals on the logarithm.
//!
//! The counts are a with and b without the event in the first group, c with and d without in the second.

use num_traits::Zero;

use crate::arithmetic::elementary;
use crate::arithmetic::quantiles;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::count;
use super::operators::pure;
use super::{Precision, Refusal};

struct Counts {
    a: Rational,
    b: Rational,
    c: Rational,
    d: Rational,
}

/// A ratio and the variance of its logarithm.
struct Measure {
    ratio: Rational,
    variance: Rational,
}

impl Counts {
    fn read(arguments: &[Value]) -> Result<Self, Refusal> {
        let cell = |at: usize| count(&arguments[at], 0).map(rational::whole);
        Ok(Self { a: cell(0)?, b: cell(1)?, c: cell(2)?, d: cell(3)? })
    }

    /// a d / (b c), with 1/a + 1/b + 1/c + 1/d.
    fn odds(&self) -> Result<Measure, Refusal> {
        let cells = [&self.a, &self.b, &self.c, &self.d];
        if cells.iter().any(|cell| cell.is_zero()) {
            return Err(Refusal::Domain("a cell of the table is zero".to_owned()));
        }
        let variance = cells.iter().map(|cell| cell.recip()).sum();
        Ok(Measure { ratio: &self.a * &self.d / (&self.b * &self.c), variance })
    }

    /// a/(a + b) over c/(c + d), with 1/a − 1/(a + b) + 1/c − 1/(c + d).
    fn risk(&self) -> Result<Measure, Refusal> {
        if self.a.is_zero() || self.c.is_zero() {
            return Err(Refusal::Domain("a group has no event".to_owned()));
        }
        let (first, second) = (&self.a + &self.b, &self.c + &self.d);
        let variance = self.a.recip() - first.recip() + self.c.recip() - second.recip();
        Ok(Measure { ratio: &self.a * second / (&self.c * first), variance })
    }
}

impl Measure {
    /// exp(ln ratio ± z √variance) at the level.
    fn limit(&self, level: &Value, up: bool) -> Result<Value, Refusal> {
        pure(level, "the level of confidence")?;
        let none = || Refusal::Domain("there is no interval".to_owned());
        let z = quantiles::z(&level.set).map_err(|error| Refusal::Range(error.to_string()))?;
        let logarithm = elementary::ln(&RealSet::point(self.ratio.clone())).ok_or_else(none)?;
        let error = elementary::sqrt(&RealSet::point(self.variance.clone())).ok_or_else(none)?;
        let reach = z.mul(&error);
        let limit = if up { logarithm.add(&reach) } else { logarithm.sub(&reach) };
        elementary::exp(&limit).map(Value::number).ok_or_else(none)
    }
}

pub(super) fn odds_ratio(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Value::point(Counts::read(arguments)?.odds()?.ratio))
}

pub(super) fn odds_ratio_low(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Counts::read(arguments)?.odds()?.limit(&arguments[4], false)
}

pub(super) fn odds_ratio_high(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Counts::read(arguments)?.odds()?.limit(&arguments[4], true)
}

pub(super) fn risk_ratio(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Value::point(Counts::read(arguments)?.risk()?.ratio))
}

pub(super) fn risk_ratio_low(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Counts::read(arguments)?.risk()?.limit(&arguments[4], false)
}

pub(super) fn risk_ratio_high(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Counts::read(arguments)?.risk()?.limit(&arguments[4], true)
}
