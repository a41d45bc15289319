//! How many wrong passwords are borne, from one address and for one login.

use kartoteka_directory::{Actor, Error, JournalFilter, Kind, Role, Topic};
use kartoteka_jobs::Worker;
use kartoteka_login::{Login, Logins};
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
    match Logins::of(&desk.directory).log_in(attempt).await {
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

/// Attempts that are kept.
async fn left(desk: &Desk) -> usize {
    let rows = desk.db.fetch("SELECT login FROM kt_login_attempt", &[]);
    rows.await.unwrap().len()
}

/// Another network by its number.
fn elsewhere(number: usize) -> String {
    format!("198.51.100.{number}")
}

#[tokio::test]
async fn guessing_keeps_nobody_else_out() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "{engine}");
        for _ in 0..3 {
            let came = attempt(&desk, "ewa", "x", &elsewhere(1)).await;
            assert_eq!(came, Came::Wrong, "{engine}");
        }
        for password in ["x", PASSWORD] {
            let came = attempt(&desk, "ewa", password, &elsewhere(1)).await;
            assert!(is_refused(&came), "{came:?} on {engine}");
        }
        // From many networks at once.
        for number in 2..9 {
            let came = attempt(&desk, "ewa", "x", &elsewhere(number)).await;
            assert_eq!(came, Came::Wrong, "{number} on {engine}");
        }
        // One that guessed has had its try, with the right password too.
        let came = attempt(&desk, "ewa", PASSWORD, &elsewhere(8)).await;
        assert!(is_refused(&came), "{came:?} on {engine}");
        // One that did not, and where she came from before, even though somebody guesses there.
        let came = attempt(&desk, "ewa", PASSWORD, "203.0.113.99").await;
        assert_eq!(came, Came::In, "{engine}");
        for _ in 0..4 {
            let came = attempt(&desk, "ewa", "x", OFFICE).await;
            assert_eq!(came, Came::Wrong, "{engine}");
        }
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "{engine}");
        let came = attempt(&desk, "jan", PASSWORD, &elsewhere(8)).await;
        assert_eq!(came, Came::In, "another login on {engine}");
    }
}

#[tokio::test]
async fn what_is_refused_does_not_count_and_nothing_lasts_longer_than_the_window() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        for _ in 0..3 {
            attempt(&desk, "ewa", "x", OFFICE).await;
        }
        for _ in 0..9 {
            desk.wait(95);
            let came = attempt(&desk, "ewa", "x", OFFICE).await;
            assert!(is_refused(&came), "{came:?} on {engine}");
        }
        assert_eq!(left(&desk).await, 3, "{engine}");
        desk.wait(50);
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "{engine}");
        // The clock is set back a day: what is dated later does not count.
        for _ in 0..3 {
            attempt(&desk, "jan", "x", OFFICE).await;
        }
        desk.wait(-86_400);
        let came = attempt(&desk, "jan", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "{engine}");
    }
}

#[tokio::test]
async fn addresses_of_one_network_are_one() {
    let desk = desk(Engine::Sqlite).await;
    for number in 1..4 {
        let came = attempt(&desk, "ewa", "x", &format!("2001:db8:1:2::{number}")).await;
        assert_eq!(came, Came::Wrong);
    }
    let came = attempt(&desk, "ewa", PASSWORD, "2001:db8:1:2:3::4").await;
    assert!(is_refused(&came), "{came:?}");
    let came = attempt(&desk, "ewa", PASSWORD, "2001:db8:1:3::4").await;
    assert_eq!(came, Came::In);
}

#[tokio::test]
async fn old_attempts_go_without_anybody_logging_in() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        attempt(&desk, "ewa", "x", OFFICE).await;
        assert_eq!(left(&desk).await, 1, "{engine}");
        desk.wait(901);
        let directory = desk.directory.clone();
        let work = tokio::spawn(async move { Worker::of(&directory).work_on_jobs().await });
        let begun = std::time::Instant::now();
        while left(&desk).await > 0 {
            assert!(begun.elapsed().as_secs() < 120, "{engine}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        desk.directory.close().await;
        work.await.unwrap();
    }
}

#[tokio::test]
async fn admins_see_and_end_what_has_to_wait_and_the_journal_keeps_it() {
    for engine in Engine::all() {
        let desk = desk(engine).await;
        let admin = Actor::operator();
        for _ in 0..4 {
            attempt(&desk, "Ewa", "x", OFFICE).await;
        }
        for number in 0..6 {
            attempt(&desk, &format!("geheim{number}"), "x", &elsewhere(1)).await;
        }
        let locks = Logins::of(&desk.directory).locks(&admin).await.unwrap();
        let found: Vec<_> = locks
            .iter()
            .map(|lock| (lock.login.as_deref(), lock.network.clone(), lock.attempts))
            .collect();
        let expected = [(None, elsewhere(1), 6), (Some("ewa"), OFFICE.to_owned(), 3)];
        assert_eq!(found, expected, "{engine}");
        let now = desk.now();
        let soon = |lock: &kartoteka_login::Lock| (now..=now + 900).contains(&lock.until);
        assert!(locks.iter().all(soon), "{locks:?} at {now} on {engine}");
        let reader = Actor::agent(1, "jan", Role::Editor);
        let refused = Logins::of(&desk.directory)
            .unlock_login(&reader, "ewa")
            .await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{engine}");
        assert!(
            Logins::of(&desk.directory).locks(&reader).await.is_err(),
            "{engine}"
        );
        let of_one = Logins::of(&desk.directory)
            .locks_of_login(&admin, "EWA")
            .await
            .unwrap();
        assert_eq!(of_one, locks[1..], "{engine}");

        let filter = JournalFilter {
            topic: Some(Topic::LogIn),
            ..JournalFilter::default()
        };
        // What failed is noted in the background, since only agents' attempts are.
        let begun = std::time::Instant::now();
        let noted = async || desk.directory.journal(&admin, &filter).await.unwrap().len();
        while noted().await < 3 {
            assert!(begun.elapsed().as_secs() < 60, "{engine}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }

        assert!(
            Logins::of(&desk.directory)
                .unlock_login(&admin, "EWA")
                .await
                .unwrap()
        );
        assert!(
            !Logins::of(&desk.directory)
                .unlock_login(&admin, "ewa")
                .await
                .unwrap()
        );
        let network = elsewhere(1);
        assert!(
            Logins::of(&desk.directory)
                .unlock_network(&admin, &network)
                .await
                .unwrap()
        );
        assert_eq!(
            Logins::of(&desk.directory).locks(&admin).await.unwrap(),
            [],
            "{engine}"
        );
        for address in [OFFICE, &network] {
            let came = attempt(&desk, "ewa", PASSWORD, address).await;
            assert_eq!(came, Came::In, "{engine}");
        }

        let entries = desk.directory.journal(&admin, &filter).await.unwrap();
        let mut told: Vec<_> = entries
            .iter()
            .map(|entry| {
                (
                    entry.who.as_str(),
                    entry.action.as_str(),
                    entry.key.as_str(),
                )
            })
            .collect();
        told.sort_unstable();
        let expected = [
            ("operator", "unlock", network.as_str()),
            ("operator", "unlock", "ewa"),
            ("unknown", "lock", network.as_str()),
            ("unknown", "lock", "ewa"),
            ("unknown", "log-in-failed", "ewa"),
        ];
        assert_eq!(told, expected, "{engine}");
        // What was guessed at may be a password.
        assert!(!format!("{entries:?}").contains("geheim"), "{engine}");
        let verdict = desk.directory.verify_journal(&admin).await.unwrap();
        assert_eq!(verdict.fault, None, "{engine}");
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
            match Logins::of(&directory).log_in(attempt).await {
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
        let came = attempt(&desk, "jan", PASSWORD, OFFICE).await;
        assert!(is_refused(&came), "{came:?} on {engine}");
        // Who came from there before is not kept out by others.
        let came = attempt(&desk, "ewa", PASSWORD, OFFICE).await;
        assert_eq!(came, Came::In, "{engine}");
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
        assert_eq!(left(&desk).await, 0, "{engine}");
    }
}
