//! Unit strings inside expressions: the longest one after a number, and the n-th meaning of a given one.

use crate::arithmetic::units::{Parsed, Unit};

/// What a whole unit string means.
pub(super) fn parse(text: &str) -> Parsed {
    if text.trim().is_empty() {
        return Parsed::One(Unit::one());
    }
    Parsed::Rejected("unit strings cannot be read yet".to_owned())
}
