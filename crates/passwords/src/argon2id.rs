//! argon2 in PHC strings (RFC 9106). Written: argon2id, 19 MiB, two passes, one lane.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::SecretString;

use crate::HashError;

/// The most memory that a stored value may ask for, in KiB.
const MAX_MEMORY: u32 = 256 * 1024;

/// The most passes that a stored value may ask for.
const MAX_PASSES: u32 = 16;

pub(crate) fn hash(password: &str) -> Result<SecretString, HashError> {
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| HashError(error.to_string()))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2
        .hash_password(password.as_bytes())
        .map_err(|error| HashError(error.to_string()))?;
    Ok(SecretString::from(hash.to_string()))
}

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(stored) else {
        return false;
    };
    let affordable =
        |params: &Params| params.m_cost() <= MAX_MEMORY && params.t_cost() <= MAX_PASSES;
    if !Params::try_from(&parsed).is_ok_and(|params| affordable(&params)) {
        return false;
    }
    Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok()
}
