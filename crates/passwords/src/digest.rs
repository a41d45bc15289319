//! Digests in hexadecimal without salt: SHA-1, SHA-256, SHA-512; either case.

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::same;

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    let computed = match stored.len() {
        40 => hex::encode(Sha1::digest(password)),
        64 => hex::encode(Sha256::digest(password)),
        _ => hex::encode(Sha512::digest(password)),
    };
    same(&computed, &stored.to_ascii_lowercase())
}
