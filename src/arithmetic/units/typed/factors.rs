//! The units in which typed quantities are made and read off: exact factors for `uom`'s units.
//!
//! A factor is the override of `exact` where that table has one, else the shortest decimal of `uom`'s own constant. The
//! base units of all seven dimensions are here, as `uom` asks for them; any other unit is one more name in the list.

use num_traits::Zero;
use uom::ConstantOp;
use uom::si::Unit;

use crate::arithmetic::set::RealSet;
use crate::arithmetic::units::{exact, table};

use super::storage::Exact;

/// The exact factor of a unit whose constant in `uom` is `constant`; nothing, the empty set, where that is not finite.
fn factor(quantity: &str, singular: &str, constant: f64) -> Exact {
    if let Some(factor) = exact::factor(quantity, singular) {
        return Exact::from(factor.interval());
    }
    table::shortest_decimal(constant).map_or_else(|| Exact::from(RealSet::empty()), Exact::point)
}

/// What is added to a number of the unit before its factor applies: the distance of the zeros of two scales of temperature.
fn shift(quantity: &str, singular: &str, constant: f64) -> Exact {
    let kelvin = if quantity == "thermodynamic_temperature" { exact::offset(singular) } else { None };
    kelvin.map_or_else(Exact::zero, |kelvin| Exact::point(kelvin) / factor(quantity, singular, constant))
}

/// Makes units of `uom` convert exactly.
macro_rules! exact_units {
    ($($quantity:ident: $($unit:ident),+;)+) => {$($(
        impl uom::Conversion<Exact> for uom::si::$quantity::$unit {
            type T = Exact;

            fn coefficient() -> Exact {
                let constant = <Self as uom::Conversion<f64>>::coefficient();
                factor(stringify!($quantity), Self::singular(), constant)
            }

            fn constant(_: ConstantOp) -> Exact {
                let constant = <Self as uom::Conversion<f64>>::coefficient();
                shift(stringify!($quantity), Self::singular(), constant)
            }
        }

        impl uom::si::$quantity::Conversion<Exact> for uom::si::$quantity::$unit {}
    )+)+};
}

exact_units! {
    length: meter;
    mass: kilogram, gram, milligram, microgram, nanogram, picogram, pound, ounce;
    time: second, minute, hour, day;
    electric_current: ampere;
    thermodynamic_temperature: kelvin, degree_celsius, degree_fahrenheit;
    amount_of_substance: mole, millimole, micromole;
    luminous_intensity: candela;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::interval::Interval;
    use crate::arithmetic::rational::{Rational, parse, ratio, whole};
    use uom::si::SI;
    use uom::si::mass::{Mass, gram, nanogram, ounce, pound};
    use uom::si::thermodynamic_temperature::{ThermodynamicTemperature, degree_celsius, degree_fahrenheit, kelvin};

    fn exactly(text: &str) -> Rational {
        parse(text).expect("a decimal")
    }

    #[test]
    fn a_pound_is_its_legal_value_and_not_that_of_uom() {
        let pounds = Mass::<SI<Exact>, Exact>::new::<pound>(Exact::whole(1));
        assert_eq!(pounds.get::<gram>().as_point(), Some(&ratio(45_359_237, 100_000)));
        let ounces = Mass::<SI<Exact>, Exact>::new::<ounce>(Exact::whole(16));
        assert_eq!(ounces, pounds);
    }

    #[test]
    fn prefixes_are_powers_of_ten() {
        let grams = Mass::<SI<Exact>, Exact>::new::<gram>(Exact::whole(1));
        assert_eq!(grams.get::<nanogram>().as_point(), Some(&whole(1_000_000_000)));
    }

    #[test]
    fn temperatures_shift_exactly() {
        let printed = Exact::from(Interval::closed(exactly("36.95"), exactly("37.05")));
        let body = ThermodynamicTemperature::<SI<Exact>, Exact>::new::<degree_celsius>(printed);
        let in_kelvin = Exact::from(Interval::closed(exactly("310.1"), exactly("310.2")));
        assert_eq!(body.get::<kelvin>(), in_kelvin);
        assert_eq!(body.get::<degree_fahrenheit>(), Exact::from(Interval::closed(exactly("98.51"), exactly("98.69"))));
    }
}
