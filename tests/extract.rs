//! Extraction on printed text: what is a quantity, what it says, and what is none.

#[path = "support/plain.rs"]
mod plain;

use rederive::arithmetic::{Printed, rational};
use rederive::document::{BlockKind, TextIndex, TextRange, Variation, VariationCause};
use rederive::extract::{Amount, Comparator, Mentions, Quantity, QuantityKind, extract};

use plain::document;

fn mentions(text: &str) -> Mentions {
    extract(&document(text))
}

fn quote(text: &str, range: TextRange) -> String {
    TextIndex::new(text).slice(text, range).to_owned()
}

/// The quantities as printed, unit included.
fn quotes(text: &str) -> Vec<String> {
    mentions(text).quantities.iter().map(|quantity| quote(text, quantity.range)).collect()
}

fn value(printed: &Printed) -> String {
    rational::to_text(&printed.point())
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Single(one) => value(one),
        Amount::Range(low, high) => format!("{}..{}", value(low), value(high)),
        Amount::PlusMinus(one, spread) => format!("{}±{}", value(one), value(spread)),
    }
}

/// The values of all readings of all quantities.
fn values(text: &str) -> Vec<Vec<String>> {
    let all = |quantity: &Quantity| quantity.readings.iter().map(|reading| amount(&reading.amount)).collect();
    mentions(text).quantities.iter().map(all).collect()
}

/// The value of the first reading of the first quantity.
fn first(text: &str) -> String {
    values(text).first().and_then(|readings| readings.first()).cloned().unwrap_or_default()
}

#[test]
fn printed_numbers_are_read_in_every_form() {
    for (text, expected) in [
        ("It was 42,000 mg.", "42000"),
        ("It was 1,234.5 mg.", "1234.5"),
        ("It was 1,00,000 people.", "100000"),
        ("It was 12 000 people.", "12000"),
        ("It was 12\u{2009}000\u{2009}000 people.", "12000000"),
        ("It was 1'234 mg.", "1234"),
        ("It was −5 mg.", "-5"),
        ("It was –5 °C.", "-5"),
        ("It was -5.20 °C.", "-5.2"),
        ("It was .5 mg.", "0.5"),
        ("It was 5 × 10⁵ cells.", "500000"),
        ("It was 5 × 10^5 cells.", "500000"),
        ("It was 5 x 10^-5 mg.", "0.00005"),
        ("It was 5 × 10-5 mg.", "0.00005"),
        ("It was 5·10⁻⁵ mg.", "0.00005"),
        ("It was 1.2·10−3 mg.", "0.0012"),
        ("It was 1.5 × 1017 mg.", "150000000000000000"),
        ("It was 1.2e-3 mg.", "0.0012"),
        ("It was 1.2E−3 mg.", "0.0012"),
        ("It was 10⁻³ mg.", "0.001"),
        ("It was 10−3 mg.", "0.001"),
        ("It was 8 billion people.", "8000000000"),
        ("It was 2.5 million people.", "2500000"),
        ("It was two dozen eggs.", "24"),
        ("It was 2½ h.", "2.5"),
        ("It was ½ h.", "0.5"),
        ("It was ٣٫٥ mg.", "3.5"),
        ("It was 0·05 mg.", "0.05"),
        ("It was exp(-.71) then.", "-0.71"),
        ("It was 4.8x smaller.", "4.8"),
        ("It was 4e14 cells.", "400000000000000"),
        ("It cost $13,009 million.", "13009000000"),
        ("It cost €10M.", "10000000"),
        ("Of 1,500, 10 000 kg were lost, so 10 000 kg.", "1500"),
    ] {
        assert_eq!(first(text), expected, "{text}");
    }
}

#[test]
fn two_numbers_can_be_one_quantity() {
    for (text, expected, quoted) in [
        ("It was 10–20 mg.", "10..20", "10–20 mg"),
        ("It was 10-20 mg.", "10..20", "10-20 mg"),
        ("It was 10 to 20 mg.", "10..20", "10 to 20 mg"),
        ("It was between 10 and 20 mg.", "10..20", "10 and 20 mg"),
        ("It was 5–10%.", "5..10", "5–10%"),
        ("It was 5%–10%.", "5..10", "5%–10%"),
        ("It was −10 to −5 °C.", "-10..-5", "−10 to −5 °C"),
        ("It was −10–−5 °C.", "-10..-5", "−10–−5 °C"),
        ("It was 3.4 ± 0.2 mg.", "3.4±0.2", "3.4 ± 0.2 mg"),
        ("It was 3.4±0.2 mg.", "3.4±0.2", "3.4±0.2 mg"),
        ("The 8- to 16-m telescope.", "8..16", "8- to 16-m"),
        ("It rose from 1900 to 2100 mg.", "1900..2100", "1900 to 2100 mg"),
        ("It was 43.57% ± 4.35%.", "43.57±4.35", "43.57% ± 4.35%"),
        ("It was (3.4 ± 0.2) × 10⁵ cells.", "340000±20000", "(3.4 ± 0.2) × 10⁵ cells"),
        ("It was 6.67430(15) × 10⁻¹¹ m.", "0.000000000066743±0.0000000000000015", "6.67430(15) × 10⁻¹¹ m"),
    ] {
        assert_eq!(first(text), expected, "{text}");
        assert_eq!(quotes(text), [quoted], "{text}");
    }
}

#[test]
fn numbers_that_belong_apart_are_not_joined() {
    for (text, expected) in [
        ("From 25.7 km/h in 1903 to 41.7 km/h it rose.", ["25.7 km/h", "41.7 km/h"].as_slice()),
        ("The odds are .49/(1+.49) here.", &[".49", "1", ".49"]),
        ("Only one person (5 %) ate.", &["one", "5 %"]),
    ] {
        assert_eq!(quotes(text), expected, "{text}");
    }
}

#[test]
fn a_power_printed_once_holds_for_both_ends_first() {
    assert_eq!(values("It was 10 to 20 billion mg."), [["10000000000..20000000000", "10..20000000000"]]);
    assert_eq!(values("It rose from 250,000 to 16 million mg."), [["250000..16000000"]]);
    assert_eq!(values("It was 1–5 × 10⁶ cells."), [["1000000..5000000", "1..5000000"]]);
}

#[test]
fn what_looks_like_a_quantity_and_is_not() {
    for text in [
        "As shown before [12], and (3), it grew.",
        "See Fig. 3, Figs. 4 and 5, Table 2, Tables S1–S3, Eq. (5) and Section 2.1.",
        "In 2019 it grew, and Smith et al. (2012) saw it in 1998–2004 and the 1990s.",
        "BDE-209, H2O, IL-6, C57BL/6, COVID-19, PM2.5, p53, 13C NMR, 16S rRNA and 3D are names.",
        "See doi:10.1234/abc.5 and https://example.org/5/6 or write to a5@b7.org, arXiv:1234.56789.",
        "It appeared in J. Chem. 12(3):45–67, pp. 12–18, ISSN 1234-5678.",
        "We used SPSS 22.0, R 3.4.1, version 2.1 and v3 on 12 March 2014 and on 2014-03-12.",
        "Experiment 2 and type 2 diabetes in group 1 were Apollo 11.",
        "The 5th and 21st, and 1,4-dioxane, 2-propanol and 5′-UTR.",
        "Call +49 6221 54 0 or (555) 123-4567.",
        "1. Methods of the third kind",
        "Oct3/4 and the grant NE/I013873/1 on 13 and 23 October in Tool v.  2.0 grew.",
        "Two thirds came at 2 pm from Mg(ClO4)2 and Ca10(PO4)6(OH)2.",
        "A 10x buffer, Ca2+ and K2+.5 are names, and one person is one (of many).",
        "As Fig. 6(b), 13C/12C, borehole 22/10a-4, complex 1 and Viking 2 landing sites show.",
    ] {
        assert_eq!(quotes(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn kinds_follow_the_unit_and_the_noun() {
    use QuantityKind::{Count, Measured, Number, Percentage};
    let kinds = |text: &str| mentions(text).quantities.iter().map(|q| q.kind).collect::<Vec<_>>();
    assert_eq!(kinds("We gave 42 patients 5 mg."), [Count, Measured]);
    assert_eq!(
        kinds("42 of 46 (93%) and 42/46 (91.3%) agreed, n = 12."),
        [Count, Count, Percentage, Count, Count, Percentage, Count]
    );
    assert_eq!(kinds("12 (60%) of 20 with index 3.5"), [Count, Percentage, Count, Number]);
}

#[test]
fn modifiers_stand_outside_the_range() {
    let text = "It was about 5 mg, < 3 mg, at least 2 mg, up to 4 mg and 7 mg or more.";
    let found = mentions(text);
    let seen: Vec<(Comparator, bool)> = found.quantities.iter().map(|q| (q.comparator, q.approximate)).collect();
    assert_eq!(
        seen,
        [
            (Comparator::Equal, true),
            (Comparator::Less, false),
            (Comparator::AtLeast, false),
            (Comparator::AtMost, false),
            (Comparator::AtLeast, false)
        ]
    );
    assert_eq!(quotes(text), ["5 mg", "3 mg", "2 mg", "4 mg", "7 mg"]);
    let words: Vec<String> = found.quantities.iter().filter_map(|q| q.modifier).map(|r| quote(text, r)).collect();
    assert_eq!(words, ["about ", "< ", "at least ", "up to ", " or more"]);
}

#[test]
fn the_dose_of_the_motivating_passage() {
    let text =
        "approach the U.S. BDE-209 reference dose of 7000 ng/kg bw/day (42,000 ng/day for a 60 kg adult) (EPA, 2008).";
    let mut paper = document(text);
    let start = text.find("42,000").expect("there");
    let range = TextRange::new(start, start + 6);
    let alternatives = vec!["42, 000".to_owned()];
    paper.variations.push(Variation { range, alternatives, cause: VariationCause::JoinedNumber });
    let found = extract(&paper);
    let seen: Vec<String> = found.quantities.iter().map(|q| quote(text, q.range)).collect();
    assert_eq!(seen, ["7000 ng/kg bw/day", "42,000 ng/day", "60 kg"]);
    let readings: Vec<String> = found.quantities[1].readings.iter().map(|r| amount(&r.amount)).collect();
    assert_eq!(readings, ["42000", "42"]);
    assert_eq!(found.quantities[1].readings[1].cause, Some(VariationCause::JoinedNumber));
    assert_eq!(found.variations.len(), 1);
}

#[test]
fn lists_share_the_unit_that_is_printed_once() {
    let text = "We gave 10, 20 and 30 mg, then 5 and 7 kg.";
    let found = mentions(text);
    let lists: Vec<Option<usize>> = found.quantities.iter().map(|q| q.list).collect();
    assert_eq!(lists, [Some(0), Some(0), Some(0), Some(1), Some(1)]);
    assert_eq!(quotes(text), ["10", "20", "30 mg", "5", "7 kg"]);
    let units: Vec<String> =
        found.quantities.iter().filter_map(|q| q.first().unit.as_ref()).map(|u| u.unit.text.clone()).collect();
    assert_eq!(units, ["mg", "mg", "mg", "kg", "kg"]);
    // Two numbers may also be of two things: the reading without the unit stays open.
    assert_eq!(found.quantities[3].readings[1].unit, None);
    assert_eq!(found.quantities[0].readings.len(), 1);
    let apart = mentions("We gave 42/46 mg and 3, 4 mg");
    assert!(apart.quantities.iter().all(|q| q.list.is_none()));
}

#[test]
fn the_decimal_mark_is_the_documents() {
    use rederive::extract::DecimalMark;
    let german = mentions("Es waren 0,35 mg, 12,5 mg und 1.234 mg.");
    assert_eq!(german.decimal_mark, DecimalMark::Comma);
    let read: Vec<String> = german.quantities.iter().map(|q| amount(&q.first().amount)).collect();
    assert_eq!(read, ["0.35", "12.5", "1234"]);
    assert_eq!(
        values("It was 0,35 and 1,2 but 0.4 and 3.5 and 1,234 mg.").last(),
        Some(&vec!["1234".to_owned(), "1.234".to_owned()])
    );
    assert_eq!(values("It was 1,234 mg and 0.5 mg.")[0], ["1234"]);
    assert_eq!(values("It was 12 345 mg.")[0], ["12345", "345"]);
}

#[test]
fn references_and_furniture_hold_no_quantity() {
    let mut paper = document("It was 5 mg.");
    for kind in [BlockKind::Reference, BlockKind::Furniture] {
        paper.blocks[0].kind = kind;
        let found = extract(&paper);
        assert!(found.quantities.is_empty() && found.sentences.is_empty());
    }
}

#[test]
fn a_number_that_was_not_joined_keeps_the_joined_reading() {
    let text = "a dose of 42, 000 ng/day for all";
    let mut paper = document(text);
    let range = TextRange::new(10, 17);
    let alternatives = vec!["42,000".to_owned()];
    paper.variations.push(Variation { range, alternatives, cause: VariationCause::JoinedNumber });
    let found = extract(&paper);
    assert_eq!(quote(text, found.quantities[0].range), "42, 000 ng/day");
    let readings: Vec<String> = found.quantities[0].readings.iter().map(|r| amount(&r.amount)).collect();
    assert_eq!(readings, ["42", "42000"]);
}

#[test]
fn cells_of_a_table_stand_apart() {
    assert_eq!(quotes("White British\t95\tTransaction\t60\nGroup\t27\tmg\t12"), ["95", "60", "27", "12"]);
}

#[test]
fn in_a_list_of_short_numbers_a_joined_one_is_two() {
    let text = "were 412,388 and 275 kcal";
    let mut paper = document(text);
    let alternatives = vec!["412, 388".to_owned()];
    let range = TextRange::new(5, 12);
    paper.variations.push(Variation { range, alternatives, cause: VariationCause::JoinedNumber });
    let found = extract(&paper);
    let readings: Vec<String> = found.quantities[0].readings.iter().map(|r| amount(&r.amount)).collect();
    assert_eq!(readings[0], "388");
    assert_eq!(readings, ["388", "388", "412388", "412388", "412", "412"]);
}

#[test]
fn prices_take_the_unit_behind_the_number() {
    let text = "It rose from $350 per kg.";
    let found = mentions(text);
    assert_eq!(quotes(text), ["$350 per kg"]);
    let unit = &found.quantities[0].first().unit.as_ref().expect("a unit").unit;
    assert_eq!(unit.dimension, rederive::arithmetic::Dimension::MASS.power(-1));
}
