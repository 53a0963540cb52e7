//! `MD101`: values against the one program over their neighbours that they follow from, or that a single slip keeps them from.

use std::collections::BTreeMap;

use crate::derive::{Evidence, Expression, Operation, Outcome, Proposal, Proposals, Relation, Verdict};
use crate::document::TextRange;
use crate::extract::{Mentions, Quantity, QuantityIx};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};
use crate::search::{
    Beyond, Enclosure, Expectation, FARTHEST, Limits, Program, Ranker, Scene, Source, Value, ValueKind, Values, Window,
    operand, programs, slips,
};

use super::{LEAST_CONFIDENCE, in_thousandths, in_words};

rule! {
    /// # MD101 searched-value
    ///
    /// ## What it checks
    ///
    /// Values in running text, captions and notes for which no other rule knows what they follow from. A search tries the sums,
    /// differences, products, quotients, shares and changes of up to three values in the same sentence and up to two sentences
    /// around it in the paragraph. Where these give nothing, it takes what the sentence and its neighbours name without printing it:
    /// the one value that the paper gives a noun elsewhere ("a body weight of 60 kg", "a total of 1,204 participants"), the days of
    /// a year where both "daily" and "annual" stand there, and the molar mass of a substance. It does not see the value that it
    /// looks for.
    ///
    /// ## Why it matters
    ///
    /// Authors say what follows from what in more ways than rules can list. Where one of a few fitting calculations gives a value
    /// to three digits, chance is no explanation; where it gives ten times the value, or the value with two digits
    /// exchanged, that is worth a look.
    ///
    /// ## How it is derived
    ///
    /// Every program whose units and kinds of values give those of the stated value is counted. E says how many of them a value
    /// that has nothing to do with its neighbours would be expected to hit. What a program gives is proposed where it meets the
    /// stated value with E below 0.03; or, where none meets it, where one does once a single slip is undone (a power of ten, a
    /// factor between units of time, two digits exchanged), with every slip of every program counted into E.
    ///
    /// ## When it stays silent
    ///
    /// - Another rule has judged the value.
    /// - The value has one digit and no unit, is a bound or an approximation, or belongs to a test or an interval.
    /// - More than eight numbers stand in the sentence, or more programs fit than are tried.
    /// - Nothing fits, or so many programs were tried that one would fit by chance.
    /// - A noun has several values in the paper, or the passage gives it one itself: what it names is then not looked up.
    /// - A slip would have to be undone, and the words hardly speak of the calculation: the ranker gives it less than a fifth.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 16,110 kg at the quay.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,611 kg at the quay.
    /// ```
    ///
    /// ## Limits
    ///
    /// That one of a few programs comes near a value by a slip proves no slip: what it finds is a note. It weighs more only where a
    /// ranker, which sees the words and not the value, is at least 0.8 sure of the program, and the value has three digits or more.
    /// Over a value that stands elsewhere in the paper it stays a note.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Karlin and Altschul 1990, *Proceedings of the National Academy of Sciences* 87:2264: <https://doi.org/10.1073/pnas.87.6.2264>
    pub struct SearchedValue {
        code: "MD101",
        name: "searched-value",
        summary: "a value is one slip away from what its neighbours give",
        family: Derivations,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1073/pnas.87.6.2264"],
    }
}

/// Above this expectation a hit is no evidence: below it nine of ten are real (`rederive search decoys`).
pub const MOST_EXPECTED: f64 = 0.03;

/// The paper, and who is asked which program it means.
struct Asked<'p> {
    mentions: &'p Mentions,
    context: RuleContext<'p>,
    ranker: Ranker,
    beyond: Beyond,
}

/// The value of a window, with what its programs give.
struct Sought<'w> {
    window: &'w Window,
    value: &'w Value,
    printed: &'w Quantity,
    derived: Vec<(&'w Program, Enclosure)>,
}

impl Sought<'_> {
    /// The expectation with a number of slips tried on each program.
    fn expectation(&self, slips: u32) -> Expectation {
        Expectation::new(
            self.derived.iter().map(|(_, enclosure)| *enclosure),
            slips,
            self.value.enclosure,
            self.value.grain,
        )
    }

    /// The nearest program that gives one of the values, among those that `may` be taken: the fewest operands, then those in the
    /// fewest sentences.
    fn nearest(&self, targets: &[Enclosure], may: impl Fn(&Program) -> bool) -> Option<&Program> {
        let fits = |enclosure: &Enclosure| targets.iter().any(|target| target.meets(*enclosure));
        let hits = self.derived.iter().filter(|(_, enclosure)| fits(enclosure)).map(|(program, _)| *program);
        let hits = hits.filter(|program| may(program));
        hits.min_by_key(|program| {
            let operands = || program.operands.iter().filter_map(|at| self.window.operands.get(*at));
            let far = operands().filter(|operand| !operand.source.is_here()).count();
            (program.operands.len(), far, operands().map(|operand| operand.distance).sum::<usize>(), *program)
        })
    }

    /// The program to propose with its expectation, and whether a slip has to be undone for it.
    fn best(&self) -> Option<(&Program, Expectation, bool)> {
        let own = self.value.enclosure;
        if let Some(program) = self.nearest(&[own], |_| true) {
            let expectation = self.expectation(1);
            return (expectation.0 < MOST_EXPECTED).then_some((program, expectation, false));
        }
        let has_time = |kind: ValueKind| kind.dimension().has_time();
        let timed = has_time(self.value.kind) || self.window.operands.iter().any(|one| has_time(one.value.kind));
        slips(self.printed.first().amount.value(), timed).into_iter().find_map(|family| {
            let expectation = self.expectation(family.chances);
            let targets: Vec<Enclosure> = family.ratios.iter().map(|ratio| own.scaled(*ratio)).collect();
            // A program with a power of ten in it gives what is a power of ten away from its other operands anyway.
            let scaled = |at: &usize| self.window.operands.get(*at).is_some_and(|one| one.value.is_power_of_ten());
            let program = self.nearest(&targets, |program| !program.operands.iter().any(scaled));
            let program = program.filter(|_| expectation.0 < MOST_EXPECTED)?;
            Some((program, expectation, true))
        })
    }

    /// How sure the ranker is that the text means a program, in thousandths. It sees the words, and not the value.
    fn confidence(&self, program: &Program, asked: &Asked<'_>) -> u16 {
        let scene = Scene::of(asked.context.document, asked.context.index, asked.mentions, self.window);
        let shares = asked.ranker.shares(&scene, self.window, &self.derived);
        let place = self.derived.iter().position(|(own, _)| *own == program);
        let share = place.and_then(|at| shares.get(at)).copied().unwrap_or_default();
        in_thousandths(share)
    }

    fn proposal(&self, program: &Program, expectation: Expectation, asked: &Asked<'_>) -> Option<Proposal> {
        let mentions = asked.mentions;
        let mut operands = Vec::new();
        let mut terms = Vec::new();
        // What stands elsewhere in the paper is no part of the passage.
        let mut quote = self.printed.range;
        for at in &program.operands {
            let candidate = self.window.operands.get(*at)?;
            quote = quote.hull(candidate.range);
            if let Source::Known(known) = candidate.source {
                terms.push(known.expression());
                continue;
            }
            let quantity = mentions.quantities.get(candidate.source.quantity()?.0)?;
            terms.push(Expression::operand(operands.len()));
            operands.push(operand(&format!("value {}", operands.len() + 1), quantity));
        }
        let stated = operands.len();
        operands.push(operand("stated value", self.printed));
        let relation = Relation::equal(program.form.over(&terms), Expression::operand(stated));
        let mut innocent = vec!["the values may have nothing to do with each other".to_owned()];
        let here = program.operands.iter().all(|at| self.window.operands[*at].source.is_here());
        if !here {
            innocent.push("a noun may mean another value here than the paper gives it elsewhere".to_owned());
        }
        Some(Proposal {
            // That a noun means the value which the paper gives it elsewhere is likely, and no more.
            operation: if here { Operation::Implied } else { Operation::Likely },
            needs_cause: true,
            evidence: Some(Evidence {
                expectation: expectation.millionths(),
                confidence: self.confidence(program, asked),
                digits: self.printed.first().amount.value().telling_digits().len(),
                support: None,
            }),
            innocent,
            quote,
            ..Proposal::new(SearchedValue::METADATA.code, operands, stated, relation)
        })
    }
}

/// What is proposed for a value.
struct Found {
    /// The rank of the program's form.
    rank: u8,
    /// Whether a slip has to be undone.
    slipped: bool,
    proposal: Proposal,
}

/// The proposal for the target of a window.
fn propose_in(window: &Window, values: &Values, asked: &Asked<'_>) -> Option<Found> {
    let found = programs(window, &Limits::default());
    if found.cut {
        return None;
    }
    let target = window.target.quantity;
    let (value, printed) = (values.get(target)?, asked.mentions.quantities.get(target.0)?);
    let sought = Sought { window, value, printed, derived: found.derived(window) };
    let (program, expectation, slipped) = sought.best()?;
    let proposal = sought.proposal(program, expectation, asked)?;
    let confidence = proposal.evidence.map_or(0, |evidence| evidence.confidence);
    let rank = program.form.rank();
    (!slipped || confidence >= LEAST_CONFIDENCE).then_some(Found { rank, slipped, proposal })
}

/// The proposal for a value: over what stands near by, else over what stands farther away, else over what its passage names. What
/// gives the value as it is printed goes before what a slip keeps from it.
fn propose_for(target: QuantityIx, values: &Values, asked: &Asked<'_>) -> Option<Found> {
    let around = |reach| Window::around(asked.mentions, values, target, reach);
    let near = (1..=FARTHEST).find_map(|reach| propose_in(&around(reach)?, values, asked));
    if near.as_ref().is_some_and(|found| !found.slipped) {
        return near;
    }
    let window = Window::beyond(asked.mentions, values, &asked.beyond, target);
    let named = window.and_then(|window| propose_in(&window, values, asked));
    match (near, named) {
        (Some(near), Some(named)) => Some(if named.slipped { near } else { named }),
        (near, named) => near.or(named),
    }
}

impl Rule for SearchedValue {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let values = Values::of(mentions);
        let beyond = Beyond::of(context.document, context.index, mentions, &values);
        let asked = Asked { mentions, context, ranker: Ranker::shipped(), beyond };
        // The same values in another order say the same again.
        let mut told: BTreeMap<Vec<TextRange>, (u8, Proposal)> = BTreeMap::new();
        for (target, _) in values.iter() {
            let Some(Found { rank, proposal, .. }) = propose_for(target, &values, &asked) else { continue };
            let ranges = proposal.operand_ranges();
            if told.get(&ranges).is_none_or(|(other, _)| rank < *other) {
                told.insert(ranges, (rank, proposal));
            }
        }
        proposals.list.extend(told.into_values().map(|(_, proposal)| proposal));
    }

    fn yields(&self) -> bool {
        true
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let evidence = proposal.evidence.unwrap_or_default();
        let (expected, likely) = in_words(&evidence);
        let flagged = matches!(outcome.verdict, Verdict::Inconsistent(_));
        let look = if flagged { "; look whether this is the calculation that the text means" } else { "" };
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: format!(
                "found by a search that did not see the stated value; a value without any relation to its neighbours would meet \
                 {expected} of the calculations that it tried (E-value); that the text means this one is {likely} likely to the \
                 built-in ranker{look}"
            ),
        }
    }
}
