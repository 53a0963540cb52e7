//! The edges of the arithmetic: sets of too many parts, scales with a zero of their own, values without bound, and the
//! sets of means and standard deviations against all the data that there can be.

use std::collections::BTreeSet;

use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use rederive::arithmetic::functions::{self, Precision};
use rederive::arithmetic::rational::{self, Rational, power_of_ten, ratio, whole};
use rederive::arithmetic::units::typed::{BodyMass, DailyIntake, Exact, ReferenceDose};
use rederive::arithmetic::{End, Interval, Kind, Printed, RealSet, Value, set_text};
use rederive::derive::{Replay, ReplayError, replay};
use uom::si::SI;
use uom::si::mass::{Mass, kilogram, nanogram};
use uom::si::time::{Time, day};

/// The tight set of an expression of printed numbers.
fn value(text: &str) -> Value {
    match replay(text, true) {
        Ok(Replay::Value { tight, .. }) => tight,
        other => panic!("{text}: {other:?}"),
    }
}

fn refusal(text: &str) -> String {
    match replay(text, false) {
        Err(ReplayError::Refusal(refusal)) => refusal.to_string(),
        other => panic!("{text}: {other:?}"),
    }
}

fn points(count: usize) -> RealSet {
    RealSet::new((0..i64::try_from(count).expect("few")).map(|n| Interval::point(whole(3 * n))))
}

#[test]
fn a_set_of_too_many_parts_is_its_hull_and_never_less() {
    let most = points(RealSet::MAX_PARTS);
    assert_eq!(most.parts().len(), RealSet::MAX_PARTS);
    assert_eq!(most.as_point(), None);
    let more = points(RealSet::MAX_PARTS + 1);
    let last = 3 * i64::try_from(RealSet::MAX_PARTS).expect("few");
    assert_eq!(more, RealSet::from(Interval::closed(whole(0), whole(last))));
    // The sum of 100 and 100 points has few different values, but each pair would be a part: the hull stands for them.
    let hundred = points(100);
    assert_eq!(hundred.add(&hundred), RealSet::from(Interval::closed(whole(0), whole(594))));
    let text = vec!["{1}"; RealSet::MAX_PARTS + 1].join(" ∪ ");
    assert_eq!(set_text::parse(&text), None);
}

#[test]
fn scales_with_a_zero_of_their_own_keep_points_and_differences_apart() {
    let point = value("20 °C - 3 K");
    assert_eq!(point.kind, value("20 °C").kind);
    assert!(point.set.contains(&ratio(29_015, 100)));
    let logarithm = value("7 pH + 1 pH");
    assert_eq!(logarithm.kind, value("7 pH").kind);
    assert!(logarithm.set.contains(&whole(8)));
    for (text, words) in [
        ("3 K - 20 °C", "cannot be taken from a difference"),
        ("mean(20 °C, 5 K)", "have no mean"),
        ("sum(20 °C, 30 °C)", "a point of a scale"),
        ("-(20 °C)", "a point of a scale"),
        ("20 °C + 5 kg", "a point of a scale"),
        ("7 pH + 1", "logarithmic"),
        ("sqrt(4 cell)", "no square root"),
        ("sqrt(9 m)", "no square root"),
    ] {
        assert!(refusal(text).contains(words), "{text}: {}", refusal(text));
    }
}

#[test]
fn magnitudes_and_powers_of_sets_over_zero() {
    let set = |lo: Rational, hi: Rational| RealSet::from(Interval::closed(lo, hi));
    assert_eq!(value("abs(range(-3, 2))").set, set(whole(0), ratio(7, 2)));
    assert_eq!(value("abs(range(-3, -2))").set, set(ratio(3, 2), ratio(7, 2)));
    assert_eq!(value("abs(above(-3))").set, RealSet::from(Interval::above(whole(0), true)));
    assert!(refusal("exact(0) ^ -2").contains("division by zero"));
    assert_eq!(value("exact(5) ^ exact(0)").set, RealSet::point(whole(1)));
    assert_eq!(Interval::above(whole(4), true).scale(&whole(0)), Interval::point(whole(0)));
}

#[test]
fn functions_of_values_without_bound_enclose_them() {
    for text in ["log10(above(0))", "ln(above(0))"] {
        assert_eq!(value(text).set, RealSet::from(Interval::all()), "{text}");
    }
    for text in ["2 ^ above(3)", "above(2) ^ 0.5"] {
        assert_eq!(value(text).set, RealSet::from(Interval::above(whole(0), false)), "{text}");
    }
    // e^800 is beyond every double, and still above e^709.
    let huge = value("exp(exact(800))").set;
    assert!(huge.contains(&power_of_ten(347)) && !huge.contains(&power_of_ten(300)));
    let tiny = value("exp(exact(-800))").set;
    assert!(tiny.contains(&power_of_ten(-347)) && !tiny.contains(&whole(-1)));
    // Beyond every double, too: the enclosure of the number itself.
    for (power, sign) in [(400, 1), (400, -1)] {
        let beyond = power_of_ten(power) * whole(sign);
        let (low, high) = rational::to_f64_outward(&beyond);
        assert!(low < high && (low.is_infinite() || high.is_infinite()));
        let inside = |end: f64, below: bool| Rational::from_float(end).is_none_or(|end| (end < beyond) == below);
        assert!(inside(low, true) && inside(high, false), "{low} {high}");
    }
    for text in ["p_t(1e400, exact(3))", "p_f(1e400, exact(3), exact(20))", "p_r(exact(1), exact(10))"] {
        let p = value(text).set;
        assert!(p.contains(&whole(0)) && !p.contains(&power_of_ten(-200)), "{text}: {p:?}");
    }
    for text in
        ["p_chi2(exact(5e-324), exact(2))", "p_f(exact(5e-324), exact(2), exact(3))", "p_t(exact(5e-324), exact(2))"]
    {
        assert!(value(text).set.contains(&(whole(1) - power_of_ten(-9))), "{text}");
    }
    for text in
        ["p_chi2(2, exact(5e-324))", "p_t(2, exact(5e-324))", "p_f(2, exact(5e-324), exact(3))", "p_t(2, exact(0.4))"]
    {
        assert!(refusal(text).contains("outside the range"), "{text}: {}", refusal(text));
    }
    assert!(refusal("p_r(exact(1.01), exact(10))").contains("statistic"));
}

#[test]
fn what_is_no_number_is_refused() {
    assert_eq!(rational::parse_exact("1/0"), None);
    assert_eq!(rational::parse_exact("1/3"), Some(ratio(1, 3)));
    assert_eq!(Printed::parse("1/3"), None);
    let count = Printed::parse("12").expect("a number").as_exact();
    assert_eq!((count.tight(), count.wide()), (RealSet::point(whole(12)), RealSet::point(whole(12))));
}

fn apply(name: &str, arguments: &[RealSet]) -> RealSet {
    let arguments: Vec<Value> = arguments.iter().map(|set| Value { set: set.clone(), kind: Kind::number() }).collect();
    functions::find(name).expect(name).apply(&arguments, Precision::Tight).unwrap_or_else(|r| panic!("{name}: {r}")).set
}

fn exactly(n: i64) -> RealSet {
    RealSet::point(whole(n))
}

/// The number in steps of a hundredth, as it is printed.
fn hundredths(n: i64) -> Printed {
    Printed::parse(&format!("{}.{:02}", n / 100, n % 100)).expect("a decimal")
}

/// All sums of squares of `n` whole numbers with the given total, each at most `reach` in magnitude.
fn squares(total: i64, n: usize, reach: i64) -> BTreeSet<i64> {
    if n == 1 {
        return if total.abs() <= reach { BTreeSet::from([total * total]) } else { BTreeSet::new() };
    }
    (-reach..=reach)
        .flat_map(|own| squares(total - own, n - 1, reach).into_iter().map(move |s| s + own * own))
        .collect()
}

/// Whether the root of a variance prints as the number, by plain rounding either way at a half.
fn prints_as(variance: &Rational, sd: &Printed) -> bool {
    let hull = sd.tight().hull().expect("not empty");
    let (Some(lo), Some(hi)) = (hull.lo().value(), hull.hi().value()) else { panic!("bounded") };
    let above = lo.is_negative() || lo * lo <= *variance;
    above && *variance <= hi * hi
}

#[test]
fn grimmer_allows_just_the_deviations_that_whole_numbers_reach() {
    for (n, mean, totals) in [(2_usize, 350, vec![7]), (3, 333, vec![10]), (4, 275, vec![11]), (5, 240, vec![12])] {
        let reach = if n == 5 { 9 } else { 14 };
        let size = i64::try_from(n).expect("small");
        let variances: Vec<Rational> = totals
            .iter()
            .flat_map(|total| {
                let centre = whole(total * total) / whole(size);
                squares(*total, n, reach).into_iter().map(move |sum| (whole(sum) - &centre) / whole(size - 1))
            })
            .collect();
        for sd in 0..400 {
            let printed = hundredths(sd);
            let reached = variances.iter().any(|variance| prints_as(variance, &printed));
            let allowed = apply("grimmer", &[hundredths(mean).tight(), printed.tight(), exactly(size)]);
            assert_eq!(allowed.meets(&printed.tight()), reached, "n = {n}, mean {mean}, sd {sd} hundredths");
        }
    }
}

#[test]
fn where_nearly_everything_is_reached_nothing_is_called_impossible() {
    let sd = hundredths(120).tight();
    // A million people: the mean stands for ten thousand totals.
    assert!(apply("grimmer", &[hundredths(350).tight(), sd.clone(), exactly(1_000_000)]).meets(&sd));
    // An SD printed so coarsely that thousands of sums of squares fit.
    let coarse = Printed::parse("9e3").expect("a number").tight();
    assert!(apply("grimmer", &[hundredths(350).tight(), coarse.clone(), exactly(10)]).meets(&coarse));
    let share = RealSet::from(Interval::closed(whole(0), whole(1)));
    let all = apply("debit", &[share, exactly(10_000)]).hull().expect("not empty");
    assert!(all.contains(&whole(0)) && all.contains(&ratio(1, 2)) && !all.contains(&ratio(51, 100)));
    let dense = apply("grim", &[RealSet::from(Interval::closed(whole(0), whole(5))), exactly(1000)]);
    assert_eq!(dense.parts().len(), 1);
}

proptest! {
    /// Data that exist are never called impossible, whatever they are.
    #[test]
    fn grim_and_grimmer_allow_what_exists(data in prop::collection::vec(1_i64..=7, 2..9)) {
        let n = i64::try_from(data.len()).expect("few");
        let total: i64 = data.iter().sum();
        let mean = whole(total) / whole(n);
        let centred = data.iter().map(|x| (whole(*x) - &mean) * (whole(*x) - &mean)).fold(whole(0), |a, b| a + b);
        let variance = centred / whole(n - 1);
        let rounded = (&mean * whole(100)).round().to_integer().to_i64().expect("small");
        let mean = hundredths(rounded).tight();
        prop_assert!(apply("grim", &[mean.clone(), exactly(n)]).meets(&mean));
        // The root to hundredths: the nearest of the two neighbours of the whole root.
        let root = (&variance * whole(10_000)).to_integer().sqrt().to_i64().expect("small");
        let sd = [root, root + 1].map(hundredths).into_iter().find(|sd| prints_as(&variance, sd)).expect("one of them");
        prop_assert!(apply("grimmer", &[mean, sd.tight(), exactly(n)]).meets(&sd.tight()));
    }

    /// However far out an argument is, a tail is a probability or a refusal, and never less of one for a larger statistic.
    #[test]
    fn tails_far_out_are_probabilities(
        name in prop::sample::select(vec!["p_t", "p_chi2", "p_f", "p_r", "p_z", "p_q"]),
        (digits, power) in (1_i64..100, -420_i32..420), (first, second) in (-20_i32..12, -20_i32..12),
    ) {
        let function = functions::find(name).expect(name);
        let statistic = whole(digits) * power_of_ten(power);
        let degrees = [first, second].map(|power| Value::point(whole(3) * power_of_ten(power)));
        let p = |statistic: Rational| {
            let arguments: Vec<Value> =
                std::iter::once(Value::point(statistic)).chain(degrees.clone()).take(function.arity.least).collect();
            function.apply(&arguments, Precision::Tight)
        };
        if let (Ok(near), Ok(far)) = (p(statistic.clone()), p(statistic * whole(10))) {
            let ends = |value: Value| value.set.hull().and_then(|hull| Some((hull.lo().value()?.clone(), hull.hi().value()?.clone())));
            let ((low, high), (far_low, far_high)) = (ends(near).expect("bounded"), ends(far).expect("bounded"));
            prop_assert!(!far_low.is_negative() && far_low <= high && far_high <= whole(1) && low <= whole(1));
            prop_assert!(far_low <= low && far_high <= high, "{name}: a larger statistic has a larger p");
        }
    }

    /// The product of two half-lines or intervals holds every product of their members.
    #[test]
    fn products_hold_the_products(
        (a, b) in (end(), end()), (c, d) in (end(), end()), x in -8_i64..=8, y in -8_i64..=8,
    ) {
        let (Some(left), Some(right)) = (Interval::new(a, b), Interval::new(c, d)) else { return Ok(()) };
        let (x, y) = (ratio(x, 2), ratio(y, 2));
        prop_assume!(left.contains(&x) && right.contains(&y));
        prop_assert!(left.mul(&right).contains(&(&x * &y)), "{left:?} × {right:?} lacks {x} × {y}");
        prop_assert!(left.add(&right).contains(&(&x + &y)));
        prop_assert!(left.sub(&right).contains(&(&x - &y)));
    }
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        Just(End::Unbounded),
        (-4_i64..=4).prop_map(|n| End::Open(whole(n))),
        (-4_i64..=4).prop_map(|n| End::Closed(whole(n))),
    ]
}

#[test]
fn a_dose_a_mass_and_an_intake_are_one_equation_and_their_quantities_too() {
    let mass = BodyMass::new(Mass::new::<kilogram>(Exact::whole(60)));
    let one_day: Time<SI<Exact>, Exact> = Time::new::<day>(Exact::whole(1));
    let intake = DailyIntake::new(Mass::new::<nanogram>(Exact::whole(420_000)) / one_day.clone());
    let dose: ReferenceDose = intake.clone() / mass.clone();
    // What the types promise, the plain quantities hold as well: 7000 ng/kg/day × 60 kg × 1 day.
    let plain = dose.quantity() * mass.quantity() * one_day;
    assert_eq!(plain.get::<nanogram>(), Exact::whole(420_000));
    assert_eq!((mass * dose).quantity(), intake.quantity());
    assert_eq!(Exact::whole(7) % Exact::whole(-2), Exact::whole(1));
    assert_eq!(Exact::from(RealSet::empty()) % Exact::whole(2), Exact::from(RealSet::empty()));
    assert!(Exact::whole(0).is_zero() && !Exact::from(Interval::closed(whole(0), whole(1))).is_zero());
}
