//! Sums, percentages, totals: the family `SU`.

mod averages;
mod bound;
pub mod count_and_percentage;
mod gate;
mod implied_whole;
mod in_cell;
mod lost_sign;
mod next_sentence;
mod shares;
mod sized;
pub mod table_percentage;
mod wholes;
mod words;
