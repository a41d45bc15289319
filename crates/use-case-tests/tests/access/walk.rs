//! Random walks: relations, renames, validities and settings change, and everything said stays true.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_access::{Access, SettingsWanted, UndoPlan, Wanted};
use kartoteka_directory::{Effect, Error, Fields, Kind};
use kartoteka_model::access::Context;
use kartoteka_records::Records;
use kartoteka_testbed::Engine;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;

use super::world::{PERMISSIONS, Picture, Present, World};
use crate::fields_of;

const STEPS: usize = 30;

/// So many of them have to change something, and so many to be taken back again on the walks of an engine.
const FEWEST_STEPS: usize = 20;
const FEWEST_UNDONE: usize = 30;

/// The latest entry of the journal.
async fn head(world: &World) -> i64 {
    let filter = kartoteka_directory::JournalFilter {
        limit: 1,
        ..Default::default()
    };
    let entries = world.directory.journal(&World::actor(), &filter).await;
    entries.unwrap().first().map_or(0, |entry| entry.id)
}

struct Names {
    people: Vec<String>,
    customers: Vec<String>,
    groups: Vec<String>,
}

impl Names {
    async fn of(world: &World) -> Self {
        let customers = world
            .db
            .fetch("SELECT customer_id FROM customer_company", &[])
            .await
            .unwrap();
        let groups = Access::of(&world.directory)
            .all_groups(&World::actor())
            .await
            .unwrap();
        Self {
            people: world.logins().await,
            customers: customers.iter().map(|row| row.text(0).to_owned()).collect(),
            groups: groups
                .into_iter()
                .map(|group| group.name)
                .filter(|name| !["admin", "users", "stats"].contains(&name.as_str()))
                .collect(),
        }
    }
}

fn wanted(names: &Names, rng: &mut StdRng) -> Vec<Wanted> {
    let count = rng.random_range(1..5);
    (0..count)
        .map(|_| {
            let login = names.people.choose(rng).unwrap().clone();
            let customer = names.customers.choose(rng).unwrap().clone();
            let group = names.groups.choose(rng).unwrap().clone();
            let permission = (*PERMISSIONS.choose(rng).unwrap()).to_owned();
            let given = rng.random_bool(0.7);
            match rng.random_range(0..4) {
                0 => Wanted::Customer {
                    login,
                    customer,
                    given,
                },
                1 => Wanted::PersonGroup {
                    login,
                    group,
                    permission,
                    given,
                },
                2 => Wanted::CustomerGroup {
                    customer,
                    group,
                    permission,
                    context: *Context::ALL.choose(rng).unwrap(),
                    given,
                },
                _ => Wanted::Service {
                    login,
                    service: (*["Mail", "Network"].choose(rng).unwrap()).to_owned(),
                    given,
                },
            }
        })
        .collect()
}

/// What changed between two pictures: group, permission, gained, login.
fn difference(before: &Picture, after: &Picture) -> BTreeSet<(String, String, bool, String)> {
    let mut found = BTreeSet::new();
    for (login, held) in after {
        let had = &before[login];
        for (group, permission) in held.symmetric_difference(had) {
            let gained = held.contains(&(group.clone(), permission.clone()));
            found.insert((group.clone(), permission.clone(), gained, login.clone()));
        }
    }
    found
}

/// Gives and takes, and holds the plan to what it listed.
async fn relate(world: &World, names: &Names, rng: &mut StdRng) {
    let before = world.picture().await;
    let plan = Access::of(&world.directory)
        .plan_relations_of_anybody(&World::actor(), wanted(names, rng))
        .await
        .unwrap();
    if !plan.errors.is_empty() {
        let refused = Access::of(&world.directory).apply_relations(plan).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        assert_eq!(world.picture().await, before, "nothing is half-saved");
        return;
    }
    let listed: BTreeSet<_> = plan
        .effects
        .permissions
        .iter()
        .flat_map(|effect| {
            effect.people.iter().map(|login| {
                (
                    effect.group.clone(),
                    effect.permission.clone(),
                    effect.gained,
                    login.clone(),
                )
            })
        })
        .collect();
    Access::of(&world.directory)
        .apply_relations(plan)
        .await
        .unwrap();
    assert_eq!(difference(&before, &world.picture().await), listed);
}

/// Saves a record, and holds the plan to what it listed.
async fn save(world: &World, kind: Kind, key: &str, fields: Fields) {
    let mut before = world.picture().await;
    let plan = Records::of(&world.directory)
        .plan_update(&World::actor(), kind, key, fields, None)
        .await
        .unwrap();
    if !plan.errors.is_empty() {
        let refused = Records::of(&world.directory).apply(plan).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        assert_eq!(world.picture().await, before, "nothing is half-saved");
        return;
    }
    let plan = Access::of(&world.directory).preview(plan).await.unwrap();
    let new_key = plan.key.clone();
    let mut listed = BTreeSet::new();
    for effect in &plan.effects {
        if let Effect::ChangesPermission {
            group,
            permission,
            gained,
            people,
            logins,
            ..
        } = effect
        {
            assert_eq!(*people, logins.len() as u64, "{effect:?}");
            let one = |login: &String| (group.clone(), permission.clone(), *gained, login.clone());
            listed.extend(logins.iter().map(one));
        }
    }
    Records::of(&world.directory).apply(plan).await.unwrap();
    // Under their new names.
    if kind == Kind::CustomerUser
        && let Some(held) = before.remove(key)
    {
        before.insert(new_key, held);
    } else if kind == Kind::Group {
        for held in before.values_mut() {
            let named = |(group, permission): &(String, String)| match group == key {
                true => (new_key.clone(), permission.clone()),
                false => (group.clone(), permission.clone()),
            };
            *held = held.iter().map(named).collect();
        }
    }
    let after = world.picture().await;
    assert_eq!(difference(&before, &after), listed, "{} {key}", kind.name());
}

async fn step(world: &World, rng: &mut StdRng, number: usize) {
    let names = Names::of(world).await;
    let person = names.people.choose(rng).unwrap();
    let customer = names.customers.choose(rng).unwrap();
    let group = names.groups.choose(rng).unwrap();
    let validity = if rng.random_bool(0.6) { "1" } else { "2" };
    match rng.random_range(0..14) {
        12 => {
            let login = format!("New-{number}");
            let email = format!("new{number}@acme-lab.org");
            let fields = [
                ("UserLogin", login.as_str()),
                ("UserFirstname", "A"),
                ("UserLastname", login.as_str()),
                ("UserEmail", email.as_str()),
                ("UserCustomerID", "CHILD"),
            ];
            let customers = &names.customers;
            // It may have another ID by now.
            if customers.iter().any(|id| id == "CHILD") && world.is_valid("CHILD").await {
                world.create(Kind::CustomerUser, &fields).await;
            }
        }
        13 => {
            let id = format!("new-{number}");
            let fields = [
                ("CustomerID", id.as_str()),
                ("CustomerCompanyName", id.as_str()),
            ];
            world.create(Kind::Customer, &fields).await;
        }
        0 => {
            let fields = fields_of(&[("ValidID", validity)]);
            save(world, Kind::CustomerUser, person, fields).await;
        }
        1 => {
            let fields = fields_of(&[("ValidID", validity)]);
            save(world, Kind::Customer, customer, fields).await;
        }
        2 => {
            let fields = fields_of(&[("UserCustomerID", customer)]);
            save(world, Kind::CustomerUser, person, fields).await;
        }
        3 => {
            let login = format!("Person-{number}");
            let fields = fields_of(&[("UserLogin", &login)]);
            save(world, Kind::CustomerUser, person, fields).await;
        }
        4 => {
            let id = format!("Customer-{number}");
            let fields = fields_of(&[("CustomerID", &id)]);
            save(world, Kind::Customer, customer, fields).await;
        }
        5 => {
            let name = format!("group {number}");
            let fields = fields_of(&[("Name", &name), ("ValidID", validity)]);
            save(world, Kind::Group, group, fields).await;
        }
        6 => {
            let lists = [json!([]), json!([group]), json!(["users"])];
            let keys = ["always_groups", "company_always_groups"];
            let mut wanted = SettingsWanted::new();
            wanted.insert(
                (*keys.choose(rng).unwrap()).to_owned(),
                lists.choose(rng).unwrap().clone(),
            );
            wanted.insert("customer_group_support".into(), json!(rng.random_bool(0.9)));
            let plan = Access::of(&world.directory)
                .plan_access_settings(&World::actor(), wanted)
                .await
                .unwrap();
            assert!(plan.errors.is_empty(), "{:?}", plan.errors);
            Access::of(&world.directory)
                .apply_access_settings(plan)
                .await
                .unwrap();
        }
        _ => relate(world, &names, rng).await,
    }
}

/// Takes the latest change back; whether it could be.
async fn undo(world: &World, entry: i64) -> bool {
    let plan = Access::of(&world.directory)
        .plan_undo(&World::actor(), entry)
        .await
        .unwrap();
    match plan {
        UndoPlan::Relations(plan) => {
            assert!(plan.errors.is_empty(), "{:?}", plan.errors);
            Access::of(&world.directory)
                .apply_relations(plan)
                .await
                .unwrap();
        }
        UndoPlan::Record(plan) => {
            // A primary customer that was made invalid before is refused, as any save of it would be.
            if plan
                .errors
                .iter()
                .any(|error| error.problem.code() == "invalid-customer")
            {
                return false;
            }
            assert!(plan.errors.is_empty(), "{:?}", plan.errors);
            Records::of(&world.directory).apply(*plan).await.unwrap();
        }
        UndoPlan::Settings(plan) => {
            assert!(plan.errors.is_empty(), "{:?}", plan.errors);
            Access::of(&world.directory)
                .apply_access_settings(plan)
                .await
                .unwrap();
        }
    }
    true
}

/// Those who have something: what was created becomes invalid when that is taken back.
fn held(picture: &Picture) -> Picture {
    let some = picture.iter().filter(|(_, held)| !held.is_empty());
    some.map(|(login, held)| (login.clone(), held.clone()))
        .collect()
}

/// How many changes could be taken back.
async fn walk(engine: Engine, seed: u64) -> usize {
    let world = World::on(engine).await;
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut moments, mut customers) = (vec![], vec![]);
    for number in 0..STEPS {
        let before = head(&world).await;
        step(&world, &mut rng, number).await;
        let settings = Access::of(&world.directory)
            .access_in_force(&World::actor())
            .await
            .unwrap();
        let picture = world.picture().await;
        let place = format!("{} seed {seed} step {number}", engine.name());
        assert_eq!(picture, world.reference(&settings).await, "{place}");
        if number % 3 == 0 {
            assert_eq!(picture, world.picture_by_group().await, "{place}");
        }
        let now = kartoteka_directory::Clock::now_ms(&*world.clock);
        let after = head(&world).await;
        moments.push((now, picture, (after > before).then_some(before + 1)));
        customers.push(world.customers(None).await);
        world.tick();
    }
    for (number, (at, picture, _)) in moments.iter().enumerate() {
        for (login, held) in picture {
            let access = Access::of(&world.directory)
                .permissions_as_of(&World::actor(), login, *at)
                .await
                .unwrap();
            let then: BTreeSet<_> = access
                .effective
                .groups
                .iter()
                .flat_map(|access| {
                    PERMISSIONS
                        .into_iter()
                        .filter(|permission| access.holds(permission))
                        .map(|permission| (access.group.name.clone(), permission.to_owned()))
                })
                .collect();
            let place = format!("{} seed {seed}: {login} at step {number}", engine.name());
            assert_eq!((&access.login, &then), (login, held), "{place}");
        }
    }
    // Every statement goes to a server there.
    let stride = if engine == Engine::Sqlite { 1 } else { 4 };
    let mut known: BTreeMap<usize, Present> = BTreeMap::new();
    for (number, (at, picture, _)) in moments.iter().enumerate().step_by(stride) {
        let place = format!("{} seed {seed}: groups at step {number}", engine.name());
        let (then, present) = world.past_picture_by_group(*at).await;
        assert_eq!(then, held(picture), "{place}");
        known.insert(number, present);
    }
    for (number, had) in customers.iter().enumerate().step_by(stride + 2) {
        let place = format!("{} seed {seed}: customers at step {number}", engine.name());
        let at = moments[number].0;
        assert_eq!(&world.customers(Some(at)).await, had, "{place}");
        assert_eq!(&world.past_customers_by_group(at).await, had, "{place}");
    }
    let checked: Vec<usize> = known.keys().copied().collect();
    for _ in 0..6 / stride.min(3) {
        let one = *checked.choose(&mut rng).unwrap();
        let other = *checked.choose(&mut rng).unwrap();
        let place = format!("{} seed {seed}: {one} against {other}", engine.name());
        let found = world.differences((moments[one].0, moments[other].0)).await;
        let gained = known[&other].difference(&known[&one]);
        let lost = known[&one].difference(&known[&other]);
        let expected: BTreeSet<_> = gained
            .map(|held| (held.clone(), true))
            .chain(lost.map(|held| (held.clone(), false)))
            .collect();
        assert_eq!(found, expected, "{place}");
    }
    let taken = moments.iter().filter(|(_, _, entry)| entry.is_some());
    let taken = taken.count();
    assert!(
        taken >= FEWEST_STEPS,
        "{taken} steps changed something: {} seed {seed}",
        engine.name()
    );
    // Back again, the latest first, to how it was before each; behind one that can't be, nothing is as it was.
    let mut undone = 0;
    for number in (1..moments.len()).rev() {
        if let Some(entry) = moments[number].2 {
            if !undo(&world, entry).await {
                break;
            }
            undone += 1;
            let place = format!("{} seed {seed}: step {number} undone", engine.name());
            let picture = world.picture().await;
            assert_eq!(held(&picture), held(&moments[number - 1].1), "{place}");
        }
    }
    let verdict = world.directory.verify_journal(&World::actor()).await;
    assert_eq!(verdict.unwrap().fault, None);
    undone
}

#[tokio::test]
async fn what_is_said_of_access_stays_true_on_sqlite() {
    let mut undone = 0;
    for seed in 0..3 {
        undone += walk(Engine::Sqlite, seed).await;
    }
    assert!(undone >= FEWEST_UNDONE, "{undone}");
}

#[tokio::test]
async fn what_is_said_of_access_stays_true_on_postgres() {
    let mut undone = 0;
    for seed in 10..12 {
        undone += walk(Engine::Postgres, seed).await;
    }
    assert!(undone >= FEWEST_UNDONE, "{undone}");
}

#[tokio::test]
async fn what_is_said_of_access_stays_true_on_mariadb_and_mysql() {
    for engine in Engine::servers() {
        if engine == Engine::Postgres {
            continue;
        }
        let mut undone = 0;
        for seed in 20..22 {
            undone += walk(engine, seed).await;
        }
        assert!(undone >= FEWEST_UNDONE, "{undone} on {engine}");
    }
}
