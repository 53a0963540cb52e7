//! Planting: realistic slips in printed values that hold, one a document, with a row of truth for each.
//!
//! A value is fit when a claim of the untouched paper found it consistent. What a slip makes of it is judged by
//! `possible`, from digits and allowed values alone: a slip that plain rounding would excuse is not planted, and is
//! counted. Nothing here checks papers or writes files, and no rule is asked about a planted value.

mod attempts;
mod draw;
mod numeral;
mod operands;
mod paper;
mod possible;
mod prefix;
mod slip;
mod values;

pub use draw::Draw;
pub use numeral::Numeral;
pub use paper::{PlantSettings, Planted, Slips, Tally, choose, plant};
pub use possible::{Form, Possible, Statement};
pub use slip::{Slip, SlipKind};
