//! Effect sizes from test statistics, and from means and SDs.
//!
//! Each formula is monotone in each of its arguments while the others stand, so its extremes over a box are at vertices;
//! where it has a closed form in which every argument stands once that is used instead.

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::arithmetic::elementary;
use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, count, magnitude, positive, spanning};
use super::granularity::{root, root_of};
use super::operators::pure;
use super::summaries::{Ends, t_pooled, t_welch};
use super::{Precision, Refusal};

/// The values of a function at the vertices of two intervals.
fn vertices(a: &Ends, b: &Ends, f: impl Fn(&Rational, &Rational) -> Rational) -> Vec<Rational> {
    vec![f(&a.0, &b.0), f(&a.0, &b.1), f(&a.1, &b.0), f(&a.1, &b.1)]
}

/// x times the root of the factor, for the ends of a factor that is not below zero.
fn times_root(x: &Value, factor: &Ends, what: &str) -> Result<Value, Refusal> {
    pure(x, what)?;
    let root = root_of(&factor.0).and_then(|low| Some(low.hull(&root_of(&factor.1)?)));
    let root = root.ok_or_else(|| Refusal::Domain(format!("{what} has no root")))?;
    Ok(Value::number(x.set.mul(&RealSet::from(root))))
}

/// d = t √(1/n₁ + 1/n₂).
pub(super) fn d_from_t(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let size = |at: usize| count(&arguments[at], 1).map(|n| rational::whole(n).recip());
    let factor = size(1)? + size(2)?;
    times_root(&arguments[0], &(factor.clone(), factor), "t")
}

/// d = 2 t / √(df + 2): two groups of one size.
pub(super) fn d_equal_n(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (few, many) = positive(&arguments[1], "the degrees of freedom")?;
    let of = |df: Rational| rational::whole(4) / (df + rational::whole(2));
    times_root(&arguments[0], &(of(many), of(few)), "t")
}

/// d = 2 t / √df, the short form in wide use.
pub(super) fn d_from_df(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (few, many) = positive(&arguments[1], "the degrees of freedom")?;
    times_root(&arguments[0], &(rational::whole(4) / many, rational::whole(4) / few), "t")
}

/// `d_z` = t / √n.
pub(super) fn dz_from_t(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let factor = rational::whole(count(&arguments[1], 1)?).recip();
    times_root(&arguments[0], &(factor.clone(), factor), "t")
}

/// d = (m₁ − m₂) / s with the pooled SD: the pooled t times √(1/n₁ + 1/n₂), whose factor falls out of the enclosure.
pub(super) fn d_pooled(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    let t = t_pooled(arguments, precision)?;
    d_from_t(&[t, arguments[2].clone(), arguments[5].clone()], precision)
}

/// d = (m₁ − m₂) / √((s₁² + s₂²)/2), by Welch's t of two groups of two.
pub(super) fn d_average(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    let two = Value::whole(2);
    let [first, sd_1, second, sd_2] = arguments else {
        return Err(Refusal::Program("d_average takes two means, each with its SD".to_owned()));
    };
    t_welch(&[first.clone(), sd_1.clone(), two.clone(), second.clone(), sd_2.clone(), two], precision)
}

/// (m₁ − m₂) / s with the SD of one group.
pub(super) fn d_glass(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (first, second) = (bounded(&arguments[0], "a mean")?, bounded(&arguments[1], "a mean")?);
    let sd = positive(&arguments[2], "the SD")?;
    let difference = Interval::closed(&first.0 - &second.1, &first.1 - &second.0);
    Ok(Value::number(RealSet::from(difference).div(&RealSet::from(Interval::closed(sd.0, sd.1)))))
}

/// The most degrees of freedom for which the correction is enclosed by the gamma function.
const MAX_GAMMA: f64 = 1e5;

/// g = J d, with J from the exact form Γ(df/2) / (√(df/2) Γ((df − 1)/2)) to the usual approximation 1 − 3/(4 df − 1).
pub(super) fn g_hedges(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    pure(&arguments[0], "d")?;
    let (few, many) = positive(&arguments[1], "the degrees of freedom")?;
    if few <= Rational::one() {
        return Err(Refusal::Range("the correction needs more than one degree of freedom".to_owned()));
    }
    let approximate =
        |df: &Rational| Rational::one() - rational::whole(3) / (rational::whole(4) * df - Rational::one());
    // Both forms rise with the degrees of freedom.
    let mut factors = vec![approximate(&few), approximate(&many)];
    factors.extend(gamma_form(&few, false)?);
    factors.extend(gamma_form(&many, true)?);
    Ok(Value::number(arguments[0].set.mul(&spanning(factors))))
}

/// An end of the exact correction, widened by 1e-9: libm's logarithm of the gamma function is within a few units in the last
/// place of values below 6e5, and the difference of two is taken.
fn gamma_form(df: &Rational, up: bool) -> Result<Option<Rational>, Refusal> {
    let at = df.to_f64().filter(|df| *df <= MAX_GAMMA);
    let at = at.ok_or_else(|| Refusal::Range("too many degrees of freedom for the correction".to_owned()))?;
    let logarithm = libm::lgamma(at / 2.0) - libm::lgamma((at - 1.0) / 2.0) - libm::log(at / 2.0) / 2.0;
    let slack = if up { 1e-9 } else { -1e-9 };
    Ok(Rational::from_float(libm::exp(logarithm) + slack))
}

/// r = t / √(t² + df), the point-biserial correlation: rising in t, nearer to zero for more degrees of freedom.
pub(super) fn r_from_t(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let t = bounded(&arguments[0], "t")?;
    let df = positive(&arguments[1], "the degrees of freedom")?;
    let at = |t: &Rational, df: &Rational| -> Option<Interval> {
        let root = root_of(&(t * t / (t * t + df)))?;
        Some(if t.is_negative() { root.neg() } else { root })
    };
    let corners = [at(&t.0, &df.0), at(&t.0, &df.1), at(&t.1, &df.0), at(&t.1, &df.1)];
    let hull = corners.into_iter().flatten().reduce(|a, b| a.hull(&b));
    Ok(Value::number(hull.map_or_else(RealSet::empty, RealSet::from)))
}

/// r = z / √N.
pub(super) fn r_from_z(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    dz_from_t(arguments, precision)
}

struct Ratio {
    f: Ends,
    first: Ends,
    second: Ends,
}

impl Ratio {
    fn read(arguments: &[Value]) -> Result<Self, Refusal> {
        Ok(Self {
            f: magnitude(&arguments[0], "F")?,
            first: positive(&arguments[1], "the degrees of freedom")?,
            second: positive(&arguments[2], "the degrees of freedom")?,
        })
    }

    /// The hull over all vertices of a function that is monotone in each argument.
    fn hull(&self, of: impl Fn(&Rational, &Rational, &Rational) -> Rational) -> Value {
        let values =
            [&self.f.0, &self.f.1].into_iter().flat_map(|f| vertices(&self.first, &self.second, |a, b| of(f, a, b)));
        Value::number(spanning(values.collect::<Vec<_>>()))
    }
}

/// Partial η² = F df₁ / (F df₁ + df₂).
pub(super) fn eta2_partial(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Ratio::read(arguments)?.hull(|f, first, second| f * first / (f * first + second)))
}

/// Partial ω² = df₁ (F − 1) / (df₁ (F − 1) + df₁ + df₂ + 1), the N of one factor between subjects being the sum of the
/// last three.
pub(super) fn omega2_partial(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Ratio::read(arguments)?
        .hull(|f, first, second| first * (f - Rational::one()) / (first * f + second + Rational::one())))
}

/// Partial ε² = df₁ (F − 1) / (F df₁ + df₂).
pub(super) fn epsilon2_partial(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    Ok(Ratio::read(arguments)?.hull(|f, first, second| first * (f - Rational::one()) / (f * first + second)))
}

/// Cohen's f = √(F df₁ / df₂).
pub(super) fn f_cohen(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let ratio = Ratio::read(arguments)?;
    let squares = ratio.hull(|f, first, second| f * first / second);
    root(&squares.set)
}

/// φ = √(χ²/N).
pub(super) fn phi(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let chi2 = magnitude(&arguments[0], "chi-squared")?;
    let n = rational::whole(count(&arguments[1], 1)?);
    root_over(&chi2, &n)
}

/// V = √(χ² / (N (k − 1))), k being the lesser of the numbers of rows and columns.
pub(super) fn cramers_v(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let chi2 = magnitude(&arguments[0], "chi-squared")?;
    let n = rational::whole(count(&arguments[1], 1)?);
    let lesser = rational::whole(count(&arguments[2], 2)? - 1);
    root_over(&chi2, &(n * lesser))
}

fn root_over(square: &Ends, size: &Rational) -> Result<Value, Refusal> {
    let low = if square.0.is_zero() { Some(Interval::point(Rational::zero())) } else { root_of(&(&square.0 / size)) };
    let hull = low.and_then(|low| Some(low.hull(&root_of(&(&square.1 / size))?)));
    hull.map(|hull| Value::number(RealSet::from(hull))).ok_or_else(|| Refusal::Domain("there is no root".to_owned()))
}

/// Fisher's z = ½ ln((1 + r)/(1 − r)), rising in r.
pub(super) fn z_fisher(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let r = bounded(&arguments[0], "the correlation")?;
    let one = Rational::one();
    if r.0 <= -&one || r.1 >= one {
        return Err(Refusal::Domain("the transform needs a correlation within -1 and 1".to_owned()));
    }
    let at = |r: &Rational| (&one + r) / (&one - r);
    let ratio = RealSet::from(Interval::closed(at(&r.0), at(&r.1)));
    let logarithm = elementary::ln(&ratio).ok_or_else(|| Refusal::Domain("there is no logarithm".to_owned()))?;
    Ok(Value::number(logarithm.scale(&rational::ratio(1, 2))))
}
