//! Whose permissions grow or shrink when a customer is saved.

use std::collections::BTreeSet;

use kartoteka_directory::inside::{Confirming, SourceHandle, is_valid};
use kartoteka_directory::{Effect, Error, Kind, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{Belonging, Context, CustomerFacts, Grant, Group, PersonFacts};
use kartoteka_model::text::{lower, same_key};
use kartoteka_records::RecordPlan;
use kartoteka_store::access;

use crate::Access;
use crate::plan::tally::Tally;

/// People worked out in one go.
const PORTION: u32 = 5000;

/// A customer before and after it is saved; none while there is no such customer.
struct Saved {
    before: Option<CustomerFacts>,
    after: CustomerFacts,
    /// It has another ID.
    renamed: bool,
    /// Logins, in lower case, that have it as a further customer; such rows follow a new ID.
    further: BTreeSet<String>,
}

impl Access<'_> {
    /// What saving a customer does to permissions. It looks at nobody but the customer's people: whether a renamed one
    /// takes them along depends on where they come from.
    pub(crate) async fn customer_effects(
        self,
        plan: &RecordPlan,
        handle: &SourceHandle,
    ) -> Result<Vec<Effect>> {
        let had = plan.before.as_ref();
        let counted = had.is_some_and(|record| is_valid(handle, record));
        let counts = is_valid(handle, &plan.after);
        let before = had.map(|record| record.get(handle.spec.key_field()));
        let renamed = before.is_some_and(|id| !same_key(id, &plan.key));
        let settings = self.grants().access_settings().await?;
        // Without permissions by group a customer gives nothing.
        if counted == counts && !renamed || !settings.customer_group_support {
            return Ok(vec![]);
        }
        let mut ids = vec![plan.key.clone()];
        ids.extend(before.filter(|_| renamed).map(str::to_owned));
        let home = self.directory.home();
        let (grants, groups, further) = futures::try_join!(
            access::customer_grants(home, &ids, None),
            access::groups(home, self.directory.collation()),
            access::people_with_customers(home, &ids),
        )
        .map_err(Error::home)?;
        let of = |id: &str| -> Vec<(Context, Grant)> {
            let own = grants.iter().filter(|given| same_key(&given.customer, id));
            own.map(|given| (given.context, given.grant.clone()))
                .collect()
        };
        let facts = |id: &str, valid: bool, grants: Vec<(Context, Grant)>| CustomerFacts {
            id: id.to_owned(),
            belonging: Belonging::Primary,
            known: true,
            valid,
            grants,
        };
        let own = |id: &str| ids.iter().any(|one| same_key(one, id));
        let saved = Saved {
            before: before.map(|id| facts(id, counted, of(id))),
            // What is given under the new ID already meets what is carried there.
            after: facts(
                &plan.key,
                counts,
                ids.iter().flat_map(|id| of(id)).collect(),
            ),
            renamed,
            further: further
                .into_iter()
                .filter(|(_, customer)| own(customer))
                .map(|(login, _)| lower(&login))
                .collect(),
        };
        let gives = |group: &Group| {
            let mut given = saved.after.grants.iter();
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
        self.directory.sync_indexes().await?;
        let index = self.directory.index(Kind::CustomerUser);
        let logins: Vec<String> = saved.further.iter().cloned().collect();
        let mut tally = Tally::new(&groups, &settings);
        let mut place: Option<String> = None;
        loop {
            let mut confirming = Confirming::default();
            let (mut members, gone) = loop {
                let members = index.members(&ids, &logins, place.as_deref(), PORTION);
                let members = members.await.map_err(Error::internal)?;
                let keys: Vec<String> = members.iter().map(|one| one.key.clone()).collect();
                if let Some(gone) = confirming
                    .gone(&self.directory, Kind::CustomerUser, &keys)
                    .await?
                {
                    break (members, gone);
                }
            };
            let Some(last) = members.last() else {
                return Ok(tally.effects());
            };
            place = Some(last.key.clone());
            members.retain(|member| !gone.has(&member.key));
            let left = self.left_behind(&saved, &members).await?;
            let people = self.grants().many_facts(&members, only).await?;
            for (member, person) in members.iter().zip(people) {
                let customer = member.customers.first().cloned();
                let follows = !left.contains(&member.key);
                let (before, after) = saved.states(person, follows);
                tally.compare(&member.key, customer, &before, &after);
            }
        }
    }

    /// Those whose own records name the customer and can't be written: they keep the ID that it had.
    async fn left_behind(self, saved: &Saved, members: &[Member]) -> Result<BTreeSet<String>> {
        let handles = self.directory.handles(Kind::CustomerUser);
        let reads_only = |source: usize| {
            let handle = handles.get(source);
            handle.is_some_and(|handle| handle.spec.read_only)
        };
        if !saved.renamed || !handles.iter().any(|handle| handle.spec.read_only) {
            return Ok(BTreeSet::new());
        }
        let keys: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
        let hits = self
            .directory
            .index(Kind::CustomerUser)
            .records(&keys)
            .await;
        let hits = hits.map_err(Error::internal)?.into_iter();
        let left = hits.filter(|hit| reads_only(hit.source));
        Ok(left.map(|hit| hit.key).collect())
    }
}

impl Saved {
    /// A person before and after. `follows` says whether the record takes over a new ID where it names the customer as
    /// the primary one; where it names several, nothing is written.
    fn states(&self, person: PersonFacts, follows: bool) -> (PersonFacts, PersonFacts) {
        let was = |facts: &CustomerFacts| {
            let before = self.before.as_ref();
            before.is_some_and(|before| same_key(&before.id, &facts.id))
        };
        let is = |facts: &CustomerFacts| same_key(&self.after.id, &facts.id);
        let had = person.customers.iter().any(was);
        let stays = |facts: &CustomerFacts| {
            let carried = follows && facts.belonging == Belonging::Primary;
            is(facts) || was(facts) && (!self.renamed || carried)
        };
        let has =
            person.customers.iter().any(stays) || self.further.contains(&lower(&person.login));
        let mut others = person;
        others.customers.retain(|facts| !was(facts) && !is(facts));
        let mut after = others.clone();
        after.customers.extend(has.then(|| self.after.clone()));
        let mut before = others;
        before.customers.extend(self.before.clone().filter(|_| had));
        (before, after)
    }
}
