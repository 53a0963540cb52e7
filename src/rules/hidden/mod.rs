//! Rules over text that a page holds and does not show, and what in it speaks to someone.

mod address;
pub mod hidden_instruction;
