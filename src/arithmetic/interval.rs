//! Intervals over the rationals with open, closed and unbounded ends, and their arithmetic.
//!
//! Every operation encloses: the result holds f(x, y) for all x and y in the operands. Ring operations are exact.

use num_traits::{Signed, Zero};

use super::rational::{self, Rational};

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// No end: the interval goes on for ever.
    Unbounded,
    /// The value itself is not in the interval.
    Open(Rational),
    /// The value itself is in the interval.
    Closed(Rational),
}

impl End {
    /// The value at the end, where there is one.
    pub const fn value(&self) -> Option<&Rational> {
        match self {
            Self::Unbounded => None,
            Self::Open(value) | Self::Closed(value) => Some(value),
        }
    }

    const fn is_closed(&self) -> bool {
        matches!(self, Self::Closed(_))
    }

    fn map(&self, f: impl FnOnce(&Rational) -> Rational) -> Self {
        match self {
            Self::Unbounded => Self::Unbounded,
            Self::Open(value) => Self::Open(f(value)),
            Self::Closed(value) => Self::Closed(f(value)),
        }
    }
}

/// A connected, non-empty set of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: End,
    hi: End,
}

impl Interval {
    /// The interval with the given ends, or `None` where it would be empty.
    pub fn new(lo: End, hi: End) -> Option<Self> {
        if let (Some(low), Some(high)) = (lo.value(), hi.value())
            && (low > high || (low == high && !(lo.is_closed() && hi.is_closed())))
        {
            return None;
        }
        Some(Self { lo, hi })
    }

    /// The single value.
    pub fn point(value: Rational) -> Self {
        Self { lo: End::Closed(value.clone()), hi: End::Closed(value) }
    }

    /// `[a, b]`, or `[b, a]` where the ends come in the other order.
    pub fn closed(a: Rational, b: Rational) -> Self {
        let (lo, hi) = if a <= b { (a, b) } else { (b, a) };
        Self { lo: End::Closed(lo), hi: End::Closed(hi) }
    }

    /// All numbers.
    pub const fn all() -> Self {
        Self { lo: End::Unbounded, hi: End::Unbounded }
    }

    /// The half-line below `value`, which is in it where `closed`.
    pub fn below(value: Rational, closed: bool) -> Self {
        Self { lo: End::Unbounded, hi: if closed { End::Closed(value) } else { End::Open(value) } }
    }

    /// The half-line above `value`, which is in it where `closed`.
    pub fn above(value: Rational, closed: bool) -> Self {
        Self { lo: if closed { End::Closed(value) } else { End::Open(value) }, hi: End::Unbounded }
    }

    /// The lower end.
    pub const fn lo(&self) -> &End {
        &self.lo
    }

    /// The upper end.
    pub const fn hi(&self) -> &End {
        &self.hi
    }

    /// The value, where the interval is a single one.
    pub fn as_point(&self) -> Option<&Rational> {
        match (self.lo.value(), self.hi.value()) {
            (Some(low), Some(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// The middle, where both ends are bounded.
    pub fn midpoint(&self) -> Option<Rational> {
        Some((self.lo.value()? + self.hi.value()?) / rational::whole(2))
    }

    /// Whether the value is in the interval.
    pub fn contains(&self, value: &Rational) -> bool {
        let above = match &self.lo {
            End::Unbounded => true,
            End::Open(low) => value > low,
            End::Closed(low) => value >= low,
        };
        let below = match &self.hi {
            End::Unbounded => true,
            End::Open(high) => value < high,
            End::Closed(high) => value <= high,
        };
        above && below
    }

    /// The common part, where there is one.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(tighter(&self.lo, &other.lo, Side::Low), tighter(&self.hi, &other.hi, Side::High))
    }

    /// Whether the two intervals share a number.
    pub fn meets(&self, other: &Self) -> bool {
        self.intersection(other).is_some()
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        Self { lo: looser(&self.lo, &other.lo, Side::Low), hi: looser(&self.hi, &other.hi, Side::High) }
    }

    /// −x.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { lo: self.hi.map(|value| -value), hi: self.lo.map(|value| -value) }
    }

    /// x + y.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Self { lo: sum(&self.lo, &other.lo), hi: sum(&self.hi, &other.hi) }
    }

    /// x − y.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// x · y.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        let (a, b) = ((Signed2::Low, &self.lo), (Signed2::High, &self.hi));
        let (c, d) = ((Signed2::Low, &other.lo), (Signed2::High, &other.hi));
        let products = [product(a, c), product(a, d), product(b, c), product(b, d)];
        let lo = products.iter().cloned().reduce(Extended::least).unwrap_or(Extended::MinusInfinity);
        let hi = products.into_iter().reduce(Extended::most).unwrap_or(Extended::PlusInfinity);
        Self { lo: lo.into_end(), hi: hi.into_end() }
    }

    /// 1 / x, in one part or two; none where x is the point zero, which has no reciprocal.
    pub fn recip(&self) -> Vec<Self> {
        let zero = Rational::zero();
        let mut parts = Vec::new();
        for half in [Self::below(zero.clone(), false), Self::above(zero.clone(), false)] {
            if let Some(part) = self.intersection(&half) {
                let turn = |end: &End, towards_zero: bool| match end {
                    End::Unbounded => End::Open(zero.clone()),
                    End::Open(value) if value.is_zero() && towards_zero => End::Unbounded,
                    other => other.map(Rational::recip),
                };
                let negative = matches!(part.hi.value(), Some(value) if !value.is_positive());
                parts.push(Self { lo: turn(&part.hi, negative), hi: turn(&part.lo, !negative) });
            }
        }
        parts
    }

    /// x to a whole power; negative powers go through [`Interval::recip`] and are not taken here.
    #[must_use]
    pub fn powi(&self, exponent: u32) -> Self {
        if exponent == 0 {
            return Self::point(rational::whole(1));
        }
        let even = exponent.is_multiple_of(2);
        let raise = |end: &End| end.map(|value| num_traits::pow(value.clone(), exponent as usize));
        if !even || matches!(self.lo.value(), Some(low) if !low.is_negative()) {
            return Self { lo: raise(&self.lo), hi: raise(&self.hi) };
        }
        if matches!(self.hi.value(), Some(high) if !high.is_positive()) {
            return Self { lo: raise(&self.hi), hi: raise(&self.lo) };
        }
        // The interval spans zero, so the least value of an even power is zero itself.
        let (down, up) = (raise(&self.lo), raise(&self.hi));
        Self { lo: End::Closed(Rational::zero()), hi: looser(&down, &up, Side::High) }
    }

    /// x multiplied by a positive or negative constant, or the point zero.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::point(Rational::zero());
        }
        let scaled = Self { lo: self.lo.map(|value| value * factor), hi: self.hi.map(|value| value * factor) };
        if factor.is_negative() { Self { lo: scaled.hi, hi: scaled.lo } } else { scaled }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Low,
    High,
}

/// Which of two ends leaves less in the interval.
fn tighter(a: &End, b: &End, side: Side) -> End {
    pick(a, b, side, true)
}

/// Which of two ends leaves more in the interval.
fn looser(a: &End, b: &End, side: Side) -> End {
    pick(a, b, side, false)
}

fn pick(a: &End, b: &End, side: Side, tight: bool) -> End {
    let (Some(left), Some(right)) = (a.value(), b.value()) else {
        let bounded = if a.value().is_some() { a } else { b };
        return if tight { bounded.clone() } else { End::Unbounded };
    };
    if left == right {
        let open = !a.is_closed() || !b.is_closed();
        let closed = a.is_closed() || b.is_closed();
        let take_closed = if tight { !open } else { closed };
        return if take_closed { End::Closed(left.clone()) } else { End::Open(left.clone()) };
    }
    let larger = if left > right { a } else { b };
    let smaller = if left > right { b } else { a };
    let want_larger = (side == Side::Low) == tight;
    if want_larger { larger.clone() } else { smaller.clone() }
}

fn sum(a: &End, b: &End) -> End {
    match (a, b) {
        (End::Unbounded, _) | (_, End::Unbounded) => End::Unbounded,
        (End::Closed(left), End::Closed(right)) => End::Closed(left + right),
        (End::Open(left) | End::Closed(left), End::Open(right) | End::Closed(right)) => End::Open(left + right),
    }
}

/// Which end of its interval an [`End`] is: an unbounded one is −∞ or +∞ accordingly.
#[derive(Clone, Copy)]
enum Signed2 {
    Low,
    High,
}

/// A vertex of a product: a number that is reached or only approached, or an infinity.
#[derive(Clone)]
enum Extended {
    MinusInfinity,
    Finite { value: Rational, reached: bool },
    PlusInfinity,
}

impl Extended {
    fn into_end(self) -> End {
        match self {
            Self::MinusInfinity | Self::PlusInfinity => End::Unbounded,
            Self::Finite { value, reached: true } => End::Closed(value),
            Self::Finite { value, reached: false } => End::Open(value),
        }
    }

    fn least(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::MinusInfinity, _) | (_, Self::PlusInfinity) => self,
            (_, Self::MinusInfinity) | (Self::PlusInfinity, _) => other,
            (Self::Finite { value: a, reached }, Self::Finite { value: b, .. }) => {
                if a < b || (a == b && *reached) {
                    self
                } else {
                    other
                }
            }
        }
    }

    fn most(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::PlusInfinity, _) | (_, Self::MinusInfinity) => self,
            (_, Self::PlusInfinity) | (Self::MinusInfinity, _) => other,
            (Self::Finite { value: a, reached }, Self::Finite { value: b, .. }) => {
                if a > b || (a == b && *reached) {
                    self
                } else {
                    other
                }
            }
        }
    }
}

fn product((side_a, a): (Signed2, &End), (side_b, b): (Signed2, &End)) -> Extended {
    let zero_reached = |end: &End| matches!(end, End::Closed(value) if value.is_zero());
    if let (Some(left), Some(right)) = (a.value(), b.value()) {
        // A closed zero times anything is reached; an open one is only approached unless the other is a closed zero.
        let reached = (a.is_closed() && b.is_closed()) || zero_reached(a) || zero_reached(b);
        return Extended::Finite { value: left * right, reached };
    }
    let sign = |side: Signed2, end: &End| match end.value() {
        Some(value) if value.is_positive() => 1,
        Some(value) if value.is_negative() => -1,
        Some(_) => 0,
        None => match side {
            Signed2::Low => -1,
            Signed2::High => 1,
        },
    };
    match sign(side_a, a) * sign(side_b, b) {
        1 => Extended::PlusInfinity,
        -1 => Extended::MinusInfinity,
        // Zero times a half-line is zero only where zero itself is taken; the other vertices carry the infinity.
        _ => Extended::Finite { value: Rational::zero(), reached: zero_reached(a) || zero_reached(b) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{ratio, whole};

    fn closed(a: i64, b: i64) -> Interval {
        Interval::closed(whole(a), whole(b))
    }

    #[test]
    fn products_take_the_extreme_vertices() {
        assert_eq!(closed(55, 65).mul(&closed(6500, 7500)), closed(357_500, 487_500));
        assert_eq!(closed(-2, 3).mul(&closed(-5, 7)), closed(-15, 21));
    }

    #[test]
    fn half_lines_keep_their_open_end() {
        let below = Interval::below(ratio(1, 20), false);
        assert!(!below.contains(&ratio(1, 20)));
        assert!(below.meets(&closed(0, 1)));
        assert!(!below.meets(&Interval::point(ratio(1, 20))));
        assert_eq!(below.scale(&whole(-1)), Interval::above(ratio(-1, 20), false));
    }

    #[test]
    fn reciprocals_split_at_zero() {
        let parts = closed(-2, 4).recip();
        assert_eq!(parts, vec![Interval::below(ratio(-1, 2), true), Interval::above(ratio(1, 4), true)]);
        assert_eq!(closed(2, 4).recip(), vec![Interval::closed(ratio(1, 4), ratio(1, 2))]);
        assert!(Interval::point(whole(0)).recip().is_empty());
    }

    #[test]
    fn even_powers_of_an_interval_over_zero_start_at_zero() {
        assert_eq!(closed(-3, 2).powi(2), closed(0, 9));
        assert_eq!(closed(-3, -2).powi(2), closed(4, 9));
        assert_eq!(closed(-3, 2).powi(3), closed(-27, 8));
    }
}
