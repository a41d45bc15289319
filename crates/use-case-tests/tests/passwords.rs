//! New passwords keep to the policy, whoever sets them, and are not taken again.

use kartoteka_directory::{Actor, Error, FieldError, FieldProblem, Fields, Kind, Role, Violation};
use kartoteka_login::{Login, Logins};
use kartoteka_model::RegExp;
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_testbed::Engine;
use secrecy::{ExposeSecret, SecretString};

use crate::{Desk, fields_of};

const DAY: i64 = 86_400;

fn violations(errors: &[FieldError]) -> Vec<Violation> {
    let of = |error: &FieldError| match &error.problem {
        FieldProblem::Password { violations } => violations.clone(),
        _ => vec![],
    };
    errors.iter().flat_map(of).collect()
}

/// Sets a password; the rules that it breaks.
async fn set(desk: &Desk, kind: Kind, key: &str, password: &str) -> Vec<Violation> {
    let actor = Actor::operator();
    let plan = Records::of(&desk.directory)
        .plan_password(&actor, kind, key, Some(password.to_owned().into()))
        .await
        .unwrap();
    let broken = violations(&plan.errors);
    match Records::of(&desk.directory).apply(plan).await {
        Ok(_) => assert!(broken.is_empty()),
        Err(Error::Invalid(errors)) => assert_eq!(violations(&errors), broken),
        Err(error) => panic!("{error}"),
    }
    broken
}

async fn agent(desk: &Desk, login: &str, password: &str) {
    let fields = [
        ("UserLogin", login),
        ("UserFirstname", "Ewa"),
        ("UserLastname", "Lis"),
        ("UserPassword", password),
        ("Role", "admin"),
    ];
    desk.create(Kind::Agent, &fields).await.unwrap();
}

fn login(password: &str) -> Login {
    Login {
        login: "ewa".into(),
        password: password.to_owned().into(),
        address: "127.0.0.1".into(),
        user_agent: String::new(),
    }
}

#[tokio::test]
async fn people_and_agents_get_none_that_the_policy_refuses() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        settings.passwords.regexp = RegExp::new("[a-z] [a-z]").ok();
    })
    .await
    .customers()
    .await;
    desk.person("anna").await;
    agent(&desk, "ewa", "kot w butach 7").await;
    let short = [Violation::TooShort { min: 8 }, Violation::NoDigit];
    for (kind, key) in [(Kind::CustomerUser, "anna"), (Kind::Agent, "ewa")] {
        let mut all = short.to_vec();
        all.push(Violation::NoMatch);
        assert_eq!(set(&desk, kind, key, "kot").await, all);
        assert_eq!(set(&desk, kind, key, "k o t").await, short);
        assert_eq!(set(&desk, kind, key, "pies w budzie 8").await, []);
    }
    // With other mistakes, all at once, when somebody is added.
    let fields = fields_of(&[("UserLogin", "olek"), ("UserPassword", "kot")]);
    for kind in [Kind::CustomerUser, Kind::Agent] {
        let plan = Records::of(&desk.directory)
            .plan_create(&Actor::operator(), kind, None, fields.clone())
            .await
            .unwrap();
        assert!(plan.errors.len() > 1);
        assert!(violations(&plan.errors).contains(&Violation::NoMatch));
    }
}

#[tokio::test]
async fn generated_passwords_keep_to_the_policy() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        settings.passwords.regexp = RegExp::new("[!?].*[0-9]").ok();
        settings.passwords.min_size = 20;
    })
    .await
    .customers()
    .await;
    desk.person("anna").await;
    let plan = Records::of(&desk.directory)
        .plan_password(&Actor::operator(), Kind::CustomerUser, "anna", None)
        .await
        .unwrap();
    let password = Records::of(&desk.directory)
        .apply(plan)
        .await
        .unwrap()
        .password
        .unwrap();
    assert_eq!(desk.directory.password_policy().check(&password), []);
}

#[tokio::test]
async fn a_pattern_that_chance_does_not_meet_asks_for_a_typed_one() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        settings.passwords.regexp = RegExp::new("ż").ok();
    })
    .await
    .customers()
    .await;
    desk.person("anna").await;
    let plan = Records::of(&desk.directory)
        .plan_password(&Actor::operator(), Kind::CustomerUser, "anna", None)
        .await
        .unwrap();
    assert_eq!(violations(&plan.errors), [Violation::NoMatch]);
    assert_eq!(
        set(&desk, Kind::CustomerUser, "anna", "żółw na 4 łapach").await,
        []
    );
}

#[tokio::test]
async fn used_passwords_are_not_taken_again() {
    for engine in Engine::all() {
        let desk = Desk::set(engine, |settings| settings.passwords.history = 2)
            .await
            .customers()
            .await;
        desk.person("anna").await;
        agent(&desk, "ewa", "pierwsze haslo 0").await;
        let used = [Violation::UsedBefore { count: 2 }];
        for (kind, key) in [(Kind::CustomerUser, "anna"), (Kind::Agent, "ewa")] {
            for number in 1..=3 {
                let password = format!("haslo numer {number}");
                assert_eq!(set(&desk, kind, key, &password).await, []);
            }
            for number in 1..=3 {
                let password = format!("haslo numer {number}");
                let broken = set(&desk, kind, key, &password).await;
                assert_eq!(broken, used, "{} {password}", engine.name());
            }
            // One more, and the oldest may be taken again.
            assert_eq!(set(&desk, kind, key, "haslo numer 4").await, []);
            assert_eq!(set(&desk, kind, key, "haslo numer 1").await, []);
        }
        // What was used follows the person to a new login.
        desk.update(Kind::CustomerUser, "anna", &[("UserLogin", "anna.n")])
            .await
            .unwrap();
        let broken = set(&desk, Kind::CustomerUser, "anna.n", "haslo numer 4").await;
        assert_eq!(broken, used);
        // Only salted hashes are kept, and no more than are needed.
        let rows = desk
            .db
            .fetch(
                &format!(
                    "SELECT {} FROM kt_used_password",
                    desk.db.engine().quote("stored")
                ),
                &[],
            )
            .await
            .unwrap();
        assert_eq!(rows.len(), 6);
        assert!(rows.iter().all(|row| row.text(0).starts_with("$argon2id$")));
    }
}

#[tokio::test]
async fn what_otobo_kept_counts_too() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        // MD5 of "stare haslo 99", as OTOBO keeps it after a change by the customer, and the time of that change.
        let sql = "INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)";
        let digest = "37490cdb8a9f917c75b0e301a7b8c598";
        for (key, value) in [
            ("UserLastPw2", digest),
            ("UserLastPwChangeTime", "1700000000"),
        ] {
            desk.db
                .execute(sql, &args!["anna", key, value])
                .await
                .unwrap();
        }
        let used = [Violation::UsedBefore { count: 3 }];
        let broken = set(&desk, Kind::CustomerUser, "anna", "stare haslo 99").await;
        assert_eq!(broken, used, "{}", engine.name());
        assert_eq!(
            set(&desk, Kind::CustomerUser, "anna", "nowe haslo 100").await,
            []
        );
        // Somebody else chose it: OTOBO asks the customer for a new one, where it asks at all.
        let preferences = desk
            .directory
            .preferences(&Actor::operator(), "anna")
            .await
            .unwrap();
        assert!(!preferences.contains_key("UserLastPwChangeTime"));
    }
}

#[tokio::test]
async fn without_history_nothing_is_kept() {
    let desk = Desk::set(Engine::Sqlite, |settings| settings.passwords.history = 0)
        .await
        .customers()
        .await;
    desk.person("anna").await;
    for _ in 0..2 {
        let broken = set(&desk, Kind::CustomerUser, "anna", "kot w butach 7").await;
        assert_eq!(broken, []);
    }
    let rows = desk
        .db
        .fetch("SELECT stored FROM kt_used_password", &[])
        .await
        .unwrap();
    assert!(rows.is_empty());
}

#[tokio::test]
async fn a_password_that_is_due_opens_nothing_but_its_change() {
    for engine in Engine::all() {
        let desk = Desk::set(engine, |settings| {
            settings.passwords.max_valid_days = Some(30);
            settings.sessions.absolute = 400 * 86_400;
            settings.sessions.idle = 400 * 86_400;
        })
        .await;
        agent(&desk, "ewa", "pierwsze haslo 0").await;
        let directory = &desk.directory;
        // Somebody else chose it.
        let session = Logins::of(directory)
            .log_in(login("pierwsze haslo 0"))
            .await
            .unwrap();
        let due = Logins::of(directory).session(&session.token).await;
        assert!(matches!(due, Err(Error::PasswordDue)), "{}", engine.name());
        let renew = |old: &str, new: &str| {
            let (old, new): (SecretString, SecretString) =
                (old.to_owned().into(), new.to_owned().into());
            Logins::of(directory).renew_password(&session.token, old, new)
        };
        let wrong = renew("falsches 1", "wlasne haslo 1").await;
        assert!(matches!(wrong, Err(Error::WrongCredentials)));
        let same = renew("pierwsze haslo 0", "pierwsze haslo 0").await;
        let Err(Error::Invalid(errors)) = same else {
            panic!("the same password was taken again");
        };
        assert_eq!(violations(&errors), [Violation::UsedBefore { count: 3 }]);
        renew("pierwsze haslo 0", "wlasne haslo 1").await.unwrap();
        let actor = Logins::of(directory)
            .session(&session.token)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor.principal.role(), Some(Role::Admin));
        desk.wait(29 * DAY);
        assert!(
            Logins::of(directory)
                .session(&session.token)
                .await
                .unwrap()
                .is_some()
        );
        desk.wait(2 * DAY);
        let due = Logins::of(directory).session(&session.token).await;
        assert!(matches!(due, Err(Error::PasswordDue)));
    }
}

#[tokio::test]
async fn who_chose_the_first_password_is_not_asked_again() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        settings.passwords.max_valid_days = Some(30);
    })
    .await;
    let code = Logins::of(&desk.directory).make_setup_code().await.unwrap();
    let fields: Fields = fields_of(&[
        ("UserLogin", "ewa"),
        ("UserFirstname", "Ewa"),
        ("UserLastname", "Lis"),
        ("UserPassword", "wlasne haslo 1"),
    ]);
    let code = SecretString::from(code.expose_secret().to_owned());
    Logins::of(&desk.directory)
        .set_up(&code, fields)
        .await
        .unwrap();
    let session = Logins::of(&desk.directory)
        .log_in(login("wlasne haslo 1"))
        .await
        .unwrap();
    assert!(
        Logins::of(&desk.directory)
            .session(&session.token)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn nobody_is_called_as_their_password_is() {
    let desk = Desk::on(Engine::Sqlite).await.customers().await;
    desk.person("anna").await;
    agent(&desk, "ewalisowska", "kot w butach 7").await;
    let like = [Violation::LikeName];
    assert_eq!(
        set(&desk, Kind::Agent, "ewalisowska", "EwaLisowska1").await,
        like
    );
    let found = desk
        .directory
        .find(&Actor::operator(), Kind::CustomerUser, "anna")
        .await
        .unwrap();
    let email = format!("{}1", found.record.get("UserEmail"));
    assert_eq!(set(&desk, Kind::CustomerUser, "anna", &email).await, like);
    for (kind, key) in [(Kind::CustomerUser, "anna"), (Kind::Agent, "ewalisowska")] {
        for common in ["aaaaaaa1", "       1", "Passwort123!"] {
            assert_eq!(set(&desk, kind, key, common).await, [Violation::Common]);
        }
        for untypable in ["kot w butach 9\n", "\tkot w butach 9"] {
            let broken = set(&desk, kind, key, untypable).await;
            assert_eq!(broken, [Violation::ControlCharacter]);
        }
    }
}

#[tokio::test]
async fn what_would_not_count_is_refused() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await.customers().await;
        desk.person("anna").await;
        agent(&desk, "ewa", "kot w butach 7").await;
        let longer = format!("{}1", "kot w butach ".repeat(6));
        let expected = match engine {
            Engine::Sqlite => vec![],
            _ => vec![Violation::TooLong { max_bytes: 72 }],
        };
        for (kind, key) in [(Kind::CustomerUser, "anna"), (Kind::Agent, "ewa")] {
            assert_eq!(set(&desk, kind, key, &longer).await, expected, "{engine}");
            assert_eq!(set(&desk, kind, key, &longer[7..]).await, [], "{engine}");
        }
        let rule = Violation::TooLong { max_bytes: 72 };
        let said = desk.directory.password_policy().rules().contains(&rule);
        assert_eq!(said, engine != Engine::Sqlite, "{engine}");
    }
}
