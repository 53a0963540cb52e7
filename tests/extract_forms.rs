//! Less usual ways to print a number, a pair of numbers, a unit or a test result, each against what a reader takes it for.

#[path = "support/plain.rs"]
mod plain;

use rederive::arithmetic::units::{self, Unit};
use rederive::arithmetic::{Printed, rational};
use rederive::document::TextRange;
use rederive::extract::{Amount, Comparator, Mentions, Quantity, QuantityReading, extract};
use rederive::read::{ReadLimits, read};

fn mentions(text: &str) -> Mentions {
    extract(&plain::document(text))
}

fn value(printed: &Printed) -> String {
    rational::to_text(&printed.point())
}

fn reading(reading: &QuantityReading) -> String {
    let number = match &reading.amount {
        Amount::Single(one) => value(one),
        Amount::Range(low, high) => format!("{}..{}", value(low), value(high)),
        Amount::PlusMinus(one, spread) => format!("{}±{}", value(one), value(spread)),
    };
    reading.unit.as_ref().map_or(number.clone(), |unit| format!("{number} {}", unit.unit.text))
}

/// The quantities of a text, each with all its readings.
fn readings(text: &str) -> Vec<String> {
    let all = |quantity: &Quantity| quantity.readings.iter().map(reading).collect::<Vec<_>>().join(" | ");
    mentions(text).quantities.iter().map(all).collect()
}

#[test]
fn powers_of_ten_in_every_style() {
    for (text, expected) in [
        ("It was 5 × 10⁺³ mg.", "5000 mg"),
        ("It was 3 × 10⁸ cells.", "300000000 cells"),
        ("It was 3 × 10⁷ cells.", "30000000 cells"),
        ("It was 10⁹ cells.", "1000000000 cells"),
        ("It was 5 × 10⁰ mg.", "5 mg"),
        ("It was 5 × 10^{-5} mg.", "0.00005 mg"),
        ("It was 5 × 10^(-4) mg.", "0.0005 mg"),
        ("It was 5 × 10**3 mg.", "5000 mg"),
        ("It was 5 × 10^+3 mg.", "5000 mg"),
    ] {
        assert_eq!(readings(text), [expected], "{text}");
    }
}

#[test]
fn marks_behind_a_unit_are_no_exponents() {
    for (text, expected) in [
        ("It lasted for a 24-hour¹ period.", "24 hour"),
        ("They weighed 62 kg¹ or less.", "62 kg"),
        ("They weighed 62 kg²,³ or less.", "62 kg"),
        ("They covered 62 m² or less.", "62 m²"),
        ("They ran 62 m s⁻¹ or less.", "62 m s⁻¹"),
        ("They ran 62 m¹ s⁻¹ or less.", "62 m¹ s⁻¹"),
        ("They held 62 mol m⁻³, by now.", "62 mol m⁻³"),
    ] {
        assert_eq!(readings(text), [expected], "{text}");
    }
}

#[test]
fn fractions_stand_behind_whole_numbers_only() {
    for (text, expected) in [
        ("It was 2⅛ h.", "2.125 h"),
        ("It was 3⅜ h.", "3.375 h"),
        ("It was 1⅝ h.", "1.625 h"),
        ("It was 1⅞ h.", "1.875 h"),
        ("It was ¼ h.", "0.25 h"),
    ] {
        assert_eq!(readings(text), [expected], "{text}");
    }
    // Nobody can say what "2.5½" is; it is not half an hour.
    assert!(!readings("It was 2.5½ h.").iter().any(|reading| reading.starts_with("0.5")));
}

#[test]
fn a_scale_letter_belongs_to_the_characters_of_the_number() {
    let found = mentions("We counted 10k steps and 5k/day of the kind 3k2.");
    let [steps] = found.quantities.as_slice() else { panic!("{:?}", found.quantities) };
    let Amount::Single(printed) = &steps.readings[0].amount else { panic!("{steps:?}") };
    assert_eq!((value(printed).as_str(), printed.text.as_str()), ("10000", "10k"));
}

#[test]
fn several_groups_of_three_are_read_by_the_marks_of_the_document() {
    let text = |number: &str, others: &str| readings(&format!("Es waren {number} mg und {others}.")).remove(0);
    assert_eq!(text("1.234.567", "0,5 mg und 2,5 mg"), "1234567 mg");
    assert_eq!(text("1,234,567", "0.5 mg und 2.5 mg"), "1234567 mg");
    // Among decimal points it is a version or a label, as are all others with several points.
    assert_eq!(text("1.234.567", "0.5 mg und 2.5 mg"), "0.5 mg");
    for version in ["1.2.3", "10.15.7", "1.234.56", "192.168.1.100", "1.2345.678", "2014.100.200", "0.123.456"] {
        assert_eq!(text(version, "0,5 mg und 2,5 mg"), "0.5 mg", "{version}");
    }
}

#[test]
fn one_mark_may_group_or_part_decimals() {
    let mixed = "and 0.5 mg and 0,5 mg and 1.5 s and 2,7 s";
    for (number, expected) in [("1,234", "1234 mg | 1.234 mg"), ("1.234", "1.234 mg | 1234 mg")] {
        assert_eq!(readings(&format!("It was {number} mg {mixed}."))[0], expected);
    }
    // Where commas group, a space between digits hardly does; a group that starts with nought is no number of its own.
    let commas = "and 1,234 mg and 2,345.5 mg";
    assert_eq!(readings(&format!("It was 12 345 mg {commas}."))[0], "345 mg | 12345 mg");
    assert_eq!(readings(&format!("It was 12 045 mg {commas}."))[0], "12045 mg");
}

#[test]
fn a_number_of_hundreds_of_digits_is_an_identifier() {
    let digits = "7".repeat(200);
    let groups = vec!["777"; 60].join(",");
    for number in [digits, groups] {
        let found = readings(&format!("The key was {number} mg."));
        assert!(found.iter().all(|reading| reading.len() < 70), "{found:?}");
    }
}

#[test]
fn a_value_with_its_spread() {
    for (text, expected) in [
        ("It was 3.4 +/- 0.2 mg.", &["3.4±0.2 mg"][..]),
        ("It was 3.4 +/− 0.2 mg.", &["3.4±0.2 mg"]),
        ("It was 3.4 mg (±0.2) today.", &["3.4±0.2 mg"]),
        ("It was (3.4 ± 0.2) × 10⁵ mg.", &["340000±20000 mg"]),
        ("It was 3.45(12) mg.", &["3.45±0.12 mg"]),
        // In front of no unit and no power a bracket may be a citation.
        ("It was 3.45(12) then.", &["3.45"]),
        // Two units are two quantities, and a bracket that never closes joins nothing.
        ("It was 3.4 mg ± 0.2 s.", &["3.4 mg", "0.2 s"]),
        ("It was 3.4 mg (±0.2 mg.", &["3.4 mg", "0.2 mg"]),
    ] {
        assert_eq!(readings(text), expected, "{text}");
    }
}

#[test]
fn ranges_in_words() {
    for (text, expected) in [
        ("It took between ten and twenty days.", "10..20 days"),
        ("It took 10 to twenty days.", "10..20 days"),
        ("It took five to ten days.", "5..10 days"),
    ] {
        assert_eq!(readings(text), [expected], "{text}");
    }
}

#[test]
fn over_and_under_a_time_are_no_bounds() {
    let sign = |text: &str| mentions(text).quantities[0].comparator;
    assert_eq!(sign("It fell over 24 h."), Comparator::Equal);
    assert_eq!(sign("It fell to under 5 mg."), Comparator::Less);
    assert_eq!(sign("It weighed over 5 mg."), Comparator::Greater);
}

#[test]
fn a_letter_that_is_an_initial_or_a_symbol_is_no_unit() {
    for text in ["There were 12 N = 5 of them.", "There were 20 F(1, 20) = 3."] {
        let found = mentions(text);
        assert!(found.quantities.iter().all(|quantity| quantity.readings[0].unit.is_none()), "{text}: {found:?}");
    }
}

#[test]
fn a_word_behind_a_unit_is_of_the_sentence_unless_the_unit_goes_on() {
    for (text, expected) in [
        ("It was 12 per cent of it.", "12 per cent"),
        ("It was 3 per mil of it.", "3 per mil"),
        ("Then 5 IU protein was added.", "5 IU"),
        ("Then 3 mg protein was added.", "3 mg"),
        ("It made 6 nmol min⁻¹ mg protein⁻¹ today.", "6 nmol min⁻¹ mg protein⁻¹"),
    ] {
        assert_eq!(readings(text), [expected], "{text}");
    }
    let tags =
        |text: &str| mentions(text).quantities[0].readings[0].unit.as_ref().map(|unit| unit.unit.tags.to_string());
    assert_eq!(tags("Then 5 IU protein was added."), tags("Then 5 IU was added."));
    assert_eq!(tags("Then 3 mg protein was added."), Some(String::new()));
}

#[test]
fn a_number_that_a_line_end_may_have_broken_stays_in_its_sentence() {
    let text = "It gives 42,000.\n1000 of it are left.";
    let document = read(text.as_bytes(), &ReadLimits::default()).expect("a text");
    let found = extract(&document);
    let ranges: Vec<TextRange> = found.quantities.iter().map(|quantity| quantity.range).collect();
    // The joined reading is open for both, and neither has characters of the other.
    assert_eq!(ranges, [TextRange::new(9, 16), TextRange::new(17, 21)]);
    assert!(found.quantities.iter().all(|quantity| quantity.range.contains(quantity.number)));
    assert!(found.quantities.iter().all(|quantity| quantity.readings.len() == 2));
}

#[test]
fn p_values_in_less_usual_print() {
    let p = |text: &str| mentions(text).statistics.first().and_then(|test| test.p.clone());
    for text in [
        "It grew, t(28) = 2.20, p_{two-tailed} = .036.",
        "It grew, t(28) = 2.20, p = 0,036.",
        "It grew, t(28) = 2.20, p (two-tailed) = .036.",
        "It grew, t(28) = 2.20, 𝑝 = .036.",
    ] {
        let point = p(text).map(|p| p.readings[0].2.point());
        assert_eq!(point, Some(rational::ratio(36, 1000)), "{text}");
    }
    // A percentage, the first of two, a number above one and one that starts with a comma are none.
    for text in [
        "t(28) = 2.20, p = .04 %.",
        "t(28) = 2.20, p = .03 and .04.",
        "t(28) = 2.20, p = 3.6.",
        "t(28) = 2.20, p = ,036.",
    ] {
        assert_eq!(p(text), None, "{text}");
    }
}

fn unit(text: &str) -> Unit {
    units::parse(text).units().into_iter().next().unwrap_or_else(|| panic!("{text} is a unit"))
}

#[test]
fn one_unit_in_several_styles() {
    for (odd, plain) in [
        ("10^(3) cells/mL", "10³ cells/mL"),
        ("10^{-3} mol", "mmol"),
        ("×10**3 cells", "10³ cells"),
        ("1×10^(6) cells/mL", "10⁶ cells/mL"),
        ("min.", "min"),
        ("hrs.", "h"),
        ("oz. per day", "oz/d"),
        ("per cent", "%"),
        ("m⁺²", "m²"),
        ("m⁴ s⁻⁵", "m^4/s^5"),
        ("m⁷ m⁻⁸", "1/m"),
        ("\u{212b}", "Å"),
    ] {
        let (odd, plain) = (unit(odd), unit(plain));
        assert_eq!(
            (&odd.factor, odd.dimension, &odd.tags),
            (&plain.factor, plain.dimension, &plain.tags),
            "{}",
            odd.text
        );
    }
    // Under the bar stands all of the protein: a mass of it.
    assert_eq!(unit("mg protein-1").dimension, unit("1/mg").dimension);
    for text in ["kg.", "cm^(2", "m^{2", "mg/kg body weight ^2", "m^99", "log", "logs"] {
        assert!(units::parse(text).units().is_empty(), "{text}");
    }
}
