//! Formulas of the field by the names that columns of a table carry, and those that the table's own caption or notes state.
//!
//! Only formulas that are definitions stand here: whatever was measured, the one column has to follow from the others.

use crate::derive::Expression;

/// A formula over the numbers of some columns, in order.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    /// The formula in words, over the names of its columns.
    pub words: String,
    /// The program over the operands.
    pub of: Expression,
    /// What it computes.
    pub shape: Shape,
    /// Whether the paper itself states it.
    pub stated: bool,
}

/// What a formula computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// e to the power of a.
    Exponential,
    /// One over a.
    Inverse,
    /// a squared.
    Square,
    /// The square root of a.
    Root,
    /// 100 a over b.
    Percent,
    /// (a over b) squared.
    SquaredQuotient,
    /// a over b.
    Quotient,
    /// a times b.
    Product,
    /// a less b.
    Difference,
    /// a and b.
    Sum,
}

/// A definition with the names of its columns.
pub(super) struct Definition {
    /// Names of the column that follows, in small letters.
    pub target: &'static [&'static str],
    /// Names of the columns that it follows from.
    pub operands: &'static [&'static [&'static str]],
    /// What it computes.
    pub shape: Shape,
}

const COEFFICIENT: &[&str] =
    &["b", "β", "beta", "coef", "coeff", "coefficient", "estimate", "log odds", "log or", "ln or", "logit"];
const ERROR: &[&str] = &["se", "s e", "std error", "standard error", "sem", "se b"];

/// The definitions. Exponentials of coefficients: Hosmer and Lemeshow 2000, *Applied Logistic Regression*, chapter 3; Wald:
/// there, section 1.3; tolerance: Belsley, Kuh and Welsch 1980, *Regression Diagnostics*, section 3.1.
pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        target: &["or", "odds ratio", "exp b", "exp β", "exp beta", "hr", "hazard ratio", "rr", "irr", "aor", "e b"],
        operands: &[COEFFICIENT],
        shape: Shape::Exponential,
    },
    Definition { target: &["vif"], operands: &[&["tolerance", "tol"]], shape: Shape::Inverse },
    Definition { target: &["r2", "r²", "r square", "r squared"], operands: &[&["r"]], shape: Shape::Square },
    Definition { target: &["rmse"], operands: &[&["mse"]], shape: Shape::Root },
    Definition {
        target: &["cv", "cv %", "rsd", "rsd %", "coefficient of variation"],
        operands: &[&["sd", "s d", "standard deviation"], &["mean", "average"]],
        shape: Shape::Percent,
    },
    Definition {
        target: &["wald", "wald χ2", "wald χ²", "wald chi square", "f value", "partial f"],
        operands: &[&["b", "β", "beta", "coefficient", "β coefficient", "estimate"], ERROR],
        shape: Shape::SquaredQuotient,
    },
];

impl Shape {
    /// How many columns it takes.
    const fn arity(self) -> usize {
        match self {
            Self::Exponential | Self::Inverse | Self::Square | Self::Root => 1,
            Self::Percent | Self::SquaredQuotient | Self::Quotient | Self::Product | Self::Difference | Self::Sum => 2,
        }
    }

    /// The formula in floating point, for the search alone; `None` where it has no value.
    pub fn value(self, x: &[f64]) -> Option<f64> {
        let (a, b) = (*x.first()?, x.get(1).copied().unwrap_or(1.0));
        let value = match self {
            Self::Exponential => libm::exp(a),
            Self::Inverse => 1.0 / a,
            Self::Square => a * a,
            Self::Root => a.sqrt(),
            Self::Percent => 100.0 * a / b,
            Self::SquaredQuotient => (a / b) * (a / b),
            Self::Quotient => a / b,
            Self::Product => a * b,
            Self::Difference => a - b,
            Self::Sum => a + b,
        };
        value.is_finite().then_some(value)
    }

    /// The formula over operands.
    pub fn expression(self) -> Expression {
        let (a, b) = (|| Expression::operand(0), || Expression::operand(1));
        let number = |literal: &str, source: &str| Expression::constant(literal, source);
        match self {
            Self::Exponential => Expression::call("exp", [a()]),
            Self::Inverse => Expression::call("/", [number("1", "the inverse"), a()]),
            Self::Square => Expression::call("^", [a(), number("2", "the square")]),
            Self::Root => Expression::call("sqrt", [a()]),
            Self::Percent => Expression::call("*", [number("100", "per cent"), Expression::call("/", [a(), b()])]),
            Self::SquaredQuotient => {
                Expression::call("^", [Expression::call("/", [a(), b()]), number("2", "the square")])
            }
            Self::Quotient => Expression::call("/", [a(), b()]),
            Self::Product => Expression::call("*", [a(), b()]),
            Self::Difference => Expression::call("-", [a(), b()]),
            Self::Sum => Expression::call("+", [a(), b()]),
        }
    }

    /// The formula over columns of these names.
    pub fn over(self, names: &[&str], stated: bool) -> Formula {
        let (a, b) = (names.first().copied().unwrap_or_default(), names.get(1).copied().unwrap_or_default());
        let words = match self {
            Self::Exponential => format!("exp({a})"),
            Self::Inverse => format!("1 ÷ {a}"),
            Self::Square => format!("{a}²"),
            Self::Root => format!("√{a}"),
            Self::Percent => format!("100 {a} ÷ {b}"),
            Self::SquaredQuotient => format!("({a} ÷ {b})²"),
            Self::Quotient => format!("{a} ÷ {b}"),
            Self::Product => format!("{a} × {b}"),
            Self::Difference => format!("{a} − {b}"),
            Self::Sum => format!("{a} + {b}"),
        };
        debug_assert_eq!(names.len(), self.arity());
        Formula { words, of: self.expression(), shape: self, stated }
    }
}

/// A name in small letters, its words parted by single blanks: what stands behind a comma or in brackets, such as a unit or
/// a level, is left out, but for "exp(b)".
pub(super) fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let kept = if lower.starts_with("exp") || lower.starts_with("e(") {
        lower.as_str()
    } else {
        lower.split(['(', '[', ',', ';']).next().unwrap_or_default()
    };
    let letters = |c: char| if c.is_alphanumeric() || matches!(c, '²' | '%' | 'χ') { c } else { ' ' };
    kept.chars().map(letters).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A formula that a text states: the name of the column that follows, those of the two that it follows from, and how.
pub(super) fn stated_in(text: &str, names: &[String]) -> Vec<(usize, [usize; 2], Shape)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('=') {
        let (left, right) = (plain_run(&text[..at]), text[at + 1..].trim_start());
        let Some(target) = longest(names, |name| ends_with_words(&left, name)) else { continue };
        for (sign, shape) in SIGNS {
            let Some((first, rest)) = right.split_once(sign) else { continue };
            let first = plain_run(first);
            let operand = longest(names, |name| first == name);
            let rest = plain_run(rest);
            let other = longest(names, |name| starts_with_words(&rest, name));
            if let (Some(a), Some(b)) = (operand, other)
                && a != target
                && b != target
                && is_whole(&rest[names[b].len()..])
            {
                let percent = *shape == Shape::Quotient && rest[names[b].len()..].trim() == "100";
                found.push((target, [a, b], if percent { Shape::Percent } else { *shape }));
                break;
            }
        }
    }
    found
}

/// The signs and words of the operations, those of several letters first.
const SIGNS: &[(&str, Shape)] = &[
    (" divided by ", Shape::Quotient),
    (" multiplied by ", Shape::Product),
    (" minus ", Shape::Difference),
    (" plus ", Shape::Sum),
    ("÷", Shape::Quotient),
    ("/", Shape::Quotient),
    ("×", Shape::Product),
    ("*", Shape::Product),
    ("−", Shape::Difference),
    (" - ", Shape::Difference),
    (" – ", Shape::Difference),
    ("+", Shape::Sum),
];

/// A run of a sentence as [`plain`] writes names, brackets opened and their inside kept.
fn plain_run(text: &str) -> String {
    let letters = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '²' | '%' | 'χ') => c,
        '.' | ';' | ':' | ',' => '|',
        _ => ' ',
    };
    text.to_lowercase().chars().map(letters).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn longest(names: &[String], fits: impl Fn(&str) -> bool) -> Option<usize> {
    let fitting = names.iter().enumerate().filter(|(_, name)| name.chars().any(char::is_alphabetic) && fits(name));
    fitting.max_by_key(|(at, name)| (name.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

fn ends_with_words(text: &str, name: &str) -> bool {
    text.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with([' ', '|']))
}

fn starts_with_words(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '|']))
}

/// Whether nothing more belongs to the formula behind its last name, or only a factor of a hundred.
fn is_whole(behind: &str) -> bool {
    let behind = behind.trim_start();
    behind.is_empty() || behind.starts_with('|') || behind == "100" || behind.starts_with("100 |")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_units_levels_and_signs() {
        for (name, expected) in [
            ("OR (95% CI)", "or"),
            ("Exp(B)", "exp b"),
            ("Std. Error", "std error"),
            ("Mass, kg", "mass"),
            ("R²", "r²"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }

    #[test]
    fn formulas_are_read_from_notes() {
        let names: Vec<String> = ["gain", "after", "before", "net mass"].into_iter().map(str::to_owned).collect();
        assert_eq!(stated_in("Gain = after − before.", &names), [(0, [1, 2], Shape::Difference)]);
        assert_eq!(stated_in("The gain = after / net mass", &names), [(0, [1, 3], Shape::Quotient)]);
        assert_eq!(stated_in("gain = after divided by before; n = 12", &names), [(0, [1, 2], Shape::Quotient)]);
        assert_eq!(stated_in("gain = after / before squared", &names), []);
        assert_eq!(stated_in("regain = after / before", &names), []);
        assert_eq!(stated_in("gain = thereafter / before", &names), []);
    }

    #[test]
    fn every_definition_has_as_many_columns_as_it_takes() {
        for definition in DEFINITIONS {
            assert_eq!(definition.operands.len(), definition.shape.arity());
            let x = [0.4, 2.0];
            assert!(definition.shape.value(&x).is_some());
            let all = definition.operands.iter().flat_map(|names| names.iter()).chain(definition.target);
            for name in all {
                assert_eq!(&plain(name), name, "a name that no heading can have");
            }
        }
    }
}
