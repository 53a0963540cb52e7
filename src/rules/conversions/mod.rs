//! Constants and conversions: the family `CN`.

pub mod stated_conversion;
