//! Units, dimensions and doses: the family `UN`.

pub mod dose_by_body_mass;
mod roles;

pub(crate) use roles::{DoseSentence, is_dose_product};
