//! Passwords that were used before: only their hashes are kept, to be compared with new ones.

use md5::{Digest, Md5};
use secrecy::{ExposeSecret, SecretString};

use crate::{Verdict, VerifyOptions, WriteFormat, hash, same, verify};

/// The form in which used passwords are kept. (OTOBO keeps unsalted MD5 digests, which give every password away.)
pub const KEPT_AS: WriteFormat = WriteFormat::Argon2id;

/// Whether a password is the one that is kept: as any stored form, or as OTOBO keeps used ones, an MD5 digest in
/// hexadecimal digits (which no login accepts).
pub fn is_kept(password: &SecretString, kept: &str) -> bool {
    if kept.len() == 32 && kept.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let digest = hex::encode(Md5::digest(password.expose_secret()));
        return same(&digest, &kept.to_ascii_lowercase());
    }
    let options = VerifyOptions {
        login: "",
        allow_plain: false,
    };
    matches!(verify(password, kept, options), Verdict::Accepted { .. })
}

/// The hash to keep of a password; `stored` is what was just hashed for its record, if that will do.
///
/// # Errors
/// As [`hash`].
pub fn keep(
    password: &SecretString,
    stored: &SecretString,
    format: WriteFormat,
) -> Result<SecretString, crate::HashError> {
    if format == KEPT_AS {
        Ok(stored.clone())
    } else {
        hash(password, KEPT_AS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_form_is_known_again() {
        let password = SecretString::from("kot w butach 7");
        let other = SecretString::from("kot w butach 8");
        let otobo = "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm";
        let argon = hash(&password, KEPT_AS).unwrap();
        let md5 = hex::encode(Md5::digest("kot w butach 7"));
        for kept in [argon.expose_secret(), &md5, &md5.to_ascii_uppercase()] {
            assert!(is_kept(&password, kept), "{kept}");
            assert!(!is_kept(&other, kept), "{kept}");
        }
        assert!(is_kept(&SecretString::from("some_pass"), otobo));
        for kept in ["", "*0", "kot w butach 7"] {
            assert!(!is_kept(&password, kept), "{kept}");
        }
    }

    #[test]
    fn what_is_kept_is_salted_whatever_the_record_holds() {
        let password = SecretString::from("kot w butach 7");
        let format = WriteFormat::OtoboBcrypt { cost: 9 };
        let stored = hash(&password, format).unwrap();
        let kept = keep(&password, &stored, format).unwrap();
        assert!(kept.expose_secret().starts_with("$argon2id$"));
        let same = keep(&password, &kept, KEPT_AS).unwrap();
        assert_eq!(same.expose_secret(), kept.expose_secret());
    }
}
