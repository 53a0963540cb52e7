//! Reported test results: a statistic with its degrees of freedom, its value and the p-value that belongs to it.
//!
//! The styles are those of the American Psychological Association and what journals and damaged text make of them. A
//! p-value is bound to a statistic only where nothing but effect sizes, intervals and the like stands between the two;
//! when in doubt it stays unbound. Whether the p-value follows is not asked here.

mod between;
mod degrees;
mod effects;
mod head;
mod lists;
mod p_value;
mod preceding;
mod reported;
mod search;

pub(super) use degrees::{Degree, expected, inside, read as degrees_behind};
pub(super) use head::at as head_at;
pub(super) use p_value::{Found, at as p_value_at};
pub(super) use reported::{Sign, sign, value};
pub(super) use search::{Raw, find, finish, reported_degree, reported_number};
