//! New passwords.

use rand::{CryptoRng, Rng};
use secrecy::SecretString;

use crate::policy::{Policy, Violation};

/// How long generated passwords are.
pub const GENERATED_LENGTH: usize = 12;

const KINDS: [&[u8]; 3] = [
    b"0123456789",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    b"abcdefghijklmnopqrstuvwxyz",
];

/// A password of digits and letters, every one of those with a digit, a capital and a small letter equally likely
/// (OTOBO's may lack a digit and fail the policy). Twelve characters have 71 bits. Shorter than three characters, any.
///
/// The randomness is handed in, so that tests can repeat it; it must be one for secrets.
pub fn generate(length: usize, rng: &mut impl CryptoRng) -> SecretString {
    let all = KINDS.concat();
    loop {
        let password: String = (0..length)
            .map(|_| char::from(all[rng.random_range(0..all.len())]))
            .collect();
        // Trying again, rather than putting the missing in, leaves all complete ones equally likely.
        let complete = KINDS
            .iter()
            .all(|kind| password.bytes().any(|byte| kind.contains(&byte)));
        if complete || length < KINDS.len() {
            return SecretString::from(password);
        }
    }
}

/// How often a policy is tried to be met by chance, with each set of characters.
const TRIES: usize = 500;

/// A new password that a policy accepts: as [`generate`] makes it, longer if asked for, and with other characters
/// among its own where letters and digits don't do.
///
/// # Errors
/// The rules that the best try broke, when none was good: the policy's pattern asks for something special.
pub fn generate_for(
    policy: &Policy,
    rng: &mut impl CryptoRng,
) -> Result<SecretString, Vec<Violation>> {
    let length = policy.min_length.max(GENERATED_LENGTH);
    let mut broken: Vec<Violation> = vec![];
    for others in [&b""[..], b"-_.,:;!?+*=#%&@/()"] {
        for _ in 0..TRIES {
            let password = if others.is_empty() {
                generate(length, rng)
            } else {
                mixed(length, others, rng)
            };
            let rules = policy.check(&password);
            if rules.is_empty() {
                return Ok(password);
            }
            if broken.is_empty() || rules.len() < broken.len() {
                broken = rules;
            }
        }
    }
    Err(broken)
}

fn mixed(length: usize, others: &[u8], rng: &mut impl CryptoRng) -> SecretString {
    let all = [KINDS.concat(), others.to_vec()].concat();
    let password: String = (0..length)
        .map(|_| char::from(all[rng.random_range(0..all.len())]))
        .collect();
    SecretString::from(password)
}
