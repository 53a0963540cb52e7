//! p-values, conversions, doses and repeated results in sentences over random numbers: what is worked out before it is
//! printed is never flagged by any habit of rounding, a gross slip is, and fewer digits are flagged no sooner.

#![expect(
    clippy::disallowed_methods,
    reason = "the plain formulas are to use no code of the program; their slack covers platforms"
)]

#[path = "support/judged.rs"]
mod judged;

#[path = "support/habits.rs"]
mod habits;

#[path = "support/slips.rs"]
mod slips;

use proptest::prelude::*;

use habits::{Habit, habit, print};
use judged::{is_flagged, names};
use slips::swapped;

/// The two-sided tail of t, by the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4.
fn p_of_t(t: f64, df: u32) -> f64 {
    let angle = (t.abs() / f64::from(df).sqrt()).atan();
    let (sine, cosine) = (angle.sin(), angle.cos());
    let odd = df % 2 == 1;
    let (mut term, mut sum) = (if odd { cosine } else { 1.0 }, 0.0);
    let mut at = u32::from(odd);
    while at + 2 <= df {
        sum += term;
        at += 2;
        term *= cosine * cosine * f64::from(at - 1) / f64::from(at);
    }
    let inside = if odd { (angle + sine * sum) * 2.0 / std::f64::consts::PI } else { sine * sum };
    1.0 - inside
}

/// The upper tail of χ² with an even number of degrees of freedom (26.4.5).
fn p_of_chi2(value: f64, half: u32) -> f64 {
    let mut term = (-value / 2.0).exp();
    let mut tail = 0.0;
    for at in 0..half {
        tail += term;
        term *= value / 2.0 / f64::from(at + 1);
    }
    tail
}

/// A test of so many degrees of freedom as a paper prints it up to its value, its decimals, and its p-value.
fn test(kind: usize, value: f64, df: u32) -> (String, f64, f64) {
    match kind {
        0 => (format!("t({df})"), value, p_of_t(value, df)),
        1 => (format!("F(1, {df})"), value * value, p_of_t(value, df)),
        2 => {
            let r = value / (value * value + f64::from(df)).sqrt();
            (format!("r({df})"), r, p_of_t(value, df))
        }
        // Around its mean, where the tail is neither none nor all.
        _ => (format!("χ²({})", 2 * df), value * f64::from(df), p_of_chi2(value * f64::from(df), df)),
    }
}

fn told(head: &str, statistic: &str, p: &str) -> String {
    format!("The boats differed in the long run, {head} = {statistic}, p {p}.")
}

/// A unit, the number of another that it is, and that one.
const UNITS: [(&str, f64, &str); 5] = [
    ("mg", 0.001, "g"),
    ("km", 1.0 / 1.609_344, "miles"),
    ("kg", 1.0 / 0.453_592_37, "lb"),
    ("m", 1.0 / 0.3048, "ft"),
    ("min", 60.0, "s"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_p_value_follows_by_any_habit_and_one_far_off_is_flagged(
        kind in 0_usize..4, value in 100_u32..4000, df in 3_u32..60, decimals in 2_usize..4, bound in any::<bool>(), habit in habit(),
    ) {
        let (head, statistic, p) = test(kind, f64::from(value) / 1000.0, df);
        let statistic = print(statistic, 2, habit);
        let of = |p: f64| {
            let number = print(p, decimals, habit);
            let number = number.trim_start_matches('0');
            if bound { format!("< {}", print(p + 0.01, 2, Habit::Nearest)) } else { format!("= {number}") }
        };
        prop_assume!(p > 0.001 && p < 0.98);
        let right = told(&head, &statistic, &of(p));
        let found = names("ST101", &right);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {right}");
        // Neither the p-value nor its half or double.
        let off = if p < 0.3 { 2.2 * p + 0.3 } else { p / 5.0 };
        let wrong = told(&head, &statistic, &format!("= {}", print(off, decimals, habit).trim_start_matches('0')));
        let found = names("ST101", &wrong);
        let r_near_one = kind == 2 && statistic.len() < 4;
        prop_assert!(r_near_one || found.len() == 1 && is_flagged(found[0]), "{found:?} {wrong}");
    }

    #[test]
    fn a_coarser_statistic_or_p_value_is_flagged_no_sooner(
        kind in 0_usize..4, value in 100_u32..4000, df in 3_u32..60, off in 100_u32..3000,
    ) {
        let (head, statistic, p) = test(kind, f64::from(value) / 1000.0, df);
        let p = p * f64::from(off) / 1000.0;
        prop_assume!(p > 0.006 && p < 0.94);
        let is_held = |of_statistic: usize, of_p: usize| {
            let number = print(p, of_p, Habit::Nearest);
            let text = told(
                &head, &print(statistic, of_statistic, Habit::Nearest), &format!("= {}", number.trim_start_matches('0')),
            );
            names("ST101", &text).first().is_some_and(|name| is_flagged(name))
        };
        for coarse in [1, 2] {
            prop_assert!(is_held(3, 3) || !is_held(coarse, 3), "{head} {statistic} {p}");
        }
        prop_assert!(is_held(3, 3) || !is_held(3, 2), "{head} {statistic} {p}");
    }

    #[test]
    fn a_value_in_another_unit_follows_and_one_ten_times_as_large_is_flagged(
        unit in 0_usize..5, value in 1003_u32..99_999, decimals in 0_usize..3, digits in 2_usize..4, habit in habit(), up in any::<bool>(),
    ) {
        let (from, factor, to) = UNITS[unit];
        let shown = print(f64::from(value) / 100.0, decimals, habit);
        let exact = shown.parse::<f64>().expect("a number") * factor;
        let by = |other: f64, habit: Habit| {
            let places = if to == "g" { digits + 2 } else { digits };
            format!("The longest part of it came to {shown} {from} ({} {to}) at the end.", print(other, places, habit))
        };
        let text = |other: f64| by(other, habit);
        // Writers convert round numbers to round numbers.
        prop_assume!(!shown.trim_end_matches(".00").ends_with('0') && !shown.ends_with('5'));
        let found = names("CN101", &text(exact));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(exact));
        // A bracket of quite another size may hold something else, but one a power of ten away is a slip; only rounding shows that
        // it is just ten.
        let wrong = by(if up { exact * 10.0 } else { exact / 10.0 }, Habit::Nearest);
        let found = names("CN101", &wrong);
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {wrong}");
    }

    #[test]
    fn an_amount_for_a_body_follows_and_one_ten_times_as_large_is_flagged(
        mass in 41_u32..119, dose in 1003_u32..9999, up in any::<bool>(), digits in 0_usize..3, habit in habit(),
    ) {
        prop_assume!(mass % 10 != 0 && dose % 10 != 0);
        let amount = f64::from(mass) * f64::from(dose) / 100.0;
        let text = |amount: f64| format!(
            "For a {mass} kg adult, the limit of {:.2} ng/kg bw/day is {} ng/day.", f64::from(dose) / 100.0, print(amount, digits, habit),
        );
        prop_assert_eq!(names("UN101", &text(amount)).into_iter().filter(|name| is_flagged(name)).count(), 0, "{}", text(amount));
        let wrong = text(if up { amount * 10.0 } else { amount / 10.0 });
        let found = names("UN101", &wrong);
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {wrong}");
    }

    #[test]
    fn a_result_told_again_is_the_same_and_one_with_swapped_digits_is_told(
        t in 2010_u32..9990, d in 21_u32..98, df in 21_u32..98, coarse in any::<bool>()
    ) {
        prop_assume!(t % 10 != 0 && d % 10 != 0 && d / 10 != d % 10);
        let statistic = f64::from(t) / 1000.0;
        let text = |again: &str, effect: &str| format!(
            "Sleep improved recall of the word list, t({df}) = {statistic:.3}, p = .024, d = 0.{d}.\n\nThe recall of the word list improved \
             by sleep was discussed above, t({df}) = {again}, p = .024, d = {effect}."
        );
        let again = if coarse { print(statistic, 2, Habit::Nearest) } else { format!("{statistic:.3}") };
        let same = text(&again, &format!("0.{d}"));
        let found = names("XC103", &same);
        prop_assert!(!found.is_empty() && found.iter().all(|name| *name == "consistent"), "{found:?} {same}");
        // Without the statistic to tell that it is the same result, there is less to hold the other number against.
        let other = text(&format!("{statistic:.3}"), &swapped(&format!("0.{d}"), 1).expect("three digits"));
        let found = names("XC103", &other);
        prop_assert_eq!(found.iter().filter(|name| is_flagged(name)).count(), 1, "{:?} {}", found, other);
    }

    #[test]
    fn a_test_of_two_groups_follows_from_their_counts_and_one_of_twice_the_size_is_flagged(
        sizes in (20_u32..300, 20_u32..300), shares in (5_u32..60, 5_u32..60), yates in any::<bool>(), decimals in 1_usize..4, habit in habit(),
    ) {
        let [n, m] = [sizes.0, sizes.1];
        let [a, b] = [n * shares.0 / 100, m * shares.1 / 100];
        prop_assume!(a > 2 && b > 2 && m != a);
        let [x, y, u, v] = [a, n - a, b, m - b].map(f64::from);
        let all = x + y + u + v;
        let apart = (x * v - y * u).abs();
        let apart = if yates { (apart - all / 2.0).max(0.0) } else { apart };
        let statistic = all * apart * apart / ((x + y) * (u + v) * (x + u) * (y + v));
        let text = |statistic: f64, habit: Habit| format!(
            "In the reef group, {a} of {n} divers were ill, and in the lake group, {b} of {m} divers, χ²(1) = {}, as expressed here.",
            print(statistic, decimals, habit),
        );
        let found = names("ST131", &text(statistic, habit));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(statistic, habit));
        // Neither with the correction nor without it.
        prop_assume!(statistic > 3.0);
        let wrong = text(2.5 * statistic + 1.0, Habit::Nearest);
        let found = names("ST131", &wrong);
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {wrong}");
    }

    #[test]
    fn a_share_that_is_larger_is_never_flagged_and_one_that_is_clearly_smaller_is(
        large in 2000_u32..9000, apart in 0_u32..900, digits in 0_usize..3, other in 0_usize..3, habit in habit(), up in any::<bool>()
    ) {
        let [large, small] = [large, large - apart].map(|hundredths| f64::from(hundredths) / 100.0);
        let word = if up { "more" } else { "less" };
        let text = |first: f64, second: f64, digits: usize, other: usize, habit: Habit| format!(
            "Errors were {word} common in the evening ({}%) than in the morning ({}%).", print(first, digits, habit), print(second, other, habit),
        );
        let (first, second) = if up { (large, small) } else { (small, large) };
        let right = text(first, second, digits, other, habit);
        let found = names("XC110", &right);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {right}");
        // The other way round, where no rounding can bring the two together.
        prop_assume!(apart > 30);
        let wrong = text(second, first, 1, 1, Habit::Nearest);
        let found = names("XC110", &wrong);
        prop_assert!(found.len() == 1 && found[0] == "note", "{found:?} {wrong}");
    }

    #[test]
    fn a_change_follows_from_either_base_and_one_ten_times_as_large_is_flagged(
        first in 1003_u32..9999, second in 1003_u32..9999, decimals in 0_usize..3, of_second in any::<bool>(), before in any::<bool>(),
        habit in habit(),
    ) {
        prop_assume!(first % 10 != 0 && second % 10 != 0);
        // Multiples of each other may be the steps in which something was varied.
        prop_assume!(4 * first % second != 0 && 4 * second % first != 0);
        let [from, to] = [first, second].map(|hundredths| f64::from(hundredths) / 100.0);
        let (by_first, by_second) = (100.0 * (to - from).abs() / from, 100.0 * (to - from).abs() / to);
        prop_assume!(by_first > 2.0 && by_second > 2.0);
        let (verb, noun) = if to > from { ("rose", "an increase") } else { ("fell", "a decrease") };
        let text = |change: &str| if before {
            format!("The load {verb} by {change}% from {from:.2} kg to {to:.2} kg.")
        } else {
            format!("The load {verb} from {from:.2} kg to {to:.2} kg, {noun} of {change}%.")
        };
        let right = text(&print(if of_second { by_second } else { by_first }, decimals, habit));
        let found = names("SU110", &right);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {right}");
        // None of what else an author may mean by the change.
        let ten_times = 10.0 * by_first;
        let is_near = |other: f64| (ten_times - other).abs() < 0.1 * other.max(ten_times);
        prop_assume!(![by_second, 100.0 * to / from].into_iter().any(is_near));
        let wrong = text(&print(ten_times, 1, Habit::Nearest));
        let found = names("SU110", &wrong);
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {wrong}");
    }
}
