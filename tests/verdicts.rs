//! The evaluator: outcomes, readings, causes (design: "when to say inconsistent").

use rederive::arithmetic::Printed;
use rederive::arithmetic::rational::{ratio, whole};
use rederive::derive::{
    Comparison, Expression, Form, Limits, Literal, Operand, OperandOptions, Operation, Program, Proposal, Relation,
    Replay, Strength, Verdict, evaluate, parse, replay,
};
use rederive::document::{Choice, TextRange, VariationCause, VariationIx};
use rederive::extract::{Comparator, Reported};

/// A proposal whose operands are the literals of a relation's text; the last is the stated value.
fn proposal(text: &str) -> Proposal {
    let source = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let Program::Relation(relation) = source.program else { panic!("{text} is no relation") };
    let operands: Vec<Operand> = source
        .literals
        .iter()
        .enumerate()
        .map(|(at, literal)| Operand::literal("operand", TextRange::new(at * 10, at * 10 + 5), literal))
        .collect();
    let stated = operands.len() - 1;
    Proposal::new("EQ101", operands, stated, relation)
}

/// Adds a reading to an operand: another literal under a choice.
fn also(proposal: &mut Proposal, operand: usize, text: &str, variation: usize, alternative: usize) {
    let mut other = self::proposal(&format!("1 = {text}")).operands.remove(1).readings.remove(0);
    other.choices = vec![Choice { variation: VariationIx(variation), alternative }];
    other.cause = Some(VariationCause::GroupingSpace);
    proposal.operands[operand].readings.push(other);
}

fn verdict(proposal: &Proposal) -> Verdict {
    evaluate(proposal, &Limits::default()).verdict
}

const DISJOINT: Verdict = Verdict::Inconsistent(Strength::Disjoint);

fn undecided(proposal: &Proposal, words: &str) {
    match verdict(proposal) {
        Verdict::Undecided { reason } => assert!(reason.contains(words), "{reason}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_order_of_the_outcomes() {
    let first = proposal("5 * 3 = 30");
    assert_eq!(verdict(&first), DISJOINT);
    // An open reading that reconciles goes before every inconsistency.
    let mut open = first.clone();
    also(&mut open, 0, "10", 0, 1);
    undecided(&open, "operand as 10");
    // One that does not changes nothing.
    let mut closed = first.clone();
    also(&mut closed, 0, "50", 0, 1);
    let outcome = evaluate(&closed, &Limits::default());
    assert_eq!((outcome.verdict, outcome.readings_tried), (DISJOINT, 2));
    // A rounding habit is a note only after the readings.
    let mut habit = proposal("exact(5) / exact(3) = 1.6");
    assert_eq!(verdict(&habit), Verdict::Inconsistent(Strength::RoundingHabit));
    also(&mut habit, 2, "1.7", 0, 1);
    undecided(&habit, "operand as 1.7");
    // The first reading decides where it fits.
    let mut fits = proposal("5 * 3 = 15");
    also(&mut fits, 2, "99", 0, 1);
    assert_eq!(verdict(&fits), Verdict::Consistent);
}

#[test]
fn a_choice_is_the_same_for_every_operand() {
    // "1 000" and "2 000" share the reading of the space: only both as written, or both as groups.
    let mut shared = proposal("exact(1) * exact(2000) = 1000");
    also(&mut shared, 0, "exact(1000)", 7, 1);
    also(&mut shared, 1, "exact(1)", 7, 1);
    undecided(&shared, "as exact(1000)");
    let mut apart = proposal("exact(1) * exact(2000) = 1000000");
    also(&mut apart, 0, "exact(500)", 7, 1);
    also(&mut apart, 1, "exact(1)", 7, 1);
    // 500 × 2000 would fit, but only if the same characters were read in two ways.
    assert_eq!(verdict(&apart), DISJOINT);
    let mut free = proposal("exact(1) * exact(2000) = 1000000");
    also(&mut free, 0, "exact(500)", 7, 1);
    also(&mut free, 1, "exact(1)", 8, 1);
    undecided(&free, "as exact(500)");
}

#[test]
fn too_many_readings_are_undecided() {
    let mut many = proposal("sum(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) = 99");
    for operand in 0..12 {
        also(&mut many, operand, "2", operand, 1);
    }
    undecided(&many, "too many readings");
    let outcome = evaluate(&many, &Limits::default());
    assert!(outcome.readings_tried <= 512);
    let limits = Limits { readings: 5000, ..Limits::default() };
    assert_eq!(evaluate(&many, &limits).verdict, DISJOINT);
}

#[test]
fn other_formulas_are_readings() {
    let relation = |function: &str| {
        Relation::equal(
            Expression::call(function, [Expression::operand(0), Expression::operand(1)]),
            Expression::operand(2),
        )
    };
    let plain = proposal("p_t(2.20, exact(28)) = 0.018");
    assert_eq!(verdict(&plain), DISJOINT);
    undecided(&plain.clone().variant("one-sided", relation("p_t_one")), "one-sided");
    assert_eq!(verdict(&plain.variant("also two-sided", relation("p_t"))), DISJOINT);
    // One that cannot be evaluated leaves the value open.
    let open = proposal("5 / exact(0) = 3");
    assert!(matches!(verdict(&open), Verdict::NotChecked { .. }));
    let mut zero = proposal("5 / 2 = 30");
    also(&mut zero, 1, "exact(0)", 0, 1);
    undecided(&zero, "cannot be evaluated");
}

#[test]
fn steps_are_widened_only_where_the_text_states_them() {
    // 2.4 × 3.1 = 7.44, rounded on the way to 7.4, × 1000 = 7400.
    let text = "2.40 * 3.10 * exact(1000) = 7403.0";
    let stated = proposal(text);
    let outcome = evaluate(&stated, &Limits::default());
    assert!(outcome.relation.starts_with("rounded(2.40 * 3.10) * exact(1000)"), "{}", outcome.relation);
    let implied = evaluate(&stated.clone().implied(), &Limits::default());
    assert!(implied.relation.starts_with("2.40 * 3.10 * "), "{}", implied.relation);
    assert!(
        outcome.derived.wide.hull().expect("set").lo().value() < implied.derived.wide.hull().expect("set").lo().value()
    );
    // Steps on counts are exact, and neither conversions nor signs are steps.
    let counts = evaluate(&proposal("exact(7) * exact(3) * exact(2) = 42"), &Limits::default());
    assert_eq!(counts.relation, "exact(7) * exact(3) * exact(2) = 42");
    let converted = evaluate(&proposal("60 kg * 7 ng/kg in g = 420 ng"), &Limits::default());
    assert_eq!(converted.relation, "60 kg * 7 ng/kg in g = 420 ng");
    assert_eq!(proposal(text).operation, Operation::Stated);
}

#[test]
fn doubt_and_approximate_words() {
    let mut doubted = proposal("5 * 3 = 15");
    doubted.doubt = Some("a correction is named".to_owned());
    assert_eq!(verdict(&doubted), Verdict::Consistent);
    let mut doubted = proposal("5 * 3 = 90");
    doubted.doubt = Some("a correction is named".to_owned());
    undecided(&doubted, "a correction is named");
    let mut about = proposal("exact(5) / exact(3) = 1.6");
    about.approximate = true;
    undecided(&about, "approximate");
    let mut about = proposal("5 * 3 = 90");
    about.approximate = true;
    assert_eq!(verdict(&about), DISJOINT);
}

#[test]
fn dimensions_decide_only_where_they_are_certain() {
    let mut mismatch = proposal("60 kg * 7 ng/kg = 420 ng/day");
    undecided(&mismatch, "unit");
    mismatch.units_certain = true;
    let outcome = evaluate(&mismatch, &Limits::default());
    assert_eq!(outcome.verdict, DISJOINT);
    assert_eq!(outcome.cause.map(|cause| cause.name), Some("dimension".to_owned()));
    also(&mut mismatch, 2, "99 ng", 0, 1);
    undecided(&mismatch, "unit");
    // Body mass cancels only with a body mass.
    undecided(&proposal("60 kg * 7 mg/kg bw = 420 mg"), "unit");
    assert_eq!(verdict(&proposal("60 kg bw * 7 mg/kg bw = 420 mg")), Verdict::Consistent);
    assert_eq!(verdict(&proposal("60 kg {body-mass} * 7 mg/kg bw = 420 mg")), Verdict::Consistent);
}

#[test]
fn temperatures() {
    assert_eq!(verdict(&proposal("37.0 °C = 98.6 °F")), Verdict::Consistent);
    assert_eq!(verdict(&proposal("310 K = 37 °C")), Verdict::Consistent);
    assert_eq!(verdict(&proposal("37.0 °C = 95.0 °F")), DISJOINT);
    undecided(&proposal("25 °C - 20 °C = 5 °C"), "unit");
    let outcome = evaluate(&proposal("25.0 K = 25.0 °C"), &Limits::default());
    assert_eq!(outcome.cause.map(|cause| cause.name), Some("celsius-and-kelvin".to_owned()));
}

#[test]
fn causes_are_the_smallest_that_fit() {
    for (text, name, factor) in [
        ("60 kg * 7000 ng/kg/day = 42000 ng/day", "power-of-ten", Some(whole(10))),
        ("6.00 * 7.00 = 0.0420", "power-of-ten", Some(whole(1000))),
        ("6.00 * 7.00 = 42000000", "power-of-ten", Some(ratio(1, 1_000_000))),
        ("6.00 * 7.00 = -42.0", "sign", Some(whole(-1))),
        ("6.00 * 7.00 = 21.0", "factor-two", Some(whole(2))),
        ("6.00 * 7.00 = 24", "digits-swapped", None),
        ("6.00 mg/day * 7.00 = 6.00 mg/day", "days-and-weeks", Some(whole(7))),
        ("6.00 mg/month * 7.00 = 3.50 mg/month", "months-and-years", Some(whole(12))),
        ("6.00 mg/h * 7.00 = 1.75 mg/h", "hours-and-days", Some(whole(24))),
        ("6.00 m/s * 7.00 = 2520 m/s", "sixty", Some(ratio(1, 60))),
        ("6.00 mg/day * 7.00 = 15330 mg/day", "days-and-years", Some(ratio(1, 365))),
        ("10.0 * ln(100) = 20.0", "logarithm-base", None),
        ("exact(42) / exact(46) = 0.913 %", "percent-as-fraction", Some(whole(100))),
    ] {
        let cause = evaluate(&proposal(text), &Limits::default()).cause.unwrap_or_else(|| panic!("{text}"));
        assert_eq!((cause.name.as_str(), cause.factor), (name, factor), "{text}");
    }
    // Days, hours and logarithms are named only where a unit has a time, or the formula a logarithm.
    for text in [
        "6.00 * 7.00 = 6.00",
        "6.00 * 7.00 = 96.7",
        "6.00 * 7.00 = 55.1",
        "6.00 * 7.00 = 0",
        "p_t(2.20, exact(28)) < 0.001",
    ] {
        let outcome = evaluate(&proposal(text), &Limits::default());
        assert_eq!((outcome.verdict, outcome.cause), (DISJOINT, None), "{text}");
    }
}

#[test]
fn a_wrong_denominator_is_a_suspect() {
    let source = "exact(42) / exact(46) = 84.0 %";
    let mut suspected = proposal(source);
    suspected.operands.push(Operand::literal(
        "all patients",
        TextRange::new(90, 92),
        &Literal::new(Form::Exact, Printed::count(50), rederive::arithmetic::units::Unit::one()),
    ));
    let other = Relation::equal(
        Expression::call("/", [Expression::operand(0), Expression::operand(3)]),
        Expression::operand(2),
    );
    let outcome =
        evaluate(&suspected.suspect("the number of all patients as the denominator", other), &Limits::default());
    assert_eq!(outcome.verdict, DISJOINT);
    assert_eq!(
        outcome.cause.map(|cause| (cause.name, cause.words)),
        Some(("wrong-operand".to_owned(), "the number of all patients as the denominator".to_owned()))
    );
}

#[test]
fn comparators_are_half_lines() {
    use Comparator::{Equal, Greater, Less};
    let reported = |comparator, text: &str| Reported {
        range: TextRange::default(),
        comparator,
        readings: vec![(Vec::new(), None, Printed::parse(text).expect("a number"))],
    };
    let judge = |statistic: (Comparator, &str), p: (Comparator, &str)| {
        let operands = vec![
            Operand::reported(
                "t",
                &reported(statistic.0, statistic.1),
                &OperandOptions { magnitude: true, ..OperandOptions::printed() },
            ),
            Operand::reported("degrees of freedom", &reported(Equal, "28"), &OperandOptions::count()),
            Operand::reported("p", &reported(p.0, p.1), &OperandOptions::printed()),
        ];
        let left = Expression::call("p_t", [Expression::operand(0), Expression::operand(1)]);
        evaluate(
            &Proposal::new("ST101", operands, 2, Relation::equal(left, Expression::operand(2))),
            &Limits::default(),
        )
    };
    assert_eq!(judge((Equal, "2.20"), (Less, "0.05")).verdict, Verdict::Consistent);
    assert_eq!(judge((Equal, "2.20"), (Less, "0.05")).relation, "p_t(2.20, exact(28)) < 0.05");
    assert_eq!(judge((Equal, "2.20"), (Less, "0.01")).verdict, DISJOINT);
    assert_eq!(judge((Equal, "2.20"), (Greater, "0.05")).verdict, DISJOINT);
    assert_eq!(judge((Less, "1"), (Equal, "0.60")).verdict, Verdict::Consistent);
    assert_eq!(judge((Less, "1"), (Equal, "0.20")).verdict, DISJOINT);
    assert_eq!(judge((Greater, "2.20"), (Greater, "0.10")).verdict, DISJOINT);
    // Both numbers of the pair `p < x` with x the p of the statistic itself are impossible: the half-line is open.
    let relation = |op| Relation { left: Expression::operand(0), op, right: Expression::operand(1) };
    let mut open = proposal("exact(0.05) = exact(0.05)");
    for (op, verdict) in [
        (Comparison::Less, DISJOINT),
        (Comparison::Greater, DISJOINT),
        (Comparison::AtMost, Verdict::Consistent),
        (Comparison::AtLeast, Verdict::Consistent),
        (Comparison::In, Verdict::Consistent),
    ] {
        open.variants[0].relation = relation(op);
        assert_eq!(evaluate(&open, &Limits::default()).verdict, verdict, "{op:?}");
    }
}

#[test]
fn broken_proposals_are_not_checked() {
    let not_checked = |proposal: &Proposal, words: &str| match verdict(proposal) {
        Verdict::NotChecked { reason } => assert!(reason.contains(words), "{reason}"),
        other => panic!("{other:?}"),
    };
    let mut broken = proposal("5 * 3 = 15");
    broken.operands[0].readings.clear();
    not_checked(&broken, "missing");
    let mut broken = proposal("5 * 3 = 15");
    broken.variants.clear();
    not_checked(&broken, "missing");
    let mut broken = proposal("5 * 3 = 15");
    broken.variants[0].relation.left = Expression::operand(9);
    not_checked(&broken, "no operand");
    broken.variants[0].relation.left = Expression::call("foo", []);
    not_checked(&broken, "no function");
    broken.variants[0].relation.left = Expression::constant("much", "nowhere");
    not_checked(&broken, "not a constant");
    let deep = (0..500).fold(Expression::operand(0), |inner, _| Expression::call("neg", [inner]));
    broken.variants[0].relation.left = deep;
    not_checked(&broken, "deep");
    let limits = Limits { operands: 2, ..Limits::default() };
    assert!(matches!(evaluate(&proposal("5 * 3 = 15"), &limits).verdict, Verdict::NotChecked { .. }));
}

#[test]
fn constants_are_exact() {
    let mut weekly = proposal("6.0 mg/day = 42.0 mg");
    let week = Expression::constant("7 d", "days of a week");
    weekly.variants[0].relation.left = Expression::call("*", [Expression::operand(0), week]);
    let outcome = evaluate(&weekly, &Limits::default());
    assert_eq!(outcome.verdict, Verdict::Consistent);
    assert_eq!(outcome.relation, "6.0 mg/day * exact(7 d) = 42.0 mg");
}

#[test]
fn outcomes_replay_from_their_text() {
    for text in [
        "60 kg {body-mass} * 7000 ng/kg bw/day = 42000 ng/day",
        "2.40 * 3.10 * 1000 = 9400",
        "p_f(4.21, exact(2), 56.3) < 0.001",
        "sum(12 mg, 3.5 mg, 0.25 g) = 0.27 g",
        "5.19 ∈ grim(5.19, exact(28))",
        "37.0 °C = 95.0 °F",
        "exact(42) / exact(46) = 73 %",
        "range(10 mg, 20 mg) * 3 ≥ 70 mg",
        "25 mg/(kg·d) * exact(2) = 49 mg/(kg·d)",
    ] {
        let outcome = evaluate(&proposal(text), &Limits::default());
        let again = match replay(&outcome.relation, true) {
            Ok(Replay::Outcome(again)) => *again,
            other => panic!("{}: {other:?}", outcome.relation),
        };
        assert_eq!(again.relation, outcome.relation);
        assert_eq!((again.stated, again.derived), (outcome.stated, outcome.derived), "{text}");
        assert_eq!((again.verdict, again.cause), (outcome.verdict, outcome.cause), "{text}");
    }
}

#[test]
fn a_mismatch_that_needs_a_cause_counts_only_with_the_mark_of_a_slip() {
    let needs = |text: &str| Proposal { needs_cause: true, ..proposal(text) };
    assert_eq!(verdict(&needs("5.0 * 3.0 = 15")), Verdict::Consistent);
    let slip = evaluate(&needs("5.00 * 3.00 = 1.50"), &Limits::default());
    assert_eq!((slip.verdict, slip.cause.map(|cause| cause.name)), (DISJOINT, Some("power-of-ten".to_owned())));
    // Nothing explains it; a factor of two may be two of a thing; with one digit some factor always fits.
    for text in ["5.00 * 3.00 = 21.0", "5.00 * 3.00 = 7.50", "5 * 3 = 2"] {
        undecided(&needs(text), "no single slip");
        assert_eq!(evaluate(&needs(text), &Limits::default()).cause, None, "{text}");
        assert_ne!(verdict(&proposal(text)), Verdict::Consistent, "{text}");
    }
    let stored = serde_json::to_string(&needs("5.0 * 3.0 = 15")).expect("a proposal is written");
    assert!(stored.contains("\"needs-cause\":true"), "{stored}");
    let read: Proposal = serde_json::from_str(&stored).expect("and read back");
    assert!(read.needs_cause);
}
