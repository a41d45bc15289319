//! The journal: readable, complete, and tampering is found.

use kartoteka_directory::{Actor, JournalFault, Kind};
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

#[tokio::test]
async fn a_changed_missing_or_moved_entry_is_named() {
    let tamper = [
        (
            "UPDATE kt_journal SET who = 'nobody' WHERE id = 3",
            Some((3, JournalFault::Tampered)),
        ),
        (
            "DELETE FROM kt_journal WHERE id = 2",
            Some((2, JournalFault::Missing)),
        ),
        ("SELECT 1", None),
    ];
    for engine in Engine::all() {
        for (statement, fault) in tamper {
            let desk = Desk::with_customers(engine).await;
            desk.person("anna").await;
            desk.person("bea").await;
            desk.db.execute(statement, &[]).await.unwrap();
            let verdict = desk
                .directory
                .verify_journal(&Actor::operator())
                .await
                .unwrap();
            assert_eq!(verdict.fault, fault, "{statement} on {}", engine.name());
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
