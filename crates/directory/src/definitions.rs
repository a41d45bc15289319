//! Sources that pages wrote: laid over what file and environment say, with their secrets opened by the key of this node.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use kartoteka_model::source::Locked;
use kartoteka_passwords::seal::SealingKey;
use kartoteka_settings::{Diagnostic, Settings, WrittenDefinition, WrittenFields};
use secrecy::{ExposeSecret, SecretString};

use crate::directory::Inside;
use crate::error::{Error, Result};

/// The file in the data directory that holds the key where the settings name none.
pub(crate) const KEY_FILE: &str = "kartoteka.key";

/// Secrets by their keys: `Params.UserPw`.
pub type Opened = BTreeMap<String, SecretString>;

/// These settings with the sources in them that pages wrote, and what of those does not check.
fn laid(file: &Settings, written: &WrittenFields) -> (Settings, Vec<Diagnostic>) {
    let mut settings = file.clone();
    let mut mistakes = vec![];
    if written.definitions.is_empty() {
        return (settings, mistakes);
    }
    let key = sealing_key(file);
    for (id, definition) in &written.definitions {
        if file.says_source(id).is_some() {
            continue;
        }
        let found = match opened(id, definition, key.as_ref()) {
            Ok(secrets) => settings.lay_source(id, &definition.document, &secrets, None),
            Err(locked) => settings.lay_locked(id, definition, locked),
        };
        mistakes.extend(found.into_iter().filter(Diagnostic::is_error));
    }
    (settings, mistakes)
}

/// The secrets of a source.
pub(crate) fn opened(
    id: &str,
    definition: &WrittenDefinition,
    key: Option<&SealingKey>,
) -> Result<Opened, Locked> {
    let open = |(name, sealed): (&String, &String)| {
        let key = key.ok_or(Locked::NoKey)?;
        let purpose = definition.document.purpose(id, name);
        let secret = key.open(sealed, &purpose);
        Ok((name.clone(), secret.map_err(|_| Locked::OtherKey)?))
    };
    definition.sealed.iter().map(open).collect()
}

/// The key of this node, if it has one.
pub(crate) fn sealing_key(settings: &Settings) -> Option<SealingKey> {
    if let Some(key) = &settings.secrets.key {
        return SealingKey::of(key);
    }
    let file = settings.data_dir.join(KEY_FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => SealingKey::of(&text.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            tracing::error!(file = %file.display(), %error, "the key to secrets can't be read");
            None
        }
    }
}

/// Writes a new key to the file, unless it is there: nobody sees half of it.
fn make(folder: &Path) -> io::Result<()> {
    let file = folder.join(KEY_FILE);
    let begun = folder.join(format!(".{KEY_FILE}.{:016x}", rand::random::<u64>()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || {
        let mut opened = options.open(&begun)?;
        let key = SealingKey::generate();
        io::Write::write_all(&mut opened, key.expose_secret().as_bytes())?;
        opened.sync_all()?;
        match std::fs::hard_link(&begun, &file) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    };
    let written = write();
    // What is left of it is a key that nobody uses.
    let _ = std::fs::remove_file(&begun);
    written
}

/// What pages wrote of sources, and then of fields too, laid over the settings of a file; with what does not check.
pub(crate) fn layered(
    file: &Settings,
    written: &WrittenFields,
) -> (Settings, Settings, Vec<Diagnostic>) {
    let (base, mut mistakes) = laid(file, written);
    let (settings, of_fields) = written.over(&base);
    mistakes.extend(of_fields);
    (base, settings, mistakes)
}

impl Inside<'_> {
    /// What file and environment say, without what pages wrote.
    pub fn file_settings(self) -> Settings {
        self.inner.generations.current().file.clone()
    }

    /// The settings as they would be with what pages wrote, and what of that does not check.
    pub fn with_written(self, written: &WrittenFields) -> (Settings, Vec<Diagnostic>) {
        let (_, settings, mistakes) = layered(&self.inner.generations.current().file, written);
        (settings, mistakes)
    }

    /// The secrets of a source that pages wrote.
    ///
    /// # Errors
    /// Why they can't be opened here.
    pub fn opened_secrets(
        self,
        id: &str,
        definition: &WrittenDefinition,
    ) -> Result<Opened, Locked> {
        let key = sealing_key(&self.inner.generations.current().file);
        opened(id, definition, key.as_ref())
    }

    /// The key of this node, if it has one.
    pub fn sealing_key(self) -> Option<SealingKey> {
        sealing_key(&self.inner.generations.current().file)
    }

    /// The same; it is made where there is none.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn made_sealing_key(self) -> Result<SealingKey> {
        if let Some(key) = self.sealing_key() {
            return Ok(key);
        }
        let settings = self.file_settings();
        make(&settings.data_dir).map_err(Error::internal)?;
        let unreadable = || Error::internal(io::Error::other("the key to secrets can't be read"));
        self.sealing_key().ok_or_else(unreadable)
    }
}
