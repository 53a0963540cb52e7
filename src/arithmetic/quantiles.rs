//! Enclosures of quantiles: the z and the t that leave a given share in the two tails.
//!
//! A quantile is found by halving on the enclosed tail of [`super::distributions`] itself: an end is taken only where the
//! tail there certainly lies on the right side of the share, so no inverse has to be trusted.

use std::sync::OnceLock;

use num_traits::{One, Signed, Zero};

use super::distributions::{self, TailError};
use super::interval::Interval;
use super::rational::{self, Rational};
use super::set::RealSet;

/// How often the bracket is halved; 1 to 2^60 shrinks far below the slack of the tails.
const HALVINGS: usize = 60;

/// How often the first bracket is doubled.
const DOUBLINGS: usize = 60;

/// The levels that nearly all intervals have, in hundredths, each with its z once it has been asked for.
static USUAL: [(i64, OnceLock<Option<RealSet>>); 3] =
    [(90, OnceLock::new()), (95, OnceLock::new()), (99, OnceLock::new())];

/// The z beyond which, both ways, the share 1 − `level` of the standard normal lies, for each level of confidence of the
/// set: 1.959964 for 0.95.
pub fn z(level: &RealSet) -> Result<RealSet, TailError> {
    let sought = || quantile(level, |x| distributions::z(&RealSet::point(x.clone())));
    let usual = USUAL.iter().find(|(hundredths, _)| *level == RealSet::point(rational::ratio(*hundredths, 100)));
    let known = usual.and_then(|(_, known)| known.get_or_init(|| sought().ok()).clone());
    known.map_or_else(sought, Ok)
}

/// The same of Student's t with the degrees of freedom.
pub fn t(level: &RealSet, degrees: &RealSet) -> Result<RealSet, TailError> {
    quantile(level, |x| distributions::t(&RealSet::point(x.clone()), degrees))
}

fn quantile(level: &RealSet, tail: impl Fn(&Rational) -> Result<RealSet, TailError>) -> Result<RealSet, TailError> {
    let hull = level.hull().ok_or(TailError::Statistic)?;
    let (Some(low), Some(high)) = (hull.lo().value(), hull.hi().value()) else { return Err(TailError::Statistic) };
    if !low.is_positive() || *high >= Rational::one() {
        return Err(TailError::Statistic);
    }
    let near = bracket(&(Rational::one() - low), &tail)?;
    let far = if low == high { near.clone() } else { bracket(&(Rational::one() - high), &tail)? };
    Ok(RealSet::from(Interval::closed(near.0, far.1)))
}

/// Two numbers between which the two tails hold the share: at the first they certainly hold no less, at the second no more.
fn bracket(
    share: &Rational,
    tail: &impl Fn(&Rational) -> Result<RealSet, TailError>,
) -> Result<(Rational, Rational), TailError> {
    let side = |x: &Rational| -> Result<std::cmp::Ordering, TailError> {
        let p = tail(x)?.hull().ok_or(TailError::NoProbability)?;
        let ends = (p.lo().value().ok_or(TailError::NoProbability)?, p.hi().value().ok_or(TailError::NoProbability)?);
        Ok(if ends.0 > share {
            std::cmp::Ordering::Less
        } else if ends.1 < share {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        })
    };
    let two = rational::whole(2);
    let mut high = Rational::one();
    let mut doubled = 0;
    while side(&high)?.is_le() {
        high *= &two;
        doubled += 1;
        if doubled > DOUBLINGS {
            return Err(TailError::NoProbability);
        }
    }
    // The share is between `low` and `high`; where the tail cannot tell, the two ends are moved apart from there.
    let (mut low, mut top) = (Rational::zero(), high.clone());
    let mut unsure: Option<Rational> = None;
    for _ in 0..HALVINGS {
        let middle = short((&low + &top) / &two);
        match side(&middle)? {
            std::cmp::Ordering::Less => low = middle,
            std::cmp::Ordering::Greater => top = middle,
            std::cmp::Ordering::Equal => {
                unsure = Some(middle);
                break;
            }
        }
    }
    let Some(centre) = unsure else { return Ok((low, top)) };
    Ok((edge(&low, &centre, |x| Ok(side(x)?.is_lt()))?, edge(&top, &centre, |x| Ok(side(x)?.is_gt()))?))
}

/// The last number from `sure` towards `unsure` that is still sure, to a few digits beyond the slack.
fn edge(
    sure: &Rational,
    unsure: &Rational,
    is_sure: impl Fn(&Rational) -> Result<bool, TailError>,
) -> Result<Rational, TailError> {
    let (mut sure, mut unsure) = (sure.clone(), unsure.clone());
    for _ in 0..HALVINGS {
        let middle = short((&sure + &unsure) / rational::whole(2));
        if middle == sure || middle == unsure || (&sure - &unsure).abs() < &unsure * rational::power_of_ten(-9) {
            break;
        }
        if is_sure(&middle)? {
            sure = middle;
        } else {
            unsure = middle;
        }
    }
    Ok(sure)
}

/// The double nearest to a number, so that its digits stay few.
fn short(value: Rational) -> Rational {
    let (low, _) = rational::to_f64_outward(&value);
    Rational::from_float(low).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(set: &RealSet, text: &str) {
        let hull = set.hull().expect("not empty");
        let (low, high) = (hull.lo().value().expect("bounded"), hull.hi().value().expect("bounded"));
        let known = rational::parse(text).expect("a number");
        assert!(*low <= known && known <= *high, "{text}");
        assert!((high - low) / high < rational::ratio(1, 500_000), "{text} is wide");
    }

    fn level(text: &str) -> RealSet {
        RealSet::point(rational::parse(text).expect("a number"))
    }

    #[test]
    fn tabled_quantiles_are_enclosed_narrowly() {
        holds(&z(&level("0.95")).expect("z"), "1.959963984540054");
        holds(&z(&level("0.99")).expect("z"), "2.575829303548901");
        holds(&z(&level("0.90")).expect("z"), "1.6448536269514722");
        holds(&t(&level("0.95"), &level("10")).expect("t"), "2.2281388519649385");
        holds(&t(&level("0.95"), &level("1")).expect("t"), "12.706204736432095");
        holds(&t(&level("0.999"), &level("29")).expect("t"), "3.659405019466333");
    }

    #[test]
    fn levels_outside_their_range_are_refused() {
        assert!(z(&level("0")).is_err());
        assert!(z(&level("1")).is_err());
        assert!(z(&level("95")).is_err());
        assert!(t(&level("0.95"), &level("-2")).is_err());
    }
}
