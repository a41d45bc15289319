//! `[database]`: the home database.

use std::path::Path;

use kartoteka_model::source::Address;

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[Key::optional(
    "url",
    Kind::Text,
    "\"postgres://kartoteka@localhost/otobo\"",
    "Address of the database: sqlite://, postgres:// or mysql:// (also MariaDB). Without it a SQLite file in the data directory. With a password in it, better give KARTOTEKA_DATABASE__URL_FILE.",
)
.secret()];

const SCHEMES: [&str; 5] = ["sqlite", "postgres", "postgresql", "mysql", "mariadb"];

/// `[database]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// May hold a password; prints itself without.
    pub url: Address,
}

/// The file of an embedded database.
pub fn embedded_file(address: &str) -> Option<String> {
    let path = address
        .strip_prefix("sqlite://")
        .or_else(|| address.strip_prefix("sqlite:"))?;
    let path = path.split('?').next().unwrap_or(path);
    (path != ":memory:").then(|| {
        path.replace("%23", "#")
            .replace("%3F", "?")
            .replace("%25", "%")
    })
}

impl Database {
    /// The SQLite database in a data directory.
    pub fn in_dir(data_dir: &Path) -> Self {
        let file = data_dir.join("kartoteka.db");
        let path: String = file
            .to_string_lossy()
            .chars()
            .map(|c| match c {
                '%' => "%25".to_owned(),
                '?' => "%3F".to_owned(),
                '#' => "%23".to_owned(),
                c => c.to_string(),
            })
            .collect();
        Self {
            url: Address::new(format!("sqlite://{path}")),
        }
    }

    /// Whether this is a SQLite database, so our own.
    pub fn is_sqlite(&self) -> bool {
        self.url.expose().starts_with("sqlite:")
    }

    pub(crate) fn read(section: &Section<'_>, data_dir: &Path) -> Self {
        let expected = "an address that begins with sqlite://, postgres:// or mysql://";
        section
            .parsed("url", expected, |text| {
                is_address(text).then(|| Address::new(text))
            })
            .map_or_else(|| Self::in_dir(data_dir), |url| Self { url })
    }
}

/// Whether a text is an address of an engine that Kartoteka speaks to.
pub(crate) fn is_address(text: &str) -> bool {
    match text.split_once("://") {
        Some((scheme, rest)) => SCHEMES.contains(&scheme) && !rest.is_empty(),
        None => text == "sqlite::memory:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_addresses() {
        assert_eq!(
            embedded_file("sqlite:///var/a b%25.db?mode=rw").as_deref(),
            Some("/var/a b%.db")
        );
        assert_eq!(embedded_file("sqlite::memory:"), None);
        assert_eq!(embedded_file("postgres://x/y"), None);
    }
}
