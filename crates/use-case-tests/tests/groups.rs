//! Groups: found by name, renamed without losing permissions, and guarded where agents' rights hang on them.

use kartoteka_directory::{
    Actor, Criterion, Direction, Effect, Error, FieldProblem, Kind, Order, Role, Search,
    ValidFilter,
};
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_store::own::named::{self, NamedTable};
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

async fn names(desk: &Desk, search: &Search) -> Vec<String> {
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::Group, search)
        .await
        .unwrap();
    assert_eq!(
        (page.total.count as usize, page.total.exact),
        (page.rows.len(), true)
    );
    page.rows.into_iter().map(|row| row.key).collect()
}

#[tokio::test]
async fn lists_are_searched_filtered_and_in_order() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        for name in ["Źródła", "zamówienia", "Łódź 24/7"] {
            desk.create(Kind::Group, &[("Name", name)]).await.unwrap();
        }
        desk.create(Kind::Group, &[("Name", "stare"), ("ValidID", "invalid")])
            .await
            .unwrap();
        let all = Search::default();
        let expected = [
            "admin",
            "Łódź 24/7",
            "stats",
            "users",
            "zamówienia",
            "Źródła",
        ];
        assert_eq!(names(&desk, &all).await, expected, "{}", engine.name());
        let text = |text: &str| Search {
            text: Some(text.into()),
            ..Search::default()
        };
        assert_eq!(names(&desk, &text("LODZ")).await, ["Łódź 24/7"]);
        assert_eq!(names(&desk, &text("st OR zrod")).await, ["stats", "Źródła"]);
        let invalid = Search {
            valid: ValidFilter::Invalid,
            ..Search::default()
        };
        assert_eq!(names(&desk, &invalid).await, ["stare"]);
        let asked = Search {
            fields: vec![("Name".into(), Criterion::Like("*s".into()))],
            order: vec![Order {
                field: "Name".into(),
                direction: Direction::Down,
            }],
            ..Search::default()
        };
        assert_eq!(names(&desk, &asked).await, ["users", "stats"]);
        let count = desk.directory.count(Kind::Group).await.unwrap();
        assert_eq!(count, (6, 1), "{}", engine.name());
    }
}

#[tokio::test]
async fn malformed_and_unknown_criteria_are_refused() {
    let desk = Desk::on(Engine::Sqlite).await;
    let search = |search: Search| {
        let directory = desk.directory.clone();
        async move {
            directory
                .search(&Actor::operator(), Kind::Group, &search)
                .await
        }
    };
    let malformed = Search {
        text: Some("a AND OR b".into()),
        ..Search::default()
    };
    assert!(matches!(search(malformed).await, Err(Error::Syntax(_))));
    for unknown in [
        Search {
            fields: vec![("Parent".into(), Criterion::Like("x".into()))],
            ..Search::default()
        },
        Search {
            order: vec![Order {
                field: "id".into(),
                direction: Direction::Up,
            }],
            ..Search::default()
        },
        Search {
            after: Some("no cursor".into()),
            ..Search::default()
        },
    ] {
        assert!(matches!(search(unknown).await, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn all_mistakes_of_a_group_come_at_once() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let long = "ż".repeat(251);
        let fields = [
            ("Name", "a\u{7}b"),
            ("Comment", long.as_str()),
            ("ValidID", "9"),
            ("Parent", "x"),
        ];
        let plan = Records::of(&desk.directory)
            .plan_create(&Actor::operator(), Kind::Group, None, fields_of(&fields))
            .await
            .unwrap();
        let mut found: Vec<(&str, &str)> = plan
            .errors
            .iter()
            .map(|error| (error.field.as_str(), error.problem.code()))
            .collect();
        found.sort_unstable();
        let expected = [
            ("Comment", "too-long"),
            ("Name", "control-character"),
            ("Parent", "unknown-field"),
            ("ValidID", "unknown-validity"),
        ];
        assert_eq!(found, expected, "{}", engine.name());
        for (name, code) in [("", "required"), ("  ", "required"), ("USERS", "taken")] {
            let refused = desk.create(Kind::Group, &[("Name", name)]).await;
            let Err(Error::Invalid(errors)) = refused else {
                panic!("{refused:?} on {}", engine.name())
            };
            assert_eq!(errors[0].problem.code(), code, "{}", engine.name());
        }
        let longest = "ż".repeat(191);
        let fields = [("Name", longest.as_str()), ("Comment", "a\nb\tc")];
        let kept = desk.create(Kind::Group, &fields).await;
        assert_eq!(kept.unwrap(), longest);
    }
}

#[tokio::test]
async fn a_renamed_group_keeps_its_permissions_and_its_history() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        desk.create(Kind::Group, &[("Name", "support")])
            .await
            .unwrap();
        let find = async |name: &str| {
            let row = named::find(&desk.db, NamedTable::Groups, name).await;
            row.unwrap()
        };
        let id = find("support").await.unwrap().id;
        let time = desk.db.engine().time_placeholder();
        let sql = format!(
            "INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, create_time, \
             create_by, change_time, change_by) VALUES (?, ?, 'ro', 1, {time}, 1, {time}, 1)"
        );
        let now = "2026-11-03 12:00:00";
        desk.db
            .execute(&sql, &args!["anna", id, now, now])
            .await
            .unwrap();
        let plan = Records::of(&desk.directory)
            .plan_update(
                &Actor::operator(),
                Kind::Group,
                "support",
                fields_of(&[("Name", "Wsparcie"), ("ValidID", "2")]),
                None,
            )
            .await
            .unwrap();
        let expected = [
            Effect::Renames {
                from: "support".into(),
                to: "Wsparcie".into(),
            },
            Effect::ChangesValidity {
                from: "valid".into(),
                to: "invalid".into(),
            },
        ];
        assert_eq!(plan.effects, expected);
        let applied = Records::of(&desk.directory).apply(plan).await.unwrap();
        assert_eq!(applied.effects, expected);
        let found = desk
            .directory
            .find(&Actor::operator(), Kind::Group, "Wsparcie")
            .await
            .unwrap();
        assert_eq!(found.version, applied.version, "{}", engine.name());
        assert_eq!(find("Wsparcie").await.map(|row| row.id), Some(id));
        assert_eq!(find("support").await, None);
        assert_eq!(find("wsparcie").await, None, "names are compared exactly");
        let rows = desk
            .db
            .fetch("SELECT user_id FROM group_customer_user", &[])
            .await
            .unwrap();
        assert_eq!(rows.len(), 1, "{}", engine.name());
        let history = desk
            .directory
            .history(&Actor::operator(), Kind::Group, "Wsparcie", 10)
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["rename", "create"], "{}", engine.name());
    }
}

#[tokio::test]
async fn the_groups_that_rights_come_from_stay() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        for group in ["admin", "users"] {
            for (field, value) in [("Name", "other"), ("ValidID", "2"), ("ValidID", "3")] {
                let refused = desk.update(Kind::Group, group, &[(field, value)]).await;
                let Err(Error::Invalid(errors)) = refused else {
                    panic!("{refused:?} on {}", engine.name())
                };
                assert_eq!(
                    (errors[0].field.as_str(), &errors[0].problem),
                    (field, &FieldProblem::CarriesRights)
                );
            }
            desk.update(Kind::Group, group, &[("Comment", "agents' rights")])
                .await
                .unwrap();
        }
        desk.update(Kind::Group, "stats", &[("ValidID", "2")])
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_group_that_was_changed_meanwhile_is_not_overwritten() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let operator = Actor::operator();
        let had = desk
            .directory
            .find(&operator, Kind::Group, "stats")
            .await
            .unwrap()
            .version;
        let mine = fields_of(&[("Comment", "mine")]);
        let plan = async || {
            Records::of(&desk.directory)
                .plan_update(
                    &operator,
                    Kind::Group,
                    "stats",
                    mine.clone(),
                    Some(had.clone()),
                )
                .await
        };
        let planned = plan().await.unwrap();
        desk.update(Kind::Group, "stats", &[("Comment", "theirs")])
            .await
            .unwrap();
        for late in [
            Records::of(&desk.directory).apply(planned).await.err(),
            plan().await.err(),
        ] {
            let Some(Error::Conflict(stale)) = late else {
                panic!("{late:?} on {}", engine.name())
            };
            assert_eq!(
                (
                    stale.current.record.get("Comment"),
                    stale.wanted["Comment"].as_str()
                ),
                ("theirs", "mine")
            );
        }
        // Renamed between plan and save: there is nothing to save to any more.
        let again = Records::of(&desk.directory)
            .plan_update(&operator, Kind::Group, "stats", mine.clone(), None)
            .await
            .unwrap();
        desk.update(Kind::Group, "stats", &[("Name", "numbers")])
            .await
            .unwrap();
        assert!(matches!(
            Records::of(&desk.directory).apply(again).await,
            Err(Error::NotFound { .. })
        ));
    }
}

#[tokio::test]
async fn of_two_who_add_the_same_group_one_wins() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let plan = async |name: &str| {
            Records::of(&desk.directory)
                .plan_create(
                    &Actor::operator(),
                    Kind::Group,
                    None,
                    fields_of(&[("Name", name)]),
                )
                .await
                .unwrap()
        };
        let (first, second) = (plan("Łącza").await, plan("łĄCZA").await);
        Records::of(&desk.directory).apply(first).await.unwrap();
        let Err(Error::Invalid(errors)) = Records::of(&desk.directory).apply(second).await else {
            panic!("twice on {}", engine.name())
        };
        let by = "Łącza".to_owned();
        assert_eq!(errors[0].problem, FieldProblem::Taken { by });
    }
}

#[tokio::test]
async fn only_admins_change_groups_and_services() {
    let desk = Desk::on(Engine::Sqlite).await;
    for role in [Role::Reader, Role::Editor] {
        let actor = Actor::agent(1, "jan", role);
        for kind in [Kind::Group, Kind::Service] {
            let fields = fields_of(&[("Name", "x")]);
            let refused = Records::of(&desk.directory)
                .plan_create(&actor, kind, None, fields.clone())
                .await;
            assert!(matches!(
                refused,
                Err(Error::Forbidden {
                    needed: Role::Admin
                })
            ));
            let refused = Records::of(&desk.directory)
                .plan_update(&actor, kind, "users", fields, None)
                .await;
            assert!(matches!(
                refused,
                Err(Error::Forbidden {
                    needed: Role::Admin
                })
            ));
        }
        desk.directory
            .find(&actor, Kind::Group, "users")
            .await
            .unwrap();
    }
}
