//! OTOBO's own bcrypt form: `BCRYPT:<cost>:<salt>:<hash>`, the salt 16 raw characters, the hash 31 characters of
//! bcrypt's base64.

use rand::Rng;
use rand::distr::Alphanumeric;
use secrecy::SecretString;

use crate::{HashError, same};

/// The highest cost that is worked out: beyond it a login would take minutes.
const MAX_COST: u32 = 18;

pub(crate) fn hash(password: &str, cost: u32) -> Result<SecretString, HashError> {
    let salt: String = rand::rng()
        .sample_iter(Alphanumeric)
        .take(16)
        .map(char::from)
        .collect();
    let hash =
        digest(password, cost, &salt).ok_or_else(|| HashError("bcrypt refused it".into()))?;
    Ok(SecretString::from(format!("BCRYPT:{cost}:{salt}:{hash}")))
}

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    let mut parts = stored.splitn(4, ':').skip(1);
    let (Some(cost), Some(salt), Some(hash)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let Some(cost) = cost
        .parse()
        .ok()
        .filter(|cost| (4..=MAX_COST).contains(cost))
    else {
        return false;
    };
    digest(password, cost, salt).is_some_and(|digest| same(&digest, hash))
}

fn digest(password: &str, cost: u32, salt: &str) -> Option<String> {
    let salt: [u8; 16] = salt.as_bytes().try_into().ok()?;
    let parts = bcrypt::hash_with_salt(password, cost, salt).ok()?;
    let text = parts.format_for_version(bcrypt::Version::TwoB);
    text.get(29..).map(str::to_owned)
}
