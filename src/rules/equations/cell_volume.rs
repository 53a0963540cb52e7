//! Volumes of unit cells beside their lengths: a³, a²c, a²c √3 ÷ 2, abc and abc sin β.
//!
//! Which of them it is follows from the symmetry, which a table may not print; so the one is taken that most places bear out, and
//! a volume that no form gives is told only where two others follow in the same one.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Expression, Operation, Proposal};
use crate::extract::Mentions;
use crate::extract::patterns::{compile, is_match};
use crate::rules::RuleContext;
use crate::rules::binding::{self, Binding};

use super::named_lines::{Line, Number, bare, columns, rows};

/// How many other places have to follow before one that does not is held against the table.
const OTHERS: usize = 2;
const UNCONFIRMED: &str = "too few other volumes tell the symmetry of the cells";
/// How much of a volume its rounding may leave open.
const OPEN: f64 = 0.02;

static VOLUME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?:(?i:(?:unit[\s-]?)?(?:cell\s+)?vol(?:ume|\.)?)\b|V(?:cell)?\b).{0,12}(?:[ÅǺA]\s?\^?[3³]|nm\s?\^?[3³])",
    )
});
static SIDES: LazyLock<[Option<Regex>; 3]> = LazyLock::new(|| {
    ["a(?:\\s*=\\s*b)?", "b", "c"].map(|side| compile(&format!(r"^{side}\s*(?:[(/,\[]\s*)?(?:[ÅǺA]|nm)\W*$")))
});
static BETA: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"^β\s*(?:[(/,\[]\s*)?(?:°|deg)?"));
static OTHER_ANGLE: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"^[αγ]\s*(?:[(/,\[]|°|deg|$)"));

/// How lengths give a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// a³.
    Cubic,
    /// a² c.
    Tetragonal,
    /// a² c √3 ÷ 2.
    Hexagonal,
    /// a b c.
    Orthorhombic,
    /// a b c sin β.
    Monoclinic,
}

/// The lines of a table that a volume follows from.
struct Cells<'l> {
    volume: &'l Line,
    sides: [Option<&'l Line>; 3],
    beta: Option<&'l Line>,
}

/// The proposals for all tables.
pub(super) fn proposals(code: &str, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    let tables = context.document.tables.iter().zip(&mentions.tables);
    let named = tables.filter(|(_, content)| {
        let mut names = content.labels.iter().chain(&content.headings);
        names.any(|name| is_match(VOLUME.as_ref(), name.trim()))
    });
    let lines = named.flat_map(|(table, content)| [rows(table, content, mentions), columns(table, content, mentions)]);
    lines.flat_map(|lines| of_lines(code, &lines, mentions)).collect()
}

fn of_lines(code: &str, lines: &[Line], mentions: &Mentions) -> Vec<Proposal> {
    let only = |pattern: Option<&Regex>| {
        let mut fitting = lines.iter().filter(|line| is_match(pattern, line.name.trim()));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    // A cell with all its angles open is of a form that is not looked at.
    if lines.iter().any(|line| is_match(OTHER_ANGLE.as_ref(), line.name.trim()) && has_oblique(line)) {
        return Vec::new();
    }
    let Some(volume) = only(VOLUME.as_ref()) else { return Vec::new() };
    let [a, b, c] = SIDES.each_ref().map(|side| only(side.as_ref()));
    let beta = only(BETA.as_ref());
    let cells = Cells { volume, sides: [a, b, c], beta };
    let places = 0..volume.numbers.len();
    let own: Vec<Option<Form>> = places.clone().map(|at| cells.form(at)).collect();
    let follow = |form: Form| own.iter().filter(|own| **own == Some(form)).count();
    let known: Vec<(usize, Form)> = own.iter().flatten().map(|form| (follow(*form), *form)).collect();
    let usual = known.into_iter().max_by_key(|(count, _)| *count);
    let proposals = places.filter_map(|at| {
        let (form, doubt) = match (own.get(at).copied().flatten(), usual) {
            (Some(form), _) => (form, None),
            (None, Some((count, form))) => (form, (count < OTHERS).then_some(UNCONFIRMED)),
            (None, None) => return None,
        };
        cells.proposal(code, at, form, doubt, mentions)
    });
    proposals.collect()
}

/// Whether an angle of a line is not a right one, nor that of a hexagonal cell.
fn has_oblique(line: &Line) -> bool {
    line.numbers.iter().flatten().any(|angle| [90.0, 120.0].iter().all(|right| (angle.point - right).abs() > 1e-9))
}

impl Cells<'_> {
    /// The numbers of a place for a form: its lengths in order, and the angle.
    fn numbers(&self, at: usize, form: Form) -> Option<Vec<Number>> {
        let [a, b, c] = self.sides.map(|side| side.and_then(|side| side.at(at)));
        let beta = self.beta.and_then(|beta| beta.at(at));
        match form {
            Form::Cubic if b.is_none() && c.is_none() => Some(vec![a?]),
            Form::Tetragonal | Form::Hexagonal if b.is_none() => Some(vec![a?, c?]),
            Form::Orthorhombic => Some(vec![a?, b?, c?]),
            Form::Monoclinic => Some(vec![a?, b?, c?, beta.filter(|beta| (beta.point - 90.0).abs() > 1e-9)?]),
            _ => None,
        }
    }

    /// The form by which a place follows.
    fn form(&self, at: usize) -> Option<Form> {
        let all = [Form::Cubic, Form::Tetragonal, Form::Hexagonal, Form::Orthorhombic, Form::Monoclinic];
        all.into_iter().find(|form| self.follows(at, *form) == Some(true))
    }

    /// Whether a volume follows; `None` where numbers are missing or leave too much open.
    fn follows(&self, at: usize, form: Form) -> Option<bool> {
        let volume = self.volume.at(at)?;
        let numbers = self.numbers(at, form)?;
        let value = |sign: f64| {
            let sides: f64 = numbers.iter().take(3).map(|number| number.point + sign * number.half).product();
            let first = numbers.first().map_or(0.0, |number| number.point + sign * number.half);
            match form {
                Form::Cubic => first * first * first,
                Form::Tetragonal => sides * first,
                Form::Hexagonal => sides * first * 3.0_f64.sqrt() / 2.0,
                Form::Orthorhombic => sides,
                Form::Monoclinic => sides * numbers.get(3).map_or(1.0, |beta| sine(beta, sign)),
            }
        };
        let (low, high) = (value(-1.0) - volume.half, value(1.0) + volume.half);
        let told = high - low <= OPEN * volume.point && volume.point > 0.0;
        told.then_some(low <= volume.point && volume.point <= high)
    }

    fn proposal(
        &self,
        code: &str,
        at: usize,
        form: Form,
        doubt: Option<&str>,
        mentions: &Mentions,
    ) -> Option<Proposal> {
        self.follows(at, form)?;
        let volume = self.volume.at(at)?;
        let roles = match form {
            Form::Tetragonal | Form::Hexagonal => ["a", "c", "", ""],
            _ => ["a", "b", "c", ""],
        };
        let numbers = self.numbers(at, form)?;
        let mut operands = Vec::new();
        for (number, role) in numbers.iter().zip(roles).take(3) {
            operands.push(bare(role, mentions, number.ix)?);
        }
        let beta = numbers.get(3).map(|beta| (sine(beta, -1.0), sine(beta, 1.0)));
        operands.push(bare("volume of the cell", mentions, volume.ix)?);
        let quote = binding::quantity(mentions, volume.ix)?.range;
        let binding = Binding {
            operation: Operation::Likely,
            innocent: vec!["the volume may be that of a part of the cell, or at another temperature".to_owned()],
            ..Binding::stated(operands, form.expression(beta), quote)
        };
        let proposal = binding.doubted(doubt).proposal(code)?;
        Some(Proposal { quote, ..proposal })
    }
}

/// The sine of an angle in degrees, at the end of its rounding that makes it smaller or larger.
fn sine(angle: &Number, sign: f64) -> f64 {
    let towards = if angle.point > 90.0 { -sign } else { sign };
    libm::sin((angle.point + towards * angle.half).to_radians())
}

impl Form {
    /// The form over its operands in order, with the ends of the sine of β where it has one.
    fn expression(self, beta: Option<(f64, f64)>) -> Expression {
        let times = |a, b| Expression::call("*", [a, b]);
        let power = |exponent: &str| {
            Expression::call(
                "^",
                [Expression::operand(0), Expression::constant(exponent, "the equal sides of the cell")],
            )
        };
        let number = |literal: &str, source: &str| Expression::constant(literal, source);
        match self {
            Self::Cubic => power("3"),
            Self::Tetragonal => times(power("2"), Expression::operand(1)),
            Self::Hexagonal => {
                let three = Expression::call("sqrt", [number("3", "the sine of 120° is √3 ÷ 2")]);
                let half = Expression::call("/", [three, number("2", "the sine of 120° is √3 ÷ 2")]);
                times(times(power("2"), Expression::operand(1)), half)
            }
            Self::Orthorhombic | Self::Monoclinic => {
                let box_of_sides = times(times(Expression::operand(0), Expression::operand(1)), Expression::operand(2));
                let Some((low, high)) = beta else { return box_of_sides };
                times(box_of_sides, number(&format!("range({low:.12}, {high:.12})"), "the sine of β as printed"))
            }
        }
    }
}
