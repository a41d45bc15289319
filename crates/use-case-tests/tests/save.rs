//! Saving: everything or nothing, and never over somebody else's change.

use kartoteka_directory::{Actor, Error, FieldProblem, Kind, Role};
use kartoteka_login::Logins;
use kartoteka_records::{Plan, Records};
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

#[tokio::test]
async fn all_mistakes_come_at_once() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let long = "x".repeat(192);
        let fields = [
            ("UserLogin", long.as_str()),
            ("UserFirstname", ""),
            ("UserLastname", "a\u{0}b"),
            ("UserEmail", "nobody"),
            ("UserCustomerID", "NOSUCH"),
            ("ValidID", "9"),
            ("Nothing", "x"),
        ];
        let plan = Records::of(&desk.directory)
            .plan_create(
                &Actor::operator(),
                Kind::CustomerUser,
                None,
                fields_of(&fields),
            )
            .await;
        let plan = plan.unwrap();
        let mut found: Vec<(&str, &str)> = plan
            .errors
            .iter()
            .map(|error| (error.field.as_str(), error.problem.code()))
            .collect();
        found.sort_unstable();
        let expected = [
            ("Nothing", "unknown-field"),
            ("UserCustomerID", "unknown-customer"),
            ("UserEmail", "email"),
            ("UserFirstname", "required"),
            ("UserLastname", "control-character"),
            ("UserLogin", "too-long"),
            ("ValidID", "unknown-validity"),
        ];
        assert_eq!(found, expected, "{}", engine.name());
        assert!(matches!(
            Records::of(&desk.directory).apply(plan).await,
            Err(Error::Invalid(_))
        ));
    }
}

#[tokio::test]
async fn a_save_that_comes_too_late_shows_both_versions() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let actor = Actor::operator();
        let had = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await
            .unwrap()
            .version;
        let late = fields_of(&[("UserPhone", "2")]);
        let planned = Records::of(&desk.directory)
            .plan_update(
                &actor,
                Kind::CustomerUser,
                "anna",
                late.clone(),
                Some(had.clone()),
            )
            .await;
        desk.update(Kind::CustomerUser, "anna", &[("UserPhone", "1")])
            .await
            .unwrap();
        let applied = Records::of(&desk.directory).apply(planned.unwrap()).await;
        let Err(Error::Conflict(stale)) = applied else {
            panic!("{applied:?} on {}", engine.name())
        };
        assert_eq!(
            (
                stale.current.record.get("UserPhone"),
                stale.wanted["UserPhone"].as_str()
            ),
            ("1", "2")
        );
        let again = Records::of(&desk.directory)
            .plan_update(&actor, Kind::CustomerUser, "anna", late, Some(had))
            .await;
        assert!(matches!(again, Err(Error::Conflict(_))));
    }
}

#[tokio::test]
async fn of_two_who_add_the_same_login_one_wins() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let add = |login: &'static str, email: &'static str| {
            let directory = desk.directory.clone();
            tokio::spawn(async move {
                let fields = fields_of(&[
                    ("UserLogin", login),
                    ("UserFirstname", "A"),
                    ("UserLastname", "B"),
                    ("UserEmail", email),
                    ("UserCustomerID", "ACME"),
                ]);
                let plan = Records::of(&directory)
                    .plan_create(&Actor::operator(), Kind::CustomerUser, None, fields)
                    .await?;
                Records::of(&directory).apply(plan).await
            })
        };
        let both = [
            add("Łukasz", "a@acme-lab.org"),
            add("łUKASZ", "b@acme-lab.org"),
        ];
        let mut won = 0;
        for one in both {
            match one.await.unwrap() {
                Ok(_) => won += 1,
                Err(Error::Invalid(errors)) => {
                    assert!(
                        matches!(errors[0].problem, FieldProblem::Taken { .. }),
                        "{errors:?}"
                    );
                }
                Err(error) => panic!("{error:?} on {}", engine.name()),
            }
        }
        assert_eq!(won, 1, "{}", engine.name());
    }
}

/// A plan of somebody who is to get a customer, new or not.
async fn of_customer(desk: &Desk, login: &str, customer: &str, new: bool) -> Plan {
    let actor = Actor::operator();
    let planned = if new {
        let fields = fields_of(&[
            ("UserLogin", login),
            ("UserFirstname", "Anna"),
            ("UserLastname", "Nowak"),
            ("UserEmail", "new@acme-lab.org"),
            ("UserCustomerID", customer),
        ]);
        let kind = Kind::CustomerUser;
        Records::of(&desk.directory)
            .plan_create(&actor, kind, None, fields)
            .await
    } else {
        let fields = fields_of(&[("UserCustomerID", customer)]);
        let kind = Kind::CustomerUser;
        Records::of(&desk.directory)
            .plan_update(&actor, kind, login, fields, None)
            .await
    };
    planned.unwrap()
}

#[tokio::test]
async fn nobody_is_saved_for_a_customer_that_went_meanwhile() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        for (change, problem) in [
            (("ValidID", "2"), "invalid-customer"),
            (("CustomerID", "LODZ-2"), "unknown-customer"),
        ] {
            let plans = [
                of_customer(&desk, "bea", "LODZ", true).await,
                of_customer(&desk, "anna", "LODZ", false).await,
            ];
            desk.update(Kind::Customer, "LODZ", &[change])
                .await
                .unwrap();
            for plan in plans {
                assert_eq!(plan.errors, [], "{engine}");
                let applied = Records::of(&desk.directory).apply(plan).await;
                let Err(Error::Invalid(errors)) = applied else {
                    panic!("{applied:?} on {engine}");
                };
                let errors = errors
                    .iter()
                    .map(|error| (error.field.as_str(), error.problem.code()));
                let errors: Vec<_> = errors.collect();
                assert_eq!(errors, [("UserCustomerID", problem)], "{engine}");
            }
            let stored = desk.column("customer_user", "customer_id").await;
            assert_eq!(stored, ["ACME"], "{engine}");
            desk.update(Kind::Customer, "LODZ", &[("ValidID", "1")])
                .await
                .ok();
        }
    }
}

#[tokio::test]
async fn a_reader_changes_nothing() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    let reader = Actor::agent(1, "jan", Role::Reader);
    let plan = Records::of(&desk.directory)
        .plan_create(&reader, Kind::CustomerUser, None, fields_of(&[]))
        .await;
    assert!(matches!(
        plan,
        Err(Error::Forbidden {
            needed: Role::Editor
        })
    ));
    let token = Logins::of(&desk.directory)
        .create_token(&reader, "x", Role::Admin, None)
        .await;
    assert!(matches!(
        token,
        Err(Error::Forbidden {
            needed: Role::Admin
        })
    ));
}

#[tokio::test]
async fn a_generated_password_is_shown_once_and_never_journalled() {
    use secrecy::ExposeSecret;
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let actor = Actor::operator();
        let plan = Records::of(&desk.directory)
            .plan_password(&actor, Kind::CustomerUser, "anna", None)
            .await
            .unwrap();
        let password = Records::of(&desk.directory)
            .apply(plan)
            .await
            .unwrap()
            .password
            .unwrap();
        let sql = "SELECT pw FROM customer_user WHERE login = 'anna'";
        let stored = desk.db.fetch(sql, &[]).await.unwrap()[0].text(0).to_owned();
        assert_eq!(
            stored.starts_with("$argon2id$"),
            engine == Engine::Sqlite,
            "{stored}"
        );
        let entries = desk
            .db
            .fetch("SELECT body FROM kt_journal", &[])
            .await
            .unwrap();
        for entry in entries {
            assert!(
                !entry.text(0).contains(password.expose_secret())
                    && !entry.text(0).contains(&stored)
            );
        }
    }
}
