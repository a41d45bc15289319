//! Passwords: hashing new ones, verifying every form that OTOBO, Znuny and OTRS ever stored, judging and making them.
//!
//! A stored value is recognised by its shape (rule D16); one that no form describes is refused. Written are only
//! argon2id, and OTOBO's own bcrypt form where OTOBO has to read it.

mod argon2id;
mod crypt_bcrypt;
mod crypt_des;
mod crypt_md5;
mod crypt_sha;
mod digest;
mod generate;
mod otobo_bcrypt;
pub mod policy;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use thiserror::Error;

pub use generate::{GENERATED_LENGTH, generate};

/// The longest password that is looked at, in bytes; longer ones are refused unseen.
pub const MAX_BYTES: usize = 1024;

/// The form in which a password is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteFormat {
    /// A PHC string; for tables that are Kartoteka's alone.
    Argon2id,
    /// `BCRYPT:cost:salt:hash`, which OTOBO reads. The cost is brought between 9 and 31.
    OtoboBcrypt { cost: u32 },
}

/// A password could not be hashed.
#[derive(Debug, Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(String);

/// What verifying needs to know beside the stored value.
#[derive(Debug, Clone, Copy)]
pub struct VerifyOptions<'a> {
    /// The login, of which some old forms took their salt.
    pub login: &'a str,
    /// Whether passwords stored as they are may be accepted (OTOBO's `CryptType` `plain`).
    pub allow_plain: bool,
}

/// What verifying came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The password is right. `needs_rehash`: the stored form is weaker than what is written today.
    Accepted {
        needs_rehash: bool,
    },
    Refused,
}

/// Hashes a password with a new salt.
///
/// # Errors
/// When the password is longer than [`MAX_BYTES`] or the system has no randomness.
pub fn hash(password: &SecretString, format: WriteFormat) -> Result<SecretString, HashError> {
    let password = password.expose_secret();
    if password.len() > MAX_BYTES {
        return Err(HashError("it is too long".into()));
    }
    match format {
        WriteFormat::Argon2id => argon2id::hash(password),
        WriteFormat::OtoboBcrypt { cost } => otobo_bcrypt::hash(password, cost.clamp(9, 31)),
    }
}

/// Checks a password against a stored value. Never panics, whatever is stored. An empty password and an empty stored
/// value are refused, and so is a value that begins with `*`, which old crypt functions return for a failure.
pub fn verify(password: &SecretString, stored: &str, options: VerifyOptions<'_>) -> Verdict {
    let password = password.expose_secret();
    if password.is_empty()
        || password.len() > MAX_BYTES
        || stored.is_empty()
        || stored.starts_with('*')
    {
        return Verdict::Refused;
    }
    let (right, strong) = check(password, stored, options);
    if right {
        Verdict::Accepted {
            needs_rehash: !strong,
        }
    } else {
        Verdict::Refused
    }
}

fn check(password: &str, stored: &str, options: VerifyOptions<'_>) -> (bool, bool) {
    let hex = stored.bytes().all(|byte| byte.is_ascii_hexdigit());
    if stored.starts_with("$argon2") {
        return (argon2id::verify(password, stored), true);
    }
    if stored.starts_with("BCRYPT:") {
        return (otobo_bcrypt::verify(password, stored), true);
    }
    let right = if ["$2a$", "$2b$", "$2y$"]
        .iter()
        .any(|mark| stored.starts_with(mark))
    {
        return (crypt_bcrypt::verify(password, stored), true);
    } else if stored.starts_with("$5$") || stored.starts_with("$6$") {
        crypt_sha::verify(password, stored)
    } else if stored.starts_with("$1$") || stored.starts_with("$apr1$") {
        crypt_md5::verify(password, stored)
    } else if hex && matches!(stored.len(), 40 | 64 | 128) {
        digest::verify(password, stored)
    } else if crypt_des::describes(stored) {
        crypt_des::verify(password, stored)
    } else {
        options.allow_plain && !stored.starts_with('$') && same(password, stored)
    };
    (right, false)
}

/// Takes as long as checking a password does, for logins that nobody has.
pub fn verify_nobody(password: &SecretString) {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                          3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let password = password.expose_secret();
    if password.len() <= MAX_BYTES {
        let _ = argon2id::verify(password, NOBODY);
    }
}

/// Compares texts in a time that does not depend on where they differ.
fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests;
