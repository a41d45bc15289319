use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const PERMISSIONS: [&str; 4] = ["ro", "create", "note", "rw"];
const GROUPS: [&str; 4] = ["users", "support", "sales", "vip"];
const CUSTOMERS: [&str; 3] = ["ACME", "CHILD", "Łódź"];

fn grant() -> impl Strategy<Value = Grant> {
    (1_i64..=4, prop::sample::select(&PERMISSIONS[..])).prop_map(|(group, permission)| Grant {
        group,
        permission: Permission::new(permission),
    })
}

fn context() -> impl Strategy<Value = Context> {
    prop_oneof![Just(Context::Same), Just(Context::Other)]
}

fn customer() -> impl Strategy<Value = CustomerFacts> {
    let grants = prop::collection::vec((context(), grant()), 0..4);
    (
        prop::sample::select(&CUSTOMERS[..]),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.8),
        grants,
    )
        .prop_map(|(id, known, valid, grants)| CustomerFacts {
            id: id.into(),
            belonging: Belonging::Further,
            known,
            valid,
            grants,
        })
}

fn person() -> impl Strategy<Value = PersonFacts> {
    (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.8),
        prop::collection::vec(grant(), 0..4),
        prop::collection::vec(customer(), 0..3),
    )
        .prop_map(|(known, valid, direct, mut customers)| {
            let mut seen = BTreeSet::new();
            customers.retain(|one| seen.insert(one.id.clone()));
            PersonFacts {
                login: "anna".into(),
                known,
                valid,
                direct,
                customers,
            }
        })
}

fn groups() -> impl Strategy<Value = Vec<Group>> {
    prop::collection::vec(prop::bool::weighted(0.8), 4).prop_map(|valid| {
        let named = GROUPS.iter().zip(valid).enumerate();
        named
            .map(|(at, (name, valid))| Group {
                id: at as i64 + 1,
                name: (*name).into(),
                valid,
            })
            .collect()
    })
}

fn settings() -> impl Strategy<Value = AccessSettings> {
    let names = || prop::sample::subsequence(GROUPS.map(str::to_owned).to_vec(), 0..=2);
    (
        prop::bool::weighted(0.85),
        names(),
        names(),
        any::<bool>(),
        prop::bool::weighted(0.2),
    )
        .prop_map(
            |(support, always, company, other, disable)| AccessSettings {
                customer_group_support: support,
                always_groups: always,
                company_always_groups: company,
                other_customers: other,
                permissions: PERMISSIONS.map(str::to_owned).to_vec(),
                disable_company_tickets: disable,
            },
        )
}

/// The rules D06 and D13 said once more, as one question with yes or no.
fn reference(
    person: &PersonFacts,
    group: &Group,
    permission: &str,
    settings: &AccessSettings,
) -> bool {
    let enough = |grant: &Grant| {
        grant.group == group.id && [permission, "rw"].contains(&grant.permission.name())
    };
    let takes_part = person.known && person.valid && group.valid;
    if !takes_part || !settings.customer_group_support {
        return takes_part;
    }
    let customers: Vec<_> = person
        .customers
        .iter()
        .filter(|one| one.known && one.valid)
        .collect();
    let via = customers.iter().any(|one| {
        one.grants
            .iter()
            .any(|(context, grant)| *context == Context::Same && enough(grant))
    });
    let company_always = settings.company_always_groups.contains(&group.name);
    person.direct.iter().any(enough)
        || via
        || settings.always_groups.contains(&group.name)
        || (company_always && !customers.is_empty())
}

proptest! {
    #[test]
    fn the_engine_is_what_the_rules_say(person in person(), groups in groups(), settings in settings()) {
        let effective = effective_permissions(&person, &groups, &settings);
        for group in &groups {
            for permission in PERMISSIONS.into_iter().chain(["update"]) {
                let expected = reference(&person, group, permission, &settings);
                prop_assert_eq!(effective.holds(group.id, permission), expected, "{} {}", group.name, permission);
                let reasons = effective.group(group.id).map_or(0, |access| access.reasons(permission).count());
                prop_assert_eq!(reasons > 0, expected, "a reason for each permission, and none without");
            }
        }
    }

    #[test]
    fn more_given_is_never_less_held(person in person(), more in grant(), groups in groups(), settings in settings()) {
        let mut richer = person.clone();
        richer.direct.push(more);
        let (less, more) = (effective_permissions(&person, &groups, &settings), effective_permissions(&richer, &groups, &settings));
        for group in &groups {
            for permission in PERMISSIONS {
                prop_assert!(!less.holds(group.id, permission) || more.holds(group.id, permission));
            }
        }
    }

    #[test]
    fn a_remedy_gives_what_was_lacking_and_none_is_longer_than_needed(
        person in person(), groups in groups(), settings in settings(),
    ) {
        for group in &groups {
            let (obstacles, ways) = explain(&person, group, "create", &settings);
            let held = reference(&person, group, "create", &settings);
            prop_assert_eq!(held, obstacles.is_empty(), "{:?}", obstacles);
            prop_assert_eq!(held || !person.known, ways.is_empty());
            for way in &ways {
                let after = |skipped: Option<&Remedy>| {
                    let mut world = (person.clone(), group.clone(), settings.clone());
                    for remedy in way.iter().filter(|remedy| Some(*remedy) != skipped) {
                        apply(remedy, &mut world);
                    }
                    reference(&world.0, &world.1, "create", &world.2)
                };
                prop_assert!(after(None), "{:?}", way);
                for remedy in way {
                    prop_assert!(!after(Some(remedy)), "{:?} is not needed in {:?}", remedy, way);
                }
            }
        }
    }

    #[test]
    fn tickets_follow_one_rule(person in person(), groups in groups(), settings in settings(), owner in any::<bool>()) {
        for customer in CUSTOMERS.into_iter().chain(["", "NOBODY"]) {
            for group in &groups {
                let ticket = TicketFacts { customer_id: customer, login: if owner { "ANNA" } else { "jan" }, group: group.id };
                let has = ticket_access(&person, ticket, "ro", &groups, &settings);
                let counts = person.known && person.valid && group.valid;
                let company = !settings.disable_company_tickets && !customer.is_empty();
                let of_customer = person.customers.iter().any(|one| one.id == customer && one.known && one.valid);
                let ordinary = (owner || company && of_customer) && reference(&person, group, "ro", &settings);
                let other = company && settings.customer_group_support && settings.other_customers
                    && person.customers.iter().any(|one| one.known && one.valid && one.grants.iter().any(|(context, grant)| {
                        *context == Context::Other && grant.group == group.id && ["ro", "rw"].contains(&grant.permission.name())
                    }));
                prop_assert_eq!(has, counts && (ordinary || other));
            }
        }
    }

    #[test]
    fn settling_keeps_rw_alone_and_never_revives(
        stored in prop::collection::btree_set(prop::sample::select(&PERMISSIONS[..]), 0..4),
        wanted in prop::collection::btree_map(prop::sample::select(&PERMISSIONS[..]), any::<bool>(), 0..4),
    ) {
        let stored: BTreeSet<Permission> = stored.into_iter().map(Permission::new).collect();
        let wanted: BTreeMap<Permission, bool> = wanted.into_iter().map(|(name, given)| (Permission::new(name), given)).collect();
        let had_rw = stored.contains("rw");
        match minimise_grants(&stored, &wanted) {
            MinimisedGrants::TakeRwFirst(permission) => {
                prop_assert!(had_rw && !wanted.contains_key("rw") && wanted.get(&permission) == Some(&false));
            }
            MinimisedGrants::Stored(after) => {
                prop_assert!(!after.contains("rw") || after.len() == 1 || (after == stored && wanted.is_empty()));
                for (permission, given) in &wanted {
                    let holds = after.iter().any(|held| held.includes(permission.name()));
                    prop_assert!(*given == holds || (!given && after.contains("rw")), "{} {:?}", permission, after);
                }
                for permission in &after {
                    prop_assert!(stored.contains(permission) || wanted.get(permission) == Some(&true) || had_rw);
                }
            }
        }
    }
}

fn apply(remedy: &Remedy, world: &mut (PersonFacts, Group, AccessSettings)) {
    let grant = Grant {
        group: world.1.id,
        permission: Permission::new("create"),
    };
    let (person, group, settings) = world;
    match remedy {
        Remedy::ValidatePerson => person.valid = true,
        Remedy::ValidateGroup => group.valid = true,
        Remedy::GivePerson => person.direct.push(grant),
        Remedy::AlwaysGroup => settings.always_groups.push(group.name.clone()),
        Remedy::ValidateCustomer { customer } => {
            let found = person.customers.iter_mut().find(|one| one.id == *customer);
            found.expect("a customer of the person").valid = true;
        }
        Remedy::GiveCustomer { customer } => {
            let found = person.customers.iter_mut().find(|one| one.id == *customer);
            let grants = &mut found.expect("a customer of the person").grants;
            grants.push((Context::Same, grant));
        }
    }
}

#[test]
fn defaults_apply_until_there_is_one_of_ones_own() {
    assert_eq!(
        applied_services(vec![], vec!["a", "b"]).source,
        ServiceSource::Default
    );
    assert_eq!(applied_services(vec!["c"], vec!["a"]).services, ["c"]);
}
