//! The language of one passage: which derivations can be written over its values, and reading them.
//!
//! Few values and flat brackets: what a sentence says is short, and a longer derivation hits more by chance. A unit is part of
//! its value, so the numbers by which units are converted are there only where nothing has one.

use serde::{Deserialize, Serialize};

use crate::search::ValueKind;

use super::kinds::FormulaKind;
use super::tree::{Constant, Formula, Operator};

/// The most values and constants of a derivation.
pub const MOST_LEAVES: usize = 5;

/// The most brackets within one another.
pub const MOST_BRACKETS: usize = 2;

/// What is written where no derivation is meant.
pub const NONE: &str = "none";

/// The most characters that are read.
const LONGEST: usize = 120;

/// The most different dimensions of the values: of more, too many derivations fit any target.
const MOST_DIMENSIONS: usize = 6;

/// The derivations of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Language {
    /// What the derivation is to give.
    pub target: ValueKind,
    /// What the values `q1`, `q2`, … are.
    pub values: Vec<ValueKind>,
}

impl Language {
    /// Whether there are few enough dimensions for the target's to say something.
    pub fn tells(&self) -> bool {
        let mut kinds = self.values.clone();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len() <= MOST_DIMENSIONS
    }

    /// The constants that may be used.
    pub fn constants(&self) -> impl Iterator<Item = Constant> + use<> {
        let all = || self.values.iter().chain([&self.target]);
        let shares = all().any(|kind| *kind == ValueKind::Percentage);
        let measured = all().any(|kind| matches!(kind, ValueKind::Measured(_)));
        Constant::ALL.into_iter().filter(move |constant| match constant {
            Constant::Two => true,
            Constant::Whole => shares,
            _ => !measured,
        })
    }

    /// The values and constants with how they are written.
    pub fn leaves(&self) -> Vec<(String, Formula)> {
        let values = (0..self.values.len()).map(Formula::Value);
        let constants = self.constants().map(Formula::Constant);
        values.chain(constants).map(|leaf| (leaf.written(), leaf)).collect()
    }

    /// The kind of a derivation; `None` where it takes what there is not, or adds what is unlike.
    pub fn kind(&self, formula: &Formula) -> Option<FormulaKind> {
        match formula {
            Formula::Value(at) => self.values.get(*at).map(|kind| (*kind).into()),
            Formula::Constant(constant) => self.constants().any(|own| own == *constant).then(|| (*constant).into()),
            Formula::Call(operator, left, right) => self.kind(left)?.with(*operator, self.kind(right)?),
        }
    }

    /// The one writing of all that say the same as a derivation of the language; `None` where it says nothing: a part that cancels
    /// another can take the kind of the whole with it.
    pub fn canonical(&self, formula: &Formula) -> Option<Formula> {
        formula.canonical().filter(|own| self.fits(own))
    }

    fn fits(&self, formula: &Formula) -> bool {
        self.kind(formula).is_some_and(|kind| kind.gives(self.target))
    }

    /// Reads a derivation of the language; `None` for everything else, "none" included.
    pub fn read(&self, text: &str) -> Option<Formula> {
        if text.len() > LONGEST {
            return None;
        }
        let letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
        let mut reader = Reader { language: self, letters: &letters, at: 0 };
        let formula = reader.sum(MOST_BRACKETS)?;
        let short = (2..=MOST_LEAVES).contains(&formula.leaves());
        (reader.at == letters.len() && short && self.fits(&formula)).then_some(formula)
    }
}

/// Reads by descent; the brackets bound how deep.
struct Reader<'t> {
    language: &'t Language,
    letters: &'t [char],
    at: usize,
}

impl Reader<'_> {
    fn sum(&mut self, brackets: usize) -> Option<Formula> {
        let mut own = self.product(brackets)?;
        while let Some(operator) = self.operator(true) {
            own = Formula::call(operator, own, self.product(brackets)?);
        }
        Some(own)
    }

    fn product(&mut self, brackets: usize) -> Option<Formula> {
        let mut own = self.factor(brackets)?;
        while let Some(operator) = self.operator(false) {
            own = Formula::call(operator, own, self.factor(brackets)?);
        }
        Some(own)
    }

    fn factor(&mut self, brackets: usize) -> Option<Formula> {
        if self.letters.get(self.at) == Some(&'(') {
            self.at += 1;
            let own = self.sum(brackets.checked_sub(1)?)?;
            let closed = self.letters.get(self.at) == Some(&')');
            self.at += 1;
            return closed.then_some(own);
        }
        let rest = self.letters.get(self.at..)?;
        let word: String = rest.iter().take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '%').collect();
        self.at += word.len();
        self.language.leaves().into_iter().find(|(written, _)| *written == word).map(|(_, leaf)| leaf)
    }

    fn operator(&mut self, additive: bool) -> Option<Operator> {
        let mark = match self.letters.get(self.at)? {
            '\u{2212}' => '-',
            '\u{d7}' | '\u{b7}' => '*',
            '\u{f7}' => '/',
            mark => *mark,
        };
        let own = Operator::ALL.into_iter().find(|own| own.mark() == mark && own.is_additive() == additive)?;
        self.at += 1;
        Some(own)
    }
}
