//! `ST132`: a standardised mean difference against the means and standard deviations of its two groups.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Rational, rational};
use crate::derive::{
    Comparison, Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation, Variant,
};
use crate::document::TextRange;
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::{
    Comparator, EffectKind, Measure, Mentions, Reported, SpreadKind, Summary, TestKind, TestStatistic,
};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::designs;
use super::groups::{self, equal};

rule! {
    /// # ST132 effect-from-means
    ///
    /// ## What it checks
    ///
    /// Cohen's d or Hedges' g of two groups whose means and standard deviations are printed with it: in the row of a table
    /// whose columns are the groups, or in a sentence with one test ("M = 7.1, SD = 1.2 … M = 6.0, SD = 1.3, t(48) = 3.11, d = 0.88").
    ///
    /// ## Why it matters
    ///
    /// Effect sizes go into meta-analyses as they are printed. A standard error taken for a standard deviation makes d several
    /// times as large, and nobody who reads d alone can see it.
    ///
    /// ## How it is derived
    ///
    /// d is the difference of the means over a standard deviation: the pooled one where the sizes are printed, else the root of
    /// the mean of both variances. The deviation of one group alone (Glass's Δ) and, with sizes that are not printed, every
    /// pooled one lie between the two. Hedges' correction makes it smaller. The d of pairs is the mean difference over the
    /// deviation of the differences, which is at most the sum of both deviations, so that d is at least the difference over
    /// that sum. All numbers are everything that prints as their digits.
    ///
    /// ## When it stays silent
    ///
    /// - Other means than those of the two groups stand in the row or the sentence, or two effect sizes or tests.
    /// - Standard errors stand behind the means and no sizes are printed.
    ///
    /// It is undecided where the groups may be pairs and d is larger than the means allow for two groups, where the deviation of
    /// one group explains it, where means are adjusted or a model with more terms is named, and where it is not said that the
    /// numbers behind the means are standard deviations.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// In an independent-samples t test recall was better with cues (M = 7.10, SD = 1.20, n = 25) than without (M = 6.00, SD = 1.30, n = 25), t(48) = 3.11, p = .003, d = 4.40.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// In an independent-samples t test recall was better with cues (M = 7.10, SD = 1.20, n = 25) than without (M = 6.00, SD = 1.30, n = 25), t(48) = 3.11, p = .003, d = 0.88.
    /// ```
    ///
    /// ## Limits
    ///
    /// Pairs are only bounded from below, as their correlation is hardly ever printed. Levels are warnings at most, as the text
    /// seldom says by which formula an effect size was computed.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Lakens 2013, *Frontiers in Psychology* 4:863: <https://doi.org/10.3389/fpsyg.2013.00863>
    pub struct EffectFromMeans {
        code: "ST132",
        name: "effect-from-means",
        summary: "an effect size does not follow from the means and deviations of its groups",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.3389/fpsyg.2013.00863"],
    }
}

/// The heading of a column of standardised differences, on one line or two.
static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?:Effect\s+sizes?,?\s*[\(\[]?\s*)?(?:Cohen(?:['’]?s)?\s+d|d|(?P<g>(?:Hedges(?:['’]s?)?\s*)?g))s?[\)\]]?(?:\s*[\(\[,;]?\s*(?:95\s?%\s*)?CIs?\s*[\)\]]?)?$",
    )
});

/// Words for two groups of different people.
static INDEPENDENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:independent(?:[\s-]samples?)?\s+t|two[\s-]samples?\s+t|unpaired|between[\s-](?:subjects?|groups?|participants?))",
    )
});

/// Words for pairs or one sample.
static PAIRED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:paired|dependent[\s-]samples?|one[\s-]sample|single[\s-]sample|within[\s-]|repeated|matched)")
});

/// The operands' places: mean, spread and, where they are printed, size of each group; then the effect size.
#[derive(Clone, Debug)]
struct Two {
    operands: Vec<Operand>,
    sized: bool,
    kind: SpreadKind,
    sizes: Vec<Rational>,
}

impl Two {
    /// The operands of two groups; `None` where one lacks its deviation.
    fn of(summaries: &[&Summary; 2]) -> Option<Self> {
        let complete = summaries.iter().all(|summary| summary.size.is_some());
        let kind = summaries[0].spread.as_ref()?.kind;
        let (mut operands, mut of_group) = (Vec::new(), Vec::new());
        for (at, summary) in summaries.iter().enumerate() {
            let spread = summary.spread.as_ref().filter(|spread| spread.kind == kind)?;
            let of = |what: &str| format!("{what} of group {}", at + 1);
            let printed = OperandOptions::printed();
            operands.push(Operand::reported(&of("mean"), &summary.mean, &printed));
            operands.push(Operand::reported(&of("standard deviation"), &spread.value, &printed));
            if let Some(size) = summary.size.as_ref().filter(|_| complete) {
                of_group.push(size.printed()?.point());
                operands.push(Operand::reported(&of("size"), size, &OperandOptions::count()));
            }
        }
        let enough = of_group.iter().all(|size| *size >= rational::whole(2));
        (kind != SpreadKind::Error && enough).then_some(Self { operands, sized: complete, kind, sizes: of_group })
    }

    const fn step(&self) -> usize {
        if self.sized { 3 } else { 2 }
    }

    fn mean(&self, group: usize) -> Expression {
        Expression::operand(self.step() * group)
    }

    fn spread(&self, group: usize) -> Expression {
        Expression::operand(self.step() * group + 1)
    }

    /// d by the deviation of both groups together.
    fn together(&self) -> Expression {
        let all = (0..2 * self.step()).map(Expression::operand);
        Expression::call(if self.sized { "d_pooled" } else { "d_average" }, all)
    }

    /// d by every deviation from that of one group to that of the other.
    fn by_either(&self) -> Expression {
        let by = |group: usize| Expression::call("d_glass", [self.mean(0), self.mean(1), self.spread(group)]);
        Expression::call("between", [by(0), by(1)])
    }

    /// n₁ + n₂ − 2, where the sizes are printed.
    fn degrees(&self) -> Option<Rational> {
        let [first, second] = self.sizes.as_slice() else { return None };
        Some(first + second - rational::whole(2))
    }

    /// d with Hedges' correction; without sizes the correction of ten degrees of freedom and more.
    fn corrected(&self, d: Expression) -> Expression {
        if let Some(degrees) = self.degrees() {
            let degrees = Expression::constant(&degrees.to_string(), "the degrees of freedom of both groups");
            Expression::call("g_hedges", [d, degrees])
        } else {
            let factor =
                Expression::constant("range(0.92, 1)", "Hedges' correction with ten degrees of freedom and more");
            Expression::call("*", [d, factor])
        }
    }

    /// The least d that pairs can have: the difference over the sum of both deviations.
    fn least_of_pairs(&self) -> Expression {
        let sum = Expression::call("+", [self.spread(0), self.spread(1)]);
        let difference = Expression::call("-", [self.mean(0), self.mean(1)]);
        Expression::call("/", [Expression::call("abs", [difference]), sum])
    }
}

/// An effect size with its groups.
struct Bound {
    two: Two,
    effect: Reported,
    corrected: bool,
    independent: bool,
    doubt: Option<&'static str>,
    quote: TextRange,
}

impl Bound {
    fn proposal(self, code: &str) -> Option<Proposal> {
        if self.effect.comparator != Comparator::Equal {
            return None;
        }
        let at = self.two.operands.len();
        let stated = || Expression::call("abs", [Expression::operand(at)]);
        let magnitude = |d: Expression| Expression::call("abs", [d]);
        let (plain, corrected) = (self.two.together(), self.two.corrected(self.two.together()));
        let mut variants = vec![
            equal("", magnitude(plain), stated()),
            equal("Hedges' correction", magnitude(corrected), stated()),
            equal("the deviation of one group, or another mean of both", magnitude(self.two.by_either()), stated()),
            equal("that with Hedges' correction", magnitude(self.two.corrected(self.two.by_either())), stated()),
        ];
        if self.corrected {
            variants.swap(0, 1);
            variants[0].label.clear();
            "no correction".clone_into(&mut variants[1].label);
        }
        if !self.independent {
            let relation = Relation { left: self.two.least_of_pairs(), op: Comparison::AtMost, right: stated() };
            variants.push(Variant { label: "pairs, whose correlation is not printed".to_owned(), relation });
        }
        let unsaid = (self.two.kind == SpreadKind::Unsaid)
            .then_some("it is not said that the numbers behind the means are standard deviations");
        let mut operands = self.two.operands;
        operands.push(Operand::reported("stated effect size", &self.effect, &OperandOptions::printed()));
        let relation = variants.first()?.relation.clone();
        Some(Proposal {
            variants,
            operation: Operation::Assumed,
            innocent: vec!["an effect size by another formula, or of other people than the means are of".to_owned()],
            doubt: self.doubt.or(unsaid).map(str::to_owned),
            quote: self.quote,
            ..Proposal::new(code, operands, at, relation)
        })
    }
}

/// The effect size of a sentence with one test between two means.
fn in_sentence(
    summaries: &[&Summary],
    tests: &[&TestStatistic],
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Option<Bound> {
    let ([first, second], [test]) = (summaries, tests) else { return None };
    let mut sized = test.effects.iter().filter(|effect| matches!(effect.kind, EffectKind::D | EffectKind::G));
    let effect = sized.next().filter(|_| matches!(test.kind, TestKind::T | TestKind::F) && !test.in_row)?;
    let two = Two::of(&[*first, *second]).filter(|_| sized.next().is_none())?;
    let sentence = mentions.sentences.get(test.sentence)?;
    let words = context.index.slice(&context.document.text, sentence.range);
    let degrees = test.degrees.last().and_then(Reported::printed).map(crate::arithmetic::Printed::point);
    let said = is(INDEPENDENT.as_ref(), words) && !is(PAIRED.as_ref(), words);
    let independent = said || degrees.is_some() && degrees == two.degrees();
    let doubt =
        designs::name_model(words).then_some("a model with more terms or adjusted means is named beside the test");
    let quote = first.range.hull(second.range).hull(test.range).hull(effect.range);
    Some(Bound {
        two,
        effect: effect.value.clone(),
        corrected: effect.kind == EffectKind::G,
        independent,
        doubt,
        quote,
    })
}

/// The only standardised difference of a row, and whether it is one with Hedges' correction by its name.
fn effect_of_row(row: TextRange, place: (usize, usize), mentions: &Mentions) -> Option<(Reported, bool)> {
    let content = mentions.tables.get(place.0)?;
    let names = |column: usize| {
        let mut above = content.heading(column);
        let lowest = above.next().unwrap_or_default().trim().to_owned();
        let whole = above.next().map(|above| format!("{} {lowest}", above.trim()));
        let found = |words: &str| {
            HEADING.as_ref().and_then(|pattern| pattern.captures(words).map(|found| found.name("g").is_some()))
        };
        whole.and_then(|words| found(&words)).or_else(|| found(&lowest))
    };
    let mut columns = (content.label_columns..content.columns).filter_map(|column| Some((column, names(column)?)));
    let (column, corrected) = columns.next()?;
    let cell = content.content(place.1, column)?;
    let alone = columns.next().is_none();
    let estimate = mentions.estimates.iter().find(|estimate| {
        estimate.in_row && estimate.measure == Measure::StandardisedDifference && row.contains(estimate.range)
    });
    let first = mentions.quantities.get(cell.quantities.first()?.0)?;
    let value = match estimate.and_then(|estimate| estimate.value.clone()) {
        Some(value) if first.number.overlaps(value.range) => value,
        _ => Reported::of_quantity(first).filter(|_| cell.quantities.len() == 1)?,
    };
    alone.then_some((value, corrected))
}

/// The effect size of the row of a table whose only means are those of two groups.
fn in_row(summaries: &[&Summary], mentions: &Mentions, context: RuleContext<'_>) -> Option<Bound> {
    let place = summaries.first()?.place?;
    let groups = groups::without_totals(summaries, mentions);
    let [first, second] = groups.as_slice() else { return None };
    let (words, row) = groups::words_of_row(&groups, mentions, context)?;
    let (effect, corrected) = effect_of_row(row, (place.table, place.row), mentions)?;
    let two = Two::of(&[*first, *second])?;
    let twice = designs::name_repeats(&words) || is(PAIRED.as_ref(), &words);
    let independent = !twice && matches!(two.sizes.as_slice(), [one, other] if one != other);
    let doubt =
        designs::name_model(&words).then_some("a model with more terms or adjusted means is named beside the table");
    Some(Bound { two, effect, corrected, independent, doubt, quote: row })
}

impl Rule for EffectFromMeans {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let code = Self::METADATA.code;
        for chunk in mentions.summaries.chunk_by(|a, b| groups::passage(a) == groups::passage(b)) {
            let together: Vec<&Summary> = chunk.iter().collect();
            let bound = if chunk[0].place.is_some() {
                in_row(&together, mentions, context)
            } else {
                let here = mentions.statistics.iter().filter(|test| test.sentence == chunk[0].sentence);
                in_sentence(&together, &here.collect::<Vec<_>>(), mentions, context)
            };
            proposals.list.extend(bound.and_then(|bound| bound.proposal(code)));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let step = proposal.stated / 2;
        let group = |at: usize| {
            let part = |of: usize| wording::operand(proposal, step * at + of);
            let size = if step == 3 { format!(", n = {}", part(2)) } else { String::new() };
            format!("{} ({}{size})", part(0), part(1))
        };
        let formula = format!("the means {} and {}", group(0), group(1));
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "the effect size"),
            help: "look at the means, the deviations and the effect size, and by which deviation it was computed; standard \
                   errors in the place of deviations make it several times as large"
                .to_owned(),
        }
    }
}
