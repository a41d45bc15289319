//! What checking a password costs, by what is stored: so that a wrong login takes as long whoever it names.

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};

use crate::shape::Shape;
use crate::{Verdict, VerifyOptions, WriteFormat, argon2id, crypt_bcrypt, crypt_sha, otobo_bcrypt};

/// Work that takes a time anybody would notice. Two stored values with the same work can't be told apart by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Argon2(Algorithm, Params),
    Bcrypt { cost: u32 },
    Sha { mark: char, rounds: u32 },
}

impl Work {
    /// The work of checking against a stored value; none where it takes no time to speak of.
    pub fn of(stored: &str) -> Option<Self> {
        let kind = match Shape::of(stored)? {
            Shape::Argon2 => {
                let (hash, params) = argon2id::affordable(stored)?;
                let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
                Kind::Argon2(algorithm, same_output(&params)?)
            }
            Shape::OtoboBcrypt => {
                let (cost, salt, _) = otobo_bcrypt::parts(stored)?;
                (salt.len() == 16).then_some(Kind::Bcrypt { cost })?
            }
            Shape::CryptBcrypt => {
                let cost = crypt_bcrypt::cost(stored).filter(|_| stored.len() == 60)?;
                Kind::Bcrypt { cost }
            }
            Shape::CryptSha => Kind::Sha {
                mark: stored.chars().nth(1)?,
                rounds: crypt_sha::rounds(stored)?,
            },
            Shape::CryptMd5 { .. } | Shape::CryptDes | Shape::Digest | Shape::Unusable => {
                return None;
            }
        };
        Some(Self(kind))
    }

    /// The work of checking against what is written in a form.
    pub fn of_format(format: WriteFormat) -> Option<Self> {
        match format {
            WriteFormat::Argon2id => Self::of(argon2id::NOBODY),
            WriteFormat::OtoboBcrypt { cost } => Some(Self(Kind::Bcrypt {
                cost: otobo_bcrypt::written_cost(cost),
            })),
        }
    }

    /// About how long it takes, in microseconds of a machine of today.
    pub fn microseconds(&self) -> u64 {
        match &self.0 {
            Kind::Argon2(_, params) => u64::from(params.m_cost()) * u64::from(params.t_cost()),
            Kind::Bcrypt { cost } => 80 << (*cost).min(40),
            Kind::Sha { rounds, .. } => u64::from(*rounds),
        }
    }

    /// Does the work, for nothing.
    fn waste(&self, password: &SecretString) {
        let text = password.expose_secret();
        match &self.0 {
            Kind::Argon2(algorithm, params) => {
                let mut out = [0; 32];
                let argon2 = Argon2::new(*algorithm, Version::V0x13, params.clone());
                let done = argon2.hash_password_into(text.as_bytes(), &[7; 16], &mut out);
                // Without it the work could be left out as useless.
                std::hint::black_box((done.is_ok(), out));
            }
            Kind::Bcrypt { cost } => {
                std::hint::black_box(bcrypt::hash_with_salt(text, *cost, [7; 16]).is_ok());
            }
            Kind::Sha { mark, rounds } => {
                std::hint::black_box(crypt_sha::verify(text, &crypt_sha::nobody(*mark, *rounds)));
            }
        }
    }
}

/// Costs alone: the length of what comes out takes no time.
fn same_output(params: &Params) -> Option<Params> {
    Params::new(params.m_cost(), params.t_cost(), params.p_cost(), None).ok()
}

/// Checks a password as [`crate::verify`] does, and does all the other work there is beside it: whatever is stored,
/// nothing at all included, all of it is done once.
pub fn verify_evenly(
    password: &SecretString,
    stored: &str,
    options: VerifyOptions<'_>,
    works: &[Work],
) -> Verdict {
    let verdict = crate::verify(password, stored, options);
    if crate::worth_hashing(password.expose_secret()) {
        let done = Work::of(stored);
        for work in works.iter().filter(|work| done.as_ref() != Some(work)) {
            work.waste(password);
        }
    }
    verdict
}

/// Whether anybody could ever log in against a stored value.
pub fn is_usable(stored: &str) -> bool {
    !matches!(Shape::of(stored), None | Some(Shape::Unusable))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BCRYPT: &str = "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm";
    const SHA: &str = "$6$rounds=1000$abc$5Y4n3aNYEplgMRmv6NwEzmdgJo1jl.h3Bv89PtFoWztnZZ6FDETV0s8y4fLOAMt/zp/AZfKUO0u.F2tr1Gpho.";

    #[test]
    fn work_is_told_by_what_is_stored() {
        let bcrypt = WriteFormat::OtoboBcrypt { cost: 12 };
        assert_eq!(Work::of(BCRYPT), Work::of_format(bcrypt));
        assert_eq!(
            Work::of("$2b$12$KIXQ4S7o8nqlG5t4o1JrNuY9Uq7Jc9Yw4o3yQm3yq3v8t2yVY7u3K"),
            Work::of(BCRYPT)
        );
        let argon2id = Work::of_format(WriteFormat::Argon2id);
        let written = crate::hash(&SecretString::from("x"), WriteFormat::Argon2id).unwrap();
        assert!(argon2id.is_some());
        assert_eq!(Work::of(written.expose_secret()), argon2id);
        assert_ne!(argon2id, Work::of(BCRYPT));
        assert_eq!(
            Work::of(SHA),
            Some(Work(Kind::Sha {
                mark: '6',
                rounds: 1000
            }))
        );
        for quick in [
            "",
            "*0",
            "alCD5A7r.XXa.",
            "BCRYPT:12:short:x",
            "BCRYPT:31:abcdefghijklmnop:x",
            "$2b$12$x",
        ] {
            assert_eq!(Work::of(quick), None, "{quick}");
        }
    }

    #[test]
    fn the_verdict_is_that_of_verifying() {
        let options = VerifyOptions {
            login: "",
            allow_plain: false,
        };
        let works: Vec<Work> = [SHA, "$5$rounds=1000$abc$x"]
            .iter()
            .filter_map(|stored| Work::of(stored))
            .collect();
        assert_eq!(works.len(), 2);
        for stored in ["alCD5A7r.XXa.", SHA, "", "nonsense"] {
            for password in ["some_pass", "x", ""] {
                let password = SecretString::from(password);
                assert_eq!(
                    verify_evenly(&password, stored, options, &works),
                    crate::verify(&password, stored, options),
                );
            }
        }
    }

    #[test]
    fn usable_is_what_a_password_can_fit() {
        for usable in [BCRYPT, SHA, "alCD5A7r.XXa."] {
            assert!(is_usable(usable), "{usable}");
        }
        for not in ["", "*0", "!", "kot w butach 7", "$y$j9T$abc$def"] {
            assert!(!is_usable(not), "{not}");
        }
    }
}
