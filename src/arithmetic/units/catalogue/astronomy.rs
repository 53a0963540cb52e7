//! Masses, luminosities and radii of bodies in the sky, and masses and momenta that are printed over the speed of light.
//!
//! Sources: IAU 2015 resolution B3 (nominal radii, luminosity and mass parameters) with the gravitational constant of
//! CODATA 2018, 6.67430e-11; the sets hold the older values that papers took from almanacs. The electronvolt and the
//! speed of light are exact in the SI of 2019.

use super::{Entry, LENGTH, MASS, POWER, count, several, value};
use crate::arithmetic::units::prefix::Prefixes::None;

const MOMENTUM: [i8; 7] = [1, 1, -1, 0, 0, 0, 0];

pub(super) static ENTRIES: &[Entry] = &[
    count("", "beam", "count:beam").unsafe_in_text(),
    several(
        "M☉|M⊙|M_☉|M_⊙|Msun|M_sun|M_Sun|M_{sun}|M_{☉}|M_{⊙}",
        "solar mass|solar masses",
        None,
        MASS,
        ["1.98841e30", "1.988e30", "1.9892e30"],
    ),
    several(
        "L☉|L⊙|L_☉|L_⊙|Lsun|L_sun|L_Sun|L_{sun}|L_{☉}|L_{⊙}",
        "solar luminosity|solar luminosities",
        None,
        POWER,
        ["3.828e26", "3.826e26", "3.86e26"],
    ),
    several(
        "R☉|R⊙|R_☉|R_⊙|Rsun|R_sun|R_Sun|R_{sun}|R_{☉}|R_{⊙}",
        "solar radius|solar radii",
        None,
        LENGTH,
        ["695700000", "695500000", "696340000"],
    ),
    several(
        "M⊕|M_⊕|M_{⊕}|Mearth|M_earth|M_Earth",
        "earth mass|earth masses",
        None,
        MASS,
        ["5.9722e24", "5.972e24", "5.977e24"],
    ),
    several(
        "R⊕|R_⊕|R_{⊕}|Rearth|R_earth|R_Earth",
        "earth radius|earth radii",
        None,
        LENGTH,
        ["6378100", "6371000", "6378140"],
    ),
    several("MJup|M_Jup|M_{Jup}", "jupiter mass|jupiter masses", None, MASS, ["1.8981e27", "1.898e27", "1.8992e27"]),
    several("RJup|R_Jup|R_{Jup}", "jupiter radius|jupiter radii", None, LENGTH, ["71492000", "69911000", "71492000"]),
    value("eV/c2|eV/c²|eV/c^2|eV c-2|eV c⁻²|eV c^-2", "", None, MASS, "1.602176634e-19/89875517873681764"),
    value("eV/c|eV c-1|eV c⁻¹|eV c^-1", "", None, MOMENTUM, "1.602176634e-19/299792458"),
    value("keV/c2|keV/c²|keV/c^2|keV c-2|keV c⁻²|keV c^-2", "", None, MASS, "1.602176634e-16/89875517873681764"),
    value("keV/c|keV c-1|keV c⁻¹|keV c^-1", "", None, MOMENTUM, "1.602176634e-16/299792458"),
    value("MeV/c2|MeV/c²|MeV/c^2|MeV c-2|MeV c⁻²|MeV c^-2", "", None, MASS, "1.602176634e-13/89875517873681764"),
    value("MeV/c|MeV c-1|MeV c⁻¹|MeV c^-1", "", None, MOMENTUM, "1.602176634e-13/299792458"),
    value("GeV/c2|GeV/c²|GeV/c^2|GeV c-2|GeV c⁻²|GeV c^-2", "", None, MASS, "1.602176634e-10/89875517873681764"),
    value("GeV/c|GeV c-1|GeV c⁻¹|GeV c^-1", "", None, MOMENTUM, "1.602176634e-10/299792458"),
    value("TeV/c2|TeV/c²|TeV/c^2|TeV c-2|TeV c⁻²|TeV c^-2", "", None, MASS, "1.602176634e-7/89875517873681764"),
    value("TeV/c|TeV c-1|TeV c⁻¹|TeV c^-1", "", None, MOMENTUM, "1.602176634e-7/299792458"),
    value("PeV/c2|PeV/c²|PeV/c^2|PeV c-2|PeV c⁻²|PeV c^-2", "", None, MASS, "1.602176634e-4/89875517873681764"),
    value("PeV/c|PeV c-1|PeV c⁻¹|PeV c^-1", "", None, MOMENTUM, "1.602176634e-4/299792458"),
];
