//! Counts with their percentages in running text and in cells: "123 of 456 (27.0%)", "27.0% (n = 123)".

use crate::extract::quantity::{Comparator, Quantity, QuantityIx, QuantityKind};
use crate::extract::source::Source;
use crate::extract::tables::TableContent;

use super::members::{Member, Role};

/// The members of a share.
pub(super) type Share = Vec<Member>;

/// The shares of running text: a count with a percentage in brackets right behind it, or the reverse, and the whole that
/// stands before the count.
pub(super) fn in_text(source: &Source<'_>, quantities: &[Quantity]) -> Vec<Share> {
    let mut found = Vec::new();
    for (at, pair) in quantities.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let plain = |quantity: &Quantity| quantity.comparator == Comparator::Equal && !quantity.approximate;
        if first.sentence != second.sentence || !plain(first) || !plain(second) {
            continue;
        }
        let between = source.window(first.range.end, second.range.start).trim();
        let closed = matches!(source.at(second.range.end), Some(')' | ',' | ';' | ']'));
        let opens = matches!(between, "(" | "[" | "(n =" | "(n=" | "[n =" | "(N =" | "(N=");
        if !opens || !closed {
            continue;
        }
        let ix = QuantityIx(at);
        let next = QuantityIx(at + 1);
        let whole_number = |quantity: &Quantity| quantity.single().is_some_and(|n| n.decimals == 0 && n.exponent == 0);
        let (count, percentage) = match (first.kind, second.kind) {
            (QuantityKind::Count | QuantityKind::Number, QuantityKind::Percentage) if whole_number(first) => {
                // "12 of 48 (25%)": the number before the bracket is the whole.
                let before = at.checked_sub(1).and_then(|at| quantities.get(at)).filter(|before| {
                    let link = source.window(before.range.end, first.range.start).trim();
                    before.sentence == first.sentence
                        && matches!(link, "of" | "/" | "of the" | "out of")
                        && whole_number(before)
                });
                match before {
                    Some(count) => {
                        let mut share = share((QuantityIx(at - 1), count), (next, second));
                        share.extend(Member::of_quantity(Role::Size, ix, first));
                        found.push(share);
                        continue;
                    }
                    None => ((ix, first), (next, second)),
                }
            }
            (QuantityKind::Percentage, QuantityKind::Count | QuantityKind::Number) if whole_number(second) => {
                ((next, second), (ix, first))
            }
            _ => continue,
        };
        found.push(share(count, percentage));
    }
    found.retain(|share| share.len() >= 2);
    found
}

/// The shares of the cells of a table, with the cell of each.
pub(super) fn in_cells(table: &TableContent, quantities: &[Quantity]) -> Vec<(usize, Share)> {
    let mut found = Vec::new();
    for (cell, content) in table.cells.iter().enumerate() {
        let (Some(count), Some(percentage)) = (content.count, content.percentage) else { continue };
        let get = |at: QuantityIx| quantities.get(at.0).map(|quantity| (at, quantity));
        if let (Some(count), Some(percentage)) = (get(count), get(percentage)) {
            let mut share = share(count, percentage);
            let whole = content.whole.and_then(get);
            share.extend(whole.and_then(|(at, quantity)| Member::of_quantity(Role::Size, at, quantity)));
            if share.len() >= 2 {
                found.push((cell, share));
            }
        }
    }
    found
}

fn share(count: (QuantityIx, &Quantity), percentage: (QuantityIx, &Quantity)) -> Share {
    let members = [
        Member::of_quantity(Role::Count, count.0, count.1),
        Member::of_quantity(Role::Percentage, percentage.0, percentage.1),
    ];
    members.into_iter().flatten().collect()
}
