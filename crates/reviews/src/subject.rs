//! What is reviewed: a group, or a customer.

use kartoteka_access::Rights;
use kartoteka_directory::inside::not_found;
use kartoteka_directory::{Error, FieldError, FieldProblem, Kind, Result};
use kartoteka_model::access::{AccessSettings, Belonging, Group};
use kartoteka_store::access;
use kartoteka_store::own::reviews::{OF_CUSTOMER, ReviewRow};
use serde::{Deserialize, Serialize};

use super::item::GroupNames;
use crate::Reviews;

/// What is reviewed, as the outside names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Who was given permissions in this group.
    Group(String),
    /// What this customer was given, and who has it as a further customer.
    Customer(String),
}

impl Subject {
    /// The kind of record that it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Group(_) => Kind::Group,
            Self::Customer(_) => Kind::Customer,
        }
    }

    /// The group's name or the customer's ID.
    pub fn key(&self) -> &str {
        match self {
            Self::Group(key) | Self::Customer(key) => key,
        }
    }
}

/// Access that comes from elsewhere than from what a review goes through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAccess {
    /// The name of the group.
    pub group: String,
    pub why: OtherAccessReason,
}

/// Where it comes from, or why nothing comes of what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherAccessReason {
    /// Permissions by group are off: everybody has everything.
    SupportOff,
    /// Everybody has the group.
    AlwaysGroup,
    /// Every customer has the group.
    CompanyAlwaysGroup,
    /// The group is not valid: nothing that is given in it counts.
    InvalidGroup,
    /// The customer is not valid: nothing that is given to it counts.
    InvalidCustomer,
}

/// What is reviewed, looked up.
#[derive(Clone)]
pub(super) enum About {
    Group(Group),
    Customer {
        key: String,
        text: String,
        valid: bool,
    },
}

impl About {
    /// The group's number; 0 for a customer.
    pub fn number(&self) -> i64 {
        match self {
            Self::Group(group) => group.id,
            Self::Customer { .. } => 0,
        }
    }

    pub fn key(&self) -> &str {
        match self {
            Self::Group(group) => &group.name,
            Self::Customer { key, .. } => key,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Group(group) => &group.name,
            Self::Customer { text, .. } => text,
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Group(_) => Kind::Group,
            Self::Customer { .. } => Kind::Customer,
        }
    }

    /// Why somebody may not start, sign off or cancel a review of it. Single items may be out of reach even so.
    pub fn refuse(&self, rights: &Rights) -> Option<FieldError> {
        match self {
            Self::Group(group) if !rights.has_group(group.id) => {
                Some(FieldError::new("Group", FieldProblem::NotYourGroup))
            }
            _ => None,
        }
    }

    /// Access to it that is not given grant by grant.
    pub fn beside(&self, groups: &[Group], settings: &AccessSettings) -> Vec<OtherAccess> {
        let one = |group: &str, why| OtherAccess {
            group: group.to_owned(),
            why,
        };
        let mut found = vec![];
        if !settings.customer_group_support {
            found.push(one("", OtherAccessReason::SupportOff));
        }
        match self {
            Self::Group(group) => {
                if settings.is_always(&group.name) {
                    found.push(one(&group.name, OtherAccessReason::AlwaysGroup));
                }
                if settings.is_company_always(&group.name) {
                    found.push(one(&group.name, OtherAccessReason::CompanyAlwaysGroup));
                }
                if !group.valid {
                    found.push(one(&group.name, OtherAccessReason::InvalidGroup));
                }
            }
            Self::Customer { valid, .. } => {
                let always = groups
                    .iter()
                    .filter(|group| group.valid && settings.is_company_always(&group.name));
                found.extend(
                    always.map(|group| one(&group.name, OtherAccessReason::CompanyAlwaysGroup)),
                );
                if !valid {
                    found.push(one("", OtherAccessReason::InvalidCustomer));
                }
            }
        }
        found
    }
}

impl Reviews<'_> {
    /// Looks up what is to be reviewed.
    pub(super) async fn about(self, subject: &Subject) -> Result<About> {
        match subject {
            Subject::Group(name) => Ok(About::Group(self.grants().group_named(name).await?)),
            Subject::Customer(id) => {
                let named = vec![(id.clone(), Belonging::Primary)];
                let facts = self.grants().customers_facts(named).await?.pop();
                let facts = facts.filter(|facts| facts.known);
                let facts = facts.ok_or_else(|| not_found(Kind::Customer, id))?;
                self.about_customer(facts.id, facts.valid).await
            }
        }
    }

    /// What a review is about, as it is now; what is not there any more is taken for what it was.
    pub(super) async fn about_row(self, row: &ReviewRow) -> Result<About> {
        if row.kind == OF_CUSTOMER {
            let named = vec![(row.subject.clone(), Belonging::Primary)];
            let facts = self.grants().customers_facts(named).await?.pop();
            let (key, valid) = facts.map_or((row.subject.clone(), false), |facts| {
                (facts.id.clone(), facts.valid)
            });
            return self.about_customer(key, valid).await;
        }
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let found = groups.into_iter().find(|group| group.id == row.subject_id);
        Ok(About::Group(found.unwrap_or_else(|| Group {
            id: row.subject_id,
            name: row.subject.clone(),
            valid: false,
        })))
    }

    async fn about_customer(self, key: String, valid: bool) -> Result<About> {
        self.directory.sync_index(Kind::Customer).await?;
        let texts = self
            .directory
            .texts(Kind::Customer, std::slice::from_ref(&key))
            .await?;
        let text = texts.into_iter().next().map(|(_, text)| text);
        Ok(About::Customer {
            text: text.unwrap_or_else(|| key.clone()),
            key,
            valid,
        })
    }

    pub(super) async fn group_names(self) -> Result<GroupNames> {
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        Ok(groups
            .into_iter()
            .map(|group| (group.id, group.name))
            .collect())
    }
}
