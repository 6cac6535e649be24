//! Any bytes read as a.pdf, and the check of what was read: `cargo +nightly fuzz run pdf`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::checks::text::{check, read};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = read(bytes, "a.pdf") {
        check(&text);
    }
});
