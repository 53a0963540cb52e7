//! A passage of the corpus put before a chooser, and its derivations before the evaluator.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::derive::{Outcome, Replay, ReplayError, replay};
use crate::document::{Document, TextIndex, TextRange};
use crate::extract::{self, Mentions, QuantityIx};
use crate::read::{self, ReadLimits};
use crate::search::{Formula, Values, operand};

use super::choice::{Chooser, Chosen, Paper, Written};
use super::derivation::Derivation;
use super::score::AnsweredWindow;
use super::written::WrittenWindow;

/// A passage as the reader sees it, with the quantities at its marks.
#[derive(Debug)]
pub struct Placed {
    document: Document,
    index: TextIndex,
    mentions: Mentions,
    values: Values,
    target: QuantityIx,
    letters: BTreeMap<char, QuantityIx>,
}

/// Why a passage cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlacedError {
    /// It cannot be read.
    #[error("the passage cannot be read: {0}")]
    Read(String),
    /// At a mark stands no quantity, or more than one.
    #[error("{found} quantities stand at the mark `{mark}`")]
    Mark {
        /// What stands at the mark.
        mark: String,
        /// How many quantities.
        found: usize,
    },
}

impl Placed {
    /// Reads a passage as a paper of its own.
    pub fn new(window: &WrittenWindow) -> Result<Self, PlacedError> {
        let document = read::read(window.text.as_bytes(), &ReadLimits::default())
            .map_err(|error| PlacedError::Read(error.to_string()))?;
        let mentions = extract::extract(&document);
        let at = |mark: TextRange| {
            let all = mentions.quantities.iter().enumerate();
            let found: Vec<usize> =
                all.filter(|(_, quantity)| quantity.number.overlaps(mark)).map(|(at, _)| at).collect();
            if let [one] = found[..] {
                return Ok(QuantityIx(one));
            }
            let mark = window.text.chars().skip(mark.start).take(mark.len()).collect();
            Err(PlacedError::Mark { mark, found: found.len() })
        };
        let target = at(window.target)?;
        let letters = window
            .letters
            .iter()
            .map(|(letter, mark)| Ok((*letter, at(*mark)?)))
            .collect::<Result<_, PlacedError>>()?;
        let values = Values::of(&mentions);
        let index = TextIndex::new(&document.text);
        Ok(Self { document, index, mentions, values, target, letters })
    }

    /// The passage for a chooser.
    pub const fn paper(&self) -> Paper<'_> {
        Paper { document: &self.document, index: &self.index, mentions: &self.mentions, values: &self.values }
    }

    /// The value in question.
    pub const fn target(&self) -> QuantityIx {
        self.target
    }

    /// A quantity as `rederive eval` reads it.
    fn literal(&self, quantity: QuantityIx) -> String {
        let reading =
            self.mentions.quantities.get(quantity.0).and_then(|own| operand("", own).readings.into_iter().next());
        reading.map_or_else(String::new, |reading| reading.literal)
    }

    /// The relation of a derivation and the value, as `rederive eval --printed` reads it.
    pub fn relation(&self, derivation: &Derivation) -> String {
        let derived =
            derivation.over(|letter| self.letters.get(&letter).map_or_else(String::new, |at| self.literal(*at)));
        format!("{derived} = {}", self.literal(self.target))
    }

    /// What the evaluator says of that relation.
    pub fn outcome(&self, derivation: &Derivation) -> Result<Option<Outcome>, ReplayError> {
        Ok(match replay(&self.relation(derivation), true)? {
            Replay::Outcome(outcome) => Some(*outcome),
            Replay::Value { .. } => None,
        })
    }

    /// Whether a program says the same as a derivation.
    fn says(&self, chosen: &Chosen, derivation: &Derivation) -> bool {
        let order: Vec<usize> = (0..chosen.operands.len()).collect();
        let names = self.names(&chosen.operands);
        names.is_some_and(|names| derivation.says(&chosen.form.expression(&order), &names))
    }

    /// Whether what was written says the same as a derivation.
    fn writes(&self, written: &Written, derivation: &Derivation) -> bool {
        let Some(formula) = &written.formula else { return false };
        // Letters are asked for the values that are used alone: others may have none.
        let used = formula.values();
        let operands: Option<Vec<QuantityIx>> = used.iter().map(|at| written.operands.get(*at).copied()).collect();
        let Some(names) = operands.and_then(|operands| self.names(&operands)) else { return false };
        let place = |at: usize| used.iter().position(|own| *own == at);
        let order: Vec<usize> = (0..names.len()).collect();
        formula.over(&place).is_some_and(|formula| derivation.says(&formula.expression(&order), &names))
    }

    /// The letters of some quantities. A value that stands twice in the passage is one value.
    fn names(&self, operands: &[QuantityIx]) -> Option<Vec<char>> {
        let same = |a: QuantityIx, b: QuantityIx| {
            let (one, other) = (self.values.get(a), self.values.get(b));
            a == b || one.zip(other).is_some_and(|(a, b)| a.kind == b.kind && a.enclosure == b.enclosure)
        };
        let lettered = |operand: &QuantityIx| {
            self.letters.iter().find(|(_, own)| same(**own, *operand)).map(|(letter, _)| *letter)
        };
        operands.iter().map(lettered).collect()
    }

    /// A program over the printed numbers.
    fn written(&self, chosen: &Chosen) -> String {
        let printed = |at: &QuantityIx| {
            self.mentions
                .quantities
                .get(at.0)
                .map_or("", |own| self.index.slice(&self.document.text, own.number).trim())
        };
        let operands: Vec<&str> = chosen.operands.iter().map(printed).collect();
        format!("{} [{}]", chosen.form.name(), operands.join(" "))
    }
}

/// Puts a passage before a chooser. `name` says in tables where the passage is from.
pub fn answered(window: &WrittenWindow, name: &str, chooser: &mut dyn Chooser) -> Result<AnsweredWindow, PlacedError> {
    let placed = Placed::new(window)?;
    let choice = chooser.choose(placed.paper(), placed.target);
    let is_meant =
        |chosen: &Chosen| window.derivation.as_ref().is_some_and(|derivation| placed.says(chosen, derivation));
    let best = choice.best.and_then(|best| choice.tried.get(best));
    let by_writing = choice.written.as_ref();
    let wrote = |written: &Written| window.derivation.as_ref().is_some_and(|own| placed.writes(written, own));
    let taken = |written: &Written| written.formula.as_ref().map_or_else(String::new, Formula::written);
    let target: String = window.text.chars().skip(window.target.start).take(window.target.len()).collect();
    Ok(AnsweredWindow {
        name: format!("{name} {target}"),
        drawn: "written".to_owned(),
        meant: window.derivation.as_ref().map(|derivation| placed.relation(derivation)),
        enumerated: choice.tried.iter().any(is_meant),
        right: best.is_some_and(is_meant) || by_writing.is_some_and(wrote),
        taken: by_writing.map_or_else(|| best.map_or_else(String::new, |best| placed.written(best)), taken),
        written: by_writing.is_some(),
        none: choice.none,
        confidence: choice.confidence,
        votes: choice.votes,
        tokens: choice.tokens,
    })
}
