//! The functions of the language of relations: one registry with name, signature, what they do to dimensions and tags,
//! their enclosure and the source of their formula.
//!
//! A function maps sets to a set that encloses every f(x…) of the numbers in them. It refuses what it cannot enclose;
//! a refusal is no verdict.

mod aggregate;
mod arguments;
mod bounds;
mod contingency;
mod effects;
mod elementary_calls;
mod extremes;
#[cfg(test)]
mod fixture;
mod granularity;
mod grimmer;
mod intervals;
mod odds;
mod operators;
mod order;
mod refusal;
mod registry;
mod spread_of_means;
mod summaries;
mod tails;

pub use operators::comparable;
pub use refusal::Refusal;
pub use registry::{Arity, FUNCTIONS, Function, Precision, find};
