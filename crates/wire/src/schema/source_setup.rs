//! Documents of sources that are set up here.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

use super::{FieldChange, JournalRange, Mistake, RefusedFields, SourceTest};

/// A source to set up.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"id": "CustomerUser3", "document": {
    "Module": "LDAP", "Name": "Branch office",
    "Params": {"Host": "ldaps://ldap.example.com", "BaseDN": "ou=people,dc=example,dc=com"},
}}))]
pub struct SourceCreate {
    /// The section; without it the next free one of customer users.
    #[schema(required = false, nullable = false, example = "CustomerUser3")]
    id: Option<String>,
    /// What the section of a settings file would say, secrets too.
    document: BTreeMap<String, Value>,
    /// It is saved even if the test fails. Not of a table in the home database.
    #[schema(required = false, nullable = false)]
    although_it_fails: Option<bool>,
}

/// What a source is to be.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"version": 3, "document": {"Module": "CSV", "Params": {"File": "people.csv"}}}))]
pub struct SourceReplace {
    /// All of it. Secrets that it does not name stay as long as the same server is asked; an empty one is taken away.
    document: BTreeMap<String, Value>,
    /// The version that was looked at: with another one nothing is saved.
    #[schema(required = false, nullable = false)]
    version: Option<u64>,
    /// It is saved even if the test fails. Not of a table in the home database.
    #[schema(required = false, nullable = false)]
    although_it_fails: Option<bool>,
}

/// A document to test.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"document": {"Module": "CSV", "Params": {"File": "people.csv"}}}))]
pub struct SourceToTest {
    /// The section, where it is one that is set up: what the document does not name of its secrets is taken from there.
    #[schema(required = false, nullable = false, example = "CustomerUser3")]
    id: Option<String>,
    document: BTreeMap<String, Value>,
}

/// A source as it is set up here.
#[derive(ToSchema)]
pub struct SourceSettings {
    id: String,
    /// Counted up with each write of sources and fields.
    version: u64,
    /// Without secrets.
    document: BTreeMap<String, Value>,
    /// The keys of its secrets.
    #[schema(example = json!(["Params.UserPw"]))]
    secrets: Vec<String>,
    /// Why those can't be opened on this node: `no-key` or `other-key`.
    locked: Option<String>,
    /// The file or variable that says how it is; this is not in force then.
    said_in: Option<String>,
    /// What does not check and is not in force on this node; null if there is none.
    refused: Option<RefusedFields>,
}

/// What was done to a source, or would be.
#[derive(ToSchema)]
pub struct SourceSetupAnswer {
    id: String,
    /// Null when it is removed, or nothing was written.
    version: Option<u64>,
    /// Without secrets; null when it is removed.
    document: Option<BTreeMap<String, Value>>,
    /// The keys of its secrets.
    secrets: Vec<String>,
    /// Key by key. Of secrets only that they were changed.
    changes: Vec<FieldChange>,
    /// What should be looked at.
    warnings: Vec<String>,
    /// Null where nothing was tested.
    test: Option<SourceTest>,
    /// The first ten records as they would look.
    first: Vec<SourceRecord>,
    /// The first ten keys that other sources have, too, among those that were looked at.
    known_elsewhere: Vec<KnownElsewhere>,
    /// How many records were looked at for that.
    looked_at: u64,
    effects: Vec<SourceSetupEffect>,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// A record as it would look.
#[derive(ToSchema)]
pub struct SourceRecord {
    key: String,
    /// The text that lists show.
    name: String,
    /// The primary customer, of a person.
    customer: Option<String>,
    valid: bool,
    /// Without secrets.
    fields: BTreeMap<String, String>,
}

/// A key that another source has, too.
#[derive(ToSchema)]
pub struct KnownElsewhere {
    key: String,
    source: String,
    /// Whether that one speaks for it, being before this one.
    speaks: bool,
}

/// What comes of it besides.
#[derive(ToSchema)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum SourceSetupEffect {
    /// Searches need another index, which is made beside the one that answers until then.
    MakesIndex,
    /// The index that answers goes on, and takes in what differs.
    KeepsIndex,
    /// So many records are not found any more; what they were given stays.
    Loses { records: u64 },
}
