//! A relation as `MathML` Core: the formula as one would write it by hand, with its numbers and units.
//!
//! The text of the relation stands beside every formula as its alternative, and is what is evaluated; this is a way to
//! show it.

use crate::derive::{Expression, Form, Literal, OperandIx, Program, Source};
use crate::report::finding::{Finding, OutcomeName};

use super::writer::Html;

/// The relation of a finding, or nothing where its text is no relation.
pub(super) fn write(html: &mut Html, finding: &Finding, source: &Source) {
    let Program::Relation(relation) = &source.program else { return };
    let follows = finding.outcome == OutcomeName::Consistent;
    let sign = match (relation.op.sign(), follows) {
        // An equals sign would state what is in question.
        ("=", false) => "≟",
        (sign, _) => sign,
    };
    // A long formula scrolls on a narrow screen, so that the keyboard has to reach it.
    let attributes =
        [("display", "block"), ("class", "formula"), ("tabindex", "0"), ("aria-label", finding.relation.as_str())];
    html.element("math", &attributes, |html| {
        let formula = Formula { literals: &source.literals };
        html.element("mrow", &[], |html| {
            formula.expression(html, &relation.left, Binding::Relation);
            html.leaf("mo", &[], sign);
            formula.expression(html, &relation.right, Binding::Relation);
        });
    });
}

/// How tightly a piece holds together, the loosest first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Relation,
    Sum,
    Product,
    Atom,
}

struct Formula<'s> {
    literals: &'s [Literal],
}

impl Formula<'_> {
    /// An expression at a place that needs it to hold together as `needed` says.
    fn expression(&self, html: &mut Html, expression: &Expression, needed: Binding) {
        match expression {
            Expression::Operand(ix) => self.operand(html, *ix),
            Expression::Constant { literal, .. } => constant(html, literal),
            Expression::Call { function, arguments } => {
                let own = binding(function);
                if own < needed {
                    html.element("mrow", &[], |html| {
                        html.leaf("mo", &[], "(");
                        self.call(html, function, arguments);
                        html.leaf("mo", &[], ")");
                    });
                } else {
                    self.call(html, function, arguments);
                }
            }
        }
    }

    fn call(&self, html: &mut Html, function: &str, arguments: &[Expression]) {
        html.element("mrow", &[], |html| match (function, arguments) {
            ("+", [a, b]) => self.infix(html, a, "+", b, Binding::Sum),
            ("-", [a, b]) => self.infix(html, a, "−", b, Binding::Product),
            ("*", [a, b]) => self.infix(html, a, "×", b, Binding::Product),
            ("/" | "percent", [a, b]) => self.pair(html, "mfrac", a, b),
            ("^", [a, b]) => {
                html.element("msup", &[], |html| {
                    self.row(html, a, Binding::Atom);
                    self.row(html, b, Binding::Relation);
                });
            }
            ("neg", [a]) => {
                html.leaf("mo", &[("form", "prefix")], "−");
                self.expression(html, a, Binding::Product);
            }
            ("in", [a, Expression::Constant { literal, .. }]) => {
                self.expression(html, a, Binding::Sum);
                html.leaf("mtext", &[], &format!(" in {}", literal.strip_prefix("1 ").unwrap_or(literal)));
            }
            ("sum", [_, _, ..]) => self.list(html, arguments, "+"),
            ("mean", [_, _, ..]) => {
                html.element("mfrac", &[], |html| {
                    html.element("mrow", &[], |html| self.list(html, arguments, "+"));
                    html.leaf("mn", &[], &arguments.len().to_string());
                });
            }
            ("percent_change", [from, to]) => {
                html.element("mfrac", &[], |html| {
                    html.element("mrow", &[], |html| self.infix(html, to, "−", from, Binding::Product));
                    self.row(html, from, Binding::Relation);
                });
            }
            ("sqrt", [a]) => {
                html.element("msqrt", &[], |html| self.expression(html, a, Binding::Relation));
            }
            ("abs", [a]) => self.magnitude(html, a),
            ("exp", [a]) => {
                html.element("msup", &[], |html| {
                    html.leaf("mi", &[], "e");
                    self.row(html, a, Binding::Relation);
                });
            }
            ("log10", [a]) => {
                html.element("msub", &[], |html| {
                    html.leaf("mi", &[], "log").leaf("mn", &[], "10");
                });
                self.between(html, "(", a, ")");
            }
            _ => self.tail(html, function, arguments),
        });
    }

    /// A tail probability, or any other function by its name.
    fn tail(&self, html: &mut Html, function: &str, arguments: &[Expression]) {
        let (letter, two_sided, half) = match function {
            "p_t" => ("T", true, false),
            "p_t_one" => ("T", false, false),
            "p_z" => ("Z", true, false),
            "p_z_one" => ("Z", false, false),
            "p_f" => ("F", false, false),
            "p_f_one" => ("F", false, true),
            "p_chi2" | "p_q" => ("χ²", false, false),
            "p_chi2_one" => ("χ²", false, true),
            _ => {
                html.leaf("mi", &[], function);
                html.leaf("mo", &[], "(");
                self.list(html, arguments, ",");
                html.leaf("mo", &[], ")");
                return;
            }
        };
        let Some((statistic, degrees)) = arguments.split_first() else { return };
        if half {
            html.markup("<mfrac><mn>1</mn><mn>2</mn></mfrac>");
        }
        html.leaf("mi", &[], "P").leaf("mo", &[], "(");
        if two_sided {
            bar(html, "prefix");
        }
        if degrees.is_empty() {
            html.leaf("mi", &[], letter);
        } else {
            html.element("msub", &[], |html| {
                html.leaf("mi", &[], letter);
                html.element("mrow", &[], |html| self.list(html, degrees, ","));
            });
        }
        if two_sided {
            bar(html, "postfix");
        }
        html.leaf("mo", &[], "≥");
        if two_sided {
            self.magnitude(html, statistic);
        } else {
            self.expression(html, statistic, Binding::Sum);
        }
        html.leaf("mo", &[], ")");
    }

    fn infix(&self, html: &mut Html, a: &Expression, sign: &'static str, b: &Expression, right: Binding) {
        let left = if right == Binding::Product && sign == "×" { Binding::Product } else { Binding::Sum };
        self.expression(html, a, left);
        html.leaf("mo", &[], sign);
        self.expression(html, b, if sign == "×" { Binding::Atom } else { right });
    }

    fn pair(&self, html: &mut Html, name: &'static str, a: &Expression, b: &Expression) {
        html.element(name, &[], |html| {
            self.row(html, a, Binding::Relation);
            self.row(html, b, Binding::Relation);
        });
    }

    fn row(&self, html: &mut Html, expression: &Expression, needed: Binding) {
        html.element("mrow", &[], |html| self.expression(html, expression, needed));
    }

    fn list(&self, html: &mut Html, arguments: &[Expression], sign: &'static str) {
        for (at, argument) in arguments.iter().enumerate() {
            if at > 0 {
                html.leaf("mo", &[], sign);
            }
            self.expression(html, argument, Binding::Sum);
        }
    }

    fn between(&self, html: &mut Html, open: &'static str, inner: &Expression, close: &'static str) {
        html.leaf("mo", &[], open);
        self.expression(html, inner, Binding::Relation);
        html.leaf("mo", &[], close);
    }

    fn magnitude(&self, html: &mut Html, inner: &Expression) {
        bar(html, "prefix");
        self.expression(html, inner, Binding::Relation);
        bar(html, "postfix");
    }

    fn operand(&self, html: &mut Html, ix: OperandIx) {
        let Some(literal) = self.literals.get(ix.0) else { return };
        let sign = match literal.form {
            Form::Below => Some("<"),
            Form::AtMost => Some("≤"),
            Form::Above => Some(">"),
            Form::AtLeast => Some("≥"),
            Form::Plain | Form::Exact | Form::Within | Form::Range => None,
        };
        html.element("mrow", &[], |html| {
            if let Some(sign) = sign {
                html.leaf("mo", &[("form", "prefix")], sign);
            }
            number(html, &crate::derive::number_text(&literal.number));
            if let Some(to) = &literal.to {
                html.leaf("mo", &[], "–");
                number(html, &crate::derive::number_text(to));
            }
            if !literal.unit.text.is_empty() {
                html.leaf("mtext", &[], &format!("\u{a0}{}", literal.unit.text));
            }
        });
    }
}

/// A bar of a magnitude, which must not be taken for the sign of a condition.
fn bar(html: &mut Html, form: &'static str) {
    html.leaf("mo", &[("form", form), ("stretchy", "false"), ("lspace", "0"), ("rspace", "0")], "|");
}

/// A number with a true minus sign and its power of ten written out.
fn number(html: &mut Html, text: &str) {
    let text = text.replace('-', "−");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            html.leaf("mn", &[], mantissa).leaf("mo", &[], "×");
            html.element("msup", &[], |html| {
                html.leaf("mn", &[], "10").leaf("mn", &[], exponent);
            });
        }
        None => {
            html.leaf("mn", &[], &text);
        }
    }
}

fn constant(html: &mut Html, literal: &str) {
    let (value, unit) = literal.split_once(' ').unwrap_or((literal, ""));
    html.element("mrow", &[], |html| {
        number(html, value);
        if !unit.is_empty() {
            html.leaf("mtext", &[], &format!("\u{a0}{unit}"));
        }
    });
}

fn binding(function: &str) -> Binding {
    match function {
        "+" | "-" | "sum" => Binding::Sum,
        "*" | "neg" | "in" => Binding::Product,
        _ => Binding::Atom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::parse;

    fn drawn(text: &str) -> String {
        let source = parse(text).expect(text);
        let Program::Relation(relation) = &source.program else { panic!("{text} is no relation") };
        let mut html = Html::new();
        Formula { literals: &source.literals }.expression(&mut html, &relation.left, Binding::Relation);
        html.finish().replace("<mrow>", "").replace("</mrow>", "")
    }

    #[test]
    fn brackets_stand_where_they_are_needed_and_only_there() {
        assert_eq!(drawn("(1 + 2) * 3 = 9"), "<mo>(</mo><mn>1</mn><mo>+</mo><mn>2</mn><mo>)</mo><mo>×</mo><mn>3</mn>");
        assert_eq!(drawn("1 - (2 - 3) = 2"), "<mn>1</mn><mo>−</mo><mo>(</mo><mn>2</mn><mo>−</mo><mn>3</mn><mo>)</mo>");
        assert!(!drawn("1 + 2 * 3 = 7").contains('('));
        assert_eq!(drawn("(1 + 2) / 3 = 1"), "<mfrac><mn>1</mn><mo>+</mo><mn>2</mn><mn>3</mn></mfrac>");
    }

    #[test]
    fn numbers_have_their_units_and_tails_their_letters() {
        assert_eq!(
            drawn("60 kg {body-mass} * -1.5e-3 g = 1"),
            "<mn>60</mn><mtext>\u{a0}kg</mtext><mo>×</mo><mn>−1.5</mn><mo>×</mo><msup><mn>10</mn><mn>−3</mn></msup><mtext>\u{a0}g</mtext>"
        );
        let tail = drawn("p_f(3.52, exact(2), exact(87)) = 0.003");
        assert!(
            tail.starts_with("<mi>P</mi><mo>(</mo><msub><mi>F</mi><mn>2</mn><mo>,</mo><mn>87</mn></msub>"),
            "{tail}"
        );
        assert!(tail.ends_with("<mo>≥</mo><mn>3.52</mn><mo>)</mo>"), "{tail}");
    }
}
