//! What an agent may give and take: permissions in groups of their own, and nothing to themselves.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, FieldError, FieldProblem, Object, Principal, Result};
use kartoteka_model::text::same_key;
use kartoteka_store::own::agents;

use crate::Access;
use crate::plan::Wanted;

/// What an agent may give and take.
pub struct Rights {
    /// The groups in which they may give permissions; none stands for all.
    groups: Option<BTreeSet<i64>>,
    /// Whose relations they may not change; none for admins.
    own: Option<Own>,
}

/// The agent's own login, or that of the agent for whom a token acts, and the customers of a person of that login.
struct Own {
    login: String,
    customers: Vec<String>,
}

impl Rights {
    /// The rights in groups alone, whoever it is about.
    pub(crate) fn of_groups(groups: Option<BTreeSet<i64>>) -> Self {
        Self { groups, own: None }
    }

    /// Whether permissions may be given and taken in a group.
    pub fn has_group(&self, group: i64) -> bool {
        self.groups
            .as_ref()
            .is_none_or(|groups| groups.contains(&group))
    }

    /// Why the agent may not give or take something; the group by number.
    pub fn refuse(&self, wanted: &Wanted, group: Option<i64>) -> Vec<FieldError> {
        let mut errors = vec![];
        if group.is_some_and(|group| !self.has_group(group)) {
            errors.push(FieldError::new("Group", FieldProblem::NotYourGroup));
        }
        let Some(own) = &self.own else { return errors };
        if wanted
            .login()
            .is_some_and(|login| same_key(login, &own.login))
        {
            errors.push(FieldError::new("UserLogin", FieldProblem::OwnRights));
        }
        // What a customer gets, its people get.
        if let Wanted::CustomerGroup { customer, .. } = wanted
            && own.customers.iter().any(|one| same_key(one, customer))
        {
            errors.push(FieldError::new("CustomerID", FieldProblem::OwnRights));
        }
        errors
    }
}

impl Access<'_> {
    /// The groups in which the actor may give permissions; none stands for all.
    pub(crate) async fn groups_of_agent(self, actor: &Actor) -> Result<Option<BTreeSet<i64>>> {
        if actor.may(Action::Change, Object::AnyAccess) {
            return Ok(None);
        }
        let groups = kartoteka_store::access::agent_groups(self.directory.home(), actor.id())
            .await
            .map_err(kartoteka_directory::Error::home)?;
        Ok(Some(groups.into_iter().collect()))
    }

    async fn own(self, actor: &Actor) -> Result<Option<Own>> {
        let login = match &actor.principal {
            _ if actor.may(Action::Change, Object::AnyAccess) => None,
            Principal::Operator | Principal::Program => None,
            Principal::Agent { login, .. } | Principal::CustomerUser { login } => {
                Some(login.clone())
            }
            Principal::Token { agent, .. } => {
                let found = agents::find_by_id(self.directory.home(), *agent).await;
                found
                    .map_err(kartoteka_directory::Error::home)?
                    .map(|agent| agent.login)
            }
        };
        let Some(login) = login else { return Ok(None) };
        let customers = match self.person_facts(&login).await {
            Ok(person) => person.customers.into_iter().map(|one| one.id).collect(),
            Err(kartoteka_directory::Error::NotFound { .. }) => vec![],
            Err(error) => return Err(error),
        };
        Ok(Some(Own { login, customers }))
    }
}

impl Access<'_> {
    /// What an actor may give and take.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn rights(self, actor: &Actor) -> Result<Rights> {
        Ok(Rights {
            groups: self.groups_of_agent(actor).await?,
            own: self.own(actor).await?,
        })
    }
}
