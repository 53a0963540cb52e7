//! The PDF reader on pages that the tests typeset themselves.

#[path = "support/typeset.rs"]
mod typeset;
