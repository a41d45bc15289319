//! Counting who gains and who loses what.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::Effect;
use kartoteka_model::access::{
    AccessSettings, Effective, Group, PersonFacts, effective_permissions,
};

/// So many people of each effect are named; how many they are is always exact.
pub(crate) const LISTED: usize = 20;

/// Group, permission, and whether it is gained.
pub(crate) type Difference = (String, String, bool);

/// What is gained and lost in these groups, from what was held to what is.
pub(crate) fn differences(
    groups: &[Group],
    settings: &AccessSettings,
    before: &Effective,
    after: &Effective,
) -> impl Iterator<Item = Difference> {
    let pairs = groups.iter().flat_map(|group| {
        let permissions = settings.permissions.iter();
        permissions.map(move |permission| (group, permission))
    });
    pairs.filter_map(|(group, permission)| {
        let had = before.holds(group.id, permission);
        let has = after.holds(group.id, permission);
        (had != has).then(|| (group.name.clone(), permission.clone(), has))
    })
}

/// Who gains and who loses what, counted; only the first are named.
pub(crate) struct Tally<'a> {
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
    pub fn new(groups: &'a [Group], settings: &'a AccessSettings) -> Self {
        Self {
            groups,
            settings,
            found: BTreeMap::new(),
        }
    }

    pub fn compare(
        &mut self,
        login: &str,
        customer: Option<String>,
        before: &PersonFacts,
        after: &PersonFacts,
    ) {
        let held = |facts: &PersonFacts| effective_permissions(facts, self.groups, self.settings);
        let (before, after) = (held(before), held(after));
        for difference in differences(self.groups, self.settings, &before, &after) {
            let concerned = self.found.entry(difference).or_default();
            concerned.people += 1;
            concerned.customers.extend(customer.clone());
            if concerned.logins.len() < LISTED {
                concerned.logins.push(login.to_owned());
            }
        }
    }

    pub fn effects(self) -> Vec<Effect> {
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
