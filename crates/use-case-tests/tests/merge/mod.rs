//! Several sources are one directory: what a search finds over them is what a plain reading of the rules says (D05,
//! D19), whatever engines they are on, whatever was saved before.

mod world;

use kartoteka_directory::{Actor, Criterion, Direction, Kind, Order, Search, ValidFilter};
use kartoteka_model::search::{Affixes, Blanks, Grammar, parse, wildcard};
use kartoteka_model::text::{lower, same_key};
use kartoteka_model::{Collation, Condition, Pattern, Record};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use world::{COLUMNS, Source, World, word, world};

use crate::fields_of;

/// Rounds on each engine, each with sources of its own.
const ROUNDS: usize = 3;

/// In which orders the lists stand, one after the other.
const ORDERS: [&str; 5] = ["pl", "folded", "de-u-co-phonebk", "sv", "und"];
/// Searches in a round; after some of them somebody saves.
const SEARCHES: usize = 90;

/// What speaks for each login: the record of the first source that has it, with its source.
fn speaking(sources: &[Source]) -> Vec<(&Source, &Record)> {
    let mut speaking: Vec<(&Source, &Record)> = vec![];
    for source in sources {
        for record in &source.people {
            let login = record.get("UserLogin");
            if !speaking
                .iter()
                .any(|(_, known)| same_key(known.get("UserLogin"), login))
            {
                speaking.push((source, record));
            }
        }
    }
    speaking
}

fn is_valid(source: &Source, record: &Record) -> bool {
    source.spec.spec.valid.is_none() || record.get("ValidID") == "1"
}

/// The condition that a search means in a source; none when the text is malformed.
fn condition(source: &Source, search: &Search) -> Option<Condition> {
    let table = &source.spec.spec;
    let mut condition = Condition::Everything;
    if let Some(text) = &search.text {
        let affixes = Affixes {
            prefix: table.search_prefix.clone(),
            suffix: table.search_suffix.clone(),
        };
        let fields: Vec<String> = table
            .field_names(&table.search_fields)
            .map(str::to_owned)
            .collect();
        condition =
            condition.and(parse(text, Grammar::Words, Blanks::Join, &affixes, &fields).ok()?);
    }
    for (field, criterion) in &search.fields {
        let one_of = |values: &[String]| Condition::OneOf {
            field: field.clone(),
            values: values.iter().cloned().collect(),
        };
        condition = condition.and(match criterion {
            Criterion::Like(text) => Condition::Matches {
                fields: vec![field.clone()],
                pattern: wildcard(text),
            },
            Criterion::Contains(text) => Condition::Matches {
                fields: vec![field.clone()],
                pattern: Pattern::contains(text),
            },
            Criterion::OneOf(values) => one_of(values),
            Criterion::NoneOf(values) => one_of(values).negate(),
        });
    }
    Some(condition)
}

/// Logins in the order that the rules give, before any limit.
fn expected(sources: &[Source], collation: &Collation, search: &Search) -> Option<Vec<String>> {
    let mut found: Vec<(&Source, &Record)> = vec![];
    for (source, record) in speaking(sources) {
        let validity = match search.valid {
            ValidFilter::All => true,
            ValidFilter::Valid => is_valid(source, record),
            ValidFilter::Invalid => !is_valid(source, record),
        };
        if validity && condition(source, search)?.matches(record, source.spec.spec.text) {
            found.push((source, record));
        }
    }
    let login = |record: &Record| lower(record.get("UserLogin"));
    if search.order.is_empty() {
        found.sort_by_cached_key(|(_, record)| {
            let key = |field| collation.key(record.get(field));
            (key("UserLastname"), key("UserFirstname"), login(record))
        });
    } else {
        found.sort_by(|(a_source, a), (b_source, b)| {
            let by_fields = search.order.iter().map(|order| {
                let key = |source: &Source, record: &Record| {
                    let text = record.get(&order.field);
                    match collation.is_folded() {
                        true => source.spec.spec.text.forms(text).plain,
                        false => collation.key(text),
                    }
                };
                let compared = key(a_source, a).cmp(&key(b_source, b));
                match order.direction {
                    Direction::Up => compared,
                    Direction::Down => compared.reverse(),
                }
            });
            let compared = by_fields.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then);
            compared.then_with(|| login(a).cmp(&login(b)))
        });
    }
    let logins = found
        .iter()
        .map(|(_, record)| record.get("UserLogin").to_owned());
    Some(logins.collect())
}

fn question(random: &mut StdRng) -> Search {
    let mut search = Search {
        valid: [ValidFilter::Valid, ValidFilter::Invalid, ValidFilter::All]
            .choose(random)
            .copied()
            .unwrap_or_default(),
        limit: [1, 3, 7, 1000].choose(random).copied().unwrap_or(7),
        offset: [0, 0, 2, 5].choose(random).copied().unwrap_or(0),
        ..Search::default()
    };
    if random.random_bool(0.7) {
        let joins = ["+", "||", " ", "&&"];
        let join = joins.choose(random).copied().unwrap_or(" ");
        let words: Vec<String> = (0..random.random_range(1..3))
            .map(|_| {
                let not = if random.random_bool(0.3) { "!" } else { "" };
                format!("{not}{}", word(random, 1))
            })
            .collect();
        search.text = Some(words.join(join));
    }
    // None, one, or several, each of any field.
    for _ in 0..[0, 0, 1, 1, 2, 3].choose(random).copied().unwrap_or(1) {
        let (field, _) = COLUMNS[..5].choose(random).copied().unwrap_or(COLUMNS[0]);
        let values = [word(random, 2), word(random, 2)];
        let criterion = match random.random_range(0..6) {
            0 => Criterion::NoneOf(values.into()),
            1 => Criterion::OneOf(values.into()),
            shape => {
                let value = word(random, 1);
                Criterion::Like(match shape {
                    2 => format!("{value}*"),
                    3 => format!("*{value}"),
                    _ => format!("*{value}*"),
                })
            }
        };
        search.fields.push((field.into(), criterion));
    }
    if random.random_bool(0.4) {
        let mut fields = [
            "UserFirstname",
            "UserLastname",
            "UserCustomerID",
            "UserEmail",
        ];
        fields.shuffle(random);
        for field in &fields[..random.random_range(1..3)] {
            search.order.push(Order {
                field: (*field).into(),
                direction: if random.random() {
                    Direction::Up
                } else {
                    Direction::Down
                },
            });
        }
    }
    search
}

/// Somebody changes a person who speaks in a source that can be written: validity, name or login.
async fn save(random: &mut StdRng, world: &mut World, number: usize) {
    let writable: Vec<(String, String)> = speaking(&world.sources)
        .into_iter()
        .filter(|(source, _)| !source.spec.spec.read_only)
        .map(|(source, record)| {
            (
                source.spec.spec.id.clone(),
                record.get("UserLogin").to_owned(),
            )
        })
        .collect();
    let Some((id, login)) = writable.choose(random).cloned() else {
        return;
    };
    let source = world
        .sources
        .iter_mut()
        .find(|source| source.spec.spec.id == id);
    let source = source.unwrap();
    let (field, value) = match random.random_range(0..3) {
        0 if source.spec.spec.valid.is_some() => {
            ("ValidID", ["1", "2"].choose(random).unwrap().to_string())
        }
        1 => ("UserLogin", format!("new{number}")),
        _ => ("UserLastname", word(random, 2)),
    };
    let plan = Records::of(&world.directory)
        .plan_update(
            &Actor::operator(),
            Kind::CustomerUser,
            &login,
            fields_of(&[(field, &value)]),
            None,
        )
        .await
        .unwrap();
    assert_eq!(
        plan.source, id,
        "the source that speaks for {login} is changed"
    );
    Records::of(&world.directory).apply(plan).await.unwrap();
    let mut people = source.people.iter_mut();
    let record = people
        .find(|record| record.get("UserLogin") == login)
        .unwrap();
    record.set(field, value);
}

#[tokio::test]
async fn a_search_over_several_sources_finds_what_the_rules_say() {
    for (at, engine) in Engine::all().into_iter().enumerate() {
        let (mut hits, mut hidden) = (0, 0);
        for round in 0..ROUNDS {
            let mut random = StdRng::seed_from_u64(100 + round as u64);
            let order = ORDERS[(at * ROUNDS + round) % ORDERS.len()];
            let order = Collation::parse(order).unwrap();
            let mut world = world(&mut random, engine, order).await;
            let actor = Actor::operator();
            for number in 0..SEARCHES {
                if number % 5 == 4 {
                    save(&mut random, &mut world, number).await;
                }
                let search = question(&mut random);
                let Some(expected) = expected(&world.sources, world.directory.collation(), &search)
                else {
                    continue;
                };
                let page = world
                    .directory
                    .search(&actor, Kind::CustomerUser, &search)
                    .await
                    .unwrap();
                let found: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
                let wanted: Vec<&str> = expected
                    .iter()
                    .map(String::as_str)
                    .skip(search.offset as usize)
                    .take(search.limit as usize)
                    .collect();
                let case = format!("round {round}, {search:?} on {engine}");
                assert_eq!(found, wanted, "{case}");
                assert_eq!(page.total.count, expected.len() as u64, "{case}");
                for row in &page.rows {
                    let speaks = speaking(&world.sources)
                        .into_iter()
                        .find(|(_, record)| record.get("UserLogin") == row.key);
                    let (source, record) = speaks.unwrap();
                    assert_eq!(row.source, source.spec.spec.id, "{case}");
                    assert_eq!(
                        row.record.get("UserLastname"),
                        record.get("UserLastname"),
                        "{case}"
                    );
                }
                hits += found.len();
            }
            let all: usize = world.sources.iter().map(|source| source.people.len()).sum();
            hidden += all - speaking(&world.sources).len();
            world.directory.close().await;
        }
        assert!(hits > 300, "the searches find something: {hits}");
        assert!(hidden > 20, "logins overlap: {hidden}");
    }
}
