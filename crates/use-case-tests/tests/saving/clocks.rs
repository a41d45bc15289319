//! Clocks of nodes differ: entries of the journal stay in the order of their times.

use kartoteka_store::own::journal;
use kartoteka_testbed::Engine;

use crate::Desk;

#[tokio::test]
async fn times_of_entries_never_run_back() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        // A node whose clock is ahead, then one whose clock is not, again and again.
        for (number, seconds) in [100, -100, 50, -50, 200, -200].into_iter().enumerate() {
            desk.wait(seconds);
            desk.person(&format!("anna.{number}")).await;
        }
        let entries = journal::after(&desk.db, 0, 100).await.unwrap();
        assert!(entries.is_sorted_by_key(|entry| entry.at), "{engine}");
        for entry in &entries {
            let last = entries.iter().rev().find(|one| one.at <= entry.at);
            let last = last.unwrap().id;
            let found = journal::position_at(&desk.db, entry.at).await.unwrap();
            assert_eq!(found, last, "{engine}");
            let before = entries.iter().filter(|one| one.at < entry.at).count();
            let found = journal::position_at(&desk.db, entry.at - 1).await.unwrap();
            assert_eq!(found, before as i64, "{engine}");
        }
    }
}
