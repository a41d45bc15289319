//! SHA-crypt: `$5$` (SHA-256) and `$6$` (SHA-512).

use sha_crypt::{PasswordHashRef, PasswordVerifier, ShaCrypt};

/// The most rounds that a stored value may ask for.
const MAX_ROUNDS: u32 = 1_000_000;

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    let rounds = stored
        .get(3..)
        .and_then(|rest| rest.strip_prefix("rounds="))
        .and_then(|rest| rest.split('$').next());
    if rounds.is_some_and(|rounds| !rounds.parse().is_ok_and(|rounds: u32| rounds <= MAX_ROUNDS)) {
        return false;
    }
    let Ok(hash) = PasswordHashRef::new(stored) else {
        return false;
    };
    ShaCrypt::default()
        .verify_password(password.as_bytes(), hash)
        .is_ok()
}
