//! The configured sources, and single records out of them.

use kartoteka_boxed::boxed;
use kartoteka_model::{Field, Record, Selections};

use kartoteka_sources::SourceRow;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::inside::Inside;
use crate::kind::Kind;
use crate::names;
use crate::open::Directory;
use crate::plan::{Fields, Version};
use crate::preferences::Preference;
use crate::rights::{Action, Object};

/// A configured source, as forms and lists need it.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    pub id: String,
    pub name: String,
    /// The word for its kind: `DB`, `CSV`.
    pub module: &'static str,
    pub writable: bool,
    /// The fields in the order of forms, secrets included (their values never are).
    pub fields: Vec<FieldShape>,
    /// Names of the fields that the free search looks in.
    pub searched: Vec<String>,
    pub selections: Selections,
    /// Logins are generated when they are left empty.
    pub auto_login: bool,
    /// The primary customer has to exist.
    pub customer_support: bool,
    /// What people of the source have beside their fields, read-only sources' too.
    pub preferences: Vec<Preference>,
    /// Whether an admin's pages show and change them: `AdminSetPreferences`.
    pub preferences_in_pages: bool,
}

/// A field with what a form has to know of it.
#[derive(Debug, Clone)]
pub struct FieldShape {
    pub field: Field,
    /// The most characters that its column holds.
    pub max_length: Option<usize>,
    pub secret: bool,
}

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
    /// The preferences of a person that [`SourceInfo::preferences`] names, as far as they are set.
    pub preferences: Fields,
}

impl Directory {
    /// The record with this key, valid or not. The first source that has it speaks for it (D19). Role: reader.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when a source does not answer that may have it, and the search index knows nothing of it.
    #[boxed]
    pub async fn find(&self, actor: &Actor, kind: Kind, key: &str) -> Result<Found> {
        actor.require(Action::See, Object::Records(kind))?;
        if kind == Kind::Agent {
            return self.inside().find_agent(key).await;
        }
        if let Some(table) = crate::named::table(kind) {
            return self.find_named(kind, table, key).await;
        }
        let (handle, stored) = self
            .inside()
            .find_row(kind, key)
            .await?
            .ok_or_else(|| not_found(kind, key))?;
        self.inside().found(handle, stored).await
    }

    /// The label of a field by its name, in whichever source of a kind has it first.
    pub fn field_label(&self, kind: Kind, name: &str) -> Option<String> {
        if let Some(table) = crate::named::table(kind) {
            let fields = crate::named::source(table).fields.into_iter();
            let mut labels = fields.map(|shape| (shape.field.name, shape.field.label));
            return labels
                .find(|(field, _)| field == name)
                .map(|(_, label)| label);
        }
        let mut maps = self.handles(kind).iter().map(|handle| &handle.spec.map);
        let field = maps.find_map(|map| map.find(name));
        field.map(|field| field.label.clone())
    }

    /// The sources of a kind in their order; for agents, groups and services the one table that they are in.
    pub fn sources(&self, kind: Kind) -> Vec<SourceInfo> {
        if kind == Kind::Agent {
            return vec![crate::agents::source()];
        }
        if let Some(table) = crate::named::table(kind) {
            return vec![crate::named::source(table)];
        }
        self.handles(kind)
            .iter()
            .map(|handle| info(handle))
            .collect()
    }

    /// Columns that sources' field maps name and their tables do not have: source, table, column, and the columns
    /// that there are. A source that does not answer is an error of its own.
    ///
    /// # Errors
    /// `Unavailable`, `Internal`.
    #[boxed]
    pub async fn missing_columns(&self) -> Result<Vec<MissingColumn>> {
        let mut missing = vec![];
        for handle in self
            .generation
            .people
            .iter()
            .chain(&self.generation.customers)
        {
            let source = handle.source().await?;
            for column in source.missing_columns() {
                let present = source.columns().await;
                missing.push(MissingColumn {
                    source: handle.spec.id.clone(),
                    table: handle.spec.origin.name(),
                    column,
                    present: present.map_err(|error| handle.failed(error))?,
                });
            }
        }
        Ok(missing)
    }

    /// Everything OTOBO's `CustomerUserDataGet` and `CustomerCompanyGet` answer: the record, names, preferences and
    /// customer data of a person, without secrets. Role: reader.
    ///
    /// # Errors
    /// As [`Directory::find`].
    #[boxed]
    pub async fn full_record(&self, actor: &Actor, kind: Kind, key: &str) -> Result<Record> {
        let found = self.find(actor, kind, key).await?;
        let mut record = Record::default();
        if kind == Kind::CustomerUser {
            if let Some(customer) = &found.customer {
                for (field, value) in customer.iter() {
                    record.set(
                        if field == "ValidID" {
                            "CustomerCompanyValidID"
                        } else {
                            field
                        },
                        value,
                    );
                }
            }
            record.0.extend(found.record.0.clone());
            // OTOBO tells the times of tables alone.
            let mut handles = self.handles(kind).iter();
            let source = handles.find(|one| one.spec.id == found.source);
            if source.is_some_and(|one| one.spec.origin.table().is_none()) {
                record.0.remove("ChangeTime");
            }
            record.set("UserID", &found.key);
            record.set("UserFullname", &found.full_name);
            record.set("UserMailString", &found.text);
            for (key, value) in self.preferences(actor, &found.key).await? {
                record.set(key, value);
            }
            for one in Preference::ALL {
                if let Some(value) = one.default_value() {
                    let entry = record.0.entry(one.key().to_owned());
                    entry.or_insert_with(|| value.to_owned());
                }
            }
        } else {
            record = found.record;
        }
        record.set("Source", found.source);
        Ok(record)
    }
}

impl<'d> Inside<'d> {
    /// A stored record with what goes with it.
    ///
    /// # Errors
    /// When its customer, its preferences or the state of its source can't be read.
    #[boxed]
    pub async fn found(self, handle: &SourceHandle, stored: SourceRow) -> Result<Found> {
        let record = &stored.record;
        let customer = match &handle.people {
            Some(people) if people.customer_support => {
                let id = record.get("UserCustomerID");
                let found = if id.is_empty() {
                    None
                } else {
                    self.find_row(Kind::Customer, id).await?
                };
                found.map(|(handle, stored)| (handle.spec.id.clone(), stored.record))
            }
            _ => None,
        };
        let (customer_source, customer) = customer.unzip();
        let key = handle.key_of(record).to_owned();
        let preferences = self.offered_preferences(handle, &key).await?;
        let unavailable_since = handle.status().unavailable_since;
        let kind = match handle.people {
            Some(_) => Kind::CustomerUser,
            None => Kind::Customer,
        };
        let as_of = match unavailable_since {
            Some(_) => self.in_step_at(kind, handle).await?,
            None => None,
        };
        Ok(Found {
            key,
            as_of,
            source: handle.spec.id.clone(),
            version: version(&stored, &preferences),
            full_name: match &handle.people {
                Some(people) => names::full_name(people, record)?,
                None => record.get("CustomerCompanyName").to_owned(),
            },
            shown_name: match &handle.people {
                Some(people) => names::full_name(people, &labelled(handle, record))?,
                None => record.get("CustomerCompanyName").to_owned(),
            },
            text: names::display_text(&handle.spec, record),
            writable: !handle.spec.read_only,
            unavailable_since,
            customer,
            customer_source,
            preferences,
            record: stored.record,
        })
    }

    /// The source to write to: the one named, or the first writable one.
    ///
    /// # Errors
    /// `Unknown` for a source that is not set up, `ReadOnly`.
    pub fn writable(self, kind: Kind, source: Option<&str>) -> Result<&'d SourceHandle> {
        let handle = self.source(kind, source)?;
        if handle.spec.read_only {
            return Err(Error::ReadOnly {
                source_id: handle.spec.id.clone(),
            });
        }
        Ok(handle)
    }

    /// The source named, or the first writable one, or the first.
    ///
    /// # Errors
    /// `Unknown` for a source that is not set up.
    pub fn source(self, kind: Kind, source: Option<&str>) -> Result<&'d SourceHandle> {
        let handles = self.handles(kind);
        let handle = match source {
            Some(id) => handles.iter().find(|handle| handle.spec.id == id),
            None => handles
                .iter()
                .find(|handle| !handle.spec.read_only)
                .or(handles.first()),
        };
        handle.map(AsRef::as_ref).ok_or_else(|| Error::Unknown {
            what: "source",
            key: source.unwrap_or_default().into(),
        })
    }
}

/// A column that is configured but not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    pub source: String,
    pub table: String,
    pub column: String,
    pub present: Vec<String>,
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

/// There is no record of this key.
pub fn not_found(kind: Kind, key: &str) -> Error {
    Error::NotFound {
        kind,
        key: key.to_owned(),
    }
}

/// A record with the labels of drop-downs in place of their values.
fn labelled(handle: &SourceHandle, record: &Record) -> Record {
    let mut labelled = record.clone();
    for (field, labels) in &handle.spec.selections {
        let label = labels
            .get(record.get(field))
            .filter(|label| !label.is_empty());
        if let Some(label) = label {
            labelled.set(field, label);
        }
    }
    labelled
}

fn info(handle: &SourceHandle) -> SourceInfo {
    let spec = &handle.spec;
    let shape = |field: &Field| FieldShape {
        max_length: handle.opened().and_then(|source| source.max_length(field)),
        secret: field.is_secret(),
        field: field.clone(),
    };
    SourceInfo {
        id: spec.id.clone(),
        name: spec.name.clone(),
        module: spec.origin.module(),
        writable: !spec.read_only,
        fields: spec.map.0.iter().map(shape).collect(),
        searched: spec
            .field_names(&spec.search_fields)
            .map(str::to_owned)
            .collect(),
        selections: spec.selections.clone(),
        auto_login: handle
            .people
            .as_ref()
            .is_some_and(|people| people.auto_login.is_some()),
        customer_support: handle
            .people
            .as_ref()
            .is_some_and(|people| people.customer_support),
        preferences: handle.preferences().collect(),
        preferences_in_pages: handle
            .people
            .as_ref()
            .is_some_and(|people| people.set_preferences),
    }
}
