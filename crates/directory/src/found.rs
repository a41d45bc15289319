//! A single record as it was found, and its version.

use kartoteka_model::Record;
use kartoteka_sources::SourceRow;
use sha2::{Digest, Sha256};

use crate::plan::{Fields, Version};

/// A single record with what goes with it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key, as stored.
    pub key: String,
    pub source: String,
    /// The record's own fields, and `CreateTime`, `CreateBy`, `ChangeTime`, `ChangeBy` where the table has them.
    pub record: Record,
    pub version: Version,
    /// OTOBO's `UserFullname`; the name of a customer.
    pub full_name: String,
    /// The same for people to read: with the labels of drop-downs, where it has values of theirs.
    pub shown_name: String,
    /// OTOBO's `UserMailString`: `"Anna Nowak" <anna@…>`.
    pub text: String,
    pub writable: bool,
    /// Since when the source does not answer, in seconds since 1970, where this is what was last known of it.
    pub unavailable_since: Option<i64>,
    /// When the copy that this is from was last as the source, where the source does not answer and that is known.
    pub as_of: Option<i64>,
    /// The primary customer of a person, if it is known.
    pub customer: Option<Record>,
    /// The source that the primary customer is in.
    pub customer_source: Option<String>,
    /// The preferences of a person that [`SourceInfo::preferences`](crate::SourceInfo::preferences) names, as far as they
    /// are set.
    pub preferences: Fields,
}

/// The state of a stored record: its fields, its password and its preferences.
pub fn version(stored: &SourceRow, preferences: &Fields) -> Version {
    let mut hasher = Sha256::new();
    let preferences = preferences
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    for (field, value) in stored
        .record
        .iter()
        .chain([("", stored.password.as_deref().unwrap_or_default())])
        .chain(preferences)
    {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
        hasher.update((value.len() as u64).to_be_bytes());
        hasher.update(value);
    }
    Version(hex::encode(&hasher.finalize()[..12]))
}
