//! `MD`: derivations that no rule was written for, found by a search or chosen by a model.

pub mod reasoned_value;
pub mod searched_value;
