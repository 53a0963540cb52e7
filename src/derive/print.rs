//! The text form of expressions and relations, which `parse` reads back to the same.

use super::expression::{Comparison, Expression, OperandIx, Relation};
use super::unit_text;

impl Comparison {
    /// The sign in the text form.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::Greater => ">",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::In => "∈",
        }
    }
}

/// How tightly a piece of text holds together; a looser piece inside a tighter place stands in brackets.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Conversion,
    Sum,
    Product,
    Sign,
    Power,
    Atom,
}

/// A relation, with the text of its leaves from `leaf`.
pub fn relation_text(relation: &Relation, leaf: &dyn Fn(OperandIx) -> String) -> String {
    let printer = Printer { leaf };
    let (left, right) = (printer.text(&relation.left), printer.text(&relation.right));
    format!("{left} {} {right}", relation.op.sign())
}

/// An expression, with the text of its leaves from `leaf`.
pub fn expression_text(expression: &Expression, leaf: &dyn Fn(OperandIx) -> String) -> String {
    Printer { leaf }.text(expression)
}

struct Printer<'p> {
    leaf: &'p dyn Fn(OperandIx) -> String,
}

impl Printer<'_> {
    fn text(&self, expression: &Expression) -> String {
        self.piece(expression).0
    }

    fn at_least(&self, expression: &Expression, needed: Binding) -> String {
        let (text, binding) = self.piece(expression);
        if binding < needed { format!("({text})") } else { text }
    }

    fn piece(&self, expression: &Expression) -> (String, Binding) {
        match expression {
            Expression::Operand(ix) => literal_piece((self.leaf)(*ix)),
            Expression::Constant { literal, .. } if literal.starts_with("range(") => (literal.clone(), Binding::Atom),
            Expression::Constant { literal, .. } => (format!("exact({literal})"), Binding::Atom),
            Expression::Call { function, arguments } => self.call(function, arguments),
        }
    }

    fn call(&self, function: &str, arguments: &[Expression]) -> (String, Binding) {
        let infix = |own: Binding, left: Binding, right: Binding, a: &Expression, b: &Expression| {
            (format!("{} {function} {}", self.at_least(a, left), self.at_least(b, right)), own)
        };
        match (function, arguments) {
            ("+" | "-", [a, b]) => infix(Binding::Sum, Binding::Sum, Binding::Product, a, b),
            ("*" | "/", [a, b]) => infix(Binding::Product, Binding::Product, Binding::Sign, a, b),
            ("^", [a, b]) => infix(Binding::Power, Binding::Atom, Binding::Sign, a, b),
            // A sign before a number would become part of the number.
            ("neg", [a]) => (format!("-({})", self.text(a)), Binding::Sign),
            ("in", [a, Expression::Constant { literal, .. }]) => {
                let unit = unit_text::word(literal.strip_prefix("1 ").unwrap_or(literal));
                (format!("{} in {unit}", self.at_least(a, Binding::Sum)), Binding::Conversion)
            }
            _ => {
                let list: Vec<String> = arguments.iter().map(|argument| self.text(argument)).collect();
                (format!("{function}({})", list.join(", ")), Binding::Atom)
            }
        }
    }
}

/// A literal's text with how it holds together: a bare unit would take in what follows a power sign.
fn literal_piece(text: String) -> (String, Binding) {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let form = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'#');
    let binding = if plain || form { Binding::Atom } else { Binding::Sign };
    (text, binding)
}
