//! The journal: readable, complete, and tampering is found.

use jiff::tz::TimeZone;
use kartoteka_access::Access;
use kartoteka_directory::{
    Actor, Error, JournalFault, JournalFilter, JournalVerdict, Kind, Role, span_of_day,
};
use kartoteka_login::Logins;
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_store::own::journal::{self, Entry};
use kartoteka_test_desk::{Begin, TestClock, fields_of};
use kartoteka_testbed::Engine;

use crate::Desk;

#[tokio::test]
async fn history_follows_a_renamed_record() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        desk.update(Kind::CustomerUser, "anna", &[("UserPhone", "42 123")])
            .await
            .unwrap();
        desk.update(Kind::CustomerUser, "anna", &[("UserLogin", "anna.n")])
            .await
            .unwrap();
        let history = desk
            .directory
            .history(&Actor::operator(), Kind::CustomerUser, "anna.n", 10)
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["rename", "update", "create"], "{}", engine.name());
        assert_eq!(
            (
                history[1].changes[0].before.as_str(),
                history[1].changes[0].after.as_str()
            ),
            ("", "42 123")
        );
    }
}

const FORGET_END: &str = "UPDATE kt_state SET value = '' WHERE name = 'journal'";

/// A desk with four entries.
async fn written(engine: Engine) -> Desk {
    let desk = Desk::with_customers(engine).await;
    desk.person("anna").await;
    desk.person("bea").await;
    desk
}

async fn verified(desk: &Desk) -> JournalVerdict {
    let actor = Actor::operator();
    desk.directory.verify_journal(&actor).await.unwrap()
}

async fn run(desk: &Desk, sql: &str) {
    desk.db.execute(sql, &[]).await.unwrap();
}

/// Writes an entry over the one of its number, with a hash that fits.
async fn forge(desk: &Desk, mut entry: Entry) {
    entry.hash = entry.digest();
    let sql = "UPDATE kt_journal SET at = ?, who = ?, action = ?, kind = ?, source = ?, record_key = ?, body = ?, \
               previous = ?, hash = ? WHERE id = ?";
    let args = args![
        entry.at,
        entry.who,
        entry.action,
        entry.kind,
        entry.source,
        entry.key,
        entry.body,
        entry.previous,
        entry.hash,
        entry.id
    ];
    assert_eq!(desk.db.execute(sql, &args).await.unwrap(), 1);
}

async fn entry(desk: &Desk, id: i64) -> Entry {
    journal::find(&desk.db, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_changed_or_missing_entry_is_named() {
    let tamper = [
        (
            "UPDATE kt_journal SET who = 'nobody' WHERE id = 3",
            Some((3, JournalFault::Tampered)),
        ),
        (
            "DELETE FROM kt_journal WHERE id = 2",
            Some((2, JournalFault::Missing)),
        ),
        (
            "DELETE FROM kt_journal WHERE id = 1",
            Some((1, JournalFault::Missing)),
        ),
        (
            "DELETE FROM kt_journal WHERE id > 3",
            Some((4, JournalFault::EndMissing)),
        ),
        (
            "DELETE FROM kt_journal",
            Some((1, JournalFault::EndMissing)),
        ),
        (
            "INSERT INTO kt_journal (id, at, who, actor_id, door, action, kind, source, record_key, \
             record_key_before, body, previous, hash) SELECT id - 4, at, who, actor_id, door, action, kind, source, \
             record_key, record_key_before, body, previous, hash FROM kt_journal WHERE id IN (1, 4)",
            Some((-3, JournalFault::Reordered)),
        ),
        (FORGET_END, Some((5, JournalFault::EndMissing))),
        ("SELECT 1", None),
    ];
    for engine in Engine::all() {
        let desk = written(engine).await;
        let entries = journal::after(&desk.db, 0, 10).await.unwrap();
        for (statement, fault) in tamper {
            run(&desk, statement).await;
            let verdict = verified(&desk).await;
            assert_eq!(verdict.fault, fault, "{statement} on {engine}");
            run(&desk, "DELETE FROM kt_journal").await;
            let mut tx = desk.db.begin().await.unwrap();
            let links = |entry: &Entry| (entry.clone(), vec![]);
            // From the beginning, as they were.
            tx.execute(FORGET_END, &[]).await.unwrap();
            journal::append_many(&mut tx, entries.iter().map(links).collect())
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        let last = entries.last().map(|last| (last.id, last.hash.clone()));
        assert_eq!(verified(&desk).await.last, last, "{engine}");
    }
}

#[tokio::test]
async fn a_moved_or_forged_entry_is_named() {
    for engine in Engine::all() {
        let desk = written(engine).await;
        let (second, third) = (entry(&desk, 2).await, entry(&desk, 3).await);
        let swapped = |entry: &Entry, at: &Entry| Entry {
            id: at.id,
            ..entry.clone()
        };
        forge(&desk, swapped(&third, &second)).await;
        forge(&desk, swapped(&second, &third)).await;
        let fault = verified(&desk).await.fault;
        assert_eq!(fault, Some((2, JournalFault::Reordered)), "{engine}");

        let desk = written(engine).await;
        let who = || "somebody else".to_owned();
        let third = entry(&desk, 3).await;
        forge(
            &desk,
            Entry {
                who: who(),
                ..third
            },
        )
        .await;
        let fault = verified(&desk).await.fault;
        assert_eq!(fault, Some((4, JournalFault::Reordered)), "{engine}");

        // Nothing follows the last one, but where the journal ends is kept.
        let desk = written(engine).await;
        let fourth = entry(&desk, 4).await;
        forge(
            &desk,
            Entry {
                who: who(),
                ..fourth
            },
        )
        .await;
        let fault = verified(&desk).await.fault;
        assert_eq!(fault, Some((4, JournalFault::Tampered)), "{engine}");
    }
}

#[tokio::test]
async fn no_number_is_given_twice() {
    for engine in Engine::all() {
        for (statement, missing) in [
            ("DELETE FROM kt_journal WHERE id > 2", 3),
            ("DELETE FROM kt_journal", 1),
        ] {
            let desk = written(engine).await;
            run(&desk, statement).await;
            desk.person("cora").await;
            let last = journal::head(&desk.db).await.unwrap();
            assert_eq!(last, 5, "{statement} on {engine}");
            let fault = verified(&desk).await.fault;
            let fault_named = Some((missing, JournalFault::Missing));
            assert_eq!(fault, fault_named, "{statement} on {engine}");
        }
    }
}

/// What a version left that did not keep where the journal ends.
#[tokio::test]
async fn an_earlier_journal_keeps_its_end_from_the_update_on() {
    for engine in Engine::all() {
        let desk = written(engine).await;
        run(&desk, FORGET_END).await;
        run(
            &desk,
            "UPDATE kt_state SET value = '7' WHERE name = 'version'",
        )
        .await;
        let desk = desk.again(|_| {}).await;
        assert_eq!(verified(&desk).await.fault, None, "{engine}");
        run(&desk, "DELETE FROM kt_journal WHERE id = 4").await;
        let end = Some((4, JournalFault::EndMissing));
        assert_eq!(verified(&desk).await.fault, end, "{engine}");
    }
}

/// Where the journal ends is kept beside it: it is not to be taken away with the last entry, and neither a start of the
/// program nor another entry makes it look whole.
#[tokio::test]
async fn an_end_that_is_gone_is_found() {
    for engine in Engine::all() {
        for forget in [FORGET_END, "DELETE FROM kt_state WHERE name = 'journal'"] {
            let desk = written(engine).await;
            run(&desk, "DELETE FROM kt_journal WHERE id = 4").await;
            run(&desk, forget).await;
            let missing = |entry| Some((entry, JournalFault::EndMissing));
            assert_eq!(
                verified(&desk).await.fault,
                missing(4),
                "{forget} on {engine}"
            );
            let desk = desk.again(|_| {}).await;
            assert_eq!(
                verified(&desk).await.fault,
                missing(4),
                "{forget} on {engine}"
            );
            desk.person("cora").await;
            assert_eq!(
                verified(&desk).await.fault,
                missing(5),
                "{forget} on {engine}"
            );
        }
    }
}

#[tokio::test]
async fn an_index_made_anew_finds_the_same() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    for login in ["a", "b", "c"] {
        desk.person(login).await;
    }
    let search = kartoteka_directory::Search {
        text: Some("nowak".into()),
        ..Default::default()
    };
    let before = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    desk.directory
        .rebuild_index(Kind::CustomerUser)
        .await
        .unwrap();
    let after = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    assert_eq!(before, after);
    assert_eq!(after.rows.len(), 3);
}

/// What entries concern is found by the links beside the journal: who takes them away hides a past.
#[tokio::test]
async fn changed_links_are_found() {
    for engine in Engine::all() {
        let desk = written(engine).await;
        desk.update(Kind::CustomerUser, "anna", &[("UserLogin", "anna.n")])
            .await
            .unwrap();
        let changes = [("UserLogin", "bea.b"), ("UserPhone", "1")];
        desk.update(Kind::CustomerUser, "bea", &changes)
            .await
            .unwrap();
        assert_eq!(verified(&desk).await.fault, None, "{engine}");
        let put_back = "INSERT INTO kt_journal_link (kind, record_key, entry) VALUES \
                        ('renamed-customer-user', 'anna', 5), ('renamed-customer-user', 'bea', 6)";
        for (statement, entry) in [
            ("DELETE FROM kt_journal_link", 5),
            ("DELETE FROM kt_journal_link WHERE entry = 6", 6),
            (
                "UPDATE kt_journal_link SET record_key = 'cora' WHERE entry = 6",
                6,
            ),
            ("UPDATE kt_journal_link SET entry = 4 WHERE entry = 6", 4),
            ("UPDATE kt_journal_link SET entry = 0 WHERE entry = 6", 0),
            (
                "INSERT INTO kt_journal_link (kind, record_key, entry) VALUES ('group', '1', 2)",
                2,
            ),
        ] {
            run(&desk, statement).await;
            let fault = Some((entry, JournalFault::LinksAltered));
            assert_eq!(
                verified(&desk).await.fault,
                fault,
                "{statement} on {engine}"
            );
            run(&desk, "DELETE FROM kt_journal_link").await;
            run(&desk, put_back).await;
            assert_eq!(verified(&desk).await.fault, None, "{engine}");
        }
    }
}

/// An embedded database takes any text for a number.
#[tokio::test]
async fn a_number_that_cant_be_read_is_an_error() {
    let desk = written(Engine::Sqlite).await;
    let operator = Actor::operator();
    let token = Logins::of(&desk.directory).create_token(
        &operator,
        "import",
        kartoteka_directory::Role::Reader,
        None,
    );
    token.await.unwrap();
    assert_eq!(
        Logins::of(&desk.directory)
            .tokens(&operator)
            .await
            .unwrap()
            .len(),
        1
    );
    run(&desk, "UPDATE kt_journal SET at = 'soon' WHERE id = 3").await;
    let history = desk
        .directory
        .history(&operator, Kind::CustomerUser, "anna", 10);
    assert!(history.await.is_err());
    let fault = Some((3, JournalFault::Tampered));
    assert_eq!(verified(&desk).await.fault, fault);
    for column in ["created", "expires"] {
        run(&desk, &format!("UPDATE kt_token SET {column} = 'soon'")).await;
        assert!(
            Logins::of(&desk.directory).tokens(&operator).await.is_err(),
            "{column}"
        );
        run(&desk, &format!("UPDATE kt_token SET {column} = 1")).await;
    }
}

#[tokio::test]
async fn what_was_done_to_agents_is_for_admins() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    let ewa = [
        ("UserLogin", "ewa"),
        ("UserFirstname", "Ewa"),
        ("UserLastname", "Bednarek"),
        ("UserPassword", "dlugie haslo 1"),
        ("Role", "reader"),
    ];
    desk.create(Kind::Agent, &ewa).await.unwrap();
    let (operator, all) = (Actor::operator(), JournalFilter::default());
    let entries = desk.directory.journal(&operator, &all);
    let entries = entries.await.unwrap();
    let of = |kind: Kind| {
        entries
            .iter()
            .find(|one| one.kind == kind.name())
            .unwrap()
            .id
    };
    let may = async |role, kind, key: &str| {
        let actor = Actor::agent(1, "jan", role);
        let entry = Access::of(&desk.directory)
            .journal_entry_of(&actor, of(kind))
            .await;
        let history = desk.directory.history(&actor, kind, key, 5).await;
        let refused = |error: &Error| matches!(error, Error::Forbidden { .. });
        assert!(entry.as_ref().err().is_none_or(refused), "{entry:?}");
        assert!(history.as_ref().err().is_none_or(refused), "{history:?}");
        (entry.is_ok(), history.is_ok())
    };
    assert_eq!(
        may(Role::Editor, Kind::CustomerUser, "anna").await,
        (true, true)
    );
    assert_eq!(may(Role::Editor, Kind::Agent, "ewa").await, (false, false));
    assert_eq!(
        may(Role::Reader, Kind::CustomerUser, "anna").await,
        (false, true)
    );
    assert_eq!(may(Role::Admin, Kind::Agent, "ewa").await, (true, true));
}

#[tokio::test]
async fn entries_are_found_by_who_made_them_how_and_when() {
    for engine in Engine::all() {
        // On the last day of February, and then on the first of March.
        let clock = TestClock::standing_at(1_772_236_800_000);
        let desk = Desk::begun(engine, clock, Begin::default(), |_| {})
            .await
            .customers()
            .await;
        desk.person("anna").await;
        desk.clock.wait(86_400);
        let ewa = Actor::agent(1, "ewa", Role::Admin);
        let phone = fields_of(&[("UserPhone", "42 1")]);
        let records = Records::of(&desk.directory);
        let plan = records.plan_update(&ewa, Kind::CustomerUser, "anna", phone, None);
        records.apply(plan.await.unwrap()).await.unwrap();
        let zone = TimeZone::UTC;
        let day = |text: &str| Some(span_of_day(text, &zone).unwrap());
        let found = async |filter: JournalFilter| {
            let found = desk.directory.journal(&Actor::operator(), &filter).await;
            let found = found.unwrap().into_iter();
            found
                .map(|entry| (entry.who, entry.action))
                .collect::<Vec<_>>()
        };
        let by_ewa = [("ewa".to_owned(), "update".to_owned())];
        let all = found(JournalFilter::default()).await;
        let filters = [
            JournalFilter {
                who: Some("ewa".into()),
                ..JournalFilter::default()
            },
            JournalFilter {
                door: Some("page".into()),
                ..JournalFilter::default()
            },
            JournalFilter {
                since: day("2026-03-01").map(|(begins, _)| begins),
                ..JournalFilter::default()
            },
        ];
        for filter in filters {
            assert_eq!(found(filter.clone()).await, by_ewa, "{engine}: {filter:?}");
        }
        let earlier = JournalFilter {
            since: day("2026-02-28").map(|(begins, _)| begins),
            until: day("2026-02-28").map(|(_, ends)| ends),
            ..JournalFilter::default()
        };
        assert_eq!(found(earlier.clone()).await, all[1..], "{engine}");
        let by_nobody = JournalFilter {
            who: Some("ewa".into()),
            ..earlier
        };
        assert_eq!(found(by_nobody).await, [], "{engine}");
        let before_all = JournalFilter {
            until: day("2026-02-27").map(|(_, ends)| ends),
            ..JournalFilter::default()
        };
        assert_eq!(found(before_all).await, [], "{engine}");
    }
}
