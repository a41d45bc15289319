//! Grants as a review takes them in: who has them, how many people they reach, and what gives the same.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Kind, Relation, Result};
use kartoteka_model::access::{
    AccessSettings, Belonging, CustomerFacts, Group, Permission, PersonFacts, Why,
    effective_permissions,
};
use kartoteka_model::text::{fold, lower};
use kartoteka_store::access;
use kartoteka_store::own::review_items::ItemRow;

use super::item::{Decision, OtherGrant};
use crate::Reviews;

/// People or customers looked up in one go.
const PORTION: usize = 1000;

/// Everything that describing grants needs, looked up once.
struct Looked {
    people: BTreeMap<String, Person>,
    customers: BTreeMap<String, CustomerFacts>,
    /// Display texts of people and of customers.
    texts: [BTreeMap<String, String>; 2],
    /// How many valid people each customer has.
    reach: BTreeMap<String, u64>,
    groups: BTreeMap<i64, Group>,
    settings: AccessSettings,
}

/// Somebody, as far as a source knows them.
struct Person {
    facts: PersonFacts,
    /// The customers that the record itself names, in lower case: the primary one first.
    own: Vec<String>,
}

impl Reviews<'_> {
    /// The rows of these grants, in the order in which a review shows them; numbers are filled in by whoever keeps them.
    pub(super) async fn described(self, relations: Vec<Relation>) -> Result<Vec<ItemRow>> {
        self.directory.sync_indexes_no_wait().await?;
        let looked = self.looked_up(&relations).await?;
        let mut rows = relations
            .iter()
            .map(|relation| looked.row(relation))
            .collect::<Result<Vec<_>>>()?;
        // What customers have, what people have, whose further customer it is; by name, then by what they have.
        let sort = |kind: &str| match kind {
            "customer-group" => 0,
            "person-group" => 1,
            _ => 2,
        };
        rows.sort_by_cached_key(|row| {
            (
                sort(&row.kind),
                self.directory.collation().key(&row.holder_text),
                row.holder.clone(),
                self.directory.collation().key(&row.other),
                (row.context == "other", row.permission.clone()),
            )
        });
        Ok(rows)
    }

    async fn looked_up(self, relations: &[Relation]) -> Result<Looked> {
        let mut logins: BTreeSet<String> = BTreeSet::new();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        for relation in relations {
            groups.extend(super::item::group_of(relation));
            let (kind, holder) = relation.holder();
            match kind {
                Kind::Customer => ids.insert(lower(holder)),
                _ => logins.insert(lower(holder)),
            };
        }
        let group = match groups.len() {
            1 => groups.first().copied(),
            _ => None,
        };
        let (logins, ids): (Vec<String>, Vec<String>) =
            (logins.into_iter().collect(), ids.into_iter().collect());
        let mut looked = Looked {
            people: BTreeMap::new(),
            customers: BTreeMap::new(),
            texts: [BTreeMap::new(), BTreeMap::new()],
            reach: BTreeMap::new(),
            groups: access::groups(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)?
                .into_iter()
                .map(|group| (group.id, group))
                .collect(),
            settings: self.grants().access_settings().await?,
        };
        for portion in logins.chunks(PORTION) {
            let index = self.directory.index(Kind::CustomerUser);
            let members = index.with_keys(portion).await.map_err(Error::internal)?;
            let facts = self.grants().many_facts(&members, group).await?;
            for (member, facts) in members.into_iter().zip(facts) {
                let own = member.customers;
                looked
                    .people
                    .insert(lower(&member.key), Person { facts, own });
            }
            looked.texts[0].extend(self.directory.texts(Kind::CustomerUser, portion).await?);
        }
        for portion in ids.chunks(PORTION) {
            let named: BTreeSet<String> = portion.iter().cloned().collect();
            let known = self.grants().many_customers(named, group).await?;
            let keys: Vec<String> = known.values().map(|facts| facts.id.clone()).collect();
            looked.reach.extend(self.reach_of(&keys).await?);
            looked.texts[1].extend(self.directory.texts(Kind::Customer, &keys).await?);
            looked.customers.extend(known);
        }
        Ok(looked)
    }

    /// How many valid people each of these customers has, by their records or as a further one.
    async fn reach_of(self, customers: &[String]) -> Result<BTreeMap<String, u64>> {
        let index = self.directory.index(Kind::CustomerUser);
        let mut reach = index
            .count_by_customer(customers)
            .await
            .map_err(Error::internal)?;
        let further = access::people_with_customers(self.directory.home(), customers)
            .await
            .map_err(Error::home)?;
        let pairs: BTreeSet<(String, String)> = further
            .iter()
            .map(|(login, customer)| (lower(login), lower(customer)))
            .collect();
        let logins: BTreeSet<String> = pairs.iter().map(|(login, _)| login.clone()).collect();
        let logins: Vec<String> = logins.into_iter().collect();
        let members = index.with_keys(&logins).await.map_err(Error::internal)?;
        let members: BTreeMap<String, Vec<String>> = members
            .into_iter()
            .filter(|member| member.valid)
            .map(|member| (lower(&member.key), member.customers))
            .collect();
        for (login, customer) in pairs {
            let own = members.get(&login);
            if own.is_some_and(|own| !own.contains(&customer)) {
                *reach.entry(customer).or_insert(0) += 1;
            }
        }
        Ok(reach)
    }
}

impl Looked {
    fn row(&self, relation: &Relation) -> Result<ItemRow> {
        let (kind, holder) = relation.holder();
        let key = lower(holder);
        let (found, valid, texts) = match kind {
            Kind::Customer => {
                let facts = self.customers.get(&key);
                let found = facts.map(|facts| facts.id.clone());
                (found, facts.is_some_and(|one| one.valid), &self.texts[1])
            }
            _ => {
                let facts = self.people.get(&key).map(|person| &person.facts);
                let found = facts.map(|facts| facts.login.clone());
                (found, facts.is_some_and(|one| one.valid), &self.texts[0])
            }
        };
        let known = found.is_some();
        let holder = found.unwrap_or_else(|| holder.to_owned());
        let text = texts.get(&holder).cloned();
        let text = text.unwrap_or_else(|| holder.clone());
        let (kind, other, permission, context) = match relation {
            Relation::CustomerGroup {
                group,
                permission,
                context,
                ..
            } => ("customer-group", group, permission.name(), context.name()),
            Relation::PersonGroup {
                group, permission, ..
            } => ("person-group", group, permission.name(), ""),
            Relation::Customer { customer, .. } => ("customer", customer, "", ""),
            Relation::Service { service, .. } => ("service", service, "", ""),
        };
        let reach = match relation {
            Relation::CustomerGroup { .. } if !valid => 0,
            Relation::CustomerGroup { .. } => self.reach.get(&key).copied().unwrap_or_default(),
            _ => u64::from(valid),
        };
        let also = serde_json::to_string(&self.also(relation, &key)).map_err(Error::internal)?;
        Ok(ItemRow {
            review: 0,
            seq: 0,
            kind: kind.to_owned(),
            search: fold(&format!("{holder} {text} {other} {permission}")),
            holder_named: holder.clone(),
            holder_text: text,
            holder,
            other: other.clone(),
            group_id: super::item::group_of(relation).unwrap_or_default(),
            permission: permission.to_owned(),
            context: context.to_owned(),
            known,
            valid,
            reach: reach as i64,
            also,
            decision: Decision::Undecided.name().to_owned(),
            remark: String::new(),
            decided: None,
            decided_by: String::new(),
            past: String::new(),
            version: 0,
            outcome: String::new(),
        })
    }

    /// What gives the same as a grant.
    fn also(&self, relation: &Relation, key: &str) -> Vec<OtherGrant> {
        match relation {
            Relation::PersonGroup {
                group_id,
                permission,
                ..
            } => {
                let person = self.people.get(key).map(|person| &person.facts);
                let Some((person, group)) = person.zip(self.groups.get(group_id)) else {
                    return vec![];
                };
                let groups = std::slice::from_ref(group);
                let effective = effective_permissions(person, groups, &self.settings);
                let given = effective.groups.into_iter().flat_map(|access| access.given);
                others(given, permission, |why| *why == Why::Direct)
            }
            Relation::CustomerGroup {
                group_id,
                permission,
                context,
                ..
            } => {
                let customer = self.customers.get(key);
                let Some((customer, group)) = customer.zip(self.groups.get(group_id)) else {
                    return vec![];
                };
                let given = customer.in_group(group, *context, &self.settings);
                others(given, permission, |why| {
                    matches!(why, Why::ViaCustomer { .. })
                })
            }
            Relation::Customer { customer, .. } => {
                let customer = lower(customer);
                let own = self.people.get(key).map(|person| person.own.as_slice());
                let place = own
                    .unwrap_or_default()
                    .iter()
                    .position(|id| *id == customer);
                let belongs = place.map(|place| OtherGrant::Belongs {
                    belonging: match place {
                        0 => Belonging::Primary,
                        _ => Belonging::Mapped,
                    },
                });
                belongs.into_iter().collect()
            }
            Relation::Service { .. } => vec![],
        }
    }
}

/// Reasons for a permission beside the grant itself.
fn others(
    given: impl IntoIterator<Item = (Permission, Why)>,
    permission: &Permission,
    own: impl Fn(&Why) -> bool,
) -> Vec<OtherGrant> {
    given
        .into_iter()
        .filter(|(given, _)| given.includes(permission.name()))
        .filter(|(given, why)| !(given == permission && own(why)))
        .map(|(permission, why)| OtherGrant::Permission { permission, why })
        .collect()
}
