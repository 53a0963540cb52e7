//! χ² from counts: tables, with and without Yates' correction, and goodness of fit.
//!
//! Counts are exact, so the statistic is an exact rational.

use num_traits::{Signed, Zero};

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
