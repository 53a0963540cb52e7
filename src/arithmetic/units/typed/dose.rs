//! Doses by body mass, body masses and what a body takes in all, each a type of its own.
//!
//! The seven exponents cannot tell a reference dose in ng/kg/day from a frequency, nor a dose in mg/kg from a pure number,
//! so each meaning is a newtype over a quantity of `uom` with a private field. The products and quotients below are all
//! that there are; `uom` checks the dimensions of each of them when this file is compiled.
//!
//! A frequency is no dose, though both count in s⁻¹:
//!
//! ```compile_fail,E0277
//! use rederive::arithmetic::units::typed::{BodyMass, Exact};
//! use uom::si::{SI, frequency::Frequency, mass::{Mass, kilogram}};
//!
//! fn intake(mass: BodyMass, frequency: Frequency<SI<Exact>, Exact>) {
//!     let _ = mass * frequency;
//! }
//! ```
//!
//! ```compile_fail,E0308
//! use rederive::arithmetic::units::typed::{Exact, ReferenceDose};
//! use uom::si::{SI, frequency::Frequency};
//!
//! fn dose(frequency: Frequency<SI<Exact>, Exact>) -> ReferenceDose {
//!     frequency
//! }
//! ```
//!
//! And a dose is no frequency; it is divided out of an intake, and multiplied back:
//!
//! ```compile_fail,E0308
//! use rederive::arithmetic::units::typed::{Exact, ReferenceDose};
//! use uom::si::{SI, frequency::Frequency};
//!
//! fn frequency(dose: ReferenceDose) -> Frequency<SI<Exact>, Exact> {
//!     dose
//! }
//! ```
//!
//! ```
//! use rederive::arithmetic::units::typed::{BodyMass, DailyIntake, Exact, ReferenceDose};
//! use uom::si::{SI, mass::{Mass, kilogram, nanogram}, time::{Time, day}};
//!
//! let mass = BodyMass::new(Mass::new::<kilogram>(Exact::whole(60)));
//! let daily: Time<SI<Exact>, Exact> = Time::new::<day>(Exact::whole(1));
//! let intake = DailyIntake::new(Mass::new::<nanogram>(Exact::whole(420_000)) / daily.clone());
//! let dose: ReferenceDose = intake / mass.clone();
//! let back: DailyIntake = mass * dose;
//! assert_eq!((back.quantity() * daily).get::<nanogram>(), Exact::whole(420_000));
//! ```

use std::marker::PhantomData;
use std::ops::{Div, Mul};

use thiserror::Error;
use uom::si::{Dimension as SiDimension, ISQ, Quantity, SI};
use uom::typenum::{N1, N2, N3, P1, P2, P3, Z0};

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::units::{Scale, Tags, table};
use crate::arithmetic::value::Value;

use super::storage::Exact;

/// The value is not of the type that was asked for: its dimension, its scale or its tags are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the value is of another dimension or kind")]
pub struct NotOfThisType;

/// A quantity with exponents of length, mass, time and amount of substance.
type Of<L, M, T, N> = Quantity<ISQ<L, M, T, Z0, Z0, N, Z0>, SI<Exact>, Exact>;

/// The numbers of `value` as a quantity of dimension `D`, where they are that.
fn quantity<D: SiDimension + ?Sized>(value: &Value) -> Result<Quantity<D, SI<Exact>, Exact>, NotOfThisType> {
    let dimension: Dimension = table::dimension_of::<D>();
    if value.kind.dimension != dimension || value.kind.scale != Scale::Linear {
        return Err(NotOfThisType);
    }
    Ok(Quantity { dimension: PhantomData, units: PhantomData, value: Exact::from(value.set.clone()) })
}

/// The tags that name what a quantity of dimension one, or of dimension s⁻¹, counts: arbitrary units such as IU, cells or
/// other things, decays. A frequency is none of them.
const COUNTED: [&str; 3] = ["unit:", Tags::COUNT, "kind:activity"];

/// What is left of the tags without the exponent of body mass, where that is `body_mass`. Of a quantity that only counts
/// (`counted`) something must be left that names what is counted: a bare 1/kg/day is a dose of nothing, and 1/day and Hz
/// are frequencies.
fn substance(tags: &Tags, body_mass: i8, counted: bool) -> Result<Tags, NotOfThisType> {
    let mut of = tags.clone();
    of.set(Tags::BODY_MASS, 0);
    let named =
        of.iter().any(|(axis, exponent)| exponent == 1 && COUNTED.iter().any(|family| axis.starts_with(family)));
    if tags.get(Tags::BODY_MASS) == body_mass && (named || !counted) { Ok(of) } else { Err(NotOfThisType) }
}

/// The mass of a body: a mass in which `body-mass` is told.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyMass(Of<Z0, P1, Z0, Z0>);

impl BodyMass {
    /// The mass as that of a body.
    pub fn new(mass: uom::si::mass::Mass<SI<Exact>, Exact>) -> Self {
        Self(mass)
    }

    /// The mass.
    pub fn quantity(&self) -> uom::si::mass::Mass<SI<Exact>, Exact> {
        self.0.clone()
    }
}

impl TryFrom<&Value> for BodyMass {
    type Error = NotOfThisType;

    /// A mass with the tag `body-mass` and no other.
    fn try_from(value: &Value) -> Result<Self, NotOfThisType> {
        if value.kind.tags != Tags::one(Tags::BODY_MASS, 1) {
            return Err(NotOfThisType);
        }
        Ok(Self(quantity(value)?))
    }
}

/// Defines, for each thing that a dose is an amount of, the dose by body mass and the absolute amount, with the products
/// and quotients that tie them to a body mass, and the enums [`Dose`] and [`Amount`] over all of them.
macro_rules! doses {
    ($(
        $kind:ident $(, counted = $counted:literal)?:
        #[doc = $dose_doc:literal] $dose:ident($by_mass:ty) * BodyMass = #[doc = $doc:literal] $amount:ident($total:ty);
    )+) => {
        $(
            #[doc = $dose_doc]
            #[derive(Clone, Debug, PartialEq)]
            pub struct $dose {
                quantity: $by_mass,
                of: Tags,
            }

            #[doc = $doc]
            #[derive(Clone, Debug, PartialEq)]
            pub struct $amount {
                quantity: $total,
                of: Tags,
            }

            impl $dose {
                /// The quantity, without what it means.
                pub fn quantity(&self) -> $by_mass {
                    self.quantity.clone()
                }
            }

            impl $amount {
                /// The quantity, without what it means.
                pub fn quantity(&self) -> $total {
                    self.quantity.clone()
                }
            }

            impl TryFrom<&Value> for $dose {
                type Error = NotOfThisType;

                /// A value of this dimension with the tag `body-mass^-1`.
                fn try_from(value: &Value) -> Result<Self, NotOfThisType> {
                    let of = substance(&value.kind.tags, -1, false $(|| $counted)?)?;
                    Ok(Self { quantity: quantity(value)?, of })
                }
            }

            impl TryFrom<&Value> for $amount {
                type Error = NotOfThisType;

                /// A value of this dimension without a mark of body mass.
                fn try_from(value: &Value) -> Result<Self, NotOfThisType> {
                    let of = substance(&value.kind.tags, 0, false $(|| $counted)?)?;
                    Ok(Self { quantity: quantity(value)?, of })
                }
            }

            impl Mul<$dose> for BodyMass {
                type Output = $amount;

                fn mul(self, dose: $dose) -> $amount {
                    $amount { quantity: self.0 * dose.quantity, of: dose.of }
                }
            }

            impl Mul<BodyMass> for $dose {
                type Output = $amount;

                fn mul(self, mass: BodyMass) -> $amount {
                    mass * self
                }
            }

            impl Div<BodyMass> for $amount {
                type Output = $dose;

                fn div(self, mass: BodyMass) -> $dose {
                    $dose { quantity: self.quantity / mass.0, of: self.of }
                }
            }
        )+

        /// A dose or a rate by body mass, whatever it is an amount of.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Dose {
            $(#[doc = $dose_doc] $kind($dose),)+
        }

        /// What a body takes in all, at once or in a time, whatever it is an amount of.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Amount {
            $(#[doc = $doc] $kind($amount),)+
        }

        impl TryFrom<&Value> for Dose {
            type Error = NotOfThisType;

            /// The one dose that the value is, if it is one: no two kinds share a dimension.
            fn try_from(value: &Value) -> Result<Self, NotOfThisType> {
                $(if let Ok(dose) = $dose::try_from(value) {
                    return Ok(Self::$kind(dose));
                })+
                Err(NotOfThisType)
            }
        }

        impl TryFrom<&Value> for Amount {
            type Error = NotOfThisType;

            /// The one amount that the value is, if it is one: no two kinds share a dimension.
            fn try_from(value: &Value) -> Result<Self, NotOfThisType> {
                $(if let Ok(amount) = $amount::try_from(value) {
                    return Ok(Self::$kind(amount));
                })+
                Err(NotOfThisType)
            }
        }

        impl Mul<BodyMass> for Dose {
            type Output = Amount;

            fn mul(self, mass: BodyMass) -> Amount {
                match self {
                    $(Self::$kind(dose) => Amount::$kind(mass * dose),)+
                }
            }
        }

        impl Amount {
            /// Whether the two are amounts of the same: the same type, and the same said of what they are amounts of.
            pub fn is_comparable_with(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$kind(own), Self::$kind(theirs)) => own.of == theirs.of,)+
                    _ => false,
                }
            }

            /// The numbers, in coherent SI.
            pub fn exact(&self) -> &Exact {
                match self {
                    $(Self::$kind(amount) => &amount.quantity.value,)+
                }
            }
        }
    };
}

doses! {
    Mass:
    /// A mass by body mass, such as 10 mg/kg.
    BodyMassDose(Of<Z0, Z0, Z0, Z0>) * BodyMass =
    /// A mass that a body takes, such as 600 mg.
    AbsoluteDose(Of<Z0, P1, Z0, Z0>);
    MassRate:
    /// A mass by body mass and time, such as 7000 ng/kg/day.
    ReferenceDose(Of<Z0, Z0, N1, Z0>) * BodyMass =
    /// A mass that a body takes in a time, such as 420,000 ng/day.
    DailyIntake(Of<Z0, P1, N1, Z0>);
    Substance:
    /// An amount of substance by body mass, such as 2 mmol/kg.
    MolarDose(Of<Z0, N1, Z0, P1>) * BodyMass =
    /// An amount of substance that a body takes.
    MolarAmount(Of<Z0, Z0, Z0, P1>);
    SubstanceRate:
    /// An amount of substance by body mass and time, or enzyme units by body mass, such as 100 U/kg.
    MolarDoseRate(Of<Z0, N1, N1, P1>) * BodyMass =
    /// An amount of substance in a time, or enzyme units.
    MolarIntake(Of<Z0, Z0, N1, P1>);
    EnzymeRate:
    /// Enzyme units by body mass and time, such as 18 U/kg/h.
    EnzymeDoseRate(Of<Z0, N1, N2, P1>) * BodyMass =
    /// Enzyme units in a time.
    EnzymeIntake(Of<Z0, Z0, N2, P1>);
    Volume:
    /// A volume by body mass, such as 10 mL/kg.
    VolumeDose(Of<P3, N1, Z0, Z0>) * BodyMass =
    /// A volume that a body takes.
    VolumeAmount(Of<P3, Z0, Z0, Z0>);
    VolumeRate:
    /// A volume by body mass and time, such as 2 mL/kg/h.
    VolumeDoseRate(Of<P3, N1, N1, Z0>) * BodyMass =
    /// A volume that a body takes in a time.
    VolumeIntake(Of<P3, Z0, N1, Z0>);
    Energy:
    /// An energy by body mass, such as 30 kcal/kg.
    EnergyDose(Of<P2, Z0, N2, Z0>) * BodyMass =
    /// An energy that a body takes.
    EnergyAmount(Of<P2, P1, N2, Z0>);
    EnergyRate:
    /// An energy by body mass and time, such as 30 kcal/kg/day.
    EnergyDoseRate(Of<P2, Z0, N3, Z0>) * BodyMass =
    /// An energy that a body takes in a time.
    EnergyIntake(Of<P2, P1, N3, Z0>);
    Units, counted = true:
    /// Units, cells or other things that are counted, by body mass, such as 400 IU/kg; what is counted is in the tags.
    CountedDose(Of<Z0, N1, Z0, Z0>) * BodyMass =
    /// Units, cells or other things that are counted.
    CountedAmount(Of<Z0, Z0, Z0, Z0>);
    UnitsRate, counted = true:
    /// Units or other things that are counted by body mass and time, such as 400 IU/kg/day, or an activity by body mass.
    CountedDoseRate(Of<Z0, N1, N1, Z0>) * BodyMass =
    /// Units or other things that are counted in a time, or an activity such as `5 MBq`.
    CountedIntake(Of<Z0, Z0, N1, Z0>);
}

impl DailyIntake {
    /// The mass rate as what a body takes.
    pub fn new(rate: uom::si::mass_rate::MassRate<SI<Exact>, Exact>) -> Self {
        Self { quantity: rate, of: Tags::none() }
    }
}

impl AbsoluteDose {
    /// The mass as what a body takes.
    pub fn new(mass: uom::si::mass::Mass<SI<Exact>, Exact>) -> Self {
        Self { quantity: mass, of: Tags::none() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::interval::Interval;
    use crate::arithmetic::rational::{ratio, whole};
    use crate::arithmetic::set::RealSet;
    use crate::arithmetic::units::parse;
    use crate::arithmetic::value::Kind;
    use uom::si::mass::{Mass, gram, kilogram, nanogram};
    use uom::si::time::{Time, day};

    /// The numbers in the first meaning of the unit, with the exponent of body mass that the role gives.
    fn value(set: impl Into<RealSet>, unit: &str, body_mass: i8) -> Value {
        let unit = parse(unit).units().into_iter().next().expect("a unit that is read");
        let mut kind = Kind::of_unit(&unit);
        kind.tags.set(Tags::BODY_MASS, body_mass);
        Value { set: unit.to_si(&set.into()), kind }
    }

    fn exactly(n: i64, unit: &str, body_mass: i8) -> Value {
        value(RealSet::point(whole(n)), unit, body_mass)
    }

    /// The numbers of a rate in ng/day.
    fn nanograms_a_day(intake: &DailyIntake) -> Exact {
        let one_day: Time<SI<Exact>, Exact> = Time::new::<day>(Exact::whole(1));
        (intake.quantity() * one_day).get::<nanogram>()
    }

    #[test]
    fn a_reference_dose_times_a_body_mass_is_a_daily_intake() {
        let dose = ReferenceDose::try_from(&exactly(7000, "ng/kg/day", -1)).expect("a dose");
        let exact = BodyMass::try_from(&exactly(60, "kg", 1)).expect("a mass");
        assert_eq!(nanograms_a_day(&(exact * dose.clone())), Exact::whole(420_000));
        let half = ratio(1, 2);
        let printed = Interval::closed(whole(60) - &half, whole(60) + half);
        let printed = BodyMass::try_from(&value(printed, "kg", 1)).expect("a mass");
        let expected = Exact::from(Interval::closed(whole(416_500), whole(423_500)));
        assert_eq!(nanograms_a_day(&(dose * printed)), expected);
    }

    #[test]
    fn quotients_give_the_dose_back() {
        let mass = BodyMass::new(Mass::new::<kilogram>(Exact::whole(60)));
        let total = AbsoluteDose::new(Mass::new::<gram>(Exact::whole(3)));
        let dose: BodyMassDose = total.clone() / mass.clone();
        assert_eq!(dose, BodyMassDose::try_from(&exactly(50, "mg/kg", -1)).expect("a dose"));
        assert_eq!(mass * dose, total);
    }

    #[test]
    fn a_frequency_gets_into_no_dose() {
        for unit in ["Hz", "s-1", "day-1"] {
            assert_eq!(Dose::try_from(&exactly(7, unit, 0)), Err(NotOfThisType), "{unit}");
            assert_eq!(Amount::try_from(&exactly(7, unit, 0)), Err(NotOfThisType), "{unit}");
            assert_eq!(Dose::try_from(&exactly(7, &format!("{unit} kg-1"), -1)), Err(NotOfThisType), "{unit}");
        }
        assert_eq!(ReferenceDose::try_from(&exactly(7, "ng/kg/day", 0)), Err(NotOfThisType));
        assert_eq!(BodyMassDose::try_from(&exactly(7, "ng/kg/day", -1)), Err(NotOfThisType));
    }

    #[test]
    fn only_the_mass_of_a_body_is_a_body_mass() {
        assert!(BodyMass::try_from(&exactly(60, "kg", 0)).is_err());
        assert!(BodyMass::try_from(&exactly(60, "kg", -1)).is_err());
        assert!(BodyMass::try_from(&exactly(60, "L", 1)).is_err());
    }

    #[test]
    fn amounts_of_other_things_have_types_of_their_own() {
        let mass = BodyMass::try_from(&exactly(70, "kg", 1)).expect("a mass");
        for (dose, total) in [
            ("mg/kg", "mg"),
            ("ng/kg/day", "ng/day"),
            ("mmol/kg", "mmol"),
            ("mmol/kg/day", "mmol/day"),
            ("mL/kg", "mL"),
            ("mL/kg/h", "mL/h"),
            ("J/kg", "J"),
            ("J/kg/h", "J/h"),
            ("IU/kg", "IU"),
            ("IU/kg/day", "IU/day"),
            ("cells/kg", "cells"),
            ("MBq/kg", "MBq"),
        ] {
            let typed = Dose::try_from(&exactly(3, dose, -1)).expect(dose);
            let stated = exactly(210, total, 0);
            let product = typed * mass.clone();
            assert!(product.is_comparable_with(&Amount::try_from(&stated).expect(total)), "{dose}");
            assert_eq!(product.exact().set(), &stated.set, "{dose}");
        }
    }

    #[test]
    fn what_is_counted_must_agree() {
        let mass = BodyMass::try_from(&exactly(70, "kg", 1)).expect("a mass");
        let product = Dose::try_from(&exactly(3, "IU/kg", -1)).expect("a dose") * mass;
        assert!(!product.is_comparable_with(&Amount::try_from(&exactly(210, "cells", 0)).expect("an amount")));
        assert!(!product.is_comparable_with(&Amount::try_from(&exactly(210, "mg", 0)).expect("an amount")));
    }
}
