//! The reader of the text form: `60 kg * 7000 ng/kg/day in ng/day = 42000 ng/day`.
//!
//! Literals are read by `literal`'s forms, units by the longest unit string after a number. Nesting, length and the
//! number of literals are bounded. A comma that may group digits or part arguments is refused, never guessed.

use thiserror::Error;

use crate::arithmetic::units::Unit;
use crate::arithmetic::{Printed, functions};

use super::annotation::Annotations;
use super::expression::{Comparison, Expression, OperandIx, Relation};
use super::literal::{self, Form, Literal};
use super::program::MAX_DEPTH;
use super::unit_text;

/// The longest text, in bytes.
const MAX_TEXT: usize = 20_000;

/// The most literals.
const MAX_LITERALS: usize = 1000;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ParseError {
    /// What is amiss, as a lower-case fragment.
    pub message: String,
    /// Where, as a number of characters from the start.
    pub at: usize,
}

/// An expression or a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// One value.
    Expression(Expression),
    /// Two values and how they must relate.
    Relation(Relation),
}

/// A text that was read: the program, whose operands are the literals in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What to evaluate.
    pub program: Program,
    /// The operands.
    pub literals: Vec<Literal>,
    /// Choices that were made for the reader: an ambiguous unit string taken in its usual meaning.
    pub notes: Vec<String>,
}

/// Reads an expression or a relation.
pub fn parse(text: &str) -> Result<Source, ParseError> {
    let mut parser = Parser { text, at: 0, literals: Vec::new(), notes: Vec::new(), arguments: 0 };
    if text.len() > MAX_TEXT {
        return Err(parser.error_at(0, format!("the text is longer than {MAX_TEXT} bytes")));
    }
    let left = parser.side(0)?;
    let program = match parser.comparison() {
        Some(op) => Program::Relation(Relation { left: left.expression, op, right: parser.side(0)?.expression }),
        None => Program::Expression(left.expression),
    };
    parser.spaces();
    if parser.at < text.len() {
        return Err(parser.error("an operator or the end is expected"));
    }
    Ok(Source { program, literals: parser.literals, notes: parser.notes })
}

/// An expression with how deep it is nested.
struct Node {
    expression: Expression,
    depth: usize,
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    literals: Vec<Literal>,
    notes: Vec<String>,
    /// How many argument lists are open: there a comma parts arguments.
    arguments: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        self.error_at(self.at, message)
    }

    fn error_at(&self, byte: usize, message: impl Into<String>) -> ParseError {
        ParseError { message: message.into(), at: self.text[..byte].chars().count() }
    }

    /// Takes the first of the strings that comes next, after spaces.
    fn take<'s>(&mut self, options: &[&'s str]) -> Option<&'s str> {
        self.spaces();
        let found = options.iter().find(|option| self.rest().starts_with(**option))?;
        self.at += found.len();
        Some(found)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        Some(match self.take(&["<=", ">=", "≤", "≥", "∈", "=", "<", ">"])? {
            "<=" | "≤" => Comparison::AtMost,
            ">=" | "≥" => Comparison::AtLeast,
            "∈" => Comparison::In,
            "=" => Comparison::Equal,
            "<" => Comparison::Less,
            _ => Comparison::Greater,
        })
    }

    fn call(&self, function: &str, arguments: Vec<Node>) -> Result<Node, ParseError> {
        let depth = arguments.iter().map(|node| node.depth).max().unwrap_or(0) + 1;
        if depth >= MAX_DEPTH {
            return Err(self.error(format!("nested more than {MAX_DEPTH} deep; `sum(a, b, …)` takes many terms")));
        }
        let arguments = arguments.into_iter().map(|node| node.expression);
        Ok(Node { expression: Expression::call(function, arguments), depth })
    }

    fn side(&mut self, nesting: usize) -> Result<Node, ParseError> {
        let value = self.sum(nesting)?;
        self.spaces();
        if !unit_text::is_conversion(self.rest()) {
            return Ok(value);
        }
        self.at += "in".len();
        self.spaces();
        let unit = self.unit_words()?;
        let unit = Node { expression: Expression::constant(&format!("1 {unit}"), ""), depth: 1 };
        self.call("in", vec![value, unit])
    }

    /// The unit string of a conversion.
    fn unit_words(&mut self) -> Result<&'t str, ParseError> {
        if let Some((length, inner)) = unit_text::quoted(self.rest()) {
            if unit_text::parse(inner).units().is_empty() {
                return Err(self.error(format!("`{inner}` is not a unit")));
            }
            self.at += length;
            return Ok(inner);
        }
        let Some((length, _)) = unit_text::scan(self.rest()) else {
            return Err(self.error("a unit is expected"));
        };
        let unit = &self.rest()[..length];
        self.at += length;
        Ok(unit)
    }

    fn sum(&mut self, nesting: usize) -> Result<Node, ParseError> {
        let mut value = self.product(nesting)?;
        while let Some(sign) = self.take(&["+", "-", "−", "–"]) {
            let function = if sign == "+" { "+" } else { "-" };
            let right = self.product(nesting)?;
            value = self.call(function, vec![value, right])?;
        }
        Ok(value)
    }

    fn product(&mut self, nesting: usize) -> Result<Node, ParseError> {
        let mut value = self.signed(nesting)?;
        while let Some(sign) = self.take(&["*", "×", "·", "⋅", "/", "÷", "∕"]) {
            let function = if matches!(sign, "/" | "÷" | "∕") { "/" } else { "*" };
            let right = self.signed(nesting)?;
            value = self.call(function, vec![value, right])?;
        }
        Ok(value)
    }

    fn signed(&mut self, nesting: usize) -> Result<Node, ParseError> {
        if nesting >= MAX_DEPTH {
            return Err(self.error(format!("nested more than {MAX_DEPTH} deep")));
        }
        if self.take(&["-", "−"]).is_none() {
            return self.power(nesting);
        }
        let start = self.at;
        if self.peek().is_some_and(|next| next.is_ascii_digit() || next == '.') {
            let mut literal = self.literal_body()?;
            self.spaces();
            if self.peek() != Some('^') {
                literal.number.negative = true;
                literal.number.text.insert(0, '-');
                return self.leaf(literal);
            }
            self.at = start;
        }
        let value = self.signed(nesting + 1)?;
        self.call("neg", vec![value])
    }

    fn power(&mut self, nesting: usize) -> Result<Node, ParseError> {
        let base = self.atom(nesting)?;
        if self.take(&["^"]).is_none() {
            return Ok(base);
        }
        let exponent = self.signed(nesting + 1)?;
        self.call("^", vec![base, exponent])
    }

    fn atom(&mut self, nesting: usize) -> Result<Node, ParseError> {
        self.spaces();
        match self.peek() {
            None => Err(self.error("a value is expected")),
            Some('(') => {
                self.at += 1;
                // Inside brackets a comma parts nothing again.
                let arguments = std::mem::take(&mut self.arguments);
                let value = self.side(nesting + 1)?;
                self.arguments = arguments;
                self.close()?;
                Ok(value)
            }
            Some(next) if next.is_ascii_digit() || next == '.' => {
                let literal = self.literal_body()?;
                self.leaf(literal)
            }
            Some(next) if next.is_ascii_alphabetic() => self.named(nesting),
            Some(next) => Err(self.error(format!("a value is expected, not `{next}`"))),
        }
    }

    fn close(&mut self) -> Result<(), ParseError> {
        if self.take(&[")"]).is_some() { Ok(()) } else { Err(self.error("`)` is expected")) }
    }

    fn leaf(&mut self, literal: Literal) -> Result<Node, ParseError> {
        if self.literals.len() >= MAX_LITERALS {
            return Err(self.error(format!("more than {MAX_LITERALS} numbers")));
        }
        let index = OperandIx(self.literals.len());
        self.literals.push(literal);
        Ok(Node { expression: Expression::Operand(index), depth: 1 })
    }

    /// A function or a form of a literal with its arguments.
    fn named(&mut self, nesting: usize) -> Result<Node, ParseError> {
        let start = self.at;
        let end = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest().len());
        let name = &self.rest()[..end];
        self.at += end;
        if self.take(&["("]).is_none() {
            return Err(self.error_at(start, format!("`{name}` is not a value; a unit stands after a number")));
        }
        if let Some(form) = Form::named(name) {
            return self.form(form);
        }
        let infix = functions::find(name).is_none_or(|function| function.name == "in" || function.name == "neg");
        if infix {
            return Err(self.error_at(start, format!("there is no function `{name}`")));
        }
        self.arguments += 1;
        let mut arguments = vec![self.side(nesting + 1)?];
        while self.take(&[",", ";"]).is_some() {
            arguments.push(self.side(nesting + 1)?);
        }
        self.arguments -= 1;
        self.close()?;
        self.call(name, arguments)
    }

    fn form(&mut self, form: Form) -> Result<Node, ParseError> {
        self.arguments += 1;
        let mut literal = self.signed_literal()?;
        literal.form = form;
        if form == Form::Range {
            if self.take(&[",", ";"]).is_none() {
                return Err(self.error("`range` takes two numbers"));
            }
            let to = self.signed_literal()?;
            if (&to.unit, &to.added) != (&literal.unit, &literal.added) {
                return Err(self.error("the ends of a range have one unit"));
            }
            literal.to = Some(to.number);
        }
        self.arguments -= 1;
        self.close()?;
        self.leaf(literal)
    }

    fn signed_literal(&mut self) -> Result<Literal, ParseError> {
        let negative = self.take(&["-", "−"]).is_some();
        self.spaces();
        let mut literal = self.literal_body()?;
        if negative {
            literal.number.negative = true;
            literal.number.text.insert(0, '-');
        }
        Ok(literal)
    }

    /// A number with its unit and annotations, without a sign.
    fn literal_body(&mut self) -> Result<Literal, ParseError> {
        let number = self.number()?;
        let mark = self.at;
        self.spaces();
        let (mut unit, mut meanings) = (Unit::one(), Vec::new());
        if let Some((length, inner)) = unit_text::quoted(self.rest()) {
            meanings = unit_text::parse(inner).units();
            if meanings.is_empty() {
                return Err(self.error(format!("`{inner}` is not a unit")));
            }
            self.at += length;
        } else if !self.at_conversion()
            && let Some((length, found)) = unit_text::scan(self.rest())
        {
            meanings = found;
            self.at += length;
        } else if self.peek().is_some_and(char::is_alphabetic) && !unit_text::is_conversion(self.rest()) {
            let word: String = self.rest().chars().take_while(|next| !next.is_whitespace()).take(40).collect();
            return Err(self.error(format!("`{word}` does not begin with a unit")));
        } else {
            self.at = mark;
        }
        if let Some(first) = meanings.first() {
            unit = first.clone();
        }
        let annotations = self.annotations()?;
        match annotations.meaning {
            Some(meaning) => {
                let chosen = meanings.get(meaning.wrapping_sub(1));
                unit = chosen.cloned().ok_or_else(|| self.error(format!("the unit has no meaning {meaning}")))?;
            }
            None if meanings.len() > 1 => self.notes.push(format!(
                "`{}` has {} meanings; the usual one is taken (`{{meaning 2}}` takes the next)",
                unit.text,
                meanings.len()
            )),
            None => {}
        }
        let unit = annotations.spelt.unwrap_or(unit);
        Ok(Literal { form: Form::Plain, number, to: None, unit, added: annotations.tags })
    }

    /// Whether `in` comes next as the word of a conversion and not as the inch: "5 in in cm".
    fn at_conversion(&self) -> bool {
        let rest = self.rest();
        let second = rest.strip_prefix("in").map_or("", str::trim_start);
        unit_text::is_conversion(rest) && !unit_text::is_conversion(second)
    }

    fn number(&mut self) -> Result<Printed, ParseError> {
        let start = self.at;
        let Some((text, number)) = literal::leading_number(self.rest()) else {
            return Err(self.error("a number that can be read is expected"));
        };
        self.at += text.len();
        if self.peek() == Some(',') && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.grouped(start, number);
        }
        Ok(self.power_of_ten(number))
    }

    /// A number with a comma behind its digits: a group mark only where nothing else is possible.
    fn grouped(&mut self, start: usize, plain: Printed) -> Result<Printed, ParseError> {
        let rest = &self.text[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let run = rest[..end].trim_end_matches([',', '.']);
        let (integer, fraction) = run.split_once('.').map_or((run, None), |(integer, rest)| (integer, Some(rest)));
        let groups: Vec<&str> = integer.split(',').collect();
        let grouping = groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        if !grouping {
            let follows = rest[plain.text.len() + 1..].starts_with(|c: char| c.is_ascii_digit());
            if self.arguments == 0 && follows {
                return Err(self.error_at(start, format!("`{run}` is not a number here: the decimal mark is a point")));
            }
            return Ok(plain);
        }
        if self.arguments > 0 || (groups.len() == 2 && fraction.is_none()) {
            let hint = if self.arguments > 0 {
                "write a space after a comma that parts arguments"
            } else {
                "leave the comma out"
            };
            return Err(self.error_at(start, format!("`{run}` is ambiguous: {hint}")));
        }
        let digits = run.replace(',', "");
        let number = Printed::parse(&digits).ok_or_else(|| self.error_at(start, "the number is too long"))?;
        self.at = start + run.len();
        Ok(self.power_of_ten(number))
    }

    /// A power of ten printed behind the digits, `×10^3` or `×10⁻³`, as part of the number.
    fn power_of_ten(&mut self, number: Printed) -> Printed {
        let rest = self.rest().trim_start();
        let behind = rest.strip_prefix(['×', '·', '⋅']).map(str::trim_start).and_then(|rest| rest.strip_prefix("10"));
        let Some(behind) = behind.filter(|_| number.exponent == 0) else { return number };
        let (digits, length) = match behind.strip_prefix('^') {
            Some(raised) => {
                let sign = usize::from(raised.starts_with('-'));
                let count = raised[sign..].bytes().take_while(u8::is_ascii_digit).count();
                (raised[..sign + count].to_owned(), 1 + sign + count)
            }
            None => superscript(behind),
        };
        let Some(exponent) = digits.parse::<i32>().ok().filter(|exponent| exponent.abs() <= 400) else { return number };
        self.at = self.text.len() - behind.len() + length;
        Printed { exponent, text: format!("{}e{exponent}", number.text), ..number }
    }

    /// The annotations behind a number and its unit.
    fn annotations(&mut self) -> Result<Annotations, ParseError> {
        let mut annotations = Annotations::default();
        loop {
            let mark = self.at;
            if self.take(&["{"]).is_none() {
                self.at = mark;
                return Ok(annotations);
            }
            let Some(length) = self.rest().find('}') else { return Err(self.error("`}` is expected")) };
            annotations.add(&self.rest()[..length]).map_err(|message| self.error(message))?;
            self.at += length + 1;
        }
    }
}

/// A whole number in superscripts: its plain digits and its bytes.
fn superscript(text: &str) -> (String, usize) {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut digits = String::new();
    let mut length = 0;
    for character in text.chars() {
        let plain = match DIGITS.iter().position(|digit| *digit == character) {
            Some(digit) => char::from_digit(u32::try_from(digit).unwrap_or(0), 10),
            None if character == '⁻' && digits.is_empty() => Some('-'),
            None => None,
        };
        let Some(plain) = plain else { break };
        digits.push(plain);
        length += character.len_utf8();
    }
    (digits, length)
}
