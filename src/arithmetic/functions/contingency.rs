//! Tests of counts: χ² of tables, with and without Yates' correction, goodness of fit, and Fisher's exact p.
//!
//! Counts are exact, so a statistic is an exact rational, and Fisher's p an exact one that is written to 18 decimals.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{count, positive};
use super::{Precision, Refusal};

/// A table of counts, row after row, with its sums.
struct Table {
    cells: Vec<Rational>,
    columns: usize,
    rows: Vec<Rational>,
    sums: Vec<Rational>,
    all: Rational,
}

impl Table {
    fn read(arguments: &[Value]) -> Result<Self, Refusal> {
        let rows = usize::try_from(count(&arguments[0], 2)?).unwrap_or(usize::MAX);
        let cells = arguments[1..].iter().map(|value| count(value, 0).map(rational::whole));
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        let columns = cells.len() / rows;
        if columns < 2 || columns * rows != cells.len() {
            return Err(Refusal::Program("a table has its number of rows, then its counts row after row".to_owned()));
        }
        let row_sums: Vec<Rational> = cells.chunks(columns).map(|row| row.iter().sum()).collect();
        let sums: Vec<Rational> = (0..columns).map(|at| cells.iter().skip(at).step_by(columns).sum()).collect();
        if row_sums.iter().chain(&sums).any(Zero::is_zero) {
            return Err(Refusal::Domain("a row or column of the table has no one in it".to_owned()));
        }
        let all = row_sums.iter().sum();
        Ok(Self { cells, columns, rows: row_sums, sums, all })
    }

    /// The sum over the cells of (|observed − expected| − less)² / expected, `less` being a function of the distance.
    fn chi2(&self, less: impl Fn(&Rational) -> Rational) -> Rational {
        let of = |(at, observed): (usize, &Rational)| {
            let expected = &self.rows[at / self.columns] * &self.sums[at % self.columns] / &self.all;
            let distance = (observed - &expected).abs();
            let left = &distance - less(&distance);
            &left * &left / expected
        };
        self.cells.iter().enumerate().map(of).sum()
    }
}

/// Pearson's χ² of a table.
pub(super) fn chi2_table(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Value::point(Table::read(arguments)?.chi2(|_| Rational::zero())))
}

/// χ² of a table of two by two with Yates' correction: each distance less one half. Where a distance is below one half,
/// some programs take the half all the same and some take the distance away; both values are given.
pub(super) fn chi2_table_yates(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let table = Table::read(arguments)?;
    if table.rows.len() != 2 || table.columns != 2 {
        return Err(Refusal::Domain("Yates' correction is for a table of two by two".to_owned()));
    }
    let half = rational::ratio(1, 2);
    let (plain, kept) = (table.chi2(|_| half.clone()), table.chi2(|distance| half.clone().min(distance.clone())));
    Ok(Value::number(RealSet::new([Interval::point(plain), Interval::point(kept)])))
}

/// χ² of counts against equal shares.
pub(super) fn chi2_equal(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let counts = arguments.iter().map(|value| count(value, 0).map(rational::whole)).collect::<Result<Vec<_>, _>>()?;
    let all: Rational = counts.iter().sum();
    if all.is_zero() {
        return Err(Refusal::Domain("the counts are all zero".to_owned()));
    }
    let expected = &all / rational::whole(i64::try_from(counts.len()).unwrap_or(i64::MAX));
    Ok(Value::point(counts.iter().map(|observed| (observed - &expected) * (observed - &expected) / &expected).sum()))
}

/// χ² of counts against expected ones, each count followed by its expectation, which may be an interval: (o − e)²/e falls up
/// to e = o and rises behind it.
pub(super) fn chi2_fit(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    if !arguments.len().is_multiple_of(2) {
        return Err(Refusal::Program("chi2_fit takes a count and its expectation for each class".to_owned()));
    }
    let (mut least, mut most) = (Rational::zero(), Rational::zero());
    for pair in arguments.chunks(2) {
        let observed = rational::whole(count(&pair[0], 0)?);
        let (low, high) = positive(&pair[1], "an expected count")?;
        let at = |expected: &Rational| (&observed - expected) * (&observed - expected) / expected;
        let (start, end) = (at(&low), at(&high));
        if observed < low || observed > high {
            least += start.clone().min(end.clone());
        }
        most += start.max(end);
    }
    Ok(Value::number(RealSet::from(Interval::closed(least, most))))
}

/// The most people of a table whose exact p is worked out: the numbers that are added up have about as many bits.
const MOST_PEOPLE: i64 = 10_000;

/// Fisher's exact two-sided p of a table of two by two: the sum over the tables with the same margins that are no likelier,
/// and twice the smaller tail; both are in use. By the hypergeometric weights of the tables as whole numbers.
pub(super) fn p_fisher(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let cells = arguments.iter().map(|value| count(value, 0)).collect::<Result<Vec<_>, _>>()?;
    let [first, second, third, fourth] = cells[..] else {
        return Err(Refusal::Program("p_fisher takes four counts".to_owned()));
    };
    let (row, column, all) = (first + second, first + third, first + second + third + fourth);
    if all == 0 || all > MOST_PEOPLE {
        return Err(Refusal::Range(format!("the table has no one in it or more than {MOST_PEOPLE}")));
    }
    let others = all - row;
    let least = (column - others).max(0);
    let mut weight = binomial(row, least) * binomial(others, column - least);
    let mut weights = Vec::new();
    for events in least..=row.min(column) {
        weights.push((events, weight.clone()));
        weight = weight * BigInt::from((row - events) * (column - events))
            / BigInt::from((events + 1) * (others - column + events + 1));
    }
    let sum = |kept: &dyn Fn(i64, &BigInt) -> bool| -> BigInt {
        weights.iter().filter(|(events, weight)| kept(*events, weight)).map(|(_, weight)| weight).sum()
    };
    let own = weights.iter().find(|(events, _)| *events == first).map_or_else(BigInt::zero, |(_, own)| own.clone());
    let whole = sum(&|_, _| true);
    let smaller = sum(&|events, _| events <= first).min(sum(&|events, _| events >= first));
    let doubled = (smaller * BigInt::from(2)).min(whole.clone());
    let no_likelier = sum(&|_, weight| *weight <= own);
    Ok(Value::number(RealSet::new([quotient(&no_likelier, &whole), quotient(&doubled, &whole)])))
}

/// How many ways there are to choose some of all.
fn binomial(all: i64, some: i64) -> BigInt {
    (0..some).fold(BigInt::one(), |product, at| product * BigInt::from(all - at) / BigInt::from(at + 1))
}

/// A quotient of whole numbers between its neighbours with 18 decimals.
fn quotient(part: &BigInt, whole: &BigInt) -> Interval {
    let scale = BigInt::from(10).pow(18);
    let scaled = part * &scale;
    let low = &scaled / whole;
    let exact = &low * whole == scaled;
    let high = if exact { low.clone() } else { &low + BigInt::one() };
    Interval::closed(Rational::new(low, scale.clone()), Rational::new(high, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of the exact p of four counts, as decimals.
    fn fisher(counts: [i64; 4]) -> Vec<f64> {
        let arguments = counts.map(|count| Value::point(rational::whole(count)));
        let set = p_fisher(&arguments, Precision::Tight).expect("a table").set;
        let ends = set.parts().iter().filter_map(|part| part.lo().value());
        ends.map(|end| num_traits::ToPrimitive::to_f64(end).unwrap_or(f64::NAN)).collect()
    }

    #[test]
    fn the_exact_p_is_that_of_the_tables_no_likelier_and_twice_the_smaller_tail() {
        // By R 4.2, fisher.test(): the tea of Fisher, and three more.
        for (counts, p) in [
            ([3, 1, 1, 3], 0.485_714_285_714_285_7),
            ([12, 28, 25, 17], 0.008_564_080_589_16),
            ([0, 10, 5, 5], 0.032_507_739_938_08),
            ([200, 1800, 260, 1740], 0.003_418_969_040_49),
        ] {
            let found = fisher(counts);
            assert!((found[0] - p).abs() < 1e-12, "{counts:?}: {found:?}");
            assert!(found.iter().all(|end| *end >= found[0]), "{counts:?}: {found:?}");
        }
    }

    #[test]
    fn a_table_with_an_empty_margin_has_a_p_of_one_and_none_without_people() {
        assert_eq!(fisher([0, 10, 0, 12]), [1.0]);
        let none = [0; 4].map(|count| Value::point(rational::whole(count)));
        assert!(matches!(p_fisher(&none, Precision::Tight), Err(Refusal::Range(_))));
    }
}
