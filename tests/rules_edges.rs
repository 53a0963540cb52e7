//! What a rule says where the usual words do not fit, and passages made to mislead its patterns.

#[path = "support/outcomes.rs"]
mod outcomes;

use outcomes::{Judged, document, judge};
use rederive::rules;

/// All that a rule says about a text.
fn judged(code: &str, text: &str) -> Vec<Judged> {
    let rule = rules::by_code(code).unwrap_or_else(|| panic!("there is no {code}"));
    judge(rule, &document(text))
}

/// The outcome and the message of the one proposal.
fn only(code: &str, text: &str) -> (&'static str, String) {
    let judged = judged(code, text);
    let [one] = judged.as_slice() else { panic!("{code} has {} proposals for {text}", judged.len()) };
    (one.name(), one.message.clone())
}

#[test]
fn a_bracket_may_hold_a_p_value_or_an_interval_behind_the_percentage() {
    for bracket in [
        "91%, p = 0.03",
        "91%, P = 0.03",
        "91%; P < 0.05",
        "91%, 95% CI 80 to 97",
        "91%, 95% confidence interval 80–97",
    ] {
        let text = format!("The test was positive in 42 of 46 samples ({bracket}).");
        assert_eq!(only("SU101", &text).0, "consistent", "{text}");
        let text = text.replace("91%", "95%").replace("95% C", "90% C").replace("95% c", "90% c");
        assert_eq!(only("SU101", &text).0, "error", "{text}");
    }
    // A second plain number may be another percentage of another whole.
    assert!(judged("SU101", "The test was positive in 42 of 46 samples (95%, 33).").is_empty());
}

#[test]
fn what_looks_like_a_placeholder_is_no_quantity() {
    for impostor in ["\u{f0000}", "\u{f0001}", "\u{ffffc}"] {
        let text = format!("Of the samples, {impostor} of 46 (93%) were clear, and 42 of {impostor} (93%) were not.");
        assert!(judged("SU101", &text).is_empty(), "{text}");
        // Beside a real passage it changes nothing.
        let text = format!("Of the {impostor} samples, 42 of 46 (93%) were clear.");
        assert_eq!(only("SU101", &text).0, "error", "{text}");
    }
}

#[test]
fn letters_of_several_bytes_around_a_passage_change_nothing() {
    for pad in 0..4 {
        let before = "x".repeat(pad) + &"µé–漢".repeat(80);
        let text = format!("{before} was clear in 42 of 46 (93%, p = 0.03, {before}) samples, {before}.");
        assert_eq!(only("SU101", &text).0, "error", "{pad}");
        let text = format!("{before}: 12 × 5.0 mg = 91.0 mg {before}.");
        assert_eq!(only("EQ101", &text).0, "error", "{pad}");
    }
}

#[test]
fn a_quotient_by_what_may_be_zero_has_no_bound_and_no_unit() {
    let (name, message) = only("EQ101", "The rate was 5 mg / 0 h = 3 mg/h.");
    assert_eq!((name, message.as_str()), ("error", "5 mg ÷ 0 h gives a value without bound, not 3 mg/h"));
}

#[test]
fn sums_of_temperatures_and_of_unlike_things_are_undecided() {
    for text in ["It was 10 °C + 5 °C = 15 °C.", "The sum of 3 kg and 4 s is 7 kg."] {
        let (name, message) = only("EQ101", text);
        assert_eq!(name, "undecided", "{text}");
        assert!(message.contains("do not balance"), "{message}");
    }
    assert_eq!(only("EQ101", "It was 20 °C + 5 K = 25 °C.").0, "consistent");
}

#[test]
fn a_p_value_below_zero_or_of_a_bound_is_undecided() {
    let (name, message) = only("ST101", "It grew, t(28) = 2.20, p < 0.000.");
    assert_eq!(name, "undecided");
    assert!(message.contains("below the smallest that is printed"), "{message}");
    let (name, message) = only("ST101", "It grew, t(28) > 2.20, p = .20.");
    assert_eq!(name, "undecided");
    assert!(message.contains("printed as a bound"), "{message}");
}

#[test]
fn a_formula_of_too_many_parts_is_left_alone() {
    let long = vec!["2"; 200].join(" × ");
    assert!(judged("EQ101", &format!("It was {long} = 5 mg.")).is_empty());
    assert!(judged("EQ101", &format!("It was 5 mg = {long}.")).is_empty());
}
