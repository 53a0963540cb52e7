//! Derivations over the letters of a passage: `a * b / c`, `exact(100 %) - a`, in the derivation language.
//!
//! A letter stands for a value of the passage. Two derivations are the same where they differ in the order of terms and factors
//! alone.

use std::collections::BTreeMap;

use crate::derive::{Expression, Form as LiteralForm, ParseError, Program, expression_text, parse};

/// What stands for a letter while the text is read: any printed number.
const PLACE: &str = "2";

/// A derivation over letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    text: String,
    /// The letters in the order of the text, once each.
    letters: Vec<char>,
    /// Over the letters by index.
    expression: Expression,
}

impl Derivation {
    /// Reads a derivation. Numbers of its own are written `exact(…)`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut letters = Vec::new();
        let mut order = Vec::new();
        let placed = with_letters(text, |letter| {
            let at = letters.iter().position(|other| *other == letter).unwrap_or(letters.len());
            if at == letters.len() {
                letters.push(letter);
            }
            order.push(at);
            PLACE.to_owned()
        });
        let source = parse(&placed)?;
        let Program::Expression(expression) = &source.program else {
            return Err(ParseError { message: "a derivation is no relation".to_owned(), at: 0 });
        };
        let mut order = order.into_iter();
        let leaves: Vec<Expression> = source
            .literals
            .iter()
            .map(|literal| match literal.form {
                LiteralForm::Plain => order.next().map_or_else(|| Expression::constant(PLACE, ""), Expression::operand),
                _ => Expression::constant(&literal.to_string(), ""),
            })
            .collect();
        Ok(Self { text: text.to_owned(), letters, expression: replaced(expression, &leaves) })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its letters in the order of the text, once each.
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// The same text with something else for each letter.
    pub fn over(&self, mut leaf: impl FnMut(char) -> String) -> String {
        with_letters(&self.text, &mut leaf)
    }

    /// Whether an expression over letters says the same; its operands are indices into `letters`.
    pub fn says(&self, expression: &Expression, letters: &[char]) -> bool {
        canonical(&self.expression, &self.letters) == canonical(expression, letters)
    }
}

/// A text with its single letters replaced.
fn with_letters(text: &str, mut leaf: impl FnMut(char) -> String) -> String {
    let mut written = String::new();
    let mut word = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(c) = c.filter(|c| c.is_alphanumeric()) {
            word.push(c);
            continue;
        }
        let mut characters = word.chars();
        match (characters.next(), characters.next()) {
            (Some(letter), None) if letter.is_ascii_lowercase() => written.push_str(&leaf(letter)),
            _ => written.push_str(&word),
        }
        word.clear();
        written.extend(c);
    }
    written
}

/// An expression with something else for its operands.
fn replaced(expression: &Expression, leaves: &[Expression]) -> Expression {
    match expression {
        Expression::Operand(ix) => leaves.get(ix.0).unwrap_or(expression).clone(),
        Expression::Constant { .. } => expression.clone(),
        Expression::Call { function, arguments } => {
            Expression::call(function, arguments.iter().map(|argument| replaced(argument, leaves)))
        }
    }
}

/// What is added or multiplied up, and how often it counts: −1 for what is taken away or divides.
type Parts = BTreeMap<String, i32>;

/// A text that is the same for derivations that say the same.
fn canonical(expression: &Expression, letters: &[char]) -> String {
    match expression {
        Expression::Call { function, arguments } => match (function.as_str(), arguments.as_slice()) {
            ("+" | "-", _) => written(&parts(expression, letters, ["+", "-"]), "sum"),
            ("*" | "/", _) => written(&parts(expression, letters, ["*", "/"]), "product"),
            // Printing in another unit changes no value.
            ("in", [value, _]) => canonical(value, letters),
            ("abs", [value]) => {
                let terms = parts(value, letters, ["+", "-"]);
                let turned = terms.iter().map(|(term, count)| (term.clone(), -count)).collect();
                written(&terms, "abs").min(written(&turned, "abs"))
            }
            (_, all) => {
                let list: Vec<String> = all.iter().map(|argument| canonical(argument, letters)).collect();
                format!("{function}({})", list.join(", "))
            }
        },
        Expression::Operand(ix) => letters.get(ix.0).map_or_else(|| format!("#{}", ix.0), char::to_string),
        // `100 %` and `exact(100 %)` are one constant: the former is how expressions hold it.
        Expression::Constant { literal, .. } if literal.starts_with("exact(") => literal.clone(),
        Expression::Constant { .. } => expression_text(expression, &|_| String::new()),
    }
}

/// The parts of a sum or a product, however it is bracketed.
fn parts(expression: &Expression, letters: &[char], signs: [&str; 2]) -> Parts {
    let mut found = Parts::new();
    let mut open = vec![(expression, 1)];
    while let Some((expression, count)) = open.pop() {
        match expression {
            Expression::Call { function, arguments } if signs.contains(&function.as_str()) && arguments.len() == 2 => {
                open.push((&arguments[0], count));
                open.push((&arguments[1], if function == signs[1] { -count } else { count }));
            }
            _ => *found.entry(canonical(expression, letters)).or_default() += count,
        }
    }
    found
}

fn written(parts: &Parts, name: &str) -> String {
    let list: Vec<String> = parts.iter().map(|(part, count)| format!("{count} {part}")).collect();
    format!("{name}({})", list.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Form;

    fn says(text: &str, form: Form, operands: &[usize]) -> bool {
        Derivation::parse(text).expect("a derivation").says(&form.expression(operands), &['a', 'b', 'c', 'd'])
    }

    #[test]
    fn the_order_of_terms_and_factors_is_free_and_nothing_else() {
        assert!(says("a + b", Form::Sum, &[1, 0]) && says("b + a", Form::Sum, &[0, 1]));
        assert!(says("a - b - c", Form::Rest, &[0, 2, 1]) && !says("a - b - c", Form::Rest, &[1, 0, 2]));
        assert!(says("a / b in %", Form::Share, &[0, 1]) && !says("a / b in %", Form::Share, &[1, 0]));
        assert!(says("a / c * b", Form::ProductOver, &[0, 1, 2]) && says("b * a", Form::PartOf, &[0, 1]));
        assert!(says("abs(a - b) / b in %", Form::Change, &[0, 1]) && says("abs(b - a) / b", Form::Change, &[0, 1]));
        assert!(!says("abs(a - b) / b in %", Form::Change, &[1, 0]) && !says("(a - b) / b", Form::Change, &[0, 1]));
        assert!(says("exact(100 %) - a", Form::Complement, &[0]) && !says("exact(100 %) - a", Form::Complement, &[1]));
        assert!(says("(a + b) / c", Form::SumOver, &[1, 0, 2]) && !says("(a + b) / c", Form::SumOver, &[2, 0, 1]));
        assert!(!says("a - b", Form::Sum, &[0, 1]) && !says("a + d", Form::Sum, &[0, 1]));
    }

    #[test]
    fn letters_are_replaced_and_words_are_not() {
        let derivation = Derivation::parse("abs(a - b) / b in %").expect("a derivation");
        assert_eq!(derivation.letters(), ['a', 'b']);
        assert_eq!(derivation.over(|letter| format!("<{letter}>")), "abs(<a> - <b>) / <b> in %");
        assert!(Derivation::parse("a = b").is_err() && Derivation::parse("a +").is_err());
    }
}
