//! Numbers broken over a line end: "412,⏎388" is 412,388, or it is 412 and 388 of a list.
//!
//! Extraction keeps one quantity with both readings. A rule that adds up a list takes the two apart here; for every other
//! rule such an operand leaves a mismatch undecided. "42,⏎000" is no list: no number of one is printed as "000".

use crate::arithmetic::Printed;
use crate::derive::{Operand, OperandOptions};
use crate::document::VariationCause;
use crate::extract::{Amount, Quantity, QuantityReading};

/// Why a mismatch with such an operand is left undecided.
pub const MAY_BE_TWO: &str = "a number broken over a line end may be two numbers";

/// The two numbers and the one that they may be together, each as an operand with one reading.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The numbers on both sides of the line end.
    pub parts: [Operand; 2],
    /// The joined number.
    pub joined: Operand,
}

/// The halves of `joined`, where `part` is its head or its tail and the tail may be a number of a list.
fn halves(joined: &str, part: &str) -> Option<(String, String)> {
    let (head, tail) = joined.split_at_checked(joined.len().checked_sub(3)?)?;
    let fits = !head.is_empty() && (part == head || part == tail) && !tail.starts_with('0');
    fits.then(|| (head.to_owned(), tail.to_owned()))
}

/// Takes a quantity apart, where it is one that a line end broke.
pub fn take_apart(quantity: &Quantity, role: &str) -> Option<Broken> {
    let single = |reading: &QuantityReading| match &reading.amount {
        Amount::Single(number) if number.decimals == 0 => Some(number.clone()),
        _ => None,
    };
    let by_joining = |reading: &QuantityReading| reading.cause == Some(VariationCause::JoinedNumber);
    if !quantity.readings.iter().any(by_joining) {
        return None;
    }
    let numbers: Vec<Printed> = quantity.readings.iter().filter_map(single).collect();
    let joined = numbers.iter().max_by_key(|number| number.digits.len())?;
    let (head, tail) = numbers.iter().find_map(|part| halves(&joined.digits, &part.digits))?;
    let operand = |digits: &str| {
        let number = Printed { digits: digits.to_owned(), text: digits.to_owned(), ..joined.clone() };
        let reading = QuantityReading {
            choices: Vec::new(),
            cause: None,
            amount: Amount::Single(number),
            unit: quantity.first().unit.clone(),
        };
        let one = Quantity { readings: vec![reading], ..quantity.clone() };
        Operand::quantity(role, &one, &OperandOptions::printed())
    };
    Some(Broken { parts: [operand(&head), operand(&tail)], joined: operand(&joined.digits) })
}

/// Whether an operand has a reading by joining two numbers that may stand apart.
pub fn may_be_two(operand: &Operand) -> bool {
    let by_joining = operand.readings.iter().any(|reading| reading.cause == Some(VariationCause::JoinedNumber));
    let digits = |literal: &str| -> String {
        let start = literal.find(|c: char| c.is_ascii_digit()).unwrap_or(literal.len());
        literal[start..].chars().take_while(char::is_ascii_digit).collect()
    };
    let runs: Vec<String> = operand.readings.iter().map(|reading| digits(&reading.literal)).collect();
    by_joining && runs.iter().any(|joined| runs.iter().any(|part| halves(joined, part).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_of_zeros_is_no_number_of_a_list() {
        assert_eq!(halves("412388", "412"), Some(("412".to_owned(), "388".to_owned())));
        assert_eq!(halves("412388", "388"), Some(("412".to_owned(), "388".to_owned())));
        assert_eq!(halves("42000", "42"), None);
        assert_eq!(halves("412388", "41"), None);
        assert_eq!(halves("388", "388"), None);
    }
}
