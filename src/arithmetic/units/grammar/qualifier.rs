//! Words behind a unit that say what it is of: body weight, dry weight, creatinine, an element.

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::units::lookup;
use crate::arithmetic::units::tags::Tags;

/// A qualifier that was read.
pub(super) struct Qualifier {
    /// The axis it adds, with the exponent of the unit it stands behind.
    pub axis: String,
    /// The position behind it.
    pub end: usize,
    /// Whether it is a substance, which running text must prove.
    pub substance: bool,
}

/// Phrases behind a mass, in lower case unless case matters, and their axes.
const BASES: &[(&str, &str)] = &[
    ("of body weight", Tags::BODY_MASS),
    ("of body mass", Tags::BODY_MASS),
    ("of bodyweight", Tags::BODY_MASS),
    ("of bw", Tags::BODY_MASS),
    ("body weight", Tags::BODY_MASS),
    ("body mass", Tags::BODY_MASS),
    ("body wt.", Tags::BODY_MASS),
    ("body wt", Tags::BODY_MASS),
    ("bodyweight", Tags::BODY_MASS),
    ("bodymass", Tags::BODY_MASS),
    ("b. w.", Tags::BODY_MASS),
    ("b.w.", Tags::BODY_MASS),
    ("b.w", Tags::BODY_MASS),
    ("b.wt.", Tags::BODY_MASS),
    ("b.wt", Tags::BODY_MASS),
    ("b wt", Tags::BODY_MASS),
    ("bwt", Tags::BODY_MASS),
    ("bw", Tags::BODY_MASS),
    ("b/w", Tags::BODY_MASS),
    ("dry weight", "basis:dry"),
    ("dry wt", "basis:dry"),
    ("dry mass", "basis:dry"),
    ("dry matter", "basis:dry"),
    ("dry soil", "basis:dry"),
    ("dw", "basis:dry"),
    ("d.w.", "basis:dry"),
    ("dwt", "basis:dry"),
    ("d.m.", "basis:dry"),
    ("dm", "basis:dry"),
    ("cdw", "basis:dry"),
    ("gdw", "basis:dry"),
    ("wet weight", "basis:wet"),
    ("wet wt", "basis:wet"),
    ("wet mass", "basis:wet"),
    ("fresh weight", "basis:wet"),
    ("fresh wt", "basis:wet"),
    ("fresh mass", "basis:wet"),
    ("ww", "basis:wet"),
    ("w.w.", "basis:wet"),
    ("fw", "basis:wet"),
    ("f.w.", "basis:wet"),
    ("lipid weight", "basis:lipid"),
    ("lipid", "basis:lipid"),
    ("lw", "basis:lipid"),
    ("fat", "basis:lipid"),
    ("of protein", "of:protein"),
    ("protein", "of:protein"),
    ("prot", "of:protein"),
    ("creatinine", "of:creatinine"),
    ("of creatinine", "of:creatinine"),
    ("creat", "of:creatinine"),
    ("crea", "of:creatinine"),
    ("tissue", "of:tissue"),
    ("of tissue", "of:tissue"),
    ("soil", "of:soil"),
    ("sediment", "of:sediment"),
    ("catalyst", "of:catalyst"),
    ("biomass", "of:biomass"),
    ("hemoglobin", "of:hemoglobin"),
    ("haemoglobin", "of:hemoglobin"),
    ("hb", "of:hemoglobin"),
    ("dna", "of:DNA"),
    ("rna", "of:RNA"),
    ("chl", "of:chlorophyll"),
    ("chla", "of:chlorophyll"),
    ("cod", "of:COD"),
    ("vss", "of:VSS"),
    ("vs", "of:VS"),
    ("tss", "of:TSS"),
    ("gae", "equivalent:GAE"),
    ("qe", "equivalent:QE"),
    ("te", "equivalent:TE"),
    ("toc", "of:TOC"),
];

/// Substances, exact in case; those that are unit symbols too are settled by the place they stand in.
const SUBSTANCES: &[(&str, &str)] = &[
    ("CO2-equivalents", "equivalent:CO2"),
    ("CO2 equivalents", "equivalent:CO2"),
    ("CO2 equivalent", "equivalent:CO2"),
    ("CO2-equivalent", "equivalent:CO2"),
    ("CO2-eq", "equivalent:CO2"),
    ("CO2 eq", "equivalent:CO2"),
    ("CO2eq", "equivalent:CO2"),
    ("CO2-e", "equivalent:CO2"),
    ("CO2e", "equivalent:CO2"),
    ("CaCO3", "of:CaCO3"),
    ("NO3-N", "of:N"),
    ("NH4-N", "of:N"),
    ("PO4-P", "of:P"),
    ("NO3", "of:NO3"),
    ("NH4", "of:NH4"),
    ("NH3", "of:NH3"),
    ("NO2", "of:NO2"),
    ("N2O", "of:N2O"),
    ("PO4", "of:PO4"),
    ("SO4", "of:SO4"),
    ("SO2", "of:SO2"),
    ("H2O2", "of:H2O2"),
    ("H2O", "of:H2O"),
    ("H2S", "of:H2S"),
    ("CH4", "of:CH4"),
    ("CO2", "of:CO2"),
    ("O2", "of:O2"),
    ("N2", "of:N2"),
    ("H2", "of:H2"),
    ("CO", "of:CO"),
    ("KOH", "of:KOH"),
    ("NaCl", "of:NaCl"),
    ("photons", "of:photons"),
    ("photon", "of:photons"),
    ("quanta", "of:photons"),
    ("Fe", "of:Fe"),
    ("Zn", "of:Zn"),
    ("Cu", "of:Cu"),
    ("Cd", "of:Cd"),
    ("Pb", "of:Pb"),
    ("Hg", "of:Hg"),
    ("Ca", "of:Ca"),
    ("Mg", "of:Mg"),
    ("Na", "of:Na"),
    ("Cl", "of:Cl"),
    ("Si", "of:Si"),
    ("Se", "of:Se"),
    ("C", "of:C"),
    ("N", "of:N"),
    ("P", "of:P"),
    ("S", "of:S"),
    ("K", "of:K"),
];

/// Reads the qualifier behind a unit of the given dimension that ends at `at`; `under` a fraction bar K and C are units.
pub(super) fn read(chars: &[char], at: usize, dimension: Dimension, under: bool, powered: bool) -> Option<Qualifier> {
    let mut here = at;
    while here < at + 2 && matches!(chars.get(here), Some(' ' | '-' | '_')) {
        here += 1;
    }
    let open = matches!(chars.get(here), Some('(' | '['));
    if open {
        here += 1;
    }
    let apart = here > at;
    let close = |end: usize| {
        if !open {
            return Some(end);
        }
        if matches!(chars.get(end), Some(')' | ']')) { Some(end + 1) } else { None }
    };
    let mass = dimension == Dimension::MASS || dimension == Dimension::MASS.power(-1);
    if mass && apart {
        for (words, axis) in BASES {
            let words: Vec<char> = words.chars().collect();
            let found = lookup::matches(chars, here, &words, true);
            if let Some(end) = found.and_then(close) {
                let substance = axis.starts_with(Tags::OF);
                return Some(Qualifier { axis: (*axis).to_owned(), end, substance });
            }
        }
    }
    let of_matter = mass || dimension == Dimension::AMOUNT || dimension == Dimension::AMOUNT.power(-1);
    if !(of_matter && apart) || chars.get(at) == Some(&'-') {
        return None;
    }
    for (symbol, axis) in SUBSTANCES {
        let wanted: Vec<char> = symbol.chars().collect();
        let Some(end) = lookup::matches(chars, here, &wanted, false).and_then(close) else { continue };
        let doubtful = matches!(*symbol, "K" | "C") && (under || powered);
        if doubtful || exponent_follows(chars, end) {
            return None;
        }
        return Some(Qualifier { axis: (*axis).to_owned(), end, substance: true });
    }
    None
}

/// Whether an exponent stands at `at`: then the symbol before it is a unit.
fn exponent_follows(chars: &[char], at: usize) -> bool {
    let space = usize::from(chars.get(at) == Some(&' '));
    match chars.get(at + space) {
        Some('⁻' | '^' | '¹' | '²' | '³') => true,
        Some('-') => chars.get(at + space + 1).is_some_and(char::is_ascii_digit),
        _ => false,
    }
}
