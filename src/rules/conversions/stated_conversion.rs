//! `CN101`: one value printed in two units.

use std::sync::LazyLock;

use crate::arithmetic::units::{Agreement, Scale, Tags, Unit};
use crate::arithmetic::{Interval, Printed, RealSet, rational};
use crate::derive::{Comparison, Expression, Operand, Operation, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::{Comparator, Mentions, Quantity, QuantityIx, QuantityReading};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::pattern::{Match, Pattern};
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, is_placeholder, wording};

rule! {
    /// # CN101 conversion-mismatch
    ///
    /// ## What it checks
    ///
    /// A value that the text gives a second time in another unit of the same kind: "5 mg (0.005 g)",
    /// "37 °C (98.6 °F)", "10 km (6.2 miles)", "2 h, i.e. 120 min", "1 atm = 101.325 kPa".
    ///
    /// ## Why it matters
    ///
    /// A slip in a conversion is a slip of the decimal point as often as not, and the converted value is the one that
    /// readers in the other system of units take away.
    ///
    /// ## How it is derived
    ///
    /// Both values are sets of everything that prints as their digits, taken to SI by exact factors. Units with more
    /// than one value in use (the year, the calorie, mmHg) are closed sets. The two sets have to meet. A temperature
    /// may be a point or a difference: both readings are tried.
    ///
    /// ## When it stays silent
    ///
    /// - The units are the same ("5 mg (10 mg)"), of another dimension ("25 °C (5 °C/min)"), or of the same dimension
    ///   and another kind (gray and sievert, international units of two substances).
    /// - The bracket holds a range, a ±, a bound, several numbers, or words beside its number ("(SD 5 g)").
    /// - The first value is part of a product, a list ("60, 120 min, or 10 h") or a range of which the second is the other half.
    ///
    /// It is undecided where nothing but a bracket says that the two are the same thing and they are not of one size
    /// (the bracket may hold a spread, a step or another time), between calendar units, which speech rounds, and where
    /// one of the numbers ends in 0 or 5 and the two meet as round numbers: "240 km (150 mi)".
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Each tablet held 5 mg (0.05 g) of the drug.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Each tablet held 5 mg (0.005 g) of the drug and was kept at 37 °C (98.6 °F) for 30 min (5 s between doses).
    /// ```
    ///
    /// ## Limits
    ///
    /// Conversions that need a molar mass, a density or an exchange rate are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - BIPM, *The International System of Units*, 9th edition: <https://doi.org/10.59161/AUEZ1291>
    pub struct StatedConversion {
        code: "CN101",
        name: "conversion-mismatch",
        summary: "two statements of one value in two units differ",
        family: Conversions,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.59161/AUEZ1291"],
    }
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // 5 mg (0.005 g); 5 mg [= 0.005 g]; 5 mg (i.e., 0.005 g)
        r"‹first›_[(\[]_(?P<link>=|≈|≅|~|∼|or|i\.e\.,?|that is,?|equal to|equivalent to|equals|corresponding to|about)?_‹second›_[)\]]",
        // 5 mg = 0.005 g; 5 mg, i.e. 0.005 g; 5 mg is equivalent to 0.005 g
        r"‹first›_(?P<link>=|≈|≅|,? or |, i\.e\.,?|,? that is,?|,? which equals|(?: is|,)? (?:equal|equivalent) to|,? equals|(?:, which)? corresponds to|,? corresponding to)_‹second›",
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// Units of the calendar, whose conversions speech rounds: four weeks are "a month".
const CALENDAR: [&str; 12] = ["week", "weeks", "wk", "month", "months", "mo", "year", "years", "yr", "yrs", "y", "a"];

/// The same value twice.
#[derive(Clone, Copy, Debug)]
struct Pair {
    first: QuantityIx,
    second: QuantityIx,
}

impl Pair {
    fn bind(found: &Match<'_>, mentions: &Mentions) -> Option<Self> {
        let pair = Self { first: found.quantity("first")?, second: found.quantity("second")? };
        let [first, second] = pair.quantities(mentions)?;
        let single = first.single().is_some() && second.single().is_some();
        let bound = second.comparator == Comparator::Equal || second.comparator == first.comparator;
        (single && bound && are_one_kind(first, second) && stands_alone(found)).then_some(pair)
    }

    fn quantities(self, mentions: &Mentions) -> Option<[&Quantity; 2]> {
        Some([binding::quantity(mentions, self.first)?, binding::quantity(mentions, self.second)?])
    }

    fn binding(self, mentions: &Mentions, found: &Match<'_>) -> Option<Binding> {
        let [first, second] = self.quantities(mentions)?;
        // "More than 20 MJ (4,800 kcal)": the bound is converted, and both are bounds alike.
        let number = |quantity: &Quantity| Quantity { comparator: Comparator::Equal, ..quantity.clone() };
        let operands =
            vec![binding::measured("value", &number(first))?, binding::measured("converted value", &number(second))?];
        let words = found.words("link").unwrap_or_default();
        let doubt = if second.list.is_some() || first.list.is_some() {
            Some("the value is one of a list")
        } else if is_calendar(first) || is_calendar(second) {
            unless_equal(&operands, "calendar units are rounded in speech")
        } else if words.trim_end().eq_ignore_ascii_case(" or") {
            unless_equal(&operands, "“or” may part two values")
        } else if words.is_empty() && !of_one_size(&operands) {
            Some("the bracket may state another quantity")
        } else if is_round_number(first, second, &operands) {
            Some("a round number stands for a round number")
        } else {
            None
        };
        let mut binding = Binding::stated(operands, Expression::operand(0), found.range());
        binding.operation = if words.is_empty() { Operation::Implied } else { Operation::Stated };
        binding.approximate = first.approximate || second.approximate || ["≈", "≅", "~", "∼", "about"].contains(&words);
        Some(binding.doubted(doubt))
    }
}

/// The proposal with the reading that both temperatures are differences, where both are printed as points of a scale.
fn with_differences(mut proposal: Proposal) -> Proposal {
    let from_zero = |at: usize| {
        let unit = &proposal.operands.get(at)?.readings.first()?.unit;
        let zero = Expression::Constant {
            literal: format!("0 {}", unit.text),
            source: "a difference is counted from the zero of its scale".to_owned(),
        };
        (unit.scale == Scale::Point).then(|| Expression::call("-", [Expression::operand(at), zero]))
    };
    if let (Some(left), Some(right)) = (from_zero(0), from_zero(1)) {
        let relation = Relation { left, op: Comparison::Equal, right };
        proposal.variants.push(Variant { label: "differences of temperature".to_owned(), relation });
    }
    proposal
}

/// Whether the two are of one dimension and kind, in different units, on scales that convert.
fn are_one_kind(first: &Quantity, second: &Quantity) -> bool {
    let pairs = |a: &QuantityReading, b: &QuantityReading| {
        let (Some(a), Some(b)) = (&a.unit, &b.unit) else { return false };
        let (a, b) = (&a.unit, &b.unit);
        let logarithmic = a.scale == Scale::Logarithmic || b.scale == Scale::Logarithmic;
        let same_unit = a.factor == b.factor && a.offset == b.offset;
        a.dimension == b.dimension
            && (!a.dimension.is_one() || a.tags.get(Tags::ANGLE) != 0)
            && !is_calendar_rate(a, b)
            && a.tags.agreement(&b.tags) == Agreement::Same
            && !logarithmic
            && !same_unit
    };
    pairs(first.first(), second.first())
}

/// Whether two units are rates by two units of the calendar: "a per day … b per year" is arithmetic, which `EQ101` has.
pub(crate) fn is_calendar_rate(a: &Unit, b: &Unit) -> bool {
    let names_calendar = |unit: &Unit| {
        let text = unit.text.to_lowercase();
        text.split(|c: char| !c.is_alphabetic()).any(|word| {
            CALENDAR.contains(&word) || matches!(word, "d" | "day" | "days" | "h" | "hour" | "min" | "minute" | "annum")
        })
    };
    let calendar = |unit: &Unit| {
        unit.text
            .to_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .any(|word| CALENDAR.contains(&word) || matches!(word, "d" | "day" | "days"))
    };
    a.dimension.0[2] < 0 && (calendar(a) || calendar(b)) && names_calendar(a) && names_calendar(b)
}

/// Whether the first value is no part of a product, a sum, a range or a comparison with what stands before it, and the
/// second none with what stands behind.
fn stands_alone(found: &Match<'_>) -> bool {
    let before = found.before().trim_end();
    let after = found.after().trim_start();
    let joined_before = before.ends_with(['×', '·', '*', '/', '±', '+', '−', '–', '-', '÷', '=', '<', '>', '^'])
        || before.ends_with(" x")
        || before.ends_with(" per");
    let joined_after = after.starts_with(['×', '·', '*', '/', '±', '+', '−', '÷', '^', '=']);
    // "soaked for 60, 120 min, or 10 h" is a list of three.
    let last_of_list = found.words("link").is_some_and(|link| link.trim_end().ends_with("or"))
        && before.strip_suffix(',').is_some_and(|list| list.trim_end().ends_with(is_placeholder));
    !joined_before && !joined_after && !last_of_list
}

fn is_calendar(quantity: &Quantity) -> bool {
    quantity.first().unit.as_ref().is_some_and(|unit| {
        let text = unit.unit.text.to_lowercase();
        CALENDAR.contains(&text.as_str())
    })
}

/// The doubt, unless the two sets meet as they stand.
fn unless_equal(operands: &[Operand], doubt: &'static str) -> Option<&'static str> {
    let [first, second] = operands else { return None };
    let meet = first.readings.iter().any(|a| second.readings.iter().any(|b| a.tight.meets(&b.tight)));
    (!meet).then_some(doubt)
}

/// Whether one of the numbers is round and the two meet at what a round number stands for: "240 km (150 mi)".
///
/// Writers convert round numbers to round numbers. One that ends in 5 stands for what is nearer to it than to the next
/// ending in 0 or 5, and a whole one that ends in zeros for what rounds to it at its last other digit.
fn is_round_number(first: &Quantity, second: &Quantity, operands: &[Operand]) -> bool {
    let [a, b] = operands else { return false };
    let coarse = |quantity: &Quantity, operand: &Operand| {
        let (printed, reading) = (quantity.single()?, operand.readings.first()?);
        if !printed.digits.ends_with('5') {
            return Some(reading.wide.clone());
        }
        let (point, half) = (printed.point(), printed.unit_in_last_place() * rational::ratio(5, 2));
        let around = Interval::closed(&point - &half, &point + &half);
        Some(reading.unit.to_si(&RealSet::from(around)))
    };
    let is_round = |quantity: &Quantity| {
        let ends = |printed: &Printed| {
            printed.digits.ends_with('5') || (printed.decimals == 0 && printed.digits.ends_with('0'))
        };
        quantity.single().is_some_and(ends)
    };
    let sets = coarse(first, a).zip(coarse(second, b));
    (is_round(first) || is_round(second)) && sets.is_some_and(|(first, second)| first.meets(&second))
}

/// Whether the two are of about one size, or one is a power of ten of the other: what a conversion or a slip in one looks
/// like. A spread, a step or another time is of any other size.
fn of_one_size(operands: &[Operand]) -> bool {
    let [first, second] = operands else { return false };
    let (Some(a), Some(b)) = (first.readings.first(), second.readings.first()) else { return false };
    let near = rational::ratio(5, 4);
    let stretch = |set: &RealSet, factor: &crate::arithmetic::Rational| {
        set.scale(factor).union(&set.scale(&factor.recip())).hull().map(RealSet::from)
    };
    let Some(around) = stretch(&b.wide, &near) else { return false };
    if a.tight.meets(&around) {
        return true;
    }
    // The factor taken the wrong way round: "12 miles (7.5 km)".
    let factor = &a.unit.factor.conventional / &b.unit.factor.conventional;
    if a.tight.meets(&b.wide.scale(&(&factor * &factor))) {
        return true;
    }
    (1..=9).any(|power| {
        let ten = rational::power_of_ten(power);
        a.tight.meets(&b.tight.scale(&ten)) || a.tight.meets(&b.tight.scale(&ten.recip()))
    })
}

impl Rule for StatedConversion {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for skeleton in context.skeletons(mentions) {
            if skeleton.quantities().len() < 2 {
                continue;
            }
            let mut bindings: Vec<Binding> = Vec::new();
            for pattern in PATTERNS.iter() {
                for found in pattern.matches(skeleton) {
                    let Some(pair) = Pair::bind(&found, mentions) else { continue };
                    bindings.extend(pair.binding(mentions, &found));
                }
            }
            bindings.sort_by_key(|binding| binding.quote);
            let bound = bindings.into_iter().filter_map(|binding| binding.proposal(Self::METADATA.code));
            proposals.list.extend(bound.map(with_differences));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        Prose {
            message: wording::message(proposal, outcome, &wording::operand(proposal, 0)),
            help: "look at the decimal point and the unit of both values".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(Pattern::is_valid));
    }
}
