//! Re-derives the numbers of scientific papers with exact, unit-checked interval arithmetic.
//!
//! The way of the data: a paper is read to a `document`, `extract` finds its quantities and test statistics, `rules`
//! propose relations between them, `derive` evaluates each relation over sets of exact rationals, and `report` writes
//! what cannot hold. `run` does that for many papers in isolated workers; `cli` is the command line.

pub mod arithmetic;
pub mod calculators;
pub mod cli;
pub mod derive;
pub mod document;
pub mod extract;
pub mod read;
pub mod reason;
pub mod report;
pub mod rules;
pub mod run;
pub mod score;
pub mod search;
