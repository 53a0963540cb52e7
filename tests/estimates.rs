//! Estimates with what belongs to them: how they are found, and that numbers which follow are never flagged.

#[path = "support/outcomes.rs"]
mod outcomes;

use proptest::prelude::*;
use rederive::arithmetic::functions::{Precision, find};
use rederive::arithmetic::rational::{self, Rational, whole};
use rederive::arithmetic::{RealSet, Value};
use rederive::extract::{ConditionKind, Estimate, Measure, Mentions, Reported, extract};
use rederive::rules;

fn mentions(text: &str) -> Mentions {
    extract(&outcomes::document(text))
}

fn number(reported: Option<&Reported>) -> String {
    reported.map_or_else(String::new, |reported| {
        let texts = reported.readings.iter().map(|(_, _, printed)| rational::to_text(&printed.point()));
        texts.collect::<Vec<_>>().join("|")
    })
}

/// The estimate, the bounds, the level, the standard error, the statistic and p of one estimate, as a line.
fn line(estimate: &Estimate) -> String {
    let interval = estimate.interval.as_ref();
    let parts = [
        number(estimate.value.as_ref()),
        number(interval.map(|interval| &interval.low)),
        number(interval.map(|interval| &interval.high)),
        number(interval.and_then(|interval| interval.level.as_ref())),
        number(estimate.standard_error.as_ref()),
        number(estimate.test.as_ref().map(|test| &test.value)),
        number(estimate.p.as_ref()),
    ];
    parts
        .map(|part| if part.is_empty() { "_".to_owned() } else { part })
        .join(" ")
        .trim_end_matches([' ', '_'])
        .to_owned()
}

#[test]
fn intervals_are_found_in_every_printed_form() {
    for (text, expected) in [
        ("Smoking mattered (OR 1.48 (95% CI 1.10–1.92)).", "1.48 1.1 1.92 95"),
        ("Smoking mattered (HR = 0.72; 95% CI: 0.55, 0.94; p = 0.015).", "0.72 0.55 0.94 95 _ _ 0.015"),
        ("Smoking mattered (OR = 1.4, CI95% = [1.1, 1.9]).", "1.4 1.1 1.9 95"),
        ("Smoking mattered (OR = 1.4, 95 % confidence interval (CI) = 1.1 to 1.9).", "1.4 1.1 1.9 95"),
        ("Smoking mattered (aOR: 2.5 [95% CI, 1.1; 6.0]).", "2.5 1.1 6 95"),
        ("The hazard ratio was 2.61 (90% CI, 1.67 to 4.07, P < 0.001).", "2.61 1.67 4.07 90 _ _ 0.001"),
        (
            "Age mattered, b = -0.13, 95% CI = [-0.23, -0.04], t(74) = 2.68, p = .009.",
            "-0.13 -0.23 -0.04 95 _ 2.68 0.009",
        ),
        (
            "Age mattered, b = 0.35, SE = 0.10, z = 3.5, p < .001, CI.95 = [0.15, 0.55].",
            "0.35 0.15 0.55 95 0.1 3.5 0.001",
        ),
        ("The term mattered, b time:game = 0.25, SE = 0.11, p = .03.", "0.25 _ _ _ 0.11 _ 0.03"),
        ("The mean difference was 3.4 mmHg (95% CI 1.2 to 5.6).", "3.4 1.2 5.6 95"),
        ("Smoking mattered (OR 1,48; 95% CI 1,10–1,92).", "1.48 1.1 1.92 95"),
        ("Sales were 3.8 times greater (95% CI: 2.05–7.03).", "3.8 2.05 7.03 95"),
        ("Accuracy was 56.3% (95% CI = [54.4, 58.3]).", "56.3 54.4 58.3 95"),
        (
            "The share mattered, F(1, 15) = 29.23, p < .001, η p 2 = .66, 95% CI = [.29, .79].",
            "0.66 0.29 0.79 95 _ _ 0.001",
        ),
        ("They differed, χ²(2) = 9.1, p = .010, Cramér’s V = .21, 95% CI [.07, .34].", "0.21 0.07 0.34 95"),
        ("They spent more, 95% confidence interval, or CI = [$6,014, $6,848].", "_ 6014|6.014 6848|6.848 95"),
        ("The gain was b = $12, 95% CI = [$-4.7, $28.3].", "12 -4.7 28.3 95"),
        ("The pace was M = 0.052 log10 (RT/s), 95% CI = [0.035, 0.070].", "0.052 0.035 0.07 95"),
        ("The bone lost -0.04 g/cm2 (95% CI −0.06, −0.02).", "-0.04 -0.06 -0.02 95"),
        // A dash before a number may be its sign.
        ("Age mattered, b = 0.25, 95% CI −0.3–0.8.", "0.25 -0.3 0.8|-0.8 95"),
        ("Smoking mattered (OR 1.38, 95% CI 1.16 to −1.65).", "1.38 1.16 1.65 95"),
        ("Age mattered, b = 1.38, 95% CI 1.16 to −1.65.", "1.38 1.16 -1.65|1.65 95"),
        // Some fonts give the minus sign the code of the digit 2.
        ("Age mattered, b = 0.25, 95% CI [20.30, 0.80].", "0.25 20.3|-0.3 0.8 95"),
    ] {
        let found = mentions(text).estimates;
        let lines: Vec<String> = found.iter().map(line).collect();
        assert_eq!(lines, [expected], "{text}");
    }
}

#[test]
fn a_name_that_is_not_known_has_an_interval_where_it_can_have_one() {
    for (text, expected) in [
        ("Feelings spread (ϕ = 0.57, 95% CI = [0.418, 0.716], p < .001).", "0.57 0.418 0.716 95 _ _ 0.001"),
        ("The path held, ADE = 0.022, 95% CI = [0.011, 0.030].", "0.022 0.011 0.03 95"),
        (
            "Ranks agreed (rank-biserial correlation [r] = .684, 95% confidence interval [CI] = [.40, .85]).",
            "0.684 0.4 0.85 95",
        ),
        ("By terms: age-estimate = 0.012, 95% CI = [−0.011, 0.037].", "0.012 -0.011 0.037 95"),
        // What has no interval of its own leaves it to something before.
        ("They bent, SD = 2.65, 95% CI = [−2.9, −0.5].", "_ -2.9 -0.5 95"),
        ("They bent, BF10 = 3.20, 95% CI = [−2.9, −0.5].", "_ -2.9 -0.5 95"),
        ("They bent, t(28) = 2.20, 95% CI = [0.2, 2.9].", "_ 0.2 2.9 95"),
    ] {
        let found = mentions(text).estimates;
        let lines: Vec<String> = found.iter().filter(|one| one.interval.is_some()).map(line).collect();
        assert_eq!(lines, [expected], "{text}");
    }
}

#[test]
fn bare_brackets_are_intervals_once_one_is_announced() {
    let found = mentions("The aOR was 2.5 [95% CI 1.1–6.0] and the OR 2.4 [1.6–3.9] later.").estimates;
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["2.5 1.1 6 95", "2.4 1.6 3.9"]);
    assert!(mentions("The aOR was 2.5 [1.1–6.0].").estimates.is_empty());
}

#[test]
fn two_lists_of_the_same_length_are_zipped() {
    for (text, expected) in [
        (
            "The odds ratios were 1.45 and 2.10 (95% CIs 1.10–1.92 and 1.50–2.90, respectively).",
            vec!["1.45 1.1 1.92 95", "2.1 1.5 2.9"],
        ),
        (
            "Odds ratios of 1.45, 2.10 and 3.30 (95% CI 1.10 to 1.92, 1.50 to 2.90, and 2.00 to 5.10) were found.",
            vec!["1.45 1.1 1.92 95", "2.1 1.5 2.9", "3.3 2 5.1"],
        ),
        (
            "Rates were 12.5% and 14.1%, 95% CI [10.2, 14.9] and 95% CI [12.0, 16.5], respectively.",
            vec!["12.5 10.2 14.9 95", "14.1 12 16.5 95"],
        ),
    ] {
        let found = mentions(text).estimates;
        assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_to_belong_together_stays_apart() {
    for text in [
        // Three values and two intervals, and two lists that nothing names.
        "The odds ratios were 1.45, 1.60 and 2.10 (95% CIs 1.10–1.92 and 1.50–2.90, respectively).",
        "Spoons weighed 1.45 and 2.10 (95% CIs 1.10–1.92 and 1.50–2.90).",
        "Speed was 5.1 (M = 4.1, SD = 2.65), 95% CI = [-2.9, -0.5].",
    ] {
        let bound = mentions(text).estimates;
        assert!(
            bound.iter().all(|estimate| estimate.value.is_none() || estimate.interval.is_none()),
            "{text}: {bound:?}"
        );
    }
    // The interval is that of the last name before it.
    let found = mentions("Age mattered, b = 0.35, R² = .20, 95% CI [.10, .30].").estimates;
    assert_eq!(found.iter().map(|estimate| estimate.measure).collect::<Vec<_>>(), [Measure::ExplainedVariance]);
}

#[test]
fn rows_of_tables_give_estimates_by_their_headings() {
    let text =
        "Table 1. Odds.\n\nFactor | OR (95% CI) | p\n---\nRope | 1.48 (1.10–1.92) | .009\nTar | 2.5 [1.1, 6.0]* | .03";
    let lines: Vec<String> = mentions(text).estimates.iter().map(line).collect();
    assert_eq!(lines, ["1.48 1.1 1.92 95 _ _ 0.009", "2.5 1.1 6 95 _ _ 0.03"]);
    let text = "Table 1. Coefficients.\n\nTerm | B (SE) | t | p\n---\nRope | 0.45 (0.10) | 4.50 | <.001";
    let found = mentions(text).estimates;
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["0.45 _ _ _ 0.1 4.5 0.001"]);
    assert_eq!(found[0].measure, Measure::Coefficient);
    let text = "Table 1. Sizes.\n\nScale | p | d [95% CI]\n---\nRope | .11 | 0.23 [-0.05, 0.51]";
    let found = mentions(text).estimates;
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["0.23 -0.05 0.51 95 _ _ 0.11"]);
    assert_eq!(found[0].measure, Measure::StandardisedDifference);
    // The next t is that of the next effect size.
    let text = "Table 1. Sizes.\n\nScale | t | p | d | 95% CI | t | p | d | 95% CI\n---\n\
                Rope | 2.1 | .04 | 0.4 | [0.1, 0.7] | 1.2 | .24 | 0.2 | [-0.1, 0.5]";
    let lines: Vec<String> = mentions(text).estimates.iter().map(line).collect();
    assert_eq!(lines, ["0.4 0.1 0.7 95 _ _ 0.04", "0.2 -0.1 0.5 95 _ _ 0.24"]);
    let text = "Table 1. Bones.\n\nPlace | β(SD) (95% CI) | p\n---\nHip | 0.13 (−0.01, 0.26) | .063";
    assert_eq!(mentions(text).estimates.iter().map(line).collect::<Vec<_>>(), ["0.13 -0.01 0.26 95 _ _ 0.063"]);
    let text = "Table 1. Slopes.\n\nTerm | b | SE(HC3) | t | p\n---\nRope | 0.45 | 0.10 | 4.50 | <.001";
    assert_eq!(mentions(text).estimates.iter().map(line).collect::<Vec<_>>(), ["0.45 _ _ _ 0.1 4.5 0.001"]);
    let text = "Table 1. Moods.\n\nMood | M | SD | 95% CI\n---\nCalm | 3.44 ab | 0.87 | [3.39, 3.50]\n\nNote: Means with the same letter do not differ.";
    let found = mentions(text).estimates;
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["3.44 3.39 3.5 95"]);
    assert_eq!((found[0].measure, number(found[0].deviation.as_ref())), (Measure::Mean, "0.87".to_owned()));
    // Of two means with one interval it may be that of their difference.
    let text =
        "Table 1. Moods.\n\nMood | M | SD | M | SD | 95% CI\n---\nCalm | 2.44 | 0.87 | 2.61 | 0.80 | [-0.06, 0.40]";
    assert!(mentions(text).estimates.is_empty());
    let text = "Table 1. Two models.\n\nTerm | OR | OR (95% CI) | 95% CI\n---\nRope | 1.2 | 1.48 (1.10–1.92) | 1.1–1.9";
    assert!(mentions(text).estimates.len() <= 1);
}

#[test]
fn letters_of_groups_are_no_part_of_a_mean() {
    // They need no word about them where nearly all cells have some and no letter is left out.
    let moods = [
        "Calm | 3.44 a | 0.87 | [3.39, 3.50]",
        "Quiet | 3.43 ab | 0.87 | [3.38, 3.49]",
        "Keen | 2.40 b | 0.93 | [2.35, 2.46]",
        "Sad | 2.28 c | 0.83 | [2.23, 2.33]",
        "Shy | 2.15 c | 0.94 | [2.09, 2.21]",
    ];
    let text = format!("Table 1. Moods.\n\nMood | M | SD | 95% CI\n---\n{}", moods.join("\n"));
    assert_eq!(mentions(&text).estimates.len(), 5);
    // Without an a the letters may be units.
    let text = text.replace(" a |", " |").replace(" ab |", " b |");
    assert_eq!(mentions(&text).estimates.iter().map(line).collect::<Vec<_>>(), ["3.44 3.39 3.5 95"]);
}

#[test]
fn conditions_of_intervals_and_estimates_are_found_with_their_reach() {
    use ConditionKind::{
        Adjusted, Alpha, Imputed, OneSidedInterval, OtherInterval, RobustErrors, Standardised, Weighted,
    };
    for (words, kind) in [
        ("We report bias-corrected bootstrap intervals.", OtherInterval),
        ("The 95% credible interval was [0.1, 0.4].", OtherInterval),
        ("Profile likelihood confidence intervals are given.", OtherInterval),
        ("Exact binomial confidence intervals are given.", OtherInterval),
        ("A one-sided 95% CI was used.", OneSidedInterval),
        ("Estimates were adjusted for age.", Adjusted),
        ("Standardized coefficients are shown.", Standardised),
        ("We used multiple imputation.", Imputed),
        ("Inverse-probability weights were used.", Weighted),
        ("Cluster-robust standard errors were used.", RobustErrors),
        ("The significance level was set to .01.", Alpha),
    ] {
        let found = mentions(words).conditions;
        assert!(found.iter().any(|condition| condition.kind == kind), "{words}: {found:?}");
    }
    let plain = "Unstandardized coefficients are shown. The significance level was .05. The groups were exact copies.";
    let kinds: Vec<_> = mentions(plain).conditions.iter().map(|condition| condition.kind).collect();
    assert_eq!(kinds, [Alpha]);
    // A sentence about intervals in general holds for the paper, one with an interval of its own for its paragraph.
    let reach = |text: &str| mentions(text).conditions.iter().find(|c| c.kind == OtherInterval).map(|c| c.reach.len());
    let (general, own) = (
        "We computed bootstrap confidence intervals.\n\nAge mattered, b = 0.3.",
        "The bootstrap gave b = 0.3, 95% CI [0.1, 0.5].\n\nAge mattered, b = 0.3.",
    );
    assert!(reach(general).is_some_and(|reach| reach > 60) && reach(own).is_some_and(|reach| reach < 60));
}

/// A value rounded to so many decimals, as printed.
fn printed(value: &Rational, decimals: i32) -> String {
    let unit = rational::power_of_ten(-decimals);
    let steps = (value / &unit).round();
    let text = rational::to_text(&(steps * unit));
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{integer}.{fraction:0<width$}", width = usize::try_from(decimals).expect("a few"))
}

/// A function of the registry at a point, as the middle of its enclosure.
fn at(function: &str, value: &Rational) -> Rational {
    let argument = Value::number(RealSet::point(value.clone()));
    let set = find(function).expect(function).apply(&[argument], Precision::Tight).expect("in its domain").set;
    set.hull().and_then(|hull| hull.midpoint()).expect("bounded")
}

/// The codes, names and messages of all outcomes of the four rules over a text.
fn outcomes_of(text: &str) -> Vec<(&'static str, &'static str, String)> {
    let document = outcomes::document(text);
    let mut found = Vec::new();
    for code in ["ST103", "ST110", "ST111", "ST112"] {
        let rule = rules::by_code(code).expect(code);
        found.extend(outcomes::judge(rule, &document).into_iter().map(|judged| {
            let name = judged.name();
            (code, name, judged.message)
        }));
    }
    found
}

fn is_finding(outcome: &(&str, &str, String)) -> bool {
    matches!(outcome.1, "error" | "warning" | "note")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Numbers that follow from one another and are rounded in the usual way are never flagged, on either scale.
    #[test]
    fn what_follows_is_never_flagged(effect in -300_i64..300, error in 5_i64..150, decimals in 2_i32..4) {
        let (effect, error) = (rational::ratio(effect, 100), rational::ratio(error, 100));
        let reach = &error * rational::ratio(1_959_964, 1_000_000);
        let p = at("p_z", &(&effect / &error));
        let p = if p < rational::ratio(1, 1000) { "p < .001".to_owned() } else { format!("p = {}", printed(&p, 3)) };
        let (low, high) = (&effect - &reach, &effect + &reach);
        let linear = format!(
            "Age mattered, b = {}, SE = {}, z = {}, {p}, 95% CI [{}, {}].",
            printed(&effect, decimals), printed(&error, decimals), printed(&(&effect / &error), 2),
            printed(&low, decimals), printed(&high, decimals),
        );
        let found = outcomes_of(&linear);
        prop_assert!(!found.iter().any(is_finding), "{linear}: {found:?}");
        prop_assert!(found.len() >= 4, "{linear}: {found:?}");
        let ratio = format!(
            "Smoking mattered (OR {}, 95% CI {}–{}; {p}).",
            printed(&at("exp", &effect), decimals), printed(&at("exp", &low), decimals), printed(&at("exp", &high), decimals),
        );
        let found = outcomes_of(&ratio);
        prop_assert!(!found.iter().any(is_finding), "{ratio}: {found:?}");
    }

    /// An estimate well outside its interval, and a p-value on the wrong side of a clear interval, are always found.
    #[test]
    fn what_contradicts_is_found(low in 20_i64..200, length in 30_i64..200) {
        let (low, high) = (rational::ratio(low, 100), rational::ratio(low + length, 100));
        let outside = &high + (&high - &low);
        let text = format!("Age mattered, b = {}, 95% CI [{}, {}].", printed(&outside, 2), printed(&low, 2), printed(&high, 2));
        let found = outcomes_of(&text);
        let is_error = |outcome: &(&str, &str, String)| outcome.0 == "ST103" && outcome.1 == "error";
        prop_assert!(found.iter().any(is_error), "{text}: {found:?}");
        let middle = (&low + &high) / whole(2);
        let (low, high) = (&middle - (&high - &low) * whole(2), &middle + (&high - &low) * whole(2));
        prop_assume!(low < rational::ratio(-1, 2) * &middle);
        let text = format!(
            "Age mattered, b = {}, 95% CI [{}, {}], p < .001.", printed(&middle, 2), printed(&low, 2), printed(&high, 2)
        );
        let found = outcomes_of(&text);
        prop_assert!(found.iter().any(|outcome| outcome.0 == "ST110" && outcome.1 == "warning"), "{text}: {found:?}");
    }

    /// Any text of these pieces is read without a panic, and what is found lies inside it.
    #[test]
    fn every_range_lies_inside_the_text(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        prop_assume!(!text.trim().is_empty());
        let found = mentions(&text);
        let length = outcomes::document(&text).text.chars().count();
        for estimate in &found.estimates {
            prop_assert!(estimate.range.start <= estimate.range.end && estimate.range.end <= length);
            if let Some(interval) = &estimate.interval {
                prop_assert!(estimate.range.contains(interval.low.range) && estimate.range.contains(interval.high.range));
            }
        }
        outcomes_of(&text);
    }
}

/// Pieces that readers of intervals stumble over.
const PIECES: &[&str] = &[
    "OR",
    "HR ",
    "b",
    "β",
    "M",
    " = ",
    "=",
    "1.48",
    "0.72",
    "-",
    "–",
    "−",
    "95% CI",
    "CI",
    "CI95%",
    "[",
    "]",
    "(",
    ")",
    ", ",
    ",",
    "; ",
    " to ",
    "SE",
    "SD",
    "p",
    " < .001",
    ".",
    "t(20)",
    "z",
    "%",
    " and ",
    "2.30",
    "2",
    " respectively",
    "\n\n",
    "e-5",
    "× 10",
    " 95%",
    " confidence interval",
    "bootstrap ",
    "χ²",
    "n",
    "ns",
    "\u{2009}",
];
