//! `EQ120`: the mass of a compound, or the share of an element in it, against its molecular formula.

use std::collections::BTreeMap;

use crate::derive::{Expression, Operand, OperandOptions, Outcome, Proposal, Proposals};
use crate::document::TextRange;
use crate::extract::{Mentions, Reported};
use crate::rules::binding::Binding;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::chemistry::{Formula, MOLE, Masses, amounts, analyses, columns};

rule! {
    /// # EQ120 composition-mismatch
    ///
    /// ## What it checks
    ///
    /// Calculated elemental analyses ("Anal. Calcd for C12H10N2O: C, 72.71; H, 5.09; N, 14.13"), and the columns of tables that
    /// hold molar masses and calculated shares of elements beside a column of molecular formulas.
    ///
    /// ## Why it matters
    ///
    /// The analysis proves that a new compound is what it is taken for and how pure it is. Where the calculated numbers are of
    /// another formula (a water of crystallisation too many, a hydrogen forgotten), the proof is of another compound.
    ///
    /// ## How it is derived
    ///
    /// The share of an element is the mass of its atoms over the mass of all atoms of the formula, in per cent; the molar mass
    /// is their sum. Atomic weights are every value in use since papers are typed: those of the standard and with two decimals.
    /// A table may as well take the masses of the most abundant isotopes; which of the two it takes for a compound most of the
    /// compound's own numbers tell.
    ///
    /// ## When it stays silent
    ///
    /// - The formula holds anything that is no element, a radical ("Ph", "Et", "L") or a variable count.
    /// - Two formulas stand side by side.
    /// - The numbers are found and not calculated, or it is not said which they are.
    /// - The formula stands in another place than in the row or before the numbers.
    ///
    /// Indices with two decimals or more are taken for rounded.
    ///
    /// The share of "M" is that of the only metal, or of the one of several that it follows from.
    ///
    /// It is undecided where hardly another number of the same analysis or column follows from its formula: the formula may be
    /// printed without its solvent; where a mass follows from the other of the two kinds of masses; and where the number is cut
    /// off after its last digit and not rounded, unless others of the table are.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Anal. Calcd for C12H10N2O: C, 72.71; H, 8.09; N, 14.13. Found: C, 72.60; H, 5.15; N, 14.02.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Anal. Calcd for C12H10N2O: C, 72.71; H, 5.09; N, 14.13. Found: C, 72.60; H, 5.15; N, 14.02.
    /// ```
    ///
    /// ## Limits
    ///
    /// Amounts of weighed substances ("2.33 g, 4.82 mmol") follow from the formula or the row of a table that is named before
    /// them, or from the same substance weighed before.
    ///
    /// Found numbers are not held against calculated ones: how far they may differ is a rule of journals and no arithmetic.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Prohaska et al. 2022, *Pure and Applied Chemistry* 94:573: <https://doi.org/10.1515/pac-2019-0603>
    pub struct CompositionMismatch {
        code: "EQ120",
        name: "composition-mismatch",
        summary: "a mass or a share of an element does not follow from its molecular formula",
        family: Equations,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Text,
        references: ["https://doi.org/10.1515/pac-2019-0603"],
    }
}

/// What a number says of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The mass of a mole.
    Mass,
    /// The share of an element in per cent.
    Share(String),
}

/// Operands with the formulas over them.
type Derived = (Vec<Operand>, Vec<(String, Expression)>);

/// A number with the formula that it is calculated for.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// The formula.
    pub formula: Formula,
    /// Where the formula stands.
    pub place: TextRange,
    /// What the number is.
    pub of: Of,
    /// The number.
    pub stated: Reported,
}

impl Claim {
    /// Whether the number follows in floating point, for the search alone: rounded, or else rounded or cut off.
    fn follows(&self, masses: Masses, cut: bool) -> bool {
        let Some(printed) = self.stated.printed() else { return false };
        let value = |rational| crate::arithmetic::rational::to_f64_outward(&rational).0;
        let (point, unit) = (value(printed.point()), value(printed.unit_in_last_place()));
        let span = match &self.of {
            Of::Mass => self.formula.span(masses),
            Of::Share(symbol) => self.formula.share(masses, symbol),
        };
        let above = if cut { 1.05 } else { 0.5 };
        span.is_some_and(|(low, high)| low - above * unit <= point && point <= high + 0.5 * unit)
    }

    /// Whether the number follows under one kind of masses or the other.
    pub fn follows_any(&self) -> bool {
        Masses::ALL.into_iter().any(|masses| self.follows(masses, true))
    }

    /// Whether the number follows cut off behind its last digit and not rounded.
    fn is_cut(&self, masses: Masses) -> bool {
        self.follows(masses, true) && !self.follows(masses, false)
    }

    /// The formula less what is cut off with the digits behind the last printed one.
    fn cut(&self, formula: Expression) -> Option<Expression> {
        let unit = self.stated.printed()?.unit_in_last_place();
        let all =
            Expression::constant(&crate::arithmetic::rational::to_text(&unit), "what is cut off behind the last digit");
        let less = Expression::call("-", [formula.clone(), all]);
        Some(Expression::call("between", [less, formula]))
    }

    /// The operands with the formulas over them, under the masses that the table or analysis takes.
    fn derived(&self, masses: Masses) -> Option<Derived> {
        let other = masses.other();
        match &self.of {
            Of::Mass => {
                let operands =
                    vec![self.formula.operand(self.place, masses)?, self.formula.operand(self.place, other)?];
                let formulas =
                    vec![(String::new(), Expression::operand(0)), (other.words().to_owned(), Expression::operand(1))];
                Some((operands, formulas))
            }
            Of::Share(symbol) => {
                let [own, rest] = self.formula.parts(self.place, masses, symbol)?;
                // 100 / (1 + rest / own) holds each mass once, so that its set is no wider than it has to be.
                let ratio = Expression::call("/", [Expression::operand(1), Expression::operand(0)]);
                let whole = Expression::call("+", [Expression::constant("1", "the element itself"), ratio]);
                let share = Expression::call("/", [Expression::constant("100", "per cent"), whole]);
                Some((vec![own, rest], vec![(String::new(), share)]))
            }
        }
    }

    fn proposal(&self, masses: Masses, others: Others, code: &str) -> Option<Proposal> {
        let Others { holds, fails, cut } = others;
        let (mut operands, mut formulas) = self.derived(masses)?;
        let habit = self.is_cut(masses) && cut >= HABIT;
        if let (true, Some((_, plain))) = (habit, formulas.first_mut()) {
            *plain = self.cut(plain.clone())?;
        }
        operands.push(Operand::reported("stated value", &self.stated, &OperandOptions::printed()));
        let quote = self.place.hull(self.stated.range);
        let binding = Binding {
            formulas,
            innocent: vec!["the formula may be printed without its solvent".to_owned()],
            ..Binding::stated(operands, Expression::operand(0), quote)
        };
        let unconfirmed = holds < LEAST_OTHERS || fails * 3 > holds;
        let doubt =
            unconfirmed.then_some("too few other numbers follow from their formulas to tell that this one is wrong");
        let cut = self.is_cut(masses);
        let doubt = doubt.or(cut.then_some("the number may be cut off after its last digit"));
        binding.doubted(doubt).proposal(code)
    }
}

/// How many other numbers have to be cut off before that is how the numbers are printed.
const HABIT: usize = 3;

/// What the other numbers of an analysis or a table say.
#[derive(Clone, Copy, Debug)]
struct Others {
    /// How many follow.
    holds: usize,
    /// How many do not.
    fails: usize,
    /// How many follow cut off and not rounded.
    cut: usize,
}

/// How many other numbers of the analysis or the column have to follow before one that does not is held against the paper.
const LEAST_OTHERS: usize = 2;

/// The masses that most of some numbers follow from; `None` where both kinds give as many.
fn masses_of(claims: &[&Claim]) -> Option<Masses> {
    let count = |masses: Masses| claims.iter().filter(|claim| claim.follows(masses, false)).count();
    let [usual, other] = Masses::ALL;
    match count(usual).cmp(&count(other)) {
        core::cmp::Ordering::Equal => None,
        core::cmp::Ordering::Greater => Some(usual),
        core::cmp::Ordering::Less => Some(other),
    }
}

/// The proposals for the numbers of one analysis or one table. Each formula takes the masses that most of its own numbers
/// follow from, else those of all.
fn judge(claims: &[Claim], code: &str) -> Vec<Proposal> {
    let common = masses_of(&claims.iter().collect::<Vec<_>>()).unwrap_or(Masses::Weights);
    let mut by_place: BTreeMap<TextRange, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        by_place.entry(claim.place).or_default().push(claim);
    }
    let own: BTreeMap<TextRange, Masses> =
        by_place.into_iter().map(|(place, together)| (place, masses_of(&together).unwrap_or(common))).collect();
    let kinds: Vec<Masses> = claims.iter().map(|claim| own.get(&claim.place).copied().unwrap_or(common)).collect();
    let follows: Vec<bool> = claims.iter().zip(&kinds).map(|(claim, kind)| claim.follows(*kind, true)).collect();
    let holds = follows.iter().filter(|own| **own).count();
    let cut = claims.iter().zip(&kinds).filter(|(claim, kind)| claim.is_cut(**kind)).count();
    let others = |own: bool| Others {
        holds: holds - usize::from(own),
        fails: claims.len() - holds - usize::from(!own),
        cut: cut.saturating_sub(1),
    };
    let all = claims.iter().zip(kinds).zip(follows);
    all.filter_map(|((claim, kind), own)| claim.proposal(kind, others(own), code)).collect()
}

impl Rule for CompositionMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let groups = analyses::find(mentions, context).into_iter().chain(columns::find(mentions, context));
        let mut found: Vec<Proposal> = groups.flat_map(|claims| judge(&claims, Self::METADATA.code)).collect();
        found.extend(amounts::proposals(Self::METADATA.code, mentions, context));
        found.sort_by_key(|proposal| proposal.quote);
        proposals.list.extend(found);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = match proposal.operands.first().map_or("", |operand| operand.role.as_str()) {
            "mass" => "its mass over its molar mass".to_owned(),
            "mass before" => "the mass and the amount of the same substance before".to_owned(),
            MOLE => "the mass of the molecular formula".to_owned(),
            element => format!("the share of {element}"),
        };
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look at the formula, its solvent and the number: the numbers beside it follow from their formulas"
                .to_owned(),
        }
    }
}
