//! bcrypt as crypt functions write it: `$2a$`, `$2b$`, `$2y$`, two digits of cost, 22 characters of salt, 31 of hash.

use crate::{MAX_BCRYPT_COST, Verdict, otobo_bcrypt};

pub(crate) fn verify(password: &str, stored: &str) -> Verdict {
    let Some(cost) = cost(stored) else {
        return Verdict::Refused;
    };
    let right = bcrypt::verify(password, stored).unwrap_or(false);
    Verdict::new(right, || cost < otobo_bcrypt::MIN_COST)
}

/// The cost, unless it is one that is not worked out.
pub(crate) fn cost(stored: &str) -> Option<u32> {
    let digits = stored.get(4..6)?;
    let decimal = digits.bytes().all(|byte| byte.is_ascii_digit());
    let cost = digits.parse().ok();
    cost.filter(|cost| decimal && *cost <= MAX_BCRYPT_COST)
}
