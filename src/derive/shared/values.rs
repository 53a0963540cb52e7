//! A printed value that alone explains why several claims fail: with one other number in its place each of them follows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, Shared, SharedCause, change};
use crate::arithmetic::{Printed, RealSet};
use crate::derive::literal::{Form, number_text};
use crate::derive::outcome::Verdict;
use crate::derive::repair::fitting;
use crate::document::TextRange;

/// How many changed claims are evaluated for one paper, at most: beyond it the claims that are left keep causes of their own.
const MOST_EVALUATIONS: usize = 20_000;

/// A value: the same number at the same place, in all claims that bind it.
struct Value {
    range: TextRange,
    /// The number, as a plain decimal.
    printed: String,
    /// The failing classes that bind it, each with one claim and the operands of it that are the value.
    uses: BTreeMap<usize, Use>,
}

/// A claim with the operands that are the value.
struct Use {
    claim: usize,
    operands: Vec<usize>,
}

/// The best change of a value.
struct Change {
    value: usize,
    number: Printed,
    /// The classes that follow with it.
    explained: Vec<usize>,
    /// How many of them state the value.
    stated: usize,
}

/// The causes of this kind among classes of copies; classes that have one are taken out of `open`.
pub(super) fn causes(claims: &[Judged<'_>], open: &mut Vec<Vec<usize>>) -> Vec<SharedCause> {
    let mut left = MOST_EVALUATIONS;
    let values = values(claims, open);
    let mut taken = BTreeSet::new();
    let mut changes: Vec<Change> =
        (0..values.len()).filter_map(|at| best(claims, at, &values[at], &taken, &mut left)).collect();
    // The sort is stable: of changes that weigh the same, that of the value which stands first comes first.
    changes.sort_by_key(|change| Reverse((change.explained.len(), change.stated)));
    let mut causes = Vec::new();
    for change in changes {
        let is_free = change.explained.iter().all(|class| !taken.contains(class));
        let change =
            if is_free { Some(change) } else { best(claims, change.value, &values[change.value], &taken, &mut left) };
        let Some(change) = change else { continue };
        taken.extend(change.explained.iter().copied());
        let range = values[change.value].range;
        causes.push(SharedCause {
            claims: change.explained.iter().flat_map(|class| open[*class].clone()).collect(),
            shared: Shared::Value { range, number: number_text(&change.number) },
        });
    }
    let classes = std::mem::take(open).into_iter().enumerate();
    *open = classes.filter(|(at, _)| !taken.contains(at)).map(|(_, class)| class).collect();
    causes
}

/// The values that at least two classes bind, by their places.
fn values(claims: &[Judged<'_>], classes: &[Vec<usize>]) -> Vec<Value> {
    let mut uses = Vec::new();
    for (class, members) in classes.iter().enumerate() {
        for claim in members {
            for (at, operand) in claims[*claim].proposal.operands.iter().enumerate() {
                if let Some(number) = number(claims[*claim], at) {
                    uses.push((operand.range, number, class, *claim, at));
                }
            }
        }
    }
    uses.sort();
    // The value that was found last for each number, whose place may reach into the next.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut values: Vec<Value> = Vec::new();
    for (range, printed, class, claim, operand) in uses {
        let known = last.get(&printed).copied().filter(|at| values[*at].range.overlaps(range));
        let at = known.unwrap_or(values.len());
        if known.is_none() {
            last.insert(printed.clone(), at);
            values.push(Value { range, printed, uses: BTreeMap::new() });
        }
        let value = &mut values[at];
        value.range = value.range.hull(range);
        let own = value.uses.entry(class).or_insert(Use { claim, operands: Vec::new() });
        if own.claim == claim {
            own.operands.push(operand);
        }
    }
    values.retain(|value| value.uses.len() > 1);
    values
}

/// The number of an operand, as a plain decimal; nothing where it is none or two.
fn number(claim: Judged<'_>, operand: usize) -> Option<String> {
    let literal = change::literal(&claim.proposal.operands[operand])?;
    (literal.form != Form::Range).then(|| number_text(&literal.number))
}

/// The change of a value that lets the most failing classes follow, at least two, and breaks nothing.
fn best(claims: &[Judged<'_>], at: usize, value: &Value, taken: &BTreeSet<usize>, left: &mut usize) -> Option<Change> {
    let uses: Vec<(usize, &Use)> = value
        .uses
        .iter()
        .filter(|(class, _)| !taken.contains(class))
        .map(|(class, own)| (*class, own))
        .filter(|(_, own)| change::takes_part(claims[own.claim].proposal, &own.operands))
        .collect();
    if uses.len() < 2 {
        return None;
    }
    let mut best: Option<Change> = None;
    for number in numbers(claims, &uses) {
        let follows =
            |own: &Use| change::verdict(claims[own.claim].proposal, &own.operands, &number) == Verdict::Consistent;
        *left = left.checked_sub(uses.len())?;
        let explained: Vec<(usize, &Use)> = uses.iter().filter(|(_, own)| follows(own)).copied().collect();
        if explained.len() < 2 || best.as_ref().is_some_and(|best| best.explained.len() >= explained.len()) {
            continue;
        }
        if breaks(claims, value, &number, left)? {
            continue;
        }
        let is_stated = |own: &Use| own.operands.contains(&claims[own.claim].proposal.stated);
        best = Some(Change {
            value: at,
            stated: explained.iter().filter(|(_, own)| is_stated(own)).count(),
            explained: explained.into_iter().map(|(class, ..)| class).collect(),
            number,
        });
    }
    best
}

/// The numbers that could stand in a value's place: those that the claims lead back to, alone and together, and where one of
/// them leads back to nothing, those that a slip makes of it.
fn numbers(claims: &[Judged<'_>], uses: &[(usize, &Use)]) -> Vec<Printed> {
    let wanted = |own: &Use| change::wanted(claims[own.claim].proposal, &own.operands);
    let sets: Vec<Option<RealSet>> = uses.iter().map(|(_, own)| wanted(own)).collect();
    let mut numbers: Vec<Printed> = Vec::new();
    let mut add = |number: Printed| {
        if !numbers.iter().any(|known| number_text(known) == number_text(&number)) {
            numbers.push(number);
        }
    };
    for (first, (_, own)) in sets.iter().zip(uses) {
        let Some(first) = first else { continue };
        let Some(literal) =
            own.operands.first().and_then(|at| change::literal(&claims[own.claim].proposal.operands[*at]))
        else {
            continue;
        };
        // What this claim asks for, narrowed by each of the others that leaves something of it.
        let all = sets.iter().flatten().fold(first.clone(), |narrowed, set| {
            let both = narrowed.intersection(set);
            if both.is_empty() { narrowed } else { both }
        });
        [all, first.clone()].iter().filter_map(|set| fitting(&literal, set)).for_each(&mut add);
    }
    if sets.contains(&None) {
        let own = uses.first().and_then(|(_, own)| {
            let operand = own.operands.first()?;
            change::literal(&claims[own.claim].proposal.operands[*operand])
        });
        own.iter().flat_map(|literal| change::slips(&literal.number)).for_each(&mut add);
    }
    numbers
}

/// Whether a claim that follows as printed would not follow with the other number; nothing where the work is used up.
fn breaks(claims: &[Judged<'_>], value: &Value, changed: &Printed, left: &mut usize) -> Option<bool> {
    for claim in claims.iter().filter(|claim| claim.outcome.verdict == Verdict::Consistent) {
        let operands: Vec<usize> = (0..claim.proposal.operands.len())
            .filter(|at| {
                let range = claim.proposal.operands[*at].range;
                value.range.overlaps(range) && number(*claim, *at).as_ref() == Some(&value.printed)
            })
            .collect();
        if operands.is_empty() || !change::takes_part(claim.proposal, &operands) {
            continue;
        }
        *left = left.checked_sub(1)?;
        if matches!(change::verdict(claim.proposal, &operands, changed), Verdict::Inconsistent(_)) {
            return Some(true);
        }
    }
    Some(false)
}
