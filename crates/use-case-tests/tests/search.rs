//! What a search finds is what was asked for, in the defined order, on every engine.

use std::time::Duration;

use kartoteka_directory::{Actor, Criterion, Kind, Maintenance, Options, Search, ValidFilter};
use kartoteka_model::search::Grammar;
use kartoteka_model::source::Address;
use kartoteka_model::{Collation, Record};
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_testbed::{Engine, fresh_database};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::asked::{Asked, Seen, plain, word};
use crate::{Desk, fields_of};

/// Digits, written in some way.
fn phone(random: &mut StdRng) -> String {
    let between = ["", "", " ", "-", "/", ", ", " (0)"];
    (0..random.random_range(0..12))
        .map(|_| {
            let digit = random.random_range(0..4);
            format!("{digit}{}", between.choose(random).unwrap())
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn person(random: &mut StdRng, number: usize) -> Record {
    let value = |random: &mut StdRng| word(random, 3).trim().to_owned();
    Record::from_iter([
        ("UserLogin", format!("{}{number}", value(random))),
        ("UserFirstname", value(random)),
        ("UserLastname", value(random)),
        ("UserEmail", format!("{number}@acme-lab.org")),
        ("UserCustomerID", value(random)),
        ("UserTitle", String::new()),
        ("UserPhone", phone(random)),
        ("UserCity", value(random)),
        (
            "ValidID",
            if number.is_multiple_of(5) {
                "2".to_owned()
            } else {
                "1".to_owned()
            },
        ),
    ])
}

#[tokio::test]
async fn a_search_finds_what_was_asked_for() {
    for engine in Engine::all() {
        // The order of languages is held to ICU in `merge` and `order`; this one needs no library to be known.
        let folded = |settings: &mut Settings| settings.lists.collation = Collation::folded();
        let desk = Desk::set(engine, folded).await;
        let mut random = StdRng::seed_from_u64(7);
        let people: Vec<Record> = (0..300).map(|number| person(&mut random, number)).collect();
        let actor = Actor::operator();
        Records::of(&desk.directory)
            .bulk_create(
                &actor,
                Kind::CustomerUser,
                people.clone().into_iter(),
                |_| {},
            )
            .await
            .unwrap();
        desk.directory.wait_for_index().await.unwrap();
        let seen: Vec<Seen> = people.iter().map(Seen::of).collect();
        let mut found = 0;
        for _ in 0..400 {
            let grammar = match random.random() {
                true => Grammar::Words,
                false => Grammar::Full,
            };
            let question = Asked::any(&mut random, grammar);
            let text = question.written(grammar);
            let valid = [ValidFilter::Valid, ValidFilter::Invalid, ValidFilter::All]
                .choose(&mut random)
                .copied()
                .unwrap();
            let search = Search {
                text: Some(text.clone()),
                grammar: Some(grammar),
                valid,
                limit: 1000,
                ..Search::default()
            };
            let page = desk
                .directory
                .search(&actor, Kind::CustomerUser, &search)
                .await
                .unwrap();
            let keys: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
            let mut expected: Vec<&Record> = people
                .iter()
                .zip(&seen)
                .filter(|(person, _)| match valid {
                    ValidFilter::All => true,
                    ValidFilter::Valid => person.get("ValidID") == "1",
                    ValidFilter::Invalid => person.get("ValidID") != "1",
                })
                .filter(|(_, seen)| question.is_met(seen))
                .map(|(person, _)| person)
                .collect();
            expected.sort_by_cached_key(|person| {
                let key = |field| plain(person.get(field));
                let login = person.get("UserLogin").to_lowercase();
                (key("UserLastname"), key("UserFirstname"), login)
            });
            let expected: Vec<&str> = expected
                .iter()
                .map(|person| person.get("UserLogin"))
                .collect();
            assert_eq!(
                keys,
                expected,
                "{text:?} ({grammar:?}, {valid:?}) on {}",
                engine.name()
            );
            assert_eq!(page.total.count, expected.len() as u64, "{text:?}");
            found += keys.len();
        }
        assert!(found > 1000, "the questions find something");
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps() {
    let desk = Desk::on(Engine::Sqlite).await;
    let mut random = StdRng::seed_from_u64(11);
    let people: Vec<Record> = (0..120).map(|number| person(&mut random, number)).collect();
    let actor = Actor::operator();
    Records::of(&desk.directory)
        .bulk_create(&actor, Kind::CustomerUser, people.into_iter(), |_| {})
        .await
        .unwrap();
    desk.directory.wait_for_index().await.unwrap();
    let all = Search {
        valid: ValidFilter::All,
        limit: 1000,
        ..Search::default()
    };
    let whole = desk
        .directory
        .search(&actor, Kind::CustomerUser, &all)
        .await
        .unwrap();
    assert_eq!(whole.rows.len(), 120);
    let mut keys = vec![];
    let mut after = None;
    loop {
        let search = Search {
            valid: ValidFilter::All,
            limit: 17,
            after: after.clone(),
            ..Search::default()
        };
        let page = desk
            .directory
            .search(&actor, Kind::CustomerUser, &search)
            .await
            .unwrap();
        assert_eq!(page.total.count, 120);
        keys.extend(page.rows.into_iter().map(|row| row.key));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected: Vec<String> = whole.rows.into_iter().map(|row| row.key).collect();
    assert_eq!(keys, expected);
}

#[tokio::test]
async fn what_is_saved_is_found_at_once_in_its_place() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        for login in ["c", "a", "b", "łukasz"] {
            desk.person(login).await;
        }
        desk.update(Kind::CustomerUser, "b", &[("UserLastname", "Ąbc")])
            .await
            .unwrap();
        desk.update(Kind::CustomerUser, "ŁUKASZ", &[("ValidID", "2")])
            .await
            .unwrap();
        let search = Search {
            limit: 10,
            ..Search::default()
        };
        let page = desk
            .directory
            .search(&Actor::operator(), Kind::CustomerUser, &search)
            .await
            .unwrap();
        let keys: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["b", "a", "c"], "{}", engine.name());
        assert_eq!(
            desk.directory.count(Kind::CustomerUser).await.unwrap(),
            (3, 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_search_of_all_waits_for_the_index() {
    for round in 0..20 {
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(fresh_database(Engine::Sqlite).await.unwrap());
        let directory = Maintenance::open(settings, Options::default())
            .await
            .unwrap();
        // At different moments of the making.
        tokio::time::sleep(Duration::from_millis(round)).await;
        let actor = Actor::operator();
        let acme = fields_of(&[("CustomerID", "acme"), ("CustomerCompanyName", "Acme")]);
        let plan = Records::of(&directory)
            .plan_create(&actor, Kind::Customer, None, acme)
            .await;
        Records::of(&directory).apply(plan.unwrap()).await.unwrap();
        let everybody = Search::default();
        let found = directory.search(&actor, Kind::Customer, &everybody).await;
        let found = found.unwrap();
        assert_eq!(found.rows.len(), 1, "after {round} ms");
    }
}

#[tokio::test]
async fn a_detail_search_for_validities_finds_those() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    for (login, validity) in [("a", "1"), ("b", "2"), ("c", "3"), ("d", "1")] {
        desk.person(login).await;
        desk.update(Kind::CustomerUser, login, &[("ValidID", validity)])
            .await
            .unwrap();
    }
    let one_of = |values: &[&str]| {
        Criterion::OneOf(values.iter().map(|value| (*value).to_owned()).collect())
    };
    let none_of = |value: &str| Criterion::NoneOf(vec![value.to_owned()]);
    let cases: [(Criterion, &[&str]); 9] = [
        (one_of(&["1"]), &["a", "d"]),
        (one_of(&["2", "3"]), &["b", "c"]),
        (one_of(&["1", "3"]), &["a", "c", "d"]),
        (Criterion::Like("2".into()), &["b"]),
        (Criterion::Like("1".into()), &["a", "d"]),
        (Criterion::Like("*".into()), &["a", "b", "c", "d"]),
        (none_of("1"), &["b", "c"]),
        (none_of("2"), &["a", "c", "d"]),
        (one_of(&[]), &["a", "b", "c", "d"]),
    ];
    for (criterion, expected) in cases {
        let search = Search {
            fields: vec![("ValidID".into(), criterion.clone())],
            valid: ValidFilter::All,
            limit: 10,
            ..Search::default()
        };
        let page = desk
            .directory
            .search(&Actor::operator(), Kind::CustomerUser, &search)
            .await
            .unwrap();
        let keys: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, expected, "{criterion:?}");
    }
}

#[tokio::test]
async fn many_added_at_one_place_stand_in_their_order() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    for login in ["a", "z"] {
        desk.person(login).await;
    }
    // An index made anew leaves little room between neighbours: it has to be made, again and again.
    desk.directory
        .rebuild_index(Kind::CustomerUser)
        .await
        .unwrap();
    let mut expected = vec!["a".to_owned(), "z".to_owned()];
    for number in 0..90 {
        // From both ends, and in between.
        let place = match number % 3 {
            0 => 500 + number,
            1 => 400 - number,
            _ => 450 + number % 7,
        };
        let login = format!("m{place:03}-{number}");
        desk.person(&login).await;
        expected.push(login);
        desk.directory.wait_for_index().await.unwrap();
    }
    expected.sort();
    let search = Search {
        text: Some("nowak".into()),
        limit: 1000,
        ..Search::default()
    };
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    let keys: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, expected);
    assert_eq!(
        desk.directory.count(Kind::CustomerUser).await.unwrap(),
        (92, 0)
    );
}
