//! Preferences: saved with the person, stored as OTOBO stores them, and never over somebody else's change.

use kartoteka_directory::{Actor, Change, Error, Kind, Role, Search, ValidFilter};
use kartoteka_login::{Logins, UiPreference, UiPreferences};
use kartoteka_model::CustomerUserSource;
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

async fn stored(desk: &Desk, login: &str) -> Vec<(String, String)> {
    let sql = "SELECT preferences_key, preferences_value FROM customer_preferences WHERE user_id = ? \
               ORDER BY preferences_key";
    let rows = desk.db.fetch(sql, &args![login]).await.unwrap();
    rows.iter()
        .map(|row| (row.text(0).to_owned(), row.text(1).to_owned()))
        .collect()
}

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[tokio::test]
async fn preferences_are_saved_with_the_person() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let actor = Actor::operator();
        desk.person("anna").await;
        let before = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await
            .unwrap();
        let wanted = [
            ("UserPhone", "1"),
            ("UserLanguage", "pl"),
            ("UserShowTickets", " 30 "),
            ("UserTimeZone", ""),
        ];
        desk.update(Kind::CustomerUser, "anna", &wanted)
            .await
            .unwrap();
        let rows = [pair("UserLanguage", "pl"), pair("UserShowTickets", "30")];
        assert_eq!(stored(&desk, "anna").await, rows, "{}", engine.name());
        let found = desk
            .directory
            .find(&actor, Kind::CustomerUser, "ANNA")
            .await
            .unwrap();
        assert_eq!(found.preferences, rows.iter().cloned().collect());
        assert_ne!(found.version, before.version);
        // One entry, readable as any other change.
        let history = desk
            .directory
            .history(&actor, Kind::CustomerUser, "anna", 9);
        let history = history.await.unwrap();
        assert_eq!((history.len(), history[0].action.as_str()), (2, "update"));
        let language = Change {
            field: "UserLanguage".into(),
            before: String::new(),
            after: "pl".into(),
        };
        assert!(
            history[0].changes.contains(&language),
            "{:?}",
            history[0].changes
        );
        // They follow a new login; an empty one is stored no longer.
        let renamed = [("UserLogin", "ania"), ("UserLanguage", "")];
        desk.update(Kind::CustomerUser, "anna", &renamed)
            .await
            .unwrap();
        assert_eq!(stored(&desk, "anna").await, []);
        assert_eq!(stored(&desk, "ania").await, [pair("UserShowTickets", "30")]);
    }
}

#[tokio::test]
async fn a_preference_that_changed_meanwhile_is_a_conflict() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let actor = Actor::operator();
        desk.person("anna").await;
        let had = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await
            .unwrap()
            .version;
        let late = fields_of(&[("UserLanguage", "de")]);
        let planned = Records::of(&desk.directory).plan_update(
            &actor,
            Kind::CustomerUser,
            "anna",
            late.clone(),
            Some(had.clone()),
        );
        let planned = planned.await.unwrap();
        desk.update(Kind::CustomerUser, "anna", &[("UserLanguage", "pl")])
            .await
            .unwrap();
        let Err(Error::Conflict(stale)) = Records::of(&desk.directory).apply(planned).await else {
            panic!("{}: no conflict", engine.name());
        };
        assert_eq!(stale.current.preferences["UserLanguage"], "pl");
        assert_eq!(stale.wanted["UserLanguage"], "de");
        let again = Records::of(&desk.directory).plan_update(
            &actor,
            Kind::CustomerUser,
            "anna",
            late,
            Some(had),
        );
        assert!(matches!(again.await, Err(Error::Conflict(_))));
        assert_eq!(stored(&desk, "anna").await, [pair("UserLanguage", "pl")]);
    }
}

#[tokio::test]
async fn wrong_preferences_are_mistakes_among_the_others() {
    let actor = Actor::operator();
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    let wanted = [
        ("UserEmail", "nobody"),
        ("UserShowTickets", "7"),
        ("UserTimeZone", "Europe/Nowhere"),
        ("UserSkin", "a\tb"),
    ];
    let planned = Records::of(&desk.directory).plan_update(
        &actor,
        Kind::CustomerUser,
        "anna",
        fields_of(&wanted),
        None,
    );
    let mut found: Vec<_> = planned.await.unwrap().errors.clone();
    found.sort_by(|a, b| a.field.cmp(&b.field));
    let found: Vec<_> = found
        .iter()
        .map(|error| (error.field.as_str(), error.problem.code()))
        .collect();
    let expected = [
        ("UserEmail", "email"),
        ("UserShowTickets", "not-a-choice"),
        ("UserSkin", "control-character"),
        ("UserTimeZone", "not-a-choice"),
    ];
    assert_eq!(found, expected);
    // What another program stored stays, though nobody could choose it here.
    let sql = "INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)";
    desk.db
        .execute(sql, &args!["anna", "UserShowTickets", "7"])
        .await
        .unwrap();
    let same = [("UserShowTickets", "7"), ("UserPhone", "1")];
    desk.update(Kind::CustomerUser, "anna", &same)
        .await
        .unwrap();
}

#[tokio::test]
async fn people_of_a_read_only_source_have_preferences() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let desk = desk
            .again(|settings| settings.customer_users[0].spec.read_only = true)
            .await;
        desk.update(Kind::CustomerUser, "anna", &[("UserLanguage", "pl")])
            .await
            .unwrap();
        assert_eq!(stored(&desk, "anna").await, [pair("UserLanguage", "pl")]);
        let refused = [("UserLanguage", "de"), ("UserPhone", "1")];
        for refused in [&refused[..], &refused[1..]] {
            let refused = desk.update(Kind::CustomerUser, "anna", refused).await;
            assert!(
                matches!(refused, Err(Error::ReadOnly { .. })),
                "{refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_list_can_be_of_one_source() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let table = "CREATE TABLE branch AS SELECT * FROM customer_user";
        desk.db.execute(table, &[]).await.unwrap();
        let desk = desk
            .again(|settings| {
                let mut branch = CustomerUserSource::shipped();
                branch.spec.id = "CustomerUser1".into();
                branch.spec.origin = kartoteka_model::source::Table::at_home("branch").into();
                settings.customer_users.push(branch);
            })
            .await;
        desk.person("anna").await;
        let fields = fields_of(&[
            ("UserLogin", "jan"),
            ("UserFirstname", "Jan"),
            ("UserLastname", "Nowak"),
            ("UserEmail", "jan@acme-lab.org"),
            ("UserCustomerID", "ACME"),
        ]);
        let plan = Records::of(&desk.directory).plan_create(
            &actor,
            Kind::CustomerUser,
            Some("CustomerUser1"),
            fields,
        );
        Records::of(&desk.directory)
            .apply(plan.await.unwrap())
            .await
            .unwrap();
        for (source, text, expected) in [
            (None, None, &["anna", "jan"][..]),
            (Some("CustomerUser"), None, &["anna"]),
            (Some("CustomerUser1"), Some("nowak"), &["jan"]),
            (Some("CustomerUser1"), Some("anna"), &[]),
        ] {
            let search = Search {
                source: source.map(str::to_owned),
                text: text.map(str::to_owned),
                valid: ValidFilter::All,
                ..Search::default()
            };
            let page = desk.directory.search(&actor, Kind::CustomerUser, &search);
            let page = page.await.unwrap();
            let mut keys: Vec<_> = page.rows.iter().map(|row| row.key.as_str()).collect();
            keys.sort_unstable();
            assert_eq!(keys, expected, "{source:?} {text:?} on {}", engine.name());
            assert_eq!(page.total.count, expected.len() as u64);
        }
        let unknown = Search {
            source: Some("CustomerUser9".into()),
            ..Search::default()
        };
        let refused = desk.directory.search(&actor, Kind::CustomerUser, &unknown);
        assert!(matches!(refused.await, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn what_agents_choose_is_kept_with_them() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let fields = [
            ("UserLogin", "ewa"),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", "four blue horses 7"),
            ("Role", "reader"),
        ];
        desk.create(Kind::Agent, &fields).await.unwrap();
        let sql = "SELECT CAST(id AS CHAR(9)) FROM users WHERE login = 'ewa'";
        let id = desk.db.fetch(sql, &[]).await.unwrap()[0]
            .text(0)
            .trim()
            .parse()
            .unwrap();
        let ewa = Actor::agent(id, "ewa", Role::Reader);
        assert_eq!(
            Logins::of(&desk.directory)
                .ui_preferences(&ewa)
                .await
                .unwrap(),
            UiPreferences::new()
        );
        let preferences: UiPreferences = [
            (UiPreference::Language, "pl".to_owned()),
            (UiPreference::Theme, "dark".to_owned()),
        ]
        .into();
        for _ in 0..2 {
            Logins::of(&desk.directory)
                .set_ui_preferences(&ewa, &preferences)
                .await
                .unwrap();
        }
        assert_eq!(
            Logins::of(&desk.directory)
                .ui_preferences(&ewa)
                .await
                .unwrap(),
            preferences,
            "{}",
            engine.name()
        );
        let history = desk
            .directory
            .history(&ewa, Kind::Agent, "ewa", 9)
            .await
            .unwrap();
        let actions: Vec<_> = history.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["set-preference", "create"]);
        let wrong: UiPreferences = [(UiPreference::Theme, "pink".to_owned())].into();
        assert!(matches!(
            Logins::of(&desk.directory)
                .set_ui_preferences(&ewa, &wrong)
                .await,
            Err(Error::Invalid(_))
        ));
        assert!(
            Logins::of(&desk.directory)
                .set_ui_preferences(&actor, &preferences)
                .await
                .is_err()
        );
    }
}
