//! Sums, percentages, totals: the family `SU`.

mod averages;
mod bound;
pub mod cell_parts;
mod changes;
pub mod count_and_percentage;
pub mod derived_column;
mod filler_zero;
pub(in crate::rules) mod gate;
mod group_sizes;
mod implied_whole;
mod in_cell;
mod lines;
mod lost_sign;
mod next_sentence;
pub mod overall_mean;
pub mod participant_flow;
pub mod relative_change;
pub(in crate::rules) mod shares;
mod sized;
pub mod table_average;
pub mod table_percentage;
pub mod table_total;
mod told;
pub mod whole_percentages;
pub(in crate::rules) mod wholes;
mod words;
