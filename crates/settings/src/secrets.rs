//! `[secrets]`: what passwords are sealed with that pages write.

use secrecy::{ExposeSecret, SecretString};

use crate::key::{Key, Kind};
use crate::section::Section;

/// The fewest characters of a key.
const SHORTEST: usize = 32;

pub(crate) const KEYS: &[Key] = &[Key::optional(
    "key",
    Kind::Text,
    "\"32 characters or more, by chance\"",
    "What passwords of sources are sealed with that are set up on pages, by REST or at the terminal; the same on all nodes, \
     and better given as a variable KARTOTEKA_SECRETS__KEY_FILE. Without it, it is the file `kartoteka.key` in the data \
     directory, which is made when it is first needed.",
)
.secret()];

/// `[secrets]`.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    /// None where the file in the data directory has it.
    pub key: Option<SecretString>,
}

impl PartialEq for Secrets {
    fn eq(&self, other: &Self) -> bool {
        let text = |one: &Self| one.key.as_ref().map(|key| key.expose_secret().to_owned());
        text(self) == text(other)
    }
}

impl Eq for Secrets {}

impl Secrets {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let expected = format!("at least {SHORTEST} characters");
        let key = section.parsed("key", &expected, |text| {
            (text.trim().chars().count() >= SHORTEST).then(|| text.trim().to_owned().into())
        });
        Self { key }
    }
}
