//! What holds for every text: no panic, offsets inside it, no overlap, printed numbers read back, linear time.

#[path = "support/plain.rs"]
mod plain;

use std::fmt::Write as _;
use std::time::Instant;

use proptest::prelude::*;
use rederive::arithmetic::rational;
use rederive::document::{TextRange, Variation, VariationCause};
use rederive::extract::{Mentions, extract};

use plain::document;

fn is_sound(found: &Mentions, length: usize) {
    let inside = |range: TextRange| range.start <= range.end && range.end <= length;
    for pair in found.quantities.windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
    }
    for quantity in &found.quantities {
        assert!(inside(quantity.range) && !quantity.range.is_empty());
        assert!(quantity.range.contains(quantity.number), "{quantity:?}");
        assert!(!quantity.readings.is_empty() && quantity.modifier.is_none_or(inside));
        let sentence = &found.sentences[quantity.sentence];
        assert!(sentence.range.contains(quantity.range), "{quantity:?}");
        for choice in quantity.readings.iter().flat_map(|reading| &reading.choices) {
            let variation = &found.variations[choice.variation.0];
            assert!(choice.alternative >= 1 && choice.alternative <= variation.alternatives.len());
        }
    }
    for test in &found.statistics {
        assert!(inside(test.range) && test.range.contains(test.value.range));
        assert!(test.p.as_ref().is_none_or(|p| test.range.contains(p.range)));
    }
    for condition in &found.conditions {
        assert!(inside(condition.range) && inside(condition.reach) && condition.reach.contains(condition.range));
    }
}

/// Pieces that number readers stumble over.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("10"),
        Just("1"),
        Just("."),
        Just(","),
        Just("–"),
        Just("-"),
        Just("−"),
        Just(" "),
        Just("±"),
        Just("×"),
        Just("⁻³"),
        Just("mg"),
        Just("%"),
        Just("("),
        Just(")"),
        Just("["),
        Just("]"),
        Just("t"),
        Just("F"),
        Just("="),
        Just("p"),
        Just("<"),
        Just("000"),
        Just("and"),
        Just("to"),
        Just("χ²"),
        Just("½"),
        Just("million"),
        Just("two"),
        Just("Fig."),
        Just("et al."),
        Just("٣"),
        Just("e"),
        Just("^"),
        Just("/"),
        Just("°C"),
        Just("\u{2009}"),
        Just("one"),
        Just("hundred"),
        Just("N"),
        Just("df"),
        Just("CI"),
        Just("$"),
        Just("between"),
        Just("¼"),
        Just("5"),
        Just("'"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_sound(text in "\\PC{0,120}") {
        is_sound(&extract(&document(&text)), text.chars().count());
    }

    #[test]
    fn texts_of_awkward_pieces_are_sound(text in pieces(), from in 0usize..30, length in 0usize..8, other in pieces()) {
        let count = text.chars().count();
        let mut paper = document(&text);
        let range = TextRange::new(from.min(count), (from + length).min(count));
        paper.variations.push(Variation { range, alternatives: vec![other], cause: VariationCause::JoinedNumber });
        is_sound(&extract(&paper), count);
    }

    #[test]
    fn printed_numbers_read_back(digits in 1u64..10_000_000, decimals in 0usize..4, negative: bool, exponent in -30i32..30) {
        let plain = format!("{:.decimals$}", f64::from(u32::try_from(digits).unwrap_or(1)) / 10f64.powi(i32::try_from(decimals).unwrap_or(0)));
        let sign = if negative { "−" } else { "" };
        let written = if exponent == 0 { format!("{sign}{plain}") } else { format!("{sign}{plain} × 10^{exponent}") };
        let text = format!("The value was {written} kg in all.");
        let found = extract(&document(&text));
        prop_assert_eq!(found.quantities.len(), 1, "{}", text);
        let expected = rational::parse(&format!("{}{plain}e{exponent}", if negative { "-" } else { "" }));
        let printed = found.quantities[0].single().map(rederive::arithmetic::Printed::point);
        prop_assert_eq!(printed, expected, "{}", text);
    }
}

#[test]
fn grouped_numbers_read_back() {
    for value in [1_234_u64, 12_345, 999_999, 1_000_000, 42_000, 123_456_789] {
        for mark in [",", "\u{2009}", "\u{202f}", "'"] {
            let digits = value.to_string();
            let mut written = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    written.push_str(mark);
                }
                written.push(digit);
            }
            let text = format!("It was {written} kg.");
            let found = extract(&document(&text));
            let read = found.quantities.first().and_then(|q| q.single().map(|p| rational::to_text(&p.point())));
            assert_eq!(read, Some(digits), "{text}");
        }
    }
}

/// Twice the text may take somewhat more than twice the time, but not four times: the least of a few runs is compared.
#[test]
fn hostile_repetition_takes_linear_time() {
    let units = [
        "1",
        "1,",
        "1 ",
        "1.",
        "1–",
        "(",
        "((1",
        "1 ± ",
        "10^",
        "Fig. 1, ",
        "t(",
        "F(1, 20) = 5, d = 1, ",
        "a@",
        "1:",
        "10−",
        "one hundred and ",
        "[1, ",
        "% ",
        "mg ",
        "p = ",
        "a ",
        "1 to ",
        "1 and ",
        "10.1/",
        "- ",
        "x2(",
        "https://",
    ];
    for unit in units {
        let time = |count: usize| {
            let mut text = String::new();
            for _ in 0..count {
                let _ = write!(text, "{unit}");
            }
            let paper = document(&text);
            (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let found = extract(&paper);
                    is_sound(&found, text.chars().count());
                    start.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let short = 12_000 / unit.len();
        let (once, more) = (time(short), time(short * 4));
        assert!(more.as_secs_f64() < once.as_secs_f64() * 9.0 + 0.05, "{unit:?}: {once:?} then {more:?}");
    }
}

#[test]
fn a_variation_that_begins_before_a_number_takes_nothing_from_another() {
    let text = "10N٣Ntwo٣1010٣1010¼10⁻³101%10¼^1010";
    let mut paper = document(text);
    let alternatives = vec!["10\u{2009}".to_owned()];
    let range = TextRange::new(21, 28);
    paper.variations.push(Variation { range, alternatives, cause: VariationCause::JoinedNumber });
    is_sound(&extract(&paper), text.chars().count());
}
