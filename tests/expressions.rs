//! The text form of expressions and relations: reading, printing, evaluating, refusing.

use rederive::arithmetic::rational::{ratio, whole};
use rederive::arithmetic::{Interval, RealSet};
use rederive::derive::{
    Outcome, Program, Replay, ReplayError, Strength, Verdict, expression_text, parse, relation_text, replay,
};

fn value(text: &str) -> RealSet {
    match replay(text, false) {
        Ok(Replay::Value { tight, .. }) => tight.set,
        other => panic!("{text}: {other:?}"),
    }
}

fn outcome(text: &str) -> Outcome {
    match replay(text, true) {
        Ok(Replay::Outcome(outcome)) => *outcome,
        other => panic!("{text}: {other:?}"),
    }
}

/// The text printed from what was read.
fn printed(text: &str) -> String {
    let source = parse(text).unwrap_or_else(|error| panic!("{text}: {error} at {}", error.at));
    let leaf = |ix: rederive::derive::OperandIx| source.literals[ix.0].to_string();
    match &source.program {
        Program::Expression(expression) => expression_text(expression, &leaf),
        Program::Relation(relation) => relation_text(relation, &leaf),
    }
}

#[test]
fn expressions_evaluate_exactly() {
    for (text, result) in [
        ("2 + 3 * 4", whole(14)),
        ("(2 + 3) * 4", whole(20)),
        ("2 - 3 - 4", whole(-5)),
        ("2 / 3 / 4", ratio(1, 6)),
        ("2 ^ 3 ^ 2", whole(512)),
        ("-2 ^ 2", whole(-4)),
        ("(-2) ^ 2", whole(4)),
        ("2 ^ -2", ratio(1, 4)),
        ("3 − −5", whole(8)),
        ("6 × 7 ÷ 2 · 3", whole(63)),
        ("1.5 ×10^3", whole(1500)),
        ("1.5×10⁻³", ratio(3, 2000)),
        ("2 ^ 10", whole(1024)),
        ("1,234,567", whole(1_234_567)),
        ("1,234.5 * 2", whole(2469)),
        ("sum(1, 2, 3) / mean(2, 4)", whole(2)),
        ("percent(1, 8)", ratio(1, 8)),
        ("percent_change(80, 100)", ratio(1, 4)),
        ("abs(-3)", whole(3)),
        (
            "60 kg * 7000 ng/kg/day",
            whole(60) * whole(7000) / rederive::arithmetic::rational::power_of_ten(12) / whole(86_400),
        ),
        ("5 in in cm", ratio(127, 1000)),
        ("100 cm in m", whole(1)),
        ("10 s - 3 s", whole(7)),
        ("10 mg / 2 mL", whole(5)),
        ("1e3", whole(1000)),
    ] {
        assert_eq!(value(text), RealSet::point(result), "{text}");
    }
}

#[test]
fn printed_numbers_are_sets() {
    let Ok(Replay::Value { tight, wide }) = replay("60 * 7000", true) else { panic!("a value") };
    assert_eq!(wide.set, Interval::closed(whole(357_500), whole(487_500)).into());
    assert!(tight.set.contains(&whole(420_000)) && !tight.set.contains(&whole(428_000)));
    let Ok(Replay::Value { wide, .. }) = replay("exact(60) * exact(7000)", true) else { panic!("a value") };
    assert_eq!(wide.set, RealSet::point(whole(420_000)));
    let Ok(Replay::Value { wide, .. }) = replay("rounded(exact(2))", true) else { panic!("a value") };
    assert_eq!(wide.set, Interval::closed(ratio(199, 100), ratio(201, 100)).into());
}

#[test]
fn relations_have_a_verdict() {
    for text in ["60 kg * 7000 ng/kg/day = 420000 ng/day", "2.20 ≥ 2.2", "0.04 < .05", "p_t(2.20, exact(28)) = 0.036"]
    {
        assert_eq!(outcome(text).verdict, Verdict::Consistent, "{text}");
    }
    for text in [
        "60 kg * 7000 ng/kg/day = 42000 ng/day",
        "p_t(2.20, exact(28)) < 0.01",
        "3 > 4",
        "3 ≤ 2",
        "5.19 ∈ grim(5.19, exact(28))",
    ] {
        assert_eq!(outcome(text).verdict, Verdict::Inconsistent(Strength::Disjoint), "{text}");
    }
    assert_eq!(outcome("5 / 3 = 1.6").verdict, Verdict::Consistent);
    assert_eq!(outcome("exact(5) / exact(3) = 1.6").verdict, Verdict::Inconsistent(Strength::RoundingHabit));
    assert!(matches!(outcome("5 kg = 5 s").verdict, Verdict::Undecided { .. }));
    assert!(matches!(outcome("5 kg + 3 s = 8 kg").verdict, Verdict::Undecided { .. }));
    assert!(matches!(outcome("1 / exact(0) = 8").verdict, Verdict::NotChecked { .. }));
}

#[test]
fn bde_209_is_a_factor_of_ten() {
    let outcome = outcome("60 kg * 7000 ng/kg/day = 42000 ng/day");
    let cause = outcome.cause.expect("a cause");
    assert_eq!((cause.name.as_str(), cause.factor), ("power-of-ten", Some(whole(10))));
    assert!(!outcome.derived.wide.meets(&outcome.stated.wide));
}

#[test]
fn what_is_printed_is_read_back() {
    for text in [
        "60 kg * 7000 ng/kg/day in ng/day = 42000 ng/day",
        "(2 + 3) * 4 - -(5) ^ 2",
        "2 ^ 3 ^ 2 / (4 / 5) - (6 - 7)",
        "p_t(2.20, exact(28)) < 0.05",
        "range(10 mg, 20 mg) * 3 ∈ at_most(60 mg)",
        "(5 in in cm) + 3 cm",
        "60 kg {body-mass} * 3 ng/kg {body-mass^-1} ≥ 180 ng",
        "-2.50 + 5 % ≤ within(3)",
        "(5 m) ^ 2 + (-5) ^ 2 > above(-1)",
        "10 s - 3 s - (2 s - 1 s)",
        "5 mg/kg·d {meaning 2} = 5 mg/(kg·d)",
        "rounded(5 * 3) * 7 = 105",
    ] {
        let once = printed(text);
        assert_eq!(printed(&once), once, "{text}");
        let (a, b) = (parse(text).expect("read"), parse(&once).expect("read again"));
        assert_eq!(a.program, b.program, "{text} → {once}");
        assert_eq!(
            a.literals.iter().map(ToString::to_string).collect::<Vec<_>>(),
            b.literals.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    for (text, at, words) in [
        ("", 0, "a value is expected"),
        ("2 +", 3, "a value is expected"),
        ("2 3", 2, "an operator"),
        ("(2", 2, "`)`"),
        ("2)", 1, "an operator"),
        ("7,000 * 2", 0, "ambiguous"),
        ("sum(1,234)", 4, "ambiguous"),
        ("0,05", 0, "decimal mark"),
        ("foo(2)", 0, "no function"),
        ("kg", 0, "not a value"),
        ("2 qqq", 2, "does not begin with a unit"),
        ("2 kg in", 5, "an operator"),
        ("× 2", 0, "a value"),
        ("2 * × 3", 4, "a value"),
        ("exact(2 + 3)", 8, "`)`"),
        ("range(2 kg, 3 s)", 15, "one unit"),
        ("2 {meaning 2}", 13, "no meaning"),
        ("2 {a^b}", 3, "no tag"),
        ("2 {a", 3, "`}`"),
        ("in(2, 3)", 0, "no function"),
        ("2 in \"nonsense qq\"", 5, "not a unit"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.message.contains(words), "{text}: {}", error.message);
        assert_eq!(error.at, at, "{text}: {}", error.message);
    }
}

#[test]
fn hostile_text_is_refused_in_time() {
    let deep = format!("{}2{}", "(".repeat(9000), ")".repeat(9000));
    let chain = vec!["1"; 5000].join("+");
    let signs = format!("{}2", "-".repeat(15_000));
    let powers = vec!["9"; 5000].join("^");
    let calls = format!("{}2", "sqrt(".repeat(3000));
    let many = format!("sum({})", vec!["1"; 3000].join(", "));
    let long = "7".repeat(5000);
    for text in [deep, chain, signs, powers, calls, many, long, "9".repeat(30_000), "kg ".repeat(6000)] {
        assert!(parse(&text).is_err(), "{}", &text[..20]);
    }
    for text in ["9^9^9", "(9^64)^64", "1e400 * 1e400 ^ 60", "ln(-1)", "sqrt(-1)", "1 / (2 - 2)", "9 ^ 0.5 ^ 1e300"] {
        let result = replay(text, false);
        assert!(matches!(result, Err(ReplayError::Refusal(_)) | Ok(_)), "{text}");
    }
    assert!(matches!(replay("(9^64)^64 * (9^64)^64", false), Err(ReplayError::Refusal(_))));
}

#[test]
fn kinds_are_kept_apart() {
    for text in [
        "20 °C + 3 °C",
        "20 °C * 2",
        "7 pH * 2",
        "5 kg + 3 s",
        "ln(5 kg)",
        "2 ^ (3 kg)",
        "sqrt(5 kg)",
        "5 kg in s",
        "60 kg bw * 2 in kg",
    ] {
        let result = replay(text, false);
        assert!(matches!(&result, Err(ReplayError::Refusal(refusal)) if refusal.is_kind()), "{text}: {result:?}");
    }
    assert_eq!(value("20 °C - 3 °C"), RealSet::point(whole(17)));
    assert_eq!(value("20 °C + 3 K"), RealSet::point(ratio(29_615, 100)));
    assert_eq!(value("mean(20 °C, 30 °C)"), RealSet::point(ratio(29_815, 100)));
    assert_eq!(value("7.4 pH - 7.0 pH"), RealSet::point(ratio(2, 5)));
    assert!(value("sqrt(9 m^2)").contains(&whole(3)));
}
