//! Customers that had a permission in a group at a moment, page by page; and which gained or lost it between two. By
//! the IDs of now.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Kind, Object, Result};
use kartoteka_model::access::{Context, CustomerFacts, Group, Permission, Why};
use kartoteka_model::text::lower;
use serde::Serialize;

use crate::Access;
use crate::past::group::GroupThen;

/// A customer that had the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastCustomer {
    /// The ID of now.
    pub customer: String,
    /// The ID of then.
    pub customer_then: String,
    /// The display text of now.
    pub text: String,
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastCustomersPage {
    /// The name that the group has now.
    pub name: String,
    /// As it was; none while it was not there yet.
    pub group: Option<Group>,
    pub permission: String,
    pub context: Context,
    pub holders: Vec<PastCustomer>,
    /// How many there are on all pages, exactly.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// A customer that gained or lost the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerDifference {
    /// The ID of now.
    pub customer: String,
    /// The display text of now.
    pub text: String,
    /// Held at the later time, otherwise at the earlier one.
    pub gained: bool,
    /// Why it was held when it was.
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomersDifferencePage {
    /// The name that the group has now.
    pub name: String,
    pub permission: String,
    pub context: Context,
    pub customers: Vec<CustomerDifference>,
    /// How many gained it, on all pages.
    pub gained: u64,
    /// How many lost it, on all pages.
    pub lost: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The most customers on one page.
const MAX_PAGE: u32 = 1000;

impl Access<'_> {
    /// Customers that had a permission in a group and context at a time (milliseconds since 1970), with why. `after`
    /// is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; when the database does not answer.
    #[boxed]
    pub async fn customer_holders_as_of(
        self,
        actor: &Actor,
        group: &str,
        (permission, context): (&str, Context),
        at: i64,
        (after, limit): (Option<&str>, u32),
    ) -> Result<PastCustomersPage> {
        actor.require(Action::See, Object::Access)?;
        let then = self.group_then(group, at).await?;
        let had = self.customers_with(&then, permission, context).await?;
        let (page, next) = page(&had, after, limit);
        let facts = self.facts_then(&then, &page).await?;
        let texts = self.customer_texts(&page).await?;
        let holder = |key: &String| {
            let (customer, text) = named(&texts, key);
            PastCustomer {
                customer_then: facts
                    .get(key)
                    .map_or_else(|| customer.clone(), |facts| facts.id.clone()),
                reasons: why(&then, facts.get(key), permission, context),
                customer,
                text,
            }
        };
        Ok(PastCustomersPage {
            holders: page.iter().map(holder).collect(),
            total: had.len() as u64,
            permission: permission.to_owned(),
            name: then.name.clone(),
            group: then.group.clone(),
            context,
            next,
        })
    }

    /// Customers that gained or lost a permission in a group and context between two times. Role: reader.
    ///
    /// # Errors
    /// As [`Access::customer_holders_as_of`].
    #[boxed]
    pub async fn customer_holders_between(
        self,
        actor: &Actor,
        group: &str,
        (permission, context): (&str, Context),
        (earlier, later): (i64, i64),
        (after, limit): (Option<&str>, u32),
    ) -> Result<CustomersDifferencePage> {
        actor.require(Action::See, Object::Access)?;
        let before = self.group_then(group, earlier).await?;
        let now = self.group_then(group, later).await?;
        let had = self.customers_with(&before, permission, context).await?;
        let has = self.customers_with(&now, permission, context).await?;
        let differ: BTreeSet<String> = had.symmetric_difference(&has).cloned().collect();
        let (page, next) = page(&differ, after, limit);
        let facts = [
            self.facts_then(&before, &page).await?,
            self.facts_then(&now, &page).await?,
        ];
        let texts = self.customer_texts(&page).await?;
        let customer = |key: &String| {
            let gained = has.contains(key);
            let (customer, text) = named(&texts, key);
            let then = if gained { &now } else { &before };
            let facts = facts[usize::from(gained)].get(key);
            CustomerDifference {
                reasons: why(then, facts, permission, context),
                customer,
                text,
                gained,
            }
        };
        let gained = has.difference(&had).count() as u64;
        Ok(CustomersDifferencePage {
            customers: page.iter().map(customer).collect(),
            lost: differ.len() as u64 - gained,
            permission: permission.to_owned(),
            name: now.name.clone(),
            context,
            gained,
            next,
        })
    }

    async fn facts_then(
        self,
        then: &GroupThen,
        page: &[String],
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let named = page.iter().cloned().collect();
        self.customers_then(named, then.id, &then.since).await
    }

    /// The IDs as stored, and the display texts, by IDs in lower case.
    async fn customer_texts(self, page: &[String]) -> Result<BTreeMap<String, (String, String)>> {
        let texts = self
            .directory
            .texts(Kind::Customer, page)
            .await?
            .into_iter();
        Ok(texts
            .map(|(key, text)| (lower(&key), (key, text)))
            .collect())
    }
}

fn page(all: &BTreeSet<String>, after: Option<&str>, limit: u32) -> (Vec<String>, Option<String>) {
    let limit = limit.clamp(1, MAX_PAGE) as usize;
    let from = after.map_or(Bound::Unbounded, |after| Bound::Excluded(lower(after)));
    let mut rest = all.range((from, Bound::Unbounded)).cloned();
    let page: Vec<String> = rest.by_ref().take(limit).collect();
    let next = rest.next().and(page.last().cloned());
    (page, next)
}

fn named(texts: &BTreeMap<String, (String, String)>, key: &String) -> (String, String) {
    let found = texts.get(key).cloned();
    found.unwrap_or_else(|| (key.clone(), key.clone()))
}

fn why(
    then: &GroupThen,
    facts: Option<&CustomerFacts>,
    permission: &str,
    context: Context,
) -> Vec<(Permission, Why)> {
    let (Some(group), Some(facts)) = (&then.group, facts) else {
        return vec![];
    };
    let given = facts.in_group(group, context, &then.settings).into_iter();
    given
        .filter(|(given, _)| given.includes(permission))
        .collect()
}
