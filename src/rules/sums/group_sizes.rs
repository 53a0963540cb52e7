//! The numbers of cases in the rows of a table, "n" under the head of each group, against the sizes of the groups: a row
//! cannot have more cases than its group has.
//!
//! The sizes stand in the heads, "Treatment (n = 82)", or in a sentence that parts the sample: "155 divers, 82 with a lamp
//! and 73 without". What a sentence says is held to be of the heads where their words, or at least their order, agree.

use crate::derive::{Comparison, Expression, Operand, Operation, Outcome, Proposal, Relation, Verdict};
use crate::document::{Cell, Table, TextRange};
use crate::extract::{Mentions, Quantity, QuantityIx, TableContent, Word, shared};
use crate::rules::binding;
use crate::rules::{Prose, RuleContext, Skeleton, wording};

/// The most groups of a table.
const MOST_GROUPS: usize = 6;
/// How few rows show a column to be one of numbers of cases.
const FEWEST_ROWS: usize = 2;
/// How many words behind a number name its group.
const NOUN: usize = 6;
/// How many characters before a number hold "(n = ".
const LEAD: usize = 6;

/// The role of the size of a group.
const SIZE: &str = "size of the group";

const UNITS: &str = "the numbers of the rows may count something else than the sizes of the groups";

/// A column of numbers of cases with the head of its group.
struct Column {
    at: usize,
    words: Vec<Word>,
    /// The size that the head itself prints.
    size: Option<QuantityIx>,
}

/// A sentence that parts a whole into groups.
struct Parted {
    parts: Vec<(QuantityIx, Vec<Word>)>,
}

/// The proposals of the rows of all tables.
pub(super) fn proposals(
    code: &'static str,
    mentions: &Mentions,
    skeletons: &[Skeleton],
    context: RuleContext<'_>,
) -> Vec<Proposal> {
    let mut parted: Option<Vec<Parted>> = None;
    let mut found = Vec::new();
    for (held, layout) in mentions.tables.iter().zip(&context.document.tables) {
        let columns = columns(held, layout, mentions, context);
        if !(2..=MOST_GROUPS).contains(&columns.len()) {
            continue;
        }
        let rows = rows(held, layout, &columns, mentions);
        if rows.len() < FEWEST_ROWS {
            continue;
        }
        let told: Option<Vec<QuantityIx>> = columns.iter().map(|column| column.size).collect();
        let sizes = told.or_else(|| {
            let parted = parted.get_or_insert_with(|| {
                skeletons.iter().filter_map(|skeleton| Parted::of(skeleton, mentions)).collect()
            });
            of_sentences(&columns, &rows, parted, mentions)
        });
        let Some(sizes) = sizes else { continue };
        found.extend(rows.iter().filter_map(|row| proposal(code, &sizes, row, mentions)));
    }
    found
}

/// The columns that are headed "n" under the heads of different groups, in their order.
fn columns(held: &TableContent, layout: &Table, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Column> {
    let mut found: Vec<Column> = Vec::new();
    let mut heads: Vec<&str> = Vec::new();
    for column in held.label_columns..held.columns {
        let mut heading = held.heading(column);
        let own = heading.next().unwrap_or_default().trim().trim_end_matches('.');
        let over = heading.next().unwrap_or_default().trim();
        if !matches!(own, "n" | "N") || over.is_empty() {
            continue;
        }
        if heads.contains(&over) {
            return Vec::new();
        }
        heads.push(over);
        let mut words: Vec<Word> = over.split(|c: char| !c.is_alphanumeric()).filter_map(Word::of).collect();
        words.sort_unstable();
        words.dedup();
        found.push(Column { at: column, words, size: size_in_head(column, layout, mentions, context) });
    }
    found
}

/// The size that the head over a column prints: "Treatment (n = 82)".
fn size_in_head(column: usize, layout: &Table, mentions: &Mentions, context: RuleContext<'_>) -> Option<QuantityIx> {
    let column = u32::try_from(column).ok()?;
    let over = |cell: &&Cell| cell.row < layout.header_rows && cell.covers_column(column);
    let mut found = layout.cells.iter().filter(over).flat_map(|cell| {
        let first = mentions.quantities.partition_point(|own| own.range.start < cell.range.start);
        let inside = mentions.quantities.iter().enumerate().skip(first);
        inside.take_while(|(_, own)| own.range.end <= cell.range.end).filter(|(_, own)| {
            let before = TextRange { start: own.range.start.saturating_sub(LEAD), end: own.range.start };
            let lead = context.index.slice(&context.document.text, before).trim_end();
            let named = lead.strip_suffix('=').is_some_and(|lead| lead.trim_end().ends_with(['n', 'N']));
            named && binding::is_whole(own)
        })
    });
    let (at, _) = found.next()?;
    found.next().is_none().then_some(QuantityIx(at))
}

/// The rows that have one whole number in each of the columns.
fn rows(held: &TableContent, layout: &Table, columns: &[Column], mentions: &Mentions) -> Vec<Vec<QuantityIx>> {
    let number = |row: usize, column: usize| {
        let [only] = held.content(row, column)?.quantities[..] else { return None };
        binding::is_whole(binding::quantity(mentions, only)?).then_some(only)
    };
    let of = |row: usize| columns.iter().map(|own| number(row, own.at)).collect::<Option<Vec<_>>>();
    (layout.header_rows as usize..held.labels.len()).filter_map(of).collect()
}

impl Parted {
    /// "155 divers, 82 with a lamp and 73 without": whole numbers in a row that add up to the one before them.
    fn of(skeleton: &Skeleton, mentions: &Mentions) -> Option<Self> {
        let all: Vec<(QuantityIx, &Quantity)> =
            skeleton.quantities().iter().filter_map(|at| Some((*at, binding::quantity(mentions, *at)?))).collect();
        for (first, (_, whole)) in all.iter().enumerate() {
            let mut parts: Vec<(QuantityIx, Vec<Word>)> = Vec::new();
            let mut sum = 0_u64;
            let Some(total) = value(whole) else { continue };
            for (at, part) in all.iter().skip(first + 1) {
                let Some(own) = value(part) else { break };
                sum = sum.saturating_add(own);
                parts.push((*at, words_behind(skeleton, *at)));
                if sum == total && parts.len() >= 2 && own > 0 {
                    return Some(Self { parts });
                }
                if sum > total {
                    break;
                }
            }
        }
        None
    }
}

/// The value of a whole number.
fn value(quantity: &Quantity) -> Option<u64> {
    let whole = binding::is_whole(quantity) && !quantity.approximate;
    whole.then(|| quantity.single()?.digits.parse().ok()).flatten()
}

/// The words behind a number of a sentence, up to the next number.
fn words_behind(skeleton: &Skeleton, at: QuantityIx) -> Vec<Word> {
    let own = skeleton.text.char_indices().find(|(_, c)| skeleton.quantity(*c) == Some(at));
    let Some((place, c)) = own else { return Vec::new() };
    let behind = &skeleton.text[place + c.len_utf8()..];
    let behind = &behind[..behind.find(|c: char| skeleton.quantity(c).is_some()).unwrap_or(behind.len())];
    let runs = behind.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    let mut words: Vec<Word> = runs.take(NOUN).filter_map(Word::of).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The sizes of the groups that a sentence tells, in the order of the columns: the words of one of them have to agree, the
/// largest rows have to come near all of them and none may be above. Otherwise they are sizes of other groups.
fn of_sentences(
    columns: &[Column],
    rows: &[Vec<QuantityIx>],
    parted: &[Parted],
    mentions: &Mentions,
) -> Option<Vec<QuantityIx>> {
    let point = |at: QuantityIx| binding::quantity(mentions, at).and_then(value);
    let fits = |parts: &[&(QuantityIx, Vec<Word>)]| {
        let named = columns.iter().zip(parts).any(|(column, part)| shared(&column.words, &part.1) >= 1);
        let near = (0..columns.len()).all(|at| {
            let most = rows.iter().filter_map(|row| point(row[at])).max().unwrap_or(0);
            point(parts[at].0).is_some_and(|size| most <= size && 2 * most >= size)
        });
        named && near
    };
    let mut found = parted.iter().filter(|own| own.parts.len() == columns.len()).filter_map(|own| {
        let in_order: Vec<&(QuantityIx, Vec<Word>)> = own.parts.iter().collect();
        let reversed: Vec<&(QuantityIx, Vec<Word>)> = own.parts.iter().rev().collect();
        let fitting =
            if fits(&in_order) { Some(in_order) } else { (columns.len() == 2 && fits(&reversed)).then_some(reversed) };
        Some(fitting?.into_iter().map(|(at, _)| *at).collect::<Vec<_>>())
    });
    let first = found.next()?;
    let sizes = |list: &[QuantityIx]| list.iter().map(|at| point(*at)).collect::<Vec<_>>();
    found.all(|other| sizes(&other) == sizes(&first)).then_some(first)
}

/// That no group of a row has more cases than the group itself.
fn proposal(code: &'static str, sizes: &[QuantityIx], row: &[QuantityIx], mentions: &Mentions) -> Option<Proposal> {
    let operand = |role: &str, at: QuantityIx| binding::count(role, binding::quantity(mentions, at)?);
    let mut operands: Vec<Operand> = sizes.iter().map(|at| operand(SIZE, *at)).collect::<Option<Vec<_>>>()?;
    for at in row {
        operands.push(operand("cases of the row", *at)?);
    }
    let left =
        |group: usize| Expression::call("-", [Expression::operand(group), Expression::operand(sizes.len() + group)]);
    let relation = Relation {
        left: Expression::call("least", (0..sizes.len()).map(left)),
        op: Comparison::AtLeast,
        right: Expression::constant("0", "a group has no more cases in a row than it has at all"),
    };
    let stated = operands.len() - 1;
    let quote = operands[sizes.len()..].iter().map(|operand| operand.range).reduce(TextRange::hull)?;
    Some(Proposal {
        operation: Operation::Implied,
        innocent: vec![UNITS.to_owned()],
        doubt: Some(UNITS.to_owned()),
        quote,
        ..Proposal::new(code, operands, stated, relation)
    })
}

/// The words of an outcome of these proposals; `None` for another one.
pub(super) fn explain(proposal: &Proposal, outcome: &Outcome) -> Option<Prose> {
    let first = proposal.operands.first().filter(|operand| operand.role == SIZE)?;
    let groups = proposal.operands.iter().filter(|operand| operand.role == first.role).count();
    let numbers = |from: usize| {
        let all: Vec<String> = (from..from + groups).map(|at| wording::operand(proposal, at)).collect();
        all.join(" and ")
    };
    let (sizes, row) = (numbers(0), numbers(groups));
    let message = match &outcome.verdict {
        Verdict::Consistent => format!("{row} cases are no more than the groups of {sizes} have"),
        Verdict::Inconsistent(_) => format!("{row} cases of a row are more than the groups of {sizes} have"),
        Verdict::Undecided { reason } => {
            format!("whether {row} cases can be of the groups of {sizes} is undecided: {reason}")
        }
        Verdict::NotChecked { reason } => format!("{row} cases were not checked against groups of {sizes}: {reason}"),
    };
    let help = "look whether the row counts other things than the group, or one of the numbers is mistyped".to_owned();
    Some(Prose { message, help })
}
