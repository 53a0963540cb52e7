//! Raised numbers that may be citations or footnote marks instead of exponents.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{TextRange, VariationCause};

use super::compose::Doubt;

/// A run of raised digits with the signs that stand between citations.
#[expect(clippy::expect_used, reason = "the pattern is a constant")]
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,–⁻\u{2009} ]{1,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*").expect("the pattern is a constant")
});

/// Units and symbols of two and more letters that stand before an exponent.
const UNITS: &[&str] = &[
    "cm", "mm", "km", "dm", "nm", "pm", "fm", "um", "µm", "μm", "Mm", "Gm", "ft", "in", "yd", "mi", "ha", "kg", "mg",
    "ng", "pg", "fg", "ag", "ms", "ns", "ps", "fs", "µs", "μs", "min", "hr", "sec", "yr", "mL", "ml", "dL", "dl", "cL",
    "nL", "µL", "μL", "kL", "Pa", "kPa", "MPa", "GPa", "hPa", "mol", "mmol", "nmol", "kJ", "MJ", "GJ", "eV", "keV",
    "MeV", "GeV", "TeV", "Hz", "kHz", "MHz", "GHz", "THz", "kW", "MW", "GW", "mW", "kV", "mV", "mA", "nA", "kN", "mN",
    "sr", "rad", "deg", "cd", "lm", "lx", "Wb", "Gy", "Sv", "mSv", "Bq", "pc", "kpc", "Mpc", "Gpc", "AU", "au", "ly",
    "Jy", "mJy", "arcsec", "arcmin", "erg", "dyn", "Å", "sin", "cos", "tan", "log", "ln", "exp", "inch", "day", "days",
    "year", "years", "person", "cells", "SE", "SD", "CD", "IgG",
];

/// The doubts about the raised numbers of a line.
pub fn citations(line: &[char]) -> Vec<Doubt> {
    let text: String = line.iter().collect();
    let mut out = Vec::new();
    for run in RUN.find_iter(&text) {
        let start = text[..run.start()].chars().count();
        let range = TextRange::new(start, start + run.as_str().chars().count());
        let several = run.as_str().contains([',', '–', '⁻', ' ', '\u{2009}']);
        if may_cite(&line[..start], several) {
            out.push(Doubt { range, alternatives: vec![String::new()], cause: VariationCause::CitationMark });
        }
    }
    out
}

/// Whether a raised number behind `before` may be a mark.
fn may_cite(before: &[char], several: bool) -> bool {
    let Some(&last) = before.last() else { return false };
    if last == '⁻' || last == '⁺' || last == '⁽' {
        return false;
    }
    if several || ".,;:!?”’\"')]}%".contains(last) {
        return true;
    }
    if last.is_ascii_digit() {
        let length = before.iter().rev().take_while(|digit| digit.is_ascii_digit() || **digit == '.').count();
        let number: String = before[before.len() - length..].iter().collect();
        return !matches!(number.as_str(), "10" | "2");
    }
    let length = before.iter().rev().take_while(|letter| letter.is_alphabetic()).count();
    let word: String = before[before.len() - length..].iter().collect();
    // One letter is a symbol or a unit; so is a word that is one.
    length >= 2 && !UNITS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubted(text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let of = |doubt: Doubt| characters[doubt.range.start..doubt.range.end].iter().collect();
        citations(&characters).into_iter().map(of).collect()
    }

    #[test]
    fn exponents_are_not_doubted() {
        for text in ["2.5 × 10⁻³ mg", "5 cm² and m³", "χ² = 4.2, R² = .3", "s⁻¹", "10¹⁷ atoms", "kg/m²"]
        {
            assert_eq!(doubted(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn citations_are_doubted() {
        assert_eq!(doubted("as reported.¹⁷ Then"), ["¹⁷"]);
        assert_eq!(doubted("earlier work¹,²–⁵ says"), ["¹,²–⁵"]);
        assert_eq!(doubted("of 1019 men in 2015¹² were"), ["¹²"]);
        assert_eq!(doubted("Sharps³ are"), ["³"]);
    }
}
