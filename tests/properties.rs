//! The properties at the end of "when to say inconsistent", over thousands of random cases, and that sets enclose.

use proptest::prelude::*;
use rederive::arithmetic::functions::{Precision, find};
use rederive::arithmetic::rational::{self, Rational, ratio, whole};
use rederive::arithmetic::units::Unit;
use rederive::arithmetic::{Interval, Printed, RealSet, Value};
use rederive::derive::{
    Comparison, Expression, Form, Limits, Literal, Operand, OperandOptions, Outcome, Proposal, Relation, Replay,
    Verdict, evaluate, replay, unit_meanings,
};
use rederive::document::TextRange;

const CASES: u32 = 2000;

/// Spellings of one unit each, in groups.
const SPELLINGS: [&[&str]; 6] = [
    &["ng/kg/day", "ng kg-1 day-1", "ng·kg⁻¹·d⁻¹", "ng/(kg·d)", "ng per kg per day"],
    &["mg/L", "mg L−1", "mg·L⁻¹", "mg per L", "mg/l"],
    &["kg", "kilogram", "kilograms"],
    &["µg/m³", "ug/m3", "μg m-3", "µg m⁻³"],
    &["h", "hours", "hr"],
    &["m/s", "m s−1", "m·s⁻¹", "m per s"],
];

/// Units that are exact multiples of another.
const CONVERSIONS: [(&str, &str); 4] = [("g", "mg"), ("day", "h"), ("km", "m"), ("L", "mL")];

fn unit(text: &str) -> Unit {
    unit_meanings(text).into_iter().next().unwrap_or_else(|| panic!("{text} is a unit"))
}

fn number() -> impl Strategy<Value = Printed> {
    (1_u32..9999, 0_i32..4, any::<bool>()).prop_map(|(digits, decimals, negative)| {
        let text = rational::to_text(&(whole(i64::from(digits)) * rational::power_of_ten(-decimals)));
        let printed = Printed::parse(&text).expect("a decimal");
        Printed { negative: negative && digits % 5 == 0, ..printed }
    })
}

fn operand(number: &Printed, unit: Unit, form: Form) -> Operand {
    let literal = Literal { form, number: number.clone(), to: None, unit, added: OperandOptions::printed().tags };
    Operand::literal("operand", TextRange::default(), &literal)
}

/// A formula over three operands.
fn formula() -> impl Strategy<Value = Expression> {
    let leaf = (0_usize..3).prop_map(Expression::operand);
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (prop::sample::select(vec!["+", "-", "*", "/"]), inner.clone(), inner.clone())
                .prop_map(|(operator, a, b)| Expression::call(operator, [a, b])),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expression::call("percent_change", [a, b])),
            inner.clone().prop_map(|a| Expression::call("neg", [a])),
            (inner.clone(), inner).prop_map(|(a, b)| Expression::call("mean", [a, b])),
        ]
    })
}

/// The value of a formula at points, `None` where it has none.
fn at_points(expression: &Expression, points: &[Rational]) -> Option<Rational> {
    let value = |argument: &Expression| at_points(argument, points);
    match expression {
        Expression::Operand(ix) => points.get(ix.0).cloned(),
        Expression::Constant { .. } => None,
        Expression::Call { function, arguments } => {
            let a = value(&arguments[0])?;
            let b = arguments.get(1).map(value);
            let b = match b {
                Some(None) => return None,
                Some(Some(b)) => b,
                None => whole(0),
            };
            match function.as_str() {
                "+" => Some(a + b),
                "-" => Some(a - b),
                "*" => Some(a * b),
                "/" => (b != whole(0)).then(|| a / b),
                "neg" => Some(-a),
                "mean" => Some((a + b) / whole(2)),
                "percent_change" => (a != whole(0)).then(|| b / a - whole(1)),
                _ => None,
            }
        }
    }
}

/// A number that prints near the value, changed by a factor.
fn near(value: &Rational, factor: &Rational, digits: usize) -> Printed {
    let text = rational::to_short_text(&(value * factor), digits);
    Printed::parse(&text).unwrap_or_else(|| Printed::count(7))
}

/// A proposal over three printed numbers whose stated value is near what follows from them.
fn proposals() -> impl Strategy<Value = Proposal> {
    let factor = prop::sample::select(vec![
        ratio(1, 1),
        ratio(1, 1),
        ratio(1001, 1000),
        ratio(101, 100),
        ratio(10, 1),
        ratio(2, 1),
    ]);
    let op = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::Equal,
        Comparison::Less,
        Comparison::AtLeast,
        Comparison::In,
    ]);
    let form = prop::sample::select(vec![Form::Plain, Form::Plain, Form::Exact]);
    ((number(), number(), number()), formula(), factor, 1_usize..5, op, form, any::<bool>()).prop_map(
        |((a, b, c), left, factor, digits, op, form, implied)| {
            let points = [a.point(), b.point(), c.point()];
            let value = at_points(&left, &points).unwrap_or_else(|| whole(3));
            let stated = near(&value, &factor, digits);
            let operands = vec![
                operand(&a, Unit::one(), form),
                operand(&b, Unit::one(), Form::Plain),
                operand(&c, Unit::one(), Form::Plain),
                operand(&stated, Unit::one(), Form::Plain),
            ];
            let proposal = Proposal::new("EQ101", operands, 3, Relation { left, op, right: Expression::operand(3) });
            if implied { proposal.implied() } else { proposal }
        },
    )
}

fn judge(proposal: &Proposal) -> Outcome {
    evaluate(proposal, &Limits::default())
}

fn widened(set: &RealSet, by: &Rational) -> RealSet {
    set.add(&RealSet::from(Interval::closed(-by.clone(), by.clone())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn a_point_in_gives_a_point_out(proposal in proposals(), places in prop::array::uniform3(0_i64..=100)) {
        let outcome = judge(&proposal);
        let point = |at: usize, wide: bool| {
            let reading = &proposal.operands[at].readings[0];
            let hull = if wide { reading.wide.hull() } else { reading.tight.hull() }.expect("a set");
            let (low, high) = (hull.lo().value().expect("bounded").clone(), hull.hi().value().expect("bounded").clone());
            &low + (&high - &low) * ratio(places[at], 100)
        };
        for wide in [false, true] {
            let points = [point(0, wide), point(1, wide), point(2, wide)];
            let Some(value) = at_points(&proposal.variants[0].relation.left, &points) else { continue };
            let set = if wide { &outcome.derived.wide } else { &outcome.derived.tight };
            if !matches!(outcome.verdict, Verdict::NotChecked { .. }) {
                prop_assert!(set.contains(&value), "{}: {value}", outcome.relation);
            }
        }
    }

    #[test]
    fn widening_an_input_never_makes_an_inconsistency(
        proposal in proposals(), which in 0_usize..4, by in 1_i64..500, forms in any::<bool>()
    ) {
        let before = judge(&proposal);
        let mut wider = proposal.clone();
        let reading = &mut wider.operands[which].readings[0];
        let by = if forms { ratio(by, 1000) } else { whole(by) };
        reading.tight = widened(&reading.tight, &by);
        reading.wide = widened(&reading.wide, &by);
        // A comparator's bound is a printed number and not a set to widen.
        prop_assume!(which < 3 || matches!(proposal.variants[0].relation.op, Comparison::Equal | Comparison::In));
        let after = judge(&wider);
        match before.verdict {
            Verdict::Consistent => prop_assert!(!matches!(after.verdict, Verdict::Inconsistent(_)), "{}", before.relation),
            Verdict::Inconsistent(rederive::derive::Strength::RoundingHabit) => {
                prop_assert!(after.verdict != Verdict::Inconsistent(rederive::derive::Strength::Disjoint));
            }
            _ => {}
        }
    }

    #[test]
    fn findings_carry_their_evidence_and_replay(proposal in proposals()) {
        let outcome = judge(&proposal);
        prop_assert!(outcome.readings_tried >= 1);
        if let Verdict::Inconsistent(strength) = outcome.verdict {
            prop_assert!(!outcome.stated.tight.is_empty() && !outcome.derived.tight.is_empty());
            prop_assert!(!outcome.stated.tight.meets(&outcome.derived.tight));
            let disjoint = !outcome.stated.wide.meets(&outcome.derived.wide);
            prop_assert_eq!(disjoint, strength == rederive::derive::Strength::Disjoint);
        }
        let again = match replay(&outcome.relation, true) {
            Ok(Replay::Outcome(again)) => again,
            other => return Err(TestCaseError::fail(format!("{}: {other:?}", outcome.relation))),
        };
        prop_assert_eq!(&again.relation, &outcome.relation);
        prop_assert_eq!(&again.derived, &outcome.derived);
        prop_assert_eq!(&again.stated, &outcome.stated);
        prop_assert_eq!(&again.verdict, &outcome.verdict);
        let json = serde_json::to_string(&outcome).expect("serialises");
        prop_assert_eq!(&serde_json::from_str::<Outcome>(&json).expect("reads back"), &outcome);
        let json = serde_json::to_string(&proposal).expect("serialises");
        prop_assert_eq!(&serde_json::from_str::<Proposal>(&json).expect("reads back"), &proposal);
    }

    #[test]
    fn scaling_both_sides_by_an_exact_factor_changes_nothing(proposal in proposals(), numerator in 1_i64..5000, denominator in 1_i64..500) {
        // Only the last step is scaled: a scaled relation has no inner step more than the plain one.
        let mut proposal = proposal.implied();
        proposal.variants[0].relation.op = Comparison::Equal;
        let before = judge(&proposal);
        let factor = Operand::literal("factor", TextRange::default(), &Literal::new(Form::Exact, Printed::count(u64::try_from(numerator).expect("positive")), Unit::one()));
        let divisor = Operand::literal("divisor", TextRange::default(), &Literal::new(Form::Exact, Printed::count(u64::try_from(denominator).expect("positive")), Unit::one()));
        let mut scaled = proposal.clone();
        scaled.operands.extend([factor, divisor]);
        let scale = |side: &Expression| {
            let up = Expression::call("*", [side.clone(), Expression::operand(4)]);
            Expression::call("/", [up, Expression::operand(5)])
        };
        let relation = &mut scaled.variants[0].relation;
        *relation = Relation::equal(scale(&relation.left), scale(&relation.right));
        let after = judge(&scaled);
        prop_assert_eq!(before.verdict, after.verdict);
    }

    #[test]
    fn another_unit_of_the_same_kind_changes_nothing(a in number(), b in number(), factor in prop::sample::select(vec![1_i64, 2, 10]), which in 0_usize..4) {
        let (large, small) = (unit(CONVERSIONS[which].0), unit(CONVERSIONS[which].1));
        let stated = near(&(a.point() * b.point()), &whole(factor), 3);
        let operands = vec![operand(&a, large.clone(), Form::Plain), operand(&b, Unit::one(), Form::Plain), operand(&stated, large.clone(), Form::Plain)];
        let left = Expression::call("*", [Expression::operand(0), Expression::operand(1)]);
        let plain = Proposal::new("EQ101", operands, 2, Relation::equal(left.clone(), Expression::operand(2)));
        let converted = Expression::call("in", [left, Expression::constant(&format!("1 {}", small.text), "")]);
        let mut other = plain.clone();
        other.variants[0].relation = Relation::equal(converted, Expression::call("in", [Expression::operand(2), Expression::constant(&format!("1 {}", small.text), "")]));
        let (before, after) = (judge(&plain), judge(&other));
        prop_assert_eq!(&before.verdict, &after.verdict);
        prop_assert_eq!((&before.stated, &before.derived), (&after.stated, &after.derived));
    }

    #[test]
    fn another_spelling_of_a_unit_changes_nothing(a in number(), b in number(), group in 0_usize..6, first in 0_usize..5, second in 0_usize..5, factor in prop::sample::select(vec![1_i64, 10])) {
        let spellings = SPELLINGS[group];
        let judged = |spelling: &str| {
            let unit = unit(spelling);
            let stated = near(&(a.point() * b.point()), &whole(factor), 3);
            let operands = vec![operand(&a, unit.clone(), Form::Plain), operand(&b, Unit::one(), Form::Exact), operand(&stated, unit, Form::Plain)];
            let left = Expression::call("*", [Expression::operand(0), Expression::operand(1)]);
            judge(&Proposal::new("EQ101", operands, 2, Relation::equal(left, Expression::operand(2))))
        };
        let (one, other) = (judged(spellings[first % spellings.len()]), judged(spellings[second % spellings.len()]));
        prop_assert_eq!(&one.verdict, &other.verdict);
        prop_assert_eq!((&one.stated, &one.derived, &one.cause), (&other.stated, &other.derived, &other.cause));
        // Each replays from its own text.
        match replay(&other.relation, true) {
            Ok(Replay::Outcome(again)) => prop_assert_eq!((&again.derived, &again.verdict), (&other.derived, &other.verdict)),
            failed => return Err(TestCaseError::fail(format!("{}: {failed:?}", other.relation))),
        }
    }

    #[test]
    fn wider_statistics_give_wider_p_values(
        t in 1_i64..4000, half in 0_i64..300, more in 0_i64..300, df in 1_i64..300, second in 1_i64..3000
    ) {
        let around = |half: i64| Value::number(Interval::closed(ratio(t - half, 100), ratio(t + half, 100)).into());
        let (narrow, wide) = (around(half), around(half + more));
        for (name, rest) in [
            ("p_t", vec![df]), ("p_z", vec![]), ("p_chi2", vec![df]), ("p_f", vec![df, second]), ("p_t_one", vec![df]),
        ] {
            let apply = |statistic: &Value| {
                let mut arguments = vec![statistic.clone()];
                arguments.extend(rest.iter().map(|n| Value::whole(*n)));
                find(name).expect(name).apply(&arguments, Precision::Tight).expect(name).set
            };
            let (inner, outer) = (apply(&narrow), apply(&wide));
            prop_assert_eq!(outer.intersection(&inner), inner, "{}", name);
        }
    }

    #[test]
    fn no_text_panics(text in "[-+*/^()=<>≤≥∈·×÷−,.{}\"#0-9a-z %°µ]{0,60}") {
        let _ = replay(&text, true);
        let _ = replay(&text, false);
    }
}

#[test]
fn enclosures_hold_the_values_of_an_independent_reference() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/elementary.csv");
    let mut reader = csv::Reader::from_path(path).expect("the reference");
    let mut count = 0;
    for record in reader.records() {
        let record = record.expect("a row");
        let number = |text: &str| rational::parse(text).expect("a number");
        let arguments: Vec<Value> = [&record[1], &record[2]]
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| Value::point(number(text)))
            .collect();
        let value = find(&record[0]).expect("a function").apply(&arguments, Precision::Tight).expect("a value");
        let reference = number(&record[3]);
        // The reference has 40 digits, so it is itself known to one part in 10^39.
        let slack = Interval::closed(whole(1) - rational::power_of_ten(-39), whole(1) + rational::power_of_ten(-39));
        let known = RealSet::from(slack).scale(&reference);
        assert!(value.set.meets(&known), "{record:?}: {:?}", value.set);
        let hull = value.set.hull().expect("a set");
        let width = hull.hi().value().expect("bounded") - hull.lo().value().expect("bounded");
        let size = if reference < whole(0) { -reference } else { reference };
        // Near 1 a logarithm is as wide as its argument was rounded.
        assert!(width <= size * ratio(1, 100_000_000_000) + ratio(1, 100_000_000_000_000), "{record:?} is wide");
        count += 1;
    }
    assert!(count > 150, "{count}");
}
