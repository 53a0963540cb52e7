#![no_main]
//! See `../targets.rs`: what is done and what must hold.

#[path = "../targets.rs"]
#[expect(dead_code, reason = "each program uses one target")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::tei(data));
