//! Raised numbers that may be citations or footnote marks instead of exponents.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{TextRange, VariationCause};

use super::compose::{Doubt, DraftBlock};

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

/// The runs of raised numbers of a line, each with its range in it.
fn runs(text: &str) -> impl Iterator<Item = (TextRange, &str)> {
    // Characters are counted from run to run: a paragraph of XML is one line and can be long.
    let (mut byte, mut character) = (0, 0);
    RUN.find_iter(text).map(move |run| {
        let start = character + text[byte..run.start()].chars().count();
        (byte, character) = (run.end(), start + run.as_str().chars().count());
        (TextRange::new(start, character), run.as_str())
    })
}

/// The doubts about the raised numbers of a line.
pub fn citations(line: &[char]) -> Vec<Doubt> {
    let text: String = line.iter().collect();
    let mut out = Vec::new();
    for (range, run) in runs(&text) {
        let several = run.contains([',', '–', '⁻', ' ', '\u{2009}']);
        if may_cite(&line[..range.start], several) {
            out.push(Doubt { range, alternatives: vec![String::new()], cause: VariationCause::CitationMark });
        }
    }
    out
}

/// How many marks a paper has to have shown before their order is taken for a habit.
const HABIT: usize = 5;

/// The doubts about bare powers of ten that the order of citations gives: numbered as they first appear, the next new one
/// behind 18 is 19, so that "version 10¹⁹" may cite it. Any other number behind a bare 10 is its exponent.
///
/// The power stays the first reading; what hangs on it is then open. The blocks are in the order of reading.
pub fn doubt_powers(blocks: &mut [DraftBlock]) {
    let (mut highest, mut seen) = (0_u32, 0_usize);
    for line in blocks.iter_mut().flat_map(|block| &mut block.lines) {
        let text: String = line.characters.iter().collect();
        let doubted: BTreeSet<TextRange> = line.doubts.iter().map(|doubt| doubt.range).collect();
        for (range, run) in runs(&text) {
            let numbers = numbers(run);
            if doubted.contains(&range) {
                // A raised number far beyond the last one is no citation in order.
                let most = numbers.into_iter().filter(|number| *number <= highest + 10).max();
                highest = highest.max(most.unwrap_or(0));
                seen += 1;
            } else if seen >= HABIT && numbers == [highest + 1] && bare_ten(&line.characters[..range.start]) {
                highest += 1;
                line.doubts.push(Doubt {
                    range,
                    alternatives: vec![String::new()],
                    cause: VariationCause::CitationMark,
                });
            }
        }
        line.doubts.sort_by_key(|doubt| doubt.range.start);
    }
}

/// The numbers of a run of raised digits.
fn numbers(run: &str) -> Vec<u32> {
    const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let value = |part: &str| {
        let mut digits = part.chars().map(|digit| DIGITS.chars().position(|one| one == digit));
        digits.try_fold(0_u32, |value, digit| value.checked_mul(10)?.checked_add(u32::try_from(digit?).ok()?))
    };
    run.split([',', '–', '⁻', '\u{2009}', ' ']).filter(|part| !part.is_empty()).filter_map(value).collect()
}

/// Whether a line ends in a 10 that stands alone: no digits, mantissa or sign of multiplication before it.
fn bare_ten(before: &[char]) -> bool {
    let Some(rest) = before.strip_suffix(&['1', '0']) else { return false };
    let Some((last, rest)) = rest.split_last() else { return true };
    let behind = rest.iter().rev().find(|character| **character != ' ');
    *last == ' ' && behind.is_some_and(|character| character.is_alphabetic())
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
    use crate::document::{BlockKind, Place};
    use crate::read::compose::DraftLine;

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

    fn doubted_powers(lines: &[&str]) -> Vec<String> {
        let line = |text: &&str| {
            let characters: Vec<char> = text.chars().collect();
            DraftLine {
                doubts: citations(&characters),
                edges: Vec::new(),
                characters,
                place: Place::Line { line: 1, column: 1 },
            }
        };
        let lines = lines.iter().map(line).collect();
        let mut blocks = [DraftBlock { kind: BlockKind::Paragraph, lines, grid: None }];
        doubt_powers(&mut blocks);
        let doubts = |line: &DraftLine| {
            let text = |doubt: &Doubt| line.characters[doubt.range.start..doubt.range.end].iter().collect::<String>();
            line.doubts
                .iter()
                .filter(|doubt| line.characters[doubt.range.start - 1] == '0')
                .map(text)
                .collect::<Vec<_>>()
        };
        blocks.iter().flat_map(|block| &block.lines).flat_map(doubts).collect()
    }

    #[test]
    fn only_the_next_citation_behind_a_bare_ten_may_be_a_mark() {
        let cited = ["as was found¹,² before.³ Others⁴ and", "still others⁵⁻⁷ say it,⁸ too."];
        let with = |line| doubted_powers(&[cited[0], cited[1], line]);
        assert_eq!(with("the program in version 10⁹ was used"), ["⁹"]);
        assert_eq!(with("about 10⁷ cells"), Vec::<String>::new());
        assert_eq!(with("about 3 × 10⁹ cells, or 10⁻⁹ g"), Vec::<String>::new());
        assert_eq!(doubted_powers(&["about 10¹ or 10² cells"]), Vec::<String>::new());
    }

    #[test]
    fn citations_are_doubted() {
        assert_eq!(doubted("as reported.¹⁷ Then"), ["¹⁷"]);
        assert_eq!(doubted("earlier work¹,²–⁵ says"), ["¹,²–⁵"]);
        assert_eq!(doubted("of 1019 men in 2015¹² were"), ["¹²"]);
        assert_eq!(doubted("Sharps³ are"), ["³"]);
    }
}
