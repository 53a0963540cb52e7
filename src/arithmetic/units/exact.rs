//! Exact values, and closed sets of values in use, for units whose coefficient in `uom` is rounded or only one of many.
//!
//! Sources: the SI brochure (9th edition, 2019 and its tables of accepted units); NIST SP 811 appendix B for the legal
//! inch-pound units (international yard and pound of 1959, US gallon of 231 cubic inches, UK gallon of 4.54609 L);
//! CODATA 2018 and 2022 for the dalton; IAU 2012 for the astronomical unit and IAU 2015 for the parsec. The tests
//! compare each value with `uom`. Temperature offsets are here too. What is not here has its shortest decimal.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::arithmetic::rational::{self, Rational};

use super::unit::Factor;

/// π cut after 40 significant digits: the conventional value and the lower bound.
pub(super) const PI_LO: &str = "3.141592653589793238462643383279502884197";
/// The upper bound of π, one unit in the 40th digit above.
pub(super) const PI_HI: &str = "3.141592653589793238462643383279502884198";

/// Quantity, singular name, and its value as a product of parts: decimals, fractions and `pi`.
const EXACT: &[(&str, &str, &str)] = &[
    ("thermodynamic_temperature", "degree Fahrenheit", "5/9"),
    ("thermodynamic_temperature", "degree Rankine", "5/9"),
    ("temperature_interval", "degree Fahrenheit", "5/9"),
    ("temperature_interval", "degree Rankine", "5/9"),
    ("mass", "ounce", "0.028349523125"),
    ("mass", "pound", "0.45359237"),
    ("mass", "grain", "0.00006479891"),
    ("mass", "troy ounce", "0.0311034768"),
    ("mass", "troy pound", "0.3732417216"),
    ("mass", "pennyweight", "0.00155517384"),
    ("mass", "long ton", "1016.0469088"),
    ("mass", "short ton", "907.18474"),
    ("mass", "hundredweight (long)", "50.80234544"),
    ("mass", "hundredweight (short)", "45.359237"),
    ("mass", "slug", "4.4482216152605/0.3048"),
    ("mass", "assay ton", "0.0875/3"),
    ("length", "foot (U.S. survey)", "1200/3937"),
    ("length", "mile (U.S. survey)", "6336000/3937"),
    ("length", "chain", "79200/3937"),
    ("length", "fathom", "7200/3937"),
    ("length", "rod", "19800/3937"),
    ("length", "light year", "9460730472580800"),
    ("length", "parsec", "96939420213600000/pi"),
    ("area", "square foot", "0.09290304"),
    ("area", "circular mil", "0.00000000016129 pi"),
    ("volume", "barrel", "0.158987294928"),
    ("volume", "bushel", "0.03523907016688"),
    ("volume", "cord", "3.624556363776"),
    ("volume", "cubic foot", "0.028316846592"),
    ("volume", "cubic inch", "0.000016387064"),
    ("volume", "cubic mile", "4168181825.440579584"),
    ("volume", "cubic yard", "0.764554857984"),
    ("volume", "cup", "0.0002365882365"),
    ("volume", "fluid ounce", "0.0000295735295625"),
    ("volume", "Imperial fluid ounce", "0.0000284130625"),
    ("volume", "Imperial gill", "0.0001420653125"),
    ("volume", "gill", "0.00011829411825"),
    ("volume", "peck", "0.00880976754172"),
    ("volume", "dry pint", "0.0005506104713575"),
    ("volume", "liquid pint", "0.000473176473"),
    ("volume", "dry quart", "0.001101220942715"),
    ("volume", "liquid quart", "0.000946352946"),
    ("volume", "tablespoon", "0.00001478676478125"),
    ("volume", "teaspoon", "0.00000492892159375"),
    ("volume", "register ton", "2.8316846592"),
    ("force", "pound-force", "4.4482216152605"),
    ("force", "kip", "4448.2216152605"),
    ("force", "ounce-force", "0.27801385095378125"),
    ("force", "poundal", "0.138254954376"),
    ("force", "ton-force", "8896.443230521"),
    ("pressure", "pound-force per square inch", "4.4482216152605/0.00064516"),
    ("pressure", "torr", "101325/760"),
    ("energy", "foot pound-force", "1.3558179483314004"),
    ("energy", "foot poundal", "0.0421401100938048"),
    ("energy", "British thermal unit (IT)", "1055.05585262"),
    ("power", "horsepower", "745.69987158227022"),
    ("power", "metric horsepower", "735.49875"),
    ("electric_charge", "faraday", "96485.3321233100184"),
    ("angle", "degree", "pi/180"),
    ("angle", "minute", "pi/10800"),
    ("angle", "second", "pi/648000"),
    ("angle", "gon", "pi/200"),
    ("angle", "revolution", "2 pi"),
    ("angular_velocity", "degree per second", "pi/180"),
    ("angular_velocity", "revolution per second", "2 pi"),
    ("angular_velocity", "revolution per minute", "pi/30"),
    ("angular_velocity", "revolution per hour", "pi/1800"),
    ("catalytic_activity", "enzyme unit", "1/60000000"),
];

/// Quantity, singular name, conventional value, least and greatest value in use, and whose values they are.
const SETS: &[(&str, &str, &str, &str, &str)] = &[
    // A year of 365 or 366 days; the Julian year stands in tables.
    ("time", "year", "31557600", "31536000", "31622400"),
    // CODATA 2022 and 2018.
    ("mass", "dalton", "1.66053906892e-27", "1.66053906660e-27", "1.66053906892e-27"),
    // A metric ton; the short and the long one bear the bare name too.
    ("mass", "ton", "1000", "1000", "1000"),
    // International and US survey.
    ("length", "mile", "1609.344", "1609.344", "6336000/3937"),
    ("area", "acre", "4046.8564224", "4046.8564224", "4046.87261"),
    // US liquid and imperial.
    ("volume", "gallon", "0.003785411784", "0.003785411784", "0.00454609"),
    // Thermochemical, at 15 degrees, international table.
    ("energy", "calorie", "4.184", "4.184", "4.1868"),
    ("energy", "Calorie", "4184", "4184", "4186.8"),
    // Thermochemical to 39 degrees Fahrenheit; the international table stands in tables.
    ("energy", "British thermal unit", "1055.05585262", "1054.35", "1059.67"),
    ("energy", "therm", "105480400", "105480400", "105506000"),
];

/// Offsets of temperature scales in kelvin.
const OFFSETS: &[(&str, &str)] = &[("degree Celsius", "273.15"), ("degree Fahrenheit", "45967/180")];

/// The factors by quantity and name.
static FACTORS: LazyLock<HashMap<(&'static str, &'static str), Factor>> = LazyLock::new(|| {
    let mut factors = HashMap::new();
    for (quantity, name, value) in EXACT {
        if let Some(factor) = product(value) {
            factors.insert((*quantity, *name), factor);
        }
    }
    for (quantity, name, conventional, lo, hi) in SETS {
        if let Some(factor) = set(conventional, lo, hi) {
            factors.insert((*quantity, *name), factor);
        }
    }
    factors
});

/// The exact factor of a unit of `uom`, where this table has one.
pub(super) fn factor(quantity: &str, singular: &str) -> Option<Factor> {
    FACTORS.get(&(quantity, singular)).cloned()
}

/// The offset of a temperature scale, in kelvin.
pub(super) fn offset(singular: &str) -> Option<Rational> {
    OFFSETS.iter().find(|(name, _)| *name == singular).and_then(|(_, value)| rational::parse(value))
}

/// A closed set of values with a conventional one.
pub(super) fn set(conventional: &str, lo: &str, hi: &str) -> Option<Factor> {
    Some(Factor { conventional: rational::parse(conventional)?, lo: rational::parse(lo)?, hi: rational::parse(hi)? })
}

/// Reads a value such as `0.3048`, `101325/760`, `2 pi`, `pi/180`; with π the ends enclose it.
pub(super) fn product(text: &str) -> Option<Factor> {
    if !text.contains("pi") {
        return Some(Factor::exact(rational::parse(text)?));
    }
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let (under, factor) = match (above.strip_suffix("pi"), below) {
        (Some(times), below) => (false, with_default(times)? / rational::parse(below)?),
        (None, "pi") => (true, rational::parse(above)?),
        (None, _) => return None,
    };
    let (lo, hi) = (rational::parse(PI_LO)?, rational::parse(PI_HI)?);
    let (lo, hi, conventional) = if under { (hi.recip(), lo.recip(), lo.recip()) } else { (lo.clone(), hi, lo) };
    Some(Factor { conventional: &factor * conventional, lo: &factor * lo, hi: factor * hi })
}

fn with_default(times: &str) -> Option<Rational> {
    if times.trim().is_empty() { Some(rational::whole(1)) } else { rational::parse(times.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::units::table;
    use num_traits::Signed;

    #[test]
    fn overrides_agree_with_uom() {
        let tolerance = rational::ratio(5, 10_000_000);
        let one = rational::whole(1);
        let names = EXACT.iter().map(|(q, n, _)| (*q, *n)).chain(SETS.iter().map(|(q, n, ..)| (*q, *n)));
        for (quantity, name) in names {
            let row = table::row(quantity, name).unwrap_or_else(|| panic!("uom has no {name} in {quantity}"));
            let ours = factor(quantity, name).unwrap_or_else(|| panic!("the value of {name} is not readable"));
            assert!(ours.lo <= ours.conventional && ours.conventional <= ours.hi, "{name}");
            let theirs = table::shortest_decimal(row.slope).expect("finite");
            let inside = &ours.lo * (&one - &tolerance) <= theirs && theirs <= &ours.hi * (&one + &tolerance);
            assert!(inside, "{quantity} {name}: {theirs} is not in {} .. {}", ours.lo, ours.hi);
            let relative = ((&ours.conventional - &theirs) / &theirs).abs();
            let several = ours.hi > &ours.lo * (&one + &tolerance);
            assert!(several || relative <= tolerance, "{quantity} {name}: {relative}");
        }
    }

    #[test]
    fn pi_is_enclosed() {
        let degree = product("pi/180").expect("readable");
        assert!(degree.lo < degree.hi);
        assert_eq!(degree.lo, degree.conventional);
        assert_eq!(product("2 pi").expect("readable").lo, rational::whole(2) * rational::parse(PI_LO).expect("pi"));
    }
}
