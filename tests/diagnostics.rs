//! Diagnostic measures and degrees of freedom over random counts: what is worked out from the counts before it is rounded
//! is never flagged, a number put wrong is, and a coarser number is flagged no sooner than a finer one.

#[path = "support/judged.rs"]
mod judged;

#[path = "support/habits.rs"]
mod habits;

use proptest::prelude::*;

use habits::{Habit, habit, print};
use judged::{is_flagged, names};

/// True positives, false positives, false negatives, true negatives.
fn counts() -> impl Strategy<Value = [u32; 4]> {
    [20_u32..300, 5_u32..80, 5_u32..80, 20_u32..300]
}

/// Sensitivity, specificity, the predictive values and accuracy, in this order.
fn shares(counts: [u32; 4]) -> [f64; 5] {
    let [tp, fp, lost, tn] = counts.map(f64::from);
    [tp / (tp + lost), tn / (tn + fp), tp / (tp + fp), tn / (tn + lost), (tp + tn) / (tp + fp + lost + tn)]
}

/// The sentence of the counts with the five shares in percent.
fn of_counts(counts: [u32; 4], printed: &[String]) -> String {
    let [tp, fp, lost, tn] = counts;
    let [se, sp, ppv, npv, all] = printed else { panic!("five shares") };
    format!(
        "The strip (TP = {tp}, FP = {fp}, FN = {lost}, TN = {tn}) had a sensitivity of {se}%, a specificity of {sp}%, a PPV of {ppv}%, an NPV of {npv}% and an accuracy of {all}%."
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_of_counts_follow_by_any_habit_and_the_wrong_one_is_told(
        counts in counts(), decimals in 1_usize..3, habit in habit(), at in 0_usize..5, by in 2_u32..9,
    ) {
        let mut printed: Vec<String> = shares(counts).iter().map(|share| print(100.0 * share, decimals, habit)).collect();
        let text = of_counts(counts, &printed);
        let found = names("ST140", &text);
        prop_assert!(found.len() == 5 && !found.iter().any(|name| is_flagged(name)), "{found:?} {text}");
        // Beyond every habit, and beyond what one half in each count can move.
        let wrong = 100.0 * shares(counts)[at] - f64::from(by) - 5.0;
        printed[at] = print(wrong, decimals, Habit::Nearest);
        let text = of_counts(counts, &printed);
        let found = names("ST140", &text);
        for (place, name) in found.iter().enumerate() {
            prop_assert_eq!(is_flagged(name), place == at, "{:?} {}", found, text);
        }
    }

    #[test]
    fn measures_of_measures_follow_and_a_wrong_ratio_is_told(se in 500_u32..990, sp in 500_u32..990, decimals in 1_usize..3) {
        let (se, sp) = (f64::from(se) / 1000.0, f64::from(sp) / 1000.0);
        let text = |plus: f64, minus: f64, balanced: f64| format!(
            "The sensitivity was {:.1}%, the specificity was {:.1}%, the LR+ was {plus:.decimals$}, the LR− was {minus:.2} and the balanced accuracy was {:.1}%.",
            100.0 * se, 100.0 * sp, 100.0 * balanced,
        );
        let (plus, minus, balanced) = (se / (1.0 - sp), (1.0 - se) / sp, f64::midpoint(se, sp));
        let right = text(plus, minus, balanced);
        prop_assert_eq!(names("ST140", &right), ["consistent"; 3], "{}", right);
        let wrong = text(1.5 * plus + 0.3, minus, balanced);
        let found = names("ST140", &wrong);
        prop_assert!(is_flagged(found[0]) && found[1..] == ["consistent"; 2], "{found:?} {wrong}");
    }

    #[test]
    fn averages_of_f1_over_classes_are_never_flagged(classes in prop::collection::vec((300_u32..1000, 300_u32..1000), 2..6)) {
        let classes: Vec<(f64, f64)> =
            classes.iter().map(|(p, r)| (f64::from(*p) / 1000.0, f64::from(*r) / 1000.0)).collect();
        let count = f64::from(u8::try_from(classes.len()).expect("few"));
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| classes.iter().map(of).sum::<f64>() / count;
        let (p, r, f) = (mean(&|c| c.0), mean(&|c| c.1), mean(&|c| 2.0 * c.0 * c.1 / (c.0 + c.1)));
        let text = format!("The precision was {p:.3}, the recall was {r:.3} and the F1 was {f:.3}.");
        let found = names("ST140", &text);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {text}");
    }

    #[test]
    fn a_coarser_ratio_is_flagged_no_sooner(se in 500_u32..990, sp in 500_u32..990, plus in 110_u32..2000) {
        let text = |decimals: usize| format!(
            "The sensitivity was {:.1}%, the specificity was {:.1}% and the LR+ was {:.decimals$}.",
            f64::from(se) / 10.0, f64::from(sp) / 10.0, f64::from(plus) / 100.0,
        );
        if !is_flagged(names("ST140", &text(2))[0]) {
            for decimals in [1, 0] {
                prop_assert!(!is_flagged(names("ST140", &text(decimals))[0]), "{}", text(decimals));
            }
        }
    }

    #[test]
    fn degrees_of_freedom_of_designs_follow_and_those_of_more_cases_are_told(
        groups in 2_u32..6, each in 5_u32..60, missing in 0_u32..4, more in 1_u32..300, first in 6_u32..90, second in 6_u32..90,
        rows in 2_u32..6, columns in 2_u32..6,
    ) {
        let n = groups * each;
        let one_way = |df: u32| format!("In a one-way ANOVA the boats differed, F({}, {df}) = 3.10, p = .03, N = {n}.", groups - 1);
        prop_assert_eq!(names("ST121", &one_way(n - groups - missing)), ["consistent"]);
        prop_assert_eq!(names("ST121", &one_way(n - groups + more)), ["warning"]);
        let of_two = |df: u32| format!("The riders (n = {first}) beat the walkers (n = {second}), t({df}) = 2.20, p = .03.");
        prop_assert_eq!(names("ST121", &of_two(first + second - 2 - missing)), ["consistent"]);
        prop_assert_eq!(names("ST121", &of_two(first + second - 1 + more)), ["warning"]);
        let crossed = |df: u32| format!("In the {rows} × {columns} table the counts differed, χ²({df}) = 9.10, p = .03.");
        let df = (rows - 1) * (columns - 1);
        prop_assert_eq!(names("ST121", &crossed(df)), ["consistent"]);
        prop_assert_eq!(names("ST121", &crossed(df + more)), ["warning"]);
    }
}
