//! Changes between two values that a sentence names: which values, which change, and what an author may mean by it.
//!
//! `shapes` has the ways in which sentences say so, `ends` the two values, `bound` the formulas with all readings of their base,
//! `caution` the words by which a change may be of something else. Columns of a table that are changes of others are for
//! `derived_column`, and whether a value rose or fell at all for the rule of order.

mod bound;
mod caution;
mod ends;
mod shapes;

pub(super) use bound::bindings;
