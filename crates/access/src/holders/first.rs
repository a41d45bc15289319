//! The first who have permissions in a group, in the default order.
//!
//! Where many have something, they are found soonest by walking through everybody; where few have it, by starting from
//! what is given. Several permissions are looked for in one go.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Kind, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{
    AccessSettings, Context, Group, GroupAccess, Permission, effective_permissions,
};
use kartoteka_model::text::lower;
use kartoteka_store::access;

use crate::Access;
use crate::facts::GroupScope;
use crate::holders::candidates::Candidates;

/// Above so many customers that have a permission in a group, its people are found by walking; below, by starting from
/// the customers.
const MANY_CUSTOMERS: usize = 1500;

/// People or customers looked at in one go while walking: for each that is wanted, but not fewer and not more.
const SCAN_BATCH: u32 = 20;
const MIN_SCAN_BATCH: u32 = 100;
const MAX_SCAN_BATCH: u32 = 400;

fn scan_batch(wanted: u32) -> u32 {
    (wanted * SCAN_BATCH).clamp(MIN_SCAN_BATCH, MAX_SCAN_BATCH)
}

/// Batches without enough found, after which starting from what is given is cheaper after all.
const MAX_BATCHES: usize = 6;

/// The same for customers.
const MAX_CUSTOMER_BATCHES: usize = 3;

/// Rows of what is given in a group that are counted to see what many have.
const COUNTED_ROWS: usize = 20_000;

/// Customers found by a scan.
pub(crate) enum Scan {
    /// As many as were wanted, or all that there are.
    Complete(Vec<Member>),
    /// The first of them: the others are too far apart to scan for.
    Partial(Vec<Member>),
}

/// The first customers that have a permission.
#[derive(Debug, Clone, Default)]
pub(crate) struct FirstCustomers {
    pub found: Vec<Member>,
    /// Whether fewer were found than there are, because they are far apart.
    pub more: bool,
}

/// What many customers have in a group.
pub(crate) enum GrantDensity {
    /// Everything: it is every customer's.
    Everything,
    /// How many times each permission is given.
    Given(BTreeMap<String, usize>),
}

impl GrantDensity {
    fn have(&self, permission: &str) -> bool {
        matches!(self, Self::Everything) || self.count(permission) > MANY_CUSTOMERS
    }

    /// Those of these permissions that few customers have, but any may.
    pub(crate) fn few<'a>(&self, permissions: &'a [String]) -> Vec<&'a str> {
        let names = permissions.iter().map(String::as_str);
        names
            .filter(|name| !self.have(name) && self.may_have(name))
            .collect()
    }

    /// Whether any customer may have a permission.
    fn may_have(&self, permission: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Given(counts) => {
                let rows = counts.values().sum::<usize>();
                rows >= COUNTED_ROWS || self.count(permission) > 0
            }
        }
    }

    fn count(&self, permission: &str) -> usize {
        let Self::Given(counts) = self else { return 0 };
        let including = counts
            .iter()
            .filter(|(given, _)| Permission::new(given.as_str()).includes(permission));
        including.map(|(_, count)| count).sum()
    }

    fn have_any(&self) -> bool {
        match self {
            Self::Everything => true,
            Self::Given(counts) => counts.values().sum::<usize>() > MANY_CUSTOMERS,
        }
    }
}

/// The first people who have one permission.
#[derive(Debug, Clone, Default)]
pub(crate) struct FirstPeople {
    /// With everything that they have in the group.
    pub found: Vec<(Member, GroupAccess)>,
    /// Everybody who has it, where that had to be worked out.
    pub candidates: Option<Candidates>,
}

impl Access<'_> {
    /// The first so many people after one who have each of these permissions in a group; `few` is what is given to
    /// customers there as far as few have it.
    ///
    /// # Errors
    /// `Invalid` for somebody who is not there; when a source does not answer.
    pub(crate) async fn first_people(
        self,
        group: &Group,
        permissions: &[String],
        settings: &AccessSettings,
        (density, few): (&GrantDensity, &[access::CustomerGrant]),
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Vec<FirstPeople>> {
        let mut firsts = vec![FirstPeople::default(); permissions.len()];
        let everybody = group.valid && settings.is_everybodys(group);
        // Those that are looked for by walking, and those that are looked for in what is given.
        let (mut walking, mut rest) = (vec![], vec![]);
        for (at, permission) in permissions.iter().enumerate() {
            let many = group.valid && (everybody || density.have(permission));
            if many { &mut walking } else { &mut rest }.push(at);
        }
        let size = if everybody {
            wanted
        } else {
            scan_batch(wanted)
        };
        let wanted = wanted as usize;
        let mut place = after.map(str::to_owned);
        let mut batches = 0;
        while !walking.is_empty() {
            batches += 1;
            if !everybody && batches > MAX_BATCHES {
                rest.append(&mut walking);
                break;
            }
            let index = self.directory.index(Kind::CustomerUser);
            let members = index.walk(place.as_deref(), size).await;
            let members = members.map_err(Error::internal)?;
            let Some(last) = members.last() else { break };
            place = Some(last.key.clone());
            for (member, access) in self.in_group(group, settings, members).await? {
                for at in &walking {
                    let found = &mut firsts[*at].found;
                    if found.len() < wanted && access.holds(&permissions[*at]) {
                        found.push((member.clone(), access.clone()));
                    }
                }
            }
            walking.retain(|at| firsts[*at].found.len() < wanted);
        }
        if rest.is_empty() {
            return Ok(firsts);
        }
        let given = match rest.iter().any(|at| density.have(&permissions[*at])) {
            true => {
                let names = rest.iter().map(|at| permissions[*at].as_str());
                let names: Vec<&str> = names.filter(|name| density.may_have(name)).collect();
                self.given_of(group, &names, settings).await?
            }
            false => self.given_in(group, settings, few).await?,
        };
        for (which, at) in rest.iter().enumerate() {
            let candidates = given.candidates(&permissions[*at]);
            let mut before = rest[..which].iter().map(|other| &firsts[*other]);
            let same = before.find(|first| first.candidates.as_ref() == Some(&candidates));
            firsts[*at] = match same {
                Some(first) => first.clone(),
                None => FirstPeople {
                    found: self
                        .first_among(group, &candidates, settings, after, wanted as u32)
                        .await?,
                    candidates: Some(candidates),
                },
            };
        }
        Ok(firsts)
    }

    async fn first_among(
        self,
        group: &Group,
        candidates: &Candidates,
        settings: &AccessSettings,
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Vec<(Member, GroupAccess)>> {
        let index = self.directory.index(Kind::CustomerUser);
        let members = match candidates {
            Candidates::Nobody => return Ok(vec![]),
            Candidates::Everybody => index.walk(after, wanted).await,
            Candidates::Some { customers, logins } => {
                index.members(customers, logins, after, wanted).await
            }
        };
        let members = members.map_err(Error::internal)?;
        self.in_group(group, settings, members).await
    }

    /// Those of them who have anything in a group, and what.
    pub(crate) async fn in_group(
        self,
        group: &Group,
        settings: &AccessSettings,
        members: Vec<Member>,
    ) -> Result<Vec<(Member, GroupAccess)>> {
        let scope = GroupScope {
            group,
            settings,
            changing: &[],
        };
        let facts = self.many_facts_in(&members, &scope).await?;
        let access = |(member, person)| {
            let effective = effective_permissions(&person, std::slice::from_ref(group), settings);
            let access = effective.groups.into_iter().next()?;
            Some((member, access))
        };
        Ok(members.into_iter().zip(facts).filter_map(access).collect())
    }

    /// The first so many valid customers that have each of these permissions in a group for their own tickets; `few` is
    /// what is given as far as few have it. Of many that are far apart it finds only some.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn first_customers(
        self,
        group: &Group,
        permissions: &[String],
        settings: &AccessSettings,
        (density, few): (&GrantDensity, &[access::CustomerGrant]),
        wanted: u32,
    ) -> Result<Vec<FirstCustomers>> {
        let index = self.directory.index(Kind::Customer);
        let mut firsts = vec![FirstCustomers::default(); permissions.len()];
        if !group.valid {
            return Ok(firsts);
        }
        if settings.is_every_customers(group, Context::Same) {
            let all = FirstCustomers {
                found: index.walk(None, wanted).await.map_err(Error::internal)?,
                more: false,
            };
            return Ok(vec![all; permissions.len()]);
        }
        for (first, permission) in firsts.iter_mut().zip(permissions) {
            if density.have(permission) {
                let scan = self.scan_customers(group, Some(permission), None, wanted);
                (first.found, first.more) = match scan.await? {
                    Scan::Complete(found) => (found, false),
                    Scan::Partial(found) => (found, true),
                };
                continue;
            }
            let given = few.iter().filter(|given| {
                given.context == Context::Same && given.grant.permission.includes(permission)
            });
            let ids: Vec<String> = given.map(|given| given.customer.clone()).collect();
            if !ids.is_empty() {
                let found = index.members(&[], &ids, None, wanted).await;
                first.found = found.map_err(Error::internal)?;
            }
        }
        Ok(firsts)
    }

    /// The first so many valid customers after one to which something is given in a group, found by walking: a
    /// permission for their own tickets, or anything at all.
    ///
    /// # Errors
    /// `Invalid` for a customer that is not there; when the database does not answer.
    pub(crate) async fn scan_customers(
        self,
        group: &Group,
        permission: Option<&str>,
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Scan> {
        let index = self.directory.index(Kind::Customer);
        let size = scan_batch(wanted);
        let wanted = wanted as usize;
        let mut found = vec![];
        let mut place = after.map(str::to_owned);
        for batch in 1..=MAX_CUSTOMER_BATCHES {
            let members = index.walk(place.as_deref(), size).await;
            let members = members.map_err(Error::internal)?;
            let Some(last) = members.last() else {
                return Ok(Scan::Complete(found));
            };
            place = Some(last.key.clone());
            let ids: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
            let grants = access::customer_grants(self.directory.home(), &ids, Some(group.id))
                .await
                .map_err(Error::home)?;
            let counts = |given: &&access::CustomerGrant| {
                permission.is_none_or(|permission| {
                    given.context == Context::Same && given.grant.permission.includes(permission)
                })
            };
            let given = grants.iter().filter(counts);
            let given: BTreeSet<String> = given.map(|given| lower(&given.customer)).collect();
            found.extend(
                members
                    .into_iter()
                    .filter(|one| given.contains(&lower(&one.key))),
            );
            if found.len() >= wanted {
                found.truncate(wanted);
                return Ok(Scan::Complete(found));
            }
            // At this rate the batches left do not come by enough of them.
            if found.len() * MAX_CUSTOMER_BATCHES < wanted * batch {
                break;
            }
        }
        Ok(Scan::Partial(found))
    }

    /// What is given to customers in a group, as far as it includes one of these permissions.
    pub(crate) async fn grants_including(
        self,
        group: &Group,
        permissions: &[&str],
    ) -> Result<Vec<access::CustomerGrant>> {
        if permissions.is_empty() {
            return Ok(vec![]);
        }
        let home = self.directory.home();
        let grants = access::group_customer_grants(home, group.id, permissions).await;
        grants.map_err(Error::home)
    }

    /// What many customers have in a group, as far as these permissions are asked about.
    pub(crate) async fn grant_density(
        self,
        group: &Group,
        permissions: &[String],
        settings: &AccessSettings,
    ) -> Result<GrantDensity> {
        if settings.is_everybodys(group) || settings.is_every_customers(group, Context::Same) {
            return Ok(GrantDensity::Everything);
        }
        // One permission is soon counted far enough; for several, the rows are read once.
        let (asked, most) = match permissions {
            [one] => (Some(one.as_str()), MANY_CUSTOMERS + 1),
            _ => (None, COUNTED_ROWS),
        };
        let counts = access::given_to_customers(self.directory.home(), group.id, asked, most).await;
        Ok(GrantDensity::Given(counts.map_err(Error::home)?))
    }

    /// Whether many customers have anything in a group.
    pub(crate) async fn is_in_use_by_many(self, group: &Group) -> Result<bool> {
        let most = MANY_CUSTOMERS + 1;
        let counts = access::given_to_customers(self.directory.home(), group.id, None, most).await;
        Ok(GrantDensity::Given(counts.map_err(Error::home)?).have_any())
    }
}
