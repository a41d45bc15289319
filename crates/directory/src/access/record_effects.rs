//! Whose permissions grow or shrink when a record is saved, by the same engine as every other answer.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_model::access::{
    AccessSettings, Belonging, Context, Grant, Group, PersonFacts, effective_permissions,
};
use kartoteka_model::text::{lower, same_key};
use kartoteka_model::{Record, Validity};
use kartoteka_store::access;

use super::facts::is_valid;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::names::own_customer_ids;
use crate::open::Directory;
use crate::plan::{Effect, Plan};

/// So many people of each effect are named; how many they are is always exact.
const LISTED: usize = 20;

/// People worked out in one go.
const PORTION: u32 = 5000;

/// Pages of people who are looked at to name the first of them.
const MOST_PAGES: usize = 12;

impl Directory {
    /// What saving a person or customer does to permissions: when the person becomes valid or invalid or gets other
    /// customers, or the customer becomes valid or invalid. It looks at nobody but the person, or the people of the
    /// customer.
    pub(crate) async fn record_effects(
        &self,
        plan: &Plan,
        handle: &SourceHandle,
    ) -> Result<Vec<Effect>> {
        match plan.kind {
            _ if !plan.errors.is_empty() => Ok(vec![]),
            Kind::CustomerUser => self.person_effects(plan, handle).await,
            Kind::Customer => self.customer_effects(plan, handle).await,
            _ => Ok(vec![]),
        }
    }

    async fn person_effects(&self, plan: &Plan, handle: &SourceHandle) -> Result<Vec<Effect>> {
        let (Some(record), Some(people)) = (&plan.before, &handle.people) else {
            return Ok(vec![]);
        };
        let own = |record: &Record| own_customer_ids(people, record);
        let (named, will) = (own(record), own(&plan.after));
        let valid = is_valid(handle, &plan.after);
        if is_valid(handle, record) == valid && named == will {
            return Ok(vec![]);
        }
        let login = record.get(handle.spec.key_field());
        let before = self.person_facts(login).await?;
        let mut after = before.clone();
        after.valid = valid;
        if named != will {
            let primary = plan.after.get("UserCustomerID");
            let mut ids: Vec<(String, Belonging)> = will
                .into_iter()
                .map(|id| match same_key(&id, primary) {
                    true => (id, Belonging::Primary),
                    false => (id, Belonging::Mapped),
                })
                .collect();
            let further = access::further_customers(&self.inner.home, &[login.to_owned()]).await;
            for (row, id) in further.map_err(Error::home)? {
                let known = ids.iter().any(|(known, _)| same_key(known, &id));
                if same_key(&row, login) && !known {
                    ids.push((id, Belonging::Further));
                }
            }
            after.customers = self.customers_facts(ids).await?;
        }
        let settings = self.access_settings().await?;
        let groups = access::groups(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let mut tally = Tally::new(&groups, &settings);
        let customer = Some(lower(plan.after.get("UserCustomerID")));
        tally.compare(
            &plan.key,
            customer.filter(|id| !id.is_empty()),
            &before,
            &after,
        );
        Ok(tally.effects())
    }

    async fn customer_effects(&self, plan: &Plan, handle: &SourceHandle) -> Result<Vec<Effect>> {
        let had = plan.before.as_ref();
        let counted = had.is_some_and(|record| is_valid(handle, record));
        let counts = is_valid(handle, &plan.after);
        let settings = self.access_settings().await?;
        // Without permissions by group a customer gives nothing.
        if counted == counts || !settings.customer_group_support {
            return Ok(vec![]);
        }
        let id = had.map_or(plan.key.as_str(), |record| {
            record.get(handle.spec.key_field())
        });
        if id.is_empty() {
            return Ok(vec![]);
        }
        let home = &self.inner.home;
        let ids = [id.to_owned()];
        let (grants, groups, further) = futures::try_join!(
            access::customer_grants(home, &ids, None),
            access::groups(home),
            access::people_with_customers(home, &ids),
        )
        .map_err(Error::home)?;
        let grants: Vec<(Context, Grant)> = grants
            .into_iter()
            .filter(|given| same_key(&given.customer, id))
            .map(|given| (given.context, given.grant))
            .collect();
        let gives = |group: &Group| {
            let mut given = grants.iter();
            settings.is_company_always(&group.name)
                || given
                    .any(|(context, grant)| *context == Context::Same && grant.group == group.id)
        };
        let groups: Vec<Group> = groups
            .into_iter()
            .filter(|group| group.valid && gives(group))
            .collect();
        let only = match groups.as_slice() {
            [] => return Ok(vec![]),
            [one] => Some(one.id),
            _ => None,
        };
        let logins: Vec<String> = further
            .into_iter()
            .filter(|(_, customer)| same_key(customer, id))
            .map(|(login, _)| login)
            .collect();
        self.follow_both().await?;
        let index = &self.keeper(Kind::CustomerUser).index;
        let mut tally = Tally::new(&groups, &settings);
        let mut place: Option<String> = None;
        loop {
            let members = index.members(&ids, &logins, place.as_deref(), PORTION);
            let members = members.await.map_err(Error::internal)?;
            let Some(last) = members.last() else {
                return Ok(tally.effects());
            };
            place = Some(last.key.clone());
            let people = self.many_facts(&members, only).await?;
            for (member, person) in members.iter().zip(people) {
                let with = |counts: bool| {
                    let mut person = person.clone();
                    let own = person.customers.iter_mut();
                    for facts in own.filter(|facts| same_key(&facts.id, id)) {
                        (facts.known, facts.valid) = (counts, counts);
                        facts.grants.clone_from(&grants);
                    }
                    person
                };
                let customer = member.customers.first().cloned();
                tally.compare(&member.key, customer, &with(counted), &with(counts));
            }
        }
    }

    /// What saving a group does to permissions: when it becomes valid or invalid, or comes to be, or no longer is, one
    /// that everybody has, since those are known by their names. Counted, with the first people who gain or lose.
    pub(crate) async fn group_effects_of(&self, plan: &Plan) -> Result<Vec<Effect>> {
        if plan.kind != Kind::Group || !plan.errors.is_empty() {
            return Ok(vec![]);
        }
        let groups = access::groups(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let stored = plan.before.as_ref().and_then(|before| {
            let name = before.get("Name");
            groups.into_iter().find(|group| group.name == name)
        });
        let after = Group {
            // Nothing is given yet in a new one.
            id: stored.as_ref().map_or(0, |group| group.id),
            name: plan.after.get("Name").to_owned(),
            valid: Validity::parse(plan.after.get("ValidID")) == Some(Validity::Valid),
        };
        let before = stored.unwrap_or_else(|| Group {
            valid: false,
            ..after.clone()
        });
        let settings = self.access_settings().await?;
        let same = before.valid == after.valid
            && settings.is_always(&before.name) == settings.is_always(&after.name)
            && settings.is_company_always(&before.name) == settings.is_company_always(&after.name);
        if same {
            return Ok(vec![]);
        }
        self.follow_both().await?;
        let mut effects = vec![];
        for permission in &settings.permissions {
            let had = self.count_in_group(&before, permission, &settings).await?;
            let will = self.count_in_group(&after, permission, &settings).await?;
            if had == will {
                continue;
            }
            // Who has it in one state has it in the other, too: everybody, all of customers, or those to whom it is
            // given.
            let (more, fewer) = match will > had {
                true => (&after, &before),
                false => (&before, &after),
            };
            effects.push(Effect::ChangesPermission {
                group: after.name.clone(),
                permission: permission.clone(),
                gained: will > had,
                people: had.abs_diff(will),
                customers: None,
                logins: self.only_in(more, fewer, permission, &settings).await?,
            });
        }
        Ok(effects)
    }

    /// The first people who have a permission in one state of a group and not in another.
    async fn only_in(
        &self,
        group: &Group,
        other: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<Vec<String>> {
        let mut logins = vec![];
        let mut place: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let wanted = LISTED as u32 * 4;
            let found = self
                .holders_after(group, permission, settings, place.as_deref(), wanted)
                .await?;
            let Some((last, _)) = found.last() else { break };
            place = Some(last.key.clone());
            let ended = found.len() < wanted as usize;
            let people: Vec<_> = found.into_iter().map(|(member, _)| member).collect();
            let both = self.in_group(other, settings, people.clone()).await?;
            let both = both
                .into_iter()
                .filter(|(_, access)| access.holds(permission));
            let both: BTreeSet<String> = both.map(|(member, _)| member.key).collect();
            let keys = people.into_iter().map(|member| member.key);
            logins.extend(keys.filter(|key| !both.contains(key)));
            if ended || logins.len() >= LISTED {
                break;
            }
        }
        logins.truncate(LISTED);
        Ok(logins)
    }
}

/// Group, permission, and whether it is gained.
type Difference = (String, String, bool);

/// Who gains and who loses what, counted; only the first are named.
struct Tally<'a> {
    groups: &'a [Group],
    settings: &'a AccessSettings,
    found: BTreeMap<Difference, Concerned>,
}

#[derive(Default)]
struct Concerned {
    people: u64,
    customers: BTreeSet<String>,
    logins: Vec<String>,
}

impl<'a> Tally<'a> {
    fn new(groups: &'a [Group], settings: &'a AccessSettings) -> Self {
        Self {
            groups,
            settings,
            found: BTreeMap::new(),
        }
    }

    fn compare(
        &mut self,
        login: &str,
        customer: Option<String>,
        before: &PersonFacts,
        after: &PersonFacts,
    ) {
        let held = |facts: &PersonFacts| effective_permissions(facts, self.groups, self.settings);
        let (before, after) = (held(before), held(after));
        for group in self.groups {
            for permission in &self.settings.permissions {
                let had = before.holds(group.id, permission);
                let has = after.holds(group.id, permission);
                if had == has {
                    continue;
                }
                let key = (group.name.clone(), permission.clone(), has);
                let concerned = self.found.entry(key).or_default();
                concerned.people += 1;
                concerned.customers.extend(customer.clone());
                if concerned.logins.len() < LISTED {
                    concerned.logins.push(login.to_owned());
                }
            }
        }
    }

    fn effects(self) -> Vec<Effect> {
        let effect = |((group, permission, gained), concerned): (Difference, Concerned)| {
            Effect::ChangesPermission {
                group,
                permission,
                gained,
                people: concerned.people,
                customers: Some(concerned.customers.len() as u64),
                logins: concerned.logins,
            }
        };
        self.found.into_iter().map(effect).collect()
    }
}
