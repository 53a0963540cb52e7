//! Constants and conversions: the family `CN`.

pub mod stated_conversion;

pub(crate) use stated_conversion::is_calendar_rate;
