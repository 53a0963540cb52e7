//! Rationals in words against the same in long numbers, on which nothing here relies for itself.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;

use super::number::Rational;
use super::text::{decimal_magnitude, parse_exact, to_f64_outward, to_text};

/// Whole numbers of every length around a word, and the edges of a word itself.
fn integers() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        4 => (-20_i64..20).prop_map(BigInt::from),
        4 => (-100_000_i64..100_000).prop_map(BigInt::from),
        2 => any::<i64>().prop_map(BigInt::from),
        1 => any::<i128>().prop_map(BigInt::from),
        2 => (0_u32..100, -2_i64..3).prop_map(|(power, by)| BigInt::from(2).pow(power) + by),
        2 => (0_u32..30, -1_i64..2).prop_map(|(power, by)| BigInt::from(10).pow(power) * by),
        1 => prop_oneof![Just(i64::MIN), Just(i64::MIN + 1), Just(i64::MAX)].prop_map(BigInt::from),
    ]
}

/// A number both ways; the long way is what is right.
fn numbers() -> impl Strategy<Value = (Rational, BigRational)> {
    (integers(), integers().prop_filter("a denominator", |number| !number.is_zero())).prop_map(
        |(numerator, denominator)| {
            (Rational::new(numerator.clone(), denominator.clone()), BigRational::new(numerator, denominator))
        },
    )
}

/// Whether the two are the same number, in the one form that it has.
fn same(short: &Rational, long: &BigRational) -> bool {
    short.numer() == *long.numer() && short.denom() == *long.denom() && *short == Rational::of_long(long.clone())
}

fn hash(number: &Rational) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(number)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn operations_agree((a, long_a) in numbers(), (b, long_b) in numbers()) {
        prop_assert!(same(&(&a + &b), &(&long_a + &long_b)));
        prop_assert!(same(&(&a - &b), &(&long_a - &long_b)));
        prop_assert!(same(&(&a * &b), &(&long_a * &long_b)));
        prop_assert!(same(&-&a, &-&long_a));
        if !long_b.is_zero() {
            prop_assert!(same(&(&a / &b), &(&long_a / &long_b)));
            prop_assert!(same(&(&a % &b), &(&long_a % &long_b)));
            prop_assert!(same(&b.recip(), &long_b.recip()));
        }
    }

    #[test]
    fn order_and_equality_agree((a, long_a) in numbers(), (b, long_b) in numbers()) {
        prop_assert_eq!(a.cmp(&b), long_a.cmp(&long_b));
        prop_assert_eq!(a == b, long_a == long_b);
        let back = &(&a + &b) - &b;
        prop_assert_eq!(&back, &a);
        prop_assert_eq!(hash(&back), hash(&a));
    }

    #[test]
    fn whole_numbers_and_signs_agree((a, long) in numbers()) {
        prop_assert!(same(&a.floor(), &long.floor()));
        prop_assert!(same(&a.ceil(), &long.ceil()));
        prop_assert!(same(&a.trunc(), &long.trunc()));
        prop_assert!(same(&a.round(), &long.round()));
        prop_assert!(same(&a.abs(), &long.abs()));
        prop_assert!(same(&a.signum(), &long.signum()));
        prop_assert_eq!(a.to_integer(), long.to_integer());
        prop_assert_eq!((a.is_integer(), a.is_zero()), (long.is_integer(), long.is_zero()));
        prop_assert_eq!((a.is_positive(), a.is_negative()), (long.is_positive(), long.is_negative()));
        prop_assert_eq!(a.bits(), long.numer().bits().max(long.denom().bits()));
        prop_assert_eq!((a.to_i64(), a.to_u64(), a.to_i128(), a.to_u128()), (long.to_i64(), long.to_u64(), long.to_i128(), long.to_u128()));
    }

    #[test]
    fn doubles_agree((a, long) in numbers()) {
        prop_assert_eq!(a.to_f64().map(f64::to_bits), long.to_f64().map(f64::to_bits));
        let (low, high) = to_f64_outward(&a);
        prop_assert!(BigRational::from_float(low).is_none_or(|low| low <= long));
        prop_assert!(BigRational::from_float(high).is_none_or(|high| high >= long));
    }

    #[test]
    fn every_double_is_itself(bits in any::<u64>(), plain in -1e6_f64..1e6) {
        for number in [f64::from_bits(bits), plain, plain.trunc(), 0.0, -0.0, 1.0, f64::MIN_POSITIVE] {
            match (Rational::from_float(number), BigRational::from_float(number)) {
                (Some(short), Some(long)) => prop_assert!(same(&short, &long)),
                (short, long) => prop_assert_eq!(short.is_some(), long.is_some()),
            }
        }
    }

    #[test]
    fn text_agrees((a, long) in numbers()) {
        let text = to_text(&a);
        prop_assert_eq!(parse_exact(&text), Some(a.clone()));
        let places = BigInt::from(10).pow(60);
        prop_assert_eq!(text.contains('/'), !(places % long.denom()).is_zero());
        if text.contains('/') {
            prop_assert_eq!(text, long.to_string());
        }
        prop_assert_eq!(a.to_string(), long.to_string());
        if a.is_positive() {
            let magnitude = decimal_magnitude(&a);
            let power = |exponent: i32| BigRational::from_integer(BigInt::from(10)).pow(exponent);
            prop_assert!(power(magnitude) <= long && long < power(magnitude + 1));
        }
    }
}
