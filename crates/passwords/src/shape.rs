//! Which form a stored value has, by its looks alone (rule D16).

/// A form of stored passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `$argon2id$…`, `$argon2i$…`, `$argon2d$…`.
    Argon2,
    /// `BCRYPT:…`.
    OtoboBcrypt,
    /// `$2a$…`, `$2b$…`, `$2y$…`.
    CryptBcrypt,
    /// `$5$…`, `$6$…`.
    CryptSha,
    /// `$1$…`, `$apr1$…`.
    CryptMd5 { mark: &'static str },
    /// Thirteen characters of the crypt alphabet.
    CryptDes,
    /// 40, 64 or 128 hexadecimal digits.
    Digest,
    /// Nobody's password: empty, the failure mark of crypt (`*0`, `*1`), or a hash of a form that is not read (`$y$…`).
    Unusable,
}

impl Shape {
    /// The form of a stored value; `None` when it looks like none, and could only be a password stored as it is.
    pub(crate) fn of(stored: &str) -> Option<Self> {
        if stored.is_empty() || stored.starts_with('*') {
            return Some(Self::Unusable);
        }
        if stored.starts_with("BCRYPT:") {
            return Some(Self::OtoboBcrypt);
        }
        if let Some(mark) = mark(stored) {
            return Some(match mark {
                "argon2id" | "argon2i" | "argon2d" => Self::Argon2,
                "2a" | "2b" | "2y" => Self::CryptBcrypt,
                "5" | "6" => Self::CryptSha,
                "1" => Self::CryptMd5 { mark: "$1$" },
                "apr1" => Self::CryptMd5 { mark: "$apr1$" },
                _ => Self::Unusable,
            });
        }
        let hex = stored.bytes().all(|byte| byte.is_ascii_hexdigit());
        match stored.len() {
            40 | 64 | 128 if hex => Some(Self::Digest),
            13 if stored.bytes().all(in_crypt_alphabet) => Some(Self::CryptDes),
            _ => None,
        }
    }
}

/// The name between the first two dollars, if it is one that crypt functions or PHC strings give to a form.
fn mark(stored: &str) -> Option<&str> {
    let (mark, _) = stored.strip_prefix('$')?.split_once('$')?;
    let name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ((1..=32).contains(&mark.len()) && mark.bytes().all(name)).then_some(mark)
}

fn in_crypt_alphabet(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'/'
}
