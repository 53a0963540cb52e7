//! The operators: sums of one kind, products of any, powers, conversion.

use num_traits::{Signed, ToPrimitive};

use crate::arithmetic::elementary;
use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::units::{Agreement, Scale, Tags};
use crate::arithmetic::value::{Kind, Value};

use super::{Precision, Refusal};

/// The largest whole exponent that is taken exactly; a larger one has no place in a paper's arithmetic.
const MAX_WHOLE_EXPONENT: i64 = 64;

pub(super) fn add(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (left, right) = (&arguments[0], &arguments[1]);
    let scale = match (left.kind.scale, right.kind.scale) {
        (Scale::Point, Scale::Point) => {
            return Err(Refusal::Kind("two temperatures as points of a scale have no sum".to_owned()));
        }
        (Scale::Point, _) | (_, Scale::Point) => Scale::Point,
        (Scale::Logarithmic, _) | (_, Scale::Logarithmic) => Scale::Logarithmic,
        (Scale::Linear, Scale::Linear) => Scale::Linear,
    };
    let kind = summed(&left.kind, &right.kind, scale, "sum")?;
    Ok(Value { set: left.set.add(&right.set), kind })
}

pub(super) fn subtract(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (left, right) = (&arguments[0], &arguments[1]);
    let scale = match (left.kind.scale, right.kind.scale) {
        (Scale::Point, Scale::Point) | (Scale::Linear, Scale::Linear) => Scale::Linear,
        (Scale::Point, _) => Scale::Point,
        (_, Scale::Point) => {
            return Err(Refusal::Kind("a point of a scale cannot be taken from a difference".to_owned()));
        }
        (Scale::Logarithmic, _) | (_, Scale::Logarithmic) => Scale::Logarithmic,
    };
    let kind = summed(&left.kind, &right.kind, scale, "difference")?;
    Ok(Value { set: left.set.sub(&right.set), kind })
}

/// The kind of a sum or difference, with the scale given.
pub(super) fn summed(left: &Kind, right: &Kind, scale: Scale, word: &str) -> Result<Kind, Refusal> {
    let agree = left.dimension == right.dimension && left.tags.agreement(&right.tags) != Agreement::Different;
    if !agree {
        return Err(Refusal::Kind(format!("{left} and {right} have no {word}")));
    }
    // Of two that differ only in what is often left unsaid, the one that says more is kept.
    let tags = if left.tags.is_empty() { right.tags.clone() } else { left.tags.clone() };
    Ok(Kind { dimension: left.dimension, tags, scale })
}

pub(super) fn multiply(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (left, right) = (&arguments[0], &arguments[1]);
    linear(left)?;
    linear(right)?;
    let kind = Kind {
        dimension: left.kind.dimension.times(right.kind.dimension),
        tags: left.kind.tags.times(&right.kind.tags),
        scale: Scale::Linear,
    };
    Ok(Value { set: left.set.mul(&right.set), kind })
}

pub(super) fn divide(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (left, right) = (&arguments[0], &arguments[1]);
    linear(left)?;
    linear(right)?;
    let kind = Kind {
        dimension: left.kind.dimension.over(right.kind.dimension),
        tags: left.kind.tags.times(&right.kind.tags.power(-1)),
        scale: Scale::Linear,
    };
    let set = left.set.div(&right.set);
    if set.is_empty() { Err(Refusal::Domain("division by zero".to_owned())) } else { Ok(Value { set, kind }) }
}

/// Refuses a factor on a scale that takes none.
pub(super) fn linear(value: &Value) -> Result<(), Refusal> {
    match value.kind.scale {
        Scale::Linear => Ok(()),
        Scale::Point => Err(Refusal::Kind("a temperature as a point of a scale takes no factor".to_owned())),
        Scale::Logarithmic => Err(Refusal::Kind("a value on a logarithmic scale takes no factor".to_owned())),
    }
}

pub(super) fn power(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (base, exponent) = (&arguments[0], &arguments[1]);
    linear(base)?;
    pure(exponent, "an exponent")?;
    if let Some(whole) = exponent.set.as_point().filter(|value| value.is_integer()) {
        return whole_power(base, whole);
    }
    pure(base, "the base of a power that is not whole")?;
    let set = elementary::power(&base.set, &exponent.set)
        .ok_or_else(|| Refusal::Domain("a power that is not whole needs a base above zero".to_owned()))?;
    Ok(Value { set, kind: Kind { tags: Tags::none(), ..base.kind.clone() } })
}

fn whole_power(base: &Value, exponent: &Rational) -> Result<Value, Refusal> {
    let whole = exponent.to_integer().to_i64().filter(|whole| whole.abs() <= MAX_WHOLE_EXPONENT);
    let longest = base.set.parts().iter().flat_map(|part| [part.lo().value(), part.hi().value()]).flatten();
    let bits = longest.map(Rational::bits).max().unwrap_or(0);
    let Some(whole) = whole.filter(|whole| bits.saturating_mul(whole.unsigned_abs()) <= 65_536) else {
        return Err(Refusal::Range("the power is too large".to_owned()));
    };
    let small = i8::try_from(whole).unwrap_or(i8::MAX);
    let raised = base.set.map(|part| [part.powi(u32::try_from(whole.unsigned_abs()).unwrap_or(u32::MAX))]);
    let set = if whole < 0 { raised.map(Interval::recip) } else { raised };
    if set.is_empty() {
        return Err(Refusal::Domain("division by zero".to_owned()));
    }
    let kind =
        Kind { dimension: base.kind.dimension.power(small), tags: base.kind.tags.power(small), scale: Scale::Linear };
    Ok(Value { set, kind })
}

/// Refuses anything but a pure number.
pub(super) fn pure(value: &Value, what: &str) -> Result<(), Refusal> {
    let unsaid = value.kind.tags.agreement(&Tags::none()) != Agreement::Different;
    if value.kind.dimension.is_one() && unsaid && value.kind.scale == Scale::Linear {
        Ok(())
    } else {
        Err(Refusal::Kind(format!("{what} is a pure number, not {}", value.kind)))
    }
}

pub(super) fn negate(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let value = &arguments[0];
    if value.kind.scale == Scale::Point {
        linear(value)?;
    }
    Ok(Value { set: value.set.map(|part| [part.neg()]), kind: value.kind.clone() })
}

pub(super) fn convert(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (value, unit) = (&arguments[0], &arguments[1]);
    comparable(&value.kind, &unit.kind)?;
    Ok(Value { set: value.set.clone(), kind: Kind { tags: unit.kind.tags.clone(), ..value.kind.clone() } })
}

/// Refuses kinds that cannot be compared: another dimension, tags of different things, a logarithm with a factor.
pub fn comparable(left: &Kind, right: &Kind) -> Result<(), Refusal> {
    let logarithms = (left.scale == Scale::Logarithmic) == (right.scale == Scale::Logarithmic);
    let agree = left.dimension == right.dimension && left.tags.agreement(&right.tags) != Agreement::Different;
    if agree && logarithms {
        Ok(())
    } else {
        Err(Refusal::Kind(format!("the sides are of different kinds: {left} and {right}")))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every function of the registry may refuse")]
pub(super) fn rounded(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    let value = &arguments[0];
    if precision == Precision::Tight || value.kind.scale != Scale::Linear {
        return Ok(value.clone());
    }
    let slack = Interval::closed(rational::ratio(995, 1000), rational::ratio(1005, 1000));
    Ok(Value { set: value.set.mul(&RealSet::from(slack)), kind: value.kind.clone() })
}

pub(super) fn magnitude(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let value = &arguments[0];
    linear(value)?;
    Ok(Value { set: value.set.map(|part| [absolute(part)]), kind: value.kind.clone() })
}

/// |x| over an interval.
pub(super) fn absolute(part: &Interval) -> Interval {
    let negative = matches!(part.hi().value(), Some(high) if !high.is_positive());
    let positive = matches!(part.lo().value(), Some(low) if !low.is_negative());
    if positive {
        part.clone()
    } else if negative {
        part.neg()
    } else {
        let up = Interval::above(rational::whole(0), true);
        let both = part.hull(&part.neg());
        both.intersection(&up).unwrap_or(up)
    }
}
