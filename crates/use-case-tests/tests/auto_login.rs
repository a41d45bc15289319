//! Logins that are given out (OTOBO's `AutoLoginCreation`).

use kartoteka_directory::{Actor, Kind};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

#[tokio::test]
async fn logins_are_given_out_where_none_is_typed() {
    for engine in Engine::ALL {
        let desk = Desk::set(engine, |settings| {
            settings.customer_users[0].auto_login = Some("auto".into());
        })
        .await
        .customers()
        .await;
        let add = |login: &'static str, number: usize| {
            let directory = desk.directory.clone();
            tokio::spawn(async move {
                let email = format!("p{number}@acme-lab.org");
                let fields = [
                    ("UserLogin", login),
                    ("UserFirstname", "Ewa"),
                    ("UserLastname", "Nowak"),
                    ("UserEmail", &email),
                    ("UserCustomerID", "ACME"),
                ];
                let actor = Actor::operator();
                let plan = Records::of(&directory)
                    .plan_create(&actor, Kind::CustomerUser, None, fields_of(&fields))
                    .await
                    .unwrap();
                assert_eq!(plan.errors, [], "{engine}");
                Records::of(&directory).apply(plan).await.unwrap().key
            })
        };
        // At once, so that each looks whether its login is free before the others are saved.
        let mut logins = vec![];
        for added in [1, 2, 3, 4].map(|number| add("", number)) {
            logins.push(added.await.unwrap());
        }
        let actor = Actor::operator();
        for login in &logins {
            let number = login.strip_prefix("auto-").expect("begins with the prefix");
            assert!(
                number.chars().all(|c| c.is_ascii_digit()),
                "{login} on {engine}"
            );
            let found = desk.directory.find(&actor, Kind::CustomerUser, login);
            assert_eq!(found.await.unwrap().record.get("UserLogin"), login);
            let history = desk.directory.history(&actor, Kind::CustomerUser, login, 5);
            let history = history.await.unwrap();
            let named = history[0]
                .changes
                .iter()
                .any(|change| change.after == *login);
            assert!(named, "{engine}: {history:?}");
        }
        logins.sort();
        logins.dedup();
        assert_eq!(logins.len(), 4, "{engine}");
        assert_eq!(add("ewa", 5).await.unwrap(), "ewa", "{engine}");
    }
}
