//! Relations for the directory, some of them with entries of the journal.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Clock, Fields, Kind, Maintenance, Relation, SystemClock};
use kartoteka_model::access::{Context, Permission};
use kartoteka_records::Records;

use super::desk::{CUSTOMERS, Desk, PEOPLE};

/// Groups `g0`, `g1`, …; services `s0`, `s1`, ….
const GROUPS: usize = 12;
const SERVICES: usize = 30;

/// Moments before, within and after what the journal tells of relations.
#[derive(Clone, Copy)]
pub struct Days {
    pub before: i64,
    pub between: i64,
    pub after: i64,
}

async fn moment() -> i64 {
    let pause = || tokio::time::sleep(std::time::Duration::from_millis(3));
    pause().await;
    let now = SystemClock.now_ms();
    pause().await;
    now
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    let owned = pairs.iter();
    owned
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub async fn create(directory: &Maintenance, kind: Kind, name: &str) {
    let plan = Records::of(directory)
        .plan_create(&Actor::operator(), kind, None, fields(&[("Name", name)]))
        .await
        .unwrap();
    Records::of(directory).apply(plan).await.unwrap();
}

pub async fn update(directory: &Maintenance, kind: Kind, key: &str, change: (&str, &str)) {
    let plan = Records::of(directory)
        .plan_update(&Actor::operator(), kind, key, fields(&[change]), None)
        .await
        .unwrap();
    Records::of(directory).apply(plan).await.unwrap();
}

async fn relate(directory: &Maintenance, wanted: Vec<Wanted>) {
    let plan = Access::of(directory)
        .plan_relations(&Actor::operator(), wanted)
        .await;
    Access::of(directory)
        .apply_relations(plan.unwrap())
        .await
        .unwrap();
}

/// Further customers, permissions and services for many.
fn rows(groups: &[i64], services: &[i64]) -> Vec<Relation> {
    let group = |at: usize| (format!("g{at}"), groups[at]);
    let mut rows = vec![];
    for number in 0..PEOPLE {
        let login = format!("login{number}");
        let (name, group_id) = group(number % GROUPS);
        rows.push(Relation::PersonGroup {
            login: login.clone(),
            group: name,
            group_id,
            permission: Permission::new("ro"),
        });
        rows.push(Relation::Customer {
            login: login.clone(),
            customer: format!("C{}", 40 + number % 200),
        });
        let at = number % SERVICES;
        rows.push(Relation::Service {
            login,
            service: format!("s{at}"),
            service_id: services[at],
        });
    }
    for number in 0..CUSTOMERS {
        for at in 0..GROUPS / 2 {
            let (name, group_id) = group((number + at) % GROUPS);
            for context in Context::ALL {
                rows.push(Relation::CustomerGroup {
                    customer: format!("C{number}"),
                    group: name.clone(),
                    group_id,
                    permission: Permission::new("ro"),
                    context,
                });
            }
        }
    }
    rows
}

/// What the journal tells: given to people and customers, then taken.
fn told(given: bool) -> Vec<Wanted> {
    let mut wanted = vec![];
    // C8 has another name by now.
    for number in 1..8 {
        let (login, customer) = (format!("login{number}"), format!("C{number}"));
        wanted.push(Wanted::PersonGroup {
            login: login.clone(),
            group: "g0".into(),
            permission: "rw".into(),
            given,
        });
        wanted.push(Wanted::Customer {
            login: login.clone(),
            customer: "C300".into(),
            given,
        });
        wanted.push(Wanted::Service {
            login,
            service: "s29".into(),
            given,
        });
        wanted.push(Wanted::CustomerGroup {
            customer,
            group: "g1".into(),
            permission: "create".into(),
            context: Context::Same,
            given,
        });
    }
    wanted
}

/// Gives everything. Login `login11` was `once` before, customer `C39` was `C39b`.
pub async fn given(desk: &Desk) -> Days {
    let directory = &desk.directory;
    let actor = Actor::operator();
    for at in 0..GROUPS {
        create(directory, Kind::Group, &format!("g{at}")).await;
    }
    for at in 0..SERVICES {
        create(directory, Kind::Service, &format!("s{at}")).await;
    }
    let groups = Access::of(directory).all_groups(&actor).await.unwrap();
    let services = Access::of(directory).all_services(&actor).await.unwrap();
    let groups: Vec<i64> = (0..GROUPS)
        .map(|at| groups.iter().find(|one| one.name == format!("g{at}")))
        .map(|found| found.unwrap().id)
        .collect();
    let services: Vec<i64> = (0..SERVICES)
        .map(|at| services.iter().find(|one| one.name == format!("s{at}")))
        .map(|found| found.unwrap().id)
        .collect();
    let before = moment().await;
    Access::of(directory)
        .bulk_relate(&actor, rows(&groups, &services).into_iter())
        .await
        .unwrap();
    relate(directory, told(true)).await;
    update(
        directory,
        Kind::CustomerUser,
        "login11",
        ("UserLogin", "once"),
    )
    .await;
    update(directory, Kind::Customer, "C39", ("CustomerID", "C39b")).await;
    let between = moment().await;
    relate(directory, told(false)).await;
    update(
        directory,
        Kind::CustomerUser,
        "once",
        ("UserLogin", "login11"),
    )
    .await;
    update(directory, Kind::Customer, "C39b", ("CustomerID", "C39")).await;
    update(
        directory,
        Kind::CustomerUser,
        "login12",
        ("UserCustomerID", "C13"),
    )
    .await;
    update(directory, Kind::CustomerUser, "login13", ("ValidID", "2")).await;
    let after = moment().await;
    directory.wait_for_index().await.unwrap();
    desk.analyzed().await;
    Days {
        before,
        between,
        after,
    }
}
