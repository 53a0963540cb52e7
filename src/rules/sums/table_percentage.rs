//! `SU121`: a percentage in a table against its count and the whole that the table's structure gives.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Operand, Operation, Outcome, Proposal, Proposals};
use crate::extract::{Mentions, QuantityIx};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::shares::{Grid, Series, Share};
use super::wholes::{Place, Record, Whole, Wholes, is_total, quotient};

rule! {
    /// # SU121 cell-percentage-mismatch
    ///
    /// ## What it checks
    ///
    /// Counts in a table with their percentages: "55 (56.1)" below or beside "n (%)", a column "Frequency" with a column
    /// "Percent", or a row of counts above a row of percentages. What the percentages are of is taken from the table: the
    /// N over the column ("Control (N = 99)"), a row or column of totals, the number that stands before the count in its
    /// row, the row at 100 %, the sum of the group's counts, or the N of the caption.
    ///
    /// ## Why it matters
    ///
    /// Tables of counts and percentages are the part of a paper that others copy into reviews and meta-analyses. A
    /// percentage that no count gives means that one of the numbers is of something else, or mistyped.
    ///
    /// ## How it is derived
    ///
    /// Count and whole are points. Their quotient is compared with every value that prints as the percentage. The whole
    /// is the one that the structure names and the other rows of the column bear out: a relation that holds in all rows
    /// but one is evidence about the one.
    ///
    /// ## When it stays silent
    ///
    /// - Nothing says that the numbers are a count and a percentage, neither words nor the other rows: "46 (11)" without "n (%)" by it may be a mean with
    ///   its standard deviation.
    /// - It is the total at 100 % that the others are of.
    /// - The percentage is of something else: a change, a cumulative percentage, "% of target".
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where a smaller whole gives the percentage, as it does where data are missing, unless the counts
    /// of the group add up to the whole; where another number of the table can be the whole; where fewer than two other
    /// rows bear the whole out; where the percentages may be weighted, or adjusted so that they add up to 100.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Damage to the boats
    ///
    /// Damage | Frequency | Percent
    /// ---
    /// None | 18 | 45.0
    /// Light | 12 | 30.0
    /// Heavy | 7 | 15.7
    /// Total loss | 3 | 7.5
    /// Total | 40 | 100.0
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Damage to the boats
    ///
    /// Damage | Frequency | Percent
    /// ---
    /// None | 18 | 45.0
    /// Light | 12 | 30.0
    /// Heavy | 7 | 17.5
    /// Total loss | 3 | 7.5
    /// Total | 40 | 100.0
    /// ```
    ///
    /// ## Limits
    ///
    /// A whole that stands only in the running text is not found. Percentages without counts are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Georgescu and Wren 2018, *Bioinformatics* 34:1758, on how often percentages and ratios do not agree:
    ///   <https://doi.org/10.1093/bioinformatics/btx811>
    pub struct TablePercentage {
        code: "SU121",
        name: "cell-percentage-mismatch",
        summary: "a percentage in a table is not that of its count",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        needs: Tables,
        references: ["https://doi.org/10.1093/bioinformatics/btx811"],
    }
}

/// How many other wholes are kept as open readings.
const MOST_OTHERS: usize = 6;

/// Why a percentage that does not follow may be left undecided.
const WEIGHTED: &str = "the percentages may be weighted";
const UNCONFIRMED: &str = "fewer than two other values of the column tell what the percentages are of";
const CONTRADICTED: &str = "what the percentages are of holds in only some of the column's values";
const SMALLER: &str = "a smaller whole, as where data are missing, gives the percentage";
const ADJUSTED: &str = "the percentages may be adjusted so that they add up to 100";
const OTHER_KIND: &str = "the cell may hold something other than a count and its percentage";

/// Words that speak of weighted percentages.
static WEIGHTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bweighted\s+(?:n\b|percent|proportion|prevalence|frequenc|sample|data|%|\(%\))|\b(?:survey|sampl(?:e|ing)|population|design)\s+weights?\b|",
        r"\b(?:age|sex)[\s-](?:adjusted|standardi[sz]ed)\s+(?:percent|prevalence|proportion)"
    ))
    .ok()
});

/// One series with what its percentages may be of.
struct Bound<'m> {
    grid: Grid<'m>,
    series: &'m Series,
    wholes: Wholes,
    weighted: bool,
}

impl Bound<'_> {
    fn point(&self, ix: QuantityIx) -> Option<Rational> {
        self.grid.point(ix)
    }

    /// The proposal for one share.
    fn proposal(&self, at: usize) -> Option<Proposal> {
        let share = self.series.shares.get(at)?;
        let list = self.wholes.list.get(at)?;
        // The total at 100 % is what the others are of, and follows from nothing.
        let totals =
            is_total(self.grid.content.label(share.row)) || self.grid.content.heading(share.column).any(is_total);
        if totals && self.point(share.percentage) == Some(rational::whole(100)) {
            return None;
        }
        let (whole, record) = list.first()?;
        // Numbers beside percentages are counts where words say so, or where the other rows do; and a sum is a whole only
        // where the other rows say so.
        if (whole.place == Place::Sum || !share.counted) && record.holds < 2 && !self.is_at_hundred(whole) {
            return None;
        }
        let stated = whole.place == Place::Cell;
        // A part of a whole in one cell is the concern of SU101, which reads it as it would in a sentence.
        if stated && self.point(share.count)? <= self.point(*whole.numbers.first()?)? {
            return None;
        }
        let quantity = |ix: QuantityIx| binding::quantity(self.grid.mentions, ix);
        let (count, percentage) = (quantity(share.count)?, quantity(share.percentage)?);
        let mut operands = vec![binding::count("count", count)?];
        let mut formulas = Vec::new();
        for (whole, _) in list.iter().take(1 + MOST_OTHERS) {
            let from = operands.len();
            let numbers = whole.numbers.iter().filter_map(|number| quantity(*number));
            let counts: Vec<Operand> = numbers.filter_map(|number| binding::count(role(whole), number)).collect();
            if counts.len() < whole.numbers.len() {
                continue;
            }
            let label = if formulas.is_empty() { String::new() } else { format!("of {}", words(whole.place)) };
            operands.extend(counts);
            formulas.push((label, quotient(0, &(from..operands.len()).collect::<Vec<_>>())));
        }
        operands.push(binding::measured("stated percentage", percentage)?);
        let quote = if share.row == share.count_row { count.range.hull(percentage.range) } else { percentage.range };
        let (_, formula) = formulas.first()?.clone();
        let binding = Binding {
            formulas,
            operation: if stated { Operation::Stated } else { Operation::Implied },
            approximate: count.approximate || percentage.approximate,
            innocent: INNOCENT.iter().map(|reason| (*reason).to_owned()).collect(),
            ..Binding::stated(operands, formula, quote)
        };
        let doubt = if stated { None } else { self.doubt(at, whole, *record) };
        let proposal = binding.doubted(doubt).proposal(TablePercentage::METADATA.code)?;
        Some(Proposal { quote, ..proposal })
    }

    /// A reason to leave a percentage that does not follow undecided.
    fn doubt(&self, at: usize, whole: &Whole, record: Record) -> Option<&'static str> {
        let share = self.series.shares.get(at)?;
        let group = self.wholes.groups.get(at)?;
        let adds_up = self.adds_up(group, whole);
        let at_hundred = adds_up && self.is_at_hundred(whole);
        let by_total = at_hundred || (adds_up && record.holds >= 1 && record.fails == 0 && whole.place.is_total());
        if self.weighted {
            Some(WEIGHTED)
        } else if record.holds < 2 && !by_total {
            Some(UNCONFIRMED)
        } else if !record.is_confirmed() && !by_total {
            Some(CONTRADICTED)
        } else if self.smaller_whole_fits(share, whole) && !(at_hundred || adds_up && record.fails == 0) {
            Some(SMALLER)
        } else if self.may_be_adjusted(group, share, whole) {
            Some(ADJUSTED)
        } else if !share.plainly && share.count_column == share.column && self.is_far(share, whole) {
            Some(OTHER_KIND)
        } else {
            None
        }
    }

    /// The number of the whole.
    fn size(&self, whole: &Whole) -> Option<Rational> {
        whole.numbers.iter().map(|number| self.point(*number)).sum()
    }

    /// Whether the counts of a group add up to the whole.
    fn adds_up(&self, group: &[usize], whole: &Whole) -> bool {
        let counts = group.iter().filter_map(|member| self.series.shares.get(*member));
        let sum: Option<Rational> = counts.map(|share| self.point(share.count)).sum();
        whole.place != Place::Sum && group.len() > 1 && sum.is_some() && sum == self.size(whole)
    }

    /// Whether the table itself prints the whole at 100 %.
    fn is_at_hundred(&self, whole: &Whole) -> bool {
        let hundred = Some(rational::whole(100));
        let of_total = |share: &&Share| whole.numbers == [share.count] && self.point(share.percentage) == hundred;
        whole.place.is_total() && self.series.shares.iter().any(|share| of_total(&share))
    }

    /// The values that print as the percentage, a habit of rounding included, and `more` units of its last place around.
    fn ends(&self, share: &Share, more: i64) -> Option<(Rational, Rational)> {
        let printed = binding::quantity(self.grid.mentions, share.percentage)?.single()?;
        let unit = printed.unit_in_last_place();
        let half = &unit / rational::whole(2);
        let more = &unit * rational::whole(more);
        Some((printed.point() - half - &more, printed.point() + unit + more))
    }

    /// Whether a whole number from the count up to the whole, the whole left out, gives the percentage.
    fn smaller_whole_fits(&self, share: &Share, whole: &Whole) -> bool {
        let fits = || {
            let (count, size) = (self.point(share.count)?, self.size(whole)?);
            let (low, high) = self.ends(share, 0)?;
            let zero = rational::whole(0);
            if high <= zero {
                return None;
            }
            let hundredfold = &count * rational::whole(100);
            let first = (&hundredfold / high).ceil().max(count);
            let last = size - rational::whole(1);
            let last = if low > zero { last.min((hundredfold / low).floor()) } else { last };
            Some(first <= last)
        };
        fits().unwrap_or(true)
    }

    /// The percentage that the count and the whole give.
    fn given(&self, share: &Share, whole: &Whole) -> Option<Rational> {
        let size = self.size(whole).filter(|size| *size != rational::whole(0))?;
        Some(self.point(share.count)? * rational::whole(100) / size)
    }

    /// Whether the percentages of the group print a sum of exactly 100 and this one is off by one in its last place.
    fn may_be_adjusted(&self, group: &[usize], share: &Share, whole: &Whole) -> bool {
        let printed = group.iter().filter_map(|member| self.series.shares.get(*member));
        let sum: Option<Rational> = printed.map(|share| self.point(share.percentage)).sum();
        let near = || {
            let (low, high) = self.ends(share, 1)?;
            let given = self.given(share, whole)?;
            Some(low <= given && given <= high)
        };
        group.len() > 1 && sum == Some(rational::whole(100)) && near() == Some(true)
    }

    /// Whether the percentage is more than ten points from what the numbers give.
    fn is_far(&self, share: &Share, whole: &Whole) -> bool {
        let far = || {
            let (given, printed) = (self.given(share, whole)?, self.point(share.percentage)?);
            let apart = if given > printed { given - printed } else { printed - given };
            Some(apart > rational::whole(10))
        };
        far().unwrap_or(true)
    }
}

/// What would make a mismatch innocent.
const INNOCENT: [&str; 2] = [
    "the percentage may be of another whole, such as those with data",
    "the percentages may be weighted or adjusted in a way that the paper tells elsewhere",
];

const fn role(whole: &Whole) -> &'static str {
    match whole.place {
        Place::Sum => "count of the group",
        _ => "whole",
    }
}

/// A whole in words.
fn words(place: Place) -> String {
    match place {
        Place::Cell => "the whole in the cell",
        Place::Label => "the N of the row or its group",
        Place::GroupTotal => "the total of the group",
        Place::Row(_) => "a number of the same row",
        Place::Column(_) => "a number of the same column",
        Place::Total => "the total of the column",
        Place::Heading(_) => "the N over the column",
        Place::Hundred => "the count at 100 %",
        Place::Sum => "the sum of the group's counts",
        Place::Caption => "the N of the caption",
    }
    .to_owned()
}

impl Rule for TablePercentage {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let says = |text: &str| WEIGHTS.as_ref().is_some_and(|pattern| pattern.is_match(text));
        if mentions.tables.is_empty() {
            return;
        }
        let everywhere = says(&context.document.text);
        for (table, content) in context.document.tables.iter().zip(&mentions.tables) {
            let words = content.headings.iter().chain(&content.labels).chain([&content.caption]);
            let weighted = everywhere || words.into_iter().any(|words| words.to_lowercase().contains("weighted"));
            let grid = Grid { table, content, mentions };
            let mut found: Vec<Proposal> = Vec::new();
            for series in &grid.series() {
                let bound = Bound { grid, series, wholes: Wholes::new(grid, series), weighted };
                found.extend((0..series.shares.len()).filter_map(|at| bound.proposal(at)));
            }
            found.sort_by_key(|proposal| proposal.quote);
            proposals.list.extend(found);
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let whole = match proposal.operands.get(1).map(|operand| operand.role.as_str()) {
            Some("whole") => wording::operand(proposal, 1),
            _ => "the sum of the group's counts".to_owned(),
        };
        let formula = format!("{} of {whole}", wording::operand(proposal, 0));
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look whether the percentage is of another whole, or one of the numbers is mistyped".to_owned(),
        }
    }
}
