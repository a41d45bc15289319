//! What people type is found with the settings that are shipped (D27), on every engine.

use kartoteka_directory::{Actor, Criterion, Kind, Search};
use kartoteka_model::Record;
use kartoteka_model::search::Blanks;
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::Desk;

/// A record of a kind with these fields, added past plans.
async fn add(desk: &Desk, kind: Kind, fields: &[(&str, &str)]) {
    let record = Record::from_iter(fields.iter().copied().chain([("ValidID", "1")]));
    let records = [record].into_iter();
    let actor = Actor::operator();
    let added = Records::of(&desk.directory).bulk_create(&actor, kind, records, |_| {});
    added.await.unwrap();
    desk.directory.wait_for_index().await.unwrap();
}

/// Anna, with numbers to call, and Jan O’Hara.
async fn two_people(desk: &Desk) {
    for (login, first, last, email, phone, mobile) in [
        (
            "anna.nowak@merkury.test",
            "Anna",
            "Nowak",
            "robert@firma.test",
            "+48 22 123-45-67",
            "602 162 407",
        ),
        ("jan", "Jan", "O\u{2019}Hara", "jan@firma.test", "", ""),
    ] {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", first),
            ("UserLastname", last),
            ("UserEmail", email),
            ("UserCustomerID", "acme"),
            ("UserPhone", phone),
            ("UserMobile", mobile),
        ];
        add(desk, Kind::CustomerUser, &fields).await;
    }
}

/// The keys that a search finds.
async fn keys(desk: &Desk, kind: Kind, search: Search) -> Vec<String> {
    let found = desk
        .directory
        .search(&Actor::operator(), kind, &search)
        .await;
    let rows = found.unwrap().rows.into_iter();
    rows.map(|row| row.key).collect()
}

fn text(typed: &str) -> Search {
    Search {
        text: Some(typed.to_owned()),
        ..Search::default()
    }
}

#[tokio::test]
async fn names_addresses_and_numbers_are_found_as_they_are_typed() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        two_people(&desk).await;
        for typed in [
            "Anna Nowak",
            "nowak anna",
            "robert@firma.test",
            "anna.nowak@mer",
            "123 45 67",
            "602162407",
            "602 162 407 anna",
        ] {
            let found = keys(&desk, Kind::CustomerUser, text(typed)).await;
            assert_eq!(found, ["anna.nowak@merkury.test"], "{typed} {engine:?}");
        }
        for typed in ["\"nowak anna\"", "602162408", "anna kowal"] {
            assert!(
                keys(&desk, Kind::CustomerUser, text(typed))
                    .await
                    .is_empty(),
                "{typed} {engine:?}"
            );
        }
        let krakow = [
            ("CustomerID", "k1"),
            ("CustomerCompanyName", "Smok"),
            ("CustomerCompanyCity", "Kraków"),
        ];
        add(&desk, Kind::Customer, &krakow).await;
        assert_eq!(keys(&desk, Kind::Customer, text("Kraków")).await, ["k1"]);
        assert_eq!(
            keys(&desk, Kind::Customer, text("krakow smok")).await,
            ["k1"]
        );
    }
}

#[tokio::test]
async fn a_field_may_be_asked_for_what_it_contains() {
    let desk = Desk::on(Engine::Sqlite).await;
    two_people(&desk).await;
    let anna = vec!["anna.nowak@merkury.test".to_owned()];
    for (field, typed, found) in [
        ("UserPhone", "123 45", true),
        ("UserPhone", "123-45", true),
        ("UserPhone", "+4822123", true),
        ("UserPhone", "\"+48 22 123-45-67\"", true),
        ("UserPhone", "\"123 45\"", false),
        ("UserPhone", "*67", true),
        ("UserPhone", "123*", false),
        ("UserLastname", "owa", true),
        ("UserLastname", "\"owa\"", false),
        ("UserLastname", "\"nowak\"", true),
        ("UserLastname", "owa*", false),
    ] {
        let search = Search {
            fields: vec![(field.into(), Criterion::Contains(typed.into()))],
            ..Search::default()
        };
        let expected = if found { anna.clone() } else { vec![] };
        assert_eq!(
            keys(&desk, Kind::CustomerUser, search).await,
            expected,
            "{field} {typed}"
        );
    }
}

#[tokio::test]
async fn otobos_grammar_keeps_blanks_in_words() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        settings.lists.blanks = Blanks::Text;
    })
    .await;
    two_people(&desk).await;
    let found = keys(&desk, Kind::CustomerUser, text("nowak anna")).await;
    assert!(found.is_empty());
    assert_eq!(
        keys(&desk, Kind::CustomerUser, text("nowak+anna"))
            .await
            .len(),
        1
    );
}
