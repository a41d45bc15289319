//! From the names that the outside uses to stored spellings and numbers.

use std::collections::BTreeMap;

use kartoteka_directory::inside::is_valid;
use kartoteka_directory::{Error, FieldError, FieldProblem, Kind, Result};
use kartoteka_model::access::{AccessSettings, Context, Group, Permission};
use kartoteka_model::text::lower;
use kartoteka_store::access::{self, ServiceRow};

use crate::Access;
use crate::facts::RecordStatus;
use crate::plan::{Wanted, is_default};

/// A wanted relation with everything known.
#[derive(Debug, Clone)]
pub(crate) enum ResolvedRelation {
    Customer {
        login: String,
        customer: String,
    },
    PersonGroup {
        login: String,
        group: i64,
        permission: Permission,
    },
    CustomerGroup {
        customer: String,
        group: i64,
        permission: Permission,
        context: Context,
    },
    Service {
        login: String,
        service: String,
        service_id: i64,
    },
}

impl ResolvedRelation {
    pub fn group(&self) -> Option<i64> {
        match self {
            Self::PersonGroup { group, .. } | Self::CustomerGroup { group, .. } => Some(*group),
            _ => None,
        }
    }
}

/// One wanted relation, named, or what is wrong with it.
pub(crate) struct Outcome {
    pub named: Option<ResolvedRelation>,
    pub errors: Vec<FieldError>,
}

/// Everything that wanted relations name, looked up once.
pub(crate) struct Resolved {
    people: BTreeMap<String, RecordStatus>,
    customers: BTreeMap<String, RecordStatus>,
    groups: Vec<Group>,
    services: Vec<ServiceRow>,
}

/// Up to so many are looked up in their sources, which are never behind; more of them in the index.
const FEW: usize = 20;

/// The widths of `user_id` in OTOBO's relation tables, of customer IDs, and of logins elsewhere.
const LOGIN_MAX: usize = 100;
const CUSTOMER_MAX: usize = 150;
const SERVICE_LOGIN_MAX: usize = 191;

impl Access<'_> {
    pub(crate) async fn resolve(self, wanted: &[Wanted]) -> Result<Resolved> {
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let services = match wanted
            .iter()
            .any(|one| matches!(one, Wanted::Service { .. }))
        {
            true => access::services(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)?,
            false => vec![],
        };
        let logins = wanted.iter().filter_map(Wanted::login);
        let customers = wanted.iter().filter_map(Wanted::customer);
        Ok(Resolved {
            people: self.known(Kind::CustomerUser, logins).await?,
            customers: self.known(Kind::Customer, customers).await?,
            groups,
            services,
        })
    }

    /// The records with these keys that there are, by key in lower case.
    async fn known<'a>(
        self,
        kind: Kind,
        keys: impl Iterator<Item = &'a str>,
    ) -> Result<BTreeMap<String, RecordStatus>> {
        let mut keys: Vec<String> = keys
            .filter(|key| !key.is_empty() && !is_default(key))
            .map(lower)
            .collect();
        keys.sort();
        keys.dedup();
        let mut known = BTreeMap::new();
        if keys.len() <= FEW {
            let found = self.directory.find_rows(kind, &keys).await?;
            for (key, found) in keys.into_iter().zip(found) {
                let Some((handle, stored)) = found else {
                    continue;
                };
                let holder = RecordStatus {
                    valid: is_valid(handle, &stored.record),
                    key: stored.record.get(handle.spec.key_field()).to_owned(),
                };
                known.insert(key, holder);
            }
            return Ok(known);
        }
        let members = self.directory.index(kind).with_keys(&keys).await;
        for member in members.map_err(Error::internal)? {
            let holder = RecordStatus {
                valid: member.valid,
                key: member.key,
            };
            known.insert(lower(&holder.key), holder);
        }
        Ok(known)
    }
}

impl Resolved {
    pub fn group_name(&self, id: i64) -> String {
        let found = self.groups.iter().find(|group| group.id == id);
        found.map_or_else(String::new, |group| group.name.clone())
    }

    /// Names one wanted relation; all that is wrong with it at once.
    pub fn name(&self, wanted: &Wanted, strict: bool, settings: &AccessSettings) -> Outcome {
        let mut looking = Looking {
            resolved: self,
            strict,
            given: wanted.given(),
            errors: vec![],
        };
        let named = match wanted {
            Wanted::Customer {
                login, customer, ..
            } => {
                let login = looking.person(login, LOGIN_MAX);
                let customer = looking.customer(customer);
                login
                    .zip(customer)
                    .map(|(login, customer)| ResolvedRelation::Customer { login, customer })
            }
            Wanted::PersonGroup {
                login,
                group,
                permission,
                ..
            } => {
                let login = looking.person(login, LOGIN_MAX);
                let group = looking.group(group);
                let permission = looking.permission(permission, settings);
                login
                    .zip(group)
                    .zip(permission)
                    .map(
                        |((login, group), permission)| ResolvedRelation::PersonGroup {
                            login,
                            group,
                            permission,
                        },
                    )
            }
            Wanted::CustomerGroup {
                customer,
                group,
                permission,
                context,
                ..
            } => {
                let customer = looking.customer(customer);
                let group = looking.group(group);
                let permission = looking.permission(permission, settings);
                // What stands in the table may always be taken away.
                if wanted.given() && !settings.contexts().contains(context) {
                    looking.wrong("Context", FieldProblem::UnknownContext);
                }
                customer
                    .zip(group)
                    .zip(permission)
                    .map(
                        |((customer, group), permission)| ResolvedRelation::CustomerGroup {
                            customer,
                            group,
                            permission,
                            context: *context,
                        },
                    )
            }
            Wanted::Service { login, service, .. } => {
                let login = match is_default(login) {
                    true => Some(login.clone()),
                    false => looking.person(login, SERVICE_LOGIN_MAX),
                };
                let service = looking.service(service);
                login
                    .zip(service)
                    .map(|(login, (service_id, service))| ResolvedRelation::Service {
                        login,
                        service,
                        service_id,
                    })
            }
        };
        Outcome {
            named,
            errors: looking.errors,
        }
    }
}

/// Looking one relation's sides up, noting what is wrong.
struct Looking<'a> {
    resolved: &'a Resolved,
    strict: bool,
    given: bool,
    errors: Vec<FieldError>,
}

impl Looking<'_> {
    fn wrong(&mut self, field: &str, problem: FieldProblem) {
        self.errors.push(FieldError::new(field, problem));
    }

    /// The stored key of a person or customer. What is taken may be taken from anybody, known or not.
    fn key(
        &mut self,
        field: &str,
        asked: &str,
        max: usize,
        known: Option<(&str, bool)>,
        unknown: FieldProblem,
        invalid: FieldProblem,
    ) -> Option<String> {
        if asked.trim().is_empty() {
            self.wrong(field, FieldProblem::Required);
            return None;
        }
        let key = known.map_or(asked, |(key, _)| key);
        if key.chars().count() > max {
            self.wrong(field, FieldProblem::TooLong { max });
            return None;
        }
        if key.contains('\0') {
            self.wrong(field, FieldProblem::ControlCharacter);
            return None;
        }
        match known {
            None if self.strict && self.given => self.wrong(field, unknown),
            Some((_, false)) if self.strict && self.given => self.wrong(field, invalid),
            _ => return Some(key.to_owned()),
        }
        None
    }

    fn person(&mut self, login: &str, max: usize) -> Option<String> {
        let known = self.resolved.people.get(&lower(login));
        let known = known.map(|holder| (holder.key.as_str(), holder.valid));
        let (unknown, invalid) = (FieldProblem::UnknownPerson, FieldProblem::InvalidPerson);
        self.key("UserLogin", login, max, known, unknown, invalid)
    }

    fn customer(&mut self, id: &str) -> Option<String> {
        let known = self.resolved.customers.get(&lower(id));
        let known = known.map(|holder| (holder.key.as_str(), holder.valid));
        let (unknown, invalid) = (FieldProblem::UnknownCustomer, FieldProblem::InvalidCustomer);
        self.key("CustomerID", id, CUSTOMER_MAX, known, unknown, invalid)
    }

    fn group(&mut self, name: &str) -> Option<i64> {
        let found = self.resolved.groups.iter().find(|group| group.name == name);
        match found {
            None if name.is_empty() => self.wrong("Group", FieldProblem::Required),
            None => self.wrong("Group", FieldProblem::UnknownGroup),
            Some(group) if self.strict && self.given && !group.valid => {
                self.wrong("Group", FieldProblem::InvalidGroup)
            }
            Some(group) => return Some(group.id),
        }
        None
    }

    fn service(&mut self, name: &str) -> Option<(i64, String)> {
        let services = &self.resolved.services;
        match services.iter().find(|service| service.name == name) {
            None if name.is_empty() => self.wrong("Service", FieldProblem::Required),
            None => self.wrong("Service", FieldProblem::UnknownService),
            Some(service) if self.strict && self.given && !service.valid => {
                self.wrong("Service", FieldProblem::InvalidService)
            }
            Some(service) => return Some((service.id, service.name.clone())),
        }
        None
    }

    /// Permissions outside the configured ones are refused (D12); what stands in the table may always be taken away.
    fn permission(&mut self, name: &str, settings: &AccessSettings) -> Option<Permission> {
        let configured = settings.permissions.iter().any(|one| one == name);
        if name.is_empty() {
            self.wrong("Permission", FieldProblem::Required);
        } else if !configured && self.given {
            self.wrong("Permission", FieldProblem::UnknownPermission);
        } else {
            return Some(Permission::new(name));
        }
        None
    }
}
