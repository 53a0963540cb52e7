//! Sums, percentages, totals: the family `SU`.

mod bound;
pub mod count_and_percentage;
mod implied_whole;
mod next_sentence;
mod shares;
mod sized;
pub mod table_percentage;
mod wholes;
