//! What leads back: what a job changed for the people of a portion, but for what others changed since.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_access::Wanted;
use kartoteka_directory::inside::body;
use kartoteka_directory::{Error, FieldProblem, Kind, Relation, RelationChange, Result};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use kartoteka_store::own::job_items::ItemRow;
use kartoteka_store::own::{journal, journal_sets};

use super::job::RowProblem;
use super::portion::PortionChanges;
use crate::Jobs;

/// What belongs together when it is taken back: a customer or service, or all permissions in a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Customer(String),
    Group(i64),
    Service(i64),
}

fn cell(relation: &Relation) -> Cell {
    match relation {
        Relation::Customer { customer, .. } => Cell::Customer(lower(customer)),
        Relation::PersonGroup { group_id, .. } | Relation::CustomerGroup { group_id, .. } => {
            Cell::Group(*group_id)
        }
        Relation::Service { service_id, .. } => Cell::Service(*service_id),
    }
}

/// What was changed after an entry: by person (in lower case) and cell the latest entry and who wrote it.
type Since = BTreeMap<(String, Cell), (i64, String)>;

/// How groups and services are called now.
struct Names {
    groups: BTreeMap<i64, String>,
    services: BTreeMap<i64, String>,
}

impl Jobs<'_> {
    /// What takes the entries of a portion's rows back.
    pub(super) async fn back(self, items: &[ItemRow]) -> Result<PortionChanges> {
        let home = self.directory.home();
        let ids: Vec<i64> = items.iter().filter_map(|item| item.undoes).collect();
        let entries = journal_sets::with_ids(home, &ids)
            .await
            .map_err(Error::home)?;
        let entries: BTreeMap<i64, journal::Entry> =
            entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let position = entries.keys().next().copied().unwrap_or_default();
        let names = self.names_now().await?;
        let mut said: Vec<(i64, String, Vec<RelationChange>)> = vec![];
        for item in items {
            let entry = item.undoes.and_then(|id| entries.get(&id));
            said.push(match entry {
                Some(entry) => (entry.id, entry.key.clone(), body(entry)?.relations),
                None => (0, item.login.clone(), vec![]),
            });
        }
        let people: BTreeSet<String> = said.iter().map(|(_, login, _)| login.clone()).collect();
        let renamed_people = self
            .directory
            .renamed_since(Kind::CustomerUser, people, position)
            .await?;
        let customers: BTreeSet<String> = said
            .iter()
            .flat_map(|(_, _, relations)| relations)
            .filter_map(|change| match &change.relation {
                Relation::Customer { customer, .. } => Some(customer.clone()),
                _ => None,
            })
            .collect();
        let renamed_customers = self
            .directory
            .renamed_since(Kind::Customer, customers, position)
            .await?;
        let mut asked = PortionChanges::default();
        for (id, login, _) in &said {
            let now = match renamed_people.contains(&lower(login)) {
                true => {
                    self.directory
                        .present_key(Kind::CustomerUser, login, *id)
                        .await?
                }
                false => login.clone(),
            };
            asked.logins.push(now);
        }
        let since = self
            .changed_since_entries(&said, &asked.logins, position)
            .await?;
        for (at, (id, login, relations)) in said.iter().enumerate() {
            let mut left: Vec<RowProblem> = vec![];
            for change in relations {
                let of = cell(&change.relation);
                let present = &asked.logins[at];
                let later = [present, login]
                    .iter()
                    .filter_map(|key| since.get(&(lower(key), of.clone())))
                    .filter(|(entry, _)| entry > id)
                    .max();
                if let Some((_, by)) = later {
                    let problem = changed_since(&change.relation, &names, by.clone());
                    if !left.contains(&problem) {
                        left.push(problem);
                    }
                    continue;
                }
                let relation = match &change.relation {
                    Relation::Customer { customer, .. }
                        if renamed_customers.contains(&lower(customer)) =>
                    {
                        Relation::Customer {
                            login: present.clone(),
                            customer: self
                                .directory
                                .present_key(Kind::Customer, customer, *id)
                                .await?,
                        }
                    }
                    relation => relation.clone(),
                };
                asked
                    .wanted
                    .extend(names.wanted(&relation, present, !change.given));
                asked.of.resize(asked.wanted.len(), at);
            }
            asked.left.push(left);
        }
        Ok(asked)
    }

    async fn names_now(self) -> Result<Names> {
        let home = self.directory.home();
        let groups = access::groups(home, self.directory.collation())
            .await
            .map_err(Error::home)?;
        let services = access::services(home, self.directory.collation())
            .await
            .map_err(Error::home)?;
        Ok(Names {
            groups: groups.into_iter().map(|one| (one.id, one.name)).collect(),
            services: services.into_iter().map(|one| (one.id, one.name)).collect(),
        })
    }

    async fn changed_since_entries(
        self,
        said: &[(i64, String, Vec<RelationChange>)],
        present: &[String],
        position: i64,
    ) -> Result<Since> {
        let then = said.iter().map(|(_, login, _)| login);
        let keys: BTreeSet<String> = then.chain(present).cloned().collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let later = journal_sets::of_keys(
            self.directory.home(),
            Kind::CustomerUser.name(),
            &keys,
            position,
        )
        .await
        .map_err(Error::home)?;
        let mut since = Since::new();
        for entry in later {
            for change in body(&entry)?.relations {
                let key = (lower(&entry.key), cell(&change.relation));
                since.insert(key, (entry.id, entry.who.clone()));
            }
        }
        Ok(since)
    }
}

impl Names {
    fn wanted(&self, relation: &Relation, login: &str, given: bool) -> Option<Wanted> {
        let login = login.to_owned();
        Some(match relation {
            Relation::Customer { customer, .. } => Wanted::Customer {
                login,
                customer: customer.clone(),
                given,
            },
            Relation::PersonGroup {
                group,
                group_id,
                permission,
                ..
            } => Wanted::PersonGroup {
                login,
                group: self.groups.get(group_id).unwrap_or(group).clone(),
                permission: permission.name().to_owned(),
                given,
            },
            Relation::Service {
                service,
                service_id,
                ..
            } => Wanted::Service {
                login,
                service: self.services.get(service_id).unwrap_or(service).clone(),
                given,
            },
            // Jobs give nothing to customers.
            Relation::CustomerGroup { .. } => return None,
        })
    }
}

fn changed_since(relation: &Relation, names: &Names, by: String) -> RowProblem {
    let (field, what) = match relation {
        Relation::Customer { customer, .. } => ("CustomerID", customer),
        Relation::PersonGroup {
            group, group_id, ..
        }
        | Relation::CustomerGroup {
            group, group_id, ..
        } => ("Group", names.groups.get(group_id).unwrap_or(group)),
        Relation::Service {
            service,
            service_id,
            ..
        } => ("Service", names.services.get(service_id).unwrap_or(service)),
    };
    RowProblem {
        field: field.into(),
        what: what.clone(),
        problem: FieldProblem::ChangedSince { by },
    }
}
