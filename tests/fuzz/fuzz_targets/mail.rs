//! Fuzzes `targets::mail`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| heatpack_fuzz::bounded(input, heatpack_fuzz::targets::mail));
