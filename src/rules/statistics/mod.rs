//! Test statistics: the family `ST`.

pub mod p_value_mismatch;
