//! argon2 in PHC strings (RFC 9106). Written: argon2id, 19 MiB, two passes, one lane.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::SecretString;

use crate::{HashError, Verdict};

/// The memory of what is written, in KiB.
const MEMORY: u32 = 19 * 1024;

/// The passes of what is written.
const PASSES: u32 = 2;

/// The lanes of what is written.
const LANES: u32 = 1;

/// The most memory that a stored value may ask for, in KiB.
const MAX_MEMORY: u32 = 256 * 1024;

/// The most passes that a stored value may ask for.
const MAX_PASSES: u32 = 16;

/// A value that no password fits, as costly as those that are written.
pub(crate) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                                 3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub(crate) fn hash(password: &str) -> Result<SecretString, HashError> {
    let failed = |error: &dyn std::fmt::Display| HashError::Failed(error.to_string());
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|error| failed(&error))?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password.as_bytes())
        .map_err(|error| failed(&error))?;
    Ok(SecretString::from(hash.to_string()))
}

pub(crate) fn verify(password: &str, stored: &str) -> Verdict {
    let Some((parsed, params)) = affordable(stored) else {
        return Verdict::Refused;
    };
    let right = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    Verdict::new(right, || {
        parsed.algorithm != Algorithm::Argon2id.ident()
            || parsed.version != Some(Version::V0x13.into())
            || params.m_cost() < MEMORY
            || params.t_cost() < PASSES
    })
}

/// The parts of a stored value, unless it is malformed or asks for more than a login may cost.
pub(crate) fn affordable(stored: &str) -> Option<(PasswordHash, Params)> {
    let parsed = PasswordHash::new(stored).ok()?;
    let params = Params::try_from(&parsed).ok()?;
    let affordable = params.m_cost() <= MAX_MEMORY && params.t_cost() <= MAX_PASSES;
    affordable.then_some((parsed, params))
}
