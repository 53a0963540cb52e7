//! `Unit`: the exact meaning of one reading of a unit string.

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;

use super::tags::Tags;

/// How many coherent SI units one unit is: a conventional value, and the closed set of all values in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The value that a table shows: the Julian year, 133.322387415 Pa, 4.184 J, π to 40 digits.
    pub conventional: Rational,
    /// The smallest value in use; verdicts use this end and the other.
    pub lo: Rational,
    /// The largest value in use.
    pub hi: Rational,
}

impl Factor {
    /// A factor with one value.
    pub fn exact(value: Rational) -> Self {
        Self { lo: value.clone(), hi: value.clone(), conventional: value }
    }

    /// The factor of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self {
            conventional: &self.conventional * &other.conventional,
            lo: &self.lo * &other.lo,
            hi: &self.hi * &other.hi,
        }
    }

    /// The factor of a whole power; factors are positive, so a negative power swaps the ends.
    #[must_use]
    pub fn power(&self, exponent: i8) -> Self {
        let exponent = i32::from(exponent);
        let (lo, hi) = (self.lo.pow(exponent), self.hi.pow(exponent));
        let (lo, hi) = if exponent < 0 { (hi, lo) } else { (lo, hi) };
        Self { conventional: self.conventional.pow(exponent), lo, hi }
    }

    /// The set of values in use.
    pub fn interval(&self) -> Interval {
        Interval::closed(self.lo.clone(), self.hi.clone())
    }
}

/// How a unit's numbers map to SI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// By a factor.
    #[default]
    Linear,
    /// By a factor and an offset: a temperature as a point, not a difference.
    Point,
    /// By a logarithm: pH, dB, log CFU. No factor applies.
    Logarithmic,
}

/// One meaning of a unit string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The string that was read.
    pub text: String,
    /// The dimension.
    pub dimension: Dimension,
    /// The factor to coherent SI.
    pub factor: Factor,
    /// Added after the factor for a unit on the scale [`Scale::Point`], in coherent SI; else zero.
    pub offset: Rational,
    /// How numbers map.
    pub scale: Scale,
    /// What SI drops.
    pub tags: Tags,
}

impl Unit {
    /// The unit of pure numbers.
    pub fn one() -> Self {
        Self {
            text: String::new(),
            dimension: Dimension::ONE,
            factor: Factor::exact(rational::whole(1)),
            offset: rational::whole(0),
            scale: Scale::Linear,
            tags: Tags::none(),
        }
    }

    /// Whether two units mean the same, however they are written.
    pub fn same_meaning(&self, other: &Self) -> bool {
        self.same_measure(other) && self.tags == other.tags
    }

    /// Whether two units measure on one scale, whatever their numbers are of: kelvin and degrees Celsius do not, though a
    /// step of both is as large.
    pub fn same_measure(&self, other: &Self) -> bool {
        self.dimension == other.dimension
            && self.factor == other.factor
            && self.offset == other.offset
            && self.scale == other.scale
    }

    /// The unit of differences on this scale: a degree Celsius as an interval. Other units are their own.
    #[must_use]
    pub fn as_difference(&self) -> Self {
        let scale = if self.scale == Scale::Point { Scale::Linear } else { self.scale };
        Self { offset: rational::whole(0), scale, ..self.clone() }
    }

    /// The product of two units. A point of a scale becomes a difference; a logarithm stays one.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let (left, right) = (self.as_difference(), other.as_difference());
        let logarithmic = left.scale == Scale::Logarithmic || right.scale == Scale::Logarithmic;
        Self {
            text: String::new(),
            dimension: left.dimension.times(right.dimension),
            factor: left.factor.times(&right.factor),
            offset: rational::whole(0),
            scale: if logarithmic { Scale::Logarithmic } else { Scale::Linear },
            tags: left.tags.times(&right.tags),
        }
    }

    /// A whole power of the unit; the first power of a temperature scale stays a point of it.
    #[must_use]
    pub fn power(&self, exponent: i8) -> Self {
        if exponent == 1 {
            return self.clone();
        }
        Self {
            text: String::new(),
            dimension: self.dimension.power(exponent),
            factor: self.factor.power(exponent),
            tags: self.tags.power(exponent),
            ..self.as_difference()
        }
    }

    /// The quotient of two units.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.times(&other.power(-1))
    }

    /// The numbers in coherent SI, under every value the unit has in use.
    pub fn to_si(&self, numbers: &RealSet) -> RealSet {
        let scaled = numbers.combine(&RealSet::from(self.factor.interval()), Interval::mul);
        scaled.add(&RealSet::point(self.offset.clone()))
    }

    /// The numbers of this unit for values in coherent SI, by the conventional factor.
    pub fn from_si(&self, values: &RealSet) -> RealSet {
        let shifted = values.sub(&RealSet::point(self.offset.clone()));
        shifted.scale(&self.factor.conventional.recip())
    }
}

/// What a unit string means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// One meaning.
    One(Unit),
    /// Several meanings, the usual one first.
    Ambiguous(Vec<Unit>),
    /// No meaning for the whole string, with the reason as a lower-case fragment.
    Rejected(String),
}

impl Parsed {
    /// The meanings, the usual one first.
    pub fn units(self) -> Vec<Unit> {
        match self {
            Self::One(unit) => vec![unit],
            Self::Ambiguous(units) => units,
            Self::Rejected(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::units::parse;

    fn one(text: &str) -> Unit {
        parse(text).units().into_iter().next().expect("a unit")
    }

    #[test]
    fn numbers_go_to_si_and_back() {
        let body = RealSet::point(rational::ratio(986, 10));
        let kelvin = one("°F").to_si(&body);
        assert_eq!(kelvin, RealSet::point(rational::ratio(31015, 100)));
        assert_eq!(one("°C").from_si(&kelvin), RealSet::point(rational::whole(37)));
        let year = one("yr").to_si(&RealSet::point(rational::whole(1)));
        let ends = Interval::closed(rational::whole(31_536_000), rational::whole(31_622_400));
        assert_eq!(year, RealSet::from(ends));
    }

    #[test]
    fn a_power_of_a_scale_is_of_its_differences() {
        let squared = one("°C").power(2);
        assert_eq!((squared.scale, squared.offset), (Scale::Linear, rational::whole(0)));
        assert_eq!(one("°C").power(1).scale, Scale::Point);
        assert_eq!(one("pH").times(&one("m")).scale, Scale::Logarithmic);
        let year = one("yr").power(-1);
        assert!(year.factor.lo < year.factor.hi);
        assert!(one("m").over(&one("m")).dimension.is_one());
        assert!(parse("no such unit").units().is_empty());
    }
}
