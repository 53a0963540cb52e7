//! What is chosen for a value, by whom, and what it cost: the same for the built-in ranker and for models.

use crate::document::{Document, TextIndex};
use crate::extract::{Mentions, QuantityIx};
use crate::score::ranking::REACH;
use crate::search::{Form, Formula, Limits, Program, Ranker, Scene, Values, Window, programs};

/// A paper with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'p> {
    /// The paper.
    pub document: &'p Document,
    /// The offsets of its text.
    pub index: &'p TextIndex,
    /// What was found in it.
    pub mentions: &'p Mentions,
    /// The values that programs can take.
    pub values: &'p Values,
}

/// A program over quantities of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The form.
    pub form: Form,
    /// The quantities in the order of the form's letters.
    pub operands: Vec<QuantityIx>,
}

impl Chosen {
    /// A program of a window.
    pub fn of(program: &Program, window: &Window) -> Self {
        let operands = program.operands.iter().filter_map(|at| window.operands.get(*at));
        Self { form: program.form, operands: operands.filter_map(|operand| operand.source.quantity()).collect() }
    }
}

/// How many of the votes on a value agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// For the choice.
    pub agreeing: u32,
    /// All that were cast.
    pub cast: u32,
}

/// What is chosen for a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The programs to choose from.
    pub tried: Vec<Chosen>,
    /// The likeliest of them, by index; nothing where there was none to choose from or none was named.
    pub best: Option<usize>,
    /// How sure the choice is: of the ranker the share of the program, of a model that of the votes. Nothing without a program.
    pub confidence: Option<f64>,
    /// Whether it is held for likelier that the value follows from none of them.
    pub none: bool,
    /// The votes of a model.
    pub votes: Option<Agreement>,
    /// What was written, where there was nothing to choose from and a derivation was asked for.
    pub written: Option<Written>,
    /// The tokens that were read and written.
    pub tokens: u64,
}

/// An answer that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The derivation; nothing for "none" and for what is no answer.
    pub formula: Option<Formula>,
    /// The quantities that its values stand for.
    pub operands: Vec<QuantityIx>,
}

/// Whoever chooses.
pub trait Chooser {
    /// The choice for a value. Its number is not looked at.
    fn choose(&mut self, paper: Paper<'_>, target: QuantityIx) -> Choice;
}

impl Chooser for &Ranker {
    fn choose(&mut self, paper: Paper<'_>, target: QuantityIx) -> Choice {
        let nothing = Choice { none: true, ..Choice::default() };
        let Some(window) = Window::around(paper.mentions, paper.values, target, REACH) else { return nothing };
        let found = programs(&window, &Limits::default());
        // Nothing may be said of a window whose programs were cut off.
        let derived = if found.cut { Vec::new() } else { found.derived(&window) };
        let scene = Scene::of(paper.document, paper.index, paper.mentions, &window);
        let tried: Vec<Chosen> = derived.iter().map(|(program, _)| Chosen::of(program, &window)).collect();
        let Some(best) = self.best(&scene, &window, &derived) else { return Choice { tried, ..nothing } };
        let none = self.shares(&scene, &window, &derived).last().is_some_and(|share| *share > best.confidence);
        Choice { tried, best: Some(best.program), confidence: Some(best.confidence), none, ..Choice::default() }
    }
}
