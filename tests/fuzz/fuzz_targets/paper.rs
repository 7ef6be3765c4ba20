//! Fuzzes `targets::paper`: what a PDF costs does not depend on the text alone, so that no bound holds here.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| heatpack_fuzz::targets::paper(input));
