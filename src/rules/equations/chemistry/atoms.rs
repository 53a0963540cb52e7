//! The elements with their standard atomic weights and the masses of their most abundant isotopes.
//!
//! Weights: IUPAC's Commission on Isotopic Abundances and Atomic Weights, abridged values of 2021 (Prohaska et al. 2022, *Pure
//! and Applied Chemistry* 94:573, <https://doi.org/10.1515/pac-2019-0603>). Masses: AME 2020 (Wang et al. 2021, *Chinese Physics
//! C* 45:030003, <https://doi.org/10.1088/1674-1137/abddaf>). No compound is known here.

use crate::arithmetic::{Rational, rational};

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its symbol.
    pub symbol: &'static str,
    /// Its standard atomic weight.
    weight: &'static str,
    /// The mass of its most abundant isotope.
    isotope: &'static str,
}

/// Elements whose weight has stood as it is for decades but for the rounding; that of others was revised since papers are typed.
const STEADY: &[&str] = &["H", "C", "N", "O", "F", "Na", "P"];

impl Element {
    /// Every weight that is in use for the element: with the digits of the standard or with two decimals, and for elements
    /// whose weight was revised the older values.
    pub fn weights(&self) -> Option<(Rational, Rational)> {
        let own = rational::parse(self.weight)?;
        let hundred = rational::whole(100);
        let coarse = (&own * &hundred + rational::ratio(1, 2)).floor() / hundred;
        let steady = STEADY.contains(&self.symbol);
        let apart = if steady { rational::ratio(8, 10_000) } else { rational::ratio(14, 1000) };
        let (low, high) = if own < coarse { (own, coarse) } else { (coarse, own) };
        Some((low - &apart, high + &apart))
    }

    /// Every mass of its most abundant isotope that is in use, with four decimals and more.
    pub fn masses(&self) -> Option<(Rational, Rational)> {
        let own = rational::parse(self.isotope)?;
        let apart = rational::ratio(6, 100_000);
        Some((&own - &apart, own + apart))
    }
}

/// The element with a symbol.
pub(super) fn element(symbol: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.symbol == symbol)
}

macro_rules! elements {
    ($($symbol:literal $weight:literal $isotope:literal;)*) => {
        /// All of them, by atomic number.
        static ELEMENTS: &[Element] = &[$(Element { symbol: $symbol, weight: $weight, isotope: $isotope }),*];
    };
}

elements! {
    "H" "1.0080" "1.007825";
    "He" "4.0026" "4.002603";
    "Li" "6.94" "7.016003";
    "Be" "9.0122" "9.012183";
    "B" "10.81" "11.009305";
    "C" "12.011" "12.000000";
    "N" "14.007" "14.003074";
    "O" "15.999" "15.994915";
    "F" "18.998" "18.998403";
    "Ne" "20.18" "19.992440";
    "Na" "22.99" "22.989769";
    "Mg" "24.305" "23.985042";
    "Al" "26.982" "26.981538";
    "Si" "28.085" "27.976927";
    "P" "30.974" "30.973762";
    "S" "32.06" "31.972071";
    "Cl" "35.45" "34.968853";
    "Ar" "39.95" "39.962383";
    "K" "39.098" "38.963706";
    "Ca" "40.078" "39.962591";
    "Sc" "44.956" "44.955907";
    "Ti" "47.867" "47.947941";
    "V" "50.942" "50.943958";
    "Cr" "51.996" "51.940505";
    "Mn" "54.938" "54.938043";
    "Fe" "55.845" "55.934936";
    "Co" "58.933" "58.933194";
    "Ni" "58.693" "57.935342";
    "Cu" "63.546" "62.929597";
    "Zn" "65.38" "63.929142";
    "Ga" "69.723" "68.925573";
    "Ge" "72.630" "73.921178";
    "As" "74.922" "74.921595";
    "Se" "78.971" "79.916522";
    "Br" "79.904" "78.918338";
    "Kr" "83.798" "83.911498";
    "Rb" "85.468" "84.911790";
    "Sr" "87.62" "87.905612";
    "Y" "88.906" "88.905838";
    "Zr" "91.224" "89.904699";
    "Nb" "92.906" "92.906373";
    "Mo" "95.95" "97.905404";
    "Ru" "101.07" "101.904340";
    "Rh" "102.91" "102.905494";
    "Pd" "106.42" "105.903480";
    "Ag" "107.87" "106.905091";
    "Cd" "112.41" "113.903365";
    "In" "114.82" "114.903879";
    "Sn" "118.71" "119.902203";
    "Sb" "121.76" "120.903811";
    "Te" "127.60" "129.906223";
    "I" "126.9" "126.904473";
    "Xe" "131.29" "131.904155";
    "Cs" "132.91" "132.905452";
    "Ba" "137.33" "137.905247";
    "La" "138.91" "138.906363";
    "Ce" "140.12" "139.905448";
    "Pr" "140.91" "140.907660";
    "Nd" "144.24" "141.907729";
    "Sm" "150.36" "151.919739";
    "Eu" "151.96" "152.921237";
    "Gd" "157.25" "157.924111";
    "Tb" "158.93" "158.925354";
    "Dy" "162.50" "163.929181";
    "Ho" "164.93" "164.930329";
    "Er" "167.26" "165.930301";
    "Tm" "168.93" "168.934219";
    "Yb" "173.04" "173.938868";
    "Lu" "174.97" "174.940777";
    "Hf" "178.49" "179.946560";
    "Ta" "180.95" "180.947999";
    "W" "183.84" "183.950933";
    "Re" "186.21" "186.955752";
    "Os" "190.23" "191.961479";
    "Ir" "192.22" "192.962924";
    "Pt" "195.08" "194.964794";
    "Au" "196.97" "196.966570";
    "Hg" "200.59" "201.970644";
    "Tl" "204.38" "204.974427";
    "Pb" "207.2" "207.976652";
    "Bi" "208.98" "208.980399";
    "Th" "232.04" "232.038054";
    "U" "238.03" "238.050787";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_near_the_mass_of_an_isotope_and_rises_but_for_the_known_pairs() {
        let mut before = rational::whole(0);
        for element in ELEMENTS {
            let (low, high) = element.weights().expect("a weight");
            let (light, heavy) = element.masses().expect("a mass");
            assert!(low < high && light < heavy, "{}", element.symbol);
            let apart = if low > light { &low - &light } else { &light - &low };
            assert!(apart < rational::whole(4), "{}", element.symbol);
            // Argon is heavier than potassium, cobalt than nickel, tellurium than iodine, thorium than nothing that follows.
            let known = ["K", "Ni", "I"].contains(&element.symbol);
            assert!(known || high > before, "{}", element.symbol);
            before = low;
        }
    }
}
