//! Fields that pages write: their columns, what is refused, and how nodes follow.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kartoteka_directory::{Actor, Error, Kind, Maintenance, Role, Search};
use kartoteka_fields::{FieldApplied, FieldEffect, FieldMaps, FieldOrigin, FieldStep, FieldWish};
use kartoteka_model::{Field, FieldKind};
use kartoteka_records::Records;
use kartoteka_settings::{WrittenField, WrittenFields, WrittenSource, place_fields};
use kartoteka_store::Db;
use kartoteka_store::own::journal;
use kartoteka_store::source::columns;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

const SOURCE: &str = "CustomerUser";

fn room() -> FieldWish {
    FieldWish {
        label: Some("Pokój".into()),
        column: Some("room".into()),
        size: Some(250),
        ..FieldWish::default()
    }
}

async fn done(
    directory: &Maintenance,
    source: &str,
    name: &str,
    step: FieldStep,
) -> Result<FieldApplied, Error> {
    let maps = FieldMaps::of(directory);
    let plan = maps
        .plan_field(&Actor::operator(), source, name, step)
        .await?;
    maps.apply_field(plan).await
}

async fn add(directory: &Maintenance, name: &str, wish: FieldWish) -> Result<FieldApplied, Error> {
    done(directory, SOURCE, name, FieldStep::Add(wish)).await
}

/// Members and codes of what was refused.
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(String, &'static str)> {
    let Err(Error::Invalid(errors)) = outcome else {
        panic!("{outcome:?}");
    };
    let errors = errors.into_iter();
    errors
        .map(|error| (error.field.clone(), error.problem.code()))
        .collect()
}

/// Waits until a node goes by what was written.
async fn taken_up(directory: &Maintenance, number: u64) -> Duration {
    let began = Instant::now();
    while directory.fields_in_force() < number {
        assert!(began.elapsed() < Duration::from_secs(20), "not taken up");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    began.elapsed()
}

#[tokio::test]
async fn a_field_is_added_with_its_column_and_can_be_used_at_once() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let maps = FieldMaps::of(&desk.directory);
        let plan = maps
            .plan_field(
                &Actor::operator(),
                SOURCE,
                "UserRoom",
                FieldStep::Add(room()),
            )
            .await
            .unwrap();
        assert!(plan.errors.is_empty(), "{engine} {:?}", plan.errors);
        let FieldEffect::AddsColumn { sql, .. } = &plan.effects[0] else {
            panic!("{:?}", plan.effects);
        };
        assert!(sql.starts_with("ALTER TABLE"), "{sql}");
        assert!(sql.contains("VARCHAR(250) NULL"), "{sql}");
        // Until it is applied, nothing is there.
        let there = columns(&desk.db, "customer_user").await.unwrap();
        assert!(!there.iter().any(|column| column.name == "room"));
        let applied = maps.apply_field(plan).await.unwrap();
        let entry = journal::find(&desk.db, applied.journal.unwrap()).await;
        let entry = entry.unwrap().unwrap();
        assert_eq!((&*entry.kind, &*entry.source), ("settings", SOURCE));

        taken_up(&desk.directory, 1).await;
        let now = desk.directory.current();
        let fields = fields_of(&[("UserRoom", "Zamek 7")]);
        let actor = Actor::operator();
        let plan = Records::of(&now).plan_update(&actor, Kind::CustomerUser, "anna", fields, None);
        Records::of(&now).apply(plan.await.unwrap()).await.unwrap();
        let found = now.find(&actor, Kind::CustomerUser, "anna").await.unwrap();
        assert_eq!(found.record.get("UserRoom"), "Zamek 7", "{engine}");
        let there = columns(&desk.db, "customer_user").await.unwrap();
        let column = there.iter().find(|column| column.name == "room").unwrap();
        assert_eq!((column.max_length, column.nullable), (Some(250), true));

        // It is changed, moved, and taken out; what it holds stays, and it comes back with it.
        let wish = FieldWish {
            label: Some("Zimmer".into()),
            labels: Some([("pl".to_owned(), "Pokój".to_owned())].into()),
            required: Some(true),
            link: Some("https://wiki.acme-lab.org/[% Data.UserRoom | uri %]".into()),
            choices: Some([("7".to_owned(), "Seven".to_owned())].into()),
            position: Some(2),
            ..FieldWish::default()
        };
        let applied = done(&desk.directory, SOURCE, "UserRoom", FieldStep::Change(wish)).await;
        let after = applied.unwrap().after.unwrap();
        assert_eq!((after.position, after.required), (2, true));
        assert_eq!(after.origin, FieldOrigin::Added);
        taken_up(&desk.directory, 2).await;
        let now = desk.directory.current();
        let source = &now.settings().customer_users[0].spec;
        assert_eq!(source.map.0[1].name, "UserRoom", "{engine}");
        assert_eq!(source.selections["UserRoom"]["7"], "Seven");
        done(&desk.directory, SOURCE, "UserRoom", FieldStep::Remove)
            .await
            .unwrap();
        taken_up(&desk.directory, 3).await;
        let now = desk.directory.current();
        assert!(
            now.settings().customer_users[0]
                .spec
                .map
                .find("UserRoom")
                .is_none()
        );
        let again = add(&desk.directory, "UserRoom", room()).await.unwrap();
        assert!(
            matches!(again.effects[0], FieldEffect::TakesColumn { .. }),
            "{:?}",
            again.effects
        );
        taken_up(&desk.directory, 4).await;
        let now = desk.directory.current();
        let found = now.find(&actor, Kind::CustomerUser, "anna").await.unwrap();
        assert_eq!(found.record.get("UserRoom"), "Zamek 7", "{engine}");
    }
}

#[tokio::test]
async fn what_can_not_be_is_refused() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let alter = "ALTER TABLE customer_user ADD COLUMN shift INTEGER";
        desk.db.execute(alter, &[]).await.unwrap();
        let alter = "ALTER TABLE customer_user ADD COLUMN short VARCHAR(10)";
        desk.db.execute(alter, &[]).await.unwrap();
        let directory = &desk.directory;
        let with = |column: &str| FieldWish {
            column: Some(column.into()),
            ..FieldWish::default()
        };
        let whole = |column: &str| FieldWish {
            kind: Some(FieldKind::Int),
            ..with(column)
        };
        for (name, wish, member, code) in [
            ("UserLogin", with("room"), "name", "field-there"),
            ("User Room", with("room"), "name", "not-a-name"),
            ("", with("room"), "name", "required"),
            ("UserPassword2", with("room"), "name", "secret-field"),
            ("UserRoom", with("api_token"), "column", "secret-field"),
            ("UserRoom", with("pw"), "column", "column-shown"),
            ("UserRoom", with("login"), "column", "column-shown"),
            ("UserRoom", with("LOGIN"), "column", "column-shown"),
            ("UserRoom", with("change_time"), "column", "column-shown"),
            (
                "UserRoom",
                with("room; DROP TABLE x"),
                "column",
                "not-a-name",
            ),
            ("UserRoom", with("pokój"), "column", "not-a-name"),
            ("UserRoom", with(&"a".repeat(64)), "column", "not-a-name"),
            ("UserRoom", FieldWish::default(), "column", "required"),
            ("UserRoom", whole("short"), "column", "column-other"),
            (
                "UserRoom",
                FieldWish {
                    size: Some(250),
                    ..with("short")
                },
                "column",
                "column-other",
            ),
            (
                "UserRoom",
                FieldWish {
                    size: Some(0),
                    ..with("room")
                },
                "size",
                "out-of-range",
            ),
            (
                "UserRoom",
                FieldWish {
                    size: Some(99_999),
                    ..with("room")
                },
                "size",
                "out-of-range",
            ),
            (
                "UserRoom",
                FieldWish {
                    link: Some("javascript:alert(1)".into()),
                    ..with("room")
                },
                "link",
                "not-a-link",
            ),
            (
                "UserRoom",
                FieldWish {
                    label: Some("a\u{7}".into()),
                    ..with("room")
                },
                "label",
                "control-character",
            ),
        ] {
            let outcome = add(directory, name, wish).await;
            let errors = refused(outcome);
            let expected = (member.to_owned(), code);
            assert!(
                errors.contains(&expected),
                "{engine} {name} {expected:?} {errors:?}"
            );
        }
        // The type fits.
        add(directory, "UserShift", whole("shift")).await.unwrap();
        for needed in ["UserLogin", "UserEmail", "UserCustomerID", "UserFirstname"] {
            let removed = done(directory, SOURCE, needed, FieldStep::Remove).await;
            assert_eq!(
                refused(removed),
                [("name".to_owned(), "needed-field")],
                "{needed}"
            );
        }
        let other = FieldWish {
            column: Some("other".into()),
            size: Some(5),
            ..FieldWish::default()
        };
        let changed = done(directory, SOURCE, "UserShift", FieldStep::Change(other)).await;
        let members: Vec<String> = refused(changed).into_iter().map(|one| one.0).collect();
        assert_eq!(members, ["column", "size"]);
        let unknown = done(directory, "CustomerUser7", "UserRoom", FieldStep::Remove).await;
        assert!(matches!(unknown, Err(Error::Unknown { .. })), "{unknown:?}");
        let there = columns(&desk.db, "customer_user").await.unwrap();
        assert!(
            !there.iter().any(|column| column.name == "room"),
            "{engine}"
        );
    }
}

#[tokio::test]
async fn customers_have_fields_of_their_own_and_shipped_ones_are_taken_out_and_come_back() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let directory = &desk.directory;
        let vat = FieldWish {
            column: Some("vat".into()),
            ..FieldWish::default()
        };
        done(
            directory,
            "CustomerCompany",
            "CustomerCompanyVAT",
            FieldStep::Add(vat),
        )
        .await
        .unwrap();
        done(directory, SOURCE, "UserFax", FieldStep::Remove)
            .await
            .unwrap();
        taken_up(directory, 2).await;
        let now = directory.current();
        let customers = &now.settings().customers[0].spec.map;
        assert_eq!(customers.find("CustomerCompanyVAT").unwrap().column, "vat");
        assert!(
            now.settings().customer_users[0]
                .spec
                .map
                .find("UserFax")
                .is_none()
        );
        let shown = FieldMaps::of(&now)
            .fields_shown(&Actor::operator())
            .await
            .unwrap();
        assert_eq!(shown.sources[0].removed, ["UserFax"]);
        add(directory, "UserFax", FieldWish::default())
            .await
            .unwrap();
        taken_up(directory, 3).await;
        let now = directory.current();
        let map = &now.settings().customer_users[0].spec.map;
        assert_eq!(map.find("UserFax").unwrap().column, "fax", "{engine}");
    }
}

#[tokio::test]
async fn only_admins_write_fields() {
    let desk = Desk::on(Engine::Sqlite).await;
    for role in [Role::Reader, Role::Editor] {
        let actor = Actor::agent(7, "ewa", role);
        let maps = FieldMaps::of(&desk.directory);
        let step = FieldStep::Add(room());
        let plan = maps.plan_field(&actor, SOURCE, "UserRoom", step).await;
        assert!(matches!(plan, Err(Error::Forbidden { .. })));
        assert!(matches!(
            maps.fields_shown(&actor).await,
            Err(Error::Forbidden { .. })
        ));
    }
}

#[tokio::test]
async fn whoever_keeps_the_table_is_not_waited_for_long() {
    for engine in Engine::servers() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let mut kept = desk.db.begin().await.unwrap();
        let sql = "UPDATE customer_user SET title = 'Dr' WHERE login = 'anna'";
        kept.execute(sql, &[]).await.unwrap();
        let began = Instant::now();
        let outcome = add(&desk.directory, "UserRoom", room()).await;
        let took = began.elapsed();
        assert_eq!(
            refused(outcome),
            [("column".to_owned(), "table-busy")],
            "{engine}"
        );
        assert!(took < Duration::from_secs(4), "{engine} {took:?}");
        drop(kept);
        // Connections wait as long as before again, and nothing is half there.
        let mut outcome = add(&desk.directory, "UserRoom", room()).await;
        for _ in 0..20 {
            if outcome.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            outcome = add(&desk.directory, "UserRoom", room()).await;
        }
        outcome.unwrap();
    }
}

#[tokio::test]
async fn a_column_that_is_gone_is_told_and_the_rest_goes_on() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        add(&desk.directory, "UserRoom", room()).await.unwrap();
        taken_up(&desk.directory, 1).await;
        desk.directory.close().await;
        // A connection to SQLite may know the table as it was, and drops no column that it does not know.
        let fresh = Db::open(desk.settings.database.url.expose()).await.unwrap();
        let drop = "ALTER TABLE customer_user DROP COLUMN room";
        fresh.execute(drop, &[]).await.unwrap();
        let desk = desk.again(|_| {}).await;
        let now = desk.directory.current();
        let shown = FieldMaps::of(&now)
            .fields_shown(&Actor::operator())
            .await
            .unwrap();
        let refused = shown.refused.unwrap();
        assert!(refused.mistakes[0].contains("room"), "{refused:?}");
        assert!(
            now.settings().customer_users[0]
                .spec
                .map
                .find("UserRoom")
                .is_none()
        );
        let (actor, search) = (Actor::operator(), Search::default());
        let found = now.search(&actor, Kind::CustomerUser, &search).await;
        assert_eq!(found.unwrap().rows.len(), 1, "{engine}");
        // It is mended by taking it out.
        done(&desk.directory, SOURCE, "UserRoom", FieldStep::Remove)
            .await
            .unwrap();
        taken_up(&desk.directory, 2).await;
        assert_eq!(desk.directory.refused_fields(), None, "{engine}");
    }
}

/// Searches until it is told to stop; the fewest people it ever found.
async fn search_on(node: Maintenance, stop: Arc<AtomicBool>, count: Arc<AtomicU64>) -> usize {
    let mut fewest = usize::MAX;
    let search = Search {
        text: Some("nowak".into()),
        limit: 100,
        ..Search::default()
    };
    while !stop.load(Ordering::Relaxed) {
        let now = node.current();
        let found = now
            .search(&Actor::operator(), Kind::CustomerUser, &search)
            .await;
        fewest = fewest.min(found.unwrap().rows.len());
        count.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fewest
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_follow_within_two_seconds_and_never_find_less() {
    for engine in Engine::servers() {
        let desk = Desk::with_customers(engine).await;
        for at in 0..30 {
            desk.person(&format!("anna{at}")).await;
        }
        let (other, _data) = desk.other_node().await;
        let stop = Arc::new(AtomicBool::new(false));
        let count = Arc::new(AtomicU64::new(0));
        let searches: Vec<_> = [&desk.directory, &other, &desk.directory, &other]
            .into_iter()
            .map(|node| search_on(node.clone(), stop.clone(), count.clone()))
            .map(tokio::spawn)
            .collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        // Whatever else the machine does: of three, one is as fast as all have to be.
        let mut took = vec![];
        for (at, name) in ["UserRoom", "UserFloor", "UserWing"]
            .into_iter()
            .enumerate()
        {
            let wish = FieldWish {
                column: Some(format!("own_{at}")),
                ..room()
            };
            let began = Instant::now();
            add(&desk.directory, name, wish).await.unwrap();
            let number = at as u64 + 1;
            taken_up(&desk.directory, number).await;
            let here = began.elapsed();
            taken_up(&other, number).await;
            took.push((here, began.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        stop.store(true, Ordering::Relaxed);
        for search in searches {
            assert_eq!(search.await.unwrap(), 30, "{engine}");
        }
        println!(
            "{engine}: here and on both after {took:?}, {} searches",
            count.load(Ordering::Relaxed)
        );
        let fastest = took.iter().map(|(_, both)| *both).min().unwrap();
        assert!(fastest < Duration::from_secs(2), "{engine} {took:?}");
        let found = other.current();
        assert!(
            found.settings().customer_users[0]
                .spec
                .map
                .find("UserRoom")
                .is_some()
        );
        other.close().await;
    }
}

#[test]
fn fields_that_an_order_does_not_name_stay_behind_those_they_came_after() {
    let fields = |names: &str| -> Vec<Field> {
        let names = names.split(' ');
        names.map(|name| Field::new(name, "", name)).collect()
    };
    let order = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (before, wanted, after) in [
        ("a b c", "c", "a b c"),
        ("a b c", "b a c", "b a c"),
        ("a b c new", "c b a", "c new b a"),
        ("new a b", "b a", "new b a"),
        ("a b c", "gone c a b", "c a b"),
    ] {
        let placed = place_fields(fields(before), &order(wanted));
        let names: Vec<&str> = placed.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.join(" "), after, "{before} {wanted}");
    }
}

#[test]
fn the_file_wins_over_what_pages_wrote() {
    let toml = "[CustomerUser]\nMapAdd = [[\"UserRoom\", \"Zimmer\", \"zimmer\", 1, 0, \"var\"]]\n";
    let base = kartoteka_settings::read_text("kartoteka.toml", toml, []);
    let base = base.settings.unwrap();
    let field = |column: &str, label: &str| WrittenField {
        column: Some(column.into()),
        label: Some(label.into()),
        ..WrittenField::default()
    };
    let source = WrittenSource {
        fields: [
            ("UserRoom".to_owned(), field("room", "Pokój")),
            ("UserFloor".to_owned(), field("floor", "Piętro")),
            ("UserTokens".to_owned(), field("api_token", "Secret")),
        ]
        .into(),
        ..WrittenSource::default()
    };
    let written = WrittenFields {
        number: 1,
        sources: [(SOURCE.to_owned(), source)].into(),
        ..WrittenFields::default()
    };
    let (settings, mistakes) = written.over(&base);
    let map = &settings.customer_users[0].spec.map;
    let room = map.find("UserRoom").unwrap();
    assert_eq!((&*room.label, &*room.column), ("Zimmer", "zimmer"));
    assert_eq!(map.find("UserFloor").unwrap().label, "Piętro");
    assert!(map.find("UserTokens").is_none());
    assert_eq!(mistakes.len(), 1);
}
