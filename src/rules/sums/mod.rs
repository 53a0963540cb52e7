//! Sums, percentages, totals: the family `SU`.

mod bound;
pub mod count_and_percentage;
mod implied_whole;
mod shares;
pub mod table_percentage;
mod wholes;
