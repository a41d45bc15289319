//! Entries of a tree as records: the first value of each attribute, and of further customers all.

use std::collections::{HashMap, HashSet};

use kartoteka_model::ldap::{LdapTree, Scope};
use kartoteka_model::text::composed;
use kartoteka_model::{FieldKind, Record, SourceSpec, Validity};
use sha2::{Digest, Sha256};

use super::entry::Entry;
use super::question::Query;
use crate::{Seen, SourceRow};

/// Attributes that stay when a person is renamed or moved, where none is set up: of OpenLDAP and others, and of Active
/// Directory.
const IDENTITIES: [&str; 2] = ["entryUUID", "objectGUID"];

/// Attributes that say when an entry was changed.
const CHANGED: [&str; 2] = ["modifyTimestamp", "whenChanged"];

/// OTOBO's `TranslateManagerTo` is about this attribute.
pub(super) const MANAGER: &str = "manager";

/// What Exchange puts before the address in this attribute.
const TARGET: (&str, &str) = ("targetaddress", "SMTP:");

/// The field that holds further customers, of which an attribute may have several values.
const SEVERAL: &str = "UserCustomerIDs";

/// What makes records of entries.
#[derive(Debug)]
pub(super) struct Mapping {
    pub spec: SourceSpec,
    pub tree: LdapTree,
}

/// Where the value of a field is, as far as filters can ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept<'a> {
    /// The first value of an attribute as it stands there.
    In(&'a str),
    /// Made of what is in an attribute.
    InParts(&'a str),
    /// Known otherwise than from the entry.
    Elsewhere,
    /// There is no such field: it is empty.
    Nowhere,
}

/// What is known of entries beside what stands in them.
#[derive(Debug, Default)]
pub(super) struct LookedUp {
    /// The entries that meet the filter of the valid, by [`mark`] of their names; none where everybody is valid.
    pub valid: Option<HashSet<u64>>,
    /// What is shown of managers, by their names in the tree.
    pub managers: HashMap<String, String>,
    /// The root of the tree in which they are.
    pub root: Option<String>,
}

/// An entry's name, short: of a million entries no two are likely to have the same.
pub(super) fn mark(dn: &str) -> u64 {
    u64::from_be_bytes(begin(dn.to_lowercase().as_bytes()))
}

fn begin(bytes: &[u8]) -> [u8; 8] {
    let digest = Sha256::digest(bytes);
    std::array::from_fn(|at| digest[at])
}

/// What stays of a person, as a number.
pub(super) fn identity_number(identity: &[u8]) -> i64 {
    i64::from_be_bytes(begin(identity)) & i64::MAX
}

impl Mapping {
    /// A search in the tree, for all that records need.
    pub fn query(&self, filter: String, most: usize) -> Query<'_> {
        Query {
            base: &self.tree.base,
            scope: self.tree.scope,
            filter,
            attributes: self.attributes(),
            most,
        }
    }

    /// A search in the tree, for these attributes alone.
    pub fn query_of(&self, filter: String, attributes: &[&str], most: usize) -> Query<'_> {
        Query {
            attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
            ..self.query(filter, most)
        }
    }

    /// A search for one entry by its name in the tree.
    pub fn query_entry<'a>(&self, dn: &'a str, attributes: &[&str]) -> Query<'a> {
        Query {
            base: dn,
            scope: Scope::Base,
            filter: super::filter::present("objectClass"),
            attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
            most: 1,
        }
    }

    fn attributes(&self) -> Vec<String> {
        let fields = self.fields().map(|(_, attribute)| attribute.to_owned());
        let mut attributes: Vec<String> = fields.collect();
        attributes.push(self.spec.key.clone());
        attributes.extend(self.marks().map(str::to_owned));
        attributes.sort_unstable();
        attributes.dedup();
        attributes
    }

    /// What tells whether an entry is another than before.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        let own = self.tree.identity.as_deref();
        let usual = IDENTITIES.iter().copied().filter(move |_| own.is_none());
        own.into_iter().chain(usual).chain(CHANGED)
    }

    /// Fields, and the attributes in which they are.
    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let visible = self.spec.map.visible();
        let visible = visible.filter(|field| field.kind != FieldKind::DynamicField);
        visible.map(|field| (field.name.as_str(), field.column.as_str()))
    }

    /// Where the value of a field is.
    pub fn kept(&self, name: &str) -> Kept<'_> {
        let valid = self.tree.valid_filter.as_ref();
        if name == "ChangeTime" || valid.and(self.spec.valid_entry()) == Some(name) {
            return Kept::Elsewhere;
        }
        let mut fields = self.fields().filter(|(field, _)| *field == name);
        let Some((_, attribute)) = fields.next() else {
            return Kept::Nowhere;
        };
        let is = |one: &str| attribute.eq_ignore_ascii_case(one);
        if name == SEVERAL || is(TARGET.0) || (is(MANAGER) && self.tree.manager.is_some()) {
            return Kept::InParts(attribute);
        }
        Kept::In(attribute)
    }

    /// The key of an entry, if it has one. Of several it is the first.
    pub fn key(&self, entry: &Entry) -> Option<String> {
        let key = composed(&entry.first(&self.spec.key, self.tree.latin1)?);
        (!key.is_empty() && !key.contains('\0')).then_some(key)
    }

    /// The first value of an attribute.
    pub fn value(&self, entry: &Entry, attribute: &str) -> String {
        let value = entry.first(attribute, self.tree.latin1);
        let value = value.unwrap_or_default().replace('\0', "");
        match value.strip_prefix(TARGET.1) {
            Some(address) if attribute.eq_ignore_ascii_case(TARGET.0) => address.to_owned(),
            _ => value,
        }
    }

    /// An entry as sources hold records; none where it has no key.
    pub fn source_row(&self, entry: &Entry, looked_up: &LookedUp) -> Option<SourceRow> {
        let key = self.key(entry)?;
        let mut record = Record::default();
        for (name, attribute) in self.fields() {
            let value = if attribute == self.spec.key {
                key.clone()
            } else if name == SEVERAL {
                let all: Vec<String> = entry.texts(attribute, self.tree.latin1).collect();
                all.join(";")
            } else {
                let value = self.value(entry, attribute);
                match looked_up.managers.get(&value) {
                    Some(name) if attribute.eq_ignore_ascii_case(MANAGER) => name.clone(),
                    _ => value,
                }
            };
            record.set(name, value);
        }
        if let (Some(valid), Some(field)) = (&looked_up.valid, self.spec.valid_entry()) {
            let validity = match valid.contains(&mark(&entry.dn)) {
                true => Validity::Valid,
                false => Validity::Invalid,
            };
            record.set(field, validity.id().to_string());
        }
        if let Some(changed) = self.changed(entry) {
            record.set("ChangeTime", changed);
        }
        Some(SourceRow {
            record,
            password: None,
            id: self.identity(entry),
        })
    }

    /// An entry as one that changed.
    pub fn seen(&self, entry: &Entry) -> Option<Seen> {
        Some(Seen {
            key: self.key(entry)?,
            id: self.identity(entry),
            changed: self.changed(entry).unwrap_or_default(),
        })
    }

    /// What stays of a person, as a number.
    fn identity(&self, entry: &Entry) -> Option<i64> {
        let mut marks = self.marks().filter(|name| !CHANGED.contains(name));
        let identity = marks.find_map(|name| entry.values(name).first())?;
        Some(identity_number(identity))
    }

    /// Whether `entryUUID` is what stays of a person.
    pub fn identity_is_uuid(&self) -> bool {
        let own = self.tree.identity.as_deref();
        own.is_none_or(|own| own.eq_ignore_ascii_case(IDENTITIES[0]))
    }

    /// When an entry was changed, as times stand in records.
    fn changed(&self, entry: &Entry) -> Option<String> {
        self.changed_at(entry).map(super::time::text)
    }

    /// The same in seconds since 1970.
    pub fn changed_at(&self, entry: &Entry) -> Option<i64> {
        let mut times = CHANGED.iter();
        let time = times.find_map(|name| entry.first(name, false))?;
        super::time::seconds(&time)
    }
}
