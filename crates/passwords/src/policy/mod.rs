//! What a new password has to be like.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::MAX_BYTES;

/// Passwords that everybody tries first.
const COMMON: [&str; 24] = [
    "12345678",
    "123456789",
    "1234567890",
    "password",
    "password1",
    "passw0rd",
    "qwertyuiop",
    "qwerty123",
    "qwertz123",
    "iloveyou",
    "sunshine1",
    "princess1",
    "football1",
    "welcome1",
    "admin123",
    "administrator",
    "letmein123",
    "haslo123",
    "zaq12wsx",
    "1q2w3e4r",
    "1qaz2wsx",
    "passwort1",
    "hallo123",
    "abcd1234",
];

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The least number of characters (OTOBO's `PasswordMinSize`).
    pub min_length: usize,
    /// `PasswordNeedDigit`.
    pub need_digit: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_length: 8,
            need_digit: true,
        }
    }
}

/// A rule that a password breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    TooShort { min: usize },
    TooLong { max_bytes: usize },
    NoDigit,
    Common,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { min } => write!(f, "at least {min} characters"),
            Self::TooLong { max_bytes } => write!(f, "at most {max_bytes} bytes"),
            Self::NoDigit => f.write_str("at least one digit"),
            Self::Common => f.write_str("not one of the passwords that everybody tries first"),
        }
    }
}

impl Policy {
    /// All rules that a password breaks.
    pub fn check(&self, password: &SecretString) -> Vec<Violation> {
        let password = password.expose_secret();
        let mut broken = vec![];
        if password.chars().count() < self.min_length {
            broken.push(Violation::TooShort {
                min: self.min_length,
            });
        }
        if password.len() > MAX_BYTES {
            broken.push(Violation::TooLong {
                max_bytes: MAX_BYTES,
            });
        }
        if self.need_digit && !password.chars().any(|c| c.is_ascii_digit()) {
            broken.push(Violation::NoDigit);
        }
        if COMMON.contains(&password.to_lowercase().as_str()) {
            broken.push(Violation::Common);
        }
        broken
    }
}
