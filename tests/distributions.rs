//! p-values against an independent reference of high precision, over a grid.

use rederive::arithmetic::functions::{Precision, Refusal, find};
use rederive::arithmetic::rational::{self, Rational, ratio};
use rederive::arithmetic::{Interval, RealSet, Value};

/// One row of the reference: the function, its arguments, p.
struct Row {
    function: String,
    arguments: Vec<Value>,
    p: Rational,
}

fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/distributions.csv");
    let mut reader = csv::Reader::from_path(path).expect("the reference");
    let read = |record: csv::StringRecord| {
        let number = |text: &str| rational::parse(text).expect("a number");
        let arguments = record.iter().skip(1).take(3).filter(|text| !text.is_empty());
        Row {
            function: record[0].to_owned(),
            arguments: arguments.map(|text| Value::point(number(text))).collect(),
            p: number(&record[4]),
        }
    };
    reader.records().map(|record| read(record.expect("a row"))).collect()
}

#[test]
fn every_enclosure_holds_the_reference_and_is_narrow() {
    let rows = rows();
    assert!(rows.len() > 2000, "{} rows", rows.len());
    let mut refused = 0;
    for row in &rows {
        let function = find(&row.function).expect("a function");
        let value = match function.apply(&row.arguments, Precision::Tight) {
            Ok(value) => value,
            Err(refusal) => panic!("{} {:?}: {refusal}", row.function, row.arguments),
        };
        let hull = value.set.hull().expect("not empty");
        // The enclosure is libm-wide plus 1e-7 each way; holding the reference in it is being within 1e-7 relative.
        assert!(hull.contains(&row.p), "{} {:?}: {:?}", row.function, row.arguments, row.p);
        let (low, high) = (hull.lo().value().expect("bounded"), hull.hi().value().expect("bounded"));
        assert!(high - low <= &row.p * ratio(41, 100_000_000), "{} {:?} is wide", row.function, row.arguments);
        refused += usize::from(low == high);
    }
    assert_eq!(refused, 0);
}

#[test]
fn one_sided_values_are_half_of_the_two_sided() {
    for row in rows().iter().step_by(17) {
        let name = format!("{}_one", row.function);
        let value = find(&name).expect(&name).apply(&row.arguments, Precision::Tight).expect(&name);
        assert!(value.set.contains(&(&row.p / rational::whole(2))));
    }
}

#[test]
fn the_midpoint_is_within_the_promised_error() {
    let mut worst = ratio(0, 1);
    for row in rows() {
        let value = find(&row.function).expect("a function").apply(&row.arguments, Precision::Tight).expect("a value");
        let middle = value.set.hull().and_then(|hull| hull.midpoint()).expect("bounded");
        let error = (&middle - &row.p) / &row.p;
        worst = worst.max(if error < ratio(0, 1) { -error } else { error });
    }
    assert!(worst < ratio(1, 10_000_000), "{}", rational::to_short_text(&worst, 3));
}

#[test]
fn outside_the_safe_range_there_is_a_refusal() {
    let number = |text: &str| Value::point(rational::parse(text).expect(text));
    let set = |low: i64, high: i64| {
        Value::number(RealSet::from(Interval::closed(rational::whole(low), rational::whole(high))))
    };
    let cases: [(&str, Vec<Value>); 9] = [
        ("p_f", vec![number("1"), number("20001"), number("20001")]),
        ("p_f", vec![number("1"), number("1e8"), number("1e8")]),
        ("p_f", vec![number("-1"), number("2"), number("20")]),
        ("p_f", vec![number("1"), number("0"), number("20")]),
        ("p_t", vec![number("1"), number("-3")]),
        ("p_t", vec![number("1"), number("1e7")]),
        ("p_t", vec![number("1"), set(0, 3)]),
        ("p_chi2", vec![number("-0.5"), number("3")]),
        ("p_r", vec![number("1.2"), number("30")]),
    ];
    for (name, arguments) in cases {
        let refusal = find(name).expect(name).apply(&arguments, Precision::Tight).expect_err(name);
        assert!(matches!(refusal, Refusal::Range(_)), "{name}: {refusal}");
    }
}
