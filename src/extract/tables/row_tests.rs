//! Tests whose statistic, degrees of freedom and p-value stand in cells of one row, under headings that name them.
//!
//! A column of p-values belongs to the statistic at its left under the same heading. Where several statistics stand there, it
//! is that of the one with a value in the row, if no row has values of two. Where the p-values are adjusted ones, nothing is
//! bound. Degrees of freedom in a column before all headings that stand over several columns are those of each test of the
//! row; a note may state those of all tests of a kind. Where none are printed the test has none.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, TextRange};
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::quantity::Comparator;
use crate::extract::results::{self, Degree, Raw};
use crate::extract::source::Source;
use crate::extract::statistic::{TestKind, TestStatistic};

use super::content::TableContent;
use super::noted_degrees;
use super::rows::{PValue, Rows, rows_of};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A test statistic, with degrees of freedom behind each value in brackets or not.
    Statistic(TestKind),
    /// Degrees of freedom.
    Degrees,
    /// p-values.
    P,
    /// Adjusted p-values.
    OtherP,
}

static ROLES: LazyLock<Vec<(Role, Regex)>> = LazyLock::new(|| {
    let value = r"[\s-]*(?:values?|statistics?|stat\.?|ratio|tests?)?";
    let degrees = r"(?:\s*[\(\[](?:[^()]*\d[^()]*|\s*(?i:d\.?\s?f)[^()]*)[\)\]])?";
    [
        (
            Role::Statistic(TestKind::T),
            format!(r"^(?:(?:Student(?:['’]s)?|(?i:related|unrelated|paired|unpaired|independent|one[\s-]sample|two[\s-]samples?|independent[\s-]samples|paired[\s-]samples?|Welch(?:['’]s)?))\s+)?t{value}{degrees}$"),
        ),
        (Role::Statistic(TestKind::R), format!(r"^(?:Pearson(?:['’]s)?\s+)?r{degrees}$")),
        (Role::Statistic(TestKind::Rho), r"^(?:Spearman(?:['’]s)?\s+)?(?:ρ|rho|r_?[sₛ])$".to_owned()),
        (Role::Statistic(TestKind::F), format!(r"^F{value}{degrees}$")),
        (Role::Statistic(TestKind::Z), format!(r"^(?:Wald\s+)?[zZ]{value}$")),
        (
            Role::Statistic(TestKind::ChiSquared),
            format!(r"^(?:Wald\s+|Pearson\s+|[Δ∆]\s?)?(?:[χΧ𝜒X]\s?\^?[²2]|[Cc]hi[\s-]?(?:squared?|[²2])){value}{degrees}$"),
        ),
        // The letter is lost in some fonts, and nothing else that is squared stands so behind heterogeneity.
        (
            Role::Statistic(TestKind::ChiSquared),
            r"^(?i:heterogeneity)\s*[(\[]\s*[χΧ𝜒XxyCcvw]\s?\^?[²2]\s*[)\]]$".to_owned(),
        ),
        (Role::Degrees, r"^(?:d\.?\s?f\.?s?|DF|[Dd]egrees\s+of\s+freedom|(?:num|den)\.?\s*df|df\s?[12₁₂])$".to_owned()),
        (Role::P, r"^[pP](?:[\s-]*[vV]al(?:ue)?s?\.?)?(?:\s*\((?:one|two|1|2)[\s-](?:tailed|sided|t)\))?$|^Sig\.?$|^Pr\s?\(?>\s?\|?[zt]\|?\)?$".to_owned()),
        (Role::OtherP, r"(?i)\bp[\s_-]*(?:val(?:ue)?s?)?\W*(?:adj|corr|bonf|fdr|holm|tukey)|(?:adj\w*|corr\w*|bonf\w*|fdr|holm|tukey)\.?\W+p\b|^q$".to_owned()),
    ]
    .into_iter()
    .filter_map(|(role, form)| compile(&form).map(|form| (role, form)))
    .collect()
});

/// Adds the tests of the rows of tables to those of the text, which stand by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    document: &Document,
    tables: &[TableContent],
    sentences: &[Sentence],
    habits: &[Habits],
    statistics: &mut Vec<TestStatistic>,
    registry: &mut Registry,
) {
    let mut added = Vec::new();
    for rows in rows_of(source, document, tables, sentences, habits) {
        let groups = rows.groups();
        for row in rows.table.body() {
            for group in &groups {
                added.extend(rows.bind(row as usize, group, statistics, registry));
            }
        }
    }
    statistics.extend(added);
    statistics.sort_by_key(|statistic| statistic.range);
}

/// The columns of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    /// The columns from the one behind the p-values before up to the p-values.
    columns: std::ops::Range<usize>,
    /// The statistics, of which each row has a value of one.
    statistics: Vec<(usize, TestKind)>,
    /// The degrees of freedom, each in a column.
    degrees: Vec<usize>,
    /// The p-values.
    p: usize,
    /// Whether zeros fill up the p-values, so that the last one tells nothing of how they are rounded.
    padded: bool,
}

/// How many p-values have to end in a zero to say that zeros fill them up: one in a thousand columns does so by chance.
const FEWEST_PADDED: usize = 3;

impl Rows<'_, '_> {
    fn role(&self, column: usize) -> Option<Role> {
        let words = self.content.heading(column).next()?;
        let words =
            words.trim_end_matches(|c: char| "*†‡§,".contains(c) || crate::extract::source::is_raised_letter(c)).trim();
        ROLES.iter().find(|(_, form)| form.is_match(words)).map(|(role, _)| *role)
    }

    /// The columns of each test, from left to right.
    fn groups(&self) -> Vec<Group> {
        let roles: Vec<Option<Role>> = (0..self.content.columns).map(|column| self.role(column)).collect();
        let is_p = |column: &usize| matches!(roles[*column], Some(Role::P | Role::OtherP));
        let first = self.content.label_columns.min(roles.len());
        let repeats = self.repeats(first);
        let mut from = first;
        let mut groups = Vec::new();
        for p in (first..roles.len()).filter(is_p) {
            groups.extend(self.group(&roles, from, p, repeats).filter(|_| roles[p] == Some(Role::P)));
            from = p + 1;
        }
        let shared = self.shared_degrees(&roles, first);
        for group in groups.iter_mut().filter(|group| group.degrees.is_empty()) {
            group.degrees.clone_from(&shared);
        }
        groups
    }

    /// The columns of degrees of freedom before the first heading that stands over several columns.
    fn shared_degrees(&self, roles: &[Option<Role>], first: usize) -> Vec<usize> {
        let parted = (first..roles.len()).find(|column| self.spans(*column));
        let before = (first..parted.unwrap_or(first)).filter(|_| self.table.header_rows > 1);
        before.filter(|column| roles[*column] == Some(Role::Degrees)).collect()
    }

    /// The columns `from..p` of the p-values at `p`, where no more than one statistic stands in them.
    fn group(&self, roles: &[Option<Role>], from: usize, p: usize, repeats: bool) -> Option<Group> {
        let together = |column: &usize| {
            repeats || self.table.header_rows < 2 || self.top(*column) == self.top(p) || !self.spans(*column)
        };
        let mut named = Vec::new();
        let mut degrees = Vec::new();
        for column in (from..p).filter(together) {
            match roles[column] {
                Some(Role::Statistic(kind)) => named.push((column, kind)),
                Some(Role::Degrees) => degrees.push(column),
                _ => {}
            }
        }
        if degrees.is_empty() && roles.get(p + 1) == Some(&Some(Role::Degrees)) {
            degrees.push(p + 1);
        }
        let exclusive = named.len() <= 1 || self.table.body().all(|row| self.filled(row as usize, &named).len() <= 1);
        exclusive.then(|| Group { columns: from..p, statistics: named, degrees, p, padded: self.is_padded(p) })
    }

    /// Whether all p-values of a column between zero and one end with a zero behind another digit: ".130", ".020".
    fn is_padded(&self, column: usize) -> bool {
        let cells = self.table.body().filter_map(|row| self.range(row as usize, column));
        let numbers = cells.filter_map(|range| match self.p_value(range)? {
            PValue::Number(sign, number) if sign.comparator == Comparator::Equal => Some(number),
            _ => None,
        });
        let between = |number: &Number| {
            let digits = number.first().digits.trim_start_matches('0').to_owned();
            digits.bytes().any(|digit| digit != b'0') && number.first().point() < crate::arithmetic::rational::whole(1)
        };
        let telling: Vec<Number> = numbers.filter(between).collect();
        let ends = |number: &Number| number.first().decimals > 1 && number.first().digits.ends_with('0');
        telling.len() >= FEWEST_PADDED && telling.iter().all(ends)
    }

    /// Those of the columns that have a value in a row.
    fn filled(&self, row: usize, columns: &[(usize, TestKind)]) -> Vec<(usize, TestKind)> {
        let has_digit = |column: usize| {
            self.range(row, column).is_some_and(|range| self.source.slice(range).contains(|c: char| c.is_ascii_digit()))
        };
        columns.iter().copied().filter(|(column, _)| has_digit(*column)).collect()
    }

    /// Binds the p-value of a row: to a test that waits for one in a cell ("t(28) = 2.20"), or to the numbers of cells.
    fn bind(
        &self,
        row: usize,
        group: &Group,
        statistics: &mut [TestStatistic],
        registry: &mut Registry,
    ) -> Option<TestStatistic> {
        let range = self.range(row, group.p)?;
        let p = self.p_value(range).map(|p| if group.padded { p.or_shorter() } else { p })?;
        let cells: Vec<TextRange> = group.columns.clone().filter_map(|column| self.range(row, column)).collect();
        let from = cells.first().map_or(range.start, |cell| cell.start);
        let first = statistics.partition_point(|statistic| statistic.range.end <= from);
        let near = statistics[first..].iter_mut().take_while(|statistic| statistic.range.start < range.start);
        let mut waiting = near.filter(|statistic| cells.iter().any(|cell| cell.contains(statistic.range)));
        if let Some(statistic) = waiting.next() {
            let alone = statistic.p.is_none() && !statistic.not_significant && waiting.next().is_none();
            if let (true, PValue::Number(sign, number)) = (alone, p) {
                statistic.p = Some(results::reported_number((sign, number), registry));
                statistic.range = statistic.range.hull(range);
                statistic.in_row = true;
            }
            return None;
        }
        let raw = self.test(row, group, range, p)?;
        let sentence = self.sentences.partition_point(|sentence| sentence.range.end <= range.start);
        Some(TestStatistic { in_row: true, ..results::finish(raw, sentence, registry) })
    }

    /// The test whose numbers stand in cells of their own.
    fn test(&self, row: usize, group: &Group, p_range: TextRange, p: PValue) -> Option<Raw> {
        let (column, kind) = self.filled(row, &group.statistics).first().copied()?;
        let range = self.range(row, column)?;
        let sign = self.sign(range.start, range.end);
        let value = results::value(self.source, sign.end, range.end, self.habits)?;
        let mut degrees = self.heading_degrees(column, kind).unwrap_or_default();
        let after = self.source.skip_spaces(value.range.end, range.end);
        if after < range.end {
            degrees = self.bracketed(after, range.end, kind)?;
        }
        if degrees.is_empty() && !group.degrees.is_empty() {
            degrees = self.degrees(row, &group.degrees, kind)?;
        }
        if degrees.is_empty() {
            degrees.extend(noted_degrees::of_all(self.source, self.table, kind));
        }
        let (p, not_significant) = match p {
            PValue::Number(sign, number) => (Some((sign, number)), false),
            PValue::NotSignificant => (None, true),
        };
        Some(Raw { degrees, p, not_significant, ..Raw::new(range.hull(p_range), kind, (sign, value)) })
    }

    /// The degrees of freedom in the brackets of a heading: "F(1, 38)". None for "t (df)".
    fn heading_degrees(&self, column: usize, kind: TestKind) -> Option<Vec<Degree>> {
        let mut rows = (0..self.table.header_rows as usize).rev();
        let cells = rows.by_ref().filter_map(|row| self.content.at(row, column));
        let mut cells = cells.filter_map(|cell| self.table.cells.get(cell)).map(|cell| cell.range);
        let lowest = cells.next()?;
        // A heading further up has other brackets, too.
        let named = cells.filter(|range| self.source.slice(*range).contains("df"));
        std::iter::once(lowest).chain(named).find_map(|range| {
            let open = (range.start..range.end).find(|at| matches!(self.source.at(*at), Some('(' | '[')))?;
            let degrees = self.bracketed(open, range.end, kind)?;
            (degrees.len() == results::expected(kind)).then_some(degrees)
        })
    }

    /// The degrees of freedom of the bracket at `open`, which the range ends with.
    fn bracketed(&self, open: usize, end: usize, kind: TestKind) -> Option<Vec<Degree>> {
        let opens = matches!(self.source.at(open), Some('(' | '['));
        let close = (open + 1..end).find(|at| matches!(self.source.at(*at), Some(')' | ']')))?;
        let ends = self.source.skip_spaces(close + 1, end) == end;
        let found = results::inside(self.source, TextRange::new(open + 1, close), kind)?;
        (opens && ends && !found.is_empty()).then_some(found)
    }

    /// The degrees of freedom in columns of their own.
    fn degrees(&self, row: usize, columns: &[usize], kind: TestKind) -> Option<Vec<Degree>> {
        let mut found = Vec::new();
        for column in columns {
            let range = self.range(row, *column)?;
            // Each cell of two holds one number; a lone one holds them all.
            let form = if columns.len() > 1 { TestKind::T } else { kind };
            let inner = self.inner(range);
            found.extend(results::inside(self.source, inner, form)?);
        }
        (found.len() == results::expected(kind)).then_some(found)
    }

    /// A range without the brackets around it.
    fn inner(&self, range: TextRange) -> TextRange {
        let open = usize::from(matches!(self.source.at(range.start), Some('(' | '[')));
        let close = usize::from(matches!(self.source.before(range.end), Some(')' | ']')));
        TextRange::new(range.start + open, (range.end - close).max(range.start + open))
    }
}
