//! Sums, products and their inverses: over words where both sides are, else over long numbers.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use num_integer::Integer;

use super::number::{Form, Rational, common_factor};

/// The quotient by a factor of the number; it is one more often than not, and long division takes its time.
fn shortened(number: i128, factor: i64) -> i128 {
    if factor == 1 { number } else { number / i128::from(factor) }
}

/// a/b + c/d, over the least common denominator. A product of two words of 63 bits leaves room for the sum of two.
fn sum_of_words((a, b): (i64, i64), (c, d): (i64, i64)) -> Rational {
    if b == d {
        let numerator = i128::from(a) + i128::from(c);
        if b == 1 {
            return Rational::of_reduced(numerator, 1);
        }
        let shared = common_factor(numerator, b);
        return Rational::of_reduced(shortened(numerator, shared), i128::from(b / shared));
    }
    let common = if b == 1 || d == 1 { 1 } else { b.gcd(&d) };
    let numerator = i128::from(a) * i128::from(d / common) + i128::from(c) * i128::from(b / common);
    if common == 1 {
        return Rational::of_reduced(numerator, i128::from(b) * i128::from(d));
    }
    // Only a factor of the common one can be left in the sum (Knuth, The Art of Computer Programming 2, 4.5.1).
    let shared = common_factor(numerator, common);
    Rational::of_reduced(shortened(numerator, shared), i128::from(b / common) * i128::from(d / shared))
}

/// a/b · c/d: what can be shortened is shortened crosswise before, so that the product is reduced.
fn product_of_words((a, b): (i64, i64), (c, d): (i64, i64)) -> Rational {
    let shared = |numerator: i64, denominator: i64| if denominator == 1 { 1 } else { numerator.gcd(&denominator) };
    let (first, second) = (shared(a, d), shared(c, b));
    Rational::of_reduced(i128::from(a / first) * i128::from(c / second), i128::from(b / second) * i128::from(d / first))
}

fn sum(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Form::Words(a, b), Form::Words(c, d)) => sum_of_words((*a, *b), (*c, *d)),
        _ => Rational::of_long(left.to_long() + right.to_long()),
    }
}

fn difference(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Form::Words(a, b), Form::Words(c, d)) => sum_of_words((*a, *b), (-c, *d)),
        _ => Rational::of_long(left.to_long() - right.to_long()),
    }
}

fn product(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Form::Words(a, b), Form::Words(c, d)) => product_of_words((*a, *b), (*c, *d)),
        _ => Rational::of_long(left.to_long() * right.to_long()),
    }
}

fn quotient(left: &Rational, right: &Rational) -> Rational {
    match (&left.0, &right.0) {
        (Form::Words(a, b), Form::Words(c, d)) => {
            assert!(*c != 0, "division by zero");
            product_of_words((*a, *b), (d * c.signum(), c.abs()))
        }
        _ => Rational::of_long(left.to_long() / right.to_long()),
    }
}

/// What is left over the whole quotient towards zero; rare, so there is one way for all.
fn remainder(left: &Rational, right: &Rational) -> Rational {
    Rational::of_long(left.to_long() % right.to_long())
}

macro_rules! operation {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident, $by:ident) => {
        impl $trait for Rational {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                $by(&self, &other)
            }
        }

        impl $trait<&Self> for Rational {
            type Output = Self;

            fn $method(self, other: &Self) -> Self {
                $by(&self, other)
            }
        }

        impl $trait<Rational> for &Rational {
            type Output = Rational;

            fn $method(self, other: Rational) -> Rational {
                $by(self, &other)
            }
        }

        impl $trait for &Rational {
            type Output = Rational;

            fn $method(self, other: Self) -> Rational {
                $by(self, other)
            }
        }

        impl $assign for Rational {
            fn $assign_method(&mut self, other: Self) {
                *self = $by(self, &other);
            }
        }

        impl $assign<&Self> for Rational {
            fn $assign_method(&mut self, other: &Self) {
                *self = $by(self, other);
            }
        }
    };
}

operation!(Add, add, AddAssign, add_assign, sum);
operation!(Sub, sub, SubAssign, sub_assign, difference);
operation!(Mul, mul, MulAssign, mul_assign, product);
operation!(Div, div, DivAssign, div_assign, quotient);
operation!(Rem, rem, RemAssign, rem_assign, remainder);

impl Neg for Rational {
    type Output = Self;

    fn neg(self) -> Self {
        match self.0 {
            Form::Words(numerator, denominator) => Self(Form::Words(-numerator, denominator)),
            Form::Long(long) => Self::of_long(-*long),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        -self.clone()
    }
}
