//! Effect sizes and degrees of freedom over random tests: what is computed from the statistic and rounded is never
//! flagged, and what lies far from every formula always is.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

/// A share with the given number of decimals, in the style without a leading zero, by plain rounding.
fn share(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}").trim_start_matches('0').to_owned()
}

fn eta(f: f64, first: u32, second: u32) -> f64 {
    let part = f * f64::from(first);
    part / (part + f64::from(second))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn partial_eta_squared_of_the_printed_f_follows(
        hundredths in 5_u32..4000, first in 1_u32..6, second in 8_u32..400, decimals in 2_usize..4, squared in any::<bool>(),
    ) {
        let f = f64::from(hundredths) / 100.0;
        let value = eta(f, first, second);
        prop_assume!(value < 0.99);
        let name = if squared { "η²" } else { "ηp²" };
        let text = format!("It grew, F({first}, {second}) = {f:.2}, {name} = {}.", share(value, decimals));
        prop_assert_eq!(names("ST120", &text), ["consistent"], "{}", text);
    }

    #[test]
    fn an_effect_size_above_every_formula_is_flagged(
        hundredths in 150_u32..900, first in 1_u32..4, second in 40_u32..400,
    ) {
        let f = f64::from(hundredths) / 100.0;
        let root = eta(f, first, second).sqrt();
        prop_assume!(root < 0.85);
        let text = format!("It grew, F({first}, {second}) = {f:.2}, ηp² = {}.", share(root + 0.1, 2));
        prop_assert_eq!(names("ST120", &text), ["warning"], "{}", text);
    }

    #[test]
    fn r_and_d_of_the_printed_t_follow(hundredths in 10_u32..900, df in 8_u32..400, negative in any::<bool>()) {
        let t = f64::from(hundredths) / 100.0;
        let sign = if negative { "−" } else { "" };
        let r = (t * t / (t * t + f64::from(df))).sqrt();
        prop_assume!(r < 0.99);
        let text = format!("It grew, t({df}) = {t:.2}, r = {}.", share(r, 2));
        prop_assert_eq!(names("ST120", &text), ["consistent"], "{}", text);
        let d = 2.0 * t / (f64::from(df) + 2.0).sqrt();
        let text = format!("It grew, t({df}) = {sign}{t:.2}, d = {d:.2}.");
        prop_assert_eq!(names("ST120", &text), ["consistent"], "{}", text);
    }

    #[test]
    fn groups_of_any_usual_sizes_and_pairs_are_never_flagged(
        hundredths in 50_u32..900, first in 10_u32..200, second in 10_u32..200, paired in any::<bool>(),
    ) {
        prop_assume!(first <= 10 * second && second <= 10 * first);
        let t = f64::from(hundredths) / 100.0;
        let (df, d) = if paired {
            (first - 1, t / f64::from(first).sqrt())
        } else {
            (first + second - 2, t * (1.0 / f64::from(first) + 1.0 / f64::from(second)).sqrt())
        };
        let text = format!("It grew, t({df}) = {t:.2}, d = {d:.2}.");
        let found = names("ST120", &text);
        prop_assert!(!found.iter().any(|name| is_flagged(name)), "{} {:?}", text, found);
    }

    #[test]
    fn phi_of_the_printed_chi_squared_follows(hundredths in 10_u32..2000, n in 60_u32..900) {
        let chi = f64::from(hundredths) / 100.0;
        let text = format!("It grew, χ²(1, N = {n}) = {chi:.2}, φ = {}.", share((chi / f64::from(n)).sqrt(), 2));
        prop_assert_eq!(names("ST120", &text), ["consistent"], "{}", text);
    }

    #[test]
    fn more_degrees_of_freedom_than_cases_are_flagged_and_fewer_never(n in 10_u32..500, df in 5_u32..900) {
        let text = format!("It grew, t({df}) = 2.20, N = {n}.");
        let expected = if df < n { "consistent" } else { "warning" };
        prop_assert_eq!(names("ST121", &text), [expected], "{}", text);
    }
}
