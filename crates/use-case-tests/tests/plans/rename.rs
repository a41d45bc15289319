//! A renamed customer takes its people along, and they are brought into the search index in portions.

use kartoteka_directory::{Actor, Fields, Kind, Lookup, Search, ValidFilter};
use kartoteka_model::Record;
use kartoteka_records::Records;

use kartoteka_testbed::statements;

use crate::desk::{Desk, person};

const CROWD: usize = 10_000;

/// Most of them go to the index's own file, 128 rows in each.
const STATEMENTS: usize = 1_200;

/// Those that ask the source, 400 rows in each, and the journal.
const OF_SOURCE: usize = 40;

pub async fn a_crowd_follows_in_portions(desk: &Desk) {
    let engine = desk.db.engine();
    let actor = Actor::operator();
    let directory = &desk.directory;
    let customer = Record::from_iter([
        ("CustomerID", "crowd"),
        ("CustomerCompanyName", "Crowd"),
        ("ValidID", "1"),
    ]);
    Records::of(directory)
        .bulk_create(&actor, Kind::Customer, std::iter::once(customer), |_| {})
        .await
        .unwrap();
    let people = (0..CROWD).map(|number| {
        let mut person = person(number);
        person.set("UserLogin", format!("crowd{number}"));
        person.set("UserEmail", format!("crowd{number}@acme-lab.org"));
        person.set("UserCustomerID", "crowd");
        person
    });
    Records::of(directory)
        .bulk_create(&actor, Kind::CustomerUser, people, |_| {})
        .await
        .unwrap();
    directory.wait_for_index().await.unwrap();

    let fields: Fields = [("CustomerID".to_owned(), "throng".to_owned())].into();
    let plan = Records::of(directory).plan_update(&actor, Kind::Customer, "crowd", fields, None);
    Records::of(directory)
        .apply(plan.await.unwrap())
        .await
        .unwrap();
    let search = Search {
        lookup: Some(Lookup::CustomerExactly("throng".into())),
        valid: ValidFilter::All,
        limit: 20,
        ..Search::default()
    };
    let began = std::time::Instant::now();
    let (page, run) = statements(directory.search(&actor, Kind::CustomerUser, &search)).await;
    let took = began.elapsed();
    let page = page.unwrap();
    assert_eq!(page.rows.len(), 20, "{engine:?}");
    assert!(page.total.count >= 1000, "{engine:?}: {:?}", page.total);
    assert!(run.len() < STATEMENTS, "{} on {engine:?}", run.len());
    let of_source = run.iter().filter(|sql| {
        ["customer_user", "kt_journal"]
            .iter()
            .any(|table| sql.contains(table))
    });
    let of_source = of_source.count();
    assert!(of_source < OF_SOURCE, "{of_source} on {engine:?}");
    println!("{engine:?}: {} statements, {took:?}", run.len());

    // Nobody is left under the name before.
    let before = Search {
        lookup: Some(Lookup::CustomerExactly("crowd".into())),
        ..search
    };
    let page = directory.search(&actor, Kind::CustomerUser, &before).await;
    assert!(page.unwrap().rows.is_empty(), "{engine:?}");
}
