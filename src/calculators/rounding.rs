//! The set of values that print as given digits under one habit of rounding.

use num_traits::{Signed, Zero};

use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::{Printed, Rational, RealSet, rational};

/// A habit of rounding. All are mirrored below zero: it is the magnitude that is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, a tie either way: half a unit both ways, with both ends.
    Any,
    /// To the nearest, a tie away from zero.
    HalfUp,
    /// To the nearest, a tie to the even digit.
    HalfEven,
    /// To the nearest, a tie towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero: truncation.
    Down,
}

impl Rounding {
    /// The values that print as the number.
    pub fn set(self, number: &Printed) -> RealSet {
        if number.exact {
            return RealSet::point(number.point());
        }
        let (point, unit) = (number.point().abs(), number.unit_in_last_place());
        let half = &unit / rational::whole(2);
        let even = (&point / &unit).to_integer() % 2 == 0.into();
        // The distances below and above the magnitude, and whether each end is in the set.
        let (below, above, low_in, high_in) = match self {
            Self::Any => (half.clone(), half, true, true),
            Self::HalfUp => (half.clone(), half, true, false),
            Self::HalfEven => (half.clone(), half, even, even),
            Self::HalfDown => (half.clone(), half, false, true),
            Self::Up => (unit.clone(), rational::whole(0), false, true),
            Self::Down => (rational::whole(0), unit.clone(), true, false),
        };
        let end = |value: Rational, is_in: bool| if is_in { End::Closed(value) } else { End::Open(value) };
        let magnitude = Interval::new(end(&point - &below, low_in), end(&point + &above, high_in));
        let Some(magnitude) = magnitude else { return RealSet::point(number.point()) };
        if point.is_zero() {
            // Everything that rounds to zero does so from both sides.
            let up = magnitude.intersection(&Interval::above(rational::whole(0), true));
            let up = up.unwrap_or_else(|| Interval::point(rational::whole(0)));
            return RealSet::from(up.hull(&up.neg()));
        }
        RealSet::from(if number.negative { magnitude.neg() } else { magnitude })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn ties_go_where_the_habit_sends_them() {
        let holds = |rounding: Rounding, text: &str, thousandths: i64| {
            rounding.set(&Printed::parse(text).expect(text)).contains(&ratio(thousandths, 1000))
        };
        for (rounding, low, high) in [
            (Rounding::Any, true, true),
            (Rounding::HalfUp, true, false),
            (Rounding::HalfDown, false, true),
            (Rounding::HalfEven, true, true),
        ] {
            assert_eq!(holds(rounding, "2.20", 2195), low, "{rounding:?}");
            assert_eq!(holds(rounding, "2.20", 2205), high, "{rounding:?}");
            assert_eq!(holds(rounding, "-2.20", -2195), low, "{rounding:?}");
        }
        assert!(!holds(Rounding::HalfEven, "2.21", 2205) && !holds(Rounding::HalfEven, "2.21", 2215));
        assert!(holds(Rounding::Down, "2.20", 2200) && holds(Rounding::Down, "2.20", 2209));
        assert!(!holds(Rounding::Down, "2.20", 2199) && !holds(Rounding::Down, "2.20", 2210));
        assert!(holds(Rounding::Up, "2.20", 2191) && !holds(Rounding::Up, "2.20", 2190));
        assert!(holds(Rounding::Down, "0.00", -9) && holds(Rounding::Up, "0.00", 0));
        assert!(!holds(Rounding::HalfUp, "0.00", 5) && holds(Rounding::HalfDown, "0.00", -5));
    }
}
