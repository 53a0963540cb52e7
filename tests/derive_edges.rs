//! Derivations at their edges: records that come back as they were, bounds of bounds, conversions, readings without end.

use rederive::arithmetic::rational::ratio;
use rederive::arithmetic::units::{self, Scale, Unit};
use rederive::arithmetic::{Interval, Printed, RealSet};
use rederive::derive::{
    Expression, Form, Limits, Literal, Operand, OperandOptions, Outcome, Program, Proposal, Relation, Replay, Strength,
    Verdict, evaluate, parse, replay,
};
use rederive::document::{Choice, TextRange, VariationIx};
use rederive::extract::{Comparator, Mentions, extract};

#[path = "support/plain.rs"]
mod plain;

fn mentions(text: &str) -> Mentions {
    extract(&plain::document(text))
}

/// A proposal whose operands are the literals of a relation's text; the last is the stated value.
fn proposal(text: &str) -> Proposal {
    let source = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let Program::Relation(relation) = source.program else { panic!("{text} is no relation") };
    let operand = |literal: &Literal| Operand::literal("operand", TextRange::new(0, 1), literal);
    let operands: Vec<Operand> = source.literals.iter().map(operand).collect();
    let stated = operands.len() - 1;
    Proposal::new("EQ101", operands, stated, relation)
}

fn outcome(text: &str) -> Outcome {
    evaluate(&proposal(text), &Limits::default())
}

/// The outcome as `rederive eval` gives it, which also takes a right side of more than one number.
fn replayed(text: &str) -> Verdict {
    match replay(text, true) {
        Ok(Replay::Outcome(outcome)) => outcome.verdict,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn proposals_and_outcomes_come_back_from_their_records() {
    for text in ["37.0 °C = 98.6 °F", "7.4 pH = 7.41 pH", "5 year = 60 month", "60 kg bw * 7 mg/kg bw/day = 420 mg/day"]
    {
        let before = proposal(text);
        let record = serde_json::to_string(&before).expect("a record");
        let after: Proposal = serde_json::from_str(&record).expect("read back");
        assert_eq!(after, before, "{text}");
        let outcome = evaluate(&before, &Limits::default());
        let record = serde_json::to_string(&outcome).expect("a record");
        assert_eq!(serde_json::from_str::<Outcome>(&record).expect("read back"), outcome, "{text}");
    }
    let pieces = |text: &str| proposal(text).operands[0].readings[0].unit.scale;
    assert_eq!((pieces("37.0 °C = 98.6 °F"), pieces("7.4 pH = 7.41 pH")), (Scale::Point, Scale::Logarithmic));
}

#[test]
fn a_record_with_a_factor_that_is_none_is_refused() {
    let record = serde_json::to_string(&proposal("5 kg = 5000 g")).expect("a record");
    let kilogram = r#""conventional":"1""#;
    assert!(record.contains(kilogram), "{record}");
    for (factor, words) in [("0", "above zero"), ("-1", "above zero"), ("much", "not an exact number")] {
        let changed = record.replacen(kilogram, &format!(r#""conventional":"{factor}""#), 1);
        let error = serde_json::from_str::<Proposal>(&changed).expect_err(factor).to_string();
        assert!(error.contains(words), "{factor}: {error}");
    }
}

#[test]
fn a_range_of_the_text_is_everything_between_its_ends() {
    let found = mentions("They took 10–20 mg of it and 3.4 ± 0.2 mg of another.");
    let [range, spread] = found.quantities.as_slice() else { panic!("{:?}", found.quantities) };
    let milligram = ratio(1, 1_000_000);
    let range = &Operand::quantity("dose", range, &OperandOptions::printed()).readings[0];
    let between = Interval::closed(ratio(19, 2) * &milligram, ratio(41, 2) * &milligram);
    assert_eq!(range.tight, RealSet::from(between));
    assert_eq!(range.literal, "range(10 mg, 20 mg)");
    let spread = &Operand::quantity("dose", spread, &OperandOptions::printed()).readings[0];
    assert_eq!(spread.literal, "3.4 mg");
}

#[test]
fn the_comparator_of_a_reported_number_is_a_half_line() {
    for (text, literal, inside, outside) in [
        ("It fell, t(28) = 2.20, p ≥ .036.", "at_least(.036)", 1, 0),
        ("It fell, t(28) = 2.20, p >= .036.", "at_least(.036)", 1, 0),
        ("It fell, t(28) = 2.20, p ≤ .036.", "at_most(.036)", 0, 1),
        ("It fell, t(28) = 2.20, p <= .036.", "at_most(.036)", 0, 1),
        ("It fell, t(28) = 2.20, p > .036.", "above(.036)", 1, 0),
        ("It fell, t(28) = 2.20, p < .036.", "below(.036)", 0, 1),
    ] {
        let found = mentions(text);
        let p = found.statistics[0].p.as_ref().expect(text);
        let reading = Operand::reported("p", p, &OperandOptions::printed()).readings.remove(0);
        assert_eq!(reading.literal.replace("0.0", ".0"), literal, "{text}");
        assert!(reading.wide.contains(&ratio(inside, 1)) && !reading.wide.contains(&ratio(outside, 1)), "{text}");
        let bound = ratio(36, 1000);
        let closed = matches!(p.comparator, Comparator::AtLeast | Comparator::AtMost);
        assert_eq!(reading.wide.contains(&bound), closed, "{text}");
    }
}

#[test]
fn a_unit_that_no_string_gives_is_spelt_out_and_read_back() {
    let kilogram = units::parse("kg").units().remove(0);
    let odd = Unit { text: String::new(), ..kilogram.clone() };
    let unknown = Unit { text: "stones of old".to_owned(), ..kilogram };
    for unit in [odd, unknown] {
        let literal = Literal::new(Form::Exact, Printed::parse("2.5").expect("a number"), unit);
        let text = literal.to_string();
        let source = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(source.literals[0].sets(), literal.sets(), "{text}");
        assert_eq!(source.literals[0].kind(), literal.kind(), "{text}");
    }
}

#[test]
fn conversions_name_a_unit() {
    for text in ["5 g in \"mg\" = 5000 mg", "12 mg/kg in \"µg/kg\" = 12000 µg/kg", "300.0 K in K = 26.9 °C"] {
        assert_eq!(outcome(text).verdict, Verdict::Consistent, "{text}");
    }
    for (text, words) in [
        ("5 kg in 3", "a unit is expected"),
        ("5 kg in {factor 2}", "a unit is expected"),
        ("range(2 kg) = 3", "`range` takes two numbers"),
        ("5 ×10^ kg", "not a value"),
        ("5×10⁻⁻³", "an operator"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.message.contains(words), "{text}: {}", error.message);
    }
}

#[test]
fn a_bound_of_a_bound_allows_all_that_it_may_mean() {
    const DISJOINT: Verdict = Verdict::Inconsistent(Strength::Disjoint);
    for (text, expected) in [
        // More than 4, and 5 is below some of that.
        ("5 < above(4)", Verdict::Consistent),
        ("5 < above(4) + 1", Verdict::Consistent),
        ("5 > below(4)", Verdict::Consistent),
        // All that is below 4 is below 5, too; nothing below 4 is at least 5.
        ("5 ≤ at_most(4) + exact(0)", DISJOINT),
        ("5 < below(4) + exact(0)", DISJOINT),
        ("5 ≥ above(6) + exact(0)", DISJOINT),
        ("5 ≥ at_least(5) + exact(0)", Verdict::Consistent),
    ] {
        assert_eq!(replayed(text), expected, "{text}");
    }
}

#[test]
fn ratios_of_two_kinds_are_not_compared() {
    for (text, certain) in
        [("5 % (w/w) = 6 % (v/v)", true), ("5 % (w/w) = 6 % (w/w)", false), ("0.05 = 6 % (v/v)", false)]
    {
        let undecided = matches!(&outcome(text).verdict, Verdict::Undecided { reason } if reason.contains("ratios"));
        assert_eq!(undecided, certain, "{text}: {:?}", outcome(text).verdict);
    }
}

#[test]
fn a_step_that_says_it_is_rounded_is_not_widened_again() {
    let relation = outcome("rounded(3.0 * 5.0) * 7.0 = 105").relation;
    assert_eq!(relation, "rounded(3.0 * 5.0) * 7.0 = 105");
}

#[test]
fn readings_that_contradict_each_other_end_in_time() {
    // Two readings for each of twenty operands make a million ways, and the last operand fits none of the others: the
    // search for consistent ones has to give up, and to say so.
    let sum = Expression::call("sum", (0..20).map(Expression::operand));
    let one = Literal::new(Form::Exact, Printed::parse("1").expect("a number"), Unit::one());
    let mut operands: Vec<Operand> = (0..22).map(|_| Operand::literal("operand", TextRange::new(0, 1), &one)).collect();
    let choice = |variation, alternative| vec![Choice { variation: VariationIx(variation), alternative }];
    for (at, operand) in operands.iter_mut().enumerate().take(20) {
        let mut other = operand.readings[0].clone();
        other.choices = choice(at, 1);
        operand.readings.push(other);
    }
    operands[20].readings[0].choices = choice(0, 7);
    let stated = 21;
    let proposal = Proposal::new("EQ101", operands, stated, Relation::equal(sum, Expression::operand(21)));
    let outcome = evaluate(&proposal, &Limits::default());
    assert_eq!(outcome.verdict, Verdict::Undecided { reason: "too many readings".to_owned() });
    assert!(outcome.readings_tried <= Limits::default().readings);
}
