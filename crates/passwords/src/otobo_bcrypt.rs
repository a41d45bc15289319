//! OTOBO's own bcrypt form: `BCRYPT:<cost>:<salt>:<hash>`, the salt 16 raw characters, the hash 31 characters of
//! bcrypt's base64.

use rand::Rng;
use rand::distr::Alphanumeric;
use secrecy::SecretString;

use crate::{HashError, MAX_BCRYPT_COST, Verdict, same};

/// The cost that OTOBO takes when none is set (`bcryptCost`).
pub const DEFAULT_COST: u32 = 12;

/// The least cost that is written; OTOBO raises lower ones.
pub(crate) const MIN_COST: u32 = 9;

/// The highest cost that bcrypt has; OTOBO lowers higher ones.
const HIGHEST_COST: u32 = 31;

/// The least cost that bcrypt has.
const LOWEST_COST: u32 = 4;

/// The cost that is written where this one is asked for.
pub(crate) fn written_cost(cost: u32) -> u32 {
    cost.clamp(MIN_COST, HIGHEST_COST)
}

pub(crate) fn hash(password: &str, cost: u32) -> Result<SecretString, HashError> {
    let cost = written_cost(cost);
    if cost > MAX_BCRYPT_COST {
        return Err(HashError::TooCostly { cost });
    }
    let salt: String = rand::rng()
        .sample_iter(Alphanumeric)
        .take(16)
        .map(char::from)
        .collect();
    let hash = digest(password, cost, &salt)
        .ok_or_else(|| HashError::Failed("bcrypt refused it".into()))?;
    Ok(SecretString::from(format!("BCRYPT:{cost}:{salt}:{hash}")))
}

pub(crate) fn verify(password: &str, stored: &str) -> Verdict {
    let Some((cost, salt, hash)) = parts(stored) else {
        return Verdict::Refused;
    };
    let right = digest(password, cost, salt).is_some_and(|digest| same(&digest, hash));
    Verdict::new(right, || cost < MIN_COST)
}

/// Cost, salt and hash, unless the cost is one that is not worked out.
pub(crate) fn parts(stored: &str) -> Option<(u32, &str, &str)> {
    let mut parts = stored.splitn(4, ':').skip(1);
    let (cost, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let decimal = cost.bytes().all(|byte| byte.is_ascii_digit());
    let affordable = LOWEST_COST..=MAX_BCRYPT_COST;
    let cost = cost.parse().ok()?;
    (decimal && affordable.contains(&cost)).then_some((cost, salt, hash))
}

/// The 31 characters of the hash; `None` when the salt has not 16 bytes.
fn digest(password: &str, cost: u32, salt: &str) -> Option<String> {
    let salt: [u8; 16] = salt.as_bytes().try_into().ok()?;
    let parts = bcrypt::hash_with_salt(password, cost, salt).ok()?;
    let text = parts.format_for_version(bcrypt::Version::TwoB);
    // `$2b$12$` and 22 characters of salt stand before it.
    text.get(29..).map(str::to_owned)
}
