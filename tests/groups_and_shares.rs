//! Tests between groups and percentages of counts, over random groups: what is worked out before it is rounded is never
//! flagged, a number put wrong is, and fewer decimals are flagged no sooner.

#[path = "support/judged.rs"]
mod judged;

#[path = "support/habits.rs"]
mod habits;

use proptest::prelude::*;

use habits::{habit, print};
use judged::{is_flagged, names};

fn thousandths(value: u32) -> f64 {
    f64::from(value) / 1000.0
}

/// A sentence with the means of groups and the F between them, each to its decimals.
fn of_groups(groups: &[(f64, f64, u32)], decimals: usize, f: &str) -> String {
    let parts: Vec<String> =
        groups.iter().map(|(mean, sd, n)| format!("M = {mean:.decimals$}, SD = {sd:.decimals$}, n = {n}")).collect();
    let all: u32 = groups.iter().map(|group| group.2).sum();
    let between = groups.len() - 1;
    let within = all as usize - groups.len();
    format!("Growth differed between soils ({}), F({between}, {within}) = {f}, p < .05.", parts.join("; "))
}

/// The F of one factor between groups with these means, deviations and sizes.
fn f_of(groups: &[(f64, f64, u32)]) -> f64 {
    let all: f64 = groups.iter().map(|group| f64::from(group.2)).sum();
    let mean = groups.iter().map(|(mean, _, n)| mean * f64::from(*n)).sum::<f64>() / all;
    let k = f64::from(u32::try_from(groups.len()).expect("few groups"));
    let between: f64 = groups.iter().map(|(m, _, n)| f64::from(*n) * (m - mean) * (m - mean)).sum();
    let within: f64 = groups.iter().map(|(_, sd, n)| f64::from(n - 1) * sd * sd).sum();
    (between / (k - 1.0)) / (within / (all - k))
}

/// Pearson's χ² of two groups, and that with Yates' correction.
fn chi_squared(events: [u32; 2], sizes: [u32; 2]) -> (f64, f64) {
    let ([a, b], [n, k]) = (events.map(f64::from), sizes.map(f64::from));
    let product = (a * (k - b) - b * (n - a)).abs();
    let of = |distance: f64| (n + k) * distance * distance / (n * k * (a + b) * (n + k - a - b));
    (of(product), of((product - f64::midpoint(n, k)).max(0.0)))
}

/// A row of the table of two groups with its χ².
fn row(label: &str, events: [u32; 2], sizes: [u32; 2], statistic: f64) -> String {
    let share = |at: usize| 100.0 * f64::from(events[at]) / f64::from(sizes[at]);
    let cell = |at: usize| format!("{} ({:.1})", events[at], share(at));
    format!("{label}, n (%) | {} | {} | χ²(1) = {statistic:.2}", cell(0), cell(1))
}

/// The part of a whole by thousandths, at least one and fewer than all.
fn part(whole: u32, share: u32) -> u32 {
    (whole * share / 1000).clamp(1, whole - 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_t_between_groups_follows_and_a_wrong_one_is_flagged(
        means in [2000_u32..9000, 2000_u32..9000], deviations in [500_u32..3000, 500_u32..3000], sizes in [8_u32..120, 8_u32..120],
        welch in any::<bool>(),
    ) {
        let ([m, o], [s, w], [n, k]) = (means.map(thousandths), deviations.map(thousandths), sizes.map(f64::from));
        let pooled = ((n - 1.0) * s * s + (k - 1.0) * w * w) / (n + k - 2.0) * (1.0 / n + 1.0 / k);
        let apart = s * s / n + w * w / k;
        let t = (m - o) / if welch { apart } else { pooled }.sqrt();
        let text = |t: f64| format!(
            "The riders (M = {m:.2}, SD = {s:.2}, n = {}) differed from the walkers (M = {o:.2}, SD = {w:.2}, n = {}), t({}) = {t:.2}, p = .03.",
            sizes[0], sizes[1], sizes[0] + sizes[1] - 2,
        );
        let found = names("ST130", &text(t));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(t));
        // Far from both tests, whichever was made.
        let (one, other) = (((m - o) / pooled.sqrt()).abs(), ((m - o) / apart.sqrt()).abs());
        let wrong = 1.3 * one.max(other) + 1.0;
        prop_assume!(sizes[0] != sizes[1]);
        let found = names("ST130", &text(wrong));
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {}", text(wrong));
    }

    #[test]
    fn a_percentage_of_a_count_follows_and_a_wrong_one_is_flagged(
        whole in 20_u32..900, share in 0.1_f64..0.9, decimals in 0_usize..3, cut in any::<bool>(), by in 3_u32..9,
    ) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a count below 900")]
        let part = (f64::from(whole) * share) as u32;
        let percent = 100.0 * f64::from(part) / f64::from(whole);
        let scale = [1.0, 10.0, 100.0][decimals];
        let printed = if cut { (percent * scale + 1e-9).floor() / scale } else { percent };
        let text = |percent: f64| format!("The test was positive in {part} of {whole} samples ({percent:.decimals$}%).");
        let found = names("SU101", &text(printed));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(printed));
        // A whole number of tens may be rounded to tens.
        let wrong = percent + f64::from(by) + 0.5;
        prop_assume!(decimals > 0);
        let found = names("SU101", &text(wrong));
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {}", text(wrong));
    }

    #[test]
    fn an_f_between_groups_follows_and_one_far_off_is_flagged(
        groups in prop::collection::vec((2000_u32..9000, 500_u32..3000, 8_u32..90), 3..6), decimals in 1_usize..4,
    ) {
        let groups: Vec<(f64, f64, u32)> =
            groups.into_iter().map(|(mean, sd, n)| (thousandths(mean), thousandths(sd), n)).collect();
        let f = f_of(&groups);
        let text = of_groups(&groups, decimals, &format!("{f:.2}"));
        let found = names("ST130", &text);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {text}");
        // Three decimals leave F hardly any room; a coarser print of the same numbers may never be flagged sooner.
        let wrong = format!("{:.2}", 2.0 * f + 9.0);
        let fine = names("ST130", &of_groups(&groups, 3, &wrong));
        prop_assert!(fine.len() == 1 && is_flagged(fine[0]), "{fine:?}");
        let near = format!("{:.2}", 1.1 * f + 0.2);
        let verdicts: Vec<bool> =
            (1..4).map(|decimals| is_flagged(names("ST130", &of_groups(&groups, decimals, &near))[0])).collect();
        prop_assert!(verdicts.is_sorted(), "fewer decimals are flagged sooner: {verdicts:?} {groups:?} {near}");
    }

    #[test]
    fn a_chi_squared_of_counts_follows_and_a_wrong_one_is_the_only_one_flagged(
        sizes in [20_u32..200, 20_u32..200], shares in prop::array::uniform6([50_u32..950, 50_u32..950]), corrected in any::<bool>(),
        at in 0_usize..6,
    ) {
        let events = shares.map(|[of_one, of_other]| [part(sizes[0], of_one), part(sizes[1], of_other)]);
        let table = |wrong: Option<usize>| {
            let rows: Vec<String> = events.iter().enumerate().map(|(at, events)| {
                let (plain, yates) = chi_squared(*events, sizes);
                let statistic = if corrected { yates } else { plain };
                row(&format!("Trait {at}"), *events, sizes, if wrong == Some(at) { 2.0 * plain + 5.0 } else { statistic })
            }).collect();
            let [n, k] = sizes;
            format!("Table 1. Traits by chi-square tests\n\nTrait | Reef (n = {n}) | Lake (n = {k}) | Test\n---\n{}", rows.join("\n"))
        };
        let found = names("ST131", &table(None));
        prop_assert!(found.len() == 6 && found.iter().all(|name| *name == "consistent"), "{found:?} {}", table(None));
        let found = names("ST131", &table(Some(at)));
        let flagged: Vec<usize> = (0..found.len()).filter(|at| is_flagged(found[*at])).collect();
        prop_assert_eq!(flagged, vec![at], "{:?} {}", found, table(Some(at)));
    }

    #[test]
    fn a_t_of_pairs_follows_by_any_habit_and_one_that_no_correlation_gives_is_flagged(
        pairs in prop::collection::vec((1000_u32..9000, 0_u32..2500), 6..40), rise in 1500_u32..4000, decimals in 1_usize..4,
        habit in habit(),
    ) {
        let first: Vec<f64> = pairs.iter().map(|(value, _)| thousandths(*value)).collect();
        let second: Vec<f64> = pairs.iter().map(|(value, by)| thousandths(value + by + rise)).collect();
        let change: Vec<f64> = first.iter().zip(&second).map(|(before, after)| after - before).collect();
        let n = f64::from(u32::try_from(pairs.len()).expect("few pairs"));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
        let deviation = |values: &[f64]| {
            (values.iter().map(|value| (value - mean(values)).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
        };
        let text = |decimals: usize, t: f64| {
            let [m, o] = [mean(&first), mean(&second)].map(|value| print(value, decimals, habit));
            let [s, w] = [deviation(&first), deviation(&second)].map(|value| print(value, decimals, habit));
            format!(
                "Scores rose from the first round (M = {m}, SD = {s}, n = {n}) to the second (M = {o}, SD = {w}, n = {n}), t({}) = {}, p < .05.",
                n - 1.0, print(t, 2, habit),
            )
        };
        let t = mean(&change) / (deviation(&change) / n.sqrt());
        let right = text(decimals, t);
        let found = names("ST130", &right);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {right}");
        // A correlation of −1 gives the least t there is.
        let least = mean(&change) / ((deviation(&first) + deviation(&second)) / n.sqrt());
        let verdicts: Vec<bool> = (1..4).map(|decimals| is_flagged(names("ST130", &text(decimals, least / 3.0))[0])).collect();
        prop_assert!(verdicts.is_sorted(), "fewer decimals are flagged sooner: {verdicts:?} {}", text(3, least / 3.0));
        prop_assert!(verdicts[2], "{}", text(3, least / 3.0));
    }

    #[test]
    fn a_coarser_chi_squared_is_flagged_no_sooner(
        sizes in [20_u32..200, 20_u32..200], shares in [50_u32..950, 50_u32..950], off in 20_u32..300, habit in habit(),
    ) {
        let events = [part(sizes[0], shares[0]), part(sizes[1], shares[1])];
        let wrong = chi_squared(events, sizes).0 * f64::from(off) / 100.0;
        // Five more rows that follow tell what the column holds.
        let table = |decimals: usize| {
            let others = (0..5).map(|at| {
                let events = [part(sizes[0], 300 + 90 * at), part(sizes[1], 700 - 90 * at)];
                row("Another", events, sizes, chi_squared(events, sizes).0)
            });
            let own = row("Trait", events, sizes, 0.0).replace("0.00", &print(wrong, decimals, habit));
            let [n, k] = sizes;
            let rows: Vec<String> = others.chain([own]).collect();
            format!("Table 1. Traits by chi-square tests\n\nTrait | Reef (n = {n}) | Lake (n = {k}) | Test\n---\n{}", rows.join("\n"))
        };
        let verdicts: Vec<bool> =
            (0..4).map(|decimals| names("ST131", &table(decimals)).last().is_some_and(|name| is_flagged(name))).collect();
        prop_assert!(verdicts.is_sorted(), "{verdicts:?} {}", table(2));
    }

    #[test]
    fn a_percentage_with_fewer_decimals_is_flagged_no_sooner(whole in 20_u32..900, share in 10_u32..990, off in -900_i32..900) {
        let percent = 100.0 * f64::from(part(whole, share)) / f64::from(whole) + f64::from(off) / 100.0;
        prop_assume!((1.0..99.0).contains(&percent));
        let verdicts: Vec<bool> = (0..3)
            .map(|decimals| {
                let text = format!("The test was positive in {} of {whole} samples ({percent:.decimals$}%).", part(whole, share));
                names("SU101", &text).first().is_some_and(|name| is_flagged(name))
            })
            .collect();
        prop_assert!(verdicts.is_sorted(), "{verdicts:?} {percent} {whole}");
    }

    #[test]
    fn a_flow_that_adds_up_follows_and_one_counted_twice_is_flagged(women in 1_u32..600, men in 1_u32..600, out in 1_u32..90, off in 1_u32..40) {
        // A part larger than the whole says that the whole is one of other things.
        prop_assume!(off <= men);
        let whole = women + men + out;
        let text = |women: u32, left: u32| format!(
            "Of the {whole} divers screened, {out} were excluded, leaving {left}. We tested {} divers ({women} women, {men} men).",
            whole - out,
        );
        let found = names("SU130", &text(women, whole - out));
        prop_assert_eq!(&found, &["consistent", "consistent"], "{}", text(women, whole - out));
        let found = names("SU130", &text(women + off, whole - out + off));
        prop_assert_eq!(&found, &["error", "error"], "{}", text(women + off, whole - out + off));
    }
}
