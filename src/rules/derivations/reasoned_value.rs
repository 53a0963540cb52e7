//! `MD102`: values against the program that a reasoning model read in the text, without having seen the value.

use std::collections::BTreeSet;

use crate::derive::{Evidence, Expression, Operation, Outcome, Proposal, Proposals, Relation, Support, Verdict};
use crate::document::TextRange;
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};
use crate::search::{
    Enclosure, Expectation, FARTHEST, Program, Proposed, Ranker, Scene, Selection, Value, Values, Window, operand,
    programs, slips,
};

use super::{LEAST_CONFIDENCE, in_thousandths, in_words};

rule! {
    /// # MD102 reasoned-value
    ///
    /// ## What it checks
    ///
    /// Values in running text for which neither a rule nor the search of `MD101` proposed anything, in a run with `--model` or
    /// `--replay`. The model reads the passage with the value hidden and chooses, of the sums, products, shares and other programs
    /// over the values around it, the one that the words mean, or none. Where no program fits, or the ranker holds that hardly any is
    /// meant, and the words before the value say that it follows ("thus", "a total of", "="), the model writes the derivation itself. What it proposes is evaluated
    /// exactly.
    ///
    /// ## Why it matters
    ///
    /// A reasoning model reads what a sentence means better than a list of phrases does. It computes badly and is sure too easily, so
    /// it is asked for the derivation alone: it never sees the value, and it gives no verdict.
    ///
    /// ## How it is derived
    ///
    /// The programs are enumerated and typed as in `MD101`; the 24 that the built-in ranker holds for the likeliest are the options.
    /// With `--votes N` each vote sees them in another order, and voting stops where the rest can change nothing. Four of five votes
    /// for one program, and three at least, are agreement.
    ///
    /// A derivation of the model's own writing takes at most five values and constants, `+ - * /` and brackets, and gives the dimension
    /// of the value: a grammar leaves a model on this machine nothing else to write, and what a server answers is read by the same
    /// grammar. Constants are 2, 100 % where shares are spoken of, and 7, 12, 24, 60, 365 and 1000 where nothing has a unit. Votes on
    /// it are drawn, the first excepted, and derivations that differ by the order of terms and factors are one.
    ///
    /// ## When it stays silent
    ///
    /// - A rule or the search has proposed something for the value.
    /// - The model chooses none, gives no answer that is an option or of the grammar, or its votes fall apart.
    /// - What the model wrote gives a value that one of its own operands prints already.
    /// - No single slip explains a mismatch, unless the votes agree and the built-in ranker gives their program a fifth or more, too.
    /// - No model is asked: a run without `--model` or `--replay` does not have this rule.
    ///
    /// ## Example (flagged)
    ///
    /// In the examples the built-in ranker stands for the model.
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
    /// A model may read a derivation that nobody meant. So a finding is a note where one vote stands behind it and a warning at most
    /// where votes agree, and it never changes what another rule says.
    ///
    /// ## Options
    ///
    /// `--votes`, `--budget`.
    ///
    /// ## References
    ///
    /// - Wang et al. 2023, votes of a model as its confidence: <https://doi.org/10.48550/arXiv.2203.11171>
    pub struct ReasonedValue {
        code: "MD102",
        name: "reasoned-value",
        summary: "a value does not follow from the derivation that a model reads in the text",
        family: Derivations,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.48550/arXiv.2203.11171"],
    }
}

/// A selection with what it is about.
struct Chosen<'p> {
    mentions: &'p Mentions,
    context: RuleContext<'p>,
    values: &'p Values,
    selection: &'p Selection,
}

impl Chosen<'_> {
    fn proposal(&self) -> Option<Proposal> {
        let Self { mentions, values, selection, .. } = self;
        let value = values.get(selection.target)?;
        let mut operands = Vec::new();
        let mut enclosures = Vec::new();
        for quantity in &selection.operands {
            let printed = mentions.quantities.get(quantity.0)?;
            enclosures.push(values.get(*quantity)?.enclosure);
            operands.push(operand(&format!("value {}", operands.len() + 1), printed));
        }
        if operands.len() != selection.program.arity() {
            return None;
        }
        let stated = operands.len();
        let target = mentions.quantities.get(selection.target.0)?;
        operands.push(operand("stated value", target));
        let places: Vec<usize> = (0..stated).collect();
        let relation = Relation::equal(selection.program.expression(&places), Expression::operand(stated));
        let quote = operands.iter().map(|operand| operand.range).reduce(TextRange::hull)?;
        let derived = selection.program.of(&enclosures)?;
        if matches!(selection.program, Proposed::Written(_)) && self.repeats(value, derived) {
            return None;
        }
        let confidence = self.confidence();
        let agreed = selection.votes.agree();
        Some(Proposal {
            operation: Operation::Implied,
            needs_cause: !(agreed && confidence >= LEAST_CONFIDENCE),
            evidence: Some(Evidence {
                expectation: self.expectation(value, derived)?,
                confidence,
                digits: target.first().amount.value().telling_digits().len(),
                support: Some(Support {
                    agreeing: selection.votes.agreeing,
                    votes: selection.votes.cast,
                    options: selection.options,
                    agreed,
                }),
            }),
            innocent: vec!["the text may mean another derivation, or none".to_owned()],
            quote,
            ..Proposal::new(ReasonedValue::METADATA.code, operands, stated, relation)
        })
    }

    /// Whether what is derived cannot be told from an operand of the target's kind: it says nothing then that is not printed. The
    /// search leaves such programs out before it lists any.
    fn repeats(&self, target: &Value, derived: Enclosure) -> bool {
        let mut operands = self.selection.operands.iter().filter_map(|quantity| self.values.get(*quantity));
        operands.any(|own| own.kind == target.kind && own.enclosure.meets(derived))
    }

    /// How often a value that has nothing to do with its neighbours would be met by this one program, in millionths: as it is
    /// printed, or else with all slips that a mismatch is held against.
    fn expectation(&self, value: &Value, derived: Enclosure) -> Option<u64> {
        let chances = if value.enclosure.meets(derived) {
            1
        } else {
            let printed = self.mentions.quantities.get(self.selection.target.0)?.first().amount.value();
            slips(printed, true).iter().map(|family| family.chances).sum()
        };
        Some(Expectation::new([derived], chances, value.enclosure, value.grain).millionths())
    }

    /// How sure the built-in ranker is of the program, in thousandths; 0 where it does not find it, as of what was written.
    fn confidence(&self) -> u16 {
        let Proposed::Listed(form) = self.selection.program else { return 0 };
        let asked = (1..=FARTHEST).find_map(|reach| {
            let window = Window::around(self.mentions, self.values, self.selection.target, reach)?;
            let place = |quantity| window.operands.iter().position(|own| own.source.quantity() == Some(quantity));
            let operands: Option<Vec<usize>> = self.selection.operands.iter().map(|own| place(*own)).collect();
            Some((Program { form, operands: operands? }, window))
        });
        let Some((program, window)) = asked else { return 0 };
        let found = programs(&window, &crate::search::Limits::default());
        let derived = found.derived(&window);
        let scene = Scene::of(self.context.document, self.context.index, self.mentions, &window);
        let shares = Ranker::shipped().shares(&scene, &window, &derived);
        let own = derived.iter().position(|(other, _)| **other == program).and_then(|at| shares.get(at));
        in_thousandths(own.copied().unwrap_or_default())
    }
}

impl Rule for ReasonedValue {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        if context.selections.is_empty() {
            return;
        }
        let values = Values::of(mentions);
        // The same values in another order say the same again: of "a + b = c" and "c - b = a" the first is told.
        let mut chosen: Vec<&Selection> = context.selections.iter().collect();
        chosen.sort_by_key(|selection| (selection.program.rank(), selection.target));
        let mut told: BTreeSet<Vec<TextRange>> = BTreeSet::new();
        for selection in chosen {
            let proposal = Chosen { mentions, context, values: &values, selection }.proposal();
            let Some(proposal) = proposal else { continue };
            if told.insert(proposal.operand_ranges()) {
                proposals.list.push(proposal);
            }
        }
        proposals.list.sort_by_key(|proposal| proposal.quote);
    }

    fn yields(&self) -> bool {
        true
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let evidence = proposal.evidence.unwrap_or_default();
        let (expected, likely) = in_words(&evidence);
        let flagged = matches!(outcome.verdict, Verdict::Inconsistent(_));
        let look = if flagged { "; look whether this is the derivation that the text means" } else { "" };
        let support = evidence.support.unwrap_or_default();
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: format!(
                "proposed by a reasoning model that did not see the stated value, by {} of {} for {}; a value \
                 without any relation to its neighbours would meet it {expected} times (E-value); that the text means it is {likely} \
                 likely to the built-in ranker{look}",
                support.agreeing,
                if support.votes == 1 { "1 vote".to_owned() } else { format!("{} votes", support.votes) },
                match support.options {
                    0 => "this one of its own writing".to_owned(),
                    1 => "this one of 1 derivation or none".to_owned(),
                    options => format!("this one of {options} derivations or none"),
                }
            ),
        }
    }
}
