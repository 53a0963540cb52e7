//! Test statistics and estimates: the family `ST`.

mod beside;
pub mod coefficient_test_mismatch;
mod counted;
mod counts_in_prose;
pub mod degrees_of_freedom_mismatch;
mod designs;
pub mod diagnostic_measure_mismatch;
mod diagnostics;
mod differences;
mod doubtful_degrees;
pub mod effect_from_means;
pub mod effect_size_mismatch;
mod ends;
mod groups;
pub mod impossible_value;
pub mod interval_mismatch;
mod interval_terms;
pub mod mean_outside_its_range;
pub mod median_outside_its_range;
pub mod p_value_mismatch;
mod significance;
pub mod standard_error_mismatch;
pub mod test_from_counts;
pub mod test_from_means;
mod without_degrees;
