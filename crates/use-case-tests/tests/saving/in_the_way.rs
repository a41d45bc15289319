//! Somebody else holds a lock, or hangs in the middle of a transaction.

use kartoteka_directory::{Actor, Error, Kind, Search};
use kartoteka_records::{Applied, Records};
use kartoteka_store::own::journal;
use kartoteka_store::{args, saving};
use kartoteka_testbed::Engine;
use tokio::task::JoinHandle;

use crate::{Desk, on_each};

/// Whether the server of an engine ends a transaction that does nothing.
fn ends_idle_transactions(engine: Engine) -> bool {
    matches!(engine, Engine::Postgres | Engine::Mariadb)
}

/// Saves another phone number of Anna's meanwhile.
fn change_anna(desk: &Desk) -> JoinHandle<Result<Applied, Error>> {
    let directory = desk.directory.clone();
    tokio::spawn(async move {
        let fields = crate::fields_of(&[("UserPhone", "1")]);
        let (actor, person) = (Actor::operator(), Kind::CustomerUser);
        let plan = Records::of(&directory).plan_update(&actor, person, "anna", fields, None);
        Records::of(&directory).apply(plan.await?).await
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_hangs_in_a_save_holds_the_others_up_for_seconds_and_readers_not_at_all() {
    on_each(async |engine| {
        if !ends_idle_transactions(engine) {
            return;
        }
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let mut hangs = desk.db.begin().await.unwrap();
        journal::lock(&mut hangs).await.unwrap();
        let saving = change_anna(&desk);
        let mut read = 0;
        while !saving.is_finished() {
            let actor = Actor::operator();
            let found = desk
                .directory
                .find(&actor, Kind::CustomerUser, "anna")
                .await;
            found.unwrap();
            desk.directory.ready().await.unwrap();
            read += 1;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let saved = saving.await.unwrap();
        assert!(saved.is_ok(), "{engine}: {saved:?}");
        assert!(read > 3, "{engine}");
        assert!(
            hangs.commit().await.is_err(),
            "{engine}: it lost its transaction"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_is_not_given_is_waited_for_again_and_tells_nothing_of_the_source() {
    on_each(async |engine| {
        if !ends_idle_transactions(engine) {
            return;
        }
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let mut other = desk.db.begin().await.unwrap();
        let sql = "SELECT login FROM customer_user WHERE login = ? FOR UPDATE";
        other.fetch(sql, &args!["anna"]).await.unwrap();
        let saving = change_anna(&desk);
        // Longer than a statement waits for a lock.
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
        assert!(!saving.is_finished(), "{engine}");
        let (actor, search) = (Actor::operator(), Search::default());
        let page = desk
            .directory
            .search(&actor, Kind::CustomerUser, &search)
            .await
            .unwrap();
        let sources = page.sources;
        assert!(
            sources.iter().all(|one| one.unavailable_since.is_none()),
            "{engine}"
        );
        other.commit().await.unwrap();
        saving.await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_save_reads_is_a_part_of_its_transaction() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let db = &desk.db;
        db.execute("CREATE TABLE written (n INTEGER)", &[])
            .await
            .unwrap();
        let sql = format!("SELECT {} FROM written", db.engine().counted());
        let count = async || db.fetch(&sql, &[]).await.unwrap()[0].int(0);
        saving(async {
            let mut tx = db.begin().await.unwrap();
            let put = "INSERT INTO written (n) VALUES (1)";
            tx.execute(put, &[]).await.unwrap();
            db.execute(put, &[]).await.unwrap();
            assert_eq!(count().await.unwrap(), 2, "{engine}");
            let beside = kartoteka_store::beside_save(count()).await;
            assert_eq!(beside.unwrap(), 0, "{engine}: not kept yet");
            drop(tx);
            assert_eq!(count().await.unwrap(), 0, "{engine}: undone");
            let mut tx = db.begin().await.unwrap();
            tx.execute(put, &[]).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(count().await.unwrap(), 1, "{engine}");
        })
        .await;
    }
}

#[tokio::test]
#[should_panic(expected = "has a transaction open")]
async fn a_second_transaction_within_a_save_is_a_defect() {
    let desk = Desk::on(Engine::Sqlite).await;
    saving(async {
        let _first = desk.db.begin().await.unwrap();
        let _second = desk.db.begin().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_at_once_make_the_tables_together_also_without_a_common_lock() {
    for engine in Engine::all()
        .into_iter()
        .filter(|one| *one == Engine::Mariadb)
    {
        let address = kartoteka_testbed::fresh_database(engine).await.unwrap();
        let mut nodes = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let db = kartoteka_store::Db::open(&address).await.unwrap();
            nodes.spawn(async move {
                kartoteka_store::schema::migrate_unlocked(&db, "2026-11-29 08:00:00").await
            });
        }
        while let Some(node) = nodes.join_next().await {
            node.unwrap().unwrap();
        }
        let db = kartoteka_store::Db::open(&address).await.unwrap();
        let now = "2026-11-29 08:00:00";
        let left = kartoteka_store::schema::pending(&db, now).await.unwrap();
        assert_eq!(left, []);
        for (table, rows) in [
            ("valid", 3),
            ("groups_table", 3),
            ("queue", 4),
            ("users", 1),
        ] {
            let sql = format!("SELECT {} FROM {table}", db.engine().counted());
            let found = db.fetch(&sql, &[]).await.unwrap()[0].int(0);
            assert_eq!(found.unwrap(), rows, "{table}");
        }
        let kept = "SELECT name FROM kt_state WHERE name IN ('journal', 'version') ORDER BY name";
        assert_eq!(db.fetch(kept, &[]).await.unwrap().len(), 2);
    }
}
