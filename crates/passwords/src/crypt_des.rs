//! DES crypt: thirteen characters, the first two the salt.

use crate::same;

/// Whether a value has the shape of DES crypt.
pub(crate) fn describes(stored: &str) -> bool {
    stored.len() == 13
        && stored
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'/')
}

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    // The function takes bytes up to the first NUL.
    #[expect(deprecated, reason = "only old values are verified with it")]
    let hash_with = pwhash::unix_crypt::hash_with;
    let known = !password.contains('\0');
    known
        && hash_with(&stored[..2], password)
            .is_ok_and(|computed| same(&computed, stored))
}
