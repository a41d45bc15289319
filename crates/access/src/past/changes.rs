//! What changed since a moment, as far as a group's access depends on it: the journal read backwards once, for
//! everybody.

use std::collections::BTreeMap;

use kartoteka_directory::inside::{Inside, body};
use kartoteka_directory::{Error, Kind, Relation, RelationChange, Result};
use kartoteka_model::access::{Context, Grant};
use kartoteka_model::membership::split_customer_ids;
use kartoteka_model::text::lower;
use kartoteka_store::own::journal::{self, Entry};

use crate::Access;

/// Saves read in one go. What was given and taken meanwhile is found by its links.
const PORTION: u32 = 5000;

const PRIMARY: &str = "UserCustomerID";
const SEVERAL: &str = "UserCustomerIDs";

/// What was otherwise at a moment, by the keys that records have now, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Since {
    pub people: BTreeMap<String, PersonSince>,
    pub customers: BTreeMap<String, CustomerSince>,
    /// The customers that had other keys then, by these.
    pub renamed_customers: BTreeMap<String, String>,
}

/// How a person was otherwise.
#[derive(Debug, Default)]
pub(crate) struct PersonSince {
    pub key_then: Option<String>,
    /// Not there yet.
    pub created: bool,
    pub valid_then: Option<bool>,
    /// The fields that name customers, as they were.
    pub customer_fields: BTreeMap<&'static str, String>,
    /// The customers that these fields named, by the text there, by the keys of now.
    pub named: BTreeMap<String, String>,
    /// What was given directly in the group, or was not.
    pub direct: BTreeMap<Grant, bool>,
    /// Customers that were further ones, or were not.
    pub further: BTreeMap<String, bool>,
}

impl PersonSince {
    /// Whether the record itself was otherwise, in what access depends on.
    pub fn is_other_record(&self) -> bool {
        self.created || self.valid_then.is_some() || !self.customer_fields.is_empty()
    }
}

/// How a customer was otherwise.
#[derive(Debug, Default)]
pub(crate) struct CustomerSince {
    pub key_then: Option<String>,
    /// Not there yet.
    pub created: bool,
    pub valid_then: Option<bool>,
    /// What was given in the group, or was not.
    pub grants: BTreeMap<(Context, Grant), bool>,
}

/// Keys on the way back: which record had a key at that time, by the key that it has now.
#[derive(Default)]
struct Names {
    now: BTreeMap<String, String>,
}

impl Names {
    fn resolve(&self, key: &str) -> String {
        let key = lower(key);
        self.now.get(&key).cloned().unwrap_or(key)
    }

    /// Goes back over an entry that renamed a record; says which.
    fn back(&mut self, key: &str, key_before: &str) -> String {
        let now = self.resolve(key);
        self.now.remove(&lower(key));
        self.now.insert(lower(key_before), now.clone());
        now
    }
}

/// The way back.
struct Back<'a> {
    directory: Inside<'a>,
    group: i64,
    people: Names,
    customers: Names,
    since: Since,
}

impl Access<'_> {
    /// What was otherwise at a position of the journal, as far as access to a group depends on it. It reads all saves
    /// of people and customers since, and of what was given and taken only what the group and further customers are
    /// concerned by.
    pub(crate) async fn since(self, group: i64, position: i64) -> Result<Since> {
        let home = self.directory.home();
        let kinds = [Kind::CustomerUser.name(), Kind::Customer.name()];
        let number = group.to_string();
        let mut back = Back {
            directory: self.directory,
            group,
            people: Names::default(),
            customers: Names::default(),
            since: Since::default(),
        };
        let mut before = i64::MAX;
        loop {
            let saved = journal::saved_between(home, kinds, position, before, PORTION);
            let mut entries = saved.await.map_err(Error::home)?;
            let full = entries.len() == PORTION as usize;
            let from = match entries.last() {
                Some(last) if full => last.id,
                _ => position,
            };
            let (of_group, of_customers) = futures::try_join!(
                journal::linked_between(home, "group", Some(&number), from, before),
                journal::linked_between(home, "customer", None, from, before),
            )
            .map_err(Error::home)?;
            entries.extend(of_group);
            entries.extend(of_customers);
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
            entries.dedup_by_key(|entry| entry.id);
            for entry in &entries {
                back.over(entry)?;
            }
            if !full {
                break;
            }
            before = from;
        }
        let customers = &back.since.customers;
        back.since.renamed_customers = customers
            .iter()
            .filter_map(|(now, customer)| Some((lower(customer.key_then.as_ref()?), now.clone())))
            .collect();
        Ok(back.since)
    }
}

impl Back<'_> {
    /// Goes back over an entry.
    fn over(&mut self, entry: &Entry) -> Result<()> {
        match Kind::parse(&entry.kind) {
            Some(Kind::CustomerUser) => self.over_person(entry),
            Some(Kind::Customer) => self.over_customer(entry),
            _ => Ok(()),
        }
    }

    fn over_person(&mut self, entry: &Entry) -> Result<()> {
        let key = match entry.key_before.is_empty() {
            true => self.people.resolve(&entry.key),
            false => self.people.back(&entry.key, &entry.key_before),
        };
        let directory = self.directory;
        let valid = valid_field(directory, Kind::CustomerUser, &entry.source);
        if entry.action == "update" && !says(entry, &[PRIMARY, valid]) {
            return Ok(());
        }
        let body = body(entry)?;
        let person = self.since.people.entry(key).or_default();
        if !entry.key_before.is_empty() {
            person.key_then = Some(entry.key_before.clone());
        }
        person.created |= entry.action == "create";
        for change in body.changes {
            let field = match change.field.as_str() {
                PRIMARY => PRIMARY,
                SEVERAL => SEVERAL,
                field if field == valid => {
                    person.valid_then = Some(change.before == "1");
                    continue;
                }
                _ => continue,
            };
            let ids = match field {
                PRIMARY => vec![change.before.clone()],
                _ => split_customer_ids(&change.before),
            };
            for id in ids {
                let now = self.customers.resolve(&id);
                person.named.insert(lower(&id), now);
            }
            person.customer_fields.insert(field, change.before);
        }
        for RelationChange { relation, given } in body.relations.into_iter().rev() {
            match relation {
                Relation::PersonGroup {
                    group_id,
                    permission,
                    ..
                } if group_id == self.group => {
                    let grant = Grant {
                        group: group_id,
                        permission,
                    };
                    person.direct.insert(grant, !given);
                }
                Relation::Customer { customer, .. } => {
                    let customer = self.customers.resolve(&customer);
                    person.further.insert(customer, !given);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn over_customer(&mut self, entry: &Entry) -> Result<()> {
        let key = match entry.key_before.is_empty() {
            true => self.customers.resolve(&entry.key),
            false => self.customers.back(&entry.key, &entry.key_before),
        };
        let directory = self.directory;
        let valid = valid_field(directory, Kind::Customer, &entry.source);
        if entry.action == "update" && !says(entry, &[valid]) {
            return Ok(());
        }
        let body = body(entry)?;
        let customer = self.since.customers.entry(key).or_default();
        if !entry.key_before.is_empty() {
            customer.key_then = Some(entry.key_before.clone());
        }
        customer.created |= entry.action == "create";
        let changes = body.changes.into_iter();
        for change in changes.filter(|change| change.field == valid) {
            customer.valid_then = Some(change.before == "1");
        }
        for RelationChange { relation, given } in body.relations.into_iter().rev() {
            if let Relation::CustomerGroup {
                group_id,
                permission,
                context,
                ..
            } = relation
                && group_id == self.group
            {
                let grant = Grant {
                    group: group_id,
                    permission,
                };
                customer.grants.insert((context, grant), !given);
            }
        }
        Ok(())
    }
}

/// Whether an entry may speak of one of these fields: most do not, and are not read any further.
fn says(entry: &Entry, fields: &[&str]) -> bool {
    let mut fields = fields.iter().filter(|field| !field.is_empty());
    fields.any(|field| entry.body.contains(field))
}

/// The field of a source that holds the validity; empty where there is none.
fn valid_field<'d>(directory: Inside<'d>, kind: Kind, source: &str) -> &'d str {
    let handles = directory.handles(kind);
    let named = handles.iter().find(|handle| handle.spec.id == source);
    let handle = named.or_else(|| handles.first());
    handle
        .and_then(|handle| {
            let column = handle.spec.valid.as_ref()?;
            handle.spec.map.find_column(column)
        })
        .map_or("", |field| field.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_the_record_of_now_also_when_a_key_was_used_twice() {
        // Going back: a became b (10); before that, b became c (5).
        let mut names = Names::default();
        assert_eq!(names.back("b", "a"), "b");
        assert_eq!(names.resolve("A"), "b");
        assert_eq!(names.back("c", "B"), "c");
        assert_eq!(names.resolve("b"), "c");
        assert_eq!(names.resolve("a"), "b");
        // Only the case changed.
        assert_eq!(names.back("A", "a"), "b");
        assert_eq!(names.resolve("a"), "b");
    }
}
