//! bcrypt as crypt functions write it: `$2a$`, `$2b$`, `$2y$`.

/// The highest cost that is worked out.
const MAX_COST: u32 = 18;

pub(crate) fn verify(password: &str, stored: &str) -> bool {
    let cost = stored.get(4..6).and_then(|cost| cost.parse().ok());
    if stored.len() != 60 || !stored.is_ascii() || !cost.is_some_and(|cost: u32| cost <= MAX_COST) {
        return false;
    }
    bcrypt::verify(password, stored).unwrap_or(false)
}
