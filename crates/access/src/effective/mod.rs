//! What one person or customer has, and why.

pub(super) mod draft;
pub(super) mod reach;
pub(super) mod simulation;
pub(super) mod tickets;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::not_found;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::access::{
    AccessSettings, Belonging, Context, CustomerFacts, Effective, Group, Obstacle, Permission,
    PersonFacts, Remedy, Why, effective_permissions, explain,
};
use kartoteka_store::access;
use serde::Serialize;

use crate::{Access, Grants};

/// What a person has in every group, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonAccess {
    pub login: String,
    pub settings: AccessSettings,
    pub person: PersonFacts,
    pub effective: Effective,
    /// Since when the person's source does not answer, in seconds since 1970: this follows from what was last known of them.
    pub unavailable_since: Option<i64>,
    /// Since when what the login had is held back, in seconds since 1970: another person had it before, as the source says.
    pub held_back_since: Option<i64>,
}

/// What a customer has in every group, in each enabled context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerAccess {
    pub customer: String,
    pub settings: AccessSettings,
    pub facts: CustomerFacts,
    pub effective: Vec<(Context, Effective)>,
}

/// Why a person has a permission in a group, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub login: String,
    pub group: Group,
    pub permission: String,
    /// What gives it; empty when the person lacks it.
    pub reasons: Vec<(Permission, Why)>,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
    /// Each smallest set of changes that would give it.
    pub remedies: Vec<Vec<Remedy>>,
    /// As that of [`PersonAccess`].
    pub held_back_since: Option<i64>,
}

impl Access<'_> {
    /// The settings that permissions depend on, as they are in force. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn access_in_force(self, actor: &Actor) -> Result<AccessSettings> {
        actor.require(Action::See, Object::Access)?;
        self.grants().access_settings().await
    }

    /// All groups by name, valid or not. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn all_groups(self, actor: &Actor) -> Result<Vec<Group>> {
        actor.require(Action::See, Object::Access)?;
        access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)
    }

    /// What a person has in every group, and why (OTOBO's `GroupMemberList` by person). Role: reader.
    ///
    /// # Errors
    /// `NotFound`; when a source does not answer.
    #[boxed]
    pub async fn permissions_of(self, actor: &Actor, login: &str) -> Result<PersonAccess> {
        actor.require(Action::See, Object::Access)?;
        let groups = async {
            access::groups(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)
        };
        let (told, groups, settings) = futures::try_join!(
            self.person_facts_told(login),
            groups,
            self.grants().access_settings()
        )?;
        let person = told.facts;
        Ok(PersonAccess {
            unavailable_since: told.unavailable_since,
            held_back_since: told.held_back_since,
            login: person.login.clone(),
            effective: effective_permissions(&person, &groups, &settings),
            settings,
            person,
        })
    }

    /// What a customer has in every group (OTOBO's `GroupCustomerList` by customer). Role: reader.
    ///
    /// # Errors
    /// `NotFound`; when a source does not answer.
    #[boxed]
    pub async fn customer_permissions_of(
        self,
        actor: &Actor,
        customer: &str,
    ) -> Result<CustomerAccess> {
        actor.require(Action::See, Object::Access)?;
        let groups = async {
            access::groups(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)
        };
        let named = vec![(customer.to_owned(), Belonging::Primary)];
        let (mut facts, groups, settings) = futures::try_join!(
            self.grants().customers_facts(named),
            groups,
            self.grants().access_settings()
        )?;
        let facts = facts
            .pop()
            .filter(|facts| facts.known)
            .ok_or_else(|| not_found(Kind::Customer, customer))?;
        let effective = settings
            .contexts()
            .iter()
            .map(|context| (*context, facts.effective(&groups, *context, &settings)))
            .collect();
        Ok(CustomerAccess {
            customer: facts.id.clone(),
            effective,
            settings,
            facts,
        })
    }

    /// Why a person has a permission in a group, or what would give it. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for the person, `Unknown` for the group.
    #[boxed]
    pub async fn explain(
        self,
        actor: &Actor,
        login: &str,
        group: &str,
        permission: &str,
    ) -> Result<Explanation> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        let (told, settings) = futures::try_join!(
            self.person_facts_told(login),
            self.grants().access_settings()
        )?;
        let person = told.facts;
        let groups = std::slice::from_ref(&group);
        let effective = effective_permissions(&person, groups, &settings);
        let reasons = effective.group(group.id).map_or(vec![], |access| {
            access.reasons(permission).cloned().collect()
        });
        let (obstacles, remedies) = explain(&person, &group, permission, &settings);
        Ok(Explanation {
            login: person.login,
            group,
            permission: permission.to_owned(),
            reasons,
            obstacles,
            remedies,
            held_back_since: told.held_back_since,
        })
    }
}

impl Grants<'_> {
    /// The group of this name, compared exactly (D06).
    ///
    /// # Errors
    /// `Unknown`.
    #[boxed]
    pub async fn group_named(self, name: &str) -> Result<Group> {
        let groups = access::groups(
            self.access.directory.home(),
            self.access.directory.collation(),
        )
        .await
        .map_err(Error::home)?;
        let found = groups.into_iter().find(|group| group.name == name);
        found.ok_or_else(|| Error::Unknown {
            what: "group",
            key: name.to_owned(),
        })
    }
}
