//! Secrets that have to be read again, as passwords with which other servers are asked: sealed with a key, by
//! ChaCha20-Poly1305.
//!
//! What is sealed says which key it needs, and is bound to what it is for: it can't be put in the place of another secret.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The fewest characters of a text that a key is made of.
pub const SHORTEST_KEY: usize = 32;

/// Stands before what is sealed like this.
const FORM: &str = "1";

/// What seals and opens.
pub struct SealingKey {
    key: LessSafeKey,
    id: String,
}

/// Why something could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It was sealed with another key.
    #[error("it was sealed with another key")]
    OtherKey,
    /// It is not as it was sealed, or for something else.
    #[error("it is not what was sealed for this")]
    Altered,
}

impl SealingKey {
    /// The key that a text stands for; none for one that is too short.
    pub fn of(text: &SecretString) -> Option<Self> {
        let text = text.expose_secret().trim();
        if text.chars().count() < SHORTEST_KEY {
            return None;
        }
        let bytes = Sha256::new()
            .chain_update(b"kartoteka seal 1\0")
            .chain_update(text.as_bytes())
            .finalize();
        let id = Sha256::new()
            .chain_update(b"kartoteka seal id\0")
            .chain_update(bytes)
            .finalize();
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?;
        Some(Self {
            key: LessSafeKey::new(key),
            id: hex::encode(&id[..4]),
        })
    }

    /// The text of a new key.
    pub fn generate() -> SecretString {
        hex::encode(rand::random::<[u8; 32]>()).into()
    }

    /// By which keys are told apart; it says nothing of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Seals a secret for something.
    pub fn seal(&self, secret: &SecretString, purpose: &str) -> Option<String> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut bytes = secret.expose_secret().as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut bytes,
            )
            .ok()?;
        let (id, nonce) = (&self.id, hex::encode(nonce));
        Some(format!("{FORM}:{id}:{nonce}:{}", hex::encode(bytes)))
    }

    /// Opens what was sealed for the same thing.
    ///
    /// # Errors
    /// When it needs another key, or was altered.
    pub fn open(&self, sealed: &str, purpose: &str) -> Result<SecretString, NotOpened> {
        let mut parts = sealed.split(':');
        let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
        let [Some(FORM), Some(id), Some(nonce), Some(bytes)] = parts else {
            return Err(NotOpened::Altered);
        };
        if id != self.id {
            return Err(NotOpened::OtherKey);
        }
        let nonce = hex::decode(nonce).ok();
        let nonce = nonce.and_then(|nonce| Nonce::try_assume_unique_for_key(&nonce).ok());
        let (Some(nonce), Ok(mut bytes)) = (nonce, hex::decode(bytes)) else {
            return Err(NotOpened::Altered);
        };
        let opened = self
            .key
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut bytes)
            .map_err(|_| NotOpened::Altered)?;
        let text = std::str::from_utf8(opened).map_err(|_| NotOpened::Altered)?;
        Ok(SecretString::from(text))
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealingKey({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

    use super::*;

    fn key(text: &str) -> SealingKey {
        SealingKey::of(&text.repeat(8).into()).unwrap()
    }

    #[test]
    fn what_is_sealed_is_opened_with_its_key_for_its_purpose_alone() {
        let secret = SecretString::from("zażółć gęślą");
        let sealed = key("abcd").seal(&secret, "CustomerUser1").unwrap();
        assert!(!sealed.contains("gęślą"), "{sealed}");
        let opened = key("abcd").open(&sealed, "CustomerUser1").unwrap();
        assert_eq!(opened.expose_secret(), "zażółć gęślą");
        let again = key("abcd").seal(&secret, "CustomerUser1").unwrap();
        assert_ne!(sealed, again, "no nonce is used twice");
        let refused = |key: SealingKey, sealed: &str, purpose| key.open(sealed, purpose).err();
        let other = refused(key("abce"), &sealed, "CustomerUser1");
        assert_eq!(other, Some(NotOpened::OtherKey));
        let moved = refused(key("abcd"), &sealed, "CustomerUser2");
        assert_eq!(moved, Some(NotOpened::Altered));
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        let altered = format!("{}{last}", &sealed[..sealed.len() - 1]);
        for broken in [altered.as_str(), "", "1:2", "1:x:y:z", &sealed[..30]] {
            assert!(refused(key("abcd"), broken, "CustomerUser1").is_some());
        }
    }

    #[test]
    fn short_texts_are_no_keys() {
        assert!(SealingKey::of(&"a".repeat(31).into()).is_none());
        assert!(SealingKey::of(&"a".repeat(32).into()).is_some());
        let made = SealingKey::generate();
        assert_eq!(made.expose_secret().len(), 64);
        assert!(!format!("{:?}", SealingKey::of(&made)).contains(made.expose_secret()));
    }
}
