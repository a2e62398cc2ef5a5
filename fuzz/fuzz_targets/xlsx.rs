//! See `tests/targets`, which the replay test shares.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/targets/mod.rs"]
mod targets;

fuzz_target!(|data: &[u8]| targets::book::xlsx(data));
