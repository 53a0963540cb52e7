//! `EQ101`: arithmetic that the text itself states.

use std::sync::LazyLock;

use crate::arithmetic::rational;
use crate::derive::{Expression, Operand, OperandIx, Operation, Outcome, Proposal, Proposals};
use crate::document::{BlockKind, TextRange};
use crate::extract::{Mentions, QuantityIx, QuantityKind};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::pattern::Pattern;
use crate::rules::skeleton::is_placeholder;
use crate::rules::units::{DoseSentence, is_dose_product};
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, Skeleton, wording};

use super::balance::balances;
use super::broken_list;
use super::formula::{self, Formula};
use super::passage::Passage;
use super::unsaid_unit::{in_another_unit, with_unit_of_result};
use super::{needed, neighbours, nested_models, worded};

rule! {
    /// # EQ101 arithmetic-mismatch
    ///
    /// ## What it checks
    ///
    /// A calculation that the text states with its result: "60 kg × 7 g/kg = 420 g", "12 + 15 + 20 = 47",
    /// "36 km divided by 4 h is 9 km/h", "the sum of 12 g and 15 g is 27 g", "225 µg in 0.45 mL (500 µg/mL)",
    /// "40 µg from an ampoule of 400 µg/mL is 0.1 mL", "8 billion a day, or 2.9 trillion a year", "20% of 50 mg is 10 mg",
    /// "exp(−0.71) = 0.49". A
    /// calculation may be spread over sentences of a paragraph: "four blocks of 60 trials each (240 trials overall)", the
    /// sum of a first and a second stage, "126 of 162 riders gave up, meaning only 36 riders finished", "to recruit 100
    /// people (with a 5% response rate) requires 2,000 letters".
    ///
    /// ## Why it matters
    ///
    /// Where a paper shows the operands, the operation and the result, anybody can redo it; a result that does not follow
    /// is a slip of the decimal point, of a unit, or of an operand that was changed without the result.
    ///
    /// ## How it is derived
    ///
    /// Each operand is every value that prints as its digits, the units are multiplied and divided with the numbers, and
    /// the set of possible results has to meet everything that prints as the stated one. A step whose result is not
    /// printed may have been rounded to three digits. A factor such as 1000 or 60 beside units may convert the unit
    /// instead of the value: that is tried as another reading.
    ///
    /// ## When it stays silent
    ///
    /// - A letter, a symbol, a power or a number that is no quantity is part of the formula: models, regression lines,
    ///   "2x = 4", "n = 12", "p = .04".
    /// - An operand is a range, a bound or a ±.
    /// - A product in brackets has no unit: designs, image sizes, magnifications.
    /// - The result is a change between two values: `SU110` looks at it.
    /// - The product is a dose by body mass: `UN101` looks at it.
    /// - Whole numbers stand between slashes in a row ("4/3/9 = 16"), which is a list; so is "1/4 = 9;8".
    /// - The formula is the argument of a function that is not read ("log (1/17)", "the square root of 1/17").
    /// - A Greek letter stands in the formula ("0.53 Zα/ 2"), or the number before the sign is the level of an interval.
    ///
    /// It is undecided where the units of the two sides do not balance: a unit may be left unsaid ("10 × 10 cm"), also a smaller
    /// one than that of the result ("250 × 10 = 2.5 L"); and where
    /// only the order of the words, over clauses or sentences, tells what is computed from what.
    ///
    /// Where no sign, and no word such as "divided by" or "the sum of", says the operation (an amount in a volume, a rate
    /// per day and per year, a formula in brackets, "times", "plus"), values that differ may
    /// be of two things. There a mismatch counts only with the mark of a slip: a power of ten, a factor of units, two
    /// digits swapped. Without one it is undecided.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The tank received 12.5 L/h × 8.0 h = 10 L of water.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The tank received 12.5 L/h × 8.0 h = 100 L of water from a 2 × 2 array of pipes (10 × 10 cm).
    /// ```
    ///
    /// ## Limits
    ///
    /// Of functions only exp, ln and sqrt are read; powers and displayed equations are not looked at yet.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - JCGM 100:2008, *Guide to the expression of uncertainty in measurement*, on rounding (7.2.6):
    ///   <https://doi.org/10.59161/JCGM100-2008E>
    pub struct StatedArithmetic {
        code: "EQ101",
        name: "arithmetic-mismatch",
        summary: "a stated result does not follow from the stated calculation",
        family: Equations,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.59161/JCGM100-2008E"],
    }
}

/// A calculation with its stated result.
#[derive(Clone, Debug)]
pub(super) struct Calculation {
    /// The quantities of the formula; its expression's operands index this list.
    pub quantities: Vec<QuantityIx>,
    /// The formula.
    pub expression: Expression,
    /// The stated result.
    pub result: QuantityIx,
    /// How it is known.
    pub operation: Operation,
    /// Whether the sign of equality is one of approximation.
    pub approximate: bool,
    /// A reason to leave it undecided.
    pub doubt: Option<&'static str>,
    /// Whether a mismatch counts only with a slip that explains it: where no sign or plain word says the operation.
    pub needs_cause: bool,
    /// Its characters.
    pub quote: TextRange,
}

/// Signs and words of equality between a formula in signs and its result.
static EQUALITY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"_(?P<sign>=|≈|≃|≅|∼| (?:is equal to|equals|gives|yields|makes|is|are|was|corresponds to|results in|giving|yielding|i\.e\.,?) )_(?:a total of )?",
    )
});

/// The signs and words among them that can hardly mean anything but equality.
const SAYS_EQUAL: [&str; 9] = ["=", "≈", "≃", "≅", "∼", "is equal to", "equals", "gives", "yields"];

/// A value with its formula behind it in brackets: "420 g (60 kg × 7 g/kg)".
static EXPLAINED: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"‹result›…_[(\[]_(?:=_|i\.e\.,? )?"));

/// Factors that convert units when they stand in a product without a unit of their own.
const CONVERSION_FACTORS: [i64; 9] = [7, 10, 12, 24, 60, 100, 365, 1000, 1_000_000];

/// The calculations written with signs: "a × b = c" and "c = a × b".
fn in_signs(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Calculation> {
    let mut calculations = Vec::new();
    for found in EQUALITY.matches(skeleton) {
        let (start, end) = found.bytes();
        let sign = found.words("sign").unwrap_or_default();
        let Some(left) = formula::ending_at(skeleton, start) else { continue };
        if is_list(&left.expression, &left.quantities, mentions) || is_named(&skeleton.text[left.bytes.0..left.bytes.1])
        {
            continue;
        }
        let right = formula::starting_at(skeleton, end);
        let approximate = ["≈", "≃", "≅", "∼"].contains(&sign);
        let doubt = is_chain(skeleton, left.bytes.0)
            .then_some("equations in a row may be a fraction of several lines")
            .or_else(|| {
                is_one_of_several(skeleton, left.bytes.0).then_some("the numbers may be one of several lists of values")
            });
        let calculation = |formula: Formula, result: QuantityIx, quote: (usize, usize)| Calculation {
            quantities: formula.quantities,
            expression: formula.expression,
            result,
            operation: Operation::Stated,
            approximate,
            doubt,
            // A verb may say something else of what the formula describes.
            needs_cause: !SAYS_EQUAL.contains(&sign.trim()),
            quote: skeleton.range(quote.0, quote.1),
        };
        if left.operators > 0 {
            if let Some(result) = result_at(skeleton, end) {
                let quote = (left.bytes.0, end + result.1);
                calculations.push(calculation(left, result.0, quote));
            }
        } else if let (Some(right), [result]) = (right.filter(|right| right.operators > 0), left.quantities.as_slice())
            && sign == "="
            && !names_an_interval(skeleton, left.bytes.0)
            && !is_list(&right.expression, &right.quantities, mentions)
        {
            let quote = (left.bytes.0, right.bytes.1);
            calculations.push(calculation(right, *result, quote));
        }
    }
    calculations
}

/// Whether whole numbers stand in a row between two slashes or more: "4/3/9" lists three numbers.
fn is_list(expression: &Expression, quantities: &[QuantityIx], mentions: &Mentions) -> bool {
    let Expression::Call { function, arguments } = expression else { return false };
    let is_bare = |part: &Expression| match part {
        Expression::Operand(OperandIx(at)) => quantities
            .get(*at)
            .and_then(|at| binding::quantity(mentions, *at))
            .is_some_and(|quantity| quantity.first().unit.is_none() && binding::is_whole(quantity)),
        _ => false,
    };
    let row = match arguments.as_slice() {
        [Expression::Call { function: inner, arguments: first }, last] if function == "/" && inner == "/" => {
            is_bare(last) && first.last().is_some_and(is_bare)
        }
        _ => false,
    };
    row || arguments.iter().any(|argument| is_list(argument, quantities, mentions))
}

/// Whether a symbol stands in the formula, of which a number is but a part: "0.53 Zα/ 2 = 1.96". Micro and π are none.
fn is_named(formula: &str) -> bool {
    formula.chars().any(|c| matches!(c, 'α'..='ω') && !matches!(c, 'μ' | 'π'))
}

/// Whether the number at byte `start` is the level of an interval, whose ends stand behind the sign: "95% CI", "IC 95% = [".
fn names_an_interval(skeleton: &Skeleton, start: usize) -> bool {
    let before = skeleton.text[..start].trim_end().trim_end_matches([':', ',', '(', '[']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(word, "CI" | "IC" | "CrI" | "interval" | "confidence")
}

/// Whether another equation ends where the formula at byte `start` begins: "… 1.0 × 0.9 = 1.0 × 0.9 + 0.1 = …", which is
/// how a fraction looks whose lines were read one behind the other.
fn is_chain(skeleton: &Skeleton, start: usize) -> bool {
    let before = skeleton.text[..start].trim_end();
    before.strip_suffix('=').is_some_and(|left| left.trim_end().ends_with(is_placeholder))
}

/// Whether a number and a semicolon stand before the formula at byte `start`: "3/2; 1/4 = 9" may be the scores of two
/// things, or of one with their sum.
fn is_one_of_several(skeleton: &Skeleton, start: usize) -> bool {
    let before = skeleton.text[..start].trim_end();
    before.strip_suffix(';').is_some_and(|list| list.trim_end().ends_with(is_placeholder))
}

/// The single quantity at byte `start` of the skeleton, and the length of its placeholder, where nothing joins it to
/// what stands behind.
fn result_at(skeleton: &Skeleton, start: usize) -> Option<(QuantityIx, usize)> {
    let rest = &skeleton.text[start..];
    let first = rest.chars().next().filter(|first| is_placeholder(*first))?;
    let behind = &rest[first.len_utf8()..];
    let next = behind.trim_start().chars().next();
    let touching = behind.chars().next().is_some_and(char::is_alphanumeric)
        || behind.strip_prefix([';', ':', '/']).is_some_and(|rest| rest.starts_with(is_placeholder));
    let joined = next.is_some_and(|next| "×·⋅*/÷+−^±²³⁻√".contains(next) || is_placeholder(next));
    let by_x = ["x ", "X "].iter().any(|sign| behind.trim_start().starts_with(sign));
    (!touching && !joined && !by_x).then_some(())?;
    Some((skeleton.quantity(first)?, first.len_utf8()))
}

/// The calculations in brackets behind their result. A product or quotient needs units on both sides to be one.
fn in_brackets(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Calculation> {
    let mut calculations = Vec::new();
    for found in EXPLAINED.matches(skeleton) {
        let Some(result) = found.quantity("result") else { continue };
        let Some(formula) = formula::starting_at(skeleton, found.bytes().1) else { continue };
        let closed = skeleton.text[formula.bytes.1..].trim_start().starts_with([')', ']']);
        let measured = |at: QuantityIx| {
            binding::quantity(mentions, at).is_some_and(|quantity| quantity.kind == QuantityKind::Measured)
        };
        let all_measured = measured(result) && formula.quantities.iter().any(|at| measured(*at));
        let counted = |at: QuantityIx| {
            binding::quantity(mentions, at).is_some_and(|quantity| quantity.kind == QuantityKind::Count)
        };
        let all_counted = counted(result) && formula.quantities.iter().all(|at| counted(*at));
        let only_sums = only(&formula.expression, "+") && all_counted;
        let fits = formula.operators > 0 && !has(&formula.expression, "-") && (all_measured || only_sums);
        if closed && fits {
            calculations.push(Calculation {
                quote: skeleton.range(found.bytes().0, formula.bytes.1 + 1),
                quantities: formula.quantities,
                expression: formula.expression,
                result,
                operation: Operation::Implied,
                approximate: false,
                doubt: None,
                // A bracket may hold the sizes or the parts of something and not how the number came about.
                needs_cause: true,
            });
        }
    }
    calculations
}

/// Whether the operator stands in the formula.
pub(super) fn has(expression: &Expression, operator: &str) -> bool {
    match expression {
        Expression::Call { function, arguments } => function == operator || arguments.iter().any(|a| has(a, operator)),
        _ => false,
    }
}

/// Whether no other operator stands in the formula.
pub(super) fn only(expression: &Expression, operator: &str) -> bool {
    match expression {
        Expression::Call { function, arguments } => function == operator && arguments.iter().all(|a| only(a, operator)),
        _ => true,
    }
}

impl Calculation {
    fn binding(self, mentions: &Mentions) -> Option<Binding> {
        if let Some(list) = broken_list::find(&self.expression, &self.quantities, mentions) {
            let mut operands = list.operands;
            operands.push(binding::measured("stated result", binding::quantity(mentions, self.result)?)?);
            let mut binding = Binding::stated(operands, self.expression, self.quote);
            binding.formulas = list.formulas;
            binding.operation = self.operation;
            binding.approximate = self.approximate;
            binding.needs_cause = self.needs_cause;
            return Some(binding.doubted(self.doubt));
        }
        let mut operands = Vec::new();
        for at in &self.quantities {
            operands.push(binding::measured("operand", binding::quantity(mentions, *at)?)?);
        }
        let result = binding::quantity(mentions, self.result)?;
        let stated = binding::measured("stated result", result)?;
        let expression = as_percentage(self.expression, &operands, result.kind);
        let in_per_cent = in_per_cent(&expression, &operands, result.kind);
        let shared = with_unit_of_result(&expression, &operands, &stated);
        let balanced = shared.is_some() || balances(&expression, &operands, &stated);
        let same = self.quantities.contains(&self.result);
        let by_factor = without_conversion_factors(&expression, &operands);
        let approximate =
            self.quantities.iter().chain([&self.result]).filter_map(|at| binding::quantity(mentions, *at));
        let approximate = self.approximate || approximate.into_iter().any(|quantity| quantity.approximate);
        operands.push(stated);
        let mut binding = Binding::stated(operands, expression, self.quote);
        if let Some(shared) = shared {
            binding.formulas.extend(in_another_unit(&shared));
            binding.formulas.insert(0, (String::new(), shared));
            "the operands are pure numbers".clone_into(&mut binding.formulas[1].0);
        }
        binding
            .formulas
            .extend(in_per_cent.map(|formula| ("the number is that of the percentage".to_owned(), formula)));
        binding.formulas.extend(by_factor.map(|formula| ("the factor converts the unit".to_owned(), formula)));
        binding.operation = self.operation;
        binding.approximate = approximate;
        binding.needs_cause = self.needs_cause;
        let unbalanced = (!balanced).then_some("the units of the two sides do not balance, so one may be left unsaid");
        (!same).then(|| binding.doubted(self.doubt).doubted(unbalanced))
    }
}

/// The point of an operand without a unit.
pub(super) fn pure_number(operand: &Operand) -> Option<rational::Rational> {
    let reading = operand.readings.first()?;
    let middle = reading.tight.hull()?.midpoint()?;
    (reading.unit.text.is_empty() && reading.dimension.is_one()).then_some(middle)
}

/// Where the result is a percentage, the factor 100 of the formula is "per cent".
fn as_percentage(expression: Expression, operands: &[Operand], result: QuantityKind) -> Expression {
    if result != QuantityKind::Percentage {
        return expression;
    }
    // What is divided by a hundred is a share already: "25.5/100 = 25.5%".
    if divides_by_hundred(&expression, operands) {
        return expression;
    }
    replace(expression, &mut |at| {
        is_hundred(operands, at)
            .then(|| Expression::Constant { literal: "1".to_owned(), source: "per cent".to_owned() })
    })
}

/// "45/100 × 63 × 14.5/100 = 4.1%": the formula whose hundreds make shares of some percentages, and whose number is that of the result.
fn in_per_cent(expression: &Expression, operands: &[Operand], result: QuantityKind) -> Option<Expression> {
    let holds = result == QuantityKind::Percentage && divides_by_hundred(expression, operands);
    holds.then(|| Expression::call("*", [expression.clone(), Expression::constant("1 %", "per cent")]))
}

/// Whether an operand is the plain number 100.
fn is_hundred(operands: &[Operand], at: usize) -> bool {
    operands.get(at).and_then(pure_number) == Some(rational::whole(100))
}

/// Whether the formula divides by a plain 100.
fn divides_by_hundred(expression: &Expression, operands: &[Operand]) -> bool {
    let Expression::Call { function, arguments } = expression else { return false };
    let divisor = arguments.get(1).filter(|_| function == "/").and_then(Expression::as_operand);
    let own = divisor.is_some_and(|OperandIx(at)| is_hundred(operands, at));
    own || arguments.iter().any(|argument| divides_by_hundred(argument, operands))
}

/// The formula without the factors that may convert a unit; `None` where it has none, or no unit stands beside them.
fn without_conversion_factors(expression: &Expression, operands: &[Operand]) -> Option<Expression> {
    let has_units = operands.iter().any(|operand| operand.readings.first().is_some_and(|r| !r.unit.text.is_empty()));
    if !has_units || has(expression, "+") || has(expression, "-") {
        return None;
    }
    let factor = |at: usize| {
        let number = operands.get(at).and_then(pure_number);
        number.is_some_and(|number| CONVERSION_FACTORS.iter().any(|factor| number == rational::whole(*factor)))
    };
    let mut found = false;
    let without = replace(expression.clone(), &mut |at| {
        factor(at).then(|| {
            found = true;
            Expression::Constant { literal: "1".to_owned(), source: "the factor converts the unit".to_owned() }
        })
    });
    found.then_some(without)
}

/// The formula with some operands replaced.
fn replace(expression: Expression, by: &mut dyn FnMut(usize) -> Option<Expression>) -> Expression {
    match expression {
        Expression::Operand(OperandIx(at)) => by(at).unwrap_or(expression),
        Expression::Call { function, arguments } => Expression::Call {
            function,
            arguments: arguments.into_iter().map(|argument| replace(argument, by)).collect(),
        },
        constant @ Expression::Constant { .. } => constant,
    }
}

impl Rule for StatedArithmetic {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        proposals.list.extend(nested_models::proposals(Self::METADATA.code, mentions, context));
        let skeletons = context.skeletons(mentions);
        for (at, skeleton) in skeletons.iter().enumerate() {
            // The lines of a displayed formula are pieces of it, and a numbered formula stands for the general case; one that
            // is a line by itself is as good as a sentence.
            let pieces = mentions.sentences.get(skeleton.sentence).is_some_and(|sentence| {
                let text = context.index.slice(&context.document.text, sentence.range);
                sentence.block == BlockKind::DisplayMath && text.contains(['\n', '\t'])
            });
            if skeleton.quantities().is_empty() || pieces {
                continue;
            }
            let mut calculations = in_signs(skeleton, mentions);
            calculations.extend(worded::calculations(skeleton, mentions));
            calculations.extend(in_brackets(skeleton, mentions));
            if let Some(passage) = Passage::new(skeletons, at, mentions) {
                calculations.extend(neighbours::calculations(&passage));
                calculations.extend(needed::calculations(&passage));
            }
            if calculations.is_empty() {
                continue;
            }
            let roles = DoseSentence::new(skeleton, mentions);
            let mut seen: Vec<QuantityIx> = Vec::new();
            calculations.retain(|calculation| {
                let new = !seen.contains(&calculation.result);
                seen.push(calculation.result);
                new && !is_dose_product(&roles, mentions, &calculation.quantities)
                    && !is_percentage_of_counts(calculation, mentions)
            });
            let mut bindings: Vec<Binding> =
                calculations.into_iter().filter_map(|calculation| calculation.binding(mentions)).collect();
            bindings.sort_by_key(|binding| binding.quote);
            proposals.list.extend(bindings.into_iter().filter_map(|binding| binding.proposal(Self::METADATA.code)));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: "redo the calculation with the printed values; one operand, its unit or the result may be mistyped"
                .to_owned(),
        }
    }
}

/// Whether the calculation is a count over its whole with a percentage, which `SU101` looks at.
fn is_percentage_of_counts(calculation: &Calculation, mentions: &Mentions) -> bool {
    let percentage = binding::quantity(mentions, calculation.result)
        .is_some_and(|quantity| quantity.kind == QuantityKind::Percentage);
    let counts = calculation.quantities.iter().filter_map(|at| binding::quantity(mentions, *at));
    let quotient = matches!(&calculation.expression, Expression::Call { function, .. } if function == "/");
    percentage && quotient && calculation.quantities.len() == 2 && counts.into_iter().all(binding::is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(EQUALITY.is_valid() && EXPLAINED.is_valid());
    }
}
