//! Holding back what a login had that is another person's now, giving it to somebody, and removing it: each one transaction
//! with its journal entry.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_model::text::same_key;
use kartoteka_store::access;
use kartoteka_store::own::held_back::{self, HeldBackRow};
use kartoteka_store::own::identities::{self, IdentityRow};
use kartoteka_store::own::principal::{self, PrincipalKey};
use kartoteka_store::own::{aside, journal};
use kartoteka_store::{Tx, access::RelationRow};

use crate::actor::{Actor, Door, Principal};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::journal::draft::{JournalDraft, entry_of};
use crate::kind::Kind;
use crate::plan::Change;
use crate::relation::{Relation, RelationChange};

/// The field of entries that says which identity it is about.
const IDENTITY: &str = "Identity";

/// An entry about what was held back.
struct Told<'a> {
    action: &'a str,
    source: &'a str,
    login: &'a str,
    identities: [i64; 2],
    relations: &'a [Relation],
    /// Whether these relations are given; or taken. They are only named where that has happened before.
    given: Option<bool>,
}

impl Directory {
    /// Holds back what a login has, as the person has another identity than before; that is noted. Only the latter where
    /// the login is that of somebody in another source.
    #[boxed]
    pub(super) async fn hold_back_of(
        &self,
        handle: &SourceHandle,
        named: &str,
        login: &str,
        [before, now]: [i64; 2],
        speaks: bool,
    ) -> Result<()> {
        let inside = self.inside();
        let source = handle.spec.id.as_str();
        let held = inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                let noted = identities::find_in(&mut tx, source, login).await;
                let noted = noted.map_err(Error::home)?;
                // Another node found it, too.
                if noted.is_some_and(|row| row.named == named && row.identity == now) {
                    return Ok(false);
                }
                let row = IdentityRow {
                    source: source.to_owned(),
                    key: login.to_owned(),
                    named: named.to_owned(),
                    identity: now,
                };
                identities::set(&mut tx, &row).await.map_err(Error::home)?;
                if !speaks {
                    tx.commit().await.map_err(Error::home)?;
                    return Ok(false);
                }
                let mut relations = self.relations_of(login).await?;
                let taken: Vec<RelationRow> = relations.iter().map(Relation::row).collect();
                let changed = access::change(&mut tx, &taken, &[], 1, &inside.now_text()).await;
                changed.map_err(Error::home)?;
                let key = aside::aside(source, login, before);
                let others = aside::put(&mut tx, login, &key).await;
                let mut others = i64::try_from(others.map_err(Error::home)?).unwrap_or(i64::MAX);
                let owner = PrincipalKey::customer_user(login);
                principal::forget(&mut tx, &owner)
                    .await
                    .map_err(Error::home)?;
                if relations.is_empty() && others == 0 {
                    tx.commit().await.map_err(Error::home)?;
                    return Ok(false);
                }
                let told = Told {
                    action: "hold-back",
                    source,
                    login,
                    identities: [before, now],
                    relations: &relations,
                    given: Some(false),
                };
                self.tell(&mut tx, None, told).await?;
                let held = held_back::find_in(&mut tx, source, login, before).await;
                if let Some(held) = held.map_err(Error::home)? {
                    relations.extend(relations_in(&held)?);
                    others += held.others;
                }
                let row = HeldBackRow {
                    source: source.to_owned(),
                    key: login.to_owned(),
                    identity: before,
                    found: now,
                    since: handle.now(),
                    relations: serde_json::to_string(&relations).map_err(Error::internal)?,
                    others,
                };
                held_back::set(&mut tx, &row).await.map_err(Error::home)?;
                tx.commit().await.map_err(Error::home)?;
                Ok(true)
            })
            .await?;
        if held {
            tracing::warn!(
                source,
                "a login is another person's now: what it had is held back until an admin says whose it is"
            );
        }
        Ok(())
    }

    /// Gives what was held back to a login: to the one whose it was, who has it now, or as somebody says. Whether it was
    /// still there.
    #[boxed]
    pub(super) async fn give_back(
        &self,
        handle: &SourceHandle,
        row: &HeldBackRow,
        login: &str,
        actor: Option<&Actor>,
    ) -> Result<bool> {
        let inside = self.inside();
        let source = handle.spec.id.as_str();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                let Some(held) = taken(&mut tx, row).await? else {
                    return Ok(false);
                };
                let has = self.relations_of(login).await?;
                let given = relations_in(&held)?.into_iter();
                let given = given.map(|relation| relation.of_login(login));
                let mut given: Vec<Relation> = given.collect();
                given.retain(|one| !has.iter().any(|other| one.is_as(other)));
                given.sort();
                given.dedup_by(|one, other| one.is_as(other));
                let rows: Vec<RelationRow> = given.iter().map(Relation::row).collect();
                let by = actor.map_or(1, Actor::id);
                let changed = access::change(&mut tx, &[], &rows, by, &inside.now_text()).await;
                changed.map_err(Error::home)?;
                let key = aside::aside(source, &row.key, row.identity);
                aside::give(&mut tx, &key, login)
                    .await
                    .map_err(Error::home)?;
                let told = Told {
                    action: "give-back",
                    source,
                    login,
                    identities: [held.found, held.identity],
                    relations: &given,
                    given: Some(true),
                };
                self.tell(&mut tx, actor, told).await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(true)
            })
            .await
    }

    /// Removes what was held back, as whoever had it is gone; the entry says what it was. Whether it was still there.
    #[boxed]
    pub(super) async fn remove_held(
        &self,
        handle: &SourceHandle,
        row: &HeldBackRow,
        actor: &Actor,
    ) -> Result<bool> {
        let inside = self.inside();
        let source = handle.spec.id.as_str();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                let Some(held) = taken(&mut tx, row).await? else {
                    return Ok(false);
                };
                let key = aside::aside(source, &row.key, row.identity);
                aside::remove(&mut tx, &key).await.map_err(Error::home)?;
                let told = Told {
                    action: "remove-held",
                    source,
                    login: &row.key,
                    identities: [held.identity, held.found],
                    relations: &relations_in(&held)?,
                    given: None,
                };
                self.tell(&mut tx, Some(actor), told).await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(true)
            })
            .await
    }

    /// What is given to a login, however rows spell it.
    async fn relations_of(&self, login: &str) -> Result<Vec<Relation>> {
        let home = &self.inner.home;
        let logins = [login.to_owned()];
        let (grants, customers, services) = futures::try_join!(
            access::person_grants(home, &logins, None),
            access::further_customers(home, &logins),
            access::given_services(home, &logins),
        )
        .map_err(Error::home)?;
        let mut relations = vec![];
        if !grants.is_empty() {
            let groups = access::groups(home, self.collation()).await;
            let groups = groups.map_err(Error::home)?;
            for given in grants.into_iter().filter(|one| same_key(&one.login, login)) {
                let id = given.grant.group;
                let group = groups.iter().find(|group| group.id == id);
                relations.push(Relation::PersonGroup {
                    login: given.login,
                    group: group.map_or_else(String::new, |group| group.name.clone()),
                    group_id: id,
                    permission: given.grant.permission,
                });
            }
        }
        for (login, customer) in customers.into_iter().filter(|one| same_key(&one.0, login)) {
            relations.push(Relation::Customer { login, customer });
        }
        if !services.is_empty() {
            let all = access::services(home, self.collation()).await;
            let all = all.map_err(Error::home)?;
            for (login, id) in services.into_iter().filter(|one| same_key(&one.0, login)) {
                let service = all.iter().find(|service| service.id == id);
                relations.push(Relation::Service {
                    login,
                    service: service.map_or_else(String::new, |one| one.name.clone()),
                    service_id: id,
                });
            }
        }
        Ok(relations)
    }

    async fn tell(&self, tx: &mut Tx, actor: Option<&Actor>, told: Told<'_>) -> Result<()> {
        let inside = self.inside();
        if actor.is_some() {
            inside.mark_request_written(tx).await?;
        }
        let program = Actor {
            principal: Principal::Program,
            door: Door::Terminal,
        };
        let [before, after] = told.identities.map(|identity| identity.to_string());
        let mut changes = vec![Change {
            field: IDENTITY.into(),
            before,
            after,
        }];
        let relation = |given: bool| {
            let change = move |relation: &Relation| RelationChange {
                relation: relation.clone(),
                given,
            };
            told.relations.iter().map(change).collect::<Vec<_>>()
        };
        let mut body = serde_json::json!({ "effects": [] });
        match told.given {
            Some(given) => {
                body["relations"] =
                    serde_json::to_value(relation(given)).map_err(Error::internal)?;
                let number = journal::next(tx).await.map_err(Error::home)?;
                (body["batch"], body["size"]) = (number.into(), 1.into());
            }
            // They were taken when they were held back.
            None => changes.extend(told.relations.iter().map(|relation| {
                let (field, before) = relation.in_words();
                Change {
                    field: field.into(),
                    before,
                    after: String::new(),
                }
            })),
        }
        body["changes"] = serde_json::to_value(&changes).map_err(Error::internal)?;
        let draft = JournalDraft {
            action: told.action,
            kind: Kind::CustomerUser.name(),
            source: told.source,
            key: told.login,
            key_before: "",
            changes: &[],
            effects: &[],
        };
        let now = self.inner.clock.now_ms();
        let mut entry = entry_of(actor.unwrap_or(&program), &draft, body.to_string(), now)?;
        if actor.is_none() {
            entry.who = format!("source:{}", told.source);
            "source".clone_into(&mut entry.door);
        }
        let links: BTreeSet<(String, String)> = told
            .relations
            .iter()
            .filter(|_| told.given.is_some())
            .map(Relation::other)
            .map(|(kind, key)| (kind.to_owned(), key))
            .collect();
        let entries = vec![(entry, links.into_iter().collect())];
        journal::append_many(tx, entries).await.map_err(Error::home)
    }
}

/// Takes out a row as it is now; none where somebody was quicker.
async fn taken(tx: &mut Tx, row: &HeldBackRow) -> Result<Option<HeldBackRow>> {
    let (source, key) = (row.source.as_str(), row.key.as_str());
    let held = held_back::find_in(tx, source, key, row.identity).await;
    let held = held.map_err(Error::home)?;
    if held.is_some() {
        let removed = held_back::remove(tx, source, key, row.identity).await;
        removed.map_err(Error::home)?;
    }
    Ok(held)
}

/// The relations of a row.
pub(super) fn relations_in(row: &HeldBackRow) -> Result<Vec<Relation>> {
    serde_json::from_str(&row.relations).map_err(Error::internal)
}
