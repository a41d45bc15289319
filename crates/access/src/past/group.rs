//! Who had a permission in a group at a moment, as sets that answer for each person without looking at the others.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Kind, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{
    AccessSettings, Context, CustomerFacts, Grant, Group, GroupAccess, effective_permissions,
};
use kartoteka_model::text::lower;
use kartoteka_store::access;

use crate::Access;
use crate::past::changes::Since;
use crate::past::people::{is_given, lay};

/// People looked at in one go.
pub(crate) const PORTION: usize = 5000;

/// A group at a moment, with all that access to it depended on.
pub(crate) struct GroupThen {
    /// The name that the group has now.
    pub name: String,
    pub id: i64,
    /// As it was; none while it was not there yet.
    pub group: Option<Group>,
    pub settings: AccessSettings,
    pub since: Since,
}

/// Who had the permission.
pub(crate) struct HoldersThen {
    /// Everybody valid had it: an always-group, or permissions by group were off.
    pub everybody: bool,
    /// Valid people of these customers, and these logins; keys of now in lower case.
    pub customers: BTreeSet<String>,
    pub logins: BTreeSet<String>,
    /// People whose records were otherwise, and whether they had it.
    pub changed: BTreeMap<String, bool>,
    /// Customers by IDs that some records still have.
    earlier: BTreeMap<String, String>,
}

impl HoldersThen {
    /// Whether somebody had it.
    pub fn has(&self, member: &Member) -> bool {
        match self.changed.get(&lower(&member.key)) {
            Some(had) => *had,
            None => self.would(member),
        }
    }

    /// Whether somebody had it, if their record was as it is now.
    pub fn would(&self, member: &Member) -> bool {
        let of_customer = |id: &String| {
            let id = self.earlier.get(id).unwrap_or(id);
            self.customers.contains(id)
        };
        member.valid
            && (self.everybody
                || self.logins.contains(&lower(&member.key))
                || member.customers.iter().any(of_customer))
    }

    /// The customers as records may name them.
    pub fn spelled(&self) -> Vec<String> {
        let earlier = self.earlier.iter();
        let earlier = earlier.filter(|(_, now)| self.customers.contains(*now));
        let mut all: Vec<String> = self.customers.iter().cloned().collect();
        all.extend(earlier.map(|(id, _)| id.clone()));
        all
    }
}

impl Access<'_> {
    /// A group at a moment, by the name that it has now, or else one that it had.
    pub(crate) async fn group_then(self, name: &str, at: i64) -> Result<GroupThen> {
        let position = self.position_then(at).await?;
        let group = match self.grants().group_named(name).await {
            Err(Error::Unknown { what, key }) => {
                let present = self
                    .directory
                    .present_key(Kind::Group, name, position)
                    .await?;
                if present == name {
                    return Err(Error::Unknown { what, key });
                }
                self.grants().group_named(&present).await?
            }
            found => found?,
        };
        self.directory.sync_indexes().await?;
        let (groups, settings, since) = futures::try_join!(
            self.groups_at(position),
            self.access_settings_at(position),
            self.since(group.id, position),
        )?;
        Ok(GroupThen {
            name: group.name,
            id: group.id,
            group: groups.into_iter().find(|one| one.id == group.id),
            settings,
            since,
        })
    }

    /// The valid customers that had a permission in a context, by the keys of now in lower case.
    pub(crate) async fn customers_with(
        self,
        then: &GroupThen,
        permission: &str,
        context: Context,
    ) -> Result<BTreeSet<String>> {
        let Some(group) = then.group.as_ref().filter(|group| group.valid) else {
            return Ok(BTreeSet::new());
        };
        let index = self.directory.index(Kind::Customer);
        if then.settings.is_every_customers(group, context) {
            let valid = index.valid_keys().await.map_err(Error::internal)?;
            let mut customers: BTreeSet<String> = valid.iter().map(|key| lower(key)).collect();
            for (key, was) in &then.since.customers {
                if was.created || was.valid_then == Some(false) {
                    customers.remove(key);
                } else if was.valid_then == Some(true) {
                    customers.insert(key.clone());
                }
            }
            return Ok(customers);
        }
        let given = access::group_customer_grants(self.directory.home(), group.id, &[])
            .await
            .map_err(Error::home)?;
        let named = given.iter().map(|given| lower(&given.customer));
        let named = named.chain(then.since.customers.keys().cloned());
        let customers = self
            .customers_then(named.collect(), group.id, &then.since)
            .await?;
        let had = |(key, facts): (String, CustomerFacts)| {
            (facts.counts() && is_given(&facts, context, permission)).then_some(key)
        };
        Ok(customers.into_iter().filter_map(had).collect())
    }

    /// Everybody who had a permission.
    pub(crate) async fn holders_then(
        self,
        then: &GroupThen,
        permission: &str,
    ) -> Result<HoldersThen> {
        let mut holders = HoldersThen {
            everybody: false,
            customers: BTreeSet::new(),
            logins: BTreeSet::new(),
            changed: BTreeMap::new(),
            earlier: BTreeMap::new(),
        };
        if let Some(group) = then.group.as_ref().filter(|group| group.valid) {
            let settings = &then.settings;
            holders.everybody = settings.is_everybodys(group);
            if !holders.everybody {
                holders.customers = self.customers_with(then, permission, Context::Same).await?;
                holders.logins = self
                    .logins_with(then, permission, &holders.customers)
                    .await?;
                let earlier = &then.since.renamed_customers;
                let ids: BTreeSet<String> = earlier.keys().cloned().collect();
                let known = self.known_customers(&ids).await?;
                holders.earlier = earlier.clone();
                holders.earlier.retain(|id, _| !known.contains(id));
            }
        }
        let changed = then.since.people.iter();
        let changed: Vec<String> = changed
            .filter(|(_, person)| person.is_other_record())
            .map(|(key, _)| key.clone())
            .collect();
        let index = self.directory.index(Kind::CustomerUser);
        for portion in changed.chunks(PORTION) {
            let members = index.with_keys(portion).await.map_err(Error::internal)?;
            let held = self.had(then, permission, &members).await?;
            for (member, access) in members.iter().zip(held) {
                holders.changed.insert(lower(&member.key), access.is_some());
            }
        }
        Ok(holders)
    }

    /// Logins to which the permission was given directly, or that had one of these as a further customer.
    async fn logins_with(
        self,
        then: &GroupThen,
        permission: &str,
        customers: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>> {
        let home = self.directory.home();
        let asked: Vec<String> = customers.iter().cloned().collect();
        let stored = self.directory.index(Kind::Customer).with_keys(&asked).await;
        // As stored: rows are looked up by their spelling.
        let stored: Vec<String> = stored
            .map_err(Error::internal)?
            .into_iter()
            .map(|member| member.key)
            .collect();
        let (direct, further) = futures::try_join!(
            access::group_people_grants(home, then.id),
            access::people_with_customers(home, &stored),
        )
        .map_err(Error::home)?;
        let mut direct_of: BTreeMap<String, BTreeSet<Grant>> = BTreeMap::new();
        for given in direct {
            let grants = direct_of.entry(lower(&given.login)).or_default();
            grants.insert(given.grant);
        }
        let mut further: BTreeSet<(String, String)> = further
            .into_iter()
            .map(|(login, customer)| (lower(&login), lower(&customer)))
            .collect();
        for (login, was) in &then.since.people {
            lay(
                direct_of.entry(login.clone()).or_default(),
                was.direct.iter(),
            );
            for (customer, had) in &was.further {
                let pair = (login.clone(), customer.clone());
                match had {
                    true => further.insert(pair),
                    false => further.remove(&pair),
                };
            }
        }
        let direct = direct_of.into_iter().filter(|(_, grants)| {
            let mut grants = grants.iter();
            grants.any(|grant| grant.permission.includes(permission))
        });
        let further = further
            .into_iter()
            .filter(|(_, customer)| customers.contains(customer));
        Ok(direct
            .map(|(login, _)| login)
            .chain(further.map(|(login, _)| login))
            .collect())
    }

    /// What each of these people had in the group, if it included the permission.
    pub(crate) async fn had(
        self,
        then: &GroupThen,
        permission: &str,
        members: &[Member],
    ) -> Result<Vec<Option<GroupAccess>>> {
        let Some(group) = &then.group else {
            return Ok(members.iter().map(|_| None).collect());
        };
        let people = self.people_then(members, then.id, &then.since).await?;
        let groups = std::slice::from_ref(group);
        let had = people.iter().map(|person| {
            let effective = effective_permissions(person, groups, &then.settings);
            let access = effective.groups.into_iter().next();
            access.filter(|access| access.holds(permission))
        });
        Ok(had.collect())
    }
}
