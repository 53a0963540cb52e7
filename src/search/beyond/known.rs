//! Values that a paper need not print: how many days a week has, the molar mass of a substance, Avogadro's constant.
//!
//! Each has a source and is taken only where the passage names what it is of. Conversions between units of one dimension
//! need none: values are held in coherent SI.

use crate::arithmetic::Dimension;
use crate::derive::Expression;
use crate::search::scene::stem;
use crate::search::{Constant, Enclosure, Value, ValueKind};

use super::pieces::Placed;

/// A value with its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// How many of a unit of time the next one has.
    Period(Constant),
    /// The molar mass of a substance, by its place in the table.
    MolarMass(usize),
    /// Particles of a mole.
    Avogadro,
}

/// Where the table of molar masses comes from.
const WEIGHTS: &str = "standard atomic weights, IUPAC 2021, abridged to four digits";

/// Substances: their names in lower case, and their molar mass in g/mol to two decimals.
const SUBSTANCES: [(&[&str], &str); 14] = [
    (&["nacl", "sodium chloride"], "58.44"),
    (&["kcl", "potassium chloride"], "74.55"),
    (&["naoh", "sodium hydroxide"], "40.00"),
    (&["hcl", "hydrochloric acid"], "36.46"),
    (&["glucose"], "180.16"),
    (&["sucrose"], "342.30"),
    (&["urea"], "60.06"),
    (&["ethanol"], "46.07"),
    (&["methanol"], "32.04"),
    (&["acetone"], "58.08"),
    (&["glycerol"], "92.09"),
    (&["methane"], "16.04"),
    (&["ammonia"], "17.03"),
    (&["carbon dioxide"], "44.01"),
];

/// The periods of time with the words for them, in the singular, each with its place.
const PERIODS: [(u8, &[&str]); 6] = [
    (0, &["minute"]),
    (1, &["hour", "hourly"]),
    (2, &["day", "daily"]),
    (3, &["week", "weekly"]),
    (4, &["month", "monthly"]),
    (5, &["year", "yearly", "annual", "annually", "annum"]),
];

/// Pairs of periods with how many of the first the second has.
const RATIOS: [(u8, u8, Constant); 5] = [
    (0, 1, Constant::Sixty),
    (1, 2, Constant::Day),
    (2, 3, Constant::Week),
    (4, 5, Constant::Dozen),
    (2, 5, Constant::Year),
];

/// The printed molar mass of a substance in g/mol, by a name in lower case: for tests that weigh its atoms.
#[cfg(test)]
pub fn molar_masses() -> impl Iterator<Item = (&'static str, f64)> {
    SUBSTANCES.iter().filter_map(|(names, mass)| Some((*names.last()?, mass.parse().ok()?)))
}

impl Known {
    /// What it is, and the values that it can have, in coherent SI.
    pub(super) fn value(self) -> Value {
        let (kind, enclosure) = self.kind_and_enclosure();
        Value { kind, enclosure, grain: enclosure.width(), digits: 3, bounded: false }
    }

    fn kind_and_enclosure(self) -> (ValueKind, Enclosure) {
        match self {
            Self::Period(constant) => (ValueKind::Count, Enclosure::point(constant.value())),
            Self::MolarMass(at) => {
                let grams: f64 = SUBSTANCES.get(at).and_then(|(_, mass)| mass.parse().ok()).unwrap_or_default();
                let enclosure = Enclosure { lo: (grams - 0.005) * 1e-3, hi: (grams + 0.005) * 1e-3 };
                (ValueKind::Measured(Dimension::MASS.over(Dimension::AMOUNT)), enclosure)
            }
            Self::Avogadro => {
                (ValueKind::Measured(Dimension::ONE.over(Dimension::AMOUNT)), Enclosure::point(6.022_140_76e23))
            }
        }
    }

    /// It with its source, for the evaluator.
    pub fn expression(self) -> Expression {
        match self {
            Self::Period(constant) => Expression::constant(constant.written(), constant.source()),
            Self::MolarMass(at) => {
                let (names, mass) = SUBSTANCES.get(at).copied().unwrap_or_default();
                let name = names.last().copied().unwrap_or_default();
                let range = format!("range({}, {mass}5)", below(mass));
                let source = format!("molar mass of {name}: {WEIGHTS}");
                let unit = Expression::constant("1 g/mol", "its unit");
                Expression::call("*", [Expression::constant(&range, &source), unit])
            }
            Self::Avogadro => {
                Expression::constant("6.02214076e23 mol^-1", "Avogadro constant: the SI since 2019, exact")
            }
        }
    }
}

/// Half a hundredth less than a number with two decimals: "58.435" of "58.44".
fn below(mass: &str) -> String {
    let hundredths: u64 =
        mass.bytes().filter(u8::is_ascii_digit).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let thousandths = (hundredths * 10).saturating_sub(5);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// What a passage names of all this: the periods of time and the substances, each with a place among the pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cues {
    /// The periods, as places of [`PERIODS`], with the piece that names each first.
    periods: Vec<(u8, usize)>,
    /// What is named outright.
    named: Vec<(Known, usize)>,
}

impl Cues {
    /// The cues of a sentence.
    pub(super) fn of(pieces: &[Placed]) -> Self {
        let mut cues = Self::default();
        for (at, word) in pieces.iter().enumerate().filter_map(|(at, placed)| Some((at, placed.word()?))) {
            let next = pieces.get(at + 1).and_then(Placed::word);
            let is = |name: &str| match name.strip_prefix(word) {
                Some("") => true,
                Some(rest) => rest.strip_prefix(' ').is_some_and(|second| next == Some(second)),
                None => false,
            };
            if word == "avogadro" {
                cues.named.push((Known::Avogadro, at));
            }
            let begins = |(names, _): &(&[&str], &str)| {
                names.iter().any(|name| name.as_bytes().first() == word.as_bytes().first())
            };
            let substance = SUBSTANCES.iter().position(|own| begins(own) && own.0.iter().any(|name| is(name)));
            cues.named.extend(substance.map(|place| (Known::MolarMass(place), at)));
            // A word and its singular begin alike, and hardly any word begins as one of these.
            let begins = |known: &&str| known.as_bytes().get(..2) == word.as_bytes().get(..2);
            if !PERIODS.iter().flat_map(|(_, words)| words.iter()).any(begins) {
                continue;
            }
            let singular = stem(word);
            let period = PERIODS.iter().find(|(_, words)| words.contains(&singular.as_str()));
            cues.periods.extend(period.map(|(place, _)| (*place, at)));
        }
        cues
    }

    /// Whether nothing is named.
    pub(super) fn is_empty(&self) -> bool {
        self.periods.is_empty() && self.named.is_empty()
    }

    /// The values that these cues name together with those of the other sentences of a passage, each with its piece here: of two
    /// periods one is named here and the other anywhere.
    pub(super) fn named<'c>(&'c self, others: &'c [&'c Self]) -> impl Iterator<Item = (Known, usize)> + 'c {
        let anywhere = |period: u8| others.iter().any(|cues| cues.periods.iter().any(|(own, _)| *own == period));
        let pairs = self.periods.iter().flat_map(move |(own, at)| {
            let other = RATIOS.iter().filter_map(move |(a, b, constant)| match () {
                () if a == own => Some((*b, *constant)),
                () if b == own => Some((*a, *constant)),
                () => None,
            });
            other.filter(move |(period, _)| anywhere(*period)).map(|(_, constant)| (Known::Period(constant), *at))
        });
        self.named.iter().copied().chain(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn molar_masses_are_what_prints_as_the_table() {
        assert_eq!(
            (below("58.44"), below("40.00"), below("180.16")),
            ("58.435".into(), "39.995".into(), "180.155".into())
        );
    }
}
