//! How many wrong passwords are borne, from one address and for one login.

use kartoteka_directory::{Error, Kind, Login};
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;

use crate::Desk;

const PASSWORD: &str = "kot w butach 7";
const OFFICE: &str = "203.0.113.7";

fn limits(settings: &mut Settings) {
    settings.login_limits.per_login = 3;
    settings.login_limits.per_address = 6;
}

async fn desk(engine: Engine) -> Desk {
    let desk = Desk::set(engine, limits).await;
    for login in ["ewa", "jan"] {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", PASSWORD),
            ("Role", "reader"),
        ];
        desk.create(Kind::Agent, &fields).await.unwrap();
    }
    desk
}

/// What an attempt comes to.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    In,
    Wrong,
    /// Too many attempts before it; the seconds to wait.
    Refused(u64),
}

async fn attempt(desk: &Desk, login: &str, password: &str, address: &str) -> Came {
    let attempt = Login {
        login: login.into(),
        password: password.to_owned().into(),
        address: address.into(),
        user_agent: String::new(),
    };
    match desk.directory.log_in(attempt).await {
        Ok(_) => Came::In,
        Err(Error::WrongCredentials) => Came::Wrong,
        Err(Error::TooMany { retry_after }) => Came::Refused(retry_after.as_secs()),
        Err(error) => panic!("{error}"),
    }
}

fn is_refused(came: &Came) -> bool {
    matches!(came, Came::Refused(1..=900))
}

#[tokio::test]
async fn failures_over_many_logins_stop_an_address_and_no_other() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        for number in 0..6 {
            let came = attempt(&desk, &format!("guess{number}"), "x", OFFICE).await;
            assert_eq!(came, Came::Wrong, "{number} on {engine}");
        }
        // Also who knows a password waits, at any node and after a restart.
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert!(is_refused(&came), "{came:?} on {engine}");
        let desk = desk.again(|_| {}).await;
        let came = attempt(&desk, "jan", PASSWORD, OFFICE).await;
        assert!(is_refused(&came), "{came:?} on {engine}");
        let came = attempt(&desk, "ewa", PASSWORD, "203.0.113.8").await;
        assert_eq!(came, Came::In, "another address on {engine}");
        desk.wait(901);
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "later on {engine}");
    }
}

#[tokio::test]
async fn a_flood_is_turned_away_and_leaves_no_trace() {
    let desk = desk(Engine::Sqlite).await;
    let flood = (0..400).map(|number| {
        let directory = desk.directory.clone();
        let attempt = Login {
            login: format!("guess{number}"),
            password: "x".to_owned().into(),
            address: format!("203.0.{}.{}", number / 200, number % 200),
            user_agent: String::new(),
        };
        async move {
            match directory.log_in(attempt).await {
                Err(Error::WrongCredentials) => true,
                Err(Error::Busy { retry_after }) if retry_after.as_secs() > 0 => false,
                other => panic!("{other:?}"),
            }
        }
    });
    let looked_at = futures::future::join_all(flood).await;
    let looked_at = looked_at.into_iter().filter(|looked_at| *looked_at).count();
    assert!((1..400).contains(&looked_at), "{looked_at}");
    // Right after it there is a place again, and who was turned away was not counted.
    let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
    assert_eq!(came, Came::In);
}

#[tokio::test]
async fn who_gets_in_is_not_counted() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        for number in 0..5 {
            let came = attempt(&desk, &format!("guess{number}"), "x", OFFICE).await;
            assert_eq!(came, Came::Wrong, "{number} on {engine}");
        }
        // More than are borne, one after the other and at the same time.
        for number in 0..4 {
            let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
            assert_eq!(came, Came::In, "{number} on {engine}");
        }
        // Those who failed before are counted still.
        let came = attempt(&desk, "guess5", "x", OFFICE).await;
        assert_eq!(came, Came::Wrong, "{engine}");
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert!(is_refused(&came), "{came:?} on {engine}");
    }
}

#[tokio::test]
async fn those_who_come_together_all_get_in_and_leave_no_count() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        for round in 0..3 {
            let together = tokio::join!(
                attempt(&desk, "ewa", PASSWORD, OFFICE),
                attempt(&desk, "jan", PASSWORD, OFFICE),
                attempt(&desk, "ewa", PASSWORD, OFFICE),
            );
            let all = (Came::In, Came::In, Came::In);
            assert_eq!(together, all, "round {round} on {engine}");
        }
        let left = desk.db.fetch("SELECT subject FROM kt_attempt", &[]).await;
        assert!(left.unwrap().is_empty(), "{engine}");
    }
}
