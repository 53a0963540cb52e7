//! What a unit says and SI drops: per body mass, counts of something, arbitrary units, kinds of ratio, angle.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the tags of two values agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same tags.
    Same,
    /// They differ only in tags that are often left unsaid, such as a kind of ratio or the radian.
    Unsure,
    /// They are of different things.
    Different,
}

/// Exponents over named axes beside the seven dimensions, in order of the names.
///
/// `mg/kg bw` has `body-mass^-1`: a product with a body mass (`body-mass^1`) cancels it, and nothing else does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Tags(BTreeMap<String, i8>);

impl Tags {
    /// The axis of body mass.
    pub const BODY_MASS: &'static str = "body-mass";
    /// The prefix of the axes that say what kind of ratio a pure number is.
    pub const RATIO: &'static str = "ratio:";
    /// The axis of plane angle.
    pub const ANGLE: &'static str = "angle";
    /// The axis of information: bits and bytes.
    pub const INFORMATION: &'static str = "information";
    /// The prefix of the axes that name what a logarithmic unit is the logarithm of.
    pub const LOG: &'static str = "log:";
    /// The prefix of the axes that name what is counted.
    pub const COUNT: &'static str = "count:";
    /// The prefix of the axes that tell quantities of one dimension apart, such as absorbed and equivalent dose.
    pub const KIND: &'static str = "kind:";
    /// The prefix of the axes that name the substance or element that an amount is of.
    pub const OF: &'static str = "of:";
    /// The prefix of the axes that say what a mass is taken of: dry weight, wet weight, lipid.
    pub const BASIS: &'static str = "basis:";
    /// The families of axes of which one is often left unsaid, but of which two different ones never agree.
    const FAMILIES: [&'static str; 4] = [Self::COUNT, Self::KIND, Self::OF, Self::BASIS];

    /// No tag.
    pub fn none() -> Self {
        Self::default()
    }

    /// One axis with an exponent.
    pub fn one(axis: &str, exponent: i8) -> Self {
        let mut tags = Self::default();
        tags.set(axis, exponent);
        tags
    }

    /// The exponent of an axis, 0 where it is absent.
    pub fn get(&self, axis: &str) -> i8 {
        self.0.get(axis).copied().unwrap_or(0)
    }

    /// Sets the exponent of an axis; 0 takes it away.
    pub fn set(&mut self, axis: &str, exponent: i8) {
        if exponent == 0 {
            self.0.remove(axis);
        } else {
            self.0.insert(axis.to_owned(), exponent);
        }
    }

    /// Whether there is no tag.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The axes with their exponents, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i8)> {
        self.0.iter().map(|(axis, exponent)| (axis.as_str(), *exponent))
    }

    /// The tags of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut product = self.clone();
        for (axis, exponent) in other.iter() {
            product.set(axis, product.get(axis).saturating_add(exponent));
        }
        product
    }

    /// The tags of a whole power.
    #[must_use]
    pub fn power(&self, exponent: i8) -> Self {
        let mut power = Self::default();
        for (axis, own) in self.iter() {
            power.set(axis, own.saturating_mul(exponent));
        }
        power
    }

    /// How the tags of two values that are compared agree.
    ///
    /// Soft are `ratio:…`, `angle`, and, where only one of the two names one, `count:…`, `kind:…`, `of:…`, `basis:…`.
    /// Two of one of these families that differ (cells against copies, gray against sievert) are different things.
    pub fn agreement(&self, other: &Self) -> Agreement {
        if self == other {
            return Agreement::Same;
        }
        for family in Self::FAMILIES {
            let named = |tags: &Self| {
                tags.iter()
                    .filter(|(axis, _)| axis.starts_with(family))
                    .map(|(a, e)| (a.to_owned(), e))
                    .collect::<Vec<_>>()
            };
            let (left, right) = (named(self), named(other));
            if left != right && !left.is_empty() && !right.is_empty() {
                return Agreement::Different;
            }
        }
        let often_unsaid = |axis: &str| {
            axis.starts_with(Self::RATIO)
                || axis == Self::ANGLE
                || Self::FAMILIES.iter().any(|family| axis.starts_with(family))
        };
        let hard = |tags: &Self| {
            tags.iter().filter(|(axis, _)| !often_unsaid(axis)).map(|(a, e)| (a.to_owned(), e)).collect::<Vec<_>>()
        };
        if hard(self) == hard(other) { Agreement::Unsure } else { Agreement::Different }
    }
}

impl fmt::Display for Tags {
    /// Writes `angle body-mass^-1`; nothing where there is no tag.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (axis, exponent)) in self.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(axis)?;
            if exponent != 1 {
                write!(f, "^{exponent}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(axes: &[(&str, i8)]) -> Tags {
        axes.iter().fold(Tags::none(), |tags, (axis, exponent)| tags.times(&Tags::one(axis, *exponent)))
    }

    #[test]
    fn what_is_often_unsaid_is_unsure() {
        let none = Tags::none();
        for soft in ["ratio:mass", "ratio:points", "angle", "count:cell", "kind:activity", "of:N", "basis:dry"] {
            assert_eq!(Tags::one(soft, 1).agreement(&none), Agreement::Unsure, "{soft}");
            assert_eq!(none.agreement(&Tags::one(soft, 1)), Agreement::Unsure, "{soft}");
            assert_eq!(Tags::one(soft, 1).agreement(&Tags::one(soft, 1)), Agreement::Same, "{soft}");
        }
        assert_eq!(Tags::one("ratio:points", 1).agreement(&Tags::one("ratio:unspecified", 1)), Agreement::Unsure);
    }

    #[test]
    fn other_things_are_different() {
        for (left, right) in [
            (tags(&[("count:cell", 1)]), tags(&[("count:copy", 1)])),
            (tags(&[("kind:absorbed-dose", 1)]), tags(&[("kind:dose-equivalent", 1)])),
            (tags(&[(Tags::BODY_MASS, -1)]), Tags::none()),
            (tags(&[("unit:IU", 1)]), Tags::none()),
            (tags(&[("currency:USD", 1)]), tags(&[("currency:EUR", 1)])),
        ] {
            assert_eq!(left.agreement(&right), Agreement::Different, "{left} and {right}");
        }
    }

    #[test]
    fn exponents_add_up_and_cancel() {
        let rate = tags(&[("count:cell", 2), (Tags::BODY_MASS, -1)]);
        assert_eq!(rate.to_string(), "body-mass^-1 count:cell^2");
        assert!(rate.times(&rate.power(-1)).is_empty());
    }
}
