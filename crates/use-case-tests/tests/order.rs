//! Lists are in the order of a language, on every engine alike, and in one order at a time.

use std::time::Duration;

use kartoteka_access::Access;
use kartoteka_directory::{
    Actor, Direction, JobChange, JobRelation, Kind, Order, Search, ValidFilter,
};
use kartoteka_jobs::{Advance, Jobs, Selection, Worker};
use kartoteka_model::Collation;
use kartoteka_store::own::job_items::{self, ItemRow};
use kartoteka_testbed::Engine;

use crate::Desk;

/// Names, and how they stand in each order; case and accents decide only where base letters are equal.
const NAMES: [&str; 10] = [
    "Żak", "Łoś", "lis", "Lotnik", "Mueller", "Müller", "Muffel", "Muller", "Ågren", "zorn",
];

const ORDERS: [(&str, [&str; 10]); 5] = [
    (
        "pl",
        [
            "Ågren", "lis", "Lotnik", "Łoś", "Mueller", "Muffel", "Muller", "Müller", "zorn", "Żak",
        ],
    ),
    (
        "de",
        [
            "Ågren", "lis", "Łoś", "Lotnik", "Mueller", "Muffel", "Muller", "Müller", "Żak", "zorn",
        ],
    ),
    (
        "de-u-co-phonebk",
        [
            "Ågren", "lis", "Łoś", "Lotnik", "Mueller", "Müller", "Muffel", "Muller", "Żak", "zorn",
        ],
    ),
    (
        "sv",
        [
            "lis", "Łoś", "Lotnik", "Mueller", "Muffel", "Muller", "Müller", "Żak", "zorn", "Ågren",
        ],
    ),
    // Müller is Muller here, and the key decides.
    (
        "folded",
        [
            "Ågren", "lis", "Łoś", "Lotnik", "Mueller", "Muffel", "Müller", "Muller", "Żak", "zorn",
        ],
    ),
];

fn operator() -> Actor {
    Actor::operator()
}

/// A desk with somebody, a customer, a group and a service of each name.
async fn desk(engine: Engine) -> Desk {
    let desk = Desk::on(engine).await;
    for (number, name) in NAMES.into_iter().enumerate() {
        // MariaDB takes `Müller` and `Muller` for one name, where a name has to be the only one.
        if name != "Müller" {
            let id = format!("C{number}");
            let fields = [("CustomerID", id.as_str()), ("CustomerCompanyName", name)];
            desk.create(Kind::Customer, &fields).await.unwrap();
            desk.create(Kind::Group, &[("Name", name)]).await.unwrap();
            desk.create(Kind::Service, &[("Name", name)]).await.unwrap();
        }
        let login = format!("p{number}");
        let email = format!("{login}@acme-lab.org");
        let fields = [
            ("UserLogin", login.as_str()),
            ("UserFirstname", "Anna"),
            ("UserLastname", name),
            ("UserEmail", &email),
            ("UserCustomerID", "C0"),
        ];
        desk.create(Kind::CustomerUser, &fields).await.unwrap();
    }
    desk
}

/// The values of a field, each page by the cursor of the one before.
async fn listed(desk: &Desk, kind: Kind, field: &str, order: Vec<Order>) -> Vec<String> {
    let mut search = Search {
        valid: ValidFilter::All,
        limit: 4,
        order,
        ..Search::default()
    };
    let mut found = vec![];
    loop {
        let directory = desk.directory.current();
        let page = directory.search(&operator(), kind, &search).await.unwrap();
        let values = page.rows.iter().map(|row| row.record.get(field).to_owned());
        found.extend(values);
        search.after = page.next;
        if search.after.is_none() {
            return found;
        }
    }
}

#[tokio::test]
async fn lists_are_in_the_order_of_the_language_on_every_engine() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        for (collation, expected) in ORDERS {
            let mut settings = desk.settings.clone();
            settings.lists.collation = Collation::parse(collation).unwrap();
            desk.directory.reload(settings).await.unwrap();
            let case = format!("{collation} on {engine}");
            let people = expected.to_vec();
            let mut named = people.clone();
            named.retain(|name| *name != "Müller");
            for (kind, field, expected) in [
                (Kind::CustomerUser, "UserLastname", &people),
                (Kind::Customer, "CustomerCompanyName", &named),
            ] {
                assert_eq!(
                    listed(&desk, kind, field, vec![]).await,
                    *expected,
                    "{case}"
                );
                let order = |direction| {
                    vec![Order {
                        field: field.into(),
                        direction,
                    }]
                };
                let up = listed(&desk, kind, field, order(Direction::Up)).await;
                assert_eq!(up, *expected, "{case}");
                let mut down = listed(&desk, kind, field, order(Direction::Down)).await;
                down.reverse();
                // Where the order makes no difference the key decides upwards, also here.
                if collation != "folded" {
                    assert_eq!(down, *expected, "{case}");
                }
            }
            let mut of_all = listed(&desk, Kind::Group, "Name", vec![]).await;
            of_all.retain(|name| NAMES.contains(&name.as_str()));
            assert_eq!(of_all, named, "{case}");
            assert_eq!(
                listed(&desk, Kind::Service, "Name", vec![]).await,
                named,
                "{case}"
            );
            let directory = desk.directory.current();
            let groups = Access::of(&directory)
                .all_groups(&operator())
                .await
                .unwrap();
            let groups = groups.iter().map(|group| group.name.as_str());
            let groups: Vec<&str> = groups.filter(|name| NAMES.contains(name)).collect();
            assert_eq!(groups, named, "{case}");
            let services = Access::of(&directory)
                .all_services(&operator())
                .await
                .unwrap();
            let services: Vec<&str> = services.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(services, named, "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_in_two_orders_while_the_order_changes() {
    let desk = desk(Engine::Sqlite).await;
    let (directory, orders) = (&desk.directory, &ORDERS[..3]);
    let changing = async {
        for round in 0..9 {
            let mut settings = desk.settings.clone();
            let (collation, expected) = orders[round % 3];
            settings.lists.collation = Collation::parse(collation).unwrap();
            directory.reload(settings).await.unwrap();
            // From here on it is in force.
            let found = listed(&desk, Kind::CustomerUser, "UserLastname", vec![]).await;
            assert_eq!(found, expected, "{collation}");
        }
    };
    let searching = async {
        loop {
            let current = directory.current();
            let search = Search::default();
            let page = current
                .search(&operator(), Kind::CustomerUser, &search)
                .await
                .unwrap();
            let found = page.rows.iter().map(|row| row.record.get("UserLastname"));
            let found: Vec<&str> = found.collect();
            let name = current.collation().name();
            let mut known = orders
                .iter()
                .filter(|(order, _)| *order == name || name == "und");
            // Before the first change it is Unicode's order, which is that of German dictionaries.
            assert!(
                known.any(|(_, expected)| found == expected),
                "{name}: {found:?}"
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = changing => {}
        () = searching => {}
    }
}

#[tokio::test]
async fn a_job_that_collects_in_another_order_begins_anew() {
    let desk = desk(Engine::Sqlite).await;
    let change = JobChange {
        relation: JobRelation::PersonGroup {
            group: "Żak".into(),
            permission: "ro".into(),
        },
        given: true,
    };
    let everybody = Selection::Search(Box::default());
    let job = Jobs::of(&desk.directory)
        .make_job(&operator(), everybody, vec![change])
        .await
        .unwrap();
    // As somebody else left it, who had collected one.
    let collected = ItemRow {
        seq: 1,
        login: "p0".into(),
        state: "waiting".into(),
        problems: String::new(),
        entry: None,
        undoes: None,
    };
    let mut tx = desk.db.begin().await.unwrap();
    job_items::add(&mut tx, job.id, &[collected]).await.unwrap();
    let place = r#"{"search": {"collation": "sv by somebody", "part": 0, "okey": "zzz", "lkey": "p0", "key": "p0"}}"#;
    let sql = "UPDATE kt_job SET place = ?, total = 1 WHERE id = ?";
    tx.execute(sql, &kartoteka_store::args![place, job.id])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let claim = Worker::of(&desk.directory)
        .claim_job(Some(job.id))
        .await
        .unwrap()
        .unwrap();
    while Worker::of(&desk.directory)
        .advance_job(&claim)
        .await
        .unwrap()
        == Advance::More
    {}
    let job = Jobs::of(&desk.directory)
        .job(&operator(), job.id)
        .await
        .unwrap();
    assert_eq!((job.total, job.preview.changed), (10, 10));
    let items = Jobs::of(&desk.directory)
        .job_items(&operator(), job.id, None, 0, 100)
        .await
        .unwrap();
    let mut logins: Vec<&str> = items.iter().map(|item| item.login.as_str()).collect();
    logins.sort_unstable();
    logins.dedup();
    assert_eq!(logins.len(), 10);
}
