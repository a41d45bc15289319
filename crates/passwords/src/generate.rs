//! New passwords.

use rand::Rng;
use secrecy::SecretString;

/// How long generated passwords are.
pub const GENERATED_LENGTH: usize = 12;

const KINDS: [&[u8]; 3] = [
    b"0123456789",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    b"abcdefghijklmnopqrstuvwxyz",
];

/// A password of digits and letters, every one of those with a digit, a capital and a small letter equally likely
/// (OTOBO's may lack a digit and fail the policy). Shorter than three characters, any.
pub fn generate(length: usize, rng: &mut impl Rng) -> SecretString {
    let all = KINDS.concat();
    loop {
        let bytes: Vec<u8> = (0..length)
            .map(|_| all[rng.random_range(0..all.len())])
            .collect();
        let complete = KINDS
            .iter()
            .all(|kind| bytes.iter().any(|byte| kind.contains(byte)));
        if complete || length < KINDS.len() {
            return SecretString::from(bytes.into_iter().map(char::from).collect::<String>());
        }
    }
}
