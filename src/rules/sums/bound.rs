//! One series of percentages with what they may be of: the proposal for each, and the reasons to leave it undecided.
//!
//! A wrong flag costs more than ten missed ones, so that every way in which a percentage can be right after all is a
//! doubt here. Whether it follows is the evaluator's answer.

use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Operand, Operation, Proposal};
use crate::extract::QuantityIx;
use crate::rules::binding::{self, Binding};
use crate::rules::wording;

use super::shares::{Grid, Series, Share};
use super::wholes::{Place, Record, Whole, Wholes, is_total, quotient};

/// How many other wholes are kept as open readings.
const MOST_OTHERS: usize = 6;

/// Why a percentage that does not follow may be left undecided.
const WEIGHTED: &str = "the percentages may be weighted";
const UNCONFIRMED: &str = "fewer than two other values of the column tell what the percentages are of";
const CONTRADICTED: &str = "what the percentages are of holds in only some of the column's values";
const SMALLER: &str = "a smaller whole, as where data are missing, gives the percentage";
const ADJUSTED: &str = "the percentages may be adjusted so that they add up to 100";
const MARKED: &str = "the last digit of one of the numbers may be the mark of a note";
const OTHER_KIND: &str = "the cell may hold something other than a count and its percentage";

/// One series with what its percentages may be of.
#[derive(Debug)]
pub(super) struct Bound<'m> {
    grid: Grid<'m>,
    series: &'m Series,
    wholes: Wholes,
    weighted: bool,
}

impl<'m> Bound<'m> {
    /// Finds what the percentages of a series may be of.
    pub fn new(grid: Grid<'m>, series: &'m Series, weighted: bool) -> Self {
        Self { grid, series, wholes: Wholes::new(grid, series), weighted }
    }

    fn point(&self, ix: QuantityIx) -> Option<Rational> {
        self.grid.point(ix)
    }

    /// The proposal for one share.
    pub fn proposal(&self, at: usize, code: &str) -> Option<Proposal> {
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
        let proposal = binding.doubted(doubt).proposal(code)?;
        Some(Proposal { quote, ..proposal })
    }

    /// A reason to leave a percentage that does not follow undecided.
    fn doubt(&self, at: usize, whole: &Whole, record: Record) -> Option<&'static str> {
        let share = self.series.shares.get(at)?;
        let group = self.wholes.groups.get(at)?;
        let adds_up = self.adds_up(group, whole);
        // The table itself says that the counts add up to 100 %. Where that holds in none of several rows, it does not.
        let at_hundred = adds_up && self.is_at_hundred(whole) && record.fails <= record.holds.max(1);
        let complete = at_hundred || (adds_up && record.fails == 0 && self.names_all(group, share));
        let by_total = at_hundred || (complete && record.holds >= 1 && whole.place.is_total());
        let reasons = [
            (self.weighted, WEIGHTED),
            (record.holds < 2 && !by_total, UNCONFIRMED),
            (!record.is_confirmed() && !by_total, CONTRADICTED),
            (self.smaller_whole_fits(share, whole) && !complete, SMALLER),
            (self.may_be_adjusted(group, share, whole), ADJUSTED),
            (self.may_be_marked(share, whole), MARKED),
            (!share.plainly && share.count_column == share.column && self.is_far(share, whole), OTHER_KIND),
        ];
        reasons.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
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
