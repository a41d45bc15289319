//! Any bytes are read as a file of people without a panic: every record of it comes from a line of its own, and each
//! mistake can be shown.

#![no_main]

use kartoteka_model::CustomerUserSource;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut spec = CustomerUserSource::shipped().spec;
    spec.map.0.retain(|field| ["login", "email", "customer_id"].contains(&field.column.as_str()));
    spec.valid = None;
    let text = [b"login,email;customer_id\n", bytes].concat();
    let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for bytes in [bytes, &text] {
        match kartoteka_sources::csv::count(bytes, &spec) {
            Ok(records) => assert!(records <= ends + 1),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
