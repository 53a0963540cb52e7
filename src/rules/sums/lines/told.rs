//! Lines of a table that follow from another one with numbers that stand outside its body: the share of a whole that the caption
//! names, and values on a straight line between two points that a sentence tells.
//!
//! That all places follow from the same few printed numbers tells that they are meant; chance is reckoned with as elsewhere. The
//! screening is in floating point; whether a number follows is the evaluator's answer.

use num_traits::ToPrimitive;

use super::evidence::SLACK;
use super::matrix::{Axis, Entry, Matrix};
use crate::derive::{Expression, Operand, OperandOptions};
use crate::extract::{Amount, Comparator, Mentions, Quantity, QuantityIx};
use crate::rules::RuleContext;
use crate::rules::binding;

/// The most lines of a table whose pairs are tried.
const MOST_LINES: usize = 48;
/// How many places at least have to follow.
const LEAST: usize = 5;
/// How many such lines chance may turn up.
const MOST_EXPECTED: f64 = 1e-6;
/// The most numbers of a caption, and points of a paper, that are tried.
const MOST_TOLD: usize = 12;

/// A printed number with its value in floating point.
pub(in crate::rules::sums) type Told = (QuantityIx, f64);

/// Two points of a straight line, each with the place where it lies before its value.
pub(in crate::rules::sums) type Points = [[Told; 2]; 2];

/// A number of the table that follows from another one of its place.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct Follower {
    /// The number that it follows from.
    pub from: Entry,
    /// The number itself.
    pub value: Entry,
    /// Whether it follows.
    pub holds: bool,
}

/// The numbers of one line over those of another with the value that each should have, in an interval: how many hold and fail,
/// and how many such lines chance would turn up.
fn followers(
    matrix: &Matrix<'_>,
    axis: Axis,
    [target, from]: [usize; 2],
    of: &dyn Fn(&Entry) -> Option<(f64, f64)>,
) -> Option<Vec<Follower>> {
    let places = (0..matrix.length(axis)).filter_map(|position| {
        let number = |line| matrix.number(axis, line, position);
        Some((number(from)?, number(target)?))
    });
    let places: Vec<(Entry, Entry)> = places.collect();
    let points = || places.iter().map(|(_, value)| value.point);
    let width = points().fold(f64::NEG_INFINITY, f64::max) - points().fold(f64::INFINITY, f64::min);
    let apart = |of: &dyn Fn(&(Entry, Entry)) -> f64| {
        let sizes = places.iter().map(of).map(f64::abs);
        let (low, high) = sizes.fold((f64::INFINITY, 0.0_f64), |(low, high), size| (low.min(size), high.max(size)));
        high > low
    };
    if places.len() < LEAST || width <= 0.0 || !apart(&|place| place.0.point) {
        return None;
    }
    let mut expected = 1.0_f64;
    let mut found = Vec::new();
    for (from, value) in places {
        let (low, high) = of(&from)?;
        let slack = value.half + SLACK * high.abs().max(low.abs());
        let holds = low - slack <= value.point && value.point <= high + slack;
        if holds {
            expected *= ((high - low + 2.0 * value.half) / width).min(1.0);
        }
        found.push(Follower { from, value, holds });
    }
    let fails = found.iter().filter(|one| !one.holds).count();
    let lines = f64::from(u32::try_from(matrix.lines(axis)).unwrap_or(u32::MAX));
    let enough = found.len() - fails >= LEAST && fails * 8 <= found.len();
    (enough && expected * lines * lines <= MOST_EXPECTED).then_some(found)
}

/// The lines that are another one over a number of the caption, with that number: a share of the whole that it names.
pub(in crate::rules::sums) fn shares(matrix: &Matrix<'_>, axis: Axis) -> Vec<(Told, Vec<Follower>)> {
    let lines = matrix.lines(axis);
    if !(2..=MOST_LINES).contains(&lines) || matrix.length(axis) < LEAST {
        return Vec::new();
    }
    let wholes = told_in_caption(matrix);
    let mut found = Vec::new();
    for target in (0..lines).filter(|_| !wholes.is_empty()) {
        for from in (0..lines).filter(|from| *from != target && alike(matrix, axis, [target, *from])) {
            for whole in &wholes {
                let share = |from: &Entry| {
                    let (low, high) = ((from.point - from.half) / whole.1, (from.point + from.half) / whole.1);
                    (low > 0.0).then_some((low, high))
                };
                found.extend(followers(matrix, axis, [target, from], &share).map(|own| (*whole, own)));
            }
        }
    }
    found
}

/// Whether two lines are named by the same words, but for their units.
fn alike(matrix: &Matrix<'_>, axis: Axis, [a, b]: [usize; 2]) -> bool {
    let name = |line: usize| {
        let words = matrix.names(axis, line).first().copied().unwrap_or_default();
        words.split(['(', '[', ',', '%']).next().unwrap_or_default().trim().to_lowercase()
    };
    !name(a).is_empty() && name(a) == name(b)
}

/// The numbers of the caption by which something can be divided.
fn told_in_caption(matrix: &Matrix<'_>) -> Vec<Told> {
    let mentions = matrix.grid.mentions;
    let ranges = matrix.grid.table.caption.iter().chain(&matrix.grid.table.notes);
    let mut found = Vec::new();
    for range in ranges {
        let first = mentions.quantities.partition_point(|one| one.range.start < range.start);
        let inside =
            mentions.quantities.iter().enumerate().skip(first).take_while(|(_, one)| range.contains(one.range));
        found.extend(inside.filter_map(|(at, one)| Some((QuantityIx(at), plain(one)?))));
    }
    // What is divided by a power of ten is in another unit.
    found.retain(|(_, value)| *value > 1.0 && !is_power_of_ten(*value));
    found.truncate(MOST_TOLD);
    found
}

/// Whether a number is ten, a hundred, a thousand and so on.
fn is_power_of_ten(value: f64) -> bool {
    (1..=9).any(|power| (value - 10.0_f64.powi(power)).abs() <= SLACK * value)
}

/// A single number, whatever is said of how exact it is.
fn plain(quantity: &Quantity) -> Option<f64> {
    let Amount::Single(value) = &quantity.first().amount else { return None };
    value.point().to_f64().filter(|value| value.is_finite() && quantity.comparator == Comparator::Equal)
}

/// The pairs of points that sentences about something linear tell: "linear between 41 °C at 1012 m and 35 °C at 800 m".
pub(in crate::rules::sums) fn points(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Points> {
    let text = |range| context.index.slice(&context.document.text, range);
    if !context.document.text.contains("linear") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, sentence) in mentions.sentences.iter().enumerate() {
        if found.len() >= MOST_TOLD || sentence.cell.is_some() || !text(sentence.range).contains("linear") {
            continue;
        }
        let own: Vec<usize> = mentions.quantities_of(at).collect();
        let point = |two: &[usize]| -> Option<[Told; 2]> {
            let [value, place] = [two.first()?, two.get(1)?].map(|ix| &mentions.quantities[*ix]);
            let between = crate::document::TextRange::new(value.range.end, place.range.start);
            let says = text(between).trim() == "at" && value.first().unit.is_some() && place.first().unit.is_some();
            says.then(|| Some([(QuantityIx(two[1]), plain(place)?), (QuantityIx(two[0]), plain(value)?)]))?
        };
        let told: Vec<[Told; 2]> = own.windows(2).filter_map(point).collect();
        if let [first, last] = told.as_slice()
            && (first[0].1 - last[0].1).abs() > 0.0
        {
            found.push([*first, *last]);
        }
    }
    found
}

/// The lines whose numbers lie between two points over those of another line.
pub(in crate::rules::sums) fn between(matrix: &Matrix<'_>, axis: Axis, points: &Points) -> Vec<Vec<Follower>> {
    let lines = matrix.lines(axis);
    if !(2..=MOST_LINES).contains(&lines) || matrix.length(axis) < LEAST {
        return Vec::new();
    }
    let [[(_, from), (_, low)], [(_, to), (_, high)]] = *points;
    let on_line = |own: &Entry| {
        let at = |x: f64| low + (x - from) / (to - from) * (high - low);
        let ends = [at(own.point - own.half), at(own.point + own.half)];
        Some((ends[0].min(ends[1]), ends[0].max(ends[1])))
    };
    let pairs = (0..lines).flat_map(|target| (0..lines).map(move |from| [target, from]));
    pairs.filter(|[a, b]| a != b).filter_map(|pair| followers(matrix, axis, pair, &on_line)).collect()
}

/// A quantity as an operand without its unit: the table and the text print both sides in the same units.
pub(in crate::rules::sums) fn bare(role: &str, mentions: &Mentions, at: QuantityIx, exact: bool) -> Option<Operand> {
    let mut quantity = binding::quantity(mentions, at)?.clone();
    for reading in &mut quantity.readings {
        reading.unit = None;
    }
    let options = if exact { OperandOptions::count() } else { OperandOptions::printed() };
    Operand::part(role, &quantity, &options, |amount| Some(amount.value()))
}

/// The first operand over the second.
pub(in crate::rules::sums) fn quotient() -> Expression {
    Expression::call("/", [Expression::operand(0), Expression::operand(1)])
}
