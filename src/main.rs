//! The command line of `rederive`.
fn main() {}
