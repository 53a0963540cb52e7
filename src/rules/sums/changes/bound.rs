//! From a change that a sentence states to what is compared: the formula as most authors mean it, all other readings of its base,
//! and how sure it is that the change is of these two values.

use crate::arithmetic::Printed;
use crate::arithmetic::units::Unit;
use crate::derive::{Expression, Form, Literal, Operand, Operation};
use crate::document::TextRange;
use crate::extract::{Mentions, Quantity, QuantityKind};
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::Match;
use crate::rules::{Skeleton, skeleton};

use super::caution;
use super::ends::Ends;
use super::shapes::{Shape, shapes, times_of};

/// Why a mismatch is left undecided.
const BESIDE: &str = "the change may be of something else than the two values";
const SPREAD: &str = "the two values may be the ends of a spread";
const SEVERAL: &str = "more values stand in a row with these";
const MODELLED: &str = "the change may come from a model or from other values than the printed ones";

/// What is said of the two values.
enum Stated<'m> {
    /// A percentage, percentage points, or a number of times.
    Printed(&'m Quantity),
    /// A verb, with how many times it says and its place.
    Verb(&'static str, TextRange),
}

/// The changes that a sentence states, by the place of the stated change.
pub(in crate::rules::sums) fn bindings(sentence: &Skeleton, mentions: &Mentions) -> Vec<Binding> {
    let mut bound: Vec<(TextRange, Binding)> = Vec::new();
    for (shape, pattern) in shapes(&sentence.text) {
        for found in pattern.matches(sentence) {
            let Some(stated) = stated(&found, mentions) else { continue };
            let place = match &stated {
                Stated::Printed(quantity) => quantity.range,
                Stated::Verb(_, range) => *range,
            };
            if bound.iter().all(|(known, _)| *known != place) {
                bound.extend(bind(*shape, &found, &stated, mentions).map(|binding| (place, binding)));
            }
        }
    }
    bound.sort_by_key(|(place, _)| *place);
    bound.into_iter().map(|(_, binding)| binding).collect()
}

fn stated<'m>(found: &Match<'_>, mentions: &'m Mentions) -> Option<Stated<'m>> {
    if let Some(verb) = found.words("word") {
        return Some(Stated::Verb(times_of(verb), found.span("word")?));
    }
    let quantity = binding::quantity(mentions, found.quantity("p").or_else(|| found.quantity("k"))?)?;
    let negative = quantity.single().is_some_and(|number| number.negative);
    // A percentage per year is none of the whole change.
    let pure = quantity.first().unit.as_ref().is_none_or(|unit| unit.unit.dimension.is_one());
    // A minus before a change is as often a dash.
    (binding::is_plain(quantity) && pure && !negative).then_some(Stated::Printed(quantity))
}

fn bind(shape: Shape, found: &Match<'_>, stated: &Stated<'_>, mentions: &Mentions) -> Option<Binding> {
    let circumstance =
        matches!(shape, Shape::TimesSmaller | Shape::TimesLarger) && caution::is_circumstance(found.before());
    if caution::is_by_time(found) || circumstance {
        return None;
    }
    let ends = Ends::of(found, mentions)?;
    let points = match stated {
        Stated::Printed(quantity) => are_points(quantity),
        Stated::Verb(..) => false,
    };
    let formulas = formulas(shape, &ends, stated, points)?;
    let [first, second] = &ends.0;
    let operand = |role: &str, quantity: &Quantity| {
        if points { bare(role, quantity) } else { binding::measured(role, quantity) }
    };
    let last = match stated {
        Stated::Printed(quantity) => operand("stated change", quantity)?,
        Stated::Verb(times, range) => verb(times, *range, found.before())?,
    };
    let operands = vec![operand("first value", first)?, operand("second value", second)?, last];
    let mut binding = Binding::stated(operands, Expression::operand(0), found.range());
    binding.formulas = formulas;
    binding.approximate = ends.are_approximate()
        || match stated {
            Stated::Printed(quantity) => quantity.approximate,
            Stated::Verb(..) => true,
        };
    binding.innocent = vec!["the change may be the mean of single changes, or of values before rounding".to_owned()];
    binding.operation = if shape.is_stated() { Operation::Stated } else { Operation::Implied };
    binding.needs_cause = !is_told(shape, found, &ends);
    Some(binding.doubted(doubt(shape, found, &ends)))
}

/// Whether the words leave no room for a change of anything but these two values, so that a plain mismatch counts. Behind a change
/// the two values may always be what it happened over; of a verb, which no slip befalls, an adjoining step is taken for its own.
fn is_told(shape: Shape, found: &Match<'_>, ends: &Ends) -> bool {
    let adjoining = found.words("gap").is_none_or(|gap| gap.trim().is_empty());
    let tied = shape.is_stated() || (shape == Shape::Verb && adjoining);
    tied && ends.are_named() && !caution::is_averaged(found)
}

/// What else the change may be of.
fn doubt(shape: Shape, found: &Match<'_>, ends: &Ends) -> Option<&'static str> {
    let result = ["p", "k"].iter().find_map(|name| found.bytes_of(name));
    let sentence = found.sentence();
    let in_row =
        caution::goes_on(found) || result.is_some_and(|(start, _)| caution::is_behind_another(sentence, start));
    let beside = match shape {
        Shape::Copula | Shape::Apposition | Shape::FactorBehind | Shape::Bracketed => {
            ends.may_be_a_course() || caution::is_of_another(found)
        }
        Shape::Before | Shape::Factor | Shape::Verb => {
            let steps = !ends.are_results() || ends.are_multiples();
            steps || (!ends.are_counted() && caution::is_of_what_follows(found))
        }
        Shape::TimesSmaller | Shape::TimesLarger => !ends.are_results(),
        Shape::Compared => !(ends.are_results() || ends.are_percentages()),
    };
    [
        (in_row, SEVERAL),
        (caution::is_spread(found), SPREAD),
        (caution::is_modelled(found), MODELLED),
        (beside || goes_the_other_way(shape, found, ends), BESIDE),
    ]
    .into_iter()
    .find_map(|(holds, why)| holds.then_some(why))
}

/// Whether the words say that something rose where the second value is below the first, or the reverse.
fn goes_the_other_way(shape: Shape, found: &Match<'_>, ends: &Ends) -> bool {
    let compared = matches!(shape, Shape::TimesSmaller | Shape::TimesLarger | Shape::Compared);
    let directions = ends.fall().zip(caution::falls(found));
    !compared && directions.is_some_and(|(values, words)| values != words)
}

/// Whether a change is in percentage points.
fn are_points(stated: &Quantity) -> bool {
    let unit = stated.first().unit.as_ref().map(|unit| unit.unit.text.to_lowercase());
    unit.is_some_and(|unit| unit.contains("point") || unit == "pp" || unit == "p.p.")
}

/// A number without its unit: points are the difference of two percentages, and of none of its kinds.
fn bare(role: &str, quantity: &Quantity) -> Option<Operand> {
    binding::measured(role, &binding::bare(quantity))
}

/// What a verb says as a number; "more than doubled" is a bound.
fn verb(times: &str, range: TextRange, before: &str) -> Option<Operand> {
    let before = skeleton::tail(before, 20).trim_end().to_lowercase();
    let form =
        if ["more than", "over"].iter().any(|words| before.ends_with(words)) { Form::Above } else { Form::Plain };
    Some(Operand::literal("stated change", range, &Literal::new(form, Printed::parse(times)?, Unit::one())))
}

/// The formulas of a shape, the plain one first; `None` where the stated number is none of its kind.
fn formulas(shape: Shape, ends: &Ends, stated: &Stated<'_>, points: bool) -> Option<Vec<(String, Expression)>> {
    let (x, y) = (Expression::operand(0), Expression::operand(1));
    if points {
        let distance = Expression::call("abs", [Expression::call("-", [y, x])]);
        return (shape.is_percentage() && ends.are_percentages()).then(|| vec![(String::new(), distance)]);
    }
    let kind = match stated {
        Stated::Printed(quantity) => quantity.kind,
        Stated::Verb(..) => QuantityKind::Number,
    };
    if shape.is_percentage() {
        return (kind == QuantityKind::Percentage).then(|| changes(shape, ends));
    }
    let pure = match stated {
        Stated::Printed(quantity) => quantity.first().unit.is_none(),
        Stated::Verb(..) => true,
    };
    (pure && kind != QuantityKind::Percentage).then_some(())?;
    let falls = ends.fall()?;
    let (larger, smaller) = match shape {
        Shape::TimesSmaller => (y, x),
        Shape::TimesLarger => (x, y),
        _ if falls => (x, y),
        _ => (y, x),
    };
    Some(times(shape, larger, smaller))
}

/// The percentage of a change, with what else authors mean by it.
fn changes(shape: Shape, ends: &Ends) -> Vec<(String, Expression)> {
    // Of two values that are compared the second is that of the control.
    let (x, y) = if shape == Shape::Compared { (1, 0) } else { (0, 1) };
    let (x, y) = (Expression::operand(x), Expression::operand(y));
    let magnitude = |change: Expression| Expression::call("abs", [change]);
    let change =
        |from: &Expression, to: &Expression| magnitude(Expression::call("percent_change", [from.clone(), to.clone()]));
    let distance = magnitude(Expression::call("-", [y.clone(), x.clone()]));
    let mut formulas = vec![
        (String::new(), change(&x, &y)),
        ("the change as a part of the other value".to_owned(), change(&y, &x)),
        ("one value as a part of the other".to_owned(), Expression::call("/", [y.clone(), x.clone()])),
    ];
    if ends.are_percentages() {
        formulas.push(("in percentage points".to_owned(), distance.clone()));
    }
    if shape == Shape::Compared {
        let mean = Expression::call("mean", [x.clone(), y.clone()]);
        formulas.push(("the difference as a part of the mean".to_owned(), Expression::call("/", [distance, mean])));
        formulas.push(("one value as a part of the other".to_owned(), Expression::call("/", [x, y])));
    }
    formulas
}

/// How many times the one is the other, or how many times more; which is the larger may hang on how they are read.
fn times(shape: Shape, larger: Expression, smaller: Expression) -> Vec<(String, Expression)> {
    let inverse = Expression::call("/", [smaller.clone(), larger.clone()]);
    let ratio = Expression::call("/", [larger, smaller]);
    let more = Expression::call("-", [ratio.clone(), Expression::constant("1", "so many times more")]);
    let mut formulas = vec![(String::new(), ratio), ("the values the other way round".to_owned(), inverse)];
    // What doubled is twice as large and never thrice.
    if shape != Shape::Verb {
        formulas.push(("so many times more".to_owned(), more));
    }
    formulas
}
