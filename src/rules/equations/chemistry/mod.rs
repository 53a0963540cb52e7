//! What chemistry defines: the elements, the formulas of compounds, and where papers print numbers that follow from them.

pub(super) mod amounts;
pub(super) mod analyses;
mod atoms;
pub(super) mod columns;
mod formula;

pub(super) use formula::{Formula, MOLE, Masses};
