//! `MD`: derivations that no rule was written for, found by a search.

pub mod searched_value;
