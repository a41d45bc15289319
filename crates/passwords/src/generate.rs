//! New passwords.

use rand::{CryptoRng, Rng};
use secrecy::SecretString;

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
