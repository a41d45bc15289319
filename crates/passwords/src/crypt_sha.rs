//! SHA-crypt: `$5$` (SHA-256) and `$6$` (SHA-512).

use sha_crypt::{PasswordHashRef, PasswordVerifier, ShaCrypt};

/// The rounds of a stored value that names none.
const ROUNDS: u32 = 5000;

/// The most rounds that a stored value may ask for.
const MAX_ROUNDS: u32 = 1_000_000;

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    if rounds(stored).is_none() {
        return false;
    }
    let Ok(hash) = PasswordHashRef::new(stored) else {
        return false;
    };
    ShaCrypt::default()
        .verify_password(password.as_bytes(), hash)
        .is_ok()
}

/// The rounds, unless they are more than a login may cost.
pub(crate) fn rounds(stored: &str) -> Option<u32> {
    let named = stored.get(3..)?.strip_prefix("rounds=");
    match named.and_then(|rest| rest.split('$').next()) {
        Some(rounds) => rounds.parse().ok().filter(|rounds| *rounds <= MAX_ROUNDS),
        None => Some(ROUNDS),
    }
}

/// A stored value that fits no password, as costly as others of this form and these rounds.
pub(crate) fn nobody(mark: char, rounds: u32) -> String {
    let length = if mark == '5' { 43 } else { 86 };
    format!("${mark}$rounds={rounds}$somesalt${}", ".".repeat(length))
}
