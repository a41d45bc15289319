//! DES crypt: thirteen characters, the first two the salt. Only the first eight bytes of a password count.

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    // The function takes bytes up to the first NUL.
    !password.contains('\0') && pwhash::unix_crypt::verify(password, stored)
}
