//! What was true on a past day: what is now, with what the journal says was done since taken back.

use std::collections::BTreeMap;

use kartoteka_model::access::{
    AccessSettings, Belonging, CustomerFacts, Effective, Grant, Group, PersonFacts,
    effective_permissions,
};
use kartoteka_model::membership::{push_new, split_customer_ids};
use kartoteka_model::text::{lower, same_key};
use kartoteka_model::{Record, Validity};
use kartoteka_store::access;
use kartoteka_store::own::journal::{self, Entry};
use serde::Serialize;

use super::effective::PersonAccess;
use super::relation::{Relation, RelationChange};
use crate::actor::{Actor, Role};
use crate::error::{Error, Result};
use crate::history::body;
use crate::kind::Kind;
use crate::open::Directory;
use crate::sources::not_found;

/// A permission that somebody has at one time and not at another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AccessDifference {
    pub group: String,
    pub permission: String,
    /// It is held at the later time, otherwise at the earlier one.
    pub gained: bool,
}

/// A record as it was.
struct PastRecord {
    /// The key that it has now, and the one that it had.
    key_now: String,
    key_then: String,
    existed: bool,
    record: Record,
    /// Relations since given or taken, the latest first.
    since: Vec<RelationChange>,
    source: usize,
}

impl Directory {
    /// What a person had in every group at a time (milliseconds since 1970), and why; the person is named by the
    /// present login, or one that it had then. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for somebody who is not known, or was not yet then.
    pub async fn permissions_as_of(
        &self,
        actor: &Actor,
        login: &str,
        at: i64,
    ) -> Result<PersonAccess> {
        actor.require(Role::Reader)?;
        let position = journal::position_at(&self.inner.home, at)
            .await
            .map_err(Error::home)?;
        let (person, groups, settings) = futures::try_join!(
            self.person_facts_at(login, position),
            self.groups_at(position),
            self.access_settings_at(position),
        )?;
        if !person.known {
            return Err(not_found(Kind::CustomerUser, login));
        }
        Ok(PersonAccess {
            login: person.login.clone(),
            effective: effective_permissions(&person, &groups, &settings),
            settings,
            person,
        })
    }

    /// What a person gained and lost between two times, by group and permission; before the person was known there is
    /// nothing to lose. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for somebody who was not known at the later time.
    pub async fn access_between(
        &self,
        actor: &Actor,
        login: &str,
        earlier: i64,
        later: i64,
    ) -> Result<Vec<AccessDifference>> {
        let after = self.permissions_as_of(actor, login, later).await?;
        let before = match self.permissions_as_of(actor, login, earlier).await {
            Ok(before) => before.effective,
            Err(Error::NotFound { .. }) => Effective::default(),
            Err(error) => return Err(error),
        };
        Ok(differences(&before, &after.effective, &after.settings))
    }

    async fn person_facts_at(&self, login: &str, position: i64) -> Result<PersonFacts> {
        let past = self.record_at(Kind::CustomerUser, login, position).await?;
        let past = past.ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        let handle = &self.handles(Kind::CustomerUser)[past.source];
        let logins = [past.key_now.clone()];
        let (mut direct, mut further) = futures::try_join!(
            access::person_grants(&self.inner.home, &logins, None),
            access::further_customers(&self.inner.home, &logins),
        )
        .map_err(Error::home)?;
        direct.retain(|given| same_key(&given.login, &past.key_now));
        further.retain(|(login, _)| same_key(login, &past.key_now));
        let mut direct: Vec<Grant> = direct.into_iter().map(|given| given.grant).collect();
        let mut further: Vec<String> = further.into_iter().map(|(_, customer)| customer).collect();
        for change in &past.since {
            match &change.relation {
                Relation::PersonGroup {
                    group_id,
                    permission,
                    ..
                } => {
                    let grant = Grant {
                        group: *group_id,
                        permission: permission.clone(),
                    };
                    direct.retain(|one| *one != grant);
                    if !change.given {
                        direct.push(grant);
                    }
                }
                Relation::Customer { customer, .. } => {
                    further.retain(|one| !same_key(one, customer));
                    if !change.given {
                        further.push(customer.clone());
                    }
                }
                _ => {}
            }
        }
        further.sort();
        let primary = past.record.get("UserCustomerID").to_owned();
        let mut own = split_customer_ids(past.record.get("UserCustomerIDs"));
        let excluded = handle
            .people
            .as_ref()
            .is_some_and(|people| people.exclude_primary_customer);
        if !excluded {
            push_new(&mut own, &primary);
        }
        let mut customers: Vec<CustomerFacts> = vec![];
        let own = own.into_iter().map(|id| {
            let belonging = match same_key(&id, &primary) {
                true => Belonging::Primary,
                false => Belonging::Mapped,
            };
            (id, belonging)
        });
        let further = further.into_iter().map(|id| (id, Belonging::Further));
        for (id, belonging) in own.chain(further).collect::<Vec<_>>() {
            let facts = self.customer_facts_at(&id, belonging, position).await?;
            if !customers.iter().any(|one| same_key(&one.id, &facts.id)) {
                customers.push(facts);
            }
        }
        Ok(PersonFacts {
            login: past.key_then,
            known: past.existed,
            valid: super::facts::is_valid(handle, &past.record),
            direct,
            customers,
        })
    }

    async fn customer_facts_at(
        &self,
        id: &str,
        belonging: Belonging,
        position: i64,
    ) -> Result<CustomerFacts> {
        let Some(past) = self.record_at(Kind::Customer, id, position).await? else {
            return Ok(CustomerFacts {
                id: id.to_owned(),
                belonging,
                known: false,
                valid: false,
                grants: vec![],
            });
        };
        let handle = &self.handles(Kind::Customer)[past.source];
        let asked = [past.key_now.clone()];
        let given = access::customer_grants(&self.inner.home, &asked, None)
            .await
            .map_err(Error::home)?;
        let mut grants: Vec<_> = given
            .into_iter()
            .filter(|given| same_key(&given.customer, &past.key_now))
            .map(|given| (given.context, given.grant))
            .collect();
        for change in &past.since {
            if let Relation::CustomerGroup {
                group_id,
                permission,
                context,
                ..
            } = &change.relation
            {
                let grant = Grant {
                    group: *group_id,
                    permission: permission.clone(),
                };
                grants.retain(|one| *one != (*context, grant.clone()));
                if !change.given {
                    grants.push((*context, grant));
                }
            }
        }
        Ok(CustomerFacts {
            belonging,
            known: past.existed,
            valid: super::facts::is_valid(handle, &past.record),
            grants,
            id: past.key_then,
        })
    }

    /// A record as it was at a position of the journal, by a key that it has now or had since.
    async fn record_at(&self, kind: Kind, key: &str, position: i64) -> Result<Option<PastRecord>> {
        if key.is_empty() {
            return Ok(None);
        }
        let key = self.present_key(kind, key, position).await?;
        let Some((handle, stored)) = self.stored(kind, &key).await? else {
            return Ok(None);
        };
        let source = self
            .handles(kind)
            .iter()
            .position(|one| one.spec.id == handle.spec.id);
        let key_now = stored.record.get(handle.spec.key_field()).to_owned();
        let mut past = PastRecord {
            key_then: key_now.clone(),
            key_now,
            existed: true,
            record: stored.record,
            since: vec![],
            source: source.unwrap_or_default(),
        };
        let mut before = i64::MAX;
        'names: loop {
            let key = past.key_then.clone();
            let entries =
                journal::since(&self.inner.home, kind.name(), Some(&key), position, before);
            for entry in entries.await.map_err(Error::home)? {
                let body = body(&entry)?;
                for change in body.changes.iter().rev() {
                    past.record.set(&change.field, &change.before);
                }
                past.since.extend(body.relations.into_iter().rev());
                if entry.action == "create" {
                    past.existed = false;
                }
                if !entry.key_before.is_empty() {
                    past.key_then.clone_from(&entry.key_before);
                    before = entry.id;
                    continue 'names;
                }
            }
            return Ok(Some(past));
        }
    }

    /// The key that a record has now which had this one at or after a position; the same for one that was not renamed.
    pub(crate) async fn present_key(&self, kind: Kind, key: &str, position: i64) -> Result<String> {
        let link = format!("renamed-{}", kind.name());
        let (mut key, mut position) = (key.to_owned(), position);
        loop {
            let mut renames = journal::linked(&self.inner.home, &link, &key, position)
                .await
                .map_err(Error::home)?;
            // The first rename after the position is the one of that record: later ones are of whoever took the key.
            let Some(entry) = renames.pop() else {
                return Ok(key);
            };
            key = entry.key;
            position = entry.id;
        }
    }

    /// All groups as they were.
    pub(crate) async fn groups_at(&self, position: i64) -> Result<Vec<Group>> {
        let groups = access::groups(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let entries = journal::since(
            &self.inner.home,
            Kind::Group.name(),
            None,
            position,
            i64::MAX,
        )
        .await
        .map_err(Error::home)?;
        let mut groups: BTreeMap<i64, Option<Group>> = groups
            .into_iter()
            .map(|group| (group.id, Some(group)))
            .collect();
        for entry in &entries {
            let named = groups
                .values_mut()
                .find(|group| group.as_ref().is_some_and(|one| one.name == entry.key));
            if let Some(slot) = named {
                undo_group(slot, entry)?;
            }
        }
        Ok(groups.into_values().flatten().collect())
    }

    /// The settings as they were in force.
    pub(crate) async fn access_settings_at(&self, position: i64) -> Result<AccessSettings> {
        let settings = self.access_settings().await?;
        let entries = journal::since(
            &self.inner.home,
            super::settings::KIND,
            Some(super::settings::STATE),
            position,
            i64::MAX,
        )
        .await
        .map_err(Error::home)?;
        let mut values = serde_json::to_value(&settings).map_err(Error::internal)?;
        for entry in &entries {
            for change in body(entry)?.changes {
                let before = serde_json::from_str(&change.before).map_err(Error::internal)?;
                values[&change.field] = before;
            }
        }
        serde_json::from_value(values).map_err(Error::internal)
    }
}

fn undo_group(slot: &mut Option<Group>, entry: &Entry) -> Result<()> {
    if entry.action == "create" {
        *slot = None;
        return Ok(());
    }
    let Some(group) = slot else { return Ok(()) };
    for change in body(entry)?.changes {
        match change.field.as_str() {
            "Name" => group.name = change.before,
            "ValidID" => {
                group.valid = Validity::parse(&change.before) == Some(Validity::Valid);
            }
            _ => {}
        }
    }
    Ok(())
}

fn differences(
    before: &Effective,
    after: &Effective,
    settings: &AccessSettings,
) -> Vec<AccessDifference> {
    let mut groups: BTreeMap<i64, &str> = BTreeMap::new();
    for access in before.groups.iter().chain(&after.groups) {
        groups.insert(access.group.id, &access.group.name);
    }
    let mut found = vec![];
    for (id, name) in groups {
        for permission in &settings.permissions {
            let (had, has) = (before.holds(id, permission), after.holds(id, permission));
            if had != has {
                found.push(AccessDifference {
                    group: name.to_owned(),
                    permission: permission.clone(),
                    gained: has,
                });
            }
        }
    }
    found.sort_by_key(|one| lower(&one.group));
    found
}
