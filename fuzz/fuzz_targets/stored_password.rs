//! No stored value and no password make verifying panic; where plain passwords are refused, nothing gets in that would
//! not get in where they are allowed; nobody gets in with an empty password, or on a value that says so.
//!
//! The first line is the password, the rest the stored value.

#![no_main]

use kartoteka_passwords::{Verdict, VerifyOptions, verify};
use libfuzzer_sys::fuzz_target;
use secrecy::SecretString;

fuzz_target!(|text: &str| {
    let (password, stored) = text.split_once('\n').unwrap_or(("Secret-1", text));
    let secret = SecretString::from(password);
    let accepted = |allow_plain| {
        let options = VerifyOptions {
            login: "alice",
            allow_plain,
        };
        verify(&secret, stored, options) != Verdict::Refused
    };
    let (strict, lenient) = (accepted(false), accepted(true));
    assert!(lenient || !strict);
    if password.is_empty() || stored.is_empty() || stored.starts_with('*') {
        assert!(!lenient);
    }
});
