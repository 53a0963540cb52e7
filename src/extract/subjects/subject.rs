//! The subjects of a paper: its tests, estimates, means, shares and single numbers with what they are of.

use std::collections::BTreeMap;

use crate::arithmetic::Printed;
use crate::arithmetic::units::Unit;
use crate::document::{Document, TextRange};
use crate::extract::estimates::{Estimate, Measure};
use crate::extract::mentions::Mentions;
use crate::extract::quantity::{Quantity, QuantityIx, QuantityKind};
use crate::extract::source::Source;
use crate::extract::statistic::{TestKind, TestStatistic};
use crate::extract::summaries::{SpreadKind, Summary};
use crate::extract::tables::TableContent;

use super::abbreviations::Abbreviations;
use super::contrasts::Contrasts;
use super::doubles;
use super::members::{Member, Role};
use super::pointers::{self, Tables};
use super::shares;
use super::standing::{Places, Standing};
use super::words::{self, Word};

/// The statistic of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// A test with its degrees of freedom and p-value.
    Test(TestKind),
    /// An estimate with its interval, standard error or p-value.
    Estimate(Measure),
    /// A mean with its spread.
    Mean(SpreadKind),
    /// A count with its percentage.
    Share,
    /// A range from one number to another.
    Range,
    /// A number by itself, in running text.
    Single(QuantityKind),
}

/// A number or a group of numbers that are of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The statistic.
    pub statistic: Statistic,
    /// The numbers in their roles; no role stands twice.
    pub members: Vec<Member>,
    /// From the first to the last of them.
    pub range: TextRange,
    /// Where they stand.
    pub standing: Standing,
    /// The words around them, as an index of [`Subjects::passages`].
    pub passage: usize,
    /// The level of the interval, where it is printed.
    pub level: Option<Printed>,
    /// The unit of a range, or of a mean that is printed as one quantity with its spread.
    pub unit: Option<Unit>,
}

impl Subject {
    /// The number in a role.
    pub fn member(&self, role: Role) -> Option<&Member> {
        self.members.iter().find(|member| member.role == role)
    }
}

/// How many characters from a number its words can stand: in a run of numbers the words further off are of others.
const NEAR: usize = 150;

/// A sentence, or the row and column of a cell, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The sentence.
    pub sentence: usize,
    /// Its words, sorted, each once.
    pub words: Vec<Word>,
    /// Of a cell the words that name its row; none elsewhere.
    pub label: Vec<Word>,
    /// The words in their order with the characters that they begin at; empty for a cell.
    pub run: Vec<(usize, Word)>,
    /// What it says of groups, times and models.
    pub contrasts: Contrasts,
    /// Whether it speaks of another paper.
    pub cites: bool,
    /// The tables that it points to, as indices of the document's tables.
    pub points_to: Vec<usize>,
}

impl Passage {
    /// The words near a number of the passage: at most `before` before it and `behind` behind it, no further than
    /// 150 characters; sorted, each once.
    pub fn near(&self, range: TextRange, before: usize, behind: usize) -> Vec<Word> {
        let left = self.run.partition_point(|(at, _)| *at < range.start);
        let right = self.run.partition_point(|(at, _)| *at < range.end);
        let first = self.run.partition_point(|(at, _)| at + NEAR < range.start);
        let mut words: Vec<Word> = self.run[left.saturating_sub(before).max(first)..left.max(first)]
            .iter()
            .chain(self.run[right..].iter().take(behind).take_while(|(at, _)| *at < range.end + NEAR))
            .map(|(_, word)| *word)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The words that name the rows and columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableWords {
    /// For each row the words of its label.
    pub rows: Vec<Vec<Word>>,
    /// For each row the words of the head of its group.
    pub groups: Vec<Vec<Word>>,
    /// For each column the words over it.
    pub columns: Vec<Vec<Word>>,
    /// For each row what its label and its group say of groups, times and models.
    pub row_contrasts: Vec<Contrasts>,
    /// For each column what the words over it say of these.
    pub column_contrasts: Vec<Contrasts>,
    /// What the caption says of these.
    pub caption_contrasts: Contrasts,
}

/// The subjects of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// The subjects, in the order of the text.
    pub list: Vec<Subject>,
    /// The passages that they stand in.
    pub passages: Vec<Passage>,
    /// The words of the tables.
    pub tables: Vec<TableWords>,
}

impl Subjects {
    /// The passage of a subject.
    pub fn passage(&self, subject: &Subject) -> &Passage {
        &self.passages[subject.passage]
    }
}

/// Finds the subjects of what was found in a paper.
pub(in crate::extract) fn find(source: &Source<'_>, document: &Document, mentions: &Mentions) -> Subjects {
    let mut search = Search {
        source,
        mentions,
        places: Places::of(document),
        abbreviations: Abbreviations::of(source.text),
        tables: Tables::of(source, document),
        document,
        by_place: BTreeMap::new(),
        found: Subjects::default(),
    };
    search.tests();
    search.estimates();
    search.means();
    search.shares();
    search.doubles();
    search.singles();
    search.found.list.sort_by_key(|subject| (subject.range, subject.statistic));
    search.pointing();
    search.table_words();
    search.found
}

struct Search<'s, 't> {
    source: &'s Source<'t>,
    mentions: &'s Mentions,
    places: Places,
    abbreviations: Abbreviations,
    tables: Tables,
    document: &'s Document,
    /// The passages that were made, by the sentence and the place in the grid.
    by_place: BTreeMap<(usize, Option<(usize, usize)>), usize>,
    found: Subjects,
}

impl Search<'_, '_> {
    fn push(
        &mut self,
        statistic: Statistic,
        members: Vec<Member>,
        range: TextRange,
        sentence: usize,
        level: Option<Printed>,
    ) {
        let Some(place) = self.mentions.sentences.get(sentence) else { return };
        let Some(standing) = self.places.standing(place) else { return };
        let passage = self.passage(sentence, standing);
        self.found.list.push(Subject { statistic, members, range, standing, passage, level, unit: None });
    }

    /// Passages of the sentences that point to tables and have no numbers of their own: "all were below .05 (Table 2)".
    fn pointing(&mut self) {
        for (at, sentence) in self.mentions.sentences.iter().enumerate().filter(|(_, own)| own.cell.is_none()) {
            let points = !self.tables.pointed(self.source.slice(sentence.range)).is_empty();
            if let Some(standing) = self.places.standing(sentence).filter(|_| points) {
                self.passage(at, standing);
            }
        }
    }

    /// The passage of a sentence, or of the row and column of a cell.
    fn passage(&mut self, sentence: usize, standing: Standing) -> usize {
        let grid = match standing {
            Standing::Cell(cell) => {
                let table = self.document.tables.get(cell.table);
                table.and_then(|table| table.cells.get(cell.cell)).map(|cell| (cell.row as usize, cell.column as usize))
            }
            _ => None,
        };
        if let Some(known) = self.by_place.get(&(sentence, grid)) {
            return *known;
        }
        let passage = match (standing, grid) {
            (Standing::Cell(cell), Some((row, column))) => self.cell(sentence, cell.table, row, column),
            _ => self.sentence(sentence),
        };
        self.found.passages.push(passage);
        self.by_place.insert((sentence, grid), self.found.passages.len() - 1);
        self.found.passages.len() - 1
    }

    fn sentence(&self, sentence: usize) -> Passage {
        let range = self.mentions.sentences[sentence].range;
        let text = self.source.slice(range);
        let mut run = Vec::new();
        let (mut byte, mut scalar) = (0, range.start);
        for (at, letters) in words::runs(text) {
            scalar += text[byte..at].chars().count();
            byte = at;
            run.extend(
                Word::of(letters).into_iter().chain(self.abbreviations.words(letters)).map(|word| (scalar, word)),
            );
        }
        let mut words: Vec<Word> = run.iter().map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        Passage {
            sentence,
            words,
            label: Vec::new(),
            run,
            contrasts: Contrasts::of(text),
            cites: pointers::cites(text),
            points_to: self.tables.pointed(text),
        }
    }

    fn cell(&self, sentence: usize, table: usize, row: usize, column: usize) -> Passage {
        let empty = TableContent::default();
        let content = self.mentions.tables.get(table).unwrap_or(&empty);
        let heading = content.headings.get(column).map_or("", String::as_str);
        let text = format!("{} {} {heading}", content.label(row), content.group(row));
        let caption = content.caption.lines().next().unwrap_or_default();
        Passage {
            sentence,
            words: words::of(&text, &self.abbreviations),
            label: words::of(content.label(row), &self.abbreviations),
            run: Vec::new(),
            contrasts: Contrasts::of(&text).and(&Contrasts::of(caption)),
            // A row of another paper names its year or a number in brackets.
            cites: pointers::cites(content.label(row)),
            points_to: Vec::new(),
        }
    }

    fn tests(&mut self) {
        let tested: Vec<TextRange> =
            self.mentions.estimates.iter().filter_map(|estimate| Some(estimate.test.as_ref()?.value.range)).collect();
        for test in &self.mentions.statistics {
            if !tested.contains(&test.value.range) {
                let range = test.effects.iter().fold(test.range, |range, effect| range.hull(effect.range));
                self.push(Statistic::Test(test.kind), of_test(test), range, test.sentence, None);
            }
        }
    }

    fn estimates(&mut self) {
        for estimate in &self.mentions.estimates {
            let members = of_estimate(estimate);
            let level = estimate.interval.as_ref().and_then(|interval| interval.level.as_ref());
            let level = level.and_then(|level| level.printed().cloned());
            if members.len() >= 2 && estimate.value.is_some() {
                self.push(Statistic::Estimate(estimate.measure), members, estimate.range, estimate.sentence, level);
            }
        }
    }

    fn means(&mut self) {
        for summary in &self.mentions.summaries {
            let Some(spread) = &summary.spread else { continue };
            self.push(Statistic::Mean(spread.kind), of_summary(summary), summary.range, summary.sentence, None);
        }
    }

    fn shares(&mut self) {
        let quantities = &self.mentions.quantities;
        for share in shares::in_text(self.source, quantities) {
            self.push_share(share);
        }
        for table in &self.mentions.tables {
            for (_, share) in shares::in_cells(table, quantities) {
                self.push_share(share);
            }
        }
    }

    fn push_share(&mut self, members: Vec<Member>) {
        let quantities = &self.mentions.quantities;
        let of = members.iter().filter_map(|member| match &member.value {
            super::MemberValue::Quantity(at) => quantities.get(at.0),
            super::MemberValue::Reported(_) => None,
        });
        let own: Vec<&Quantity> = of.collect();
        let Some(range) = own.iter().map(|quantity| quantity.range).reduce(TextRange::hull) else { return };
        let sentence = own[0].sentence;
        self.push(Statistic::Share, members, range, sentence, None);
    }

    /// The characters that belong to a subject.
    fn taken(&self) -> Vec<TextRange> {
        let mut taken: Vec<TextRange> = self.found.list.iter().map(|subject| subject.range).collect();
        taken.sort_unstable();
        taken
    }

    /// Quantities of two numbers that belong to none of the others.
    fn doubles(&mut self) {
        let taken = self.taken();
        for quantity in &self.mentions.quantities {
            let near = taken.partition_point(|range| range.end <= quantity.range.start);
            let inside = taken.get(near).is_some_and(|range| range.overlaps(quantity.range));
            let Some((statistic, members)) = doubles::of(quantity).filter(|_| !inside) else { continue };
            let before = self.found.list.len();
            self.push(statistic, members, quantity.range, quantity.sentence, None);
            for subject in &mut self.found.list[before..] {
                subject.unit = quantity.first().unit.as_ref().map(|unit| unit.unit.clone());
            }
        }
    }

    /// Numbers of running text that belong to none of the others.
    fn singles(&mut self) {
        let taken = self.taken();
        for (at, quantity) in self.mentions.quantities.iter().enumerate() {
            let near = taken.partition_point(|range| range.end <= quantity.range.start);
            let inside = taken.get(near).is_some_and(|range| range.overlaps(quantity.range));
            let in_cell = self.mentions.sentences.get(quantity.sentence).is_none_or(|sentence| sentence.cell.is_some());
            if inside || in_cell {
                continue;
            }
            let Some(member) = Member::of_quantity(Role::Value, QuantityIx(at), quantity) else { continue };
            // A single digit tells something only of what is counted.
            if member.digits() >= if quantity.kind == QuantityKind::Count { 1 } else { 2 } {
                self.push(Statistic::Single(quantity.kind), vec![member], quantity.range, quantity.sentence, None);
            }
        }
    }

    fn table_words(&mut self) {
        self.found.tables = self.mentions.tables.iter().map(|content| self.words_of(content)).collect();
    }

    fn words_of(&self, content: &TableContent) -> TableWords {
        let of = |text: &str| words::of(text, &self.abbreviations);
        let rows = 0..content.labels.len();
        TableWords {
            rows: content.labels.iter().map(|label| of(label)).collect(),
            groups: rows.clone().map(|row| of(content.group(row))).collect(),
            columns: content.headings.iter().map(|heading| of(heading)).collect(),
            row_contrasts: rows
                .map(|row| Contrasts::of(content.label(row)).and(&Contrasts::of(content.group(row))))
                .collect(),
            column_contrasts: content.headings.iter().map(|heading| Contrasts::of(heading)).collect(),
            caption_contrasts: Contrasts::of(content.caption.lines().next().unwrap_or_default()),
        }
    }
}

fn of_test(test: &TestStatistic) -> Vec<Member> {
    let degrees = test.degrees.iter().enumerate().filter_map(|(at, df)| Member::reported(Role::Degrees(at), df));
    let mut members: Vec<Member> = degrees.collect();
    members.extend(Member::reported(Role::Value, &test.value));
    members.extend(test.p.as_ref().filter(|_| !test.shared_p).and_then(|p| Member::reported(Role::P, p)));
    members.extend(test.n.as_ref().and_then(|n| Member::reported(Role::Size, n)));
    for effect in &test.effects {
        let role = Role::Effect(effect.kind);
        // Of two effect sizes of one kind neither can be told from the other.
        if test.effects.iter().filter(|other| other.kind == effect.kind).count() == 1 {
            members.extend(Member::reported(role, &effect.value));
        }
    }
    members
}

fn of_estimate(estimate: &Estimate) -> Vec<Member> {
    let mut members = Vec::new();
    members.extend(estimate.value.as_ref().and_then(|value| Member::reported(Role::Value, value)));
    if let Some(interval) = &estimate.interval {
        members.extend(Member::reported(Role::Low, &interval.low));
        members.extend(Member::reported(Role::High, &interval.high));
    }
    let spread = estimate.standard_error.as_ref().or(estimate.deviation.as_ref());
    members.extend(spread.and_then(|spread| Member::reported(Role::Spread, spread)));
    if let Some(test) = &estimate.test {
        let degrees = test.degrees.iter().enumerate();
        members.extend(degrees.filter_map(|(at, df)| Member::reported(Role::Degrees(at), df)));
        members.extend(Member::reported(Role::Test, &test.value));
    }
    members.extend(estimate.p.as_ref().and_then(|p| Member::reported(Role::P, p)));
    members.extend(estimate.size.as_ref().and_then(|size| Member::reported(Role::Size, size)));
    members
}

fn of_summary(summary: &Summary) -> Vec<Member> {
    let spread = summary.spread.as_ref().and_then(|spread| Member::reported(Role::Spread, &spread.value));
    let size = summary.size.as_ref().and_then(|size| Member::reported(Role::Size, size));
    Member::reported(Role::Value, &summary.mean).into_iter().chain(spread).chain(size).collect()
}
