//! The configured sources, and single records out of them.

use kartoteka_boxed::boxed;
use kartoteka_model::Record;
use kartoteka_sources::SourceRow;

use crate::actor::Actor;
use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::failures::not_found;
use crate::found::{Found, version};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::names;
use crate::preferences::offered::Preference;
use crate::rights::{Action, Object};
use crate::source_info::{MissingColumn, SourceInfo, info};

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
