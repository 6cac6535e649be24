//! Any bytes read as a.docx, and the check of what was read: `RUSTC_BOOTSTRAP=1 cargo fuzz run docx` (or
//! `cargo +nightly`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::checks::text::{check, read};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = read(bytes, "a.docx") {
        check(&text);
    }
});
