//! Molecular formulas: `C₁₈H₁₇FeNS`, `C12H10N2O·0.5H2O`, `[Ru(NH3)6]Cl3` as counts of atoms, and what they weigh.
//!
//! Only characters are read. Whether they stand for a compound is for the rule: "NO" and "CO" are words too.

use crate::arithmetic::units::Unit;
use crate::arithmetic::{Printed, Rational, rational};
use crate::derive::{Form, Literal, Operand};
use crate::document::TextRange;

use super::atoms::{Element, element};

/// The role of a formula whose mass is taken.
pub(in crate::rules::equations) const MOLE: &str = "molecular formula";

/// The elements that no heading calls a metal.
const NO_METALS: &[&str] = &[
    "H", "He", "B", "C", "N", "O", "F", "Ne", "Si", "P", "S", "Cl", "Ar", "Ge", "As", "Se", "Br", "Kr", "Te", "I",
    "Xe", "At", "Rn",
];

/// How many characters a formula has at most.
const LONGEST: usize = 120;

/// The least and the greatest number of atoms: one number where it is printed whole or with one decimal ("0.5"), which stands
/// for itself; all that it is rounded from where a crystal has been refined ("Ni1.25").
type Count = (Rational, Rational);

/// From how many decimals on an index is rounded.
const REFINED: usize = 2;

/// A formula with the atoms of each element, in the order in which they are first named.
#[derive(Clone, Debug)]
pub(in crate::rules::equations) struct Formula {
    atoms: Vec<(&'static Element, Count)>,
}

/// Which masses of the atoms are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules::equations) enum Masses {
    /// Standard atomic weights: what an analysis or a balance sees.
    Weights,
    /// Those of the most abundant isotopes: what a mass spectrometer sees.
    Isotopes,
}

impl Masses {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Weights, Self::Isotopes];

    /// The other ones.
    pub const fn other(self) -> Self {
        match self {
            Self::Weights => Self::Isotopes,
            Self::Isotopes => Self::Weights,
        }
    }

    /// What they are.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Weights => "standard atomic weights",
            Self::Isotopes => "the masses of the most abundant isotopes",
        }
    }
}

impl Formula {
    /// The formula that the whole of a text is, with digits on the line or lowered; `None` where anything else stands in it or
    /// it is of fewer than two elements, and where two formulas stand side by side or "CI" may be chlorine.
    pub fn parse(text: &str) -> Option<Self> {
        // "CI" is the chlorine of a font in which its two letters look alike.
        if text.contains("CI") {
            return None;
        }
        let mut words = text.split_whitespace();
        let first = words.next()?;
        let one = Self::of_characters(text);
        // "C16H28O2 C16H30O2" are two compounds. A formula that is broken by blanks has no part that is one.
        let several = words.next().is_some() && Self::of_characters(first).is_some();
        let named = text.chars().filter(char::is_ascii_uppercase).count();
        one.filter(|one| !several || (named == one.atoms.len() && one.is_in_hill_order()))
    }

    /// Whether its elements stand as in an index of formulas, each once: carbon, hydrogen, then by the alphabet. The elements of
    /// two organic compounds never do, as the second one begins with carbon again.
    fn is_in_hill_order(&self) -> bool {
        let symbols: Vec<&str> = self.atoms.iter().map(|(element, _)| element.symbol).collect();
        matches!(symbols.as_slice(), ["C", "H", rest @ ..] if rest.is_sorted() && !rest.is_empty())
    }

    /// The metals in it, in the order in which they are first named.
    pub fn metals(&self) -> impl Iterator<Item = &'static str> {
        self.atoms.iter().map(|(element, _)| element.symbol).filter(|symbol| !NO_METALS.contains(symbol))
    }

    /// The formula of the characters that are no blanks.
    fn of_characters(text: &str) -> Option<Self> {
        let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
        if plain.len() > LONGEST {
            return None;
        }
        let mut formula = Self { atoms: Vec::new() };
        for part in plain.split(|c| *c == '·') {
            let mut reader = Reader { characters: part, at: 0 };
            let times = reader.number().map_or_else(|| rational::whole(1), |(value, _)| value);
            let atoms = reader.group(0)?;
            if reader.at < part.len() || atoms.is_empty() {
                return None;
            }
            for (element, (low, high)) in atoms {
                formula.add(element, (low * &times, high * &times));
            }
        }
        let digits = plain.iter().any(char::is_ascii_digit);
        (formula.atoms.len() > 1 && digits).then_some(formula)
    }

    fn add(&mut self, element: &'static Element, count: Count) {
        match self.atoms.iter_mut().find(|(own, _)| own.symbol == element.symbol) {
            Some((_, own)) => *own = (&own.0 + count.0, &own.1 + count.1),
            None => self.atoms.push((element, count)),
        }
    }

    /// Whether atoms of an element are in it.
    pub fn holds(&self, symbol: &str) -> bool {
        self.atoms.iter().any(|(own, _)| own.symbol == symbol)
    }

    /// Every mass of the atoms that `of` takes.
    fn mass(&self, masses: Masses, of: impl Fn(&str) -> bool) -> Option<(Rational, Rational)> {
        let mut sum = (rational::whole(0), rational::whole(0));
        for (element, count) in self.atoms.iter().filter(|(element, _)| of(element.symbol)) {
            let (low, high) = match masses {
                Masses::Weights => element.weights()?,
                Masses::Isotopes => element.masses()?,
            };
            sum = (sum.0 + low * &count.0, sum.1 + high * &count.1);
        }
        Some(sum)
    }

    /// The mass of a mole as an operand at the place of the formula.
    pub fn operand(&self, range: TextRange, masses: Masses) -> Option<Operand> {
        literal(MOLE, range, &self.mass(masses, |_| true)?)
    }

    /// The masses of the atoms of an element and of all others, as operands at the place of the formula.
    pub fn parts(&self, range: TextRange, masses: Masses, symbol: &str) -> Option<[Operand; 2]> {
        let own = literal(&format!("{symbol} in the formula"), range, &self.mass(masses, |of| of == symbol)?)?;
        let rest = literal("all other atoms of the formula", range, &self.mass(masses, |of| of != symbol)?)?;
        Some([own, rest])
    }

    /// Every share of an element in per cent in floating point, for the search alone.
    pub fn share(&self, masses: Masses, symbol: &str) -> Option<(f64, f64)> {
        let (own, rest) = (self.mass(masses, |of| of == symbol)?, self.mass(masses, |of| of != symbol)?);
        let hundred = rational::whole(100);
        let (low, high) = (&hundred * &own.0 / (&own.0 + &rest.1), &hundred * &own.1 / (&own.1 + &rest.0));
        Some((rational::to_f64_outward(&low).0, rational::to_f64_outward(&high).1))
    }

    /// Every mass of a mole in floating point, for the search alone.
    pub fn span(&self, masses: Masses) -> Option<(f64, f64)> {
        let (low, high) = self.mass(masses, |_| true)?;
        Some((rational::to_f64_outward(&low).0, rational::to_f64_outward(&high).1))
    }
}

/// Everything between two masses as an operand.
fn literal(role: &str, range: TextRange, (low, high): &(Rational, Rational)) -> Option<Operand> {
    let printed = |value: &Rational| Printed::parse(&format!("{:.4}", rational::to_f64_outward(value).0));
    let number = printed(low)?;
    let literal = Literal { to: printed(high), ..Literal::new(Form::Range, number, Unit::one()) };
    Some(Operand::literal(role, range, &literal))
}

/// A digit on the line for a lowered one, and one dot for all that part a formula.
fn plain(c: char) -> char {
    match c {
        '₀'..='₉' => char::from_u32(u32::from('0') + (u32::from(c) - u32::from('₀'))).unwrap_or(c),
        '•' | '⋅' | '∙' | '‧' | '*' => '·',
        '[' | '{' => '(',
        ']' | '}' => ')',
        other => other,
    }
}

/// Reads one part of a formula.
struct Reader<'c> {
    characters: &'c [char],
    at: usize,
}

/// How deep brackets stand in each other at most.
const DEEPEST: usize = 6;

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    /// A number, "12" or "0.5", with how many decimals it has.
    fn number(&mut self) -> Option<(Rational, usize)> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit() || c == '.') {
            self.at += 1;
        }
        let digits: String = self.characters[start..self.at].iter().collect();
        let value = rational::parse(&digits).filter(|value| *value > rational::whole(0));
        if value.is_none() {
            self.at = start;
        }
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        value.map(|value| (value, decimals))
    }

    /// The number of atoms behind a symbol or a bracket.
    fn count(&mut self) -> Count {
        let Some((value, decimals)) = self.number() else { return (rational::whole(1), rational::whole(1)) };
        if decimals < REFINED {
            return (value.clone(), value);
        }
        let half = rational::ratio(1, 2) * rational::power_of_ten(-i32::try_from(decimals).unwrap_or(i32::MAX));
        (&value - &half, value + half)
    }

    /// Atoms up to the end or to a bracket that closes.
    fn group(&mut self, depth: usize) -> Option<Vec<(&'static Element, Count)>> {
        let mut atoms = Vec::new();
        while let Some(c) = self.peek() {
            if c == ')' {
                break;
            }
            self.at += 1;
            let inner = if c == '(' {
                let inner = self.group(depth + 1).filter(|_| depth < DEEPEST)?;
                self.at += usize::from(self.peek()? == ')');
                inner
            } else {
                vec![(self.symbol(c)?, (rational::whole(1), rational::whole(1)))]
            };
            let times = self.count();
            atoms.extend(inner.into_iter().map(|(element, (low, high))| (element, (low * &times.0, high * &times.1))));
        }
        Some(atoms)
    }

    /// The element whose symbol begins with a capital that has been read.
    fn symbol(&mut self, capital: char) -> Option<&'static Element> {
        let two = self.peek().filter(char::is_ascii_lowercase).map(|small| format!("{capital}{small}"));
        if let Some(two) = two {
            self.at += 1;
            return element(&two);
        }
        element(&capital.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_molar_masses_of_the_search_are_those_of_the_atoms() {
        let formulas = [
            ("sodium chloride", "Na1Cl1"),
            ("potassium chloride", "K1Cl1"),
            ("sodium hydroxide", "NaO1H"),
            ("hydrochloric acid", "H1Cl"),
            ("glucose", "C6H12O6"),
            ("sucrose", "C12H22O11"),
            ("urea", "CH4N2O"),
            ("ethanol", "C2H6O"),
            ("methanol", "CH4O"),
            ("acetone", "C3H6O"),
            ("glycerol", "C3H8O3"),
            ("methane", "CH4"),
            ("ammonia", "NH3"),
            ("carbon dioxide", "CO2"),
        ];
        let known: Vec<(&str, f64)> = crate::search::molar_masses().collect();
        assert_eq!(known.len(), formulas.len());
        for (name, formula) in formulas {
            let (_, mass) = known.iter().find(|(own, _)| *own == name).expect(name);
            let (low, high) = Formula::parse(formula).expect(formula).span(Masses::Weights).expect(formula);
            assert!(low <= mass + 0.005 && mass - 0.005 <= high, "{name}: {mass}, {low} to {high}");
        }
    }

    #[test]
    fn formulas_weigh_what_they_do() {
        for (text, weight, isotope) in [
            ("C12H10N2O", 198.225, 198.0793),
            ("C₁₈H₁₇FeNS", 335.246, 335.0431),
            ("Mg3NF3", 143.916, 142.9532),
            ("C6H12O6·0.5H2O", 189.164, 189.0689),
            ("[Ru(NH3)6]Cl3", 309.609, 308.9716),
            ("CuSO4·5H2O", 249.682, 248.9338),
        ] {
            let formula = Formula::parse(text).expect(text);
            for (masses, expected) in [(Masses::Weights, weight), (Masses::Isotopes, isotope)] {
                let (low, high) = formula.span(masses).expect(text);
                assert!(low - 2e-3 < expected && expected < high + 2e-3, "{text} {low} {high}");
            }
        }
    }

    #[test]
    fn words_and_other_signs_are_no_formulas() {
        for text in [
            "NO",
            "CO",
            "IN",
            "H2",
            "Table2",
            "C12H10Xx2",
            "C12H10(",
            "(C12H10",
            "12",
            "",
            "C-12H3",
            "·",
            "He said",
            "C27H55CI",
            "C16H28O2 C16H30O2",
        ] {
            assert!(Formula::parse(text).is_none(), "{text}");
        }
    }
}
