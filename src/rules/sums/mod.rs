//! Sums, percentages, totals: the family `SU`.

pub mod count_and_percentage;
mod implied_whole;
mod next_sentence;
mod sized;
