//! The least and the greatest sum of squares between groups whose means are intervals.
//!
//! Σ nᵢ (mᵢ − M)² is the least over c of Σ nᵢ (mᵢ − c)². Its least value over the box is therefore that of
//! Σ nᵢ · dist(c, mᵢ)², convex in the one variable c, and is found exactly; its greatest, of a convex function, is at a
//! vertex of the box.

use num_traits::{Signed, Zero};

use crate::arithmetic::rational::Rational;

use super::summaries::Group;

/// The most groups whose vertices are all looked at; of more an upper bound is given.
const MAX_VERTICES: usize = 10;

/// The least sum of squares between the groups.
pub(super) fn least_between(groups: &[Group]) -> Rational {
    let clamp = |c: &Rational, group: &Group| c.clone().max(group.mean.0.clone()).min(group.mean.1.clone());
    // Half the derivative in c, which never falls.
    let slope = |c: &Rational| groups.iter().map(|group| &group.n * (c - clamp(c, group))).sum::<Rational>();
    let mut breaks: Vec<&Rational> = groups.iter().flat_map(|group| [&group.mean.0, &group.mean.1]).collect();
    breaks.sort();
    let at = breaks.partition_point(|c| slope(c).is_negative());
    let Some(&after) = breaks.get(at) else { return Rational::zero() };
    let c = match at.checked_sub(1).and_then(|before| breaks.get(before)) {
        Some(&before) => {
            // Between two breaks the slope is a line from a negative value to one that is not.
            let (low, high) = (slope(before), slope(after));
            before - &low * (after - before) / (high - &low)
        }
        None => after.clone(),
    };
    let distance = |group: &Group| &c - clamp(&c, group);
    groups.iter().map(|group| &group.n * distance(group) * distance(group)).sum()
}

/// The greatest sum of squares between the groups, or a bound above it where there are very many.
pub(super) fn greatest_between(groups: &[Group]) -> Rational {
    let size: Rational = groups.iter().map(|group| &group.n).sum();
    if groups.len() > MAX_VERTICES {
        return bound_above(groups, &size);
    }
    let mut greatest = Rational::zero();
    for vertex in 0..1_u32 << groups.len() {
        let (mut total, mut squares) = (Rational::zero(), Rational::zero());
        for (at, group) in groups.iter().enumerate() {
            let mean = if vertex >> at & 1 == 0 { &group.mean.0 } else { &group.mean.1 };
            let weighted = &group.n * mean;
            squares += &weighted * mean;
            total += weighted;
        }
        greatest = greatest.max(squares - &total * &total / &size);
    }
    greatest
}

/// For any c, Σ nᵢ (mᵢ − c)² is not below the sum of squares; here with each mean at the end that is further from c.
fn bound_above(groups: &[Group], size: &Rational) -> Rational {
    let two = Rational::from_integer(2.into());
    let c = groups.iter().map(|group| &group.n * (&group.mean.0 + &group.mean.1)).sum::<Rational>() / &two / size;
    let furthest = |group: &Group| (&group.mean.0 - &c).abs().max((&group.mean.1 - &c).abs());
    groups.iter().map(|group| &group.n * furthest(group) * furthest(group)).sum()
}
