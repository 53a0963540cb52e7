//! Literals: a printed number with its unit, in a form that says which set it stands for.
//!
//! `7000 ng/kg/day` is the printed number, `exact(42)` a point, `below(0.05)` what "< .05" leaves open,
//! `range(10 mg, 20 mg)` everything from one printed number to another. Tags that the role adds stand in braces:
//! `60 kg {body-mass}`; `{meaning 2}` takes the second meaning of an ambiguous unit string.

use std::fmt;

use crate::arithmetic::units::{Tags, Unit};
use crate::arithmetic::{Interval, Kind, Printed, RealSet, Value};
use crate::extract::Comparator;

use super::annotation;
use super::outcome::Sets;
use super::unit_text;

/// Which set a literal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What prints as the digits.
    Plain,
    /// The point.
    Exact,
    /// Below the number, which is not in the set.
    Below,
    /// Up to the number.
    AtMost,
    /// Above the number, which is not in the set.
    Above,
    /// From the number on.
    AtLeast,
    /// Of a magnitude below the number: "t < 1" of a two-sided statistic.
    Within,
    /// From one printed number to another.
    Range,
}

impl Form {
    /// The name in the text form; `None` for the plain one.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Exact => Some("exact"),
            Self::Below => Some("below"),
            Self::AtMost => Some("at_most"),
            Self::Above => Some("above"),
            Self::AtLeast => Some("at_least"),
            Self::Within => Some("within"),
            Self::Range => Some("range"),
        }
    }

    /// The form with the given name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Exact, Self::Below, Self::AtMost, Self::Above, Self::AtLeast, Self::Within, Self::Range];
        all.into_iter().find(|form| form.name() == Some(name))
    }

    /// The form for a printed comparator.
    pub const fn of(comparator: Comparator) -> Self {
        match comparator {
            Comparator::Equal => Self::Plain,
            Comparator::Less => Self::Below,
            Comparator::AtMost => Self::AtMost,
            Comparator::Greater => Self::Above,
            Comparator::AtLeast => Self::AtLeast,
        }
    }
}

/// A number, or two, with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Which set it stands for.
    pub form: Form,
    /// The number.
    pub number: Printed,
    /// The other end of a range.
    pub to: Option<Printed>,
    /// The unit.
    pub unit: Unit,
    /// The tags that the role adds to those of the unit.
    pub added: Tags,
}

impl Literal {
    /// A number in a form, with its unit.
    pub fn new(form: Form, number: Printed, unit: Unit) -> Self {
        Self { form, number, to: None, unit, added: Tags::none() }
    }

    /// What it is a number of.
    pub fn kind(&self) -> Kind {
        let tags = self.unit.tags.times(&self.added);
        Kind { dimension: self.unit.dimension, tags, scale: self.unit.scale }
    }

    /// Whether it stands for one number.
    pub const fn is_exact(&self) -> bool {
        matches!(self.form, Form::Exact)
    }

    /// The tight and the wide set, in coherent SI.
    pub fn sets(&self) -> Sets {
        let (tight, wide) = self.numbers();
        Sets { tight: self.unit.to_si(&tight), wide: self.unit.to_si(&wide) }
    }

    /// The tight set alone.
    pub fn tight(&self) -> RealSet {
        self.unit.to_si(&self.numbers().0)
    }

    /// The point of the number, in coherent SI, under every value that the unit has in use; of a range, all numbers between
    /// its two points.
    pub fn point(&self) -> Value {
        let point = |number: &Printed| RealSet::point(number.point());
        let own = point(&self.number);
        let all = self
            .to
            .as_ref()
            .map_or(own.clone(), |to| own.union(&point(to)).hull().map_or_else(RealSet::empty, RealSet::from));
        Value { set: self.unit.to_si(&all), kind: self.kind() }
    }

    fn numbers(&self) -> (RealSet, RealSet) {
        let x = self.number.point();
        let one = |set: RealSet| (set.clone(), set);
        match self.form {
            Form::Plain => (self.number.tight(), self.number.wide()),
            Form::Exact => one(RealSet::point(x)),
            Form::Below => one(Interval::below(x, false).into()),
            Form::AtMost => one(Interval::below(x, true).into()),
            Form::Above => one(Interval::above(x, false).into()),
            Form::AtLeast => one(Interval::above(x, true).into()),
            Form::Within => {
                let below = Interval::below(x.clone(), false);
                one(below.intersection(&Interval::above(-x, false)).map_or_else(RealSet::empty, RealSet::from))
            }
            Form::Range => {
                let to = self.to.as_ref().unwrap_or(&self.number);
                let hull = |a: RealSet, b: &RealSet| a.union(b).hull().map_or_else(RealSet::empty, RealSet::from);
                (hull(self.number.tight(), &to.tight()), hull(self.number.wide(), &to.wide()))
            }
        }
    }

    /// The number with its unit and annotations, without the form around it.
    fn body(&self, number: &Printed) -> String {
        let mut tags = self.added.clone();
        let unit = if self.unit == Unit::one() {
            None
        } else {
            let written = if self.unit.text.is_empty() { None } else { unit_text::written(&self.unit) };
            Some(written.unwrap_or_else(|| {
                // No string gives this unit, so all of it is spelt out, its tags with those of the role.
                tags = tags.times(&self.unit.tags);
                annotation::spelt(&self.unit)
            }))
        };
        let tags = if tags.is_empty() { None } else { Some(format!("{{{tags}}}")) };
        [Some(number_text(number)), unit, tags].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body(&self.number);
        match (self.form.name(), &self.to) {
            (Some(name), Some(to)) if self.form == Form::Range => write!(f, "{name}({body}, {})", self.body(to)),
            (Some(name), _) => write!(f, "{name}({body})"),
            (None, _) => f.write_str(&body),
        }
    }
}

/// A printed number as a plain decimal with the same sets: sign, digits, decimal point, exponent.
pub fn number_text(number: &Printed) -> String {
    let decimals = usize::try_from(number.decimals).unwrap_or(0);
    let digits = format!("{:0>width$}", number.digits, width = decimals + 1);
    let (integer, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if number.negative { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let exponent = if number.exponent == 0 { String::new() } else { format!("e{}", number.exponent) };
    format!("{sign}{integer}{point}{fraction}{exponent}")
}

/// The plain decimal that a text begins with, sign included, as long as it goes.
pub fn leading_number(text: &str) -> Option<(&str, Printed)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = usize::from(bytes.first() == Some(&b'-'));
    let integer = digits(end);
    end += integer;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if fraction > 0 {
            end += 1 + fraction;
        }
    }
    if integer + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let exponent = digits((end + 1 + sign).min(bytes.len()));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let number = &text[..end];
    Some((number, Printed::parse(number)?))
}

/// The value of a constant: a number that is exactly itself, with a unit; or `range(a, b)`, all numbers between two.
pub fn constant(literal: &str) -> Option<Literal> {
    if let Some(ends) = literal.strip_prefix("range(").and_then(|rest| rest.strip_suffix(')')) {
        let (from, to) = ends.split_once(',')?;
        let (number, to) = (Printed::parse(from.trim())?, Printed::parse(to.trim())?);
        return Some(Literal { to: Some(to), ..Literal::new(Form::Range, number, Unit::one()) });
    }
    let (number, printed) = leading_number(literal.trim())?;
    let unit = literal.trim()[number.len()..].trim();
    let unit = unit_text::parse(unit).units().into_iter().next()?;
    Some(Literal::new(Form::Exact, printed, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational;

    #[test]
    fn numbers_print_so_that_they_are_read_back() {
        for text in ["7000", "0.05", "-2.20", "1.5e3", "5e-324", "0", "0.0"] {
            let printed = Printed::parse(text).expect(text);
            let again = Printed::parse(&number_text(&printed)).expect(text);
            assert_eq!((printed.tight(), printed.wide()), (again.tight(), again.wide()), "{text}");
        }
        let odd = Printed { decimals: 3, ..Printed::count(5) };
        assert_eq!(number_text(&odd), "0.005");
    }

    #[test]
    fn forms_are_half_lines_and_points() {
        let form = |form: Form| Literal::new(form, Printed::parse("0.05").expect("a number"), Unit::one()).sets().wide;
        assert!(!form(Form::Below).contains(&rational::ratio(1, 20)));
        assert!(form(Form::AtMost).contains(&rational::ratio(1, 20)));
        assert!(form(Form::Within).contains(&rational::ratio(-1, 21)));
        assert!(!form(Form::Within).contains(&rational::ratio(-1, 20)));
        assert_eq!(form(Form::Exact), RealSet::point(rational::ratio(1, 20)));
    }

    #[test]
    fn a_number_ends_where_its_unit_begins() {
        for (text, number) in [("5eV", "5"), ("5e3 V", "5e3"), ("-.5 kg", "-.5"), ("5. kg", "5"), ("1e-", "1")] {
            assert_eq!(leading_number(text).expect(text).0, number);
        }
        assert_eq!(leading_number("kg"), None);
        assert_eq!(leading_number("1e999"), None);
    }
}
