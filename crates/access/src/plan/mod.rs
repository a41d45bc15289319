//! Planning relations: what is wanted, checked and worked out before anything is written.

pub(super) mod apply;
pub(super) mod bulk;
pub(super) mod current;
pub(super) mod customer_effects;
pub(super) mod effects;
pub(super) mod record_effects;
pub(super) mod resolve;
pub(super) mod rights;
pub(super) mod settings;
pub(super) mod tally;
pub(super) mod undo;

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::{
    Action, Actor, FieldError, FieldProblem, JobChange, JobRelation, Object, Relation,
    RelationChange, Result, Sealed,
};
use kartoteka_model::access::{
    AccessSettings, Context, MinimisedGrants, Permission, minimise_grants,
};
use kartoteka_model::text::lower;
use kartoteka_store::access::DEFAULT_LOGIN;

use crate::plan::current::Current;
use crate::plan::effects::AccessEffects;
use crate::plan::resolve::{Resolved, ResolvedRelation};
use crate::{Access, Grants};

/// One relation that is wanted, or wanted no more; named as the outside names things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// A further customer of a person.
    Customer {
        login: String,
        customer: String,
        given: bool,
    },
    /// A permission of a person in a group.
    PersonGroup {
        login: String,
        group: String,
        permission: String,
        given: bool,
    },
    /// A permission of a customer in a group and context.
    CustomerGroup {
        customer: String,
        group: String,
        permission: String,
        context: Context,
        given: bool,
    },
    /// A service of a person; the login `<DEFAULT>` stands for everybody without their own.
    Service {
        login: String,
        service: String,
        given: bool,
    },
}

impl Wanted {
    /// A change of many, for one person.
    pub fn of(change: &JobChange, login: &str) -> Self {
        let (login, given) = (login.to_owned(), change.given);
        match change.relation.clone() {
            JobRelation::Customer { customer } => Self::Customer {
                login,
                customer,
                given,
            },
            JobRelation::PersonGroup { group, permission } => Self::PersonGroup {
                login,
                group,
                permission,
                given,
            },
            JobRelation::Service { service } => Self::Service {
                login,
                service,
                given,
            },
        }
    }

    pub(super) fn given(&self) -> bool {
        match self {
            Self::Customer { given, .. }
            | Self::PersonGroup { given, .. }
            | Self::CustomerGroup { given, .. }
            | Self::Service { given, .. } => *given,
        }
    }

    pub(super) fn login(&self) -> Option<&str> {
        match self {
            Self::Customer { login, .. }
            | Self::PersonGroup { login, .. }
            | Self::Service { login, .. } => Some(login),
            Self::CustomerGroup { .. } => None,
        }
    }

    pub(super) fn customer(&self) -> Option<&str> {
        match self {
            Self::Customer { customer, .. } | Self::CustomerGroup { customer, .. } => {
                Some(customer)
            }
            _ => None,
        }
    }
}

/// Changes of relations that were authorised, validated and worked out, but not done.
///
/// ```compile_fail
/// fn alter(plan: &mut kartoteka_access::RelationPlan) {
///     plan.changes.clear();
/// }
/// ```
pub type RelationPlan = Sealed<RelationsPlanned>;

/// What a plan of relations says.
#[derive(Debug, Clone)]
pub struct RelationsPlanned {
    /// What would be given and taken; what is so already is left out.
    pub changes: Vec<RelationChange>,
    /// What is wrong, by place: `0.UserLogin` is the login of the first one wanted. A plan with errors can be shown but
    /// not applied.
    pub errors: Vec<FieldError>,
    /// Whose permissions and services grow or shrink.
    pub effects: AccessEffects,
    pub(super) actor: Actor,
    pub(super) wanted: Vec<Wanted>,
    pub(super) strict: bool,
}

impl RelationsPlanned {
    /// Whether exactly this was planned.
    pub fn is_of(&self, wanted: &[Wanted]) -> bool {
        self.wanted == wanted
    }
}

/// Changes of relations that were done.
#[derive(Debug)]
pub struct RelationsApplied {
    pub changes: Vec<RelationChange>,
    pub effects: AccessEffects,
    /// The number of the first journal entry, and how many there are; none if nothing had to be changed. Each person
    /// or customer that something was given to or taken from has one.
    pub journal: Option<(i64, u64)>,
}

impl Access<'_> {
    /// Plans to give and take relations. People, customers, groups and services must be known, and valid where
    /// something is given to them. Roles: editor for customers and services, and for permissions in groups in which
    /// the agent has `rw`; admin for all. Nobody but an admin changes what a person of their own login has.
    ///
    /// # Errors
    /// `Forbidden`; when a source does not answer. What is wrong with single ones is in [`RelationsPlanned::errors`].
    #[boxed]
    pub async fn plan_relations(self, actor: &Actor, wanted: Vec<Wanted>) -> Result<RelationPlan> {
        self.planned(actor, wanted, true).await
    }

    /// The same as OTOBO's own calls allow it: people and customers that no source knows are taken as they are named
    /// (sources come and go), and invalid ones too.
    ///
    /// # Errors
    /// As [`Access::plan_relations`].
    #[boxed]
    pub async fn plan_relations_of_anybody(
        self,
        actor: &Actor,
        wanted: Vec<Wanted>,
    ) -> Result<RelationPlan> {
        self.planned(actor, wanted, false).await
    }

    async fn planned(
        self,
        actor: &Actor,
        wanted: Vec<Wanted>,
        strict: bool,
    ) -> Result<RelationPlan> {
        actor.require(Action::Change, Object::Access)?;
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        let (changes, errors) = self
            .grants()
            .worked_out(actor, &wanted, strict, &settings)
            .await?;
        let effects = match errors.is_empty() {
            true => self.grants().access_effects(&changes, &settings).await?,
            false => AccessEffects::default(),
        };
        Ok(self.directory.seal(RelationsPlanned {
            changes,
            errors,
            effects,
            actor: actor.clone(),
            wanted,
            strict,
        }))
    }
}

impl Grants<'_> {
    /// What wanted relations come to with what is stored now, and what is wrong with them.
    ///
    /// # Errors
    /// When a source does not answer. What is wrong with single ones is in the answer, by place.
    #[boxed]
    pub async fn worked_out(
        self,
        actor: &Actor,
        wanted: &[Wanted],
        strict: bool,
        settings: &AccessSettings,
    ) -> Result<(Vec<RelationChange>, Vec<FieldError>)> {
        let mut errors = vec![];
        let resolved = self.access.resolve(wanted).await?;
        let rights = self.access.rights(actor).await?;
        let mut named: Vec<(usize, ResolvedRelation)> = vec![];
        for (at, one) in wanted.iter().enumerate() {
            let mut found = resolved.name(one, strict, settings);
            let group = found.named.as_ref().and_then(ResolvedRelation::group);
            found.errors.extend(rights.refuse(one, group));
            let place = |error: FieldError| FieldError {
                field: format!("{at}.{}", error.field),
                problem: error.problem,
            };
            if found.errors.is_empty() {
                named.extend(found.named.map(|named| (at, named)));
            }
            errors.extend(found.errors.into_iter().map(place));
        }
        let current = self
            .access
            .current_grants(named.iter().map(|(_, named)| named))
            .await?;
        let mut changes = vec![];
        plain(&named, wanted, &current, &mut changes);
        permissions(
            &named,
            wanted,
            &current,
            &resolved,
            &mut changes,
            &mut errors,
        );
        changes.sort();
        changes.dedup();
        Ok((changes, errors))
    }
}

/// Customers and services: there or not. The last word on a pair counts.
fn plain(
    named: &[(usize, ResolvedRelation)],
    wanted: &[Wanted],
    current: &Current,
    changes: &mut Vec<RelationChange>,
) {
    let mut last: BTreeMap<(String, String), (Relation, bool, bool)> = BTreeMap::new();
    for (at, named) in named {
        let given = wanted[*at].given();
        let (relation, stored) = match named {
            ResolvedRelation::Customer { login, customer } => (
                Relation::Customer {
                    login: login.clone(),
                    customer: customer.clone(),
                },
                current.has_customer(login, customer),
            ),
            ResolvedRelation::Service {
                login,
                service,
                service_id,
            } => (
                Relation::Service {
                    login: login.clone(),
                    service: service.clone(),
                    service_id: *service_id,
                },
                current.has_service(login, *service_id),
            ),
            _ => continue,
        };
        let key = (
            lower(relation.holder().1),
            format!("{:?}", relation.other()),
        );
        last.insert(key, (relation, given, stored));
    }
    for (relation, given, stored) in last.into_values() {
        if given != stored {
            changes.push(RelationChange { relation, given });
        }
    }
}

/// A holder's permissions in a group and context, which are settled together (D12).
type Cell = (bool, String, i64, Option<Context>);

fn permissions(
    named: &[(usize, ResolvedRelation)],
    wanted: &[Wanted],
    current: &Current,
    resolved: &Resolved,
    changes: &mut Vec<RelationChange>,
    errors: &mut Vec<FieldError>,
) {
    let mut cells: BTreeMap<Cell, (usize, BTreeMap<Permission, bool>)> = BTreeMap::new();
    for (at, named) in named {
        let (cell, permission) = match named {
            ResolvedRelation::PersonGroup {
                login,
                group,
                permission,
            } => ((false, login.clone(), *group, None), permission),
            ResolvedRelation::CustomerGroup {
                customer,
                group,
                permission,
                context,
            } => ((true, customer.clone(), *group, Some(*context)), permission),
            _ => continue,
        };
        let (_, cell) = cells.entry(cell).or_insert((*at, BTreeMap::new()));
        cell.insert(permission.clone(), wanted[*at].given());
    }
    for ((of_customer, holder, group_id, context), (at, wanted)) in cells {
        let stored = match context {
            Some(context) => current.of_customer(&holder, group_id, context),
            None => current.of_person(&holder, group_id),
        };
        let after = match minimise_grants(&stored, &wanted) {
            MinimisedGrants::Stored(after) => after,
            MinimisedGrants::TakeRwFirst(permission) => {
                let problem = FieldProblem::TakeRwFirst {
                    permission: permission.to_string(),
                };
                errors.push(FieldError::new(format!("{at}.Permission"), problem));
                continue;
            }
        };
        let group = resolved.group_name(group_id);
        let change = |permission: &Permission, given: bool| {
            let relation = match (of_customer, context) {
                (true, Some(context)) => Relation::CustomerGroup {
                    customer: holder.clone(),
                    group: group.clone(),
                    group_id,
                    permission: permission.clone(),
                    context,
                },
                _ => Relation::PersonGroup {
                    login: holder.clone(),
                    group: group.clone(),
                    group_id,
                    permission: permission.clone(),
                },
            };
            RelationChange { relation, given }
        };
        changes.extend(stored.difference(&after).map(|gone| change(gone, false)));
        changes.extend(after.difference(&stored).map(|new| change(new, true)));
    }
}

/// Whether a login stands for everybody without their own services.
pub(super) fn is_default(login: &str) -> bool {
    login == DEFAULT_LOGIN
}
