//! The functions of statistics over boxes of printed numbers, against plain formulas at random points inside the boxes:
//! every value is inside the enclosure, the values at the corners nearly fill it, and a wider box never gives a narrower set.

#![expect(
    clippy::disallowed_methods,
    reason = "the plain formulas are to use no code of the program; their slack covers platforms"
)]

use rederive::arithmetic::functions::{Precision, Refusal, find};
use rederive::arithmetic::rational::{self, Rational};
use rederive::arithmetic::{Interval, Printed, RealSet, Value};

/// Boxes for each function.
const BOXES: usize = 40;
/// Points in each box; one in two is a corner.
const POINTS: usize = 120;

/// A small generator, the same on every platform (Numerical Recipes, "an even quicker generator", widened).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(u64::try_from(high - low + 1).expect("in order"))).expect("small")
    }
}

/// What an argument is made of.
#[derive(Clone, Copy)]
enum Slot {
    /// A printed number from one number of hundredths to another, with two decimals.
    Hundredths(i64, i64),
    /// An exact whole number.
    Count(i64, i64),
    /// A level of confidence in thousandths, exact.
    Level,
}

/// A function, its arguments, and the plain formula.
struct Case {
    name: &'static str,
    slots: Vec<Slot>,
    formula: fn(&[f64]) -> f64,
    /// The share of the enclosure that the values at points have to fill, in percent; 0 where boxes may hold a pole.
    filled: f64,
}

fn mean() -> Slot {
    Slot::Hundredths(-500, 900)
}

fn sd() -> Slot {
    Slot::Hundredths(40, 300)
}

fn size() -> Slot {
    Slot::Count(2, 120)
}

fn pooled(x: &[f64]) -> f64 {
    let variance = ((x[2] - 1.0) * x[1] * x[1] + (x[5] - 1.0) * x[4] * x[4]) / (x[2] + x[5] - 2.0);
    (x[0] - x[3]) / (variance * (1.0 / x[2] + 1.0 / x[5])).sqrt()
}

fn welch_df(x: &[f64]) -> f64 {
    let (v, w) = (x[0] * x[0] / x[1], x[2] * x[2] / x[3]);
    (v + w) * (v + w) / (v * v / (x[1] - 1.0) + w * w / (x[3] - 1.0))
}

fn oneway(x: &[f64]) -> f64 {
    let groups: Vec<&[f64]> = x.chunks(3).collect();
    let size: f64 = groups.iter().map(|group| group[2]).sum();
    let mean = groups.iter().map(|group| group[0] * group[2]).sum::<f64>() / size;
    let between: f64 = groups.iter().map(|group| group[2] * (group[0] - mean) * (group[0] - mean)).sum();
    let within: f64 = groups.iter().map(|group| (group[2] - 1.0) * group[1] * group[1]).sum();
    let count = f64::from(u8::try_from(groups.len()).expect("few"));
    (between / (count - 1.0)) / (within / (size - count))
}

fn cases() -> Vec<Case> {
    let case = |name, slots: &[Slot], formula, filled| Case { name, slots: slots.to_vec(), formula, filled };
    let group = [mean(), sd(), size()];
    let two = [group, group].concat();
    let f = [Slot::Hundredths(5, 3000), Slot::Count(1, 8), Slot::Count(3, 200)];
    let t = Slot::Hundredths(-600, 600);
    let table = [Slot::Count(1, 80); 4];
    let wald = [&table[..], &[Slot::Level]].concat();
    vec![
        case("t_pooled", &two, pooled, 60.0),
        case("t_welch", &two, |x| (x[0] - x[3]) / (x[1] * x[1] / x[2] + x[4] * x[4] / x[5]).sqrt(), 60.0),
        case("df_welch", &[sd(), size(), sd(), size()], welch_df, 60.0),
        case(
            "t_paired",
            &[mean(), sd(), mean(), sd(), Slot::Hundredths(-90, 80), size()],
            |x| (x[0] - x[2]) / ((x[1] * x[1] + x[3] * x[3] - 2.0 * x[4] * x[1] * x[3]) / x[5]).sqrt(),
            50.0,
        ),
        case("f_oneway", &two, oneway, 50.0),
        case("f_oneway", &[group, group, group].concat(), oneway, 40.0),
        case("f_oneway", &[group, group, group, group, group].concat(), oneway, 25.0),
        case("d_pooled", &two, |x| pooled(x) * (1.0 / x[2] + 1.0 / x[5]).sqrt(), 60.0),
        case(
            "d_average",
            &[mean(), sd(), mean(), sd()],
            |x| (x[0] - x[2]) / f64::midpoint(x[1] * x[1], x[3] * x[3]).sqrt(),
            60.0,
        ),
        case("d_glass", &[mean(), mean(), sd()], |x| (x[0] - x[1]) / x[2], 70.0),
        case("d_from_t", &[t, size(), size()], |x| x[0] * (1.0 / x[1] + 1.0 / x[2]).sqrt(), 90.0),
        case("d_equal_n", &[t, size()], |x| 2.0 * x[0] / (x[1] + 2.0).sqrt(), 90.0),
        case("d_from_df", &[t, size()], |x| 2.0 * x[0] / x[1].sqrt(), 90.0),
        case("dz_from_t", &[t, size()], |x| x[0] / x[1].sqrt(), 90.0),
        case("r_from_t", &[t, size()], |x| x[0] / (x[0] * x[0] + x[1]).sqrt(), 90.0),
        case("g_hedges", &[t, Slot::Count(4, 200)], |x| x[0] * (1.0 - 3.0 / (4.0 * x[1] - 1.0)), 0.0),
        case("z_fisher", &[Slot::Hundredths(-98, 98)], |x| ((1.0 + x[0]) / (1.0 - x[0])).ln() / 2.0, 90.0),
        case("eta2_partial", &f, |x| x[0] * x[1] / (x[0] * x[1] + x[2]), 90.0),
        case("omega2_partial", &f, |x| x[1] * (x[0] - 1.0) / (x[1] * (x[0] - 1.0) + x[1] + x[2] + 1.0), 90.0),
        case("epsilon2_partial", &f, |x| x[1] * (x[0] - 1.0) / (x[0] * x[1] + x[2]), 90.0),
        case("f_cohen", &f, |x| (x[0] * x[1] / x[2]).sqrt(), 90.0),
        case("phi", &[Slot::Hundredths(2, 2000), Slot::Count(5, 400)], |x| (x[0] / x[1]).sqrt(), 90.0),
        case(
            "cramers_v",
            &[Slot::Hundredths(2, 2000), Slot::Count(5, 400), Slot::Count(2, 6)],
            |x| (x[0] / (x[1] * (x[2] - 1.0))).sqrt(),
            90.0,
        ),
        case("odds_ratio", &table, |x| x[0] * x[3] / (x[1] * x[2]), 0.0),
        case("risk_ratio", &table, |x| x[0] / (x[0] + x[1]) / (x[2] / (x[2] + x[3])), 0.0),
        case("odds_ratio_low", &wald, |x| wald_odds(x, -1.0), 0.0),
        case("odds_ratio_high", &wald, |x| wald_odds(x, 1.0), 0.0),
        case("risk_ratio_low", &wald, |x| wald_risk(x, -1.0), 0.0),
        case("risk_ratio_high", &wald, |x| wald_risk(x, 1.0), 0.0),
        case("ci_centre", &[mean(), mean()], |x| f64::midpoint(x[0], x[1]), 90.0),
        case("ci_centre_ratio", &[Slot::Hundredths(10, 90), Slot::Hundredths(90, 900)], |x| (x[0] * x[1]).sqrt(), 90.0),
        case(
            "ci_se",
            &[Slot::Hundredths(-900, -100), Slot::Hundredths(0, 900), Slot::Level],
            |x| (x[1] - x[0]) / (2.0 * normal_quantile(x[2])),
            90.0,
        ),
        case(
            "ci_se_ratio",
            &[Slot::Hundredths(10, 90), Slot::Hundredths(100, 900), Slot::Level],
            |x| (x[1] / x[0]).ln() / (2.0 * normal_quantile(x[2])),
            90.0,
        ),
        case(
            "p_from_ci",
            &[Slot::Hundredths(20, 300), Slot::Hundredths(-300, -10), Slot::Hundredths(100, 400), Slot::Level],
            |x| two_sided(x[0].abs() * 2.0 * normal_quantile(x[3]) / (x[2] - x[1])),
            50.0,
        ),
        case(
            "p_from_ci_ratio",
            &[Slot::Hundredths(110, 300), Slot::Hundredths(20, 100), Slot::Hundredths(150, 600), Slot::Level],
            |x| two_sided(x[0].ln().abs() * 2.0 * normal_quantile(x[3]) / (x[2] / x[1]).ln()),
            50.0,
        ),
        case("chi2_table", &[&[Slot::Count(2, 2)][..], &table].concat(), |x| chi2(&x[1..], 0.0), 0.0),
        case("chi2_table_yates", &[&[Slot::Count(2, 2)][..], &table].concat(), |x| chi2(&x[1..], 0.5), 0.0),
        case(
            "chi2_equal",
            &table,
            |x| {
                let expected = x.iter().sum::<f64>() / 4.0;
                x.iter().map(|count| (count - expected) * (count - expected) / expected).sum()
            },
            0.0,
        ),
        case(
            "chi2_fit",
            &[Slot::Count(1, 80), Slot::Hundredths(50, 6000), Slot::Count(1, 80), Slot::Hundredths(50, 6000)],
            |x| x.chunks(2).map(|pair| (pair[0] - pair[1]) * (pair[0] - pair[1]) / pair[1]).sum(),
            70.0,
        ),
    ]
}

fn wald_odds(x: &[f64], side: f64) -> f64 {
    let error = (1.0 / x[0] + 1.0 / x[1] + 1.0 / x[2] + 1.0 / x[3]).sqrt();
    ((x[0] * x[3] / (x[1] * x[2])).ln() + side * normal_quantile(x[4]) * error).exp()
}

fn wald_risk(x: &[f64], side: f64) -> f64 {
    let (first, second) = (x[0] + x[1], x[2] + x[3]);
    let error = (1.0 / x[0] - 1.0 / first + 1.0 / x[2] - 1.0 / second).sqrt();
    ((x[0] / first / (x[2] / second)).ln() + side * normal_quantile(x[4]) * error).exp()
}

fn chi2(x: &[f64], less: f64) -> f64 {
    let all: f64 = x.iter().sum();
    let expected = |row: usize, column: usize| (x[2 * row] + x[2 * row + 1]) * (x[column] + x[column + 2]) / all;
    (0..4)
        .map(|at| {
            let expected = expected(at / 2, at % 2);
            let distance = (x[at] - expected).abs() - less;
            distance * distance / expected
        })
        .sum()
}

/// The two-sided tail of the normal by its error function.
fn two_sided(z: f64) -> f64 {
    libm_erfc(z / std::f64::consts::SQRT_2)
}

/// The complement of the error function, by numerical integration of its density: no code of the program is used.
fn libm_erfc(x: f64) -> f64 {
    let steps = 600_i32;
    let width = 12.0 / f64::from(steps);
    let density = |y: f64| (-(x + y) * (x + y)).exp();
    let inner: f64 = (1..steps).map(|at| density(f64::from(at) * width) * if at % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (density(0.0) + inner + density(12.0)) * width / 3.0 * 2.0 / std::f64::consts::PI.sqrt()
}

/// The z of a level, from tables.
fn normal_quantile(level: f64) -> f64 {
    let table = [
        (0.8, 1.281_551_565_544_600_4),
        (0.9, 1.644_853_626_951_472_2),
        (0.95, 1.959_963_984_540_054),
        (0.99, 2.575_829_303_548_900_4),
        (0.999, 3.290_526_731_491_894_5),
    ];
    table.into_iter().find(|(known, _)| (known - level).abs() < 1e-9).map_or(f64::NAN, |(_, z)| z)
}

/// A box for the slots: the values, and the ends of each.
fn draw(slots: &[Slot], random: &mut Random) -> (Vec<Value>, Vec<(f64, f64)>) {
    let one = |slot: &Slot, random: &mut Random| match *slot {
        Slot::Hundredths(low, high) => {
            let hundredths = random.between(low, high);
            let text = rational::to_text(&rational::ratio(hundredths, 100));
            let text = if text.contains('.') { text } else { format!("{text}.") };
            let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            let padded = format!("{text}{}", "0".repeat(2 - places));
            let value = Value::number(Printed::parse(&padded).expect(&padded).tight());
            let centre = number(hundredths) / 100.0;
            (value, (centre - 0.005, centre + 0.005))
        }
        Slot::Count(low, high) => {
            let count = random.between(low, high);
            (Value::whole(count), (number(count), number(count)))
        }
        Slot::Level => {
            let level = [800, 900, 950, 990, 999][usize::try_from(random.below(5)).expect("small")];
            (Value::point(rational::ratio(level, 1000)), (number(level) / 1000.0, number(level) / 1000.0))
        }
    };
    slots.iter().map(|slot| one(slot, random)).unzip()
}

fn number(value: i64) -> f64 {
    f64::from(i32::try_from(value).expect("small"))
}

fn ends(set: &RealSet) -> (f64, f64) {
    let hull = set.hull().expect("not empty");
    let end = |value: Option<&Rational>, other: f64| value.map_or(other, |value| rational::to_f64_outward(value).0);
    (end(hull.lo().value(), f64::NEG_INFINITY), end(hull.hi().value(), f64::INFINITY))
}

#[test]
fn enclosures_hold_every_point_of_a_box_and_are_nearly_filled() {
    for case in cases() {
        let mut random = Random(0x5eed ^ case.name.len() as u64);
        let function = find(case.name).unwrap_or_else(|| panic!("{}", case.name));
        let (mut filled, mut boxes) = (0.0, 0.0);
        for _ in 0..BOXES {
            let (arguments, ranges) = draw(&case.slots, &mut random);
            let set = match function.apply(&arguments, Precision::Tight) {
                Ok(value) => value.set,
                Err(Refusal::Domain(_)) => continue,
                Err(refusal) => panic!("{}: {refusal}", case.name),
            };
            let (low, high) = ends(&set);
            let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
            for at in 0..POINTS {
                let point: Vec<f64> = ranges
                    .iter()
                    .map(|(low, high)| {
                        let share = if at % 2 == 0 { random.below(2) * 1000 } else { random.below(1001) };
                        low + (high - low) * number(i64::try_from(share).expect("small")) / 1000.0
                    })
                    .collect();
                let value = (case.formula)(&point);
                let slack = 1e-6 * value.abs() + 1e-12;
                assert!(low - slack <= value && value <= high + slack, "{} {ranges:?} {value} {set:?}", case.name);
                (least, most) = (least.min(value), most.max(value));
            }
            if high > low && high.is_finite() && low.is_finite() {
                filled += (most - least) / (high - low) * 100.0;
                boxes += 1.0;
            }
        }
        assert!(case.filled <= 0.0 || filled / boxes >= case.filled, "{}: {:.0} %", case.name, filled / boxes);
    }
}

#[test]
fn wider_boxes_give_wider_sets() {
    for case in cases() {
        let mut random = Random(0xbeef ^ case.name.len() as u64);
        let function = find(case.name).expect("a function");
        for _ in 0..BOXES / 2 {
            let (arguments, _) = draw(&case.slots, &mut random);
            let widened: Vec<Value> = arguments
                .iter()
                .map(|value| match (value.set.as_point(), value.set.hull()) {
                    (None, Some(hull)) => {
                        let slack = rational::ratio(random.between(0, 8), 1000);
                        let grown = hull.add(&Interval::closed(-&slack, slack));
                        Value { set: RealSet::from(grown), ..value.clone() }
                    }
                    _ => value.clone(),
                })
                .collect();
            let (Ok(narrow), Ok(wide)) =
                (function.apply(&arguments, Precision::Tight), function.apply(&widened, Precision::Tight))
            else {
                continue;
            };
            let ((low, high), (wide_low, wide_high)) = (ends(&narrow.set), ends(&wide.set));
            assert!(wide_low <= low && wide_high >= high, "{} {arguments:?}", case.name);
        }
    }
}

#[test]
fn published_values_come_out() {
    // Numbers of the public comparison of buffet papers: the range of F over all roundings, in hundredths.
    let value = |text: &str| Value::number(Printed::parse(text).expect(text).tight());
    let groups = [value("6.89"), value("1.39"), Value::whole(62), value("7.44"), value("1.60"), Value::whole(60)];
    let (low, high) = ends(&find("f_oneway").expect("F").apply(&groups, Precision::Tight).expect("F").set);
    assert!((low - 3.94).abs() < 0.006 && (high - 4.30).abs() < 0.006, "{low} {high}");
}
