//! The evaluator: the only place where a verdict is given (design: "when to say inconsistent", A1 to A9).

use crate::arithmetic::functions::{Precision, Refusal, comparable};
use crate::arithmetic::units::{Scale, Tags};
use crate::arithmetic::{End, Interval, Kind, RealSet, Value};

use super::cause;
use super::expression::{Comparison, Expression, Relation};
use super::literal::{self, Form};
use super::outcome::{Cause, Outcome, Sets, Strength, Verdict};
use super::print::{expression_text, relation_text};
use super::program::{self, Leaves};
use super::proposal::{OperandReading, Operation, Proposal};
use super::readings::{Assignment, assignments};

/// How much work one proposal may take; what is over it is undecided, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most combinations of readings and formulas.
    pub readings: usize,
    /// The most operands.
    pub operands: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { readings: 512, operands: 200 }
    }
}

/// Both sides of a relation under one reading.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    /// What follows.
    pub derived: Sets,
    /// What is printed.
    pub stated: Sets,
    /// The kinds of the derived and the stated side.
    pub kinds: (Kind, Kind),
}

impl Sides {
    fn meet_tightly(&self) -> bool {
        self.derived.tight.meets(&self.stated.tight)
    }

    fn meet_widely(&self) -> bool {
        self.derived.wide.meets(&self.stated.wide)
    }
}

/// Gives the verdict on a proposal.
pub fn evaluate(proposal: &Proposal, limits: &Limits) -> Outcome {
    if let Err(reason) = well_formed(proposal, limits) {
        return Outcome::not_checked(reason);
    }
    let mut outcome = Outcome::not_checked("");
    let run = Evaluation { proposal, limits };
    run.judge(&mut outcome);
    let mismatch = matches!(outcome.verdict, Verdict::Inconsistent(_));
    if proposal.needs_cause && mismatch && !cause::tells(&outcome) {
        let reason = "the text does not say the operation, and no single slip explains the mismatch";
        outcome.verdict = Verdict::Undecided { reason: reason.to_owned() };
        outcome.cause = None;
    }
    // A doubt keeps a mismatch from being held against the paper; what follows as printed follows all the same.
    let settled = matches!(outcome.verdict, Verdict::Consistent | Verdict::NotChecked { .. });
    if let (Some(doubt), false) = (&proposal.doubt, settled) {
        outcome.verdict = Verdict::Undecided { reason: doubt.clone() };
        outcome.cause = None;
    }
    outcome
}

fn well_formed(proposal: &Proposal, limits: &Limits) -> Result<(), String> {
    if proposal.variants.is_empty() || proposal.operands.iter().any(|operand| operand.readings.is_empty()) {
        return Err("a formula or a reading is missing".to_owned());
    }
    if proposal.operands.len() > limits.operands {
        return Err(format!("more than {} operands", limits.operands));
    }
    let formulas = proposal.variants.iter().chain(&proposal.suspects);
    for relation in formulas.map(|variant| &variant.relation) {
        if !program::is_shallow(&relation.left) || !program::is_shallow(&relation.right) {
            return Err(format!("the expression is nested more than {} deep", program::MAX_DEPTH));
        }
    }
    Ok(())
}

struct Evaluation<'p> {
    proposal: &'p Proposal,
    limits: &'p Limits,
}

/// What the readings beside the first say.
enum Others {
    /// One of them reconciles the sides, or cannot be evaluated, or there are too many.
    Open(String),
    /// None does.
    None,
}

impl<'p> Evaluation<'p> {
    fn leaves(&self, assignment: &Assignment) -> Vec<&'p OperandReading> {
        let pairs = self.proposal.operands.iter().zip(assignment);
        pairs.map(|(operand, reading)| &operand.readings[*reading]).collect()
    }

    fn judge(&self, outcome: &mut Outcome) {
        let formulas = self.proposal.variants.len();
        let readings = assignments(self.proposal, (self.limits.readings / formulas).max(1));
        let relation = &self.proposal.variants[0].relation;
        let first = self.leaves(&readings.list[0]);
        let stepped = self.stepped(relation, &first);
        outcome.relation = relation_words(&stepped, &first);
        outcome.readings_tried = 1;
        let sides = sides(&stepped, &first);
        if let Ok(sides) = &sides {
            outcome.derived = sides.derived.clone();
            outcome.stated = sides.stated.clone();
        }
        let fit = sides.and_then(|sides| compatible(relation, &sides).map(|()| sides));
        match fit {
            Ok(sides) if sides.meet_tightly() => outcome.verdict = Verdict::Consistent,
            Ok(sides) => match self.others(&readings.list, readings.complete, outcome) {
                Others::Open(reason) => outcome.verdict = Verdict::Undecided { reason },
                Others::None => self.disagree(&sides, &first, outcome),
            },
            Err(refusal) if refusal.is_kind() => self.mismatch(&readings.list, &refusal, outcome),
            Err(refusal) => outcome.verdict = Verdict::NotChecked { reason: refusal.to_string() },
        }
    }

    /// The relation with its inner steps widened, where the text states the arithmetic.
    fn stepped(&self, relation: &Relation, leaves: &Leaves<'_>) -> Relation {
        if self.proposal.operation != Operation::Stated {
            return relation.clone();
        }
        Relation {
            left: program::with_rounded_steps(&relation.left, leaves),
            op: relation.op,
            right: program::with_rounded_steps(&relation.right, leaves),
        }
    }

    /// Tries every open reading but the first.
    fn others(&self, list: &[Assignment], complete: bool, outcome: &mut Outcome) -> Others {
        let mut unevaluated = None;
        for (formula, variant) in self.proposal.variants.iter().enumerate() {
            for (at, assignment) in list.iter().enumerate() {
                if formula == 0 && at == 0 {
                    continue;
                }
                outcome.readings_tried += 1;
                let leaves = self.leaves(assignment);
                let stepped = self.stepped(&variant.relation, &leaves);
                let tried = sides(&stepped, &leaves).and_then(|sides| compatible(&stepped, &sides).map(|()| sides));
                match tried {
                    Ok(sides) if sides.meet_tightly() || sides.meet_widely() => {
                        return Others::Open(self.describe(assignment, formula));
                    }
                    Err(refusal) if !refusal.is_kind() => {
                        unevaluated.get_or_insert_with(|| {
                            format!("{} cannot be evaluated: {refusal}", self.describe(assignment, formula))
                        });
                    }
                    // A reading whose kinds do not fit reconciles nothing.
                    Ok(_) | Err(_) => {}
                }
            }
        }
        if !complete {
            return Others::Open("too many readings".to_owned());
        }
        unevaluated.map_or(Others::None, Others::Open)
    }

    /// Words for a reading: the formula's label and every operand that is not read as in the first.
    fn describe(&self, assignment: &Assignment, formula: usize) -> String {
        let mut words = Vec::new();
        if formula > 0 {
            words.push(self.proposal.variants[formula].label.clone());
        }
        for (operand, reading) in self.proposal.operands.iter().zip(assignment).filter(|(_, reading)| **reading > 0) {
            words.push(format!("{} as {}", operand.role, operand.readings[*reading].literal));
        }
        format!("another reading: {}", words.join(", "))
    }

    fn disagree(&self, sides: &Sides, leaves: &Leaves<'_>, outcome: &mut Outcome) {
        if sides.meet_widely() {
            outcome.verdict = if self.proposal.approximate {
                let reason = "an approximate word stands by, and a habit of rounding reconciles the sides";
                Verdict::Undecided { reason: reason.to_owned() }
            } else {
                Verdict::Inconsistent(Strength::RoundingHabit)
            };
            return;
        }
        outcome.verdict = Verdict::Inconsistent(Strength::Disjoint);
        outcome.cause = cause::name(self.proposal, sides, leaves);
    }

    /// A mismatch of kinds: an inconsistency only where the units of all operands are certain, under every reading.
    fn mismatch(&self, list: &[Assignment], refusal: &Refusal, outcome: &mut Outcome) {
        let undecided = |why: &str| Verdict::Undecided { reason: format!("unit: {why}") };
        let certain = self.proposal.units_certain && !outcome.derived.tight.is_empty();
        let never_fits = self.proposal.variants.iter().all(|variant| {
            list.iter().all(|assignment| {
                outcome.readings_tried += 1;
                let leaves = self.leaves(assignment);
                sides(&variant.relation, &leaves).is_ok_and(|sides| compatible(&variant.relation, &sides).is_err())
            })
        });
        if !certain || !never_fits || self.proposal.approximate {
            outcome.verdict = undecided(&refusal.to_string());
            return;
        }
        outcome.verdict = Verdict::Inconsistent(Strength::Disjoint);
        outcome.cause = Some(Cause { name: "dimension".to_owned(), factor: None, words: refusal.to_string() });
    }
}

/// The relation of one reading as text.
fn relation_words(relation: &Relation, leaves: &Leaves<'_>) -> String {
    let leaf = |ix: super::OperandIx| leaves.get(ix.0).map_or_else(String::new, |reading| reading.literal.clone());
    let half_line = match (relation.op, &relation.right) {
        (Comparison::Equal, Expression::Operand(ix)) => leaves.get(ix.0).and_then(|reading| bound_of(&reading.literal)),
        _ => None,
    };
    match half_line {
        // "= below(0.05)" is what "< 0.05" says.
        Some((op, bound)) => {
            format!("{} {} {bound}", expression_text(&relation.left, &leaf), op.sign())
        }
        None => relation_text(relation, &leaf),
    }
}

/// The comparator and the number of a literal that is a half-line.
fn bound_of(literal: &str) -> Option<(Comparison, &str)> {
    let forms = [
        (Form::Below, Comparison::Less),
        (Form::AtMost, Comparison::AtMost),
        (Form::Above, Comparison::Greater),
        (Form::AtLeast, Comparison::AtLeast),
    ];
    forms.into_iter().find_map(|(form, op)| {
        let bound = literal.strip_prefix(form.name()?)?.strip_prefix('(')?.strip_suffix(')')?;
        Some((op, bound))
    })
}

/// Both sides of a relation, tight and wide.
pub(super) fn sides(relation: &Relation, leaves: &Leaves<'_>) -> Result<Sides, Refusal> {
    let derived_tight = program::run(&relation.left, leaves, Precision::Tight)?;
    let derived_wide = program::run(&relation.left, leaves, Precision::Wide)?;
    let stated_tight = stated(relation, leaves, Precision::Tight)?;
    let stated_wide = stated(relation, leaves, Precision::Wide)?;
    Ok(Sides {
        kinds: (derived_tight.kind, stated_tight.kind),
        derived: Sets { tight: derived_tight.set, wide: derived_wide.set },
        stated: Sets { tight: stated_tight.set, wide: stated_wide.set },
    })
}

/// The stated side as a set that the derived side must meet: with a comparator, a half-line.
fn stated(relation: &Relation, leaves: &Leaves<'_>, precision: Precision) -> Result<Value, Refusal> {
    let value = program::run(&relation.right, leaves, precision)?;
    let bound = match &relation.right {
        // The bound of a printed comparator is the number itself, not what rounds to it.
        Expression::Operand(ix) if relation.op != Comparison::Equal && relation.op != Comparison::In => {
            leaves.get(ix.0).and_then(|reading| point_of(reading)).unwrap_or_else(|| value.set.clone())
        }
        _ => value.set.clone(),
    };
    let set = allowed(relation.op, &bound)?;
    Ok(Value { set, ..value })
}

/// The number of a plain literal as a point.
fn point_of(reading: &OperandReading) -> Option<RealSet> {
    let (_, number) = literal::leading_number(&reading.literal)?;
    Some(reading.unit.to_si(&RealSet::point(number.point())))
}

/// All values that stand in the relation to some number of the set.
fn allowed(op: Comparison, set: &RealSet) -> Result<RealSet, Refusal> {
    let hull = set.hull().ok_or_else(|| Refusal::Domain("the stated side has no value".to_owned()))?;
    let line = |end: &End, closed: bool, line: fn(crate::arithmetic::Rational, bool) -> Interval| match end {
        End::Unbounded => Interval::all(),
        End::Open(value) => line(value.clone(), false),
        End::Closed(value) => line(value.clone(), closed),
    };
    Ok(match op {
        Comparison::Equal | Comparison::In => set.clone(),
        Comparison::Less => line(hull.hi(), false, Interval::below).into(),
        Comparison::AtMost => line(hull.hi(), true, Interval::below).into(),
        Comparison::Greater => line(hull.lo(), false, Interval::above).into(),
        Comparison::AtLeast => line(hull.lo(), true, Interval::above).into(),
    })
}

/// Refuses sides that cannot be compared; ratios of two different stated kinds (by mass, by volume) are such.
///
/// A temperature in kelvin compares with a point of a scale where it is itself printed; a difference does not.
fn compatible(relation: &Relation, sides: &Sides) -> Result<(), Refusal> {
    let (derived, stated) = (&sides.kinds.0, &sides.kinds.1);
    comparable(derived, stated)?;
    let printed = |side: &Expression| match side {
        Expression::Call { function, arguments } if function == "in" => {
            arguments.first().is_some_and(|value| value.as_operand().is_some())
        }
        other => other.as_operand().is_some(),
    };
    let mixed = match (derived.scale, stated.scale) {
        (Scale::Linear, Scale::Point) => !printed(&relation.left),
        (Scale::Point, Scale::Linear) => !printed(&relation.right),
        _ => false,
    };
    if mixed {
        return Err(Refusal::Kind("a difference of temperatures and a temperature as a point of a scale".to_owned()));
    }
    let ratios = |tags: &Tags| -> Vec<(String, i8)> {
        tags.iter().filter(|(axis, _)| axis.starts_with(Tags::RATIO)).map(|(a, e)| (a.to_owned(), e)).collect()
    };
    let (left, right) = (ratios(&derived.tags), ratios(&stated.tags));
    if left.is_empty() || right.is_empty() || left == right {
        Ok(())
    } else {
        Err(Refusal::Kind(format!("ratios of different kinds: {} and {}", derived.tags, stated.tags)))
    }
}
