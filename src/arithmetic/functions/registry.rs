//! The list of functions.

use crate::arithmetic::rational::Rational;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::{Refusal, aggregate, elementary_calls, granularity, operators, tails};

/// Which of the two sets of every printed number an evaluation works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// What the digits say under plain rounding.
    Tight,
    /// What they can say under any rounding habit in use.
    Wide,
}

/// How many arguments a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arity {
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
}

impl Arity {
    /// Exactly `count` arguments.
    pub const fn exactly(count: usize) -> Self {
        Self { least: count, most: count }
    }

    /// From `least` to `most` arguments.
    pub const fn between(least: usize, most: usize) -> Self {
        Self { least, most }
    }
}

/// The most arguments that any function takes.
pub const MAX_ARGUMENTS: usize = 1000;

/// The most bits in the numerator or denominator of an end of a result; beyond it a value is no printed quantity.
const MAX_BITS: u64 = 16_384;

/// A function of the language.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name, or the operator's sign.
    pub name: &'static str,
    /// Its arguments and what it gives, for people.
    pub signature: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Where the formula or the enclosure comes from.
    pub source: &'static str,
    /// How many arguments it takes.
    pub arity: Arity,
    pub(super) enclosure: fn(&[Value], Precision) -> Result<Value, Refusal>,
}

impl Function {
    /// The enclosure of the function over the arguments.
    pub fn apply(&self, arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
        if arguments.len() < self.arity.least || arguments.len() > self.arity.most {
            let expected = if self.arity.least == self.arity.most {
                self.arity.least.to_string()
            } else if self.arity.most == MAX_ARGUMENTS {
                format!("{} or more", self.arity.least)
            } else {
                format!("{} to {}", self.arity.least, self.arity.most)
            };
            return Err(Refusal::Program(format!("{} takes {expected} arguments, not {}", self.name, arguments.len())));
        }
        let value = (self.enclosure)(arguments, precision)?;
        if value.set.is_empty() {
            return Err(Refusal::Domain(format!("{} has no value for these arguments", self.name)));
        }
        if too_long(&value.set) {
            return Err(Refusal::Range(format!("{} gives numbers with too many digits", self.name)));
        }
        Ok(value)
    }
}

fn too_long(set: &RealSet) -> bool {
    let long = |value: &Rational| value.numer().bits() > MAX_BITS || value.denom().bits() > MAX_BITS;
    set.parts().iter().flat_map(|part| [part.lo().value(), part.hi().value()]).flatten().any(long)
}

/// The function with the given name or operator sign.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

const ARITHMETIC: &str = "exact interval arithmetic over rationals";
const LIBM: &str = "libm, the argument rounded outward and the value widened by 4 units in the last place";
const TAIL: &str = "statrs survival functions, monotone at the ends of the arguments, widened by 1e-7 relative";

macro_rules! functions {
    ($($name:literal $signature:literal $summary:literal $source:expr, $arity:expr, $enclosure:path;)*) => {
        &[$(Function { name: $name, signature: $signature, summary: $summary, source: $source, arity: $arity,
            enclosure: $enclosure }),*]
    };
}

/// Every function, operators first.
pub static FUNCTIONS: &[Function] = functions![
    "+" "a + b" "the sum of two values of one kind" ARITHMETIC, Arity::exactly(2), operators::add;
    "-" "a - b" "the difference of two values of one kind" ARITHMETIC, Arity::exactly(2), operators::subtract;
    "*" "a * b" "the product" ARITHMETIC, Arity::exactly(2), operators::multiply;
    "/" "a / b" "the quotient" ARITHMETIC, Arity::exactly(2), operators::divide;
    "^" "a ^ b" "a power; of a value with a unit a whole one" ARITHMETIC, Arity::exactly(2), operators::power;
    "neg" "-a" "the value below zero" ARITHMETIC, Arity::exactly(1), operators::negate;
    "in" "a in UNIT" "the same value, checked to be of the unit's kind" ARITHMETIC, Arity::exactly(2), operators::convert;
    "rounded" "rounded(a)" "a step of a calculation that may have been rounded to three digits: in the wide set times [0.995, 1.005]"
        "a rounding to three significant digits moves a value by at most 0.5 %", Arity::exactly(1), operators::rounded;
    "abs" "abs(a)" "the magnitude" ARITHMETIC, Arity::exactly(1), operators::magnitude;
    "sum" "sum(a, …)" "the sum of values of one kind" ARITHMETIC, Arity::between(1, MAX_ARGUMENTS), aggregate::sum;
    "mean" "mean(a, …)" "the arithmetic mean of values of one kind" ARITHMETIC, Arity::between(1, MAX_ARGUMENTS), aggregate::mean;
    "percent" "percent(part, whole)" "part / whole, as a ratio" ARITHMETIC, Arity::exactly(2), aggregate::percent;
    "percent_change" "percent_change(from, to)" "(to - from) / from, as a ratio, with `from` taken once"
        "to / from - 1, monotone in both", Arity::exactly(2), aggregate::percent_change;
    "ln" "ln(a)" "the natural logarithm of a pure number" LIBM, Arity::exactly(1), elementary_calls::ln;
    "log10" "log10(a)" "the decimal logarithm of a pure number" LIBM, Arity::exactly(1), elementary_calls::log10;
    "exp" "exp(a)" "e to a pure number" LIBM, Arity::exactly(1), elementary_calls::exp;
    "sqrt" "sqrt(a)" "the square root" LIBM, Arity::exactly(1), elementary_calls::sqrt;
    "p_t" "p_t(t, df)" "the two-sided p-value of Student's t" TAIL, Arity::exactly(2), tails::t;
    "p_t_one" "p_t_one(t, df)" "the one-sided p-value of Student's t, on the side of t" TAIL, Arity::exactly(2), tails::t_one;
    "p_f" "p_f(F, df1, df2)" "the upper p-value of Fisher's F" TAIL, Arity::exactly(3), tails::f;
    "p_f_one" "p_f_one(F, df1, df2)" "half the upper p-value of F: one-sided for df1 = 1" TAIL, Arity::exactly(3), tails::f_one;
    "p_chi2" "p_chi2(x, df)" "the upper p-value of chi-squared" TAIL, Arity::exactly(2), tails::chi2;
    "p_chi2_one" "p_chi2_one(x, df)" "half the upper p-value of chi-squared: one-sided for df = 1" TAIL, Arity::exactly(2), tails::chi2_one;
    "p_q" "p_q(Q, df)" "the upper p-value of Cochran's Q, referred to chi-squared" TAIL, Arity::exactly(2), tails::chi2;
    "p_z" "p_z(z)" "the two-sided p-value of the standard normal" TAIL, Arity::exactly(1), tails::z;
    "p_z_one" "p_z_one(z)" "the one-sided p-value of the standard normal, on the side of z" TAIL, Arity::exactly(1), tails::z_one;
    "p_r" "p_r(r, df)" "the two-sided p-value of a correlation with df = n - 2, by t = r sqrt(df / (1 - r^2))" TAIL, Arity::exactly(2), tails::r;
    "p_r_one" "p_r_one(r, df)" "the one-sided p-value of a correlation, on the side of r" TAIL, Arity::exactly(2), tails::r_one;
    "grim" "grim(mean, n, items = 1)" "the means of n·items whole numbers next to and within the given mean"
        "Brown and Heathers 2017, doi 10.1177/1948550616673876", Arity::between(2, 3), granularity::grim;
    "grimmer" "grimmer(mean, sd, n, items = 1)" "the sample SDs of whole numbers whose mean prints as given, next to and within the given SD"
        "Anaya 2016, doi 10.7287/peerj.preprints.2400v1; over all integers, n <= 4 by exact search", Arity::between(3, 4), granularity::grimmer;
    "debit" "debit(mean, n)" "the sample SDs of n zeros and ones whose mean prints as given"
        "Heathers and Brown 2019; sqrt(k (n - k) / (n (n - 1)))", Arity::exactly(2), granularity::debit;
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_entry_says_what_it_is() {
        for (at, function) in FUNCTIONS.iter().enumerate() {
            assert!(FUNCTIONS[..at].iter().all(|other| other.name != function.name), "{}", function.name);
            assert!(!function.summary.is_empty() && !function.source.is_empty() && !function.signature.is_empty());
            assert!(function.arity.least >= 1 && function.arity.least <= function.arity.most);
        }
    }

    #[test]
    fn a_wrong_number_of_arguments_is_refused() {
        let one = Value::whole(1);
        for (name, count) in [("+", 1), ("p_f", 2), ("sum", 0), ("grim", 4)] {
            let arguments = vec![one.clone(); count];
            let refusal = find(name).expect(name).apply(&arguments, Precision::Tight).expect_err(name);
            assert!(matches!(refusal, Refusal::Program(_)), "{refusal}");
        }
    }

    #[test]
    fn numbers_that_grow_without_end_are_refused() {
        let mut value = Value::point(crate::arithmetic::rational::power_of_ten(400));
        let square = find("*").expect("product");
        let mut refused = false;
        for _ in 0..20 {
            match square.apply(&[value.clone(), value.clone()], Precision::Tight) {
                Ok(next) => value = next,
                Err(refusal) => {
                    assert!(matches!(refusal, Refusal::Range(_)));
                    refused = true;
                    break;
                }
            }
        }
        assert!(refused);
    }
}
