//! Annotations behind a number: what the unit string alone does not say.
//!
//! `{body-mass}` and `{body-mass^-1}` add tags, `{meaning 2}` takes the second meaning of the unit string, and
//! `{factor 0.01}`, `{offset 273.15}`, `{dimension M T-1}`, `{scale point}` spell a unit out that no string gives.

use crate::arithmetic::dimension::BASE_SYMBOLS;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::units::{Factor, Scale, Tags, Unit};
use crate::arithmetic::{Dimension, RealSet, set_text};

/// What the annotations of one literal say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Annotations {
    /// Tags that the role adds.
    pub tags: Tags,
    /// The position of the meaning, from 1.
    pub meaning: Option<usize>,
    /// A unit spelt out.
    pub spelt: Option<Unit>,
}

impl Annotations {
    /// Takes in one annotation, without its braces; the error is a fragment for people.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let (key, value) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let value = value.trim();
        let unfit = || format!("`{text}` is not understood");
        match key {
            "meaning" => self.meaning = Some(value.parse().map_err(|_| "`meaning` takes a number".to_owned())?),
            "factor" => self.unit().factor = factor(value).ok_or_else(unfit)?,
            "offset" => self.unit().offset = rational::parse_exact(value).ok_or_else(unfit)?,
            "dimension" => self.unit().dimension = dimension(value).ok_or_else(unfit)?,
            "scale" => {
                self.unit().scale = match value {
                    "point" => Scale::Point,
                    "logarithmic" => Scale::Logarithmic,
                    _ => return Err(unfit()),
                };
            }
            _ => {
                for word in text.split_whitespace() {
                    let (axis, exponent) = word.split_once('^').unwrap_or((word, "1"));
                    let exponent = exponent.parse().map_err(|_| format!("`{word}` is no tag"))?;
                    self.tags.set(axis, exponent);
                }
            }
        }
        Ok(())
    }

    fn unit(&mut self) -> &mut Unit {
        self.spelt.get_or_insert_with(Unit::one)
    }
}

/// A unit spelt out, with its tags: what [`Annotations::add`] reads back to the same meaning.
pub(super) fn spelt(unit: &Unit) -> String {
    let text = |value: &Rational| rational::to_text(value);
    let Factor { conventional, lo, hi } = &unit.factor;
    let mut words = if lo == hi && lo == conventional {
        format!("{{factor {}}}", text(lo))
    } else {
        format!("{{factor {} {}}}", text(conventional), set_text::exact_text(&RealSet::from(unit.factor.interval())))
    };
    if !unit.dimension.is_one() {
        words = format!("{words} {{dimension {}}}", unit.dimension);
    }
    if unit.offset != rational::whole(0) {
        words = format!("{words} {{offset {}}}", text(&unit.offset));
    }
    match unit.scale {
        Scale::Linear => {}
        Scale::Point => words.push_str(" {scale point}"),
        Scale::Logarithmic => words.push_str(" {scale logarithmic}"),
    }
    words
}

/// A factor: one number, or the conventional one and the closed set of those in use.
fn factor(text: &str) -> Option<Factor> {
    let positive = |value: &Rational| *value > rational::whole(0);
    let Some((conventional, set)) = text.split_once(' ') else {
        return rational::parse_exact(text).filter(positive).map(Factor::exact);
    };
    let conventional = rational::parse_exact(conventional).filter(positive)?;
    let hull = set_text::parse(set)?.hull()?;
    let (lo, hi) = (hull.lo().value()?.clone(), hull.hi().value()?.clone());
    positive(&lo).then_some(Factor { conventional, lo, hi })
}

/// A dimension as it is displayed: `L-3 M`.
fn dimension(text: &str) -> Option<Dimension> {
    let mut dimension = Dimension::ONE;
    for word in text.split_whitespace() {
        let letters = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        let axis = BASE_SYMBOLS.iter().position(|symbol| *symbol == &word[..letters])?;
        dimension.0[axis] = if letters == word.len() { 1 } else { word[letters..].parse().ok()? };
    }
    Some(dimension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_spelt_out_is_read_back() {
        let year = Factor {
            conventional: rational::whole(31_557_600),
            lo: rational::whole(31_536_000),
            hi: rational::whole(31_622_400),
        };
        for unit in [
            Unit {
                factor: Factor::exact(rational::ratio(1, 3)),
                dimension: Dimension([-3, 1, 0, 0, 0, 0, 0]),
                ..Unit::one()
            },
            Unit {
                offset: rational::ratio(27_315, 100),
                dimension: Dimension::TEMPERATURE,
                scale: Scale::Point,
                ..Unit::one()
            },
            Unit { factor: year, dimension: Dimension::TIME, ..Unit::one() },
            Unit { scale: Scale::Logarithmic, ..Unit::one() },
        ] {
            let mut annotations = Annotations::default();
            for part in spelt(&unit).split('}').filter(|part| !part.is_empty()) {
                annotations.add(part.trim().trim_start_matches('{')).expect("read back");
            }
            assert_eq!(annotations.spelt, Some(unit));
        }
    }

    #[test]
    fn what_is_no_annotation_is_refused() {
        for text in ["meaning two", "factor -1", "factor 1 [0, 2]", "dimension Q", "scale odd", "a^b", "offset x"] {
            assert!(Annotations::default().add(text).is_err(), "{text}");
        }
    }
}
