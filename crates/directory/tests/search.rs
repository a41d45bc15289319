//! What a search finds is what the pure matcher says, in the defined order, on every engine.

use kartoteka_directory::{Actor, Criterion, Kind, Search, ValidFilter};
use kartoteka_model::search::{Affixes, Blanks, Grammar, parse};
use kartoteka_model::text::{lower, sort_key};
use kartoteka_model::{CustomerUserSource, Record, TextMode};
use kartoteka_testbed::Engine;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::Desk;

const PIECES: [&str; 22] = [
    "an", "na", "Ko", "wal", "ski", "Łó", "dź", "Mü", "ller", "ue", "ß", "ss", "o'", "%", "_", "*",
    "\\", "-", " ", "0", "Ż", "😀",
];

fn word(random: &mut StdRng, most: usize) -> String {
    (0..random.random_range(1..=most))
        .filter_map(|_| PIECES.choose(random).copied())
        .collect()
}

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

fn question(random: &mut StdRng) -> String {
    let joins = ["+", " AND ", " OR ", "&&", "||", " "];
    let mut text = String::new();
    for number in 0..random.random_range(1..4) {
        if number > 0 {
            text.push_str(joins.choose(random).unwrap());
        }
        let word = word(random, 2);
        match random.random_range(0..7) {
            0 => text.push_str(&format!("!{word}")),
            1 => text.push_str(&format!("\"{word}\"")),
            2 => text.push_str(&format!("({word})")),
            3 => {
                for _ in 0..random.random_range(3..7) {
                    text.push_str(["0", "1", "2", "3", " ", "-"].choose(random).unwrap());
                }
            }
            _ => text.push_str(&word),
        }
    }
    text
}

#[tokio::test]
async fn a_search_finds_what_the_matcher_says() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let mut random = StdRng::seed_from_u64(7);
        let people: Vec<Record> = (0..300).map(|number| person(&mut random, number)).collect();
        let actor = Actor::operator();
        desk.directory
            .bulk_create(
                &actor,
                Kind::CustomerUser,
                people.clone().into_iter(),
                |_| {},
            )
            .await
            .unwrap();
        desk.directory.settle().await.unwrap();
        let source = CustomerUserSource::preset();
        let fields: Vec<String> = source
            .table
            .field_names(&source.table.search_fields)
            .map(str::to_owned)
            .collect();
        let affixes = Affixes {
            prefix: "*".into(),
            suffix: "*".into(),
        };
        let (mut asked, mut found) = (0, 0);
        while asked < 400 {
            let text = question(&mut random);
            let grammar = if random.random() {
                Grammar::Words
            } else {
                Grammar::Full
            };
            let Ok(condition) = parse(&text, grammar, Blanks::Join, &affixes, &fields) else {
                continue;
            };
            asked += 1;
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
                .filter(|person| match valid {
                    ValidFilter::All => true,
                    ValidFilter::Valid => person.get("ValidID") == "1",
                    ValidFilter::Invalid => person.get("ValidID") != "1",
                })
                .filter(|person| condition.matches(person, TextMode::Folded))
                .collect();
            expected.sort_by_cached_key(|person| {
                let key = |field| sort_key(person.get(field));
                (
                    key("UserLastname"),
                    key("UserFirstname"),
                    lower(person.get("UserLogin")),
                )
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
    desk.directory
        .bulk_create(&actor, Kind::CustomerUser, people.into_iter(), |_| {})
        .await
        .unwrap();
    desk.directory.settle().await.unwrap();
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
        desk.directory.settle().await.unwrap();
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
