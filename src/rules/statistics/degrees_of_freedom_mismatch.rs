//! `ST121`: the degrees of freedom of a test against the number of cases that is printed within it.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{
    Comparison, Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation, Variant,
};
use crate::extract::patterns::compile;
use crate::extract::{ConditionKind, Mentions, Reported, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

rule! {
    /// # ST121 degrees-of-freedom-mismatch
    ///
    /// ## What it checks
    ///
    /// The degrees of freedom of a t or of a correlation against the N that is printed in the same bracket or clause:
    /// "t(28, N = 30)", "r(48) = .30, p = .034, N = 50".
    ///
    /// ## Why it matters
    ///
    /// Degrees of freedom that the cases cannot give come from another analysis, from cases counted twice, or from a slip;
    /// each changes the p-value.
    ///
    /// ## How it is derived
    ///
    /// A t has N − 1 degrees of freedom for one sample or pairs and N − 2 for two groups, a correlation N − 2, and every
    /// covariate takes one away. So there are at most N − 1, whatever the design.
    ///
    /// ## When it stays silent
    ///
    /// - No N is printed within the result, or a small n, which may count one group.
    /// - The degrees of freedom have decimals.
    /// - The test is an F or χ², whose degrees of freedom a repeated measure may raise above N.
    ///
    /// It is undecided where the sentence speaks of trials, items, observations, of mixed or multilevel models, of repeated
    /// measures or corrected degrees of freedom, whose cases are not those of N; and where N itself may stand in the place
    /// of the degrees of freedom of a correlation.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Age went with speed, r(84) = .30, p = .005, N = 50.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Age went with speed, r(48) = .30, p = .034, N = 50.
    /// ```
    ///
    /// ## Limits
    ///
    /// Fewer degrees of freedom than N − 2 are never flagged: cases may be missing, covariates held constant.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Student 1908, *Biometrika* 6:1: <https://doi.org/10.1093/biomet/6.1.1>
    pub struct DegreesOfFreedomMismatch {
        code: "ST121",
        name: "degrees-of-freedom-mismatch",
        summary: "a test has more degrees of freedom than its cases give",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        needs: Text,
        references: ["https://doi.org/10.1093/biomet/6.1.1"],
    }
}

/// Words for analyses whose cases are more than those of N.
static MORE_CASES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:trials?|items?|stimul(?:i|us)|observations?|mixed|multi-?level|hierarchical|repeated|per\s+(?:group|condition|cell)|",
        r"each|blocks?|sessions?|pairs?|dyads?|couples?|pooled|random\s+(?:effects?|intercepts?))\b"
    ))
});

/// The number of cases and the degrees of freedom of a test, where both are whole and N is that of all cases.
fn pair<'m>(test: &'m TestStatistic, context: RuleContext<'_>) -> Option<(&'m Reported, &'m Reported)> {
    let n = test.n.as_ref()?;
    let df = test.degrees.first().filter(|_| test.degrees.len() == 1)?;
    let whole = |reported: &Reported| reported.readings.iter().all(|(_, _, printed)| printed.decimals == 0);
    let known = matches!(test.kind, TestKind::T | TestKind::R);
    // "N = 50", and not "n = 25", which may count one group.
    let before = crate::document::TextRange::new(n.range.start.saturating_sub(5), n.range.start);
    let capital = context.index.slice(&context.document.text, before).contains('N');
    (known && capital && whole(n) && whole(df)).then_some((df, n))
}

/// Why the cases of the analysis may be others than those of N.
fn doubt(test: &TestStatistic, mentions: &Mentions, context: RuleContext<'_>) -> Option<String> {
    let sentence = mentions.sentences.get(test.sentence)?.range;
    let words = context.index.slice(&context.document.text, sentence);
    let corrected = mentions
        .conditions
        .iter()
        .any(|condition| condition.kind == ConditionKind::CorrectedDegrees && condition.reach.overlaps(test.range));
    if MORE_CASES.as_ref().is_some_and(|pattern| pattern.is_match(words)) {
        Some("the cases of the analysis may be more than those of N".to_owned())
    } else if corrected {
        Some("corrected degrees of freedom are named in reach".to_owned())
    } else if test.shared_p {
        Some("several tests share the result".to_owned())
    } else {
        None
    }
}

impl Rule for DegreesOfFreedomMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for test in &mentions.statistics {
            let Some((df, n)) = pair(test, context) else { continue };
            let operands = vec![
                Operand::reported("number of cases", n, &OperandOptions::count()),
                Operand::reported("degrees of freedom", df, &OperandOptions::count()),
            ];
            let most = Expression::call("-", [Expression::operand(0), Expression::constant("1", "the mean")]);
            let at_least = |left: Expression| Relation { left, op: Comparison::AtLeast, right: Expression::operand(1) };
            let mut proposal = Proposal {
                operation: Operation::Assumed,
                innocent: vec!["an analysis of more cases than N counts".to_owned()],
                doubt: doubt(test, mentions, context),
                quote: test.range.hull(n.range),
                ..Proposal::new(Self::METADATA.code, operands, 1, at_least(most))
            };
            if test.kind == TestKind::R {
                let label = "N printed in the place of the degrees of freedom".to_owned();
                proposal.variants.push(Variant { label, relation: at_least(Expression::operand(0)) });
            }
            proposals.list.push(proposal);
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = format!("a number of cases of {}, less one,", wording::operand(proposal, 0));
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "degrees of freedom"),
            help: "look at the number of cases and the degrees of freedom, and at what was counted as a case"
                .to_owned(),
        }
    }
}
