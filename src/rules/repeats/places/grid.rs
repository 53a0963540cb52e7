//! The numbers of a table by their digits, with the words that name their rows and columns.
//!
//! Which cell a number of the text is that of is asked here by digits and words alone; what leads the reader to the table
//! is the concern of `pointed` and `cells`.

use std::collections::BTreeMap;

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{
    CellIx, Contrasts, Member, Mentions, Passage, Quantity, QuantityIx, QuantityKind, Role, Standing, TableContent,
    TableWords, Word, shared,
};
use crate::rules::RuleContext;

use super::claim::{Claim, Side};
use super::numbers::Digits;

/// How many words before and behind a number are near it.
pub(super) const BEFORE: usize = 12;
pub(super) const BEHIND: usize = 8;
/// The most numbers of a sentence that are looked at.
const MOST_NUMBERS: usize = 40;
/// The most cells of a table that are looked at.
const MOST_CELLS: usize = 3_000;
/// The longest mark by which a row is known: "7", "10b", "IV".
const MARK: usize = 3;

/// A number of a cell below the header and right of the labels.
pub(in crate::rules::repeats) struct Entry {
    pub cell: usize,
    pub row: usize,
    pub column: usize,
    pub at: QuantityIx,
    pub member: Member,
}

/// How many words of its labels name a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::repeats) struct Named {
    /// Of the label of the row and the head of its group.
    pub row: usize,
    /// Of the words over the column.
    pub column: usize,
}

impl Named {
    /// All of them.
    pub const fn all(self) -> usize {
        self.row + self.column
    }
}

/// The best of some places, where no other one is as good.
pub(super) fn only_best<T>(found: Vec<(usize, T)>) -> Option<(usize, T)> {
    let most = found.iter().map(|(rank, _)| *rank).max()?;
    let mut best = found.into_iter().filter(|(rank, _)| *rank == most);
    let first = best.next()?;
    best.next().is_none().then_some(first)
}

/// A table with its numbers by their digits.
pub(in crate::rules::repeats) struct Grid<'m> {
    pub table: usize,
    pub words: &'m TableWords,
    pub entries: Vec<Entry>,
    held: &'m TableContent,
    by_digits: BTreeMap<Digits, Vec<usize>>,
}

impl<'m> Grid<'m> {
    pub fn of(
        table: usize,
        held: &'m TableContent,
        words: &'m TableWords,
        mentions: &Mentions,
        context: RuleContext<'_>,
    ) -> Self {
        let mut grid = Self { table, words, entries: Vec::new(), held, by_digits: BTreeMap::new() };
        let Some(layout) = context.document.tables.get(table) else { return grid };
        for (cell, place) in layout.cells.iter().enumerate().take(MOST_CELLS) {
            let (row, column) = (place.row as usize, place.column as usize);
            if place.row < layout.header_rows || column < held.label_columns {
                continue;
            }
            for at in held.cells.get(cell).iter().flat_map(|content| &content.quantities) {
                let member = mentions.quantities.get(at.0).and_then(|own| Member::of_quantity(Role::Value, *at, own));
                let Some(member) = member else { continue };
                grid.by_digits.entry(Digits::of(&member.printed)).or_default().push(grid.entries.len());
                grid.entries.push(Entry { cell, row, column, at: *at, member });
            }
        }
        grid
    }

    /// The tables of a paper with their numbers.
    pub fn all(mentions: &'m Mentions, context: RuleContext<'_>) -> Vec<Self> {
        let of = mentions.tables.iter().zip(&mentions.subjects.tables).enumerate();
        of.map(|(at, (held, words))| Self::of(at, held, words, mentions, context)).collect()
    }

    /// Whether the label of a row names another paper: an author with others, or a year.
    pub fn cites(&self, row: usize) -> bool {
        let label = self.held.label(row);
        let mut runs = label.split(|c: char| !c.is_alphanumeric());
        label.contains("et al") || runs.any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
    }

    /// By what a sentence can name a row, or a column.
    pub fn name(&self, axis: Axis) -> Name<'_> {
        match axis {
            Axis::Row(row) => Name { mark: mark(self.held.label(row)), words: alone(&self.words.rows, row) },
            Axis::Column(column) => {
                let mark = self.held.heading(column).next().and_then(mark);
                Name { mark, words: alone(&self.words.columns, column) }
            }
        }
    }

    /// The cells that hold one number, by row and column.
    pub fn singles(&self) -> BTreeMap<(usize, usize), &Entry> {
        let mut found: BTreeMap<(usize, usize), Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            found.entry((entry.row, entry.column)).or_default().push(entry);
        }
        found.into_iter().filter_map(|(at, own)| if let [only] = own[..] { Some((at, only)) } else { None }).collect()
    }

    /// The number of a cell as one of the two places of a claim.
    pub fn side(&self, entry: &Entry) -> Side {
        let cell = CellIx { table: self.table, cell: entry.cell };
        Side { value: entry.member.value.clone(), standing: Standing::Cell(cell) }
    }

    /// The claim of a number of a sentence and a cell.
    pub fn claim(&self, stated: (&Member, Standing), entry: &Entry, operation: Operation) -> Claim {
        Claim {
            stated: Side { value: stated.0.value.clone(), standing: stated.1 },
            other: self.side(entry),
            role: Role::Value,
            operation,
            doubt: None,
        }
    }

    /// The cells with the digits, sign and unit of a number.
    pub fn alike(&self, stated: &Member, quantity: &Quantity, mentions: &Mentions) -> impl Iterator<Item = &Entry> {
        let of = self.by_digits.get(&Digits::of(&stated.printed)).map_or(&[][..], Vec::as_slice);
        of.iter().map(|at| &self.entries[*at]).filter(move |entry| {
            stated.comparator == entry.member.comparator
                && stated.printed.negative == entry.member.printed.negative
                && can_be(quantity, entry, mentions)
        })
    }

    /// The cells with the digits, the sign and the sign of comparison of a number, whatever their units.
    pub fn printed_as(&self, stated: &Member) -> impl Iterator<Item = &Entry> {
        let of = self.by_digits.get(&Digits::of(&stated.printed)).map_or(&[][..], Vec::as_slice);
        of.iter().map(|at| &self.entries[*at]).filter(move |entry| {
            stated.comparator == entry.member.comparator && stated.printed.negative == entry.member.printed.negative
        })
    }

    /// Whether the heading right above a column says that it holds p-values.
    pub fn holds_p(&self, column: usize) -> bool {
        self.held.heading(column).next().is_some_and(is_p)
    }

    /// The only column whose heading, all of its lines or the last one, is of a kind.
    pub fn column_of(&self, is: impl Fn(&str) -> bool) -> Option<usize> {
        let of = |column: usize| {
            let mut lines: Vec<&str> = self.held.heading(column).collect();
            let last = lines.first().copied().unwrap_or_default();
            let two: Vec<&str> = lines.iter().take(2).rev().copied().collect();
            let two = two.join(" ");
            lines.reverse();
            is(last) || is(&two) || is(&lines.join(" "))
        };
        let mut found = (self.held.label_columns..self.held.columns).filter(|column| of(*column));
        found.next().filter(|_| found.next().is_none())
    }

    /// The only row that a heading of the labels and its label are accepted of.
    pub fn row_of(&self, is: impl Fn(&str, &str) -> bool) -> Option<usize> {
        let heading = self.held.heading(0).next().unwrap_or_default();
        let mut found = (0..self.held.labels.len()).filter(|row| is(heading, self.held.label(*row)));
        found.next().filter(|_| found.next().is_none())
    }

    /// How many words a cell shares with some others: of its row and the head of its group, and of its column.
    pub fn words_of(&self, entry: &Entry, words: &[Word]) -> Named {
        let of = |list: &[Vec<Word>], at: usize| list.get(at).map_or(0, |own| shared(own, words));
        Named {
            row: of(&self.words.rows, entry.row) + of(&self.words.groups, entry.row),
            column: of(&self.words.columns, entry.column),
        }
    }

    /// Whether the labels of a cell or the caption name another group, time or model than the sentence.
    pub fn contradicts(&self, entry: &Entry, passage: &Passage) -> bool {
        let of = |list: &[Contrasts], at: usize| list.get(at).is_some_and(|own| own.contradict(&passage.contrasts));
        of(&self.words.row_contrasts, entry.row)
            || of(&self.words.column_contrasts, entry.column)
            || self.words.caption_contrasts.contradict(&passage.contrasts)
    }
}

/// A row or a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::repeats) enum Axis {
    Row(usize),
    Column(usize),
}

/// What names a row or a column and no other one of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules::repeats) struct Name<'t> {
    /// The number or sign that its label begins with.
    mark: Option<&'t str>,
    /// The words that only its label has.
    words: Vec<Word>,
}

impl Name<'_> {
    /// Whether some letters and digits of a sentence are this name, or a word of it.
    pub fn is(&self, run: &str) -> bool {
        match self.mark {
            Some(mark) => mark == run,
            None => Word::of(run).is_some_and(|word| self.words.contains(&word)),
        }
    }
}

/// The words of one of some labels that no other has.
fn alone(labels: &[Vec<Word>], at: usize) -> Vec<Word> {
    let elsewhere = |word: &Word| {
        let mut others = labels.iter().enumerate().filter(|(other, _)| *other != at);
        others.any(|(_, words)| words.binary_search(word).is_ok())
    };
    labels.get(at).into_iter().flatten().filter(|word| !elsewhere(word)).copied().collect()
}

/// The mark by which a label is known, "7" of "(7) \[Ru(Cl)\]": its first run, where it has a digit or is a Roman number.
fn mark(label: &str) -> Option<&str> {
    let start = label.find(char::is_alphanumeric)?;
    let run = &label[start..];
    let run = &run[..run.find(|c: char| !c.is_alphanumeric()).unwrap_or(run.len())];
    let numbered = run.contains(|c: char| c.is_ascii_digit()) || run.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    (numbered && run.len() <= MARK).then_some(run)
}

/// Whether a heading names p-values: "p", "P-value", "p (adjusted)".
pub(in crate::rules::repeats) fn is_p(heading: &str) -> bool {
    let mut words = heading.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("p") || word.eq_ignore_ascii_case("pvalue"))
}

/// The numbers of a sentence that can be those of cells.
pub(super) fn told(mentions: &Mentions, sentence: TextRange) -> Vec<(QuantityIx, Member, &Quantity)> {
    let first = mentions.quantities.partition_point(|quantity| quantity.range.end <= sentence.start);
    let inside =
        mentions.quantities.iter().enumerate().skip(first).take_while(|(_, own)| own.range.start < sentence.end);
    inside
        .take(MOST_NUMBERS)
        .filter_map(|(at, quantity)| {
            let member = Member::of_quantity(Role::Value, QuantityIx(at), quantity)?;
            (member.digits() >= 2 && !quantity.approximate).then_some((QuantityIx(at), member, quantity))
        })
        .collect()
}

/// Whether a number of the text can be that of a cell: percentages go with percentages or with cells that do not say what
/// they are, and units that both print have to be one.
pub(super) fn can_be(quantity: &Quantity, entry: &Entry, mentions: &Mentions) -> bool {
    let Some(own) = mentions.quantities.get(entry.at.0) else { return false };
    match (&quantity.first().unit, &own.first().unit) {
        (Some(a), Some(b)) => a.unit.same_measure(&b.unit),
        (None, None) => true,
        // A unit may stand over the column, but what is counted in the text is no share in the table.
        (None, Some(_)) => quantity.kind != QuantityKind::Count,
        (Some(_), None) => own.kind != QuantityKind::Count || quantity.kind != QuantityKind::Percentage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_short_and_numbered() {
        for (label, expected) in [
            ("(7) [Ru(Cl)]", Some("7")),
            ("10b", Some("10b")),
            ("IV HL(Daf)", Some("IV")),
            ("P7L", Some("P7L")),
            ("Perch", None),
            ("1998", None),
            ("", None),
        ] {
            assert_eq!(mark(label), expected, "{label}");
        }
    }

    #[test]
    fn headings_of_p_values_are_known() {
        assert!(["p", "P-value", "p Value", "P (trend)"].into_iter().all(is_p));
        assert!(!["Perch", "Sum of p", "", "%"].into_iter().any(is_p));
    }

    #[test]
    fn a_row_is_named_by_words_that_no_other_row_has() {
        let words = |text: &str| {
            let mut words: Vec<Word> = text.split(' ').filter_map(Word::of).collect();
            words.sort_unstable();
            words
        };
        let name = Name { mark: None, words: alone(&[words("young perch"), words("young roach")], 0) };
        assert!(name.is("perch") && !name.is("young") && !name.is("roach"));
    }
}
