//! `ST140`: measures of a diagnostic test or a classifier against the counts or the other measures that are printed with them.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Comparison, Expression, Operand, Operation, Outcome, Proposal, Proposals, Relation, Variant};
use crate::document::TextRange;
use crate::extract::Mentions;
use crate::extract::patterns::{compile, is_match};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, binding, wording};

use super::diagnostics::{Formula, Found, Measure, each_line, each_passage, formulas};

rule! {
    /// # ST140 diagnostic-measure-mismatch
    ///
    /// ## What it checks
    ///
    /// Sensitivity (recall), specificity, predictive values (precision), accuracy, balanced accuracy, Youden's index, F1,
    /// likelihood ratios and the diagnostic odds ratio, in text and in the rows and columns of tables: against the true and
    /// false positives and negatives that are printed with them, or against the measures that they follow from.
    ///
    /// ## Why it matters
    ///
    /// These numbers decide whether a test is used. They are copied into reviews one by one, and a slip in one is not seen there.
    ///
    /// ## How it is derived
    ///
    /// From counts: TP / (TP + FN), TN / (TN + FP), TP / (TP + FP), TN / (TN + FN), (TP + TN) / all, 2 TP / (2 TP + FP + FN) and what
    /// follows from these. From measures: LR+ = sensitivity / (1 − specificity), LR− = (1 − sensitivity) / specificity, balanced accuracy
    /// = their mean, J = their sum less one, the diagnostic odds ratio = LR+ / LR−, F1 = the harmonic mean of precision and recall.
    /// Accuracy lies between sensitivity and specificity, however many have the condition.
    ///
    /// F1 and likelihood ratios of averages are not the averages of F1 and likelihood ratios. As the harmonic mean is concave, an average of
    /// F1 over classes, folds or runs is at most the harmonic mean of the averages; a smaller one stays open.
    ///
    /// ## When it stays silent
    ///
    /// - A measure has two values in the sentence, or in the columns under one heading: they are of two tests.
    /// - A value is printed as a range, as a bound or with ±.
    /// - The counts are named by the rows and columns of a table of two by two, whose orientation is seldom said.
    ///
    /// It is undecided where numbers are pooled, averaged, weighted, adjusted or cross-validated; where F1 or an accuracy stands in a
    /// table or in a paper on learning machines that does not say that there are two classes; where one half was added to each count.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The strip had a sensitivity of 90% and a specificity of 80%, with a positive likelihood ratio of 9.0.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The strip had a sensitivity of 90% and a specificity of 80%, with a positive likelihood ratio of 4.5.
    /// ```
    ///
    /// ## Limits
    ///
    /// Predictive values are not derived from sensitivity, specificity and a prevalence.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Deeks and Altman 2004, *BMJ* 329:168: <https://doi.org/10.1136/bmj.329.7458.168>
    pub struct DiagnosticMeasureMismatch {
        code: "ST140",
        name: "diagnostic-measure-mismatch",
        summary: "a diagnostic measure does not follow from the counts or measures beside it",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1136/bmj.329.7458.168"],
    }
}

/// Words for numbers that were put together from several tests, folds or models, or moved away from the counts.
static AVERAGED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:pool(?:ed|ing)|summary\s+(?:estimate|sensitivit|specificit|point|measure)|meta-?analy\w+|bivariate|hierarchical|HSROC|SROC|",
        r"average[ds]?|averaging|mean|median|macro|micro|weighted|adjusted|corrected|imput\w+|bootstrap\w*|optimism|",
        r"cross-?\s?validat\w+|(?:\d+|five|ten|three|k)[\s-]?folds?|leave-one-out|LOOCV|per[\s-](?:lesion|segment|eye|vessel|image|slice)|",
        r"extrapolat\w+|simulat\w+|assum\w+|standardi[sz]ed|bayes\w*|latent\s+class|range[ds]?|respectively\s+for)\b"
    ))
});

/// Words for averages that hold for the whole paper.
static AVERAGED_THROUGHOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:cross-?\s?validat\w+|(?:\d+|five|ten|three|k)[\s-]folds?|leave-one-out|LOOCV|macro[\s-]?(?:averag\w+|F1|precision)|",
        r"weighted[\s-](?:averag\w+|F1|precision|recall)|systematic\s+review|meta-?analy(?:sis|tic|ses)|bootstrap\w*)\b"
    ))
});

/// Words of papers in which there may be more than two classes.
static LEARNING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:machine\s+learning|deep\s+learning|neural\s+networks?|random\s+forests?|support\s+vector|classifiers?|multi-?\s?class|",
        r"multinomial|fine-?tun\w+|embeddings?|language\s+models?|epochs?|training\s+set|training\s+data)\b"
    ))
});

/// Words for two classes.
static BINARY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:binary|two[\s-]class|2-class|one\s+class|single\s+class|positive\s+class|dichotom\w+)\b")
});

/// What the words around values say of them.
#[derive(Clone, Copy, Debug)]
struct Setting {
    /// Whether they may be averages, pooled or adjusted.
    averaged: bool,
    /// Whether there may be more than two classes: in tables, and in papers on learning machines.
    many_classes: bool,
    /// Whether two classes are named.
    binary: bool,
}

impl Setting {
    /// Why a value that does not follow may be right all the same.
    fn doubt(self, measure: Measure, formula: &Formula) -> Option<&'static str> {
        let of_counts = formula.needs.iter().all(|need| need.is_count());
        let classes = matches!(measure, Measure::F1 | Measure::Accuracy) && !of_counts;
        if self.averaged && !formula.is_linear {
            Some("the numbers may be averaged, pooled or adjusted")
        } else if classes && !self.binary && self.many_classes {
            Some("it is not said that there are two classes, and the numbers may be averages over classes")
        } else {
            None
        }
    }
}

/// Each measure with the first formula whose operands are printed.
fn bind(found: &[Found]) -> Vec<(Found, Formula, Vec<Found>)> {
    let find = |measure: &Measure| found.iter().find(|one| one.measure == *measure).copied();
    let bound = |stated: &Found| {
        formulas(stated.measure).into_iter().find_map(|formula| {
            let operands: Vec<Found> = formula.needs.iter().map(find).collect::<Option<_>>()?;
            Some((*stated, formula, operands))
        })
    };
    found.iter().filter_map(bound).collect()
}

/// The proposal for one measure.
fn propose_one(
    (stated, formula, needed): &(Found, Formula, Vec<Found>),
    setting: Setting,
    operation: Operation,
    mentions: &Mentions,
) -> Option<Proposal> {
    let mut operands: Vec<Operand> = needed.iter().map(|one| one.operand(mentions)).collect::<Option<_>>()?;
    if stated.measure == Measure::F1 {
        // Where F1 is printed, the other two have the names of retrieval.
        let renamed = |role: &str| match role {
            "positive predictive value" => "precision".to_owned(),
            "sensitivity" => "recall".to_owned(),
            other => other.to_owned(),
        };
        for operand in &mut operands {
            operand.role = renamed(&operand.role);
        }
    }
    operands.push(stated.operand(mentions)?);
    let at = operands.len() - 1;
    let of_counts = needed.iter().all(|one| one.measure.is_count());
    let derived = |half: bool| {
        let added = |value: Expression| {
            if half {
                Expression::call("+", [value, Expression::constant("0.5", "one half added to each count")])
            } else {
                value
            }
        };
        let values: Vec<Expression> = needed.iter().enumerate().map(|(at, one)| added(one.value(at))).collect();
        let value = (formula.of)(&values);
        // A percentage without its sign is compared as printed.
        let hundred = || Expression::constant("100", "per cent");
        if stated.hundredths { Expression::call("*", [value, hundred()]) } else { value }
    };
    let relation = |left: Expression, op: Comparison| Relation { left, op, right: Expression::operand(at) };
    let variant = |label: &str, relation: Relation| Variant { label: label.to_owned(), relation };
    let mut variants = vec![variant("", relation(derived(false), Comparison::Equal))];
    if of_counts {
        variants.push(variant("one half added to each count", relation(derived(true), Comparison::Equal)));
    }
    if stated.measure == Measure::F1 && !of_counts && !setting.binary {
        variants.push(variant("averages over classes, folds or runs", relation(derived(false), Comparison::AtLeast)));
    }
    let ranges = operands.iter().map(|operand| operand.range);
    let quote = ranges.reduce(TextRange::hull).unwrap_or_default();
    let near = needed.iter().chain([stated]).filter_map(|one| binding::quantity(mentions, one.at));
    let by_measures = matches!(stated.measure, Measure::Accuracy | Measure::F1) && !of_counts;
    Some(Proposal {
        code: DiagnosticMeasureMismatch::METADATA.code.to_owned(),
        operands,
        stated: at,
        variants,
        suspects: Vec::new(),
        units_certain: false,
        // Between which values an accuracy lies is a bound, and holds only where all are of the same people; F1 beside
        // precision and recall may be the best one over thresholds.
        operation: if by_measures { Operation::Assumed } else { operation },
        approximate: near.into_iter().any(|quantity| quantity.approximate),
        innocent: vec!["numbers of different thresholds, readers or groups".to_owned()],
        doubt: setting.doubt(stated.measure, formula).map(str::to_owned),
        needs_cause: false,
        evidence: None,
        levels: Vec::new(),
        quote,
    })
}

impl Rule for DiagnosticMeasureMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let paper = context.document.text.as_str();
        let mut throughout: Option<(bool, bool)> = None;
        let mut setting = |words: &str, in_table: bool| {
            let (averaged, learning) = *throughout.get_or_insert_with(|| {
                (is_match(AVERAGED_THROUGHOUT.as_ref(), paper), is_match(LEARNING.as_ref(), paper))
            });
            Setting {
                averaged: averaged || is_match(AVERAGED.as_ref(), words),
                many_classes: learning || in_table,
                binary: is_match(BINARY.as_ref(), words),
            }
        };
        let mut found = Vec::new();
        each_passage(mentions, context, &mut |passage| {
            let words = context.index.slice(&context.document.text, passage.range);
            let operation = if passage.together { Operation::Implied } else { Operation::Assumed };
            for bound in bind(&passage.found) {
                found.extend(propose_one(&bound, setting(words, false), operation, mentions));
            }
        });
        each_line(mentions, context, &mut |line| {
            for bound in bind(&line.found) {
                let own = propose_one(&bound, setting(&line.words, true), Operation::Implied, mentions);
                found.extend(own.filter(|proposal| line.range.overlaps(proposal.quote)));
            }
        });
        found.sort_by_key(|proposal| proposal.operands.get(proposal.stated).map(|operand| operand.range));
        proposals.list.extend(found);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let named = |at: usize| {
            let role = proposal.operands.get(at).map_or("", |operand| operand.role.as_str());
            format!("{role} {}", wording::operand(proposal, at))
        };
        let parts: Vec<String> = (0..proposal.stated).map(named).collect();
        let role = proposal.operands.get(proposal.stated).map_or("", |operand| operand.role.as_str());
        let joined = match parts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        };
        Prose {
            message: wording::message_with(proposal, outcome, &joined, role),
            help: "look at the counts and measures, and whether all are of the same test and threshold".to_owned(),
        }
    }
}
