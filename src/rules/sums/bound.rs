//! One series of percentages with what they may be of: the proposal for each, and the reasons to leave it undecided.
//!
//! A wrong flag costs more than ten missed ones, so that every way in which a percentage can be right after all is a
//! doubt here. Whether it follows is the evaluator's answer.

use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Operand, Operation, Proposal};
use crate::extract::QuantityIx;
use crate::rules::binding::{self, Binding};
use crate::rules::wording;

use super::lines::evidence::MARKED;
use super::lost_sign;
use super::shares::{Grid, Series, Share};
use super::wholes::{self, Place, Record, Whole, Wholes, is_total, quotient};

/// How many other wholes are kept as open readings.
const MOST_OTHERS: usize = 6;

/// Why a percentage that does not follow may be left undecided.
const WEIGHTED: &str = "the percentages may be weighted";
const UNCONFIRMED: &str = "fewer than three other values of the column tell what the percentages are of";
const CONTRADICTED: &str = "what the percentages are of holds in only some of the column's values";
const INCOMPLETE: &str = "the percentages of the group do not add up to 100, so that it may be no whole";
const MISSING: &str = "other cells of the row show that data are missing in it";
pub(super) const STUDIES: &str = "the rows are studies, whose percentages may be standardised or of another whole";
const LOST: &str = "the N of the heading may have lost its equals sign";
const SMALLER: &str = "a smaller whole, as where data are missing, gives the percentage";
const TWICE: &str = "each of the whole may be counted twice, as alleles and eyes are";
const BESIDE: &str = "another count of the row gives the percentage";
const ADJUSTED: &str = "the percentages may be adjusted so that they add up to 100";
const OTHER_KIND: &str = "the cell may hold something other than a count and its percentage";

/// One series with what its percentages may be of.
#[derive(Debug)]
pub(super) struct Bound<'m> {
    grid: Grid<'m>,
    series: &'m Series,
    wholes: Wholes,
    table: TableDoubts,
}

/// Reasons for doubt that hold for all percentages of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TableDoubts {
    /// The paper speaks of weights.
    pub weighted: bool,
    /// The rows are studies of others.
    pub of_studies: bool,
}

impl<'m> Bound<'m> {
    /// Finds what the percentages of a series may be of.
    pub fn new(grid: Grid<'m>, series: &'m Series, table: TableDoubts) -> Self {
        Self { grid, series, wholes: Wholes::new(grid, series), table }
    }

    fn point(&self, ix: QuantityIx) -> Option<Rational> {
        self.grid.point(ix)
    }

    /// The rows in which a percentage does not follow from its whole, but would from a smaller one.
    pub fn rows_with_gaps(&self) -> impl Iterator<Item = usize> {
        let gap = |(at, share): (usize, &Share)| {
            let (whole, record) = self.wholes.list.get(at)?.first()?;
            let is_gap = record.is_confirmed()
                && share.whole.is_none()
                && wholes::tells(self.grid, share)
                && !self.wholes.hold(self.grid, self.series, at, whole)
                && self.smaller_whole_fits(share, whole);
            is_gap.then_some(share.row)
        };
        self.series.shares.iter().enumerate().filter_map(gap)
    }

    /// The proposal for one share; `gap` says that another cell of its row shows missing data.
    pub fn proposal(&self, at: usize, code: &str, gap: bool) -> Option<Proposal> {
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
        let told = record.holds >= 2 || self.is_at_hundred(whole);
        if (whole.place.is_sum() || !share.counted) && !told {
            return None;
        }
        let stated = whole.place == Place::Cell;
        let unsigned = self.lost(share);
        // What follows from one number only by a chance that the lost N does not share says nothing.
        if unsigned == Some(false) && self.wholes.hold(self.grid, self.series, at, whole) {
            return None;
        }
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
        let doubt = if stated { self.cell_doubt(*record) } else { self.doubt(at, whole, *record) };
        let gap = gap.then_some(MISSING);
        let sign = unsigned.map(|_| LOST);
        let proposal = binding.doubted(doubt).doubted(gap).doubted(sign).proposal(code)?;
        Some(Proposal { quote, ..proposal })
    }

    /// Whether the percentage follows from the N that a lost equals sign leaves, where there is one.
    fn lost(&self, share: &Share) -> Option<bool> {
        let sizes = lost_sign::sizes(self.grid, share);
        let follows = |size: &Rational| {
            let (low, high) = self.ends(share, 0)?;
            let given = self.point(share.count)? * rational::whole(100) / size;
            Some(low <= given && given <= high)
        };
        (!sizes.is_empty()).then(|| sizes.iter().all(|size| follows(size) == Some(true)))
    }

    /// A reason to leave a percentage undecided whose whole stands in its cell.
    fn cell_doubt(&self, record: Record) -> Option<&'static str> {
        let reasons =
            [(self.table.weighted, WEIGHTED), (self.table.of_studies, STUDIES), (!record.bears_out(), CONTRADICTED)];
        reasons.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
    }

    /// Whether the counts that a sum is of are all parts of it: their printed percentages add up to 100 within rounding.
    fn is_exhaustive(&self, group: &[usize], share: &Share, place: Place) -> bool {
        let of_group =
            || group.iter().filter_map(|member| self.series.shares.get(*member)).map(|share| share.percentage);
        let percentages: Vec<QuantityIx> = match place {
            Place::RowSum => wholes::row_percentages(self.grid, share.row),
            _ => of_group().collect(),
        };
        let printed: Option<Vec<_>> = percentages
            .iter()
            .map(|ix| binding::quantity(self.grid.mentions, *ix)?.single().map(|p| (p.point(), p.unit_in_last_place())))
            .collect();
        let Some(printed) = printed else { return false };
        let sum: Rational = printed.iter().map(|(point, _)| point.clone()).sum();
        let slack = printed.iter().map(|(_, unit)| unit / rational::whole(2)).sum::<Rational>();
        let hundred = rational::whole(100);
        &hundred - &slack <= sum && sum <= hundred + slack
    }

    /// What the other values say of a whole: those of which the very same number can be the whole, whatever the relation,
    /// or, where each row or group has a whole of its own, those of the same relation. A sum is another whole in every
    /// group, so that only its own group counts.
    fn evidence(&self, at: usize, whole: &Whole, record: Record) -> Record {
        let listed = |other: usize| {
            self.wholes.list.get(other).is_some_and(|list| list.iter().any(|(of, _)| of.numbers == whole.numbers))
        };
        let others = self.series.shares.iter().enumerate().filter(|(other, _)| *other != at && listed(*other));
        let telling = others.filter(|(_, share)| wholes::tells(self.grid, share));
        let holds = telling.filter(|(other, _)| self.wholes.hold(self.grid, self.series, *other, whole)).count();
        if whole.place.is_sum() || holds > record.holds { Record { holds, ..record } } else { record }
    }

    /// A reason to leave a percentage that does not follow undecided.
    fn doubt(&self, at: usize, whole: &Whole, record: Record) -> Option<&'static str> {
        let share = self.series.shares.get(at)?;
        let group = self.wholes.groups.get(at)?;
        let adds_up = self.adds_up(group, whole);
        // The table itself says that the counts add up to 100 %. Where that holds in none of several rows, it does not.
        let few_fail = record.fails <= 1 || record.fails * 10 <= record.holds + record.fails;
        let at_hundred = adds_up && self.is_at_hundred(whole) && few_fail;
        let complete = at_hundred || (adds_up && record.fails == 0 && self.names_all(group, share));
        let evidence = self.evidence(at, whole, record);
        let reasons = [
            (self.table.weighted, WEIGHTED),
            (self.table.of_studies, STUDIES),
            (evidence.holds < 3 && !at_hundred, UNCONFIRMED),
            (!evidence.bears_out() && !at_hundred, CONTRADICTED),
            (whole.place.is_sum() && !self.is_exhaustive(group, share, whole.place), INCOMPLETE),
            (self.smaller_whole_fits(share, whole) && !complete, SMALLER),
            (self.fits_twice(share, whole), TWICE),
            (self.count_of_row_fits(share), BESIDE),
            (self.may_be_adjusted(group, share, whole), ADJUSTED),
            (self.may_be_marked(share, whole), MARKED),
            (!share.plainly && share.count_column == share.column && self.is_far(share, whole), OTHER_KIND),
        ];
        reasons.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
    }

    /// Whether the percentage is that of twice the whole.
    fn fits_twice(&self, share: &Share, whole: &Whole) -> bool {
        let fits = || {
            let size = self.size(whole).filter(|size| *size > rational::whole(0))?;
            let given = self.point(share.count)? * rational::whole(50) / size;
            let (low, high) = self.ends(share, 0)?;
            Some(low <= given && given <= high)
        };
        fits().unwrap_or(false)
    }

    /// The number of the whole.
    fn size(&self, whole: &Whole) -> Option<Rational> {
        whole.numbers.iter().map(|number| self.point(*number)).sum()
    }

    /// Whether the counts of a group add up to the whole.
    fn adds_up(&self, group: &[usize], whole: &Whole) -> bool {
        let counts = group.iter().filter_map(|member| self.series.shares.get(*member));
        let sum: Option<Rational> = counts.map(|share| self.point(share.count)).sum();
        !whole.place.is_sum() && group.len() > 1 && sum.is_some() && sum == self.size(whole)
    }

    /// Whether the rows of a group are answers of their own, none of them one for those without an answer, which another
    /// row may leave out of its whole.
    fn names_all(&self, group: &[usize], share: &Share) -> bool {
        const ABSENT: [&str; 8] =
            ["missing", "unknown", "not known", "not reported", "not stated", "no data", "no answer", "not available"];
        let labels = group.iter().filter_map(|member| self.series.shares.get(*member));
        let absent = |label: &str| ABSENT.iter().any(|word| label.to_lowercase().contains(word));
        let all = self.point(share.percentage) == Some(rational::whole(100));
        !all && !labels.map(|share| self.grid.content.label(share.row)).any(absent)
    }

    /// Whether the mark of a note may be the last digit: the percentage has more decimals than all others, or the count
    /// without its last digit gives it.
    fn may_be_marked(&self, share: &Share, whole: &Whole) -> bool {
        let decimals = |share: &Share| {
            let printed = binding::quantity(self.grid.mentions, share.percentage)?.single()?;
            Some(printed.decimals)
        };
        let others = self.series.shares.iter().filter(|other| *other != share).filter_map(decimals).max();
        let longer = others.is_some() && decimals(share) > others;
        let shorter = || {
            let count = (self.point(share.count)? / rational::whole(10)).floor();
            let size = self.size(whole).filter(|size| *size != rational::whole(0))?;
            let given = count * rational::whole(100) / size;
            let (low, high) = self.ends(share, 0)?;
            Some(low <= given && given <= high)
        };
        longer || shorter() == Some(true)
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
        // What is rounded twice, 4.487 to 4.5 and that to 5, is a little less than half a unit below.
        let twice = &unit / rational::whole(20);
        Some((printed.point() - half - twice - &more, printed.point() + unit + more))
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

    /// Whether the percentage is that of another count of its row, as where columns beside each other part a group of it.
    fn count_of_row_fits(&self, share: &Share) -> bool {
        let own = self.point(share.count);
        let fits = |count: QuantityIx| {
            let (own, other) = (own.clone()?, self.point(count)?);
            let (low, high) = self.ends(share, 0)?;
            let zero = rational::whole(0);
            (other >= own && other > zero)
                .then(|| own * rational::whole(100) / other)
                .map(|given| low <= given && given <= high)
        };
        let columns = (self.grid.content.label_columns..self.grid.content.columns)
            .filter(|column| *column != share.count_column && *column != share.column);
        let mut counts = columns.filter_map(|column| self.grid.count(share.count_row, column));
        counts.any(|count| fits(count) == Some(true))
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

/// The role of a number in its whole.
const fn role(whole: &Whole) -> &'static str {
    match whole.place {
        Place::Sum => "count of the group",
        Place::RowSum => "count of the row",
        Place::Headings => "N over a column",
        _ => "whole",
    }
}

/// The whole of a proposal in words: the number, or what adds up to it.
pub(super) fn whole_in_words(proposal: &Proposal) -> String {
    match proposal.operands.get(1).map(|operand| operand.role.as_str()) {
        Some("count of the group") => words(Place::Sum),
        Some("count of the row") => words(Place::RowSum),
        Some("N over a column") => words(Place::Headings),
        _ => wording::operand(proposal, 1),
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
        Place::RowSum => "the sum of the row's counts",
        Place::Headings => "the sum of the columns' N",
        Place::Caption => "the N of the caption",
    }
    .to_owned()
}
