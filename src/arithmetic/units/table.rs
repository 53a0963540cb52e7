//! The run-time table of `uom`'s units: name, dimension, slope and offset, without copying a constant of it.
//!
//! `uom` names its units at run time but keeps their coefficients in types. So each unit is asked to read `"1 <name>"`
//! and `"0 <name>"`: the difference is the slope, the second the offset. The shortest decimal that prints a slope is
//! taken as its exact value, unless `exact` knows better. What the table does not do: prefixes, products, symbols.

use std::collections::HashMap;
use std::sync::LazyLock;

use num_traits::Zero;

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::rational::{self, Rational};

use super::exact;
use super::tags::Tags;
use super::unit::{Factor, Scale, Unit};

/// A unit as `uom` knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The module of the quantity, such as `mass`.
    pub quantity: &'static str,
    /// The name in the singular.
    pub singular: &'static str,
    /// The name in the plural.
    pub plural: &'static str,
    /// The symbol.
    #[cfg(test)]
    pub abbreviation: &'static str,
    /// The dimension.
    pub dimension: Dimension,
    /// Coherent SI units in one unit, as the nearest double.
    pub slope: f64,
    /// The value in coherent SI of zero units.
    pub offset: f64,
}

/// Expands once for all quantity modules.
macro_rules! rows_of {
    ($($module:ident::$quantity:ident,)+) => {{
        let mut rows = Vec::with_capacity(2700);
        $(
            {
                use uom::si::$module as quantity;
                let dimension = dimension_of::<quantity::Dimension>();
                for unit in quantity::units() {
                    let read = |count: &str| {
                        format!("{count} {}", unit.singular())
                            .parse::<uom::si::f64::$quantity>()
                            .ok()
                            .map(|read| read.value)
                    };
                    if let (Some(one), Some(zero)) = (read("1"), read("0")) {
                        rows.push(Row {
                            quantity: stringify!($module),
                            singular: unit.singular(),
                            plural: unit.plural(),
                            #[cfg(test)]
                            abbreviation: unit.abbreviation(),
                            dimension,
                            slope: one - zero,
                            offset: zero,
                        });
                    }
                }
            }
        )+
        rows
    }};
}

/// The exponents of a dimension of `uom`, read from its types.
pub(super) fn dimension_of<D: uom::si::Dimension + ?Sized>() -> Dimension {
    use uom::typenum::Integer;
    let exponents = [D::L::I32, D::M::I32, D::T::I32, D::I::I32, D::Th::I32, D::N::I32, D::J::I32];
    Dimension(exponents.map(|exponent| i8::try_from(exponent).unwrap_or(i8::MAX)))
}

/// All units of `uom`.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    rows_of! {
        absement::Absement,
        acceleration::Acceleration,
        action::Action,
        amount_of_substance::AmountOfSubstance,
        angle::Angle,
        angular_absement::AngularAbsement,
        angular_acceleration::AngularAcceleration,
        angular_jerk::AngularJerk,
        angular_momentum::AngularMomentum,
        angular_velocity::AngularVelocity,
        area::Area,
        areal_density_of_states::ArealDensityOfStates,
        areal_heat_capacity::ArealHeatCapacity,
        areal_mass_density::ArealMassDensity,
        areal_number_density::ArealNumberDensity,
        areal_number_rate::ArealNumberRate,
        available_energy::AvailableEnergy,
        capacitance::Capacitance,
        catalytic_activity::CatalyticActivity,
        catalytic_activity_concentration::CatalyticActivityConcentration,
        compressibility_coefficient::CompressibilityCoefficient,
        curvature::Curvature,
        diffusion_coefficient::DiffusionCoefficient,
        dynamic_viscosity::DynamicViscosity,
        electric_charge::ElectricCharge,
        electric_charge_areal_density::ElectricChargeArealDensity,
        electric_charge_linear_density::ElectricChargeLinearDensity,
        electric_charge_volumetric_density::ElectricChargeVolumetricDensity,
        electric_current::ElectricCurrent,
        electric_current_density::ElectricCurrentDensity,
        electric_dipole_moment::ElectricDipoleMoment,
        electric_displacement_field::ElectricDisplacementField,
        electric_field::ElectricField,
        electric_flux::ElectricFlux,
        electric_permittivity::ElectricPermittivity,
        electric_potential::ElectricPotential,
        electric_quadrupole_moment::ElectricQuadrupoleMoment,
        electrical_conductance::ElectricalConductance,
        electrical_conductivity::ElectricalConductivity,
        electrical_mobility::ElectricalMobility,
        electrical_resistance::ElectricalResistance,
        electrical_resistivity::ElectricalResistivity,
        energy::Energy,
        force::Force,
        frequency::Frequency,
        frequency_drift::FrequencyDrift,
        heat_capacity::HeatCapacity,
        heat_flux_density::HeatFluxDensity,
        heat_transfer::HeatTransfer,
        inductance::Inductance,
        information::Information,
        information_rate::InformationRate,
        inverse_velocity::InverseVelocity,
        jerk::Jerk,
        kinematic_viscosity::KinematicViscosity,
        illuminance::Illuminance,
        length::Length,
        linear_density_of_states::LinearDensityOfStates,
        linear_mass_density::LinearMassDensity,
        linear_number_density::LinearNumberDensity,
        linear_number_rate::LinearNumberRate,
        linear_power_density::LinearPowerDensity,
        luminance::Luminance,
        luminous_intensity::LuminousIntensity,
        magnetic_field_strength::MagneticFieldStrength,
        magnetic_flux::MagneticFlux,
        magnetic_flux_density::MagneticFluxDensity,
        magnetic_moment::MagneticMoment,
        magnetic_permeability::MagneticPermeability,
        mass::Mass,
        mass_concentration::MassConcentration,
        mass_density::MassDensity,
        mass_flux::MassFlux,
        mass_per_energy::MassPerEnergy,
        mass_rate::MassRate,
        molality::Molality,
        molar_concentration::MolarConcentration,
        molar_energy::MolarEnergy,
        molar_flux::MolarFlux,
        molar_heat_capacity::MolarHeatCapacity,
        molar_mass::MolarMass,
        molar_radioactivity::MolarRadioactivity,
        molar_volume::MolarVolume,
        moment_of_inertia::MomentOfInertia,
        momentum::Momentum,
        power::Power,
        power_rate::PowerRate,
        pressure::Pressure,
        radiant_exposure::RadiantExposure,
        radioactivity::Radioactivity,
        ratio::Ratio,
        reciprocal_length::ReciprocalLength,
        solid_angle::SolidAngle,
        specific_area::SpecificArea,
        specific_heat_capacity::SpecificHeatCapacity,
        specific_power::SpecificPower,
        specific_radioactivity::SpecificRadioactivity,
        specific_volume::SpecificVolume,
        surface_electric_current_density::SurfaceElectricCurrentDensity,
        surface_tension::SurfaceTension,
        temperature_coefficient::TemperatureCoefficient,
        temperature_gradient::TemperatureGradient,
        temperature_interval::TemperatureInterval,
        thermal_conductance::ThermalConductance,
        thermal_conductivity::ThermalConductivity,
        thermal_resistance::ThermalResistance,
        thermodynamic_temperature::ThermodynamicTemperature,
        time::Time,
        torque::Torque,
        velocity::Velocity,
        volume::Volume,
        volume_rate::VolumeRate,
        volumetric_density_of_states::VolumetricDensityOfStates,
        volumetric_heat_capacity::VolumetricHeatCapacity,
        volumetric_number_density::VolumetricNumberDensity,
        volumetric_number_rate::VolumetricNumberRate,
        volumetric_power_density::VolumetricPowerDensity,
    }
});

/// The rows by lower-case name, singular or plural.
static BY_NAME: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in ROWS.iter().enumerate() {
        for name in [row.singular, row.plural] {
            let rows = names.entry(name.to_lowercase()).or_default();
            if !rows.contains(&at) {
                rows.push(at);
            }
        }
    }
    names
});

/// All rows, in `uom`'s order.
#[cfg(test)]
pub(super) fn rows() -> &'static [Row] {
    &ROWS
}

/// The row of a unit by quantity and singular name.
pub(super) fn row(quantity: &str, singular: &str) -> Option<&'static Row> {
    let rows = BY_NAME.get(&singular.to_lowercase())?;
    rows.iter().filter_map(|at| ROWS.get(*at)).find(|row| row.quantity == quantity && row.singular == singular)
}

/// The units that bear the name, in the singular or the plural, in any case of letters; several meanings are kept.
pub(super) fn named(name: &str) -> Vec<Unit> {
    let Some(rows) = BY_NAME.get(&name.to_lowercase()) else { return Vec::new() };
    let mut units: Vec<Unit> = Vec::new();
    for unit in rows.iter().filter_map(|at| ROWS.get(*at)).filter_map(unit_of) {
        if !units.iter().any(|known| known.same_meaning(&unit)) {
            units.push(unit);
        }
    }
    units
}

/// The exact unit of a row; `None` where its double is no finite decimal.
pub(super) fn unit_of(row: &Row) -> Option<Unit> {
    let factor = match exact::factor(row.quantity, row.singular) {
        Some(factor) => factor,
        None => Factor::exact(shortest_decimal(row.slope)?),
    };
    let point = row.quantity == "thermodynamic_temperature" && row.offset.abs() > 0.0;
    Some(Unit {
        text: String::new(),
        dimension: row.dimension,
        factor,
        offset: if point { exact::offset(row.singular)? } else { Rational::zero() },
        scale: if point { Scale::Point } else { Scale::Linear },
        tags: tags_of(row.quantity),
    })
}

/// The rational of the shortest decimal that prints the double.
pub(super) fn shortest_decimal(value: f64) -> Option<Rational> {
    if value.is_finite() { rational::parse(&format!("{value:e}")) } else { None }
}

/// What the kind of a quantity says and its dimension does not.
fn tags_of(quantity: &str) -> Tags {
    match quantity {
        "angle" | "angular_velocity" | "angular_acceleration" | "angular_jerk" | "angular_absement" => {
            Tags::one(Tags::ANGLE, 1)
        }
        "solid_angle" => Tags::one(Tags::ANGLE, 2),
        "information" | "information_rate" => Tags::one(Tags::INFORMATION, 1),
        "radioactivity" | "specific_radioactivity" | "molar_radioactivity" => Tags::one("kind:activity", 1),
        _ => Tags::none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_uom_is_in_the_table() {
        assert!(rows().len() > 2600, "{}", rows().len());
        let kilogram = row("mass", "kilogram").expect("the kilogram");
        assert_eq!(kilogram.dimension, Dimension::MASS);
        assert_eq!(unit_of(kilogram).expect("exact").factor, Factor::exact(rational::whole(1)));
        let nanogram = row("mass", "nanogram").expect("the nanogram");
        assert_eq!(unit_of(nanogram).expect("exact").factor, Factor::exact(rational::power_of_ten(-12)));
    }

    #[test]
    fn temperatures_keep_their_offset() {
        let celsius = unit_of(row("thermodynamic_temperature", "degree Celsius").expect("Celsius")).expect("exact");
        assert_eq!(celsius.offset, rational::ratio(27315, 100));
        assert_eq!(celsius.scale, Scale::Point);
    }
}
