//! Quantities that are printed as two numbers, "6.2 ± 2.7 ng/mL" and "40–79 years", as the members of one subject.
//!
//! What stands behind a ± is not said here: a spread, an error or a tolerance.

use crate::arithmetic::Printed;
use crate::extract::quantity::{Amount, Quantity};
use crate::extract::statistic::Reported;
use crate::extract::summaries::SpreadKind;

use super::members::{Member, Role};
use super::subject::Statistic;

/// The statistic and the two members of a quantity; `None` for a single number.
pub(super) fn of(quantity: &Quantity) -> Option<(Statistic, Vec<Member>)> {
    let (statistic, roles) = match quantity.first().amount {
        Amount::PlusMinus(..) => (Statistic::Mean(SpreadKind::Unsaid), [Role::Value, Role::Spread]),
        Amount::Range(..) => (Statistic::Range, [Role::Low, Role::High]),
        Amount::Single(_) => return None,
    };
    let members = roles.into_iter().enumerate().filter_map(|(at, role)| Member::reported(role, &part(quantity, at)));
    Some((statistic, members.collect()))
}

/// The first or the second number of a quantity with its readings, unit left aside.
fn part(quantity: &Quantity, at: usize) -> Reported {
    let pick = |amount: &Amount| -> Option<Printed> {
        match amount {
            Amount::PlusMinus(first, second) | Amount::Range(first, second) => {
                Some(if at == 0 { first } else { second }.clone())
            }
            Amount::Single(_) => None,
        }
    };
    let readings = quantity
        .readings
        .iter()
        .filter_map(|reading| Some((reading.choices.clone(), reading.cause, pick(&reading.amount)?)))
        .collect();
    Reported { range: quantity.number, comparator: quantity.comparator, readings }
}
