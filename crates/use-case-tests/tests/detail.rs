//! The detail search finds what its criteria mean, of people and of customers, whatever fields, wildcards and escaped
//! signs it asks for: what every engine answers is what [`Condition::matches`] says of each record.

use kartoteka_directory::{Actor, Criterion, Error, Kind, Search, ValidFilter};
use kartoteka_model::{
    Condition, CustomerSource, CustomerUserSource, FieldMap, Part, Pattern, Record, TextMode,
};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::Desk;

/// What values and questions are made of: what wildcards are in SQL and here, and letters that fold.
const PIECES: [&str; 18] = [
    "a", "an", "Ko", "ko", "Łó", "dź", "Mü", "ue", "ß", "ss", "%", "_", "\\", "*", "+", "(", "\"",
    "'",
];

const RECORDS: usize = 40;
const SEARCHES: usize = 150;

fn word(random: &mut StdRng, pieces: usize) -> String {
    let pieces = (0..pieces).filter_map(|_| PIECES.choose(random).copied());
    pieces.collect()
}

/// The fields of a map that can be asked for.
fn names(map: &FieldMap) -> Vec<String> {
    let fields = map.0.iter().filter(|field| !field.is_secret());
    fields.map(|field| field.name.clone()).collect()
}

/// A record with a key of its own and anything in all other fields; every fourth value is empty where it may be.
fn record(random: &mut StdRng, names: &[String], number: usize) -> Record {
    let mut record = Record::default();
    for name in names {
        let pieces = random.random_range(1..=3);
        let word = word(random, pieces);
        let value = match name.as_str() {
            "UserLogin" | "CustomerID" | "CustomerCompanyName" => format!("{word}{number}"),
            "UserEmail" => format!("{word}{number}@acme-lab.org"),
            "UserFirstname" | "UserLastname" | "UserCustomerID" => word,
            "ValidID" => ["1", "2", "3"].choose(random).unwrap().to_string(),
            _ if random.random_bool(0.25) => String::new(),
            _ => word,
        };
        record.set(name, value);
    }
    record
}

/// A pattern, and the text that asks for it.
fn pattern(random: &mut StdRng, value: &str) -> (Pattern, String) {
    // A part of a stored value, or anything.
    let chars: Vec<char> = value.chars().collect();
    let from = random.random_range(0..=chars.len());
    let to = random.random_range(from..=chars.len());
    let literal: String = match random.random_range(0..4) {
        0 => word(random, 1),
        1 => value.to_owned(),
        _ => chars[from..to].iter().collect(),
    };
    let text = Part::Text(literal.clone());
    let (mut asked, shape) = (String::new(), random.random_range(0..5));
    for c in literal.chars() {
        // A backslash takes the meaning from these, and from itself.
        if matches!(c, '*' | '\\') || matches!(c, '+' | '(' | '"') && random.random() {
            asked.push('\\');
        }
        asked.push(c);
    }
    match shape {
        0 => (Pattern(vec![text]), asked),
        1 => (Pattern(vec![text, Part::Any]), format!("{asked}*")),
        2 => (Pattern(vec![Part::Any, text]), format!("*{asked}")),
        3 => {
            let end = Part::Text(chars.last().map(char::to_string).unwrap_or_default());
            let sign = match chars.last() {
                Some('*' | '\\') => "\\",
                _ => "",
            };
            let last: String = chars.last().into_iter().collect();
            let parts = vec![text, Part::Any, end];
            (Pattern(parts), format!("{asked}*{sign}{last}"))
        }
        _ => (
            Pattern(vec![Part::Any, text, Part::Any]),
            format!("*{asked}*"),
        ),
    }
}

/// A criterion of a field, and what it means.
fn criterion(random: &mut StdRng, field: &str, value: &str) -> (Criterion, Condition) {
    let one_of = |values: &[String]| Condition::OneOf {
        field: field.to_owned(),
        values: values.iter().cloned().collect(),
    };
    // Of the validities only those that there are may be asked for.
    let other = match field {
        "ValidID" => "2".to_owned(),
        _ => word(random, 2),
    };
    match random.random_range(0..6) {
        0 => {
            let values = vec![value.to_owned(), other];
            let meaning = one_of(&values);
            (Criterion::OneOf(values), meaning)
        }
        1 => {
            let values = vec![value.to_owned(), other];
            let meaning = one_of(&values).negate();
            (Criterion::NoneOf(values), meaning)
        }
        _ => {
            let (pattern, asked) = pattern(random, value);
            let meaning = match asked.is_empty() {
                // Nothing asked is no criterion.
                true => Condition::Everything,
                false => Condition::Matches {
                    fields: vec![field.to_owned()],
                    pattern,
                },
            };
            (Criterion::Like(asked), meaning)
        }
    }
}

/// How often something was found, and by how many criteria at once.
#[derive(Debug, Default)]
struct Seen {
    hits: usize,
    by_several: usize,
    none: usize,
}

async fn searches(desk: &Desk, kind: Kind, key: &str, names: &[String], seed: u64) -> Seen {
    let mut random = StdRng::seed_from_u64(seed);
    let records: Vec<Record> = (0..RECORDS)
        .map(|number| record(&mut random, names, number))
        .collect();
    let actor = Actor::operator();
    let created = Records::of(&desk.directory)
        .bulk_create(&actor, kind, records.clone().into_iter(), |_| {})
        .await;
    assert_eq!(created.unwrap(), RECORDS as u64);
    desk.directory.wait_for_index().await.unwrap();
    let mut seen = Seen::default();
    for _ in 0..SEARCHES {
        // About one record, so that several criteria find something together.
        let about = records.choose(&mut random).unwrap();
        let mut search = Search {
            valid: ValidFilter::All,
            limit: 1000,
            ..Search::default()
        };
        let mut meaning = Condition::Everything;
        for _ in 0..random.random_range(1..=3) {
            let field = names.choose(&mut random).unwrap();
            let (criterion, means) = criterion(&mut random, field, about.get(field));
            search.fields.push((field.clone(), criterion));
            meaning = meaning.and(means);
        }
        let matching = records
            .iter()
            .filter(|record| meaning.matches(record, TextMode::Folded));
        let mut expected: Vec<&str> = matching.map(|record| record.get(key)).collect();
        expected.sort_unstable();
        let page = desk.directory.search(&actor, kind, &search).await.unwrap();
        let mut found: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
        found.sort_unstable();
        let engine = desk.db.engine();
        assert_eq!(found, expected, "{:?} on {engine:?}", search.fields);
        seen.hits += found.len();
        seen.by_several += usize::from(search.fields.len() > 1 && (1..10).contains(&found.len()));
        seen.none += usize::from(found.is_empty());
    }
    seen
}

#[tokio::test]
async fn criteria_find_what_they_mean() {
    for engine in Engine::all() {
        for seed in [1, 2] {
            let desk = Desk::set(engine, |settings| {
                settings.customer_users[0].customer_support = false;
                settings.checks.email = false;
                settings.customer_users[0].email_unique = false;
            })
            .await;
            let people = names(&CustomerUserSource::shipped().spec.map);
            let customers = names(&CustomerSource::shipped().spec.map);
            assert_eq!((people.len(), customers.len()), (15, 9));
            for (kind, key, names) in [
                (Kind::CustomerUser, "UserLogin", people),
                (Kind::Customer, "CustomerID", customers),
            ] {
                let seen = searches(&desk, kind, key, &names, seed).await;
                let enough = seen.hits > 200 && seen.by_several > 20 && seen.none > 5;
                assert!(enough, "{seen:?} of {kind:?} on {engine}");
            }
            desk.directory.close().await;
        }
    }
}

/// What would take too long is a mistake at its field, for people, customers, groups and services alike.
#[tokio::test]
async fn a_detail_search_that_costs_too_much_is_refused() {
    let desk = Desk::on(Engine::Sqlite).await;
    let stars = |count: usize| Criterion::Like("*i".repeat(count));
    let many = |count: usize| Criterion::NoneOf((0..count).map(|n| n.to_string()).collect());
    for (kind, field) in [
        (Kind::CustomerUser, "UserCity"),
        (Kind::Customer, "CustomerCompanyCity"),
        (Kind::Group, "Comment"),
        (Kind::Service, "Comment"),
    ] {
        for (criterion, mistake) in [
            (stars(50), None),
            (stars(51), Some("too-many-wildcards")),
            (stars(1_000), Some("too-many-wildcards")),
            (Criterion::Like("i".repeat(10_001)), Some("too-long")),
            (many(500), None),
            (many(501), Some("too-many")),
        ] {
            let search = Search {
                fields: vec![(field.to_owned(), criterion)],
                ..Search::default()
            };
            let found = desk
                .directory
                .search(&Actor::operator(), kind, &search)
                .await;
            let refused = match found {
                Ok(_) => None,
                Err(Error::Invalid(errors)) => {
                    assert_eq!(errors[0].field, field);
                    Some(errors[0].problem.code())
                }
                Err(error) => panic!("{error}"),
            };
            assert_eq!(refused, mistake, "{kind:?}");
        }
    }
}
