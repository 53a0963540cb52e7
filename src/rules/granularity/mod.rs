//! What means and standard deviations of whole numbers, of answers on a scale and of noughts and ones can be: the family `GR`.

pub mod binary_deviation;
pub mod deviation_granularity;
pub mod deviation_outside_scale;
pub mod mean_granularity;
pub mod percentage_granularity;
pub mod sample_granularity;
mod samples;
mod shares_of_things;
