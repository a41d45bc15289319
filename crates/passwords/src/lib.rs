//! Passwords: hashing new ones, verifying every form that OTOBO, Znuny and OTRS ever stored, judging and making them;
//! and [secrets](seal) that have to be read again.
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
pub mod history;
mod otobo_bcrypt;
mod plain;
pub mod policy;
pub mod seal;
mod shape;
mod work;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use thiserror::Error;

pub use generate::{GENERATED_LENGTH, generate, generate_for};
pub use otobo_bcrypt::DEFAULT_COST as DEFAULT_BCRYPT_COST;
use shape::Shape;
pub use work::{Work, is_usable, verify_evenly};

/// The longest password that is looked at, in bytes; longer ones are refused unseen, for hashing them would cost
/// the server more than sending them costs an attacker.
pub const MAX_BYTES: usize = 1024;

/// The highest cost of bcrypt that is worked out, in any form: each step doubles the time, 18 takes many seconds.
pub const MAX_BCRYPT_COST: u32 = 18;

/// The form in which a password is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteFormat {
    /// A PHC string; for tables that are Kartoteka's alone.
    Argon2id,
    /// `BCRYPT:cost:salt:hash`, which OTOBO reads. The cost is brought between 9 and 31 (OTOBO's `bcryptCost`, by
    /// default [`DEFAULT_BCRYPT_COST`]). As in every bcrypt, bytes after the 72nd do not count.
    OtoboBcrypt { cost: u32 },
}

impl WriteFormat {
    /// The most bytes of a password that count in this form; what would follow could be anything.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Argon2id => MAX_BYTES,
            Self::OtoboBcrypt { .. } => 72,
        }
    }
}

/// A password could not be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HashError {
    #[error("the password is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// It could never be verified: see [`MAX_BCRYPT_COST`].
    #[error("bcrypt at cost {cost} takes too long, the highest is {MAX_BCRYPT_COST}")]
    TooCostly { cost: u32 },
    /// The algorithm refused, or the system has no randomness.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
}

/// What verifying needs to know beside the stored value.
#[derive(Debug, Clone, Copy)]
pub struct VerifyOptions<'a> {
    /// The login as stored, which OTOBO took as salt for some forms. All forms that are read carry their salt, so that
    /// it does not decide anything today.
    pub login: &'a str,
    /// Whether passwords stored as they are may be accepted (OTOBO's `CryptType` `plain`).
    pub allow_plain: bool,
}

/// What verifying came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The password is right.
    Accepted {
        /// The stored form is weaker than both forms that are written today.
        needs_rehash: bool,
    },
    /// The password is wrong, or the stored value is none that anybody can log in with.
    Refused,
}

impl Verdict {
    fn new(right: bool, needs_rehash: impl FnOnce() -> bool) -> Self {
        if right {
            let needs_rehash = needs_rehash();
            Self::Accepted { needs_rehash }
        } else {
            Self::Refused
        }
    }
}

/// Hashes a password with a new salt. It takes tens to hundreds of milliseconds: keep it off the threads that answer.
///
/// An empty password is hashed like any other, and never accepted.
///
/// # Errors
/// When the password is longer than [`MAX_BYTES`], the cost above [`MAX_BCRYPT_COST`], or the system has no randomness.
pub fn hash(password: &SecretString, format: WriteFormat) -> Result<SecretString, HashError> {
    let password = password.expose_secret();
    if password.len() > MAX_BYTES {
        return Err(HashError::TooLong);
    }
    match format {
        WriteFormat::Argon2id => argon2id::hash(password),
        WriteFormat::OtoboBcrypt { cost } => otobo_bcrypt::hash(password, cost),
    }
}

/// Checks a password against a stored value. Never panics, whatever is stored. An empty password and an empty stored
/// value are refused, and so is a value that begins with `*`, which old crypt functions return for a failure.
pub fn verify(password: &SecretString, stored: &str, options: VerifyOptions<'_>) -> Verdict {
    let password = password.expose_secret();
    if !worth_hashing(password) {
        return Verdict::Refused;
    }
    let weak = || true;
    match Shape::of(stored) {
        Some(Shape::Argon2) => argon2id::verify(password, stored),
        Some(Shape::OtoboBcrypt) => otobo_bcrypt::verify(password, stored),
        Some(Shape::CryptBcrypt) => crypt_bcrypt::verify(password, stored),
        Some(Shape::CryptSha) => Verdict::new(crypt_sha::verify(password, stored), weak),
        Some(Shape::CryptMd5 { mark }) => {
            Verdict::new(crypt_md5::verify(password, stored, mark), weak)
        }
        Some(Shape::CryptDes) => Verdict::new(crypt_des::verify(password, stored), weak),
        Some(Shape::Digest) => Verdict::new(digest::verify(password, stored), weak),
        None if options.allow_plain => Verdict::new(plain::verify(password, stored), weak),
        None | Some(Shape::Unusable) => Verdict::Refused,
    }
}

/// Whether a password is looked at at all. The answer must not depend on whether the login exists.
fn worth_hashing(password: &str) -> bool {
    (1..=MAX_BYTES).contains(&password.len())
}

/// Compares texts in a time that does not depend on where they differ.
fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests;
