//! Results that are printed twice, over random numbers: the rules of repeats see them as one, and see the one that slips.

#[path = "support/outcomes.rs"]
mod outcomes;

#[path = "support/slips.rs"]
mod slips;

use outcomes::Judged;
use proptest::prelude::*;
use rederive::document::Document;
use rederive::extract::extract;
use rederive::rules;
use slips::swapped;

const CASES: u32 = 200;

/// A difference with its interval and p-value, as numbers of hundredths and thousandths.
#[derive(Clone, Debug)]
struct Result {
    value: u32,
    below: u32,
    above: u32,
    p: u32,
}

fn result() -> impl Strategy<Value = Result> {
    (1_000_u32..9_000, 100_u32..900, 100_u32..900, 11_u32..999).prop_map(|(value, below, above, p)| Result {
        value,
        below,
        above,
        p,
    })
}

fn hundredths(number: u32) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Result {
    fn printed(&self, value: &str) -> String {
        let (low, high) = (hundredths(self.value - self.below), hundredths(self.value + self.above));
        format!("the mean difference was {value} (95% CI {low} to {high}; p = 0.{:03})", self.p)
    }
}

/// A paper whose abstract and results print these values.
fn paper(result: &Result, in_abstract: &str, in_results: &str) -> Document {
    let text = format!(
        "Abstract\n\nIn barley grown on chalk {}.\n\nIntroduction\n\nWe asked how barley grows.\n\nResults\n\nOf the barley \
         grown on chalk we saw that {}.\n",
        result.printed(in_abstract),
        result.printed(in_results)
    );
    outcomes::document(&text)
}

fn judged(document: &Document) -> Vec<Judged> {
    outcomes::judge(rules::by_code("XC101").expect("the rule"), document)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn what_is_printed_alike_is_consistent(result in result()) {
        let value = hundredths(result.value);
        let found = judged(&paper(&result, &value, &value));
        prop_assert!(found.len() >= 4, "{} claims", found.len());
        prop_assert!(found.iter().all(|judged| judged.name() == "consistent"));
    }

    #[test]
    fn a_rounded_value_is_consistent(result in result()) {
        let rounded = (result.value + 5) / 10;
        let rounded = format!("{}.{}", rounded / 10, rounded % 10);
        let found = judged(&paper(&result, &rounded, &hundredths(result.value)));
        prop_assert!(found.iter().all(|judged| judged.name() == "consistent"));
    }

    #[test]
    fn two_swapped_digits_are_the_one_finding(result in result(), at in 0_usize..3) {
        let value = hundredths(result.value);
        let other = swapped(&value, at).filter(|other| *other != value && !(at == 0 && other.starts_with('0')));
        if let Some(other) = other {
            let found = judged(&paper(&result, &value, &other));
            let names: Vec<&str> = found.iter().map(Judged::name).collect();
            // In the last place a swap can be as small as a habit of rounding.
            prop_assert!(names == ["error"] || names == ["note"], "{value} {other}: {names:?}");
            prop_assert!(found[0].message.contains(&value) && found[0].message.contains(&other));
        }
    }

    #[test]
    fn subjects_are_the_same_for_the_same_paper(result in result()) {
        let value = hundredths(result.value);
        let document = paper(&result, &value, &value);
        prop_assert_eq!(extract(&document).subjects, extract(&document).subjects);
    }
}
