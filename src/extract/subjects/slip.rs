//! Slips: marks by which a printed number can be another one mistyped.
//!
//! Two numbers that merely differ may be two things. A slip of the hand leaves most of the digits in place: two
//! neighbours change places, one digit is another, one is dropped or doubled, the decimal mark moves.

use crate::arithmetic::Printed;

/// What the difference between two printed numbers looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// Two neighbouring digits stand the other way round.
    Swapped,
    /// One digit is another one, and it is not the last.
    Digit,
    /// The last digit is another one: rounding, or another value near by, can do that too.
    LastDigit,
    /// One digit stands in one of them alone.
    Dropped,
    /// The same digits with the decimal mark elsewhere.
    DecimalMark,
    /// The same number with the other sign. The direction of a comparison may be written either way.
    Sign,
}

impl Slip {
    /// The slip that leads from one number to the other; `None` where none does, or they are the same.
    pub fn between(a: &Printed, b: &Printed) -> Option<Self> {
        let (own, other) = (a.significant_digits(), b.significant_digits());
        let same_place = a.last_place() == b.last_place();
        if a.negative != b.negative {
            return (own == other && same_place).then_some(Self::Sign);
        }
        if own == other && !same_place {
            return Some(Self::DecimalMark);
        }
        if !same_place {
            return None;
        }
        let (own, other) = (own.as_bytes(), other.as_bytes());
        if own.len() == other.len() { same_length(own, other) } else { dropped(own, other) }
    }

    /// Whether it is a mark by itself, without partners that show the two numbers to be one: values near each other
    /// often differ in the last digit alone.
    pub const fn is_sharp(self) -> bool {
        matches!(self, Self::Swapped | Self::Digit | Self::Dropped | Self::DecimalMark)
    }
}

fn same_length(own: &[u8], other: &[u8]) -> Option<Slip> {
    let differing: Vec<usize> = (0..own.len()).filter(|at| own[*at] != other[*at]).collect();
    match differing.as_slice() {
        [at] if at + 1 == own.len() => Some(Slip::LastDigit),
        [_] => Some(Slip::Digit),
        [first, second] if first + 1 == *second && own[*first] == other[*second] && own[*second] == other[*first] => {
            Some(Slip::Swapped)
        }
        _ => None,
    }
}

/// Whether the longer is the shorter with one digit more. A number of one digit is part of too many.
fn dropped(own: &[u8], other: &[u8]) -> Option<Slip> {
    let (short, long) = if own.len() < other.len() { (own, other) } else { (other, own) };
    if short.len() + 1 != long.len() || short.len() < 2 {
        return None;
    }
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    (short[head..] == long[head + 1..]).then_some(Slip::Dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_by_the_digits() {
        let between = |a: &str, b: &str| {
            Slip::between(&Printed::parse(a).expect("a number"), &Printed::parse(b).expect("a number"))
        };
        for (a, b, expected) in [
            ("1.45", "1.54", Some(Slip::Swapped)),
            ("1344", "1844", Some(Slip::Digit)),
            ("0.35", "0.38", Some(Slip::LastDigit)),
            ("1344", "134", Some(Slip::Dropped)),
            ("1344", "13344", Some(Slip::Dropped)),
            ("0.35", "3.5", Some(Slip::DecimalMark)),
            ("-0.35", "0.35", Some(Slip::Sign)),
            ("-0.35", "0.53", None),
            ("0.35", "0.35", None),
            (".35", "0.35", None),
            ("0.35", "0.350", None),
            ("3", "31", None),
            ("1.45", "2.54", None),
        ] {
            assert_eq!(between(a, b), expected, "{a} {b}");
            assert_eq!(between(b, a), expected, "{b} {a}");
        }
    }
}
